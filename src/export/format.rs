use std::borrow::Cow;
use std::io;

use super::details::Detail;
use super::{Columns, Timestamp};
use crate::types::{Bitext, Concept, Pair, Sentences, Side, TermPair};

/// What a unit of a translation memory is. It must tell the truth: a client that splits into
/// sentences matches nothing against paragraphs that call themselves sentences.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum SegType {
    /// Paragraphs, headings, list items.
    #[default]
    Paragraph,
    /// Sentences.
    Sentence,
}

impl SegType {
    /// The value of the attribute.
    pub fn as_str(self) -> &'static str {
        match self {
            SegType::Paragraph => "paragraph",
            SegType::Sentence => "sentence",
        }
    }
}

/// All that a run has to give away, and how it is to be written down.
#[derive(Clone, Debug)]
pub struct Product<'a> {
    /// The aligned pair.
    pub bitext: &'a Bitext,
    /// Its sentences, where both levels are asked for or a kind
    /// [needs them](super::ExportKind::needs_sentences).
    pub sentences: Option<&'a Sentences>,
    /// Its terms, best first; empty unless a kind [needs them](super::ExportKind::needs_terms).
    pub terms: &'a [TermPair],
    /// The entries of a termbase, where one is written: the glossaries are then of these, not
    /// of the [terms](Self::terms). Rows of one concept follow one another.
    pub concepts: &'a [Concept],
    /// The name of the pair, which the files are called by.
    pub name: &'a str,
    /// The language of each side as in BCP 47, see [`language_tags`](super::language_tags).
    pub languages: &'a Pair<String>,
    /// What a unit is.
    pub segtype: SegType,
    /// When the files were made.
    pub created: Timestamp,
    /// Are the units the lines of the files, so that a ladder counts lines?
    pub by_lines: bool,
    /// The language that is translated from.
    pub source: Side,
    /// Units with a lower score stay out of memories. 0 to 1.
    pub min_score: f64,
    /// The columns of glossaries in comma-separated values.
    pub columns: Columns,
    /// Are both levels asked for, so that memories hold sentences too?
    pub is_both_levels: bool,
    /// What a reviewer made of the units.
    pub reviewed: Reviewed<'a>,
    /// Where the bitext stands in the whole, where it is a part.
    pub part: Part<'a>,
}

/// Where a part of a text stands in the whole; without anything it is the whole.
#[derive(Clone, Debug, Default)]
pub struct Part<'a> {
    /// How many beads stand before it.
    pub beads: usize,
    /// How many segments of each side stand before it.
    pub segments: Pair<usize>,
    /// The nearest text of the source that stands before it.
    pub before: Option<&'a str>,
    /// The nearest text of the source that stands behind it.
    pub behind: Option<&'a str>,
    /// The language that the whole is translated from, or `*all*`.
    pub from: Option<&'a str>,
}

impl<'a> Product<'a> {
    /// A pair without sentences, terms and concepts, by paragraphs, from the Chinese, which
    /// nobody reviewed, made at the beginning of time; what differs is said by whoever writes it.
    pub fn new(bitext: &'a Bitext, name: &'a str, languages: &'a Pair<String>) -> Self {
        Self {
            bitext,
            sentences: None,
            terms: &[],
            concepts: &[],
            name,
            languages,
            segtype: SegType::Paragraph,
            created: Timestamp(0),
            by_lines: false,
            source: Side::Zh,
            min_score: 0.0,
            columns: Columns::Full,
            is_both_levels: false,
            reviewed: Reviewed::default(),
            part: Part::default(),
        }
    }
}

/// What a reviewer made of the units: for each its status and the texts that were written
/// over. Both are empty where nobody reviewed.
#[derive(Clone, Copy, Debug, Default)]
pub struct Reviewed<'a> {
    /// What was said of each unit.
    pub statuses: &'a [UnitStatus],
    /// What stood in each unit before somebody wrote; `None` of a side as it was read.
    pub originals: &'a [Pair<Option<String>>],
}

impl Reviewed<'_> {
    /// The name of the status of a unit; `None` where nobody reviewed.
    pub(super) fn status(&self, unit: usize) -> Option<&'static str> {
        self.statuses.get(unit).map(|status| status.as_str())
    }

    /// What stood on a side of a unit before somebody wrote.
    pub(super) fn original(&self, unit: usize, side: Side) -> Option<&str> {
        self.originals.get(unit)?.get(side).as_deref()
    }
}

impl Product<'_> {
    /// The entries of the glossary: those of a termbase, or the terms that were mined.
    pub(super) fn concepts(&self) -> Cow<'_, [Concept]> {
        if !self.concepts.is_empty() {
            return Cow::Borrowed(self.concepts);
        }
        self.terms.iter().cloned().map(Concept::of_pair).collect()
    }

    /// Is it a termbase that is written, and not what was mined?
    pub(super) fn is_termbase(&self) -> bool {
        !self.concepts.is_empty()
    }
}

/// What a reviewer said of a unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UnitStatus {
    /// Nothing: it is as the program left it.
    Automatic,
    /// Right as it was.
    Confirmed,
    /// Put right.
    Corrected,
}

