//! The plain layout of the compiled lexicon: sections one after the other, each a length and
//! that many little-endian numbers.

/// Appends sections.
#[derive(Default)]
pub(super) struct Writer(Vec<u8>);

impl Writer {
    pub(super) fn bytes(&mut self, values: &[u8]) {
        self.0.extend(size(values.len()).to_le_bytes());
        self.0.extend(values);
    }

    pub(super) fn u16s(&mut self, values: impl ExactSizeIterator<Item = u16>) {
        self.0.extend(size(values.len()).to_le_bytes());
        self.0.extend(values.flat_map(u16::to_le_bytes));
    }

    pub(super) fn u32s(&mut self, values: impl ExactSizeIterator<Item = u32>) {
        self.0.extend(size(values.len()).to_le_bytes());
        self.0.extend(values.flat_map(u32::to_le_bytes));
    }

    pub(super) fn into_bytes(self) -> Vec<u8> {
        self.0
    }
}

/// An index or length as the layout stores it.
pub(super) fn size(n: usize) -> u32 {
    u32::try_from(n).expect("a lexicon has less than four billion of anything")
}

/// Reads the sections back in the order they were written; `None` where the bytes end early.
pub(super) struct Reader<'a>(pub(super) &'a [u8]);

impl<'a> Reader<'a> {
    pub(super) fn bytes(&mut self) -> Option<&'a [u8]> {
        self.section(1)
    }

    pub(super) fn string(&mut self) -> Option<&'a str> {
        std::str::from_utf8(self.bytes()?).ok()
    }

    pub(super) fn u16s(&mut self) -> Option<Vec<u16>> {
        let bytes = self.section(2)?;
        Some(bytes.chunks_exact(2).map(|b| u16::from_le_bytes([b[0], b[1]])).collect())
    }

    pub(super) fn u32s(&mut self) -> Option<Vec<u32>> {
        let bytes = self.section(4)?;
        let number = |b: &[u8]| u32::from_le_bytes([b[0], b[1], b[2], b[3]]);
        Some(bytes.chunks_exact(4).map(number).collect())
    }

    fn section(&mut self, width: usize) -> Option<&'a [u8]> {
        let (length, rest) = self.0.split_first_chunk::<4>()?;
        let length = usize::try_from(u32::from_le_bytes(*length)).ok()? * width;
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
        let mut writer = Writer::default();
        writer.u16s([7, 8].into_iter());
        writer.bytes("字".as_bytes());
        writer.u32s([70_000].into_iter());
        let bytes = writer.into_bytes();
        let mut reader = Reader(&bytes);
        assert_eq!(reader.u16s(), Some(vec![7, 8]));
        assert_eq!(reader.string(), Some("字"));
        assert_eq!(reader.u32s(), Some(vec![70_000]));
        assert_eq!(reader.bytes(), None);
    }
}
