//! Clean text to segments: paragraphs, headings, list items, footnotes.
//!
//! A text with a paragraph a line is cut at its lines. In a text whose lines were broken to
//! fit a page, each line end is weighed (see [`boundaries`]): some surely end a paragraph,
//! some surely do not, and some may. A cut at one of the last kind is *soft*: the aligner may
//! join over it at no cost, and [`rejoin`] then heals it, so that where one language hides
//! its paragraph ends, the other shows them.
//!
//! ```text
//! The Conference,                             chapeau
//! Recalling its decisions,                    paragraph (soft)
//! Recalling also the report,          ─▶      paragraph (soft)
//! 1. Requests the members to report;          paragraph, label 1
//! (a) in writing;                             item, label (a), parent 1
//! ```
//!
//! A structured file (Word, web page) tells its paragraphs; [`blocks`] takes them as they are.
//!
//! Footnotes become segments of their own at the end of the document, by number, each tied to
//! the segment that cites it: extraction leaves them at different places in the two languages.

mod blocks;
mod boundaries;
mod cut;
mod hanging;
mod kinds;
mod ledger;
mod lines;
mod listings;
mod looks;
mod outline;
mod paired;
mod rejoin;
mod sentences;

pub use blocks::blocks;
pub use cut::cut;
pub use paired::paired;
pub use rejoin::{Rejoined, rejoin};
pub use sentences::{sentences, split};

use self::lines::{line_starts, parting};
use crate::clean::{CleanText, Line};
use crate::numbering::label_at;
use crate::text::{Span, Traced};
use crate::types::{Document, Kind, Label, LabelUnit, Segment, Side, Source};
use boundaries::Boundary;
use hanging::Hanging;

/// Cuts a cleaned text into segments. Total: any text gives a document.
///
/// `source` is the text that `clean` was made from.
pub fn segment(source: &Source, clean: &CleanText, side: Side) -> Document {
    let line_starts = line_starts(&source.text);
    let mut builder = Builder::new(side, &line_starts);
    let mut from = 0;
    let mut soft = false;
    let (lines, layout) = (&clean.lines, &clean.layout);
    let listings = listings::listings(lines, layout);
    let hanging = Hanging::of(lines, layout, side);
    for k in 1..=lines.len() {
        let boundary = match lines.get(k) {
            Some(_) if listings[k] != listings[k - 1] => Boundary::Hard,
            Some(_) if listings[k].is_some() => Boundary::None,
            Some(_) => boundaries::between(lines, k, layout, &hanging, side),
            None => Boundary::Hard,
        };
        if boundary != Boundary::None {
            match listings[from] {
                Some(_) => builder.push_listing(&lines[from..k]),
                None => builder.push(&lines[from..k], soft),
            }
            from = k;
            soft = boundary == Boundary::Soft;
        }
    }
    outline::resolve(&mut builder.segments);
    kinds::assign(&mut builder.segments, builder.text.as_str(), side);
    for &listing in &builder.listings {
        builder.segments[listing].kind = Kind::Paragraph;
    }
    builder.push_notes(clean);
    let Builder { text, segments, .. } = builder;
    let left_out = ledger::left_out(source, &text, &clean.removals);
    Document { name: source.name.clone(), text, segments, left_out }
}

/// Takes each non-empty line for a segment: nothing is cleaned, joined or split.
pub fn lines(source: &Source) -> Document {
    let mut text = Traced::default();
    let mut segments = Vec::new();
    let mut at = 0;
    for (index, raw) in source.text.split('\n').enumerate() {
        let line = Traced::verbatim(raw, at).trimmed();
        if !line.is_empty() {
            if !text.is_empty() {
                text.push_inserted("\n", at);
            }
            let start = text.len();
            text.push(&line);
            segments.push(Segment {
                span: Span::new(start, text.len()),
                kind: Kind::Paragraph,
                label: None,
                parents: Vec::new(),
                lines: (index + 1, index + 1),
                soft: false,
                cited_in: None,
                cue: None,
                language: None,
            });
        }
        at += raw.len() + 1;
    }
    let left_out = ledger::left_out(source, &text, &[]);
    Document { name: source.name.clone(), text, segments, left_out }
}

struct Builder<'a> {
    side: Side,
    line_starts: &'a [usize],
    text: Traced,
    segments: Vec<Segment>,
    /// The segments that are listings.
    listings: Vec<usize>,
}

impl<'a> Builder<'a> {
    fn new(side: Side, line_starts: &'a [usize]) -> Self {
        let (text, segments, listings) = Default::default();
        Self { side, line_starts, text, segments, listings }
    }

    /// Appends the lines of a listing as one segment, as they stand.
    fn push_listing(&mut self, lines: &[Line]) {
        let mut text = Traced::default();
        for line in lines {
            if !text.is_empty() {
                text.push_inserted("\n", line.text.origin(0));
            }
            text.push(&line.text);
        }
        self.push_text(&text, lines, false);
        if let Some(segment) = self.segments.last_mut() {
            segment.label = None;
            self.listings.push(self.segments.len() - 1);
        }
    }

    /// Appends the lines as one segment.
    fn push(&mut self, lines: &[Line], soft: bool) {
        let joined = join(lines, self.side);
        self.push_text(&joined, lines, soft);
    }

