//! Passages as numbers: what the search reads instead of text.
//!
//! All documents that are learned from together share one vocabulary a side. A word is its
//! [`Token::form`]; marks are left out, they speak through [`Closing`] and the quotes. Beside
//! the words of the text stand *signs*: mentions and names, which have no length.

use std::borrow::Cow;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::align::Passage;
use crate::align::threads::Threads;
use crate::lexicon::Seed;
use crate::text::script;
use crate::tokenize::Tokenizer;
use crate::types::{Kind, Label, MentionKind, Pair, Side, Token, TokenKind};

/// How a passage closes, quotes and brackets behind it not counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Closing {
    /// A full stop.
    Stop,
    /// A question mark.
    Question,
    /// An exclamation mark.
    Exclamation,
    /// A mark after which more is to come: comma, colon, semicolon, dash, ellipsis.
    Pending,
    /// No mark.
    Open,
}

impl Closing {
    /// Every kind, in the order of the definition.
    pub(crate) const ALL: [Closing; 5] = [
        Closing::Stop,
        Closing::Question,
        Closing::Exclamation,
        Closing::Pending,
        Closing::Open,
    ];

    /// How many kinds there are.
    pub(crate) const COUNT: usize = Self::ALL.len();

    /// The name used in the table of weights.
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Closing::Stop => "stop",
            Closing::Question => "question",
            Closing::Exclamation => "exclamation",
            Closing::Pending => "pending",
            Closing::Open => "open",
        }
    }

    /// How a text closes.
    fn at_end_of(text: &str) -> Self {
        let last = text.chars().rev().find(|&c| !c.is_whitespace() && !is_wrapping(c));
        match last {
            Some('。' | '.' | '．' | '｡') => Closing::Stop,
            Some('？' | '?') => Closing::Question,
            Some('！' | '!') => Closing::Exclamation,
            Some('，' | ',' | '：' | ':' | '；' | ';' | '—' | '–' | '-' | '…' | '、') => {
                Closing::Pending
            }
            _ => Closing::Open,
        }
    }
}

/// Quotes and brackets that may stand behind the mark that closes a sentence.
fn is_wrapping(c: char) -> bool {
    matches!(
        c,
        '"' | '\''
            | '“'
            | '”'
            | '‘'
            | '’'
            | '「'
            | '」'
            | '『'
            | '』'
            | '＂'
            | '＇'
            | ')'
            | '）'
            | ']'
            | '】'
            | '》'
            | '*'
            | '_'
    )
}

/// The part a word plays in the score.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Role {
    /// A word with content.
    Content,
    /// A word without content of its own.
    Function,
    /// Something mentioned, by its normalised value.
    Mention(MentionKind),
    /// A name by its sound.
    Name,
}

/// The words of one side, with their counts over all documents.
#[derive(Debug, Default)]
pub(crate) struct Vocabulary {
    ids: FxHashMap<Box<str>, u32>,
    forms: Vec<Box<str>>,
    roles: Vec<Role>,
    counts: Vec<u32>,
    /// Has the word been seen, and always with a capital?
    capital: Vec<Option<bool>>,
}

impl Vocabulary {
    /// The word as a number, entered if it is new.
    pub(crate) fn enter(&mut self, form: &str, role: Role) -> u32 {
        if let Some(&id) = self.ids.get(form) {
            return id;
        }
        let id = u32::try_from(self.forms.len()).expect("fewer than 2^32 words");
        self.ids.insert(form.into(), id);
        self.forms.push(form.into());
        self.roles.push(role);
        self.counts.push(0);
        self.capital.push(None);
        id
    }

    /// Takes note of a word of the text.
    fn enter_token(&mut self, token: &Token, role: Role) -> u32 {
        let word = self.enter(&token.form, role);
        if token.kind == TokenKind::Word {
            let known = &mut self.capital[word as usize];
            *known = Some(known.unwrap_or(true) && token.is_capital && !token.is_stop);
        }
        word
    }

    /// Does the word always open with a capital?
    pub(crate) fn is_capital(&self, id: u32) -> bool {
        self.capital[id as usize] == Some(true)
    }

