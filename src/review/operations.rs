//! What a reviewer can ask for, as changes. Pure: each looks at a state and gives the change
//! that would do it, or says why it cannot be done.
//!
//! ```text
//!   merge         split          move down      part           shift down from b
//!  a x │ ab x    ab x │ a x      ab x │ a x     a x │ a        a x │ a x      every cell of
//!  b   │            y │ b y       c y │ bc y        │   x      b y │ b        the side, up to
//!                                                              c   │ c y      an empty one
//! ```
//!
//! Rows whose pieces a person has laid together are *corrected* and have no score: the
//! aligner's belongs to other rows.

use std::ops::Range;

use super::event::{
    BeadsChange, Change, LinkChange, Piece, Row, RowChange, RowField, RowKey, RowStatus,
    SidePiece, TextChange, TextPlace,
};
use super::state::{Placed, State};
use crate::types::{Pair, Side};

/// Most pieces that a side of a row may have: the aligner's beads count in a byte.
pub const MOST_PIECES: usize = 255;

/// Why an operation is not to be had.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Refusal {
    /// There is no row of that name.
    #[error("there is no row {0}")]
    NoRow(RowKey),
    /// It needs a row below, and there is none.
    #[error("there is no row below")]
    NothingBelow,
    /// It needs a row above, and there is none.
    #[error("there is no row above")]
    NothingAbove,
    /// The side has nothing that could be moved, cut or tied.
    #[error("this side is empty")]
    EmptySide,
    /// The row cannot be cut there.
    #[error("the row cannot be cut there")]
    NoJoint,
    /// One side is empty already.
    #[error("one side is empty already")]
    Single,
    /// The row beside is pinned, and a whole side cannot be moved into it.
    #[error("the row beside is confirmed")]
    Pinned,
    /// There is no other reading of the row.
    #[error("there is no other reading")]
    NoReading,
    /// A side would have more pieces than a row may have.
    #[error("a side of a row has at most {MOST_PIECES} pieces")]
    TooMany,
    /// It would change nothing.
    #[error("there is nothing to change")]
    Nothing,
}

type Outcome = Result<Change, Refusal>;

/// Gives a row a status.
///
/// # Errors
///
/// If there is no such row, or it has that status.
pub fn set_status(state: &State, key: RowKey, now: RowStatus) -> Outcome {
    let row = find(state, key)?.row;
    if row.status == now {
        return Err(Refusal::Nothing);
    }
    let field = RowField::Status { was: row.status, now };
    Ok(Change { rows: vec![RowChange { row: key, field }], ..Change::default() })
}

/// Confirms the rows from behind the last pinned one up to this, but for those to look at.
///
/// Tells how many were passed over.
///
/// # Errors
///
/// If there is no such row, or none is left to confirm.
pub fn confirm_up_to(
    state: &State,
    key: RowKey,
    is_to_look_at: impl Fn(&Placed) -> bool,
) -> Result<(Change, usize), Refusal> {
    let last = find(state, key)?.index;
    let is_pinned = |index: &usize| state.rows()[*index].status.is_pinned();
    let first = (0..last).rev().find(is_pinned).map_or(0, |pinned| pinned + 1);
    let (mut rows, mut n_passed) = (Vec::new(), 0);
    for placed in (first..=last).map(|index| state.at(index)) {
        if placed.row.status.is_pinned() {
            continue;
        }
        if is_to_look_at(&placed) {
            n_passed += 1;
            continue;
        }
        let field =
            RowField::Status { was: placed.row.status, now: RowStatus::Confirmed };
        rows.push(RowChange { row: state.key(&placed), field });
    }
    if rows.is_empty() {
        return Err(Refusal::Nothing);
    }
    Ok((Change { rows, ..Change::default() }, n_passed))
}

/// Sets a bookmark on a row, or takes it away.
///
/// # Errors
///
/// If there is no such row.
pub fn toggle_bookmark(state: &State, key: RowKey) -> Outcome {
    let marked: Vec<SidePiece> = pieces_of(state, &find(state, key)?)
        .filter(|at| state.is_bookmarked(at.side, at.piece))
        .collect();
    let change = |at: SidePiece, now: bool| RowChange {
        row: alone(at),
        field: RowField::Bookmark { was: !now, now },
    };
    let rows = if marked.is_empty() {
        vec![change(first_piece(key), true)]
    } else {
        marked.into_iter().map(|at| change(at, false)).collect()
    };
    Ok(Change { rows, ..Change::default() })
}

