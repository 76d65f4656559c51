//! Where a text departs from the user's glossary.
//!
//! Comes in: the aligned units and the accepted pairs. Goes out: the Chinese terms that stand
//! in a unit without any of their English renderings. The time depends on the text alone, not
//! on the size of the glossary.

use std::collections::BTreeMap;

use rustc_hash::FxHashSet;

use super::Unit;
use crate::lexicon::Terms;
use crate::lexicon::terms::longest;
use crate::text::Span;
use crate::types::{Pair, Side, Token};

/// A term of the user's glossary that the document renders otherwise.
#[derive(Clone, Debug, PartialEq)]
pub struct Departure {
    /// The Chinese term as the glossary has it.
    pub term: String,
    /// Its English there, in order of the glossary.
    pub renderings: Vec<String>,
    /// In how many units one of them is used.
    pub n_kept: usize,
    /// The units with the Chinese term and none of them: index of the bead and name.
    pub units: Vec<(usize, String)>,
}

/// A shorter term must be words of their own, in characters: 人 asks nothing of 人民.
const FREE: usize = 3;

/// Looks for departures, unit by unit.
///
/// Of terms inside one another the longest counts, so that 犯罪 asks nothing where
/// 有组织犯罪 is known too.
#[derive(Debug)]
pub struct Departures<'a> {
    terms: &'a Terms,
    pairs: &'a [Pair<String>],
    /// The terms met so far, by their first pair.
    met: BTreeMap<u32, Departure>,
}

impl<'a> Departures<'a> {
    /// None yet. `terms` was made of `pairs`.
    pub fn new(terms: &'a Terms, pairs: &'a [Pair<String>]) -> Self {
        Self { terms, pairs, met: BTreeMap::new() }
    }

    /// Looks at the next unit.
    pub fn look(&mut self, unit: &Unit) {
        let (terms, pairs) = (self.terms, self.pairs);
        let found = terms.find(Side::Zh, &unit.text.zh);
        let mut forms: Vec<u32> = longest(&found)
            .filter(|found| is_free(found.span, &unit.text.zh, &unit.tokens.zh))
            .map(|found| found.form)
            .collect();
        if forms.is_empty() {
            return;
        }
        forms.sort_unstable();
        forms.dedup();
        let rendered: FxHashSet<u32> = terms
            .find(Side::En, &unit.text.en)
            .into_iter()
            .flat_map(|found| terms.pairs_of(Side::En, found.form))
            .copied()
            .collect();
        for form in forms {
            let of_form = terms.pairs_of(Side::Zh, form);
            let Some(&first) = of_form.first() else { continue };
            let departure = self.met.entry(first).or_insert_with(|| new(of_form, pairs));
            if of_form.iter().any(|pair| rendered.contains(pair)) {
                departure.n_kept += 1;
            } else {
                departure.units.push((unit.bead, unit.place.to_string()));
            }
        }
    }

    /// Where the units depart from the glossary, in its order.
    pub fn found(self) -> Vec<Departure> {
        self.met.into_values().filter(|departure| !departure.units.is_empty()).collect()
    }
}

fn new(of_form: &[u32], pairs: &[Pair<String>]) -> Departure {
    let mut renderings: Vec<String> = Vec::new();
    for &pair in of_form {
        let en = &pairs[pair as usize].en;
        if !renderings.contains(en) {
            renderings.push(en.clone());
        }
    }
    let term = pairs[of_form[0] as usize].zh.clone();
    Departure { term, renderings, n_kept: 0, units: Vec::new() }
}

/// Does a term stand by itself, as far as its length asks for it?
fn is_free(span: Span, text: &str, tokens: &[Token]) -> bool {
    span.of(text).chars().count() >= FREE
        || (tokens.binary_search_by_key(&span.start, |token| token.span.start).is_ok()
            && tokens.binary_search_by_key(&span.end, |token| token.span.end).is_ok())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::Seed;
    use crate::tokenize::tokenize;

    fn found(glossary: &[(&str, &str)], texts: &[(&str, &str)]) -> Vec<Departure> {
        let pairs: Vec<Pair<String>> = glossary
            .iter()
            .map(|&(zh, en)| Pair::new(zh.to_owned(), en.to_owned()))
            .collect();
        let seed = Seed::shipped();
        let terms = Terms::new(&pairs, seed);
        let mut departures = Departures::new(&terms, &pairs);
        for (bead, &(zh, en)) in texts.iter().enumerate() {
            let text = Pair::new(zh.to_owned(), en.to_owned());
            let tokens = text.as_ref().map_sides(|side, text| tokenize(side, text, seed));
            departures.look(&Unit {
                text,
                tokens,
                bead,
                place: format!("§ {}", bead + 1).into(),
            });
        }
        departures.found()
    }

    #[test]
    fn a_term_that_is_rendered_otherwise_is_told_with_its_place() {
        let texts = [
            ("灯塔管理员值班。", "The lighthouse keeper is on duty."),
            ("灯塔管理员下班。", "The warden goes home."),
        ];
        let found = found(&[("灯塔管理员", "lighthouse keeper")], &texts);
        assert_eq!(found.len(), 1);
        assert_eq!((found[0].n_kept, found[0].units.len()), (1, 1));
        assert_eq!(found[0].units[0], (1, "§ 2".to_owned()));
    }

    #[test]
    fn any_of_several_renderings_will_do() {
        let glossary = [("缔约方", "State party"), ("缔约方", "Party")];
        let texts =
            [("締約方同意。", "The Parties agree."), ("缔约方。", "States parties")];
        assert_eq!(found(&glossary, &texts), []);
    }

    #[test]
    fn a_term_inside_another_asks_nothing() {
        let glossary = [("犯罪", "crime"), ("犯罪所得", "ill-gotten gains")];
        let texts = [("没收犯罪所得。", "Confiscate ill-gotten gains.")];
        assert_eq!(found(&glossary, &texts), []);
    }

    #[test]
    fn a_short_term_is_no_part_of_a_word() {
        assert_eq!(found(&[("人", "person")], &[("人民大会堂。", "Great Hall.")]), []);
    }
}
