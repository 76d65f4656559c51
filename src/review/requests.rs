//! What a page asks for, as operations: names and fields in, a change out.

use std::collections::{BTreeMap, BTreeSet};

use super::desk::{Desk, REALIGN};
use super::event::{
    Change, FindingChange, FindingState, Piece, RowKey, RowStatus, SidePiece, TermChange,
    TermState, TextPlace,
};
use super::operations::{self, Refusal};
use super::realign::Stretch;
use super::state::Placed;
use crate::types::{Pair, Side, Status, TermPair};

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
            let joint = |side| joint(desk, &placed, side, fields);
            let joints = Pair::new(joint(Side::Zh)?, joint(Side::En)?);
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

/// The piece that begins so many characters into a side of a row, or the part of one that would;
/// `None` where no place is told.
fn joint(
    desk: &Desk,
    placed: &Placed,
    side: Side,
    fields: &Fields,
) -> Result<Option<Piece>, Fault> {
    let name = match side {
        Side::Zh => "zh",
        Side::En => "en",
    };
    let told = fields.get(name).map_or("", String::as_str);
    if told.is_empty() {
        return Ok(None);
    }
    let mut left: usize = told.parse().map_err(|_| Fault::Field(name))?;
    for index in placed.range.get(side).clone() {
        let piece = desk.state().pieces(side)[index];
        let len = desk.text(side, index).chars().count();
        let over = TextPlace::Over(SidePiece { side, piece });
        if left < len {
            // What a person wrote is no longer the text that a cut is named by.
            let is_written = desk.state().text(over).is_some();
            let joint = Piece { from: piece.from + left, ..piece };
            return match left > 0 && is_written {
                true => Err(Refusal::NoJoint.into()),
                false => Ok(Some(joint)),
            };
        }
        left -= len;
    }
    Err(Refusal::NoJoint.into())
}

/// An operation on terms, by their places. What several can be asked for is a status.
///
/// # Errors
///
/// When there is no such term or operation, or nothing would change.
pub fn terms(
    desk: &Desk,
    ids: &[usize],
    op: &str,
    fields: &Fields,
) -> Result<Deed, Fault> {
    let (op, status) = match (op, ids) {
        ("accept", _) => ("accept", Status::Accepted),
        ("prefer", _) => ("prefer", Status::Preferred),
        ("reject", _) => ("reject", Status::Rejected),
        ("forbid", _) => ("forbid", Status::Forbidden),
        ("candidate", _) => ("reopen", Status::Candidate),
        ("edit", [id]) => return edit_term(desk, *id, fields),
        ("merge", [id]) => return merge_terms(desk, *id, fields),
        ("split", [id]) => return split_term(desk, *id, fields),
        _ => return Err(Fault::Unknown),
    };
    let mut changes = Vec::new();
    for id in ids.iter().copied().collect::<BTreeSet<usize>>() {
        let (pair, was) = term(desk, id)?;
        if desk.status_of(pair) != status {
            let is_reopened =
                status == Status::Candidate && pair.status != Status::Candidate;
            let now = TermState { status, is_reopened, ..was.clone() };
            changes.push(changed(pair, &was, now));
        }
    }
    some_terms(op, changes)
}

/// A term that is one by itself, and what is decided of it.
fn term(desk: &Desk, id: usize) -> Result<(&TermPair, TermState), Fault> {
    let pair = desk.backing.terms.get(id).filter(|_| desk.is_live(id));
    let pair = pair.ok_or(Fault::NotFound)?;
    Ok((pair, desk.state().term(&pair.term)))
}

fn changed(pair: &TermPair, was: &TermState, now: TermState) -> TermChange {
    let Pair { zh, en } = pair.term.clone();
    TermChange { zh, en, was: was.clone(), now }
}

fn some_terms(op: &'static str, mut terms: Vec<TermChange>) -> Result<Deed, Fault> {
    terms.retain(|change| change.was != change.now);
    if terms.is_empty() {
        return Err(Refusal::Nothing.into());
    }
    Ok(Deed::new(op, Change { terms, ..Change::default() }))
}

/// Writes the terms otherwise; the old forms stay as variants.
fn edit_term(desk: &Desk, id: usize, fields: &Fields) -> Result<Deed, Fault> {
    let (pair, was) = term(desk, id)?;
    let mut now = was.clone();
    let mut variants = desk.variants_of(pair);
    let written = desk.written(pair);
    for side in Side::BOTH {
        let (name, edited) = match side {
            Side::Zh => ("zh", &mut now.zh),
            Side::En => ("en", &mut now.en),
        };
        let text = one_line(text(fields, name)?);
        if text.is_empty() {
            return Err(Fault::Field(name));
        }
        if text != *written.get(side) {
            let variants = variants.get_mut(side);
            variants.retain(|form| *form != text);
            variants.push(written.get(side).clone());
        }
        *edited = if text == *pair.term.get(side) { String::new() } else { text };
    }
    now.variants = (variants != pair.variants).then_some((variants.zh, variants.en));
    now.subject = one_line(text(fields, "subject")?);
    now.note = one_line(text(fields, "note")?);
    some_terms("edit", vec![changed(pair, &was, now)])
}

/// Makes the forms of another pair variants of this one: one concept.
fn merge_terms(desk: &Desk, id: usize, fields: &Fields) -> Result<Deed, Fault> {
    let other = fields.get("with").and_then(|with| with.parse().ok());
    let other = other.filter(|other| *other != id).ok_or(Fault::Field("with"))?;
    let ((pair, was), (other, other_was)) = (term(desk, id)?, term(desk, other)?);
    let mut variants = desk.variants_of(pair);
    let (written, more) = (desk.written(pair), desk.written(other));
    let other_variants = desk.variants_of(other);
    for side in Side::BOTH {
        let forms = variants.get_mut(side);
        let more = std::iter::once(more.get(side)).chain(other_variants.get(side));
        for form in more {
            if form != written.get(side) && !forms.contains(form) {
                forms.push(form.clone());
            }
        }
    }
    let Pair { zh, en } = pair.term.clone();
    let now = TermState { variants: Some((variants.zh, variants.en)), ..was.clone() };
    let merged = TermState { merged: Some((zh, en)), ..other_was.clone() };
    some_terms(
        "merge",
        vec![changed(pair, &was, now), changed(other, &other_was, merged)],
    )
}

/// Makes a variant a pair of its own with the term of the other side.
fn split_term(desk: &Desk, id: usize, fields: &Fields) -> Result<Deed, Fault> {
    let (pair, was) = term(desk, id)?;
    let (side, form) = (side(fields)?, text(fields, "form")?);
    let mut variants = desk.variants_of(pair);
    let forms = variants.get_mut(side);
    let at = forms.iter().position(|one| one == form).ok_or(Fault::Field("form"))?;
    let mut term = desk.written(pair);
    *term.get_mut(side) = forms.remove(at);
    let now = TermState { variants: Some((variants.zh, variants.en)), ..was.clone() };
    let new_was = desk.state().term(&term);
    let known = desk.term_id(&(term.zh.clone(), term.en.clone()));
    if known.is_some_and(|known| desk.is_live(known)) {
        // It is a pair already: this one only loses the variant.
        return some_terms("split", vec![changed(pair, &was, now)]);
    }
    let new_now = TermState { split_off: true, merged: None, ..new_was.clone() };
    let new = TermChange { zh: term.zh, en: term.en, was: new_was, now: new_now };
    some_terms("split", vec![changed(pair, &was, now), new])
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
