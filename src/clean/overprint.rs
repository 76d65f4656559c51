//! Text printed over itself.
//!
//! A page without a bold font prints the same words several times, a hair apart; extracted,
//! they stand in a row: whole words (`大会大会大会大会，`), single characters
//! (`关关关关切切切切`), marks (`，，，，`). All copies but one go.
//!
//! Figures and Latin words go the same way (`2024202420242024年`, `33334444` beside a word that
//! is printed four times), but only a whole run of them is a copy: `1000000` is a number.
//!
//! Real reduplication (种种, 试试看, 日日夜夜, 哈哈哈哈) stays: a text counts as overprinted
//! only when the same number of copies, three or more, recurs in words of several different
//! characters.

use std::ops::Range;

use super::draft::Draft;
use super::line::width;
use crate::text::Traced;
use crate::text::script::{is_han, is_wide_mark};
use crate::types::LeftOutKind;

/// Copies that a page prints: with fewer than three a real reduplication looks the same, and
/// nobody prints more than eight.
const COPIES: Range<usize> = 3..9;

/// The longest run of characters that is printed over itself as one, in characters.
const LONGEST_UNIT: usize = 24;

/// In how many places words must be repeated alike before the text counts as overprinted.
const MIN_PLACES: usize = 2;

pub(super) fn undo(draft: &mut Draft) {
    let Some(copies) = copies_printed(draft) else { return };
    let (places, first) =
        draft.edit_lines(LeftOutKind::Overprint, |text| without_copies(text, copies));
    // Printed over itself, a word takes no more room than once.
    for line in &mut draft.lines {
        line.width = width(line.text.as_str());
        line.chars = line.text.as_str().chars().count();
    }
    draft.report("overprint", places, first);
}

/// How many times the text prints what it prints bold, where it does.
fn copies_printed(draft: &Draft) -> Option<usize> {
    let mut places = [0_usize; COPIES.end];
    for line in &draft.lines {
        let chars: Vec<char> = line.text.as_str().chars().collect();
        let mut at = 0;
        while at < chars.len() {
            match longest_repeat(&chars, at) {
                Some((unit, copies)) => {
                    places[copies] += 1;
                    at += unit * copies;
                }
                None => at += 1,
            }
        }
    }
    let best = COPIES.max_by_key(|&copies| (places[copies], copies))?;
    (places[best] >= MIN_PLACES).then_some(best)
}

/// A unit of several different characters that is repeated from `at` on, or several
/// characters each repeated alike: length of what is printed once, and the copies.
fn longest_repeat(chars: &[char], at: usize) -> Option<(usize, usize)> {
    let word =
        (2..=LONGEST_UNIT.min((chars.len() - at) / COPIES.start)).find_map(|unit| {
            let copies = repeats(chars, at, unit);
            let differs = chars[at..at + unit].iter().any(|&c| c != chars[at]);
            let is_word = is_wordlike(&chars[at..at + unit]);
            (differs && is_word && COPIES.contains(&copies)).then_some((unit, copies))
        });
    word.or_else(|| {
        // 关关关关切切切切: two neighbours, each repeated alike.
        let copies = repeats(chars, at, 1);
        let next = at + copies;
        let alike = COPIES.contains(&copies)
            && is_han(chars[at])
            && next < chars.len()
            && is_han(chars[next])
            && repeats(chars, next, 1) == copies;
        alike.then_some((2, copies))
    })
}

/// Letters of a word: Han characters, or at least four Latin letters (ha, la and their like
/// are laughter and song), or as many digits.
fn is_wordlike(unit: &[char]) -> bool {
    unit.iter().all(|&c| is_han(c) || is_wide_mark(c)) && unit.iter().any(|&c| is_han(c))
        || unit.len() >= 4
            && (unit.iter().all(|c| c.is_alphabetic())
                || unit.iter().all(char::is_ascii_digit))
}

/// A letter or digit of a run that is set without blanks.
fn is_narrow(c: char) -> bool {
    c.is_alphanumeric() && !is_han(c)
}

/// Is this a whole run of digits and Latin letters that is one thing printed so many times? A
/// single digit, or one several times, counts only where what stands beside it does: `3333`
/// may be a number.
fn is_printed_run(chars: &[char], at: usize, unit: usize, copies: usize) -> bool {
    let run = at..at + unit * copies;
    let text = &chars[at..at + unit];
    let is_whole = (at == 0 || !is_narrow(chars[at - 1]))
        && chars.get(run.end).is_none_or(|&c| !is_narrow(c));
    let differs = text.iter().any(|&c| c != text[0]);
    // ha, la and their like are laughter and song, many times over.
    let is_telling = differs && text.iter().any(|c| !c.is_lowercase());
    is_whole
        && text.iter().all(|&c| is_narrow(c))
        && (is_telling || differs && unit >= 4 || is_beside_copies(chars, &run, copies))
}