/// Writes the note of a row; empty takes it away.
///
/// # Errors
///
/// If there is no such row, or that is its note.
pub fn set_note(state: &State, key: RowKey, note: &str) -> Outcome {
    let placed = find(state, key)?;
    let first = first_piece(key);
    let rows: Vec<RowChange> = pieces_of(state, &placed)
        .filter_map(|at| {
            let was = state.note(at.side, at.piece);
            let now = if at == first { note } else { "" };
            let field = RowField::Note { was: was.to_owned(), now: now.to_owned() };
            (was != now).then(|| RowChange { row: alone(at), field })
        })
        .collect();
    some(Change { rows, ..Change::default() })
}

/// Joins a row with the one below.
///
/// # Errors
///
/// If there is no such row, none below it, or a side would have too many pieces.
pub fn merge(state: &State, key: RowKey) -> Outcome {
    let first = find(state, key)?;
    let below = state.rows().get(first.index + 1).ok_or(Refusal::NothingBelow)?;
    let n = first.row.n.map_sides(|side, n| n + below.n.get(side));
    rebuild(state, first.index..first.index + 2, vec![corrected(n)], Vec::new())
}

/// Cuts a row in two. `joints` is where the second row begins on each side: a piece of the
/// row but its first, or a place inside one, that is cut then. A side without a joint stays
/// whole in the first row.
///
/// # Errors
///
/// If there is no such row, or it cannot be cut there.
pub fn split(state: &State, key: RowKey, joints: Pair<Option<Piece>>) -> Outcome {
    let placed = find(state, key)?;
    let (mut upper, mut lower) = (placed.row.n, Pair::new(0, 0));
    let mut cuts = Vec::new();
    for side in Side::BOTH {
        let Some(joint) = *joints.get(side) else { continue };
        let range = placed.range.get(side).clone();
        let pieces = &state.pieces(side)[range.clone()];
        let (at, n) = match pieces.binary_search(&joint) {
            Ok(at) => (at, pieces.len()),
            Err(at) => {
                // Inside of the piece before, and not behind its end.
                let before = at.checked_sub(1).ok_or(Refusal::NoJoint)?;
                let span = state.span(side, range.start + before);
                let is_inside =
                    pieces[before].segment == joint.segment && joint.from < span.end;
                let place = SidePiece { side, piece: pieces[before] };
                if !is_inside || state.text(TextPlace::Over(place)).is_some() {
                    return Err(Refusal::NoJoint);
                }
                cuts.push(SidePiece { side, piece: joint });
                (at, pieces.len() + 1)
            }
        };
        (*upper.get_mut(side), *lower.get_mut(side)) = (at, n - at);
    }
    if upper.zh + upper.en == 0 || lower.zh + lower.en == 0 {
        return Err(Refusal::NoJoint);
    }
    let rows = placed.index..placed.index + 1;
    rebuild(state, rows, vec![corrected(upper), corrected(lower)], cuts)
}

/// Moves the last piece of a cell into the row below.
///
/// # Errors
///
/// If there is no such row, none below it, or the cell is empty.
pub fn move_down(state: &State, key: RowKey, side: Side) -> Outcome {
    let placed = find(state, key)?;
    let below = state.rows().get(placed.index + 1).ok_or(Refusal::NothingBelow)?;
    let rows = placed.index..placed.index + 2;
    move_piece(state, rows, placed.row.n, below.n, side)
}

/// Moves the first piece of a cell into the row above.
///
/// # Errors
///
/// If there is no such row, none above it, or the cell is empty.
pub fn move_up(state: &State, key: RowKey, side: Side) -> Outcome {
    let placed = find(state, key)?;
    let above = placed.index.checked_sub(1).ok_or(Refusal::NothingAbove)?;
    let n = state.rows()[above].n;
    let (mut upper, mut lower) = (n, placed.row.n);
    let left = lower.get(side).checked_sub(1).ok_or(Refusal::EmptySide)?;
    *lower.get_mut(side) = left;
    *upper.get_mut(side) += 1;
    rebuild(state, above..above + 2, both(upper, lower), Vec::new())
}

