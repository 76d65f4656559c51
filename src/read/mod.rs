//! Bytes to text.
//!
//! In come the bytes of a file, out goes a [`Source`]: decoded, its line ends made `\n`,
//! its form feeds kept because they say where a page begins. Of a file that tells its
//! paragraphs (Word, PowerPoint, LibreOffice, web page, Markdown, book, subtitles) the source keeps what
//! it tells; a PDF gives the text of its pages. [`read_pair`] also finds out which of two
//! files is the Chinese one.
//!
//! ```text
//! B4 F3 BB E1 A3 AC 0D 0A  ─encoding─▶  大会，\r\n  ─line ends─▶  大会，\n
//! ```
//!
//! An encoding is tried in this order: the byte order mark, UTF-8, UTF-16 by its zero bytes,
//! then the guess of `chardetng` (the detector of Firefox); a web page may declare one. What
//! is no text at all (pictures, archives) is refused with its name. Whatever a hostile file
//! may grow has a limit: bytes unpacked, parts, depth, cells, time. Nothing is cleaned here.

mod aligned;
mod archive;
mod bilingual;
mod binary;
mod convert;
mod counting;
mod docx;
mod encoding;
mod epub;
mod error;
mod file;
mod flow;
mod html;
mod keep;
mod language;
#[cfg(test)]
mod ledger;
mod line;
mod line_ends;
mod markdown;
mod odt;
mod office;
mod order;
mod origin;
mod parts;
mod pdf;
mod pptx;
mod problem;
mod separated;
mod stream;
mod subtitles;
mod table;
mod text_format;
mod workbook;
mod xml;

use std::path::Path;

pub use binary::FileKind;
pub use error::ReadError;
pub(crate) use file::{LARGEST, ending, whole};
pub use keep::kept;
pub use language::{Language, language_of};
pub use order::order;
pub use origin::{Origin, drain};
pub use parts::{PartSize, Parts, parts};
pub use pdf::PDF_THREAD;
pub use problem::Problem;
pub(crate) use workbook::cells;

use self::archive::Archive;
use self::flow::Flow;
use self::text_format::{TextFormat, told, undecoded};
use crate::types::{Input, Noted, Notice, Pair, Source};

/// Reads a file, in the encoding named or else found out.
///
/// `encoding` is a label of the WHATWG Encoding Standard: `big5`, `gb18030`, `utf-16le`.
///
/// # Errors
///
/// When the file cannot be read, holds no plain text, or its bytes fit no known encoding;
/// when no encoding has that name.
pub fn read(path: &Path, encoding: Option<&str>) -> Result<Noted<Source>, ReadError> {
    read_from(Origin::File(path), encoding)
}

fn read_from(
    origin: Origin<'_>,
    encoding: Option<&str>,
) -> Result<Noted<Source>, ReadError> {
    let encoding = encoding.map(encoding::named).transpose()?;
    decode(origin.path(), &origin.bytes()?, encoding)
}

/// Reads two files and tells which is Chinese.
///
/// Named encodings belong to the languages: where the files turn out to be exchanged they
/// are read again, each in the other's encoding.
///
/// # Errors
///
/// Those of [`read`] and of [`order`].
pub fn read_pair(
    first: &Path,
    second: &Path,
    encodings: Pair<Option<&str>>,
) -> Result<Noted<Pair<Source>>, ReadError> {
    read_pair_from(Origin::File(first), Origin::File(second), encodings)
}

fn read_pair_from(
    first: Origin<'_>,
    second: Origin<'_>,
    encodings: Pair<Option<&str>>,
) -> Result<Noted<Pair<Source>>, ReadError> {
    let in_order = read_both(first, second, encodings)?;
    let swapped = in_order.notices.contains(&Notice::Swapped);
    if swapped && encodings.zh != encodings.en {
        return read_both(first, second, Pair::new(encodings.en, encodings.zh));
    }
    Ok(in_order)
}

