//! Words, numbers and marks of English, and of letters and digits inside Chinese.

use super::mark::{Mark, is_run, mark};
use super::stop::is_stop_en;
use super::vocabulary::Vocabulary;
use crate::text::Span;
use crate::text::fold::{fold_char, narrow};
use crate::text::number::grouped_len;
use crate::text::script::is_han;
use crate::types::{Token, TokenKind};

/// Abbreviations whose full stop ends no sentence, in lower case.
const ABBREVIATIONS: [&str; 22] = [
    "mr", "mrs", "ms", "dr", "prof", "st", "jr", "sr", "no", "nos", "art", "arts", "sec",
    "para", "paras", "vol", "vs", "etc", "cf", "ed", "eds", "pp",
];

/// A lower-case word of so many letters takes no digits: names with digits are short or in
/// capitals.
const MIN_PLAIN: usize = 4;

/// Words after which `'s` is the verb.
const IS_HOSTS: [&str; 12] = [
    "it", "he", "she", "that", "there", "here", "what", "who", "where", "how", "when",
    "this",
];

/// The tokens of an English text without regard to numbers in words. For the tool that
/// makes the lexicon, which has no lexicon yet.
pub fn words(text: &str, vocabulary: &impl Vocabulary) -> Vec<Token> {
    let mut tokens = Vec::new();
    scan(text, Span::new(0, text.len()), vocabulary, &mut tokens);
    tokens
}

/// Appends the tokens of a part of the text that has no Han characters.
pub(super) fn scan(
    text: &str,
    part: Span,
    vocabulary: &impl Vocabulary,
    tokens: &mut Vec<Token>,
) {
    let mut scanner = Scanner {
        text,
        at: part.start,
        end: part.end,
        is_quoted: false,
        vocabulary,
        tokens,
    };
    while let Some(c) = scanner.peek(scanner.at) {
        if narrow(c).is_ascii_digit() {
            scanner.number();
        } else if is_letter(c) {
            scanner.word();
        } else {
            scanner.mark(c);
        }
    }
}

struct Scanner<'a, V> {
    text: &'a str,
    at: usize,
    end: usize,
    /// Is a single quotation mark open?
    is_quoted: bool,
    vocabulary: &'a V,
    tokens: &'a mut Vec<Token>,
}