fn move_piece(
    state: &State,
    rows: Range<usize>,
    mut upper: Pair<usize>,
    mut lower: Pair<usize>,
    side: Side,
) -> Outcome {
    let left = upper.get(side).checked_sub(1).ok_or(Refusal::EmptySide)?;
    *upper.get_mut(side) = left;
    *lower.get_mut(side) += 1;
    rebuild(state, rows, both(upper, lower), Vec::new())
}

/// Two rows, corrected; one that is left empty goes.
fn both(upper: Pair<usize>, lower: Pair<usize>) -> Vec<Row> {
    let rows = [upper, lower].into_iter();
    rows.filter(|n| n.zh + n.en > 0).map(corrected).collect()
}

/// Moves all cells of a side one row down, from a row up to the next empty cell of that side
/// or the next pin. What has no row to go to then stands alone.
///
/// # Errors
///
/// If there is no such row, or its cell is empty.
pub fn shift_down(state: &State, key: RowKey, side: Side) -> Outcome {
    let first = find(state, key)?.index;
    if *state.rows()[first].n.get(side) == 0 {
        return Err(Refusal::EmptySide);
    }
    let is_free = |index: &usize| {
        let row = &state.rows()[*index];
        row.status.is_pinned() || *row.n.get(side) == 0
    };
    let end = (first + 1..state.rows().len()).find(is_free);
    let takes = end.is_some_and(|end| !state.rows()[end].status.is_pinned());
    let end = end.unwrap_or(state.rows().len());
    let end = if takes { end + 1 } else { end };
    let mut rows = Vec::new();
    let mut carried = 0;
    for row in &state.rows()[first..end] {
        let mut n = row.n;
        std::mem::swap(n.get_mut(side), &mut carried);
        rows.push(n);
    }
    if carried > 0 {
        let mut n = Pair::new(0, 0);
        *n.get_mut(side) = carried;
        rows.push(n);
    }
    rebuild(state, first..end, loose(rows), Vec::new())
}

/// Moves all cells of a side one row up, from a row up to the next empty cell of that side or
/// the next pin. The cell of the row itself joins the one above.
///
/// # Errors
///
/// If there is no such row, or its cell has no row above that may take it.
pub fn shift_up(state: &State, key: RowKey, side: Side) -> Outcome {
    let here = find(state, key)?.index;
    let own = *state.rows()[here].n.get(side);
    let first = match own {
        0 => here,
        _ => here.checked_sub(1).ok_or(Refusal::NothingAbove)?,
    };
    if own > 0 && state.rows()[first].status.is_pinned() {
        return Err(Refusal::Pinned);
    }
    let is_end = |index: &usize| {
        let row = &state.rows()[*index];
        row.status.is_pinned() || *row.n.get(side) == 0
    };
    let end = (here + 1..state.rows().len()).find(is_end).unwrap_or(state.rows().len());
    let mut rows: Vec<Pair<usize>> =
        state.rows()[first..end].iter().map(|row| row.n).collect();
    if own > 0 {
        *rows[0].get_mut(side) += own;
    }
    let from = here - first;
    for at in from..rows.len() {
        let next = rows.get(at + 1).map_or(0, |next| *next.get(side));
        *rows[at].get_mut(side) = next;
    }
    rebuild(state, first..end, loose(rows), Vec::new())
}

/// Parts the two sides of a row.
///
/// # Errors
///
/// If there is no such row, or one of its sides is empty.
pub fn part(state: &State, key: RowKey) -> Outcome {
    let placed = find(state, key)?;
    if placed.row.is_single() {
        return Err(Refusal::Single);
    }
    let rows = placed.index..placed.index + 1;
    rebuild(state, rows, sides(placed.row.n).map(corrected).to_vec(), Vec::new())
}

/// The two sides of a row, each alone.
fn sides(n: Pair<usize>) -> [Pair<usize>; 2] {
    [Pair::new(n.zh, 0), Pair::new(0, n.en)]
}

