//! A gloss in brackets: 演绎作品（Adapted Material）, where the English stands in the other text
//! too.

use rustc_hash::FxHashMap;

use super::searched_unit::{SearchedUnit, brackets};
use crate::mine::candidates::RunPlace;
use crate::mine::corpus::{Corpus, Run};
use crate::text::script::is_han;
use crate::types::{Pair, TermEvidence};

impl SearchedUnit<'_, '_, '_, '_> {
    /// 术语（English）: the English stands in the other text.
    pub(super) fn glosses(&mut self) {
        let mut pairs = Vec::new();
        let chars = self.zh_chars();
        for (open, close) in brackets(chars, &[('（', '）'), ('(', ')')]) {
            let inside: String = chars[open + 1..close].iter().collect();
            let gloss =
                inside.split(['，', ',', '；', ';', '：', ':']).next().unwrap_or("");
            let before = chars[..open].iter().rposition(|c| !"”’」』》\"".contains(*c));
            if let (Some(before), Some(en)) = (before, self.find_en(gloss)) {
                pairs.push((before + 1, en));
            }
        }
        let runs = self.zh_runs();
        for (end, en) in pairs {
            let zhs: Vec<Run> =
                runs.iter().filter(|run| run.end as usize == end).copied().collect();
            self.propose(&zhs, &[en], TermEvidence::Gloss, 0.25);
        }
    }

    /// The run of English words that reads like `gloss`, blanks and case aside.
    fn find_en(&self, gloss: &str) -> Option<Run> {
        let wanted = letters(gloss);
        if wanted.len() < 2 || !gloss.chars().any(|c| c.is_ascii_alphabetic()) {
            return None;
        }
        let words = &self.corpus.en[self.unit].words;
        (0..words.len()).find_map(|start| {
            let mut rest = wanted.as_str();
            for (end, word) in words.iter().enumerate().skip(start) {
                let piece = letters(&self.corpus.en_form(*word).text);
                if piece.is_empty() && end == start {
                    return None;
                }
                rest = rest.strip_prefix(piece.as_str())?;
                if rest.is_empty() {
                    return Some(Run::new(start, end + 1));
                }
            }
            None
        })
    }
}

/// The terms that open a unit with their English in brackets (主管當局 (Authority) 指…), where the
/// English opens a unit too: definitions that each language sorts by its own order, so that
/// no unit holds both.
pub(in crate::mine) fn defined(corpus: &Corpus) -> Vec<(RunPlace, RunPlace)> {
    let mut openings: FxHashMap<String, RunPlace> = FxHashMap::default();
    for (unit, text) in (0..).zip(&corpus.en) {
        let is_mark = |at: usize| corpus.en_form(text.words[at]).is_mark;
        let start = (0..text.words.len()).find(|at| !is_mark(*at)).unwrap_or(0);
        let mut written = String::new();
        for at in start..text.words.len().min(start + MAX_DEFINED.en) {
            written += &letters(&corpus.en_form(text.words[at]).text);
            let run = Run::new(start, at + 1);
            openings.entry(written.clone()).or_insert(RunPlace { unit, run });
        }
    }
    let mut out = Vec::new();
    for (unit, text) in (0..).zip(&corpus.zh) {
        let start = text.chars.iter().take_while(|c| "“\"「『《".contains(**c)).count();
        let brackets = brackets(&text.chars, &[('（', '）'), ('(', ')')]);
        let Some((open, close)) = brackets.into_iter().next() else { continue };
        let end = start
            + text.chars[start..open.max(start)]
                .iter()
                .take_while(|c| is_han(**c))
                .count();
        let is_term = (2..=MAX_DEFINED.zh).contains(&(end - start))
            && text.chars[end..open.max(end)].iter().all(|c| "”\"」』》".contains(*c));
        let gloss: String = text.chars[open + 1..close].iter().collect();
        let is_english = gloss.chars().any(|c| c.is_ascii_alphabetic());
        if let (true, true, Some(en)) =
            (is_term, is_english, openings.get(&letters(&gloss)))
        {
            out.push((RunPlace { unit, run: Run::new(start, end) }, *en));
        }
    }
    out
}

/// Longest term that a definition opens with, in characters and words.
const MAX_DEFINED: Pair<usize> = Pair { zh: 12, en: 8 };

/// The letters and digits of a text, in lower case.
fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mine::patterns::tests::found;

    #[test]
    fn the_english_in_brackets_is_looked_for_in_the_other_text() {
        let pairs = found(
            |searched| searched.glosses(),
            "本规程所称灯塔管理员（Lighthouse Keeper）负责点灯。",
            "The Lighthouse Keeper lights the lamp.",
        );
        assert_eq!(pairs, [("灯塔管理员".into(), "Lighthouse Keeper".into())]);
    }

    #[test]
    fn brackets_that_hold_no_gloss_of_the_text_say_nothing() {
        let pairs = found(
            |searched| searched.glosses(),
            "灯塔管理员（见附件B）负责点灯。",
            "The keeper lights the lamp (see annex B).",
        );
        assert!(pairs.is_empty(), "{pairs:?}");
    }

    #[test]
    fn letters_leave_marks_behind() {
        assert_eq!(letters("“Adapted Material”"), "adaptedmaterial");
    }
}
