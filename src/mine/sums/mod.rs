//! Mining of many documents by sums.
//!
//! Mined as one text, documents need memory for all places of all candidates. Here each pass
//! looks at one document at a time, and at small tables that the passes before left; what it
//! finds is merged by sums, by the least or by the most, so that nothing depends on which
//! documents were looked at together:
//!
//! ```text
//! documents ─shelf─▶ words by id ─words─▶ sums of expected links ⟲ ─▶ links of each document
//!           ─runs─▶ counts of runs ─▶ candidates that recur ─pairs─▶ how often two meet, how far
//!           linked ─▶ scored links ─claims─▶ free places of each link ⟲ ─▶ claims ─rows─▶ traits
//!           ─▶ the list, best first
//! ```
//!
//! The steps and their formulas are those of one text. What differs: pairs of words that hardly
//! ever meet are not trained, pairs of candidates that are hardly linked not counted, and which
//! claims hold is asked in rounds, not one after the other. What only one document can tell is
//! told by it alone: what it defines, and the terms that occur once.
//!
//! Comes in: documents in an order that is theirs (of their names), for "first" means first in
//! it. Goes out: terms, best first.

mod claims;
mod pairs;
mod rows;
mod runs;
mod shelf;
mod singles;
mod words;

use std::io;
use std::path::Path;

use self::shelf::{Shelf, Shelved};
use super::candidates::{Candidate, Candidates, Capitals, Elsewhere, RunPlace};
use super::candidates_en::capitals;
use super::corpus::{Corpus, CorpusReader};
use super::dictionary::Dictionary;
use super::params::Params;
use super::spelling;
use super::unit::Unit;
use super::unwanted::Unwanted;
use super::word_alignment::WordAlignment;
use crate::lexicon::Seed;
use crate::types::{Side, TermPair};

/// The term pairs of so many documents, best first. `units` gives the units of one; it is
/// asked once for each, in order. `scratch` is a folder with room for a file of some twenty times
/// the texts.
///
/// # Errors
///
/// When the file cannot be written or read, and those of `units`.
pub fn mine_documents(
    n_documents: usize,
    units: impl FnMut(usize) -> io::Result<Vec<Unit>>,
    scratch: &Path,
    seed: &Seed,
    params: &Params,
) -> io::Result<Vec<TermPair>> {
    Sums::shelve(n_documents, units, scratch, seed, params)?.mine()
}

/// The documents while they are mined.
struct Sums<'a> {
    seed: &'a Seed,
    params: &'a Params,
    shelf: Shelf,
    /// The vocabulary of all documents, and the words of the one at hand.
    corpus: Corpus,
    /// What was learned of the words, and the links of the document at hand.
    alignment: WordAlignment,
    dictionary: Dictionary<'a>,
    /// Of all units how often each counts.
    weights: Vec<u32>,
    /// The first unit of each document, and one more for the end.
    starts: Vec<u32>,
    /// The length of all texts of both sides, in bytes.
    size: usize,
    /// In which order the passes look at the documents.
    order: Vec<usize>,
}

impl<'a> Sums<'a> {
    /// Reads the documents and lays their words down.
    fn shelve(
        n_documents: usize,
        mut units: impl FnMut(usize) -> io::Result<Vec<Unit>>,
        scratch: &Path,
        seed: &'a Seed,
        params: &'a Params,
    ) -> io::Result<Self> {
        let mut shelf = Shelf::new(scratch)?;
        let mut reader = CorpusReader::new(seed);
        let mut starts = vec![0];
        let mut size = 0;
        for document in 0..n_documents {
            let mut read = Vec::new();
            for unit in units(document)? {
                size += unit.text.zh.len() + unit.text.en.len();
                read.push(reader.read(unit));
            }
            shelf.put_units(document, &read)?;
            shelf.put_words(document, &reader.corpus.zh, &reader.corpus.en)?;
            reader.corpus.zh.clear();
            reader.corpus.en.clear();
            starts.push(reader.corpus.weights.len() as u32);
        }
        let mut corpus = reader.corpus;
        let weights = std::mem::take(&mut corpus.weights);
        let dictionary = Dictionary::new(&corpus, seed);
        let alignment = WordAlignment::default();
        Ok(Self {
            seed,
            params,
            shelf,
            corpus,
            alignment,
            dictionary,
            weights,
            starts,
            size,
            order: (0..n_documents).collect(),
        })
    }

    /// The terms of the documents.
    fn mine(mut self) -> io::Result<Vec<TermPair>> {
        words::align(&mut self)?;
        let sides = runs::candidates(&mut self)?;
        let links = pairs::links(&mut self, &sides)?;
        let claims = claims::claims(&mut self, &sides, &links)?;
        let mut terms = rows::rows(&mut self, &sides, &links, &claims)?;
        terms.extend(singles::singles(&mut self, &sides, &claims)?);
        let mut terms = spelling::fold_near(terms, self.seed);
        let unwanted = Unwanted::new(self.params, self.seed);
        terms.retain(|term| unwanted.allows(term));
        Ok(terms)
    }

