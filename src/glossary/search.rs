//! Finds rows of a termbase by what somebody remembers of a term.
//!
//! ```text
//! 缔约 締約      inside 缔约方, 締約方: scripts are one
//! dìyuē di yue   the readings of 缔约
//! contracting    inside "contracting party"
//! contrating     nothing is written so; "contracting" is two letters or fewer away
//! ```
//!
//! Ranked are whole terms before their beginnings, these before words inside, readings after
//! those. Only where all that finds nothing, terms that are spelled almost so are given.

use std::path::Path;

use memchr::memmem::Finder;
use rustc_hash::FxHashMap;

use super::GlossaryError;
use super::cells::status;
use super::termbase::Termbase;
use super::termbase_file::Scan;
use crate::lexicon::Seed;
use crate::text::fold::{fold, fold_char};
use crate::text::script::is_han;
use crate::types::{Pair, Status};

/// How a row answers to a query, best first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Match {
    /// The whole term, or the id.
    Whole,
    /// The term begins so.
    Beginning,
    /// A word inside the term begins so.
    Word,
    /// It stands somewhere inside.
    Inside,
    /// The whole Chinese term is read so.
    Reading,
    /// Some of its characters are.
    PartReading,
    /// It is spelled almost so.
    Similar,
}

/// A row that was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hit {
    /// Its concept.
    pub id: String,
    /// Its terms.
    pub term: Pair<String>,
    /// What was decided of it.
    pub status: Status,
    /// How it answers.
    pub how: Match,
    /// How often the pair was seen.
    pub count: usize,
}

/// The longest query that is compared by letters, in letters: a mask of 64 bits holds the
/// places in it.
const LONGEST: usize = 60;

/// Letters of a query for each that may differ. 4: one in `treaty`, two in `convention`.
const LETTERS_A_SLIP: usize = 4;

/// Chinese characters of a query for each that may differ.
const CHARS_A_SLIP: usize = 3;

/// Searches a termbase; the best `limit` rows, best first, ties in order of the ids.
pub fn search(termbase: &Termbase, query: &str, limit: usize, seed: &Seed) -> Vec<Hit> {
    let Some(mut matcher) = Matcher::new(query, seed) else { return Vec::new() };
    let mut best = Best::new(limit);
    for (id, row) in termbase.rows() {
        let zh = row.variants.zh.iter().map(String::as_str);
        let en = row.variants.en.iter().map(String::as_str);
        if let Some(how) = matcher.of_row(id, &row.term.zh, &row.term.en, zh, en) {
            best.add(how, row.status, || Hit {
                id: id.to_owned(),
                term: row.term.clone(),
                status: row.status,
                how,
                count: row.total().count,
            });
        }
    }
    best.into_hits()
}

/// Searches the text of a termbase without reading more of it than is needed. Finds what
/// [`search`] finds.
///
/// # Errors
///
/// When the text is no termbase; rows that are bad otherwise are searched as they are.
pub fn search_text(
    text: &str,
    path: &Path,
    query: &str,
    limit: usize,
    seed: &Seed,
) -> Result<Vec<Hit>, GlossaryError> {
    let Some(mut matcher) = Matcher::new(query, seed) else { return Ok(Vec::new()) };
    let Some(mut rows) = Scan::new(text, path, &[0, 1, 2, 3, 6, 7, 8]) else {
        return match text.trim_start_matches('\u{FEFF}').trim().is_empty() {
            true => Ok(Vec::new()),
            false => Err(GlossaryError::NotOurs { path: path.to_owned() }),
        };
    };
    let mut best = Best::new(limit);
    while rows.next() {
        let cell = |column| rows.cell(column);
        let (id, zh, en) = (cell(0).trim(), cell(1).trim(), cell(2).trim());
        let items = |column| cell(column).split('|').filter(|item| !item.is_empty());
        if let Some(how) = matcher.of_row(id, zh, en, items(6), items(7)) {
            let found = match rows.has(3) {
                true => status(cell(3)).unwrap_or_default(),
                false => Status::Accepted,
            };
            best.add(how, found, || Hit {
                id: id.to_owned(),
                term: Pair::new(zh.to_owned(), en.to_owned()),
                status: found,
                how,
                count: cell(8).trim().parse().unwrap_or(0),
            });
        }
    }
    Ok(best.into_hits())
}

