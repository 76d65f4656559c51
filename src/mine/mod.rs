//! Which terms recur together.
//!
//! In come the aligned units with their words; out go term pairs, best first, each with what
//! speaks for it. The way:
//!
//! ```text
//! units ─corpus─▶ cells ─candidates─▶ runs of each side ─closedness─▶ no fragments
//!       ─word_alignment─▶ links of words ─features─▶ pairs with scores ─maximality─▶ whole pairs
//!       ─claiming─▶ one partner a place ─rank─▶ best first
//! ```
//!
//! 联合国毒品和犯罪问题办公室 / *United Nations Office on Drugs and Crime*: both recur, both are
//! closed, their words cover one another, and once they are claimed 犯罪问题 has no place left
//! to be *Crime* at.

mod acronyms;
mod candidates;
mod candidates_en;
mod candidates_zh;
mod cells;
mod claiming;
mod closedness;
mod contexts;
mod corpus;
mod definitions;
mod departures;
mod dictionary;
mod features;
mod fragments;
mod inconsistencies;
mod kind;
mod leftovers;
mod maximality;
mod nested;
mod params;
mod patterns;
mod pooled;
mod ranker;
mod rows;
mod series;
mod spelling;
mod sums;
mod tight;
pub mod training;
mod traits;
mod unit;
mod unwanted;
mod word_alignment;
mod word_list;
mod written;

pub use definitions::{Definition, definitions};
pub use departures::{Departure, Departures};
pub use inconsistencies::{Inconsistency, Rendering};
pub use params::{Order, Params, Strictness};
pub use sums::mine_documents;
pub use unit::Unit;
pub use unwanted::stop_list;

use std::collections::BTreeMap;

use rustc_hash::{FxHashMap, FxHashSet};

use self::candidates::{Candidate, Candidates, RunPlace};
use self::candidates_en::capital_share;
use self::claiming::Claim;
use self::corpus::{Corpus, Run};
use self::dictionary::{Dictionary, gloss_set, known_lemmas};
use self::features::{Link, Scorer};
use self::inconsistencies::Use;
use self::patterns::Proposal;
use self::rows::{
    RankedRow, confidence_of, evidence, held, is_shown, is_sure, listed, surest_first,
};
use self::series::Series;
use self::traits::{Companies, Company, EnLook, Traits, ZhLook};
use self::unwanted::Unwanted;
use self::word_alignment::WordAlignment;
use crate::lexicon::Seed;
use crate::types::{Pair, TermPair};

/// The term pairs of the units, best first. Total: any units give a list.
pub fn mine(
    units: impl IntoIterator<Item = Unit>,
    seed: &Seed,
    params: &Params,
) -> Vec<TermPair> {
    mine_all(units, seed, params).terms
}

/// What the mining found.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Mined {
    /// The term pairs, best first; those that occur once come last.
    pub terms: Vec<TermPair>,
    /// Terms with several renderings, renderings of several terms.
    pub inconsistencies: Vec<Inconsistency>,
    /// Where the text departs from the user's glossary, of which [`mine_all`] knows nothing.
    pub departures: Vec<Departure>,
}

/// The term pairs of the units, and where the text is at odds with itself.
///
/// Units are read one by one; their words are let go at once.
pub fn mine_all(
    units: impl IntoIterator<Item = Unit>,
    seed: &Seed,
    params: &Params,
) -> Mined {
    let (corpus, units) = Corpus::new(units, seed);
    let miner = Miner::new(corpus, &units, seed, params);
    let mut terms = spelling::fold_near(miner.terms(), seed);
    let unwanted = Unwanted::new(params, seed);
    terms.retain(|term| unwanted.allows(term));
    params.order.sort(&mut terms);
    Mined { terms, inconsistencies: miner.inconsistencies(), departures: Vec::new() }
}

/// A claim cut in one of several ways.
struct Cut {
    claim: Claim,
    traits: Traits,
    confidence: f64,
}

/// One run of the mining, with what its steps share.
struct Miner<'a> {
    units: &'a [Unit],
    seed: &'a Seed,
    params: &'a Params,
    corpus: Corpus,
    alignment: WordAlignment,
    zh: Candidates,
    en: Candidates,
    /// All pairs that were linked.
    links: Vec<Link>,
    claims: Vec<Claim>,
    /// Where the Chinese of the terms that recur stands, by unit; coordinations left out.
    claimed: Vec<Vec<Run>>,
    proposals: Vec<Proposal>,
}

