//! What looks like the mark of a note, and how much it does.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use crate::clean::line::Line;
use crate::clean::punctuation::is_closing;
use crate::text::abbreviation::is_abbreviation;
use crate::text::number::MONTHS;
use crate::text::script::is_han;
use crate::text::superscript;
use crate::types::Side;

/// Words that a number follows by nature.
const COUNTED: [&str; 40] = [
    "annex",
    "appendix",
    "art",
    "article",
    "articles",
    "chap",
    "chapter",
    "chapters",
    "decision",
    "figure",
    "form",
    "goal",
    "item",
    "items",
    "no",
    "nos",
    "number",
    "page",
    "pages",
    "para",
    "paragraph",
    "paragraphs",
    "paras",
    "part",
    "parts",
    "phase",
    "pp",
    "principle",
    "regulation",
    "resolution",
    "rule",
    "rules",
    "schedule",
    "sect",
    "section",
    "sections",
    "table",
    "target",
    "vol",
    "volume",
];

/// What may follow a number that counts something, beside a month.
const MEASURED: [&str; 4] = ["per", "percent", "million", "billion"];

/// What counts things in Chinese: `，3个成员` cites no note.
const MEASURES: &str = "个個名条條款项項章节節次天人份种種位件元万萬亿億千百倍小周週年月日号號\
                        时時分秒页頁卷期级級届屆台臺套米公吨噸点點世组組类類例例家批等及和或至到";

/// How far around a number the words are looked at, in bytes: the longest English word and
/// the marks behind it.
const REACH: usize = 48;

/// Where a number stands, the surest last.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::clean) enum Sign {
    /// Apart from a name: `the Convention 1 and`.
    Apart,
    /// At the end of a word: `thereto1 represent`, as `file1`.
    Glued,
    /// Behind the full stop that ends with a name: `command2.2`, as `python2.7`.
    BehindName,
    /// Apart behind a mark or a year: `thereto, 1 the`.
    ApartMark,
    /// On a line of its own.
    Alone,
    /// Behind the mark that ends a word or a bracket.
    Behind,
    /// Small and high.
    Raised,
}

impl Sign {
    /// How much it counts against others that contradict it.
    pub(in crate::clean) fn weight(self) -> u32 {
        match self {
            Sign::Apart | Sign::Glued | Sign::BehindName => 1,
            Sign::ApartMark | Sign::Alone => 2,
            Sign::Behind => 3,
            Sign::Raised => 4,
        }
    }
}

/// A number that may be the mark of a note.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::clean) struct Candidate {
    /// Index of its line.
    pub(in crate::clean) line: usize,
    /// The number.
    pub(in crate::clean) number: u32,
    /// Where the digits begin in the line.
    pub(in crate::clean) digits: usize,
    /// What goes if it is a mark.
    pub(in crate::clean) cut: Range<usize>,
    /// Where it stands.
    pub(in crate::clean) sign: Sign,
    /// The word before it, in lower case.
    pub(in crate::clean) word: String,
    /// Does that word begin with a capital?
    is_name: bool,
}

/// The candidates of all lines, in order.
pub(in crate::clean) fn of_lines(lines: &[Line], side: Side) -> Vec<Candidate> {
    let is_alone = |k: usize| lines.get(k).is_some_and(|l| is_number(l.text.as_str()));
    let mut found = Vec::new();
    for (k, line) in lines.iter().enumerate() {
        let text = line.text.as_str();
        if !is_number(text) {
            found.extend(of_text(k, text, side));
            continue;
        }
        // Numbers one below the other are a column of a table.
        let is_column = is_alone(k + 1) || k > 0 && is_alone(k - 1);
        let before = k.checked_sub(1).map(|k| lines[k].text.as_str());
        if let (Some(before), Ok(number), false) = (before, text.parse(), is_column)
            && !is_counted(before)
            && !text.starts_with('0')
        {
            let sign = Sign::Alone;
            found.push(Candidate {
                line: k,
                number,
                digits: 0,
                cut: 0..text.len(),
                sign,
                word: String::new(),
                is_name: false,
            });
        }
    }
    found
}

/// Does the text end with a word that a number follows by nature: `laid down in article`?
pub(crate) fn is_counted(text: &str) -> bool {
    let word = last_word(text.trim_end());
    text.ends_with('第') || COUNTED.contains(&word.to_lowercase().as_str())
}

fn is_number(text: &str) -> bool {
    (1..=3).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit())
}