/// Does a Han character stand beside a run that is printed as often?
fn is_beside_copies(chars: &[char], run: &Range<usize>, copies: usize) -> bool {
    let is_copied =
        |from: usize| is_han(chars[from]) && repeats(chars, from, 1) == copies;
    let before = run.start.checked_sub(copies).is_some_and(is_copied);
    before || chars.get(run.end).is_some_and(|_| is_copied(run.end))
}

/// How often the `unit` characters from `at` on stand there in a row.
fn repeats(chars: &[char], at: usize, unit: usize) -> usize {
    let end = at + unit;
    if end > chars.len() {
        return 0;
    }
    let mut n = 1;
    while let Some(next) = chars.get(at + n * unit..end + n * unit)
        && *next == chars[at..end]
        && n <= 8 * COPIES.end
    {
        n += 1;
    }
    n
}

/// The text with one copy of whatever it prints `copies` times; `None` where there is nothing.
fn without_copies(text: &Traced, copies: usize) -> Option<Traced> {
    let (bytes, chars): (Vec<usize>, Vec<char>) = text.as_str().char_indices().unzip();
    let byte = |k: usize| bytes.get(k).copied().unwrap_or(text.len());
    let mut cuts = Vec::new();
    let mut at = 0;
    while at < chars.len() {
        let longest = LONGEST_UNIT.min((chars.len() - at) / copies);
        let found = (1..=longest)
            .filter(|&unit| {
                is_printable_bold(&chars[at..at + unit])
                    || is_printed_run(&chars, at, unit, copies)
            })
            .map(|unit| (unit, repeats(&chars, at, unit)))
            .find(|&(_, n)| n >= copies);
        if let Some((unit, n)) = found {
            // 种种 printed four times is eight: two stay.
            let kept = n / copies + n % copies;
            cuts.push(byte(at + kept * unit)..byte(at + n * unit));
            at += n * unit;
        } else {
            at += 1;
        }
    }
    (!cuts.is_empty()).then(|| text.without(&cuts))
}

/// Can these characters be a bold unit wherever they stand? Digits and the marks that are
/// repeated for their own sake (dots, dashes, rules) cannot.
fn is_printable_bold(unit: &[char]) -> bool {
    let is_letter = |&c: &char| is_han(c) || c.is_alphabetic();
    let is_mark = |&c: &char| {
        matches!(c, '，' | '。' | '；' | '：' | '、' | '《' | '》' | '（' | '）')
    };
    match unit {
        [c] => is_han(*c) || is_mark(c),
        _ => {
            unit.iter().any(is_letter)
                && unit.iter().all(|c| is_letter(c) || is_mark(c))
                && (unit.iter().any(|&c| is_han(c)) || unit.len() >= 4)
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::clean::tests::lines;
    use crate::types::Side;

    #[test]
    fn words_characters_and_marks_printed_four_times_are_read_once() {
        let text = "会议会议会议会议，\n确认确认确认确认其职责，\n关关关关切切切切火灾，\n\
                    深为遗憾的是深为遗憾的是深为遗憾的是深为遗憾的是，，，，档案受损，\n\
                    1. 请请请请秘书处提出报告；\n2. 又请又请又请又请秘书处散发该报告。\n";
        assert_eq!(
            lines(Side::Zh, text),
            [
                "会议，",
                "确认其职责，",
                "关切火灾，",
                "深为遗憾的是，档案受损，",
                "1. 请秘书处提出报告；",
                "2. 又请秘书处散发该报告。"
            ]
        );
    }

    #[test]
    fn a_reduplicated_word_in_bold_stays_reduplicated() {
        let text = "会议会议会议会议，\n确认确认确认确认种种种种种种种种困难，\n";
        assert_eq!(lines(Side::Zh, text), ["会议，", "确认种种困难，"]);
    }

    #[test]
    fn figures_and_latin_words_printed_four_times_are_read_once() {
        let text = "证券代码：600100600100600100600100\n2024202420242024年年年年度报告\n\
                    月月月月3333日日日日召开，QFIIQFIIQFIIQFII持有1000000股，余额3333元。\n";
        assert_eq!(
            lines(Side::Zh, text),
            [
                "证券代码：600100",
                "2024年度报告",
                "月3日召开，QFII持有1000000股，余额3333元。"
            ]
        );
    }

    #[test]
    fn real_reduplication_stays() {
        for text in [
            "种种困难，日日夜夜，试试看。",
            "“哈哈哈哈！”他笑了。",
            "讨论讨论再说，研究研究再定。",
            "……——",
            "他说好好好好，来来来来。",
        ] {
            assert_eq!(lines(Side::Zh, text), [text]);
        }
        let laughter = "She laughed: hahahaha, lalalala.";
        assert_eq!(lines(Side::En, laughter), [laughter]);
    }
}
