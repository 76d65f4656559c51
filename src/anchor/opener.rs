//! What a mention may begin with.

use crate::text::number::{digit, is_numeral};
use crate::types::Side;

/// May a number begin with this character? In English one in words, too.
pub(super) fn begins_number(side: Side, c: char) -> bool {
    digit(c).is_some()
        || match side {
            Side::Zh => is_numeral(c),
            Side::En => "aefhnostz".contains(c.to_ascii_lowercase()),
        }
}
