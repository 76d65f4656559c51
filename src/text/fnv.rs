//! A hash that no release of a crate will change, for what outlives a run.

/// FNV-1a, 64 bits.
///
/// Source: Fowler, Noll, Vo; RFC 9923.
pub fn fnv(bytes: impl IntoIterator<Item = u8>) -> u64 {
    const BASIS: u64 = 0xcbf2_9ce4_8422_2325;
    const PRIME: u64 = 0x100_0000_01b3;
    bytes
        .into_iter()
        .fold(BASIS, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(PRIME))
}
