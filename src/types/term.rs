use crate::text::Span;
use crate::types::{Pair, UnitPlace};

/// Where a term stands in the eyes of the one who answers for it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Status {
    /// Proposed by the program, seen by nobody.
    #[default]
    Candidate,
    /// Confirmed by a person.
    Accepted,
    /// The one to use where several are accepted.
    Preferred,
    /// Not a term, or not a translation.
    Rejected,
    /// A translation that must not be used.
    Forbidden,
}

impl Status {
    /// Every one, in the order of the definition.
    pub const ALL: [Status; 5] = [
        Status::Candidate,
        Status::Accepted,
        Status::Preferred,
        Status::Rejected,
        Status::Forbidden,
    ];

    /// The one of that [name](Self::as_str).
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.as_str() == name)
    }

    /// The name used in files.
    pub fn as_str(self) -> &'static str {
        match self {
            Status::Candidate => "candidate",
            Status::Accepted => "accepted",
            Status::Preferred => "preferred",
            Status::Rejected => "rejected",
            Status::Forbidden => "forbidden",
        }
    }
}

/// Why a pair was proposed as a term.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum TermEvidence {
    /// The shipped lexicon knows the translation.
    Dictionary,
    /// The two recur together.
    Repeated,
    /// A title in 《》 against a capitalised run.
    Title,
    /// A gloss in brackets.
    Gloss,
    /// A whole short unit.
    ShortUnit,
    /// Members of enumerations of equal length.
    Enumeration,
    /// The name of an institution, by its ending.
    Institution,
    /// The user's glossary has it.
    Glossary,
}

impl TermEvidence {
    /// Every one, in the order of the definition.
    pub const ALL: [TermEvidence; 8] = [
        TermEvidence::Dictionary,
        TermEvidence::Repeated,
        TermEvidence::Title,
        TermEvidence::Gloss,
        TermEvidence::ShortUnit,
        TermEvidence::Enumeration,
        TermEvidence::Institution,
        TermEvidence::Glossary,
    ];

    /// The one of that [name](Self::as_str).
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.as_str() == name)
    }

    /// The name used in files.
    pub fn as_str(self) -> &'static str {
        match self {
            TermEvidence::Dictionary => "dictionary",
            TermEvidence::Repeated => "repeated",
            TermEvidence::Title => "title",
            TermEvidence::Gloss => "gloss",
            TermEvidence::ShortUnit => "short unit",
            TermEvidence::Enumeration => "enumeration",
            TermEvidence::Institution => "institution",
            TermEvidence::Glossary => "glossary",
        }
    }
}

/// What kind of phrase a term is, by its English side.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum PartOfSpeech {
    /// A noun or a phrase around one.
    #[default]
    Noun,
    /// A verb or a phrase around one.
    Verb,
    /// An adjective.
    Adjective,
    /// None of these, or unknown.
    Other,
}

impl PartOfSpeech {
    /// Every one, in the order of the definition.
    pub const ALL: [PartOfSpeech; 4] = [
        PartOfSpeech::Noun,
        PartOfSpeech::Verb,
        PartOfSpeech::Adjective,
        PartOfSpeech::Other,
    ];

    /// The one of that [name](Self::as_str).
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.as_str() == name)
    }

    /// The name used in files (picklist `partOfSpeech` of the TBX-Min module).
    pub fn as_str(self) -> &'static str {
        match self {
            PartOfSpeech::Noun => "noun",
            PartOfSpeech::Verb => "verb",
            PartOfSpeech::Adjective => "adjective",
            PartOfSpeech::Other => "other",
        }
    }
}

/// What sort of expression a term is, by its English side.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum TermType {
    /// Words written out.
    #[default]
    FullForm,
    /// The first letters of the words.
    Acronym,
    /// The title of a work: a law, a treaty, a book.
    Title,
    /// The name of an institution, a person or a place.
    Name,
}

impl TermType {
    /// Every one, in the order of the definition.
    pub const ALL: [TermType; 4] =
        [TermType::FullForm, TermType::Acronym, TermType::Title, TermType::Name];

    /// The one of that [name](Self::as_str).
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.as_str() == name)
    }

    /// The name used in files.
    pub fn as_str(self) -> &'static str {
        match self {
            TermType::FullForm => "full form",
            TermType::Acronym => "acronym",
            TermType::Title => "title",
            TermType::Name => "name",
        }
    }
}

/// A place where a term pair is used.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
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
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TermPair {
    /// The most frequent written form of each side.
    pub term: Pair<String>,
    /// The other written forms and renderings, most frequent first.
    pub variants: Pair<Vec<String>>,
    /// How often the two stand in one unit.
    pub count: usize,
    /// How often each stands in its text.
    pub counts: Pair<usize>,
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
