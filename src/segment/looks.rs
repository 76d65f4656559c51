//! What a line of a page shows by itself: a bullet, the room that it left.

use crate::clean::{Layout, Line};
use crate::text::script::columns;
use crate::types::Side;

/// An English line left so much room that the next word would have stood in it with this to
/// spare, in columns: pages of proportional letters vary by about as much.
const SPARE: usize = 8;

/// The bullet that the line opens with. Symbol fonts leave letters where they had pictures:
/// `§` is the square of Wingdings, `o` the ring of Courier New, `Ø` an arrow head.
pub(super) fn bullet(text: &str) -> Option<char> {
    const BULLETS: &str = "•‣▪■□●○◦◆◇►▶➢➤✓✔§Øo-–*+";
    let mut chars = text.chars();
    let bullet = chars.next().filter(|&c| BULLETS.contains(c))?;
    let is_parted = chars.next().is_some_and(char::is_whitespace);
    // Section 5 is cited as § 5.
    let next = chars.next()?;
    let opens = !next.is_numeric() && !next.is_whitespace() && !BULLETS.contains(next)
        || matches!(next, '-' | 'o');
    (is_parted && opens).then_some(bullet)
}

/// Would the beginning of the new line have stood in the old one?
pub(super) fn is_short(old: &Line, new: &Line, layout: &Layout, side: Side) -> bool {
    match side {
        // A Chinese line can break after any character.
        Side::Zh => !layout.is_full(old),
        Side::En => {
            let word = new.text.as_str().split(' ').next().unwrap_or("");
            let word: usize = word.chars().map(columns).sum();
            layout.room(old) > word + SPARE
        }
    }
}
