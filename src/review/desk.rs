//! A review with all that its page shows: the session, what stands beside it, and where the
//! decisions flow to. Knows no requests.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::begin::{
    Backing, PlacedFinding, PlacedReading, is_grave, is_unsure, placed_findings,
};
use super::event::{
    Change, Event, FindingState, Piece, RowKey, RowStatus, SidePiece, TermChange,
    TermState, TextPlace, Written,
};
use super::handed_on::{HandedOn, Reached, Trouble};
use super::later::{Found, Later};
use super::log::BaseSegment;
use super::marked::Marks;
use super::realigner::Realigner;
use super::rechecked::Recheck;
use super::renewal::Renewal;
use super::session::{Session, SessionError, Stamp};
use super::state::{Placed, State};
use crate::export::{Timestamp, fingerprint};
use crate::lexicon::Seed;
use crate::pipeline::Aligner;
use crate::terms::Finder;
use crate::types::{Context, Pair, Side, Status, TermPair};

/// How many rows are shown of a pair that was split off.
const CONTEXTS: usize = 5;

/// Where things are, and who is at work.
#[derive(Clone, Debug)]
pub struct Setting {
    /// What the pair is called.
    pub name: String,
    /// The folder of the outputs.
    pub out: PathBuf,
    /// The termbase that decisions on terms go to.
    pub termbase: PathBuf,
    /// Who decides; may be empty.
    pub who: String,
    /// The codes of the languages.
    pub languages: Pair<String>,
    /// The language that is translated from.
    pub source: Side,
    /// Is a unit a sentence?
    pub is_sentences: bool,
    /// Is a unit a line as it was given?
    pub is_lines: bool,
    /// Is it a termbase that is reviewed, without any text?
    pub is_termbase: bool,
    /// What the time is.
    pub clock: fn() -> Timestamp,
    /// What the files are dated by that are made of the review: when its texts were written.
    pub created: Timestamp,
}

impl Setting {
    /// For decisions that are laid over a pair or handed on, without a page: nothing is shown,
    /// and only the termbase and the exceptions may be written.
    pub fn without_page(
        name: String,
        languages: Pair<String>,
        clock: fn() -> Timestamp,
    ) -> Self {
        Self {
            name,
            out: PathBuf::new(),
            termbase: PathBuf::new(),
            who: String::new(),
            languages,
            source: Side::Zh,
            is_sentences: false,
            is_lines: false,
            is_termbase: false,
            clock,
            created: clock(),
        }
    }

    /// The file of the findings that are right as they are.
    pub fn exceptions(&self) -> PathBuf {
        self.out.join(format!("{}.exceptions.csv", self.name))
    }
}

/// A review with all that its page shows.
#[derive(Debug)]
pub struct Desk {
    /// The review itself.
    pub session: Session,
    /// What stands beside it.
    pub backing: Backing,
    /// Where things are.
    pub setting: Setting,
    /// What aligns anew; `None` where that is not to be had.
    pub realigner: Option<Realigner>,
    /// Terms and findings that are still looked for.
    pub later: Option<Later>,
    /// The offer to align anew with this version of the program, where that differs.
    pub renewal: Option<Renewal>,
    /// Rows that a realignment changed and nobody has looked at since.
    changed: BTreeSet<RowKey>,
    /// By segment of each side, the findings that are shown there.
    findings: Pair<BTreeMap<usize, Vec<usize>>>,
    /// The place of each term, by its proposed forms.
    terms: BTreeMap<(String, String), usize>,
    /// How many of the terms were proposed; those behind them were split off.
    n_proposed: usize,
    /// The revision at which texts or rows were changed last.
    texts_revision: usize,
    /// The revision of the texts that the findings are of.
    checked_revision: usize,
    rechecks: Vec<Recheck>,
    /// What speaks for rows that are not as they were aligned.
    pub(super) marks: Marks,
    /// Is a thread at it to hand decisions on?
    pub is_handing_on: bool,
    handed_on: Reached,
    /// What of it did not go as it was decided, to be told.
    trouble: Option<Trouble>,
}

