//! Concepts as the formats have them that keep a concept with its languages and terms: TBX
//! and MultiTerm.
//!
//! ```text
//! 公约 convention preferred ┐         zh  公约   preferred
//! 公约 treaty     forbidden ┘ ─▶ one  en  convention  preferred, its note
//!                                     en  treaty      deprecated, its note
//! ```
//!
//! Rows say of pairs what these formats say of terms: a term has the best status of its rows.
//! [`RowOf`] keeps which terms a row is of, for those formats that have a place for it.

use std::collections::BTreeSet;

use super::ids::ids;
use crate::types::{
    Concept, Context, Pair, PartOfSpeech, Side, Status, TermType, anchor_of_row,
};

/// A concept.
#[derive(Debug)]
pub(super) struct Entry<'a> {
    pub(super) id: String,
    pub(super) subjects: Vec<&'a str>,
    /// The definitions of each language with their sources.
    pub(super) definitions: Pair<Vec<(&'a str, &'a str)>>,
    pub(super) terms: Pair<Vec<Term<'a>>>,
    pub(super) rows: Vec<RowOf<'a>>,
}

/// A term of a concept.
#[derive(Debug)]
pub(super) struct Term<'a> {
    pub(super) text: &'a str,
    /// What was decided of it; `None` where nothing is said of the term alone.
    pub(super) status: Option<Status>,
    pub(super) part_of_speech: PartOfSpeech,
    pub(super) term_type: Option<TermType>,
    pub(super) is_variant: bool,
    pub(super) notes: Vec<&'a str>,
    pub(super) usages: Vec<&'a str>,
    pub(super) contexts: Vec<&'a Context>,
    /// Day and person of the making and of the last change.
    pub(super) created: Vec<(&'a str, &'a str)>,
    pub(super) changed: Vec<(&'a str, &'a str)>,
}

/// A row of a concept: which of its terms it is of, from 1, the variants behind the term; an
/// empty list where it has none of that language.
#[derive(Debug)]
pub(super) struct RowOf<'a> {
    pub(super) concept: &'a Concept,
    pub(super) terms: Pair<Vec<usize>>,
    /// The number of its subject, and of its definitions; 0 for none.
    pub(super) subject: usize,
    pub(super) definitions: Pair<usize>,
}

/// The concepts of a glossary: entries that follow one another and have one id are one.
pub(super) fn entries(concepts: &[Concept]) -> impl Iterator<Item = Entry<'_>> {
    let terms: Vec<_> = concepts.iter().map(|one| &one.pair).collect();
    let mut names = ids(terms.iter().copied()).into_iter();
    let mut used: BTreeSet<String> = BTreeSet::new();
    let is_one = |a: &Concept, b: &Concept| !a.id.is_empty() && a.id == b.id;
    concepts.chunk_by(is_one).map(move |rows| {
        let hashed = names.by_ref().take(rows.len()).next().unwrap_or_default();
        let mut skipped = names.by_ref().take(rows.len() - 1);
        while skipped.next().is_some() {}
        let id = name(&rows[0].id).filter(|id| used.insert(id.clone()));
        entry(id.unwrap_or(hashed), rows)
    })
}

/// An id as XML takes it; `None` of one that it cannot take.
fn name(id: &str) -> Option<String> {
    let is_start = |c: char| c.is_ascii_alphabetic() || c == '_';
    let is_part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.');
    let is_name = id.starts_with(is_start) && id.chars().all(is_part);
    is_name.then(|| id.to_owned())
}

fn entry(id: String, rows: &[Concept]) -> Entry<'_> {
    let mut entry = Entry {
        id,
        subjects: Vec::new(),
        definitions: Pair::default(),
        terms: Pair::default(),
        rows: Vec::new(),
    };
    // The terms of all rows before their variants, so that the main ones come first.
    for side in Side::BOTH {
        for row in rows {
            place(entry.terms.get_mut(side), row.pair.term.get(side), row, side, false);
        }
        for row in rows {
            for variant in row.pair.variants.get(side) {
                place(entry.terms.get_mut(side), variant, row, side, true);
            }
        }
    }
    let mut anchored: BTreeSet<(Side, usize)> = BTreeSet::new();
    for row in rows {
        let terms = Side::BOTH.map(|side| {
            let known = entry.terms.get(side);
            let forms = row.pair.forms(side).filter(|form| !form.is_empty());
            forms.filter_map(|form| at(known, form)).map(|at| at + 1).collect::<Vec<_>>()
        });
        let [zh, en] = terms;
        let terms = Pair::new(zh, en);
        let subject = numbered(&mut entry.subjects, &row.subject);
        let definitions = row.definition.as_ref().map_sides(|side, text: &String| {
            let known = entry.definitions.get_mut(side);
            let one = (text.as_str(), row.definition_source.as_str());
            if one.0.is_empty() {
                return 0;
            }
            let at = known.iter().position(|known| *known == one);
            at.unwrap_or_else(|| {
                known.push(one);
                known.len() - 1
            }) + 1
        });
        say(&mut entry.terms, &terms, row, &mut anchored);
        entry.rows.push(RowOf { concept: row, terms, subject, definitions });
    }
    entry
}

