//! The bitext as the reviewer left it, for the exporters.

use std::collections::BTreeMap;

use super::desk::Desk;
use super::event::{Piece, RowStatus, SidePiece, TextPlace};
use super::state::Placed;
use crate::export::{Reviewed, UnitStatus};
use crate::text::{Span, Traced};
use crate::types::{
    Bead, Bitext, Document, Evidence, Kind, Ladder, Link, Pair, Segment, Side, Status,
    TermPair, parting,
};

/// The bitext as the reviewer left it, and what became of each of its units.
#[derive(Clone, Debug)]
pub struct ReviewedBitext {
    /// The bitext.
    pub bitext: Bitext,
    /// The status of each bead.
    pub statuses: Vec<UnitStatus>,
    /// For each bead what stood there before somebody wrote.
    pub originals: Vec<Pair<Option<String>>>,
    /// The rows that are not as they were aligned, their beads, and which piece each segment is.
    pub(super) changed: Vec<(usize, usize, Pair<Vec<Laid>>)>,
}

/// Which piece of a row a segment is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Laid {
    /// Its index in the row.
    pub(super) piece: usize,
    /// The bytes of blank that stand before it in the text of the piece.
    pub(super) blanks: usize,
}

impl ReviewedBitext {
    /// The same for an export.
    pub fn reviewed(&self) -> Reviewed<'_> {
        Reviewed { statuses: &self.statuses, originals: &self.originals }
    }
}

/// The bitext of a review. `is_only_pinned`: of rows that are confirmed or corrected alone.
pub fn bitext(desk: &Desk, is_only_pinned: bool) -> ReviewedBitext {
    let untouched = desk.backing.bitext.as_ref().filter(|_| !is_only_pinned);
    if let Some(bitext) = untouched.filter(|_| is_as_aligned(desk)) {
        let statuses: Vec<UnitStatus> =
            desk.state().rows().iter().map(|row| status(row.status)).collect();
        let originals = vec![Pair::default(); statuses.len()];
        let (bitext, changed) = (bitext.clone(), Vec::new());
        return ReviewedBitext { bitext, statuses, originals, changed };
    }
    rebuilt(desk, is_only_pinned)
}

/// Has nothing but decisions been added to what was aligned?
fn is_as_aligned(desk: &Desk) -> bool {
    let (state, base) = (desk.state(), desk.session.base());
    let links: Vec<(usize, usize)> =
        state.links().map(|link| (link.zh.segment, link.en.segment)).collect();
    let mut of_base = base.links.clone();
    of_base.sort_unstable();
    let beads = base.beads.iter().map(|&(zh, en, _)| Pair::new(zh, en));
    state.has_no_texts()
        && state.rows().iter().map(|row| row.n).eq(beads)
        && Side::BOTH.iter().all(|side| state.pieces(*side).iter().all(|p| p.from == 0))
        && links == of_base
}

fn status(status: RowStatus) -> UnitStatus {
    match status {
        RowStatus::Confirmed => UnitStatus::Confirmed,
        RowStatus::Corrected => UnitStatus::Corrected,
        RowStatus::Auto | RowStatus::Look => UnitStatus::Automatic,
    }
}

