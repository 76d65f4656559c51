//! English words cut by a hyphen at the end of a line.
//!
//! `regis-` / `ters` is `registers`; `money-` / `laundering` keeps its hyphen. The document's
//! own words decide first, then the words known from elsewhere; a hyphen in doubt stays.

use std::collections::BTreeSet;

use super::{Draft, Line};
use crate::text::Traced;
use crate::types::LeftOutKind;

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
        let Some(stem) = text.strip_suffix(['-', '\u{ad}', '‐']) else { continue };
        let rest = next.text.as_str();
        if !stem.ends_with(char::is_lowercase) || !rest.starts_with(char::is_lowercase) {
            continue;
        }
        let first = stem.rsplit(|c: char| !c.is_alphabetic()).next().unwrap_or("");
        let second = rest.split(|c: char| !c.is_alphabetic()).next().unwrap_or("");
        let whole = format!("{first}{second}").to_lowercase();
        if text.ends_with('\u{ad}') || is_known(&whole) {
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
