//! The units as the miner walks them: cells, words, and what is known of each word.
//!
//! A *cell* is the smallest piece a candidate may be cut at: a character of the Chinese side
//! (simplified, blanks left out), a token of the English. Cells are what spans count here;
//! bytes return only when a written form is shown.

use std::collections::hash_map::Entry;
use std::hash::Hasher as _;

use rustc_hash::{FxHashMap, FxHasher};

use super::unit::Unit;
use super::word_list::{
    EN_EDGE, EN_LIGHT, EN_OPERATIVE, EN_STOP, ZH_LIGHT, ZH_OPERATIVE, ZH_SOFT, ZH_SOUNDS,
    ZH_STOP, ZH_VERB,
};
use crate::lexicon::{LemmaId, Seed, WordId};
use crate::terms::singular;
use crate::text::Span;
use crate::types::{Pair, Token, TokenKind};

/// A run of cells, end exclusive.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) struct Run {
    pub(super) start: u32,
    pub(super) end: u32,
}

impl Run {
    pub(super) fn new(start: usize, end: usize) -> Self {
        Self { start: start as u32, end: end as u32 }
    }

    pub(super) fn len(self) -> usize {
        (self.end - self.start) as usize
    }

    pub(super) fn contains(self, other: Run) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    pub(super) fn overlaps(self, other: Run) -> bool {
        self.start < other.end && other.start < self.end
    }

    pub(super) fn range(self) -> std::ops::Range<usize> {
        self.start as usize..self.end as usize
    }
}

/// A Chinese word of a unit.
#[derive(Clone, Copy, Debug)]
pub(super) struct ZhWord {
    /// Where it stands, in cells.
    pub(super) run: Run,
    /// Which form it has.
    pub(super) form: u32,
}

/// The Chinese side of a unit.
#[derive(Debug, Default)]
pub(super) struct ZhText {
    /// Its characters, simplified, blanks left out.
    pub(super) chars: Vec<char>,
    /// For each cell the byte it begins at in the unit's text; one more for the end.
    pub(super) bytes: Vec<u32>,
    /// Its words in order.
    pub(super) words: Vec<ZhWord>,
}

/// What is known of a Chinese form.
#[derive(Clone, Debug)]
pub(super) struct ZhForm {
    pub(super) text: Box<str>,
    pub(super) word: Option<WordId>,
    /// Occurrences in general text.
    pub(super) frequency: u32,
    pub(super) n_chars: usize,
    /// No candidate crosses it.
    pub(super) is_mark: bool,
    /// A candidate ends before it.
    pub(super) is_barrier: bool,
    pub(super) may_open: bool,
    pub(super) may_close: bool,
    /// Opens or closes a candidate at a price: most often it does not.
    pub(super) is_soft: bool,
    /// A verb of one character: opens nothing before a longer word.
    pub(super) is_bare_verb: bool,
    /// Opens no candidate of several words.
    pub(super) is_verb: bool,
    /// Takes part in word alignment.
    pub(super) is_content: bool,
    /// A noun, a name or a set phrase by the word list.
    pub(super) is_noun: bool,
    /// The name of a person, a place or an institution by the word list.
    pub(super) is_name: bool,
    /// A foreign name with its dot.
    pub(super) is_foreign_name: bool,
    /// A verb, adjective or adverb by the word list.
    pub(super) is_predicate: bool,
    /// Joins two terms: 和 与 及 或 、.
    pub(super) is_conjunction: bool,
}

/// An English token of a unit.
#[derive(Clone, Copy, Debug)]
pub(super) struct EnWord {
    /// Which form it has.
    pub(super) form: u32,
    /// Where it stands in the unit's text, in bytes.
    pub(super) start: u32,
    pub(super) end: u32,
    pub(super) is_capital: bool,
    /// Stands where any word would have a capital.
    pub(super) is_initial: bool,
    /// A hyphen ties it to the word before, or a slash inside a name: I/O.
    pub(super) is_tied: bool,
}

/// The English side of a unit; a cell is an index into its words.
#[derive(Debug, Default)]
pub(super) struct EnText {
    pub(super) words: Vec<EnWord>,
}