fn rebuilt(desk: &Desk, is_only_pinned: bool) -> ReviewedBitext {
    let mut sides = Pair::new(Written::default(), Written::default());
    let (mut beads, mut statuses, mut originals) = (Vec::new(), Vec::new(), Vec::new());
    let (mut evidence, aligned) = (Vec::new(), Aligned::of(desk));
    let mut changed = Vec::new();
    // For each row its bead; `None` of one that was left out.
    let mut bead_of = Vec::new();
    for placed in desk.state().placed() {
        if is_only_pinned && !placed.row.status.is_pinned() {
            bead_of.push(None);
            continue;
        }
        let mut laid = Pair::<Vec<Laid>>::default();
        let range = Pair::new(Side::Zh, Side::En).map(|side| {
            let written = sides.get_mut(side);
            let start = written.segments.len();
            for (piece, index) in placed.range.get(side).clone().enumerate() {
                let at = desk.state().pieces(side)[index];
                let blanks = written.push(desk, side, at, desk.text(side, index));
                laid.get_mut(side).extend(blanks.map(|blanks| Laid { piece, blanks }));
            }
            if let Some(text) = desk.supplied(&placed, side) {
                written.push_supplied(text);
            }
            start..written.segments.len()
        });
        if range.zh.is_empty() && range.en.is_empty() {
            bead_of.push(None); // its texts were emptied
            continue;
        }
        bead_of.push(Some(beads.len()));
        // What a person laid together is as sure as can be.
        beads.push(Bead { range, score: placed.row.score.unwrap_or(1.0) });
        statuses.push(status(placed.row.status));
        let before =
            Pair::new(Side::Zh, Side::En).map(|side| original(desk, &placed, side));
        let is_written = before.zh.is_some() || before.en.is_some();
        let same = aligned.bead(desk, &placed).filter(|_| !is_written);
        if same.is_none() && !laid.zh.is_empty() && !laid.en.is_empty() {
            changed.push((placed.index, evidence.len(), laid));
        }
        evidence.push(same.map_or_else(Vec::new, |same| same.to_vec()));
        originals.push(before);
    }
    let links = links(desk, &beads, &bead_of);
    let head = desk.session.head();
    let files = Pair::new(&head.zh.file, &head.en.file);
    let documents = sides.map_sides(|side, written| {
        let read = desk.backing.bitext.as_ref().map(|bitext| bitext.documents.get(side));
        written.document(files.get(side), read)
    });
    let lens = documents.as_ref().map(|document| document.segments.len());
    // Each range begins where the last ended, and none is empty on both sides.
    let ladder = Ladder::new(beads, lens).unwrap_or_default();
    ReviewedBitext {
        bitext: Bitext { documents, ladder, evidence, links },
        statuses,
        originals,
        changed,
    }
}

/// What a side of a row had before somebody wrote; `None` where nobody did.
pub(crate) fn original(desk: &Desk, placed: &Placed, side: Side) -> Option<String> {
    let state = desk.state();
    let range = placed.range.get(side).clone();
    let pieces = &state.pieces(side)[range.clone()];
    let over = |piece: &Piece| TextPlace::Over(SidePiece { side, piece: *piece });
    let is_written = pieces.iter().any(|piece| state.text(over(piece)).is_some());
    let is_supplied = desk.supplied(placed, side).is_some();
    let texts: Vec<&str> =
        range.map(|index| desk.session.original(side, index)).collect();
    (is_written || is_supplied).then(|| texts.join(parting(side)))
}

/// The beads as they were aligned, by their first segments.
struct Aligned<'a> {
    beads: BTreeMap<(usize, usize), (&'a Bead, &'a [Evidence])>,
}

impl<'a> Aligned<'a> {
    fn of(desk: &'a Desk) -> Self {
        let beads = desk.backing.bitext.iter().flat_map(|bitext| {
            let evidence = bitext.evidence.iter().map(Vec::as_slice);
            bitext.ladder.beads().iter().zip(evidence)
        });
        let first = |bead: &Bead| (bead.range.zh.start, bead.range.en.start);
        Self { beads: beads.map(|(bead, found)| (first(bead), (bead, found))).collect() }
    }

    /// What spoke for a row, if it is a bead as it was aligned.
    fn bead(&self, desk: &Desk, placed: &Placed) -> Option<&'a [Evidence]> {
        let key = desk.state().key(placed).0;
        let (zh, en) = (key.zh?, key.en?);
        let (bead, evidence) = self.beads.get(&(zh.segment, en.segment))?;
        let is_whole = |side: Side| {
            let pieces = &desk.state().pieces(side)[placed.range.get(side).clone()];
            let segments = pieces.iter().map(|piece| piece.segment);
            pieces.iter().all(|piece| piece.from == 0)
                && segments.eq(bead.range.get(side).clone())
                && placed.range.get(side).clone().all(|index| {
                    desk.session.original(side, index).len()
                        == desk.segment(side, desk.state().pieces(side)[index]).text.len()
                })
        };
        (is_whole(Side::Zh) && is_whole(Side::En)).then_some(*evidence)
    }
}

