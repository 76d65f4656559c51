//! Where a row can be split, and where it had best be.
//!
//! ```text
//! 他来了。他笑了，没说话。          joints of the text  4 8
//! He came. He smiled in silence.    joints of the text  9
//!                                   laid together       4 = 9
//! ```
//!
//! A joint is a place in the text of a side, in characters: where a piece begins, a sentence,
//! or else a clause. The two that are proposed are where the sentence aligner parts the row;
//! where that sees one sentence, those that share out both sides most alike.

use serde::Serialize;

use super::desk::Desk;
use super::event::{SidePiece, TextPlace};
use super::realign::document;
use super::state::Placed;
use crate::pipeline;
use crate::segment;
use crate::types::{Bead, Bitext, Ladder, Pair, Side};

/// Where the two sides of a row can be split.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Joints {
    /// The joints of the Chinese, in order.
    pub zh: Vec<usize>,
    /// The joints of the English, in order.
    pub en: Vec<usize>,
    /// The two that are proposed.
    pub on: (Option<usize>, Option<usize>),
}

/// What begins at a joint; the later, the better a place it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Begins {
    Clause,
    Sentence,
    Piece,
}

/// A side of a row.
#[derive(Debug, Default)]
struct Joined {
    joints: Vec<(usize, Begins)>,
    /// Where each sentence begins.
    sentences: Vec<usize>,
    /// How long the text is, in characters.
    len: usize,
}

/// Where a row can be split.
pub fn joints(desk: &Desk, placed: &Placed) -> Joints {
    let sides = Pair::new(Side::Zh, Side::En).map(|side| Joined::of(desk, placed, side));
    let on = laid_together(desk, placed, &sides).unwrap_or_else(|| shared_out(&sides));
    let places = |side: &Joined| side.joints.iter().map(|(at, _)| *at).collect();
    Joints { zh: places(&sides.zh), en: places(&sides.en), on: (on.zh, on.en) }
}

impl Joined {
    fn of(desk: &Desk, placed: &Placed, side: Side) -> Self {
        let mut joined = Self::default();
        for index in placed.range.get(side).clone() {
            let piece = desk.state().pieces(side)[index];
            let over = TextPlace::Over(SidePiece { side, piece });
            // What a person wrote is no longer the text that a cut is named by.
            let is_written = desk.state().text(over).is_some();
            joined.add(side, desk.text(side, index), is_written);
        }
        joined
    }

    /// Adds a piece.
    fn add(&mut self, side: Side, text: &str, is_whole: bool) {
        let first = self.len;
        // One piece may be empty, if a person wrote all into the one before.
        if first > 0 && self.joints.last() != Some(&(first, Begins::Piece)) {
            self.joints.push((first, Begins::Piece));
        }
        let starts: Vec<usize> =
            segment::split(side, text).iter().map(|one| one.start).collect();
        let mut sentences = starts.iter().copied().skip(1).peekable();
        self.sentences.push(first);
        let mut is_behind_mark = false;
        let mut before = ' ';
        for (n, (byte, c)) in text.char_indices().enumerate() {
            let at = first + n;
            self.len = at + 1;
            let begins = if sentences.next_if_eq(&byte).is_some() {
                self.sentences.push(at);
                Some(Begins::Sentence)
            } else {
                let is_clause = is_behind_mark && begins_clause(before, c);
                is_clause.then_some(Begins::Clause)
            };
            is_behind_mark = match c {
                _ if is_comma(c) => true,
                _ => is_behind_mark && !c.is_alphanumeric(),
            };
            before = c;
            if n > 0 && !is_whole {
                self.joints.extend(begins.map(|begins| (at, begins)));
            }
        }
    }

    fn is_joint(&self, at: usize, begins: Begins) -> bool {
        self.joints.binary_search(&(at, begins)).is_ok()
    }

    /// The best of its joints, each with its share of the text before it.
    fn best(&self) -> Vec<(usize, f64)> {
        let best = self.joints.iter().map(|(_, begins)| *begins).max();
        let best = self.joints.iter().filter(|(_, begins)| Some(*begins) == best);
        best.map(|(at, _)| (*at, self.share(*at))).collect()
    }

    fn share(&self, at: usize) -> f64 {
        at as f64 / self.len.max(1) as f64
    }
}

fn is_comma(c: char) -> bool {
    matches!(c, '，' | '、' | '：' | '；' | ',' | ':' | ';')
}

/// Does a clause begin here, behind a mark? In 1,000 and 10:30 none does.
fn begins_clause(before: char, c: char) -> bool {
    let is_wide = matches!(before, '，' | '、' | '：' | '；' | '”' | '’' | '」' | '』');
    c.is_alphanumeric() && (is_wide || before.is_whitespace())
        || matches!(c, '“' | '‘' | '「' | '『' | '《' | '（')
}

