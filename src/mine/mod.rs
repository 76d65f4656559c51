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
mod rank;
mod spelling;
mod unit;
mod unwanted;
mod word_alignment;
mod word_list;
mod written;

pub use definitions::{Definition, definitions};
pub use departures::{Departure, Departures};
pub use inconsistencies::{Inconsistency, Rendering};
pub use params::{Params, Strictness};
pub use unit::Unit;
pub use unwanted::stop_list;

use rustc_hash::{FxHashMap, FxHashSet};

use self::candidates::{Candidate, Candidates};
use self::candidates_en::capital_share;
use self::claiming::Claim;
use self::corpus::{Corpus, EnWord, Run};
use self::dictionary::Dictionary;
use self::features::Scorer;
use self::inconsistencies::Use;
use self::patterns::Proposal;
use self::unwanted::Unwanted;
use self::word_alignment::WordAlignment;
use crate::lexicon::{LemmaId, Seed};
use crate::types::{Pair, TermEvidence, TermPair};

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
    Mined { terms, inconsistencies: miner.inconsistencies(), departures: Vec::new() }
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
        let en = en_candidates(&corpus, seed);
        let mut dictionary = Dictionary::new(&corpus, seed);
        let alignment = WordAlignment::train(&corpus, &mut dictionary);
        let mut scorer = Scorer {
            corpus: &corpus,
            seed,
            dictionary: &mut dictionary,
            alignment: &alignment,
            params,
        };
        let mut links = features::links(&mut scorer, &zh, &en);
        let glossed = patterns::glossed(&corpus, &mut scorer);
        for link in &mut links {
            let (z, e) = (&zh.list[link.zh as usize], &en.list[link.en as usize]);
            let pair = (
                patterns::zh_key(&corpus, z.sample()),
                patterns::en_key(&corpus, e.sample()),
            );
            link.be_glossed_if(glossed.contains(&pair));
        }
        let whole = maximality::is_whole(&links, &zh, &en);
        let mut marks = whole.iter();
        links.retain(|_| *marks.next().expect("one mark a link"));
        let mut claims = claiming::claim(&links, &zh, &en, &alignment);
        if params.nested {
            let nested = nested::nested(&links, &claims, &zh, &en);
            claims.extend(nested);
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

    /// The terms that recur.
    fn recurring(&self) -> Vec<TermPair> {
        let mut rows: Vec<(f64, TermPair)> = Vec::new();
        let mut row_of_zh: FxHashMap<u32, usize> = FxHashMap::default();
        let acronyms = acronyms::acronyms(&self.corpus, self.units);
        for claim in &self.claims {
            let (zh, en) = self.candidates(claim);
            if let Some(&row) = row_of_zh.get(&claim.link.zh) {
                let forms = written::en_forms(&self.corpus, self.units, en);
                rows[row].1.variants.en.extend(forms.into_iter().map(|(form, _)| form));
                continue;
            }
            let rank = rank::rank(&self.corpus, claim, zh, en);
            let confidence = rank::confidence(rank, claim.link.edge);
            if self.is_sure(claim, confidence) {
                row_of_zh.insert(claim.link.zh, rows.len());
                let mut row = self.row(zh, en);
                row.count = self.together(zh, en);
                row.confidence = confidence;
                row.evidence = evidence(claim);
                let key = patterns::en_key(&self.corpus, en.sample());
                row.variants.en.extend(acronyms.get(&key).cloned());
                rows.push((rank, row));
            }
        }
        rows.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.term.cmp(&b.1.term)));
        rows.into_iter().map(|(_, row)| row).collect()
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
                let zh = Candidate { places: vec![proposal.zh] };
                let en = Candidate { places: vec![proposal.en] };
                let mut row = self.row(&zh, &en);
                row.count = 1;
                // Patterns are right three times in four; a full match of the words more often.
                row.confidence = (0.2 + 0.6 * proposal.support).clamp(0.05, 0.9);
                row.evidence = vec![proposal.evidence];
                row
            })
            .collect()
    }

    /// What the two candidates look like to a reader.
    fn row(&self, zh: &Candidate, en: &Candidate) -> TermPair {
        let mut zh_forms = written::zh_forms(&self.corpus, self.units, zh);
        let mut en_forms = written::en_forms(&self.corpus, self.units, en);
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

    /// How often two candidates stand in one unit.
    fn together(&self, zh: &Candidate, en: &Candidate) -> usize {
        features::shared_units(zh, en)
            .into_iter()
            .map(|unit| {
                let n = zh.places_in(unit).len().min(en.places_in(unit).len());
                n * self.corpus.weight(unit)
            })
            .sum()
    }

    /// Does the pair reach the level asked for?
    fn is_sure(&self, claim: &Claim, confidence: f64) -> bool {
        match self.params.strictness {
            Strictness::Strict => {
                let (zh, en) = self.candidates(claim);
                let is_plain = rank::is_plain(&self.corpus, zh, en);
                confidence
                    >= match is_plain {
                        true => self.params.strict_plain_confidence,
                        false => self.params.strict_confidence,
                    }
            }
            Strictness::Balanced => claim.link.support >= self.params.balanced_support,
            Strictness::Broad => true,
        }
    }

    fn inconsistencies(&self) -> Vec<Inconsistency> {
        let written = |zh: &Candidate, en: &Candidate| {
            let zh = written::zh_forms(&self.corpus, self.units, zh).remove(0).0;
            let en = written::en_forms(&self.corpus, self.units, en).remove(0).0;
            Pair::new(zh, en)
        };
        let claims = self
            .claims
            .iter()
            .filter(|claim| claim.link.support >= CLEAR_SUPPORT)
            .filter(|claim| !claim.link.is_coordination)
            .map(|claim| {
                let (zh, en) = self.candidates(claim);
                let units = claim.places.iter().map(|(zh, _)| zh.unit).collect();
                Use { term: written(zh, en), units }
            });
        let singles = self.listed_singles().map(|proposal| {
            let zh = Candidate { places: vec![proposal.zh] };
            let en = Candidate { places: vec![proposal.en] };
            Use { term: written(&zh, &en), units: vec![proposal.zh.unit] }
        });
        let uses: Vec<Use> = claims.chain(singles).collect();
        inconsistencies::inconsistencies(self.units, &uses, self.seed)
    }
}