impl<'a> Miner<'a> {
    fn new(
        corpus: Corpus,
        units: &'a [Unit],
        seed: &'a Seed,
        params: &'a Params,
    ) -> Self {
        let zh = zh_candidates(&corpus, seed);
        let mut dictionary = Dictionary::new(&corpus, seed);
        let alignment = WordAlignment::train(&corpus, &mut dictionary);
        let mut en =
            en_candidates(&corpus, seed, &tight::recurring(&corpus, &alignment, &zh));
        let series = Series::new(&corpus);
        let mut scorer = Scorer {
            corpus: &corpus,
            seed,
            dictionary: &mut dictionary,
            alignment: &alignment,
            params,
        };
        let mut links = features::links(&mut scorer, &series, &zh, &en);
        let glossed = patterns::glossed(&corpus, &mut scorer);
        for link in &mut links {
            let (z, e) = (&zh.list[link.zh as usize], &en.list[link.en as usize]);
            let pair = (
                patterns::zh_key(&corpus, z.sample()),
                patterns::en_key(&corpus, e.sample()),
            );
            link.be_glossed_if(glossed.contains(&pair));
        }
        // What the text defines has the rendering that it gives, and no other.
        let defined: FxHashMap<u64, u64> = patterns::defined(&corpus)
            .into_iter()
            .map(|(zh, en)| {
                (patterns::zh_key(&corpus, zh), patterns::en_key(&corpus, en))
            })
            .collect();
        links.retain(|link| {
            let (z, e) = (&zh.list[link.zh as usize], &en.list[link.en as usize]);
            let given = defined.get(&patterns::zh_key(&corpus, z.sample()));
            given.is_none_or(|en| *en == patterns::en_key(&corpus, e.sample()))
        });
        let whole = maximality::is_whole(&links, &zh, &en);
        let of_whole: Vec<Link> = links
            .iter()
            .zip(&whole)
            .filter(|(_, whole)| **whole)
            .map(|(l, _)| *l)
            .collect();
        let mut claims = claiming::claim(&of_whole, &zh, &en, &alignment);
        let pooled = pooled::pooled(&mut scorer, &claims, &zh, &mut en);
        claims.extend(pooled);
        let nested = nested::nested(&links, &claims, &zh, &en);
        claims.extend(nested);
        if params.strictness == Strictness::Broad {
            let left = claiming::unclaimed(&links, &claims, &zh, &en, &alignment);
            claims.extend(left);
        }
        let proposals = match (params.max_single, params.strictness) {
            (0, _) | (_, Strictness::Strict) => Vec::new(),
            _ => {
                let left =
                    leftovers::leftovers(&corpus, &mut scorer, &claims, (&zh, &en));
                patterns::proposals(&corpus, &mut scorer, left)
            }
        };
        let mut claimed = vec![Vec::new(); corpus.len()];
        for claim in claims.iter().filter(|claim| !claim.link.is_coordination) {
            for place in &zh.list[claim.link.zh as usize].places {
                claimed[place.unit as usize].push(place.run);
            }
        }
        Self {
            units,
            seed,
            params,
            corpus,
            alignment,
            zh,
            en,
            links,
            claims,
            claimed,
            proposals,
        }
    }

    fn terms(&self) -> Vec<TermPair> {
        let mut terms = self.recurring();
        terms.extend(self.singles());
        terms
    }

    fn candidates(&self, claim: &Claim) -> (&Candidate, &Candidate) {
        (&self.zh.list[claim.link.zh as usize], &self.en.list[claim.link.en as usize])
    }

    /// The terms that recur, best first, at the level asked for; those that stand only inside
    /// longer ones follow these, if they are asked for.
    fn recurring(&self) -> Vec<TermPair> {
        let rows = self.ranked().into_iter();
        let is_sure = |row: &RankedRow| {
            is_sure(self.params, row.pair.confidence, row.inside.is_some())
        };
        listed(rows.filter(is_sure), self.params)
    }