/// Exchanges the English of a row and the one below: both pairs are tied across.
///
/// # Errors
///
/// If there is no such row, none below it, or a cell of the two is empty.
pub fn swap(state: &State, key: RowKey) -> Outcome {
    let upper = find(state, key)?;
    if upper.index + 1 == state.rows().len() {
        return Err(Refusal::NothingBelow);
    }
    let lower = state.at(upper.index + 1);
    if upper.row.is_single() || lower.row.is_single() {
        return Err(Refusal::EmptySide);
    }
    let rows = [upper.row.n, lower.row.n].into_iter().flat_map(sides).map(corrected);
    let range = upper.index..upper.index + 2;
    let mut change = rebuild(state, range, rows.collect(), Vec::new())?;
    let first =
        |placed: &Placed, side: Side| state.pieces(side)[placed.range.get(side).start];
    let tie = |zh: &Placed, en: &Placed| LinkChange {
        zh: first(zh, Side::Zh),
        en: first(en, Side::En),
        was: false,
        now: true,
    };
    change.links.extend([tie(&upper, &lower), tie(&lower, &upper)]);
    Ok(change)
}

/// Ties the Chinese of a row to the English of another. Rows that have another side are
/// parted first.
///
/// # Errors
///
/// If there is no such row, a side is empty, or they are one pair already.
pub fn tie(state: &State, zh: RowKey, en: RowKey) -> Outcome {
    let places = Pair::new(find(state, zh)?, find(state, en)?);
    if places.zh.index == places.en.index {
        return Err(Refusal::Nothing);
    }
    if places.zh.row.n.zh == 0 || places.en.row.n.en == 0 {
        return Err(Refusal::EmptySide);
    }
    let (first, last) =
        (places.zh.index.min(places.en.index), places.zh.index.max(places.en.index));
    let mut links = untied(state, first..first + 1);
    links.extend(untied(state, last..last + 1));
    links.sort_by_key(|link| (link.zh, link.en));
    links.dedup();
    let rows = (first..=last).flat_map(|index| {
        let row = state.rows()[index];
        let is_parted = (index == first || index == last) && !row.is_single();
        if is_parted { sides(row.n).map(corrected).to_vec() } else { vec![row] }
    });
    let are_alone = places.zh.row.is_single() && places.en.row.is_single();
    let mut change = match are_alone {
        true => Change::default(),
        false => tiled(state, first..last + 1, rows.collect(), Vec::new())?,
    };
    let piece =
        |placed: &Placed, side: Side| state.pieces(side)[placed.range.get(side).start];
    let link = LinkChange {
        zh: piece(&places.zh, Side::Zh),
        en: piece(&places.en, Side::En),
        was: false,
        now: true,
    };
    let is_tied = state.links().any(|pair| pair.zh == link.zh && pair.en == link.en);
    if is_tied {
        return Err(Refusal::Nothing);
    }
    change.links = links;
    change.links.push(link);
    Ok(change)
}

/// Takes away the ties of a row.
///
/// # Errors
///
/// If there is no such row, or it is not tied.
pub fn untie(state: &State, key: RowKey) -> Outcome {
    let placed = find(state, key)?;
    let links = untied(state, placed.index..placed.index + 1);
    some(Change { links, ..Change::default() })
}

/// Writes a side of a row: over its first piece, the other pieces being emptied; where the
/// side is empty, opposite of the other. The row is corrected.
///
/// `originals` are the texts of the base of each piece of the side; a text that is the
/// original again is no longer written over.
///
/// # Errors
///
/// If there is no such row, or that is its text.
pub fn edit(
    state: &State,
    key: RowKey,
    side: Side,
    text: &str,
    originals: &[&str],
) -> Outcome {
    let placed = find(state, key)?;
    let range = placed.range.get(side).clone();
    let mut change = Change::default();
    let mut write = |piece: TextPlace, now: Option<&str>| {
        let was = state.text(piece);
        if was != now {
            let (was, now) = (was.map(ToOwned::to_owned), now.map(ToOwned::to_owned));
            change.text.push(TextChange { piece, was, now });
        }
    };
    if range.is_empty() {
        let first = first_piece(key);
        write(TextPlace::Opposite(first), Some(text).filter(|text| !text.is_empty()));
    } else {
        let whole = originals.join(match side {
            Side::Zh => "",
            Side::En => " ",
        });
        for (n, piece) in state.pieces(side)[range].iter().enumerate() {
            let now = if n == 0 { text } else { "" };
            let place = TextPlace::Over(SidePiece { side, piece: *piece });
            write(place, Some(now).filter(|_| text != whole));
        }
    }
    if change.text.is_empty() {
        return Err(Refusal::Nothing);
    }
    if placed.row.status != RowStatus::Corrected {
        let field =
            RowField::Status { was: placed.row.status, now: RowStatus::Corrected };
        change.rows.push(RowChange { row: key, field });
    }
    Ok(change)
}

