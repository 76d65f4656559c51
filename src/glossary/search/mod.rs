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

mod hit;
mod index;
mod normalizer;
mod query;
mod reading;

use std::path::Path;

pub use self::hit::{Hit, Match};
use self::hit::{Order, is_named_by};
pub use self::index::Index;
use self::normalizer::TermNormalizer;
use self::query::Query;
use self::reading::Reading;
use super::cells::status;
use super::columns::Column;
use super::error::GlossaryError;
use super::termbase_file::Scan;
use crate::lexicon::Seed;
use crate::types::{Pair, Status};

/// Searches the text of a termbase once, reading no more of it than is needed; the best
/// `limit` rows, best first. To search many times, see [`Index`].
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
    let Some(mut rows) = Scan::new(text, path) else {
        return match text.trim_start_matches('\u{FEFF}').trim().is_empty() {
            true => Ok(Vec::new()),
            false => Err(GlossaryError::NotOurs { path: path.to_owned() }),
        };
    };
    let mut best = Best::new(limit);
    while rows.next() {
        let cell = |column| rows.cell(column);
        let (id, zh, en) = (
            cell(Column::Concept).trim(),
            cell(Column::Zh).trim(),
            cell(Column::En).trim(),
        );
        let items = |column| cell(column).split('|').filter(|item| !item.is_empty());
        if let Some(how) = matcher.of_row(
            id,
            zh,
            en,
            items(Column::ZhVariants),
            items(Column::EnVariants),
        ) {
            let found = match rows.has(Column::Status) {
                true => status(cell(Column::Status)).unwrap_or_default(),
                false => Status::Accepted,
            };
            let count = cell(Column::Count).trim().parse().unwrap_or(0);
            let term = Pair::new(zh, en);
            best.add(Order::new(how, found, count, term), || Hit {
                id: id.to_owned(),
                term: term.map(str::to_owned),
                status: found,
                how,
                count,
            });
        }
    }
    Ok(best.into_hits())
}

/// The best hits so far.
struct Best {
    limit: usize,
    hits: Vec<(Order, Hit)>,
    /// The worst that is still among the best, once there are enough.
    worst: Option<Order>,
}

impl Best {
    fn new(limit: usize) -> Self {
        Self { limit, hits: Vec::new(), worst: None }
    }

    fn add(&mut self, order: Order, hit: impl FnOnce() -> Hit) {
        if self.worst.is_some_and(|worst| order > worst) {
            return;
        }
        self.hits.push((order, hit()));
        if self.hits.len() > 4 * self.limit + 64 {
            self.cut();
            self.worst = self.hits.last().map(|(order, _)| *order);
        }
    }

    fn cut(&mut self) {
        self.hits
            .sort_by(|(a, hit), (b, other)| a.cmp(b).then_with(|| hit.id.cmp(&other.id)));
        self.hits.truncate(self.limit);
    }

    fn into_hits(mut self) -> Vec<Hit> {
        self.cut();
        if self.hits.first().is_some_and(|(best, _)| best.how != Match::Similar) {
            self.hits.retain(|(order, _)| order.how != Match::Similar);
        }
        self.hits.into_iter().map(|(_, hit)| hit).collect()
    }
}

/// A query, ready to be held against rows one after the other.
struct Matcher<'a> {
    query: Query,
    reading: Option<Reading>,
    seed: &'a Seed,
    normalizer: TermNormalizer<'a>,
    /// Is what is almost so still looked for? Not once a row is found otherwise.
    is_loose: bool,
    /// The term that is looked at.
    folded: String,
}

impl<'a> Matcher<'a> {
    /// `None` of a query without anything to look for.
    fn new(query: &str, seed: &'a Seed) -> Option<Self> {
        let mut normalizer = TermNormalizer::new(seed);
        let reading = Reading::new(query, seed);
        let query = Query::new(query, &mut normalizer)?;
        let is_loose = query.has_slips();
        Some(Self { query, reading, seed, normalizer, is_loose, folded: String::new() })
    }

