//! What the cells of a table mean.

use super::error::Problem;
use crate::types::{Pair, PartOfSpeech, Side, Status, TermEvidence, TermPair};

/// The items of a cell, with `|` between them; `\|` and `\\` stand for the marks themselves.
pub(super) fn items(cell: &str) -> Vec<String> {
    if cell.is_empty() {
        return Vec::new();
    }
    let mut items = vec![String::new()];
    let mut chars = cell.chars().peekable();
    while let Some(c) = chars.next() {
        let next = chars.peek().copied();
        let last = items.last_mut().expect("it is never empty");
        match (c, next) {
            ('\\', Some('|' | '\\')) => last.extend(chars.next()),
            ('|', _) => items.push(String::new()),
            _ => last.push(c),
        }
    }
    items
}

/// A status by our name or that of other tools; of an empty cell a candidate.
///
/// Source: the values of administrativeStatus and normativeAuthorization of ISO 12620 and
/// TBX-Basic, those of TermWeb and of the model databases of MultiTerm, and what people
/// write.
pub(super) fn status(cell: &str) -> Result<Status, Problem> {
    if let Some(status) = Status::from_name(cell.trim()) {
        return Ok(status);
    }
    let name = crate::text::fold::fold(cell.trim());
    // deprecatedTerm-admn-sts, Not_recommended, preferred term
    let bare: String = name.chars().filter(|c| c.is_alphanumeric()).collect();
    let bare = bare.strip_suffix("admnsts").unwrap_or(&bare);
    let bare = bare.strip_suffix("term").filter(|rest| !rest.is_empty()).unwrap_or(bare);
    if let Some(status) = Status::from_name(bare) {
        return Ok(status);
    }
    STATUSES
        .iter()
        .find(|(_, names)| names.contains(&bare))
        .map(|(status, _)| *status)
        .ok_or_else(|| Problem::Status(cell.trim().to_owned()))
}

/// What others call our statuses, in lower case without marks and blanks.
const STATUSES: [(Status, &[&str]); 5] = [
    (
        Status::Candidate,
        &[
            "",
            "provisional",
            "proposed",
            "new",
            "draft",
            "pending",
            "unverified",
            "unreviewed",
            "toreview",
            "inreview",
            "underreview",
            "review",
            "todo",
            "open",
            "suggested",
            "unapproved",
            "notapproved",
            "unconfirmed",
            "tentative",
            "working",
            "inprogress",
            "workinprogress",
            "nonvalidated",
            "notvalidated",
            "tobechecked",
            "候选",
            "候選",
            "草稿",
            "草案",
            "待定",
            "待审",
            "待審",
            "待审核",
            "待審核",
            "待审批",
            "待确认",
            "待確認",
            "未审核",
            "未審核",
            "未审批",
            "未确认",
            "未確認",
            "审核中",
            "審核中",
            "新建",
            "暂定",
            "暫定",
            "拟定",
            "未批准",
            "未定",
        ],
    ),
    (
        Status::Accepted,
        &[
            "approved",
            "admitted",
            "accepted",
            "ok",
            "valid",
            "validated",
            "verified",
            "confirmed",
            "final",
            "finalized",
            "released",
            "published",
            "active",
            "allowed",
            "permitted",
            "standardized",
            "standard",
            "reviewed",
            "done",
            "yes",
            "current",
            "legal",
            "regulated",
            "alternative",
            "acceptable",
            "used",
            "已确认",
            "已確認",
            "已批准",
            "已审核",
            "已審核",
            "已审批",
            "已審批",
            "已审定",
            "已審定",
            "批准",
            "通过",
            "通過",
            "审核通过",
            "審核通過",
            "已通过",
            "已通過",
            "认可",
            "認可",
            "采用",
            "採用",
            "可用",
            "允许",
            "允許",
            "有效",
            "正式",
            "已发布",
            "已發布",
            "已定",
            "定稿",
            "已完成",
        ],
    ),
    (
        Status::Preferred,
        &[
            "prefer",
            "recommended",
            "首选",
            "首選",
            "推荐",
            "推薦",
            "优先",
            "優先",
            "规范",
            "規範",
            "标准",
            "標準",
        ],
    ),
    (
        Status::Forbidden,
        &[
            "deprecated",
            "superseded",
            "obsolete",
            "nonstandard",
            "nonstandardized",
            "notrecommended",
            "prohibited",
            "banned",
            "disallowed",
            "notallowed",
            "donotuse",
            "dontuse",
            "avoid",
            "inadmissible",
            "notpermitted",
            "retired",
            "outdated",
            "invalid",
            "archived",
            "inactive",
            "withdrawn",
            "negative",
            "blacklisted",
            "unused",
            "禁用",
            "禁止",
            "禁止使用",
            "勿用",
            "不可用",
            "不用",
            "不使用",
            "弃用",
            "棄用",
            "废弃",
            "廢棄",
            "废止",
            "廢止",
            "已废止",
            "已廢止",
            "过时",
            "過時",
            "停用",
            "作废",
            "作廢",
            "不推荐",
            "不推薦",
            "失效",
        ],
    ),
    (
        Status::Rejected,
        &[
            "refused",
            "declined",
            "discarded",
            "dropped",
            "wrong",
            "incorrect",
            "no",
            "error",
            "拒绝",
            "拒絕",
            "已拒绝",
            "已拒絕",
            "否决",
            "否決",
            "驳回",
            "駁回",
            "未通过",
            "未通過",
            "不通过",
            "错误",
            "錯誤",
            "不采用",
            "不採用",
        ],
    ),
];

