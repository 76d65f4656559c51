//! The findings of a check as a terminal of 80 columns shows them.

use std::fmt;
use std::path::PathBuf;

use crate::check::{Finding, FindingKind, Passage, Report, Severity};
use crate::text::Span;
use crate::text::script::columns;
use crate::types::Side;

use crate::cli::terminal::{BOLD, MAGENTA, RED};
use crate::text::layout::{counted, padded, width};

/// How wide the whole is at most, in columns, and where it is no terminal.
const WIDTH: usize = 80;

/// How wide it is at least: a narrower terminal breaks the lines as it likes.
const NARROWEST: usize = 40;

/// How far a finding stands in.
const INDENT: usize = 9;

/// The widest place that the texts are moved to the right for.
const PLACE: usize = 24;

/// How many places of a rendering are named.
const PLACES: usize = 4;

/// A report as text. Its `Display` is the whole.
pub(crate) struct Listing<'a> {
    pub(crate) report: &'a Report<'a>,
    pub(crate) files: &'a [PathBuf],
    pub(crate) is_coloured: bool,
    /// How wide the terminal is, if it is one.
    pub(crate) columns: Option<usize>,
}

impl fmt::Display for Listing<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for kind in FindingKind::ALL {
            let of_kind: Vec<&Finding> =
                self.report.findings.iter().filter(|found| found.kind == kind).collect();
            if of_kind.is_empty() {
                continue;
            }
            let name = kind.as_str();
            let title = self.painted(name, "1");
            writeln!(f, "{title}  {}  {}\n", of_kind.len(), kind.description())?;
            for finding in of_kind {
                self.finding(f, finding)?;
            }
        }
        self.totals(f)
    }
}

impl Listing<'_> {
    fn width(&self) -> usize {
        self.columns.unwrap_or(WIDTH).clamp(NARROWEST, WIDTH)
    }

    fn finding(&self, f: &mut fmt::Formatter<'_>, finding: &Finding) -> fmt::Result {
        let colour = match finding.severity {
            Severity::Error => RED,
            Severity::Warning => MAGENTA,
            Severity::Note => BOLD,
        };
        let word = format!("{:<INDENT$}", finding.severity.as_str());
        let message = cut(&finding.message(), None, self.width() - INDENT).0;
        writeln!(f, "{}{message}", self.painted(&word, colour))?;
        for usage in &finding.usages {
            let mut places: Vec<&str> =
                usage.places.iter().take(PLACES).map(String::as_str).collect();
            if usage.places.len() > PLACES {
                places.push("…");
            }
            let line = format!(
                "{:>3}×  {}  ({})",
                usage.places.len(),
                usage.text,
                places.join("; ")
            );
            writeln!(f, "{:INDENT$}{}", "", cut(&line, None, self.width() - INDENT).0)?;
        }
        let passages = Side::BOTH.into_iter().filter_map(|side| {
            let passage = finding.passages.get(side).as_ref()?;
            Some((self.report.place(side, passage.lines), passage))
        });
        let passages: Vec<(String, &Passage)> = passages.collect();
        let to = passages.iter().map(|(place, _)| width(place)).max().unwrap_or(0);
        let to = to.min(PLACE);
        for (place, passage) in &passages {
            let place = padded(place, to);
            let room = self.width().saturating_sub(INDENT + width(&place) + 2).max(20);
            let text = self.excerpt(passage, room);
            writeln!(f, "{:INDENT$}{place}  {text}", "")?;
        }
        if let Some(fix) = finding.fix.as_ref().filter(|fix| !fix.text.is_empty()) {
            let fix = cut(&format!("fix: {}", fix.text), None, self.width() - INDENT).0;
            writeln!(f, "{:INDENT$}{fix}", "")?;
        }
        writeln!(f)
    }

    /// The words marked and what stands around them, on one line.
    fn excerpt(&self, passage: &Passage, room: usize) -> String {
        let first = passage.marks.first().copied().filter(|mark| !mark.is_empty());
        let Some(mark) = first else { return cut(&passage.text, None, room).0 };
        // The marks take two columns where there is no colour.
        let room = room - if self.is_coloured { 0 } else { 2 };
        let (text, mark) = cut(&passage.text, Some(mark), room);
        let Some(mark) = mark else { return text };
        let words = mark.of(&text);
        let words = match self.is_coloured {
            true => self.painted(words, "7"),
            false => format!("«{words}»"),
        };
        format!("{}{words}{}", &text[..mark.start], &text[mark.end..])
    }

    fn totals(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let report = self.report;
        let n = |severity: Severity| {
            report.findings.iter().filter(|found| found.severity == severity).count()
        };
        let accepted = match report.n_accepted {
            0 => String::new(),
            n => format!("; {n} accepted before"),
        };
        writeln!(
            f,
            "{}, {}, {} in {}{accepted}",
            counted(n(Severity::Error), "error"),
            counted(n(Severity::Warning), "warning"),
            counted(n(Severity::Note), "note"),
            counted(report.n_units, "pair"),
        )?;
        for file in self.files {
            writeln!(f, "written: {}", file.display())?;
        }
        Ok(())
    }

    fn painted(&self, text: &str, colour: &str) -> String {
        if self.is_coloured {
            format!("\x1b[{colour}m{text}\x1b[0m")
        } else {
            text.to_owned()
        }
    }
}

