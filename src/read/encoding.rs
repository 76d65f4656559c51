//! Which encoding the bytes are in.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{
    BIG5, Decoder, DecoderResult, Encoding, GB18030, GBK, UTF_8, UTF_16BE, UTF_16LE,
};

use super::error::ReadError;

/// How much of a file is looked at to guess its encoding, in bytes. `chardetng` reads some
/// 18 MB a second and is sure after a page; what follows would only cost time.
pub(super) const SAMPLE: usize = 64 * 1024;

/// The share of characters of a plain text that [`is_plausible`] knows, at least. Zero bytes
/// at random read as UTF-16 give about a third of Han.
const PLAUSIBLE: f64 = 0.9;

/// A file that is UTF-8 but for one character in so many is damaged UTF-8, not another
/// encoding: text in GB18030 or Big5 has hardly any sequence that UTF-8 knows.
const DAMAGED: usize = 10;

/// The text of a file.
#[derive(Debug)]
pub(super) struct Decoded {
    pub(super) text: String,
    pub(super) encoding: &'static str,
    /// Was the encoding guessed, so that it may be wrong?
    pub(super) guessed: bool,
}

/// Why bytes could not be decoded.
#[derive(Debug)]
pub(super) enum Failure {
    /// They are no text.
    NoText,
    /// They do not fit the encoding.
    Undecodable { byte: usize, encoding: &'static str, named: bool },
}

/// The encoding of that name; GBK as GB18030, which holds the whole of it.
pub(super) fn named(label: &str) -> Result<&'static Encoding, ReadError> {
    match Encoding::for_label_no_replacement(label.trim().as_bytes()) {
        Some(encoding) => Ok(widened(encoding)),
        None => Err(ReadError::UnknownEncoding { label: label.to_owned() }),
    }
}

fn widened(encoding: &'static Encoding) -> &'static Encoding {
    if encoding == GBK { GB18030 } else { encoding }
}

/// Decodes in the encoding named, or else found out. A byte order mark overrules both.
pub(super) fn decode(
    bytes: &[u8],
    named: Option<&'static Encoding>,
) -> Result<Decoded, Failure> {
    if let Some(Choice { encoding, mark, named }) = sure(bytes, named)? {
        return strictly(&bytes[mark..], encoding, mark, named);
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Ok(Decoded {
            text: text.to_owned(),
            encoding: UTF_8.name(),
            guessed: false,
        });
    }
    if let Some(byte) = damage(bytes) {
        let encoding = UTF_8.name();
        return Err(Failure::Undecodable { byte, encoding, named: false });
    }
    guessed(bytes)
}

/// The encoding that a file is read in.
#[derive(Clone, Copy, Debug)]
pub(super) struct Choice {
    pub(super) encoding: &'static Encoding,
    /// The length of the byte order mark before the text.
    pub(super) mark: usize,
    /// Was it named by the user?
    pub(super) named: bool,
}

/// The encoding that is named, or told by how a file begins; `None` where that does not tell.
pub(super) fn sure(
    head: &[u8],
    named: Option<&'static Encoding>,
) -> Result<Option<Choice>, Failure> {
    if let Some((encoding, mark)) = Encoding::for_bom(head) {
        return Ok(Some(Choice { encoding, mark, named: false }));
    }
    if let Some(encoding) = named {
        return Ok(Some(Choice { encoding, mark: 0, named: true }));
    }
    if sample(head).contains(&0) {
        let encoding = utf16(head).ok_or(Failure::NoText)?;
        return Ok(Some(Choice { encoding, mark: 0, named: false }));
    }
    Ok(None)
}

fn sample(bytes: &[u8]) -> &[u8] {
    &bytes[..bytes.len().min(SAMPLE)]
}

/// Decodes without a replacement; `skipped` bytes stood before these in the file.
fn strictly(
    bytes: &[u8],
    encoding: &'static Encoding,
    skipped: usize,
    named: bool,
) -> Result<Decoded, Failure> {
    let mut decoder = encoding.new_decoder_without_bom_handling();
    let mut text = String::new();
    let (result, read) = decode_on(&mut decoder, bytes, &mut text, true);
    match result {
        DecoderResult::InputEmpty => {
            text.shrink_to_fit();
            Ok(Decoded { text, encoding: encoding.name(), guessed: false })
        }
        DecoderResult::OutputFull => Err(Failure::NoText),
        DecoderResult::Malformed(malformed, behind) => {
            let start = read.saturating_sub(usize::from(malformed) + usize::from(behind));
            Err(Failure::Undecodable {
                byte: skipped + start,
                encoding: encoding.name(),
                named,
            })
        }
    }
}

/// UTF-16 without a mark: of its two byte orders, the one that makes a plausible text.
///
/// Counting the places of the zero bytes alone misleads: 一 (U+4E00) has one where `A` has
/// its letter.
fn utf16(bytes: &[u8]) -> Option<&'static Encoding> {
    let units = || sample(bytes).chunks_exact(2).map(|unit| [unit[0], unit[1]]);
    let share = |order: fn([u8; 2]) -> u16| {
        let known = units().filter(|&unit| is_plausible(order(unit))).count();
        known as f64 / units().len().max(1) as f64
    };
    let (little, big) = (share(u16::from_le_bytes), share(u16::from_be_bytes));
    let (best, encoding) =
        if little >= big { (little, UTF_16LE) } else { (big, UTF_16BE) };
    (best >= PLAUSIBLE).then_some(encoding)
}

