use std::fmt;

/// What a label counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum LabelUnit {
    /// `第三编`, `Part III`.
    Part,
    /// `第三章`, `Chapter III`.
    Chapter,
    /// `第二节`, `Section 2`.
    Section,
    /// `第十三条`, `Article 13`.
    Article,
    /// `一、`, `十二．`: a paragraph numbered in Chinese, above those with Arabic numbers.
    Numeral,
    /// `1.`, `12、`, `3.2`: a numbered paragraph or a list item without brackets.
    Point,
    /// `(1)`, `（一）`, `1)`, `①`: an item in brackets.
    Item,
    /// `(a)`, `a.`: an item under a letter.
    Letter,
    /// `(ii)`, `iv.`: an item under a small Roman number.
    Roman,
    /// The number of a footnote.
    Footnote,
}

impl LabelUnit {
    /// Is the unit named in words (article, chapter), not only shown by the style of a number?
    pub fn is_named(self) -> bool {
        match self {
            LabelUnit::Part
            | LabelUnit::Chapter
            | LabelUnit::Section
            | LabelUnit::Article
            | LabelUnit::Footnote => true,
            LabelUnit::Numeral
            | LabelUnit::Point
            | LabelUnit::Item
            | LabelUnit::Letter
            | LabelUnit::Roman => false,
        }
    }

    /// Do the two languages write the one for the other: 一、 for `1.`?
    pub fn is_alike(self, other: LabelUnit) -> bool {
        let plain =
            |unit| if unit == LabelUnit::Numeral { LabelUnit::Point } else { unit };
        plain(self) == plain(other)
    }
}

/// The number that opens a segment, as a value: `第十三条`, `第 13 條` and `Article 13` are one.
///
/// Zero-sized differences of writing (width, script, brackets) are gone; what it counts
/// remains in `unit`, the count in `number`.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Label {
    /// What is counted.
    pub unit: LabelUnit,
    /// The count: `[13]` for article 13, `[14, 1]` for `第十四條之一` and `3.2`. Letters and
    /// Roman numbers by their place: (c) is 3, (iv) is 4.
    pub number: Vec<u32>,
}

impl Label {
    /// A label of one number.
    pub fn new(unit: LabelUnit, number: u32) -> Self {
        Self { unit, number: vec![number] }
    }

    /// The label, read in the light of the one before it on the same level: (i) after (h) is a
    /// letter, (i) elsewhere a Roman number.
    pub fn resolve(previous: Option<&Label>, this: Label) -> Label {
        Self::resolve_between(previous, this, None)
    }

    /// As [`Label::resolve`], with the label behind it as well where that is known: (i)
    /// between (h) and (ii) is Roman, a list nested under (h).
    pub fn resolve_between(
        previous: Option<&Label>,
        this: Label,
        next: Option<&Label>,
    ) -> Label {
        let Some(letter) = this.as_letter() else { return this };
        let follows = |label: Option<&Label>, step: u32| {
            label.is_some_and(|label| *label == Label::new(LabelUnit::Letter, step))
        };
        let goes_on_roman = next.is_some_and(|next| {
            next.unit == LabelUnit::Roman && next.number[..] == [this.number[0] + 1]
        });
        let after_letter = follows(previous, letter - 1);
        if after_letter && !goes_on_roman || follows(next, letter + 1) {
            Label::new(LabelUnit::Letter, letter)
        } else {
            this
        }
    }

    /// The place in the alphabet of a Roman label that may as well be a letter: i, v, x, and
    /// doubled ii, xx.
    fn as_letter(&self) -> Option<u32> {
        match (self.unit, self.number.as_slice()) {
            (LabelUnit::Roman, [1]) => Some(9),
            (LabelUnit::Roman, [5]) => Some(22),
            (LabelUnit::Roman, [10]) => Some(24),
            (LabelUnit::Roman, [2]) => Some(35),
            (LabelUnit::Roman, [20]) => Some(50),
            _ => None,
        }
    }

