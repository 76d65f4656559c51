//! From a definition of CC-CEDICT to short glosses.
//!
//! ```text
//! /(law) to conclude (a treaty); pact, accord/abbr. for 國際法|国际法[...]/CL:個|个[ge4]/
//!    ▶  to conclude · pact · accord       and the glosses of 国际法 besides
//! ```

/// What one entry says.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Definition {
    /// Short translations, as written.
    pub(crate) glosses: Vec<String>,
    /// Simplified headwords whose translations hold here too.
    pub(crate) same_as: Vec<String>,
}

/// Definitions that begin so say how it is written or spoken, not what it means.
const DROPPED: [&str; 6] =
    ["CL:", "Taiwan pr.", "also pr.", "used in ", "Kangxi radical", "radical in Chinese"];

/// Before a headword in Chinese: its translations hold here too.
const LINKS: [&str; 9] = [
    "variant of",
    "see also",
    "see",
    "same as",
    "abbr. for",
    "abbr. of",
    "abbr. to",
    "equivalent to",
    "contraction of",
];

/// Before a translation: how it is meant.
const LEADS: [&str; 10] = [
    "fig.",
    "lit.",
    "also",
    "esp.",
    "surname",
    "classifier for",
    "usu.",
    "i.e.",
    "e.g.",
    "generally",
];

/// Longest part of an enumeration with commas, in words.
const MAX_ENUMERATED: usize = 2;

/// Longest gloss, in words as written. Longer ones explain and do not translate.
const MAX_WORDS: usize = 9;

/// Reads the definitions of an entry, `/…/…/`.
pub(crate) fn read(definitions: &str) -> Definition {
    let mut read = Definition::default();
    for definition in definitions.split('/') {
        let definition = without_parentheses(definition);
        for segment in definition.split(';') {
            let segment = segment.trim();
            if DROPPED.iter().any(|start| segment.starts_with(start)) {
                continue;
            }
            let segment = match link(segment) {
                Some((target, rest)) => {
                    read.same_as.push(target);
                    rest.trim_start_matches(',').to_owned()
                }
                None => segment.to_owned(),
            };
            enumerated(&without_references(&segment), &mut read.glosses);
        }
    }
    read
}

/// The headword that a segment refers to, and what follows the reference.
fn link(segment: &str) -> Option<(String, &str)> {
    let after = LINKS.iter().find_map(|link| {
        let at = segment.find(link)?;
        let before = &segment[..at];
        let is_word = before.is_empty() || before.ends_with(' ');
        let is_verb = before.ends_with("to "); // to see somebody
        (is_word && !is_verb).then(|| segment[at + link.len()..].trim_start())
    })?;
    let end = after.find(|c: char| !is_chinese(c)).unwrap_or(after.len());
    let target = after[..end].rsplit('|').next().filter(|target| !target.is_empty())?;
    let rest = &after[end..];
    let rest = match rest.strip_prefix('[') {
        Some(reading) => reading.split_once(']').map_or("", |(_, rest)| rest),
        None => rest,
    };
    Some((target.to_owned(), rest))
}

fn is_chinese(c: char) -> bool {
    c == '|' || c == '·' || bitext::text::script::is_han(c)
}

/// Without `(…)`, nested ones too.
fn without_parentheses(text: &str) -> String {
    let mut depth = 0;
    let outside = text.chars().filter(|&c| {
        depth += i32::from(c == '(');
        let is_outside = depth <= 0;
        depth -= i32::from(c == ')' && depth > 0);
        is_outside
    });
    outside.collect()
}

/// Without Chinese words and their `[readings]`.
fn without_references(text: &str) -> String {
    let mut is_reading = false;
    let kept = text.chars().filter(|&c| {
        is_reading |= c == '[';
        let is_kept = !is_reading && !is_chinese(c);
        is_reading &= c != ']';
        is_kept
    });
    kept.collect()
}

/// Adds the parts of a segment that lists words with commas, or the segment as a whole; of
/// one that goes on to explain, what stands before the first comma.
fn enumerated(segment: &str, glosses: &mut Vec<String>) {
    let parts: Vec<&str> = segment.split(',').map(without_lead).collect();
    let n_words = |part: &str| part.split_whitespace().count();
    if parts.iter().all(|part| n_words(part) <= MAX_ENUMERATED) {
        glosses.extend(parts.iter().filter(|p| !p.is_empty()).map(|&p| p.to_owned()));
    } else if parts.len() > 1 && parts[0].starts_with(char::is_uppercase) {
        // A name, then what it is: Beijing, capital of …
        glosses.push(parts[0].to_owned());
    } else if n_words(segment) <= MAX_WORDS {
        glosses.push(without_lead(segment).to_owned());
    } else if n_words(parts[0]) <= MAX_WORDS && !parts[0].is_empty() && parts.len() > 1 {
        glosses.push(parts[0].to_owned());
    }
}

fn without_lead(text: &str) -> &str {
    let mut text = text.trim();
    while let Some(rest) = LEADS.iter().find_map(|lead| {
        text.strip_prefix(lead).filter(|rest| rest.starts_with([' ', ':']))
    }) {
        text = rest.trim_start_matches(':').trim();
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn glosses(definitions: &str) -> Vec<String> {
        read(definitions).glosses
    }

    #[test]
    fn slashes_semicolons_and_short_commas_part_glosses() {
        let found =
            glosses("/(law) to conclude (a treaty (of peace)); pact, accord/deal/");
        assert_eq!(found, ["to conclude", "pact", "accord", "deal"]);
    }

    #[test]
    fn explanations_give_what_stands_before_them() {
        let found = glosses(
            "/Nantong city, on the river, in the south of the province of the east/",
        );
        assert_eq!(found, ["Nantong city"]);
        assert!(glosses("/one two three four five six seven eight nine ten/").is_empty());
    }

    #[test]
    fn remarks_give_nothing() {
        assert!(
            glosses("/CL:個|个[ge4]/Taiwan pr. [xi2]/used in 葡萄[pu2 tao5]/").is_empty()
        );
        assert_eq!(glosses("/surname Li/fig. a boast/"), ["Li", "a boast"]);
    }

    #[test]
    fn a_reference_is_followed_and_what_stands_after_it_is_kept() {
        let found =
            read("/old variant of 裡|里[li3]/abbr. for 國際法|国际法[guo2], world law/");
        assert_eq!(found.same_as, ["里", "国际法"]);
        assert_eq!(found.glosses, ["world law"]);
        assert_eq!(read("/to see 人 off/").glosses, ["to see  off"]);
    }
}
