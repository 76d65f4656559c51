//! Facts in English.

use super::fact::{Fact, Part, Value};
use crate::types::{Mention, MentionKind, Side};

impl Fact {
    /// The fact in a few English words.
    pub fn english(&self) -> String {
        match self {
            Fact::Elsewhere => "stands elsewhere on the other side".to_owned(),
            Fact::Exchanged => "has the place of another on the other side".to_owned(),
            Fact::Lacks { side, part } => {
                format!("the {} lacks this {}", language(*side), part_name(*part))
            }
            Fact::Twice { side } => {
                format!("stands twice in the {}", once_in_the_other(*side))
            }
            Fact::WordsTwice { side } => {
                format!("the same words twice in the {}", once_in_the_other(*side))
            }
            Fact::Differ(values) => {
                let values = values.as_ref().map(value);
                format!("{} in the Chinese, {} in the English", values.zh, values.en)
            }
            Fact::Only { side, value: it } => format!(
                "{} in the {} only; the {} lacks it",
                value(it),
                language(*side),
                language(side.other())
            ),
            Fact::NumberTwice { side, number } => {
                format!("{number} stands twice in the {}", language(*side))
            }
            Fact::NumberSkipped { side, before, number } => format!(
                "{number} follows {before} in the {}, not in the {}",
                language(*side),
                language(side.other())
            ),
            Fact::InBrackets { words, brackets } => {
                format!("{words} in words and {brackets} in brackets")
            }
            Fact::LeftOut { number, kind } => {
                format!(
                    "{number} stands in a line that was left out as {}",
                    kind.as_str()
                )
            }
            Fact::LeftOutText { kind } => format!(
                "its counterpart stands in a line that was left out as {}",
                kind.as_str()
            ),
            Fact::InList { name, side } => {
                format!("{name} in the list in the {} only", language(*side))
            }
            Fact::Forbidden { term, used } => format!("{term} must not be “{used}”"),
            Fact::NotPreferred { term, used } => {
                format!("{term} is “{used}”, accepted but not preferred")
            }
            Fact::NotEverywhere { term, best, used: Some(used) } => {
                format!("{term} is “{best}” and “{used}”")
            }
            Fact::NotEverywhere { term, best, used: None } => {
                format!("{term} is not everywhere “{best}”")
            }
            Fact::Without { term, best } => format!("{term} without “{best}”"),
            Fact::Renderings { side: Side::Zh, term, n } => {
                format!("{term} is rendered in {n} ways")
            }
            Fact::Renderings { side: Side::En, term, n } => {
                format!("“{term}” renders {n} terms")
            }
            Fact::Translations { text, n } => {
                format!("“{text}” is translated in {n} ways")
            }
            Fact::TranslatedAlike { text, n } => format!("“{text}” translates {n} texts"),
            Fact::Misspelled { word, right, n } => {
                format!("{word} is {right} in {n} other places")
            }
            Fact::NotClosed(mark) => format!("{mark} is not closed"),
            Fact::NotOpened(mark) => format!("{mark} was not opened"),
            Fact::Unbalanced(n) => {
                format!("{n} brackets or quotation marks lack their other half")
            }
            Fact::Same => "the same text on both sides".to_owned(),
            Fact::Foreign { side } => {
                format!("{} in the {}", language(side.other()), language(*side))
            }
            Fact::Lengths { zh, en, expected } => format!(
                "{en} letters for {zh} Chinese characters; about {expected} were expected"
            ),
        }
    }
}

fn language(side: Side) -> &'static str {
    match side {
        Side::Zh => "Chinese",
        Side::En => "English",
    }
}

fn once_in_the_other(side: Side) -> String {
    format!("{}, once in the {}", language(side), language(side.other()))
}

fn part_name(part: Part) -> String {
    let name = match part {
        Part::Sentence => "sentence",
        Part::Title => "title",
        Part::Heading => "heading",
        Part::Item => "list item",
        Part::Footnote => "footnote",
        Part::Line => "line",
        Part::Row => "row",
        Part::Paragraph => "paragraph",
        Part::Units(n) => return format!("passage of {n} units"),
    };
    name.to_owned()
}

fn value(value: &Value) -> String {
    match value {
        Value::Mention(mention) => mentioned(mention),
        Value::Label(label) => label.to_string(),
        Value::Written(text) => text.clone(),
    }
}

/// A mention in words: its kind and its value.
fn mentioned(mention: &Mention) -> String {
    let value = &mention.value;
    match mention.kind {
        MentionKind::Symbol => format!("document {value}"),
        MentionKind::Resolution => format!("resolution {value}"),
        MentionKind::Ordinal => format!("ordinal {value}"),
        MentionKind::Treaty => value.replace("vol ", "volume ").replace("no ", "No. "),
        MentionKind::Year => format!("year {value}"),
        _ => value.clone(),
    }
}