/// What a mark says: `x`, yes, 是; or no; `None` of other words.
pub(super) fn yes_or_no(cell: &str) -> Option<bool> {
    match cell.trim().to_lowercase().as_str() {
        "yes" | "y" | "true" | "x" | "1" | "√" | "✓" | "✔" | "是" | "forbidden"
        | "禁用" => Some(true),
        "" | "no" | "n" | "false" | "0" | "-" | "否" | "无" | "無" => Some(false),
        _ => None,
    }
}

/// A day as ISO 8601 has it: of `2026/2/1`, `2026.02.01` and `2026年2月1日`, with a time behind it or
/// without. What says no day, or its year last, stays what it is: 1/2/2026 is one of two days.
pub(super) fn day(cell: &str) -> String {
    let mut parts = cell.trim().splitn(3, ['-', '/', '.', '年', '月']);
    let mut number = |most: usize, limit: u32| {
        let part = parts.next()?.trim();
        let digits =
            part.len() - part.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        let is_bare = digits == part.len()
            || most == 2 && part[digits..].starts_with(['日', ' ', 'T']);
        let number = part[..digits].parse::<u32>().ok()?;
        (digits <= most && is_bare && (1..=limit).contains(&number)).then_some(number)
    };
    let day = (|| Some((number(4, 9999)?, number(2, 12)?, number(2, 31)?)))();
    match day {
        Some((year, month, day)) if year > 999 => format!("{year}-{month:02}-{day:02}"),
        _ => cell.to_owned(),
    }
}

/// How several terms stand in one cell.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Splitting {
    /// As this program writes them: with `|` between them, and only in columns of variants.
    #[default]
    Bars,
    /// As people do: `contract price; contract sum`, `a / b`, one below the other, with
    /// remarks in brackets behind.
    ByPeople,
}

impl Splitting {
    /// The terms of a cell of terms, the usual one first, and a remark.
    pub(super) fn terms(self, side: Side, cell: &str) -> (Vec<String>, Option<String>) {
        if self == Splitting::Bars {
            return (vec![cell.to_owned()], None);
        }
        let mut terms: Vec<String> = Vec::new();
        let mut notes: Vec<String> = Vec::new();
        for part in parts(side, cell) {
            let (term, more, note) = without_brackets(side, &part);
            notes.extend(note);
            for term in std::iter::once(term).chain(more) {
                if !term.is_empty() && !terms.contains(&term) {
                    terms.push(term);
                }
            }
        }
        let note = (!notes.is_empty()).then(|| notes.join("; "));
        (terms, note)
    }

