//! How English texts define terms.

use std::sync::LazyLock;

use regex::Regex;

use super::half::{Certainty, Half};

/// The words that define.
const MEANS: &str = r"(?:means and includes|means?|shall mean|refers? to|shall refer to|is defined as|are defined as|denotes?|has the meaning)";

/// Opens an item: 2. (b) 3)
static ITEM: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^\s*(?:\([0-9a-zA-Z]{1,4}\)|[0-9]+(?:\.[0-9]+)*[.)]?\s|[a-zA-Z][.)]\s|[ivx]+[.)]\s)\s*",
    )
});

/// “tide station” (as used in this Act) means …
static QUOTED: LazyLock<Regex> = LazyLock::new(|| {
    pattern(&format!(
        r#"[“"‘]([^“”"‘’;.]{{1,80}})[”"’]\s*(?:\(([^()]{{1,60}})\))?,?(?:\s+(?:in|as|described|referred|used|for)\b[^“”".;:]{{0,80}}?)?\s*:?\s+{MEANS}\b[:,]?\s+"#
    ))
});

/// The term tide station in this Act refers to …
static TERM: LazyLock<Regex> = LazyLock::new(|| {
    pattern(&format!(
        r#"[Tt]he (?:term|word|expression|phrase)s?(?: of)?\s+[“"]?([^“”",;.]{{1,80}}?)[”"]?(?:,?\s+(?:in|as|described|referred|used|for)\b[^.;:]{{0,80}}?)?\s+{MEANS}\b[:,]?\s+"#
    ))
});

/// Tide Station means …, at the beginning.
static HEADED: LazyLock<Regex> =
    LazyLock::new(|| pattern(&format!(r"^([^,;.:“”]{{1,80}}?)\s*(:)?\s+{MEANS}\s+")));

/// Tide station: any …
static COLON: LazyLock<Regex> = LazyLock::new(|| pattern(r"^([^,;.:“”]{1,80}?)\s*:\s+"));

/// Tide station - any …
static DASH: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"^([^,;.:“”]{1,80}?)\s+(?:-|–|—)\s+"));

/// (hereinafter referred to as “the Agreement”)
static SHORT: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r#"\((?:each |collectively |together )?(?:hereinafter|hereafter|herein)(?:\s+(?:collectively|individually))?(?:\s+(?:referred to|called|known)(?:\s+as)?)?,?\s*(?:as\s+)?(?:the\s+)?[“"]?(?:[Tt]he\s+)?([^“”"()]{1,60}?)[”"]?\)"#,
    )
});

fn pattern(pattern: &str) -> Regex {
    Regex::new(pattern).expect("the pattern is well formed")
}

/// The definitions of a text.
pub(super) fn find(text: &str) -> Vec<Half> {
    let start = ITEM.find(text).map_or(0, |item| item.end());
    let body = text[start..].trim_start();
    if let Some(found) = HEADED.captures(body)
        && (found.get(2).is_some() || is_headword(&found[1]))
        && is_term(&found[1])
    {
        let rest = &body[found.get(0).map_or(0, |all| all.end())..];
        return half(&found[1], rest, Certainty::Sure).into_iter().collect();
    }
    let mut places: Vec<(usize, usize, &str)> = Vec::new();
    for pattern in [&QUOTED, &TERM] {
        for found in pattern.captures_iter(text) {
            let (Some(all), Some(term)) = (found.get(0), found.get(1)) else { continue };
            let is_known = places.iter().any(|(_, end, _)| *end == all.end());
            if !is_known {
                places.push((all.start(), all.end(), term.as_str()));
            }
        }
    }
    places.sort_unstable();
    let is_item =
        places.first().is_some_and(|(at, ..)| text.len() - body.len() + 2 >= *at);
    let mut halves = Vec::new();
    for (at, (_, end, term)) in places.iter().enumerate() {
        let rest = match places.get(at + 1) {
            // What the sentence goes on to define is not this.
            Some((next, ..)) if next >= end => &text[*end..*next],
            _ if is_item && places.len() == 1 => &text[*end..],
            _ => sentence(&text[*end..]),
        };
        halves.extend(half(term, rest, Certainty::Sure));
    }
    halves.extend(short_names(text));
    if halves.is_empty() {
        halves.extend(possible(body));
    }
    halves
}

