//! The form in which terms are compared.

use crate::lexicon::Seed;
use crate::text::fold::fold_char;
use crate::text::script::is_han;

/// Brings terms into the form in which they are compared: folded, simplified, hyphens and
/// line breaks as blanks, and no blanks beside Chinese characters, for some write `DNA 鉴定`
/// and some `DNA鉴定`.
pub(super) struct TermNormalizer<'a> {
    seed: &'a Seed,
    /// What a character of the Basic Multilingual Plane becomes; 0 where that is not known
    /// yet, [`SEVERAL`] where it is not one character.
    known: Vec<u32>,
}

/// Stands for several characters in [`TermNormalizer::known`].
const SEVERAL: u32 = u32::MAX;

impl<'a> TermNormalizer<'a> {
    pub(super) fn new(seed: &'a Seed) -> Self {
        Self { seed, known: vec![0; 0x1_0000] }
    }

    /// Writes the form of `text` behind `out`, as if nothing stood there.
    pub(super) fn append(&mut self, text: &str, out: &mut String) {
        let start = out.len();
        if text.is_ascii() && !text.bytes().any(|byte| is_break(byte.into())) {
            out.push_str(text);
            out[start..].make_ascii_lowercase();
            return;
        }
        let mut last = None;
        let mut push = |c: char| {
            let is_blank = c == ' ' || is_break(c);
            match (is_blank, last) {
                (true, Some(last)) if is_han(last) => return,
                (false, Some(' ')) if is_han(c) => {
                    out.truncate(start + out[start..].trim_end_matches(' ').len());
                }
                _ => {}
            }
            let c = if is_blank { ' ' } else { c };
            out.push(c);
            last = Some(c);
        };
        for c in text.chars() {
            match self.single(c) {
                Some(c) => push(c),
                None => fold_char(c).for_each(|c| push(self.seed.simplify(c))),
            }
        }
    }

    /// What a character becomes, where that is one.
    fn single(&mut self, c: char) -> Option<char> {
        if c.is_ascii() {
            return Some(c.to_ascii_lowercase());
        }
        let known = self.known.get_mut(c as usize)?;
        if *known == 0 {
            let mut folded = fold_char(c);
            *known = match (folded.next(), folded.next()) {
                (Some(c), None) => u32::from(self.seed.simplify(c)),
                _ => SEVERAL,
            };
        }
        char::from_u32(*known)
    }
}

/// Does a blank take its place?
fn is_break(c: char) -> bool {
    matches!(c, '-' | '\t' | '\n' | '\r')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folded(text: &str) -> String {
        let mut out = String::from("before 法");
        TermNormalizer::new(Seed::shipped()).append(text, &mut out);
        out.split_off("before 法".len())
    }

    #[test]
    fn width_case_script_and_hyphens_are_set_aside() {
        assert_eq!(folded("Anti-Money\nLaundering"), "anti money laundering");
        assert_eq!(folded("締約國ＡＢ－Café"), "缔约国ab cafe");
    }

    #[test]
    fn blanks_stay_between_words_and_not_beside_chinese_characters() {
        assert_eq!(folded("缔 约 方"), "缔约方");
        assert_eq!(folded("DNA 鉴定"), folded("DNA鉴定"));
        assert_eq!(folded("法 Money Laundering Act"), "法money laundering act");
        assert_eq!(folded("the  Party 党 of"), "the  party党of");
    }
}