    /// The terms of a cell of variants.
    pub(super) fn variants(self, side: Side, cell: &str) -> Vec<String> {
        match self {
            Splitting::Bars => items(cell),
            // In a list of terms a comma stands between two.
            Splitting::ByPeople => {
                let listed = cell.replace(", ", ";").replace(['，', '、'], ";");
                self.terms(side, &listed).0
            }
        }
    }

    /// A term that may be several: where both sides have blanks around a slash, each part may
    /// be a pair of its own, or the slash stands inside.
    pub(super) fn doubt(self, side: Side, pair: &TermPair) -> Option<String> {
        let n_variants = |side| pair.variants.get(side).len();
        let is_even =
            n_variants(Side::Zh) > 0 && n_variants(Side::Zh) == n_variants(Side::En);
        let is_it = self == Splitting::ByPeople && is_even && side == Side::En;
        is_it.then(|| pair.forms(side).collect::<Vec<_>>().join("; "))
    }
}

/// The parts of a cell: at semicolons, line ends, bars, and slashes with blanks around them; in
/// English at the commas of Chinese too, which are in no English term. What stands in brackets is
/// one part.
fn parts(side: Side, cell: &str) -> Vec<String> {
    let chars: Vec<char> = cell.chars().collect();
    let (mut parts, mut depth) = (vec![String::new()], 0_usize);
    for (at, &c) in chars.iter().enumerate() {
        match c {
            '(' | '（' | '[' | '［' | '【' => depth += 1,
            ')' | '）' | ']' | '］' | '】' => depth = depth.saturating_sub(1),
            _ => {}
        }
        let is_blank = |at: Option<usize>| {
            at.and_then(|at| chars.get(at)).is_some_and(|c| c.is_whitespace())
        };
        let is_end = match c {
            ';' | '；' | '|' | '\n' | '\r' | '\u{2028}' => true,
            '，' | '、' => side == Side::En,
            '/' | '／' => is_blank(at.checked_sub(1)) && is_blank(Some(at + 1)),
            _ => false,
        };
        if is_end && depth == 0 {
            parts.push(String::new());
        } else if let Some(last) = parts.last_mut() {
            last.push(c);
        }
    }
    let parts = parts.into_iter().map(|part| {
        let part = without_number(part.trim());
        part.split_whitespace().collect::<Vec<_>>().join(" ")
    });
    parts.filter(|part| !part.is_empty()).collect()
}

/// A part without the number that it was listed by: `1. contract price`, `②合同价格`.
fn without_number(part: &str) -> &str {
    let is_circled = |c: char| ('\u{2460}'..='\u{2473}').contains(&c); // Enclosed Alphanumerics
    if let Some(rest) = part.strip_prefix(is_circled) {
        return rest.trim_start();
    }
    let digits = part.trim_start_matches(|c: char| c.is_ascii_digit());
    if digits.len() == part.len() || part.len() - digits.len() > 2 {
        return part;
    }
    match digits.strip_prefix(['.', ')', '）', '、', '．']) {
        // 3.5 is a number, and so is what has nothing behind it.
        Some(rest) if !rest.starts_with(|c: char| c.is_ascii_digit()) => {
            let rest = rest.trim_start();
            if rest.is_empty() { part } else { rest }
        }
        _ => part,
    }
}