/// The best hits so far.
struct Best {
    limit: usize,
    hits: Vec<Hit>,
    /// The worst that is still among the best, once there are enough.
    worst: Option<(Match, usize)>,
}

impl Best {
    fn new(limit: usize) -> Self {
        Self { limit, hits: Vec::new(), worst: None }
    }

    fn add(&mut self, how: Match, status: Status, hit: impl FnOnce() -> Hit) {
        if self.worst.is_some_and(|worst| (how, rank(status)) > worst) {
            return;
        }
        self.hits.push(hit());
        if self.hits.len() > 4 * self.limit + 64 {
            self.cut();
            self.worst = self.hits.last().map(|hit| (hit.how, rank(hit.status)));
        }
    }

    fn cut(&mut self) {
        self.hits.sort_by(|a, b| {
            let length = |hit: &Hit| hit.term.zh.len() + hit.term.en.len();
            (a.how, rank(a.status))
                .cmp(&(b.how, rank(b.status)))
                .then(b.count.cmp(&a.count))
                .then(length(a).cmp(&length(b)))
                .then_with(|| a.id.cmp(&b.id))
        });
        self.hits.truncate(self.limit);
    }

    fn into_hits(mut self) -> Vec<Hit> {
        self.cut();
        if self.hits.first().is_some_and(|hit| hit.how != Match::Similar) {
            self.hits.retain(|hit| hit.how != Match::Similar);
        }
        self.hits
    }
}

/// What may be used comes before what nobody saw, and this before what must not.
fn rank(status: Status) -> usize {
    match status {
        Status::Preferred => 0,
        Status::Accepted => 1,
        Status::Candidate => 2,
        Status::Forbidden => 3,
        Status::Rejected => 4,
    }
}

/// A query, ready to be held against rows.
struct Matcher<'a> {
    seed: &'a Seed,
    /// The query as terms are compared.
    text: String,
    chars: Vec<char>,
    finder: Finder<'static>,
    is_chinese: bool,
    reading: Option<Reading>,
    /// Is what is almost so still looked for? Not once a row is found otherwise.
    is_loose: bool,
    /// How many of its characters or letters may differ.
    slips: usize,
    /// Which letters the query has.
    letters: u64,
    spelling: Spelling,
    n_words: usize,
    /// Has the query nothing that a term of Chinese characters alone could have?
    is_ascii: bool,
    folder: Folder<'a>,
    /// The term that is looked at.
    folded: String,
}

impl<'a> Matcher<'a> {
    /// `None` of a query without anything to look for.
    fn new(query: &str, seed: &'a Seed) -> Option<Self> {
        let mut folder = Folder::new(seed);
        let mut text = String::new();
        folder.fold_into(query, &mut text);
        let text = text.trim().to_owned();
        if text.is_empty() {
            return None;
        }
        let chars: Vec<char> = text.chars().collect();
        let is_chinese = chars.iter().any(|&c| is_han(c));
        let slips = match is_chinese {
            true => chars.len() / CHARS_A_SLIP,
            false if chars.len() > LONGEST => 0,
            false => chars.len() / LETTERS_A_SLIP,
        };
        Some(Self {
            seed,
            finder: Finder::new(&text).into_owned(),
            is_chinese,
            reading: if is_chinese { None } else { Reading::new(query, seed) },
            is_loose: slips > 0,
            slips,
            letters: letters(&text),
            spelling: Spelling::new(&chars[..chars.len().min(LONGEST)]),
            n_words: text.split(' ').count(),
            is_ascii: text.is_ascii(),
            folder,
            folded: String::new(),
            text,
            chars,
        })
    }

