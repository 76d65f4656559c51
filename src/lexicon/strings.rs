//! A fixed set of strings, each with a number: look-up by hashing, laid out when compiled so
//! that nothing is built at start.

use super::bytes::{Reader, U32s, Writer, size};

/// No string has this number: an empty slot.
const EMPTY: u32 = u32::MAX;

/// Strings numbered from 0 in the order given.
#[derive(Debug)]
pub(super) struct Strings {
    text: &'static [u8],
    /// Where each string begins in `text`; one more entry than strings.
    starts: U32s,
    /// Open addressing, linear probing, a power of two of slots.
    slots: U32s,
}

impl Strings {
    pub(super) fn read(bytes: &mut Reader) -> Option<Self> {
        let strings =
            Self { text: bytes.bytes()?, starts: bytes.u32s()?, slots: bytes.u32s()? };
        strings.slots.len().is_power_of_two().then_some(strings)
    }

    pub(super) fn len(&self) -> usize {
        self.starts.len().saturating_sub(1)
    }

    /// The string of a number; empty for one out of range.
    pub(super) fn get(&self, id: usize) -> &'static str {
        std::str::from_utf8(self.bytes(id)).unwrap_or_default()
    }

    fn bytes(&self, id: usize) -> &'static [u8] {
        self.text.get(self.starts.group(id)).unwrap_or_default()
    }

    pub(super) fn find(&self, string: &str) -> Option<usize> {
        let mut slot = first_slot(string, self.slots.len());
        for _ in 0..self.slots.len() {
            match self.slots.get(slot) {
                EMPTY => return None,
                id if self.bytes(id as usize) == string.as_bytes() => {
                    return Some(id as usize);
                }
                _ => slot = (slot + 1) % self.slots.len(),
            }
        }
        None
    }
}

/// Lays out distinct strings.
pub(super) fn write(strings: &[&str], out: &mut Writer) {
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

fn first_slot(string: &str, n_slots: usize) -> usize {
    usize::try_from(hash(string) & (n_slots as u64 - 1))
        .expect("masked to the number of slots")
}

/// FNV-1a with 64 bits, folded so that the low bits see the high ones.
///
/// Source: Fowler, Noll, Vo; offset and prime of the 64-bit variant.
fn hash(string: &str) -> u64 {
    let hash = string.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    });
    hash ^ (hash >> 29)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::bytes::written;

    fn strings(words: &[&str]) -> Strings {
        Strings::read(&mut written(|out| write(words, out))).unwrap()
    }

    #[test]
    fn every_string_is_found_under_its_number_and_no_other() {
        let words = ["act", "article", "court", "法"];
        let strings = strings(&words);
        for (id, word) in words.iter().enumerate() {
            assert_eq!(strings.find(word), Some(id));
            assert_eq!(strings.get(id), *word);
        }
        assert_eq!(strings.find("acts"), None);
        assert_eq!((strings.get(4), strings.len()), ("", 4));
    }

    #[test]
    fn an_empty_set_finds_nothing() {
        assert_eq!(strings(&[]).find("a"), None);
    }
}
