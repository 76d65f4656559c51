//! From what the aligner made of a pair to the first state of its review, and to what the
//! page tells beside it.
//!
//! The [`Base`] goes into the log. What speaks for a pair, the terms and the findings do not:
//! they are found again from the sources, and where those are lost the review goes on without.

use std::collections::BTreeMap;
use std::ops::Range;
use std::path::Path;

use super::event::{Piece, Row};
use super::log::{Base, BaseSegment, FileMark, Head, VERSION};
use super::state::{Placed, State};
use crate::align::Reading;
use crate::check::{Finding, Passage, Severity};
use crate::export::{Timestamp, fingerprint};
use crate::lexicon::Learned;
use crate::pipeline::Outcome;
use crate::text::Span;
use crate::types::{
    Bead, Bitext, Document, Evidence, EvidenceKind, MentionKind, Pair, Segment, Side,
    TermPair,
};

/// What both sides of a pair name, by the colour it is shown in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum TieKind {
    /// A number or a date.
    Number,
    /// A label, or another document that is cited.
    Citation,
    /// A term of the glossary.
    Term,
    /// A name by its sound.
    Name,
    /// A word and its translation.
    Word,
}

impl TieKind {
    /// The class of the page's style sheet.
    pub fn as_str(self) -> &'static str {
        match self {
            TieKind::Number => "num",
            TieKind::Citation => "cite",
            TieKind::Term => "term",
            TieKind::Name => "name",
            TieKind::Word => "word",
        }
    }

    pub(super) fn of(kind: EvidenceKind) -> Self {
        match kind {
            EvidenceKind::Label
            | EvidenceKind::Mention(
                MentionKind::Symbol
                | MentionKind::Resolution
                | MentionKind::Provision
                | MentionKind::Treaty,
            ) => TieKind::Citation,
            EvidenceKind::Name
            | EvidenceKind::Mention(
                MentionKind::LatinName | MentionKind::Acronym | MentionKind::Address,
            ) => TieKind::Name,
            EvidenceKind::Glossary | EvidenceKind::Mention(MentionKind::Term) => {
                TieKind::Term
            }
            EvidenceKind::Mention(_) => TieKind::Number,
            EvidenceKind::Word => TieKind::Word,
        }
    }
}

/// Words of a segment.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// Which segment of the base.
    pub segment: usize,
    /// Where in its text.
    pub span: Span,
}

/// Words on both sides that name the same thing. They are tied wherever both stand in one
/// row, whatever became of the row they were found in.
#[derive(Clone, Debug, PartialEq)]
pub struct Tie {
    /// What kind of thing.
    pub kind: TieKind,
    /// Where they stand.
    pub at: Pair<Place>,
}

/// A finding with the segments that it is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlacedFinding {
    /// The finding.
    pub finding: Finding,
    /// The first segment of each passage; `None` where the finding has none there.
    pub segments: Pair<Option<usize>>,
    /// The words it is about.
    pub marks: Pair<Vec<Place>>,
}

impl PlacedFinding {
    /// The row where it is shown: that of the Chinese passage, or else of the English.
    pub fn row(&self, state: &State) -> Option<Placed> {
        Side::BOTH.into_iter().find_map(|side| {
            state.row_of(side, Piece::whole((*self.segments.get(side))?))
        })
    }
}

/// Another reading of some rows of the base.
#[derive(Clone, Debug, PartialEq)]
pub struct PlacedReading {
    /// The segments of the rows.
    pub segments: Pair<Range<usize>>,
    /// How many segments each row has in the base.
    pub was: Vec<Pair<usize>>,
    /// How many each would have.
    pub now: Vec<Pair<usize>>,
    /// Its share against the rows of the base, 0 to 1.
    pub share: f64,
}

impl PlacedReading {
    fn new(reading: &Reading, bitext: &Bitext) -> Self {
        let beads = &bitext.ladder.beads()[reading.beads.clone()];
        let segments = Pair::new(Side::Zh, Side::En).map(|side| {
            let start = beads.first().map_or(0, |bead| bead.range.get(side).start);
            start..beads.last().map_or(start, |bead| bead.range.get(side).end)
        });
        let sizes = |beads: &[Bead]| {
            beads
                .iter()
                .map(|bead| bead.range.as_ref().map(|range| range.len()))
                .collect()
        };
        Self {
            segments,
            was: sizes(beads),
            now: sizes(&reading.instead),
            share: reading.share,
        }
    }
}

