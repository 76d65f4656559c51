//! Decisions on their way to texts that were changed since, or were aligned anew.
//!
//! ```text
//! session ─pinned─▶ pipeline::run ─▶ new base, and where each pinned row is in it
//!    └──────────────── carry ◀───────┘
//!                        ├─ what still holds, as one change of the new base
//!                        └─ pinned rows whose texts no longer stand: to look at
//! ```

use std::ops::Range;

use super::event::{
    Change, FindingChange, FindingState, LinkChange, Piece, RowChange, RowField, RowKey,
    RowStatus, SidePiece, TermChange, TermState, TextChange, TextPlace,
};
use super::log::{Base, BaseSegment, Carried, LostRow};
use super::session::{Session, state_of};
use super::state::{Placed, State};
use crate::pipeline::Pinned;
use crate::text::standing::{Place, Standing};
use crate::types::{Pair, Side, parting};

/// Least likeness of a row that may have come of a lost one: shared pairs of letters.
const LIKE: f64 = 0.5;
/// How far around its place a lost row is looked for.
const AROUND: usize = 6;

/// The rows that a person pinned, for [`Request::pinned`](crate::pipeline::Request::pinned).
pub fn pinned(session: &Session) -> Pinned {
    let state = session.state();
    let rows = pinned_rows(state).map(|placed| extent(session, &placed)).collect();
    Pinned { segments: texts(session.base()), rows }
}

/// All rows of the base as if they were pinned: what leads to the same base again whatever the
/// program makes of the texts.
pub fn as_aligned(base: &Base) -> Pinned {
    let place = |segment| Place { segment, byte: 0 };
    let mut at = Pair::new(0, 0);
    let rows = base.beads.iter().map(|&(zh, en, _)| {
        let start = at;
        at = Pair::new(start.zh + zh, start.en + en);
        Pair::new(place(start.zh)..place(at.zh), place(start.en)..place(at.en))
    });
    Pinned { rows: rows.collect(), segments: texts(base) }
}

fn texts(base: &Base) -> Pair<Vec<String>> {
    let texts = |segments: &[BaseSegment]| {
        segments.iter().map(|segment| segment.text.clone()).collect()
    };
    Pair::new(texts(&base.zh), texts(&base.en))
}

fn pinned_rows(state: &State) -> impl Iterator<Item = Placed> + '_ {
    state.placed().filter(|placed| placed.row.status.is_pinned())
}

/// What a row has of both sides of the base.
fn extent(session: &Session, placed: &Placed) -> Pair<Range<Place>> {
    placed.range.clone().map_sides(|side, range| {
        place(session, side, range.start)..place(session, side, range.end)
    })
}

/// Where a piece begins; behind the last one, the end.
fn place(session: &Session, side: Side, index: usize) -> Place {
    let segments = match side {
        Side::Zh => &session.base().zh,
        Side::En => &session.base().en,
    };
    let Some(piece) = session.state().pieces(side).get(index) else {
        return Place { segment: segments.len(), byte: 0 };
    };
    let letters = segments[piece.segment].text.chars().take(piece.from);
    Place { segment: piece.segment, byte: letters.map(char::len_utf8).sum() }
}

/// What the decisions of a review come to on a new base. `beads` are those of the
/// [`pinned`] rows.
pub fn carry(session: &Session, base: &Base, beads: &[Option<usize>]) -> Carried {
    let Ok(now) = state_of(base) else { return Carried::default() };
    let (old_texts, new_texts) = (texts(session.base()), texts(base));
    let standing = Pair::new(Side::Zh, Side::En).map(|side| {
        Standing::new(&borrowed(old_texts.get(side)), &borrowed(new_texts.get(side)))
    });
    let carrier = Carrier { session, base, now, standing };
    carrier.carry(beads)
}

fn borrowed(texts: &[String]) -> Vec<&str> {
    texts.iter().map(String::as_str).collect()
}

struct Carrier<'a> {
    session: &'a Session,
    base: &'a Base,
    /// The new base before anything was decided.
    now: State,
    standing: Pair<Standing>,
}

