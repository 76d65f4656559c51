//! PDF: the text layer, a form feed between two pages.
//!
//! What the page did to the text (broken lines, running heads, footnotes at the foot) is left
//! to the cleaning rules. The reader behind is watched: it runs on a thread of its own, may
//! fail there, and is given up when it takes too long.

mod charsets;
mod content;
mod loops;
mod page;
mod widths;

use std::collections::BTreeMap;
use std::io::Read as _;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc;
use std::time::Duration;

use flate2::read::ZlibDecoder;
use pdf_extract::{
    Dictionary, Document, Object, ObjectId, OutputError, Stream, output_doc_page,
};

use super::Problem;
use page::Page;

/// The most bytes of a file.
const LARGEST: usize = 200 << 20;

/// The time that a page is given, in seconds, and what the list of the pages is given more for
/// each megabyte of the file: full pages take some hundredths, a book of 3 MB is opened in a
/// tenth of a second.
const SECONDS: u64 = 4;
const SECONDS_PER_MB: u64 = 1;

/// The most text of all pages, in bytes.
const MOST_TEXT: usize = 48 << 20;

/// A page of a scan may still carry a stamp: with fewer letters a page than this on average
/// it is one.
const FEW_LETTERS: usize = 4;

/// The most that a stream may unpack to, in bytes. Fonts are not parsed as the others are and
/// may be larger.
const LARGEST_STREAM: u64 = 10 << 20;
const LARGEST_FONT: u64 = 64 << 20;

/// The most that all streams may unpack to together, pictures not counted.
const LARGEST_SUM: u64 = 512 << 20;

/// The most that the text of a page may take once it is parsed, forms in it counted, and that
/// of all forms before it is, in bytes. A full page takes less than 2 MB.
const LARGEST_PARSED: usize = 256 << 20;
const LARGEST_FORMS: usize = 64 << 20;

/// How far before its bytes the dictionary of a stream is looked at.
const DICTIONARY: usize = 600;

/// The name of the thread that PDFs are read on. It may panic, which is caught and reported
/// as [`Problem::Damaged`]; a program that wants no word of it leaves it out of its hook.
pub const PDF_THREAD: &str = "pdf";

/// What the reader behind says of its work.
enum Step {
    /// The file is open, or another page is read.
    Page,
    /// All pages are read.
    End(Result<Vec<String>, Problem>),
}

/// The text of a PDF.
pub(super) fn read(bytes: &[u8]) -> Result<String, Problem> {
    if bytes.len() > LARGEST {
        return Err(Problem::TooLarge { limit: LARGEST as u64 });
    }
    check_streams(bytes)?;
    let (sender, receiver) = mpsc::channel();
    let owned = bytes.to_owned();
    let worker = std::thread::Builder::new()
        .name(PDF_THREAD.into())
        .stack_size(64 << 20)
        .spawn(move || {
            // Nobody listens any more where the time is over.
            let step = || sender.send(Step::Page).is_ok();
            let pages = catch_unwind(AssertUnwindSafe(|| pages(&owned, &step)));
            let _ = sender.send(Step::End(pages.unwrap_or_else(|_| Err(broken()))));
        });
    worker.map_err(|error| Problem::damaged(error.to_string()))?;
    let mut seconds = SECONDS + SECONDS_PER_MB * (bytes.len() as u64 >> 20);
    let pages = loop {
        let step = receiver.recv_timeout(Duration::from_secs(seconds));
        match step.map_err(|_| Problem::Slow { seconds })? {
            Step::Page => seconds = SECONDS,
            Step::End(pages) => break pages?,
        }
    };
    if pages.is_empty() {
        return Err(Problem::damaged("it has no pages"));
    }
    let letters: usize = pages
        .iter()
        .flat_map(|page| page.chars())
        .filter(|c| c.is_alphanumeric())
        .count();
    if letters < FEW_LETTERS * pages.len().max(1) {
        return Err(Problem::Scan { pages: pages.len() });
    }
    let pages: Vec<String> = pages.iter().map(|page| tidy(page)).collect();
    Ok(pages.join("\n\u{c}"))
}

