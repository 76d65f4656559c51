//! A fixed set of strings, each with a number: look-up by hashing, laid out when compiled so
//! that nothing is built at start.

use super::bytes::{SectionReader, U32s};
use super::layout::{EMPTY, first_slot};

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
    pub(super) fn read(bytes: &mut SectionReader) -> Option<Self> {
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
