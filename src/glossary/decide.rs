//! What a person decides of rows, and changes in them.

use std::cell::LazyCell;
use std::collections::BTreeMap;

use super::fragments;
use super::search::Index;
use super::termbase::{Entry, Pairs, Row, Stamp, Termbase, Wanted};
use crate::lexicon::Seed;
use crate::terms::{Keys, written};
use crate::text::script::is_han;
use crate::types::{Pair, Side, Status};

/// How many terms are named that may have been meant.
const NEAR: usize = 3;

/// A row that was meant: its concept and its place in it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Selected {
    /// The id of the concept.
    pub id: String,
    /// The row, from 0.
    pub row: usize,
}

/// Why a row could not be told from what was given.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Unknown {
    /// No concept has that id, and it is no pair.
    #[error("\"{given}\" is no concept of the termbase")]
    Id {
        /// What was given.
        given: String,
        /// What may have been meant: ids and pairs.
        near: Vec<(String, Pair<String>)>,
    },
    /// The pair is not in the termbase.
    #[error("\"{given}\" is no pair of the termbase")]
    Pair {
        /// What was given.
        given: String,
        /// What may have been meant: ids and pairs.
        near: Vec<(String, Pair<String>)>,
    },
    /// The rows of a concept have different statuses.
    #[error("the rows of \"{given}\" were decided on one by one")]
    Ambiguous {
        /// What was given.
        given: String,
        /// Its rows.
        near: Vec<(String, Pair<String>)>,
    },
}

impl Unknown {
    /// What may have been meant: ids and pairs.
    pub fn near(&self) -> &[(String, Pair<String>)] {
        match self {
            Unknown::Id { near, .. }
            | Unknown::Pair { near, .. }
            | Unknown::Ambiguous { near, .. } => near,
        }
    }
}

/// The two terms of `公约=convention`, in either order; a tab is as good as `=`.
fn pair_of(given: &str) -> Option<Pair<String>> {
    let (first, second) = given.split_once('\t').or_else(|| given.split_once('='))?;
    let (first, second) = (first.trim().to_owned(), second.trim().to_owned());
    if first.is_empty() || second.is_empty() {
        return None;
    }
    let is_turned = second.chars().any(is_han) && !first.chars().any(is_han);
    Some(if is_turned { Pair::new(second, first) } else { Pair::new(first, second) })
}

/// Gives rows a status, all or none. `given` are ids of concepts, for all of their rows, or
/// pairs `公约=convention`. With `adds`, a pair that is not there becomes a concept.
///
/// Rows that have the status already are left as they are. Tells the rows that were meant,
/// and which of them changed.
///
/// # Errors
///
/// All that could not be told, in order; nothing is changed then.
///
/// # Panics
///
/// Never: the rows were found in the termbase.
pub fn decide(
    termbase: &mut Termbase,
    given: &[String],
    status: Status,
    note: Option<&str>,
    adds: bool,
    stamp: &Stamp,
    seed: &Seed,
) -> Result<Vec<(Selected, bool)>, Vec<Unknown>> {
    let mut before = Before::new();
    let (mut done, mut unclear) = (Vec::new(), Vec::new());
    let keys = Keys::new(seed);
    let mut pairs = None; // only where a pair is given
    for text in given {
        let selected = if termbase.concepts.contains_key(text.trim()) {
            all_rows(termbase, text.trim(), status)
        } else {
            let pairs = pairs.get_or_insert_with(|| {
                let wanted = wanted(given, &keys);
                let own = Pairs::own(termbase, Some(&wanted), &keys);
                (own, Pairs::collect(termbase, &wanted, &keys))
            });
            by_pair(termbase, &mut before, pairs, text, adds, stamp, &keys)
        };
        match selected {
            Some(selected) => done.extend(selected),
            None => unclear.push(text.as_str()),
        }
    }
    if !unclear.is_empty() {
        for (id, entry) in before {
            match entry {
                Some(entry) => drop(termbase.concepts.insert(id, entry)),
                None => drop(termbase.concepts.remove(&id)),
            }
        }
        return Err(unknown(termbase, &unclear, seed));
    }
    let mut out = Vec::new();
    for one in done {
        let entry = termbase.concepts.get_mut(&one.id).expect("it was found");
        let row = &mut entry.rows[one.row];
        let is_other = row.status != status || note.is_some_and(|note| note != row.note);
        if is_other {
            row.status = status;
            if let Some(note) = note {
                note.clone_into(&mut row.note);
            }
            sign(row, stamp);
        }
        out.push((one, is_other));
    }
    if matches!(status, Status::Accepted | Status::Preferred) {
        fragments::remove(termbase, &keys);
    }
    Ok(out)
}