/// What is known of an English form.
#[derive(Clone, Debug)]
pub(super) struct EnForm {
    /// Lower case.
    pub(super) text: Box<str>,
    /// The form with number and spelling folded.
    pub(super) fold: u32,
    /// The lemma, as an index into [`Corpus::lemmas`].
    pub(super) lemma: u32,
    pub(super) is_mark: bool,
    pub(super) is_number: bool,
    pub(super) is_stop: bool,
    /// A stop word that a candidate may hold inside.
    pub(super) is_inner: bool,
    /// An article or possessive: inside a term any of them says as much as none.
    pub(super) is_determiner: bool,
    /// May not stand at an edge.
    pub(super) is_edge_stop: bool,
    /// Opens no candidate of several words.
    pub(super) is_operative: bool,
    /// Opens no candidate with *of*.
    pub(super) is_light: bool,
    /// Share of its glosses that it opens after `to`.
    pub(super) verbness: f32,
}

/// What is known of an English lemma of the text.
#[derive(Clone, Debug)]
pub(super) struct Lemma {
    pub(super) text: Box<str>,
    /// The lemmas of the lexicon it is worth, itself first with strength 1.
    pub(super) known: Vec<(LemmaId, f32)>,
}

/// The units, ready to be walked.
#[derive(Debug, Default)]
pub(super) struct Corpus {
    pub(super) zh: Vec<ZhText>,
    pub(super) en: Vec<EnText>,
    pub(super) zh_forms: Vec<ZhForm>,
    pub(super) en_forms: Vec<EnForm>,
    /// The folded forms of the English side.
    pub(super) folds: Vec<Box<str>>,
    pub(super) lemmas: Vec<Lemma>,
    /// How often each unit counts: itself and the copies of it that were passed over.
    pub(super) weights: Vec<u32>,
    /// The copies that were passed over, each behind the unit that counts for it.
    pub(super) passed: Vec<(u32, u32)>,
}

/// At most this many copies of a unit are read, numbers aside; more of them teach nothing new,
/// but would cost time and memory for each run in them.
const MAX_COPIES: u32 = 4;

/// Words with the same stem as a gloss word support a pair this much (docs/terms.md, 6).
const STEM_STRENGTH: f32 = 0.8;

impl Corpus {
    /// Reads the units. Total: any tokens give a corpus; spans that do not fit the text are
    /// passed over.
    /// What was read of the units comes back too, without their words.
    pub(super) fn new(
        units: impl IntoIterator<Item = Unit>,
        seed: &Seed,
    ) -> (Self, Vec<Unit>) {
        let mut reader = CorpusReader::new(seed);
        let mut read = Vec::new();
        for unit in units {
            read.push(reader.read(unit));
        }
        (reader.finish(), read)
    }

    /// How often a unit counts.
    pub(super) fn weight(&self, unit: u32) -> usize {
        self.weights[unit as usize] as usize
    }

    /// What a unit says, numbers aside. 64 bits: among a million units two that differ are
    /// taken for copies with a chance of 3 in a hundred million.
    fn key(&self, zh: &ZhText, en: &EnText) -> u64 {
        let mut hasher = FxHasher::default();
        for word in &zh.words {
            let is_number = self.zh_form(*word).text.chars().all(|c| c.is_ascii_digit());
            hasher.write_u32(if is_number { u32::MAX } else { word.form });
        }
        for word in &en.words {
            let is_number = self.en_form(*word).is_number;
            hasher.write_u32(if is_number { u32::MAX } else { word.form });
        }
        hasher.finish()
    }

    pub(super) fn len(&self) -> usize {
        self.zh.len()
    }

    /// The copies of a unit that were passed over, once all units are read.
    pub(super) fn copies(&self, unit: u32) -> impl Iterator<Item = u32> {
        let first = self.passed.partition_point(|(of, _)| *of < unit);
        let behind = self.passed[first..].iter();
        behind.take_while(move |(of, _)| *of == unit).map(|(_, copy)| *copy)
    }

    pub(super) fn zh_form(&self, word: ZhWord) -> &ZhForm {
        &self.zh_forms[word.form as usize]
    }

    pub(super) fn en_form(&self, word: EnWord) -> &EnForm {
        &self.en_forms[word.form as usize]
    }
}

/// A unit of more pairs of words than this is passed over: a whole book that found no cut
/// says nothing of which words go together, and links are kept for every pair. A page of a
/// resolution has some 100,000.
const LARGEST_UNIT: usize = 4_000_000;

