//! The termbases of two people become one.
//!
//! With the base that both began from, what only one of them changed is taken over, also
//! where it was taken out. Without, all of both is kept. A decision counts more than none.
//! Where both decided differently mine stands, theirs is written into the note, and the
//! clash is told: nothing is lost.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use rustc_hash::FxHashMap;

use super::ids::NewIds;
use super::matching::{Places, matched};
use super::mined::union;
use super::termbase::{Entry, Pairs, Row, Termbase, Use};
use crate::lexicon::Seed;
use crate::terms::Keys;
use crate::types::{Pair, Side, Status};

/// A cell that both changed, each otherwise.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Clash {
    /// The concept.
    pub id: String,
    /// The terms of the row.
    pub term: Pair<String>,
    /// The column; `row` where one changed what the other took out.
    pub column: String,
    /// What stands.
    pub mine: String,
    /// What went into the note.
    pub theirs: String,
}

/// What a merge did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Merged {
    /// What both changed, in order of the concepts.
    pub clashes: Vec<Clash>,
    /// Concepts of theirs that got another id, because mine has one of that name: the old id
    /// and the new.
    pub renamed: Vec<(String, String)>,
    /// How many rows of mine changed or are new.
    pub n_changed: usize,
}

/// Merges theirs into mine; `base` is what both began from, where that is known.
pub fn merge(
    base: Option<&Termbase>,
    mine: &mut Termbase,
    mut theirs: Termbase,
    seed: &Seed,
) -> Merged {
    let empty = Termbase::default();
    let mut other_columns = mine.other_columns.clone();
    other_columns.extend(
        theirs
            .other_columns
            .iter()
            .filter(|name| !mine.other_columns.contains(name))
            .cloned(),
    );
    let mut base = Cow::Borrowed(base.unwrap_or(&empty));
    if !is_laid_out(&base, &other_columns) {
        lay_out(base.to_mut(), &other_columns);
    }
    lay_out(mine, &other_columns);
    lay_out(&mut theirs, &other_columns);
    // What of the base theirs still has; all that is theirs goes over to mine.
    let of_base = base.concepts.keys().filter(|id| theirs.concepts.contains_key(*id));
    let still_theirs: BTreeSet<String> = of_base.cloned().collect();
    let keys = Keys::new(seed);
    let pairs = Pairs::own(mine, None, &keys);
    let mut merger = Merger { keys, other_columns, clashes: Vec::new() };
    let mut merged = Merged::default();
    // The rows that concepts of mine had before theirs came to them.
    let mut before: BTreeMap<String, Vec<Row>> = BTreeMap::new();
    let mut renamed: Vec<(String, Entry)> = Vec::new();
    for (id, entry) in theirs.concepts {
        let old = base.concepts.get(&id);
        let target = merger.target(&id, &entry, old, mine, &pairs);
        let Some(target) = target else {
            if old == Some(&entry) {
                continue; // mine took it out
            }
            if old.is_some() {
                merger.clash(&id, &entry.rows[0], "row", "taken out", "changed");
            }
            merged.n_changed += entry.rows.len();
            // Mine has another concept of that name, or none.
            match mine.concepts.contains_key(&id) {
                true => renamed.push((id, entry)),
                false => drop(mine.concepts.insert(id, entry)),
            }
            continue;
        };
        let none = Entry::default();
        let target_entry = mine.concepts.entry(target.clone()).or_default();
        let rows = merger.rows(
            &target,
            &old.unwrap_or(&none).rows,
            &target_entry.rows,
            &entry.rows,
        );
        let replaced = std::mem::replace(&mut target_entry.rows, rows);
        before.entry(target).or_insert(replaced);
    }
    for (id, old) in &base.concepts {
        if still_theirs.contains(id) || before.contains_key(id) {
            continue;
        }
        match mine.concepts.get(id) {
            Some(mine_of_it) if mine_of_it == old => drop(mine.concepts.remove(id)),
            Some(mine) => merger.clash(id, &mine.rows[0], "row", "changed", "taken out"),
            None => {}
        }
    }
    let mut ids = NewIds::default();
    if !renamed.is_empty() {
        ids = NewIds::beside(mine.concepts.keys());
    }
    for (id, entry) in renamed {
        let name = entry.rows.first().map_or("", |row| row.term.en.as_str());
        let new = ids.free(if name.is_empty() { &id } else { name });
        mine.concepts.insert(new.clone(), entry);
        merged.renamed.push((id, new));
    }
    mine.concepts.retain(|_, entry| !entry.rows.is_empty());
    for (id, before) in &before {
        let now = mine.concepts.get(id).map(|entry| entry.rows.as_slice());
        merged.n_changed += n_new(before, now.unwrap_or_default());
    }
    mine.other_columns = merger.other_columns;
    Merged { clashes: merger.clashes, ..merged }
}

