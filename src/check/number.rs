//! Numbers, dates, sums and references that one side lacks.
//!
//! ```text
//! 2011 年 12 月 19 日第 66/177 号决议      date 2011-12-19, resolution 66/177
//! resolution 66/171 of 19 December 2011    date 2011-12-19, resolution 66/171
//!                                          ▶ 66/177 against 66/171
//! ```
//!
//! What both sides mention by the same value is right. What is left is looked for by its
//! parts among all that the other side has for a number, in digits or in words, as a quantity
//! may be a part of a date there; only what is not found in that way either is told. What is
//! left in one bead and left on the other side of the next one was cut wrongly, and not lost.

use std::collections::BTreeSet;

use rustc_hash::FxHashSet;

use super::fact::{Fact, Value};
use super::finding::{Finding, FindingKind, Fix, Severity};
use super::material::Material;
use super::unit::{DOUBTFUL, SURE, Unit, numbers};
use crate::text::Span;
use crate::text::number::{
    Form, Number, arabic_at, chinese_about_at, chinese_at, digit, english_at, is_numeral,
    numerals_len,
};
use crate::types::{Mention, MentionKind, Pair, Side, Token};

/// A mention that the other side lacks.
struct Lack<'a> {
    mention: &'a Mention,
    /// Could no part of it be found either?
    is_lost: bool,
}

/// What must speak for a bead, in nats, before something is missed in it.
const LEAST_SUPPORT: f64 = 3.0;

/// Two texts of which more than so many numbers differ are no translations of each other.
const MOST_LACKS: usize = 200;

/// Adds what is found in all units.
pub(super) fn find(_: &Material<'_>, units: &[Unit<'_>], findings: &mut Vec<Finding>) {
    let mut lacks: Vec<Pair<Vec<Lack<'_>>>> = units.iter().map(lacks_of).collect();
    settle_neighbours(units, &mut lacks);
    for (unit, lacks) in units.iter().zip(&lacks) {
        let n_lacks = lacks.zh.len() + lacks.en.len();
        if !unit.is_single() && unit.score >= DOUBTFUL && n_lacks <= MOST_LACKS {
            report(unit, lacks, findings);
            small(unit, findings);
            said_twice(unit, findings);
        }
    }
}

/// What a bead mentions on one side only.
fn lacks_of<'a>(unit: &'a Unit<'_>) -> Pair<Vec<Lack<'a>>> {
    let pools = unit.tokens.as_ref().map_sides(|side, tokens| {
        let mut pool: FxHashSet<String> = FxHashSet::default();
        for mention in unit.mentions.get(side) {
            pool.extend(parts(mention));
        }
        pool.extend(numbers(tokens).map(|(value, _)| value.to_owned()));
        pool.extend(digit_runs(unit.text.get(side)));
        pool.extend(said(side, unit.text.get(side)).map(str::to_owned));
        if side == Side::Zh {
            pool.extend(said_about(&unit.text.zh));
        }
        pool.extend(
            unit.mentions.get(side).iter().flat_map(|m| said_else(unit, side, m)),
        );
        if side == Side::En {
            pool.extend(english_counts(unit.text.get(side), tokens));
        }
        pool
    });
    Pair::new(Side::Zh, Side::En).map(|side| {
        let values: FxHashSet<&str> = unit
            .mentions
            .get(side.other())
            .iter()
            .map(|mention| mention.value.as_str())
            .collect();
        let pool = pools.get(side.other());
        let lacks = unit.mentions.get(side).iter();
        let mut lacks: Vec<Lack<'_>> = lacks
            .filter(|mention| is_number(mention.kind))
            .filter(|mention| !values.contains(mention.value.as_str()))
            .map(|mention| {
                let is_lost = parts(mention).iter().any(|part| !pool.contains(part))
                    && said_else(unit, side, mention).is_none_or(|v| !pool.contains(&v));
                Lack { mention, is_lost }
            })
            .collect();
        if lacks.len() <= MOST_LACKS {
            let (text, other) = (unit.text.get(side), unit.text.get(side.other()));
            lacks.retain(|lack| !stands_in(other, lack.mention.span.of(text)));
        }
        lacks
    })
}

