//! All that is printed. Talk goes to stderr; a closed pipe is nobody's fault.

use std::io::{self, IsTerminal as _, Write as _};

use crate::types::{LeftOutKind, Notice};

use crate::cli::failure::Failure;
use crate::cli::summary::Summary;

/// An error and what to do about it.
pub(crate) fn failure(failure: &Failure) {
    let mut text = format!("{} {failure}\n", tag("error:", RED));
    if let Some(hint) = failure.hint() {
        text += &format!("{} {hint}\n", tag("hint:", CYAN));
    }
    print(&text);
}

/// A text that is the result of a run, to stdout.
pub(crate) fn result(text: &str) {
    let mut out = io::stdout().lock();
    let _ = out.write_all(text.as_bytes()).and_then(|()| out.flush());
}

/// May what goes to stdout be in colour?
pub(crate) fn is_coloured_result() -> bool {
    io::stdout().is_terminal() && !is_plain()
}

/// What is there to say of the work on a folder.
pub(crate) fn talk(text: &str) {
    print(text);
}

/// What there is to know about the files of a pair; without a name, about those of all.
pub(crate) fn notices(name: &str, notices: &[Notice]) {
    let name = if name.is_empty() { String::new() } else { format!("{name}: ") };
    for notice in notices.iter().filter_map(wording) {
        print(&format!("{} {name}{notice}\n", tag("notice:", YELLOW)));
    }
}

/// What came of a run, the notices first.
pub(crate) fn summary(summary: &Summary<'_>) {
    let mut text = String::new();
    for notice in summary.notices.iter().filter_map(wording) {
        text += &format!("{} {notice}\n", tag("notice:", YELLOW));
    }
    print(&format!("{text}{summary}"));
}

/// A notice in words; `None` for one that the summary counts elsewhere.
fn wording(notice: &Notice) -> Option<String> {
    Some(match notice {
        Notice::Swapped => {
            "the first file is English and the second Chinese; they were exchanged".into()
        }
        Notice::EncodingGuessed { name, encoding } => format!(
            "{name} was read as {encoding}; if it looks wrong, name the encoding with \
             --zh-encoding or --en-encoding"
        ),
        Notice::ControlsDropped { name, count: 1, first_line } => {
            format!("{name}:{first_line} has a control character; it was left out")
        }
        Notice::ControlsDropped { name, count, first_line } => format!(
            "{name} has {count} control characters, the first at line {first_line}; they \
             were left out"
        ),
        Notice::DoubtfulLeftOut { count: 1 } => {
            "1 unit has a score under --min-score and is in no memory".into()
        }
        Notice::DoubtfulLeftOut { count } => {
            format!("{count} units have a score under --min-score and are in no memory")
        }
        Notice::LongUnits { names, limit } => {
            let shown: Vec<&str> = names.iter().take(5).map(String::as_str).collect();
            let rest = match names.len().saturating_sub(shown.len()) {
                0 => String::new(),
                n => format!(" and {n} more"),
            };
            format!(
                "longer than the {limit} characters that Trados takes in its cloud: {}{rest}",
                shown.join("; ")
            )
        }
        Notice::GlossaryReadOnly { name } => format!(
            "{name} is no termbase of align that could be written to: its terms are marked \
             and nothing is merged into it; `align glossary import terms.csv {name}` makes \
             a termbase of it"
        ),
        Notice::LeftOut { name, kind, places, n_chars, first } => {
            let places = match places {
                1 => format!("at {first}"),
                n => format!("in {n} places, the first at {first}"),
            };
            let chars = match n_chars {
                0 => String::new(),
                1 => ", 1 character".into(),
                n => format!(", {n} characters"),
            };
            format!("{name}: {} left out{chars} {places}", left_out(*kind))
        }
        Notice::QuoteOpen { name, line } => format!(
            "{name}:{line} opens a quotation mark that is never closed; it was read as a \
             letter of its cell"
        ),
        Notice::RowSkipped { problem } => format!("passed over: {problem}"),
        _ => return None,
    })
}

/// What was left out, in words that one who does not know the formats understands.
fn left_out(kind: LeftOutKind) -> &'static str {
    match kind {
        LeftOutKind::Hidden => "hidden text",
        LeftOutKind::Contents => "table of contents",
        LeftOutKind::Unread => "text that could not be read",
        LeftOutKind::UnknownGlyph => "symbols whose character is not known",
        LeftOutKind::FormField => "fields of a form",
        LeftOutKind::OtherLanguage => "text in another language or script",
        kind => kind.as_str(),
    }
}

const RED: &str = "1;31";
const YELLOW: &str = "1;33";
const CYAN: &str = "1;36";

/// A word in colour, where stderr shows colours.
fn tag(word: &str, colour: &str) -> String {
    if is_plain() || !io::stderr().is_terminal() {
        word.to_owned()
    } else {
        format!("\x1b[{colour}m{word}\x1b[0m")
    }
}

/// Are colours not wanted (`NO_COLOR`, no-color.org) or not to be had?
fn is_plain() -> bool {
    std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty())
        || std::env::var_os("TERM").is_some_and(|terminal| terminal == "dumb")
}

fn print(text: &str) {
    // Who closed the pipe has read enough; there is nobody left to tell.
    let mut err = io::stderr().lock();
    let _ = err.write_all(text.as_bytes()).and_then(|()| err.flush());
}