    /// Do the labels of two segments speak for or against their being translations? `None`
    /// where they say nothing: a named unit against a list item, an article against a
    /// section.
    pub fn agrees(&self, other: &Label) -> Option<Agreement> {
        if self.unit.is_alike(other.unit) {
            return Some(if self.number == other.number {
                Agreement::Same
            } else {
                Agreement::Conflict
            });
        }
        if self.unit.is_named() || other.unit.is_named() {
            return None;
        }
        let equal =
            self.number == other.number || self.reads_as(other) || other.reads_as(self);
        Some(if equal { Agreement::Compatible } else { Agreement::Conflict })
    }

    /// Is this a Roman number that can be the letter `other`?
    fn reads_as(&self, other: &Label) -> bool {
        other.unit == LabelUnit::Letter
            && self.as_letter().is_some_and(|letter| other.number[..] == [letter])
    }
}

/// What two labels say of two segments.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Agreement {
    /// The same unit and number: 第十三条 and Article 13.
    Same,
    /// The same number in another style: （三） and (c).
    Compatible,
    /// Another number.
    Conflict,
}

impl fmt::Display for Label {
    /// `article 13`, `1`, `(2)`, `(c)`: one writing for both languages.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let number = self.number.iter().map(u32::to_string).collect::<Vec<_>>().join(".");
        let first = self.number.first().copied().unwrap_or(0);
        match self.unit {
            LabelUnit::Part => write!(f, "part {number}"),
            LabelUnit::Chapter => write!(f, "chapter {number}"),
            LabelUnit::Section => write!(f, "section {number}"),
            LabelUnit::Article => write!(f, "article {number}"),
            LabelUnit::Numeral | LabelUnit::Point => f.write_str(&number),
            LabelUnit::Item => write!(f, "({number})"),
            LabelUnit::Letter => match u8::try_from(first) {
                Ok(n @ 1..=26) => write!(f, "({})", char::from(b'a' + n - 1)),
                _ => write!(f, "({number})"),
            },
            LabelUnit::Roman => write!(f, "(roman {number})"),
            LabelUnit::Footnote => write!(f, "note {number}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_letter_i_is_known_by_its_neighbours() {
        let letter = |n| Label::new(LabelUnit::Letter, n);
        let roman = |n| Label::new(LabelUnit::Roman, n);
        assert_eq!(Label::resolve(Some(&letter(8)), roman(1)), letter(9));
        assert_eq!(Label::resolve(Some(&letter(1)), roman(1)), roman(1));
        assert_eq!(Label::resolve(None, roman(1)), roman(1));
        assert_eq!(Label::resolve(Some(&roman(4)), roman(5)), roman(5));
        assert_eq!(Label::resolve(Some(&letter(21)), roman(5)), letter(22));
        let (h, ii, j) = (letter(8), roman(2), letter(10));
        assert_eq!(Label::resolve_between(Some(&h), roman(1), Some(&ii)), roman(1));
        assert_eq!(Label::resolve_between(None, roman(1), Some(&j)), letter(9));
    }

    #[test]
    fn labels_agree_across_styles_and_conflict_by_number() {
        let label = Label::new;
        let article = label(LabelUnit::Article, 3);
        assert_eq!(article.agrees(&label(LabelUnit::Article, 3)), Some(Agreement::Same));
        assert_eq!(
            article.agrees(&label(LabelUnit::Article, 4)),
            Some(Agreement::Conflict)
        );
        assert_eq!(article.agrees(&label(LabelUnit::Section, 3)), None);
        assert_eq!(article.agrees(&label(LabelUnit::Point, 3)), None);
        let item = label(LabelUnit::Item, 3);
        assert_eq!(
            item.agrees(&label(LabelUnit::Letter, 3)),
            Some(Agreement::Compatible)
        );
        assert_eq!(item.agrees(&label(LabelUnit::Letter, 4)), Some(Agreement::Conflict));
        let i = label(LabelUnit::Roman, 1);
        assert_eq!(i.agrees(&label(LabelUnit::Letter, 9)), Some(Agreement::Compatible));
    }
}
