//! Streams unpacked within limits, as far as they are whole.

use std::io::Read as _;

use flate2::read::ZlibDecoder;
use hayro_syntax::Filter;
use hayro_syntax::object::Stream;

/// The most that a stream may unpack to, in bytes. Fonts are larger than text.
pub(super) const LARGEST: u64 = 10 << 20;
pub(super) const LARGEST_FONT: u64 = 64 << 20;

/// The bytes of a stream.
#[derive(Debug, Default)]
pub(super) struct Unpacked {
    pub(super) bytes: Vec<u8>,
    /// Is the stream damaged, so that bytes are missing?
    pub(super) is_cut: bool,
}

/// What a stream holds: all of it, or what comes before the first fault or the limit.
pub(super) fn unpack(stream: &Stream<'_>) -> Unpacked {
    let filters = stream.filters();
    let is_plain = !stream.dict().contains_key("DecodeParms");
    if let ([Filter::FlateDecode], true) = (&filters[..], is_plain) {
        let raw = stream.raw_data();
        let unpacked = inflate(&raw);
        // Some makers leave out the header, which the other reader forgives.
        if !unpacked.is_cut || !unpacked.bytes.is_empty() {
            return unpacked;
        }
    }
    if !is_small(stream) {
        return Unpacked { bytes: Vec::new(), is_cut: true };
    }
    match stream.decoded_data() {
        Ok(bytes) => Unpacked { bytes: bytes.into_owned(), is_cut: false },
        Err(_) => Unpacked { bytes: Vec::new(), is_cut: true },
    }
}

fn inflate(packed: &[u8]) -> Unpacked {
    let mut bytes = Vec::new();
    let read = ZlibDecoder::new(packed).take(LARGEST + 1).read_to_end(&mut bytes);
    let is_cut = bytes.len() as u64 > LARGEST;
    if read.is_ok() {
        bytes.truncate(LARGEST as usize);
        return Unpacked { bytes, is_cut };
    }
    // A fault costs the piece that it stands in: small ones are read anew.
    bytes.clear();
    let mut unpacking = ZlibDecoder::new(packed).take(LARGEST);
    let mut piece = [0; 64];
    let is_cut = loop {
        match unpacking.read(&mut piece) {
            Ok(0) => break false,
            Ok(n) => bytes.extend_from_slice(&piece[..n]),
            Err(_) => break true,
        }
    };
    Unpacked { bytes, is_cut }
}

/// Is it packed once at most? What is packed twice may unpack to a thousand times a thousand
/// bytes for each of its own; packed once it was weighed before.
pub(super) fn is_small(stream: &Stream<'_>) -> bool {
    let filters = stream.filters();
    let packed = [Filter::FlateDecode, Filter::LzwDecode, Filter::RunLengthDecode];
    filters.iter().filter(|filter| packed.contains(filter)).count() <= 1
}
