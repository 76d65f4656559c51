//! Text that runs in other directions than from left to right: tables on their side, pages
//! shown turned, text set from above, stamps along the edge.
//!
//! The letters of each direction are a page of their own, turned so that they run from left to
//! right; the direction of most letters comes first. So it does not matter by which of the
//! three ways a maker turns a page (`/Rotate`, the matrix of the page, that of the text).

use std::collections::BTreeMap;

use super::content::DrawnGlyph;

/// Directions are told apart by this angle, in degrees.
const STEP: f64 = 10.0;

/// A letter, and where it stands once the page is turned.
pub(super) struct Placed<'g> {
    pub(super) x: f64,
    pub(super) y: f64,
    pub(super) glyph: &'g DrawnGlyph,
}

/// The texts of the letters of each direction; `text_of` gives that of letters that run from left
/// to right.
pub(super) fn apart(
    glyphs: Vec<DrawnGlyph>,
    mut text_of: impl FnMut(&[Placed<'_>]) -> String,
) -> Vec<String> {
    let mut parts: BTreeMap<i32, Vec<DrawnGlyph>> = BTreeMap::new();
    let mut direction = None;
    let first = glyphs.iter().find_map(direction_of).unwrap_or(0);
    for glyph in glyphs {
        // What takes no room stands over the letter before it.
        direction = direction_of(&glyph).or(direction);
        parts.entry(direction.unwrap_or(first)).or_default().push(glyph);
    }
    let mut parts: Vec<(i32, Vec<DrawnGlyph>)> = parts.into_iter().collect();
    parts.sort_by_key(|(_, glyphs)| std::cmp::Reverse(glyphs.len()));
    parts
        .into_iter()
        .map(|(direction, glyphs)| {
            let (sin, cos) = (STEP * f64::from(direction)).to_radians().sin_cos();
            let turned = glyphs.iter().map(|glyph| {
                let (x, y) = (glyph.x, glyph.y);
                Placed { x: x * cos + y * sin, y: y * cos - x * sin, glyph }
            });
            text_of(&turned.collect::<Vec<_>>())
        })
        .filter(|text| !text.trim().is_empty())
        .collect()
}

/// In which direction the next letter stands, in steps from left to right against the clock.
fn direction_of(glyph: &DrawnGlyph) -> Option<i32> {
    let takes_room = glyph.dx.hypot(glyph.dy) > 0.01 * glyph.size;
    let n_steps = (360.0 / STEP) as i32;
    takes_room
        .then(|| (glyph.dy.atan2(glyph.dx).to_degrees() / STEP).round() as i32)
        .map(|steps| steps.rem_euclid(n_steps))
}
