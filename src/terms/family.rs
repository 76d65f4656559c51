//! Which verb or adjective an English noun says in other words.
//!
//! A noun belongs to the family of a verb or an adjective if it names nothing but the act,
//! the state or the quality: *termination* is that one terminates, *bankruptcy* that one is
//! bankrupt, *confidentiality* that something is confidential. So the endings -ion, -ment,
//! -al, -ance, -ure, -cy, -ity and -ness may make a noun of a family, but only a table can
//! say which do: *information* is what one is told, a *department* nobody departs from, and
//! a *minority* is not what makes one a minor. A few endings are regular enough for a rule.
//!
//! Endings that add a meaning part families: who acts (*lessor*), to whom it is done
//! (*employee*), what it is made into (*victimize*, and so *victimization*), what it
//! concerns (*national*).

use std::sync::LazyLock;

use rustc_hash::{FxHashMap, FxHashSet};

/// The table as shipped; `tests/it/tables.rs` checks its form.
const TABLE: &str = include_str!("data/families.tsv");

/// Endings of nouns, each with that of the verb or adjective that the noun is made of.
const ENDINGS: [(&str, &str); 4] =
    [("ization", "ize"), ("ification", "ify"), ("ability", "able"), ("ibility", "ible")];

/// Shortest beginning before -ation: a *station* is no state, a *relation* may be.
const SHORTEST_BEGINNING: usize = 4;

/// The nouns of the table, each with its verb or adjective.
static BASES: LazyLock<FxHashMap<&str, &str>> = LazyLock::new(|| rows().collect());

/// Is it a verb or adjective of the table? Such a word is no form of another, as *divest*
/// might be of *dive*.
pub(super) fn is_base(word: &str) -> bool {
    static ALL: LazyLock<FxHashSet<&str>> =
        LazyLock::new(|| rows().map(|(_, base)| base).collect());
    ALL.contains(word)
}

/// The verb or adjective of a noun's family; any other word itself.
pub(super) fn base(word: &str) -> String {
    if let Some(base) = BASES.get(word) {
        return (*base).to_owned();
    }
    let regular = ENDINGS
        .iter()
        .find_map(|(noun, base)| word.strip_suffix(noun).map(|stem| (stem, *base)));
    let of_ation = || {
        let stem = word.strip_suffix("ation")?;
        (stem.len() >= SHORTEST_BEGINNING).then_some((stem, "ate"))
    };
    match regular.or_else(of_ation) {
        Some((stem, base)) => format!("{stem}{base}"),
        None => word.to_owned(),
    }
}

fn rows() -> impl Iterator<Item = (&'static str, &'static str)> {
    let lines = TABLE.lines().filter(|line| !line.starts_with('#'));
    lines.filter_map(|line| line.split_once('\t'))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::Seed;
    use crate::terms::word::Root;

    #[test]
    fn regular_endings_need_no_table() {
        assert_eq!(base("tokenization"), "tokenize");
        assert_eq!(base("codification"), "codify");
        assert_eq!(base("enforceability"), "enforceable");
        assert_eq!(base("arbitration"), "arbitrate");
        assert_eq!(base("station"), "station");
    }

    #[test]
    fn a_base_is_found_by_its_own_forms() {
        let root = |word| Root::find(word, Seed::shipped()).text;
        let lost = rows().filter(|(noun, of)| *root(of) != **of || *root(noun) != **of);
        assert_eq!(lost.collect::<Vec<_>>(), []);
    }
}
