//! Facts as JSON: the name of what is the case, and its values, for programs that word it
//! themselves.

use serde_json::{Value as Json, json};

use crate::check::fact::{Fact, Part, Value};

/// A fact as an object: its name, and its values under names of their own.
pub(super) fn of(fact: &Fact) -> Json {
    match fact {
        Fact::Elsewhere => json!({"is": "elsewhere"}),
        Fact::Exchanged => json!({"is": "exchanged"}),
        Fact::Lacks { side, part } => {
            let units = match part {
                Part::Units(n) => *n,
                _ => 1,
            };
            json!({
                "is": "lacks", "side": side.to_string(), "part": name_of(*part), "units": units,
            })
        }
        Fact::Twice { side } => json!({"is": "twice", "side": side.to_string()}),
        Fact::WordsTwice { side } => {
            json!({"is": "words twice", "side": side.to_string()})
        }
        Fact::Differ(values) => json!({
            "is": "differ", "zh": value(&values.zh), "en": value(&values.en),
        }),
        Fact::Only { side, value: it } => {
            json!({"is": "only", "side": side.to_string(), "value": value(it)})
        }
        Fact::NumberTwice { side, number } => {
            json!({"is": "number twice", "side": side.to_string(), "number": number})
        }
        Fact::NumberSkipped { side, before, number } => json!({
            "is": "number skipped", "side": side.to_string(), "before": before, "number": number,
        }),
        Fact::InBrackets { words, brackets } => {
            json!({"is": "in brackets", "words": words, "brackets": brackets})
        }
        Fact::LeftOut { number, kind } => {
            json!({"is": "left out", "number": number, "as": kind.as_str()})
        }
        Fact::LeftOutText { kind } => json!({"is": "left out", "as": kind.as_str()}),
        Fact::InList { name, side } => {
            json!({"is": "in list", "name": name, "side": side.to_string()})
        }
        Fact::Forbidden { term, used } => {
            json!({"is": "forbidden", "term": term, "used": used})
        }
        Fact::NotPreferred { term, used } => {
            json!({"is": "not preferred", "term": term, "used": used})
        }
        Fact::NotEverywhere { term, best, used } => {
            json!({"is": "not everywhere", "term": term, "best": best, "used": used})
        }
        Fact::Without { term, best } => {
            json!({"is": "without", "term": term, "best": best})
        }
        Fact::Renderings { side, term, n } => {
            json!({"is": "renderings", "side": side.to_string(), "term": term, "n": n})
        }
        Fact::Translations { text, n } => {
            json!({"is": "translations", "text": text, "n": n})
        }
        Fact::TranslatedAlike { text, n } => {
            json!({"is": "translated alike", "text": text, "n": n})
        }
        Fact::Misspelled { word, right, n } => {
            json!({"is": "misspelled", "word": word, "right": right, "n": n})
        }
        Fact::NotClosed(mark) => json!({"is": "not closed", "mark": mark}),
        Fact::NotOpened(mark) => json!({"is": "not opened", "mark": mark}),
        Fact::Unbalanced(n) => json!({"is": "unbalanced", "n": n}),
        Fact::Same => json!({"is": "same"}),
        Fact::Foreign { side } => json!({"is": "foreign", "side": side.to_string()}),
        Fact::Lengths { zh, en, expected } => {
            json!({"is": "lengths", "zh": zh, "en": en, "expected": expected})
        }
    }
}

fn name_of(part: Part) -> &'static str {
    match part {
        Part::Sentence => "sentence",
        Part::Title => "title",
        Part::Heading => "heading",
        Part::Item => "item",
        Part::Footnote => "footnote",
        Part::Line => "line",
        Part::Row => "row",
        Part::Paragraph => "paragraph",
        Part::Units(_) => "units",
    }
}

fn value(value: &Value) -> Json {
    match value {
        Value::Mention(mention) => {
            json!({"kind": mention.kind.as_str(), "value": mention.value})
        }
        Value::Label(label) => json!({"kind": "label", "value": label.to_string()}),
        Value::Written(text) => json!({"kind": "written", "value": text}),
    }
}
