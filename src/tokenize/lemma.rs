//! The lemma of an English word form.
//!
//! A table for what is irregular, rules of spelling for the rest. A rule proposes several
//! lemmas (`hoping`: `hope`, `hop`) and the vocabulary of the dictionary's glosses decides,
//! as both sides of the comparison are then folded the same way; a form whose lemmas the
//! glosses do not know stays as it is.

use super::irregular::irregular;

/// How much less a candidate counts than the one before it.
const RANK_FACTOR: f64 = 0.25;

/// A form that is itself so many times as common as its best candidate is a word of its own
/// (`ceiling` and `ceil`).
const OWN_WORD: f64 = 20.0;

/// The same for forms in -ing, which often are nouns (`building`, `hearing`).
const OWN_NOUN: f64 = 4.0;

/// Suffixes by which `-ise` is told from words like `rise` and `promise`: British spellings
/// of words in `-ize`.
const BRITISH: [(&str, &str); 5] = [
    ("isation", "ization"),
    ("ise", "ize"),
    ("our", "or"),
    ("yse", "yze"),
    ("logue", "log"),
];

/// The lemma of a lower-case form, given how often each lemma stands in glosses.
///
/// ```
/// use bitext::tokenize::lemma;
///
/// let count = |lemma: &str| if lemma == "hope" { 90 } else { 0 };
/// assert_eq!(&*lemma("hoping", &count), "hope");
/// assert_eq!(&*lemma("children", &count), "child");
/// ```
pub fn lemma(form: &str, count: &impl Fn(&str) -> u32) -> Box<str> {
    if let Some(lemma) = irregular(form) {
        return lemma.into();
    }
    if form.len() < 4 && !form.ends_with('s') || !form.is_ascii() {
        return form.into();
    }
    if let Some(noun) = form.strip_suffix('s').filter(|noun| noun.ends_with("ing")) {
        return lemma(noun, count);
    }
    let plain = uninflected(form, count);
    american(&plain, count).unwrap_or(plain)
}

fn uninflected(form: &str, count: &impl Fn(&str) -> u32) -> Box<str> {
    let mut best: (f64, Option<Box<str>>) = (0.0, None);
    let mut weight = 1.0;
    for candidate in candidates(form) {
        let candidate = known(candidate, count);
        let score = f64::from(count(&candidate)) * weight;
        if score > best.0 {
            best = (score, Some(candidate));
        }
        weight *= RANK_FACTOR;
    }
    let (score, Some(best)) = best else { return form.into() };
    let own = if form.ends_with("ing") { OWN_NOUN } else { OWN_WORD };
    if f64::from(count(form)) > own * score { form.into() } else { best }
}

/// The candidate itself, or its American spelling where only that is known.
fn known(candidate: String, count: &impl Fn(&str) -> u32) -> Box<str> {
    american(&candidate, count).unwrap_or_else(|| candidate.into())
}

/// The American spelling of a British word, where the glosses have it more often.
fn american(word: &str, count: &impl Fn(&str) -> u32) -> Option<Box<str>> {
    let swapped = BRITISH.iter().find_map(|(old, new)| {
        word.strip_suffix(old).map(|stem| format!("{stem}{new}"))
    })?;
    (count(&swapped) > count(word)).then(|| swapped.into())
}

/// The lemmas that the rules of spelling propose, likeliest first.
fn candidates(form: &str) -> Vec<String> {
    let strip = |suffix: &str| {
        form.strip_suffix(suffix).filter(|stem| stem.len() >= 2 && has_vowel(stem))
    };
    if let Some(stem) = strip("ies").or_else(|| strip("ied")) {
        vec![format!("{stem}y"), format!("{stem}ie")]
    } else if let Some(stem) = strip("ier").or_else(|| strip("iest")) {
        vec![format!("{stem}y")]
    } else if let Some(stem) = strip("es") {
        let is_hissing =
            ["ch", "sh", "ss", "x", "z", "o"].iter().any(|s| stem.ends_with(s));
        let (short, long) = (stem.to_owned(), format!("{stem}e"));
        if is_hissing { vec![short, long] } else { vec![long] }
    } else if form.ends_with('s') {
        let is_plural = !["ss", "us", "is"].iter().any(|s| form.ends_with(s));
        let stem = strip("s").filter(|_| is_plural);
        stem.map(|stem| vec![stem.to_owned()]).unwrap_or_default()
    } else {
        let stem = strip("ed").or_else(|| strip("ing")).or_else(|| strip("est"));
        stem.map(stems).unwrap_or_default()
    }
}

/// What may have stood before -ed, -ing, -est: `plann` is `plan`, `hop` rather `hope`.
fn stems(stem: &str) -> Vec<String> {
    let bytes = stem.as_bytes();
    let (before, last) = (bytes[bytes.len() - 2], bytes[bytes.len() - 1]);
    let with_e = format!("{stem}e");
    let as_is = stem.to_owned();
    if before == last && !is_vowel(last) {
        let single = stem[..stem.len() - 1].to_owned();
        match last {
            b'l' | b's' | b'f' | b'z' | b'd' => vec![as_is, single],
            _ => vec![single, as_is],
        }
    } else if is_vowel(before) && !is_vowel(last) && !matches!(last, b'w' | b'x' | b'y') {
        vec![with_e, as_is]
    } else {
        vec![as_is, with_e]
    }
}

fn has_vowel(stem: &str) -> bool {
    stem.bytes().any(|b| is_vowel(b) || b == b'y')
}

fn is_vowel(letter: u8) -> bool {
    matches!(letter, b'a' | b'e' | b'i' | b'o' | b'u')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lemma_of(form: &str) -> String {
        let count = |lemma: &str| match lemma {
            "ceiling" => 50,
            "plan" | "hope" | "visit" | "city" | "box" | "call" | "happy" => 40,
            "organize" | "labor" | "nation" | "meet" | "large" => 30,
            "hop" | "ceil" | "rise" | "note" => 2,
            "not" => 900,
            _ => 0,
        };
        lemma(form, &count).into()
    }

    #[test]
    fn the_glosses_choose_among_the_candidates() {
        let cases = [
            ("hoping", "hope"),
            ("hopped", "hop"),
            ("planned", "plan"),
            ("visited", "visit"),
            ("cities", "city"),
            ("boxes", "box"),
            ("called", "call"),
            ("nations", "nation"),
            ("happiest", "happy"),
            ("largest", "large"),
            ("meetings", "meet"),
            ("notes", "note"),
        ];
        for (form, lemma) in cases {
            assert_eq!(lemma_of(form), lemma, "{form}");
        }
    }

    #[test]
    fn words_that_only_look_inflected_stay() {
        for word in
            ["ceiling", "during", "this", "news", "species", "glass", "bring", "xyzed"]
        {
            assert_eq!(lemma_of(word), word);
        }
    }

    #[test]
    fn british_spellings_follow_the_glosses() {
        assert_eq!(lemma_of("organise"), "organize");
        assert_eq!(lemma_of("organised"), "organize");
        assert_eq!(lemma_of("labour"), "labor");
        assert_eq!(lemma_of("rise"), "rise");
    }
}
