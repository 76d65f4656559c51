use std::fmt;

use serde::{Deserialize, Serialize};

use crate::text::{Span, Traced};
use crate::types::{Bead, Document, Ladder, MentionKind, Pair, Side};

/// What kind of agreement speaks for a bead.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum EvidenceKind {
    /// Both sides carry the same label.
    Label,
    /// Both sides name the same thing.
    Mention(MentionKind),
    /// A word and its translation by the lexicon, shipped or learned.
    Word,
    /// A name by its sound.
    Name,
    /// A pair of the user's glossary.
    Glossary,
}

impl EvidenceKind {
    /// The name used in outputs.
    pub fn as_str(self) -> &'static str {
        match self {
            EvidenceKind::Label => "label",
            EvidenceKind::Mention(kind) => kind.as_str(),
            EvidenceKind::Word => "word",
            EvidenceKind::Name => "name",
            EvidenceKind::Glossary => "glossary",
        }
    }
}

/// One thing that agreed between the two sides of a bead.
#[derive(Clone, Debug, PartialEq)]
pub struct Evidence {
    /// What kind of agreement.
    pub kind: EvidenceKind,
    /// The words on each side, as written; of a label, what it says.
    pub text: Pair<String>,
    /// Where they stand, in the [text](TranslationUnit::text) of each side of the unit; the
    /// first place of words that stand there several times.
    pub at: Pair<Span>,
    /// How much it speaks for the bead, in nats; higher is more.
    pub weight: f64,
}

/// A passage that stands elsewhere on the other side, tied across the ladder.
#[derive(Clone, Debug, PartialEq)]
pub struct Link {
    /// The two beads of the ladder that leave it alone, one on each side.
    pub places: Pair<usize>,
    /// The bead that the two make.
    pub bead: Bead,
    /// What speaks for it, strongest first.
    pub evidence: Vec<Evidence>,
}

/// The aligned pair.
#[derive(Clone, Debug, PartialEq)]
pub struct Bitext {
    /// Both documents.
    pub documents: Pair<Document>,
    /// Which of their segments translate one another.
    pub ladder: Ladder,
    /// For each bead, what speaks for it, strongest first.
    pub evidence: Vec<Vec<Evidence>>,
    /// Passages tied across the ladder, in the order of the Chinese text; no bead is in two.
    pub links: Vec<Link>,
}

/// The sentences of a bitext, aligned inside its beads.
#[derive(Clone, Debug, PartialEq)]
pub struct Sentences {
    /// The sentences and their beads.
    pub bitext: Bitext,
    /// For each bead of the bitext they were cut from, and one past the last, the first of
    /// its beads here.
    pub starts: Vec<usize>,
}

/// Where a unit stands, as a reader would cite it: `law: article 1`.
#[derive(
    Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize,
)]
pub struct UnitPlace {
    /// The document, where those of several are together; empty otherwise.
    pub document: String,
    /// The label of the unit or its lines; empty where it has neither.
    pub unit: String,
}

impl<T: Into<String>> From<T> for UnitPlace {
    /// A unit of a document that goes without saying.
    fn from(unit: T) -> Self {
        Self { document: String::new(), unit: unit.into() }
    }
}

impl fmt::Display for UnitPlace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let parting =
            if self.document.is_empty() || self.unit.is_empty() { "" } else { ": " };
        write!(f, "{}{parting}{}", self.document, self.unit)
    }
}

/// A unit as it is kept for the mining of several documents together.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct KeptUnit {
    /// The text of each side; neither is empty.
    pub text: Pair<String>,
    /// Index of the bead.
    pub bead: usize,
    /// Where it stands.
    pub place: UnitPlace,
}

/// A bead with its segments, borrowed: what exporters and miners walk.
#[derive(Clone, Copy, Debug)]
pub struct TranslationUnit<'a> {
    bitext: &'a Bitext,
    /// Index of the bead; of a linked passage, that of its Chinese place.
    pub index: usize,
    /// The bead itself.
    pub bead: &'a Bead,
    evidence: &'a [Evidence],
}

impl Bitext {
    /// A bitext of no text, for files that hold terms alone.
    pub fn empty(name: &str) -> Self {
        let document = || Document {
            name: name.into(),
            text: Traced::default(),
            segments: Vec::new(),
            left_out: Vec::new(),
        };
        Bitext {
            documents: Pair::new(document(), document()),
            ladder: Ladder::default(),
            evidence: Vec::new(),
            links: Vec::new(),
        }
    }

