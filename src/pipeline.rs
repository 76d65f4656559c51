//! The one way that data flows, and the only file that knows it.
//!
//! ```text
//! Source ─clean─▶ CleanText ─segment─▶ Document ┐ one of each side
//!                                               ├─ align ─▶ Ladder ─ rejoin ─▶ Bitext ─ mine ─▶ terms
//!                       words, mentions of each ┘
//! ```

use crate::align::{self, Alignment, Passage};
use crate::anchor;
use crate::clean;
use crate::config::{Config, Level, Moved};
use crate::lexicon::{Learned, Seed};
use crate::mine::{self, Departures, Mined, Unit};
use crate::segment;
use crate::terms::Rules;
use crate::tokenize::tokenize;
use crate::types::{
    Agreement, Bead, Bitext, Concept, Document, Input, KeptUnit, Kind, Ladder, Link,
    Mention, MentionKind, Noted, Notice, Pair, Paired, Segment, Sentences, Side, Source,
    TermPair, TranslationUnit,
};

/// A step of the work, as told to an [`Observer`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// Bytes to text.
    Read,
    /// Page furniture and broken lines.
    Clean,
    /// Paragraphs, headings, items.
    Segment,
    /// Words, numbers, citations.
    Analyse,
    /// Beads.
    Align,
    /// Term pairs.
    Mine,
    /// Files.
    Write,
}

/// Hears what happens while it happens. `()` hears nothing.
pub trait Observer: Sync {
    /// A stage begins.
    fn stage(&self, _stage: Stage) {}
    /// There is something to know about the input.
    fn notice(&self, _notice: &Notice) {}
}

impl Observer for () {}

/// Aligns pairs. Loads its tables once; shared by all pairs of a batch.
#[derive(Debug)]
pub struct Aligner {
    config: Config,
    seed: &'static Seed,
    rules: Rules,
}

impl Aligner {
    /// An aligner with these parameters.
    pub fn new(config: Config) -> Self {
        Self { config, seed: Seed::shipped(), rules: Rules::default() }
    }

    /// The same, with a glossary: where both sides of what it accepts stand in a pair of
    /// passages, that speaks for the pair. Where a text departs from it is told with its
    /// terms.
    pub fn with_glossary(self, concepts: &[Concept]) -> Self {
        Self { rules: Rules::new(concepts, self.seed), ..self }
    }

    /// What the glossary asks of a translation.
    pub fn rules(&self) -> &Rules {
        &self.rules
    }

    /// Aligns a pair. Total: any two texts give a bitext.
    pub fn align(&self, sources: Pair<Source>, observer: &dyn Observer) -> Noted<Bitext> {
        self.align_after(sources, &Learned::default(), observer)
    }

    /// Aligns a pair with what [other pairs taught](Self::taught).
    pub fn align_after(
        &self,
        sources: Pair<Source>,
        learned: &Learned,
        observer: &dyn Observer,
    ) -> Noted<Bitext> {
        let mut notices = Vec::new();
        observer.stage(Stage::Clean);
        let documents = sources
            .map_sides(|side, source| self.read(side, &source, observer, &mut notices));
        let (mut bitext, moved) = self.align_documents(documents, learned, observer);
        if self.config.level == Level::Sentence && !self.config.lines {
            bitext = self.sentences(&bitext).bitext;
        }
        notices.extend(moved);
        notices.extend(contradictions(&bitext));
        Noted { value: bitext, notices }
    }

    /// What a pair of texts teaches of which word goes with which, for others to be
    /// [aligned after](Self::align_after). Units that are paired already teach nothing.
    pub fn taught(&self, input: Input) -> Learned {
        let Input::Texts(sources) = input else { return Learned::default() };
        let documents = sources
            .map_sides(|side, source| self.read(side, &source, &(), &mut Vec::new()));
        let passages = self.passages(&documents);
        let params = &self.config.align;
        align::align_after(&passages, self.seed, params, &Learned::default()).1
    }

    /// Aligns two texts, with what other pairs taught, or takes units that are paired already
    /// as they are.
    pub fn align_input(
        &self,
        input: Input,
        learned: &Learned,
        observer: &dyn Observer,
    ) -> Noted<Bitext> {
        match input {
            Input::Texts(sources) => self.align_after(sources, learned, observer),
            Input::Paired(paired) => self.take(&paired, observer),
        }
    }

