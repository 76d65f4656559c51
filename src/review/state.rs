//! What a review has made of the alignment so far: base and events, applied.
//!
//! Rows always tile the pieces of both documents. A change is applied whole or not at all: it
//! is checked against what is there before a byte is moved, so that an event of another base,
//! or of a damaged log, can change nothing.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::event::{
    BeadsChange, Change, FindingChange, FindingState, LinkChange, Piece, Row, RowChange,
    RowField, RowKey, SidePiece, TermChange, TermState, TextChange, TextPlace,
};
use crate::types::{Pair, Side};

/// Why a change does not fit.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Mismatch {
    /// No row begins there.
    #[error("there is no row {0}")]
    NoRow(String),
    /// The rows are others than the change says they were.
    #[error("the rows at {0} are others by now")]
    Rows(String),
    /// The new rows do not tile the pieces of the old ones.
    #[error("the new rows do not hold what the old ones held")]
    Untiled,
    /// A cut that is none: outside of a piece, or where one begins already.
    #[error("{0} is no place for a cut")]
    Cut(String),
    /// A mark, text, tie or decision is another than the change says it was.
    #[error("{0} is another by now")]
    Was(String),
}

/// The rows, texts and decisions of a review at one moment.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct State {
    /// Length of each segment of the base, in characters.
    segments: Pair<Vec<usize>>,
    pieces: Pair<Vec<Piece>>,
    rows: Vec<Row>,
    /// For each row, how many pieces of each side stand before it.
    starts: Vec<Pair<usize>>,
    texts: BTreeMap<TextPlace, String>,
    bookmarks: BTreeSet<SidePiece>,
    notes: BTreeMap<SidePiece, String>,
    /// By Chinese piece, the English piece it is tied to.
    links: BTreeMap<Piece, Piece>,
    terms: BTreeMap<(String, String), TermState>,
    findings: BTreeMap<String, FindingState>,
}

/// A row with its place.
#[derive(Clone, Debug, PartialEq)]
pub struct Placed {
    /// Its index.
    pub index: usize,
    /// The row.
    pub row: Row,
    /// Its pieces: indices into [`State::pieces`].
    pub range: Pair<Range<usize>>,
}

impl State {
    /// The rows of a base; `None` if they do not tile its segments.
    ///
    /// `segments` are the lengths of the segments in characters.
    pub fn new(segments: Pair<Vec<usize>>, rows: Vec<Row>) -> Option<Self> {
        let sum = |side| rows.iter().map(|row| *row.n.get(side)).sum::<usize>();
        let is_tiled =
            Side::BOTH.iter().all(|&side| sum(side) == segments.get(side).len());
        let has_empty = rows.iter().any(|row| row.n.zh + row.n.en == 0);
        if !is_tiled || has_empty {
            return None;
        }
        let pieces =
            segments.as_ref().map(|all| (0..all.len()).map(Piece::whole).collect());
        let mut state = Self { segments, pieces, ..Self::default() };
        state.replace(0..0, &rows);
        Some(state)
    }

    /// The rows, in order.
    pub fn rows(&self) -> &[Row] {
        &self.rows
    }

    /// The pieces of a side, in order.
    pub fn pieces(&self, side: Side) -> &[Piece] {
        self.pieces.get(side)
    }