/// The lines of a page without what the setting left in them: blanks in a row inside a line,
/// which only make it full, and bullets of fonts that have characters of their own.
fn tidy(page: &str) -> String {
    let mut out = String::with_capacity(page.len());
    for line in page.split_inclusive('\n') {
        let body = line.trim_start_matches(' ');
        out.push_str(&line[..line.len() - body.len()]);
        let is_private = |c: char| matches!(c, '\u{E000}'..='\u{F8FF}');
        let body = match body.strip_prefix(is_private) {
            Some(rest) => rest.trim_start_matches(|c| c == ' ' || is_private(c)),
            None => body,
        };
        let mut is_blank = false;
        let chars = body.chars().map(|c| if c == '\t' { ' ' } else { c });
        out.extend(chars.filter(|&c| {
            let is_second = c == ' ' && is_blank;
            is_blank = c == ' ';
            !is_second
        }));
    }
    out
}

/// Unpacks each stream without keeping it, to learn that none is a bomb before the reader
/// takes it whole.
fn check_streams(bytes: &[u8]) -> Result<(), Problem> {
    const KEYWORD: &[u8] = b"stream";
    let (mut at, mut sum) = (0, 0);
    while let Some(found) = find(&bytes[at..], KEYWORD) {
        let end = at + found + KEYWORD.len();
        let dictionary = &bytes[end.saturating_sub(DICTIONARY).max(at)..end];
        let data = bytes[end..].strip_prefix(b"\r").unwrap_or(&bytes[end..]);
        let data = data.strip_prefix(b"\n").unwrap_or(data);
        at = end;
        let says = |name: &[u8]| find(dictionary, name).is_some();
        // What is packed by this method begins with 8 in the lower half (RFC 1950, 2.2).
        if data.first().is_none_or(|byte| byte & 0xF != 8) || says(b"/Image") {
            continue;
        }
        let is_font =
            says(b"/Length1") || says(b"Type0C") || says(b"Type1C") || says(b"OpenType");
        let limit = if is_font { LARGEST_FONT } else { LARGEST_STREAM };
        let mut packed = ZlibDecoder::new(data).take(limit + 1);
        let len = unpacked_len(&mut packed);
        sum += len;
        if len > limit || sum > LARGEST_SUM {
            return Err(Problem::TooLarge { limit });
        }
    }
    Ok(())
}

/// How many bytes come out before the end or the first fault.
fn unpacked_len(packed: &mut impl std::io::Read) -> u64 {
    let mut buffer = [0; 1 << 14];
    let mut len = 0;
    while let Ok(n @ 1..) = packed.read(&mut buffer) {
        len += n as u64;
    }
    len
}

/// Where a short word first stands.
fn find(bytes: &[u8], word: &[u8]) -> Option<usize> {
    bytes.windows(word.len()).position(|window| window == word)
}

/// The text of each page; `step` is told of each, and says whether to go on.
fn pages(bytes: &[u8], step: &dyn Fn() -> bool) -> Result<Vec<String>, Problem> {
    let mut document = Document::load_mem(bytes)
        .map_err(|error| problem(&OutputError::PdfError(error)))?;
    if document.is_encrypted() {
        // Many files are locked against changes only and open without a password.
        document.decrypt("").map_err(|_| Problem::Locked)?;
    }
    widths::write_out(&mut document);
    charsets::write_out(&mut document);
    let parsed = cut_forms(&mut document)?;
    let in_forms = loops::check(&document, &parsed)?;
    let mut out = Vec::new();
    let mut len = 0;
    let mut failed = None;
    for (number, id) in document.get_pages() {
        if !step() {
            return Ok(out);
        }
        let content =
            content::text_of(&document.get_page_content(id).unwrap_or_default());
        if content.parsed + in_forms > LARGEST_PARSED {
            return Err(Problem::Crowded { page: number });
        }
        // A page that cannot be read is left out if others can.
        let page = catch_unwind(AssertUnwindSafe(|| {
            page(&mut document, number, id, content.bytes)
        }));
        let page = page.unwrap_or_else(|_| Err(broken())).unwrap_or_else(|problem| {
            failed = Some(problem);
            String::new()
        });
        len += page.len();
        if len > MOST_TEXT {
            return Err(Problem::TooLarge { limit: MOST_TEXT as u64 });
        }
        out.push(page);
    }
    match failed {
        Some(problem) if out.iter().all(|page| page.trim().is_empty()) => Err(problem),
        _ => Ok(out),
    }
}

