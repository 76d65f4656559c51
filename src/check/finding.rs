use std::fmt;

use super::fact::Fact;
use crate::text::Span;
use crate::types::{Pair, Side, named};

named! {
    /// What a finding is about. The words are those of the error types of the MQM framework
    /// where it has one.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
    pub enum FindingKind {
        /// A unit or sentence of the source that the translation lacks.
        Omission = "omission" => "in the source only",
        /// A unit of the translation that the source lacks.
        Addition = "addition" => "in the translation only",
        /// A unit that stands twice.
        Repetition = "repetition" => "standing twice",
        /// A unit that stands elsewhere on the other side.
        Order = "order" => "standing elsewhere on the other side",
        /// A number of a paragraph, article or item that is skipped, stands twice, or differs.
        Numbering = "numbering" => "numbers of units skipped, doubled or different",
        /// A number, date, sum, percentage, symbol or reference that one side lacks.
        Number = "number" => "numbers, dates and references that differ",
        /// A term that departs from the glossary.
        Term = "term" => "departing from the glossary",
        /// A term rendered in several ways, or several rendered alike.
        Consistency = "consistency" => "rendered in several ways, or alike",
        /// A name or acronym that is spelled in two ways.
        Spelling = "spelling" => "names and acronyms spelled differently",
        /// A bracket or quotation mark without its other half.
        Punctuation = "punctuation" => "brackets and quotation marks left open",
        /// Text in the wrong language.
        Untranslated = "untranslated" => "text in the other language",
        /// A unit much shorter or longer than its counterpart lets expect.
        Length = "length" => "much shorter or longer than expected",
    }
}

impl fmt::Display for FindingKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// How much a finding matters, gravest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Severity {
    /// The two texts say different things.
    Error,
    /// Likely a fault.
    Warning,
    /// Worth a look.
    Note,
}

impl Severity {
    /// The name used in files; SARIF 2.1.0 uses the same (section 3.27.10).
    pub fn as_str(self) -> &'static str {
        match self {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Note => "note",
        }
    }
}

/// One side of a finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Passage {
    /// First and last line in the file, from 1.
    pub lines: (usize, usize),
    /// How a reader would cite the unit: `article 3, (2)`; empty where it has no number.
    pub label: String,
    /// The text.
    pub text: String,
    /// The words that the finding is about, in order.
    pub marks: Vec<Span>,
}

/// What would mend it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fix {
    /// The side to be changed.
    pub side: Side,
    /// What should stand there.
    pub text: String,
}

/// One of several ways to write or render a term.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Usage {
    /// As written; `(otherwise)` for what is none of the others.
    pub text: String,
    /// The units where it stands, as a reader would cite them.
    pub places: Vec<String>,
}

/// Something a reviser should look at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// What it is about.
    pub kind: FindingKind,
    /// How much it matters.
    pub severity: Severity,
    /// What is the case.
    pub fact: Fact,
    /// The passage of each side; `None` where the finding has none there.
    pub passages: Pair<Option<Passage>>,
    /// For [`FindingKind::Consistency`], the ways and where they stand.
    pub usages: Vec<Usage>,
    /// What would mend it, where that can be told.
    pub fix: Option<Fix>,
    /// Names the finding across runs: it depends on the words marked and those next to them,
    /// not on lines or other units.
    pub fingerprint: String,
}

impl Finding {
    /// A finding with neither passages nor fix.
    pub(super) fn new(kind: FindingKind, severity: Severity, fact: Fact) -> Self {
        Self {
            kind,
            severity,
            fact,
            passages: Pair::default(),
            usages: Vec::new(),
            fix: None,
            fingerprint: String::new(),
        }
    }

    /// What is the case, in a few English words.
    pub fn message(&self) -> String {
        self.fact.english()
    }

    /// What is the case, in a few words of a language.
    pub fn worded(&self, language: Side) -> String {
        self.fact.worded(language)
    }

    /// The words marked on one side, as written.
    pub fn marked(&self, side: Side) -> Vec<&str> {
        let passage = self.passages.get(side).as_ref();
        passage.map_or_else(Vec::new, |p| p.marks.iter().map(|m| m.of(&p.text)).collect())
    }
}