/// the Coastal Lights Agreement (hereinafter “the Agreement”): the short name by the long.
fn short_names(text: &str) -> Vec<Half> {
    let mut halves = Vec::new();
    for found in SHORT.captures_iter(text) {
        let Some(all) = found.get(0) else { continue };
        let before = text[..all.start()].trim_end();
        let before =
            before.rsplit([',', ';', ':', '.', '(', ')']).next().unwrap_or(before);
        let words: Vec<&str> = before.split_whitespace().collect();
        let is_name = |word: &&str| {
            let is_capital =
                word.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit());
            is_capital
                || ["of", "the", "and", "for", "on", "in", "to", "de"].contains(word)
        };
        let mut n_words = words.iter().rev().take_while(|word| is_name(word)).count();
        // It begins with a capital.
        while n_words > 0
            && !words[words.len() - n_words].starts_with(|c: char| c.is_uppercase())
            || n_words > 1 && words[words.len() - n_words].eq_ignore_ascii_case("the")
        {
            n_words -= 1;
        }
        let long = words[words.len() - n_words..].join(" ");
        if long.chars().count() > found[1].chars().count() {
            halves.extend(half(&found[1], &long, Certainty::Sure));
        }
    }
    halves
}

/// What may define, if the other language does.
fn possible(body: &str) -> Option<Half> {
    for (pattern, certainty) in
        [(&COLON, Certainty::Possible), (&DASH, Certainty::Listed)]
    {
        if let Some(found) = pattern.captures(body)
            && is_term(&found[1])
        {
            let rest = &body[found.get(0).map_or(0, |all| all.end())..];
            return half(&found[1], rest, certainty);
        }
    }
    None
}

/// A term that opens its definition without quotes is written in capitals: Licensed
/// Material means; not: this means.
fn is_headword(term: &str) -> bool {
    let mut words = term.split_whitespace();
    let is_word = |word: &str| {
        word.starts_with(|c: char| c.is_uppercase())
            || ["of", "and", "or", "the", "for", "in", "to", "a"].contains(&word)
    };
    let pronouns =
        ["This", "That", "It", "These", "Those", "Which", "What", "By", "There", "Such"];
    words.clone().count() <= 8
        && !term.split_whitespace().next().is_some_and(|first| pronouns.contains(&first))
        && words.all(is_word)
}

/// May it be a term: not a clause?
fn is_term(term: &str) -> bool {
    let n_words = term.split_whitespace().count();
    let is_verb =
        |word: &str| ["shall", "must", "may", "is", "are", "will"].contains(&word);
    (1..=12).contains(&n_words) && !term.split_whitespace().any(is_verb)
}

fn half(term: &str, text: &str, certainty: Certainty) -> Option<Half> {
    let term = term.trim().trim_matches(['“', '”', '"', '‘', '’', ',', ' ']);
    let (term, gloss) =
        match term.strip_suffix(')').and_then(|term| term.split_once(" (")) {
            Some((term, gloss)) => (term, gloss),
            None => (term, ""),
        };
    let term = ["The ", "the ", "A ", "a ", "An ", "an "]
        .iter()
        .find_map(|article| term.strip_prefix(article))
        .unwrap_or(term);
    let text = trimmed(text);
    let is_whole = !term.is_empty() && text.chars().count() >= 3;
    is_whole.then(|| Half {
        term: term.to_owned(),
        gloss: gloss.to_owned(),
        text: text.to_owned(),
        certainty,
    })
}

/// To the end of the sentence.
fn sentence(text: &str) -> &str {
    let mut ends = text.match_indices(". ").map(|(at, _)| at);
    // e.g. and No. are no ends.
    let end = ends.find(|&at| {
        let word = text[..at].rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or("");
        word.chars().count() > 2
    });
    &text[..end.unwrap_or(text.len())]
}

fn trimmed(text: &str) -> &str {
    let text = text.trim().trim_end_matches(['.', ';', ',', ' ']);
    let text =
        text.strip_suffix(" and").or_else(|| text.strip_suffix(" or")).unwrap_or(text);
    text.trim_end_matches([';', ',', ' '])
}
