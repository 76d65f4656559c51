//! A fixed set of strings, each with a number: look-up by hashing, laid out when compiled so
//! that nothing is built at start.

use super::bytes::{Reader, Writer, size};

/// No string has this number: an empty slot.
const EMPTY: u32 = u32::MAX;

/// Strings numbered from 0 in the order given.
#[derive(Debug, Default)]
pub(super) struct Strings {
    text: Box<str>,
    /// Where each string begins in `text`; one more entry than strings.
    starts: Vec<u32>,
    /// Open addressing, linear probing, a power of two of slots.
    slots: Vec<u32>,
}

impl Strings {
    /// Lays out distinct strings.
    pub(super) fn new<'a>(strings: impl Iterator<Item = &'a str>) -> Self {
        let mut text = String::new();
        let mut starts = vec![0];
        for string in strings {
            text.push_str(string);
            starts.push(size(text.len()));
        }
        let n_slots = (starts.len() * 2).next_power_of_two();
        let mut built = Self { text: text.into(), starts, slots: vec![EMPTY; n_slots] };
        for id in 0..built.len() {
            let mut slot = built.first_slot(built.get(id));
            while built.slots[slot] != EMPTY {
                slot = (slot + 1) % n_slots;
            }
            built.slots[slot] = size(id);
        }
        built
    }

    pub(super) fn len(&self) -> usize {
        self.starts.len() - 1
    }

    /// The string of a number; empty for one out of range.
    pub(super) fn get(&self, id: usize) -> &str {
        match (self.starts.get(id), self.starts.get(id + 1)) {
            (Some(&start), Some(&end)) => &self.text[start as usize..end as usize],
            _ => "",
        }
    }

    pub(super) fn find(&self, string: &str) -> Option<usize> {
        let mut slot = self.first_slot(string);
        loop {
            let id = self.slots[slot];
            if id == EMPTY {
                return None;
            }
            if self.get(id as usize) == string {
                return Some(id as usize);
            }
            slot = (slot + 1) % self.slots.len();
        }
    }

    fn first_slot(&self, string: &str) -> usize {
        usize::try_from(hash(string) & (self.slots.len() as u64 - 1))
            .expect("masked to the number of slots")
    }

    pub(super) fn write(&self, out: &mut Writer) {
        out.bytes(self.text.as_bytes());
        out.u32s(self.starts.iter().copied());
        out.u32s(self.slots.iter().copied());
    }

    pub(super) fn read(bytes: &mut Reader<'_>) -> Option<Self> {
        let text = bytes.string()?.into();
        Some(Self { text, starts: bytes.u32s()?, slots: bytes.u32s()? })
    }
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

    #[test]
    fn every_string_is_found_under_its_number_and_no_other() {
        let words = ["act", "article", "court", "法"];
        let strings = Strings::new(words.into_iter());
        for (id, word) in words.iter().enumerate() {
            assert_eq!(strings.find(word), Some(id));
            assert_eq!(strings.get(id), *word);
        }
        assert_eq!(strings.find("acts"), None);
        assert_eq!(strings.get(4), "");
    }

    #[test]
    fn an_empty_set_finds_nothing() {
        assert_eq!(Strings::new(std::iter::empty()).find("a"), None);
    }
}