/// Reads two files as [`read_pair`] does, or one that holds both languages.
///
/// One file is a memory (TMX, XLIFF), a table with a column of Chinese and one of English
/// (CSV, tabs, a workbook, a table in a document), or a text in which the languages take
/// turns. Where the turns are one paragraph each they pair up; else the two texts are told
/// apart and left to be aligned.
///
/// # Errors
///
/// Those of [`read_pair`]; [`Problem::NoPairs`], [`Problem::OneText`] and
/// [`Problem::OneLanguage`] for one file that does not hold both languages in any of these
/// ways; [`ReadError::TooLargeAtOnce`] for one that needs [`parts()`].
pub fn read_input(
    first: &Path,
    second: Option<&Path>,
    encodings: Pair<Option<&str>>,
) -> Result<Noted<Input>, ReadError> {
    read_input_from(Origin::File(first), second.map(Origin::File), encodings)
}

/// Reads what [`read_input`] does, wherever the bytes come from.
///
/// # Errors
///
/// Those of [`read_input`].
pub fn read_input_from(
    first: Origin<'_>,
    second: Option<Origin<'_>>,
    encodings: Pair<Option<&str>>,
) -> Result<Noted<Input>, ReadError> {
    read_within(LARGEST_AT_ONCE, first, second, encodings)
}

/// The largest text with both languages that is read at once, in bytes.
///
/// A run takes some 26 bytes for each (docs/scale.md): 128 MB are 3.5 GB, which a machine of 8 GB has
/// beside its system. Files that unpack to their text have limits of their own.
const LARGEST_AT_ONCE: u64 = 128 << 20;

/// Reads what [`read_input_from`] does; a file with both texts if it is no larger than that.
fn read_within(
    limit: u64,
    first: Origin<'_>,
    second: Option<Origin<'_>>,
    encodings: Pair<Option<&str>>,
) -> Result<Noted<Input>, ReadError> {
    if let Some(second) = second {
        let Noted { value, notices } = read_pair_from(first, second, encodings)?;
        return Ok(Noted { value: Input::Texts(value), notices });
    }
    refuse_large(first, limit)?;
    let (bytes, first) = (first.bytes()?, first.path());
    let format_error = |problem| ReadError::Format { path: first.to_owned(), problem };
    let name = || first.display().to_string();
    if aligned::is_workbook(first) {
        let units = aligned::workbook(&bytes).map_err(format_error)?;
        return Ok(bilingual::paired(name(), units));
    }
    if let Some(units) = aligned::memory(&bytes).map_err(format_error)? {
        return Ok(bilingual::paired(name(), units));
    }
    let encoding = encodings.zh.or(encodings.en).map(encoding::named).transpose()?;
    let Noted { value: source, notices } = decode(first, &bytes, encoding)?;
    let mut noted = bilingual::input(source, first).map_err(format_error)?;
    noted.notices.splice(0..0, notices);
    Ok(noted)
}

/// Refuses a text that is larger than that: what is in no container is all text.
fn refuse_large(origin: Origin<'_>, limit: u64) -> Result<(), ReadError> {
    let path = origin.path();
    if !origin.is_larger_than(limit) || aligned::is_workbook(path) {
        return Ok(());
    }
    let head = origin.head(aligned::HEAD);
    let head = head.map_err(|source| ReadError::Io { path: path.to_owned(), source })?;
    if binary::by_signature(&head).is_some() || binary::speaks_of_pdf(&head) {
        return Ok(());
    }
    let bytes = origin.len().unwrap_or_default();
    Err(ReadError::TooLargeAtOnce { path: path.to_owned(), bytes, limit })
}

fn read_both(
    first: Origin<'_>,
    second: Origin<'_>,
    encodings: Pair<Option<&str>>,
) -> Result<Noted<Pair<Source>>, ReadError> {
    let first = read_from(first, encodings.zh)?;
    let second = read_from(second, encodings.en)?;
    let mut ordered = order(first.value, second.value)?;
    ordered.notices.extend(first.notices.into_iter().chain(second.notices));
    Ok(ordered)
}