    /// The number of a word that is in the vocabulary.
    pub(crate) fn get(&self, form: &str) -> Option<u32> {
        self.ids.get(form).copied()
    }

    pub(crate) fn form(&self, id: u32) -> &str {
        &self.forms[id as usize]
    }

    pub(crate) fn role(&self, id: u32) -> Role {
        self.roles[id as usize]
    }

    pub(crate) fn count(&self, id: u32) -> u32 {
        self.counts[id as usize]
    }

    pub(crate) fn len(&self) -> usize {
        self.forms.len()
    }
}

/// A word in its place.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Occurrence {
    /// Which word.
    pub(crate) word: u32,
    /// Where it stands in the text of its passage, in bytes.
    pub(crate) start: u32,
    /// Its end there.
    pub(crate) end: u32,
}

/// What a passage is, besides its words.
#[derive(Clone, Debug)]
pub(crate) struct Frame {
    pub(crate) closing: Closing,
    pub(crate) opens_with_quote: bool,
    pub(crate) closes_with_quote: bool,
    /// Is speech still open at its end?
    pub(crate) in_speech: bool,
    /// Does it continue the passage before it at no cost?
    pub(crate) soft: bool,
    pub(crate) kind: Kind,
    pub(crate) label: Option<Label>,
    pub(crate) parents: Vec<Label>,
}

/// One side of one document, as numbers: words, lengths and the frame of each passage.
#[derive(Debug, Default)]
pub(crate) struct IndexedSide {
    /// The words of all passages, one after the other.
    pub(crate) words: Vec<Occurrence>,
    /// Where the words of each passage begin; one more at the end.
    pub(crate) starts: Vec<u32>,
    /// For each passage the word behind its first clause and the first word of its last, in
    /// `words`; the beginning and the end of a passage that is one clause.
    pub(crate) clauses: Vec<(u32, u32)>,
    /// Letters, digits and Han characters before each passage; one more at the end.
    pub(crate) chars: Vec<u32>,
    /// Words with length before each passage; one more at the end.
    pub(crate) sizes: Vec<u32>,
    /// Passages with a beginning of their own up to each passage, itself included.
    pub(crate) hard: Vec<u32>,
    /// What else is known of each passage.
    pub(crate) frames: Vec<Frame>,
}

impl IndexedSide {
    /// How many passages.
    pub(crate) fn len(&self) -> usize {
        self.frames.len()
    }

    /// The words of a passage.
    pub(crate) fn words_of(&self, passage: usize) -> &[Occurrence] {
        &self.words[self.starts[passage] as usize..self.starts[passage + 1] as usize]
    }

    /// The first clause of a passage; nothing of a passage that is one clause.
    pub(crate) fn first_clause(&self, passage: usize) -> &[Occurrence] {
        &self.words[self.starts[passage] as usize..self.clauses[passage].0 as usize]
    }

    /// The last clause of a passage; nothing of a passage that is one clause.
    pub(crate) fn last_clause(&self, passage: usize) -> &[Occurrence] {
        &self.words[self.clauses[passage].1 as usize..self.starts[passage + 1] as usize]
    }

    /// Characters of `len` passages from `from` on.
    pub(crate) fn chars_of(&self, from: usize, len: usize) -> f32 {
        (self.chars[from + len] - self.chars[from]) as f32
    }

    /// Words of `len` passages from `from` on.
    pub(crate) fn size_of(&self, from: usize, len: usize) -> f32 {
        (self.sizes[from + len] - self.sizes[from]) as f32
    }

    /// As how many passages `len` passages from `from` on count; soft ones inside count for none.
    pub(crate) fn count_of(&self, from: usize, len: usize) -> usize {
        if len == 0 {
            return 0;
        }
        1 + (self.hard[from + len - 1] - self.hard[from]) as usize
    }
}

/// English words for each Chinese word: the least and most that two whole texts are believed to
/// show; beyond, one of them is not complete. Laws, resolutions, novels and verses show .99 to
/// 1.59.
const FERTILITY: (f32, f32) = (0.8, 2.0);

/// Documents from which the aligner learns together.
#[derive(Debug, Default)]
pub(crate) struct Corpus {
    pub(crate) documents: Vec<Pair<IndexedSide>>,
    pub(crate) vocabulary: Pair<Vocabulary>,
    /// Words of the text on each side, signs included.
    pub(crate) tokens: Pair<u64>,
}

