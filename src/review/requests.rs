//! What a page asks for, as operations: names and fields in, a change out.

use std::collections::BTreeMap;

use super::desk::{Desk, REALIGN};
use super::event::{
    Change, FindingChange, FindingState, Piece, RowKey, RowStatus, TermChange,
};
use super::operations::{self, Refusal};
use super::realign::Stretch;
use crate::types::{Pair, Side, Status};

/// The fields of a request.
pub type Fields = BTreeMap<String, String>;

/// Why a request is none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fault {
    /// There is no such operation.
    Unknown,
    /// There is no such row, term or finding.
    NotFound,
    /// A field is missing, or says nothing that can be done.
    Field(&'static str),
    /// It cannot be done there.
    Refused(Refusal),
}

impl From<Refusal> for Fault {
    fn from(refusal: Refusal) -> Self {
        match refusal {
            Refusal::NoRow(_) => Fault::NotFound,
            refusal => Fault::Refused(refusal),
        }
    }
}

/// What is to be done.
#[derive(Clone, Debug, PartialEq)]
pub struct Deed {
    /// What the log calls it.
    pub op: &'static str,
    /// What changes.
    pub change: Change,
    /// How many rows were passed over.
    pub n_passed: usize,
}

impl Deed {
    fn new(op: &'static str, change: Change) -> Self {
        Self { op, change, n_passed: 0 }
    }
}

/// The longest text that is written into a cell, note or term, in bytes.
const LONGEST: usize = 100_000;

/// An operation on a row.
///
/// # Errors
///
/// When there is no such row or operation, or it cannot be done there.
pub fn row(desk: &Desk, key: RowKey, op: &str, fields: &Fields) -> Result<Deed, Fault> {
    let state = desk.state();
    let placed = state.find(key).ok_or(Fault::NotFound)?;
    let status = placed.row.status;
    let deed = |op, change: Result<Change, Refusal>| Ok(Deed::new(op, change?));
    match op {
        "confirm" => {
            deed("confirm", operations::set_status(state, key, RowStatus::Confirmed))
        }
        "toggle" if status.is_pinned() => {
            deed("reopen", operations::set_status(state, key, RowStatus::Auto))
        }
        "toggle" => {
            deed("confirm", operations::set_status(state, key, RowStatus::Confirmed))
        }
        "confirm-up-to" => {
            let looks = |placed: &_| desk.look(placed).look;
            let (change, n_passed) = operations::confirm_up_to(state, key, looks)?;
            Ok(Deed { op: "confirm", change, n_passed })
        }
        "look" if status == RowStatus::Look => {
            deed("reopen", operations::set_status(state, key, RowStatus::Auto))
        }
        "look" => deed("look", operations::set_status(state, key, RowStatus::Look)),
        "mark" => deed("bookmark", operations::toggle_bookmark(state, key)),
        "note" => {
            deed("note", operations::set_note(state, key, text(fields, "note")?.trim()))
        }
        "merge" => deed("merge", operations::merge(state, key)),
        "merge-above" => {
            let above = placed.index.checked_sub(1).ok_or(Refusal::NothingAbove)?;
            deed("merge", operations::merge(state, state.key(&state.at(above))))
        }
        "split" => {
            let joints = Pair::new(joint(fields, "zh")?, joint(fields, "en")?);
            deed("split", operations::split(state, key, joints))
        }
        "down" => deed("move", operations::move_down(state, key, side(fields)?)),
        "up" => deed("move", operations::move_up(state, key, side(fields)?)),
        "shift-down" => deed("shift", operations::shift_down(state, key, side(fields)?)),
        "shift-up" => deed("shift", operations::shift_up(state, key, side(fields)?)),
        "realign" => {
            let stretch = Stretch::around(desk, placed.index)?;
            let realigner = desk.realigner.as_ref().ok_or(Fault::Unknown)?;
            deed(REALIGN, stretch.change(state, stretch.search(realigner)))
        }
        "other" => {
            let (rows, reading) = desk.reading(&placed).ok_or(Refusal::NoReading)?;
            deed("other", operations::read_otherwise(state, rows, &reading.now))
        }
        "part" => deed("part", operations::part(state, key)),
        "swap" => deed("swap", operations::swap(state, key)),
        "untie" => deed("untie", operations::untie(state, key)),
        "tie" => {
            let to: RowKey = fields
                .get("to")
                .and_then(|to| to.parse().ok())
                .ok_or(Fault::Field("to"))?;
            let (zh, en) = match side(fields)? {
                Side::Zh => (key, to),
                Side::En => (to, key),
            };
            deed("tie", operations::tie(state, zh, en))
        }
        "edit" => {
            let side = side(fields)?;
            let range = placed.range.get(side).clone();
            let originals: Vec<&str> =
                range.map(|index| desk.session.original(side, index)).collect();
            let written = one_line(text(fields, "text")?);
            if written == desk.cell(&placed, side) {
                return Err(Refusal::Nothing.into());
            }
            deed("edit", operations::edit(state, key, side, &written, &originals))
        }
        _ => Err(Fault::Unknown),
    }
}

