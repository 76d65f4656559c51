use crate::numbering::label_at;
use crate::text::{Span, Traced};
use crate::types::{Bead, Document, Kind, Ladder, Pair, Paired, Segment, Side};

/// The documents and the ladder of units that are paired already: a segment a side, a bead a
/// unit. `lines` of a segment is the place of its unit, from 1.
pub fn paired(paired: &Paired) -> (Pair<Document>, Ladder) {
    let mut documents = Pair::new(Side::Zh, Side::En).map(|_| Document {
        name: paired.name.clone(),
        text: Traced::default(),
        segments: Vec::new(),
        left_out: Vec::new(),
    });
    let mut beads = Vec::new();
    let mut at = 0;
    for (index, unit) in paired.units.iter().enumerate() {
        let before = documents.as_ref().map(|document| document.segments.len());
        push(&mut documents.zh, Side::Zh, &unit.zh, at, index);
        push(&mut documents.en, Side::En, &unit.en, at + unit.zh.len(), index);
        at += unit.zh.len() + unit.en.len();
        let after = documents.as_ref().map(|document| document.segments.len());
        let range = Pair::new(before.zh..after.zh, before.en..after.en);
        if !(range.zh.is_empty() && range.en.is_empty()) {
            beads.push(Bead { range, score: 1.0 });
        }
    }
    let ladder = tiled(&documents, beads);
    (documents, ladder)
}

fn tiled(documents: &Pair<Document>, beads: Vec<Bead>) -> Ladder {
    let len = documents.as_ref().map(|document| document.segments.len());
    Ladder::new(beads, len).expect("each unit follows the one before")
}

fn push(document: &mut Document, side: Side, text: &str, at: usize, index: usize) {
    let text = Traced::verbatim(text, at).trimmed();
    if text.is_empty() {
        return;
    }
    if !document.text.is_empty() {
        document.text.push_inserted("\n", at);
    }
    let start = document.text.len();
    document.text.push(&text);
    document.segments.push(Segment {
        span: Span::new(start, document.text.len()),
        kind: Kind::Paragraph,
        label: label_at(side, text.as_str()).map(|(label, _)| label),
        parents: Vec::new(),
        lines: (index + 1, index + 1),
        soft: false,
        cited_in: None,
        cue: None,
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_unit_is_a_bead_and_may_stand_alone() {
        let unit = |zh: &str, en: &str| Pair::new(zh.to_owned(), en.to_owned());
        let units = vec![unit("第一条", "Article 1"), unit("", "Alone"), unit(" ", "")];
        let (documents, ladder) = paired(&Paired { name: "a.tmx".into(), units });
        let texts: Vec<_> = documents.en.texts().collect();
        assert_eq!((texts, ladder.beads().len()), (vec!["Article 1", "Alone"], 2));
        assert!(ladder.beads()[1].is_single());
    }
}
