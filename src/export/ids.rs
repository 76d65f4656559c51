//! Names of glossary entries that stay the same from run to run.

use rustc_hash::FxHashMap;

use crate::text::fnv::fnv;
use crate::types::TermPair;

/// A name for each pair: a hash of its two terms, so that it stays the same when the list is
/// sorted otherwise or grows. The second pair of the same terms is named `…-2`.
pub(super) fn ids<'a>(terms: impl IntoIterator<Item = &'a TermPair>) -> Vec<String> {
    let mut seen: FxHashMap<u64, usize> = FxHashMap::default();
    terms
        .into_iter()
        .map(|pair| {
            let bytes = pair.term.zh.bytes().chain([0]).chain(pair.term.en.bytes());
            let hash = fnv(bytes) & 0xFFFF_FFFF_FFFF;
            let n = seen.entry(hash).or_default();
            *n += 1;
            if *n == 1 { format!("t{hash:012x}") } else { format!("t{hash:012x}-{n}") }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::types::Pair;

    #[test]
    fn an_id_is_that_of_the_terms_and_no_two_are_the_same() {
        let pair = |zh: &str, en: &str| TermPair {
            term: Pair::new(zh.into(), en.into()),
            ..TermPair::default()
        };
        let (a, b) = (pair("公约", "convention"), pair("公约", "treaty"));
        let first = ids(&[a.clone(), b.clone(), a.clone()]);
        assert_eq!(first[2], format!("{}-2", first[0]));
        assert_eq!(ids(&[b, a])[1], first[0]);
    }

    #[test]
    fn the_hash_is_that_of_its_authors() {
        assert_eq!(fnv("foobar".bytes()), 0x8594_4171_f739_67e8);
    }
}
