//! The overview: the map of doubt, what is left to do, what can be taken away.

use askama::Template;

use super::Shell;
use super::parts::{Mark, Parts};
use super::words::Words;
use crate::export::ExportKind;
use crate::review::desk::{Desk, SLICES};
use crate::review::event::{Event, RowStatus};
use crate::review::log::LostRow;
use crate::review::renewal::RenewalStage;
use crate::review::state::Placed;
use crate::types::{Pair, Side};

/// How many decisions are told.
const LAST: usize = 8;

/// How wide the map is, in its own units.
const WIDTH: usize = 1000;

/// The page.
#[derive(Debug, Template)]
#[template(path = "overview.html")]
pub(crate) struct OverviewPage {
    pub(crate) shell: Shell,
    pub(crate) title_zh: String,
    pub(crate) title_en: String,
    pub(crate) slices: Vec<Slice>,
    /// Names of export kinds.
    pub(crate) kinds: Vec<&'static str>,
    /// Time, who, what.
    pub(crate) decisions: Vec<(String, String, String)>,
    pub(crate) has_backing: bool,
    pub(crate) is_one_sided: bool,
    /// Is it offered to align anew with this version?
    pub(crate) is_outdated: bool,
    /// Is it being aligned anew?
    pub(crate) is_renewing: bool,
    /// Why aligning anew came to nothing.
    pub(crate) not_renewed: String,
    /// Rows that were confirmed before the texts were changed.
    pub(crate) lost: Vec<LostView>,
}

/// A row that was confirmed, and does not stand any more.
#[derive(Debug)]
pub(crate) struct LostView {
    /// What was decided of it.
    pub(crate) status: &'static str,
    /// Its texts as they were, with what is no longer there marked.
    pub(crate) was: Pair<Parts>,
    /// What stands there now, with what is new marked; `None` where nothing is like it.
    pub(crate) now: Option<Pair<Parts>>,
    /// The name of that row, and what a reader calls it.
    pub(crate) row: Option<(String, String)>,
    pub(crate) note: String,
    pub(crate) written: String,
}

/// A slice of the map.
#[derive(Debug)]
pub(crate) struct Slice {
    pub(crate) class: &'static str,
    pub(crate) row: usize,
    pub(crate) x: String,
    pub(crate) width: String,
    pub(crate) has_zh: bool,
    pub(crate) has_en: bool,
    /// Is all of it confirmed? Then what is missing on a side is so by decision.
    pub(crate) is_settled: bool,
}

/// The page.
pub(crate) fn page(desk: &Desk, shell: Shell) -> OverviewPage {
    let state = desk.state();
    let title = |side: Side| {
        let segments = match side {
            Side::Zh => &desk.session.base().zh,
            Side::En => &desk.session.base().en,
        };
        let title = segments.iter().take(5).find(|segment| segment.kind == "title");
        title.map_or_else(String::new, |title| title.text.chars().take(200).collect())
    };
    let stage = desk.renewal.as_ref().map(|renewal| &renewal.stage);
    // That a file was written is no decision.
    let is_decision = |event: &&Event| event.written.is_none();
    let events = desk.session.events().iter().rev().filter(is_decision).take(LAST);
    OverviewPage {
        title_zh: title(Side::Zh),
        title_en: title(Side::En),
        slices: slices(desk),
        kinds: ExportKind::ALL
            .iter()
            .filter(|kind| !kind.needs_sentences())
            .filter(|kind| !kind.needs_terms() || !desk.backing.terms.is_empty())
            .map(|kind| kind.as_str())
            .collect(),
        decisions: events
            .map(|event| {
                let time = event.at.get(..16).unwrap_or(&event.at).replace('T', " ");
                (time, event.who.clone(), shell.words.deed(&event.op).to_owned())
            })
            .collect(),
        has_backing: !desk.backing.beads.is_empty() || state.rows().is_empty(),
        is_one_sided: state.pieces(Side::Zh).is_empty()
            || state.pieces(Side::En).is_empty(),
        is_outdated: stage.is_some_and(|stage| *stage != RenewalStage::Running),
        is_renewing: stage == Some(&RenewalStage::Running),
        not_renewed: match stage {
            Some(RenewalStage::Failed(why)) => why.clone(),
            _ => String::new(),
        },
        lost: lost(desk, shell.words),
        shell,
    }
}