/// A text without line feeds: a cell is one paragraph.
fn one_line(text: &str) -> String {
    text.replace("\r\n", " ").replace(['\n', '\r'], " ").trim().to_owned()
}

fn text<'a>(fields: &'a Fields, name: &'static str) -> Result<&'a str, Fault> {
    let text = fields.get(name).ok_or(Fault::Field(name))?;
    if text.len() > LONGEST { Err(Fault::Field(name)) } else { Ok(text) }
}

fn side(fields: &Fields) -> Result<Side, Fault> {
    match fields.get("side").map(String::as_str) {
        None | Some("zh") => Ok(Side::Zh),
        Some("en") => Ok(Side::En),
        Some(_) => Err(Fault::Field("side")),
    }
}

fn joint(fields: &Fields, name: &'static str) -> Result<Option<Piece>, Fault> {
    match fields.get(name).map(String::as_str) {
        None | Some("") => Ok(None),
        Some(piece) => piece.parse().map(Some).map_err(|_| Fault::Field(name)),
    }
}

/// An operation on a term.
///
/// # Errors
///
/// When there is no such term or operation, or nothing would change.
pub fn term(desk: &Desk, id: usize, op: &str, fields: &Fields) -> Result<Deed, Fault> {
    let pair = &desk.backing.terms.get(id).ok_or(Fault::NotFound)?.term;
    let was = desk.state().term(pair);
    let mut now = was.clone();
    let op = match op {
        "accept" => {
            now.status = Status::Accepted;
            "accept"
        }
        "prefer" => {
            now.status = Status::Preferred;
            "prefer"
        }
        "reject" => {
            now.status = Status::Rejected;
            "reject"
        }
        "forbid" => {
            now.status = Status::Forbidden;
            "forbid"
        }
        "candidate" => {
            now.status = Status::Candidate;
            "reopen"
        }
        "edit" => {
            let edited = |name, proposed: &String| -> Result<String, Fault> {
                let text = one_line(text(fields, name)?);
                if text.is_empty() {
                    return Err(Fault::Field(name));
                }
                Ok(if text == *proposed { String::new() } else { text })
            };
            now.zh = edited("zh", &pair.zh)?;
            now.en = edited("en", &pair.en)?;
            now.subject = one_line(text(fields, "subject")?);
            now.note = one_line(text(fields, "note")?);
            "edit"
        }
        _ => return Err(Fault::Unknown),
    };
    if was == now {
        return Err(Refusal::Nothing.into());
    }
    let (zh, en) = (pair.zh.clone(), pair.en.clone());
    let terms = vec![TermChange { zh, en, was, now }];
    Ok(Deed::new(op, Change { terms, ..Change::default() }))
}

/// An operation on a finding.
///
/// # Errors
///
/// When there is no such finding or operation, or nothing would change.
pub fn finding(desk: &Desk, id: &str, op: &str) -> Result<Deed, Fault> {
    let all = &desk.backing.findings;
    let this =
        all.iter().find(|one| one.finding.fingerprint == id).ok_or(Fault::NotFound)?;
    let this = &this.finding;
    let (op, now) = match op {
        "accept" => ("accept", FindingState::Accepted),
        "alike" => ("accept-alike", FindingState::Accepted),
        "fault" => ("fault", FindingState::Fault),
        "open" => ("reopen", FindingState::Open),
        _ => return Err(Fault::Unknown),
    };
    let is_alike = |other: &crate::check::Finding| {
        let marked = |side| other.marked(side) == this.marked(side);
        op == "accept-alike"
            && other.kind == this.kind
            && marked(Side::Zh)
            && marked(Side::En)
            && !(this.marked(Side::Zh).is_empty() && this.marked(Side::En).is_empty())
    };
    let changes = all.iter().map(|one| &one.finding).filter_map(|other| {
        let is_meant = other.fingerprint == id || is_alike(other);
        let was = desk.state().finding(&other.fingerprint);
        let id = other.fingerprint.clone();
        (is_meant && was != now).then_some(FindingChange { id, was, now })
    });
    let findings: Vec<FindingChange> = changes.collect();
    if findings.is_empty() {
        return Err(Refusal::Nothing.into());
    }
    Ok(Deed::new(op, Change { findings, ..Change::default() }))
}
