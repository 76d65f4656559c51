//! Fonts that count their letters by a character set of old, told to a reader that knows none.
//!
//! Chinese PDFs without fonts of their own name the character set of their text (`GBK-EUC-H`,
//! `UniGB-UCS2-H`: ISO 32000-1, 9.7.5.2) and leave the table of it to the reader.
//! `pdf-extract` 0.12 refuses each page with such a font, so that the table is written into
//! the file as fonts of other makes have it.

use std::fmt::Write as _;

use encoding_rs::{BIG5, Encoding, GBK};
use pdf_extract::{Dictionary, Document, Object, ObjectId, Stream};

/// The width of a letter of ASCII, in thousandths of the size: half of a Han character's.
const HALF: i64 = 500;

/// How the text of a font is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Charset {
    /// UTF-16, two bytes a letter.
    Unicode,
    /// ASCII in one byte, Han in two.
    Mixed(&'static Encoding),
}

impl Charset {
    fn of(name: &[u8]) -> Option<Self> {
        let name = name.strip_suffix(b"-H").or_else(|| name.strip_suffix(b"-V"))?;
        Some(match name {
            b"GB-EUC" | b"GBpc-EUC" | b"GBK-EUC" | b"GBKp-EUC" | b"GBK2K" => {
                Charset::Mixed(GBK)
            }
            b"B5pc" | b"ETen-B5" | b"ETenms-B5" | b"HKscs-B5" => Charset::Mixed(BIG5),
            _ if name.starts_with(b"Uni")
                && (name.ends_with(b"-UCS2") || name.ends_with(b"-UTF16")) =>
            {
                Charset::Unicode
            }
            _ => return None,
        })
    }

    /// Says how many bytes make a letter.
    fn encoding(self) -> Object {
        match self {
            Charset::Unicode => Object::Name(b"Identity-H".to_vec()),
            // The reader takes half of the bytes that a range is written with for those of a
            // letter, and the first range of numbers only.
            Charset::Mixed(_) => Stream::new(
                Dictionary::new(),
                b"2 begincodespacerange <0000> <0080> <00008100> <0000FEFF> endcodespacerange \
                  1 begincidrange <0000> <FFFF> 0 endcidrange"
                    .to_vec(),
            )
            .into(),
        }
    }

    /// Says which character each letter is.
    fn to_unicode(self) -> String {
        let mut out = String::new();
        let mut put = |line: std::fmt::Arguments| {
            out.write_fmt(line).expect("a string takes whatever is written");
        };
        match self {
            Charset::Unicode => {
                for row in (0..=0xFF).filter(|row| !(0xD8..=0xDF).contains(row)) {
                    put(format_args!(
                        "1 beginbfrange <{row:02X}00> <{row:02X}FF> <{row:02X}00> endbfrange\n"
                    ));
                }
            }
            Charset::Mixed(encoding) => {
                put(format_args!("1 beginbfrange <0020> <007E> <0020> endbfrange\n"));
                for row in 0x81..=0xFE_u8 {
                    put(format_args!("1 beginbfrange <{row:02X}40> <{row:02X}FE> ["));
                    for cell in 0x40..=0xFE {
                        put(format_args!("<{:04X}>", unit(encoding, [row, cell])));
                    }
                    put(format_args!("] endbfrange\n"));
                }
            }
        }
        out
    }
}

/// The character of two bytes; U+FFFD where there is none, or none of the first plane, which
/// are too rare in these sets.
fn unit(encoding: &'static Encoding, bytes: [u8; 2]) -> u16 {
    let text = encoding.decode_without_bom_handling_and_without_replacement(&bytes);
    let mut units = text.iter().flat_map(|text| text.encode_utf16());
    match (units.next(), units.next()) {
        (Some(unit), None) => unit,
        _ => 0xFFFD,
    }
}

/// Writes the tables of the character sets into the fonts that name one.
pub(super) fn write_out(document: &mut Document) {
    let fonts = document.objects.iter().filter_map(|(&id, object)| {
        let font = object.as_dict().ok()?;
        let name =
            font.get(b"Encoding").and_then(|name| document.dereference(name)).ok()?;
        Some((id, Charset::of(name.1.as_name().ok()?)?, descendant(document, font)))
    });
    let fonts: Vec<_> = fonts.collect();
    let mut tables: Vec<(Charset, [ObjectId; 2])> = Vec::new();
    for (id, charset, descendant) in fonts {
        let known = tables.iter().find(|table| table.0 == charset);
        let [encoding, to_unicode] = known.map(|table| table.1).unwrap_or_else(|| {
            let table = charset.to_unicode().into_bytes();
            let ids = [
                document.add_object(charset.encoding()),
                document.add_object(Stream::new(Dictionary::new(), table)),
            ];
            tables.push((charset, ids));
            ids
        });
        if let Ok(font) = document.get_dictionary_mut(id) {
            font.set("Encoding", encoding);
            if !font.has(b"ToUnicode") {
                font.set("ToUnicode", to_unicode);
            }
        }
        // The file gives widths by the number of a letter in a table that is not here.
        if let Some(Ok(font)) = descendant.map(|id| document.get_dictionary_mut(id)) {
            let ascii = vec![Object::Integer(HALF); 0x7F - 0x20];
            font.set("W", vec![Object::Integer(0x20), Object::Array(ascii)]);
        }
    }
}

/// The one font that stands behind a composite one.
fn descendant(document: &Document, font: &Dictionary) -> Option<ObjectId> {
    let fonts =
        font.get(b"DescendantFonts").and_then(|fonts| document.dereference(fonts));
    fonts.ok()?.1.as_array().ok()?.first()?.as_reference().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn character_sets_are_known_by_name() {
        assert_eq!(Charset::of(b"UniGB-UCS2-H"), Some(Charset::Unicode));
        assert_eq!(Charset::of(b"UniCNS-UTF16-V"), Some(Charset::Unicode));
        assert_eq!(Charset::of(b"GBK-EUC-H"), Some(Charset::Mixed(GBK)));
        assert_eq!(Charset::of(b"ETen-B5-H"), Some(Charset::Mixed(BIG5)));
        for name in [&b"Identity-H"[..], b"WinAnsiEncoding", b"90ms-RKSJ-H", b"GBK-EUC"] {
            assert_eq!(Charset::of(name), None);
        }
    }

    #[test]
    fn a_table_leads_from_the_code_to_the_character() {
        let table = Charset::Mixed(GBK).to_unicode();
        assert!(table.contains("<B440> <B4FE> [<7884>"), "碄");
        assert_eq!(unit(GBK, *b"\xB4\xF3"), 0x5927, "大");
        assert_eq!(unit(BIG5, *b"\xA4\x6A"), 0x5927, "大");
        assert_eq!(unit(BIG5, *b"\xFF\xFF"), 0xFFFD);
        assert!(!Charset::Unicode.to_unicode().contains("<D8"));
    }
}
