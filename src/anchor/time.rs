//! Times of the day: 下午2时30分, 14:30, 2.30 p.m., 9 o'clock.
//!
//! The value is what the face of a clock shows, `2:30`, as one language counts to twelve where
//! the other counts to twenty-four.

use crate::numbering::Scan;
use crate::text::number::{Number, digit, is_numeral};
use crate::types::{Mention, MentionKind, Side};

/// What stands before an hour in Chinese.
const ZH_PARTS: &[&str] = &[
    "上午", "下午", "中午", "晚上", "凌晨", "早上", "傍晚", "清晨", "早晨", "夜间",
    "夜間",
];

pub(super) fn opens(side: Side, c: char) -> bool {
    digit(c).is_some()
        || match side {
            Side::Zh => is_numeral(c) || ZH_PARTS.iter().any(|part| part.starts_with(c)),
            Side::En => "efnost".contains(c.to_ascii_lowercase()),
        }
}

pub(super) fn read(scan: &Scan, at: usize, found: &mut Vec<Mention>) -> Option<usize> {
    let (time, end) = match scan.side {
        Side::Zh => chinese(scan, at),
        Side::En => english(scan, at),
    }?;
    if let Some((hour, minute)) =
        time.filter(|(hour, minute)| *hour <= 24 && *minute < 60)
    {
        let hour = if hour > 12 { hour - 12 } else { hour };
        let value = format!("{hour}:{minute:02}");
        found.push(scan.mention(MentionKind::Quantity, value, at, end));
    }
    Some(end)
}

/// Hour and minute, where the text says that they are, and the end of what has their shape.
type TimeRead = Option<(Option<(u32, u32)>, usize)>;

/// 下午2时30分, 九点半, 14时30分, 14:30. An hour alone (3时, 三点) is one only behind its part of the
/// day.
fn chinese(scan: &Scan, at: usize) -> TimeRead {
    let part = scan.eat_any(at, ZH_PARTS).map(|end| scan.skip(end));
    let (hour, end) = whole(scan, part.unwrap_or(at))?;
    if let Some(time) = colon(scan, hour, end) {
        return Some(time);
    }
    let end = scan.skip_eat(end, "时時点點")?;
    if scan.text[end..].starts_with(['间', '間', '期', '代']) {
        return None;
    }
    if let Some(end) = scan.eat(end, "半").filter(|_| part.is_some()) {
        return Some((Some((hour, 30)), end));
    }
    let minute = whole(scan, scan.skip(end))
        .and_then(|(minute, end)| Some((minute, scan.skip_eat(end, "分")?)));
    Some(match minute {
        Some((minute, end)) => (Some((hour, minute)), end),
        None => (part.map(|_| (hour, 0)), end),
    })
}

/// `14:30`, `2:30 p.m.`, `2.30 p.m.`, `9 a.m.`, `nine o'clock`.
fn english(scan: &Scan, at: usize) -> TimeRead {
    let (number, end) = scan.number(at)?;
    if let Some(hour) = number.to_u32()
        && let Some((time, end)) = colon(scan, hour, end)
    {
        return Some((time, half_of_day(scan, end).unwrap_or(end)));
    }
    let marked = half_of_day(scan, end)
        .or_else(|| scan.eat_any(scan.skip(end), &["o'clock", "o’clock"]))?;
    let minutes = number.times(Number::integer(100))?.to_u32();
    // 2.30 is half past two; 2.5 p.m. is nothing.
    let time = minutes.map(|hundredths| (hundredths / 100, hundredths % 100));
    Some((time, marked))
}

/// Past `a.m.` and `p.m.`.
fn half_of_day(scan: &Scan, at: usize) -> Option<usize> {
    let next = scan.skip(at);
    scan.eat_any(next, &["a.m.", "p.m.", "A.M.", "P.M."])
        .or_else(|| scan.eat_words(next, &["am", "pm"]))
}

/// `:30` behind the hour; of `10:20:30` also the seconds.
fn colon(scan: &Scan, hour: u32, end: usize) -> TimeRead {
    let (minute, end) = scan.digits_up_to(scan.eat(end, ":：")?, 2)?;
    let seconds = scan.eat(end, ":：").and_then(|end| scan.digits_up_to(end, 2));
    Some((Some((hour, minute)), seconds.map_or(end, |(_, end)| end)))
}

fn whole(scan: &Scan, at: usize) -> Option<(u32, usize)> {
    let (number, end) = scan.number(at)?;
    Some((number.to_u32()?, end))
}