/// Cuts each form down to what sets text; says how many bytes that takes once it is parsed.
fn cut_forms(document: &mut Document) -> Result<BTreeMap<ObjectId, usize>, Problem> {
    let (mut parsed, mut sum) = (BTreeMap::new(), 0);
    for (&id, object) in &mut document.objects {
        let Object::Stream(form) = object else { continue };
        let kind = form.dict.get(b"Subtype").and_then(Object::as_name);
        if !kind.is_ok_and(|name| name == b"Form") {
            continue;
        }
        let whole = form.decompressed_content().unwrap_or_else(|_| form.content.clone());
        let content = content::text_of(&whole);
        sum += content.bytes.len();
        if sum > LARGEST_FORMS {
            return Err(Problem::TooLarge { limit: LARGEST_FORMS as u64 });
        }
        parsed.insert(id, content.parsed);
        form.set_plain_content(content.bytes);
    }
    Ok(parsed)
}

/// The text of a page that is drawn by this content.
fn page(
    document: &mut Document,
    number: u32,
    id: ObjectId,
    content: Vec<u8>,
) -> Result<String, Problem> {
    let content = document.add_object(Stream::new(Dictionary::new(), content));
    let whole = document.get_dictionary(id).cloned().unwrap_or_default();
    if let Ok(page) = document.get_dictionary_mut(id) {
        page.set("Contents", content);
    }
    let mut page = Page::default();
    let done = output_doc_page(document, &mut page, number);
    // Memory for one page at a time; a file may show a page twice.
    document.objects.remove(&content);
    document.set_object(id, whole);
    done.map_err(|error| problem(&error))?;
    Ok(page.text())
}

fn broken() -> Problem {
    Problem::damaged("its pages break the rules of the format")
}