    /// All rows that recur, best first.
    fn ranked(&self) -> Vec<RankedRow> {
        let mut rows: Vec<RankedRow> = Vec::new();
        let mut row_of_zh: FxHashMap<u32, usize> = FxHashMap::default();
        let acronyms = acronyms::acronyms(&self.corpus, self.units);
        let company = Companies::new(&self.links, self.held());
        let mut by_en: FxHashMap<u32, Vec<usize>> = FxHashMap::default();
        for (i, link) in self.links.iter().enumerate() {
            by_en.entry(link.en).or_default().push(i);
        }
        let claimed: FxHashSet<u32> =
            self.claims.iter().map(|claim| claim.link.zh).collect();
        for (i, claim) in self.claims.iter().enumerate() {
            if let Some(&row) = row_of_zh.get(&claim.link.zh) {
                let en = &self.en.list[claim.link.en as usize];
                rows[row].pair.variants.en.extend(self.en_forms(en, false));
                continue;
            }
            let mut cuts: Vec<Cut> = self
                .other_cuts(claim, &by_en)
                .filter(|cut| {
                    cut.link.zh == claim.link.zh || !claimed.contains(&cut.link.zh)
                })
                .chain([claim.clone()])
                .map(|claim| {
                    let traits = self.traits(&claim, company.of(&claim.link, i));
                    let confidence = ranker::SHIPPED.confidence(&traits);
                    Cut { claim, traits, confidence }
                })
                .collect();
            cuts.sort_by(|a, b| {
                let key = |cut: &Cut| (cut.claim.link.zh, cut.claim.link.en);
                b.confidence.total_cmp(&a.confidence).then_with(|| key(a).cmp(&key(b)))
            });
            let best = cuts.remove(self.whole_cut(&cuts));
            if row_of_zh.contains_key(&best.claim.link.zh) {
                continue;
            }
            let (zh, en) = self.candidates(&best.claim);
            row_of_zh.insert(best.claim.link.zh, rows.len());
            let mut pair = self.row(zh, en);
            pair.count = self.together(zh, en);
            pair.documents = self.documents(zh, en);
            pair.confidence = confidence_of(&best.claim.link, best.confidence);
            pair.evidence = evidence(&best.claim);
            let key = patterns::en_key(&self.corpus, en.sample());
            pair.variants.en.extend(acronyms.get(&key).cloned());
            // Another cut that may be right too is shown beside the best one.
            for cut in &cuts {
                let other = &self.en.list[cut.claim.link.en as usize];
                let (seen, is_longer) =
                    ((cut.confidence, &cut.claim.link), other.len() > en.len());
                if is_shown(self.params, seen, &best.claim.link, is_longer) {
                    pair.variants.en.extend(self.en_forms(other, false));
                }
            }
            let traits = best.traits;
            rows.push(RankedRow { pair, traits, claim: i, inside: claim.inside });
        }
        rows.sort_by(surest_first);
        rows
    }

    fn en_forms(&self, en: &Candidate, is_name: bool) -> impl Iterator<Item = String> {
        let forms = written::en_forms(&self.corpus, self.units, en, is_name).into_iter();
        forms.map(|(form, _)| form)
    }

    fn traits(&self, claim: &Claim, company: Company) -> Traits {
        let (zh, en) = self.candidates(claim);
        let zh = ZhLook::new(&self.corpus, self.seed, zh, &self.claimed);
        let en = EnLook::new(&self.corpus, self.seed, en);
        traits::of_claim(claim, &zh, &en, company)
    }

    /// Of cuts, the surest first, the one to list.
    fn whole_cut(&self, cuts: &[Cut]) -> usize {
        let is_torn_out = |inner: u32, outer: u32| {
            let list = &self.en.list;
            let (inner, outer) = (&list[inner as usize], &list[outer as usize]);
            is_torn(inner, outer) && claiming::nests(inner, outer)
        };
        let seen = cuts.iter().map(|cut| (cut.confidence, cut.claim.link));
        rows::whole_cut(seen, is_torn_out)
    }