    /// The beads with their segments, in order. A linked passage stands where its Chinese
    /// does.
    pub fn units(&self) -> impl Iterator<Item = TranslationUnit<'_>> + Clone {
        let mut linked: Vec<usize> =
            self.links.iter().map(|link| link.places.en).collect();
        linked.sort_unstable();
        (0..self.ladder.beads().len())
            .filter(move |index| linked.binary_search(index).is_err())
            .map(|index| self.unit(index))
    }

    /// The bead of that index with its segments, or the linked passage whose Chinese it is.
    ///
    /// # Panics
    ///
    /// If there is no such bead.
    pub fn unit(&self, index: usize) -> TranslationUnit<'_> {
        let link = self.links.binary_search_by_key(&index, |link| link.places.zh);
        let (bead, evidence) = match link {
            Ok(link) => (&self.links[link].bead, Some(&self.links[link].evidence)),
            Err(_) => (&self.ladder.beads()[index], self.evidence.get(index)),
        };
        let evidence = evidence.map_or(&[][..], Vec::as_slice);
        TranslationUnit { bitext: self, index, bead, evidence }
    }
}

impl<'a> TranslationUnit<'a> {
    /// The text of one side: its segments, joined as that language joins sentences; empty
    /// where the side has no counterpart.
    pub fn text(&self, side: Side) -> String {
        let texts: Vec<&str> = self.segment_texts(side).collect();
        texts.join(parting(side))
    }

    /// Where each segment of one side begins in its [text](Self::text).
    pub fn segment_starts(&self, side: Side) -> Vec<usize> {
        let begin = |at: &mut usize, text: &str| {
            let start = *at;
            *at += text.len() + parting(side).len();
            Some(start)
        };
        self.segment_texts(side).scan(0, begin).collect()
    }

    /// The texts of the segments of one side.
    pub fn segment_texts(&self, side: Side) -> impl Iterator<Item = &'a str> + use<'a> {
        let document = self.bitext.documents.get(side);
        self.bead.range.get(side).clone().map(|segment| document.segment_text(segment))
    }

    /// The document of one side.
    pub fn document(&self, side: Side) -> &'a Document {
        self.bitext.documents.get(side)
    }

    /// First and last line of one side in its file, from 1; `None` for an empty side.
    pub fn lines(&self, side: Side) -> Option<(usize, usize)> {
        let segments =
            &self.bitext.documents.get(side).segments[self.bead.range.get(side).clone()];
        let first = segments.iter().map(|segment| segment.lines.0).min()?;
        let last = segments.iter().map(|segment| segment.lines.1).max()?;
        Some((first, last))
    }

    /// How a reader would cite the unit: its label with those of the units it stands in, or
    /// else its lines.
    pub fn name(&self) -> String {
        let first = |side: Side| {
            let range = self.bead.range.get(side);
            self.document(side).segments[range.clone()].first()
        };
        let labelled =
            Side::BOTH.into_iter().filter_map(first).find(|s| s.label.is_some());
        if let Some(segment) = labelled {
            let path: Vec<String> = segment
                .parents
                .iter()
                .chain(&segment.label)
                .map(ToString::to_string)
                .collect();
            return path.join(", ");
        }
        let lines = self.lines(Side::Zh).or_else(|| self.lines(Side::En));
        match lines {
            Some((first, last)) if first == last => format!("line {first}"),
            Some((first, last)) => format!("lines {first}-{last}"),
            None => String::new(),
        }
    }

    /// Where a reader of this document alone finds it.
    pub fn place(&self) -> UnitPlace {
        self.name().into()
    }

    /// The unit as it is kept for the mining of several documents together.
    pub fn kept(&self) -> KeptUnit {
        let text = Pair::new(self.text(Side::Zh), self.text(Side::En));
        KeptUnit { text, bead: self.index, place: self.place() }
    }

    /// What speaks for the bead, strongest first.
    pub fn evidence(&self) -> &'a [Evidence] {
        self.evidence
    }
}

/// What stands between two segments of a unit, as that language joins sentences.
pub(crate) fn parting(side: Side) -> &'static str {
    match side {
        Side::Zh => "",
        Side::En => " ",
    }
}
