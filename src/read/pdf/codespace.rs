//! How many bytes of a string make a code (ISO 32000-1, 9.7.6.2).

use std::ops::RangeInclusive;

/// The most ranges of a table that are read.
const MOST_RANGES: usize = 1000;

/// Codes of one length: each of their bytes lies in its range.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Codes(Vec<RangeInclusive<u8>>);

impl Codes {
    fn of(low: &[u8], high: &[u8]) -> Self {
        Self(low.iter().zip(high).map(|(&low, &high)| low..=high).collect())
    }

    fn begin(&self, bytes: &[u8]) -> bool {
        bytes.len() >= self.0.len()
            && self.0.iter().zip(bytes).all(|(r, b)| r.contains(b))
    }
}

/// The codes of a font.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Codespace(Vec<Codes>);

impl Codespace {
    /// The codes of a table that readers know by name.
    ///
    /// Source: the code space ranges of Adobe's `cmap-resources`.
    pub(super) fn named(name: &[u8]) -> Self {
        let says = |word: &[u8]| name.windows(word.len()).any(|part| part == word);
        let ranges: &[(&[u8], &[u8])] = if says(b"-UTF16") {
            &[
                (&[0, 0], &[0xD7, 0xFF]),
                (&[0xD8, 0, 0xDC, 0], &[0xDB, 0xFF, 0xDF, 0xFF]),
                (&[0xE0, 0], &[0xFF, 0xFF]),
            ]
        } else if says(b"RKSJ") {
            &[
                (&[0], &[0x80]),
                (&[0x81, 0x40], &[0x9F, 0xFC]),
                (&[0xA0], &[0xDF]),
                (&[0xE0, 0x40], &[0xFC, 0xFC]),
                (&[0xFD], &[0xFF]),
            ]
        } else if says(b"GBK2K") {
            &[
                (&[0], &[0x80]),
                (&[0x81, 0x30, 0x81, 0x30], &[0xFE, 0x39, 0xFE, 0x39]),
                (&[0x81, 0x40], &[0xFE, 0xFE]),
            ]
        } else if says(b"CNS-EUC") {
            &[
                (&[0], &[0x80]),
                (&[0x8E, 0xA1, 0xA1, 0xA1], &[0x8E, 0xA7, 0xFE, 0xFE]),
                (&[0xA1, 0xA1], &[0xFE, 0xFE]),
            ]
        } else if name.starts_with(b"EUC-") {
            &[
                (&[0], &[0x80]),
                (&[0x8E, 0xA0], &[0x8E, 0xDF]),
                (&[0xA1, 0xA1], &[0xFE, 0xFE]),
            ]
        } else if says(b"pc-") {
            // The character sets of the Macintosh have letters at both ends.
            &[(&[0], &[0x80]), (&[0x81, 0x40], &[0xFC, 0xFE]), (&[0xFD], &[0xFF])]
        } else if says(b"-B5") || says(b"EUC") || says(b"UHC") {
            &[(&[0], &[0x80]), (&[0x81, 0x40], &[0xFE, 0xFE]), (&[0xFF], &[0xFF])]
        } else {
            &[(&[0, 0], &[0xFF, 0xFF])]
        };
        Self(ranges.iter().map(|(low, high)| Codes::of(low, high)).collect())
    }

    /// The codes that a table in the file says it has; two bytes each if it says nothing.
    pub(super) fn told(table: &[u8]) -> Self {
        let mut out = Vec::new();
        let mut rest = table;
        while let Some(list) = behind(rest, b"begincodespacerange") {
            let end = find(list, b"endcodespacerange").unwrap_or(list.len());
            let mut codes = hex_strings(&list[..end]);
            while let (Some(low), Some(high)) = (codes.next(), codes.next()) {
                let is_range = low.len() == high.len() && (1..=4).contains(&low.len());
                if is_range && out.len() < MOST_RANGES {
                    out.push(Codes::of(&low, &high));
                }
            }
            rest = &list[end..];
        }
        if out.is_empty() { Self::named(b"Identity") } else { Self(out) }
    }

    /// How many bytes the code takes that a string begins with, at most all that there are.
    pub(super) fn len_of(&self, bytes: &[u8]) -> usize {
        let known = self.0.iter().filter(|codes| codes.begin(bytes));
        let shortest = known.map(|codes| codes.0.len()).min();
        // A code of none of the ranges is as long as one that begins like it, or as the shortest.
        let begins =
            |codes: &&Codes| codes.0.first().is_some_and(|r| r.contains(&bytes[0]));
        let len = shortest
            .or_else(|| self.0.iter().filter(begins).map(|codes| codes.0.len()).min())
            .or_else(|| self.0.iter().map(|codes| codes.0.len()).min());
        len.unwrap_or(1).clamp(1, bytes.len().max(1))
    }
}

fn find(bytes: &[u8], word: &[u8]) -> Option<usize> {
    memchr::memmem::find(bytes, word)
}

fn behind<'a>(bytes: &'a [u8], word: &[u8]) -> Option<&'a [u8]> {
    find(bytes, word).map(|at| &bytes[at + word.len()..])
}

/// The strings written as `<8140>`.
fn hex_strings(text: &[u8]) -> impl Iterator<Item = Vec<u8>> {
    text.split(|&byte| byte == b'<').skip(1).map(|string| {
        let digits = string.iter().take_while(|&&byte| byte != b'>');
        let digits: Vec<u8> = digits
            .filter_map(|&byte| char::from(byte).to_digit(16))
            .map(|digit| digit as u8)
            .collect();
        digits.chunks(2).map(|pair| pair[0] << 4 | pair.get(1).unwrap_or(&0)).collect()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ascii_takes_one_byte_and_han_two() {
        for name in [&b"GBK-EUC-H"[..], b"GBpc-EUC-V", b"ETen-B5-H", b"90ms-RKSJ-H"] {
            let codes = Codespace::named(name);
            assert_eq!([codes.len_of(b"a\xB4\xF3"), codes.len_of(b"\x88\xF3a")], [1, 2]);
        }
        let codes = Codespace::named(b"UniGB-UTF16-H");
        assert_eq!(codes.len_of(&[0x4E, 0, 0x4E, 1]), 2);
        assert_eq!(codes.len_of(&[0xD8, 0x40, 0xDC, 0]), 4);
        assert_eq!(Codespace::named(b"Identity-H").len_of(&[1, 2, 3]), 2);
        assert_eq!(Codespace::named(b"Identity-H").len_of(&[1]), 1, "a string cut short");
    }

    #[test]
    fn the_file_may_tell_its_own() {
        let table = b"2 begincodespacerange <00> <80> <8140>\n<FEFE> endcodespacerange";
        let codes = Codespace::told(table);
        assert_eq!([codes.len_of(b"a"), codes.len_of(b"\x81\x40a")], [1, 2]);
        assert_eq!(codes.len_of(b"\x81\x01a"), 2, "begins like one of two bytes");
        assert_eq!(codes.len_of(b"\xFFab"), 1);
        let one_byte =
            Codespace::told(b"1 begincodespacerange <00> <FF> endcodespacerange");
        assert_eq!(one_byte.len_of(b"abc"), 1);
        assert_eq!(Codespace::told(b"nothing"), Codespace::named(b"Identity-H"));
    }
}