    /// The pairs that cut one side of a claim longer or shorter and stand nearly as often.
    fn other_cuts<'b>(
        &'b self,
        claim: &'b Claim,
        by_en: &'b FxHashMap<u32, Vec<usize>>,
    ) -> impl Iterator<Item = Claim> + 'b {
        let held = claim.link;
        let first = self.links.partition_point(|link| link.zh < held.zh);
        let of_zh = self.links[first..].iter().take_while(move |link| link.zh == held.zh);
        let of_en = by_en.get(&held.en).into_iter().flatten().map(|i| &self.links[*i]);
        let (zh, en) = self.candidates(claim);
        of_zh
            .chain(of_en)
            .filter(move |link| (link.zh == held.zh) != (link.en == held.en))
            .filter(move |link| 5 * link.count >= 3 * held.count)
            .filter(move |link| !link.is_coordination || held.is_coordination)
            .filter(move |link| {
                let (other_zh, other_en) =
                    (&self.zh.list[link.zh as usize], &self.en.list[link.en as usize]);
                match link.zh == held.zh {
                    true => claiming::nests(en, other_en),
                    false => claiming::nests(zh, other_zh) && !is_torn(other_zh, zh),
                }
            })
            .map(move |link| {
                let zh = &self.zh.list[link.zh as usize];
                let en = &self.en.list[link.en as usize];
                let places = claiming::all_places(zh, en, &self.alignment);
                Claim { link: *link, places, inside: claim.inside }
            })
            .filter(|claim| !claim.places.is_empty())
    }

    /// For each claim how many others it holds on both sides, as they stand in its first unit.
    fn held(&self) -> Vec<usize> {
        held(&self.claims, |claim| {
            let (zh, en) = self.candidates(claim);
            (zh.sample(), en.sample())
        })
    }

    /// The proposals that are listed.
    fn listed_singles(&self) -> impl Iterator<Item = &Proposal> {
        let known: FxHashSet<u64> = self
            .claims
            .iter()
            .map(|claim| {
                patterns::zh_key(&self.corpus, self.candidates(claim).0.sample())
            })
            .collect();
        self.proposals
            .iter()
            .filter(move |proposal| {
                !known.contains(&patterns::zh_key(&self.corpus, proposal.zh))
            })
            .filter(|proposal| {
                let zh = proposal.zh;
                !self.claimed[zh.unit as usize].iter().any(|run| run.contains(zh.run))
            })
            .take(self.params.max_single)
    }

    /// The terms that occur once, by their patterns.
    fn singles(&self) -> Vec<TermPair> {
        self.listed_singles()
            .map(|proposal| {
                let zh = Candidate::at(proposal.zh);
                let en = Candidate::at(proposal.en);
                let mut row = self.row(&zh, &en);
                row.count = 1;
                row.documents = self.documents(&zh, &en);
                row.confidence = proposal.confidence();
                row.evidence = vec![proposal.evidence];
                row
            })
            .collect()
    }

    /// What the two candidates look like to a reader.
    fn row(&self, zh: &Candidate, en: &Candidate) -> TermPair {
        let mut zh_forms = written::zh_forms(&self.corpus, self.units, zh);
        let is_name = written::is_name(&self.corpus, zh);
        let mut en_forms = written::en_forms(&self.corpus, self.units, en, is_name);
        let term = Pair::new(zh_forms.remove(0).0, en_forms.remove(0).0);
        let variants = Pair::new(zh_forms, en_forms)
            .map(|forms| forms.into_iter().map(|(form, _)| form).collect());
        TermPair {
            part_of_speech: kind::part_of_speech(&self.corpus, en),
            term_type: kind::term_type(&self.corpus, zh, en, &term.en),
            term,
            variants,
            counts: Pair::new(self.occurrences(zh), self.occurrences(en)),
            contexts: contexts::contexts(
                &self.corpus,
                self.units,
                &self.alignment,
                zh,
                en,
            ),
            ..TermPair::default()
        }
    }

    /// How often a candidate stands in the text, copies of units counted.
    fn occurrences(&self, candidate: &Candidate) -> usize {
        candidate.units().map(|(unit, n)| n * self.corpus.weight(unit)).sum()
    }

    /// In how many documents two candidates stand in one unit.
    fn documents(&self, zh: &Candidate, en: &Candidate) -> usize {
        let shared = candidates::shared_units(zh, en).into_iter();
        let all = shared.flat_map(|unit| self.corpus.copies(unit).chain([unit]));
        let of_unit = |unit: u32| &*self.units[unit as usize].place.document;
        all.map(of_unit).collect::<FxHashSet<&str>>().len()
    }

    /// How often two candidates stand in one unit.
    fn together(&self, zh: &Candidate, en: &Candidate) -> usize {
        candidates::shared_units(zh, en)
            .into_iter()
            .map(|unit| {
                let n = zh.places_in(unit).len().min(en.places_in(unit).len());
                n * self.corpus.weight(unit)
            })
            .sum()
    }

    fn inconsistencies(&self) -> Vec<Inconsistency> {
        let written = |zh: &Candidate, en: &Candidate| {
            let is_name = written::is_name(&self.corpus, zh);
            let zh = written::zh_forms(&self.corpus, self.units, zh).remove(0).0;
            let en = written::en_forms(&self.corpus, self.units, en, is_name).remove(0).0;
            Pair::new(zh, en)
        };
        let claims = self
            .claims
            .iter()
            .filter(|claim| claim.link.support >= CLEAR_SUPPORT)
            .filter(|claim| !claim.link.is_coordination && claim.inside.is_none())
            .map(|claim| {
                let (zh, en) = self.candidates(claim);
                let units = claim.places.iter().map(|(zh, _)| zh.unit).collect();
                Use { term: written(zh, en), units }
            });
        let singles = self.listed_singles().map(|proposal| {
            let zh = Candidate::at(proposal.zh);
            let en = Candidate::at(proposal.en);
            Use { term: written(&zh, &en), units: vec![proposal.zh.unit] }
        });
        let uses: Vec<Use> = claims.chain(singles).collect();
        inconsistencies::inconsistencies(self.units, &uses, self.seed)
    }
}

