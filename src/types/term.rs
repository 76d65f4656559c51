use serde::{Deserialize, Serialize};

use crate::text::Span;
use crate::types::{Pair, Side, UnitPlace, named};

named! {
    /// Where a term stands in the eyes of the one who answers for it.
    #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
    pub enum Status {
        /// Proposed by the program, seen by nobody.
        #[default]
        Candidate = "candidate",
        /// Confirmed by a person.
        Accepted = "accepted",
        /// The one to use where several are accepted.
        Preferred = "preferred",
        /// Not a term, or not a translation.
        Rejected = "rejected",
        /// A translation that must not be used.
        Forbidden = "forbidden",
    }
}

named! {
    /// Why a pair was proposed as a term.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
    pub enum TermEvidence {
        /// The shipped lexicon knows the translation.
        Dictionary = "dictionary",
        /// The two recur together.
        Repeated = "repeated",
        /// A title in 《》 against a capitalised run.
        Title = "title",
        /// A gloss in brackets.
        Gloss = "gloss",
        /// A whole short unit.
        ShortUnit = "short unit",
        /// Members of enumerations of equal length.
        Enumeration = "enumeration",
        /// The name of an institution, by its ending.
        Institution = "institution",
        /// The user's glossary has it.
        Glossary = "glossary",
    }
}

named! {
    /// What kind of phrase a term is, by its English side.
    #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
    pub enum PartOfSpeech {
        /// A noun or a phrase around one.
        #[default]
        Noun = "noun",
        /// A verb or a phrase around one.
        Verb = "verb",
        /// An adjective.
        Adjective = "adjective",
        /// None of these, or unknown.
        Other = "other",
    }
}

named! {
    /// What sort of expression a term is, by its English side.
    #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
    pub enum TermType {
        /// Words written out.
        #[default]
        FullForm = "full form",
        /// The first letters of the words.
        Acronym = "acronym",
        /// The title of a work: a law, a treaty, a book.
        Title = "title",
        /// The name of an institution, a person or a place.
        Name = "name",
    }
}

/// A place where a term pair is used.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Context {
    /// The passage on each side.
    pub text: Pair<String>,
    /// Where the term stands in the passage; empty where it does not stand there.
    pub mark: Pair<Span>,
    /// Index of the bead.
    pub bead: usize,
    /// Where the unit stands.
    pub place: UnitPlace,
}

/// Two terms proposed as translations of one another, best written form first.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct TermPair {
    /// The most frequent written form of each side.
    pub term: Pair<String>,
    /// The other written forms and renderings, most frequent first.
    pub variants: Pair<Vec<String>>,
    /// How often the two stand in one unit.
    pub count: usize,
    /// How often each stands in its text.
    pub counts: Pair<usize>,
    /// In how many documents the two stand in one unit; 0 where that is not known.
    #[serde(default)]
    pub documents: usize,
    /// 0 to 1, higher is surer.
    pub confidence: f64,
    /// Why it is proposed, strongest first.
    pub evidence: Vec<TermEvidence>,
    /// What kind of phrase it is.
    pub part_of_speech: PartOfSpeech,
    /// What sort of expression it is.
    pub term_type: TermType,
    /// Where it stands.
    pub status: Status,
    /// The best passages to judge it by, best first.
    pub contexts: Vec<Context>,
}

impl TermPair {
    /// All written forms of a side, the usual one first.
    pub fn forms(&self, side: Side) -> impl Iterator<Item = &str> {
        let variants = self.variants.get(side).iter().map(String::as_str);
        std::iter::once(self.term.get(side).as_str()).chain(variants)
    }
}
