//! All that is printed. Talk goes to stderr; a closed pipe is nobody's fault.

use std::borrow::Cow;
use std::io::{self, IsTerminal as _, Write as _};

use console::Term;

use crate::read::PartSize;
use crate::types::Notice;

use crate::cli::failure::Failure;
use crate::cli::summary::Summary;
use crate::cli::terminal::{self, BOLD, MAGENTA, RED};

/// An error and what to do about it.
pub(crate) fn failure(failure: &Failure) {
    let mut text = format!("{} {failure}\n", tag("error:", RED));
    if let Some(hint) = failure.hint() {
        text += &format!("{} {hint}\n", tag("hint:", BOLD));
    }
    print(&text);
}

/// A text that is the result of a run, to stdout.
pub(crate) fn result(text: &str) {
    let text = terminal::harmless(text, is_coloured_result());
    let mut out = io::stdout().lock();
    let _ = out.write_all(text.as_bytes()).and_then(|()| out.flush());
}

/// Rows of a summary that are the result of a run, to stdout.
pub(crate) fn rows(text: &str) {
    let columns = terminal::columns_of(&Term::stdout());
    result(&columns.map_or(Cow::Borrowed(text), |all| terminal::fitted(text, all)));
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
        print(&format!("{} {name}{notice}\n", tag("notice:", MAGENTA)));
    }
}

/// What came of a run, the notices first.
pub(crate) fn summary(summary: &Summary<'_>) {
    let mut text = String::new();
    for notice in summary.notices.iter().filter_map(notice) {
        text += &format!("{} {notice}\n", tag("notice:", MAGENTA));
    }
    print(&format!("{text}{summary}"));
}

/// A notice in words, with advice that fits the options; `None` for one that the summary
/// counts elsewhere.
pub(crate) fn notice(notice: &Notice) -> Option<String> {
    let advice = match notice {
        Notice::Cleaned { .. }
        | Notice::LabelsDisagree { .. }
        | Notice::Moved { .. }
        | Notice::SortedAnew { .. } => return None,
        Notice::EncodingGuessed { .. } => {
            "; if it looks wrong, name the encoding with --zh-encoding or --en-encoding"
                .to_owned()
        }
        Notice::GlossaryReadOnly { name } => {
            format!("; `align glossary import terms.csv {name}` makes a termbase of it")
        }
        Notice::TakenInParts { .. } => {
            format!(
                "; split it into files of at most {} MB for that",
                PartSize::default().whole >> 20
            )
        }
        Notice::Reviewed { lost: 0, .. } => return None,
        _ => String::new(),
    };
    Some(notice.english() + &advice)
}

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
    let columns = terminal::columns_of(&Term::stderr());
    let text = columns.map_or(Cow::Borrowed(&*text), |all| terminal::fitted(&text, all));
    // Who closed the pipe has read enough; there is nobody left to tell.
    let mut err = io::stderr().lock();
    let _ = err.write_all(text.as_bytes()).and_then(|()| err.flush());
}