/// How many rows there were not before.
fn n_new(before: &[Row], now: &[Row]) -> usize {
    let mut of_term: FxHashMap<&Pair<String>, Vec<&Row>> = FxHashMap::default();
    for row in before {
        of_term.entry(&row.term).or_default().push(row);
    }
    let is_known =
        |row: &&Row| of_term.get(&row.term).is_some_and(|all| all.contains(row));
    now.iter().filter(|row| !is_known(row)).count()
}

/// Has it these columns behind ours, and each row a cell for each?
fn is_laid_out(termbase: &Termbase, other_columns: &[String]) -> bool {
    let has_cells = |(_, row): (&str, &Row)| row.other_cells.len() == other_columns.len();
    termbase.other_columns == other_columns && termbase.rows().all(has_cells)
}

/// Gives the termbase these columns behind ours, in this order.
fn lay_out(termbase: &mut Termbase, other_columns: &[String]) {
    if is_laid_out(termbase, other_columns) {
        return;
    }
    let own = std::mem::replace(&mut termbase.other_columns, other_columns.to_vec());
    let places: Vec<Option<usize>> =
        other_columns.iter().map(|name| own.iter().position(|own| own == name)).collect();
    for row in termbase.concepts.values_mut().flat_map(|entry| &mut entry.rows) {
        let cell =
            |at: &Option<usize>| at.and_then(|at| row.other_cells.get(at).cloned());
        row.other_cells = places.iter().map(|at| cell(at).unwrap_or_default()).collect();
    }
}

struct Merger<'a> {
    keys: Keys<'a>,
    other_columns: Vec<String>,
    clashes: Vec<Clash>,
}