    fn of_row<'t>(
        &mut self,
        id: &str,
        zh: &'t str,
        en: &'t str,
        more_zh: impl Iterator<Item = &'t str>,
        more_en: impl Iterator<Item = &'t str>,
    ) -> Option<Match> {
        if id == self.query.text {
            self.is_loose = false;
            return Some(Match::Whole);
        }
        let (mut best, mut read, mut is_similar) = (None, None, false);
        // Either language is looked at for either query: DNA 鉴定, the Party 党.
        for (place, term) in std::iter::once(zh).chain(more_zh).enumerate() {
            let is_bare = self.query.is_ascii && is_of_han(term);
            if !is_bare {
                best = better(best, self.of_term(term));
            }
            if let Some(reading) = self.reading.as_mut()
                && place == 0
                && best.is_none()
            {
                read = reading.find(if is_bare { term } else { &self.folded }, self.seed);
            }
            is_similar |= self.is_loose
                && self.query.is_chinese
                && best.is_none()
                && self.query.is_almost_zh(&self.folded);
        }
        for term in more_en.chain([en]) {
            if self.query.is_chinese && term.is_ascii() {
                continue;
            }
            best = better(best, self.of_term(term));
            is_similar |= self.is_loose
                && !self.query.is_chinese
                && best.is_none()
                && self.query.is_almost_en(&self.folded);
        }
        let best = best.or(read);
        if best.is_some() {
            self.is_loose = false;
            return best;
        }
        // Most ids are the English term, which was looked at last.
        if self.is_loose
            && !self.query.is_chinese
            && !is_similar
            && !is_named_by(id, &self.folded)
        {
            self.fold(id);
            is_similar = self.query.is_almost_en(&self.folded);
        }
        is_similar.then_some(Match::Similar)
    }

    fn fold(&mut self, text: &str) {
        self.folded.clear();
        self.normalizer.append(text, &mut self.folded);
    }

    fn of_term(&mut self, term: &str) -> Option<Match> {
        self.fold(term);
        let at = self.query.find(&self.folded)?;
        Some(self.query.matched(&self.folded, at))
    }
}

fn better(a: Option<Match>, b: Option<Match>) -> Option<Match> {
    match (a, b) {
        (Some(a), Some(b)) => Some(a.min(b)),
        (a, b) => a.or(b),
    }
}

/// Is a term of characters from U+4000 to U+9FFF alone, which fold to nothing else?
fn is_of_han(term: &str) -> bool {
    term.bytes().all(|byte| matches!(byte, 0x80..=0xBF | 0xE4..=0xE9))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::glossary::{Row, Termbase, Use};

    const TEXT: &str = "concept,zh,en,status,en_variants\n\
        contracting-party,缔约方,contracting party,accepted,State Party\n\
        convention,公约,convention,candidate,\n\
        framework-convention,框架公约,framework convention,preferred,\n\
        proceeds-of-crime,犯罪所得,proceeds of crime,accepted,\n\
        xian,西安,Xi'an,accepted,\n";

    fn found(query: &str) -> Vec<(String, Match)> {
        let path = Path::new("t.csv");
        let termbase = Termbase::parse(TEXT, path).unwrap();
        let index = Index::new(&termbase, Seed::shipped());
        let hits = index.search(query, 10);
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

    #[test]
    fn what_may_be_used_comes_first() {
        assert_eq!(found("公约").len(), 2);
        assert_eq!(first("公约").0, "convention"); // the whole term before a part
        assert_eq!(found("tion")[0].0, "framework-convention"); // preferred
    }

    /// Made-up terms of few characters, so that many are alike.
    fn row() -> impl Strategy<Value = Row> {
        let zh = || "[公约約条款法 aＢ-]{1,6}|";
        let en = || "[aceinotvé]{1,9}( |-)[aceinotv]{1,9}|conv?ention|[a-zøд]{2,6}";
        let variants = (
            proptest::collection::vec("[公约条法]{1,4}", 0..2),
            proptest::collection::vec(en(), 0..3),
        );
        (zh(), en(), variants, 0..5_usize, 0..3_usize).prop_map(
            |(zh, en, (more_zh, more_en), status, count)| Row {
                term: Pair::new(zh.trim().to_owned(), en.trim().to_owned()),
                variants: Pair::new(more_zh, more_en),
                status: Status::ALL[status],
                uses: (count > 0)
                    .then(|| ("un".to_owned(), Use { count, ..Use::default() }))
                    .into_iter()
                    .collect(),
                ..Row::default()
            },
        )
    }

    proptest! {
        #[test]
        fn an_index_finds_what_a_search_of_the_text_finds(
            rows in proptest::collection::vec((row(), any::<bool>()), 1..30),
            others in "[公约條法aB -]{1,4}|[aceinotv]{1,5}|conve?ntino|gongyue|yue|[acд]{4}",
            (at, slip, limit) in (any::<proptest::sample::Index>(), 0..4_usize, 0..9_usize),
        ) {
            let mut termbase = Termbase::default();
            let mut id = String::new();
            for (row, is_new) in &rows {
                match termbase.concepts.get_mut(&id).filter(|_| !is_new) {
                    Some(entry) => entry.rows.push(row.clone()),
                    None => id = termbase.add(row.clone()),
                }
            }
            // What is looked for is a term that is there, with a slip of the pen, an id or
            // something else.
            let of_row = &at.get(&rows).0.term;
            let query = match slip {
                0 => of_row.en.chars().skip(1).collect(),
                1 => of_row.zh.chars().rev().collect(),
                2 => id,
                _ => others,
            };
            let seed = Seed::shipped();
            let text = termbase.to_text();
            let path = Path::new("t.csv");
            let streamed = search_text(&text, path, &query, limit, seed).unwrap();
            prop_assert_eq!(Index::new(&termbase, seed).search(&query, limit), streamed);
        }
    }
}