/// The candidates inside a line.
fn of_text(line: usize, text: &str, side: Side) -> Vec<Candidate> {
    let mut found = Vec::new();
    let (mut at, mut is_unquoted) = (0, true);
    while let Some(start) = text[at..].find(is_digit).map(|k| at + k) {
        is_unquoted ^= !text[at..start].matches('"').count().is_multiple_of(2);
        let plain = text[start..].bytes().take_while(u8::is_ascii_digit).count();
        let raised = superscript::number_at(&text[start..]);
        at = start + raised.map_or(plain, |(_, len)| len);
        let number = match raised {
            Some((number, _)) => Some(number),
            None if plain <= 3 && !text[start..].starts_with('0') => {
                text[start..at].parse().ok()
            }
            None => None,
        };
        let place = NumberInText::new(text, start..at, side, is_unquoted);
        let sign = match raised {
            // Small and high, it is a mark or a power: m², km³.
            Some(_) => (!place.is_power()).then_some(Sign::Raised),
            None => place.sign(),
        };
        if let (Some(number), Some(sign)) = (number, sign) {
            let from = match raised {
                Some(_) => start,
                None => place.cut_from(),
            };
            let word = place.word();
            found.push(Candidate {
                line,
                number,
                digits: start,
                cut: from..at,
                sign,
                word: word.to_lowercase(),
                is_name: word.starts_with(char::is_uppercase),
            });
        }
    }
    found
}

/// A number and what stands around it.
struct NumberInText<'a> {
    side: Side,
    /// Where the digits begin.
    start: usize,
    /// A little of the text before it, and the same without the blanks at its end.
    before: &'a str,
    head: &'a str,
    after: &'a str,
    /// Are the quotation marks before it, `"` and `"`, all closed?
    is_unquoted: bool,
}

impl<'a> NumberInText<'a> {
    fn new(text: &'a str, digits: Range<usize>, side: Side, is_unquoted: bool) -> Self {
        let before = &text[floor(text, digits.start)..digits.start];
        Self {
            side,
            start: digits.start,
            before,
            head: before.trim_end(),
            after: &text[digits.end..],
            is_unquoted,
        }
    }

    fn is_glued(&self) -> bool {
        self.head.len() == self.before.len()
    }

    fn is_power(&self) -> bool {
        (1..=2).contains(&last_word(self.before).len())
    }

    fn cut_from(&self) -> usize {
        self.start - (self.before.len() - self.head.len())
    }

    /// The text before it without the marks at its end.
    fn bare(&self) -> &'a str {
        self.head.trim_end_matches([',', ';', '.', ':', '，', '、', '；', '。'])
    }

    /// The word before it.
    fn word(&self) -> &'a str {
        last_word(self.bare())
    }

    fn sign(&self) -> Option<Sign> {
        if self.head.is_empty() || !self.ends_number() {
            return None;
        }
        if !self.is_glued() {
            return self.apart();
        }
        match self.side {
            Side::Zh => self.glued_chinese(),
            Side::En => self.glued_english(),
        }
    }

    /// Can a mark end here? Not before a letter, a stroke (1/2) or a decimal.
    fn ends_number(&self) -> bool {
        let mut after = self.after.chars();
        let (next, second) = (after.next(), after.next());
        let digit_follows = second.is_some_and(|c| c.is_ascii_digit());
        match next {
            None => true,
            Some('.' | ',' | '、' | ':') => !digit_follows,
            Some(c) if self.side == Side::Zh && is_han(c) => !MEASURES.contains(c),
            Some(c) => {
                !c.is_alphanumeric()
                    && !matches!(c, '/' | '-' | '–' | '%' | '_' | '＝' | '=' | '"' | '”')
            }
        }
    }

    /// Does a bracket or quotation mark close before it?
    fn is_behind_closing(&self) -> bool {
        let mut back = self.head.chars().rev();
        let (last, inner) = (back.next(), back.next());
        last.is_some_and(is_closing)
            && (last != Some('"') || self.is_unquoted)
            && inner.is_some_and(|c| !c.is_whitespace())
    }

    fn glued_chinese(&self) -> Option<Sign> {
        let is_mark = self.head.ends_with(['，', '、', '；', '。']);
        // 0、1、2 are numbers, and so is what follows one of them.
        let is_list = !self.head.ends_with('。')
            && self.bare().ends_with(|c: char| c.is_ascii_digit());
        if !(self.is_behind_closing() || is_mark && !is_list) {
            return None;
        }
        let runs_on = self.after.starts_with(is_han) && !self.head.ends_with('。');
        Some(if runs_on && is_mark { Sign::Glued } else { Sign::Behind })
    }

    fn glued_english(&self) -> Option<Sign> {
        if self.is_behind_closing() {
            return Some(Sign::Behind);
        }
        let bare = self.bare();
        let word = last_word(bare);
        let is_lower = word.len() >= 3 && word.ends_with(char::is_lowercase);
        let is_letters = word.chars().all(char::is_alphabetic);
        if bare.len() == self.head.len() {
            let is_alone = bare[..bare.len() - word.len()]
                .ends_with(|c: char| c.is_whitespace() || matches!(c, '(' | '“' | '‘'))
                || word.len() == bare.len();
            return (is_lower && is_letters && is_alone).then_some(Sign::Glued);
        }
        let token = bare.rsplit(char::is_whitespace).next().unwrap_or_default();
        if token.contains(['/', '\\', '_', '@', '=', '<', '>', '$', '#', '~', '.']) {
            return None;
        }
        let is_closed = bare.ends_with(is_closing);
        if self.head.ends_with('.') {
            let is_end = self.ends_sentence();
            let is_known =
                is_lower && is_letters && !is_abbreviation(&word.to_lowercase());
            let is_name = word.len() >= 3 && word.starts_with(char::is_alphabetic);
            return match () {
                () if !is_end => None,
                () if is_known || is_closed => Some(Sign::Behind),
                () => is_name.then_some(Sign::BehindName),
            };
        }
        (is_lower || is_closed || is_year(word)).then_some(Sign::Behind)
    }

    /// Does a sentence end before the mark, so that another may begin behind it?
    fn ends_sentence(&self) -> bool {
        let rest = self.after.trim_start();
        rest.is_empty()
            || rest.len() < self.after.len()
                && !rest.starts_with(|c: char| c.is_lowercase() || c.is_ascii_digit())
    }

    fn apart(&self) -> Option<Sign> {
        let (bare, word) = (self.bare(), self.word());
        let is_behind_mark = bare.len() < self.head.len();
        let follows = self.after.split(|c: char| !c.is_alphabetic()).take(REACH);
        let follows = follows.into_iter().find(|word| !word.is_empty());
        let is_measured = follows.is_some_and(|word| {
            let word = word.to_lowercase();
            MONTHS.iter().chain(&MEASURED).any(|measured| *measured == word)
        });
        // Numbers in a list are parted by commas, not by a semicolon.
        let is_number = !is_year(word)
            && word.ends_with(|c: char| c.is_ascii_digit())
            && !self.head.ends_with([';', '；', '。']);
        if is_measured || is_number || is_counted(bare) || !self.is_unquoted {
            return None;
        }
        let is_name = self.side == Side::En && word.starts_with(char::is_uppercase);
        if is_behind_mark || is_year(word) || self.is_behind_closing() {
            return Some(Sign::ApartMark);
        }
        is_name.then_some(Sign::Apart)
    }
}