/// A term without the brackets behind it: an abbreviation in them is another term, the rest
/// a remark.
fn without_brackets(side: Side, part: &str) -> (String, Vec<String>, Option<String>) {
    let whole = || (part.to_owned(), Vec::new(), None);
    let Some(inner) = part.strip_suffix([')', '）', ']', '］', '】']) else {
        return whole();
    };
    let Some(open) = inner.rfind(['(', '（', '[', '［', '【']) else { return whole() };
    let term = &inner[..open];
    let inside = inner[open..].trim_start_matches(['(', '（', '[', '［', '【']).trim();
    // party(ies), and brackets inside brackets; wide ones are never parts of an English word.
    let is_wide = inner[open..].starts_with(['（', '［', '【']);
    let is_joined = side == Side::En && !is_wide && !term.ends_with(char::is_whitespace);
    let term = term.trim_end();
    if term.is_empty() || inside.is_empty() || is_joined || inside.contains([')', '）'])
    {
        return whole();
    }
    let is_short = |text: &str| {
        let letters = text.chars().filter(|c| c.is_ascii_uppercase()).count();
        letters >= 2 && !text.contains(' ') && text.chars().count() <= 12
    };
    if is_short(inside) {
        return (term.to_owned(), vec![inside.to_owned()], None);
    }
    for mark in [
        "又称", "又稱", "也称", "也稱", "亦称", "亦稱", "简称", "簡稱", "即", "aka ",
        "a.k.a. ", "also ",
    ] {
        if let Some(name) = inside.strip_prefix(mark) {
            let name = name.trim_start_matches(['：', ':', '“', '"', '「', ' ']);
            let name = name.trim_end_matches(['”', '"', '」', ' ']);
            if !name.is_empty() {
                return (term.to_owned(), vec![name.to_owned()], None);
            }
        }
    }
    (term.to_owned(), Vec::new(), Some(inside.to_owned()))
}

/// A remark more.
pub(super) fn add_note(note: &mut String, more: &str) {
    if !note.is_empty() {
        note.push_str("; ");
    }
    note.push_str(more);
}

/// What a remark of ours says: `candidate, 0.90, article 1` of what was mined, and of a
/// termbase `preferred; subject: ports; note: of ships`.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Remark<'a> {
    pub(super) status: Option<Status>,
    pub(super) subject: &'a str,
    pub(super) definition: Pair<&'a str>,
    /// What is left; the whole text where it is none of ours.
    pub(super) note: &'a str,
}

impl<'a> Remark<'a> {
    pub(super) fn of(text: &'a str) -> Self {
        let bare =
            text.strip_prefix("variant, ").or_else(|| text.strip_prefix("variant; "));
        let bare = bare.unwrap_or(text);
        let (first, mut rest) = match bare.split_once("; ") {
            Some((first, rest)) => (first, Some(rest)),
            None => (bare, None),
        };
        let status = Status::from_name(first.split(',').next().unwrap_or_default());
        let Some(status) = status else { return Self { note: text, ..Self::default() } };
        let mut remark = Self { status: Some(status), ..Self::default() };
        if rest.is_none() && first.contains(',') {
            remark.note = text;
            return remark;
        }
        while let Some(text) = rest {
            if let Some(note) = text.strip_prefix("note: ") {
                remark.note = note;
                break;
            }
            let Some((name, text)) = text.split_once(": ") else { break };
            let next = ["; definition: ", "; 定义: ", "; note: "];
            let end = next.iter().filter_map(|mark| text.find(mark)).min();
            let value = &text[..end.unwrap_or(text.len())];
            match name {
                "subject" => remark.subject = value,
                "definition" => remark.definition.en = value,
                "定义" => remark.definition.zh = value,
                _ => break,
            }
            rest = end.map(|end| &text[end + 2..]);
        }
        remark
    }
}

pub(super) fn evidence(cell: &str) -> Vec<TermEvidence> {
    cell.split('|').filter_map(|name| TermEvidence::from_name(name.trim())).collect()
}

pub(super) fn part_of_speech(cell: &str) -> PartOfSpeech {
    let name = cell.trim().trim_end_matches('.').to_lowercase();
    PartOfSpeech::from_name(&name).unwrap_or(match name.as_str() {
        "" | "propernoun" | "proper noun" | "n" | "nn" | "noun phrase" | "名词"
        | "名詞" => PartOfSpeech::Noun,
        "v" | "vt" | "vi" | "动词" | "動詞" => PartOfSpeech::Verb,
        "adj" | "a" | "形容词" | "形容詞" => PartOfSpeech::Adjective,
        _ => PartOfSpeech::Other,
    })
}

