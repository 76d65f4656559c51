//! What a finding says, as values.
//!
//! Sentences are made of facts where they are shown: in English by [`Fact::english`], which
//! every report asks, in Chinese too by [`Fact::worded`].

use crate::types::{Label, LeftOutKind, Mention, Pair, Side};

/// What is the case.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Fact {
    /// A passage stands elsewhere on the other side.
    Elsewhere,
    /// A passage has the place of another on the other side.
    Exchanged,
    /// A side lacks what the other has.
    Lacks {
        /// The side that lacks it.
        side: Side,
        /// What it lacks.
        part: Part,
    },
    /// A passage stands twice on a side and once on the other.
    Twice {
        /// The side that has it twice.
        side: Side,
    },
    /// A unit has the same words twice on a side and once on the other.
    WordsTwice {
        /// The side that has them twice.
        side: Side,
    },
    /// The sides say different things in one place.
    Differ(Pair<Value>),
    /// A side has a value that the other lacks.
    Only {
        /// The side that has it.
        side: Side,
        /// What it has.
        value: Value,
    },
    /// A number of a unit stands twice on a side.
    NumberTwice {
        /// The side.
        side: Side,
        /// The number.
        number: u32,
    },
    /// A number of a unit does not follow the one before it, which it does on the other side.
    NumberSkipped {
        /// The side where it does not.
        side: Side,
        /// The number before it.
        before: u32,
        /// The number.
        number: u32,
    },
    /// A number stands in words and once more in brackets, and differs.
    InBrackets {
        /// The number in words.
        words: String,
        /// That in brackets.
        brackets: String,
    },
    /// A number of the other side stands in what was left out.
    LeftOut {
        /// The number.
        number: String,
        /// As what it was left out.
        kind: LeftOutKind,
    },
    /// What was left out reads like the translation of a unit that has none.
    LeftOutText {
        /// As what it was left out.
        kind: LeftOutKind,
    },
    /// A list of names has one on one side only.
    InList {
        /// The name, as written.
        name: String,
        /// The side that has it.
        side: Side,
    },
    /// A term has a rendering that the glossary forbids.
    Forbidden {
        /// The Chinese term, as written.
        term: String,
        /// Its rendering, as written.
        used: String,
    },
    /// A term has a rendering that the glossary accepts and does not prefer.
    NotPreferred {
        /// The Chinese term, as written.
        term: String,
        /// Its rendering, as written.
        used: String,
    },
    /// A term does not have the rendering of the glossary everywhere.
    NotEverywhere {
        /// The Chinese term, as written.
        term: String,
        /// The rendering of the glossary.
        best: String,
        /// Another rendering, as written, where one is known.
        used: Option<String>,
    },
    /// A term stands without the rendering of the glossary.
    Without {
        /// The Chinese term, as written.
        term: String,
        /// The rendering of the glossary.
        best: String,
    },
    /// A term has several renderings, or one rendering several terms.
    Renderings {
        /// The side of the one.
        side: Side,
        /// The one.
        term: String,
        /// How many there are on the other side.
        n: usize,
    },
    /// A text has several translations.
    Translations {
        /// As much of the text as names it.
        text: String,
        /// How many there are.
        n: usize,
    },
    /// Several texts have one translation.
    TranslatedAlike {
        /// As much of the translation as names it.
        text: String,
        /// How many texts there are.
        n: usize,
    },
    /// A name is spelled otherwise in other places.
    Misspelled {
        /// As written.
        word: String,
        /// As it is elsewhere.
        right: String,
        /// In how many places.
        n: usize,
    },
    /// A bracket or quotation mark is not closed.
    NotClosed(String),
    /// A bracket or quotation mark was not opened.
    NotOpened(String),
    /// So many brackets or quotation marks lack their other half.
    Unbalanced(usize),
    /// Both sides are the same text.
    Same,
    /// A side has text in the language of the other.
    Foreign {
        /// The side.
        side: Side,
    },
    /// The lengths do not fit one another.
    Lengths {
        /// Chinese characters.
        zh: usize,
        /// English letters.
        en: usize,
        /// The English letters that so much Chinese lets expect in this text.
        expected: usize,
    },
}

/// What a side may lack.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Part {
    /// A sentence of a unit.
    Sentence,
    /// The title.
    Title,
    /// A heading.
    Heading,
    /// An item of a list.
    Item,
    /// A footnote.
    Footnote,
    /// A line of its own, as one with a date.
    Line,
    /// A row of a table.
    Row,
    /// A paragraph.
    Paragraph,
    /// So many units in a row.
    Units(usize),
}

/// What differs between the sides.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Value {
    /// A date, sum, reference or other thing that both languages name.
    Mention(Mention),
    /// The label of a unit.
    Label(Label),
    /// A number or name, as it is written.
    Written(String),
}
