//! Sessions, congresses and what else is told apart by its number: 第六十四届, sixty-fourth
//! session, 二十一世纪, Category 2.
//!
//! First to third are everyday words; they count only before a noun of this kind.

use super::scan::Page;
use crate::types::{Mention, MentionKind, Side};

pub(super) fn read(page: &Page, at: usize, found: &mut Vec<Mention>) -> Option<usize> {
    let (value, end) = match page.side {
        Side::Zh => zh(page, at),
        Side::En => en(page, at),
    }?;
    if let Some(value) = value {
        found.push(page.mention(MentionKind::Ordinal, value.to_string(), at, end));
    }
    Some(end)
}

/// Chinese nouns that are told apart by number, also by a low one.
const ZH_NOUNS: &[&str] = &[
    "届",
    "屆",
    "次会",
    "次會",
    "次全",
    "次常",
    "次缔",
    "次締",
    "委员",
    "委員",
    "世纪",
    "世紀",
    "期",
    "级",
    "級",
    "类",
    "類",
    "阶段",
    "階段",
    "版",
    "季度",
    "季",
    "方",
    "人",
    "者",
    "代",
    "号",
    "號",
    "师",
    "師",
    "军",
    "軍",
    "修正",
    "议定",
    "議定",
    "周年",
    "週年",
    "共和国",
    "共和國",
    "国际",
    "國際",
    "学期",
    "學期",
];

fn zh(page: &Page, at: usize) -> Option<(Option<u32>, usize)> {
    let Some(start) = page.eat(at, "第") else {
        // 二十一世纪, 六十周年: ordinals without 第.
        let (number, end) = page.number(at)?;
        let end = page.eat_any(page.skip(end), &["世纪", "世紀", "周年", "週年"])?;
        return Some((Some(number.to_u32()?), end));
    };
    let (number, end) = page.number(page.skip(start))?;
    let number = number.to_u32()?;
    let noun = page.skip(end);
    let named = page.eat_any(noun, ZH_NOUNS);
    let value = (number > 3 || named.is_some() && number > 0).then_some(number);
    // 第五天, 第四，: only numbers of some size are worth a mention without a noun.
    let value = value.filter(|&n| named.is_some() || n > 10);
    let end = page.eat(noun, "届屆").unwrap_or(end);
    Some((value, end))
}

/// English nouns behind an ordinal.
const EN_NOUNS: &[&str] = &[
    "session",
    "sessions",
    "congress",
    "conference",
    "committee",
    "meeting",
    "meetings",
    "century",
    "centuries",
    "party",
    "parties",
    "person",
    "persons",
    "anniversary",
    "edition",
    "generation",
    "phase",
    "stage",
    "grade",
    "class",
    "category",
    "degree",
    "quarter",
    "assembly",
    "plenary",
    "plenum",
    "periodic",
    "regular",
    "special",
    "annual",
    "amendment",
    "protocol",
    "international",
    "republic",
    "army",
    "division",
    "world",
    "united",
    "term",
    "level",
    "schedule",
    "summit",
    "round",
    "review",
    "biennial",
    "supplement",
    "ordinary",
    "five",
    "national",
];

/// English nouns before a number.
const EN_LEADERS: &[&str] =
    &["category", "grade", "class", "phase", "stage", "level", "type"];

fn en(page: &Page, at: usize) -> Option<(Option<u32>, usize)> {
    if let Some(end) = page.eat_words(at, EN_LEADERS) {
        let start = page.skip(end);
        let (number, end) = page
            .number(start)
            .and_then(|(n, end)| Some((n.to_u32()?, end)))
            .or_else(|| page.roman(start))
            .filter(|&(n, _)| start > at && (1..100).contains(&n))?;
        return Some((Some(number), end));
    }
    let (number, end) = page.ordinal(at)?;
    let next = page.skip(page.eat(end, "-").unwrap_or(end));
    let noun = page.word(next).to_ascii_lowercase();
    let named = EN_NOUNS.contains(&noun.as_str());
    let value = (number > 10 || named).then_some(number);
    Some((value, end))
}