/// Does a Chinese or English text use this UTF-16 unit?
fn is_plausible(unit: u16) -> bool {
    matches!(unit,
        0x09..=0x0D | 0x20..=0x7E
        | 0xA0..=0x024F     // Latin-1 Supplement, Latin Extended-A and -B
        | 0x2000..=0x22FF   // General Punctuation to Mathematical Operators
        | 0x2460..=0x24FF   // Enclosed Alphanumerics
        | 0x3000..=0x30FF   // CJK Symbols and Punctuation, Hiragana, Katakana
        | 0x3400..=0x4DBF   // CJK Unified Ideographs Extension A
        | 0x4E00..=0x9FFF   // CJK Unified Ideographs
        | 0xD800..=0xDFFF   // surrogates: Extension B and further
        | 0xFE30..=0xFE4F   // CJK Compatibility Forms
        | 0xFF00..=0xFFEF) // Halfwidth and Fullwidth Forms
}

/// The first byte that breaks a file which is UTF-8 for all the rest.
fn damage(bytes: &[u8]) -> Option<usize> {
    let mut damage = Damage::default();
    damage.add(bytes, true);
    damage.first()
}

/// What breaks a file that may be UTF-8 for all the rest, and that may come in pieces.
#[derive(Debug, Default)]
pub(super) struct Damage {
    n_wide: usize,
    n_broken: usize,
    first: Option<usize>,
    at: usize,
}

impl Damage {
    /// Looks at the bytes that follow those before; says how many it took. What is left is a
    /// character of which more may follow, unless these are the last.
    pub(super) fn add(&mut self, bytes: &[u8], is_last: bool) -> usize {
        let start = self.at;
        for chunk in bytes.utf8_chunks() {
            let (valid, invalid) = (chunk.valid(), chunk.invalid());
            self.n_wide += valid.chars().filter(|c| !c.is_ascii()).count();
            self.at += valid.len();
            let is_end = self.at - start + invalid.len() == bytes.len();
            let is_open =
                || std::str::from_utf8(invalid).is_err_and(|e| e.error_len().is_none());
            if invalid.is_empty() || !is_last && is_end && is_open() {
                continue;
            }
            self.n_broken += 1;
            self.first.get_or_insert(self.at);
            self.at += invalid.len();
        }
        self.at - start
    }

    /// The first byte of it; `None` of what is no UTF-8 at all, or whole.
    pub(super) fn first(&self) -> Option<usize> {
        self.first.filter(|_| self.n_broken * DAMAGED <= self.n_wide)
    }
}

/// Decodes what comes next of a file behind a text, as far as it goes; says how far that was,
/// and whether it went on to the end.
pub(super) fn decode_on(
    decoder: &mut Decoder,
    raw: &[u8],
    text: &mut String,
    is_last: bool,
) -> (DecoderResult, usize) {
    let room = decoder.max_utf8_buffer_length_without_replacement(raw.len());
    text.reserve(room.unwrap_or(4 * raw.len()));
    decoder.decode_to_string_without_replacement(raw, text, is_last)
}

