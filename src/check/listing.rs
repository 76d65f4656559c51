//! Lists of names inside a sentence that are one or more names short.
//!
//! Each language sorts such a list by its own alphabet, so the items are paired by what the
//! lexicon says of them, wherever they stand: 德国 is missing from *France and Italy*. Told is
//! only what is certain: every name of the shorter list has its fellow in the longer one.

use super::finding::{Finding, FindingKind, Severity};
use super::unit::{DOUBTFUL, Unit};
use crate::lexicon::{LemmaId, Seed};
use crate::text::Span;
use crate::types::{Pair, Side, Token, TokenKind};

/// Fewest names of a list that are told from a sentence with a name or two.
const LEAST: usize = 3;
/// Most words of an item; what is longer is a clause.
const LONGEST: usize = 6;

/// Adds what is found in all units.
pub(super) fn find(units: &[Unit<'_>], seed: &Seed, findings: &mut Vec<Finding>) {
    for unit in units.iter().filter(|unit| !unit.is_single() && unit.score >= DOUBTFUL) {
        let lists = unit
            .tokens
            .as_ref()
            .map_sides(|side, tokens| lists(side, unit.text.get(side), tokens));
        // Which list of several belongs to which is a guess that nobody asked for.
        let ([zh], [en]) = (&lists.zh[..], &lists.en[..]) else { continue };
        let lists = Pair::new(zh, en);
        let side = match zh.len().cmp(&en.len()) {
            std::cmp::Ordering::Less => Side::En,
            std::cmp::Ordering::Greater => Side::Zh,
            std::cmp::Ordering::Equal => continue,
        };
        let missing = missing(lists, side, seed);
        if !missing.is_empty() {
            findings.push(finding(unit, side, missing));
        }
    }
}

/// The words of an item of a list, in order.
type Item<'a> = Vec<&'a Token>;

fn span(item: &Item<'_>) -> Span {
    let start = item.first().map_or(0, |token| token.span.start);
    Span::new(start, item.last().map_or(start, |token| token.span.end))
}

/// The lists of names of a text: items of a few words each between commas, the last behind
/// *and*.
fn lists<'a>(side: Side, text: &str, tokens: &'a [Token]) -> Vec<Vec<Item<'a>>> {
    let mut lists: Vec<Vec<Item<'a>>> = Vec::new();
    let (mut items, mut words): (Vec<Item<'a>>, Item<'a>) = (Vec::new(), Vec::new());
    for token in tokens.iter().filter(|token| token.kind != TokenKind::Extra) {
        let parts = parts_items(side, token.span.of(text));
        if !parts && token.kind != TokenKind::Mark {
            words.push(token);
            continue;
        }
        let goes_on = take(side, &mut items, std::mem::take(&mut words));
        if !parts || !goes_on {
            lists.push(std::mem::take(&mut items));
        }
    }
    take(side, &mut items, words);
    lists.push(items);
    lists.retain(|items| items.len() >= LEAST);
    lists
}

/// Adds the item of these words to a list. May another follow?
fn take<'a>(side: Side, items: &mut Vec<Item<'a>>, words: Item<'a>) -> bool {
    // A comma and the *and* behind it part two items once.
    if words.is_empty() {
        return true;
    }
    match side {
        Side::Zh => take_chinese(items, words),
        Side::En => take_english(items, &words),
    }
}

fn take_chinese<'a>(items: &mut Vec<Item<'a>>, mut words: Item<'a>) -> bool {
    let is_short = words.len() <= LONGEST;
    // What comes before the first name, and goes on behind the last, is no part of it.
    match items.is_empty() {
        true => drop(words.drain(..words.len().saturating_sub(LONGEST))),
        false => words.truncate(LONGEST),
    }
    let is_first = items.is_empty();
    items.push(words);
    is_first || is_short
}

fn take_english<'a>(items: &mut Vec<Item<'a>>, words: &Item<'a>) -> bool {
    let is_name = |token: &&Token| token.is_capital && token.kind == TokenKind::Word;
    let Some(from) = words.iter().position(is_name) else {
        items.clear();
        return true;
    };
    let is_of_name = |word: &&&Token| is_name(*word) || word.is_stop;
    let len = words[from..].iter().take_while(is_of_name).count();
    let to =
        from + words[from..from + len].iter().rposition(is_name).map_or(0, |n| n + 1);
    // Words before a name, but for an article, are those of a clause that it closes.
    if words[..from].iter().any(|word| !word.is_stop) {
        items.clear();
    }
    items.push(words[from..to].to_vec());
    to == words.len()
}

/// Does a list go on behind this?
fn parts_items(side: Side, word: &str) -> bool {
    match side {
        Side::Zh => matches!(word, "、" | "和" | "及" | "以及" | "与" | "與"),
        Side::En => matches!(word, "," | "and"),
    }
}

