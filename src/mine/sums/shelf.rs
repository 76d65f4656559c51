//! What is kept of each document between the passes, on the disk.
//!
//! One file without a name, in which each pass lays what the next ones ask for: words, links,
//! candidates. Numbers of 32 bits, as they stand in memory; nothing of it outlives the run.

use std::fs::File;
use std::io::{self, Read as _, Seek as _, SeekFrom, Write as _};
use std::path::Path;

use super::super::candidates::RunPlace;
use super::super::corpus::{Corpus, EnText, EnWord, Run, ZhText, ZhWord};
use super::super::unit::Unit;
use super::super::word_alignment::{Links, places};
use crate::types::{Pair, UnitPlace};

/// What is kept of a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shelved {
    /// The units as text.
    Units,
    /// Their words, by the ids of the vocabulary.
    Words,
    /// The pairs of words in them, by the ids of the training.
    Instances,
    /// Which of them are linked.
    Links,
    /// Runs of either side that may be candidates.
    ZhRuns,
    EnRuns,
    /// English words that a Chinese candidate alone is linked to.
    Phrases,
    /// Where candidates stand.
    ZhPlaces,
    EnPlaces,
}

const N_KINDS: usize = Shelved::EnPlaces as usize + 1;

/// The file.
#[derive(Debug)]
pub(super) struct Shelf {
    file: File,
    end: u64,
    /// For each kind and document where it begins, and its length in bytes.
    index: [Vec<(u64, u64)>; N_KINDS],
}

impl Shelf {
    /// An empty one, in a folder with room.
    pub(super) fn new(scratch: &Path) -> io::Result<Self> {
        let file = tempfile::tempfile_in(scratch)?;
        Ok(Self { file, end: 0, index: Default::default() })
    }

    /// Lays down what is kept of a document.
    fn put_bytes(
        &mut self,
        kind: Shelved,
        document: usize,
        bytes: &[u8],
    ) -> io::Result<()> {
        self.file.seek(SeekFrom::Start(self.end))?;
        self.file.write_all(bytes)?;
        let index = &mut self.index[kind as usize];
        index.resize(index.len().max(document + 1), (0, 0));
        index[document] = (self.end, bytes.len() as u64);
        self.end += bytes.len() as u64;
        Ok(())
    }

    fn bytes(&mut self, kind: Shelved, document: usize) -> io::Result<Vec<u8>> {
        let (start, len) = self.index[kind as usize][document];
        let mut bytes = vec![0; usize::try_from(len).map_err(io::Error::other)?];
        self.file.seek(SeekFrom::Start(start))?;
        self.file.read_exact(&mut bytes)?;
        Ok(bytes)
    }

    /// Lays down numbers.
    pub(super) fn put(
        &mut self,
        kind: Shelved,
        document: usize,
        numbers: &[u32],
    ) -> io::Result<()> {
        let bytes: Vec<u8> = numbers.iter().flat_map(|n| n.to_le_bytes()).collect();
        self.put_bytes(kind, document, &bytes)
    }

    /// Numbers that were laid down.
    pub(super) fn numbers(
        &mut self,
        kind: Shelved,
        document: usize,
    ) -> io::Result<Vec<u32>> {
        let bytes = self.bytes(kind, document)?;
        let (words, _) = bytes.as_chunks::<4>();
        Ok(words.iter().map(|word| u32::from_le_bytes(*word)).collect())
    }

    /// Lays down the units as text.
    pub(super) fn put_units(
        &mut self,
        document: usize,
        units: &[Unit],
    ) -> io::Result<()> {
        let rows: Vec<_> = units
            .iter()
            .map(|unit| (&unit.text.zh, &unit.text.en, unit.bead, &unit.place))
            .collect();
        self.put_bytes(Shelved::Units, document, &serde_json::to_vec(&rows)?)
    }

    /// The units, without their words.
    pub(super) fn units(&mut self, document: usize) -> io::Result<Vec<Unit>> {
        let bytes = self.bytes(Shelved::Units, document)?;
        let rows: Vec<(String, String, usize, UnitPlace)> =
            serde_json::from_slice(&bytes)?;
        let unit = |(zh, en, bead, place)| Unit {
            text: Pair::new(zh, en),
            tokens: Pair::default(),
            bead,
            place,
        };
        Ok(rows.into_iter().map(unit).collect())
    }