/// A corpus while its units are read.
pub(super) struct CorpusReader<'a> {
    seed: &'a Seed,
    pub(super) corpus: Corpus,
    /// Of units by what they say: how many copies were read, and the last of them.
    copies: FxHashMap<u64, (u32, u32)>,
    zh_ids: FxHashMap<Box<str>, u32>,
    en_ids: FxHashMap<Box<str>, u32>,
    fold_ids: FxHashMap<Box<str>, u32>,
    lemma_ids: FxHashMap<Box<str>, u32>,
}

impl<'a> CorpusReader<'a> {
    pub(super) fn new(seed: &'a Seed) -> Self {
        Self {
            seed,
            corpus: Corpus::default(),
            copies: FxHashMap::default(),
            zh_ids: FxHashMap::default(),
            en_ids: FxHashMap::default(),
            fold_ids: FxHashMap::default(),
            lemma_ids: FxHashMap::default(),
        }
    }

    /// Reads a unit. What was read of it comes back too, without its words.
    pub(super) fn read(&mut self, unit: Unit) -> Unit {
        let Unit { text, tokens, bead, place } = unit;
        let is_long = tokens.zh.len().saturating_mul(tokens.en.len()) > LARGEST_UNIT;
        if is_long {
            self.add(ZhText::default(), EnText::default());
        } else {
            let zh = self.zh(&text.zh, &tokens.zh);
            let en = self.en(&text.en, &tokens.en);
            self.add(zh, en);
        }
        Unit { text, tokens: Pair::default(), bead, place }
    }

    /// The corpus, when all units are read.
    pub(super) fn finish(mut self) -> Corpus {
        self.corpus.passed.sort_unstable();
        self.corpus
    }

    /// Adds a unit, empty if it is one copy too many.
    fn add(&mut self, zh: ZhText, en: EnText) {
        let key = self.corpus.key(&zh, &en);
        let n_units = self.corpus.weights.len() as u32;
        let (n, last) = self.copies.entry(key).or_insert((0, n_units));
        self.corpus.weights.push(1);
        if *n == MAX_COPIES && !zh.words.is_empty() {
            self.corpus.weights[*last as usize] += 1;
            self.corpus.passed.push((*last, n_units));
            self.corpus.zh.push(ZhText::default());
            self.corpus.en.push(EnText::default());
            return;
        }
        (*n, *last) = (*n + 1, n_units);
        self.corpus.zh.push(zh);
        self.corpus.en.push(en);
    }

    fn zh(&mut self, text: &str, tokens: &[Token]) -> ZhText {
        let mut out = ZhText::default();
        let mut last = 0;
        for token in tokens.iter().filter(|token| token.kind != TokenKind::Extra) {
            let Some(written) = text.get(token.span.range()) else { continue };
            if token.span.start < last {
                continue;
            }
            last = token.span.end;
            let start = out.chars.len();
            for (at, c) in written.char_indices().filter(|(_, c)| !c.is_whitespace()) {
                out.chars.push(self.seed.simplify(c));
                out.bytes.push((token.span.start + at) as u32);
            }
            let run = Run::new(start, out.chars.len());
            if run.len() > 0 {
                let form: String = out.chars[run.range()].iter().collect();
                let form = self.zh_form(&form, token);
                out.words.push(ZhWord { run, form });
                self.join_headword(&mut out, token);
            }
        }
        out.bytes.push(last as u32);
        self.join_names(text, &mut out);
        out
    }

    /// Makes one word of a foreign name with its dots: 亚伦·惠特莫尔.
    fn join_names(&mut self, text: &str, out: &mut ZhText) {
        for name in dotted_names(text, out) {
            let first = out.words.partition_point(|word| word.run.end <= name.start);
            let behind = out.words.partition_point(|word| word.run.start < name.end);
            let whole = Run {
                start: out.words[first].run.start,
                end: out.words[behind - 1].run.end,
            };
            // What the name cuts of a word before or behind it stays a word.
            let pieces = [
                Run { start: whole.start, end: name.start },
                name,
                Run { start: name.end, end: whole.end },
            ];
            let pieces = pieces.into_iter().filter(|run| run.len() > 0).map(|run| {
                let text: String = out.chars[run.range()].iter().collect();
                let token = Token {
                    span: Span::new(0, 0),
                    kind: TokenKind::Word,
                    form: text.as_str().into(),
                    is_stop: false,
                    is_capital: false,
                };
                let form = self.zh_form(&text, &token);
                self.corpus.zh_forms[form as usize].is_foreign_name |= run == name;
                ZhWord { run, form }
            });
            let pieces: Vec<ZhWord> = pieces.collect();
            out.words.splice(first..behind, pieces);
        }
    }

