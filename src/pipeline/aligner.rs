//! The engine: what is loaded once and shared by all pairs.

use std::io;
use std::ops::Range;
use std::path::Path;

use crate::align::Passage;
use crate::anchor;
use crate::config::Config;
use crate::glossary;
use crate::lexicon::Seed;
use crate::mine::{self, Departures, Mined, Unit};
use crate::terms::Rules;
use crate::tokenize::tokenize;
use crate::types::{
    Analysed, Bead, Bitext, Concept, Document, KeptUnit, Mention, MentionKind, Pair,
    Segment, Side, TermPair, Token, TranslationUnit,
};

/// The longest text of several documents that is mined as one, both sides, in bytes.
///
/// Source: mined as one a text takes some 45 times its length in memory (200 pairs made of
/// `corpora/`, 2.5 MB: 115 MB).
pub const MINED_AS_ONE: usize = 1_500_000;

/// Aligns pairs. Loads its tables once; shared by all pairs of a batch.
#[derive(Debug)]
pub struct Aligner {
    config: Config,
    seed: &'static Seed,
    glossary: Vec<Concept>,
    rules: Rules,
}

impl Aligner {
    /// An aligner with these parameters.
    pub fn new(config: Config) -> Self {
        Self {
            config,
            seed: Seed::shipped(),
            glossary: Vec::new(),
            rules: Rules::default(),
        }
    }

    /// The same, with what a user knows of terms. Where both terms of an accepted pair stand
    /// in a pair of passages, that speaks for the passages; where a text departs from it is
    /// told with its terms.
    pub fn with_glossary(self, glossary: Vec<Concept>) -> Self {
        Self { rules: Rules::new(&glossary, self.seed), glossary, ..self }
    }

    /// Its parameters.
    pub fn config(&self) -> &Config {
        &self.config
    }

    /// What the user knows of terms.
    pub fn glossary(&self) -> &[Concept] {
        &self.glossary
    }

    /// What the glossary asks of a translation.
    pub fn rules(&self) -> &Rules {
        &self.rules
    }

