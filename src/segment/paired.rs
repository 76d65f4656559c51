use crate::numbering::label_at;
use crate::text::{Span, Traced};
use crate::types::{
    Bead, Document, Kind, Ladder, Pair, Paired, PairedUnit, Segment, Side,
};

/// The documents and the ladder of units that are paired already: a segment a side, a bead a
/// unit.
pub fn paired(paired: &Paired) -> (Pair<Document>, Ladder) {
    let mut documents = Pair::new(Side::Zh, Side::En).map(|_| Document {
        name: paired.name.clone(),
        text: Traced::default(),
        segments: Vec::new(),
        left_out: Vec::new(),
    });
    // One file: what it holds beside the units is told once.
    documents.zh.left_out.clone_from(&paired.left_out);
    let mut beads = Vec::new();
    let mut at = 0;
    for unit in &paired.units {
        let before = documents.as_ref().map(|document| document.segments.len());
        push(&mut documents.zh, Side::Zh, unit, at);
        push(&mut documents.en, Side::En, unit, at + unit.text.zh.len());
        at += unit.text.zh.len() + unit.text.en.len();
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

fn push(document: &mut Document, side: Side, unit: &PairedUnit, at: usize) {
    let text = Traced::verbatim(unit.text.get(side), at).trimmed();
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
        lines: *unit.lines.get(side),
        soft: false,
        cited_in: None,
        cue: None,
        language: unit.languages.get(side).clone(),
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_unit_is_a_bead_and_may_stand_alone() {
        let unit = |zh: &str, en: &str, line| PairedUnit {
            text: Pair::new(zh.to_owned(), en.to_owned()),
            lines: Pair::new((line, line), (line + 1, line + 1)),
            ..PairedUnit::default()
        };
        let units =
            vec![unit("第一条", "Article 1", 3), unit("", "Alone", 7), unit(" ", "", 9)];
        let (name, left_out) = ("a.tmx".to_owned(), Vec::new());
        let (documents, ladder) = paired(&Paired { name, units, left_out });
        assert_eq!(documents.en.segments[1].lines, (8, 8));
        let texts: Vec<_> = documents.en.texts().collect();
        assert_eq!((texts, ladder.beads().len()), (vec!["Article 1", "Alone"], 2));
        assert!(ladder.beads()[1].is_single());
    }
}
