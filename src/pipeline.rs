//! The one way that data flows, and the only file that knows it.

use crate::config::Config;
use crate::lexicon::Seed;
use crate::types::{Bitext, Document, Ladder, Noted, Notice, Pair, Source, TermPair};

/// A step of the work, as told to an [`Observer`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// Bytes to text.
    Read,
    /// Page furniture and broken lines.
    Clean,
    /// Paragraphs, headings, items.
    Segment,
    /// Words, numbers, citations.
    Analyse,
    /// Beads.
    Align,
    /// Term pairs.
    Mine,
    /// Files.
    Write,
}

/// Hears what happens while it happens. `()` hears nothing.
pub trait Observer: Sync {
    /// A stage begins.
    fn stage(&self, _stage: Stage) {}
    /// There is something to know about the input.
    fn notice(&self, _notice: &Notice) {}
}

impl Observer for () {}

/// Aligns pairs. Loads its tables once; shared by all pairs of a batch.
#[derive(Debug)]
pub struct Aligner {
    config: Config,
    seed: &'static Seed,
}

impl Aligner {
    /// An aligner with these parameters.
    pub fn new(config: Config) -> Self {
        Self { config, seed: Seed::shipped() }
    }

    /// Aligns a pair. Total: any two texts give a bitext.
    pub fn align(&self, sources: Pair<Source>, observer: &dyn Observer) -> Noted<Bitext> {
        observer.stage(Stage::Clean);
        let _ = (&self.config, self.seed);
        let documents = sources.map(|source| Document {
            name: source.name,
            text: crate::text::Traced::default(),
            segments: Vec::new(),
        });
        let value = Bitext { documents, ladder: Ladder::default(), evidence: Vec::new() };
        Noted { value, notices: Vec::new() }
    }

    /// The terms of a bitext, best first.
    pub fn mine(&self, _bitext: &Bitext, observer: &dyn Observer) -> Vec<TermPair> {
        observer.stage(Stage::Mine);
        Vec::new()
    }
}