/// Is a candidate cut out of a longer one, outside which it never stands?
fn is_torn(inner: &Candidate, outer: &Candidate) -> bool {
    inner.len() < outer.len() && inner.frequency() <= outer.frequency()
}

/// A second partner is worth the reader's time if its lexical support is at least this, 0 to 1.
const CLEAR_SUPPORT: f64 = 0.5;

fn zh_candidates(corpus: &Corpus, seed: &Seed) -> Candidates {
    let all = Candidates::collect(corpus.len(), 2, |unit, found| {
        candidates_zh::runs(corpus, &corpus.zh[unit], seed, found);
    });
    let splits =
        fragments::splits_coordination(&all, fragments::is_joined_by_char(corpus));
    let keep: Vec<bool> = splits.iter().map(|splits| !splits).collect();
    all.retain(&keep)
}

fn en_candidates(
    corpus: &Corpus,
    seed: &Seed,
    tight: &BTreeMap<u64, Vec<RunPlace>>,
) -> Candidates {
    let mut of_unit: Vec<Vec<(Run, u64)>> = vec![Vec::new(); corpus.len()];
    for (hash, places) in tight {
        for place in places {
            of_unit[place.unit as usize].push((place.run, *hash));
        }
    }
    let all = Candidates::collect(corpus.len(), 2, |unit, found| {
        candidates_en::runs(corpus, &corpus.en[unit], found);
        found.extend(&of_unit[unit]);
        found.sort_unstable();
        found.dedup();
    });
    let capital: Vec<f64> =
        all.list.iter().map(|candidate| capital_share(corpus, candidate)).collect();
    let counts = |id: usize| {
        candidates_en::may_hold_fragments(corpus, all.list[id].sample(), capital[id])
    };
    let mut keep =
        closedness::stands_alone(
            &all,
            counts,
            |id| {
                if capital[id] > 0.9 { 2 } else { 3 }
            },
        );
    let splits =
        fragments::splits_coordination(&all, fragments::is_joined_by_and(corpus));
    let modifiers = fragments::ends_in_modifier(corpus, &all);
    for (keep, (splits, modifier)) in keep.iter_mut().zip(splits.iter().zip(modifiers)) {
        *keep &= !splits && !modifier;
    }
    let glosses = gloss_set(corpus, seed);
    for (keep, candidate) in keep.iter_mut().zip(&all.list) {
        let place = candidate.sample();
        let words = &corpus.en[place.unit as usize].words[place.run.range()];
        *keep |= tight.contains_key(&candidates_en::hash_of(corpus, words))
            || known_lemmas(corpus, words)
                .is_some_and(|lemmas| glosses.contains(&lemmas));
    }
    all.retain(&keep)
}