    /// Joins the last two words where they are one headword of three to five characters
    /// (docs/terms.md, 2): 有|组织.
    fn join_headword(&mut self, out: &mut ZhText, token: &Token) {
        let [.., first, second] = &out.words[..] else { return };
        let run = Run { start: first.run.start, end: second.run.end };
        let opening = &self.corpus.zh_forms[first.form as usize];
        if !(3..=5).contains(&run.len())
            || opening.is_mark
            || matches!(
                &*opening.text,
                "的" | "之" | "和" | "及" | "与" | "或" | "在" | "对"
            )
        {
            return;
        }
        let text: String = out.chars[run.range()].iter().collect();
        if self.seed.word(&text).is_some() {
            let joined = Token { is_stop: false, kind: TokenKind::Word, ..token.clone() };
            let form = self.zh_form(&text, &joined);
            out.words.truncate(out.words.len() - 2);
            out.words.push(ZhWord { run, form });
        }
    }

    fn zh_form(&mut self, text: &str, token: &Token) -> u32 {
        if let Some(&id) = self.zh_ids.get(text) {
            return id;
        }
        let id = self.corpus.zh_forms.len() as u32;
        self.corpus.zh_forms.push(zh_form(text, token, self.seed));
        self.zh_ids.insert(text.into(), id);
        id
    }

    fn en(&mut self, text: &str, tokens: &[Token]) -> EnText {
        let mut out = EnText::default();
        let (mut is_initial, mut last) = (true, 0);
        for token in tokens.iter().filter(|token| token.kind != TokenKind::Extra) {
            let Some(written) = text.get(token.span.range()) else { continue };
            if token.span.start < last || written.is_empty() {
                continue;
            }
            let gap = text.get(last..token.span.start).unwrap_or("");
            let is_tied = matches!(gap, "-" | "\u{2010}" | "\u{2011}")
                || is_behind_slash(text, token.span.start);
            last = token.span.end;
            let form = self.en_form(written, token);
            out.words.push(EnWord {
                form,
                start: token.span.start as u32,
                end: token.span.end as u32,
                is_capital: written.chars().next().is_some_and(char::is_uppercase),
                is_initial,
                is_tied,
            });
            is_initial = match token.kind {
                TokenKind::Mark => {
                    is_initial || !matches!(&*token.form, "P," | "P-" | "P)" | "P\"")
                }
                TokenKind::Number => is_initial,
                _ => false,
            };
        }
        out
    }

    fn en_form(&mut self, written: &str, token: &Token) -> u32 {
        let text = written.to_lowercase().replace('’', "'").replace('，', ",");
        if let Some(&id) = self.en_ids.get(text.as_str()) {
            return id;
        }
        let id = self.corpus.en_forms.len() as u32;
        let folded = singular(&text);
        let fold = match self.fold_ids.entry(folded.into()) {
            Entry::Occupied(entry) => *entry.get(),
            Entry::Vacant(entry) => {
                let fold = self.corpus.folds.len() as u32;
                self.corpus.folds.push(entry.key().clone());
                *entry.insert(fold)
            }
        };
        let lemma = self.lemma(&token.form);
        // Asked of the noun: trafficking is no verb although traffic may be one.
        let noun = &self.corpus.folds[fold as usize];
        let verbness = self.seed.lemma(noun).and_then(|noun| self.seed.verbness(noun));
        let form = en_form(&text, fold, lemma, token, verbness.unwrap_or(0.0));
        self.corpus.en_forms.push(form);
        self.en_ids.insert(text.into(), id);
        id
    }