    /// The bitext of units that are paired already.
    ///
    /// The pairs stand. Each is looked at for what speaks for it; one that the aligner would
    /// part has the score 0, so that it can be found and left out.
    pub fn take(&self, paired: &Paired, observer: &dyn Observer) -> Noted<Bitext> {
        observer.stage(Stage::Analyse);
        let (documents, ladder) = segment::paired(paired);
        let (mut beads, mut evidence) = (Vec::new(), Vec::new());
        observer.stage(Stage::Align);
        for bead in ladder.beads() {
            let passages = documents.as_ref().map_sides(|side, document| {
                let segments = &document.segments[bead.range.get(side).clone()];
                segments.iter().map(|s| self.passage(side, document, s)).collect()
            });
            let alone = align::align(&passages, self.seed, &self.config.align);
            let agreed = alone
                .ladder
                .beads()
                .first()
                .filter(|first| first.is_single() == bead.is_single());
            beads.push(Bead { score: agreed.map_or(0.0, |b| b.score), ..bead.clone() });
            evidence.push(match agreed {
                Some(_) => alone.evidence.into_iter().next().unwrap_or_default(),
                None => Vec::new(),
            });
        }
        let ladder = rescored(&documents, beads);
        let bitext = Bitext { documents, ladder, evidence, links: Vec::new() };
        let notices = contradictions(&bitext).collect();
        Noted { value: bitext, notices }
    }

    /// The terms of a bitext, best first.
    pub fn mine(&self, bitext: &Bitext, observer: &dyn Observer) -> Vec<TermPair> {
        self.mine_all(bitext, observer).terms
    }

    /// The terms of a bitext, best first, and where the text is at odds with itself.
    pub fn mine_all(&self, bitext: &Bitext, observer: &dyn Observer) -> Mined {
        observer.stage(Stage::Mine);
        let mut departures = Departures::new(&self.rules);
        let units = bitext
            .units()
            .filter(|unit| !unit.bead.is_single())
            .map(|unit| self.unit(unit))
            .inspect(|unit| departures.look(unit));
        let mined = mine::mine_all(units, self.seed, &self.config.mine);
        Mined { departures: departures.found(), ..mined }
    }