impl Carrier<'_> {
    fn carry(&self, beads: &[Option<usize>]) -> Carried {
        let mut change = Change { links: self.links(), ..Change::default() };
        let mut lost = Vec::new();
        let rows: Vec<Placed> = pinned_rows(self.session.state()).collect();
        let mut statuses = vec![RowStatus::Auto; self.now.rows().len()];
        let beads: Vec<Option<usize>> = (0..rows.len())
            .map(|row| beads.get(row).copied().flatten().filter(|b| *b < statuses.len()))
            .collect();
        for (at, row) in rows.iter().enumerate() {
            match beads[at] {
                Some(bead) => statuses[bead] = row.row.status,
                None => lost.push(self.lost(row, self.near(row, at, &beads))),
            }
        }
        let is_flagged = |row: &Placed| row.row.status == RowStatus::Look;
        let flagged = self.session.state().placed().filter(is_flagged);
        let flagged = flagged.filter_map(|row| self.row_at(&row));
        let near = lost.iter().filter_map(|row| row.near);
        for bead in flagged.chain(near) {
            if statuses[bead] == RowStatus::Auto {
                statuses[bead] = RowStatus::Look;
            }
        }
        let of_row = |(bead, &now): (usize, &RowStatus)| RowChange {
            row: self.now.key(&self.now.at(bead)),
            field: RowField::Status { was: RowStatus::Auto, now },
        };
        let decided = statuses.iter().enumerate().filter(|(_, s)| **s != RowStatus::Auto);
        change.rows.extend(decided.map(of_row));
        self.pieces(&mut change);
        self.decisions(&mut change);
        Carried { change, lost }
    }

    /// Notes, bookmarks and written texts: they belong to pieces.
    fn pieces(&self, change: &mut Change) {
        let state = self.session.state();
        for side in Side::BOTH {
            for (index, &piece) in state.pieces(side).iter().enumerate() {
                let (note, is_marked) =
                    (state.note(side, piece), state.is_bookmarked(side, piece));
                let at = SidePiece { side, piece };
                let written = [TextPlace::Over(at), TextPlace::Opposite(at)];
                let has_text = written.iter().any(|place| state.text(*place).is_some());
                if note.is_empty() && !is_marked && !has_text {
                    continue;
                }
                let Some(now) = self.piece(side, index) else { continue };
                let mut row = RowKey(Pair::default());
                *row.0.get_mut(side) = Some(now);
                let mut add = |field| change.rows.push(RowChange { row, field });
                if is_marked {
                    add(RowField::Bookmark { was: false, now: true });
                }
                if !note.is_empty() {
                    add(RowField::Note { was: String::new(), now: note.to_owned() });
                }
                let at = SidePiece { side, piece: now };
                for (old, new) in written
                    .into_iter()
                    .zip([TextPlace::Over(at), TextPlace::Opposite(at)])
                {
                    if let Some(text) = state.text(old) {
                        let now = Some(text.to_owned());
                        change.text.push(TextChange { piece: new, was: None, now });
                    }
                }
            }
        }
    }

    /// What is decided of terms and findings stands whatever became of the rows.
    fn decisions(&self, change: &mut Change) {
        let state = self.session.state();
        change.terms.extend(state.terms().map(|((zh, en), now)| TermChange {
            zh: zh.clone(),
            en: en.clone(),
            was: TermState::default(),
            now: now.clone(),
        }));
        change.findings.extend(state.findings().map(|(id, now)| FindingChange {
            id: id.to_owned(),
            was: FindingState::Open,
            now,
        }));
    }

    /// The segment of the new base that a piece is now: all of it, and nothing more.
    fn piece(&self, side: Side, index: usize) -> Option<Piece> {
        let range =
            place(self.session, side, index)..place(self.session, side, index + 1);
        let found = self.standing.get(side).find(range)?;
        let is_whole = found.start.byte == 0
            && found.end == Place { segment: found.start.segment + 1, byte: 0 };
        is_whole.then(|| Piece::whole(found.start.segment))
    }

    /// Ties that a person made, and those that a person took away.
    fn links(&self) -> Vec<LinkChange> {
        let first = |&(zh, en): &(usize, usize)| (Piece::whole(zh), Piece::whole(en));
        let of_base: Vec<_> = self.session.base().links.iter().map(first).collect();
        let mut tied: Vec<_> = self.base.links.iter().map(first).collect();
        let here: Vec<_> =
            self.session.state().links().map(|link| (link.zh, link.en)).collect();
        let now = |(zh, en): (Piece, Piece)| {
            let index = |side: Side, piece: Piece| {
                self.session.state().pieces(side).binary_search(&piece).ok()
            };
            let zh = self.piece(Side::Zh, index(Side::Zh, zh)?)?;
            Some((zh, self.piece(Side::En, index(Side::En, en)?)?))
        };
        let untied = of_base.iter().filter(|link| !here.contains(link));
        let untied: Vec<_> = untied.filter_map(|link| now(*link)).collect();
        let untied: Vec<_> =
            untied.into_iter().filter(|link| tied.contains(link)).collect();
        tied.retain(|link| !untied.contains(link));
        let mut changes: Vec<LinkChange> = untied
            .into_iter()
            .map(|(zh, en)| LinkChange { zh, en, was: true, now: false })
            .collect();
        for link in here.into_iter().filter(|link| !of_base.contains(link)) {
            let Some((zh, en)) = now(link) else { continue };
            let is_free = !tied.iter().any(|tied| tied.0 == zh || tied.1 == en);
            let is_alone = |side, piece| {
                self.now.row_of(side, piece).is_some_and(|row| row.row.is_single())
            };
            if is_free && is_alone(Side::Zh, zh) && is_alone(Side::En, en) {
                tied.push((zh, en));
                changes.push(LinkChange { zh, en, was: false, now: true });
            }
        }
        changes
    }

    /// The row of the new base that has the same texts.
    fn row_at(&self, placed: &Placed) -> Option<usize> {
        let extent = extent(self.session, placed);
        let side =
            Side::BOTH.into_iter().find(|side| !placed.range.get(*side).is_empty())?;
        let found = self.standing.get(side).find(extent.get(side).clone())?;
        let row = self.now.row_of(side, Piece::whole(found.start.segment))?;
        Some(row.index)
    }

    /// The row between the neighbours of a lost one that looks like it.
    fn near(&self, row: &Placed, at: usize, beads: &[Option<usize>]) -> Option<usize> {
        let first = beads[..at].iter().rev().find_map(|bead| *bead).map_or(0, |b| b + 1);
        let last = beads[at + 1..].iter().find_map(|bead| *bead);
        let last = last.unwrap_or(self.now.rows().len());
        // How far it stood behind its neighbour says where to look.
        let n_lost = beads[..at].iter().rev().take_while(|bead| bead.is_none()).count();
        let expected = (first + n_lost).max(self.row_before(row));
        let around = expected.saturating_sub(AROUND).max(first)
            ..(expected + AROUND + 1).min(last).max(first);
        let old = self.old_text(row);
        let likeness = |bead: usize| strsim::sorensen_dice(&old, &self.new_text(bead));
        let best = around.map(|bead| (likeness(bead), bead));
        let best = best.max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.cmp(&a.1)));
        best.filter(|(likeness, _)| *likeness >= LIKE).map(|(_, bead)| bead)
    }

    /// The row behind the nearest text before the row that still stands.
    fn row_before(&self, row: &Placed) -> usize {
        let start = row.range.zh.start;
        let before = (start.saturating_sub(AROUND)..start).rev();
        let stands = |index: usize| {
            let place = |index| place(self.session, Side::Zh, index);
            let found = self.standing.zh.find(place(index)..place(index + 1))?;
            let segment = found.start.segment.min(self.base.zh.len().checked_sub(1)?);
            let row = self.now.row_of(Side::Zh, Piece::whole(segment))?;
            Some(row.index + start - index)
        };
        before.into_iter().find_map(stands).unwrap_or_default()
    }

    fn old_text(&self, row: &Placed) -> String {
        let [zh, en] = Side::BOTH.map(|side| cell(self.session, row, side));
        format!("{zh}\n{en}")
    }

    fn new_text(&self, bead: usize) -> String {
        let placed = self.now.at(bead);
        let of = |side: Side, segments: &[BaseSegment]| {
            let texts = segments[placed.range.get(side).clone()].iter();
            texts.map(|one| one.text.as_str()).collect::<Vec<_>>().join(parting(side))
        };
        let (zh, en) = (of(Side::Zh, &self.base.zh), of(Side::En, &self.base.en));
        format!("{zh}\n{en}")
    }

    fn lost(&self, row: &Placed, near: Option<usize>) -> LostRow {
        let state = self.session.state();
        let (mut notes, mut written) = (Vec::new(), Vec::new());
        for side in Side::BOTH {
            for &piece in &state.pieces(side)[row.range.get(side).clone()] {
                notes.push(state.note(side, piece));
                let at = SidePiece { side, piece };
                let places = [TextPlace::Over(at), TextPlace::Opposite(at)];
                written.extend(places.into_iter().filter_map(|place| state.text(place)));
            }
        }
        notes.retain(|note| !note.is_empty());
        written.retain(|text| !text.is_empty());
        LostRow {
            zh: cell(self.session, row, Side::Zh),
            en: cell(self.session, row, Side::En),
            status: row.row.status,
            note: notes.join("\n"),
            written: written.join("\n"),
            near,
        }
    }
}

/// The text of a side of a row in the base.
fn cell(session: &Session, row: &Placed, side: Side) -> String {
    let pieces = row.range.get(side).clone();
    let texts: Vec<&str> =
        pieces.map(|index| session.original(side, index).trim()).collect();
    texts.join(parting(side))
}
