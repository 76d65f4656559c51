//! What the page shows, as HTML: a file a view, each a template with the values it takes.
//!
//! Templates escape every value; `words` is the only place of words.

pub(crate) mod documents;
pub(crate) mod findings;
pub(crate) mod offline;
pub(crate) mod overview;
pub(crate) mod parts;
pub(crate) mod report;
pub(crate) mod rows;
pub(crate) mod terms;
pub(crate) mod words;

use askama::Template;

use self::words::Words;
use crate::review::desk::{Counts, Desk};

/// What every page has around its contents.
#[derive(Clone, Debug)]
pub(crate) struct Shell {
    pub(crate) words: &'static Words,
    /// `over`, `align`, `terms`, `check`.
    pub(crate) view: &'static str,
    pub(crate) name: String,
    /// The names of the files.
    pub(crate) files: String,
    pub(crate) counts: Counts,
    pub(crate) revision: usize,
    /// The revision of the texts that the findings are of, and that of the texts.
    pub(crate) checked: usize,
    pub(crate) texts: usize,
    /// Is the check under way?
    pub(crate) is_checking: bool,
    /// Are terms and findings still looked for?
    pub(crate) is_looking: bool,
    pub(crate) token: String,
    /// Where the assets are.
    pub(crate) assets: String,
    /// `light`, `dark`, or empty for what the system says.
    pub(crate) theme: String,
    pub(crate) can_undo: bool,
    pub(crate) can_redo: bool,
    pub(crate) is_read_only: bool,
    /// Is it one document of a folder?
    pub(crate) is_one_of_many: bool,
    /// Is it a termbase, without rows and findings?
    pub(crate) is_termbase: bool,
    /// The `lang` of Chinese text.
    pub(crate) zh_lang: &'static str,
    /// This page, for links that change how it is shown: ends with `?` or `&`.
    pub(crate) here: String,
}

impl Shell {
    /// How much is confirmed, in hundredths.
    pub(crate) fn done(&self) -> usize {
        self.counts.done()
    }

    /// The keys of the dialog.
    pub(crate) fn key_groups(
        &self,
    ) -> Vec<(&'static str, Vec<(&'static str, &'static str)>)> {
        let w = self.words;
        vec![
            (
                w.k_move,
                vec![
                    ("↓ ↑", w.k_row),
                    ("← →", w.k_column),
                    ("N", w.k_next),
                    ("P", w.k_previous),
                    ("[ ]", w.k_heading),
                    ("/", w.k_search),
                    ("G", w.k_goto),
                ],
            ),
            (
                w.k_decide,
                vec![
                    ("Enter", w.confirm_on),
                    ("C", w.confirm_stay),
                    ("Shift Enter", w.confirm_up),
                    ("Q", w.needs_look),
                    ("B", w.bookmark),
                    ("T", w.note),
                ],
            ),
            (
                w.k_correct,
                vec![
                    ("M", w.merge_below),
                    ("Shift M", w.merge_above),
                    ("S", w.split),
                    ("D", w.down),
                    ("U", w.up),
                    ("O", w.part),
                    ("W", w.swap),
                    ("X", w.tie),
                    ("E", w.edit),
                    ("Shift D", w.shift_down),
                    ("Shift U", w.shift_up),
                    ("R", w.realign),
                    ("Shift R", w.realign_all),
                    ("Y", w.take_other),
                ],
            ),
            (
                w.terms,
                vec![
                    ("A", w.accept),
                    ("Shift A", w.prefer),
                    ("R", w.reject),
                    ("F", w.forbid),
                    ("C", w.back_to_candidate),
                    ("E", w.edit_term),
                    ("M", w.merge_terms),
                    ("S", w.split_off),
                    ("B", w.subject),
                    ("T", w.note),
                    ("O", w.open_row),
                    ("← →", w.where_it_stands),
                    ("Space", w.several),
                    ("Shift ↓ ↑", w.several),
                    ("Ctrl A", w.choose_all),
                ],
            ),
            (
                w.findings,
                vec![
                    ("A", w.right_as_is),
                    ("Shift A", w.all_alike),
                    ("F", w.fault),
                    ("E", w.mend_here),
                    ("← →", w.k_column),
                    ("C", w.open_again),
                    ("O", w.open_row),
                ],
            ),
            (
                w.k_always,
                vec![
                    ("Ctrl Z", w.undo),
                    ("Ctrl Shift Z", w.redo),
                    (".", w.why),
                    ("1 2 3 4", w.views),
                    ("?", w.keys),
                ],
            ),
        ]
    }

    /// Is a key a letter, and so one that can be changed?
    pub(crate) fn is_letter(&self, key: &str) -> bool {
        key.len() == 1 && key.bytes().all(|byte| byte.is_ascii_uppercase())
    }

    /// The keys of the foot.
    pub(crate) fn foot(&self) -> Vec<(&'static str, &'static str)> {
        let w = self.words;
        match self.view {
            "align" => vec![
                ("Enter", w.confirm_on),
                ("N", w.k_next),
                ("M", w.merge_below),
                ("S", w.split),
                ("U D", w.down),
                ("E", w.edit),
                (".", w.why),
                ("?", w.keys),
            ],
            "terms" => vec![
                ("A", w.accept),
                ("R", w.reject),
                ("F", w.forbid),
                ("E", w.edit_term),
                ("N", w.k_next_term),
                ("Ctrl Z", w.undo),
                ("?", w.keys),
            ],
            "check" => vec![
                ("A", w.right_as_is),
                ("F", w.fault),
                ("O", w.open_row),
                ("N", w.k_next),
                ("Ctrl Z", w.undo),
                ("?", w.keys),
            ],
            _ => vec![("1 2 3 4", w.views), ("?", w.keys)],
        }
    }
}

/// The `lang` of Chinese text by the code of its language.
pub(crate) fn zh_lang(desk: &Desk) -> &'static str {
    let code = &desk.setting.languages.zh;
    if code.ends_with("TW") || code.ends_with("HK") || code.contains("Hant") {
        "zh-Hant"
    } else {
        "zh-Hans"
    }
}

/// A filter with its count.
#[derive(Clone, Debug)]
pub(crate) struct Chip {
    pub(crate) name: &'static str,
    pub(crate) filter: &'static str,
    pub(crate) n: usize,
    /// `w` where a count is a warning, `x` where it is an error.
    pub(crate) class: &'static str,
    pub(crate) is_on: bool,
}

/// A page that says one thing.
#[derive(Debug, Template)]
#[template(path = "message.html")]
pub(crate) struct Message {
    pub(crate) words: &'static Words,
    pub(crate) text: &'static str,
    /// Where it goes on by itself.
    pub(crate) to: &'static str,
    pub(crate) assets: String,
}
