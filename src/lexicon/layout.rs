//! What the compiled lexicon looks like: what [`Seed`](super::Seed) reads and
//! `examples/lexicon` writes.
//!
//! Sections one after the other, each a length and that many little-endian numbers.

use crate::text::fnv::fnv;

/// Longest headword in characters. The look-up returns its finds without allocating, so the
/// length must be known; one in a thousand headwords of CC-CEDICT is longer.
pub const MAX_CHARS: usize = 12;

/// The code of a character that is in no headword; those that are have their place among the
/// sorted characters, counted from 1.
pub const NO_CODE: u16 = 0;

/// Nodes of one block of the bit set of word ends.
pub const BLOCK: usize = 8;

/// No string has this number: an empty slot.
pub const EMPTY: u32 = u32::MAX;

/// Probabilities are stored as whole multiples of this.
pub const PROBABILITY_STEP: f32 = 1e-4;

/// Set in the number of a syllable that is the reading of a surname.
pub const SURNAME: u16 = 0x8000;

/// The code of the character at a place among the sorted characters of the headwords.
///
/// # Panics
///
/// From 65,535 characters on, which no lexicon has.
pub fn code_at(place: usize) -> u16 {
    u16::try_from(place + 1).expect("headwords have less than 65,535 characters")
}

/// An index or length as it is stored.
///
/// # Panics
///
/// From four billion on.
pub fn size(n: usize) -> u32 {
    u32::try_from(n).expect("a lexicon has less than four billion of anything")
}

/// The slot where the search for a string begins, of a power of two of slots.
///
/// # Panics
///
/// Never: the slot is masked to their number.
pub fn first_slot(string: &str, n_slots: usize) -> usize {
    usize::try_from(hash(string) & (n_slots as u64 - 1))
        .expect("masked to the number of slots")
}

/// FNV-1a, folded so that the low bits see the high ones.
fn hash(string: &str) -> u64 {
    let hash = fnv(string.bytes());
    hash ^ (hash >> 29)
}