impl Corpus {
    /// Reads the documents.
    pub(crate) fn new(
        documents: &[&Pair<Vec<Passage<'_>>>],
        seed: &Seed,
        threads: Threads,
    ) -> Self {
        let mut corpus = Corpus::default();
        for pair in documents {
            let shared = shared_mentions(pair);
            let Pair { zh, en } = &mut corpus.vocabulary;
            let (zh, en) = threads.both(
                || read_side(Side::Zh, &pair.zh, &shared, zh, seed),
                || read_side(Side::En, &pair.en, &shared, en, seed),
            );
            corpus.documents.push(Pair::new(zh, en));
        }
        corpus.count();
        corpus
    }

    /// Counts the words again, after signs were added.
    pub(crate) fn count(&mut self) {
        for side in Side::BOTH {
            let vocabulary = self.vocabulary.get_mut(side);
            vocabulary.counts.iter_mut().for_each(|count| *count = 0);
            let mut total = 0;
            for document in &self.documents {
                for occurrence in &document.get(side).words {
                    vocabulary.counts[occurrence.word as usize] += 1;
                    total += 1;
                }
            }
            *self.tokens.get_mut(side) = total;
        }
    }

    /// The share of an English word among all English words, smoothed by one.
    pub(crate) fn share(&self, en_word: u32) -> f32 {
        let vocabulary = &self.vocabulary.en;
        (vocabulary.count(en_word) as f32 + 1.0)
            / (self.tokens.en as f32 + vocabulary.len() as f32)
    }

    /// For each English word the association ratio of one expected occurrence.
    pub(crate) fn ratio_scale(&self) -> Vec<f32> {
        let fertility = self.fertility();
        let words = 0..self.vocabulary.en.len() as u32;
        words.map(|word| 1.0 / (fertility * self.share(word))).collect()
    }

    /// English words for each Chinese word, where the texts correspond.
    pub(crate) fn fertility(&self) -> f32 {
        let (least, most) = FERTILITY;
        ((self.tokens.en as f32 + 1.0) / (self.tokens.zh as f32 + 1.0)).clamp(least, most)
    }
}

/// The form of a mention as a word of the vocabulary.
fn mention_form(kind: MentionKind, value: &str) -> String {
    format!("@{}:{value}", kind.as_str())
}

/// What is mentioned on both sides.
fn shared_mentions(pair: &Pair<Vec<Passage<'_>>>) -> FxHashSet<String> {
    let [zh, en] = Side::BOTH.map(|side| {
        let mut forms = FxHashSet::default();
        for passage in pair.get(side) {
            for mention in &passage.mentions {
                forms.insert(mention_form(mention.kind, &mention.value));
            }
        }
        forms
    });
    zh.intersection(&en).cloned().collect()
}

fn read_side(
    side: Side,
    passages: &[Passage<'_>],
    shared: &FxHashSet<String>,
    vocabulary: &mut Vocabulary,
    seed: &Seed,
) -> IndexedSide {
    let mut text = IndexedSide {
        starts: vec![0],
        chars: vec![0],
        sizes: vec![0],
        ..IndexedSide::default()
    };
    let tokenizer = Tokenizer::new(seed);
    let (mut chars, mut size, mut hard, mut in_speech) = (0, 0, 0, false);
    for passage in passages {
        let tokens = if passage.tokens.is_empty() {
            Cow::Owned(tokenizer.tokenize(side, passage.text))
        } else {
            Cow::Borrowed(&passage.tokens)
        };
        let start = text.words.len();
        let (mut first_end, mut last_start, mut pause) = (start, None, false);
        for token in tokens.iter() {
            pause |= is_pause_mark(token);
            let Some(role) = role_of(side, token) else { continue };
            if std::mem::take(&mut pause) && text.words.len() > start {
                if last_start.is_none() {
                    first_end = text.words.len();
                }
                last_start = Some(text.words.len());
            }
            size += u32::from(token.kind != TokenKind::Extra);
            text.words.push(Occurrence {
                word: vocabulary.enter_token(token, role),
                start: to_u32(token.span.start),
                end: to_u32(token.span.end),
            });
        }
        let end = text.words.len();
        text.clauses.push((to_u32(first_end), to_u32(last_start.unwrap_or(end))));
        for mention in &passage.mentions {
            let form = mention_form(mention.kind, &mention.value);
            if shared.contains(&form) {
                text.words.push(Occurrence {
                    word: vocabulary.enter(&form, Role::Mention(mention.kind)),
                    start: to_u32(mention.span.start),
                    end: to_u32(mention.span.end),
                });
            }
        }
        chars += to_u32(passage.text.chars().filter(|&c| has_length(side, c)).count());
        hard += u32::from(!passage.soft);
        in_speech = speech_after(side, passage.text, in_speech);
        text.starts.push(to_u32(text.words.len()));
        text.chars.push(chars);
        text.sizes.push(size);
        text.hard.push(hard);
        text.frames.push(Frame {
            closing: Closing::at_end_of(passage.text),
            opens_with_quote: passage.text.trim_start().starts_with(is_quote),
            closes_with_quote: passage.text.trim_end().ends_with(is_quote),
            in_speech,
            soft: passage.soft,
            kind: passage.kind,
            label: passage.label.clone(),
            parents: passage.parents.clone(),
        });
    }
    text.words.shrink_to_fit();
    text
}

fn to_u32(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

/// Does a clause end here?
fn is_pause_mark(token: &Token) -> bool {
    token.kind == TokenKind::Mark
        && matches!(&*token.form, "P," | "P;" | "P:" | "P-" | "P…" | "P." | "P?" | "P!")
}

fn role_of(side: Side, token: &Token) -> Option<Role> {
    match token.kind {
        TokenKind::Mark => None,
        _ if side == Side::En && token.is_stop => Some(Role::Function),
        _ => Some(Role::Content),
    }
}

/// Does a character count in the length of a text? The other side's letters do too, marks and
/// blanks do not.
fn has_length(side: Side, c: char) -> bool {
    match side {
        Side::Zh => {
            script::is_han(c) || c.is_ascii_alphanumeric() || matches!(c, '０'..='９')
        }
        Side::En => c.is_alphanumeric(),
    }
}

fn is_quote(c: char) -> bool {
    matches!(
        c,
        '"' | '\'' | '“' | '”' | '‘' | '’' | '「' | '」' | '『' | '』' | '＂' | '＇'
    )
}

/// Is speech open behind the text, if it was `before`? The last quote decides.
fn speech_after(side: Side, text: &str, before: bool) -> bool {
    let mut open = before;
    let mut previous = ' ';
    for c in text.chars() {
        match c {
            '“' | '「' => open = true,
            '”' | '」' => open = false,
            '"' | '＂' => {
                open = previous.is_whitespace()
                    || matches!(previous, '—' | '(' | '：' | '，');
            }
            // A single quote is also an apostrophe.
            '‘' if side == Side::En => open = true,
            '’' | '\'' if side == Side::En && is_pause(previous) => open = false,
            '\'' if side == Side::En && previous.is_whitespace() => open = true,
            _ => {}
        }
        previous = c;
    }
    open
}

/// A mark that may stand before the quote that closes speech.
fn is_pause(c: char) -> bool {
    matches!(c, '.' | ',' | '?' | '!' | '…' | '—' | '–' | '-')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_mark_inside_the_quotes_closes_the_passage() {
        assert_eq!(Closing::at_end_of("他说：“走吧！”"), Closing::Exclamation);
        assert_eq!(Closing::at_end_of("“Shall we?” "), Closing::Question);
        assert_eq!(Closing::at_end_of("名单如下："), Closing::Pending);
        assert_eq!(Closing::at_end_of(""), Closing::Open);
    }

    #[test]
    fn speech_stays_open_until_the_quote_closes() {
        assert!(speech_after(Side::Zh, "他说：“走吧。", false));
        assert!(!speech_after(Side::Zh, "现在就走。”", true));
        assert!(speech_after(Side::En, "He said, \"Let's go.", false));
        assert!(!speech_after(Side::En, "Don't wait.", false));
    }
}