impl Merger<'_> {
    /// The concept of mine that is this one of theirs.
    fn target(
        &self,
        id: &str,
        entry: &Entry,
        old: Option<&Entry>,
        mine: &Termbase,
        pairs: &Pairs,
    ) -> Option<String> {
        if old.is_some() && mine.concepts.contains_key(id) {
            return Some(id.to_owned());
        }
        if old.is_some() || pairs.is_empty() {
            return None;
        }
        entry.pairs().find_map(|(_, pair)| {
            pairs.get(&self.keys.pair(&pair)).map(|(id, _)| id.to_owned())
        })
    }

    fn clash(&mut self, id: &str, row: &Row, column: &str, mine: &str, theirs: &str) {
        self.clashes.push(Clash {
            id: id.to_owned(),
            term: row.term.clone(),
            column: column.to_owned(),
            mine: mine.to_owned(),
            theirs: theirs.to_owned(),
        });
    }

    fn rows(&mut self, id: &str, base: &[Row], mine: &[Row], theirs: &[Row]) -> Vec<Row> {
        let of_base = |rows: &[Row]| -> BTreeMap<usize, usize> {
            matched(base, rows, &self.keys)
                .into_iter()
                .map(|(base, row)| (row, base))
                .collect()
        };
        let (mine_base, theirs_base) = (of_base(mine), of_base(theirs));
        let of_mine: FxHashMap<usize, usize> =
            mine_base.iter().map(|(&mine, &base)| (base, mine)).collect();
        // Rows that are new on both sides are one where their terms are.
        let key = |row: &Row| self.keys.pair(&row.term);
        let new_mine = (0..mine.len()).filter(|at| !mine_base.contains_key(at));
        let mut new_mine = Places::of(new_mine.map(|at| (key(&mine[at]), at)));
        let mut partner: BTreeMap<usize, usize> = BTreeMap::new(); // of mine, of theirs
        let mut rest = Vec::new();
        for (at, row) in theirs.iter().enumerate() {
            let found = match theirs_base.get(&at) {
                Some(old) => of_mine.get(old).copied(),
                None => new_mine.first(&key(row), |at| !partner.contains_key(&at)),
            };
            match found {
                Some(mine) => drop(partner.insert(mine, at)),
                None => rest.push(at),
            }
        }
        let mut out = Vec::new();
        for (at, row) in mine.iter().enumerate() {
            let old = mine_base.get(&at).map(|&place| &base[place]);
            match (partner.get(&at), old) {
                (Some(&other), old) => out.push(self.row(id, old, row, &theirs[other])),
                (None, Some(old)) if old == row => {} // theirs took it out
                (None, Some(_)) => {
                    self.clash(id, row, "row", "changed", "taken out");
                    out.push(row.clone());
                }
                (None, None) => out.push(row.clone()),
            }
        }
        for at in rest {
            let row = &theirs[at];
            match theirs_base.get(&at).map(|&place| &base[place]) {
                Some(old) if old == row => {} // mine took it out
                Some(_) => {
                    self.clash(id, row, "row", "taken out", "changed");
                    out.push(row.clone());
                }
                None => out.push(row.clone()),
            }
        }
        out
    }

    fn row(&mut self, id: &str, base: Option<&Row>, mine: &Row, theirs: &Row) -> Row {
        let mut out = mine.clone();
        let mut lost: Vec<String> = Vec::new();
        let empty = Row::default();
        let old = base.unwrap_or(&empty);
        for side in Side::BOTH {
            let (m, t, b) =
                (mine.term.get(side), theirs.term.get(side), old.term.get(side));
            let (term, is_clash) = either(base.map(|_| b), m, t);
            if is_clash && base.is_some() {
                self.clash(id, mine, &side.to_string(), m, t);
            }
            let other = if term == *m { t } else { m };
            let is_new =
                !other.is_empty() && *other != term && (base.is_none() || is_clash);
            *out.variants.get_mut(side) = three_lists(
                old.variants.get(side),
                mine.variants.get(side),
                theirs.variants.get(side),
            );
            if is_new && !out.variants.get(side).contains(other) {
                out.variants.get_mut(side).push(other.clone());
            }
            out.variants.get_mut(side).retain(|variant| *variant != term);
            *out.term.get_mut(side) = term;
        }
        out.status = match (mine.status, theirs.status) {
            (m, t) if m == t => m,
            (m, t) if base.is_some_and(|old| old.status == m) => t,
            (m, t) if base.is_some_and(|old| old.status == t) => m,
            (Status::Candidate, t) => t,
            (m, Status::Candidate) => m,
            (m, t) => {
                self.clash(id, mine, "status", m.as_str(), t.as_str());
                lost.push(format!("status {}{}", t.as_str(), signature(theirs)));
                m
            }
        };
        let base_cell = |cell: fn(&Row) -> &String| base.map(cell);
        for (name, cell, cell_mut) in CELLS {
            let (text, is_clash) = either(base_cell(cell), cell(mine), cell(theirs));
            if is_clash {
                self.clash(id, mine, name, cell(mine), cell(theirs));
                lost.push(format!("{name} {}", cell(theirs)));
            }
            *cell_mut(&mut out) = text;
        }
        let (note, is_clash) =
            either(base_cell(|row| &row.note), &mine.note, &theirs.note);
        out.note = note;
        if is_clash && !mine.note.contains(&theirs.note) {
            out.note = match theirs.note.contains(&mine.note) {
                true => theirs.note.clone(),
                false => format!("{} / {}", mine.note, theirs.note),
            };
        }
        for pair in &theirs.former {
            if !out.former.contains(pair) {
                out.former.push(pair.clone());
            }
        }
        for at in 0..self.other_columns.len() {
            let old = base.map(|row| &row.other_cells[at]);
            let (cell, is_clash) =
                either(old, &mine.other_cells[at], &theirs.other_cells[at]);
            if is_clash {
                let column = self.other_columns[at].clone();
                self.clash(
                    id,
                    mine,
                    &column,
                    &mine.other_cells[at],
                    &theirs.other_cells[at],
                );
                lost.push(format!("{column} {}", theirs.other_cells[at]));
            }
            out.other_cells[at] = cell;
        }
        for text in lost {
            let text = format!("theirs: {text}");
            if !out.note.contains(&text) {
                out.note = if out.note.is_empty() {
                    text
                } else {
                    format!("{} / {text}", out.note)
                };
            }
        }
        // The passage and its place come from one side.
        let is_unchanged =
            base.is_some() && (&mine.context, &mine.unit) == (&old.context, &old.unit);
        if is_unchanged || mine.context.zh.is_empty() && mine.context.en.is_empty() {
            out.context.clone_from(&theirs.context);
            out.unit.clone_from(&theirs.unit);
        }
        out.part_of_speech = either(
            base_cell(|r| &r.part_of_speech),
            &mine.part_of_speech,
            &theirs.part_of_speech,
        )
        .0;
        out.term_type =
            either(base_cell(|row| &row.term_type), &mine.term_type, &theirs.term_type).0;
        if theirs.confidence_value() > mine.confidence_value() {
            out.confidence.clone_from(&theirs.confidence);
        }
        out.evidence = union(&mine.evidence, &theirs.evidence);
        out.uses = three_uses(&old.uses, &mine.uses, &theirs.uses);
        out.created = [&mine.created, &theirs.created]
            .into_iter()
            .filter(|day| !day.is_empty())
            .min()
            .cloned()
            .unwrap_or_default();
        out.changed = mine.changed.clone().max(theirs.changed.clone());
        out.who = match (mine.status == theirs.status, out.status == mine.status) {
            (true, _) => either(base_cell(|row| &row.who), &mine.who, &theirs.who).0,
            (false, true) => mine.who.clone(),
            (false, false) => theirs.who.clone(),
        };
        out
    }
}