    /// The documents, in the order in which the passes look at them, which is of no
    /// consequence.
    fn order(&self) -> Vec<usize> {
        self.order.clone()
    }

    fn n_units(&self) -> usize {
        self.weights.len()
    }

    /// Takes the words of a document to hand.
    fn open(&mut self, document: usize) -> io::Result<()> {
        self.shelf.read_words(document, &mut self.corpus)?;
        let units = self.starts[document] as usize..self.starts[document + 1] as usize;
        self.corpus.weights.clear();
        self.corpus.weights.extend(&self.weights[units]);
        Ok(())
    }

    /// Takes the words of a document to hand, and their links.
    fn open_linked(&mut self, document: usize) -> io::Result<()> {
        self.open(document)?;
        self.alignment.units = self.shelf.links(document, &self.corpus)?;
        Ok(())
    }

    /// A place of a document as one of all documents.
    fn whole(&self, document: usize, place: RunPlace) -> RunPlace {
        RunPlace { unit: place.unit + self.starts[document], ..place }
    }

    /// Does a place of all documents lie in this one?
    fn holds(&self, document: usize, place: RunPlace) -> bool {
        (self.starts[document]..self.starts[document + 1]).contains(&place.unit)
    }

    /// The candidates of a side that stand in a document, of which the words are at hand.
    fn local(&mut self, sides: &Sides, side: Side, document: usize) -> io::Result<Local> {
        let all = sides.get(side);
        let kind = match side {
            Side::Zh => Shelved::ZhPlaces,
            Side::En => Shelved::EnPlaces,
        };
        let mut places = self.shelf.places(kind, document)?;
        places.retain_mut(|(id, _)| {
            *id = all.numbers[*id as usize];
            *id != DROPPED
        });
        Ok(Local::new(&self.corpus, side, &all.list, &places))
    }
}

/// A candidate of all documents.
#[derive(Clone, Copy, Debug)]
struct Entry {
    /// What it says.
    hash: u64,
    /// Its first place, the unit counted over all documents.
    first: RunPlace,
    /// How often it stands.
    n: u32,
    capitals: Capitals,
}

/// Stands for the number of a candidate that was not kept.
const DROPPED: u32 = u32::MAX;

/// The candidates of one side.
#[derive(Debug, Default)]
struct SideList {
    /// In order of their first place.
    list: Vec<Entry>,
    /// The numbers by which the shelf knows them, each with its place in the list.
    numbers: Vec<u32>,
}

impl SideList {
    fn frequency(&self, id: u32) -> usize {
        self.list[id as usize].n as usize
    }

    fn len_of(&self, id: u32) -> usize {
        self.list[id as usize].first.run.len()
    }
}

/// The candidates of both sides.
#[derive(Debug, Default)]
struct Sides {
    zh: SideList,
    en: SideList,
}

impl Sides {
    fn get(&self, side: Side) -> &SideList {
        match side {
            Side::Zh => &self.zh,
            Side::En => &self.en,
        }
    }
}

/// The candidates of one side that stand in the document at hand.
struct Local {
    /// Which of all candidates each is, in order.
    ids: Vec<u32>,
    candidates: Candidates,
}

impl Local {
    /// `places` are sorted by candidate, then by place.
    fn new(
        corpus: &Corpus,
        side: Side,
        all: &[Entry],
        places: &[(u32, RunPlace)],
    ) -> Self {
        let (mut ids, mut list) = (Vec::new(), Vec::new());
        for same in places.chunk_by(|a, b| a.0 == b.0) {
            let id = same[0].0;
            let entry = &all[id as usize];
            let places = same.iter().map(|(_, place)| *place).collect();
            let mut candidate = Candidate { places, elsewhere: Elsewhere::default() };
            let here = match side {
                Side::Zh => Capitals::default(),
                Side::En => capitals(corpus, &candidate),
            };
            candidate.elsewhere = Elsewhere {
                n: entry.n - same.len() as u32,
                capitals: Capitals {
                    telling: entry.capitals.telling - here.telling,
                    capital: entry.capitals.capital - here.capital,
                },
            };
            ids.push(id);
            list.push(candidate);
        }
        Self { ids, candidates: Candidates::new(list, corpus.len()) }
    }

    /// Each with which of all candidates it is.
    fn iter(&self) -> impl Iterator<Item = (u32, &Candidate)> {
        self.ids.iter().copied().zip(&self.candidates.list)
    }

    /// One of all candidates, if it stands here.
    fn find(&self, id: u32) -> Option<u32> {
        self.ids.binary_search(&id).ok().map(|at| at as u32)
    }
}

#[cfg(test)]
mod tests;
