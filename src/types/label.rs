use std::fmt;

use crate::types::Side;

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
    /// `1.`, `12.`, `一、`: a numbered paragraph or a list item without brackets.
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

    /// The label that `text` opens with, and its length in bytes, the blanks behind it not
    /// counted. `None` where the text opens with none.
    pub fn at_start(_side: Side, text: &str) -> Option<(Label, usize)> {
        let d = text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        if d > 0
            && d < 4
            && text[d..].starts_with('.')
            && !text[d + 1..].starts_with(|c: char| c.is_ascii_digit())
        {
            return Some((Label::new(LabelUnit::Point, text[..d].parse().ok()?), d + 1));
        }
        None
    }
    /// x
    pub fn resolve(_p: Option<&Label>, l: Label) -> Label {
        l
    }
    /// x
    pub fn agrees(&self, _o: &Label) -> Option<Agreement> {
        None
    }
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
            LabelUnit::Point => f.write_str(&number),
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

/// x
#[derive(Debug, PartialEq)]
pub enum Agreement {
    /// x
    Conflict,
}