/// What the page tells beside the rows.
#[derive(Clone, Debug, Default)]
pub struct Backing {
    /// What both sides name, by the Chinese segment.
    pub ties: BTreeMap<usize, Vec<Tie>>,
    /// The terms that were mined, surest first.
    pub terms: Vec<TermPair>,
    /// For each bead of the base its first segments: the rows that the contexts of terms are
    /// in.
    pub beads: Vec<Pair<Option<usize>>>,
    /// The findings, gravest first.
    pub findings: Vec<PlacedFinding>,
    /// What else might be read where the aligner was in doubt, by its first row.
    pub readings: Vec<PlacedReading>,
    /// What the pair taught of which word goes with which.
    pub learned: Learned,
    /// The pair as it was aligned, with labels and kinds; `None` where the sources are lost.
    pub bitext: Option<Bitext>,
}

impl Backing {
    /// A segment as it was read.
    pub fn segment(&self, side: Side, segment: usize) -> Option<&Segment> {
        self.bitext.as_ref()?.documents.get(side).segments.get(segment)
    }
}

/// The program and its version, as the head of a log names what aligned.
pub const PROGRAM: &str = concat!("align ", env!("CARGO_PKG_VERSION"));

/// The first line of a log: what is reviewed.
///
/// # Errors
///
/// When a file cannot be read for its mark.
pub fn head(
    paths: &Pair<std::path::PathBuf>,
    languages: &Pair<String>,
    level: &str,
    at: Timestamp,
) -> std::io::Result<Head> {
    let file = |path: &Path, lang: &str| -> std::io::Result<FileMark> {
        if path.as_os_str().is_empty() {
            return Ok(FileMark { lang: lang.to_owned(), ..FileMark::default() });
        }
        let mark = fingerprint(path)?;
        let (file, lang) = (path.display().to_string(), lang.to_owned());
        Ok(FileMark { file, lang, mark })
    };
    Ok(Head {
        review: VERSION,
        by: PROGRAM.to_owned(),
        at: at.extended(),
        zh: file(&paths.zh, &languages.zh)?,
        en: file(&paths.en, &languages.en)?,
        level: level.to_owned(),
    })
}

/// The base of a review, and what stands beside it.
pub fn begin(outcome: Outcome) -> (Base, Backing) {
    let Outcome { bitext, mined, findings, readings, learned, .. } = outcome;
    let base = base(&bitext);
    let terms = mined.map_or_else(Vec::new, |mined| mined.terms);
    let findings = placed_findings(findings, &base);
    let first =
        |range: &std::ops::Range<usize>| (!range.is_empty()).then_some(range.start);
    let backing = Backing {
        ties: ties(&bitext),
        terms,
        beads: bitext
            .ladder
            .beads()
            .iter()
            .map(|bead| bead.range.as_ref().map(first))
            .collect(),
        findings,
        readings: readings.iter().map(|one| PlacedReading::new(one, &bitext)).collect(),
        learned,
        bitext: Some(bitext),
    };
    (base, backing)
}

/// The bitext as a log has it.
pub fn base(bitext: &Bitext) -> Base {
    let beads = bitext.ladder.beads().iter();
    let first =
        |place: usize, side: Side| bitext.ladder.beads()[place].range.get(side).start;
    let link =
        |places: Pair<usize>| (first(places.zh, Side::Zh), first(places.en, Side::En));
    Base {
        zh: segments(&bitext.documents.zh),
        en: segments(&bitext.documents.en),
        beads: beads
            .map(|bead| (bead.range.zh.len(), bead.range.en.len(), rounded(bead.score)))
            .collect(),
        links: bitext.links.iter().map(|one| link(one.places)).collect(),
    }
}

/// A score as the log has it: four decimals.
fn rounded(score: f64) -> f64 {
    (score * 1e4).round() / 1e4
}

fn segments(document: &Document) -> Vec<BaseSegment> {
    let segment = |(segment, text): (&Segment, &str)| {
        let path = segment.parents.iter().chain(&segment.label);
        let path: Vec<String> = path.map(ToString::to_string).collect();
        BaseSegment {
            kind: segment.kind.as_str().to_owned(),
            label: if segment.label.is_some() { path.join(", ") } else { String::new() },
            lines: segment.lines,
            text: text.to_owned(),
        }
    };
    document.segments.iter().zip(document.texts()).map(segment).collect()
}