/// What the text itself says of words with a number behind them.
pub(in crate::clean) struct Numbered {
    /// Words that stand before several numbers, glued or apart, and so count something or are
    /// names of a row: `file1`, `file2`; `Device 1`, `Device 2`.
    counters: BTreeSet<String>,
    /// Words of the text that nothing is glued to, and those that are known from elsewhere.
    words: BTreeSet<String>,
}

impl Numbered {
    pub(in crate::clean) fn learn(
        lines: &[Line],
        is_word: &dyn Fn(&str) -> bool,
    ) -> Self {
        let (mut counters, mut words) = (BTreeSet::new(), BTreeSet::new());
        let mut first: BTreeMap<(bool, String), &str> = BTreeMap::new();
        for line in lines {
            let text = line.text.as_str();
            let pieces = text.split(|c: char| !c.is_alphanumeric());
            for piece in pieces.filter(|piece| piece.len() >= 3) {
                let stem = piece.trim_end_matches(|c: char| c.is_ascii_digit());
                let stem = stem.to_lowercase();
                if stem.len() == piece.len() || is_word(&stem) {
                    words.insert(stem);
                }
            }
            for (at, _) in text.match_indices(|c: char| c.is_ascii_digit()) {
                let before = &text[floor(text, at)..at];
                if before.ends_with(|c: char| c.is_ascii_digit()) {
                    continue;
                }
                let len = text[at..].bytes().take_while(u8::is_ascii_digit).count();
                let number = &text[at..at + len];
                let head = before.trim_end();
                let word = last_word(head).to_lowercase();
                let key = (head.len() == before.len(), word);
                match first.get(&key) {
                    _ if key.1.is_empty() => {}
                    Some(other) if *other != number => {
                        counters.insert(key.1);
                    }
                    Some(_) => {}
                    None => drop(first.insert(key, number)),
                }
            }
        }
        Self { counters, words }
    }

    /// May the word before the number be whole without it?
    pub(in crate::clean) fn may_be(&self, candidate: &Candidate) -> bool {
        let word = candidate.word.as_str();
        match candidate.sign {
            Sign::Glued if !word.is_empty() => {
                !self.counters.contains(word)
                    && !COUNTED.contains(&word)
                    && (candidate.is_name || self.words.contains(word))
            }
            Sign::Apart => !self.counters.contains(word),
            _ => true,
        }
    }
}

fn is_year(word: &str) -> bool {
    word.len() == 4 && word.bytes().all(|b| b.is_ascii_digit())
}

fn last_word(text: &str) -> &str {
    text.rsplit(|c: char| !c.is_alphanumeric() || is_han(c)).next().unwrap_or_default()
}

/// A character boundary [`REACH`] bytes or a little more before `at`.
fn floor(text: &str, at: usize) -> usize {
    (0..=at.saturating_sub(REACH)).rev().find(|&k| text.is_char_boundary(k)).unwrap_or(0)
}

fn is_digit(c: char) -> bool {
    c.is_ascii_digit() || superscript::number_at(c.encode_utf8(&mut [0; 4])).is_some()
}