    /// The rows with their places, in order.
    pub fn placed(&self) -> impl ExactSizeIterator<Item = Placed> + '_ {
        (0..self.rows.len()).map(|index| self.at(index))
    }

    /// A row with its place.
    ///
    /// # Panics
    ///
    /// If there is no row of that index.
    pub fn at(&self, index: usize) -> Placed {
        let (row, start) = (self.rows[index], self.starts[index]);
        let range = start.map_sides(|side, start| start..start + row.n.get(side));
        Placed { index, row, range }
    }

    /// The name of a row: its first pieces.
    pub fn key(&self, placed: &Placed) -> RowKey {
        let first = |side: Side| {
            let range = placed.range.get(side);
            (!range.is_empty()).then(|| self.pieces.get(side)[range.start])
        };
        RowKey(Pair::new(first(Side::Zh), first(Side::En)))
    }

    /// The row of that name.
    pub fn find(&self, key: RowKey) -> Option<Placed> {
        let placed = match (key.0.zh, key.0.en) {
            (Some(piece), _) => self.row_of(Side::Zh, piece),
            (None, Some(piece)) => self.row_of(Side::En, piece),
            (None, None) => None,
        }?;
        (self.key(&placed) == key).then_some(placed)
    }

    /// The row that has a piece.
    pub fn row_of(&self, side: Side, piece: Piece) -> Option<Placed> {
        let at = self.pieces.get(side).binary_search(&piece).ok()?;
        // Rows that are empty on this side begin where the next one does: the last counts.
        let behind = self.starts.partition_point(|start| *start.get(side) <= at);
        behind.checked_sub(1).map(|index| self.at(index))
    }

    /// The stretch of its segment that a piece is, in characters.
    pub fn span(&self, side: Side, index: usize) -> Range<usize> {
        let pieces = self.pieces.get(side);
        let piece = pieces[index];
        let next = pieces.get(index + 1).filter(|next| next.segment == piece.segment);
        piece.from..next.map_or(self.segments.get(side)[piece.segment], |next| next.from)
    }

    /// What was written there.
    pub fn text(&self, place: TextPlace) -> Option<&str> {
        self.texts.get(&place).map(String::as_str)
    }

    /// Was nothing written anywhere?
    pub fn has_no_texts(&self) -> bool {
        self.texts.is_empty()
    }

    /// The note on a piece; empty for none.
    pub fn note(&self, side: Side, piece: Piece) -> &str {
        self.notes.get(&SidePiece { side, piece }).map_or("", String::as_str)
    }

    /// Is a piece bookmarked?
    pub fn is_bookmarked(&self, side: Side, piece: Piece) -> bool {
        self.bookmarks.contains(&SidePiece { side, piece })
    }

    /// The passages that are tied across the rows, first piece to first piece.
    pub fn links(&self) -> impl Iterator<Item = Pair<Piece>> + '_ {
        self.links.iter().map(|(&zh, &en)| Pair::new(zh, en))
    }

    /// What is decided of a term, by the form in which it was proposed.
    pub fn term(&self, term: &Pair<String>) -> TermState {
        let key = (term.zh.clone(), term.en.clone());
        self.terms.get(&key).cloned().unwrap_or_default()
    }

    /// The terms that something is decided of.
    pub fn terms(&self) -> impl Iterator<Item = (&(String, String), &TermState)> {
        self.terms.iter()
    }

    /// What is decided of a finding.
    pub fn finding(&self, id: &str) -> FindingState {
        self.findings.get(id).copied().unwrap_or_default()
    }

    /// The findings that something is decided of.
    pub fn findings(&self) -> impl Iterator<Item = (&str, FindingState)> {
        self.findings.iter().map(|(id, state)| (id.as_str(), *state))
    }

    /// Applies a change.
    ///
    /// # Errors
    ///
    /// If it does not fit what is there; then nothing is changed.
    pub fn apply(&mut self, change: &Change) -> Result<(), Mismatch> {
        if change.beads.is_none() && !change.cuts.is_empty() {
            return Err(Mismatch::Untiled);
        }
        self.take(&steps(change), Direction::Forth)
    }

    /// Takes a change back that was applied.
    ///
    /// # Errors
    ///
    /// If what it made is no longer there; then nothing is changed.
    pub fn revert(&mut self, change: &Change) -> Result<(), Mismatch> {
        let mut steps = steps(change);
        steps.reverse();
        self.take(&steps, Direction::Back)
    }

    /// Takes all steps, or none.
    fn take(&mut self, steps: &[Step<'_>], to: Direction) -> Result<(), Mismatch> {
        for (n, step) in steps.iter().enumerate() {
            if let Err(mismatch) = self.step(step, to) {
                for step in steps[..n].iter().rev() {
                    self.step(step, to.turned())
                        .expect("a step just taken can be taken back");
                }
                return Err(mismatch);
            }
        }
        Ok(())
    }

    /// Takes one step; one that does not fit changes nothing.
    fn step(&mut self, step: &Step<'_>, to: Direction) -> Result<(), Mismatch> {
        match *step {
            Step::Tie(link) => self.tie(link, to),
            Step::Beads(beads, cuts) => match to {
                Direction::Forth => self.rebuild(beads, cuts),
                Direction::Back => self.restore(beads, cuts),
            },
            Step::Text(text) => {
                let (was, now) = to.order(text.was.as_ref(), text.now.as_ref());
                self.write(text.piece, was, now)
            }
            Step::Row(row) => self.mark(row, to),
            Step::Term(term) => {
                let (was, now) = to.order(&term.was, &term.now);
                self.decide(&term.zh, &term.en, was, now)
            }
            Step::Finding(one) => {
                let (was, now) = to.order(one.was, one.now);
                self.judge(&one.id, was, now)
            }
        }
    }

    fn tie(&mut self, link: &LinkChange, to: Direction) -> Result<(), Mismatch> {
        let (was, now) = to.order(link.was, link.now);
        let name = || Mismatch::Was(format!("the tie of {} and {}", link.zh, link.en));
        let is_tied = self.links.get(&link.zh) == Some(&link.en);
        let is_free = !self.links.contains_key(&link.zh)
            && !self.links.values().any(|en| *en == link.en);
        let has = |side, piece| self.pieces(side).binary_search(&piece).is_ok();
        let is_there = has(Side::Zh, link.zh) && has(Side::En, link.en);
        if is_tied != was || now && !was && !(is_free && is_there) {
            return Err(name());
        }
        if now {
            self.links.insert(link.zh, link.en);
        } else {
            self.links.remove(&link.zh);
        }
        Ok(())
    }

    /// The index of the first row that begins at these pieces.
    fn place(&self, from: (Option<Piece>, Option<Piece>)) -> Result<Placed, Mismatch> {
        let name =
            |piece: Option<Piece>| piece.map_or_else(String::new, |p| p.to_string());
        let at = |side: Side, piece: Option<Piece>| match piece {
            Some(piece) => self.pieces(side).binary_search(&piece).ok(),
            None => Some(self.pieces(side).len()),
        };
        let none = || Mismatch::NoRow(format!("{}~{}", name(from.0), name(from.1)));
        let zh = at(Side::Zh, from.0).ok_or_else(none)?;
        let en = at(Side::En, from.1).ok_or_else(none)?;
        let at =
            self.starts.binary_search_by_key(&(zh, en), |start| (start.zh, start.en));
        at.map(|index| self.at(index)).map_err(|_| none())
    }

    /// Cuts, then puts the new rows in place of the old.
    fn rebuild(
        &mut self,
        beads: &BeadsChange,
        cuts: &[SidePiece],
    ) -> Result<(), Mismatch> {
        let first = self.place(beads.from)?;
        self.expect(&first, &beads.was)?;
        let old = extent(&first, &beads.was);
        let added = Pair::new(Side::Zh, Side::En)
            .map(|side| cuts.iter().filter(|cut| cut.side == side).count());
        for side in Side::BOTH {
            let n: usize = beads.now.iter().map(|row| *row.n.get(side)).sum();
            if n != old.get(side).len() + added.get(side) {
                return Err(Mismatch::Untiled);
            }
        }
        if beads.now.iter().any(|row| row.n.zh + row.n.en == 0) {
            return Err(Mismatch::Untiled);
        }
        let is_rising = |side: Side| {
            cuts.iter().filter(|cut| cut.side == side).is_sorted_by(|a, b| a < b)
        };
        if !Side::BOTH.into_iter().all(is_rising) {
            return Err(Mismatch::Untiled);
        }
        for cut in cuts {
            if !self.is_cuttable(cut, old.get(cut.side)) {
                return Err(Mismatch::Cut(cut.to_string()));
            }
        }
        for cut in cuts {
            let pieces = self.pieces.get_mut(cut.side);
            let at = pieces.partition_point(|piece| *piece < cut.piece);
            pieces.insert(at, cut.piece);
        }
        self.replace(first.index..first.index + beads.was.len(), &beads.now);
        Ok(())
    }

    /// Does a cut stand inside of one of these pieces, on which nothing is written? A text
    /// that was written over has no places of the base.
    fn is_cuttable(&self, cut: &SidePiece, inside: &Range<usize>) -> bool {
        let (side, pieces) = (cut.side, self.pieces(cut.side));
        let Err(at @ 1..) = pieces.binary_search(&cut.piece) else { return false };
        let piece = pieces[at - 1];
        piece.segment == cut.piece.segment
            && cut.piece.from < self.span(side, at - 1).end
            && inside.contains(&(at - 1))
            && !self.texts.contains_key(&TextPlace::Over(SidePiece { side, piece }))
    }

    /// Puts the old rows back, and joins what was cut.
    fn restore(
        &mut self,
        beads: &BeadsChange,
        cuts: &[SidePiece],
    ) -> Result<(), Mismatch> {
        let first = self.place(beads.from)?;
        self.expect(&first, &beads.now)?;
        for cut in cuts {
            let is_there = cut.piece.from > 0
                && self.pieces(cut.side).binary_search(&cut.piece).is_ok();
            let is_bare = !self.texts.contains_key(&TextPlace::Over(*cut))
                && !self.texts.contains_key(&TextPlace::Opposite(*cut))
                && !self.notes.contains_key(cut)
                && !self.bookmarks.contains(cut);
            if !is_there || !is_bare {
                return Err(Mismatch::Cut(cut.to_string()));
            }
        }
        for cut in cuts {
            self.pieces.get_mut(cut.side).retain(|piece| *piece != cut.piece);
        }
        self.replace(first.index..first.index + beads.now.len(), &beads.was);
        Ok(())
    }

    /// Puts rows in place of others, and counts anew what stands before those that follow.
    fn replace(&mut self, old: Range<usize>, new: &[Row]) {
        let first = old.start;
        let mut at = match first.checked_sub(1).map(|before| self.at(before).range) {
            Some(range) => Pair::new(range.zh.end, range.en.end),
            None => Pair::new(0, 0),
        };
        self.rows.splice(old, new.iter().copied());
        self.starts.truncate(first);
        for row in &self.rows[first..] {
            self.starts.push(at);
            at = Pair::new(at.zh + row.n.zh, at.en + row.n.en);
        }
    }

    /// Are these the rows from there on?
    fn expect(&self, first: &Placed, rows: &[Row]) -> Result<(), Mismatch> {
        let there = self.rows.get(first.index..first.index + rows.len());
        if there == Some(rows) && !rows.is_empty() {
            Ok(())
        } else {
            Err(Mismatch::Rows(self.key(first).to_string()))
        }
    }

    fn write(
        &mut self,
        at: TextPlace,
        was: Option<&String>,
        now: Option<&String>,
    ) -> Result<(), Mismatch> {
        let (TextPlace::Over(piece) | TextPlace::Opposite(piece)) = at;
        let is_there = self.pieces(piece.side).binary_search(&piece.piece).is_ok();
        if !is_there || self.texts.get(&at) != was {
            return Err(Mismatch::Was(format!("the text of {at}")));
        }
        match now {
            Some(text) => self.texts.insert(at, text.clone()),
            None => self.texts.remove(&at),
        };
        Ok(())
    }

    fn mark(&mut self, change: &RowChange, to: Direction) -> Result<(), Mismatch> {
        let other = || Mismatch::Was(format!("row {}", change.row));
        if let RowField::Status { was, now } = change.field {
            let (was, now) = to.order(was, now);
            let placed = self.find(change.row).ok_or_else(other)?;
            let row = &mut self.rows[placed.index];
            if row.status != was {
                return Err(other());
            }
            row.status = now;
            return Ok(());
        }
        let RowKey(key) = change.row;
        let piece = match (key.zh, key.en) {
            (Some(piece), None) => SidePiece { side: Side::Zh, piece },
            (None, Some(piece)) => SidePiece { side: Side::En, piece },
            _ => return Err(other()),
        };
        if self.pieces(piece.side).binary_search(&piece.piece).is_err() {
            return Err(other());
        }
        match &change.field {
            RowField::Bookmark { was, now } => {
                let (was, now) = to.order(*was, *now);
                if self.bookmarks.contains(&piece) != was {
                    return Err(other());
                }
                if now {
                    self.bookmarks.insert(piece);
                } else {
                    self.bookmarks.remove(&piece);
                }
            }
            RowField::Note { was, now } => {
                let (was, now) = to.order(was, now);
                if self.note(piece.side, piece.piece) != was {
                    return Err(other());
                }
                if now.is_empty() {
                    self.notes.remove(&piece);
                } else {
                    self.notes.insert(piece, now.clone());
                }
            }
            RowField::Status { .. } => {}
        }
        Ok(())
    }

    fn decide(
        &mut self,
        zh: &str,
        en: &str,
        was: &TermState,
        now: &TermState,
    ) -> Result<(), Mismatch> {
        let term = Pair::new(zh.to_owned(), en.to_owned());
        if self.term(&term) != *was {
            return Err(Mismatch::Was(format!("{zh} = {en}")));
        }
        let key = (term.zh, term.en);
        if *now == TermState::default() {
            self.terms.remove(&key);
        } else {
            self.terms.insert(key, now.clone());
        }
        Ok(())
    }

    fn judge(
        &mut self,
        id: &str,
        was: FindingState,
        now: FindingState,
    ) -> Result<(), Mismatch> {
        if self.finding(id) != was {
            return Err(Mismatch::Was(format!("finding {id}")));
        }
        if now == FindingState::Open {
            self.findings.remove(id);
        } else {
            self.findings.insert(id.to_owned(), now);
        }
        Ok(())
    }
}