/// How many rows are what.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct Counts {
    /// All rows.
    pub rows: usize,
    /// Confirmed or corrected.
    pub pinned: usize,
    /// To look at.
    pub look: usize,
    /// With a low score.
    pub doubt: usize,
    /// Not one to one.
    pub many: usize,
    /// Without a counterpart.
    pub alone: usize,
    /// With an error of the check.
    pub bad: usize,
    /// Bookmarked.
    pub mark: usize,
    /// Changed by a realignment, and not looked at since.
    pub changed: usize,
    /// Terms that nothing is decided of.
    pub terms: usize,
    /// Findings that nothing is decided of.
    pub findings: usize,
}

impl Counts {
    /// How much is confirmed or corrected, in hundredths.
    pub fn done(&self) -> usize {
        self.pinned * 100 / self.rows.max(1)
    }
}

impl std::ops::AddAssign for Counts {
    fn add_assign(&mut self, other: Self) {
        self.rows += other.rows;
        self.pinned += other.pinned;
        self.look += other.look;
        self.doubt += other.doubt;
        self.many += other.many;
        self.alone += other.alone;
        self.bad += other.bad;
        self.mark += other.mark;
        self.terms += other.terms;
        self.findings += other.findings;
    }
}

/// What a row is, in the eyes of filters and map.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Look {
    /// To look at?
    pub look: bool,
    /// A low score?
    pub doubt: bool,
    /// Several to one?
    pub many: bool,
    /// Without a counterpart?
    pub alone: bool,
    /// An error of the check?
    pub bad: bool,
    /// Bookmarked?
    pub mark: bool,
    /// Confirmed or corrected?
    pub pinned: bool,
    /// Changed by a realignment, and not looked at since?
    pub changed: bool,
}

impl Look {
    /// Is it of a filter? An unknown one, and none, has all rows.
    pub fn is_of(&self, filter: &str) -> bool {
        match filter {
            "look" => self.look,
            "doubt" => self.doubt,
            "many" => self.many,
            "alone" => self.alone,
            "bad" => self.bad,
            "mark" => self.mark,
            "changed" => self.changed,
            _ => true,
        }
    }

    /// The letter of the map: confirmed, bad, doubtful, or sure.
    pub fn letter(&self) -> char {
        match self {
            Look { pinned: true, .. } => 'o',
            Look { bad: true, .. } => 'b',
            Look { look: true, .. } => 'd',
            _ => 's',
        }
    }
}

/// What the log calls a realignment.
pub const REALIGN: &str = "realign";

/// Most slices that a map has; of several rows in one the worst shows.
pub const SLICES: usize = 800;

impl Desk {
    /// A review with what stands beside it.
    pub fn new(session: Session, backing: Backing, setting: Setting) -> Self {
        let mut desk = Self {
            session,
            backing: Backing::default(),
            setting,
            findings: Pair::default(),
            terms: BTreeMap::new(),
            n_proposed: 0,
            realigner: None,
            later: None,
            renewal: None,
            changed: BTreeSet::new(),
            texts_revision: 0,
            checked_revision: 0,
            rechecks: Vec::new(),
            marks: Marks::new(),
            is_handing_on: false,
            handed_on: Reached::default(),
            trouble: None,
        };
        let reached = |path: &Path| desk.session.written_upto(&file_name(path));
        desk.handed_on = Reached {
            terms: reached(&desk.setting.termbase),
            findings: reached(&desk.setting.exceptions()),
        };
        desk.lay_out(backing);
        desk
    }

    /// Takes what stands beside the base of the session.
    pub(super) fn lay_out(&mut self, backing: Backing) {
        self.backing = backing;
        if let Some(realigner) = &mut self.realigner {
            realigner.learned = Arc::new(std::mem::take(&mut self.backing.learned));
        }
        self.later = None;
        self.changed.clear();
        self.marks.clear();
        self.rechecks.clear();
        let is_changed =
            self.session.events().iter().any(|event| changes_texts(&event.change));
        self.texts_revision = if is_changed { self.session.revision() } else { 0 };
        self.checked_revision = 0;
        self.place_findings();
        self.number_terms();
    }

