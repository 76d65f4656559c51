//! What a termbase tells beside the terms, and which of it a format has no place for.

use crate::types::{Concept, Side, Status};

/// Something that a row of a termbase may tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Detail {
    Subject,
    Note,
    Definition,
    DefinitionSource,
    Usage,
    Matching,
    Context,
    Figures,
    Sort,
    /// Preferred, where a format says no more than that a term may be used.
    Preferred,
    Dates,
    Other,
    /// That several rows are one concept.
    Grouping,
    /// A term without one of the other language.
    Single,
}

impl Detail {
    /// In the words of a notice.
    pub(super) fn describe(self) -> &'static str {
        match self {
            Detail::Subject => "subjects",
            Detail::Note => "notes",
            Detail::Definition => "definitions",
            Detail::DefinitionSource => "sources of definitions",
            Detail::Usage => "where terms are used",
            Detail::Matching => "match rules",
            Detail::Context => "passages",
            Detail::Figures => "counts, confidence and evidence",
            Detail::Sort => "parts of speech and sorts of terms",
            Detail::Preferred => "which term is preferred",
            Detail::Dates => "dates and who decided",
            Detail::Other => "columns of your own",
            Detail::Grouping => "which rows are one concept",
            Detail::Single => "terms without one of the other language",
        }
    }

    /// Does an entry, or the one before it with it, tell this?
    pub(super) fn is_told(self, before: Option<&Concept>, concept: &Concept) -> bool {
        let pair = &concept.pair;
        match self {
            Detail::Subject => !concept.subject.is_empty(),
            Detail::Note => !concept.note.is_empty(),
            Detail::Definition => {
                Side::BOTH.iter().any(|side| !concept.definition.get(*side).is_empty())
            }
            Detail::DefinitionSource => !concept.definition_source.is_empty(),
            Detail::Usage => !concept.usage.is_empty(),
            Detail::Matching => !concept.matching.is_empty(),
            Detail::Context => !pair.contexts.is_empty(),
            Detail::Figures => {
                pair.count > 0 || pair.confidence > 0.0 || !pair.evidence.is_empty()
            }
            Detail::Sort => {
                pair.part_of_speech != Default::default()
                    || pair.term_type != Default::default()
            }
            Detail::Preferred => pair.status == Status::Preferred,
            Detail::Dates => {
                let all = [&concept.created, &concept.changed, &concept.who];
                all.iter().any(|text| !text.is_empty())
            }
            Detail::Other => !concept.other.is_empty(),
            Detail::Grouping => before.is_some_and(|before| before.id == concept.id),
            Detail::Single => pair.term.zh.is_empty() || pair.term.en.is_empty(),
        }
    }
}

/// What of these a glossary tells, in words.
pub(super) fn told(details: &[Detail], concepts: &[Concept]) -> Vec<&'static str> {
    let is_told = |detail: &&Detail| {
        let before = std::iter::once(None).chain(concepts.iter().map(Some));
        before.zip(concepts).any(|(before, one)| detail.is_told(before, one))
    };
    details.iter().filter(is_told).map(|detail| detail.describe()).collect()
}
