//! A review that is going on: the base, all that was done, and what came of it.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use super::event::{Change, Event, Piece, Row, RowStatus, TermChange, Written};
use super::log::{self, Base, Carried, Head, Log, LogError, LostRow, Record};
use super::state::{Mismatch, State};
use crate::types::{Pair, Side};

/// Why something was not done.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum SessionError {
    /// It does not fit what is there.
    #[error(transparent)]
    Mismatch(#[from] Mismatch),
    /// It could not be written down, and so was not done.
    #[error(transparent)]
    Log(#[from] LogError),
    /// There is nothing to undo or to do again.
    #[error("there is nothing more to {0}")]
    Nothing(&'static str),
    /// The review is only being looked at.
    #[error("the review is open for reading only")]
    ReadOnly,
    /// The base of a log is none: its beads do not tile its segments.
    #[error("the beads of the base do not tile its segments")]
    Base,
    /// An event of a log does not fit those before it.
    #[error("event {n} does not fit those before it: {mismatch}")]
    Replay {
        /// Its number.
        n: usize,
        /// Why.
        mismatch: Mismatch,
    },
}

/// Who does something, and when.
#[derive(Clone, Copy, Debug)]
pub struct Stamp<'a> {
    /// The moment, as RFC 3339 in UTC.
    pub at: &'a str,
    /// The name; may be empty.
    pub who: &'a str,
}

/// A review that is going on.
#[derive(Debug)]
pub struct Session {
    head: Head,
    base: Base,
    state: State,
    events: Vec<Event>,
    /// How many of the events were made on an older base.
    n_before_base: usize,
    /// Pinned rows of the older base that could not be placed in this one.
    lost: Vec<LostRow>,
    /// Indices of the events that can be undone, last one last.
    done: Vec<usize>,
    /// Indices of the events that can be done again, next one last.
    undone: Vec<usize>,
    /// `None` of a review that is only read.
    log: Option<Log>,
}

impl Session {
    /// Begins a review: the file is made.
    ///
    /// # Errors
    ///
    /// If the base is none, or the file cannot be made.
    pub fn create(path: &Path, head: Head, base: Base) -> Result<Self, SessionError> {
        let state = state_of(&base)?;
        let log = Some(Log::create(path, &head, &base)?);
        Ok(Self { log, ..Self::of(head, base, state) })
    }

    fn of(head: Head, base: Base, state: State) -> Self {
        Self {
            head,
            base,
            state,
            events: Vec::new(),
            n_before_base: 0,
            lost: Vec::new(),
            done: Vec::new(),
            undone: Vec::new(),
            log: None,
        }
    }

    /// What decisions come to on another base, for reading only.
    ///
    /// # Errors
    ///
    /// If the base is none, or the decisions do not fit it.
    pub fn carried(
        head: Head,
        base: Base,
        carried: Carried,
    ) -> Result<Self, SessionError> {
        let mut state = state_of(&base)?;
        state.apply(&carried.change)?;
        Ok(Self { lost: carried.lost, ..Self::of(head, base, state) })
    }

    /// Goes on with another base, on which these decisions hold: the older one stays in the
    /// file, and so does what was done on it.
    ///
    /// # Errors
    ///
    /// If the decisions do not fit the base, or it cannot be written; then nothing was done.
    pub fn rebase(
        &mut self,
        head: Head,
        base: Base,
        carried: Carried,
    ) -> Result<(), SessionError> {
        let mut state = state_of(&base)?;
        state.apply(&carried.change)?;
        let log = self.log.as_mut().ok_or(SessionError::ReadOnly)?;
        log.append_base(&head, &base, &carried)?;
        (self.head, self.base, self.state) = (head, base, state);
        (self.lost, self.n_before_base) = (carried.lost, self.events.len());
        self.done.clear();
        self.undone.clear();
        Ok(())
    }

    /// Goes on with a review. Gives a torn last line too, if there was one.
    ///
    /// # Errors
    ///
    /// If the log cannot be opened, or its events do not fit together.
    pub fn open(path: &Path) -> Result<(Self, Option<String>), SessionError> {
        let (log, record) = Log::open(path)?;
        let torn = record.torn.clone();
        Ok((Self::replay(record, Some(log))?, torn))
    }

    /// Looks at a review as it was after an event, or as it is.
    ///
    /// # Errors
    ///
    /// As for [`open`](Self::open).
    pub fn read(path: &Path, until: Option<usize>) -> Result<Self, SessionError> {
        let record = match until {
            Some(last) => log::read_until(path, last)?,
            None => log::read(path)?,
        };
        Self::replay(record, None)
    }

    fn replay(record: Record, log: Option<Log>) -> Result<Self, SessionError> {
        let Record { head, base, n_before_base, carried, events, .. } = record;
        let mut state = state_of(&base)?;
        let carried = carried.unwrap_or_default();
        state.apply(&carried.change)?;
        let lost = carried.lost;
        let mut session =
            Self { n_before_base, lost, log, ..Self::of(head, base, state) };
        session.events.reserve(events.len());
        for (index, event) in events.into_iter().enumerate() {
            if index >= n_before_base {
                let n = event.n;
                let taken = session.take(&event, index);
                taken.map_err(|mismatch| SessionError::Replay { n, mismatch })?;
            }
            session.events.push(event);
        }
        Ok(session)
    }

    /// Applies an event that will have this index, and keeps the history.
    fn take(&mut self, event: &Event, index: usize) -> Result<(), Mismatch> {
        let other = || Mismatch::Was(format!("event {}", event.of.unwrap_or_default()));
        let named = event.of.and_then(|of| of.checked_sub(1));
        match event.op.as_str() {
            UNDO => {
                let last = self.done.last().copied();
                let last = last.filter(|last| Some(*last) == named).ok_or_else(other)?;
                self.state.revert(&self.events[last].change)?;
                self.done.pop();
                self.undone.push(last);
            }
            REDO => {
                let next = self.undone.last().copied();
                let next = next.filter(|next| Some(*next) == named).ok_or_else(other)?;
                self.state.apply(&self.events[next].change)?;
                self.undone.pop();
                self.done.push(next);
            }
            _ => {
                self.state.apply(&event.change)?;
                if !event.change.is_empty() {
                    self.done.push(index);
                    self.undone.clear();
                }
            }
        }
        Ok(())
    }

    /// Does something: it is applied, and on the disk when this comes back.
    ///
    /// # Errors
    ///
    /// If it does not fit, or cannot be written; then nothing was done.
    pub fn perform(
        &mut self,
        op: &str,
        change: Change,
        stamp: Stamp<'_>,
    ) -> Result<&Event, SessionError> {
        self.append(op, None, None, change, stamp)
    }

    /// Takes the last thing back that was done, whoever did it.
    ///
    /// # Errors
    ///
    /// If there is none, or it cannot be written.
    pub fn undo(&mut self, stamp: Stamp<'_>) -> Result<&Event, SessionError> {
        let last = *self.done.last().ok_or(SessionError::Nothing(UNDO))?;
        self.append(UNDO, Some(last + 1), None, Change::default(), stamp)
    }

    /// Does the last thing again that was taken back.
    ///
    /// # Errors
    ///
    /// As for [`undo`](Self::undo).
    pub fn redo(&mut self, stamp: Stamp<'_>) -> Result<&Event, SessionError> {
        let next = *self.undone.last().ok_or(SessionError::Nothing(REDO))?;
        self.append(REDO, Some(next + 1), None, Change::default(), stamp)
    }

    /// Tells that a file was written. Nothing changes, and nothing can be undone.
    ///
    /// # Errors
    ///
    /// If it cannot be written down.
    pub fn note_written(
        &mut self,
        written: Written,
        stamp: Stamp<'_>,
    ) -> Result<&Event, SessionError> {
        self.append(WRITTEN, None, Some(written), Change::default(), stamp)
    }

    fn append(
        &mut self,
        op: &str,
        of: Option<usize>,
        written: Option<Written>,
        change: Change,
        stamp: Stamp<'_>,
    ) -> Result<&Event, SessionError> {
        if self.log.is_none() {
            return Err(SessionError::ReadOnly);
        }
        let (n, index) = (self.events.len() + 1, self.events.len());
        let (at, who) = (stamp.at.to_owned(), stamp.who.to_owned());
        let event = Event { n, at, who, op: op.to_owned(), of, written, change };
        // Applied first, for that is what tells whether it fits; shown to nobody before it is
        // on the disk.
        let undone = self.undone.clone();
        self.take(&event, index)?;
        let written = match &mut self.log {
            Some(log) => log.append(&event),
            None => Ok(()),
        };
        if let Err(error) = written {
            self.take_back(&event);
            self.undone = undone;
            return Err(error.into());
        }
        self.events.push(event);
        Ok(&self.events[index])
    }

    /// Undoes what [`take`](Self::take) just did, but for the list of what was undone.
    fn take_back(&mut self, event: &Event) {
        let named = event.of.and_then(|of| self.events.get(of - 1));
        let back = match (event.op.as_str(), named) {
            (UNDO, Some(named)) => self.state.apply(&named.change),
            (REDO, Some(named)) => self.state.revert(&named.change),
            _ => self.state.revert(&event.change),
        };
        back.expect("what was just applied can be taken back");
        if event.op == UNDO {
            self.done.extend(event.of.map(|of| of - 1));
        } else if event.op == REDO || !event.change.is_empty() {
            self.done.pop();
        }
    }

    /// What was reviewed, and by what it was aligned.
    pub fn head(&self) -> &Head {
        &self.head
    }

    /// What was aligned.
    pub fn base(&self) -> &Base {
        &self.base
    }

    /// What has been made of it.
    pub fn state(&self) -> &State {
        &self.state
    }

    /// How many events there are: the number of the state that a page shows.
    pub fn revision(&self) -> usize {
        self.events.len()
    }

    /// All that was done, in order.
    pub fn events(&self) -> &[Event] {
        &self.events
    }

    /// The events on the present base, in order; those before it speak of other rows.
    pub fn events_here(&self) -> &[Event] {
        &self.events[self.n_before_base..]
    }

    /// The changes since a revision, and whether each was taken back.
    fn changes_since(&self, revision: usize) -> impl Iterator<Item = (&Change, bool)> {
        let events = self.events.get(revision..).unwrap_or_default();
        events.iter().map(|event| {
            let named = event.of.and_then(|of| self.events.get(of.checked_sub(1)?));
            (named.map_or(&event.change, |named| &named.change), event.op == UNDO)
        })
    }

    /// The terms that are not decided as they were at a revision, each from what it was then
    /// to what it is.
    pub fn terms_since(&self, revision: usize) -> Vec<TermChange> {
        let mut terms: BTreeMap<(&str, &str), TermChange> = BTreeMap::new();
        for (change, is_undone) in self.changes_since(revision) {
            for one in &change.terms {
                let mut one_now = one.clone();
                if is_undone {
                    std::mem::swap(&mut one_now.was, &mut one_now.now);
                }
                let now = one_now.now.clone();
                terms.entry((&one.zh, &one.en)).or_insert(one_now).now = now;
            }
        }
        terms.into_values().filter(|one| one.was != one.now).collect()
    }

    /// The findings of which anything was decided since a revision, by their fingerprints.
    pub fn findings_since(&self, revision: usize) -> BTreeSet<String> {
        let changes = self.changes_since(revision);
        let findings = changes.flat_map(|(change, _)| &change.findings);
        findings.map(|one| one.id.clone()).collect()
    }

    /// The last event that was written to a file of that name; 0 if there is none.
    pub fn written_upto(&self, file: &str) -> usize {
        let written = self.events.iter().filter_map(|event| event.written.as_ref());
        written.filter(|one| one.file == file).map(|one| one.upto).max().unwrap_or(0)
    }

    /// How many events were made on an older base.
    pub fn n_before_base(&self) -> usize {
        self.n_before_base
    }

    /// Pinned rows of an older base that could not be placed in the texts as they are now.
    pub fn lost(&self) -> &[LostRow] {
        &self.lost
    }

    /// What would be undone next.
    pub fn next_undo(&self) -> Option<&Event> {
        self.done.last().map(|index| &self.events[*index])
    }

    /// What would be done again next.
    pub fn next_redo(&self) -> Option<&Event> {
        self.undone.last().map(|index| &self.events[*index])
    }

    /// The file of the review; `None` of one that is only read.
    pub fn log(&mut self) -> Option<&mut Log> {
        self.log.as_mut()
    }

    /// Is it only looked at?
    pub fn is_read_only(&self) -> bool {
        self.log.is_none()
    }

    /// The text of a piece in the base.
    ///
    /// # Panics
    ///
    /// If there is no such piece.
    pub fn original(&self, side: Side, index: usize) -> &str {
        let piece: Piece = self.state.pieces(side)[index];
        let segments = match side {
            Side::Zh => &self.base.zh,
            Side::En => &self.base.en,
        };
        let text = &segments[piece.segment].text;
        let span = self.state.span(side, index);
        let byte =
            |at: usize| text.char_indices().nth(at).map_or(text.len(), |(byte, _)| byte);
        &text[byte(span.start)..byte(span.end)]
    }
}

const UNDO: &str = "undo";
const REDO: &str = "redo";
const WRITTEN: &str = "written";

/// The rows of a base.
pub(super) fn state_of(base: &Base) -> Result<State, SessionError> {
    let lengths = |segments: &[log::BaseSegment]| {
        segments.iter().map(|segment| segment.text.chars().count()).collect()
    };
    let rows = base.beads.iter().map(|&(zh, en, score)| Row {
        n: Pair::new(zh, en),
        score: Some(score),
        status: RowStatus::Auto,
    });
    let lengths = Pair::new(lengths(&base.zh), lengths(&base.en));
    let mut state = State::new(lengths, rows.collect()).ok_or(SessionError::Base)?;
    let link = |&(zh, en): &(usize, usize)| super::event::LinkChange {
        zh: Piece::whole(zh),
        en: Piece::whole(en),
        was: false,
        now: true,
    };
    let links = base.links.iter().map(link).collect();
    state.apply(&Change { links, ..Change::default() })?;
    Ok(state)
}
