//! The overview: the map of doubt, what is left to do, what can be taken away.

use askama::Template;

use super::Shell;
use crate::export::ExportKind;
use crate::review::desk::{Desk, SLICES};
use crate::types::Side;

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
    let events = desk.session.events().iter().rev().take(LAST);
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
                (time, event.who.clone(), event.op.clone())
            })
            .collect(),
        has_backing: !desk.backing.beads.is_empty() || state.rows().is_empty(),
        is_one_sided: state.pieces(Side::Zh).is_empty()
            || state.pieces(Side::En).is_empty(),
        shell,
    }
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
        });
        at += width;
    }
    slices
}
