//! Which unit each labelled segment stands in: (a) of paragraph 2 of article 14.

use crate::types::{Label, LabelUnit, Segment};

/// How deep the tree of labels may grow; deeper labels keep the last parents.
const MAX_DEPTH: usize = 8;

/// Settles ambiguous labels by those before them and gives each segment its parents.
///
/// A label opens a level under the labels before it, unless its unit is open already: then it
/// takes that level's place and closes what lies below.
pub(super) fn resolve(segments: &mut [Segment]) {
    drop_citations(segments);
    let mut open: Vec<Label> = Vec::new();
    for k in 0..segments.len() {
        let (segment, rest) = segments[k..].split_first_mut().expect("k is inside");
        if let Some(label) = segment.label.take() {
            let before = open.iter().rev().find(|o| is_kin(o, &label)).or(open.last());
            let next = rest.first().and_then(|segment| segment.label.as_ref());
            let label = Label::resolve_between(before, label, next);
            match open.iter().position(|o| o.unit == label.unit) {
                Some(level) => open.truncate(level),
                None => {
                    // Parts, chapters, sections and articles nest in this order, whatever
                    // was open; lists nest as they come.
                    open.retain(|o| {
                        rank(o) < rank(&label) || rank(&label) == LIST && rank(o) == LIST
                    });
                    open.truncate(MAX_DEPTH);
                }
            }
            segment.parents.clone_from(&open);
            open.push(label.clone());
            segment.label = Some(label);
        } else {
            segment.parents.clone_from(&open);
        }
    }
}

/// Takes the label off a paragraph that only opens with the citation of an article: 第七十条不
/// 排除… between articles 71 and 72.
fn drop_citations(segments: &mut [Segment]) {
    let article = |segment: &Segment| match &segment.label {
        Some(label) if label.unit == LabelUnit::Article => label.number.first().copied(),
        _ => None,
    };
    let articles: Vec<(usize, u32)> =
        segments.iter().enumerate().filter_map(|(k, s)| Some((k, article(s)?))).collect();
    for around in articles.windows(3) {
        let [(_, before), (k, number), (_, next)] = *around else { continue };
        if next == before + 1 && number != before && number != next && number != 1 {
            segments[k].label = None;
        }
    }
}

/// The rank of all lists, below that of every named unit.
const LIST: u8 = 4;

fn rank(label: &Label) -> u8 {
    use crate::types::LabelUnit as Unit;
    match label.unit {
        Unit::Part => 0,
        Unit::Chapter => 1,
        Unit::Section => 2,
        Unit::Article => 3,
        _ => LIST,
    }
}

/// Could the one be the neighbour of the other in a list?
fn is_kin(a: &Label, b: &Label) -> bool {
    use crate::types::LabelUnit as Unit;
    a.unit == b.unit
        || matches!(
            (a.unit, b.unit),
            (Unit::Letter, Unit::Roman) | (Unit::Roman, Unit::Letter)
        )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Span;
    use crate::types::Kind;

    fn outline(labels: &[Option<Label>]) -> Vec<String> {
        let mut segments: Vec<Segment> = labels
            .iter()
            .map(|label| Segment {
                span: Span::new(0, 0),
                kind: Kind::Paragraph,
                label: label.clone(),
                parents: vec![],
                lines: (1, 1),
                soft: false,
                cited_in: None,
                cue: None,
                language: None,
            })
            .collect();
        resolve(&mut segments);
        let path = |s: &Segment| {
            s.parents
                .iter()
                .chain(&s.label)
                .map(Label::to_string)
                .collect::<Vec<_>>()
                .join(" > ")
        };
        segments.iter().map(path).collect()
    }

    #[test]
    fn items_know_their_paragraph_and_article() {
        let l = |unit, n| Some(Label::new(unit, n));
        assert_eq!(
            outline(&[
                l(LabelUnit::Article, 2),
                l(LabelUnit::Point, 1),
                l(LabelUnit::Item, 1),
                l(LabelUnit::Item, 2),
                None,
                l(LabelUnit::Point, 2),
                l(LabelUnit::Article, 3),
            ]),
            [
                "article 2",
                "article 2 > 1",
                "article 2 > 1 > (1)",
                "article 2 > 1 > (2)",
                "article 2 > 1 > (2)",
                "article 2 > 2",
                "article 3"
            ]
        );
    }

    #[test]
    fn an_article_out_of_its_place_is_cited() {
        let l = |n| Some(Label::new(LabelUnit::Article, n));
        assert_eq!(
            outline(&[l(70), l(71), l(70), None, l(72), l(90), l(73), l(1), l(2)]),
            [
                "article 70",
                "article 71",
                "article 71",
                "article 71",
                "article 72",
                "article 72",
                "article 73",
                "article 1",
                "article 2"
            ]
        );
        // What is skipped or misprinted keeps its number, so that it can be told.
        assert_eq!(outline(&[l(3), l(5), l(6)]), ["article 3", "article 5", "article 6"]);
        assert_eq!(outline(&[l(3), l(3), l(4)]), ["article 3", "article 3", "article 4"]);
    }

    #[test]
    fn a_chapter_closes_the_articles_before_it() {
        let l = |unit, n| Some(Label::new(unit, n));
        assert_eq!(
            outline(&[
                l(LabelUnit::Article, 9),
                l(LabelUnit::Chapter, 2),
                l(LabelUnit::Article, 10)
            ]),
            ["article 9", "chapter 2", "chapter 2 > article 10"]
        );
    }
}
