//! What a page is told of a change.

use std::collections::BTreeSet;

use askama::Template as _;
use serde::Serialize;

use super::desk::{Counts, Desk, Touched};
use super::event::RowKey;
use super::handed_on::{Differing, Trouble};
use super::view;
use super::view::words::Words;
use crate::types::Pair;

/// What a page is told of a change.
#[derive(Debug, Default, Serialize)]
pub(super) struct Answer {
    /// The revision that the page then shows.
    pub(super) rev: usize,
    /// What was done, in words.
    pub(super) say: String,
    /// Did nobody else change anything since the page was drawn?
    #[serde(rename = "sole", skip_serializing_if = "std::ops::Not::not")]
    pub(super) is_sole: bool,
    /// What was not handed on as it was decided.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub(super) warn: String,
    /// The view that the change is of.
    pub(super) view: &'static str,
    /// Where the change is to be seen.
    pub(super) href: String,
    /// The row, term or finding that has the focus then; its `id`.
    pub(super) focus: String,
    /// Names of rows that are no longer there.
    pub(super) drop: Vec<String>,
    /// Rows as they are now.
    pub(super) rows: Vec<RowAnswer>,
    /// Terms and findings as they are now, by `id`.
    pub(super) items: Vec<ItemAnswer>,
    /// Rows with a higher number than the first are renumbered by the second.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) moved: Option<(usize, isize)>,
    /// Too much changed: the page is to be loaded anew.
    pub(super) reload: bool,
    pub(super) counts: Counts,
    pub(super) map: String,
    /// The revision of the texts that is being checked; what it finds is to be asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) checking: Option<usize>,
    /// How many checks have brought something in.
    pub(super) checked: usize,
    /// The findings that there are, where they were found anew.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) live: Option<Vec<String>>,
    pub(super) undo: bool,
    pub(super) redo: bool,
}

/// What was not handed on, in words.
pub(super) fn trouble(words: &'static Words, trouble: &Trouble) -> String {
    match trouble {
        Trouble::NotWritten(why) => format!("{} {why}", words.termbase_not_written),
        Trouble::Differs(all) => {
            let one = |one: &Differing| {
                let name = |status| view::terms::status(words, status).1;
                let Pair { zh, en } = &one.term;
                format!("{zh} = {en}: {} ≠ {}", name(one.theirs), name(one.ours))
            };
            let all: Vec<String> = all.iter().map(one).collect();
            format!("{} {}", words.termbase_differs, all.join(" · "))
        }
    }
}

#[derive(Debug, Serialize)]
pub(super) struct RowAnswer {
    pub(super) after: String,
    pub(super) key: String,
    pub(super) html: String,
}

#[derive(Debug, Serialize)]
pub(super) struct ItemAnswer {
    pub(super) id: String,
    pub(super) html: String,
}

impl Answer {
    pub(super) fn new(desk: &Desk, words: &'static Words, touched: &Touched) -> Self {
        let state = desk.state();
        let name = |index: usize| state.key(&state.at(index)).to_string();
        let reload = touched.rows.len() > view::rows::PAGE;
        let is_gone = |key: &&RowKey| state.find(**key).is_none();
        let mut answer = Self {
            rev: desk.session.revision(),
            reload,
            drop: touched
                .before
                .iter()
                .filter(is_gone)
                .map(ToString::to_string)
                .collect(),
            moved: touched.moved,
            counts: desk.counts(),
            map: view::rows::map(desk),
            warn: desk.trouble().map_or_else(String::new, |one| trouble(words, one)),
            checking: desk.is_at_work().then(|| desk.texts_revision()),
            checked: desk.n_checks(),
            undo: desk.session.next_undo().is_some(),
            redo: desk.session.next_redo().is_some(),
            ..Self::default()
        };
        if !reload {
            for index in touched.rows.iter().copied() {
                let view = view::rows::row(desk, words, &state.at(index), false);
                answer.rows.push(RowAnswer {
                    after: index.checked_sub(1).map_or_else(String::new, name),
                    key: name(index),
                    html: view.render().unwrap_or_default(),
                });
            }
        }
        answer.add_items(desk, words, touched);
        answer.set_place(desk, touched);
        answer
    }

    fn add_items(&mut self, desk: &Desk, words: &'static Words, touched: &Touched) {
        let ids = touched.terms.iter().filter_map(|key| desk.term_id(key));
        for id in ids.collect::<BTreeSet<usize>>() {
            if let Some(view) = view::terms::term(desk, words, id) {
                let html = view.render().unwrap_or_default();
                self.items.push(ItemAnswer { id: format!("t{id}"), html });
            }
        }
        for (n, one) in desk.backing.findings.iter().enumerate() {
            let id = &one.finding.fingerprint;
            let view = touched
                .findings
                .contains(id)
                .then(|| view::findings::finding(desk, words, n));
            if let Some(view) = view.flatten() {
                let html = view.render().unwrap_or_default();
                self.items.push(ItemAnswer { id: format!("f{id}"), html });
            }
        }
    }

    /// Where the change is to be seen.
    fn set_place(&mut self, desk: &Desk, touched: &Touched) {
        let state = desk.state();
        if let Some(first) = touched.rows.first() {
            let key = state.key(&state.at(*first)).to_string();
            self.view = "align";
            self.href = format!("rows?row={key}");
            self.focus = format!("r{key}");
        } else if let Some(item) = self.items.first() {
            let (kind, id) = item.id.split_at(1);
            self.focus.clone_from(&item.id);
            (self.view, self.href) = match kind {
                "t" => ("terms", format!("terms?term={id}")),
                _ => ("check", format!("findings#f{id}")),
            };
        }
    }
}
