//! Sessions, congresses and what else is told apart by its number: 第六十四届, sixty-fourth
//! session, 二十一世纪, Category 2.
//!
//! First to third are everyday words; they count only before a noun of this kind.

use super::opener::begins_number;
use crate::numbering::{MAX_LIST, Scan};
use crate::types::{Mention, MentionKind, Side};

pub(super) fn opens(side: Side, c: char) -> bool {
    begins_number(side, c)
        || match side {
            Side::Zh => c == '第',
            // Category, grade, level, phase.
            Side::En => "cglp".contains(c.to_ascii_lowercase()),
        }
}

pub(super) fn read(scan: &Scan, at: usize, found: &mut Vec<Mention>) -> Option<usize> {
    match scan.side {
        Side::Zh => {
            zh_list(scan, at, found).or_else(|| take(scan, at, zh(scan, at)?, found))
        }
        Side::En => {
            en_list(scan, at, found).or_else(|| take(scan, at, en(scan, at)?, found))
        }
    }
}

/// Adds the ordinal, if it has a value to compare.
fn take(
    scan: &Scan,
    at: usize,
    (value, end): (Option<u32>, usize),
    found: &mut Vec<Mention>,
) -> Option<usize> {
    if let Some(value) = value {
        found.push(scan.mention(MentionKind::Ordinal, value.to_string(), at, end));
    }
    Some(end)
}

/// Adds the ordinals of a list; the first reaches back to `at`.
fn take_all(
    scan: &Scan,
    at: usize,
    numbers: &[(u32, usize, usize)],
    found: &mut Vec<Mention>,
) {
    for (k, &(number, from, to)) in numbers.iter().enumerate() {
        let from = if k == 0 { at } else { from };
        found.push(scan.mention(MentionKind::Ordinal, number.to_string(), from, to));
    }
}

/// 第一、二級: numbers before one noun.
fn zh_list(scan: &Scan, at: usize, found: &mut Vec<Mention>) -> Option<usize> {
    let mut next = scan.skip(scan.eat(at, "第")?);
    let mut numbers = Vec::new();
    while numbers.len() < MAX_LIST {
        let (number, end) = scan.number(next)?;
        numbers.push((number.to_u32()?, next, end));
        let noun = scan.skip(end);
        if scan.eat_any(noun, ZH_NOUNS).is_some() {
            break;
        }
        next = scan.skip(scan.eat(noun, "、和及与與或至")?);
    }
    let &(_, _, end) = numbers.last()?;
    let is_list = numbers.len() > 1 && scan.eat_any(scan.skip(end), ZH_NOUNS).is_some();
    is_list.then(|| take_all(scan, at, &numbers, found))?;
    Some(end)
}

/// Chinese nouns that are told apart by number, also by a low one.
#[rustfmt::skip]
const ZH_NOUNS: &[&str] = &[
    "届", "屆", "次会", "次會", "次世界", "次全", "次常", "次缔", "次締", "委员", "委員", "世纪", "世紀", "期", "级",
    "級", "类", "類", "阶段", "階段", "版", "季度", "季", "代", "号", "號", "师", "師", "军", "軍",
    "修正", "议定", "議定", "周年", "週年", "共和国", "共和國", "国际", "國際", "学期", "學期",
];

fn zh(scan: &Scan, at: usize) -> Option<(Option<u32>, usize)> {
    let Some(start) = scan.eat(at, "第") else {
        // 二十一世纪, 六十周年: ordinals without 第.
        let (number, end) = scan.number(at)?;
        let noun = scan.skip(end);
        let number = number.to_u32()?;
        let end = scan
            .eat_any(noun, &["世纪", "世紀", "周年", "週年", "中全会", "中全會"])
            .or_else(|| party_congress(scan, number, noun))?;
        return Some((Some(number), end));
    };
    let (number, end) = scan.number(scan.skip(start))?;
    let number = number.to_u32()?;
    let noun = scan.skip(end);
    let named = scan.eat_any(noun, ZH_NOUNS);
    let value = (number > 3 || named.is_some() && number > 0).then_some(number);
    // 第五天, 第四，: only numbers of some size are worth a mention without a noun.
    let value = value.filter(|&n| named.is_some() || n > 10);
    let end = scan.eat(noun, "届屆").unwrap_or(end);
    Some((value, end))
}

/// 十八大, 十八届三中全会: the congress and its committee by their number alone.
fn party_congress(scan: &Scan, number: u32, at: usize) -> Option<usize> {
    let end = scan.eat(at, "届屆大")?;
    // 十二大类, 十五大问题: twelve big ones.
    let counts = scan.text[at..].starts_with('大')
        && scan.text[end..].starts_with([
            '类', '類', '问', '問', '重', '项', '項', '国', '國', '家', '点', '點',
        ]);
    ((11..100).contains(&number) && !counts).then_some(end)
}

/// English nouns behind an ordinal.
#[rustfmt::skip]
const EN_NOUNS: &[&str] = &[
    "session", "sessions", "congress", "conference", "committee", "meeting",
    "meetings", "century", "centuries", "anniversary", "edition", "generation",
    "phase", "stage", "grade", "class", "category", "quarter", "assembly", "plenary",
    "plenum", "periodic", "regular", "special", "annual", "amendment", "protocol",
    "international", "republic", "army", "division", "world", "united", "term",
    "level", "schedule", "summit", "round", "review", "biennial", "supplement",
    "ordinary", "five", "national",
];

/// English nouns before a number.
const EN_LEADERS: &[&str] =
    &["category", "grade", "class", "phase", "stage", "level", "type"];

/// The same in the plural.
const EN_PLURALS: &[&str] =
    &["categories", "grades", "classes", "phases", "stages", "levels", "types"];

/// `Category 2`, `Grades 1, 2 and 4`.
fn en_list(scan: &Scan, at: usize, found: &mut Vec<Mention>) -> Option<usize> {
    let word = scan.word(at);
    let singular = EN_LEADERS.iter().any(|leader| word.eq_ignore_ascii_case(leader));
    if !singular && !EN_PLURALS.iter().any(|leader| word.eq_ignore_ascii_case(leader)) {
        return None;
    }
    let mut next = scan.skip(at + word.len());
    let mut numbers = Vec::new();
    while numbers.len() < MAX_LIST && next > at + word.len() {
        let number = scan
            .number(next)
            .and_then(|(n, end)| Some((n.to_u32()?, end)))
            .or_else(|| scan.roman(next));
        let Some((number, end)) = number.filter(|&(n, _)| (1..100).contains(&n)) else {
            break;
        };
        numbers.push((number, next, end));
        let comma = scan.skip(scan.eat(end, ",").unwrap_or(end));
        let joint = scan.eat_words(comma, &["and", "or", "to"]).unwrap_or(comma);
        next = scan.skip(joint);
        if next == scan.skip(end) {
            break;
        }
    }
    let &(_, _, end) = numbers.last()?;
    take_all(scan, at, &numbers, found);
    Some(end)
}

fn en(scan: &Scan, at: usize) -> Option<(Option<u32>, usize)> {
    let (number, end) = scan.ordinal(at)?;
    let next = scan.skip(scan.eat(end, "-").unwrap_or(end));
    let noun = scan.word(next).to_ascii_lowercase();
    let named = EN_NOUNS.contains(&noun.as_str());
    let value = (number > 10 || named).then_some(number);
    Some((value, end))
}
