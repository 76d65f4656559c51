//! All that is printed. Talk goes to stderr; a closed pipe is nobody's fault.

use std::io::{self, IsTerminal as _, Write as _};

use crate::types::{LeftOut, LeftOutKind, Notice, Side, Suspicion};

use crate::cli::failure::Failure;
use crate::cli::layout::{counted, excerpt};
use crate::cli::summary::Summary;
use crate::cli::terminal;

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
    let text = terminal::harmless(text, is_coloured_result());
    let mut out = io::stdout().lock();
    let _ = out.write_all(text.as_bytes()).and_then(|()| out.flush());
}

/// A file that is the result of a run, to stdout.
pub(crate) fn bytes(file: &[u8]) {
    let mut out = io::stdout().lock();
    let _ = out.write_all(file).and_then(|()| out.flush());
}

/// What came of a run, as one JSON object to stdout.
pub(crate) fn json(told: &impl serde::Serialize) {
    let mut text = serde_json::to_vec_pretty(told).unwrap_or_default();
    text.push(b'\n');
    bytes(&text);
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
    for notice in notices.iter().filter_map(notice) {
        print(&format!("{} {name}{notice}\n", tag("notice:", YELLOW)));
    }
}

/// What came of a run, the notices first.
pub(crate) fn summary(summary: &Summary<'_>) {
    let mut text = String::new();
    for notice in summary.notices.iter().filter_map(notice) {
        text += &format!("{} {notice}\n", tag("notice:", YELLOW));
    }
    print(&format!("{text}{summary}"));
}

/// A notice in words; `None` for one that the summary counts elsewhere.
pub(crate) fn notice(notice: &Notice) -> Option<String> {
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
        Notice::Suspicious { name, left_out, suspicion, count, n_chars } => {
            suspicious(name, left_out, suspicion, *count, *n_chars)
        }
        Notice::Reviewed { lost, .. } => match lost {
            0 => return None,
            1 => "1 row was confirmed whose texts are others now".into(),
            n => format!("{n} rows were confirmed whose texts are others now"),
        },
        Notice::ReviewOfOthers { file, level } => {
            format!("{file} is of another level ({level}), and nothing was taken from it")
        }
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
        Notice::Unrelated { share } => format!(
            "the two texts do not look like translations of one another: {:.0} % pairs with \
             evidence, of translations nearly all does",
            100.0 * share
        ),
        Notice::OtherLanguage { side: Side::Zh } => {
            "the Chinese text has kana all over it: is it Japanese?".into()
        }
        Notice::OtherLanguage { side: Side::En } => {
            "the English text does not read like English: is it in another language?"
                .into()
        }
        Notice::QuoteOpen { name, line } => format!(
            "{name}:{line} opens a quotation mark that is never closed; it was read as a \
             letter of its cell"
        ),
        Notice::RowSkipped { problem } => format!("passed over: {problem}"),
        Notice::RowNotUnderstood { problem } => problem.clone(),
        _ => return None,
    })
}

/// What was left out and deserves a look: `zh.pdf, p. 3: 41 characters …`.
fn suspicious(
    name: &str,
    left_out: &LeftOut,
    suspicion: &Suspicion,
    count: usize,
    n_chars: usize,
) -> String {
    let (place, kind) = (&left_out.place, left_out.kind.as_str());
    let what = match (suspicion, left_out.kind) {
        (Suspicion::Unreadable, LeftOutKind::UnknownGlyph) => {
            let characters = counted(n_chars.max(count), "character");
            format!("{characters} have no Unicode value in this file")
        }
        (Suspicion::Unreadable, _) => "not read".to_owned(),
        (Suspicion::FilledIn, _) => {
            format!("{} left out", counted(count, "form field"))
        }
        (Suspicion::NumberElsewhere(number), _) => {
            format!("left out as {kind}, but the other text has {number}")
        }
        (Suspicion::Sentence, _) => {
            format!("left out as {kind}, but it reads like a sentence")
        }
    };
    let text = match left_out.text.is_empty() {
        true => String::new(),
        false => format!(": {}", excerpt(&left_out.text, EXCERPT)),
    };
    let more = match count {
        0 | 1 => String::new(),
        n => format!(" ({n} places)"),
    };
    format!("{name}, {place}: {what}{text}{more}")
}

/// How wide the beginning of what was left out is shown, in columns.
const EXCERPT: usize = 48;

const RED: &str = "1;31";
const YELLOW: &str = "1;33";
const CYAN: &str = "1;36";

/// A word in colour, where stderr shows colours.
fn tag(word: &str, colour: &str) -> String {
    match is_coloured_talk() {
        true => format!("\x1b[{colour}m{word}\x1b[0m"),
        false => word.to_owned(),
    }
}

/// May what goes to stderr be in colour?
fn is_coloured_talk() -> bool {
    io::stderr().is_terminal() && !is_plain()
}

/// Are colours not wanted (`NO_COLOR`, no-color.org) or not to be had?
fn is_plain() -> bool {
    std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty())
        || std::env::var_os("TERM").is_some_and(|terminal| terminal == "dumb")
}

fn print(text: &str) {
    let text = terminal::harmless(text, is_coloured_talk());
    // Who closed the pipe has read enough; there is nobody left to tell.
    let mut err = io::stderr().lock();
    let _ = err.write_all(text.as_bytes()).and_then(|()| err.flush());
}
