//! How uses of a term are to be found, where its owner says so.

use regex::Regex;

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
}

impl MatchRule {
    /// Reads a rule: `exact`, `case`, `pattern: colou?r`; nothing is the usual way.
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
            "pattern" | "regex" => {
                let pattern =
                    Regex::new(rest.trim()).map_err(|error| error.to_string())?;
                Ok(Self::Pattern(pattern))
            }
            _ => Err(format!("\"{text}\" is no match rule: exact, case, pattern: …")),
        }
    }

    /// May what stands in a text be a use of one of these forms?
    pub(super) fn admits(&self, used: &str, forms: &[String]) -> bool {
        match self {
            Self::Usual => true,
            Self::Exact => forms.iter().any(|form| form == used),
            Self::Case => forms.iter().any(|form| is_of_case(used, form)),
            Self::Pattern(_) => false,
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
        let case = MatchRule::Case;
        assert!(
            case.admits("State parties", &forms) && case.admits("State party", &forms)
        );
        assert!(!case.admits("state parties", &forms));
        assert!(!MatchRule::Exact.admits("State parties", &forms));
    }
}
