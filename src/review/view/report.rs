//! What the translator gets: faults, notes and changed texts, each cited by its label.

use askama::Template;

use super::findings::FindingView;
use super::overview::differing;
use super::parts::Parts;
use super::rows::{cite, label};
use super::words::Words;
use crate::review::desk::Desk;
use crate::review::event::FindingState;
use crate::review::reviewed::original;
use crate::review::state::Placed;
use crate::types::{Pair, Side};

/// The report.
#[derive(Debug, Template)]
#[template(path = "report.html")]
pub(crate) struct ReportPage {
    pub(crate) words: &'static Words,
    pub(crate) name: String,
    pub(crate) zh_lang: &'static str,
    pub(crate) faults: Vec<FindingView>,
    pub(crate) notes: Vec<Noted>,
    pub(crate) changes: Vec<Changed>,
}

/// A row with a note.
#[derive(Debug)]
pub(crate) struct Noted {
    pub(crate) place: String,
    pub(crate) text: Pair<Parts>,
    pub(crate) note: String,
}

/// A row with texts that were written over.
#[derive(Debug)]
pub(crate) struct Changed {
    pub(crate) place: String,
    /// For each side that was changed: before and after, with what differs marked.
    pub(crate) texts: Vec<(&'static str, Parts, Parts)>,
}

/// The report of a review.
pub(crate) fn page(desk: &Desk, words: &'static Words) -> ReportPage {
    let state = desk.state();
    let is_fault = |n: &usize| {
        let id = &desk.backing.findings[*n].finding.fingerprint;
        state.finding(id) == FindingState::Fault
    };
    let faults = (0..desk.backing.findings.len()).filter(is_fault);
    let noted = |placed: Placed| {
        let note = desk.note(&placed);
        (!note.is_empty()).then(|| Noted {
            place: place(desk, words, &placed),
            text: Pair::new(Side::Zh, Side::En)
                .map(|side| Parts::plain(&desk.cell(&placed, side))),
            note,
        })
    };
    ReportPage {
        words,
        name: desk.setting.name.clone(),
        zh_lang: super::zh_lang(desk),
        faults: faults.filter_map(|n| super::findings::finding(desk, words, n)).collect(),
        notes: state.placed().filter_map(noted).collect(),
        changes: state
            .placed()
            .filter_map(|placed| changed(desk, words, &placed))
            .collect(),
    }
}

fn changed(desk: &Desk, words: &'static Words, placed: &Placed) -> Option<Changed> {
    let of_side = |side: Side| {
        let was = original(desk, placed, side)?;
        let (was, now) = differing(&was, &desk.cell(placed, side));
        let lang = if side == Side::Zh { super::zh_lang(desk) } else { "en" };
        Some((lang, was, now))
    };
    let texts: Vec<_> = Side::BOTH.into_iter().filter_map(of_side).collect();
    (!texts.is_empty()).then(|| Changed { place: place(desk, words, placed), texts })
}

/// The label of a row, or else its number; and its lines.
fn place(desk: &Desk, words: &'static Words, placed: &Placed) -> String {
    let name = match label(desk, placed) {
        label if label.is_empty() => (words.row_n)(placed.index + 1),
        label => label,
    };
    format!("{name} · {}", cite(desk, placed))
}