/// Where the sentence aligner parts the row: the border that is one of pieces too, if there
/// is such, and else that nearest to the middle.
fn laid_together(
    desk: &Desk,
    placed: &Placed,
    sides: &Pair<Joined>,
) -> Option<Pair<Option<usize>>> {
    let aligner = &desk.realigner.as_ref()?.aligner;
    if placed.row.is_single() {
        return None;
    }
    let documents =
        placed.range.clone().map_sides(|side, range| document(desk, side, range));
    let range = documents.as_ref().map(|document| 0..document.segments.len());
    let len = range.as_ref().map(|range| range.len());
    let ladder = Ladder::new(vec![Bead { range, score: 1.0 }], len).ok()?;
    let (evidence, links) = (vec![Vec::new()], Vec::new());
    let bitext = Bitext { documents, ladder, evidence, links };
    let sentences = pipeline::sentences_of(aligner, &bitext).bitext;
    let borders = sentences.ladder.beads().iter().filter_map(|bead| {
        let at = bead.range.as_ref().map_sides(|side, range| {
            let joined = sides.get(side);
            let at = *joined.sentences.get(range.end)?;
            let is_there = |begins| joined.is_joint(at, begins);
            (is_there(Begins::Piece) || is_there(Begins::Sentence)).then_some(at)
        });
        Some(Pair::new(at.zh?, at.en?))
    });
    let rank = |at: &Pair<usize>| {
        let is_piece =
            |side: Side| sides.get(side).is_joint(*at.get(side), Begins::Piece);
        let n_pieces = Side::BOTH.into_iter().filter(|side| is_piece(*side)).count();
        let off = sides.zh.share(at.zh) + sides.en.share(at.en) - 1.0;
        (n_pieces, off.abs())
    };
    let best = borders.min_by(|a, b| {
        let ((n, off), (m, other)) = (rank(a), rank(b));
        m.cmp(&n).then(off.total_cmp(&other))
    });
    best.map(|at| at.map(Some))
}

/// The two joints that share out both sides most alike, near the middle.
fn shared_out(sides: &Pair<Joined>) -> Pair<Option<usize>> {
    let best = sides.as_ref().map(Joined::best);
    let middle = |joints: &[(usize, f64)]| {
        let off = |share: f64| (share - 0.5).abs();
        let nearest = joints.iter().min_by(|a, b| off(a.1).total_cmp(&off(b.1)));
        nearest.map(|(at, _)| *at)
    };
    if best.zh.is_empty() || best.en.is_empty() {
        return best.map(|joints| middle(&joints));
    }
    let off = |zh: f64, en: f64| 3.0 * (zh - en).abs() + (zh + en - 1.0).abs();
    let (mut found, mut least) = (Pair::default(), f64::INFINITY);
    for (zh, share) in &best.zh {
        // Nothing further off on either side can fit better.
        let after = best.en.partition_point(|(_, other)| other < share);
        for (en, other) in &best.en[after.saturating_sub(1)..best.en.len().min(after + 1)]
        {
            if off(*share, *other) < least {
                least = off(*share, *other);
                found = Pair::new(Some(*zh), Some(*en));
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn joined(side: Side, pieces: &[&str]) -> Joined {
        let mut joined = Joined::default();
        pieces.iter().for_each(|piece| joined.add(side, piece, false));
        joined
    }

    fn parts(joined: &Joined, text: &str) -> Vec<String> {
        let chars: Vec<char> = text.chars().collect();
        let mut at: Vec<usize> = vec![0];
        at.extend(joined.joints.iter().map(|(at, _)| *at));
        at.push(chars.len());
        at.windows(2).map(|ends| chars[ends[0]..ends[1]].iter().collect()).collect()
    }

    #[test]
    fn a_joint_is_where_a_sentence_or_a_clause_begins() {
        let zh = "他说：“走吧。”我们走了，一共1,000步。";
        let cut = parts(&joined(Side::Zh, &[zh]), zh);
        assert_eq!(cut, ["他说：", "“走吧。”", "我们走了，", "一共1,000步。"]);
        let en = "At 10:30, he came. She, who knew, left.";
        let cut = parts(&joined(Side::En, &[en]), en);
        assert_eq!(cut, ["At 10:30, ", "he came. ", "She, ", "who knew, ", "left."]);
    }

    #[test]
    fn a_piece_is_the_best_joint_and_a_clause_the_last() {
        let zh = joined(Side::Zh, &["他来了，坐下。", "她走了。"]);
        assert_eq!(zh.best(), [(7, 7.0 / 11.0)]);
        let en = joined(Side::En, &["He came, and sat down. She left."]);
        let sides = Pair::new(zh, en);
        let on = shared_out(&sides);
        assert_eq!((on.zh, on.en), (Some(7), Some(23)));
    }

    #[test]
    fn one_side_alone_is_split_in_its_middle() {
        let sides = Pair::new(joined(Side::Zh, &["甲。乙。丙。丁。"]), Joined::default());
        assert_eq!(shared_out(&sides).zh, Some(4));
        assert_eq!(shared_out(&sides).en, None);
    }
}