    fn lemma(&mut self, text: &str) -> u32 {
        if let Some(&id) = self.lemma_ids.get(text) {
            return id;
        }
        let id = self.corpus.lemmas.len() as u32;
        let exact = self.seed.lemma(text);
        let mut known: Vec<(LemmaId, f32)> =
            exact.map(|l| (l, 1.0)).into_iter().collect();
        known.extend(
            self.seed
                .same_stem(text)
                .filter(|&l| Some(l) != exact)
                .map(|l| (l, STEM_STRENGTH)),
        );
        self.corpus.lemmas.push(Lemma { text: text.into(), known });
        self.lemma_ids.insert(text.into(), id);
        id
    }
}

/// Does a word go on behind the slash inside a name in capitals: *O* of *I/O*, but not
/// *seller* of *buyer/seller*?
fn is_behind_slash(text: &str, at: usize) -> bool {
    let Some(before) = text[..at].strip_suffix(['/', '／']) else { return false };
    let is_letter = |c: &char| c.is_ascii_alphanumeric();
    let last: String = before.chars().rev().take_while(is_letter).collect();
    let next: String = text[at..].chars().take_while(is_letter).collect();
    let shouts = |word: &str| {
        !word.is_empty()
            && word.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit())
    };
    shouts(&last) && shouts(&next)
}

/// Most characters of one part of a foreign name.
const LONGEST_NAME_PART: usize = 8;

/// Where characters that write sounds stand on both sides of a dot, which is no cell.
fn dotted_names(text: &str, zh: &ZhText) -> Vec<Run> {
    let is_sound = |c: &&char| ZH_SOUNDS.contains(c.encode_utf8(&mut [0; 4]) as &str);
    let mut out: Vec<Run> = Vec::new();
    for (byte, _) in text.match_indices(['·', '‧', '・', '•']) {
        let at =
            zh.bytes[..zh.chars.len()].partition_point(|start| (*start as usize) < byte);
        let (before, behind) = zh.chars.split_at(at);
        let before = before.iter().rev().take_while(is_sound).take(LONGEST_NAME_PART);
        let behind = behind.iter().take_while(is_sound).take(LONGEST_NAME_PART);
        let (before, behind) = (before.count(), behind.count());
        if before == 0 || behind == 0 {
            continue;
        }
        // 感谢|亚伦: a name does not begin inside a word.
        let within = zh.words.partition_point(|w| (w.run.end as usize) <= at - before);
        let start = match zh.words.get(within).map(|word| word.run) {
            Some(word) if (word.start as usize) < at - before => word.end as usize,
            _ => at - before,
        };
        if start >= at {
            continue;
        }
        let run = Run::new(start, at + behind);
        match out.last_mut() {
            Some(last) if last.end > run.start => last.end = last.end.max(run.end),
            _ => out.push(run),
        }
    }
    out
}

/// One character that closes a term although it is bound: 者 of 申请者 (docs/terms.md, 3).
const ZH_SUFFIXES: &str = "者方人法国书权率性化罪物";

/// The same at a price, since most often they are words of measure or place: 发文地, 英文版.
const ZH_SOFT_SUFFIXES: &str = "地版级期间件类端费";

/// Words of one character that open a term although they are function words or verbs:
/// 有组织犯罪, 非缔约国, 不起诉处分.
const ZH_PREFIXES: [&str; 9] = ["有", "无", "未", "非", "不", "反", "次", "多", "可"];

/// May the character open or close a term without a word of its own to answer to?
pub(super) fn is_affix(c: char) -> bool {
    ZH_SUFFIXES.contains(c) || ZH_PREFIXES.iter().any(|prefix| prefix.starts_with(c))
}