/// A format of documents in a zip container.
struct Package {
    /// A part that the format demands, or the folder of its parts: `word/`.
    part: &'static str,
    read: fn(&mut Archive<'_>) -> Result<Flow, Problem>,
}

/// A new one is a file and its entry here.
const PACKAGES: [Package; 4] = [
    Package { part: "word/", read: docx::read },
    Package { part: "ppt/", read: pptx::read },
    Package { part: "META-INF/container.xml", read: epub::read },
    Package { part: "content.xml", read: odt::read },
];

fn decode(
    path: &Path,
    bytes: &[u8],
    encoding: Option<&'static encoding_rs::Encoding>,
) -> Result<Noted<Source>, ReadError> {
    let format_error = |problem| ReadError::Format { path: path.to_owned(), problem };
    let name = path.display().to_string();
    if let Some(kind) = binary::by_signature(bytes) {
        return match contained(kind, bytes).map_err(format_error)? {
            Contained::Flow(flow) => {
                Ok(Noted { value: flow.into_source(name, UTF_8), notices: Vec::new() })
            }
            Contained::Converted(flow) => {
                let notices = vec![Notice::Converted { name: name.clone() }];
                Ok(Noted { value: flow.into_source(name, UTF_8), notices })
            }
            Contained::Pages(pages) => {
                let mut noted = plain(name, &pages.text, UTF_8, false);
                noted.value.is_paged = true;
                noted.value.left_out = pages.left_out;
                Ok(noted)
            }
            Contained::Unread(kind) => {
                Err(ReadError::Binary { path: path.to_owned(), kind })
            }
        };
    }
    let declared = encoding.or_else(|| html::declared_encoding(bytes));
    let declared = declared.filter(|_| encoding.is_some() || !is_utf8(bytes));
    let decoded = encoding::decode(bytes, declared).or_else(|failure| {
        // A page that is not in the encoding it declares is in another.
        if encoding.is_none() { encoding::decode(bytes, None) } else { Err(failure) }
    });
    let decoded = decoded.map_err(|failure| undecoded(path, failure))?;
    let noted = plain(name, &decoded.text, decoded.encoding, decoded.guessed);
    let text = &noted.value.text;
    let Some(format) = TextFormat::find(path, text) else { return Ok(noted) };
    let flow = (format.read)(&line_ends::all_fed(text)).map_err(format_error)?;
    let Noted { value: Source { name, encoding, mut left_out, .. }, notices } = noted;
    let mut value = flow.into_source(name, encoding);
    left_out.append(&mut value.left_out);
    value.left_out = left_out;
    Ok(Noted { value, notices })
}

/// The encoding of text that a container holds.
const UTF_8: &str = "UTF-8";

/// What a container holds.
enum Contained {
    Flow(Flow),
    /// Of a file that LibreOffice made.
    Converted(Flow),
    Pages(pdf::Read),
    Unread(FileKind),
}

fn contained(kind: FileKind, bytes: &[u8]) -> Result<Contained, Problem> {
    match kind {
        FileKind::Pdf => Ok(Contained::Pages(pdf::read(bytes)?)),
        FileKind::Zip => {
            let mut archive = Archive::open(bytes)?;
            if let Some(kind) = archive.unread() {
                return Ok(Contained::Unread(kind));
            }
            match PACKAGES.iter().find(|package| archive.holds(package.part)) {
                Some(package) => Ok(Contained::Flow((package.read)(&mut archive)?)),
                None => Ok(Contained::Unread(kind)),
            }
        }
        FileKind::OldOffice if binary::is_encrypted(bytes) => Err(Problem::Locked),
        kind => match convert::convert(kind, bytes)? {
            Some(made) => match contained(FileKind::Zip, &made)? {
                Contained::Flow(flow) => Ok(Contained::Converted(flow)),
                _ => Ok(Contained::Unread(kind)),
            },
            None => Ok(Contained::Unread(kind)),
        },
    }
}

fn is_utf8(bytes: &[u8]) -> bool {
    std::str::from_utf8(bytes).is_ok()
}

/// A plain text of one kind of line end, and what there is to say of it.
fn plain(
    name: String,
    text: &str,
    encoding: &'static str,
    is_guessed: bool,
) -> Noted<Source> {
    let normal = line_ends::normalize(text);
    let controls = normal.first_control_line.map(|line| (line, normal.n_controls));
    let (notices, left_out) = told(&name, is_guessed.then_some(encoding), controls);
    let mut value = Source::plain(name, normal.text, encoding);
    value.left_out.extend(left_out);
    Noted { value, notices }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Pieces that files are made of, whole and broken.
    fn piece() -> impl Strategy<Value = Vec<u8>> {
        prop_oneof![
            prop::collection::vec(any::<u8>(), 0..9),
            "[一-龥a-z\\r\\n\u{2028}\u{c}\u{20BB7}]{0,9}".prop_map(String::into_bytes),
            "[一-龥]{0,9}".prop_map(|s| encoding_rs::GB18030.encode(&s).0.into_owned()),
            "[一-龥]{0,9}"
                .prop_map(|s| s.encode_utf16().flat_map(u16::to_le_bytes).collect()),
            Just(vec![0xFF, 0xFE]),
            Just(vec![0xEF, 0xBB, 0xBF]),
        ]
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn any_bytes_are_read_or_refused(pieces in prop::collection::vec(piece(), 0..6)) {
            if let Ok(noted) = decoded(&pieces.concat()) {
                let text = noted.value.text;
                let is_clean = !text.contains(['\r', '\0']);
                prop_assert!(is_clean);
                let _ = language_of(&text);
            }
        }
    }

    fn decoded(bytes: &[u8]) -> Result<Noted<Source>, ReadError> {
        decode(Path::new("zh.txt"), bytes, None)
    }

    #[test]
    fn form_feeds_stay_and_other_controls_go() {
        let noted = decoded("第一页\u{c}第二\u{1}页\r\n".as_bytes()).unwrap();
        assert_eq!(noted.value.text, "第一页\u{c}第二页\n");
        let dropped =
            Notice::ControlsDropped { name: "zh.txt".into(), count: 1, first_line: 1 };
        assert_eq!(noted.notices, [dropped]);
    }

    #[test]
    fn a_text_with_both_languages_is_held_up_to_a_limit() {
        let folder = tempfile::tempdir().unwrap();
        let rows = "登记处\tThe port registry\n".repeat(9);
        let tmx = "<tmx><tu><tuv xml:lang='zh'><seg>登记处</seg></tuv>\
                   <tuv xml:lang='en'><seg>registry</seg></tuv></tu></tmx>";
        for (name, text) in [("a.tmx", tmx), ("a.tsv", &rows), ("a.txt", &rows)] {
            let path = folder.path().join(name);
            std::fs::write(&path, text).unwrap();
            let len = text.len() as u64;
            let held = Origin::Held { name, bytes: text.as_bytes() };
            for origin in [held, Origin::File(&path)] {
                let within = |limit| read_within(limit, origin, None, Pair::default());
                assert!(within(len).is_ok(), "{name}");
                match within(len - 1) {
                    Err(ReadError::TooLargeAtOnce { bytes, limit, .. }) => {
                        assert_eq!((bytes, limit), (len, len - 1));
                    }
                    other => panic!("{name}: {other:?}"),
                }
            }
        }
        let error = ReadError::TooLargeAtOnce {
            path: "a.tmx".into(),
            bytes: (300 << 20) + 1,
            limit: LARGEST_AT_ONCE,
        };
        let expected = "a.tmx: has 301 MB, and a text with both languages is read at once up to 128 MB";
        assert_eq!(error.to_string(), expected);
    }

    #[test]
    fn what_unpacks_and_two_files_are_not_held_to_that_limit() {
        let scan = Origin::Held { name: "a.pdf", bytes: b"%PDF-1.4 and pictures" };
        let read = read_within(3, scan, None, Pair::default());
        assert!(!matches!(read, Err(ReadError::TooLargeAtOnce { .. })), "{read:?}");
        let zh =
            Origin::Held { name: "zh", bytes: "登记处管理港口。".as_bytes() };
        let en = Origin::Held { name: "en", bytes: b"The registry runs the port." };
        assert!(read_within(3, zh, Some(en), Pair::default()).is_ok());
    }

    #[test]
    fn a_picture_is_refused_by_name() {
        let error = decoded(b"GIF89a").unwrap_err();
        assert_eq!(error.to_string(), "zh.txt: is a picture, which is not read");
    }

    #[test]
    fn bytes_without_sense_are_no_text() {
        let noise: Vec<u8> = (0..4000u32).map(|n| ((n * n) >> 3) as u8).collect();
        assert!(matches!(decoded(&noise), Err(ReadError::Binary { .. })));
    }

    #[test]
    fn an_unknown_encoding_is_named() {
        let error = read(Path::new("zh.txt"), Some("klingon")).unwrap_err();
        assert_eq!(error.to_string(), "no encoding is called \"klingon\"");
    }
}
