//! Notices in English: what is the case. What to do about it is told at the rim.

use super::left_out::{LeftOut, LeftOutKind, Suspicion};
use super::notice::Notice;
use super::pair::Side;
use crate::text::layout::{counted, excerpt};

impl Notice {
    /// The notice in a line of English.
    pub fn english(&self) -> String {
        match self {
            Notice::Swapped => {
                "the first file is English and the second Chinese; they were exchanged"
                    .into()
            }
            Notice::EncodingGuessed { name, encoding } => {
                format!("{name} was read as {encoding}")
            }
            Notice::Converted { name } => {
                format!("{name}: read as LibreOffice saves it in a newer format")
            }
            Notice::ControlsDropped { name, count: 1, first_line } => {
                format!("{name}:{first_line} has a control character; it was left out")
            }
            Notice::ControlsDropped { name, count, first_line } => format!(
                "{name} has {count} control characters, the first at line {first_line}; \
                 they were left out"
            ),
            Notice::QuoteOpen { name, line } => format!(
                "{name}:{line} opens a quotation mark that is never closed; it was read as \
                 a letter of its cell"
            ),
            Notice::Cleaned { side, rule, places, first_line } => format!(
                "{rule}: the {} text was changed in {}, first at line {first_line}",
                language(*side),
                counted(*places, "place")
            ),
            Notice::Suspicious { name, left_out, suspicion, count, n_chars } => {
                suspicious(name, left_out, suspicion, *count, *n_chars)
            }
            Notice::Reviewed { file, rows, lost: 0 } => {
                format!("{} stand as confirmed in {file}", counted(*rows, "row"))
            }
            Notice::Reviewed { lost: 1, .. } => {
                "1 row was confirmed whose texts are others now".into()
            }
            Notice::Reviewed { lost, .. } => {
                format!("{lost} rows were confirmed whose texts are others now")
            }
            Notice::ReviewOfOthers { file, level } => {
                format!(
                    "{file} is of another level ({level}), and nothing was taken from it"
                )
            }
            Notice::DoubtfulLeftOut { count: 1 } => {
                "1 unit has a score under --min-score and is in no memory".into()
            }
            Notice::DoubtfulLeftOut { count } => {
                format!(
                    "{count} units have a score under --min-score and are in no memory"
                )
            }
            Notice::LongUnits { names, limit } => long_units(names, *limit),
            Notice::RowSkipped { problem } => format!("passed over: {problem}"),
            Notice::RowNotUnderstood { problem } => problem.clone(),
            Notice::GlossaryReadOnly { name } => format!(
                "{name} is no termbase of align that could be written to: its terms are \
                 marked and nothing is merged into it"
            ),
            Notice::TermbaseReadOnly { name } => format!(
                "{name} is set read-only: its terms are marked and nothing is merged into it"
            ),
            Notice::Moved { lines, .. } => format!(
                "{} of the Chinese and {} of the English translate one another, but stand \
                 in different places",
                range(lines.zh),
                range(lines.en)
            ),
            Notice::Unrelated { share } => format!(
                "the two texts do not look like translations of one another: {:.0} % pairs \
                 with evidence, of translations nearly all does",
                100.0 * share
            ),
            Notice::OtherLanguage { side: Side::Zh } => {
                "the Chinese text has kana all over it: is it Japanese?".into()
            }
            Notice::OtherLanguage { side: Side::En } => {
                "the English text does not read like English: is it in another language?"
                    .into()
            }
            Notice::SortedAnew { lines, pairs, alone } => format!(
                "{} of the Chinese and {} of the English are a list in two orders: {}, \
                 {alone} left alone",
                range(lines.zh),
                range(lines.en),
                counted(*pairs, "pair")
            ),
            Notice::TakenInParts { name, without } => taken_in_parts(name, without),
            Notice::LabelsDisagree { labels, lines, .. } => format!(
                "line {} of the Chinese is {}, line {} of the English is {}",
                lines.zh, labels.zh, lines.en, labels.en
            ),
        }
    }

    /// Does it say that the texts are no translations of one another?
    pub fn is_of_unrelated(&self) -> bool {
        matches!(self, Notice::Unrelated { .. } | Notice::OtherLanguage { .. })
    }

    /// The name of its kind, for programs.
    pub fn kind(&self) -> &'static str {
        match self {
            Notice::Swapped => "swapped",
            Notice::EncodingGuessed { .. } => "encoding guessed",
            Notice::Converted { .. } => "converted",
            Notice::ControlsDropped { .. } => "controls dropped",
            Notice::QuoteOpen { .. } => "quote open",
            Notice::Cleaned { .. } => "cleaned",
            Notice::Suspicious { .. } => "suspicious",
            Notice::DoubtfulLeftOut { .. } => "doubtful left out",
            Notice::LongUnits { .. } => "long units",
            Notice::RowSkipped { .. } => "row skipped",
            Notice::RowNotUnderstood { .. } => "row not understood",
            Notice::GlossaryReadOnly { .. } => "glossary read only",
            Notice::TermbaseReadOnly { .. } => "termbase read only",
            Notice::Reviewed { .. } => "reviewed",
            Notice::ReviewOfOthers { .. } => "review of others",
            Notice::Moved { .. } => "moved",
            Notice::Unrelated { .. } => "unrelated",
            Notice::OtherLanguage { .. } => "other language",
            Notice::SortedAnew { .. } => "sorted anew",
            Notice::TakenInParts { .. } => "taken in parts",
            Notice::LabelsDisagree { .. } => "labels disagree",
        }
    }
}

fn language(side: Side) -> &'static str {
    match side {
        Side::Zh => "Chinese",
        Side::En => "English",
    }
}

fn range((first, last): (usize, usize)) -> String {
    if first == last { format!("line {first}") } else { format!("lines {first}-{last}") }
}

/// What a run in parts does not do.
fn taken_in_parts(name: &str, without: &[String]) -> String {
    let written = match without.is_empty() {
        true => String::new(),
        false => format!("; {} cannot be written so", without.join(", ")),
    };
    format!(
        "{name} is too large for one text and was taken in parts{written}, and where its \
         terms vary was not looked for"
    )
}

fn long_units(names: &[String], limit: usize) -> String {
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

/// How wide the beginning of what was left out is shown, in columns.
const EXCERPT: usize = 48;

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
