//! Reports as files: a page, a table, JSON, SARIF, and the list to accept from.

mod contents;
mod fact;
mod html;
mod json;
mod sarif;
mod table;

use std::io;

pub use contents::Report;

/// A kind of file that a report can be written to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ReportKind {
    /// A page for browsers, self-contained.
    Html,
    /// A table, UTF-8.
    Csv,
    /// All that is known, for programs.
    Json,
    /// SARIF 2.1.0, for editors and code hosts.
    Sarif,
    /// The findings as a file for accepting them.
    Exceptions,
}

impl ReportKind {
    /// Every one, in the order of the definition.
    pub const ALL: [ReportKind; 5] = [
        ReportKind::Html,
        ReportKind::Csv,
        ReportKind::Json,
        ReportKind::Sarif,
        ReportKind::Exceptions,
    ];

    /// The one of that [name](Self::as_str).
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.as_str() == name)
    }

    /// The name it is asked for by.
    pub fn as_str(self) -> &'static str {
        match self {
            ReportKind::Html => "html",
            ReportKind::Csv => "csv",
            ReportKind::Json => "json",
            ReportKind::Sarif => "sarif",
            ReportKind::Exceptions => "exceptions",
        }
    }

    /// The end of the file's name.
    pub fn suffix(self) -> &'static str {
        match self {
            ReportKind::Html => ".check.html",
            ReportKind::Csv => ".check.csv",
            ReportKind::Json => ".check.json",
            ReportKind::Sarif => ".check.sarif",
            ReportKind::Exceptions => ".exceptions.csv",
        }
    }

    /// Writes the report.
    ///
    /// # Errors
    ///
    /// Those of the writer.
    pub fn write(self, report: &Report<'_>, out: &mut dyn io::Write) -> io::Result<()> {
        match self {
            ReportKind::Html => html::write(report, out),
            ReportKind::Csv => table::write(report, out),
            ReportKind::Json => json::write(&json::of(report), out),
            ReportKind::Sarif => json::write(&sarif::to_json(report), out),
            ReportKind::Exceptions => table::write_exceptions(report, out),
        }
    }
}