    /// The lexicon.
    pub fn seed(&self) -> &'static Seed {
        self.seed
    }

    /// The terms of units of any number of documents, best first.
    pub fn mine_units(&self, units: Vec<KeptUnit>) -> Vec<TermPair> {
        mine::mine(self.cells(units), self.seed, &self.config.mine)
    }

    /// The terms of so many documents together, best first; `units` gives those of one, and
    /// is asked once for each, in order.
    ///
    /// Short documents are mined as one text, more by sums, with memory for one at a time;
    /// `scratch` is a folder with room for what is kept, see [`mine::mine_documents`].
    ///
    /// # Errors
    ///
    /// When nothing can be kept in the folder, and those of `units`.
    pub fn mine_documents(
        &self,
        n_documents: usize,
        mut units: impl FnMut(usize) -> io::Result<Vec<KeptUnit>>,
        scratch: &Path,
    ) -> io::Result<Vec<TermPair>> {
        let size = |units: &[KeptUnit]| -> usize {
            units.iter().map(|unit| unit.text.zh.len() + unit.text.en.len()).sum()
        };
        let (mut read, mut total) = (Vec::new(), 0);
        while read.len() < n_documents && (total <= MINED_AS_ONE || read.len() < 2) {
            let of_document = units(read.len())?;
            total += size(&of_document);
            read.push(of_document);
        }
        if n_documents < 2 || total <= MINED_AS_ONE {
            return Ok(self.mine_units(read.into_iter().flatten().collect()));
        }
        let cells = |document: usize| {
            let of_document = match read.get_mut(document) {
                Some(known) => std::mem::take(known),
                None => units(document)?,
            };
            Ok(self.cells(of_document).collect())
        };
        mine::mine_documents(n_documents, cells, scratch, self.seed, &self.config.mine)
    }

    fn cells(&self, units: Vec<KeptUnit>) -> impl Iterator<Item = Unit> {
        let unit = |KeptUnit { text, bead, place }| {
            let tokens = text.as_ref().map_sides(|side, text| self.words(side, text));
            Unit { text, tokens, bead, place }
        };
        units.into_iter().map(unit).flat_map(Unit::into_cells)
    }

    /// The units of a bitext as the miner is given them.
    pub fn mining_units(&self, bitext: &Bitext) -> Vec<Unit> {
        let unit = |unit: TranslationUnit<'_>| {
            let text = Pair::new(unit.text(Side::Zh), unit.text(Side::En));
            let tokens = text.as_ref().map_sides(|side, text| self.words(side, text));
            Unit { text, tokens, bead: unit.index, place: unit.place() }
        };
        let units = bitext.units().filter(|unit| !unit.bead.is_single()).map(unit);
        units.flat_map(Unit::into_cells).collect()
    }

    /// Gives the terms the status that the glossary gives them.
    pub fn mark(&self, terms: &mut [TermPair]) {
        glossary::mark(terms, &self.glossary, self.seed);
    }

    /// The terms of a bitext, and where it is at odds with itself and the glossary. `found`
    /// gives the words of a segment, if they are known.
    pub(super) fn mine(
        &self,
        bitext: &Bitext,
        mut found: impl FnMut(Side, usize) -> Option<Vec<Token>>,
    ) -> Mined {
        let mut departures = Departures::new(&self.rules);
        let mut words = |unit: &TranslationUnit<'_>, side: Side| {
            let segments = unit.bead.range.get(side);
            // What several segments say is read as one text: "No." before a number is no end.
            let known =
                if segments.len() == 1 { found(side, segments.start) } else { None };
            known.unwrap_or_else(|| self.words(side, &unit.text(side)))
        };
        let mut unit = |unit: TranslationUnit<'_>| Unit {
            text: Pair::new(unit.text(Side::Zh), unit.text(Side::En)),
            tokens: Pair::new(words(&unit, Side::Zh), words(&unit, Side::En)),
            bead: unit.index,
            place: unit.place(),
        };
        let units = bitext.units().filter(|unit| !unit.bead.is_single()).map(|bead| {
            let unit = unit(bead);
            // What a bead lacks that may be wrong is not the translator's fault.
            if bead.bead.score >= Bead::DOUBTFUL {
                departures.look(&unit);
            }
            unit
        });
        let units = units.flat_map(Unit::into_cells);
        let mut mined = mine::mine_all(units, self.seed, &self.config.mine);
        self.mark(&mut mined.terms);
        Mined { departures: departures.found(), ..mined }
    }

    /// The segments of both documents as the aligner sees them.
    pub(super) fn passages<'a>(
        &self,
        documents: &'a Pair<Document>,
    ) -> Pair<Vec<Passage<'a>>> {
        let mut cues = anchor::cue_mentions(documents);
        documents.as_ref().map_sides(|side, document| {
            let segments = document.segments.iter().zip(cues.get_mut(side));
            segments
                .map(|(segment, cue)| {
                    let mut passage = self.passage(side, document, segment);
                    passage.mentions.extend(cue.take());
                    passage
                })
                .collect()
        })
    }

    /// Some segments of both documents, looked at by themselves.
    pub(super) fn passages_of<'a>(
        &self,
        documents: &Pair<&'a Document>,
        range: &Pair<Range<usize>>,
    ) -> Pair<Vec<Passage<'a>>> {
        documents.map_sides(|side, document| {
            let segments = &document.segments[range.get(side).clone()];
            segments.iter().map(|s| self.passage(side, document, s)).collect()
        })
    }

    /// A segment as the aligner sees it.
    fn passage<'a>(
        &self,
        side: Side,
        document: &'a Document,
        segment: &Segment,
    ) -> Passage<'a> {
        let text = segment.span.of(document.text.as_str());
        // A line of a given corpus carries no structure: what looks like a label is text. The
        // aligner cuts what comes uncut and keeps numbers only: half the memory.
        let Analysed { tokens, mut mentions } = match self.config.lines {
            true => Analysed::default(),
            false => self.analysed(side, text),
        };
        mentions.extend(self.known_terms(side, text));
        Passage {
            text,
            tokens,
            mentions,
            label: segment.label.clone(),
            parents: segment.parents.clone(),
            kind: segment.kind,
            soft: segment.soft,
        }
    }

    /// What a text holds.
    pub(super) fn analysed(&self, side: Side, text: &str) -> Analysed {
        Analysed {
            tokens: self.words(side, text),
            mentions: anchor::mentions(side, text),
        }
    }

    /// The words of a text.
    pub(super) fn words(&self, side: Side, text: &str) -> Vec<Token> {
        tokenize(side, text, self.seed)
    }

    /// The sure terms of a text, as things that both sides mention.
    fn known_terms(&self, side: Side, text: &str) -> Vec<Mention> {
        let mention = |(number, span): (u32, _)| Mention {
            kind: MentionKind::Term,
            value: number.to_string(),
            span,
        };
        self.rules.accepted(side, text).into_iter().map(mention).collect()
    }
}