    /// Gives the terms their numbers.
    fn number_terms(&mut self) {
        self.terms.clear();
        for (id, pair) in self.backing.terms.iter().enumerate() {
            self.terms.entry((pair.term.zh.clone(), pair.term.en.clone())).or_insert(id);
        }
        self.n_proposed = self.backing.terms.len();
        // Those that were taken back too: a term keeps its number whatever is undone.
        let changes = self.session.events().iter().flat_map(|event| &event.change.terms);
        let split_off: Vec<TermChange> =
            changes.filter(|change| change.now.split_off).cloned().collect();
        self.adopt(&split_off);
    }

    /// The same, that can align anew and check with this engine.
    #[must_use]
    pub fn with_aligner(mut self, aligner: Arc<Aligner>) -> Self {
        let learned = Arc::new(std::mem::take(&mut self.backing.learned));
        self.realigner = Some(Realigner { aligner, learned });
        self
    }

    /// Takes the terms and findings that were still looked for. Findings of texts that were
    /// changed meanwhile stay.
    pub fn take_found(&mut self, found: Found) {
        if self.later.take().is_none() {
            return;
        }
        self.backing.terms = found.terms;
        self.number_terms();
        if self.rechecks.is_empty() {
            let findings = placed_findings(found.findings, self.session.base());
            self.rechecks.push(Recheck::new(&[], &findings));
            self.backing.findings = findings;
            self.place_findings();
        }
    }

    /// Is what was changed being checked, or anything looked for at all?
    pub fn is_checking(&self) -> bool {
        let is_changed = self.checked_revision < self.texts_revision;
        self.realigner.is_some() && (is_changed || self.later.is_some())
    }

    /// How many checks have brought something in.
    pub fn n_checks(&self) -> usize {
        self.rechecks.len()
    }

    /// Is there anything that the page will be told of by itself: a check that runs, decisions
    /// on their way into their files?
    pub fn is_at_work(&self) -> bool {
        self.is_checking() || self.is_handing_on
    }

    /// The revision at which texts or rows were changed last.
    pub fn texts_revision(&self) -> usize {
        self.texts_revision
    }

    /// The revision of the texts that the findings are of.
    pub fn checked_revision(&self) -> usize {
        self.checked_revision
    }

    pub(super) fn rechecks(&self) -> &[Recheck] {
        &self.rechecks
    }

    /// Puts other findings and marks in place of those that are there.
    pub(super) fn set_checked(
        &mut self,
        findings: Vec<PlacedFinding>,
        marks: Marks,
        recheck: Recheck,
    ) {
        self.backing.findings = findings;
        self.marks = marks;
        self.checked_revision = self.texts_revision;
        self.rechecks.push(recheck);
        self.place_findings();
    }

    /// Puts the findings where they are shown.
    fn place_findings(&mut self) {
        self.findings = Pair::default();
        for (n, one) in self.backing.findings.iter().enumerate() {
            let at = |side: Side| Some((side, (*one.segments.get(side))?));
            if let Some((side, segment)) = at(Side::Zh).or_else(|| at(Side::En)) {
                self.findings.get_mut(side).entry(segment).or_default().push(n);
            }
        }
    }

    /// Takes in pairs that were split off others.
    fn adopt(&mut self, changes: &[TermChange]) {
        for change in changes.iter().filter(|change| change.now.split_off) {
            let key = (change.zh.clone(), change.en.clone());
            if self.terms.contains_key(&key) {
                continue;
            }
            let pair = self.found_in_rows(Pair::new(key.0.clone(), key.1.clone()));
            self.terms.insert(key, self.backing.terms.len());
            self.backing.terms.push(pair);
        }
    }

    /// A pair of terms with the rows in which both stand.
    fn found_in_rows(&self, term: Pair<String>) -> TermPair {
        let names = Side::BOTH.map(|side| (side, term.get(side).as_str(), 0));
        let finder = Finder::new(names, Seed::shipped());
        let mut pair = TermPair { term: term.clone(), ..TermPair::default() };
        for placed in self.state().placed() {
            let text = Pair::new(Side::Zh, Side::En).map(|side| self.cell(&placed, side));
            let found = text.as_ref().map_sides(|side, text| finder.find(side, text));
            pair.counts.zh += found.zh.len();
            pair.counts.en += found.en.len();
            let (Some(zh), Some(en)) = (found.zh.first(), found.en.first()) else {
                continue;
            };
            pair.count += 1;
            if pair.contexts.len() < CONTEXTS {
                let mark = Pair::new(zh.span, en.span);
                // A row that was made since is in no bead.
                let bead = usize::MAX;
                pair.contexts.push(Context { text, mark, bead, ..Context::default() });
            }
        }
        pair
    }

