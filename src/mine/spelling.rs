//! Rows that differ only in how one side is spelled.
//!
//! 账户/帐户 = *account*, 犯罪组织 = *criminal organization/organisation*: the translation is
//! the same and the other side nearly so. The lower row becomes a variant of the upper.

use rustc_hash::FxHashMap;

use crate::lexicon::Seed;
use crate::terms::Keys;
use crate::types::{Pair, Side, TermPair};

/// English terms this alike are one word spelled twice: one letter in ten may differ.
const ALIKE: f64 = 0.9;

/// Shorter terms differ by a letter because they are other words (text, test), in characters.
const SHORTEST: Pair<usize> = Pair { zh: 3, en: 8 };

/// Folds near spellings into the row that stands first.
pub(super) fn fold_near(terms: Vec<TermPair>, seed: &Seed) -> Vec<TermPair> {
    let mut rows: Vec<TermPair> = Vec::with_capacity(terms.len());
    let mut by_side: FxHashMap<(Side, String), Vec<usize>> = FxHashMap::default();
    let keys = Keys::new(seed);
    for term in terms {
        let of_term = Side::BOTH.map(|side| (side, keys.of(side, term.term.get(side))));
        let near = of_term.iter().find_map(|key| {
            let rows_of = by_side.get(key)?.iter().copied();
            let is_near = |&row: &usize| is_near(&rows[row], &term, key.0.other(), &keys);
            rows_of.take(MOST_ROWS).find(is_near)
        });
        if let Some(row) = near {
            join(&mut rows[row], term);
            continue;
        }
        for key in of_term {
            by_side.entry(key).or_default().push(rows.len());
        }
        rows.push(term);
    }
    rows
}

/// At most this many rows of one term are compared.
const MOST_ROWS: usize = 16;

/// Is this side of two rows, of which the other side is the same, nearly the same too?
fn is_near(upper: &TermPair, lower: &TermPair, side: Side, keys: &Keys<'_>) -> bool {
    if side == Side::En {
        let [a, b] = [upper, lower].map(|row| keys.of(Side::En, &row.term.en));
        let words = |text: &str| text.matches(' ').count();
        a.chars().count() >= SHORTEST.en
            && words(&a) == words(&b)
            && strsim::normalized_damerau_levenshtein(&a, &b) >= ALIKE
    } else {
        let (a, b) = (&upper.term.zh, &lower.term.zh);
        let len = |text: &str| text.chars().count();
        len(a) >= SHORTEST.zh
            && strsim::hamming(a, b).is_ok_and(|n| n <= 1)
            && are_doubles(a, b)
    }
}

/// Do two terms differ only in characters that are written for one another? 国际公约 and
/// 国家公约 are two.
fn are_doubles(a: &str, b: &str) -> bool {
    const DOUBLES: [(char, char); 8] = [
        ('账', '帐'),
        ('订', '定'),
        ('象', '像'),
        ('份', '分'),
        ('藉', '借'),
        ('余', '馀'),
        ('作', '做'),
        ('惟', '唯'),
    ];
    a.chars()
        .zip(b.chars())
        .filter(|(a, b)| a != b)
        .all(|(a, b)| DOUBLES.contains(&(a, b)) || DOUBLES.contains(&(b, a)))
}

fn join(upper: &mut TermPair, lower: TermPair) {
    let add = |list: &mut Vec<String>, main: &str, form: String| {
        if form != main && !list.contains(&form) {
            list.push(form);
        }
    };
    let (zh, en) = (upper.term.zh.clone(), upper.term.en.clone());
    for form in std::iter::once(lower.term.zh).chain(lower.variants.zh) {
        add(&mut upper.variants.zh, &zh, form);
    }
    for form in std::iter::once(lower.term.en).chain(lower.variants.en) {
        add(&mut upper.variants.en, &en, form);
    }
    upper.count += lower.count;
    // Some of them may have both: what is known for sure.
    upper.documents = upper.documents.max(lower.documents);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folded(rows: &[(&str, &str)]) -> Vec<(String, Vec<String>)> {
        let terms = rows
            .iter()
            .map(|(zh, en)| TermPair {
                term: Pair::new((*zh).into(), (*en).into()),
                count: 1,
                ..TermPair::default()
            })
            .collect();
        let rows = fold_near(terms, Seed::shipped()).into_iter();
        rows.map(|row| (row.term.en, row.variants.en)).collect()
    }

    #[test]
    fn two_spellings_of_one_rendering_become_one_row() {
        assert_eq!(
            folded(&[
                ("犯罪组织", "criminal organization"),
                ("犯罪组织", "criminal organisation")
            ]),
            [("criminal organization".into(), vec!["criminal organisation".into()])]
        );
    }

    #[test]
    fn two_renderings_stay_two_rows() {
        assert_eq!(
            folded(&[("缔约方", "States parties"), ("缔约方", "Parties")]).len(),
            2
        );
        assert_eq!(
            folded(&[("国际公约", "convention"), ("国家公约", "convention")]).len(),
            2
        );
        assert_eq!(folded(&[("条文", "text"), ("条文", "test")]).len(), 2);
    }

    #[test]
    fn a_double_of_a_character_is_a_spelling() {
        assert_eq!(
            folded(&[("银行账户", "bank account"), ("银行帐户", "bank account")]).len(),
            1
        );
    }
}