    /// Lays down the words of units.
    pub(super) fn put_words(
        &mut self,
        document: usize,
        zh: &[ZhText],
        en: &[EnText],
    ) -> io::Result<()> {
        let mut out = Vec::new();
        for (zh, en) in zh.iter().zip(en) {
            out.push(zh.chars.len() as u32);
            out.extend(zh.chars.iter().map(|c| *c as u32));
            out.push(zh.bytes.len() as u32);
            out.extend(&zh.bytes);
            out.push(zh.words.len() as u32);
            for word in &zh.words {
                out.extend([word.run.start, word.run.end, word.form]);
            }
            out.push(en.words.len() as u32);
            for word in &en.words {
                let marks = [word.is_capital, word.is_initial, word.is_tied];
                let marks = marks.iter().fold(0, |all, is| all << 1 | u32::from(*is));
                out.extend([word.form, word.start, word.end, marks]);
            }
        }
        self.put(Shelved::Words, document, &out)
    }

    /// Reads the words of a document into the corpus, in place of those it has.
    pub(super) fn read_words(
        &mut self,
        document: usize,
        corpus: &mut Corpus,
    ) -> io::Result<()> {
        let numbers = self.numbers(Shelved::Words, document)?;
        let mut rest = &numbers[..];
        corpus.zh.clear();
        corpus.en.clear();
        while !rest.is_empty() {
            let chars = take(&mut rest, 1);
            let chars = chars.iter().map(|c| char::from_u32(*c).unwrap_or(' ')).collect();
            let bytes = take(&mut rest, 1).to_vec();
            let (words, _) = take(&mut rest, 3).as_chunks::<3>();
            let words = words
                .iter()
                .map(|&[start, end, form]| ZhWord { run: Run { start, end }, form });
            corpus.zh.push(ZhText { chars, bytes, words: words.collect() });
            let (words, _) = take(&mut rest, 4).as_chunks::<4>();
            let words = words.iter().map(|&[form, start, end, marks]| EnWord {
                form,
                start,
                end,
                is_capital: marks & 4 != 0,
                is_initial: marks & 2 != 0,
                is_tied: marks & 1 != 0,
            });
            corpus.en.push(EnText { words: words.collect() });
        }
        Ok(())
    }

    /// Lays down the links of units.
    pub(super) fn put_links(
        &mut self,
        document: usize,
        units: &[Links],
    ) -> io::Result<()> {
        let mut out = Vec::new();
        for unit in units {
            out.push(unit.ends.len() as u32);
            out.extend(&unit.ends);
            out.push(unit.links.len() as u32);
            out.extend(unit.links.iter().flat_map(|(j, mass)| [*j, mass.to_bits()]));
        }
        self.put(Shelved::Links, document, &out)
    }

    /// The links of the units of a document, whose words the corpus holds.
    pub(super) fn links(
        &mut self,
        document: usize,
        corpus: &Corpus,
    ) -> io::Result<Vec<Links>> {
        let numbers = self.numbers(Shelved::Links, document)?;
        let mut rest = &numbers[..];
        let units = (0..corpus.len()).map(|unit| {
            let mut links = places(corpus, unit);
            links.ends = take(&mut rest, 1).to_vec();
            let (pairs, _) = take(&mut rest, 2).as_chunks::<2>();
            links.links =
                pairs.iter().map(|&[j, mass]| (j, f32::from_bits(mass))).collect();
            links.weigh();
            links
        });
        Ok(units.collect())
    }

    /// Lays down where candidates stand.
    pub(super) fn put_places(
        &mut self,
        kind: Shelved,
        document: usize,
        places: &[(u32, RunPlace)],
    ) -> io::Result<()> {
        let numbers: Vec<u32> = places
            .iter()
            .flat_map(|(id, place)| [*id, place.unit, place.run.start, place.run.end])
            .collect();
        self.put(kind, document, &numbers)
    }

    /// Where candidates stand.
    pub(super) fn places(
        &mut self,
        kind: Shelved,
        document: usize,
    ) -> io::Result<Vec<(u32, RunPlace)>> {
        let numbers = self.numbers(kind, document)?;
        let (places, _) = numbers.as_chunks::<4>();
        let place = |&[id, unit, start, end]: &[u32; 4]| {
            (id, RunPlace { unit, run: Run { start, end } })
        };
        Ok(places.iter().map(place).collect())
    }
}

/// Takes a list off the front: how many items, and these, each so many numbers.
fn take<'a>(rest: &mut &'a [u32], each: usize) -> &'a [u32] {
    let Some((n, behind)) = rest.split_first() else { return &[] };
    let (list, behind) = behind.split_at(*n as usize * each);
    *rest = behind;
    list
}
