//! English words cut by a hyphen at the end of a line.
//!
//! `regis-` / `ters` is `registers`; `money-` / `laundering` keeps its hyphen. The document's
//! own words decide first, then the words known from elsewhere; a hyphen in doubt stays.
//!
//! A soft hyphen shows only where a line ends, and is no part of a word anywhere.

use std::collections::BTreeSet;

use super::draft::Draft;
use super::line::Line;
use crate::text::Traced;
use crate::types::LeftOutKind;

const SOFT: char = '\u{ad}';

/// Takes the soft hyphens out of the words, all but those that a line ends with.
pub(super) fn drop_soft_hyphens(draft: &mut Draft) {
    let (places, first) = draft
        .edit_lines(LeftOutKind::LineHyphen, |line| without_soft_hyphens(line, true));
    draft.report("soft hyphens", places, first);
}

/// The text without soft hyphens, if it has any.
pub(super) fn without_soft_hyphens(text: &Traced, keeps_last: bool) -> Option<Traced> {
    let whole = text.as_str();
    let last = whole.len().checked_sub(SOFT.len_utf8()).filter(|_| keeps_last);
    let cuts: Vec<_> = whole
        .match_indices(SOFT)
        .filter(|(at, _)| Some(*at) != last)
        .map(|(at, hyphen)| at..at + hyphen.len())
        .collect();
    (!cuts.is_empty()).then(|| text.without(&cuts))
}

/// Makes whole what a soft hyphen at the end of a line parts, however the text is laid out.
pub(super) fn join_at_soft_hyphens(draft: &mut Draft) {
    let mut hyphens = Vec::new();
    let notes = draft.notes.iter_mut().map(|note| &mut note.lines);
    for lines in std::iter::once(&mut draft.lines).chain(notes) {
        for k in 0..lines.len() {
            let next = lines.get(k + 1).map(|next| next.text.as_str());
            let goes_on = next.is_some_and(|next| next.starts_with(char::is_alphabetic));
            let line = &mut lines[k];
            if let Some(stem) = line.text.as_str().strip_suffix(SOFT).map(str::len) {
                hyphens.push(line.text.slice(stem..line.text.len()));
                line.text = line.text.slice(0..stem);
                line.is_glued = goes_on;
            }
        }
        lines.retain(|line| !line.text.is_empty());
    }
    for hyphen in hyphens {
        draft.remove_all(LeftOutKind::LineHyphen, &hyphen);
    }
}

pub(super) fn mend(draft: &mut Draft, is_word: &dyn Fn(&str) -> bool) {
    let vocabulary = vocabulary(&draft.lines);
    let is_known = |word: &str| vocabulary.contains(word) || is_word(word);
    let mut mended = Mended::default();
    mend_lines(&mut draft.lines, &is_known, &mut mended);
    for note in &mut draft.notes {
        mend_lines(&mut note.lines, &is_known, &mut mended);
    }
    for hyphen in &mended.hyphens {
        draft.remove_all(LeftOutKind::LineHyphen, hyphen);
    }
    draft.report("broken words", mended.places, mended.first_line);
}

/// What became of the words.
#[derive(Default)]
struct Mended {
    places: usize,
    first_line: Option<usize>,
    /// Those that were taken out.
    hyphens: Vec<Traced>,
}

fn mend_lines(lines: &mut [Line], is_known: &dyn Fn(&str) -> bool, mended: &mut Mended) {
    for k in 1..lines.len() {
        let (head, tail) = lines.split_at_mut(k);
        let (line, next) = (&mut head[k - 1], &tail[0]);
        let text = line.text.as_str();
        let Some(stem) = text.strip_suffix(['-', '‐']) else { continue };
        let rest = next.text.as_str();
        if !stem.ends_with(char::is_lowercase) || !rest.starts_with(char::is_lowercase) {
            continue;
        }
        let first = stem.rsplit(|c: char| !c.is_alphabetic()).next().unwrap_or("");
        let second = rest.split(|c: char| !c.is_alphabetic()).next().unwrap_or("");
        let whole = format!("{first}{second}").to_lowercase();
        if is_known(&whole) {
            mended.hyphens.push(line.text.slice(stem.len()..text.len()));
            line.text = line.text.slice(0..stem.len());
        }
        line.is_glued = true;
        mended.places += 1;
        mended.first_line.get_or_insert(line.number);
    }
}

/// The words that stand whole inside the lines, in lower case.
fn vocabulary(lines: &[Line]) -> BTreeSet<String> {
    lines
        .iter()
        .flat_map(|line| line.text.as_str().split(|c: char| !c.is_alphabetic()))
        .filter(|word| word.len() >= 4 && word.is_ascii())
        .map(str::to_lowercase)
        .collect()
}

#[cfg(test)]
mod tests {
    use crate::clean::tests::cleaned;
    use crate::types::Side;

    #[test]
    fn soft_hyphens_go_inside_words_and_at_the_ends_of_lines() {
        let text =
            "The mem\u{ad}bers keep reg\u{ad}\nisters of deeds.\nThey meet.\u{ad}\n";
        let clean = cleaned(Side::En, text);
        let lines: Vec<_> = clean.lines.iter().map(|line| line.text.as_str()).collect();
        assert_eq!(lines, ["The members keep reg", "isters of deeds.", "They meet."]);
        assert!(clean.lines[0].is_glued && !clean.lines[1].is_glued);
    }

    #[test]
    fn a_word_that_stands_whole_elsewhere_loses_its_hyphen() {
        let text = "The members keep registers of all the documents that belong to the regis-\n\
                    ters of the Conference, and they report on anti-smuggling and on anti-\n\
                    corruption measures that they have taken in the course of the year to the\n\
                    Conference.\n";
        let clean = cleaned(Side::En, text);
        assert!(clean.lines[0].text.as_str().ends_with("the regis"));
        assert!(clean.lines[0].is_glued);
        assert!(clean.lines[1].text.as_str().ends_with("on anti-"));
        assert!(clean.lines[1].is_glued && !clean.lines[2].is_glued);
    }
}
