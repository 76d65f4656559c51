//! Words of English terms: number, the British and the American way of spelling, and the
//! family of a word folded away.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use super::family;
use crate::lexicon::Seed;
use crate::tokenize::{Vocabulary as _, lemma};

/// Singulars that no rule finds; words that only look like plurals are their own.
static SINGULARS: LazyLock<FxHashMap<&str, &str>> = LazyLock::new(|| {
    let rows = lines(include_str!("data/singular.tsv"));
    rows.filter_map(|row| row.split_once('\t')).collect()
});

/// Words in `-ise` that both write alike, without their last letter.
static ALWAYS_ISE: LazyLock<Vec<&str>> = LazyLock::new(|| {
    let words = lines(include_str!("data/always_ise.txt"));
    words.map(|word| word.strip_suffix('e').unwrap_or(word)).collect()
});

/// The lines of a table.
fn lines(table: &'static str) -> impl Iterator<Item = &'static str> {
    table.lines().filter(|line| !line.starts_with('#'))
}

/// The singular of an English word in lower case, British spelling made American. Only nouns
/// are meant; what is no plural comes back as it is.
pub(crate) fn singular(word: &str) -> String {
    american(&singular_noun(word))
}

/// An English word as terms are compared by it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Root {
    /// The verb or adjective of its family: `terminate` of *terminated* and *termination*.
    pub(super) text: Box<str>,
    /// Is it a participle, and of which kind? Before a noun that tells *developed* countries
    /// from *developing* ones.
    pub(super) participle: Option<Participle>,
}

/// The two participles of a verb.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Participle {
    Past,
    Present,
}

impl Participle {
    /// What is written behind the root of such a word.
    pub(super) fn mark(self) -> &'static str {
        match self {
            Participle::Past => "+ed",
            Participle::Present => "+ing",
        }
    }
}

impl Root {
    /// The root of a word in lower case.
    pub(super) fn find(word: &str, seed: &Seed) -> Self {
        let plain = singular(word);
        let is_lemma = SINGULARS.contains_key(word) || family::is_base(&plain);
        let lemma = match is_lemma {
            true => plain.into(),
            false => lemma(&plain, &|lemma| seed.count(lemma)),
        };
        let participle = match word {
            _ if *lemma == *word => None,
            _ if word.ends_with("ed") => Some(Participle::Past),
            _ if word.ends_with("ing") => Some(Participle::Present),
            _ => None,
        };
        Self { text: family::base(&lemma).into(), participle }
    }
}

fn singular_noun(word: &str) -> String {
    if let Some(singular) = SINGULARS.get(word) {
        return (*singular).to_owned();
    }
    if word.len() <= 3 || !word.ends_with('s') {
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

fn american(word: &str) -> String {
    if word.len() < 5 || ALWAYS_ISE.iter().any(|stem| word.starts_with(stem)) {
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

    fn root(word: &str) -> Box<str> {
        Root::find(word, Seed::shipped()).text
    }

    #[test]
    fn noun_and_verb_of_one_family_have_one_root() {
        for family in [
            &["terminate", "terminated", "terminating", "termination", "terminations"][..],
            &["bankrupt", "bankruptcy"],
            &["confidential", "confidentiality"],
            &["organise", "organized", "organisation"],
            &["comply", "complies", "compliance"],
            &["ratify", "ratification"],
            &["liable", "liability", "liabilities"],
        ] {
            assert!(
                family.iter().all(|word| root(word) == root(family[0])),
                "{family:?}"
            );
        }
    }

    #[test]
    fn akin_words_of_another_meaning_are_two() {
        for (a, b) in [
            ("victim", "victimization"),
            ("nation", "national"),
            ("minor", "minority"),
            ("author", "authority"),
            ("depart", "department"),
            ("lessor", "lessee"),
            ("employ", "employer"),
            ("inform", "information"),
            ("person", "personality"),
            ("proceed", "proceeds"),
            ("rent", "rental"),
        ] {
            assert_ne!(root(a), root(b), "{a} {b}");
        }
    }

    #[test]
    fn a_participle_is_known() {
        let participle = |word| Root::find(word, Seed::shipped()).participle;
        assert_eq!(participle("developed"), Some(Participle::Past));
        assert_eq!(participle("developing"), Some(Participle::Present));
        assert_eq!(participle("speed"), None);
    }
}
