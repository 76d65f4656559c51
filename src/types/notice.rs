use std::ops::Range;

use crate::types::{Label, LeftOut, Pair, Side, Suspicion};

/// What the reader should know about the input; the run goes on.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Notice {
    /// The first file is English and the second Chinese; they were exchanged.
    Swapped,
    /// Text that may be in another encoding than the one it was read in.
    EncodingGuessed {
        /// The file.
        name: String,
        /// The encoding that was used.
        encoding: &'static str,
    },
    /// A document of a kind that is not read itself; it was read as LibreOffice saves it.
    Converted {
        /// The file.
        name: String,
    },
    /// Control characters that no text needs were dropped while reading.
    ControlsDropped {
        /// The file.
        name: String,
        /// How many.
        count: usize,
        /// The line of the first of them, from 1.
        first_line: usize,
    },
    /// A quotation mark opens a cell of a table and is never closed; it was read as a letter of
    /// its cell.
    QuoteOpen {
        /// The file.
        name: String,
        /// The line of it, from 1.
        line: usize,
    },
    /// A cleaning rule changed the text.
    Cleaned {
        /// The side.
        side: Side,
        /// The name of the rule.
        rule: &'static str,
        /// In how many places.
        places: usize,
        /// The first of them, as a line of the file, from 1.
        first_line: usize,
    },
    /// What was left out of the units of a side deserves a look.
    Suspicious {
        /// The file.
        name: String,
        /// The first such stretch.
        left_out: LeftOut,
        /// Why.
        suspicion: Suspicion,
        /// How many there are of this kind and for this reason.
        count: usize,
        /// How many characters they have together.
        n_chars: usize,
    },
    /// Rows that were confirmed in a review were taken from it.
    Reviewed {
        /// The file of the review.
        file: String,
        /// How many of its rows stand.
        rows: usize,
        /// How many do not, because their texts are others now.
        lost: usize,
    },
    /// A review is of other units, and nothing was taken from it.
    ReviewOfOthers {
        /// The file of the review.
        file: String,
        /// What its units are.
        level: String,
    },
    /// Units that were not sure enough stayed out of the memories.
    DoubtfulLeftOut {
        /// How many.
        count: usize,
    },
    /// Units that are longer than some tools take.
    LongUnits {
        /// What a reader would call them, in order.
        names: Vec<String>,
        /// The longest side that is taken everywhere, in characters.
        limit: usize,
    },
    /// A row of a glossary could not be read and was passed over.
    RowSkipped {
        /// Where and why.
        problem: String,
    },
    /// Something in a glossary was not understood, though the rest was read.
    RowNotUnderstood {
        /// Where and what.
        problem: String,
    },
    /// A glossary that is no termbase of ours, or has rows that cannot be read: its pairs are
    /// marked, and nothing is merged into it.
    GlossaryReadOnly {
        /// The file.
        name: String,
    },
    /// The termbase was set read-only, and stays as it is.
    TermbaseReadOnly {
        /// The file.
        name: String,
    },
    /// A passage stands elsewhere on the other side: the ladder leaves both places alone.
    Moved {
        /// The segments of the bitext that each place is.
        segments: Pair<Range<usize>>,
        /// First and last line of each place.
        lines: Pair<(usize, usize)>,
        /// How sure this is, 0 to 1.
        score: f64,
    },
    /// The texts are no translations of one another: too little of either pairs with
    /// evidence.
    Unrelated {
        /// The share of the letters that did pair, of the side where it is larger; 0 to 1.
        share: f64,
    },
    /// A text that is in neither language: Japanese for Chinese, French for English.
    OtherLanguage {
        /// The side that it was taken for.
        side: Side,
    },
    /// A list that each language sorts anew: States by their names, definitions by their
    /// terms. Its items are paired wherever they stand.
    SortedAnew {
        /// First and last line of the list on each side.
        lines: Pair<(usize, usize)>,
        /// How many of its items were paired.
        pairs: usize,
        /// How many items of both sides stay alone.
        alone: usize,
    },
    /// A memory that is too large for one text was taken in parts.
    TakenInParts {
        /// The file.
        name: String,
        /// The outputs that were asked for and cannot be made so.
        without: Vec<String>,
    },
    /// The two sides of a bead carry different labels.
    LabelsDisagree {
        /// Index of the bead.
        bead: usize,
        /// The two labels.
        labels: Pair<Label>,
        /// The lines where they stand.
        lines: Pair<usize>,
    },
}

/// A value, and what there is to say of how it came about.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Noted<T> {
    /// The value.
    pub value: T,
    /// What the reader should know.
    pub notices: Vec<Notice>,
}

impl<T> From<T> for Noted<T> {
    /// A value of which there is nothing to say.
    fn from(value: T) -> Self {
        Self { value, notices: Vec::new() }
    }
}