/// The encodings that a file which begins so may be in, the likeliest first.
pub(super) fn guesses(head: &[u8], is_whole: bool) -> [&'static Encoding; 3] {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(sample(head), is_whole && head.len() <= SAMPLE);
    [widened(detector.guess(None, Utf8Detection::Deny)), GB18030, BIG5]
}

/// Decodes in the encoding that the detector names, or else in the commonest that fits.
fn guessed(bytes: &[u8]) -> Result<Decoded, Failure> {
    let mut failure = None;
    for encoding in guesses(bytes, true) {
        match strictly(bytes, encoding, 0, false) {
            Ok(decoded) => return Ok(Decoded { guessed: true, ..decoded }),
            Err(error) => failure = failure.or(Some(error)),
        }
    }
    Err(failure.unwrap_or(Failure::NoText))
}

#[cfg(test)]
mod tests {
    use super::*;

    const SIMPLIFIED: &str = "大会，回顾其关于预防犯罪和刑事司法的各项决议，一致决定：\n\
         （一）请各会员国加强合作；\n（二）请秘书长提出报告。\n";
    const TRADITIONAL: &str = "第一條　為促進國際間之合作，特制定本法。\n第二條　本法未規定者，適用其他法律。\n";

    fn is_read(bytes: &[u8], text: &str, encoding: &str) {
        let decoded = decode(bytes, None).unwrap();
        assert_eq!((decoded.text.as_str(), decoded.encoding), (text, encoding));
    }

    fn utf16(text: &str, bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
        text.encode_utf16().flat_map(bytes).collect()
    }

    #[test]
    fn gbk_and_big5_are_told_apart() {
        is_read(&GBK.encode(SIMPLIFIED).0, SIMPLIFIED, "gb18030");
        is_read(&BIG5.encode(TRADITIONAL).0, TRADITIONAL, "Big5");
    }

    #[test]
    fn gb18030_has_characters_that_gbk_lacks() {
        let text = SIMPLIFIED.replace('其', "𠮷");
        is_read(&GB18030.encode(&text).0, &text, "gb18030");
    }

    #[test]
    fn utf8_loses_its_mark() {
        is_read(SIMPLIFIED.as_bytes(), SIMPLIFIED, "UTF-8");
        is_read(format!("\u{feff}{SIMPLIFIED}").as_bytes(), SIMPLIFIED, "UTF-8");
        is_read(b"", "", "UTF-8");
    }

    #[test]
    fn utf16_is_known_with_and_without_its_mark() {
        let marked = format!("\u{feff}{SIMPLIFIED}");
        is_read(&utf16(SIMPLIFIED, u16::to_le_bytes), SIMPLIFIED, "UTF-16LE");
        is_read(&utf16(SIMPLIFIED, u16::to_be_bytes), SIMPLIFIED, "UTF-16BE");
        is_read(&utf16(&marked, u16::to_le_bytes), SIMPLIFIED, "UTF-16LE");
        is_read(&utf16(&marked, u16::to_be_bytes), SIMPLIFIED, "UTF-16BE");
        let english = "The General Assembly,\n";
        is_read(&utf16(english, u16::to_be_bytes), english, "UTF-16BE");
    }

    #[test]
    fn one_broken_byte_in_utf8_is_named_and_not_guessed_away() {
        let mut bytes = SIMPLIFIED.as_bytes().to_vec();
        bytes[40] = 0xFF;
        match decode(&bytes, None) {
            Err(Failure::Undecodable { byte, encoding: "UTF-8", named: false }) => {
                assert!((39..=40).contains(&byte));
            }
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_named_encoding_is_taken_at_its_word() {
        let bytes = BIG5.encode(TRADITIONAL).0;
        assert_eq!(decode(&bytes, Some(BIG5)).unwrap().text, TRADITIONAL);
        match decode(b"\xB0\xA1\xB0\xFF\xFF", Some(GB18030)) {
            Err(Failure::Undecodable { byte: 2, named: true, .. }) => {}
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn western_text_with_curly_quotes_is_read() {
        let text = "The “General Assembly” welcomes the report – and the café.\n";
        let bytes = encoding_rs::WINDOWS_1252.encode(text).0;
        is_read(&bytes, text, "windows-1252");
    }
}