/// Takes out what a neighbouring bead lacks on the other side.
fn settle_neighbours(units: &[Unit<'_>], lacks: &mut [Pair<Vec<Lack<'_>>>]) {
    for here in 0..lacks.len().saturating_sub(1) {
        for there in here + 1..(here + 3).min(lacks.len()) {
            // A sure bead keeps what is its own, unless what is next to it stands alone.
            let is_open = |n: usize| units[n].is_single() || units[n].score < SURE_CUT;
            if !is_open(here) && !is_open(there) {
                continue;
            }
            for side in Side::BOTH {
                let values = |lacks: &[Lack<'_>]| -> BTreeSet<String> {
                    lacks.iter().map(|lack| lack.mention.value.clone()).collect()
                };
                let both: BTreeSet<String> = values(lacks[here].get(side))
                    .intersection(&values(lacks[there].get(side.other())))
                    .cloned()
                    .collect();
                let keep = |lack: &Lack<'_>| !both.contains(&lack.mention.value);
                lacks[here].get_mut(side).retain(keep);
                lacks[there].get_mut(side.other()).retain(keep);
            }
        }
    }
}

/// From this score on, a bead is taken to be cut in the right places.
const SURE_CUT: f64 = 0.95;

fn report(unit: &Unit<'_>, lacks: &Pair<Vec<Lack<'_>>>, findings: &mut Vec<Finding>) {
    let values = unit.mentions.as_ref().map(|mentions| {
        let values = mentions.iter().map(|mention| match mention.kind {
            MentionKind::Date => year(mention),
            _ => mention.value.as_str(),
        });
        values.collect::<FxHashSet<&str>>()
    });
    let is_told = |side: Side, lack: &Lack<'_>| {
        lack.is_lost
            && unit.score >= SURE
            && unit.support >= LEAST_SUPPORT
            && !is_free(unit, side, lack.mention)
    };
    let mut en: Vec<&Lack<'_>> = lacks.en.iter().collect();
    let mut seen = BTreeSet::new();
    for zh in &lacks.zh {
        let partner = (0..en.len())
            .filter(|&at| is_instead(zh, en[at], &values) && !is_vague(unit, zh.mention))
            .max_by_key(|&at| (n_shared(zh.mention, en[at].mention), usize::MAX - at));
        if let Some(partner) = partner.map(|at| en.remove(at)) {
            if seen.insert((zh.mention.value.clone(), partner.mention.value.clone())) {
                findings.push(instead(unit, zh.mention, partner.mention));
            }
        } else if is_told(Side::Zh, zh)
            && seen.insert((zh.mention.value.clone(), String::new()))
        {
            findings.push(lost(unit, Side::Zh, zh.mention));
        }
    }
    for en in en {
        if is_told(Side::En, en) && seen.insert((String::new(), en.mention.value.clone()))
        {
            findings.push(lost(unit, Side::En, en.mention));
        }
    }
}

/// Does the one stand where the other should?
fn is_instead(zh: &Lack<'_>, en: &Lack<'_>, values: &Pair<FxHashSet<&str>>) -> bool {
    use MentionKind::{Date, Provision, Quantity, Year};
    let (a, b) = (zh.mention, en.mention);
    let is_same_kind = match (a.kind, b.kind) {
        // A date of which the other side has the year is said less fully there.
        (Date, Year) => !values.en.contains(year(a)) && !values.zh.contains(year(b)),
        (Year, Date) => !values.zh.contains(year(b)) && !values.en.contains(year(a)),
        (a, b) => a == b,
    };
    let (parts_a, parts_b) = (parts(a), parts(b));
    // A part of the other is said less fully, not otherwise.
    let is_part = match a.kind {
        Provision => {
            parts_a.iter().all(|part| parts_b.contains(part))
                || parts_b.iter().all(|part| parts_a.contains(part))
        }
        Quantity => false,
        _ => a.value.contains(&b.value) || b.value.contains(&a.value),
    };
    let is_lost = match a.kind {
        Quantity => zh.is_lost && en.is_lost,
        _ => zh.is_lost || en.is_lost,
    };
    is_same_kind && is_lost && !is_part
}

/// The year of a date.
fn year(mention: &Mention) -> &str {
    mention.value.get(..4).unwrap_or(&mention.value)
}

/// How much two values have in common.
fn n_shared(a: &Mention, b: &Mention) -> usize {
    let b = parts(b);
    parts(a).iter().filter(|part| b.contains(part)).count()
}

