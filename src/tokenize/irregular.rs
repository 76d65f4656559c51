//! English forms that no rule of spelling explains.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

/// The table as shipped; `tests/it/tables.rs` checks it.
pub(super) const TABLE: &str = include_str!("data/irregular.tsv");

/// The lemma of an irregular form, of a form that looks inflected and is not, of a pronoun,
/// and of a British spelling; `None` for all others.
pub(super) fn irregular(form: &str) -> Option<&'static str> {
    static LEMMAS: LazyLock<FxHashMap<&str, &str>> = LazyLock::new(|| {
        TABLE
            .lines()
            .filter(|line| !line.starts_with('#'))
            .filter_map(|line| line.split_once('\t'))
            .collect()
    });
    LEMMAS.get(form).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn verbs_plurals_pronouns_and_spellings_are_there() {
        for (form, lemma) in
            [("were", "be"), ("children", "child"), ("us", "we"), ("defence", "defense")]
        {
            assert_eq!(irregular(form), Some(lemma));
        }
        assert_eq!(irregular("evening"), Some("evening"));
        assert_eq!(irregular("table"), None);
    }

    #[test]
    fn a_lemma_is_its_own_lemma() {
        for line in TABLE.lines().filter(|line| !line.starts_with('#')) {
            let (_, lemma) = line.split_once('\t').unwrap();
            assert!(irregular(lemma).is_none_or(|again| again == lemma), "{line}");
        }
    }
}
