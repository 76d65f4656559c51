//! Whether an English word is used as a noun or as a verb, as far as the words beside it tell.
//!
//! ```text
//! shall permit the master    shall … the    a verb
//! a permit of the port       a … of         a noun
//! permit fees                               it is not told
//! ```
//!
//! No tagger: only words that hardly leave a doubt are listened to, the nearest before the term
//! first, then the one behind it. Where they say nothing, nothing is said.

use crate::text::Span;

/// What a word is used as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Speech {
    /// A noun.
    Noun,
    /// A verb.
    Verb,
}

/// Behind one of these stands the plain form of a verb.
const AUXILIARIES: [&str; 13] = [
    "shall", "may", "must", "will", "can", "cannot", "could", "should", "would", "might",
    "do", "does", "did",
];

/// They are subjects: a verb follows.
const SUBJECTS: [&str; 8] = ["i", "you", "he", "she", "we", "they", "who", "which"];

/// A noun follows, be it with an adjective before it.
const DETERMINERS: [&str; 20] = [
    "a", "an", "the", "every", "each", "any", "no", "some", "such", "its", "their",
    "his", "our", "your", "my", "whose", "another", "other", "this", "these",
];

/// Behind a verb these open its object; behind a noun hardly anything of the kind stands.
const OBJECTS: [&str; 11] =
    ["a", "an", "the", "any", "every", "each", "its", "their", "his", "our", "them"];

/// A noun follows.
const PREPOSITIONS: [&str; 19] = [
    "of",
    "in",
    "on",
    "by",
    "for",
    "with",
    "under",
    "from",
    "at",
    "into",
    "upon",
    "without",
    "between",
    "against",
    "during",
    "through",
    "concerning",
    "regarding",
    "per",
];

/// What follows a *to* behind these is a noun: *subject to contract*, *party to the contract*.
const BEFORE_TO: [&str; 17] = [
    "subject",
    "party",
    "parties",
    "pursuant",
    "prior",
    "due",
    "according",
    "relating",
    "related",
    "contrary",
    "similar",
    "equal",
    "owing",
    "addition",
    "applicable",
    "access",
    "reference",
];

/// Behind a noun these are its verb.
const VERBS: [&str; 8] = ["is", "are", "was", "were", "has", "have", "had", "shall"];

/// What the words beside a place of an English text show that it is used as. `forms` are the
/// forms of the term as its owner wrote them.
pub(super) fn speech(text: &str, span: Span, forms: &[String]) -> Option<Speech> {
    let used = span.of(text).to_lowercase();
    if is_participle(&used, forms) {
        return Some(Speech::Verb);
    }
    by_before(text, span, &used).or_else(|| by_behind(text, span))
}

/// Is it a form of a verb that no form of the term is: *contracted* of *contract*?
fn is_participle(used: &str, forms: &[String]) -> bool {
    let ends = |word: &str| word.ends_with("ed") || word.ends_with("ing");
    ends(used) && !forms.iter().any(|form| ends(&form.to_lowercase()))
}

fn by_before(text: &str, span: Span, used: &str) -> Option<Speech> {
    let mut before = words_before(&text[..span.start]).filter(|word| !is_adverb(word));
    let word = before.next()?;
    let is = |words: &[&str]| words.contains(&word.as_str());
    let is_plural = used.ends_with('s') && !used.ends_with("ss");
    if word == "to" {
        let head = before.next().unwrap_or_default();
        return Some(match is_plural || BEFORE_TO.contains(&head.as_str()) {
            true => Speech::Noun,
            false => Speech::Verb,
        });
    }
    // *This permits the ship* and *this permit*.
    if word == "this" && is_plural {
        return Some(Speech::Verb);
    }
    if is(&AUXILIARIES) || is(&SUBJECTS) {
        return Some(Speech::Verb);
    }
    let is_owner = word.ends_with("'s") || word.ends_with("’s");
    (is(&DETERMINERS) || is(&PREPOSITIONS) || is_owner).then_some(Speech::Noun)
}