    /// What the mining needs of a bitext.
    pub fn kept_units(&self, bitext: &Bitext) -> Vec<KeptUnit> {
        let paired = bitext.units().filter(|unit| !unit.bead.is_single());
        let kept = |unit: TranslationUnit<'_>| KeptUnit {
            text: Pair::new(unit.text(Side::Zh), unit.text(Side::En)),
            bead: unit.index,
            name: unit.name(),
        };
        paired.map(kept).collect()
    }

    /// The terms of units of any number of documents, best first.
    pub fn mine_units(&self, units: Vec<KeptUnit>) -> Vec<TermPair> {
        let unit = |KeptUnit { text, bead, name }| {
            let tokens =
                text.as_ref().map_sides(|side, text| tokenize(side, text, self.seed));
            Unit { text, tokens, bead, name }
        };
        mine::mine(units.into_iter().map(unit), self.seed, &self.config.mine)
    }

    fn read(
        &self,
        side: Side,
        source: &Source,
        observer: &dyn Observer,
        notices: &mut Vec<Notice>,
    ) -> Document {
        if self.config.lines {
            return segment::lines(source);
        }
        if let Some(blocks) = &source.blocks {
            observer.stage(Stage::Segment);
            return segment::blocks(source, blocks, side);
        }
        let is_word = |word: &str| self.seed.lemma(word).is_some();
        let clean = clean::clean(source, side, &is_word);
        notices.extend(clean.notices);
        observer.stage(Stage::Segment);
        segment::segment(source, &clean.value, side)
    }

    fn align_documents(
        &self,
        documents: Pair<Document>,
        learned: &Learned,
        observer: &dyn Observer,
    ) -> (Bitext, Vec<Notice>) {
        observer.stage(Stage::Analyse);
        let passages = self.passages(&documents);
        observer.stage(Stage::Align);
        let params = &self.config.align;
        let (Alignment { ladder, evidence, moved }, _) =
            align::align_after(&passages, self.seed, params, learned);
        drop(passages);
        let (documents, ladder) = heal(&documents, ladder);
        let moved = located(moved, &ladder);
        let notices = match self.config.moved {
            Moved::Link | Moved::Report => moved_notices(&documents, &moved),
            Moved::Off => Vec::new(),
        };
        let links = if self.config.moved == Moved::Link { moved } else { Vec::new() };
        (Bitext { documents, ladder, evidence, links }, notices)
    }

    /// Aligns the sentences inside the beads of a bitext; no bead is crossed.
    ///
    /// Of a bitext of given lines it is the bitext itself: they are not split.
    #[expect(
        clippy::missing_panics_doc,
        reason = "sentences tile the segments they were cut from"
    )]
    pub fn sentences(&self, bitext: &Bitext) -> Sentences {
        if self.config.lines {
            let starts = (0..=bitext.ladder.beads().len()).collect();
            return Sentences { bitext: bitext.clone(), starts };
        }
        let split = bitext
            .documents
            .as_ref()
            .map_sides(|side, document| segment::sentences(document, side));
        let documents = split.as_ref().map(|(document, _)| document);
        let mut beads = Vec::new();
        let mut evidence = Vec::new();
        let mut starts = Vec::with_capacity(bitext.ladder.beads().len() + 1);
        for (index, bead) in bitext.ladder.beads().iter().enumerate() {
            starts.push(beads.len());
            let range = Pair::new(
                split.zh.1[bead.range.zh.start]..split.zh.1[bead.range.zh.end],
                split.en.1[bead.range.en.start]..split.en.1[bead.range.en.end],
            );
            if bead.is_single() || range.zh.len() == 1 && range.en.len() == 1 {
                beads.push(Bead { range, score: bead.score });
                evidence.push(bitext.evidence[index].clone());
                continue;
            }
            let passages = documents.map_sides(|side, document| {
                let segments = &document.segments[range.get(side).clone()];
                segments.iter().map(|s| self.passage(side, document, s)).collect()
            });
            let inner = align::align(&passages, self.seed, &self.config.align);
            beads.extend(inner.ladder.beads().iter().map(|b| Bead {
                range: Pair::new(
                    range.zh.start + b.range.zh.start..range.zh.start + b.range.zh.end,
                    range.en.start + b.range.en.start..range.en.start + b.range.en.end,
                ),
                score: b.score * bead.score,
            }));
            evidence.extend(inner.evidence);
        }
        starts.push(beads.len());
        let documents = split.map(|(document, _)| document);
        let len = documents.as_ref().map(|document| document.segments.len());
        let ladder = Ladder::new(beads, len)
            .expect("sentences tile the segments they were cut from");
        // A linked passage stays whole: its two places are one bead each.
        let places = |link: &Link| link.places.map(|place| starts[place]);
        let links =
            bitext.links.iter().map(|link| Link { places: places(link), ..link.clone() });
        let links = located(links.collect(), &ladder);
        Sentences { bitext: Bitext { documents, ladder, evidence, links }, starts }
    }

    fn passages<'a>(&self, documents: &'a Pair<Document>) -> Pair<Vec<Passage<'a>>> {
        let mut cues = anchor::cue_mentions(documents);
        documents.as_ref().map_sides(|side, document| {
            let segments = document.segments.iter().zip(cues.get_mut(side));
            segments
                .map(|(segment, cue)| {
                    let mut passage = self.passage(side, document, segment);
                    passage.mentions.extend(cue.take());
                    passage
                })
                .collect()
        })
    }

    fn passage<'a>(
        &self,
        side: Side,
        document: &'a Document,
        segment: &Segment,
    ) -> Passage<'a> {
        let text = segment.span.of(document.text.as_str());
        // A line of a given corpus carries no structure: what looks like a label is text.
        let mut mentions =
            if self.config.lines { Vec::new() } else { anchor::mentions(side, text) };
        mentions.extend(self.known_terms(side, text));
        Passage {
            text,
            // The aligner cuts what comes uncut and keeps numbers only: half the memory.
            tokens: if self.config.lines {
                Vec::new()
            } else {
                tokenize(side, text, self.seed)
            },
            mentions,
            label: segment.label.clone(),
            parents: segment.parents.clone(),
            kind: segment.kind,
            soft: segment.soft,
        }
    }

    /// The sure terms of a text, as things that both sides mention.
    fn known_terms(&self, side: Side, text: &str) -> Vec<Mention> {
        let mention = |(number, span): (u32, _)| Mention {
            kind: MentionKind::Term,
            value: number.to_string(),
            span,
        };
        self.rules.accepted(side, text).into_iter().map(mention).collect()
    }

    fn unit(&self, unit: TranslationUnit<'_>) -> Unit {
        let text = Pair::new(unit.text(Side::Zh), unit.text(Side::En));
        let tokens =
            text.as_ref().map_sides(|side, text| tokenize(side, text, self.seed));
        Unit { text, tokens, bead: unit.index, name: unit.name() }
    }
}