/// May a translator leave the mention out, or say it without a number?
fn is_free(unit: &Unit<'_>, side: Side, mention: &Mention) -> bool {
    let (text, other) = (unit.text.get(side), unit.text.get(side.other()));
    let after = &text[mention.span.end..];
    let written = mention.span.of(text);
    match mention.kind {
        // 前條, the preceding article: named by its place there.
        MentionKind::Provision => points_back(side.other(), other),
        MentionKind::Quantity if side == Side::Zh => {
            // 四十多, 一九六几, 十七八: about so many.
            let is_vague = after
                .trim_start()
                .starts_with(|c: char| "多余餘几幾来".contains(c) || is_numeral(c))
                || text[..mention.span.start].ends_with(is_numeral);
            // 一千, 一万, 百里挑一: round numbers in characters are figures of speech.
            let is_round =
                mention.value.trim_start_matches('1').trim_matches('0').is_empty();
            let in_characters = !written.chars().any(|c| c.is_ascii_digit());
            is_vague || is_round && in_characters
        }
        MentionKind::Quantity => {
            let is_vague = |(at, c): (usize, char)| {
                "多余餘几幾数數上近".contains(c)
                    && other[at + c.len_utf8()..]
                        .starts_with(['万', '萬', '亿', '億', '百', '千', '十'])
            };
            other.char_indices().any(is_vague)
        }
        _ => false,
    }
}

/// Is it a Chinese quantity that means about so many?
fn is_vague(unit: &Unit<'_>, zh: &Mention) -> bool {
    zh.kind == MentionKind::Quantity && is_free(unit, Side::Zh, zh)
}

/// Does the text name a provision by where it stands?
fn points_back(side: Side, text: &str) -> bool {
    #[rustfmt::skip]
    const ZH: &[&str] = &[
        "前条", "前條", "前项", "前項", "前款", "前段", "前二", "前三", "前两", "前兩", "同条",
        "同條", "同项", "同項", "该条", "該條", "本条", "本條", "上述", "上开", "上開", "次条",
        "次條", "前述",
    ];
    const EN: &[&str] = &[
        "preceding",
        "foregoing",
        "aforesaid",
        "aforementioned",
        "above",
        "this article",
        "the same",
        "said ",
        "following",
        "mentioned",
        "such ",
    ];
    match side {
        Side::Zh => ZH.iter().any(|word| text.contains(word)),
        Side::En => {
            let lower = text.to_lowercase();
            EN.iter().any(|word| lower.contains(word))
        }
    }
}

fn instead(unit: &Unit<'_>, zh: &Mention, en: &Mention) -> Finding {
    let fact = Fact::Differ(Pair::new(zh.clone(), en.clone()).map(Value::Mention));
    let marks = Pair::new(vec![zh.span], vec![en.span]);
    let severity = unit.at_most(Severity::Error);
    let mut finding = unit.finding(FindingKind::Number, severity, fact, marks);
    finding.fix = fix(zh);
    finding
}

fn lost(unit: &Unit<'_>, side: Side, mention: &Mention) -> Finding {
    let fact = Fact::Only { side, value: Value::Mention(mention.clone()) };
    let mut marks = Pair::default();
    *marks.get_mut(side) = vec![mention.span];
    // A translator may explain: the October Revolution (1917).
    let explains = side == Side::En && mention.kind == MentionKind::Year;
    let severity = if explains { Severity::Note } else { Severity::Warning };
    unit.finding(FindingKind::Number, unit.at_most(severity), fact, marks)
}

/// What the English should have for a Chinese mention, where both write it alike.
fn fix(zh: &Mention) -> Option<Fix> {
    let is_alike = matches!(
        zh.kind,
        MentionKind::Symbol
            | MentionKind::Resolution
            | MentionKind::Percentage
            | MentionKind::Year
    );
    is_alike.then(|| Fix { side: Side::En, text: zh.value.clone() })
}

/// Is it a number, or named by one?
pub(super) fn is_number(kind: MentionKind) -> bool {
    !matches!(kind, MentionKind::LatinName | MentionKind::Acronym | MentionKind::Address)
}

