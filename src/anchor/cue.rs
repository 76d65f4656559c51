//! Subtitles by the time they are shown: what is on the screen together belongs together.

use std::ops::Range;

use crate::text::Span;
use crate::types::{Cue, Document, Mention, MentionKind, Pair};

/// Two cues are of one time if they share at least this part of the shorter.
const SHARED: f64 = 0.5;

/// Two cues are the same if they share at least this part of the time of both.
const SAME: f64 = 0.5;

/// The times of two files tell of each other if at least this share of the cues of the
/// shorter has its same in the other. Chosen, not fitted: more than two rhythms of speech
/// share by chance, less than two files of one film do that are cut differently here and there.
const IN_STEP: f64 = 0.55;

/// This many cues from the beginning show by how much a file is shifted.
const LOOKED_AT: usize = 200;

/// Shifts within this count as one, in milliseconds.
const STEP: i64 = 200;

/// More cues of one side that are of one time tell nothing: something is shown throughout.
const MOST_TOGETHER: usize = 4;

/// For each segment the time it is shown at, as a mention that those of the other side have
/// too which are shown with it. None for texts without times, or whose times do not fit.
///
/// One file may be shifted against the other as a whole; that it runs faster is not seen.
pub fn cue_mentions(documents: &Pair<Document>) -> Pair<Vec<Option<Mention>>> {
    let mut found =
        documents.as_ref().map(|document| vec![None; document.segments.len()]);
    let cues = documents.as_ref().map(shown);
    let Some(shift) = shift_between(&cues) else { return found };
    for (zh, en) in together(&cues, shift) {
        if zh.len() > MOST_TOGETHER || en.len() > MOST_TOGETHER {
            continue;
        }
        let value = written(cues.zh[zh.start].1.from);
        for k in zh {
            found.zh[cues.zh[k].0] = Some(mention(&value));
        }
        for k in en {
            found.en[cues.en[k].0] = Some(mention(&value));
        }
    }
    found
}

/// A cue and the segment that it is.
type Shown = (usize, Cue);

/// The cues of a document, by the time they appear.
fn shown(document: &Document) -> Vec<Shown> {
    let cues = document.segments.iter().enumerate();
    let mut cues: Vec<Shown> = cues.filter_map(|(k, s)| Some((k, s.cue?))).collect();
    cues.sort_by_key(|&(k, cue)| (cue.from, k));
    cues
}

fn mention(value: &str) -> Mention {
    Mention { kind: MentionKind::Cue, value: value.to_owned(), span: Span::new(0, 0) }
}

/// `00:01:02.500`
fn written(time: u32) -> String {
    let (seconds, thousandths) = (time / 1000, time % 1000);
    let (minutes, seconds) = (seconds / 60, seconds % 60);
    format!("{:02}:{:02}:{seconds:02}.{thousandths:03}", minutes / 60, minutes % 60)
}

/// By how many milliseconds the English cues come later; `None` if they are out of step.
fn shift_between(cues: &Pair<Vec<Shown>>) -> Option<i64> {
    let len = cues.zh.len().min(cues.en.len());
    if len == 0 {
        return None;
    }
    let fits = |&shift: &i64| same(cues, shift) as f64 >= IN_STEP * len as f64;
    [0, usual_shift(cues)].into_iter().find(fits)
}

/// How many cues are the same in both files.
fn same(cues: &Pair<Vec<Shown>>, shift: i64) -> usize {
    let mut from = 0;
    let has_same = |&&(_, zh): &&Shown| {
        while cues
            .en
            .get(from)
            .is_some_and(|(_, en)| end(en, shift) <= i64::from(zh.from))
        {
            from += 1;
        }
        cues.en[from..]
            .iter()
            .take(MOST_TOGETHER)
            .any(|(_, en)| shared(&zh, en, shift) >= SAME * span_of(&zh, en, shift))
    };
    cues.zh.iter().filter(has_same).count()
}

/// The shift that most pairs of cues near the beginning agree on.
fn usual_shift(cues: &Pair<Vec<Shown>>) -> i64 {
    let mut shifts: Vec<i64> = Vec::new();
    for (_, zh) in cues.zh.iter().take(LOOKED_AT) {
        let en = cues.en.iter().take(LOOKED_AT);
        shifts.extend(en.map(|(_, en)| i64::from(en.from) - i64::from(zh.from)));
    }
    shifts.sort_unstable();
    let (mut best, mut from) = (0..0, 0);
    for to in 0..shifts.len() {
        while shifts[to] - shifts[from] > STEP {
            from += 1;
        }
        if to + 1 - from > best.len() {
            best = from..to + 1;
        }
    }
    shifts.get(best.start + best.len() / 2).copied().unwrap_or(0)
}