/// What speaks for each bead, by segments.
fn ties(bitext: &Bitext) -> BTreeMap<usize, Vec<Tie>> {
    let mut ties: BTreeMap<usize, Vec<Tie>> = BTreeMap::new();
    for unit in bitext.units() {
        let starts = Pair::new(Side::Zh, Side::En).map(|side| unit.segment_starts(side));
        let place = |side: Side, span: Span| {
            let starts = starts.get(side);
            let at =
                starts.partition_point(|start| *start <= span.start).checked_sub(1)?;
            let segment = unit.bead.range.get(side).start + at;
            let len = unit.document(side).segments.get(segment)?.span.len();
            let span = Span::new(span.start - starts[at], span.end - starts[at]);
            (!span.is_empty() && span.end <= len).then_some(Place { segment, span })
        };
        let tie = |one: &Evidence| {
            let at = Pair::new(place(Side::Zh, one.at.zh)?, place(Side::En, one.at.en)?);
            Some(Tie { kind: TieKind::of(one.kind), at })
        };
        for tie in unit.evidence().iter().filter_map(tie) {
            ties.entry(tie.at.zh.segment).or_default().push(tie);
        }
    }
    ties
}

/// Findings with the segments that they are about, gravest first.
pub fn placed_findings(findings: Vec<Finding>, base: &Base) -> Vec<PlacedFinding> {
    let mut findings: Vec<PlacedFinding> =
        findings.into_iter().map(|finding| placed(finding, base)).collect();
    findings.sort_by_key(|one| one.finding.severity);
    findings
}

/// A finding with the segments that its passages are.
fn placed(finding: Finding, base: &Base) -> PlacedFinding {
    let sides = Pair::new(&base.zh, &base.en);
    let segments = finding.passages.as_ref().map_sides(|side, passage| {
        passage.as_ref().and_then(|passage| segment_of(passage, sides.get(side)))
    });
    let marks = segments.map_sides(|side, segment| {
        let passage = finding.passages.get(side).as_ref();
        let found = passage.zip(segment);
        found.map_or_else(Vec::new, |(passage, segment)| {
            marks(passage, segment, sides.get(side))
        })
    });
    PlacedFinding { finding, segments, marks }
}

/// The segment in whose lines a passage begins and whose text it shares.
fn segment_of(passage: &Passage, segments: &[BaseSegment]) -> Option<usize> {
    let line = passage.lines.0;
    // Segments stand in the order of their lines, footnotes apart.
    let here = |segment: &BaseSegment| segment.lines.0 <= line && line <= segment.lines.1;
    let shares = |segment: &BaseSegment| {
        segment.text.contains(&passage.text) || passage.text.starts_with(&segment.text)
    };
    let exact = segments.iter().position(|segment| here(segment) && shares(segment));
    exact.or_else(|| segments.iter().position(here))
}

/// The words that a passage marks, in the segments from the first on.
fn marks(passage: &Passage, first: usize, segments: &[BaseSegment]) -> Vec<Place> {
    let mut places = Vec::new();
    let mut behind = 0;
    for (segment, text) in
        segments.iter().enumerate().skip(first).map(|(n, s)| (n, &s.text))
    {
        if let Some(start) = text.find(&passage.text) {
            let shift = |mark: &Span| Span::new(mark.start + start, mark.end + start);
            places
                .extend(passage.marks.iter().map(|m| Place { segment, span: shift(m) }));
            break;
        }
        let Some(start) = passage.text[behind..].find(text.as_str()) else { break };
        let start = behind + start;
        let inside = Span::new(start, start + text.len());
        let marks = passage.marks.iter().filter(|mark| inside.contains(**mark));
        places.extend(marks.map(|mark| Place {
            segment,
            span: Span::new(mark.start - start, mark.end - start),
        }));
        behind = inside.end;
    }
    places
}

/// Is a row one that a reviewer has to look at, whatever the findings say of it?
pub fn is_unsure(row: &Row, is_tied: bool) -> bool {
    let is_low = row.score.is_none_or(|score| score < SURE);
    !row.status.is_pinned() && (is_low || row.is_single() && !is_tied)
}

/// Rows with a lower score are looked at.
pub const SURE: f64 = 0.9;

/// Does a finding call for a look by itself?
pub fn is_grave(finding: &Finding) -> bool {
    finding.severity == Severity::Error
}