#[cfg(test)]
mod kinds;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Span;
    use crate::types::{Token, TokenKind};

    fn tokens(text: &str, words: &[&str]) -> Vec<Token> {
        let mut at = 0;
        words
            .iter()
            .map(|word| {
                let start = at + text[at..].find(word).unwrap();
                at = start + word.len();
                let is_mark = word.chars().all(|c| !c.is_alphanumeric());
                Token {
                    span: Span::new(start, at),
                    kind: if is_mark { TokenKind::Mark } else { TokenKind::Word },
                    form: if is_mark { "P.".into() } else { word.to_lowercase().into() },
                    is_stop: ["的", "the", "of", "and", "is"].contains(word),
                    is_capital: word.starts_with(char::is_uppercase),
                }
            })
            .collect()
    }

    /// A unit whose words are parted by blanks (English) or bars (Chinese).
    fn unit(bead: usize, zh: &str, en: &str) -> Unit {
        let zh_words: Vec<&str> = zh.split('|').collect();
        let en_words: Vec<&str> = en.split(' ').collect();
        let text = Pair::new(zh_words.concat(), en.to_owned());
        let tokens = Pair::new(tokens(&text.zh, &zh_words), tokens(&text.en, &en_words));
        Unit { text, tokens, bead, place: format!("§ {bead}").into() }
    }

    fn units() -> Vec<Unit> {
        vec![
            unit(
                0,
                "缔约国|接受|仲裁庭|。",
                "The States Parties accept the arbitral tribunal .",
            ),
            unit(1, "仲裁庭|审理|。", "The arbitral tribunal hears ."),
            unit(2, "缔约国|签署|。", "The States Parties sign ."),
            unit(3, "仲裁庭|休庭|。", "The arbitral tribunal adjourns ."),
            unit(4, "缔约国|退出|。", "The States Parties withdraw ."),
        ]
    }

    fn broad() -> Params {
        Params { strictness: Strictness::Broad, ..Params::default() }
    }

    #[test]
    fn what_recurs_together_is_found_whole() {
        let terms = mine(units(), Seed::shipped(), &broad());
        let found: Vec<(&str, &str)> =
            terms.iter().map(|t| (t.term.zh.as_str(), t.term.en.as_str())).collect();
        assert!(found.contains(&("仲裁庭", "arbitral tribunal")), "{found:?}");
        assert!(found.contains(&("缔约国", "States Parties")), "{found:?}");
    }

    #[test]
    fn a_term_says_where_it_stands() {
        let terms = mine(units(), Seed::shipped(), &broad());
        let term = terms.iter().find(|t| t.term.zh == "仲裁庭").unwrap();
        assert_eq!((term.count, term.counts), (3, Pair::new(3, 3)));
        let context = &term.contexts[0];
        assert_eq!(context.mark.zh.of(&context.text.zh), "仲裁庭");
        assert_eq!(context.mark.en.of(&context.text.en), "arbitral tribunal");
    }

    #[test]
    fn copies_of_a_unit_are_counted_though_not_read() {
        let units = (0..50).flat_map(|_| units());
        let terms = mine(units, Seed::shipped(), &broad());
        let term = terms.iter().find(|t| t.term.zh == "仲裁庭").unwrap();
        assert_eq!((term.count, term.counts), (150, Pair::new(150, 150)));
    }

    #[test]
    fn no_units_give_no_terms() {
        assert!(mine([], Seed::shipped(), &Params::default()).is_empty());
    }

    #[test]
    fn the_same_units_give_the_same_terms() {
        let once = mine_all(units(), Seed::shipped(), &broad());
        assert_eq!(once, mine_all(units(), Seed::shipped(), &broad()));
    }

    #[test]
    fn tokens_that_do_not_fit_the_text_do_no_harm() {
        let mut units = units();
        units[0].text.zh.clear();
        units[1].text.en = "é".to_owned();
        units[2].tokens.en.reverse();
        units[3].tokens.zh.clear();
        mine(units, Seed::shipped(), &broad());
    }
}
