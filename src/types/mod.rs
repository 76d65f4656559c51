//! The nouns of the trade: what the stages hand to one another.

mod analysis;
mod anchor;
mod bitext;
mod concept;
mod document;
mod label;
mod ladder;
mod left_out;
mod named;
mod notice;
mod pair;
mod source;
mod term;
mod token;
mod wording;

pub use analysis::{Analysed, Analysis};
pub use anchor::{Mention, MentionKind};
pub(crate) use bitext::parting;
pub use bitext::{
    Bitext, Evidence, EvidenceKind, KeptUnit, Link, Sentences, TranslationUnit, UnitPlace,
};
pub use concept::Concept;
pub(crate) use concept::anchor_of_row;
pub use document::{Cue, Document, Kind, Segment};
pub use label::{Agreement, Label, LabelUnit};
pub use ladder::{Bead, Ladder, LadderError};
pub use left_out::{FilePlace, Keep, LeftOut, LeftOutKind, Removal, Suspicion};
pub use notice::{Noted, Notice};
pub use pair::{Pair, Side};
pub use source::{Block, BlockKind, Input, Paired, PairedUnit, Source};
pub use term::{Context, PartOfSpeech, Status, TermEvidence, TermPair, TermType};
pub use token::{Token, TokenKind};

pub(crate) use named::named;
