//! Lists that hang: in a text whose paragraphs are parted by blank lines, indents tell where
//! an item of a list ends and where what explains a term begins.
//!
//! ```text
//!   * items of a list,            a bullet where the bullet before stood
//!     over two lines
//!   * one behind the other
//! -q, --quiet                     a term
//!     Print nothing.              its text
//! -v, --verbose                   the next term
//! ```

use std::collections::{BTreeMap, BTreeSet};

use super::looks::{bullet, is_short};
use crate::clean::{Layout, Line, ends_sentence};
use crate::numbering::label_at;
use crate::types::Side;

/// What explains a term stands so much further in, in columns.
const STEP: std::ops::RangeInclusive<usize> = 2..=8;

/// Terms are told by a step that so many short lines take.
const MIN_TERMS: usize = 3;

/// How far back the item before may begin, in lines.
const LONGEST_ITEM: usize = 40;

/// The lists of a text.
pub(super) struct Hanging {
    /// The indents of terms, each with that of the texts that explain them.
    terms: BTreeSet<(usize, usize)>,
}

impl Hanging {
    pub(super) fn of(lines: &[Line], layout: &Layout, side: Side) -> Self {
        let mut steps: BTreeMap<(usize, usize), usize> = BTreeMap::new();
        let pairs = lines.windows(2).filter(|_| layout.is_wrapped && layout.is_spaced);
        for pair in pairs.filter(|pair| is_term(&pair[0], &pair[1], layout, side)) {
            *steps.entry((pair[0].indent, pair[1].indent)).or_default() += 1;
        }
        let terms = steps.into_iter().filter(|&(_, n)| n >= MIN_TERMS);
        Self { terms: terms.map(|(step, _)| step).collect() }
    }

    /// Does line `k` begin an item, a term or the text of one, by its indent?
    pub(super) fn begins_at(
        &self,
        lines: &[Line],
        k: usize,
        layout: &Layout,
        side: Side,
    ) -> bool {
        let (old, new) = (&lines[k - 1], &lines[k]);
        if !layout.is_spaced || new.blanks > layout.inner_blanks || new.page_break {
            return false;
        }
        self.terms.contains(&(old.indent, new.indent)) && is_term(old, new, layout, side)
            || self.is_next_term(old, new, layout, side)
            || is_next_item(lines, k, side)
    }

    fn is_next_term(&self, old: &Line, new: &Line, layout: &Layout, side: Side) -> bool {
        let texts = self.terms.range((new.indent, 0)..=(new.indent, old.indent));
        let is_over =
            ends_sentence(old.text.as_str()) || is_short(old, new, layout, side);
        texts.count() > 0 && is_over
    }
}

/// Does a short line stand before one that is set in?
fn is_term(old: &Line, new: &Line, layout: &Layout, side: Side) -> bool {
    let text = old.text.as_str();
    new.blanks <= layout.inner_blanks
        && !new.page_break
        && STEP.contains(&new.indent.saturating_sub(old.indent))
        && !opens_with_mark(text)
        && label_at(side, text).is_none()
        && is_short(old, new, layout, side)
}

/// Does a bullet of any font open the line? Not all have a character of their own.
fn opens_with_mark(text: &str) -> bool {
    let first = text.split_whitespace().next().unwrap_or_default();
    bullet(text).is_some() || !first.contains(char::is_alphanumeric)
}

/// Does line `k` open the item behind one that the same bullet opened, or one of the list
/// around that in which the line before stands?
fn is_next_item(lines: &[Line], k: usize, side: Side) -> bool {
    let (old, new) = (&lines[k - 1], &lines[k]);
    let text = new.text.as_str();
    let mark = bullet(text);
    if mark.is_none() && label_at(side, text).is_none() {
        return false;
    }
    let before = opener(lines, k).map(|line| line.text.as_str());
    if old.indent > new.indent {
        let is_labelled = |text| label_at(side, text).is_some();
        return mark.is_some() || before.is_some_and(is_labelled);
    }
    let is_level = opener(lines, k).is_some_and(|line| line.indent == new.indent);
    mark.is_some() && is_level && before.and_then(bullet) == mark
}

/// The line before line `k` that stands no further in than it.
fn opener(lines: &[Line], k: usize) -> Option<&Line> {
    let mut back = lines[k.saturating_sub(LONGEST_ITEM)..k].iter().rev();
    back.find(|line| line.indent <= lines[k].indent)
}

#[cfg(test)]
mod tests {
    use crate::segment::tests::segmented;
    use crate::types::Side;

    const PROSE: &str = "    The registrar keeps the deeds in the vault under the tower, and shows\n\
                         \x20   them to all who ask for it on the first day of the month, but for\n\
                         \x20   feasts.\n\n    The vault is closed on feasts.\n\n\
                         \x20   A deed is a sheet that is signed by those who gave it.\n\n\
                         \x20   A key is lent to nobody.\n\n";

    fn units(side: Side, list: &str) -> Vec<String> {
        let document = segmented(side, &format!("{PROSE}{list}"));
        document.texts().skip(4).map(str::to_owned).collect()
    }

    #[test]
    fn an_item_ends_where_the_next_bullet_hangs() {
        let list = "      * a deed from the town hall, which the mayor had signed on the\n\
                    \x20       third of May, with a seal\n\
                    \x20     * ${vault}, which is lent to nobody but to the registrar and so on\n\
                    \x20     * keys\n\n\
                    \x20         + “the key of the tower” with a ring and a ribbon on it, in the\n\
                    \x20           drawer\n\
                    \x20         + the key of the vault\n\
                    \x20     * lamps\n";
        assert_eq!(units(Side::En, list).len(), 6, "{:#?}", units(Side::En, list));
    }

    #[test]
    fn a_term_and_its_text_are_two() {
        let list = "    -q, --quiet\n        print nothing.\n    -v, --verbose\n        \
                    print all that is known of a deed, and who signed it, and in which\n        \
                    year\n    -x, --exit\n        leave.\n";
        let units = units(Side::En, list);
        assert_eq!(units.len(), 6, "{units:#?}");
        assert_eq!(units[2], "-v, --verbose");
        assert!(units[3].ends_with("which year"));
    }

    #[test]
    fn an_item_with_a_bullet_of_its_own_font_is_no_term() {
        let item = "      \u{F0F0} 1.1 the registrar keeps the deeds and the keys for the\n          \
                    archive of the town.\n\n";
        assert_eq!(units(Side::En, &item.repeat(4)).len(), 4);
    }

    #[test]
    fn a_blank_line_parts_a_command_from_what_leads_to_it() {
        let text = "    To see all the deeds that are kept in the vault under the tower, one\n    \
                    runs\n\n    list deeds\n\n    as the registrar.\n";
        assert_eq!(units(Side::En, text).len(), 3, "{:#?}", units(Side::En, text));
    }

    #[test]
    fn a_paragraph_whose_first_line_is_set_in_is_one() {
        let text = "    The registrar keeps the deeds in the vault under the tower, and shows\n\
                    them to all who ask for it on the first day of the month.\n\n";
        let texts = segmented(Side::En, &text.repeat(5));
        assert_eq!(texts.segments.len(), 5);
    }
}