/// Concepts as they were before pairs became rows of them; `None` of those that are new.
type Before = BTreeMap<String, Option<Entry>>;

/// The Chinese terms of the pairs that are given.
fn wanted(given: &[String], keys: &Keys<'_>) -> Wanted {
    let pairs = given.iter().filter_map(|text| pair_of(text));
    pairs.map(|pair| keys.of(Side::Zh, &pair.zh)).collect()
}

fn sign(row: &mut Row, stamp: &Stamp) {
    row.changed.clone_from(&stamp.day);
    row.who.clone_from(&stamp.who);
}

/// The rows of a concept; `None` where they were decided on one by one.
fn all_rows(termbase: &Termbase, id: &str, status: Status) -> Option<Vec<Selected>> {
    let rows = &termbase.concepts[id].rows;
    let mut decided = rows.iter().filter(|row| row.is_decided()).map(|row| row.status);
    let first = decided.next();
    if first.is_some_and(|first| decided.any(|other| other != first))
        && rows.iter().any(|row| row.status != status)
    {
        return None;
    }
    Some((0..rows.len()).map(|row| Selected { id: id.to_owned(), row }).collect())
}

/// The row of a pair; `None` of what is no pair, or none that is there or is added.
fn by_pair(
    termbase: &mut Termbase,
    before: &mut Before,
    (own, all): &mut (Pairs, Pairs),
    given: &str,
    adds: bool,
    stamp: &Stamp,
    keys: &Keys<'_>,
) -> Option<Vec<Selected>> {
    let pair = pair_of(given)?;
    let key = keys.pair(&pair);
    if let Some((id, _)) = own.get(&key) {
        // Of the words of one family each may be decided on: the noun preferred to the verb.
        let is_meant = |row: Pair<&str>| {
            keys.pair(&row) == key && written(row.en) == written(&pair.en)
        };
        let mut rows = termbase.concepts[id].pairs();
        if let Some(row) = rows.position(|(_, row)| is_meant(row)) {
            return Some(vec![Selected { id: id.to_owned(), row }]);
        }
    }
    let new = Row {
        term: pair.clone(),
        created: stamp.day.clone(),
        changed: stamp.day.clone(),
        who: stamp.who.clone(),
        ..Row::default()
    };
    // A pair of variants, or of the terms of two rows, becomes a row of its concept.
    if let Some(id) = all.get(&key).map(|(id, _)| id.to_owned()) {
        let entry = termbase.concepts.get_mut(&id).expect("it was found");
        before.entry(id.clone()).or_insert_with(|| Some(entry.clone()));
        let rows = &mut entry.rows;
        for row in rows.iter_mut() {
            if row.term.zh == pair.zh {
                row.variants.en.retain(|en| keys.of(Side::En, en) != key.1);
            }
            if row.term.en == pair.en {
                row.variants.zh.retain(|zh| keys.of(Side::Zh, zh) != key.0);
            }
        }
        rows.push(new);
        let row = rows.len() - 1;
        own.add(&id, row, key);
        return Some(vec![Selected { id, row }]);
    }
    if adds {
        let id = termbase.add(new);
        before.insert(id.clone(), None);
        own.add(&id, 0, key);
        return Some(vec![Selected { id, row: 0 }]);
    }
    None
}