/// A part of the text on one line, `room` columns wide at most, with the marked words in it,
/// and where they stand in it.
fn cut(text: &str, mark: Option<Span>, room: usize) -> (String, Option<Span>) {
    let clean: String = text
        .chars()
        .map(|c| if c.is_control() { (' ', c.len_utf8()) } else { (c, 0) })
        .flat_map(|(c, len)| std::iter::repeat_n(c, len.max(1)))
        .collect();
    let mark = mark.filter(|mark| clean.get(mark.range()).is_some());
    if width(&clean) <= room {
        return (clean, mark);
    }
    let start = mark.map_or(0, |mark| mark.start);
    let words = mark.map_or(0, |mark| width(mark.of(&clean)));
    // A third of what the words leave stands before them.
    let lead = room.saturating_sub(words) / 3;
    let mut from = start;
    let mut used = 0;
    for (at, c) in clean[..start].char_indices().rev() {
        used += columns(c);
        if used + 1 > lead {
            break;
        }
        from = at;
    }
    let mut out = if from > 0 { "…".to_owned() } else { String::new() };
    let shift = out.len();
    let mut used = width(&out);
    let mut end = from;
    for (at, c) in clean[from..].char_indices() {
        used += columns(c);
        if used + 1 > room {
            break;
        }
        end = from + at + c.len_utf8();
    }
    out += &clean[from..end];
    let mark = mark.map(|mark| {
        let to = mark.end.min(end).max(mark.start.min(end));
        Span::new(mark.start - from + shift, to - from + shift)
    });
    if end < clean.len() {
        out.push('…');
    }
    let mark = mark.filter(|mark| out.get(mark.range()).is_some());
    (out, mark)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_marked_words_stay_in_sight() {
        let text = "打击跨国有组织犯罪公约缔约方会议第六十四届会议的报告";
        let at = text.find("六十四").unwrap();
        let (shown, mark) = cut(text, Some(Span::new(at, at + 9)), 18);
        assert_eq!(mark.unwrap().of(&shown), "六十四");
        assert!(width(&shown) <= 18, "{shown}");
        assert!(shown.starts_with('…') && shown.ends_with('…'), "{shown}");
    }

    #[test]
    fn words_wider_than_the_line_are_cut_too() {
        let text = "第".repeat(100);
        let (shown, _) = cut(&text, Some(Span::new(0, text.len())), 24);
        assert!(width(&shown) <= 24, "{shown}");
    }

    #[test]
    fn short_texts_are_whole() {
        let short = ("a b".to_owned(), Some(Span::new(2, 3)));
        assert_eq!(cut("a\nb", Some(Span::new(2, 3)), 10), short);
    }
}
