//! The bitext as the reviewer left it, for the exporters.

use super::desk::Desk;
use super::event::{Piece, RowStatus};
use crate::export::UnitStatus;
use crate::text::{Span, Traced};
use crate::types::{
    Bead, Bitext, Document, Kind, Ladder, Link, Pair, Segment, Side, Status, TermPair,
};

/// The bitext and the status of each of its beads. `is_only_pinned`: of rows that are
/// confirmed or corrected alone.
pub fn bitext(desk: &Desk, is_only_pinned: bool) -> (Bitext, Vec<UnitStatus>) {
    let mut sides = Pair::new(Written::default(), Written::default());
    let (mut beads, mut statuses) = (Vec::new(), Vec::new());
    // For each row its bead; `None` of one that was left out.
    let mut bead_of = Vec::new();
    for placed in desk.state().placed() {
        let status = placed.row.status;
        if is_only_pinned && !status.is_pinned() {
            bead_of.push(None);
            continue;
        }
        let range = Pair::new(Side::Zh, Side::En).map(|side| {
            let written = sides.get_mut(side);
            let start = written.segments.len();
            for index in placed.range.get(side).clone() {
                let piece = desk.state().pieces(side)[index];
                written.push(desk, side, piece, desk.text(side, index));
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
        statuses.push(match status {
            RowStatus::Confirmed => UnitStatus::Confirmed,
            RowStatus::Corrected => UnitStatus::Corrected,
            RowStatus::Auto | RowStatus::Look => UnitStatus::Automatic,
        });
    }
    let links = links(desk, &beads, &bead_of);
    let head = desk.session.head();
    let files = Pair::new(&head.zh.file, &head.en.file);
    let documents = sides.map_sides(|side, written| written.document(files.get(side)));
    let lens = documents.as_ref().map(|document| document.segments.len());
    let evidence = vec![Vec::new(); beads.len()];
    // Each range begins where the last ended, and none is empty on both sides.
    let ladder = Ladder::new(beads, lens).unwrap_or_default();
    (Bitext { documents, ladder, evidence, links }, statuses)
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
    /// Adds a piece; one without text is none.
    fn push(&mut self, desk: &Desk, side: Side, piece: Piece, text: &str) {
        if text.trim().is_empty() {
            return;
        }
        let base = desk.segment(side, piece);
        // Where a segment was cut, the space between the parts is of neither.
        let text = if text == base.text { text } else { text.trim() };
        let read = desk.backing.segments.get(side).get(piece.segment);
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
        self.add(segment, text);
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

    fn document(mut self, name: &str) -> Document {
        for segment in &mut self.segments {
            let cited = segment.cited_in.and_then(|at| self.became.get(at).copied());
            segment.cited_in = cited.flatten();
        }
        Document {
            name: name.to_owned(),
            text: Traced::verbatim(&self.text, 0),
            segments: self.segments,
            left_out: Vec::new(),
        }
    }
}

/// A paragraph that stands in no file.
fn plain() -> Segment {
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
fn kind(name: &str) -> Kind {
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