impl<V: Vocabulary> Scanner<'_, V> {
    fn peek(&self, at: usize) -> Option<char> {
        self.text[at..self.end].chars().next()
    }

    fn before(&self, at: usize) -> Option<char> {
        self.text[..at].chars().next_back()
    }

    /// Where the run of characters from `at` on that fulfil `is` ends.
    fn run(&self, at: usize, is: impl Fn(char) -> bool) -> usize {
        let rest = &self.text[at..self.end];
        rest.find(|c| !is(c)).map_or(self.end, |length| at + length)
    }

    fn push(&mut self, span: Span, kind: TokenKind, form: &str) {
        let is_word = kind == TokenKind::Word;
        let is_capital =
            is_word && span.of(self.text).chars().next().is_some_and(char::is_uppercase);
        let is_stop = is_word && is_stop_en(form);
        self.tokens.push(Token { span, kind, form: form.into(), is_stop, is_capital });
    }

    fn mark(&mut self, c: char) {
        let start = self.at;
        let mut end = start + c.len_utf8();
        self.at = end;
        let form = match mark(c) {
            Mark::Gap => return,
            Mark::Form(_) if is_apostrophe(c) => {
                return self.quote(Span::new(start, end));
            }
            Mark::Form("P-") if c == '-' && !self.text[end..].starts_with('-') => {
                if self.is_inside(start, end) {
                    return;
                }
                "P-"
            }
            Mark::Form("P.") if self.text[end..self.end].starts_with("..") => {
                end = self.run(end, |c| c == '.');
                "P…"
            }
            Mark::Form(form) => form,
        };
        if is_run(form) {
            end = self.run(end, |other| other == c);
        }
        self.at = end;
        self.push(Span::new(start, end), TokenKind::Mark, form);
    }

    /// Does the mark stand between two letters or digits?
    fn is_inside(&self, start: usize, end: usize) -> bool {
        let is_inner =
            |c: Option<char>| c.is_some_and(|c| is_letter(c) || c.is_numeric());
        is_inner(self.before(start)) && is_inner(self.text[end..].chars().next())
    }

    /// An apostrophe that is not inside a word: a quotation mark, or the end of a plural
    /// possessive.
    fn quote(&mut self, span: Span) {
        let follows_word = self.before(span.start).is_some_and(char::is_alphanumeric);
        let is_possessive = follows_word
            && !self.is_quoted
            && self.text[..span.start].ends_with(['s', 'S']);
        if !is_possessive {
            self.is_quoted = !follows_word && !self.is_quoted;
            self.push(span, TokenKind::Mark, "P\"");
        }
    }

    /// A number in digits: `1,949`, `3.14`, `18th`, `1980s`. Digits that run on into other
    /// letters are a word (`3D`).
    fn number(&mut self) {
        let start = self.at;
        let mut end = match grouped_len(&self.text[start..self.end]) {
            Some(len) => start + len,
            None => self.run(start, is_digit),
        };
        if let Some(next) = self.fraction(end).filter(|_| !self.follows_digit_stop(start))
        {
            end = next;
        }
        let digits: String =
            self.text[start..end].chars().map(narrow).filter(is_of_number).collect();
        let letters = self.run(end, is_letter);
        let suffix = self.text[end..letters].to_lowercase();
        let end = match suffix.as_str() {
            "" => end,
            "st" | "nd" | "rd" | "th" | "s" => letters,
            _ => {
                let end = self.run(end, |c| is_letter(c) || is_digit(c));
                return self.plain_word(Span::new(start, end));
            }
        };
        self.at = end;
        let form = format!("#{}", super::number::canonical(&digits));
        self.push(Span::new(start, end), TokenKind::Number, &form);
    }

    /// The end of `.14` at `at`, unless another full stop follows (`1.2.3` is no number).
    fn fraction(&self, at: usize) -> Option<usize> {
        let c = self.peek(at).filter(|&c| narrow(c) == '.')?;
        let start = at + c.len_utf8();
        let end = self.run(start, is_digit);
        let goes_on = self.text[end..self.end].starts_with('.')
            && self.text[end + 1..self.end].starts_with(is_digit);
        (end > start && !goes_on).then_some(end)
    }

    /// Do a digit and a full stop stand right before `at`, as in a section number?
    fn follows_digit_stop(&self, at: usize) -> bool {
        self.text[..at].strip_suffix('.').is_some_and(|before| before.ends_with(is_digit))
    }

    fn word(&mut self) {
        let start = self.at;
        if let Some(end) = self.abbreviation(start) {
            return self.plain_word(Span::new(start, end));
        }
        let end = self.word_end(start);
        if let Some(end) = self.pinyin_name(start, end) {
            return self.plain_word(Span::new(start, end));
        }
        if let Some(end) = self.ampersand(start, end) {
            return self.plain_word(Span::new(start, end));
        }
        match self.apostrophe(end) {
            Some(tail) => self.contraction(Span::new(start, end), tail),
            None => self.plain_word(Span::new(start, end)),
        }
        self.skip_full_stop(Span::new(start, end));
    }

    /// Where the word ends. Digits belong to it (`G20`, `H5N1`), but not those of a footnote
    /// that stuck to a plain word (`corruption5`).
    fn word_end(&self, start: usize) -> usize {
        let letters = self.run(start, is_letter);
        let word = &self.text[start..letters];
        let is_plain = word.len() >= MIN_PLAIN && word.ends_with(char::is_lowercase);
        if is_plain { letters } else { self.run(start, |c| is_letter(c) || is_digit(c)) }
    }

    /// The end of `U.S.` or `a.m.` at `start`: two to eight single letters, each with a full
    /// stop.
    fn abbreviation(&self, start: usize) -> Option<usize> {
        let bytes = &self.text.as_bytes()[..self.end.min(start + 16)];
        let mut end = start;
        while end + 1 < bytes.len()
            && bytes[end].is_ascii_alphabetic()
            && bytes[end + 1] == b'.'
        {
            end += 2;
        }
        let ends_in_word = self.peek(end).is_some_and(is_letter);
        (end >= start + 4 && !ends_in_word).then_some(end)
    }

    /// The end of `Bao-yu` whose first half ends at `end`.
    fn pinyin_name(&self, start: usize, end: usize) -> Option<usize> {
        let second = end + self.text[end..self.end].strip_prefix('-').map(|_| 1)?;
        if !self.text[start..end].starts_with(char::is_uppercase) {
            return None;
        }
        let last = self.run(second, is_letter);
        let goes_on =
            self.text[last..].starts_with('-') || self.text[last..].starts_with(is_digit);
        let is_syllable = |from: usize, to: usize| {
            let letters = folded(&self.text[from..to]);
            letters.len() >= 2 && self.vocabulary.is_syllable(&letters)
        };
        let is_name = !goes_on && is_syllable(start, end) && is_syllable(second, last);
        is_name.then_some(last)
    }

    /// The end of `R&D` whose first half ends at `end`.
    fn ampersand(&self, start: usize, end: usize) -> Option<usize> {
        let second = end + self.text[end..self.end].strip_prefix('&').map(|_| 1)?;
        let last = self.run(second, is_letter);
        let is_short = |from: usize, to: usize| {
            (1..=3).contains(&(to - from))
                && self.text[from..to].bytes().all(|b| b.is_ascii_uppercase())
        };
        (is_short(start, end) && is_short(second, last)).then_some(last)
    }

    /// What follows an apostrophe at `at`, letters only, with its apostrophe.
    fn apostrophe(&self, at: usize) -> Option<Span> {
        let c = self.peek(at).filter(|&c| is_apostrophe(c))?;
        let start = at + c.len_utf8();
        let end = self.run(start, is_letter);
        (end > start).then_some(Span::new(at, end))
    }

    /// A word with an apostrophe inside, as the words it contracts.
    fn contraction(&mut self, head: Span, tail: Span) {
        let first = folded(head.of(self.text));
        let suffix = folded(&tail.of(self.text)[self.apostrophe_len(tail)..]);
        let split = |this: &mut Self, span: Span, form: &str| {
            this.push(span, TokenKind::Word, form);
        };
        match suffix.as_str() {
            "t" if first.len() > 1 && first.ends_with('n') => {
                let middle = Span::new(head.start, head.end - 1);
                match first.as_str() {
                    "can" => split(self, middle, "can"),
                    "won" => split(self, middle, "will"),
                    "shan" => split(self, middle, "shall"),
                    _ => self.plain_word(middle),
                }
                split(self, Span::new(middle.end, tail.end), "not");
            }
            "re" | "m" => self.two_words(head, tail, "be"),
            "ve" => self.two_words(head, tail, "have"),
            "ll" => self.two_words(head, tail, "will"),
            "d" => self.two_words(head, tail, "would"),
            "s" if first == "let" => self.two_words(head, tail, "we"),
            "s" if IS_HOSTS.contains(&first.as_str()) => self.two_words(head, tail, "be"),
            "s" => self.plain_word(head),
            _ => return self.plain_word(Span::new(head.start, tail.end)),
        }
        self.at = tail.end;
    }

    fn apostrophe_len(&self, tail: Span) -> usize {
        self.peek(tail.start).map_or(0, char::len_utf8)
    }

    fn two_words(&mut self, head: Span, tail: Span, form: &str) {
        self.plain_word(head);
        self.push(tail, TokenKind::Word, form);
    }

    fn plain_word(&mut self, span: Span) {
        let surface = span.of(self.text);
        self.at = span.end;
        if surface.eq_ignore_ascii_case("cannot") {
            let middle = span.start + 3;
            self.push(Span::new(span.start, middle), TokenKind::Word, "can");
            return self.push(Span::new(middle, span.end), TokenKind::Word, "not");
        }
        let form: Box<str> = match surface {
            "US" => "usa".into(), // not the pronoun
            _ => self.vocabulary.lemma_of(&folded(surface)),
        };
        if !form.is_empty() {
            self.push(span, TokenKind::Word, &form);
        }
    }

    /// Passes over the full stop of `Mr.` and of the initial in `J. Smith`.
    fn skip_full_stop(&mut self, word: Span) {
        if !self.text[self.at..self.end].starts_with('.') || self.at != word.end {
            return;
        }
        let surface = word.of(self.text);
        let goes_on = self.text[self.at + 1..self.end]
            .trim_start()
            .starts_with(|c: char| c.is_alphanumeric());
        let is_initial = surface.len() == 1 && surface != "I" && is_capital(surface);
        let is_short = surface.len() <= 5
            && ABBREVIATIONS.contains(&surface.to_ascii_lowercase().as_str());
        if goes_on && (is_initial || is_short) {
            self.at += 1;
        }
    }
}

