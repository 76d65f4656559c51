use super::lines::line_starts;
use super::{kinds, ledger, outline};
use crate::clean;
use crate::numbering::label_at;
use crate::text::{Span, Traced};
use crate::types::{
    Block, BlockKind, Cue, Document, Kind, Label, LabelUnit, Removal, Segment, Side,
    Source,
};

/// Takes the blocks of a structured file for segments: what the file tells is not guessed.
///
/// Labels are read off the text, kinds guessed only where the file says no more than
/// "paragraph"; notes come last, each tied to the block that cites it. `lines` of a segment
/// are those of the file, or else the place of its block, from 1.
pub fn blocks(source: &Source, blocks: &[Block], side: Side) -> Document {
    let mut builder = Builder::new(source);
    for (index, block) in blocks.iter().enumerate() {
        if !matches!(block.kind, BlockKind::Note(_)) {
            builder.push(index, block, side);
        }
    }
    outline::resolve(&mut builder.segments);
    kinds::assign(&mut builder.segments, builder.text.as_str(), side);
    builder.tell_kinds(blocks);
    for (index, block) in blocks.iter().enumerate() {
        if let BlockKind::Note(number) = block.kind {
            let cited_in = builder.citing(blocks, number);
            let before = builder.segments.len();
            builder.push(index, block, side);
            for segment in &mut builder.segments[before..] {
                segment.kind = Kind::Footnote;
                segment.label = Some(Label::new(LabelUnit::Footnote, number));
                segment.cited_in = cited_in;
            }
        }
    }
    let Builder { text, segments, removals, .. } = builder;
    let left_out = ledger::left_out(source, &text, &removals);
    Document { name: source.name.clone(), text, segments, left_out }
}

struct Builder<'a> {
    source: &'a Source,
    line_starts: Vec<usize>,
    text: Traced,
    segments: Vec<Segment>,
    /// For each segment, its block.
    block_of: Vec<usize>,
    removals: Vec<Removal>,
}

impl<'a> Builder<'a> {
    fn new(source: &'a Source) -> Self {
        let line_starts = line_starts(&source.text);
        let (text, segments, block_of, removals) = Default::default();
        Self { source, line_starts, text, segments, block_of, removals }
    }

    fn push(&mut self, index: usize, block: &Block, side: Side) {
        let is_words = !matches!(block.kind, BlockKind::Code);
        let raw = block.span.of(&self.source.text);
        let verbatim = Traced::verbatim(raw, block.span.start);
        let text = match is_words {
            true => clean::tidied(&verbatim, &mut self.removals),
            false => verbatim,
        };
        if text.is_empty() {
            return;
        }
        if !self.text.is_empty() {
            self.text.push_inserted("\n", block.span.start);
        }
        let start = self.text.len();
        self.text.push(&text);
        let is_labelled = is_words && !matches!(block.kind, BlockKind::Cue { .. });
        let label = label_at(side, text.as_str()).filter(|_| is_labelled);
        let line = |at: usize| self.line_starts.partition_point(|&start| start <= at);
        let last = block.span.end.saturating_sub(1).max(block.span.start);
        self.segments.push(Segment {
            span: Span::new(start, self.text.len()),
            kind: Kind::Paragraph,
            label: label.map(|(label, _)| label),
            parents: Vec::new(),
            lines: block.lines.unwrap_or((line(block.span.start), line(last))),
            soft: block.soft,
            cited_in: None,
            cue: match block.kind {
                BlockKind::Cue { from, to } => Some(Cue { from, to }),
                _ => None,
            },
            language: None,
        });
        self.block_of.push(index);
    }

    /// Lets what the file says of a block overrule what its words look like.
    fn tell_kinds(&mut self, blocks: &[Block]) {
        for (segment, &block) in self.segments.iter_mut().zip(&self.block_of) {
            segment.kind = match (blocks[block].kind, segment.kind) {
                (BlockKind::Heading, Kind::Title) => Kind::Title,
                (BlockKind::Heading, _) => Kind::Heading,
                (BlockKind::Row, _) => Kind::Row,
                (BlockKind::Item, Kind::Paragraph | Kind::Heading) => Kind::Item,
                (BlockKind::Code | BlockKind::Cue { .. }, _) => Kind::Paragraph,
                (_, kind) => kind,
            };
        }
    }

    /// The segment that cites a note.
    fn citing(&self, blocks: &[Block], number: u32) -> Option<usize> {
        self.block_of.iter().position(|&block| blocks[block].cites.contains(&number))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn source(pieces: &[(&str, BlockKind, &[u32])]) -> Source {
        let mut source = Source::plain("a.docx", "", "UTF-8");
        let mut blocks = Vec::new();
        for &(text, kind, cites) in pieces {
            let start = source.text.len();
            source.text += text;
            let span = Span::new(start, source.text.len());
            blocks.push(Block { cites: cites.to_vec(), ..Block::new(span, kind) });
            source.text.push('\n');
        }
        source.blocks = Some(blocks);
        source
    }

    fn segmented(pieces: &[(&str, BlockKind, &[u32])]) -> Document {
        let source = source(pieces);
        blocks(&source, source.blocks.as_deref().unwrap(), Side::Zh)
    }

    #[test]
    fn the_file_says_what_a_heading_is() {
        let document = segmented(&[
            ("档案管理办法", BlockKind::Paragraph, &[]),
            ("为什么要保存？", BlockKind::Heading, &[]),
            ("第一条 保存档案。", BlockKind::Paragraph, &[]),
            ("（一）纸质档案；", BlockKind::Item, &[]),
        ]);
        let kinds: Vec<_> = document.segments.iter().map(|s| s.kind).collect();
        assert_eq!(kinds, [Kind::Title, Kind::Heading, Kind::Paragraph, Kind::Item]);
        assert_eq!(document.segments[3].parents, [Label::new(LabelUnit::Article, 1)]);
        assert_eq!(document.segments[3].lines, (4, 4));
    }

    #[test]
    fn a_note_knows_who_cites_it() {
        let document = segmented(&[
            ("本法自公布之日起施行。", BlockKind::Paragraph, &[]),
            ("旧法同时废止。", BlockKind::Paragraph, &[1]),
            ("见公报第3期。", BlockKind::Note(1), &[]),
        ]);
        let note = &document.segments[2];
        assert_eq!((note.kind, note.cited_in), (Kind::Footnote, Some(1)));
        assert_eq!(note.label, Some(Label::new(LabelUnit::Footnote, 1)));
    }

    #[test]
    fn code_stays_one_unit_without_a_label() {
        let document = segmented(&[("1. let a = 1;\n2. let b;", BlockKind::Code, &[])]);
        assert_eq!(document.segment_text(0), "1. let a = 1;\n2. let b;");
        assert_eq!(
            (document.segments[0].lines, &document.segments[0].label),
            ((1, 2), &None)
        );
    }
}