    fn of_row<'t>(
        &mut self,
        id: &str,
        zh: &'t str,
        en: &'t str,
        more_zh: impl Iterator<Item = &'t str>,
        more_en: impl Iterator<Item = &'t str>,
    ) -> Option<Match> {
        if id == self.text {
            self.is_loose = false;
            return Some(Match::Whole);
        }
        let (mut best, mut is_similar) = (None, false);
        // Either language is looked at for either query: DNA 鉴定, the Party 党.
        for term in std::iter::once(zh).chain(more_zh) {
            if self.is_ascii && is_of_han(term) {
                continue;
            }
            self.folder.fold_into(term, &mut self.folded);
            best = better(best, self.of_term());
            is_similar |=
                self.is_loose && self.is_chinese && best.is_none() && self.is_almost_zh();
        }
        for term in more_en.chain([en]) {
            if self.is_chinese && term.is_ascii() {
                continue;
            }
            self.folder.fold_into(term, &mut self.folded);
            best = better(best, self.of_term());
            is_similar |= self.is_loose
                && !self.is_chinese
                && best.is_none()
                && self.is_almost_en();
        }
        let best = best.or_else(|| {
            self.reading.as_mut().and_then(|reading| reading.of(zh, self.seed))
        });
        if best.is_some() {
            self.is_loose = false;
            return best;
        }
        if self.is_loose && !self.is_chinese && !is_similar {
            // Most ids are the English term, which is looked at last.
            let as_id = |byte| if byte == b' ' { b'-' } else { byte };
            if !self.folded.bytes().map(as_id).eq(id.bytes()) {
                self.folder.fold_into(id, &mut self.folded);
                is_similar = self.is_almost_en();
            }
        }
        is_similar.then_some(Match::Similar)
    }

    /// How the folded term answers.
    fn of_term(&self) -> Option<Match> {
        let (folded, text) = (self.folded.as_str(), self.text.as_str());
        let at = self.finder.find(folded.as_bytes())?;
        Some(match at {
            0 if folded.len() == text.len() => Match::Whole,
            0 => Match::Beginning,
            _ if folded.contains(' ')
                && folded
                    .match_indices(text)
                    .any(|(at, _)| folded.as_bytes()[at.saturating_sub(1)] == b' ') =>
            {
                Match::Word
            }
            _ => Match::Inside,
        })
    }

    /// Do as many characters stand somewhere in the folded term, but for a few?
    fn is_almost_zh(&self) -> bool {
        let (n, slips) = (self.chars.len(), self.slips);
        let is_shared = |c: &char| self.chars.contains(c);
        let most = self.folded.len(); // in bytes, so no fewer than characters
        if most + slips < n || self.folded.chars().filter(is_shared).count() + slips < n {
            return false;
        }
        let term: Vec<char> = self.folded.chars().collect();
        let differ =
            |part: &[char]| part.iter().zip(&self.chars).filter(|(a, b)| a != b).count();
        term.windows(n).any(|part| differ(part) <= slips)
            || term.len().abs_diff(n) <= slips
                && strsim::generic_levenshtein(&term, &self.chars) <= slips
    }

    /// Are as many words of the folded term spelled so, but for a few letters?
    fn is_almost_en(&self) -> bool {
        let folded = self.folded.trim();
        let blanks = || memchr::memchr_iter(b' ', folded.as_bytes());
        let starts = std::iter::once(0).chain(blanks().map(|at| at + 1));
        let ends = blanks().skip(self.n_words - 1).chain(std::iter::repeat(folded.len()));
        starts.zip(ends).any(|(start, end)| {
            let part = folded.get(start..end).unwrap_or_default();
            part.len().abs_diff(self.text.len()) <= self.slips
                && (letters(part) ^ self.letters).count_ones() as usize <= 2 * self.slips
                && self.spelling.distance(part) <= self.slips
        })
    }
}

/// The letters of a query, each with its places as bits.
struct Spelling {
    ascii: [u64; 128],
    others: FxHashMap<char, u64>,
    length: usize,
}

impl Spelling {
    /// Of no more than [`LONGEST`] letters.
    fn new(chars: &[char]) -> Self {
        let (ascii, others) = ([0; 128], FxHashMap::default());
        let mut spelling = Self { ascii, others, length: chars.len() };
        for (place, &c) in chars.iter().enumerate() {
            match spelling.ascii.get_mut(c as usize) {
                Some(places) => *places |= 1 << place,
                None => *spelling.others.entry(c).or_default() |= 1 << place,
            }
        }
        spelling
    }

    /// How many letters are missing, too many, others, or in the place of a neighbour: the
    /// optimal string alignment distance, a column of its table in a step.
    ///
    /// Source: H. Hyyrö, A bit-vector algorithm for computing Levenshtein and Damerau edit
    /// distances, Nordic Journal of Computing 10 (2003).
    fn distance(&self, text: &str) -> usize {
        if self.length == 0 {
            return text.chars().count();
        }
        let last = 1_u64 << (self.length - 1);
        let (mut more, mut less) = (u64::MAX, 0_u64); // by rows: one more than above, one less
        let (mut diagonal, mut places_before, mut distance) = (0_u64, 0_u64, self.length);
        for c in text.chars() {
            let places = match self.ascii.get(c as usize) {
                Some(&places) => places,
                None => self.others.get(&c).copied().unwrap_or(0),
            };
            let swapped = ((!diagonal & places) << 1) & places_before;
            diagonal =
                ((places & more).wrapping_add(more) ^ more) | places | less | swapped;
            let (up, down) = (less | !(diagonal | more), diagonal & more);
            distance += usize::from(up & last != 0);
            distance -= usize::from(down & last != 0);
            let up = up << 1 | 1;
            more = down << 1 | !(diagonal | up);
            less = up & diagonal;
            places_before = places;
        }
        distance
    }
}