fn lost(desk: &Desk, words: &'static Words) -> Vec<LostView> {
    let view = |row: &LostRow| {
        let bead = row.near.filter(|near| *near < desk.session.base().beads.len());
        let near = bead.and_then(|bead| desk.row_of_bead(bead));
        let now = near.as_ref().map(|placed| {
            Pair::new(Side::Zh, Side::En).map(|side| desk.cell(placed, side))
        });
        let was = Pair::new(row.zh.clone(), row.en.clone());
        let (was, now) = match now {
            Some(now) => {
                let both = was.map_sides(|side, was| differing(&was, now.get(side)));
                let (zh, en) = (both.zh, both.en);
                (Pair::new(zh.0, en.0), Some(Pair::new(zh.1, en.1)))
            }
            None => (was.map(|text| Parts::plain(&text)), None),
        };
        let status = match row.status {
            RowStatus::Corrected => words.st_corrected,
            _ => words.st_confirmed,
        };
        let row_of = |placed: &Placed| {
            let key = desk.state().key(placed).to_string();
            (key, (words.row_n)(placed.index + 1))
        };
        LostView {
            status,
            was,
            now,
            row: near.as_ref().map(row_of),
            note: row.note.clone(),
            written: row.written.clone(),
        }
    };
    desk.session.lost().iter().map(view).collect()
}

/// Two texts, with what stands between their common beginning and end marked.
pub(crate) fn differing(was: &str, now: &str) -> (Parts, Parts) {
    let alike = |(a, b): &((usize, char), char)| a.1 == *b;
    let head: usize = was
        .char_indices()
        .zip(now.chars())
        .take_while(alike)
        .map(|((_, c), _)| c.len_utf8())
        .sum();
    let (a, b) = (&was[head..], &now[head..]);
    let both = a.chars().rev().zip(b.chars().rev());
    let tail: usize = both.take_while(|(a, b)| a == b).map(|(a, _)| a.len_utf8()).sum();
    let marked = |text: &str, class| {
        let mark = Mark { range: head..text.len() - tail, class, tie: String::new() };
        Parts::new(text, &[mark])
    };
    (marked(was, "gone"), marked(now, "new"))
}

/// Slices as wide as their text is long; of several rows in one the worst shows.
fn slices(desk: &Desk) -> Vec<Slice> {
    let state = desk.state();
    let n_rows = state.rows().len();
    let len = |placed: &crate::review::state::Placed| {
        let n = |side: Side| -> usize {
            placed.range.get(side).clone().map(|at| state.span(side, at).len()).sum()
        };
        (n(Side::Zh) * 3).max(n(Side::En)).max(1)
    };
    let sizes: Vec<usize> = state.placed().map(|placed| len(&placed)).collect();
    let total = sizes.iter().sum::<usize>().max(1) as f64;
    let per = n_rows.div_ceil(SLICES).max(1);
    let mut slices = Vec::new();
    let mut at = 0.0;
    for first in (0..n_rows).step_by(per) {
        let rows = first..n_rows.min(first + per);
        let size: usize = sizes[rows.clone()].iter().sum();
        let width = size as f64 / total * WIDTH as f64;
        let placed: Vec<_> = rows.map(|index| state.at(index)).collect();
        let letters = placed.iter().map(|placed| desk.look(placed).letter());
        let worst = letters.max_by_key(|letter| "osdb".find(*letter));
        slices.push(Slice {
            class: match worst {
                Some('b') => "c-bad",
                Some('d') => "c-doubt",
                Some('o') => "c-ok",
                _ => "c-sure",
            },
            row: first + 1,
            x: format!("{at:.2}"),
            width: format!("{:.2}", (width - 0.6).max(width * 0.7)),
            has_zh: placed.iter().any(|placed| placed.row.n.zh > 0),
            has_en: placed.iter().any(|placed| placed.row.n.en > 0),
            is_settled: worst == Some('o'),
        });
        at += width;
    }
    slices
}
