//! A fixed set of strings, laid out for look-up by hashing.

use bitext::lexicon::layout::{EMPTY, first_slot, size};

use crate::writer::Writer;

/// Lays out distinct strings.
pub(crate) fn write(strings: &[&str], out: &mut Writer) {
    let mut starts = vec![0];
    let mut slots = vec![EMPTY; (strings.len() * 2 + 1).next_power_of_two()];
    for (id, string) in strings.iter().enumerate() {
        starts.push(starts[id] + size(string.len()));
        let mut slot = first_slot(string, slots.len());
        while slots[slot] != EMPTY {
            slot = (slot + 1) % slots.len();
        }
        slots[slot] = size(id);
    }
    out.bytes(strings.concat().as_bytes());
    out.u32s(starts.into_iter());
    out.u32s(slots.into_iter());
}