impl UnitStatus {
    /// The name used in outputs.
    pub fn as_str(self) -> &'static str {
        match self {
            UnitStatus::Automatic => "automatic",
            UnitStatus::Confirmed => "confirmed",
            UnitStatus::Corrected => "corrected",
        }
    }
}

/// What a new format implements, beside its line in [`ExportKind::ALL`](super::ExportKind::ALL): all that the program
/// knows of it follows.
pub(super) trait ExportFormat: Sync {
    /// The name that it is asked for by.
    fn name(&self) -> &'static str;

    /// What is in its files.
    fn holds(&self) -> Holds;

    /// The files that it makes of a pair.
    fn files(&self) -> &'static [OutputFile];

    /// Does it show the sentences inside paragraphs, so that they must be aligned too?
    fn needs_sentences(&self) -> bool {
        false
    }

    /// What a termbase may tell and it has no place for.
    fn lacks(&self) -> &'static [Detail] {
        &[]
    }

    /// Can it say that a term must not be used? Where it cannot, such terms stay out.
    fn says_forbidden(&self) -> bool {
        true
    }

    /// Is it the table of one client, for which nobody asks who asks for all?
    fn is_of_one_client(&self) -> bool {
        false
    }

    /// Is it written where nothing is asked for?
    fn is_default(&self) -> bool {
        false
    }

    /// Is it for somebody who opens it with a double click, and not for a program?
    fn is_for_a_person(&self) -> bool {
        false
    }
}

/// What a format is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Holds {
    /// The units that are sure enough.
    Memory,
    /// All beads.
    Bitext,
    /// All beads, with the terms in them.
    BitextWithTerms,
    /// The terms.
    Glossary,
    /// The terms, and beside them all beads.
    GlossaryAndBitext,
    /// Nothing of the pair.
    Rules,
}

/// Writes something of a product.
pub type Writer = fn(&Product<'_>, &mut dyn io::Write) -> io::Result<()>;

/// How a file is written.
#[derive(Clone, Copy, Debug)]
enum Form {
    Whole(Writer),
    Rows(Rows),
}

/// A file of rows, one behind the other, so that those of a text can be written part by part.
#[derive(Clone, Copy, Debug)]
pub struct Rows {
    /// Writes what stands above the rows.
    pub head: Writer,
    /// Writes the rows of a bitext or of a part.
    pub rows: Writer,
    /// Writes what stands below them.
    pub foot: Writer,
}

/// Nothing above or below the rows.
pub(super) const NOTHING: Writer = |_, _| Ok(());

/// A file of an export kind.
#[derive(Clone, Copy, Debug)]
pub struct OutputFile {
    /// What follows the name of the pair: `.tmx`. The whole name, `zh.srx`, of a file that is
    /// the same for every pair.
    pub suffix: &'static str,
    /// What is in it, in Markdown.
    pub about: &'static str,
    /// Is it written only where both levels are asked for?
    pub is_for_both_levels: bool,
    has_content: fn(&Product<'_>) -> bool,
    form: Form,
}

impl OutputFile {
    pub(super) const fn new(
        suffix: &'static str,
        about: &'static str,
        write: Writer,
    ) -> Self {
        Self::of(suffix, about, Form::Whole(write))
    }

    pub(super) const fn of_rows(
        suffix: &'static str,
        about: &'static str,
        rows: Rows,
    ) -> Self {
        Self::of(suffix, about, Form::Rows(rows))
    }

    const fn of(suffix: &'static str, about: &'static str, form: Form) -> Self {
        Self { suffix, about, is_for_both_levels: false, has_content: |_| true, form }
    }

    pub(super) const fn for_both_levels(self) -> Self {
        Self { is_for_both_levels: true, ..self }
    }

    /// The same, but it is written only where there is something to write.
    pub(super) const fn where_told(self, has_content: fn(&Product<'_>) -> bool) -> Self {
        Self { has_content, ..self }
    }

    /// Is there anything to write?
    pub fn has_content(&self, product: &Product<'_>) -> bool {
        (self.has_content)(product)
    }

    /// What the file of a pair is called.
    pub fn name(&self, pair: &str) -> String {
        if self.suffix.starts_with('.') {
            format!("{pair}{}", self.suffix)
        } else {
            self.suffix.to_owned()
        }
    }

    /// Writes the file.
    ///
    /// # Errors
    ///
    /// Those of the writer.
    pub fn write(
        &self,
        product: &Product<'_>,
        out: &mut dyn io::Write,
    ) -> io::Result<()> {
        match self.form {
            Form::Whole(write) => write(product, out),
            Form::Rows(Rows { head, rows, foot }) => {
                head(product, out)?;
                rows(product, out)?;
                foot(product, out)
            }
        }
    }

    /// How it is written part by part; `None` of what is made of the whole.
    pub fn rows(&self) -> Option<Rows> {
        match self.form {
            Form::Whole(_) => None,
            Form::Rows(rows) => Some(rows),
        }
    }
}