    /// The place of a term, by its proposed forms.
    pub fn term_id(&self, key: &(String, String)) -> Option<usize> {
        self.terms.get(key).copied()
    }

    /// Is a term one by itself: neither merged with another, nor split off and put back?
    pub fn is_live(&self, id: usize) -> bool {
        let Some(pair) = self.backing.terms.get(id) else { return false };
        let state = self.state().term(&pair.term);
        state.merged.is_none() && (id < self.n_proposed || state.split_off)
    }

    /// The terms that are ones by themselves, with their places.
    pub fn live_terms(&self) -> impl Iterator<Item = (usize, &TermPair)> {
        self.backing.terms.iter().enumerate().filter(|(id, _)| self.is_live(*id))
    }

    /// The other written forms of both sides of a term: as proposed, or as changed here.
    pub fn variants_of(&self, pair: &TermPair) -> Pair<Vec<String>> {
        match self.state().term(&pair.term).variants {
            Some((zh, en)) => Pair::new(zh, en),
            None => pair.variants.clone(),
        }
    }

    /// The two terms of a pair: as proposed, or as corrected here.
    pub fn written(&self, pair: &TermPair) -> Pair<String> {
        let state = self.state().term(&pair.term);
        let now = |edited: String, proposed: &String| {
            if edited.is_empty() { proposed.clone() } else { edited }
        };
        Pair::new(now(state.zh, &pair.term.zh), now(state.en, &pair.term.en))
    }

    /// A row was looked at: a change in it is no longer news.
    pub fn see(&mut self, row: RowKey) {
        self.changed.remove(&row);
    }

    /// Another reading of the rows that this one is among, and which rows they are. `None` if
    /// there is none, or one of them is no longer as it was aligned.
    pub fn reading(&self, placed: &Placed) -> Option<(Range<usize>, &PlacedReading)> {
        let piece = |side: Side| {
            let pieces = self.state().pieces(side);
            let at = pieces.get(placed.range.get(side).start);
            at.map_or(usize::MAX, |piece| piece.segment)
        };
        let at = Pair::new(piece(Side::Zh), piece(Side::En));
        let begins = |one: &PlacedReading| {
            one.segments.zh.start <= at.zh && one.segments.en.start <= at.en
        };
        let behind = self.backing.readings.partition_point(begins);
        let reading = self.backing.readings[..behind].last()?;
        let first = self.row_at(reading.segments.as_ref().map(|range| range.start))?;
        let rows = first..first + reading.was.len();
        let is_same = |(index, n): (usize, &Pair<usize>)| {
            let row = self.state().rows().get(index);
            row.is_some_and(|row| row.n == *n && !row.status.is_pinned())
        };
        let is_whole = |side: Side| {
            let range = reading.segments.get(side);
            let start = self.state().at(first).range.get(side).start;
            let pieces = self.state().pieces(side).get(start..start + range.len());
            let segments = range.clone().map(Piece::whole);
            pieces.is_some_and(|pieces| pieces.iter().copied().eq(segments))
        };
        let is_here = rows.contains(&placed.index)
            && rows.clone().zip(&reading.was).all(is_same)
            && is_whole(Side::Zh)
            && is_whole(Side::En);
        is_here.then_some((rows, reading))
    }

    /// The row that begins where a bead of the base does.
    pub fn row_of_bead(&self, bead: usize) -> Option<Placed> {
        let before = self.session.base().beads.get(..bead)?;
        let n = before.iter().fold((0, 0), |sum, bead| (sum.0 + bead.0, sum.1 + bead.1));
        self.row_at(Pair::new(n.0, n.1)).map(|row| self.state().at(row))
    }

