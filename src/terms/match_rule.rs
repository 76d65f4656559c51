//! How uses of a term are to be found, where its owner says so.

use regex::Regex;

use super::speech::{Speech, speech};
use crate::text::Span;

/// A rule of one entry of a glossary.
#[derive(Clone, Debug, Default)]
pub enum MatchRule {
    /// In any script, case and inflection.
    #[default]
    Usual,
    /// As it is written, and in no other way.
    Exact,
    /// In the case in which it is written: *Internet*, not *internet*.
    Case,
    /// Where a pattern matches the English.
    Pattern(Regex),
    /// Only as a noun, or only as a verb: what the words beside it show to be the other is none.
    /// Of the English alone, and where these words say nothing, it counts.
    Speech(Speech),
}

impl MatchRule {
    /// Reads a rule: `exact`, `case`, `noun`, `verb`, `pattern: colou?r`; nothing is the usual
    /// way.
    ///
    /// # Errors
    ///
    /// What is wrong with it.
    pub fn parse(text: &str) -> Result<Self, String> {
        let text = text.trim();
        let (name, rest) = text.split_once(':').unwrap_or((text, ""));
        match name.trim().to_lowercase().as_str() {
            "" | "usual" | "default" | "no" | "false" => Ok(Self::Usual),
            "exact" => Ok(Self::Exact),
            "case" | "case sensitive" | "case-sensitive" | "yes" | "true" => {
                Ok(Self::Case)
            }
            "noun" | "n" => Ok(Self::Speech(Speech::Noun)),
            "verb" | "v" => Ok(Self::Speech(Speech::Verb)),
            "pattern" | "regex" => {
                let pattern =
                    Regex::new(rest.trim()).map_err(|error| error.to_string())?;
                Ok(Self::Pattern(pattern))
            }
            _ => Err(format!(
                "\"{text}\" is no match rule: exact, case, noun, verb, pattern: …"
            )),
        }
    }

    /// May what stands at a place of a text be a use of one of these forms?
    pub(super) fn admits(&self, text: &str, place: Span, forms: &[String]) -> bool {
        let used = place.of(text);
        match self {
            Self::Usual => true,
            Self::Exact => forms.iter().any(|form| form == used),
            Self::Case => forms.iter().any(|form| is_of_case(used, form)),
            Self::Pattern(_) => false,
            Self::Speech(wanted) => {
                speech(text, place, forms).is_none_or(|found| found == *wanted)
            }
        }
    }
}

/// Has it the capitals of a form, as far as the two go together? What follows is inflection.
fn is_of_case(used: &str, form: &str) -> bool {
    let mut both = used.chars().zip(form.chars());
    let is_one = |a: char, b: char| a.to_lowercase().eq(b.to_lowercase());
    both.by_ref().take_while(|(a, b)| is_one(*a, *b)).all(|(a, b)| a == b)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rules_are_read_by_name() {
        assert!(matches!(MatchRule::parse(" Exact "), Ok(MatchRule::Exact)));
        assert!(matches!(
            MatchRule::parse("pattern: berths?"),
            Ok(MatchRule::Pattern(_))
        ));
        assert!(MatchRule::parse("pattern: (").is_err());
        assert!(MatchRule::parse("sometimes").is_err());
    }

    #[test]
    fn a_case_leaves_inflection_open() {
        let forms = ["State party".to_owned()];
        let admits = |rule: MatchRule, used: &str| {
            rule.admits(used, Span::new(0, used.len()), &forms)
        };
        assert!(admits(MatchRule::Case, "State parties"));
        assert!(admits(MatchRule::Case, "State party"));
        assert!(!admits(MatchRule::Case, "state parties"));
        assert!(!admits(MatchRule::Exact, "State parties"));
    }

    #[test]
    fn a_noun_is_no_verb_where_that_can_be_told() {
        let forms = ["object".to_owned()];
        let admits = |rule: &str, text: &str| {
            let start = text.find("object").unwrap();
            let rule = MatchRule::parse(rule).unwrap();
            rule.admits(text, Span::new(start, start + "object".len()), &forms)
        };
        for (text, noun, verb) in [
            ("The tenant may object in writing.", false, true),
            ("an object of value", true, false),
            ("Any lost object belongs to the finder.", true, true),
        ] {
            assert_eq!(
                (admits("noun", text), admits("verb", text)),
                (noun, verb),
                "{text}"
            );
        }
    }
}
