use super::compare::{Fate, Passage};
use crate::text::{Span, Traced};
use crate::types::{Bead, Bitext, Document, Ladder, Pair, Segment, Side};

/// The new source with the old translation beside it, as far as there is one.
#[derive(Clone, Debug)]
pub struct Carried {
    /// A bead for each passage, or for several that were translated together.
    pub bitext: Bitext,
    /// For each bead, what became of its source.
    pub fates: Vec<Fate>,
}

/// A bead in the making: segments of the new source, and the bead of the old text they were in.
struct Draft {
    new: Vec<usize>,
    old: Option<usize>,
    fate: Fate,
}

impl Carried {
    /// Lays the translation of `old` beside the new version of its `source` side. `passages`
    /// is what [`compare`](super::compare) says of the two.
    ///
    /// # Panics
    ///
    /// If `passages` are of other documents.
    pub fn new(old: &Bitext, new: &Document, source: Side, passages: &[Passage]) -> Self {
        let drafts = drafts(old, source, passages);
        let old_target = old.documents.get(source.other());
        let mut segments: Vec<usize> = Vec::new();
        let (mut beads, mut fates) = (Vec::new(), Vec::new());
        for draft in drafts {
            let first = segments.len();
            let bead = draft.old.map(|bead| &old.ladder.beads()[bead]);
            segments.extend(
                bead.into_iter().flat_map(|bead| bead.range.get(source.other()).clone()),
            );
            let target = first..segments.len();
            let source_range = draft.new[0]..draft.new[0] + draft.new.len();
            let range = in_order(source, source_range, target);
            let score = if draft.fate.holds() {
                bead.map_or(1.0, |bead| bead.score)
            } else {
                0.0
            };
            beads.push(Bead { range, score });
            fates.push(draft.fate);
        }
        let target = some_of(old_target, segments.into_iter());
        let documents = in_order(source, new.clone(), target);
        let len = documents.as_ref().map(|document| document.segments.len());
        let evidence = vec![Vec::new(); beads.len()];
        let ladder = Ladder::new(beads, len).expect("the drafts tile both sides");
        let bitext = Bitext { documents, ladder, evidence, links: Vec::new() };
        Carried { bitext, fates }
    }

    /// What is yet to be translated: the passages whose translation does not hold, with
    /// nothing beside them.
    ///
    /// # Panics
    ///
    /// If `source` is not the side that was given to [`Carried::new`].
    pub fn to_translate(&self, source: Side) -> Bitext {
        let new = self.bitext.documents.get(source);
        let beads = self.bitext.ladder.beads().iter().zip(&self.fates);
        let open = beads.filter(|(bead, fate)| {
            !fate.holds() || bead.range.get(source.other()).is_empty()
        });
        let segments = open.flat_map(|(bead, _)| bead.range.get(source).clone());
        let source_document = some_of(new, segments);
        let n = source_document.segments.len();
        let nothing =
            some_of(self.bitext.documents.get(source.other()), std::iter::empty());
        let beads = (0..n)
            .map(|at| Bead { range: in_order(source, at..at + 1, 0..0), score: 0.0 });
        let ladder = Ladder::new(beads.collect(), in_order(source, n, 0))
            .expect("a bead for each segment tiles them");
        let documents = in_order(source, source_document, nothing);
        Bitext { documents, ladder, evidence: vec![Vec::new(); n], links: Vec::new() }
    }
}

/// The passages of the new version, those together that one bead translates together.
fn drafts(old: &Bitext, source: Side, passages: &[Passage]) -> Vec<Draft> {
    let bead_of = old.ladder.beads_of(source);
    let mut drafts: Vec<Draft> = Vec::new();
    let mut is_used = vec![false; old.ladder.beads().len()];
    for passage in passages {
        let Some(new) = passage.new else { continue };
        let bead = passage.old.map(|old| bead_of[old]);
        let last = drafts.last_mut();
        if let (Some(bead), Some(last)) = (bead, last)
            && last.old == Some(bead)
        {
            last.new.push(new);
            last.fate = graver(last.fate, passage.fate);
            continue;
        }
        // The translation of a bead that was torn apart stays with its first part.
        let bead = bead.filter(|&bead| !std::mem::replace(&mut is_used[bead], true));
        let fate = match (passage.old, bead) {
            (Some(_), None) => Fate::Changed,
            _ => passage.fate,
        };
        drafts.push(Draft { new: vec![new], old: bead, fate });
    }
    // A bead of which a part is missing is no translation of the rest.
    for draft in &mut drafts {
        let whole =
            draft.old.map(|bead| old.ladder.beads()[bead].range.get(source).len());
        if whole.is_some_and(|whole| whole != draft.new.len()) {
            draft.fate = graver(draft.fate, Fate::Changed);
        }
    }
    drafts
}

/// A pair of what belongs to the source and what belongs to the target.
fn in_order<T>(source: Side, of_source: T, of_target: T) -> Pair<T> {
    match source {
        Side::Zh => Pair::new(of_source, of_target),
        Side::En => Pair::new(of_target, of_source),
    }
}

/// A document of these segments, in this order, with the lines that they have in their file.
fn some_of(document: &Document, segments: impl Iterator<Item = usize>) -> Document {
    let mut text = String::new();
    let segments = segments
        .map(|at| {
            if !text.is_empty() {
                text.push('\n');
            }
            let start = text.len();
            text.push_str(document.segment_text(at));
            let span = Span::new(start, text.len());
            Segment { span, cited_in: None, ..document.segments[at].clone() }
        })
        .collect();
    let name = document.name.clone();
    Document { name, text: Traced::verbatim(&text, 0), segments, left_out: Vec::new() }
}

/// Of two fates of parts the one that the whole has.
fn graver(a: Fate, b: Fate) -> Fate {
    a.max(b)
}
