//! A gloss in brackets: 演绎作品（Adapted Material）, where the English stands in the other text
//! too.

use super::searched_unit::{SearchedUnit, brackets};
use crate::mine::corpus::Run;
use crate::types::TermEvidence;

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