/// A cell of text: its column, how it is read, how it is written.
type TextCell = (&'static str, fn(&Row) -> &String, fn(&mut Row) -> &mut String);

/// The cells of which one side's stands where both wrote something.
const CELLS: [TextCell; 6] = [
    ("subject", |row| &row.subject, |row| &mut row.subject),
    ("zh_definition", |row| &row.definition.zh, |row| &mut row.definition.zh),
    ("en_definition", |row| &row.definition.en, |row| &mut row.definition.en),
    ("definition_source", |row| &row.definition_source, |row| &mut row.definition_source),
    ("usage", |row| &row.usage, |row| &mut row.usage),
    ("match", |row| &row.matching, |row| &mut row.matching),
];

/// The cell that one side changed, and whether both did. Of a row that has no base the one
/// that is not empty.
fn either(base: Option<&String>, mine: &String, theirs: &String) -> (String, bool) {
    if mine == theirs || base == Some(theirs) {
        return (mine.clone(), false);
    }
    if base == Some(mine) || base.is_none() && mine.is_empty() {
        return (theirs.clone(), false);
    }
    (mine.clone(), !theirs.is_empty() || base.is_some())
}

fn signature(row: &Row) -> String {
    match (row.who.as_str(), row.changed.as_str()) {
        ("", "") => String::new(),
        ("", text) | (text, "") => format!(" ({text})"),
        (who, day) => format!(" ({who}, {day})"),
    }
}

/// The items of both, without those that one of them took out.
fn three_lists(base: &[String], mine: &[String], theirs: &[String]) -> Vec<String> {
    let is_out = |item: &String| {
        base.contains(item) && !(mine.contains(item) && theirs.contains(item))
    };
    let mut out: Vec<String> = Vec::new();
    for item in mine.iter().chain(theirs) {
        if !is_out(item) && !out.contains(item) {
            out.push(item.clone());
        }
    }
    out
}

/// The counts of each document: of the one who changed them, or else the larger.
fn three_uses(
    base: &BTreeMap<String, Use>,
    mine: &BTreeMap<String, Use>,
    theirs: &BTreeMap<String, Use>,
) -> BTreeMap<String, Use> {
    let names: BTreeSet<&String> = mine.keys().chain(theirs.keys()).collect();
    let mut out = BTreeMap::new();
    for name in names {
        let (b, m, t) = (base.get(name), mine.get(name), theirs.get(name));
        let chosen = if m == b {
            t
        } else if t == b {
            m
        } else {
            let size = |one: &&Use| (one.count, one.counts.zh, one.counts.en);
            [m, t].into_iter().flatten().max_by_key(size)
        };
        out.extend(chosen.map(|one| (name.clone(), *one)));
    }
    out
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;

    fn base(rows: &str) -> Termbase {
        let text = format!("concept,zh,en,status,note,who,changed,client\n{rows}");
        Termbase::parse(&text, Path::new("t.csv")).unwrap()
    }

    const OLD: &str =
        "a,甲,a,candidate,,,,\nb,乙,b,candidate,,,,\nc,丙,c,accepted,old,,,\n";

    #[test]
    fn what_one_side_changed_is_taken_over() {
        let mine = base(
            "a,甲,a,accepted,,mei,,\nb,乙,b,candidate,,,,\nc,丙,c,accepted,old,,,\n",
        );
        let theirs = base(
            "a,甲,a,candidate,,,,\nb,乙,b,rejected,,bo,,\nc,丙,c,accepted,new,,,\nd,丁,d,,,,,\n",
        );
        let (mut mine, old) = (mine, base(OLD));
        let merged = merge(Some(&old), &mut mine, theirs.clone(), Seed::shipped());
        let want = base(
            "a,甲,a,accepted,,mei,,\nb,乙,b,rejected,,bo,,\nc,丙,c,accepted,new,,,\nd,丁,d,,,,,\n",
        );
        assert_eq!((mine, merged.clashes.len()), (want, 0));
        assert_eq!(merged.n_changed, 3);
    }

    #[test]
    fn a_clash_is_told_and_nothing_is_lost() {
        let mut mine = base("a,甲,a,accepted,yes,mei,2026-01-02,\n");
        let theirs = base("a,甲,a,forbidden,no,bo,2026-01-03,\n");
        let merged = merge(None, &mut mine, theirs.clone(), Seed::shipped());
        let row = &mine.concepts["a"].rows[0];
        assert_eq!((row.status, row.who.as_str()), (Status::Accepted, "mei"));
        assert_eq!(row.note, "yes / no / theirs: status forbidden (bo, 2026-01-03)");
        assert_eq!(merged.clashes[0].column, "status");
        let mut again = mine.clone();
        merge(None, &mut again, theirs, Seed::shipped());
        assert_eq!(again, mine);
    }

    #[test]
    fn two_concepts_of_one_name_stay_two() {
        let mut mine = base("resolution,决议,resolution,accepted,,,,\n");
        let theirs = base(
            "resolution,分辨率,resolution,accepted,,,,\nx,決議,resolutions,preferred,,,,\n",
        );
        let merged = merge(None, &mut mine, theirs.clone(), Seed::shipped());
        assert_eq!(merged.renamed, [("resolution".into(), "resolution-2".into())]);
        assert_eq!(mine.concepts.len(), 2);
        assert_eq!(merged.clashes.len(), 1); // accepted here, preferred there
    }

    #[test]
    fn what_one_took_out_and_the_other_left_is_out() {
        let mut mine = base("a,甲,a,candidate,,,,\nc,丙,c,accepted,old,,,\n");
        let theirs = base("a,甲,a,candidate,,,,\nb,乙,b,accepted,,,,\n");
        let merged = merge(Some(&base(OLD)), &mut mine, theirs.clone(), Seed::shipped());
        let ids: Vec<&String> = mine.concepts.keys().collect();
        assert_eq!(ids, ["a", "b"]); // c is out; b was changed, so it stays and is told
        assert_eq!(merged.clashes[0].column, "row");
    }

    #[test]
    fn merging_with_oneself_changes_nothing() {
        let one = base(OLD);
        for old in [None, Some(&one)] {
            let mut mine = one.clone();
            let merged = merge(old, &mut mine, one.clone(), Seed::shipped());
            assert_eq!((mine, merged.n_changed), (one.clone(), 0));
        }
    }
}
