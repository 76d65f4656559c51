//! The ids of concepts, made of their English terms.

use rustc_hash::{FxHashMap, FxHashSet};

use crate::text::fold::fold;

/// The longest id that is made of an English term, in characters; a number may follow.
const LONGEST_SLUG: usize = 60;

/// The ids that concepts have that are added many at once, also where thousands of them would
/// have the same.
#[derive(Debug, Default)]
pub(super) struct NewIds {
    taken: FxHashSet<String>,
    /// Of a name that was taken, the number to try next.
    next: FxHashMap<String, usize>,
}

impl NewIds {
    /// For concepts beside those of these ids.
    pub(super) fn beside<'a>(taken: impl Iterator<Item = &'a String>) -> Self {
        Self { taken: taken.cloned().collect(), next: FxHashMap::default() }
    }

    /// As `Termbase::free_id` would choose; it is taken from now on.
    pub(super) fn free(&mut self, en: &str) -> String {
        let slug = slug(en);
        let from = self.next.get(&slug).copied().unwrap_or(2);
        let (id, next) = first_free(slug.clone(), from, |id| self.taken.contains(id));
        if next > from {
            self.next.insert(slug, next);
        }
        self.taken.insert(id.clone());
        id
    }
}

/// The name, or where it is taken the name with the first number from `from` on that is not;
/// and the number behind.
pub(super) fn first_free(
    name: String,
    from: usize,
    is_taken: impl Fn(&str) -> bool,
) -> (String, usize) {
    if !is_taken(&name) {
        return (name, from);
    }
    let mut n = from;
    loop {
        let id = format!("{name}-{n}");
        n += 1;
        if !is_taken(&id) {
            return (id, n);
        }
    }
}

/// The words of a term in lower case, joined by hyphens; `term` where it has no Latin letter.
pub(super) fn slug(en: &str) -> String {
    let mut folded = fold(en);
    folded.retain(|c| !matches!(c, '\'' | '’'));
    let words = folded
        .split(|c: char| !c.is_ascii_alphanumeric())
        .filter(|word| !word.is_empty());
    let mut slug = String::new();
    for word in words {
        let word = &word[..word.len().min(LONGEST_SLUG)]; // a byte a letter
        if !slug.is_empty() {
            if slug.len() + 1 + word.len() > LONGEST_SLUG {
                break;
            }
            slug.push('-');
        }
        slug += word;
    }
    if slug.is_empty() { "term".into() } else { slug }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::glossary::{Row, Termbase};
    use crate::types::Pair;

    #[test]
    fn many_at_once_get_the_ids_that_they_would_get_one_by_one() {
        let mut termbase = Termbase::default();
        let row = |en: &str| Row {
            term: Pair::new("甲".into(), en.to_owned()),
            ..Row::default()
        };
        for en in ["lease", "lease 3", "甲"] {
            termbase.add(row(en));
        }
        let mut ids = NewIds::beside(termbase.concepts.keys());
        for en in ["Lease", "lease", "lease", "乙", "丙", "lease 3", "rent", "lease"] {
            let one_by_one = termbase.add(row(en));
            assert_eq!(ids.free(en), one_by_one);
        }
        assert!(termbase.concepts.contains_key("lease-3-2"));
    }

    #[test]
    fn a_term_without_latin_letters_and_one_without_end_have_an_id() {
        assert_eq!(slug("公约"), "term");
        assert_eq!(slug("The Party’s duty"), "the-partys-duty");
        assert_eq!(slug(&"a".repeat(100)).len(), LONGEST_SLUG);
    }
}