    /// The first row that begins at these segments.
    fn row_at(&self, segments: Pair<usize>) -> Option<usize> {
        let place = |side: Side| {
            let piece = Piece::whole(*segments.get(side));
            self.state().pieces(side).partition_point(|other| *other < piece)
        };
        let place = Pair::new(place(Side::Zh), place(Side::En));
        let n_rows = self.state().rows().len();
        let first = partition(n_rows, |index| {
            let start = self.state().at(index).range;
            start.zh.start < place.zh || start.en.start < place.en
        });
        (first < n_rows).then_some(first)
    }

    /// The state.
    pub fn state(&self) -> &State {
        self.session.state()
    }

    /// The segment of the base that a piece is of.
    pub fn segment(&self, side: Side, piece: Piece) -> &BaseSegment {
        let base = self.session.base();
        match side {
            Side::Zh => &base.zh[piece.segment],
            Side::En => &base.en[piece.segment],
        }
    }

    /// The text of a piece as it is now.
    pub fn text(&self, side: Side, index: usize) -> &str {
        let piece = self.state().pieces(side)[index];
        let written = self.state().text(TextPlace::Over(SidePiece { side, piece }));
        written.unwrap_or_else(|| self.session.original(side, index))
    }

    /// The text that was written into the empty side of a row.
    pub fn supplied(&self, placed: &Placed, side: Side) -> Option<&str> {
        let first = self.state().key(placed).0;
        let piece = (*first.get(side.other()))?;
        let at = TextPlace::Opposite(SidePiece { side: side.other(), piece });
        self.state().text(at)
    }

    /// The whole text of a side of a row.
    pub fn cell(&self, placed: &Placed, side: Side) -> String {
        let range = placed.range.get(side).clone();
        if range.is_empty() {
            return self.supplied(placed, side).unwrap_or_default().to_owned();
        }
        let texts: Vec<&str> =
            range.map(|at| self.text(side, at)).filter(|text| !text.is_empty()).collect();
        texts.join(match side {
            Side::Zh => "",
            Side::En => " ",
        })
    }

    /// The findings that are shown in a row, by index.
    pub fn findings_in(&self, placed: &Placed) -> Vec<usize> {
        let mut found = Vec::new();
        for side in Side::BOTH {
            let pieces = &self.state().pieces(side)[placed.range.get(side).clone()];
            for piece in pieces.iter().filter(|piece| piece.from == 0) {
                found.extend(
                    self.findings.get(side).get(&piece.segment).into_iter().flatten(),
                );
            }
        }
        found
    }

    /// The gravest finding of a row that asks for a look, by index.
    pub fn error_in(&self, placed: &Placed) -> Option<usize> {
        self.findings_in(placed).into_iter().find(|n| {
            let finding = &self.backing.findings[*n].finding;
            let state = self.state().finding(&finding.fingerprint);
            is_grave(finding) && state != FindingState::Accepted
        })
    }

    /// The passage that a row is tied to elsewhere.
    pub fn tied(&self, placed: &Placed) -> Option<RowKey> {
        let key = self.state().key(placed).0;
        let mut links = self.state().links();
        let found = links.find_map(|link| {
            if Some(link.zh) == key.zh && key.en != Some(link.en) {
                self.state().row_of(Side::En, link.en)
            } else if Some(link.en) == key.en && key.zh != Some(link.zh) {
                self.state().row_of(Side::Zh, link.zh)
            } else {
                None
            }
        });
        found.map(|placed| self.state().key(&placed))
    }

    /// What a row is, in the eyes of filters and map.
    pub fn look(&self, placed: &Placed) -> Look {
        let row = &placed.row;
        let is_tied = row.is_single() && self.tied(placed).is_some();
        let bad = self.error_in(placed).is_some();
        let pinned = row.status.is_pinned();
        Look {
            look: !pinned
                && (is_unsure(row, is_tied) || bad || row.status == RowStatus::Look),
            doubt: !pinned && row.score.is_none_or(|score| score < super::begin::SURE),
            many: !row.is_single() && (row.n.zh > 1 || row.n.en > 1),
            alone: row.is_single() && !is_tied,
            bad,
            mark: self.is_bookmarked(placed),
            pinned,
            changed: self.changed.contains(&self.state().key(placed)),
        }
    }

    /// Is one of the pieces of a row bookmarked?
    pub fn is_bookmarked(&self, placed: &Placed) -> bool {
        self.any_piece(placed, |side, piece| self.state().is_bookmarked(side, piece))
    }

