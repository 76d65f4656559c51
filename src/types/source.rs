use crate::text::Span;
use crate::types::{FilePlace, LeftOut, Pair};

/// The text of one file, decoded, as it stood.
///
/// Line ends are `\n` whatever they were in the file; form feeds are kept, they say where a
/// page begins. Of a file that tells its paragraphs (a Word file, a web page) the text is one
/// block a line, and `blocks` keeps what the file told of each.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// The name to speak of the file by: its path as given.
    pub name: String,
    /// The decoded text.
    pub text: String,
    /// The encoding it was read in, by its WHATWG name.
    pub encoding: &'static str,
    /// The paragraphs, headings, rows and notes of a structured file, in order of their
    /// spans; `None` for plain text, whose paragraphs are yet to be found.
    pub blocks: Option<Vec<Block>>,
    /// Do the lines end where those of a page did, as in a PDF?
    pub is_paged: bool,
    /// What the file holds and `text` does not, in order of the file: the reader's part of
    /// the ledger.
    pub left_out: Vec<LeftOut>,
}

impl Source {
    /// A plain text, whose paragraphs are yet to be found.
    pub fn plain(
        name: impl Into<String>,
        text: impl Into<String>,
        encoding: &'static str,
    ) -> Self {
        let (name, text) = (name.into(), text.into());
        let (blocks, is_paged, left_out) = (None, false, Vec::new());
        Self { name, text, encoding, blocks, is_paged, left_out }
    }

    /// Where in the file each line of the text stands, in their order: the page and which of
    /// its printed lines in a text that is [paged](Source::is_paged), the line in others.
    ///
    /// A blank line has the place of the printed line before it.
    ///
    /// ```
    /// # use bitext::types::{FilePlace, Source};
    /// let mut pdf = Source::plain("treaty.pdf", "Article 1\n\nAim\n\u{c}Article 2", "UTF-8");
    /// pdf.is_paged = true;
    /// assert_eq!(pdf.line_places()[2], FilePlace::Page { page: 1, line: 2 });
    /// assert_eq!(pdf.line_places()[3], FilePlace::Page { page: 2, line: 1 });
    /// ```
    pub fn line_places(&self) -> Vec<FilePlace> {
        let (mut page, mut printed) = (1, 0);
        let place = |(number, text): (usize, &str)| {
            if !self.is_paged {
                return FilePlace::Line(number);
            }
            let n_ends = text.matches('\u{c}').count();
            if n_ends > 0 {
                (page, printed) = (page + n_ends, 0);
            }
            printed += usize::from(!text.trim().is_empty());
            FilePlace::Page { page, line: printed }
        };
        (1..).zip(self.text.split('\n')).map(place).collect()
    }

    /// Where in the file a line of the text stands, counted from 1; see
    /// [`line_places`](Source::line_places), which is made for many.
    pub fn place_of_line(&self, line: usize) -> Option<FilePlace> {
        self.line_places().into_iter().nth(line.checked_sub(1)?)
    }
}

/// A paragraph of a structured file, its number written out as a reader sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Block {
    /// Where it stands in [`Source::text`].
    pub span: Span,
    /// What the file says it is.
    pub kind: BlockKind,
    /// Does it begin at a mere line break inside a paragraph?
    pub soft: bool,
    /// The numbers of the notes that it cites. Their marks are not in the text.
    pub cites: Vec<u32>,
    /// First and last line of the file that it stands on, from 1; `None` where the format has
    /// no lines, as a Word file, so that its place among the blocks must do.
    pub lines: Option<(usize, usize)>,
    /// The language that the file says it is in, as a tag of BCP 47.
    pub language: Option<Box<str>>,
}

impl Block {
    /// A block of which the file tells nothing but what it is.
    pub fn new(span: Span, kind: BlockKind) -> Self {
        Self { span, kind, soft: false, cites: Vec::new(), lines: None, language: None }
    }
}

/// What a structured file says of a block.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum BlockKind {
    /// A paragraph, or what is set as one: many files mark no headings.
    Paragraph,
    /// A heading.
    Heading,
    /// An item of a list.
    Item,
    /// A row of a table, a tab between two cells.
    Row,
    /// The body of the note of that number.
    Note(u32),
    /// A listing of code, line feeds and all.
    Code,
    /// A subtitle, shown from the first time to the second, in milliseconds.
    Cue {
        /// When it appears.
        from: u32,
        /// When it goes.
        to: u32,
    },
}

/// A text in both languages whose units are paired already: a memory, a bilingual table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Paired {
    /// The name to speak of the file by: its path as given.
    pub name: String,
    /// The units in order; one side may be empty, not both.
    pub units: Vec<PairedUnit>,
    /// What the file holds and no unit does, in order of the file.
    pub left_out: Vec<LeftOut>,
}

/// A unit of a text whose units are paired already.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PairedUnit {
    /// Its two sides.
    pub text: Pair<String>,
    /// First and last line of the file that each side stands on, from 1; of a workbook its
    /// rows.
    pub lines: Pair<(usize, usize)>,
    /// The languages that the file says the sides are in, as tags of BCP 47.
    pub languages: Pair<Option<Box<str>>>,
}

/// What there is to work on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Input {
    /// Two texts to align.
    Texts(Pair<Source>),
    /// Units that are aligned already.
    Paired(Paired),
}
