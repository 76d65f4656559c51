//! Which terms recur together.
//!
//! Comes in: the aligned units with their words. Goes out: term pairs, best first, each with
//! what speaks for it. The way:
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

mod candidates;
mod candidates_en;
mod candidates_zh;
mod claiming;
mod closedness;
mod contexts;
mod corpus;
mod dictionary;
mod features;
mod fold;
mod maximality;
mod params;
mod rank;
mod word_alignment;
mod word_list;
mod written;

pub use params::{Level, Params};

use rustc_hash::FxHashMap;

use self::candidates::Candidates;
use self::candidates_en::capital_share;
use self::claiming::Claim;
use self::corpus::Corpus;
use self::dictionary::Dictionary;
use self::features::Scorer;
use self::word_alignment::WordAlignment;
use crate::lexicon::Seed;
use crate::types::{Pair, PartOfSpeech, Status, TermEvidence, TermPair, TermType, Token};

/// An aligned unit as the miner sees it.
#[derive(Clone, Debug)]
pub struct Unit {
    /// The text of each side.
    pub text: Pair<String>,
    /// Its words.
    pub tokens: Pair<Vec<Token>>,
    /// Index of the bead.
    pub bead: usize,
    /// The label or number of the unit, as a reader would cite it.
    pub name: String,
}

/// The term pairs of the units, best first. Total: any units give a list.
pub fn mine(units: &[Unit], seed: &Seed, params: &Params) -> Vec<TermPair> {
    Miner::new(units, seed, params).terms()
}

/// One run of the mining, with what its steps share.
struct Miner<'a> {
    units: &'a [Unit],
    params: &'a Params,
    corpus: Corpus,
    alignment: WordAlignment,
    zh: Candidates,
    en: Candidates,
    claims: Vec<Claim>,
}

impl<'a> Miner<'a> {
    fn new(units: &'a [Unit], seed: &Seed, params: &'a Params) -> Self {
        let corpus = Corpus::new(units, seed);
        let zh = zh_candidates(&corpus, seed);
        let en = en_candidates(&corpus);
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
        let whole = maximality::is_whole(&links, &zh, &en);
        let mut marks = whole.iter();
        links.retain(|_| *marks.next().expect("one mark a link"));
        let claims = claiming::claim(&links, &zh, &en, &alignment);
        Self { units, params, corpus, alignment, zh, en, claims }
    }

    fn terms(&self) -> Vec<TermPair> {
        let mut rows: Vec<(f64, TermPair)> = Vec::new();
        let mut row_of_zh: FxHashMap<u32, usize> = FxHashMap::default();
        for claim in &self.claims {
            let (zh, en) =
                (&self.zh.list[claim.link.zh as usize], &self.en.list[claim.link.en as usize]);
            let mut zh_forms = written::zh_forms(&self.corpus, self.units, zh);
            let mut en_forms = written::en_forms(&self.corpus, self.units, en);
            if let Some(&row) = row_of_zh.get(&claim.link.zh) {
                let variants = &mut rows[row].1.variants.en;
                variants.extend(en_forms.into_iter().map(|(form, _)| form));
                continue;
            }
            let rank = rank::rank(&self.corpus, claim, zh, en);
            let confidence = rank::confidence(rank, claim.link.support);
            if !self.is_sure(claim, confidence) {
                continue;
            }
            let term = Pair::new(zh_forms.remove(0).0, en_forms.remove(0).0);
            let variants = Pair::new(zh_forms, en_forms)
                .map(|forms| forms.into_iter().map(|(form, _)| form).collect());
            row_of_zh.insert(claim.link.zh, rows.len());
            rows.push((
                rank,
                TermPair {
                    term,
                    variants,
                    count: claim.link.count as usize,
                    counts: Pair::new(zh.frequency(), en.frequency()),
                    confidence,
                    evidence: evidence(claim),
                    part_of_speech: PartOfSpeech::Noun,
                    term_type: TermType::FullForm,
                    status: Status::Candidate,
                    contexts: contexts::contexts(
                        &self.corpus,
                        self.units,
                        &self.alignment,
                        zh,
                        en,
                    ),
                },
            ));
        }
        rows.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.term.cmp(&b.1.term)));
        rows.into_iter().map(|(_, row)| row).collect()
    }

    /// Does the pair reach the level asked for?
    fn is_sure(&self, claim: &Claim, confidence: f64) -> bool {
        match self.params.level {
            Level::Strict => {
                claim.link.support >= self.params.strict_support
                    && confidence >= self.params.strict_confidence
            }
            Level::Balanced => claim.link.support >= self.params.balanced_support,
            Level::Broad => true,
        }
    }
}

fn evidence(claim: &Claim) -> Vec<TermEvidence> {
    let mut evidence = vec![TermEvidence::Repeated];
    if claim.link.is_gloss || claim.link.lexicon >= 0.9 {
        evidence.insert(0, TermEvidence::Dictionary);
    }
    evidence
}

fn zh_candidates(corpus: &Corpus, seed: &Seed) -> Candidates {
    let all = Candidates::collect(corpus.len(), 2, |unit, found| {
        candidates_zh::runs(corpus, &corpus.zh[unit], seed, found);
    });
    let counts = |id: usize| {
        let place = all.list[id].sample();
        let chars = &corpus.zh[place.unit as usize].chars[place.run.range()];
        !chars.iter().any(|c| "的之或、".contains(*c))
    };
    let keep = closedness::stands_alone(&all, counts, |_| 3);
    all.retain(&keep)
}

fn en_candidates(corpus: &Corpus) -> Candidates {
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
    let keep =
        closedness::stands_alone(&all, counts, |id| if capital[id] > 0.9 { 2 } else { 3 });
    all.retain(&keep)
}
