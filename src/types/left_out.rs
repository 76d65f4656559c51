use crate::text::Span;

/// What sort of text was left out of the units, and why.
///
/// The ledger of a text: every character that a file holds stands in a unit or in a
/// [`LeftOut`]; blanks and the marks of markup aside.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum LeftOutKind {
    /// A running head or foot.
    RunningHead,
    /// The number of a page.
    PageNumber,
    /// An entry of a table of contents.
    Contents,
    /// The mark of a footnote in a sentence or before its body.
    FootnoteMark,
    /// A rule, bar code or other ornament of a page.
    Ornament,
    /// The same letters printed a second time to look bold.
    Overprint,
    /// A hyphen at the end of a line, or one that shows only there.
    LineHyphen,
    /// A menu, a button or another control of a web page.
    Menu,
    /// A script, a style or what a browser does not show.
    Code,
    /// Text that its format hides.
    Hidden,
    /// Text that a tracked change deleted.
    Deleted,
    /// Text that stands for a picture.
    AltText,
    /// A comment in the margin.
    Comment,
    /// What a field of a form holds or offers.
    FormField,
    /// The reading of a character, set above it.
    Ruby,
    /// Number or time of a subtitle, and how it is set.
    Timing,
    /// A control character that no text needs.
    Control,
    /// A glyph of which the file does not say what character it is.
    UnknownGlyph,
    /// A page or part that could not be read.
    Unread,
    /// A version of the text that is not one of the two aligned: the same in other
    /// characters, or in a third language.
    OtherLanguage,
    /// Title, author and the like, which no reader of the page sees.
    Metadata,
    /// None of these: a rule took it that says no more.
    Other,
}

impl LeftOutKind {
    /// The name used in outputs.
    pub fn as_str(self) -> &'static str {
        match self {
            LeftOutKind::RunningHead => "running head",
            LeftOutKind::PageNumber => "page number",
            LeftOutKind::Contents => "contents",
            LeftOutKind::FootnoteMark => "footnote mark",
            LeftOutKind::Ornament => "ornament",
            LeftOutKind::Overprint => "overprint",
            LeftOutKind::LineHyphen => "line hyphen",
            LeftOutKind::Menu => "menu",
            LeftOutKind::Code => "code",
            LeftOutKind::Hidden => "hidden text",
            LeftOutKind::Deleted => "deleted text",
            LeftOutKind::AltText => "alt text",
            LeftOutKind::Comment => "comment",
            LeftOutKind::FormField => "form field",
            LeftOutKind::Ruby => "ruby",
            LeftOutKind::Timing => "timing",
            LeftOutKind::Control => "control character",
            LeftOutKind::UnknownGlyph => "glyph without a character",
            LeftOutKind::Unread => "not read",
            LeftOutKind::OtherLanguage => "other language",
            LeftOutKind::Metadata => "metadata",
            LeftOutKind::Other => "other",
        }
    }
}

/// Where in a file something stands that is in no unit.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum FilePlace {
    /// A line of the file, from 1.
    Line(usize),
    /// A page, from 1, and a line of it, from 1; line 0 is the page as a whole.
    Page {
        /// Which page.
        page: usize,
        /// Which of its lines.
        line: usize,
    },
    /// A part of a file that is made of parts, by its name in there: `word/header1.xml`.
    Part(String),
}

impl std::fmt::Display for FilePlace {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            FilePlace::Line(line) => write!(f, "line {line}"),
            FilePlace::Page { page, line: 0 } => write!(f, "p. {page}"),
            FilePlace::Page { page, line } => write!(f, "p. {page}, line {line}"),
            FilePlace::Part(name) => f.write_str(name),
        }
    }
}

/// What a file holds and no unit does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LeftOut {
    /// What it is.
    pub kind: LeftOutKind,
    /// Where it stands.
    pub place: FilePlace,
    /// Its text as far as it is known; empty for glyphs and pages that cannot be read.
    pub text: String,
    /// Its characters without blanks; of a page that was not read 0, since nobody counted.
    pub n_chars: usize,
}

impl LeftOut {
    /// A text that was left out.
    pub fn new(kind: LeftOutKind, place: FilePlace, text: impl Into<String>) -> Self {
        let text = text.into();
        let n_chars = text.chars().filter(|c| !c.is_whitespace()).count();
        Self { kind, place, text, n_chars }
    }
}

/// A stretch of a [source](crate::types::Source) that a rule takes out of the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Removal {
    /// Where it stands in the source's text.
    pub span: Span,
    /// What it is.
    pub kind: LeftOutKind,
}

/// What stays in the text that is left out of it otherwise.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Keep {
    /// Running heads, page numbers and what else stands on every page.
    pub furniture: bool,
    /// Boxes of contents and menus.
    pub contents: bool,
    /// What a format hides: hidden text, comments, alternative text.
    pub hidden: bool,
}

impl Keep {
    /// All of it.
    pub const ALL: Keep = Keep { furniture: true, contents: true, hidden: true };
}

/// Why a stretch that was left out deserves a look.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Suspicion {
    /// Nobody knows what it says: glyphs without characters, pages that were not read.
    Unreadable,
    /// It was filled in by somebody.
    FilledIn,
    /// It holds a number that the units of the other side have, and those of its own do not.
    NumberElsewhere(String),
    /// It reads like a sentence.
    Sentence,
}