fn better(a: Option<Match>, b: Option<Match>) -> Option<Match> {
    match (a, b) {
        (Some(a), Some(b)) => Some(a.min(b)),
        (a, b) => a.or(b),
    }
}

/// Which letters a text has, as bits.
fn letters(text: &str) -> u64 {
    text.bytes().fold(0, |bits, byte| bits | 1 << (byte & 63))
}

/// Brings terms into the form in which they are looked at: folded, simplified, hyphens as
/// blanks, and no blanks between Chinese characters.
struct Folder<'a> {
    seed: &'a Seed,
    /// What a character of the Basic Multilingual Plane becomes; 0 where that is not known
    /// yet, [`SEVERAL`] where it is not one character.
    known: Vec<u32>,
}

/// No character.
const SEVERAL: u32 = u32::MAX;

impl<'a> Folder<'a> {
    fn new(seed: &'a Seed) -> Self {
        Self { seed, known: vec![0; 0x1_0000] }
    }

    fn fold_into(&mut self, text: &str, out: &mut String) {
        out.clear();
        if text.is_ascii() && !text.bytes().any(is_blank_mark) {
            out.push_str(text);
            out.make_ascii_lowercase();
            return;
        }
        let mut is_after_han = false;
        for c in text.chars() {
            if let Ok(byte) = u8::try_from(c)
                && byte.is_ascii()
            {
                let c = if is_blank_mark(byte) { ' ' } else { c.to_ascii_lowercase() };
                if c != ' ' || !is_after_han {
                    out.push(c);
                }
                continue;
            }
            is_after_han = false;
            match self.one(c) {
                Some(c) => {
                    is_after_han = is_han(c);
                    out.push(c);
                }
                None => {
                    for c in fold_char(c) {
                        let c = self.seed.simplify(c);
                        is_after_han = is_han(c);
                        out.push(c);
                    }
                }
            }
        }
    }