/// The items of the longer list without a fellow, if the shorter one has none without.
fn missing<'a>(lists: Pair<&Vec<Item<'a>>>, longer: Side, seed: &Seed) -> Vec<Item<'a>> {
    let glosses: Vec<Vec<LemmaId>> =
        lists.zh.iter().map(|item| glosses(item, seed)).collect();
    let lemmas: Vec<Vec<LemmaId>> = lists
        .en
        .iter()
        .map(|item| item.iter().filter_map(|word| seed.lemma(&word.form)).collect())
        .collect();
    let is_fellow =
        |zh: usize, en: usize| lemmas[en].iter().any(|lemma| glosses[zh].contains(lemma));
    let (zhs, ens) = (0..glosses.len(), 0..lemmas.len());
    let has_fellow: Pair<Vec<bool>> = Pair::new(
        zhs.clone().map(|zh| ens.clone().any(|en| is_fellow(zh, en))).collect(),
        ens.clone().map(|en| zhs.clone().any(|zh| is_fellow(zh, en))).collect(),
    );
    let shorter = longer.other();
    let lack = lists.get(longer).len() - lists.get(shorter).len();
    let alone: Vec<Item<'_>> = lists
        .get(longer)
        .iter()
        .zip(has_fellow.get(longer))
        .filter(|(_, has_fellow)| !**has_fellow)
        .map(|(item, _)| item.clone())
        .collect();
    let is_certain =
        has_fellow.get(shorter).iter().all(|has| *has) && alone.len() == lack;
    if is_certain { alone } else { Vec::new() }
}

/// The English words of all glosses of the words of an item.
fn glosses(item: &Item<'_>, seed: &Seed) -> Vec<LemmaId> {
    let words = item.iter().filter(|token| !token.is_stop);
    let known = words.filter_map(|token| seed.word(&token.form));
    known.flat_map(|word| seed.glosses(word.id).flatten().copied()).collect()
}

fn finding(unit: &Unit<'_>, side: Side, missing: Vec<Item<'_>>) -> Finding {
    let text = unit.text.get(side);
    let spans: Vec<Span> = missing.iter().map(span).collect();
    let names: Vec<&str> = spans.iter().map(|span| span.of(text)).collect();
    let shorter = match side {
        Side::Zh => "English",
        Side::En => "Chinese",
    };
    let number = match names.len() {
        1 => "one name",
        2 => "two names",
        _ => "several names",
    };
    let message = format!(
        "a list of names is {number} shorter in the {shorter}, which lacks {}",
        names.join(", ")
    );
    let mut marks: Pair<Vec<Span>> = Pair::default();
    *marks.get_mut(side) = spans;
    let severity = unit.at_most(Severity::Warning);
    unit.finding(FindingKind::Omission, severity, message, marks)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tokenize::tokenize;

    fn missing_in(zh: &str, en: &str) -> Vec<String> {
        let seed = Seed::shipped();
        let text = Pair::new(zh, en);
        let tokens = text.map_sides(|side, text| tokenize(side, text, seed));
        let lists =
            tokens.as_ref().map_sides(|side, tokens| lists(side, text.get(side), tokens));
        let ([zh], [en]) = (&lists.zh[..], &lists.en[..]) else { return Vec::new() };
        let longer = if zh.len() > en.len() { Side::Zh } else { Side::En };
        if zh.len() == en.len() {
            return Vec::new();
        }
        let items = missing(Pair::new(zh, en), longer, seed);
        items.iter().map(|item| span(item).of(text.get(longer)).to_owned()).collect()
    }

    #[test]
    fn the_state_that_the_english_list_lacks_is_named() {
        let zh = "出席会议的有：挪威、西班牙、葡萄牙、荷兰和冰岛。";
        let en = "Present were Iceland, Norway, Portugal and Spain.";
        assert_eq!(missing_in(zh, en), ["荷兰"]);
    }

    #[test]
    fn the_state_that_the_chinese_list_lacks_is_named() {
        let zh = "出席会议的有：挪威、葡萄牙、荷兰和冰岛。";
        let en = "Present were Iceland, the Netherlands, Norway, Portugal and Spain.";
        assert_eq!(missing_in(zh, en), ["Spain"]);
    }

    #[test]
    fn a_list_with_all_names_in_another_order_lacks_none() {
        let zh = "出席会议的有：挪威、西班牙、葡萄牙和冰岛。";
        let en = "Present were Iceland, Norway, Portugal and Spain.";
        assert!(missing_in(zh, en).is_empty());
    }

    #[test]
    fn of_names_that_the_lexicon_lacks_nothing_is_told() {
        let zh = "出席会议的有：莫多维、卡拉本、西斯特、波伦塔和诺瓦。";
        let en = "Present were Bolenta, Carabun, Modowy and Sistre.";
        assert!(missing_in(zh, en).is_empty());
    }

    #[test]
    fn what_stands_around_a_list_is_no_name_of_it() {
        let zh = "目前，本服务可以在挪威、西班牙、葡萄牙和冰岛使用，以后还会增加。";
        let en = "Currently, the service can be used in Iceland, Norway, Portugal and \
                  Spain, and more will be added.";
        assert!(missing_in(zh, en).is_empty());
    }

    #[test]
    fn words_that_are_no_names_make_no_list() {
        let zh = "应当妥善保管绳索、木箱、铁桶和船桨。";
        let en = "Ropes, boxes and barrels shall be kept well.";
        assert!(missing_in(zh, en).is_empty());
    }
}