pub(super) fn count(cell: &str) -> Result<usize, Problem> {
    let number = number(cell)?;
    if number < 0.0 || number.fract() > 0.0 {
        return Err(Problem::Number(cell.trim().to_owned()));
    }
    Ok(number as usize)
}

/// A number; of an empty cell 0. A spreadsheet may write a comma for the point.
pub(super) fn number(cell: &str) -> Result<f64, Problem> {
    let text = cell.trim();
    if text.is_empty() {
        return Ok(0.0);
    }
    let number = text.parse().or_else(|_| text.replace(',', ".").parse());
    match number {
        Ok(number) if f64::is_finite(number) => Ok(number),
        _ => Err(Problem::Number(text.to_owned())),
    }
}

/// The pair of a row with nothing but its terms.
pub(super) fn bare(term: Pair<String>, status: Status) -> TermPair {
    TermPair { term, status, ..TermPair::default() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_come_apart_where_they_were_joined() {
        assert_eq!(items("a\\|b|c\\\\"), ["a|b", "c\\"]);
        assert_eq!(items("a||"), ["a", "", ""]);
        assert!(items("").is_empty());
    }

    #[test]
    fn statuses_are_known_in_the_words_of_many_tools() {
        let of = |word: &str| status(word).ok();
        for word in ["preferredTerm-admn-sts", "Preferred", "推荐", "preferred term"] {
            assert_eq!(of(word), Some(Status::Preferred), "{word}");
        }
        for word in [
            "forbidden",
            "obsolete",
            "notRecommended",
            "deprecatedTerm-admn-sts",
            "Not recommended",
            "supersededTerm",
            "禁用",
            "Do not use",
            "nonstandardizedTerm",
            "non-standard",
        ] {
            assert!(of(word) == Some(Status::Forbidden), "{word}");
        }
        for word in ["admittedTerm-admn-sts", "已批准", "Approved", "standardizedTerm"]
        {
            assert_eq!(of(word), Some(Status::Accepted), "{word}");
        }
        for word in ["Draft", "待审核", "", "proposedTerm", "not approved"] {
            assert_eq!(of(word), Some(Status::Candidate), "{word}");
        }
        assert_eq!(of("maybe"), None);
    }

    #[test]
    fn days_are_read_as_people_write_them() {
        for cell in
            ["2026-02-01", "2026/2/1", "2026.02.1", "2026年2月1日", "2026-02-01 10:11:12"]
        {
            assert_eq!(day(cell), "2026-02-01", "{cell}");
        }
        for cell in ["", "1/2/2026", "2026", "2026-13-01", "spring", "2026年", "二月"]
        {
            assert_eq!(day(cell), cell);
        }
    }

    #[test]
    fn several_terms_of_a_cell_come_apart_and_remarks_go_into_the_note() {
        let terms = |side, cell| Splitting::ByPeople.terms(side, cell);
        let of = |side, cell| terms(side, cell).0;
        assert_eq!(of(Side::En, "lease rent; rental"), ["lease rent", "rental"]);
        assert_eq!(of(Side::En, "jetty / landing stage"), ["jetty", "landing stage"]);
        assert_eq!(of(Side::Zh, "码头\n栈桥"), ["码头", "栈桥"]);
        assert_eq!(of(Side::En, "1. jetty；2) pier"), ["jetty", "pier"]);
        assert_eq!(of(Side::En, "and/or"), ["and/or"]);
        assert_eq!(of(Side::En, "party(ies)"), ["party(ies)"]);
        assert_eq!(of(Side::En, "gross tonnage (GT)"), ["gross tonnage", "GT"]);
        let noted = terms(Side::Zh, "泊位（内河）");
        assert_eq!(noted, (vec!["泊位".to_owned()], Some("内河".to_owned())));
        assert_eq!(of(Side::Zh, "引航员（又称领港）"), ["引航员", "领港"]);
    }
}