/// Puts other rows in place of some, as the aligner found them anew.
///
/// # Errors
///
/// If the rows are these already.
pub fn realign(state: &State, rows: Range<usize>, now: Vec<Row>) -> Outcome {
    if state.rows().get(rows.clone()) == Some(&now[..]) {
        return Err(Refusal::Nothing);
    }
    rebuild(state, rows, now, Vec::new())
}

/// Takes another reading of some rows: as many pieces for each.
///
/// # Errors
///
/// If it does not hold what the rows hold.
pub fn read_otherwise(state: &State, rows: Range<usize>, now: &[Pair<usize>]) -> Outcome {
    rebuild(state, rows, now.iter().copied().map(corrected).collect(), Vec::new())
}

/// A row that a person made.
fn corrected(n: Pair<usize>) -> Row {
    Row { n, score: None, status: RowStatus::Corrected }
}

/// Rows that were moved without being looked at; those left empty go.
fn loose(rows: Vec<Pair<usize>>) -> Vec<Row> {
    let rows = rows.into_iter().filter(|n| n.zh + n.en > 0);
    rows.map(|n| Row { n, score: None, status: RowStatus::Auto }).collect()
}

/// Puts rows in place of others and undoes their ties.
fn rebuild(
    state: &State,
    rows: Range<usize>,
    now: Vec<Row>,
    cuts: Vec<SidePiece>,
) -> Outcome {
    let links = untied(state, rows.clone());
    Ok(Change { links, ..tiled(state, rows, now, cuts)? })
}

/// Puts rows in place of others.
fn tiled(
    state: &State,
    rows: Range<usize>,
    now: Vec<Row>,
    cuts: Vec<SidePiece>,
) -> Outcome {
    if now.iter().any(|row| row.n.zh > MOST_PIECES || row.n.en > MOST_PIECES) {
        return Err(Refusal::TooMany);
    }
    let start = state.at(rows.start).range.map(|range| range.start);
    let from = start.map_sides(|side, start| state.pieces(side).get(start).copied());
    let was = state.rows()[rows].to_vec();
    if was == now {
        return Err(Refusal::Nothing);
    }
    let beads = BeadsChange { from: (from.zh, from.en), was, now };
    Ok(Change { beads: Some(beads), cuts, ..Change::default() })
}

/// The ties of some rows, undone.
fn untied(state: &State, rows: Range<usize>) -> Vec<LinkChange> {
    let has = |side: Side, piece: Piece| {
        state.row_of(side, piece).is_some_and(|placed| rows.contains(&placed.index))
    };
    let here = |link: &Pair<Piece>| has(Side::Zh, link.zh) || has(Side::En, link.en);
    let undone =
        |Pair { zh, en }: Pair<Piece>| LinkChange { zh, en, was: true, now: false };
    state.links().filter(here).map(undone).collect()
}

fn find(state: &State, key: RowKey) -> Result<Placed, Refusal> {
    state.find(key).ok_or(Refusal::NoRow(key))
}

fn some(change: Change) -> Outcome {
    if change.is_empty() { Err(Refusal::Nothing) } else { Ok(change) }
}

/// The piece that marks of a row are put on.
fn first_piece(key: RowKey) -> SidePiece {
    match (key.0.zh, key.0.en) {
        (Some(piece), _) => SidePiece { side: Side::Zh, piece },
        (None, piece) => {
            let piece = piece.expect("a key names a piece");
            SidePiece { side: Side::En, piece }
        }
    }
}

/// The name of a piece alone.
fn alone(at: SidePiece) -> RowKey {
    let mut key = Pair::default();
    *key.get_mut(at.side) = Some(at.piece);
    RowKey(key)
}

fn pieces_of<'a>(
    state: &'a State,
    placed: &Placed,
) -> impl Iterator<Item = SidePiece> + use<'a> {
    let ranges = placed.range.clone();
    Side::BOTH.into_iter().flat_map(move |side| {
        let pieces = &state.pieces(side)[ranges.get(side).clone()];
        pieces.iter().map(move |&piece| SidePiece { side, piece })
    })
}
