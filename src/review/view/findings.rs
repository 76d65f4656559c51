//! The findings, gravest first.

use askama::Template;
use askama::filters::HtmlSafe;

use super::parts::{Mark, Parts};
use super::words::Words;
use super::{Shell, zh_lang};
use crate::check::{Finding, FindingKind, Severity};
use crate::review::desk::Desk;
use crate::review::event::FindingState;
use crate::text::layout::capitalized;
use crate::types::{Pair, Side};

/// The page.
#[derive(Debug, Template)]
#[template(path = "findings.html")]
pub(crate) struct FindingsPage {
    pub(crate) shell: Shell,
    /// Kinds: name in files, name, how many.
    pub(crate) kinds: Vec<(&'static str, &'static str, usize)>,
    pub(crate) kind: String,
    pub(crate) n_all: usize,
    pub(crate) findings: Vec<FindingView>,
}

/// A finding.
#[derive(Debug, Template)]
#[template(path = "finding.html")]
pub(crate) struct FindingView {
    pub(crate) words: &'static Words,
    pub(crate) zh_lang: &'static str,
    pub(crate) id: String,
    pub(crate) status: &'static str,
    pub(crate) tag: &'static str,
    pub(crate) severity: &'static str,
    pub(crate) severity_name: &'static str,
    pub(crate) kind: &'static str,
    pub(crate) kind_name: &'static str,
    pub(crate) message: String,
    pub(crate) label: String,
    pub(crate) row: String,
    pub(crate) key: String,
    pub(crate) passages: Pair<Option<Parts>>,
    pub(crate) usages: Vec<(String, String)>,
    pub(crate) fix: String,
}

// Parts of a page: their templates escape what they hold.
impl HtmlSafe for FindingView {}

/// The page; `kind` is the name of a kind, or empty for all.
pub(crate) fn page(desk: &Desk, shell: Shell, kind: String) -> FindingsPage {
    let findings = &desk.backing.findings;
    let kinds = FindingKind::ALL.into_iter().map(|kind| {
        let n = findings.iter().filter(|one| one.finding.kind == kind).count();
        (kind.as_str(), kind_name(shell.words, kind), n)
    });
    let is_shown =
        |n: &usize| kind.is_empty() || findings[*n].finding.kind.as_str() == kind;
    let shown = (0..findings.len()).filter(is_shown);
    FindingsPage {
        kinds: kinds.filter(|(_, _, n)| *n > 0).collect(),
        n_all: findings.len(),
        findings: shown.filter_map(|n| finding(desk, shell.words, n)).collect(),
        kind,
        shell,
    }
}

/// A finding by its index.
pub(crate) fn finding(
    desk: &Desk,
    words: &'static Words,
    n: usize,
) -> Option<FindingView> {
    let one = desk.backing.findings.get(n)?;
    let finding = &one.finding;
    let (status, tag) = match desk.state().finding(&finding.fingerprint) {
        FindingState::Open => ("auto", ""),
        FindingState::Accepted => ("ok", words.right_as_is),
        FindingState::Fault => ("look", words.fault),
    };
    let row = one.row(desk.state());
    let passages = finding.passages.as_ref().map(|passage| {
        passage.as_ref().map(|passage| {
            let mark = |span: &crate::text::Span| Mark {
                range: span.start..span.end,
                class: "",
                tie: String::new(),
            };
            let marks: Vec<Mark> = passage.marks.iter().map(mark).collect();
            Parts::new(&passage.text, &marks)
        })
    });
    let label = Side::BOTH.into_iter().find_map(|side| {
        let passage = finding.passages.get(side).as_ref()?;
        (!passage.label.is_empty()).then(|| passage.label.clone())
    });
    Some(FindingView {
        words,
        zh_lang: zh_lang(desk),
        id: finding.fingerprint.clone(),
        status,
        tag,
        severity: finding.severity.as_str(),
        severity_name: match finding.severity {
            Severity::Error => words.error,
            Severity::Warning => words.warning,
            Severity::Note => words.remark,
        },
        kind: finding.kind.as_str(),
        kind_name: kind_name(words, finding.kind),
        message: message(words, finding),
        label: label.unwrap_or_default(),
        row: row.as_ref().map_or_else(String::new, |row| (words.row_n)(row.index + 1)),
        key: row.map_or_else(String::new, |row| desk.state().key(&row).to_string()),
        passages,
        usages: finding
            .usages
            .iter()
            .map(|usage| (usage.text.clone(), usage.places.join(", ")))
            .collect(),
        fix: finding.fix.as_ref().map_or_else(String::new, |fix| fix.text.clone()),
    })
}

/// What a kind is called on the page.
pub(crate) fn kind_name(words: &'static Words, kind: FindingKind) -> &'static str {
    let is_zh = words.ui == "zh";
    let (en, zh) = match kind {
        FindingKind::Omission => ("Omission", "漏译"),
        FindingKind::Addition => ("Addition", "增译"),
        FindingKind::Repetition => ("Repetition", "重复"),
        FindingKind::Order => ("Order", "顺序"),
        FindingKind::Numbering => ("Numbering", "编号"),
        FindingKind::Number => ("Number", "数字"),
        FindingKind::Term => ("Term", "术语"),
        FindingKind::Consistency => ("Consistency", "一致性"),
        FindingKind::Spelling => ("Spelling", "拼写"),
        FindingKind::Punctuation => ("Punctuation", "标点"),
        FindingKind::Untranslated => ("Untranslated", "未译"),
        FindingKind::Length => ("Length", "长度"),
    };
    if is_zh { zh } else { en }
}

/// What is the case, as a sentence of a page.
pub(crate) fn message(words: &'static Words, finding: &Finding) -> String {
    let language = if words.ui == "zh" { Side::Zh } else { Side::En };
    capitalized(&finding.worded(language))
}
