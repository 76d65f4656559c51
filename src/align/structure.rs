//! What labels, surrounding units and kinds of passages say for or against a bead, in nats.
//!
//! Labels are evidence that the words may overrule: a law that was renumbered keeps its text.
//! The figures are set by hand, so that one article's text (tens of nats) outweighs its number.

use crate::align::corpus::{Frame, IndexedSide};
use crate::types::{Kind, Label, LabelUnit, Pair};

/// Equal labels that count the same.
const SAME_LABEL: f32 = 4.0;
/// Equal numbers, one of them without a named unit: point 3 and item (3).
const SAME_NUMBER: f32 = 2.5;
/// Labels that count the same and differ.
const OTHER_LABEL: f32 = -4.0;
/// Labels of different units with different numbers.
const OTHER_UNIT: f32 = -3.0;
/// A label on one side only.
const ONE_LABEL: f32 = -1.0;
/// Equal labels of the nearest unit around.
const SAME_PARENT: f32 = 1.0;
/// Different labels there.
const OTHER_PARENT: f32 = -0.7;
/// Footnote against no footnote.
const FOOTNOTE_AGAINST_TEXT: f32 = -8.0;
/// Heading or title against running text.
const HEADING_AGAINST_TEXT: f32 = -2.0;
/// Equal kinds that are not the common paragraph.
const SAME_KIND: f32 = 0.5;
/// A labelled passage swallowed behind another, unless the other side has its fellow.
const SWALLOWED_LABEL: f32 = -4.0;
/// A heading or footnote joined with what follows.
const SWALLOWED_KIND: f32 = -3.0;

/// Paragraphs are joined or split less often than the sentences the bead types were fitted to.
const JOINED: f32 = -2.5;
/// What speaks against a single one left out, on top of what is learned from novels, where
/// sentences are short.
const ALONE: f32 = -2.0;

/// Is there anything to compare?
pub(crate) fn is_worth_it(texts: &Pair<IndexedSide>) -> bool {
    let has = |text: &IndexedSide| {
        text.frames.iter().any(|f| f.label.is_some() || f.kind != Kind::Paragraph)
    };
    has(&texts.zh) || has(&texts.en)
}

/// The score of a bead of these passages, which count as `counts` passages on each side.
pub(crate) fn score(zh: &[Frame], en: &[Frame], counts: (usize, usize)) -> f32 {
    let (Some(first_zh), Some(first_en)) = (zh.first(), en.first()) else { return ALONE };
    let joined = if counts == (1, 1) { 0.0 } else { JOINED };
    labels(first_zh.label.as_ref(), first_en.label.as_ref())
        + parents(first_zh, first_en)
        + kinds(first_zh.kind, first_en.kind)
        + swallowed(zh, en)
        + swallowed(en, zh)
        + joined
}

/// How two labels agree.
pub(crate) fn labels(zh: Option<&Label>, en: Option<&Label>) -> f32 {
    match (zh, en) {
        (None, None) => 0.0,
        (Some(zh), Some(en)) => {
            if zh.number == en.number {
                if zh.unit.is_alike(en.unit) {
                    SAME_LABEL
                } else if is_unnamed(zh.unit) && is_unnamed(en.unit) {
                    SAME_NUMBER
                } else {
                    0.0
                }
            } else if zh.unit.is_alike(en.unit) {
                OTHER_LABEL
            } else {
                OTHER_UNIT
            }
        }
        _ => ONE_LABEL,
    }
}

/// A unit whose mark says nothing but the number, so that the languages differ in it.
fn is_unnamed(unit: LabelUnit) -> bool {
    !unit.is_named()
}

fn parents(zh: &Frame, en: &Frame) -> f32 {
    match (zh.parents.last(), en.parents.last()) {
        (Some(zh), Some(en)) if zh.number == en.number => SAME_PARENT,
        (Some(_), Some(_)) => OTHER_PARENT,
        _ => 0.0,
    }
}

fn is_heading(kind: Kind) -> bool {
    matches!(kind, Kind::Heading | Kind::Title)
}

fn kinds(zh: Kind, en: Kind) -> f32 {
    if (zh == Kind::Footnote) != (en == Kind::Footnote) {
        FOOTNOTE_AGAINST_TEXT
    } else if is_heading(zh) != is_heading(en) {
        HEADING_AGAINST_TEXT
    } else if zh == en && zh != Kind::Paragraph && zh != Kind::Item {
        SAME_KIND
    } else {
        0.0
    }
}

/// What stands inside a bead and ought to open one.
fn swallowed(side: &[Frame], other: &[Frame]) -> f32 {
    let mut score = 0.0;
    for pair in side.windows(2) {
        let (before, inner) = (&pair[0], &pair[1]);
        if inner.soft {
            continue;
        }
        if inner.label.is_some()
            && !other[1..]
                .iter()
                .any(|f| labels(inner.label.as_ref(), f.label.as_ref()) > 0.0)
        {
            score += SWALLOWED_LABEL;
        }
        if is_heading(before.kind) != is_heading(inner.kind)
            || (before.kind == Kind::Footnote) != (inner.kind == Kind::Footnote)
        {
            score += SWALLOWED_KIND;
        }
    }
    score
}

#[cfg(test)]
mod tests {
    use super::*;

    fn label(unit: LabelUnit, number: u32) -> Label {
        Label::new(unit, number)
    }

    #[test]
    fn equal_articles_speak_for_each_other_and_others_against() {
        let (three, four) = (label(LabelUnit::Article, 3), label(LabelUnit::Article, 4));
        assert!(labels(Some(&three), Some(&three)) > 0.0);
        assert!(labels(Some(&three), Some(&four)) < 0.0);
    }

    #[test]
    fn a_point_and_an_item_agree_by_number_but_less() {
        let (point, item) = (label(LabelUnit::Point, 2), label(LabelUnit::Item, 2));
        let weak = labels(Some(&point), Some(&item));
        assert!(weak > 0.0 && weak < labels(Some(&item), Some(&item)));
    }
}
