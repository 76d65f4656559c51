//! One page with all findings: no script, no network, nothing but itself.
//!
//! The boxes on top choose kinds by the style alone, so that the page works where scripts are
//! forbidden, from a mail as from a server.

use std::io;

use super::contents::Report;
use crate::check::finding::{Finding, FindingKind, Passage};
use crate::text::layout::capitalized;
use crate::types::Side;

/// The style of the page.
const STYLE: &str = include_str!("page.css");

pub(super) fn write(report: &Report<'_>, out: &mut dyn io::Write) -> io::Result<()> {
    let kinds: Vec<(FindingKind, Vec<&Finding>)> = FindingKind::ALL
        .into_iter()
        .map(|kind| (kind, report.findings.iter().filter(|f| f.kind == kind).collect()))
        .filter(|(_, of_kind): &(_, Vec<&Finding>)| !of_kind.is_empty())
        .collect();
    head(report, &kinds, out)?;
    for (kind, findings) in &kinds {
        writeln!(
            out,
            "<section class=\"k-{kind}\">\n<h2>{} <small>{} · {}</small></h2>",
            capitalized(kind.as_str()),
            findings.len(),
            kind.description()
        )?;
        for finding in findings {
            article(report, finding, out)?;
        }
        writeln!(out, "</section>")?;
    }
    if kinds.is_empty() {
        writeln!(out, "<p>Nothing found.</p>")?;
    }
    writeln!(out, "</main>\n</body>\n</html>")
}

fn head(
    report: &Report<'_>,
    kinds: &[(FindingKind, Vec<&Finding>)],
    out: &mut dyn io::Write,
) -> io::Result<()> {
    let (zh, en) = (escaped(report.names.zh), escaped(report.names.en));
    write!(
        out,
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; \
         style-src 'unsafe-inline'\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <title>Check of {zh} and {en}</title>\n<style>\n{STYLE}"
    )?;
    for (kind, _) in kinds {
        writeln!(out, "body:has(#c-{kind}:not(:checked)) .k-{kind}{{display:none}}")?;
    }
    writeln!(
        out,
        "</style>\n</head>\n<body>\n<header>\n<h1>{zh} and {en}</h1>\n\
         <p class=\"quiet\">{}</p>\n</header>",
        totals(report)
    )?;
    if !kinds.is_empty() {
        writeln!(out, "<nav aria-label=\"Kinds\">")?;
        for (kind, of_kind) in kinds {
            writeln!(
                out,
                "<label><input type=\"checkbox\" id=\"c-{kind}\" checked> {kind} {}</label>",
                of_kind.len()
            )?;
        }
        writeln!(out, "</nav>")?;
    }
    writeln!(out, "<main>")
}

fn totals(report: &Report<'_>) -> String {
    let findings = match report.findings.len() {
        1 => "1 finding".to_owned(),
        n => format!("{n} findings"),
    };
    let accepted = match report.n_accepted {
        0 => String::new(),
        n => format!(", {n} accepted before"),
    };
    format!("{findings} in {} pairs of units{accepted}", report.n_units)
}

fn article(
    report: &Report<'_>,
    finding: &Finding,
    out: &mut dyn io::Write,
) -> io::Result<()> {
    let severity = finding.severity.as_str();
    writeln!(
        out,
        "<article id=\"f-{}\">\n<p><span class=\"tag {severity}\">{severity}</span> {}</p>",
        finding.fingerprint,
        escaped(&finding.message())
    )?;
    if !finding.usages.is_empty() {
        writeln!(out, "<table>")?;
        for usage in &finding.usages {
            writeln!(
                out,
                "<tr><td>{}</td><td class=\"count\">{}×</td><td class=\"quiet\">{}</td></tr>",
                escaped(&usage.text),
                usage.places.len(),
                escaped(&usage.places.join("; "))
            )?;
        }
        writeln!(out, "</table>")?;
    }
    if finding.passages.zh.is_some() || finding.passages.en.is_some() {
        writeln!(out, "<div class=\"sides\">")?;
        for side in Side::BOTH {
            self::side(report, finding, side, out)?;
        }
        writeln!(out, "</div>")?;
    }
    if let Some(fix) = finding.fix.as_ref().filter(|fix| !fix.text.is_empty()) {
        let language = report.languages.get(fix.side);
        writeln!(
            out,
            "<p class=\"fix\">Fix: <span lang=\"{}\">{}</span></p>",
            escaped(language),
            escaped(&fix.text)
        )?;
    }
    writeln!(out, "</article>")
}

fn side(
    report: &Report<'_>,
    finding: &Finding,
    side: Side,
    out: &mut dyn io::Write,
) -> io::Result<()> {
    let Some(passage) = finding.passages.get(side) else {
        return writeln!(out, "<div><p class=\"none\">–</p></div>");
    };
    let mut place = report.place(side, passage.lines);
    if !passage.label.is_empty() {
        place = format!("{place} · {}", passage.label);
    }
    writeln!(
        out,
        "<div>\n<div class=\"place\">{}</div>\n<p lang=\"{}\">{}</p>\n</div>",
        escaped(&place),
        escaped(report.languages.get(side)),
        marked(passage)
    )
}

/// The text with its marks.
fn marked(passage: &Passage) -> String {
    let (mut out, mut at) = (String::new(), 0);
    for mark in &passage.marks {
        if mark.start < at || mark.is_empty() {
            continue;
        }
        out += &escaped(&passage.text[at..mark.start]);
        out += &format!("<mark>{}</mark>", escaped(mark.of(&passage.text)));
        at = mark.end;
    }
    out + &escaped(&passage.text[at..])
}

/// Text for an element or an attribute; control characters become blanks.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\n' => out.push('\n'),
            c if c.is_control() => out.push(' '),
            c => out.push(c),
        }
    }
    out
}