/// The numbers and letters that a value is made of: 2011, 12 and 19; 14, 2 and b.
fn parts(mention: &Mention) -> Vec<String> {
    let value = mention.value.as_str();
    match mention.kind {
        // A time is looked for by hour and minute.
        MentionKind::Quantity if value.contains(':') => {
            let parts = value.trim_end_matches(":00").split(':');
            parts.map(|part| plain(part).to_owned()).collect()
        }
        MentionKind::Quantity => vec![value.to_owned()],
        MentionKind::Percentage => vec![value.trim_end_matches('%').to_owned()],
        MentionKind::Money => {
            vec![value.rsplit(' ').next().unwrap_or_default().to_owned()]
        }
        MentionKind::Year => vec![value.trim_end_matches('s').to_owned()],
        MentionKind::Provision => {
            let numbers = value.rsplit(' ').next().unwrap_or_default();
            let parts = numbers.split(['.', '-']).filter(|part| !part.is_empty());
            parts.map(str::to_owned).collect()
        }
        _ => {
            let parts = value.split(|c: char| !c.is_ascii_digit());
            let parts = parts.filter(|part| !part.is_empty());
            parts.map(|part| plain(part).to_owned()).collect()
        }
    }
}

/// Both numbers of 十七八 and 二三十.
fn said_about(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(next) = text[at..].find(is_numeral) {
        at += next;
        let both = chinese_about_at(&text[at..]).map(|(both, _)| both);
        found.extend(both.into_iter().flatten().map(|number| number.to_string()));
        at += numerals_len(&text[at..]);
    }
    found
}

/// What a number may be in other words: eighteen months are a year and a half, and 八折 is 20
/// per cent off.
fn said_else(unit: &Unit<'_>, side: Side, mention: &Mention) -> Option<String> {
    let text = unit.text.get(side);
    let written = mention.span.of(text);
    let (number, _) = arabic_at(&mention.value)?;
    let number = match mention.kind {
        MentionKind::Percentage if written.ends_with('折') => {
            Number::integer(100).plus(number.times(Number::integer(-1))?)?
        }
        MentionKind::Quantity => {
            let rest = text[mention.span.end..].trim_start();
            let is_of = |words: &[&str]| words.iter().any(|word| rest.starts_with(word));
            if is_of(&["个月", "個月", "month"]) {
                number.times(Number::fraction(1, 12)?)?
            } else if written.contains("年半")
                || written.contains("year")
                || is_of(&["year"])
            {
                number.times(Number::integer(12))?
            } else {
                return None;
            }
        }
        _ => return None,
    };
    Some(number.to_string())
}

/// Stands what is written here in the other text as well, not inside other words? A listing is
/// the same in both languages, dates in it and all.
fn stands_in(text: &str, written: &str) -> bool {
    let is_edge = |c: Option<char>| !c.is_some_and(|c| c.is_ascii_alphanumeric());
    text.match_indices(written).any(|(at, _)| {
        is_edge(text[..at].chars().next_back())
            && is_edge(text[at + written.len()..].chars().next())
    })
}

/// Digits without zeros in front.
fn plain(digits: &str) -> &str {
    let plain = digits.trim_start_matches('0');
    if plain.is_empty() { "0" } else { plain }
}

/// The runs of digits in a text, and the places of single letters in brackets: (i) may be the
/// ninth where it is read as the first.
fn digit_runs(text: &str) -> Vec<String> {
    let narrow: String = text.chars().map(crate::text::fold::narrow).collect();
    let runs = narrow.split(|c: char| !c.is_ascii_digit());
    let mut found: Vec<String> =
        runs.filter(|run| !run.is_empty()).map(|run| plain(run).to_owned()).collect();
    let bytes = narrow.as_bytes();
    for window in bytes.windows(3) {
        if window[0] == b'(' && window[1].is_ascii_alphabetic() && window[2] == b')' {
            let place = window[1].to_ascii_lowercase() - b'a' + 1;
            found.push(place.to_string());
        }
    }
    found
}

