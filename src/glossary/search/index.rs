//! A termbase that is searched many times: its terms folded once, side by side in memory.

use super::hit::{Hit, Match, Order, is_named_by};
use super::normalizer::TermNormalizer;
use super::query::{Letters, Query};
use super::reading::Reading;
use crate::glossary::termbase::{Row, Termbase};
use crate::lexicon::Seed;
use crate::types::{Pair, Side};

/// The terms of a termbase, ready to be searched many times.
pub struct Index<'a> {
    seed: &'a Seed,
    /// With their ids, in order of these, and how often each pair was seen.
    rows: Vec<(&'a str, &'a Row, usize)>,
    terms: Pair<Cells>,
    /// The ids that are not the English term of their row.
    ids: Cells,
}

impl<'a> Index<'a> {
    /// Folds the terms of a termbase.
    pub fn new(termbase: &'a Termbase, seed: &'a Seed) -> Self {
        let mut normalizer = TermNormalizer::new(seed);
        let mut index = Self {
            seed,
            rows: Vec::new(),
            terms: Pair::default(),
            ids: Cells::default(),
        };
        for (at, (id, row)) in termbase.rows().enumerate() {
            index.rows.push((id, row, row.total().count));
            for side in Side::BOTH {
                let cells = index.terms.get_mut(side);
                cells.push(at, row.term.get(side), &mut normalizer);
                for term in row.variants.get(side) {
                    cells.push(at, term, &mut normalizer);
                }
            }
            if !is_named_by(id, &row.term.en) {
                index.ids.push(at, id, &mut normalizer);
            }
        }
        index
    }

    /// The best `limit` rows, best first.
    pub fn search(&self, query: &str, limit: usize) -> Vec<Hit> {
        let mut normalizer = TermNormalizer::new(self.seed);
        let reading = Reading::new(query, self.seed);
        let Some(mut query) = Query::new(query, &mut normalizer) else {
            return Vec::new();
        };
        let mut found = self.exactly(&query, reading);
        if found.is_empty() && query.has_slips() {
            found = self.almost(&mut query);
        }
        if found.len() > limit {
            found.select_nth_unstable(limit);
            found.truncate(limit);
        }
        found.sort_unstable();
        let hit = |(order, row): (Order, usize)| {
            let (id, row, count) = self.rows[row];
            let (id, term) = (id.to_owned(), row.term.clone());
            Hit { id, term, status: row.status, how: order.how, count }
        };
        found.into_iter().map(hit).collect()
    }

    /// The rows that have the query in a term, are named or read so.
    fn exactly(&self, query: &Query, reading: Option<Reading>) -> Vec<(Order, usize)> {
        let mut hows: Vec<Option<Match>> = vec![None; self.rows.len()];
        for side in Side::BOTH {
            self.terms.get(side).find(query, |row, how| {
                hows[row] = Some(hows[row].map_or(how, |known| known.min(how)));
            });
        }
        let first = self.rows.partition_point(|(id, ..)| *id < query.text.as_str());
        for (at, (id, ..)) in self.rows.iter().enumerate().skip(first) {
            if *id != query.text {
                break;
            }
            hows[at] = Some(Match::Whole);
        }
        if let Some(mut reading) = reading {
            for (row, zh) in self.terms.zh.firsts() {
                hows[row] = hows[row].or_else(|| reading.find(zh, self.seed));
            }
        }
        let found = hows.into_iter().enumerate();
        found.filter_map(|(row, how)| Some((self.order(row, how?), row))).collect()
    }

    /// The rows that have a term or an id that is spelled almost so.
    fn almost(&self, query: &mut Query) -> Vec<(Order, usize)> {
        let cells: &[&Cells] = match query.is_chinese {
            true => &[&self.terms.zh],
            false => &[&self.terms.en, &self.ids],
        };
        let mut rows = Vec::new();
        for cells in cells {
            for (cell, &letters) in cells.letters.iter().enumerate() {
                if query.may_be_almost(letters)
                    && match query.is_chinese {
                        true => query.is_almost_zh(cells.text(cell)),
                        false => query.is_almost_en(cells.text(cell)),
                    }
                {
                    rows.push(cells.rows[cell]);
                }
            }
        }
        rows.sort_unstable();
        rows.dedup();
        rows.into_iter().map(|row| (self.order(row, Match::Similar), row)).collect()
    }

    fn order(&self, row: usize, how: Match) -> Order {
        let (_, row, count) = self.rows[row];
        let term = row.term.as_ref().map(String::as_str);
        Order::new(how, row.status, count, term)
    }
}

/// Cells of a column in one text, so that a search runs through memory from end to end.
#[derive(Default)]
struct Cells {
    /// Folded, with a line break behind each.
    text: String,
    /// Where each begins.
    starts: Vec<usize>,
    /// Which row it is of, never falling.
    rows: Vec<usize>,
    /// What letters or characters it has.
    letters: Vec<Letters>,
}

impl Cells {
    fn push(&mut self, row: usize, cell: &str, normalizer: &mut TermNormalizer<'_>) {
        let start = self.text.len();
        normalizer.append(cell, &mut self.text);
        self.letters.push(Letters::from_text(&self.text[start..]));
        self.text.push('\n');
        self.starts.push(start);
        self.rows.push(row);
    }

    /// One without its line break.
    fn text(&self, cell: usize) -> &str {
        let end = self.starts.get(cell + 1).map_or(self.text.len(), |next| *next);
        &self.text[self.starts[cell]..end - 1]
    }

    /// The first cell of each row.
    fn firsts(&self) -> impl Iterator<Item = (usize, &str)> {
        let is_first =
            |cell: &usize| *cell == 0 || self.rows[cell - 1] != self.rows[*cell];
        let cells = (0..self.rows.len()).filter(is_first);
        cells.map(|cell| (self.rows[cell], self.text(cell)))
    }

    /// Tells the rows of the cells that have the query in them.
    fn find(&self, query: &Query, mut tell: impl FnMut(usize, Match)) {
        let (mut cell, mut from) = (0, 0);
        while let Some(at) = query.find(&self.text[from..]).map(|at| from + at) {
            while self.starts.get(cell + 1).is_some_and(|next| *next <= at) {
                cell += 1;
            }
            let term = self.text(cell);
            tell(self.rows[cell], query.matched(term, at - self.starts[cell]));
            from = self.starts[cell] + term.len();
        }
    }
}