/// Why these could not be told, and what may have been meant.
fn unknown(termbase: &Termbase, given: &[&str], seed: &Seed) -> Vec<Unknown> {
    let index = LazyCell::new(|| Index::new(termbase, seed));
    let near = |text: &str| {
        let hits = index.search(text, NEAR).into_iter();
        hits.map(|hit| (hit.id, hit.term)).collect::<Vec<_>>()
    };
    let why = |text: &&str| {
        let given = (*text).to_owned();
        if let Some((id, entry)) = termbase.concepts.get_key_value(text.trim()) {
            let pairs = entry.pairs();
            let near = pairs.map(|(_, pair)| (id.clone(), pair.map(str::to_owned)));
            return Unknown::Ambiguous { given: id.clone(), near: near.collect() };
        }
        let Some(pair) = pair_of(text) else {
            return Unknown::Id { near: near(text), given };
        };
        let mut found = near(&pair.zh);
        for one in near(&pair.en) {
            if !found.contains(&one) {
                found.push(one);
            }
        }
        Unknown::Pair { given, near: found }
    };
    given.iter().map(why).collect()
}

/// What is to be changed in a row; what is `None` stays.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Edit {
    /// The terms.
    pub term: Pair<Option<String>>,
    /// The field.
    pub subject: Option<String>,
    /// The remark.
    pub note: Option<String>,
    /// What the terms mean.
    pub definition: Pair<Option<String>>,
    /// Where the definition is from.
    pub definition_source: Option<String>,
    /// Where the terms are used.
    pub usage: Option<String>,
    /// How uses of the terms are found, see [`MatchRule`](crate::terms::MatchRule).
    pub matching: Option<String>,
    /// More terms of the concept, each a row of its own.
    pub more: Pair<Vec<String>>,
}