fn problem(error: &OutputError) -> Problem {
    let message = error.to_string();
    let lower = message.to_lowercase();
    if lower.contains("decrypt")
        || lower.contains("password")
        || lower.contains("encrypt")
    {
        return Problem::Locked;
    }
    Problem::damaged(message)
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use flate2::Compression;
    use flate2::write::ZlibEncoder;

    use super::*;

    /// A PDF of these objects, the first of them the catalogue.
    fn file_of(objects: &[&[u8]]) -> Vec<u8> {
        let mut out = b"%PDF-1.4\n".to_vec();
        let mut table = String::from("0000000000 65535 f \n");
        for (number, object) in objects.iter().enumerate() {
            table += &format!("{:010} 00000 n \n", out.len());
            out.extend(format!("{} 0 obj\n", number + 1).into_bytes());
            out.extend_from_slice(object);
            out.extend_from_slice(b"\nendobj\n");
        }
        let (at, n) = (out.len(), objects.len() + 1);
        let end = format!(
            "xref\n0 {n}\n{table}trailer <</Size {n}/Root 1 0 R>>\nstartxref\n{at}\n%%EOF"
        );
        out.extend(end.into_bytes());
        out
    }

    /// A PDF of one page that is drawn by these words, packed or not.
    fn page_of(content: &[u8], is_packed: bool) -> Vec<u8> {
        let mut packed = ZlibEncoder::new(Vec::new(), Compression::default());
        packed.write_all(content).unwrap();
        let packed = packed.finish().unwrap();
        let (data, filter) =
            if is_packed { (&packed[..], "/Filter/FlateDecode") } else { (content, "") };
        let mut stream =
            format!("<</Length {}{filter}>>stream\n", data.len()).into_bytes();
        stream.extend_from_slice(data);
        stream.extend_from_slice(b"\nendstream");
        file_of(&[
            b"<</Type/Catalog/Pages 2 0 R>>",
            b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R\
              /Resources<</Font<</F 5 0 R>>>>>>",
            &stream,
            b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
        ])
    }

    #[test]
    fn the_words_of_a_page_are_read() {
        let content = b"BT /F 12 Tf 50 700 Td (The registry shall be kept.) Tj ET";
        for is_packed in [false, true] {
            let text = read(&page_of(content, is_packed)).unwrap();
            assert!(text.contains("The registry shall be kept."), "{text:?}");
        }
    }

    #[test]
    fn text_in_a_character_set_of_old_is_read() {
        let zh = "缔约双方应当加强合作。";
        let utf16: Vec<u8> = zh.encode_utf16().flat_map(u16::to_be_bytes).collect();
        let gbk = encoding_rs::GBK.encode(zh).0.into_owned();
        for (name, text) in [("UniGB-UCS2-H", utf16), ("GBK-EUC-H", gbk)] {
            let hex: String = text.iter().map(|byte| format!("{byte:02X}")).collect();
            let content = format!("BT /F 12 Tf 50 700 Td <{hex}> Tj ET");
            let stream =
                format!("<</Length {}>>stream\n{content}\nendstream", content.len());
            let font = format!(
                "<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/{name}\
                 /DescendantFonts[6 0 R]>>"
            );
            let file = file_of(&[
                b"<</Type/Catalog/Pages 2 0 R>>",
                b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
                b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R\
                  /Resources<</Font<</F 5 0 R>>>>>>",
                stream.as_bytes(),
                font.as_bytes(),
                b"<</Type/Font/Subtype/CIDFontType0/BaseFont/STSong-Light\
                  /FontDescriptor<</Type/FontDescriptor>>>>",
            ]);
            assert_eq!(read(&file).unwrap(), zh, "{name}");
        }
    }

    #[test]
    fn what_only_fills_a_line_goes() {
        assert_eq!(tidy("  \u{F0B7}  1.1  The   law\n\n is"), "  1.1 The law\n\n is");
    }

    #[test]
    fn a_page_without_words_is_a_scan() {
        assert_eq!(read(&page_of(b"q Q", false)), Err(Problem::Scan { pages: 1 }));
    }

    #[test]
    fn what_leads_back_to_itself_is_not_followed() {
        let content = b"<</Length 5>>stream\n/X Do\nendstream";
        let catalogue = b"<</Type/Catalog/Pages 2 0 R>>";
        let pages = b"<</Type/Pages/Kids[3 0 R]/Count 1>>";
        let page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R\
            /Resources<</XObject<</X 5 0 R>>>>>>";
        let message = |file: Vec<u8>| match read(&file) {
            Err(Problem::Damaged(message)) => message,
            other => format!("{other:?}"),
        };
        let draws_itself = "a form in it draws itself";
        for resources in ["/Resources<</XObject<</X 5 0 R>>>>", ""] {
            let form = format!(
                "<</Subtype/Form/BBox[0 0 9 9]{resources}/Length 5>>stream\n/X Do\nendstream"
            );
            let file = file_of(&[catalogue, pages, page, content, form.as_bytes()]);
            assert_eq!(message(file), draws_itself);
        }
        let pages = b"<</Type/Pages/Parent 2 0 R/Kids[3 0 R]/Count 1>>";
        let page = b"<</Type/Page/Parent 2 0 R/Contents 4 0 R>>";
        let file = file_of(&[catalogue, pages, page, content]);
        assert_eq!(message(file), "a page of it stands in itself");
    }

    #[test]
    fn a_bomb_is_not_unpacked() {
        let zeros = vec![b' '; LARGEST_STREAM as usize + 2];
        let limit = LARGEST_STREAM;
        assert_eq!(read(&page_of(&zeros, true)), Err(Problem::TooLarge { limit }));
    }

    #[test]
    fn the_memory_for_a_page_has_a_limit() {
        let content = |n| {
            let words = "(a) Tj ".repeat(n);
            page_of(format!("BT /F 12 Tf 50 700 Td {words} ET").as_bytes(), true)
        };
        assert!(read(&content(9_000)).unwrap().contains("aaa"));
        assert_eq!(read(&content(600_000)), Err(Problem::Crowded { page: 1 }));
    }

    #[test]
    fn lines_and_pictures_take_no_memory() {
        let lines = "0 0 m 9 9 l S\n".repeat(600_000);
        let content =
            format!("{lines} BT /F 12 Tf 50 700 Td (The map of the registry.) Tj ET");
        let text = read(&page_of(content.as_bytes(), true)).unwrap();
        assert!(text.contains("The map of the registry."));
    }

    #[test]
    fn broken_files_are_damaged() {
        let whole = page_of(b"BT /F 12 Tf (words and words) Tj ET", true);
        for broken in
            [&b"%PDF-1.7"[..], &whole[..whole.len() / 2], b"%PDF-1.4\nstream\nx"]
        {
            assert!(matches!(read(broken), Err(Problem::Damaged(_))));
        }
    }
}
