//! The form used to tell whether two written terms are one: number, case, article, hyphen and
//! the British or American way of spelling folded away.

use crate::lexicon::Seed;

/// Words that end in `s` and are no plurals.
const NOT_PLURAL: [&str; 31] = [
    "across",
    "always",
    "as",
    "athletics",
    "biceps",
    "does",
    "economics",
    "ethics",
    "goods",
    "has",
    "his",
    "its",
    "locus",
    "logistics",
    "mathematics",
    "means",
    "news",
    "perhaps",
    "physics",
    "plus",
    "politics",
    "proceeds",
    "series",
    "species",
    "statistics",
    "thanks",
    "this",
    "thus",
    "us",
    "versus",
    "was",
];

/// Plurals that no rule makes.
const IRREGULAR: [(&str, &str); 16] = [
    ("analyses", "analysis"),
    ("bases", "basis"),
    ("children", "child"),
    ("crises", "crisis"),
    ("criteria", "criterion"),
    ("halves", "half"),
    ("hypotheses", "hypothesis"),
    ("indices", "index"),
    ("lives", "life"),
    ("matrices", "matrix"),
    ("men", "man"),
    ("people", "people"),
    ("phenomena", "phenomenon"),
    ("theses", "thesis"),
    ("wives", "wife"),
    ("women", "woman"),
];

/// The singular of an English word in lower case, British spelling made American. Only nouns
/// are meant; what is no plural comes back as it is.
pub(super) fn singular(word: &str) -> String {
    american(&singular_noun(word))
}

/// An English phrase in the form used to compare: words in lower case and singular, marks and
/// a leading article left out.
pub(crate) fn fold_phrase(text: &str) -> String {
    let lower = text.to_lowercase().replace('’', "'");
    let words = lower
        .split(|c: char| !c.is_alphanumeric() && c != '\'')
        .map(|word| word.trim_matches('\''))
        .map(|word| word.strip_suffix("'s").unwrap_or(word))
        .filter(|word| !word.is_empty());
    let words: Vec<String> = words.map(singular).collect();
    let first =
        words.iter().take_while(|word| matches!(&***word, "a" | "an" | "the")).count();
    words[first..].join(" ")
}

/// A Chinese term in the form used to compare: simplified, without blanks, quotes and title
/// marks.
pub(crate) fn fold_zh(text: &str, seed: &Seed) -> String {
    text.chars()
        .filter(|c| !c.is_whitespace() && !"“”\"「」《》".contains(*c))
        .map(|c| seed.simplify(c))
        .collect()
}

/// Words that share this many letters may be akin: confiscate, confiscation (docs/terms.md, 6).
pub(super) const PREFIX: usize = 5;
/// Share of the longer word that akin words have in common (docs/terms.md, 6).
const AKIN_SHARE: f64 = 0.6;

/// Do two different words share enough of their beginning?
pub(super) fn is_akin(a: &str, b: &str) -> bool {
    let shared = a.chars().zip(b.chars()).take_while(|(a, b)| a == b).count();
    let longer = a.chars().count().max(b.chars().count());
    a != b && shared >= PREFIX && shared as f64 >= AKIN_SHARE * longer as f64
}

fn singular_noun(word: &str) -> String {
    if let Some((_, singular)) = IRREGULAR.iter().find(|(plural, _)| *plural == word) {
        return (*singular).to_owned();
    }
    if NOT_PLURAL.contains(&word) || word.len() <= 3 || !word.ends_with('s') {
        return word.to_owned();
    }
    if word.len() > 4 {
        if let Some(stem) = word.strip_suffix("ies") {
            return format!("{stem}y");
        }
        if ["ches", "shes", "sses", "xes", "zzes"].iter().any(|end| word.ends_with(end)) {
            return word[..word.len() - 2].to_owned();
        }
    }
    match ["ss", "us", "is", "'s"].iter().any(|end| word.ends_with(end)) {
        true => word.to_owned(),
        false => word[..word.len() - 1].to_owned(),
    }
}

/// British endings and their American counterparts, tried in order on words of five letters
/// and more.
const BRITISH: [(&str, &str); 16] = [
    ("isation", "ization"),
    ("isational", "izational"),
    ("ising", "izing"),
    ("ised", "ized"),
    ("ise", "ize"),
    ("yse", "yze"),
    ("ysed", "yzed"),
    ("ysing", "yzing"),
    ("abour", "abor"),
    ("avour", "avor"),
    ("olour", "olor"),
    ("onour", "onor"),
    ("eighbour", "eighbor"),
    ("entre", "enter"),
    ("efence", "efense"),
    ("ffence", "ffense"),
];

/// Words in `-ise` that both write alike.
const ALWAYS_ISE: [&str; 14] = [
    "advertise",
    "advise",
    "arise",
    "comprise",
    "compromise",
    "devise",
    "enterprise",
    "exercise",
    "expertise",
    "franchise",
    "precise",
    "promise",
    "revise",
    "supervise",
];

fn american(word: &str) -> String {
    if word.len() < 5 || ALWAYS_ISE.iter().any(|w| word.starts_with(&w[..w.len() - 1])) {
        return word.to_owned();
    }
    match word {
        "programme" => return "program".to_owned(),
        "licence" => return "license".to_owned(),
        "judgement" => return "judgment".to_owned(),
        _ => {}
    }
    for (british, american) in BRITISH {
        if let Some(stem) = word.strip_suffix(british) {
            return format!("{stem}{american}");
        }
    }
    word.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn number_is_folded() {
        for (plural, expected) in [
            ("parties", "party"),
            ("boxes", "box"),
            ("branches", "branch"),
            ("analyses", "analysis"),
            ("women", "woman"),
            ("crimes", "crime"),
        ] {
            assert_eq!(singular(plural), expected);
        }
    }

    #[test]
    fn articles_hyphens_and_case_are_folded() {
        assert_eq!(
            fold_phrase("The Money-Laundering Offences"),
            "money laundering offense"
        );
        assert_eq!(fold_phrase("the"), "");
    }

    #[test]
    fn what_is_no_plural_stays() {
        for word in ["proceeds", "process", "status", "basis", "gas", "species", ""] {
            assert_eq!(singular(word), word);
        }
    }

    #[test]
    fn british_and_american_are_one() {
        assert_eq!(singular("offences"), singular("offense"));
        assert_eq!(singular("organisations"), singular("organization"));
        assert_eq!(singular("programmes"), singular("program"));
        assert_eq!(singular("enterprise"), "enterprise");
    }
}