    fn any_piece(&self, placed: &Placed, is: impl Fn(Side, Piece) -> bool) -> bool {
        Side::BOTH.into_iter().any(|side| {
            let pieces = &self.state().pieces(side)[placed.range.get(side).clone()];
            pieces.iter().any(|piece| is(side, *piece))
        })
    }

    /// The notes of a row.
    pub fn note(&self, placed: &Placed) -> String {
        let mut notes = Vec::new();
        for side in Side::BOTH {
            for piece in &self.state().pieces(side)[placed.range.get(side).clone()] {
                notes.push(self.state().note(side, *piece));
            }
        }
        notes.retain(|note| !note.is_empty());
        notes.join("\n")
    }

    /// How many rows are what.
    pub fn counts(&self) -> Counts {
        let mut counts = Counts::default();
        for placed in self.state().placed() {
            let look = self.look(&placed);
            counts.rows += 1;
            counts.pinned += usize::from(look.pinned);
            counts.look += usize::from(look.look);
            counts.doubt += usize::from(look.doubt);
            counts.many += usize::from(look.many);
            counts.alone += usize::from(look.alone);
            counts.bad += usize::from(look.bad);
            counts.mark += usize::from(look.mark);
            counts.changed += usize::from(look.changed);
        }
        let open =
            |(_, one): &(usize, &TermPair)| self.status_of(one) == Status::Candidate;
        counts.terms = self.live_terms().filter(open).count();
        counts.findings = self
            .backing
            .findings
            .iter()
            .filter(|one| {
                self.state().finding(&one.finding.fingerprint) == FindingState::Open
            })
            .count();
        counts
    }

    /// The map: a letter a slice, the worst of its rows.
    pub fn map(&self) -> String {
        let n_rows = self.state().rows().len();
        let n = n_rows.min(SLICES);
        let mut map = vec!['o'; n];
        let rank = |letter: char| "osdb".find(letter);
        for placed in self.state().placed() {
            let letter = self.look(&placed).letter();
            let slice = &mut map[placed.index * n / n_rows];
            if rank(letter) > rank(*slice) {
                *slice = letter;
            }
        }
        map.into_iter().collect()
    }

    /// What is decided of a term: here, or else by the glossary.
    pub fn status_of(&self, pair: &TermPair) -> Status {
        status_in(&self.state().term(&pair.term), pair)
    }

    /// Does something; it is on the disk when this comes back.
    ///
    /// # Errors
    ///
    /// Those of the session.
    pub fn perform(&mut self, op: &str, change: Change) -> Result<Touched, SessionError> {
        self.adopt(&change.terms);
        let mut touched = Touched::default();
        touched.add_before(self.state(), &change);
        touched.set_moved(self.state(), &change, Way::Redo);
        let at = (self.setting.clock)().extended();
        let stamp = Stamp { at: &at, who: &self.setting.who };
        self.session.perform(op, change.clone(), stamp)?;
        touched.add_after(self.session.state(), &change);
        if op == REALIGN {
            self.note_changed(&touched);
        }
        self.note_texts(&change);
        Ok(touched)
    }

    /// Up to which event decisions are in the files beside the log.
    pub fn handed_on(&self) -> Reached {
        self.handed_on
    }

    /// What did not go as it was decided, to be told.
    pub fn trouble(&self) -> Option<&Trouble> {
        self.trouble.as_ref()
    }

    /// Remembers what became of decisions that were handed on.
    pub fn note_handed_on(&mut self, done: &HandedOn) {
        self.handed_on = Reached { terms: done.upto, findings: done.upto };
        let differing = done.differing.clone();
        self.trouble = (!differing.is_empty()).then_some(Trouble::Differs(differing));
        // That the log cannot tell it takes nothing from what was written.
        drop(self.note_written(&done.files, done.upto));
    }

    /// Remembers that decisions could not be handed on.
    pub fn note_not_handed_on(&mut self, why: String) {
        self.trouble = Some(Trouble::NotWritten(why));
    }