fn by_behind(text: &str, span: Span) -> Option<Speech> {
    let word = word_behind(&text[span.end..])?;
    let is = |words: &[&str]| words.contains(&word.as_str());
    if word == "of" || is(&VERBS) {
        return Some(Speech::Noun);
    }
    is(&OBJECTS).then_some(Speech::Verb)
}

/// Does it stand between an auxiliary and its verb?
fn is_adverb(word: &str) -> bool {
    word.len() > 4 && word.ends_with("ly")
        || matches!(word, "not" | "never" | "also" | "always" | "then" | "thereby")
}

/// The words of the same clause before a place, the nearest first.
fn words_before(text: &str) -> impl Iterator<Item = String> + '_ {
    let mut rest = text;
    std::iter::from_fn(move || {
        let joined = rest.trim_end_matches([' ', '\u{A0}', '\n']);
        let start = joined.trim_end_matches(is_of_word);
        let word = &joined[start.len()..];
        rest = start;
        (!word.is_empty() && joined.len() < text.len()).then(|| word.to_lowercase())
    })
}

/// The next word of the same clause.
fn word_behind(text: &str) -> Option<String> {
    let joined = text.trim_start_matches([' ', '\u{A0}', '\n']);
    let word = &joined[..joined.len() - joined.trim_start_matches(is_of_word).len()];
    (!word.is_empty() && joined.len() < text.len()).then(|| word.to_lowercase())
}

fn is_of_word(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '\'' | '’' | '-')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// What the words around `«…»` tell of it.
    fn told(text: &str, form: &str) -> Option<Speech> {
        let (start, end) = (text.find('«').unwrap(), text.find('»').unwrap());
        let plain = text.replace(['«', '»'], "");
        speech(&plain, Span::new(start, end - '«'.len_utf8()), &[form.to_owned()])
    }

    #[test]
    fn verbs_are_told_by_what_governs_them_and_what_they_govern() {
        for text in [
            "The harbour master may «permit» the vessel to leave.",
            "The owner shall not unreasonably «permit» entry.",
            "Those who «permit» it are liable.",
            "It was agreed to «permit» fishing.",
            "Local rules «permit» the sale of nets.",
            "The authority «permitted» it.",
            "This «permits» entry.",
        ] {
            assert_eq!(told(text, "permit"), Some(Speech::Verb), "{text}");
        }
    }

    #[test]
    fn nouns_are_told_by_determiners_and_prepositions() {
        for text in [
            "The «permit» expires in May.",
            "A fee is paid for «permits».",
            "The master's «permit» was lost.",
            "Entry is subject to «permit».",
            "Old «permits» of the port are void.",
            "Valid «permits» are listed in the annex.",
            "with regard to «permits»",
        ] {
            assert_eq!(told(text, "permit"), Some(Speech::Noun), "{text}");
        }
    }

    #[test]
    fn where_the_words_say_nothing_nothing_is_said() {
        for text in ["«Permit» fees", "new «permit» holders", "(«permit»)", "«permit»"]
        {
            assert_eq!(told(text, "permit"), None, "{text}");
        }
        // A comma parts clauses.
        assert_eq!(told("for the, «permit» holders", "permit"), None);
    }

    #[test]
    fn a_form_that_its_owner_wrote_is_no_participle() {
        assert_eq!(told("new «building» plots", "building"), None);
        assert_eq!(told("a «building» of stone", "building"), Some(Speech::Noun));
    }

    proptest! {
        #[test]
        fn any_text_is_looked_at(before in "\\PC{0,20}", used in "\\PC{1,8}", behind in "\\PC{0,20}") {
            let text = format!("{before}{used}{behind}");
            let span = Span::new(before.len(), before.len() + used.len());
            let _ = speech(&text, span, &[used]);
        }
    }
}