fn zh_form(text: &str, token: &Token, seed: &Seed) -> ZhForm {
    let word = seed.word(text);
    let pos = word.map_or("", |w| w.pos);
    let class = pos.chars().next().unwrap_or('x');
    let n_chars = text.chars().count();
    let is_mark = token.kind == TokenKind::Mark;
    let is_number = token.kind == TokenKind::Number || is_numeral(text);
    let is_stop = ZH_STOP.contains(text);
    let is_operative = ZH_OPERATIVE.contains(text);
    // Adverbs, pronouns and numerals of two characters and more that are no stop words may be
    // part of a term: 自愿 in 自愿捐款, 我国.
    let is_function =
        matches!(class, 'p' | 'c' | 'u' | 'q' | 'f' | 'k' | 't' | 'y' | 'e' | 'o')
            || (n_chars == 1 && matches!(class, 'd' | 'r' | 'm'))
            || (n_chars == 2 && class == 'm');
    let may_edge = !is_mark && !is_number && !is_stop && !is_operative && !is_function;
    let is_barrier = !matches!(text, "的" | "之")
        && n_chars < 2
        && matches!(class, 'p' | 'd' | 'r' | 'q' | 'm' | 'y' | 'k' | 'e' | 'o');
    let is_prefix = ZH_PREFIXES.contains(&text);
    let is_soft = !is_mark
        && !is_number
        && (n_chars >= 2 || ZH_SOFT_SUFFIXES.contains(text))
        && (n_chars == 1
            || ZH_SOFT.contains(text)
            || is_operative
            || (!is_stop && matches!(class, 'p' | 'q' | 'f' | 't')));
    ZhForm {
        text: text.into(),
        word: word.map(|w| w.id),
        frequency: word.map_or(0, |w| w.frequency),
        n_chars,
        is_mark,
        is_barrier,
        may_open: (may_edge || is_prefix) && !ZH_LIGHT.contains(text),
        is_bare_verb: class == 'v'
            && n_chars == 1
            && !is_prefix
            && !matches!(text, "反" | "受"),
        is_soft,
        may_close: may_edge || (n_chars == 1 && ZH_SUFFIXES.contains(text)),
        is_verb: ZH_VERB.contains(text),
        is_content: !is_mark && !is_number && !token.is_stop && !is_stop,
        is_noun: class == 'n' || pos == "vn",
        is_name: matches!(pos, "nr" | "ns" | "nt" | "nz" | "nrt" | "nrfg"),
        is_foreign_name: false,
        is_predicate: matches!(class, 'v' | 'a' | 'd'),
        is_conjunction: matches!(
            text,
            "和" | "与" | "及" | "或" | "以及" | "或者" | "并" | "暨" | "、"
        ),
    }
}

/// Numerals with what counts with them: 二, 第三, 一百.
fn is_numeral(text: &str) -> bool {
    text.chars().all(|c| {
        "〇零一二三四五六七八九十百千万亿两第0123456789０１２３４５６７８９.%％"
            .contains(c)
    })
}

/// Function words that a term may hold inside (docs/terms.md, 4).
const EN_INNER: [&str; 26] = [
    "of", "for", "in", "and", "or", "on", "with", "between", "against", "by", "'s", "'",
    "all", "up", "two", "three", "four", "five", "to", "into", "out", "from", "under",
    "at", "within", "beyond",
];

/// Articles and possessives, which a term may hold inside.
const EN_DETERMINERS: [&str; 9] =
    ["the", "a", "an", "its", "their", "your", "our", "his", "her"];

fn en_form(text: &str, fold: u32, lemma: u32, token: &Token, verbness: f32) -> EnForm {
    let is_mark = token.kind == TokenKind::Mark;
    let is_stop = is_mark || token.is_stop || EN_STOP.contains(text);
    let is_determiner = EN_DETERMINERS.contains(&text);
    EnForm {
        text: text.into(),
        fold,
        lemma,
        is_mark,
        is_number: token.kind == TokenKind::Number
            || text.chars().all(|c| c.is_ascii_digit() || "/.,-".contains(c)),
        is_stop,
        is_inner: EN_INNER.contains(&text) || is_determiner,
        is_determiner,
        is_edge_stop: is_stop || EN_EDGE.contains(text),
        is_operative: is_operative(text),
        is_light: EN_LIGHT.contains(singular(text).as_str()),
        verbness,
    }
}

/// One of the operative verbs, its -s or its -ing form.
fn is_operative(text: &str) -> bool {
    let stems = [
        Some(text),
        text.strip_suffix('s'),
        text.strip_suffix("es"),
        text.strip_suffix("ing"),
    ];
    stems.into_iter().flatten().any(|stem| EN_OPERATIVE.contains(stem))
        || text
            .strip_suffix("ies")
            .is_some_and(|s| EN_OPERATIVE.contains(format!("{s}y").as_str()))
        || text.strip_suffix("ing").is_some_and(|stem| {
            EN_OPERATIVE.contains(format!("{stem}e").as_str())
                || stem
                    .chars()
                    .last()
                    .is_some_and(|c| EN_OPERATIVE.contains(stem.trim_end_matches(c)))
        })
}
