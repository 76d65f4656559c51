//! The documents while they are mined: one at hand, the others on the shelf, and the candidates
//! that are known of all.

use std::io;
use std::path::Path;

use super::shelf::{Shelf, Shelved};
use crate::lexicon::Seed;
use crate::mine::candidates::{Candidate, Candidates, Capitals, Elsewhere, RunPlace};
use crate::mine::candidates_en::capitals;
use crate::mine::corpus::{Corpus, CorpusReader};
use crate::mine::dictionary::Dictionary;
use crate::mine::features::Scorer;
use crate::mine::params::Params;
use crate::mine::unit::Unit;
use crate::mine::word_alignment::WordAlignment;
use crate::types::Side;

/// The documents while they are mined.
pub(super) struct Sums<'a> {
    pub(super) seed: &'a Seed,
    pub(super) params: &'a Params,
    pub(super) shelf: Shelf,
    /// The vocabulary of all documents, and the words of the one at hand.
    pub(super) corpus: Corpus,
    /// What was learned of the words, and the links of the document at hand.
    pub(super) alignment: WordAlignment,
    pub(super) dictionary: Dictionary<'a>,
    /// Of all units how often each counts.
    pub(super) weights: Vec<u32>,
    /// The first unit of each document, and one more for the end.
    pub(super) starts: Vec<u32>,
    /// The length of all texts of both sides, in bytes.
    pub(super) size: usize,
    /// In which order the passes look at the documents.
    pub(super) order: Vec<usize>,
}

impl<'a> Sums<'a> {
    /// Reads the documents and lays their words down.
    pub(super) fn shelve(
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
        let mut corpus = reader.finish();
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

    /// The documents, in the order in which the passes look at them, which is of no
    /// consequence.
    pub(super) fn order(&self) -> Vec<usize> {
        self.order.clone()
    }

    /// The document of one of all units.
    pub(super) fn document_of(&self, unit: u32) -> usize {
        self.starts.partition_point(|start| *start <= unit).saturating_sub(1)
    }

    pub(super) fn n_units(&self) -> usize {
        self.weights.len()
    }

    /// Takes the words of a document to hand.
    pub(super) fn open(&mut self, document: usize) -> io::Result<()> {
        self.shelf.read_words(document, &mut self.corpus)?;
        let units = self.starts[document] as usize..self.starts[document + 1] as usize;
        self.corpus.weights.clear();
        self.corpus.weights.extend(&self.weights[units]);
        Ok(())
    }

    /// Takes the words of a document to hand, and their links.
    pub(super) fn open_linked(&mut self, document: usize) -> io::Result<()> {
        self.open(document)?;
        self.alignment.units = self.shelf.links(document, &self.corpus)?;
        Ok(())
    }

    /// What scores pairs of the document at hand.
    pub(super) fn scorer(&mut self) -> Scorer<'_, 'a> {
        Scorer {
            corpus: &self.corpus,
            seed: self.seed,
            dictionary: &mut self.dictionary,
            alignment: &self.alignment,
            params: self.params,
        }
    }

    /// A place of a document as one of all documents.
    pub(super) fn whole(&self, document: usize, place: RunPlace) -> RunPlace {
        RunPlace { unit: place.unit + self.starts[document], ..place }
    }

    /// Does a place of all documents lie in this one?
    pub(super) fn holds(&self, document: usize, place: RunPlace) -> bool {
        (self.starts[document]..self.starts[document + 1]).contains(&place.unit)
    }

    /// The candidates of a side that stand in a document, of which the words are at hand.
    pub(super) fn local(
        &mut self,
        sides: &Sides,
        side: Side,
        document: usize,
    ) -> io::Result<Local> {
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
pub(super) struct Entry {
    /// What it says.
    pub(super) hash: u64,
    /// Its first place, the unit counted over all documents.
    pub(super) first: RunPlace,
    /// How often it stands.
    pub(super) n: u32,
    pub(super) capitals: Capitals,
}

/// Stands for the number of a candidate that was not kept.
pub(super) const DROPPED: u32 = u32::MAX;

/// The candidates of one side.
#[derive(Debug, Default)]
pub(super) struct SideList {
    /// In order of their first place.
    pub(super) list: Vec<Entry>,
    /// The numbers by which the shelf knows them, each with its place in the list.
    pub(super) numbers: Vec<u32>,
}

impl SideList {
    pub(super) fn frequency(&self, id: u32) -> usize {
        self.list[id as usize].n as usize
    }

    pub(super) fn len_of(&self, id: u32) -> usize {
        self.list[id as usize].first.run.len()
    }
}

/// The candidates of both sides.
#[derive(Debug, Default)]
pub(super) struct Sides {
    pub(super) zh: SideList,
    pub(super) en: SideList,
}

impl Sides {
    pub(super) fn get(&self, side: Side) -> &SideList {
        match side {
            Side::Zh => &self.zh,
            Side::En => &self.en,
        }
    }
}

/// The candidates of one side that stand in the document at hand.
pub(super) struct Local {
    /// Which of all candidates each is, in order.
    pub(super) ids: Vec<u32>,
    pub(super) candidates: Candidates,
}

impl Local {
    /// `places` are sorted by candidate, then by place.
    pub(super) fn new(
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
    pub(super) fn iter(&self) -> impl Iterator<Item = (u32, &Candidate)> {
        self.ids.iter().copied().zip(&self.candidates.list)
    }

    /// One of all candidates, if it stands here.
    pub(super) fn find(&self, id: u32) -> Option<u32> {
        self.ids.binary_search(&id).ok().map(|at| at as u32)
    }
}