    /// Tells the log which files were written of what was decided up to an event.
    ///
    /// # Errors
    ///
    /// When it cannot be written.
    pub fn note_written(
        &mut self,
        paths: &[PathBuf],
        upto: usize,
    ) -> Result<(), SessionError> {
        let at = (self.setting.clock)().extended();
        let stamp = Stamp { at: &at, who: &self.setting.who };
        if self.session.is_read_only() {
            return Ok(());
        }
        for path in paths {
            // What the log does not tell is handed on once more, which changes nothing.
            let Ok(mark) = fingerprint(path) else { continue };
            let written = Written { file: file_name(path), upto, mark };
            self.session.note_written(written, stamp)?;
        }
        Ok(())
    }

    /// Remembers which rows are others than before.
    fn note_changed(&mut self, touched: &Touched) {
        let state = self.session.state();
        let keys = touched.rows.iter().map(|row| state.key(&state.at(*row)));
        self.changed = keys.collect();
    }

    /// Takes the last event back, or does it again. Tells its number too.
    ///
    /// # Errors
    ///
    /// Those of the session.
    pub fn turn(&mut self, way: Way) -> Result<(Touched, Event), SessionError> {
        let event = match way {
            Way::Undo => self.session.next_undo(),
            Way::Redo => self.session.next_redo(),
        };
        let event = event.cloned();
        let mut touched = Touched::default();
        if let Some(event) = &event {
            touched.add_before(self.state(), &event.change);
            touched.set_moved(self.state(), &event.change, way);
        }
        let at = (self.setting.clock)().extended();
        let stamp = Stamp { at: &at, who: &self.setting.who };
        match way {
            Way::Undo => self.session.undo(stamp)?,
            Way::Redo => self.session.redo(stamp)?,
        };
        // Without an event the session has refused.
        let event = event.ok_or(SessionError::Nothing("undo"))?;
        touched.add_after(self.session.state(), &event.change);
        self.note_texts(&event.change);
        Ok((touched, event))
    }

    fn note_texts(&mut self, change: &Change) {
        if changes_texts(change) {
            self.texts_revision = self.session.revision();
        }
    }

    /// Is an event about a row, as it is now?
    pub fn touches(&self, event: &Event, row: usize) -> bool {
        let named = event.of.and_then(|of| self.session.events().get(of.checked_sub(1)?));
        let change = named.map_or(&event.change, |named| &named.change);
        touched_rows(self.state(), change).contains(&row)
    }

    /// What was touched since a revision; `None` where that is none of this review.
    pub fn since(&self, revision: usize) -> Option<Touched> {
        let events = self.session.events();
        let is_of_older_base = revision < self.session.n_before_base();
        let mut touched =
            Touched { is_restructured: is_of_older_base, ..Touched::default() };
        for event in events.get(revision..)? {
            let named = event.of.and_then(|of| events.get(of.checked_sub(1)?));
            let change = named.map_or(&event.change, |named| &named.change);
            touched.add_after(self.state(), change);
            let beads = change.beads.as_ref();
            touched.is_restructured |= beads.is_some();
        }
        Some(touched)
    }
}

/// The name of a file, as the log tells it.
fn file_name(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

/// May other findings come of it?
fn changes_texts(change: &Change) -> bool {
    change.beads.is_some() || !change.text.is_empty() || !change.links.is_empty()
}

/// The status of a pair under a decision.
pub(super) fn status_in(state: &TermState, pair: &TermPair) -> Status {
    match state {
        TermState { merged: Some(_), .. } | TermState { is_reopened: true, .. } => {
            Status::Candidate
        }
        TermState { status: Status::Candidate, .. } => pair.status,
        TermState { status, .. } => *status,
    }
}

/// Back or forth.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// Back.
    Undo,
    /// Forth.
    Redo,
}

/// What of the page a change touches.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Touched {
    /// Rows that were there before, by name.
    pub before: BTreeSet<RowKey>,
    /// Rows that are there now, by index.
    pub rows: BTreeSet<usize>,
    /// Terms, by their proposed forms.
    pub terms: BTreeSet<(String, String)>,
    /// Findings, by their fingerprints.
    pub findings: BTreeSet<String>,
    /// Rows from this index on, counted as before, have moved by so many.
    pub moved: Option<(usize, isize)>,
    /// Were there several such moves, so that rows have to be counted anew?
    pub is_restructured: bool,
}

