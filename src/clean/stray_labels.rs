//! Paragraph numbers on lines of their own.
//!
//! A number that hangs in the margin is extracted on a line of its own, before its paragraph
//! or, a hair lower, behind the paragraph's first line:
//!
//! ```text
//! Requests the members that have no            4. Requests the members that have no
//! 4.                                     ─▶    register to keep one;
//! register to keep one;
//! ```

use super::draft::Draft;
use super::layout::Layout;
use super::line::Line;
use super::marks::candidates::is_counted;
use super::punctuation::ends_sentence;
use crate::numbering::label_at;
use crate::types::Side;

/// Lines shorter than this share of the page's width may end a paragraph.
const SHORT_SHARE: f64 = 0.6;

pub(super) fn put_back(draft: &mut Draft, layout: &Layout) {
    let side = draft.side;
    let mut kept: Vec<Line> = Vec::with_capacity(draft.lines.len());
    let mut lines = std::mem::take(&mut draft.lines).into_iter().peekable();
    let (mut places, mut first) = (0, None);
    while let Some(line) = lines.next() {
        if !is_lone_label(&line, side)
            || ends_paragraph(&kept, &line, lines.peek(), layout)
        {
            kept.push(line);
            continue;
        }
        let starts_behind =
            layout.is_wrapped && stands_behind_first_line(&kept, &line, layout);
        let target = if starts_behind { kept.last_mut() } else { lines.peek_mut() };
        match target {
            Some(target) if starts_behind || !is_lone_label(target, side) => {
                put_before(&line, target);
                places += 1;
                first.get_or_insert(line.number);
                if !starts_behind {
                    target.blanks = line.blanks;
                    target.indent = target.indent.max(line.indent);
                    target.page_break |= line.page_break;
                }
            }
            _ => kept.push(line),
        }
    }
    draft.lines = kept;
    draft.report("paragraph numbers", places, first);
}

/// Is the line a number without a name and nothing else: `4.`, `(a)`, `（一）`?
fn is_lone_label(line: &Line, side: Side) -> bool {
    let text = line.text.as_str();
    // A number alone is a footnote mark, a page or a cell.
    let bare = text.chars().all(|c| c.is_ascii_digit());
    !bare
        && label_at(side, text)
            .is_some_and(|(label, len)| len == text.len() && !label.unit.is_named())
}

/// Does the number end the sentence that the line before leaves open: `laid down in article`,
/// `7.`?
fn ends_paragraph(
    kept: &[Line],
    label: &Line,
    next: Option<&Line>,
    layout: &Layout,
) -> bool {
    let Some(before) = kept.last().map(|line| line.text.as_str()) else { return false };
    let is_close = label.blanks <= layout.inner_blanks;
    let is_open = !ends_sentence(before) && !before.ends_with([',', '，', '、']);
    let is_last = next.is_none_or(|next| next.blanks > layout.inner_blanks);
    is_close && is_open && (is_last || is_counted(before))
}

/// Did the line before begin the paragraph that the number belongs to? Then it begins one,
/// stops inside a sentence and fills the page.
fn stands_behind_first_line(kept: &[Line], label: &Line, layout: &Layout) -> bool {
    let Some((opening, before)) = kept.split_last() else { return false };
    let text = opening.text.as_str();
    let begins = before.last().is_none_or(|line| {
        let text = line.text.as_str();
        ends_sentence(text)
            || text.ends_with([',', '，'])
            || opening.blanks > layout.inner_blanks
    });
    let stops_inside =
        !ends_sentence(text) && opening.width as f64 >= SHORT_SHARE * layout.width as f64;
    let is_labelled = Side::BOTH.into_iter().any(|side| label_at(side, text).is_some());
    begins && stops_inside && !is_labelled && label.blanks <= layout.inner_blanks
}

fn put_before(label: &Line, line: &mut Line) {
    let mut text = label.text.clone();
    text.push_inserted(" ", label.text.origin(label.text.len()));
    text.push(&line.text);
    line.text = text;
    line.number = line.number.min(label.number);
}

#[cfg(test)]
mod tests {
    use crate::clean::tests::lines;
    use crate::types::Side;

    #[test]
    fn a_number_behind_the_first_line_goes_before_it() {
        let text = "3. Notes with satisfaction that the number of members keeping registers\n\
                    has grown to twelve;\n\
                    Requests the members that have not yet done so to consider opening a\n\
                    4.\n\
                    register of their own and to report thereon to the Conference in the\n\
                    following year;\n5.\nInvites the Secretariat to publish the reports of the members as soon\n\
                    as they arrive;\n";
        let lines = lines(Side::En, text);
        assert!(lines[2].starts_with("4. Requests the members"), "{lines:?}");
        assert!(lines[3].starts_with("register of their own"));
        assert!(lines[5].starts_with("5. Invites the Secretariat"), "{lines:?}");
    }

    #[test]
    fn a_number_on_the_last_line_of_a_paragraph_belongs_to_its_sentence() {
        let text = "Rule 4 The registrar keeps the deeds for the time that is fixed in rule\n\
                    9.\n\nRule 5 Deeds are kept dry, as is laid down in the plan of\n3.2.\n\n\
                    Rule 6 Readers sign the register.\n";
        let lines = lines(Side::En, text);
        assert_eq!((lines[1].as_str(), lines[3].as_str()), ("9.", "3.2."));
        assert!(lines[2].starts_with("Rule 5"));
    }

    #[test]
    fn the_heading_of_an_article_stays_a_line() {
        let text = "Article 1\nThis Act is enacted to keep records.\n";
        assert_eq!(lines(Side::En, text).len(), 2);
    }
}