/// The ladder of beads that were only given other scores.
fn rescored(documents: &Pair<Document>, beads: Vec<Bead>) -> Ladder {
    let len = documents.as_ref().map(|document| document.segments.len());
    Ladder::new(beads, len).expect("scores do not move a bead")
}

/// Joins, in both documents, the pieces that the ladder put into one bead and only an
/// inferred paragraph end had parted.
fn heal(documents: &Pair<Document>, ladder: Ladder) -> (Pair<Document>, Ladder) {
    let is_soft =
        |document: &Document| document.segments.iter().any(|segment| segment.soft);
    if !is_soft(&documents.zh) && !is_soft(&documents.en) {
        return (documents.clone(), ladder);
    }
    let healed = documents.as_ref().map_sides(|side, document| {
        let ranges: Vec<_> =
            ladder.beads().iter().map(|bead| bead.range.get(side).clone()).collect();
        segment::rejoin(document, side, &ranges)
    });
    let beads = ladder
        .beads()
        .iter()
        .zip(healed.zh.1.iter().zip(&healed.en.1))
        .map(|(bead, (zh, en))| Bead {
            range: Pair::new(zh.clone(), en.clone()),
            score: bead.score,
        })
        .collect();
    let documents = healed.map(|(document, _)| document);
    let len = documents.as_ref().map(|document| document.segments.len());
    let ladder = Ladder::new(beads, len).expect("healing keeps every piece in its bead");
    (documents, ladder)
}

/// The links with the segments that their places have in a ladder.
fn located(links: Vec<Link>, ladder: &Ladder) -> Vec<Link> {
    let beads = ladder.beads();
    let located = |link: Link| {
        let (zh, en) = (&beads[link.places.zh].range.zh, &beads[link.places.en].range.en);
        let range = Pair::new(zh.clone(), en.clone());
        Link { bead: Bead { range, ..link.bead }, ..link }
    };
    links.into_iter().map(located).collect()
}

/// What the reader is told of passages that stand elsewhere on the other side.
fn moved_notices(documents: &Pair<Document>, moved: &[Link]) -> Vec<Notice> {
    let lines = |document: &Document, segments: &std::ops::Range<usize>| {
        let segments = &document.segments[segments.clone()];
        let first = segments.first().map_or(0, |segment| segment.lines.0);
        (first, segments.last().map_or(0, |segment| segment.lines.1))
    };
    moved
        .iter()
        .map(|Link { bead, .. }| Notice::Moved {
            zh_lines: lines(&documents.zh, &bead.range.zh),
            en_lines: lines(&documents.en, &bead.range.en),
            score: bead.score,
        })
        .collect()
}

/// The beads whose two sides carry labels that cannot both be right.
fn contradictions(bitext: &Bitext) -> impl Iterator<Item = Notice> {
    bitext
        .units()
        .filter_map(|unit| {
            let first = |side: Side| {
                let segment = unit.bead.range.get(side).start;
                (!unit.bead.range.get(side).is_empty())
                    .then(|| &bitext.documents.get(side).segments[segment])
            };
            let (zh, en) = (first(Side::Zh)?, first(Side::En)?);
            if zh.kind == Kind::Footnote && en.kind == Kind::Footnote {
                return None;
            }
            let (zh_label, en_label) = (zh.label.as_ref()?, en.label.as_ref()?);
            (zh_label.agrees(en_label) == Some(Agreement::Conflict)).then(|| {
                Notice::LabelsDisagree {
                    bead: unit.index,
                    zh: zh_label.to_string(),
                    en: en_label.to_string(),
                    zh_line: zh.lines.0,
                    en_line: en.lines.0,
                }
            })
        })
        .collect::<Vec<_>>()
        .into_iter()
}