fn is_capital(word: &str) -> bool {
    word.starts_with(char::is_uppercase)
}

fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | '‘' | 'ʼ' | '＇')
}

fn is_digit(c: char) -> bool {
    narrow(c).is_ascii_digit()
}

/// Does it belong to the value of a number, and not only group its digits?
fn is_of_number(c: &char) -> bool {
    c.is_ascii_digit() || *c == '.'
}

/// A letter of any script but Han, with what is written over it; digits of other scripts too.
fn is_letter(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_alphabetic();
    }
    let is_word = c.is_alphanumeric() && !is_digit(c) && c != 'ʼ' && !is_han(c);
    is_word || unicode_normalization::char::is_combining_mark(c)
}

/// A word in lower case, without accents and hyphens.
fn folded(word: &str) -> String {
    if word.bytes().all(|b| b.is_ascii_alphabetic()) {
        return word.to_ascii_lowercase();
    }
    word.chars()
        .flat_map(fold_char)
        .filter_map(|c| match c {
            '’' | '‘' => Some('\''),
            c => (c != '-' && !c.is_whitespace()).then_some(c),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::Seed;

    fn forms(text: &str) -> String {
        let tokens = words(text, Seed::shipped());
        tokens.iter().map(|token| &*token.form).collect::<Vec<_>>().join(" ")
    }

    fn surfaces(text: &str) -> Vec<&str> {
        words(text, Seed::shipped()).iter().map(|token| token.span.of(text)).collect()
    }

    #[test]
    fn words_are_lemmas_and_marks_are_kinds() {
        assert_eq!(forms("The States were notified."), "the state be notify P.");
        assert_eq!(forms("“Why?” she asked…"), "P\" why P? P\" she ask P…");
    }

    #[test]
    fn contractions_come_apart_with_spans_that_meet() {
        assert_eq!(forms("I can't, won't and don’t"), "i can not P, will not and do not");
        assert_eq!(surfaces("don’t we'll"), ["do", "n’t", "we", "'ll"]);
        assert_eq!(forms("it's Peter's; let's go"), "it be peter P; let we go");
        assert_eq!(forms("cannot"), "can not");
    }

    #[test]
    fn possessives_leave_no_token() {
        assert_eq!(surfaces("the States' rights"), ["the", "States", "rights"]);
        assert_eq!(forms("'Yes,' he said"), "P\" yes P, P\" he say");
    }

    #[test]
    fn a_hyphen_parts_words_and_leaves_only_a_gap() {
        assert_eq!(surfaces("opt-out clause"), ["opt", "out", "clause"]);
        assert_eq!(surfaces("law - order"), ["law", "-", "order"]);
    }

    #[test]
    fn a_capitalised_pair_of_syllables_is_one_name() {
        assert_eq!(surfaces("Bao-yu laughed"), ["Bao-yu", "laughed"]);
        assert!(forms("Bao-yu laughed").starts_with("baoyu"));
        assert_eq!(surfaces("Anglo-French"), ["Anglo", "French"]);
    }

    #[test]
    fn digits_are_values() {
        assert_eq!(
            forms("1,949 men, 3.50 and the 18th"),
            "#1949 man P, #3.5 and the #18"
        );
        assert_eq!(forms("1 850 000 of 12’500"), "#1850000 of #12500");
        assert_eq!(forms("35 100 50"), "#35 #100 #50");
        assert_eq!(forms("the 1980s"), "the #1980");
        assert_eq!(forms("3D of the G20"), "3d of the g20");
        assert_eq!(forms("against corruption5"), "against corruption #5");
        assert_eq!(forms("1.2.3"), "#1 P. #2 P. #3");
    }

    #[test]
    fn abbreviations_keep_their_full_stops_to_themselves() {
        assert_eq!(forms("the U.S. and the US"), "the usa and the usa");
        assert_eq!(forms("Mr. Li met J. Smith."), "mr li meet j smith P.");
        assert_eq!(forms("R&D"), "r&d");
    }

    #[test]
    fn accents_and_width_are_folded() {
        assert_eq!(forms("Café ＡＢＣ"), "cafe abc");
    }
}
