//! Where a text departs from the user's glossary.
//!
//! Comes in: the aligned units and the rules of the glossary. Goes out: the Chinese terms
//! that stand in a unit and are not rendered as the glossary has it. The time depends on the
//! text alone, not on the size of the glossary.

use std::collections::BTreeMap;

use super::unit::Unit;
use crate::terms::Rules;

/// A term of the user's glossary that the document renders otherwise.
#[derive(Clone, Debug, PartialEq)]
pub struct Departure {
    /// The Chinese term as the glossary has it.
    pub term: String,
    /// Its English there, in order of the glossary.
    pub renderings: Vec<String>,
    /// In how many units it is kept to.
    pub n_kept: usize,
    /// The units where it is not: index of the bead and name.
    pub units: Vec<(usize, String)>,
}

/// Looks for departures, unit by unit.
#[derive(Debug)]
pub struct Departures<'a> {
    rules: &'a Rules,
    /// The terms met so far, by their place in the glossary.
    met: BTreeMap<u32, Departure>,
}

impl<'a> Departures<'a> {
    /// None yet.
    pub fn new(rules: &'a Rules) -> Self {
        Self { rules, met: BTreeMap::new() }
    }

    /// Looks at the next unit.
    pub fn look(&mut self, unit: &Unit) {
        let rules = self.rules;
        for judgement in rules.judge(&unit.text, &unit.tokens.zh) {
            let term = judgement.term;
            let departure =
                self.met.entry(rules.place(term)).or_insert_with(|| Departure {
                    term: rules.zh(term).to_owned(),
                    renderings: rules
                        .renderings(term)
                        .into_iter()
                        .map(str::to_owned)
                        .collect(),
                    n_kept: 0,
                    units: Vec::new(),
                });
            match judgement.verdict.is_departure() {
                true => departure.units.push((unit.bead, unit.place.to_string())),
                false => departure.n_kept += 1,
            }
        }
    }

    /// Where the units depart from the glossary, in its order.
    pub fn found(self) -> Vec<Departure> {
        self.met.into_values().filter(|departure| !departure.units.is_empty()).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::Seed;
    use crate::tokenize::tokenize;
    use crate::types::{Concept, Pair, Status, TermPair};

    fn found(glossary: &[(&str, &str)], texts: &[(&str, &str)]) -> Vec<Departure> {
        let concept = |&(zh, en): &(&str, &str)| {
            let term = Pair::new(zh.to_owned(), en.to_owned());
            let pair = TermPair { term, status: Status::Accepted, ..TermPair::default() };
            Concept { pair, ..Concept::default() }
        };
        let concepts: Vec<Concept> = glossary.iter().map(concept).collect();
        let seed = Seed::shipped();
        let rules = Rules::new(&concepts, seed);
        let mut departures = Departures::new(&rules);
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
}