/// The values of words that are numbers without looking it: half, twice, 两者, 双边.
fn said(side: Side, text: &str) -> impl Iterator<Item = &'static str> {
    #[rustfmt::skip]
    const EN: &[(&str, &[&str])] = &[
        ("half", &["2", "0.5", "1/2", "50"]), ("halv", &["2", "0.5", "1/2"]),
        ("semi", &["2", "6", "0.5"]),
        ("both", &["2"]), ("twice", &["2"]), ("two", &["2"]), ("doubl", &["2"]),
        ("second", &["2"]), ("bi", &["2"]), ("pair", &["2"]), ("dual", &["2"]),
        ("couple", &["2"]), ("either", &["2"]), ("latter", &["2"]), ("third", &["3", "1/3"]),
        ("triple", &["3"]), ("tri", &["3"]), ("thrice", &["3"]), ("three", &["3"]),
        ("quarter", &["4", "3", "0.25", "1/4"]), ("four", &["4"]), ("fifth", &["5"]),
        ("decade", &["10"]), ("dozen", &["12"]), ("fortnight", &["14", "2"]),
        ("score", &["20"]), ("centur", &["100"]), ("hundred", &["100"]),
        ("thousand", &["1000"]), ("million", &["1000000"]), ("noon", &["12"]),
        ("midnight", &["24", "0", "12"]), ("month", &["1"]), ("year", &["1", "12"]),
        ("annual", &["1", "12"]), ("week", &["7"]), ("ten", &["10"]), ("first", &["1"]),
        ("preceding", &["1"]), ("one", &["1"]), ("single", &["1"]), ("a ", &["1"]),
    ];
    #[rustfmt::skip]
    const ZH: &[(&str, &[&str])] = &[
        ("半", &["2", "0.5", "1/2", "6", "50"]), ("两", &["2"]), ("兩", &["2"]),
        ("双", &["2"]), ("雙", &["2"]), ("二", &["2"]), ("倍", &["2"]), ("对", &["2"]),
        ("三", &["3"]), ("四", &["4"]), ("五", &["5"]), ("六", &["6"]), ("七", &["7"]),
        ("八", &["8"]), ("九", &["9"]), ("十", &["10", "12"]), ("季", &["3", "4"]),
        ("打", &["12"]), ("旬", &["10"]), ("百", &["100"]), ("千", &["1000"]),
        ("万", &["10000"]), ("萬", &["10000"]), ("亿", &["100000000"]), ("周", &["7"]),
        ("週", &["7"]), ("星期", &["7"]), ("年", &["1", "12"]), ("月", &["1"]),
        ("一", &["1"]), ("首", &["1"]), ("前", &["1"]), ("甲", &["1"]), ("乙", &["2"]),
        ("丙", &["3"]), ("丁", &["4"]),
    ];
    let (table, lower) = match side {
        Side::Zh => (ZH, text.to_owned()),
        Side::En => (EN, text.to_lowercase()),
    };
    table
        .iter()
        .filter(move |(word, _)| match side {
            Side::Zh => lower.contains(word),
            Side::En => begins_word(&lower, word),
        })
        .flat_map(|(_, values)| values.iter().copied())
}

/// What is counted in tens and hundreds of years, and the months by their names.
fn english_counts(text: &str, tokens: &[Token]) -> Vec<String> {
    const MONTHS: [&str; 12] = [
        "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov",
        "dec",
    ];
    let lower = text.to_lowercase();
    let months = MONTHS.iter().zip(1..).filter(|(month, _)| begins_word(&lower, month));
    let mut found: Vec<String> = months.map(|(_, n): (_, u32)| n.to_string()).collect();
    if begins_word(&lower, "centen") || begins_word(&lower, "hundredth") {
        found.push("100".to_owned());
    }
    for pair in tokens.windows(2) {
        let scale = match &*pair[1].form {
            "decade" => 10,
            "dozen" => 12,
            "century" => 100,
            _ => continue,
        };
        let count = pair[0].form.trim_start_matches('#').parse::<u32>().ok();
        let count = count.or(match &*pair[0].form {
            "two" => Some(2),
            "three" => Some(3),
            "four" => Some(4),
            "five" => Some(5),
            "six" => Some(6),
            "seven" => Some(7),
            "eight" => Some(8),
            "nine" => Some(9),
            _ => None,
        });
        found.extend(count.and_then(|n| n.checked_mul(scale)).map(|n| n.to_string()));
    }
    found
}

/// Does a word of the text begin so?
fn begins_word(text: &str, word: &str) -> bool {
    text.match_indices(word)
        .any(|(at, _)| !text[..at].chars().next_back().is_some_and(char::is_alphanumeric))
}

