//! An entry of a list of abbreviations: *WTO World Trade Organization*, 世界贸易组织 世贸组织.
//!
//! Such an entry is two terms, the name and its short form, and none as a whole.

use super::proposal::{Proposal, trust};
use super::searched_unit::SearchedUnit;
use crate::mine::candidates::RunPlace;
use crate::mine::corpus::Run;
use crate::types::TermEvidence;

/// Longest short form, in letters.
const LONGEST: usize = 8;

/// How much speaks for a pair of short forms, 0 to 1: both are cut out of their names.
const SUPPORT: f64 = 0.5;

impl SearchedUnit<'_, '_, '_, '_> {
    /// The two terms of an entry. Is the unit one?
    pub(super) fn abbreviation(&mut self) -> bool {
        let (Some(zh), Some(en)) = (self.zh_entry(), self.en_entry()) else {
            return false;
        };
        self.propose(&[zh.name], &[en.name], TermEvidence::ShortUnit, 0.2);
        // The list itself says what goes with what: no lexicon knows a short form.
        let unit = self.unit as u32;
        self.found.push(Proposal {
            zh: RunPlace { unit, run: zh.short },
            en: RunPlace { unit, run: en.short },
            evidence: TermEvidence::Gloss,
            support: SUPPORT,
            weight: trust(TermEvidence::Gloss),
        });
        true
    }

    /// Two Chinese runs with a blank between them, one of which is cut out of the other.
    fn zh_entry(&self) -> Option<Entry> {
        let text = &self.corpus.zh[self.unit];
        let n = text.chars.len();
        let is_han = text.chars.iter().all(|&c| crate::text::script::is_han(c));
        let is_blank = |cell: &usize| {
            let end = text.bytes[cell - 1] as usize + text.chars[cell - 1].len_utf8();
            end < text.bytes[*cell] as usize
        };
        let mut blanks = (1..n).filter(is_blank);
        let (Some(blank), None, true) = (blanks.next(), blanks.next(), is_han) else {
            return None;
        };
        let (first, second) = (Run::new(0, blank), Run::new(blank, n));
        let (name, short) =
            if first.len() > second.len() { (first, second) } else { (second, first) };
        let mut letters = text.chars[name.range()].iter();
        let is_cut = text.chars[short.range()].iter().all(|c| letters.any(|d| d == c));
        (is_cut && short.len() >= 2 && short.len() < name.len())
            .then_some(Entry { name, short })
    }

    /// Capitals, and before or behind them the name whose initials they are.
    fn en_entry(&self) -> Option<Entry> {
        let words = &self.corpus.en[self.unit].words;
        let text = |at: usize| &*self.corpus.en_form(words[at]).text;
        let n = words.len();
        if n < 3 || (0..n).any(|at| self.corpus.en_form(words[at]).is_mark) {
            return None;
        }
        let initials = |run: &Run| {
            let capitals = run.range().filter(|&at| words[at].is_capital);
            capitals.filter_map(|at| text(at).chars().next()).collect::<String>()
        };
        let entries = [
            Entry { short: Run::new(0, 1), name: Run::new(1, n) },
            Entry { short: Run::new(n - 1, n), name: Run::new(0, n - 1) },
        ];
        entries.into_iter().find(|entry| {
            let short = text(entry.short.start as usize).to_lowercase();
            (2..=LONGEST).contains(&short.len())
                && short == initials(&entry.name).to_lowercase()
        })
    }
}

/// A name and its short form.
struct Entry {
    name: Run,
    short: Run,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mine::patterns::tests::found;

    fn terms(zh: &str, en: &str) -> Vec<(String, String)> {
        let look = |searched: &mut SearchedUnit<'_, '_, '_, '_>| {
            searched.abbreviation();
        };
        let found = found(look, zh, en).into_iter();
        found.map(|(zh, en)| (zh.trim().to_owned(), en)).collect()
    }

    #[test]
    fn an_entry_is_a_name_and_its_short_form() {
        let expected = [
            ("世界海运委员会".to_owned(), "World Shipping Council".to_owned()),
            ("世海委".to_owned(), "WSC".to_owned()),
        ];
        assert_eq!(
            terms("世界海运委员会 世海委", "WSC World Shipping Council"),
            expected
        );
        assert_eq!(
            terms("世海委 世界海运委员会", "World Shipping Council WSC"),
            expected
        );
    }

    #[test]
    fn capitals_that_are_no_initials_make_no_entry() {
        assert!(terms("世界海运委员会 世海委", "IMO World Shipping Council").is_empty());
        assert!(terms("世界海运委员会 新闻稿", "WSC World Shipping Council").is_empty());
    }
}