/// The pieces that rows from one on take up.
fn extent(first: &Placed, rows: &[Row]) -> Pair<Range<usize>> {
    Pair::new(Side::Zh, Side::En).map(|side| {
        let start = first.range.get(side).start;
        start..start + rows.iter().map(|row| *row.n.get(side)).sum::<usize>()
    })
}

/// Whether a change is applied or taken back.
#[derive(Clone, Copy)]
enum Direction {
    Forth,
    Back,
}

impl Direction {
    fn turned(self) -> Self {
        match self {
            Direction::Forth => Direction::Back,
            Direction::Back => Direction::Forth,
        }
    }

    /// What has to be there, and what will be.
    fn order<T>(self, was: T, now: T) -> (T, T) {
        match self {
            Direction::Forth => (was, now),
            Direction::Back => (now, was),
        }
    }
}

/// A part of a change that is applied whole.
#[derive(Clone, Copy)]
enum Step<'a> {
    Tie(&'a LinkChange),
    Beads(&'a BeadsChange, &'a [SidePiece]),
    Text(&'a TextChange),
    Row(&'a RowChange),
    Term(&'a TermChange),
    Finding(&'a FindingChange),
}

/// The parts of a change, in the order in which they are applied.
fn steps(change: &Change) -> Vec<Step<'_>> {
    let beads = change.beads.iter().map(|beads| Step::Beads(beads, &change.cuts));
    let mut steps: Vec<Step<'_>> = change.links.iter().map(Step::Tie).collect();
    steps.extend(beads);
    steps.extend(change.text.iter().map(Step::Text));
    steps.extend(change.rows.iter().map(Step::Row));
    steps.extend(change.terms.iter().map(Step::Term));
    steps.extend(change.findings.iter().map(Step::Finding));
    steps
}
