//! Text that a reader leaves out, put back where the user wants it as units.
//!
//! Readers put it into the ledger, with its place. What is kept leaves the ledger and becomes
//! a paragraph: where its line tells, before the first block behind it, else at the end.

use std::borrow::Cow;

use crate::text::Span;
use crate::types::{Block, BlockKind, FilePlace, Keep, LeftOut, LeftOutKind, Source};

/// The source with what is kept of what was left out.
pub fn kept(source: &Source, keep: Keep) -> Cow<'_, Source> {
    let is_kept = |left_out: &LeftOut| {
        is_kept(left_out.kind, keep) && !left_out.text.trim().is_empty()
    };
    if !source.left_out.iter().any(is_kept) {
        return Cow::Borrowed(source);
    }
    let (kept, left_out): (Vec<LeftOut>, Vec<LeftOut>) =
        source.left_out.iter().cloned().partition(is_kept);
    let source = Source { left_out, ..source.clone() };
    Cow::Owned(match &source.blocks {
        Some(blocks) => with_blocks(&source, blocks, &kept),
        None => with_paragraphs(source, &kept),
    })
}

fn is_kept(kind: LeftOutKind, keep: Keep) -> bool {
    match kind {
        LeftOutKind::RunningHead | LeftOutKind::PageNumber => keep.furniture,
        LeftOutKind::Contents | LeftOutKind::Menu => keep.contents,
        LeftOutKind::Hidden
        | LeftOutKind::Deleted
        | LeftOutKind::AltText
        | LeftOutKind::Comment
        | LeftOutKind::FormField => keep.hidden,
        _ => false,
    }
}

/// A plain text, the kept passages behind it.
fn with_paragraphs(mut source: Source, kept: &[LeftOut]) -> Source {
    for left_out in kept {
        source.text.push_str("\n\n");
        source.text.push_str(left_out.text.trim());
    }
    source.text.push('\n');
    source
}

/// A structured file, the kept passages among its blocks.
fn with_blocks(source: &Source, blocks: &[Block], kept: &[LeftOut]) -> Source {
    let mut text = String::with_capacity(source.text.len());
    let mut all = Vec::with_capacity(blocks.len() + kept.len());
    let mut push = |block: Block, words: &str| {
        if !text.is_empty() {
            text.push('\n');
        }
        let start = text.len();
        text.push_str(words);
        all.push(Block { span: Span::new(start, text.len()), ..block });
    };
    let mut waiting = kept.iter().peekable();
    for block in blocks {
        let from = block.lines.map(|(first, _)| first);
        while let Some(left_out) = waiting.next_if(|one| is_before(&one.place, from)) {
            push(paragraph(left_out), &on_one_line(&left_out.text));
        }
        push(block.clone(), block.span.of(&source.text));
    }
    for left_out in waiting {
        push(paragraph(left_out), &on_one_line(&left_out.text));
    }
    Source { text, blocks: Some(all), ..source.clone() }
}

fn is_before(place: &FilePlace, line: Option<usize>) -> bool {
    matches!((place, line), (FilePlace::Line(at), Some(line)) if *at < line)
}

fn paragraph(left_out: &LeftOut) -> Block {
    let lines = match left_out.place {
        FilePlace::Line(line) => Some((line, line)),
        _ => None,
    };
    Block { lines, ..Block::new(Span::default(), BlockKind::Paragraph) }
}

/// A block has a line of its own.
fn on_one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::html;

    fn page(keep: Keep) -> Vec<String> {
        let html = "<p>灯塔守则</p>\n<nav role=\"doc-toc\">目录 第一条</nav>\n\
                    <p>第一条 点灯。</p>\n<p hidden>第二条 熄灯。</p>\n<p>第三条 值班。</p>";
        let source = html::read(html).unwrap().into_source("a.html".into(), "UTF-8");
        let kept = kept(&source, keep);
        let blocks = kept.blocks.as_ref().unwrap();
        blocks.iter().map(|block| block.span.of(&kept.text).to_owned()).collect()
    }

    #[test]
    fn hidden_paragraphs_stand_again_where_they_stood() {
        let hidden = page(Keep { hidden: true, ..Keep::default() });
        assert_eq!(
            hidden,
            ["灯塔守则", "第一条 点灯。", "第二条 熄灯。", "第三条 值班。"]
        );
        let contents = page(Keep { contents: true, ..Keep::default() });
        assert_eq!(contents[1], "目录 第一条");
        assert_eq!(page(Keep::default()).len(), 3);
    }

    #[test]
    fn what_is_kept_is_no_longer_told_as_left_out() {
        let mut source = Source::plain("a.pdf", "第一条 点灯。", "UTF-8");
        let place = FilePlace::Page { page: 1, line: 0 };
        source.left_out = vec![
            LeftOut::new(LeftOutKind::Comment, place.clone(), "几点？"),
            LeftOut::new(LeftOutKind::Code, place, "x"),
        ];
        let kept = kept(&source, Keep::ALL);
        assert_eq!(kept.text, "第一条 点灯。\n\n几点？\n");
        assert_eq!(kept.left_out.len(), 1);
    }
}