    /// Appends a text, which is that of the lines, as one segment.
    fn push_text(&mut self, joined: &Traced, lines: &[Line], soft: bool) {
        if joined.is_empty() {
            return;
        }
        if !self.text.is_empty() {
            self.text.push_inserted("\n", joined.origin(0));
        }
        let start = self.text.len();
        self.text.push(joined);
        let last = joined.origin(joined.len().saturating_sub(1));
        let first_line = lines.iter().map(|line| line.number).min().unwrap_or(1);
        let last_line = lines.iter().map(|line| line.number).max().unwrap_or(1);
        let label = label_at(self.side, joined.as_str()).map(|(label, _)| label);
        self.segments.push(Segment {
            span: Span::new(start, self.text.len()),
            kind: Kind::Paragraph,
            label,
            parents: Vec::new(),
            lines: (first_line, last_line.max(self.line_of(last))),
            soft,
            cited_in: None,
            cue: None,
            language: None,
        });
    }

    fn push_notes(&mut self, clean: &CleanText) {
        let body = self.segments.len();
        let origins: Vec<(usize, usize)> = self.origins(body);
        for note in &clean.notes {
            let cited_in = clean
                .citations
                .iter()
                .find(|citation| citation.number == note.number)
                .and_then(|citation| segment_before(&origins, citation.at));
            let before = self.segments.len();
            self.push(&note.lines, false);
            for segment in &mut self.segments[before..] {
                segment.kind = Kind::Footnote;
                segment.label = Some(Label::new(LabelUnit::Footnote, note.number));
                segment.cited_in = cited_in;
            }
        }
    }

    /// Where each of the first `n` segments begins in the file, rising, with its index.
    fn origins(&self, n: usize) -> Vec<(usize, usize)> {
        let mut origins: Vec<(usize, usize)> = self.segments[..n]
            .iter()
            .enumerate()
            .map(|(k, segment)| (self.text.origin(segment.span.start), k))
            .collect();
        origins.sort_unstable();
        origins
    }

    fn line_of(&self, origin: usize) -> usize {
        self.line_starts.partition_point(|&start| start <= origin)
    }
}

/// The segment that begins last before a byte of the file.
fn segment_before(origins: &[(usize, usize)], at: usize) -> Option<usize> {
    let k = origins.partition_point(|&(start, _)| start <= at);
    k.checked_sub(1).map(|k| origins[k].1)
}

/// Joins lines to running text.
fn join(lines: &[Line], side: Side) -> Traced {
    let mut out = Traced::default();
    let mut is_glued = true;
    for line in lines {
        if !is_glued {
            let between = parting(side, &out, &line.text);
            out.push_inserted(between, line.text.origin(0));
        }
        out.push(&line.text);
        is_glued = line.is_glued;
    }
    out
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;
    use crate::clean::clean;

    pub(crate) fn segmented(side: Side, text: &str) -> Document {
        let source = Source::plain("test", text, "UTF-8");
        segment(&source, &clean(&source, side, &|_| false).value, side)
    }

    fn texts(side: Side, text: &str) -> Vec<String> {
        segmented(side, text).texts().map(str::to_owned).collect()
    }

    #[test]
    fn a_paragraph_a_line_is_cut_at_its_lines() {
        let text = "章程\n\n第一条 会议设秘书处。\n\n秘书处保管登记册。\n";
        assert_eq!(
            texts(Side::Zh, text),
            ["章程", "第一条 会议设秘书处。", "秘书处保管登记册。"]
        );
    }

    #[test]
    fn indents_part_the_paragraphs_of_a_page() {
        let text = " 会议重申其各项决定中所载的原则以及在上一届会议上通过的工作方案，并\n\n\
                    欢迎各成员为执行该方案所作的努力，\n\n \
                    又重申秘书处编写的报告中所载各项建议以及委员会对这些建议的意见和\n\n\
                    看法，并注意到该报告；\n\n 1. 请秘书处提出报告。\n";
        let document = segmented(Side::Zh, text);
        assert_eq!(document.segments.len(), 3);
        assert_eq!(document.segments[0].lines, (1, 3));
        assert_eq!(document.segments[2].label, Some(Label::new(LabelUnit::Point, 1)));
    }

    #[test]
    fn a_latin_word_keeps_its_blank_at_the_end_of_a_chinese_line() {
        let parted = |before, after| {
            let text = |text| Traced::verbatim(text, 0);
            parting(Side::Zh, &text(before), &text(after))
        };
        assert_eq!(parted("命令 rm", "-r 删除"), " ");
        assert_eq!(parted("网卡 Adapter", "[21ab:77]"), " ");
        assert_eq!(parted("Archive Desk", "3.2"), " ");
        assert_eq!(parted("地址 archive.org/", "index"), "");
        assert_eq!(parted("登记簿（", "Register"), "");
        assert_eq!(parted("共 12", "%"), "");
        assert_eq!(parted("Register", "（登记簿）"), "");
    }

    #[test]
    fn every_line_is_a_segment_on_request() {
        let source = Source::plain("t", "甲。\n\n 乙。\n", "UTF-8");
        let document = lines(&source);
        assert_eq!(document.texts().collect::<Vec<_>>(), ["甲。", "乙。"]);
        assert_eq!(document.segments[1].lines, (3, 3));
    }

    #[test]
    fn notes_come_last_and_know_who_cites_them() {
        let text = "the Conference recalls the Convention on registers1 and the decisions that\n\
                    it took at its second session on the keeping of registers by members;\n\
                    2. Requests the Secretariat to act on the recommendations of the report2\n\
                    and to publish the report.\n\
                    _______________\n1 See resolution 99/1.\n2 Ibid.\n";
        let document = segmented(Side::En, text);
        let notes: Vec<_> =
            document.segments.iter().filter(|s| s.kind == Kind::Footnote).collect();
        assert_eq!(notes.len(), 2);
        assert_eq!((notes[0].cited_in, notes[1].cited_in), (Some(0), Some(1)));
        assert_eq!(notes[1].span.of(document.text.as_str()), "Ibid.");
    }
}