    /// What a character becomes, where that is one.
    fn one(&mut self, c: char) -> Option<char> {
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

/// Is a term of characters from U+4000 to U+9FFF alone, which fold to nothing else?
fn is_of_han(term: &str) -> bool {
    term.bytes().all(|byte| matches!(byte, 0x80..=0xBF | 0xE4..=0xE9))
}

/// Does it stand for a blank?
fn is_blank_mark(byte: u8) -> bool {
    matches!(byte, b'-' | b'\t' | b'\n' | b'\r')
}

/// A query in letters as the reading of Chinese characters.
struct Reading {
    letters: String,
    /// For each character met, the places in the letters where a reading of it stands, and
    /// where it ends there.
    steps: FxHashMap<char, Vec<(u32, u32)>>,
}

impl Reading {
    /// `None` of what cannot be read as whole syllables.
    fn new(query: &str, seed: &Seed) -> Option<Self> {
        let query = query.to_lowercase().replace(['ü', 'ǖ', 'ǘ', 'ǚ', 'ǜ'], "v");
        let folded = fold(&query);
        let is_mark =
            |c: char| c.is_whitespace() || matches!(c, '\'' | '’' | '-' | '1'..='5');
        let letters: String = folded.chars().filter(|c| !is_mark(*c)).collect();
        let is_plain = letters.bytes().all(|byte| byte.is_ascii_lowercase());
        if !is_plain || letters.len() < 2 || letters.len() > LONGEST {
            return None;
        }
        let mut ends = vec![false; letters.len() + 1];
        ends[0] = true;
        for start in 0..letters.len() {
            if ends[start] {
                for end in start + 1..=letters.len().min(start + 6) {
                    ends[end] |= seed.syllable(&letters[start..end]).is_some();
                }
            }
        }
        ends[letters.len()].then(|| Self { letters, steps: FxHashMap::default() })
    }

    /// Is a Chinese term, or a part of it, read so?
    fn of(&mut self, zh: &str, seed: &Seed) -> Option<Match> {
        let end = self.letters.len();
        let (mut reached, mut whole, mut is_part) = (0_u64, 1_u64, false);
        for c in zh.chars() {
            let letters = &self.letters;
            let steps = self.steps.entry(c).or_insert_with(|| steps(letters, c, seed));
            let (mut next, mut next_whole) = (0, 0);
            for &(from, to) in steps.iter() {
                // A part may begin at any character, the whole at the first alone.
                if from == 0 || reached >> from & 1 == 1 {
                    next |= 1_u64 << to;
                }
                next_whole |= (whole >> from & 1) << to;
            }
            (reached, whole) = (next, next_whole);
            is_part |= reached >> end & 1 == 1;
        }
        match whole >> end & 1 == 1 {
            true => Some(Match::Reading),
            false => is_part.then_some(Match::PartReading),
        }
    }
}

fn steps(letters: &str, c: char, seed: &Seed) -> Vec<(u32, u32)> {
    let mut steps = Vec::new();
    for reading in seed.readings(seed.simplify(c)) {
        for (at, _) in letters.match_indices(reading) {
            let at = u32::try_from(at).unwrap_or(0);
            steps.push((at, at + u32::try_from(reading.len()).unwrap_or(0)));
        }
    }
    steps
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const TEXT: &str = "concept,zh,en,status,en_variants\n\
        contracting-party,缔约方,contracting party,accepted,State Party\n\
        convention,公约,convention,candidate,\n\
        framework-convention,框架公约,framework convention,preferred,\n\
        proceeds-of-crime,犯罪所得,proceeds of crime,accepted,\n\
        xian,西安,Xi'an,accepted,\n";

    fn found(query: &str) -> Vec<(String, Match)> {
        let path = Path::new("t.csv");
        let termbase = Termbase::parse(TEXT, path).unwrap();
        let hits = search(&termbase, query, 10, Seed::shipped());
        let streamed = search_text(TEXT, path, query, 10, Seed::shipped()).unwrap();
        assert_eq!(hits, streamed, "{query}");
        hits.into_iter().map(|hit| (hit.id, hit.how)).collect()
    }

    fn first(query: &str) -> (String, Match) {
        found(query).into_iter().next().unwrap_or_else(|| panic!("{query} finds nothing"))
    }

    #[test]
    fn either_language_and_either_script_find_a_term() {
        assert_eq!(first("缔约"), ("contracting-party".into(), Match::Beginning));
        assert_eq!(first("締約方"), ("contracting-party".into(), Match::Whole));
        assert_eq!(first("PARTY"), ("contracting-party".into(), Match::Word));
        assert_eq!(first("state party"), ("contracting-party".into(), Match::Whole));
        assert_eq!(first("rime"), ("proceeds-of-crime".into(), Match::Inside));
    }

    #[test]
    fn readings_find_a_term_with_tones_or_without() {
        for query in ["diyuefang", "dì yuē fāng", "di4 yue1 fang1"] {
            assert_eq!(
                first(query),
                ("contracting-party".into(), Match::Reading),
                "{query}"
            );
        }
        assert_eq!(first("gongyue").1, Match::Reading);
        assert_eq!(found("gongyue").len(), 2);
        assert_eq!(first("suode"), ("proceeds-of-crime".into(), Match::PartReading));
    }

    #[test]
    fn what_is_almost_so_is_found_where_nothing_else_is() {
        assert_eq!(first("convnetion").1, Match::Similar);
        assert_eq!(first("proceds of crime").0, "proceeds-of-crime");
        assert_eq!(first("犯罪所的").0, "proceeds-of-crime");
        assert!(found("zzzz").is_empty() && found("  ").is_empty());
    }

    proptest! {
        #[test]
        fn spellings_are_as_far_apart_as_a_table_says(
            a in "[abcé ]{1,20}",
            b in "[abcé ]{0,20}",
        ) {
            let chars: Vec<char> = a.chars().collect();
            let distance = Spelling::new(&chars).distance(&b);
            prop_assert_eq!(distance, strsim::osa_distance(&a, &b));
        }
    }

    #[test]
    fn what_may_be_used_comes_first() {
        assert_eq!(found("公约").len(), 2);
        assert_eq!(first("公约").0, "convention"); // the whole term before a part
        assert_eq!(found("tion")[0].0, "framework-convention"); // preferred
    }
}