/// Numbers of two to twenty that are written with the same unit-free word on both sides: told
/// only where each side has just one that the other lacks, so that one stands for the other.
fn small(unit: &Unit<'_>, findings: &mut Vec<Finding>) {
    let found = unit.tokens.as_ref().map_sides(|side, tokens| {
        let mentions = unit.mentions.get(side);
        let is_mentioned = |span: Span| {
            mentions.iter().any(|m| m.span.overlaps(span) && is_number(m.kind))
        };
        let text = unit.text.get(side);
        let starts = unit.starts.get(side);
        numbers(tokens)
            .filter(|(value, span)| {
                let is_small = value.parse::<u32>().is_ok_and(|n| (2..=20).contains(&n));
                let is_part = side == Side::Zh
                    && (text[..span.start].ends_with(is_numeral)
                        || text[span.end..].starts_with(is_numeral));
                is_small
                    && !is_part
                    && !is_mentioned(*span)
                    && !is_at_label(text, starts, *span)
            })
            .collect::<Vec<_>>()
    });
    let pools = unit.tokens.as_ref().map_sides(|side, tokens| {
        let mut pool: BTreeSet<String> =
            numbers(tokens).map(|(value, _)| value.to_owned()).collect();
        pool.extend(said(side, unit.text.get(side)).map(str::to_owned));
        pool.extend(unit.mentions.get(side).iter().flat_map(parts));
        pool.extend(digit_runs(unit.text.get(side)));
        pool
    });
    let lone = |side: Side| {
        let pool = pools.get(side.other());
        let mut left = found.get(side).iter().filter(|(value, _)| !pool.contains(*value));
        left.next().filter(|_| left.next().is_none()).copied()
    };
    if let (Some((zh, zh_span)), Some((en, en_span))) = (lone(Side::Zh), lone(Side::En)) {
        let written = |value: &str| Value::Written(value.to_owned());
        let fact = Fact::Differ(Pair::new(written(zh), written(en)));
        let marks = Pair::new(vec![zh_span], vec![en_span]);
        let severity = unit.at_most(Severity::Warning);
        findings.push(unit.finding(FindingKind::Number, severity, fact, marks));
    }
}

/// Is it in the label that opens a segment?
fn is_at_label(text: &str, starts: &[usize], span: Span) -> bool {
    let start = starts.iter().rev().find(|start| **start <= span.start);
    start.is_some_and(|&start| {
        text[start..span.start].chars().all(|c| !c.is_alphanumeric() || "第".contains(c))
    })
}

/// Numbers that stand in words and once more in brackets, and differ: thirty (40) days.
fn said_twice(unit: &Unit<'_>, findings: &mut Vec<Finding>) {
    for side in Side::BOTH {
        let text = unit.text.get(side);
        for (value, span) in in_words(side, text) {
            let rest = &text[span.end..];
            let Some(inside) = rest.trim_start().strip_prefix(['(', '（']) else {
                continue;
            };
            let Some((again, len)) = arabic_at(inside.trim_start()) else { continue };
            let is_closed =
                inside.trim_start()[len..].trim_start().starts_with([')', '）']);
            if !is_closed || again == value || is_cited(&text[..span.start]) {
                continue;
            }
            let end = text.len() - inside.trim_start().len() + len;
            let fact = Fact::InBrackets {
                words: value.to_string(),
                brackets: again.to_string(),
            };
            let mut marks = Pair::default();
            *marks.get_mut(side) = vec![Span::new(span.start, end)];
            let severity = Severity::Error;
            findings.push(unit.finding(FindingKind::Number, severity, fact, marks));
        }
    }
}

/// The numbers of a text that are written in words.
fn in_words(side: Side, text: &str) -> Vec<(Number, Span)> {
    let (mut found, mut at, mut before) = (Vec::new(), 0, ' ');
    while let Some(c) = text[at..].chars().next() {
        let read = match side {
            Side::Zh if is_numeral(c) && !is_numeral(before) => chinese_at(&text[at..]),
            Side::En if c.is_alphabetic() && !before.is_alphanumeric() => {
                let read = english_at(&text[at..]);
                read.filter(|read| read.in_words && read.form == Form::Cardinal)
                    .map(|read| (read.number, read.len))
            }
            _ => None,
        };
        let len = read.map_or(c.len_utf8(), |(_, len)| len);
        found.extend(read.map(|(value, len)| (value, Span::new(at, at + len))));
        before = text[at..at + len].chars().next_back().unwrap_or(c);
        at += len;
    }
    found.retain(|(_, span)| !span.of(text).chars().any(|c| digit(c).is_some()));
    found
}

/// Is what follows the number of a provision? Article Five (2), 第五（2）: a part of it.
fn is_cited(before: &str) -> bool {
    const UNITS: [&str; 7] =
        ["article", "section", "paragraph", "part", "chapter", "rule", "clause"];
    let before = before.trim_end().to_lowercase();
    before.ends_with('第') || UNITS.iter().any(|unit| before.ends_with(unit))
}