/// The cues that are of one time, as ranges of both lists.
fn together(cues: &Pair<Vec<Shown>>, shift: i64) -> Vec<(Range<usize>, Range<usize>)> {
    let mut out: Vec<(Range<usize>, Range<usize>)> = Vec::new();
    let mut from = 0;
    for (k, (_, zh)) in cues.zh.iter().enumerate() {
        while cues
            .en
            .get(from)
            .is_some_and(|(_, en)| end(en, shift) <= i64::from(zh.from))
        {
            from += 1;
        }
        let is_shown = |en: &Cue| i64::from(en.from) - shift < i64::from(zh.to);
        for (j, (_, en)) in cues.en.iter().enumerate().skip(from) {
            if !is_shown(en) {
                break;
            }
            let shorter = length(zh).min(length(en));
            if shared(zh, en, shift) < SHARED * shorter {
                continue;
            }
            match out.last_mut() {
                Some((zh, en)) if zh.end > k || en.end > j => {
                    (zh.end, en.end) = (k + 1, en.end.max(j + 1));
                }
                _ => out.push((k..k + 1, j..j + 1)),
            }
        }
    }
    out
}

fn end(en: &Cue, shift: i64) -> i64 {
    i64::from(en.to) - shift
}

fn length(cue: &Cue) -> f64 {
    f64::from(cue.to.saturating_sub(cue.from).max(1))
}

/// The time both are shown, in milliseconds.
fn shared(zh: &Cue, en: &Cue, shift: i64) -> f64 {
    let from = i64::from(zh.from).max(i64::from(en.from) - shift);
    let to = i64::from(zh.to).min(end(en, shift));
    (to - from).max(0) as f64
}

/// The time either is shown, in milliseconds.
fn span_of(zh: &Cue, en: &Cue, shift: i64) -> f64 {
    length(zh) + length(en) - shared(zh, en, shift)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Traced;
    use crate::types::{Kind, Segment};

    fn document(cues: &[(u32, u32)]) -> Document {
        let segment = |&(from, to): &(u32, u32)| Segment {
            span: Span::new(0, 0),
            kind: Kind::Paragraph,
            label: None,
            parents: vec![],
            lines: (1, 1),
            soft: false,
            cited_in: None,
            cue: Some(Cue { from, to }),
            language: None,
        };
        let segments = cues.iter().map(segment).collect();
        Document {
            name: "film".into(),
            text: Traced::default(),
            segments,
            left_out: Vec::new(),
        }
    }

    /// The values of each side, empty where there is none.
    fn values(zh: &[(u32, u32)], en: &[(u32, u32)]) -> [Vec<String>; 2] {
        let found = cue_mentions(&Pair::new(document(zh), document(en)));
        [found.zh, found.en].map(|side| {
            side.into_iter().map(|m| m.map_or(String::new(), |m| m.value)).collect()
        })
    }

    const FILM: [(u32, u32); 6] = [
        (1000, 2500),
        (2600, 5000),
        (9000, 9900),
        (10_000, 13_000),
        (20_000, 21_000),
        (24_000, 27_500),
    ];

    #[test]
    fn cues_shown_together_have_one_time() {
        let mut en = FILM.to_vec();
        en.splice(3..4, [(10_000, 11_400), (11_500, 13_000)]);
        let [zh, en] = values(&FILM, &en);
        assert_eq!(zh[3], "00:00:10.000");
        assert_eq!((&en[3], &en[4]), (&zh[3], &zh[3]));
        assert_eq!((&zh[0], &en[5]), (&en[0], &zh[4]));
    }

    #[test]
    fn a_file_may_be_shifted_as_a_whole() {
        let late = FILM.map(|(from, to)| (from + 34_000, to + 34_050));
        let [zh, en] = values(&FILM, &late);
        assert!(zh == en && zh.iter().all(|value| !value.is_empty()), "{en:?}");
    }

    #[test]
    fn times_that_do_not_fit_tell_nothing() {
        let other =
            [(0, 400), (5500, 5600), (7000, 8800), (15_000, 15_100), (30_000, 39_000)];
        let [zh, en] = values(&FILM, &other);
        assert!(zh.iter().chain(&en).all(String::is_empty), "{en:?}");
        assert_eq!(values(&[], &FILM)[1], vec![String::new(); 6]);
    }
}