/// Changes a row: the first of a concept, or that of a pair. The id stays, whatever becomes
/// of the terms. Tells the row.
///
/// # Errors
///
/// When the row cannot be told; nothing is changed then.
///
/// # Panics
///
/// Never: the row was found in the termbase.
pub fn edit(
    termbase: &mut Termbase,
    given: &str,
    edit: &Edit,
    stamp: &Stamp,
    seed: &Seed,
) -> Result<Selected, Unknown> {
    let selected = if termbase.concepts.contains_key(given.trim()) {
        Selected { id: given.trim().to_owned(), row: 0 }
    } else {
        let keys = Keys::new(seed);
        let wanted = wanted(&[given.to_owned()], &keys);
        let own = Pairs::own(termbase, Some(&wanted), &keys);
        let mut pairs = (own, Pairs::default());
        let before = &mut Before::new();
        let found = by_pair(termbase, before, &mut pairs, given, false, stamp, &keys);
        match found.as_deref() {
            Some([one, ..]) => one.clone(),
            _ => return Err(unknown(termbase, &[given], seed).remove(0)),
        }
    };
    let rows = &mut termbase.concepts.get_mut(&selected.id).expect("it was found").rows;
    let row = &mut rows[selected.row];
    let before = row.clone();
    for (cell, new) in [
        (&mut row.term.zh, &edit.term.zh),
        (&mut row.term.en, &edit.term.en),
        (&mut row.subject, &edit.subject),
        (&mut row.note, &edit.note),
        (&mut row.definition.zh, &edit.definition.zh),
        (&mut row.definition.en, &edit.definition.en),
        (&mut row.definition_source, &edit.definition_source),
        (&mut row.usage, &edit.usage),
        (&mut row.matching, &edit.matching),
    ] {
        if let Some(new) = new {
            new.trim().clone_into(cell);
        }
    }
    if row.term != before.term {
        // What is mined as the old term is this one from now on.
        row.former.retain(|old| *old != row.term);
        if !row.former.contains(&before.term) {
            row.former.push(before.term.clone());
        }
    }
    if *row != before {
        sign(row, stamp);
    }
    let (status, subject) = (row.status, row.subject.clone());
    let zh = edit.more.zh.iter().map(|zh| Pair::new(zh.trim().to_owned(), String::new()));
    let en = edit.more.en.iter().map(|en| Pair::new(String::new(), en.trim().to_owned()));
    for term in zh.chain(en) {
        if rows.iter().any(|row| row.term == term) {
            continue;
        }
        rows.push(Row {
            term,
            status,
            subject: subject.clone(),
            created: stamp.day.clone(),
            changed: stamp.day.clone(),
            who: stamp.who.clone(),
            ..Row::default()
        });
    }
    Ok(selected)
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;

    fn termbase() -> Termbase {
        let text = "concept,zh,en,status,en_variants\n\
            convention,公约,convention,candidate,treaty\n\
            party,缔约方,party,candidate,\n\
            office,办公室,office,accepted,\noffice,办事处,,forbidden,\n";
        Termbase::parse(text, Path::new("t.csv")).unwrap()
    }

    /// What comes of a decision on these.
    fn decided(
        base: &mut Termbase,
        given: &[&str],
        status: Status,
        adds: bool,
    ) -> Result<Vec<(Selected, bool)>, Vec<Unknown>> {
        let given: Vec<String> = given.iter().map(|&text| text.to_owned()).collect();
        decide(base, &given, status, None, adds, &stamp(), Seed::shipped())
    }

    fn stamp() -> Stamp {
        Stamp { day: "2026-11-24".into(), who: "mei".into() }
    }

    fn status(termbase: &Termbase, id: &str) -> Vec<Status> {
        termbase.concepts[id].rows.iter().map(|row| row.status).collect()
    }

    #[test]
    fn ids_and_pairs_in_either_order_and_script_are_understood() {
        let mut base = termbase();
        let done = decided(
            &mut base,
            &["convention", "Parties=締約方"],
            Status::Accepted,
            false,
        )
        .unwrap();
        assert_eq!(done.len(), 2);
        assert_eq!(status(&base, "party"), [Status::Accepted]);
        assert_eq!(base.concepts["party"].rows[0].who, "mei");
    }

    #[test]
    fn one_that_is_unknown_leaves_all_as_it_was() {
        let mut base = termbase();
        let unknown = decided(
            &mut base,
            &["convention", "公约=conventions of war", "convntion"],
            Status::Rejected,
            false,
        )
        .unwrap_err();
        assert_eq!(unknown.len(), 2);
        assert_eq!(unknown[1].near()[0].0, "convention");
        assert_eq!(base, termbase());
    }

    #[test]
    fn pairs_that_were_taken_in_go_again_where_another_is_unknown() {
        let mut base = termbase();
        let unknown = decided(
            &mut base,
            &["条约=pact", "公约=treaty", "convntion"],
            Status::Rejected,
            true,
        )
        .unwrap_err();
        assert_eq!(unknown.len(), 1);
        assert_eq!(base, termbase());
    }

    #[test]
    fn to_reject_a_variant_does_not_reject_the_term() {
        let mut base = termbase();
        decided(&mut base, &["公约=treaty"], Status::Rejected, false).unwrap();
        assert_eq!(status(&base, "convention"), [Status::Candidate, Status::Rejected]);
        assert!(base.concepts["convention"].rows[0].variants.en.is_empty());
    }

    #[test]
    fn rows_that_were_decided_on_differently_must_be_named() {
        let mut base = termbase();
        let error = decided(&mut base, &["office"], Status::Accepted, false);
        assert!(matches!(error.unwrap_err()[0], Unknown::Ambiguous { .. }));
        decided(&mut base, &["办事处=office"], Status::Accepted, false).unwrap();
        assert_eq!(status(&base, "office"), [Status::Accepted; 2]);
    }

    #[test]
    fn an_edited_concept_keeps_its_id_and_gets_rows() {
        let mut base = termbase();
        let change = Edit {
            term: Pair::new(None, Some("contracting party".into())),
            note: Some("of a treaty".into()),
            more: Pair::new(vec!["缔约国".into()], vec![]),
            ..Edit::default()
        };
        edit(&mut base, "party", &change, &stamp(), Seed::shipped()).unwrap();
        let rows = &base.concepts["party"].rows;
        assert_eq!(
            (rows[0].term.en.as_str(), rows[1].term.zh.as_str()),
            ("contracting party", "缔约国")
        );
        assert_eq!(rows[0].note, "of a treaty");
    }
}