/// The number of a text among those known, from 1; 0 of an empty one.
fn numbered<'a>(known: &mut Vec<&'a str>, text: &'a str) -> usize {
    if text.is_empty() {
        return 0;
    }
    let at = known.iter().position(|known| *known == text);
    at.unwrap_or_else(|| {
        known.push(text);
        known.len() - 1
    }) + 1
}

fn at(terms: &[Term<'_>], text: &str) -> Option<usize> {
    terms.iter().position(|term| term.text == text)
}

/// Puts what is said of a row to its terms.
fn say<'a>(
    known: &mut Pair<Vec<Term<'a>>>,
    terms: &Pair<Vec<usize>>,
    row: &'a Concept,
    anchored: &mut BTreeSet<(Side, usize)>,
) {
    if let Some((side, at)) = anchor_of_row(terms, anchored) {
        let term = &mut known.get_mut(side)[at];
        if !row.note.is_empty() {
            term.notes.push(&row.note);
        }
        if !row.usage.is_empty() {
            term.usages.push(&row.usage);
        }
        if !row.created.is_empty() {
            term.created.push((&row.created, ""));
        }
        if !row.changed.is_empty() || !row.who.is_empty() {
            term.changed.push((&row.changed, &row.who));
        }
    }
    for side in Side::BOTH {
        if let Some(number) = terms.get(side).first() {
            let shown = row.pair.contexts.iter().filter(|context| is_shown(context));
            known.get_mut(side)[number - 1].contexts.extend(shown);
        }
    }
}

/// Is there a passage on both sides?
fn is_shown(context: &Context) -> bool {
    !context.text.zh.is_empty() && !context.text.en.is_empty()
}

/// Adds a term of a row, unless it is there; then it may have a better status.
fn place<'a>(
    known: &mut Vec<Term<'a>>,
    text: &'a str,
    row: &'a Concept,
    side: Side,
    is_variant: bool,
) {
    if text.is_empty() {
        return;
    }
    let status = status(row, side);
    if let Some(at) = at(known, text) {
        if rank(status) > rank(known[at].status) {
            known[at].status = status;
        }
        return;
    }
    known.push(Term {
        text,
        status,
        part_of_speech: row.pair.part_of_speech,
        // The sort of a pair is that of its English side.
        term_type: (side == Side::En).then_some(row.pair.term_type),
        is_variant,
        notes: Vec::new(),
        usages: Vec::new(),
        contexts: Vec::new(),
        created: Vec::new(),
        changed: Vec::new(),
    });
}

/// What a row says of its term of a language. That *treaty* must not be said for 公约 says
/// nothing of 公约.
fn status(row: &Concept, side: Side) -> Option<Status> {
    let is_of_pair = side == Side::Zh && !row.pair.term.en.is_empty();
    match row.pair.status {
        Status::Rejected | Status::Forbidden if is_of_pair => None,
        status => Some(status),
    }
}

fn rank(status: Option<Status>) -> u8 {
    match status {
        Some(Status::Rejected) => 0,
        Some(Status::Forbidden) => 1,
        None | Some(Status::Candidate) => 2,
        Some(Status::Accepted) => 3,
        Some(Status::Preferred) => 4,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::types::TermPair;

    fn row(zh: &str, en: &str, status: Status, note: &str) -> Concept {
        let term = Pair::new(zh.to_owned(), en.to_owned());
        let pair = TermPair { term, status, ..TermPair::default() };
        Concept { id: "berth".into(), note: note.into(), ..Concept::of_pair(pair) }
    }

    #[test]
    fn rows_of_a_concept_share_their_terms() {
        let rows = [
            row("泊位", "berth", Status::Preferred, "of a port"),
            row("泊位", "mooring", Status::Forbidden, "of a buoy"),
            row("船位", "", Status::Accepted, ""),
        ];
        let all: Vec<Entry<'_>> = entries(&rows).collect();
        assert_eq!(all.len(), 1);
        let entry = &all[0];
        assert_eq!(entry.id, "berth");
        let seen = |side: Side| {
            let terms = entry.terms.get(side).iter();
            terms
                .map(|term| (term.text, term.status, term.notes.clone()))
                .collect::<Vec<_>>()
        };
        assert_eq!(
            seen(Side::En),
            [
                ("berth", Some(Status::Preferred), vec!["of a port"]),
                ("mooring", Some(Status::Forbidden), vec!["of a buoy"])
            ]
        );
        assert_eq!(
            seen(Side::Zh),
            [
                ("泊位", Some(Status::Preferred), vec![]),
                ("船位", Some(Status::Accepted), vec![])
            ]
        );
        assert_eq!(entry.rows[1].terms, Pair::new(vec![1], vec![2]));
    }
}