impl Touched {
    /// Nothing?
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// Both together.
    #[must_use]
    pub fn with(mut self, other: Self) -> Self {
        self.before.extend(other.before);
        self.rows.extend(other.rows);
        self.terms.extend(other.terms);
        self.findings.extend(other.findings);
        self.is_restructured |= other.is_restructured;
        self
    }

    /// Where the rows behind the change move to, seen from the state before it.
    fn set_moved(&mut self, state: &State, change: &Change, way: Way) {
        let Some(beads) = &change.beads else { return };
        let (old, new) = match way {
            Way::Undo => (beads.now.len(), beads.was.len()),
            Way::Redo => (beads.was.len(), beads.now.len()),
        };
        let first = touched_by(state, beads).start;
        let by = isize::try_from(new).unwrap_or(0) - isize::try_from(old).unwrap_or(0);
        self.moved = (by != 0).then_some((first + old, by));
    }

    fn add_before(&mut self, state: &State, change: &Change) {
        let rows = touched_rows(state, change);
        self.before.extend(rows.into_iter().map(|index| state.key(&state.at(index))));
    }

    fn add_after(&mut self, state: &State, change: &Change) {
        self.rows.extend(touched_rows(state, change));
        let terms = change.terms.iter().map(|one| (one.zh.clone(), one.en.clone()));
        self.terms.extend(terms);
        self.findings.extend(change.findings.iter().map(|one| one.id.clone()));
    }
}

/// The rows of a state that a change is about, before it or behind it. Counted by segments,
/// which are the same whatever was cut since: a row too many is drawn anew for nothing, a row
/// too few would show what is no longer so.
fn touched_rows(state: &State, change: &Change) -> BTreeSet<usize> {
    let mut rows = BTreeSet::new();
    let mut at = |side: Side, piece: Piece| {
        // A cut that was taken back is now a part of the piece before it.
        let pieces = state.pieces(side);
        let before = pieces.partition_point(|other| *other <= piece).checked_sub(1);
        let row = before.and_then(|before| state.row_of(side, pieces[before]));
        rows.extend(row.map(|placed| placed.index));
    };
    for link in &change.links {
        at(Side::Zh, link.zh);
        at(Side::En, link.en);
    }
    for text in &change.text {
        let (TextPlace::Over(one) | TextPlace::Opposite(one)) = text.piece;
        at(one.side, one.piece);
    }
    for row in &change.rows {
        for side in Side::BOTH {
            if let Some(piece) = *row.row.0.get(side) {
                at(side, piece);
            }
        }
    }
    if let Some(beads) = &change.beads {
        rows.extend(touched_by(state, beads));
    }
    rows
}

fn touched_by(
    state: &State,
    beads: &super::event::BeadsChange,
) -> std::ops::Range<usize> {
    let place = |side: Side, piece: Option<Piece>| match piece {
        Some(piece) => state.pieces(side).partition_point(|other| *other < piece),
        None => state.pieces(side).len(),
    };
    let start = Pair::new(place(Side::Zh, beads.from.0), place(Side::En, beads.from.1));
    let n = |side: Side| {
        let sum = |rows: &[super::event::Row]| {
            rows.iter().map(|row| *row.n.get(side)).sum::<usize>()
        };
        sum(&beads.was).max(sum(&beads.now))
    };
    let end = Pair::new(start.zh + n(Side::Zh), start.en + n(Side::En));
    let n_rows = state.rows().len();
    let begins = |placed: &Placed| placed.range.as_ref().map(|range| range.start);
    let first = partition(n_rows, |index| {
        let at = begins(&state.at(index));
        at.zh < start.zh || at.en < start.en
    });
    let last = partition(n_rows, |index| {
        let at = begins(&state.at(index));
        at.zh < end.zh || at.en < end.en
    });
    first..last.max(first).min(n_rows)
}

/// The first index of which something no longer holds.
fn partition(n: usize, holds: impl Fn(usize) -> bool) -> usize {
    let (mut low, mut high) = (0, n);
    while low < high {
        let middle = low.midpoint(high);
        if holds(middle) { low = middle + 1 } else { high = middle }
    }
    low
}
