//! Letters printed twice, a hair apart, by makers that have no bold font.

use rustc_hash::FxHashMap;

use super::content::{Drawn, DrawnGlyph};

/// A copy stands at most this far from the letter, in its size and in its width: two letters
/// that are alike and stand beside one another (`ll`) are further apart.
const APART: f64 = 0.12;
const APART_BY_WIDTH: f64 = 0.45;

/// These letters of a page without copies, and the text of the copies.
pub(super) fn without_copies(
    drawn: &Drawn,
    glyphs: &[DrawnGlyph],
) -> (Vec<DrawnGlyph>, String) {
    let mut kept: Vec<DrawnGlyph> = Vec::with_capacity(glyphs.len());
    let mut copies = String::new();
    // Letters by place, in squares as large as the letter.
    let mut squares: FxHashMap<(i64, i64), Vec<usize>> = FxHashMap::default();
    let mut opens = false;
    for glyph in glyphs {
        let text = drawn.text_of(glyph);
        let (x, y) = square(glyph);
        let beside = (x - 1..=x + 1).flat_map(|x| (y - 1..=y + 1).map(move |y| (x, y)));
        let is_copy = !text.trim().is_empty()
            && beside
                .filter_map(|place| squares.get(&place))
                .flat_map(|square| square.iter().rev().take(MOST_BESIDE))
                .any(|&k| drawn.text_of(&kept[k]) == text && is_over(&kept[k], glyph));
        // A blank belongs to the copy before it.
        let is_blank_of_copy = text.trim().is_empty() && opens && !text.is_empty();
        if is_copy || is_blank_of_copy {
            copies.push_str(text);
            opens = true;
            continue;
        }
        squares.entry((x, y)).or_default().push(kept.len());
        kept.push(DrawnGlyph { opens: glyph.opens || opens, ..*glyph });
        opens = false;
    }
    (kept, copies)
}

/// The most letters of one square that are compared.
const MOST_BESIDE: usize = 16;

fn square(glyph: &DrawnGlyph) -> (i64, i64) {
    let side = glyph.size.max(0.1);
    ((glyph.x / side).floor() as i64, (glyph.y / side).floor() as i64)
}

fn is_over(letter: &DrawnGlyph, copy: &DrawnGlyph) -> bool {
    let width = copy.dx.hypot(copy.dy);
    let apart = (APART * copy.size).min(APART_BY_WIDTH * width);
    let is_as_large = (letter.size - copy.size).abs() <= 0.05 * copy.size;
    is_as_large && (letter.x - copy.x).hypot(letter.y - copy.y) <= apart
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::pdf::content::Layer;
    use crate::read::pdf::font::Face;

    fn drawn(pieces: &[(f64, f64, &str)]) -> Drawn {
        let mut drawn = Drawn::default();
        for &(x, y, text) in pieces {
            for (k, c) in text.chars().enumerate() {
                let (at, len) = (drawn.text.len(), c.len_utf8() as u16);
                let (x, dx, dy, size) = (x + 6.0 * k as f64, 6.0, 0.0, 12.0);
                let (opens, layer) = (k == 0, Layer::Text);
                drawn.glyphs.push(DrawnGlyph {
                    at,
                    len,
                    x,
                    y,
                    dx,
                    dy,
                    size,
                    face: Face::default(),
                    opens,
                    layer,
                });
                drawn.text.push(c);
            }
        }
        drawn
    }

    fn kept(pieces: &[(f64, f64, &str)]) -> (String, String) {
        let drawn = drawn(pieces);
        let (kept, copies) = without_copies(&drawn, &drawn.glyphs);
        (kept.iter().map(|glyph| drawn.text_of(glyph)).collect(), copies)
    }

    #[test]
    fn copies_a_hair_apart_go() {
        let four = [0.0, 0.3, 0.6, 0.9].map(|by| (50.0 + by, 700.0, "2024 年报"));
        let expected = ("2024 年报".into(), "2024 年报2024 年报2024 年报".into());
        assert_eq!(kept(&four), expected);
    }

    #[test]
    fn letters_that_are_alike_stay_beside_one_another() {
        let text = "1100 will llama 种种";
        assert_eq!(kept(&[(50.0, 700.0, text)]), (text.into(), String::new()));
        let below = [(50.0, 700.0, "sum"), (50.0, 688.0, "sum")];
        assert_eq!(kept(&below).0, "sumsum");
    }
}
