//! The plain layout of the compiled lexicon: sections one after the other, each a length and
//! that many little-endian numbers.

use bitext::lexicon::layout::size;

/// Appends sections.
#[derive(Default)]
pub(crate) struct Writer(Vec<u8>);

impl Writer {
    pub(crate) fn bytes(&mut self, values: &[u8]) {
        self.0.extend(size(values.len()).to_le_bytes());
        self.0.extend(values);
    }

    pub(crate) fn u16s(&mut self, values: impl ExactSizeIterator<Item = u16>) {
        self.0.extend(size(values.len()).to_le_bytes());
        self.0.extend(values.flat_map(u16::to_le_bytes));
    }

    pub(crate) fn u32s(&mut self, values: impl ExactSizeIterator<Item = u32>) {
        self.0.extend(size(values.len()).to_le_bytes());
        self.0.extend(values.flat_map(u32::to_le_bytes));
    }

    pub(crate) fn into_bytes(self) -> Vec<u8> {
        self.0
    }
}
