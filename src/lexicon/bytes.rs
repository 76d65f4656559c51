//! The plain layout of the compiled lexicon: sections one after the other, each a length and
//! that many little-endian numbers, read where they lie.

use std::ops::Range;

/// Numbers that stay where they were written; an index out of range gives 0.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct U16s(&'static [[u8; 2]]);

impl U16s {
    pub(super) fn get(self, i: usize) -> u16 {
        self.0.get(i).map_or(0, |&bytes| u16::from_le_bytes(bytes))
    }

    pub(super) fn len(self) -> usize {
        self.0.len()
    }

    /// The place of a number among those of a range, which rise.
    pub(super) fn find_sorted(self, range: Range<usize>, number: u16) -> Option<usize> {
        let numbers = self.0.get(range.clone())?;
        let place =
            numbers.binary_search_by_key(&number, |&bytes| u16::from_le_bytes(bytes));
        place.ok().map(|place| range.start + place)
    }
}

/// Numbers that stay where they were written; an index out of range gives 0.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct U32s(&'static [[u8; 4]]);

impl U32s {
    pub(super) fn get(self, i: usize) -> u32 {
        self.0.get(i).map_or(0, |&bytes| u32::from_le_bytes(bytes))
    }

    pub(super) fn len(self) -> usize {
        self.0.len()
    }

    /// The place of a number, where the numbers rise.
    pub(super) fn find_sorted(self, number: u32) -> Option<usize> {
        self.0.binary_search_by_key(&number, |&bytes| u32::from_le_bytes(bytes)).ok()
    }

    /// The members of a group, where these numbers say where each group begins.
    pub(super) fn group(self, group: usize) -> Range<usize> {
        self.get(group) as usize..self.get(group + 1) as usize
    }
}

/// Reads the sections back in the order they were written; `None` where the bytes end early.
/// Nothing is copied.
pub(super) struct SectionReader(pub(super) &'static [u8]);

impl SectionReader {
    pub(super) fn bytes(&mut self) -> Option<&'static [u8]> {
        self.section(1)
    }

    pub(super) fn u16s(&mut self) -> Option<U16s> {
        Some(U16s(self.section(2)?.as_chunks().0))
    }

    pub(super) fn u32s(&mut self) -> Option<U32s> {
        Some(U32s(self.section(4)?.as_chunks().0))
    }

    fn section(&mut self, width: usize) -> Option<&'static [u8]> {
        let (length, rest) = self.0.split_first_chunk::<4>()?;
        let length =
            usize::try_from(u32::from_le_bytes(*length)).ok()?.checked_mul(width)?;
        let (section, rest) = rest.split_at_checked(length)?;
        self.0 = rest;
        Some(section)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sections_come_back_in_order() {
        let mut bytes = vec![2, 0, 0, 0, 7, 0, 8, 0];
        bytes.extend([3, 0, 0, 0]);
        bytes.extend("字".as_bytes());
        bytes.extend([1, 0, 0, 0, 0x70, 0x11, 1, 0]);
        let mut reader = SectionReader(bytes.leak());
        let (shorts, bytes, longs) =
            (reader.u16s().unwrap(), reader.bytes().unwrap(), reader.u32s().unwrap());
        assert_eq!((shorts.get(0), shorts.get(1), shorts.get(2)), (7, 8, 0));
        assert_eq!(bytes, "字".as_bytes());
        assert_eq!((longs.get(0), longs.len()), (70_000, 1));
        assert!(reader.bytes().is_none());
    }
}