/// The ties, between beads that both leave a side alone.
fn links(desk: &Desk, beads: &[Bead], bead_of: &[Option<usize>]) -> Vec<Link> {
    let state = desk.state();
    let link = |pieces: Pair<Piece>| {
        let bead = |side: Side| {
            let row = state.row_of(side, *pieces.get(side))?;
            let bead = bead_of[row.index]?;
            beads[bead].range.get(side.other()).is_empty().then_some(bead)
        };
        let places = Pair::new(bead(Side::Zh)?, bead(Side::En)?);
        let range = Pair::new(
            beads[places.zh].range.zh.clone(),
            beads[places.en].range.en.clone(),
        );
        Some(Link { places, bead: Bead { range, score: 1.0 }, evidence: Vec::new() })
    };
    let mut links: Vec<Link> = state.links().filter_map(link).collect();
    links.sort_by_key(|link| link.places.zh);
    links
}

/// A document as it is written down anew.
#[derive(Default)]
struct Written {
    text: String,
    segments: Vec<Segment>,
    /// For each segment of the base the one it became.
    became: Vec<Option<usize>>,
}

impl Written {
    /// Adds a piece; one without text is none. Tells how many bytes of blank before it are left
    /// out.
    fn push(
        &mut self,
        desk: &Desk,
        side: Side,
        piece: Piece,
        text: &str,
    ) -> Option<usize> {
        if text.trim().is_empty() {
            return None;
        }
        let base = desk.segment(side, piece);
        // Where a segment was cut, the space between the parts is of neither.
        let kept = if text == base.text { text } else { text.trim() };
        let blanks =
            if text == base.text { 0 } else { text.len() - text.trim_start().len() };
        let read = desk.backing.segment(side, piece.segment);
        let mut segment = read.cloned().unwrap_or_else(|| Segment {
            kind: kind(&base.kind),
            lines: base.lines,
            ..plain()
        });
        if piece.from > 0 {
            // The label opens the first piece alone.
            segment.label = None;
        } else {
            if self.became.len() <= piece.segment {
                self.became.resize(piece.segment + 1, None);
            }
            self.became[piece.segment] = Some(self.segments.len());
        }
        self.add(segment, kept);
        Some(blanks)
    }

    /// Adds a text that no file holds.
    fn push_supplied(&mut self, text: &str) {
        if !text.trim().is_empty() {
            self.add(plain(), text);
        }
    }

    fn add(&mut self, segment: Segment, text: &str) {
        if !self.segments.is_empty() {
            self.text.push('\n');
        }
        let start = self.text.len();
        self.text.push_str(text);
        let span = Span::new(start, self.text.len());
        self.segments.push(Segment { span, ..segment });
    }

    /// `read`: the document that it was made of.
    fn document(mut self, name: &str, read: Option<&Document>) -> Document {
        for segment in &mut self.segments {
            let cited = segment.cited_in.and_then(|at| self.became.get(at).copied());
            segment.cited_in = cited.flatten();
        }
        Document {
            name: read.map_or_else(|| name.to_owned(), |read| read.name.clone()),
            text: Traced::verbatim(&self.text, 0),
            segments: self.segments,
            left_out: read.map_or_else(Vec::new, |read| read.left_out.clone()),
        }
    }
}

/// A paragraph that stands in no file.
pub(super) fn plain() -> Segment {
    Segment {
        span: Span::default(),
        kind: Kind::Paragraph,
        label: None,
        parents: Vec::new(),
        lines: (0, 0),
        soft: false,
        cited_in: None,
        cue: None,
        language: None,
    }
}

/// The kind of that name.
pub(super) fn kind(name: &str) -> Kind {
    let kinds = [
        Kind::Title,
        Kind::Heading,
        Kind::Chapeau,
        Kind::Paragraph,
        Kind::Item,
        Kind::Footnote,
        Kind::DateLine,
        Kind::Row,
    ];
    kinds.into_iter().find(|kind| kind.as_str() == name).unwrap_or(Kind::Paragraph)
}

/// The terms as they are decided: corrected forms, statuses; without those that were rejected,
/// or merged with others.
pub fn terms(desk: &Desk) -> Vec<TermPair> {
    let decided = |pair: &TermPair| TermPair {
        term: desk.written(pair),
        variants: desk.variants_of(pair),
        status: desk.status_of(pair),
        ..pair.clone()
    };
    let live = desk.live_terms().map(|(_, pair)| pair);
    live.map(decided).filter(|pair| pair.status != Status::Rejected).collect()
}