/// A second partner is worth the reader's time if its lexical support is at least this, 0 to 1.
const CLEAR_SUPPORT: f64 = 0.5;

fn evidence(claim: &Claim) -> Vec<TermEvidence> {
    let mut evidence = vec![TermEvidence::Repeated];
    if claim.link.is_glossed {
        evidence.insert(0, TermEvidence::Gloss);
    }
    if claim.link.is_gloss || claim.link.lexicon >= 0.9 {
        evidence.insert(0, TermEvidence::Dictionary);
    }
    evidence
}

fn zh_candidates(corpus: &Corpus, seed: &Seed) -> Candidates {
    let all = Candidates::collect(corpus.len(), 2, |unit, found| {
        candidates_zh::runs(corpus, &corpus.zh[unit], seed, found);
    });
    let splits = fragments::splits_coordination(&all, |unit, cell| {
        let chars = &corpus.zh[unit as usize].chars;
        matches!(chars.get(cell as usize), Some('和' | '与' | '及'))
    });
    let keep: Vec<bool> = splits.iter().map(|splits| !splits).collect();
    all.retain(&keep)
}

/// The glosses of the headwords in the text, as lemmas.
fn gloss_set(corpus: &Corpus, seed: &Seed) -> FxHashSet<Vec<LemmaId>> {
    let words =
        corpus.zh_forms.iter().filter(|form| form.n_chars >= 2).filter_map(|f| f.word);
    words
        .flat_map(|word| seed.glosses(word))
        .filter(|gloss| gloss.len() >= 2)
        .map(<[LemmaId]>::to_vec)
        .collect()
}

/// The words of content as lemmas of the lexicon, `None` where it misses one.
fn known_lemmas(corpus: &Corpus, words: &[EnWord]) -> Option<Vec<LemmaId>> {
    words
        .iter()
        .map(|word| corpus.en_form(*word))
        .filter(|form| !form.is_stop)
        .map(|form| {
            let known = corpus.lemmas[form.lemma as usize].known.first();
            known.filter(|(_, strength)| *strength >= 1.0).map(|(lemma, _)| *lemma)
        })
        .collect()
}

fn en_candidates(corpus: &Corpus, seed: &Seed) -> Candidates {
    let all = Candidates::collect(corpus.len(), 2, |unit, found| {
        candidates_en::runs(corpus, &corpus.en[unit], found);
    });
    let capital: Vec<f64> =
        all.list.iter().map(|candidate| capital_share(corpus, candidate)).collect();
    let counts = |id: usize| {
        let place = all.list[id].sample();
        let words = &corpus.en[place.unit as usize].words[place.run.range()];
        words.iter().all(|word| match &*corpus.en_form(*word).text {
            "or" => false,
            "and" => capital[id] >= 0.9,
            _ => true,
        })
    };
    let mut keep =
        closedness::stands_alone(
            &all,
            counts,
            |id| {
                if capital[id] > 0.9 { 2 } else { 3 }
            },
        );
    let joins = |unit: u32, cell: u32| {
        let words = &corpus.en[unit as usize].words;
        words.get(cell as usize).is_some_and(|w| &*corpus.en_form(*w).text == "and")
    };
    let splits = fragments::splits_coordination(&all, joins);
    let modifiers = fragments::ends_in_modifier(corpus, &all);
    for (keep, (splits, modifier)) in keep.iter_mut().zip(splits.iter().zip(modifiers)) {
        *keep &= !splits && !modifier;
    }
    let glosses = gloss_set(corpus, seed);
    for (keep, candidate) in keep.iter_mut().zip(&all.list) {
        let place = candidate.sample();
        let words = &corpus.en[place.unit as usize].words[place.run.range()];
        *keep |=
            known_lemmas(corpus, words).is_some_and(|lemmas| glosses.contains(&lemmas));
    }
    all.retain(&keep)
}

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
