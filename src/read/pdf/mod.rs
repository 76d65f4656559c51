//! PDF: the text layer, a form feed between two pages.
//!
//! `hayro-syntax` opens the file and finds its objects, also in files that are damaged; the
//! operators of its pages are read here, for their text only, and its letters are put into
//! lines. What the page did to the text (broken lines, running heads, footnotes at the foot) is
//! left to the cleaning rules. The reading is watched: it runs on a thread of its own, may fail
//! there, and is given up when it takes too long.
//!
//! What a page holds and its text does not is told by its kind: letters of which the file does
//! not say what characters they are, parts that are damaged, heads that the file itself calls
//! such, copies that make letters bold, comments, fields without a picture of their value.

mod annotations;
mod codespace;
mod content;
mod definitions;
mod directions;
mod font;
mod indents;
mod layers;
mod matrix;
mod overprint;
mod page;
mod printed;
mod rows;
mod stream;

use std::io::Read as _;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::rc::Rc;
use std::sync::mpsc;
use std::time::Duration;

use flate2::read::ZlibDecoder;
use hayro_syntax::object::{Array, Dict, Stream};
use hayro_syntax::page::Page;
use hayro_syntax::{LoadPdfError, Pdf};

use super::Problem;
use crate::text::radical::unified;
use crate::types::{FilePlace, LeftOut, LeftOutKind};
use content::Painter;
use indents::Indents;
use layers::Layers;

/// The most bytes of a file.
const LARGEST: usize = 200 << 20;

/// The time that a page is given, in seconds, and what the list of the pages is given more for
/// each megabyte of the file: full pages take some hundredths, a book of 3 MB is opened in a
/// tenth of a second.
const SECONDS: u64 = 4;
const SECONDS_PER_MB: u64 = 1;

/// The most text of all pages, in bytes, and the most pages.
const MOST_TEXT: usize = 48 << 20;
const MOST_PAGES: usize = 100_000;

/// A page of a scan may still carry a stamp: with fewer letters a page than this on average
/// it is one.
const FEW_LETTERS: usize = 4;

/// A file of whose letters at least this share has no character is not read where fewer than
/// one in [`FEWEST_KNOWN`] of the others is a letter: what is left of its text is digits and
/// marks. One with other text is read, and tells page by page what it lacks.
const MOST_UNKNOWN: f64 = 0.3;
const FEWEST_KNOWN: usize = 10;

/// The most that all streams may unpack to together, pictures not counted, in bytes.
const LARGEST_SUM: u64 = 512 << 20;

/// How far before its bytes the dictionary of a stream is looked at.
const DICTIONARY: usize = 600;

/// The name of the thread that PDFs are read on. It may panic, which is caught and reported
/// as [`Problem::Damaged`]; a program that wants no word of it leaves it out of its hook.
pub const PDF_THREAD: &str = "pdf";

/// The text of a PDF, and what it holds beside.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Read {
    /// The pages, a form feed between two.
    pub(super) text: String,
    /// In order of the pages.
    pub(super) left_out: Vec<LeftOut>,
}

/// A page as it was read.
#[derive(Debug, Default)]
struct ReadPage {
    text: String,
    left_out: Vec<LeftOut>,
    /// How many letters it has, and of how many the character is not known.
    n_letters: usize,
    n_unknown: usize,
}

/// What the reader behind says of its work.
enum Step {
    /// The file is open, or another page is read.
    Page,
    /// All pages are read.
    End(Result<Vec<ReadPage>, Problem>),
}

/// The text of a PDF.
pub(super) fn read(bytes: &[u8]) -> Result<Read, Problem> {
    if bytes.len() > LARGEST {
        return Err(Problem::TooLarge { limit: LARGEST as u64 });
    }
    check_streams(bytes)?;
    let pages = watched(bytes)?;
    if pages.is_empty() {
        return Err(Problem::damaged("it has no pages"));
    }
    let sum = |of: fn(&ReadPage) -> usize| pages.iter().map(of).sum::<usize>();
    let (unknown, letters) = (sum(|page| page.n_unknown), sum(|page| page.n_letters));
    let words = pages.iter().flat_map(|page| page.text.chars());
    let n_words = words.filter(|c| c.is_alphabetic()).count();
    let is_wordless =
        n_words < FEW_LETTERS * pages.len() || n_words * FEWEST_KNOWN < letters;
    if unknown as f64 >= MOST_UNKNOWN * letters as f64
        && unknown >= FEW_LETTERS
        && is_wordless
    {
        return Err(Problem::NoCharacters { unknown, letters });
    }
    // The last thing in a file says where its list of objects is.
    let breaks_off = find(bytes, b"startxref").is_none();
    let known = pages.iter().flat_map(|page| page.text.chars());
    if known.filter(|c| c.is_alphanumeric()).count() < FEW_LETTERS * pages.len() {
        return Err(match breaks_off {
            true => Problem::damaged("it breaks off"),
            false => Problem::Scan { pages: pages.len() },
        });
    }
    let n_pages = pages.len();
    let mut text = String::new();
    let mut left_out = Vec::new();
    for (k, page) in pages.into_iter().enumerate() {
        text.push_str(if k > 0 { "\n\u{c}" } else { "" });
        text.push_str(&page.text);
        left_out.extend(page.left_out);
    }
    if breaks_off {
        left_out.extend(unread(n_pages).left_out);
    }
    Ok(Read { text, left_out })
}

/// The pages, read on another thread that is given so much time for each.
fn watched(bytes: &[u8]) -> Result<Vec<ReadPage>, Problem> {
    let (sender, receiver) = mpsc::channel();
    let owned = bytes.to_owned();
    let worker = std::thread::Builder::new()
        .name(PDF_THREAD.into())
        .stack_size(64 << 20)
        .spawn(move || {
            // Nobody listens any more where the time is over.
            let step = || sender.send(Step::Page).is_ok();
            let pages = catch_unwind(AssertUnwindSafe(|| pages(owned, &step)));
            let _ = sender.send(Step::End(pages.unwrap_or_else(|_| Err(broken()))));
        });
    worker.map_err(|error| Problem::damaged(error.to_string()))?;
    let mut seconds = SECONDS + SECONDS_PER_MB * (bytes.len() as u64 >> 20);
    loop {
        let step = receiver.recv_timeout(Duration::from_secs(seconds));
        match step.map_err(|_| Problem::Slow { seconds })? {
            Step::Page => seconds = SECONDS,
            Step::End(pages) => return pages,
        }
    }
}

/// The pages of a file; `step` is told of each, and says whether to go on.
fn pages(bytes: Vec<u8>, step: &dyn Fn() -> bool) -> Result<Vec<ReadPage>, Problem> {
    let pdf = Pdf::new(bytes).map_err(problem)?;
    let layers = Rc::new(Layers::read(&pdf));
    let (mut painter, mut indents) = (Painter::new(layers.clone()), Indents::default());
    let mut out: Vec<ReadPage> = Vec::new();
    let mut len = 0;
    for (number, page) in (1..).zip(pdf.pages().iter()) {
        if !step() {
            return Ok(out);
        }
        if out.len() == MOST_PAGES {
            return Err(Problem::TooMany { what: "pages", limit: MOST_PAGES });
        }
        // A page that cannot be read costs itself and no other.
        let read =
            AssertUnwindSafe(|| read_page(page, number, &mut painter, &mut indents));
        let read = catch_unwind(read).unwrap_or_else(|_| {
            painter = Painter::new(layers.clone());
            Ok(unread(number))
        })?;
        len += read.text.len();
        if len > MOST_TEXT {
            return Err(Problem::TooLarge { limit: MOST_TEXT as u64 });
        }
        out.push(read);
    }
    // The list of the pages names some that the file does not hold: it breaks off.
    let listed = listed_pages(&pdf).ok_or_else(|| Problem::damaged("it breaks off"))?;
    out.extend((out.len() + 1..=listed.min(MOST_PAGES)).map(unread));
    let is_unread = |page: &ReadPage| {
        page.text.is_empty()
            && page.left_out.iter().any(|part| part.kind == LeftOutKind::Unread)
    };
    if !out.is_empty() && out.iter().all(is_unread) { Err(broken()) } else { Ok(out) }
}

/// How many pages a file says it has.
fn listed_pages(pdf: &Pdf) -> Option<usize> {
    let root = pdf.xref().get::<Dict<'_>>(pdf.xref().root_id())?;
    let pages = root.get::<Dict<'_>>("Pages")?;
    Some(pages.get::<i32>("Count").and_then(|n| usize::try_from(n).ok()).unwrap_or(0))
}

fn read_page<'a>(
    page: &Page<'a>,
    number: usize,
    painter: &mut Painter<'a>,
    indents: &mut Indents,
) -> Result<ReadPage, Problem> {
    let (content, is_cut) = content_of(page);
    let mut drawn = painter.page(&content, page.resources().clone());
    let told = annotations::draw(page, painter, &mut drawn);
    if drawn.is_crowded {
        return Err(Problem::Crowded { page: number as u32 });
    }
    let laid = page::lay_out(&drawn, indents);
    let mut left_out = Vec::new();
    let mut put = |kind, text: &str| {
        let place = FilePlace::Page { page: number, line: 0 };
        left_out.push(LeftOut::new(kind, place, text));
    };
    for line in laid.pagination.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let is_number = line.chars().all(|c| c.is_ascii_digit());
        let number = LeftOutKind::PageNumber;
        put(if is_number { number } else { LeftOutKind::RunningHead }, line);
    }
    for line in laid.hidden.lines().map(str::trim).filter(|line| !line.is_empty()) {
        put(LeftOutKind::Hidden, line);
    }
    if !laid.overprint.is_empty() {
        put(LeftOutKind::Overprint, &laid.overprint);
    }
    let (text, ornaments) = tidy(&laid.text);
    if !ornaments.is_empty() {
        put(LeftOutKind::Ornament, &ornaments);
    }
    told.iter().for_each(|(kind, text)| put(*kind, text));
    if drawn.unknown > 0 {
        put(LeftOutKind::UnknownGlyph, "");
    }
    if is_cut || drawn.is_cut {
        put(LeftOutKind::Unread, "");
    }
    for glyphs in left_out.iter_mut().filter(|p| p.kind == LeftOutKind::UnknownGlyph) {
        glyphs.n_chars = drawn.unknown;
    }
    Ok(ReadPage {
        text,
        left_out,
        n_letters: drawn.glyphs.len(),
        n_unknown: drawn.unknown,
    })
}

/// The streams that draw a page, one behind the other, and whether a part of them is missing.
fn content_of(page: &Page<'_>) -> (Vec<u8>, bool) {
    let one = page.raw().get::<Stream<'_>>("Contents");
    let list = page.raw().get::<Array<'_>>("Contents");
    let n_listed = list.as_ref().map_or(1, |list| list.raw_iter().count());
    let parts = list.iter().flat_map(|list| list.iter::<Stream<'_>>());
    let parts: Vec<_> = one.into_iter().chain(parts).collect();
    // A page without content has no such entry.
    let is_missing = page.raw().contains_key("Contents") && parts.len() < n_listed;
    let (mut out, mut is_cut) = (Vec::new(), is_missing);
    for part in parts {
        let part = stream::unpack(&part);
        is_cut |= part.is_cut;
        out.extend(part.bytes);
        out.push(b'\n');
        if out.len() as u64 > stream::LARGEST_FONT {
            return (out, true);
        }
    }
    (out, is_cut)
}

fn unread(number: usize) -> ReadPage {
    let place = FilePlace::Page { page: number, line: 0 };
    let left_out = vec![LeftOut::new(LeftOutKind::Unread, place, "")];
    ReadPage { left_out, ..ReadPage::default() }
}

/// The lines of a page without what the setting left in them: blanks in a row inside a line,
/// which only make it full, and bullets of fonts that have characters of their own, which are
/// given beside. A radical stands for the character that looks like it: browsers print it so.
fn tidy(page: &str) -> (String, String) {
    let mut out = String::with_capacity(page.len());
    let mut ornaments = String::new();
    for line in page.split_inclusive('\n') {
        let body = line.trim_start_matches(' ');
        out.push_str(&line[..line.len() - body.len()]);
        let is_private = |c: char| matches!(c, '\u{E000}'..='\u{F8FF}');
        let body = match body.strip_prefix(is_private) {
            Some(rest) => rest.trim_start_matches(|c| c == ' ' || is_private(c)),
            None => body,
        };
        let bullets = &line[..line.len() - body.len()];
        ornaments.extend(bullets.chars().filter(|&c| is_private(c)));
        let mut is_blank = false;
        let chars = body.chars().map(|c| if c == '\t' { ' ' } else { unified(c) });
        out.extend(chars.filter(|&c| {
            let is_second = c == ' ' && is_blank;
            is_blank = c == ' ';
            !is_second
        }));
    }
    (out, ornaments)
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
        let limit = if is_font { stream::LARGEST_FONT } else { stream::LARGEST };
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
    memchr::memmem::find(bytes, word)
}

fn broken() -> Problem {
    Problem::damaged("its pages break the rules of the format")
}

fn problem(error: LoadPdfError) -> Problem {
    match error {
        // Many files are locked against changes only and open without a password.
        LoadPdfError::Decryption(_) => Problem::Locked,
        LoadPdfError::Invalid => Problem::damaged("it has no list of pages"),
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use flate2::Compression;
    use flate2::write::ZlibEncoder;
    use hayro_cmap::{CMap, CidFamily, load_embedded};

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

    fn text_of(file: &[u8]) -> String {
        read(file).unwrap().text
    }

    #[test]
    fn the_words_of_a_page_are_read() {
        let content = b"BT /F 12 Tf 50 700 Td (The registry shall be kept.) Tj ET";
        for is_packed in [false, true] {
            let text = text_of(&page_of(content, is_packed));
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
            assert_eq!(text_of(&file), zh, "{name}");
        }
    }

    /// A PDF of one page with these words drawn in a font `F`, object 5, which may name more
    /// objects, from 6 on.
    fn page_in(content: &str, font: &str, more: &[&[u8]]) -> Vec<u8> {
        let stream = format!("<</Length {}>>stream\n{content}\nendstream", content.len());
        let mut objects: Vec<&[u8]> = vec![
            b"<</Type/Catalog/Pages 2 0 R>>",
            b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R\
              /Resources<</Font<</F 5 0 R>>>>>>",
            stream.as_bytes(),
            font.as_bytes(),
        ];
        objects.extend(more);
        file_of(&objects)
    }

    const HELVETICA: &str =
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>";

    /// What a file holds and its text does not: kind, place, text, characters.
    fn told(file: &[u8]) -> Vec<String> {
        let line = |part: &LeftOut| {
            let LeftOut { kind, place, text, n_chars } = part;
            format!("{place}: {}: {text} ({n_chars})", kind.as_str())
        };
        read(file).unwrap().left_out.iter().map(line).collect()
    }

    #[test]
    fn numbers_of_a_collection_are_read_by_its_public_table() {
        // 船舶登記 in Adobe-CNS1, 船舶登记 in Adobe-GB1, 船舶登録 in Adobe-Japan1.
        for (ordering, zh) in
            [("CNS1", "船舶登記"), ("GB1", "船舶登记"), ("Japan1", "船舶登録")]
        {
            let family = CidFamily::from_registry_ordering(b"Adobe", ordering.as_bytes());
            let cids = load_embedded(family.unicode_cmap().unwrap()).unwrap();
            let cids = CMap::parse(cids, load_embedded).unwrap();
            let cid = |c: char| cids.lookup_cid_code(c as u32, 2).unwrap();
            let hex: String = zh.chars().map(|c| format!("{:04X}", cid(c))).collect();
            for encoding in ["Identity-H", "Identity-V"] {
                let font = format!(
                    "<</Type/Font/Subtype/Type0/BaseFont/Song/Encoding/{encoding}\
                     /DescendantFonts[6 0 R]>>"
                );
                let descendant = format!(
                    "<</Type/Font/Subtype/CIDFontType0/BaseFont/Song/CIDSystemInfo\
                     <</Registry(Adobe)/Ordering({ordering})/Supplement 5>>>>"
                );
                let content = format!("BT /F 12 Tf 50 700 Td <{hex}> Tj ET");
                let file = page_in(&content, &font, &[descendant.as_bytes()]);
                assert_eq!(text_of(&file), zh, "{ordering} {encoding}");
            }
        }
    }

    #[test]
    fn a_table_of_codes_may_stand_in_the_file() {
        let table = "/WMode 0 def 1 begincodespacerange <00> <FF> endcodespacerange \
                     1 begincidrange <20> <7E> 1 endcidrange";
        let encoding = format!("<</Length {}>>stream\n{table}\nendstream", table.len());
        let to_unicode = "1 begincodespacerange <00> <FF> endcodespacerange \
                          1 beginbfrange <20> <7E> <0020> endbfrange";
        let to_unicode =
            format!("<</Length {}>>stream\n{to_unicode}\nendstream", to_unicode.len());
        let font = "<</Type/Font/Subtype/Type0/BaseFont/A/Encoding 6 0 R/ToUnicode 7 0 R\
                    /DescendantFonts[<</Subtype/CIDFontType2/BaseFont/A>>]>>";
        let content = "BT /F 12 Tf 50 700 Td (Ports of call) Tj ET";
        let file = page_in(content, font, &[encoding.as_bytes(), to_unicode.as_bytes()]);
        assert_eq!(text_of(&file), "Ports of call");
    }

    #[test]
    fn letters_that_a_font_draws_as_pictures_cost_no_others() {
        // Two letters of a Type 3 font, each a bitmap of one dot; the second has a name.
        let glyph = "500 0 0 0 500 500 d1 BI /W 1 /H 1 /IM true /BPC 1 ID \x01 EI";
        let glyph = format!("<</Length {}>>stream\n{glyph}\nendstream", glyph.len());
        let font = "<</Type/Font/Subtype/Type3/FontBBox[0 0 500 500]/FontMatrix[.001 0 0 .001 0 0]\
                    /FirstChar 1/LastChar 2/Widths[500 500]/CharProcs<</g7 6 0 R/B 6 0 R>>\
                    /Encoding<</Type/Encoding/Differences[1/g7/B]>>/Resources<<>>>>";
        let content = "BT /G 12 Tf 50 700 Td (Berth ) Tj /F 12 Tf <02> Tj ET \
                       BT /F 12 Tf 50 650 Td <0101> Tj ET \
                       BT /G 12 Tf 50 600 Td (The pilot boards the ship at anchor.) Tj ET";
        let file = page_in(content, font, &[glyph.as_bytes(), HELVETICA.as_bytes()]);
        let file =
            String::from_utf8(file).unwrap().replace("/F 5 0 R>>", "/F 5 0 R/G 7 0 R>>");
        let text = text_of(file.as_bytes());
        assert!(text.contains("The pilot boards the ship at anchor."), "{text:?}");
        assert!(text.contains("Berth B"), "{text:?}");
        assert_eq!(told(file.as_bytes()), ["p. 1: glyph without a character:  (2)"]);
    }

    #[test]
    fn letters_without_a_character_are_counted() {
        let font = "<</Type/Font/Subtype/Type0/BaseFont/A/Encoding/Identity-H\
                    /DescendantFonts[null]>>";
        let helvetica = "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>";
        let content = "BT /F 12 Tf 50 700 Td <00010002> Tj ET \
                       BT /G 12 Tf 50 650 Td (The pilot boards the ship at anchor.) Tj ET";
        let file = page_in(content, font, &[helvetica.as_bytes()]);
        let file =
            String::from_utf8(file).unwrap().replace("/F 5 0 R>>", "/F 5 0 R/G 6 0 R>>");
        assert_eq!(text_of(file.as_bytes()), "The pilot boards the ship at anchor.");
        assert_eq!(told(file.as_bytes()), ["p. 1: glyph without a character:  (2)"]);
        let content = "BT /F 12 Tf 50 700 Td <00010002000300040005> Tj ET";
        let file = page_in(content, font, &[]);
        let refused = Problem::NoCharacters { unknown: 5, letters: 5 };
        assert_eq!(read(&file), Err(refused), "a picture it is not");
    }

    #[test]
    fn pages_are_read_whichever_way_they_are_turned() {
        let content = "BT 0 12 -12 0 80 60 Tm /F 1 Tf [(The h) -2 (arb) -1 (our )] TJ \
                       [(cha) 3 (rges)] TJ ET BT 0 12 -12 0 120 60 Tm (are due.) Tj ET";
        let text = text_of(&page_in(content, HELVETICA, &[]));
        assert_eq!(text, "The harbour charges\n\nare due.");
    }

    #[test]
    fn a_filter_may_be_named_elsewhere_and_bytes_stand_before_the_file() {
        let content = b"BT /F 12 Tf 50 700 Td (The tide table is public.) Tj ET";
        let whole = page_of(content, true);
        let at = find(&whole, b"/Filter/FlateDecode").unwrap();
        let mut file = b"\xEF\xBB\xBF\r\nHTTP/1.1 200 OK\r\n\r\n".to_vec();
        file.extend_from_slice(&whole[..at]);
        file.extend_from_slice(b"/Filter 9 0 R");
        file.extend_from_slice(&whole[at + b"/Filter/FlateDecode".len()..]);
        file.extend_from_slice(b"\n9 0 obj\n/FlateDecode\nendobj\n");
        assert_eq!(text_of(&file), "The tide table is public.");
    }

    #[test]
    fn a_damaged_stream_is_read_as_far_as_it_is_whole() {
        let lines: String = (0..400_u32)
            .map(|k| format!("({} berths in the {k}th port) Tj T*\n", k * k % 977))
            .collect();
        let content = format!("BT /F 12 Tf 12 TL 50 700 Td {lines} ET");
        let mut file = page_of(content.as_bytes(), true);
        let begin = find(&file, b"stream\n").unwrap();
        let data = begin + (find(&file, b"endstream").unwrap() - begin) / 2;
        file[data..data + 40].fill(0xFF);
        assert!(text_of(&file).contains("berths in the 9th port"));
        assert_eq!(told(&file), ["p. 1: not read:  (0)"]);
    }

    #[test]
    fn an_operand_too_many_costs_nothing() {
        let content =
            "BT /F 12 Tf 50 700 Td /x 14 TL (The first rule) Tj T* (The second) Tj ET";
        assert_eq!(
            text_of(&page_in(content, HELVETICA, &[])),
            "The first rule\nThe second"
        );
    }

    #[test]
    fn pages_that_the_file_lists_and_does_not_hold_are_told() {
        let content = "BT /F 12 Tf 50 700 Td (The first page of the ledger) Tj ET";
        let file = String::from_utf8(page_in(content, HELVETICA, &[])).unwrap();
        let file = file.replace("/Kids[3 0 R]/Count 1", "/Kids[3 0 R 77 0 R]/Count 2");
        assert_eq!(told(file.as_bytes()), ["p. 2: not read:  (0)"]);
    }

    #[test]
    fn a_file_that_breaks_off_is_read_and_told() {
        let content = "BT /F 12 Tf 50 700 Td (The first page of the ledger) Tj ET";
        let whole = page_in(content, HELVETICA, &[]);
        let cut = &whole[..find(&whole, b"xref").unwrap()];
        assert_eq!(text_of(cut), "The first page of the ledger");
        assert_eq!(told(cut), ["p. 1: not read:  (0)"]);
    }

    #[test]
    fn fields_and_comments_are_read_or_told() {
        let picture = "/Tx BMC q BT /F 12 Tf 2 4 Td (48 months) Tj ET Q EMC";
        let picture = format!(
            "<</Subtype/Form/BBox[0 0 200 16]/Resources<</Font<</F 5 0 R>>>>/Length {}>>stream\n\
             {picture}\nendstream",
            picture.len()
        );
        let fields: [&[u8]; 4] = [
            picture.as_bytes(),
            b"<</Subtype/Widget/FT/Tx/Rect[200 696 400 712]/V(48 months)/AP<</N 6 0 R>>>>",
            b"<</Subtype/Widget/FT/Tx/Rect[200 650 400 666]/V(Dalian)>>",
            b"<</Subtype/Text/Rect[0 0 9 9]/Contents(Ask the agent)>>",
        ];
        let content =
            "BT /F 12 Tf 50 700 Td (The lease runs:) Tj 0 -50 Td (The port is:) Tj ET";
        let file = String::from_utf8(page_in(content, HELVETICA, &fields)).unwrap();
        let file =
            file.replace("/Contents 4 0 R", "/Contents 4 0 R/Annots[7 0 R 8 0 R 9 0 R]");
        assert_eq!(text_of(file.as_bytes()), "The lease runs: 48 months\n\nThe port is:");
        let expected =
            ["p. 1: form field: Dalian (6)", "p. 1: comment: Ask the agent (11)"];
        assert_eq!(told(file.as_bytes()), expected);
    }

    #[test]
    fn what_the_file_calls_a_foot_and_what_it_prints_twice_is_told() {
        let content = "/Artifact <</Type/Pagination>> BDC BT /F 9 Tf 50 30 Td (Lease, draft 2) Tj \
                       0 -10 Td (7) Tj ET EMC BT /F 12 Tf 50 700 Td (2031) Tj ET \
                       BT /F 12 Tf 50.3 700 Td (2031) Tj ET BT /F 12 Tf 50 680 Td \
                       (The ship is delivered in the port of Dalian.) Tj ET";
        let file = page_in(content, HELVETICA, &[]);
        let text = text_of(&file);
        assert!(text.starts_with("2031\n") && text.ends_with("Dalian."), "{text}");
        let expected = [
            "p. 1: running head: Lease, draft 2 (12)",
            "p. 1: page number: 7 (1)",
            "p. 1: overprint: 2031 (4)",
        ];
        assert_eq!(told(&file), expected);
    }

    #[test]
    fn a_layer_that_is_off_is_hidden_text() {
        let content = "/OC /L BDC BT /F 12 Tf 50 740 Td (Draft of May, not for signature) Tj ET \
                       EMC BT /F 12 Tf 50 700 Td (The lease runs for a year.) Tj ET";
        let file = page_in(content, HELVETICA, &[b"<</Type/OCG/Name(Draft)>>"]);
        let shown = |setting: &str| {
            let file = String::from_utf8(file.clone()).unwrap();
            let layers = format!("/OCProperties<</OCGs[6 0 R]/D<<{setting}>>>>");
            file.replace("/Catalog/", &format!("/Catalog{layers}/"))
                .replace("/Resources<<", "/Resources<</Properties<</L 6 0 R>>")
                .into_bytes()
        };
        let (hidden, lease) =
            ("Draft of May, not for signature", "The lease runs for a year.");
        for setting in ["/OFF[6 0 R]", "/BaseState/OFF"] {
            assert_eq!(text_of(&shown(setting)), lease);
            assert_eq!(
                told(&shown(setting)),
                [format!("p. 1: hidden text: {hidden} (26)")]
            );
        }
        for setting in ["", "/BaseState/OFF/ON[6 0 R]"] {
            assert!(text_of(&shown(setting)).starts_with(hidden), "{setting}");
        }
    }

    #[test]
    fn a_file_with_text_is_read_though_much_of_it_has_no_character() {
        let font = "<</Type/Font/Subtype/Type0/BaseFont/A/Encoding/Identity-H\
                    /DescendantFonts[null]>>";
        let helvetica = "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>";
        let unknown = "0001".repeat(40);
        let content = format!(
            "BT /F 12 Tf 50 700 Td <{unknown}> Tj ET \
             BT /G 12 Tf 50 650 Td (The pilot boards the ship at anchor.) Tj ET"
        );
        let file = page_in(&content, font, &[helvetica.as_bytes()]);
        let file =
            String::from_utf8(file).unwrap().replace("/F 5 0 R>>", "/F 5 0 R/G 6 0 R>>");
        assert_eq!(text_of(file.as_bytes()), "The pilot boards the ship at anchor.");
        assert_eq!(told(file.as_bytes()), ["p. 1: glyph without a character:  (40)"]);
    }

    #[test]
    fn what_only_fills_a_line_goes() {
        let (text, ornaments) = tidy("  \u{F0B7}  1.1  The   law\n\n ⼈⻓");
        assert_eq!((&*text, &*ornaments), ("  1.1 The law\n\n 人长", "\u{F0B7}"));
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
            /Resources<</XObject<</X 5 0 R>>/Font<</F 6 0 R>>>>>>";
        let font = b"<</Type/Font/Subtype/Type1/BaseFont/Times-Roman>>";
        let drawn = "BT /F 9 Tf (The seal) Tj ET /X Do /X Do";
        for resources in ["/Resources<</XObject<</X 5 0 R>>/Font<</F 6 0 R>>>>", ""] {
            let form = format!(
                "<</Subtype/Form/BBox[0 0 9 9]{resources}/Length {}>>stream\n{drawn}\nendstream",
                drawn.len()
            );
            let file = file_of(&[catalogue, pages, page, content, form.as_bytes(), font]);
            assert_eq!(text_of(&file), "The seal");
        }
        let pages = b"<</Type/Pages/Parent 2 0 R/Kids[3 0 R 2 0 R]/Count 1>>";
        let page = b"<</Type/Page/Parent 2 0 R/Contents 4 0 R>>";
        let file = file_of(&[catalogue, pages, page, content]);
        assert_eq!(read(&file), Err(Problem::Scan { pages: 1 }));
    }

    #[test]
    fn a_bomb_is_not_unpacked() {
        let zeros = vec![b' '; stream::LARGEST as usize + 2];
        let limit = stream::LARGEST;
        assert_eq!(read(&page_of(&zeros, true)), Err(Problem::TooLarge { limit }));
    }

    #[test]
    fn the_memory_for_a_page_has_a_limit() {
        let content = |n| {
            let words = "(a) Tj ".repeat(n);
            page_of(format!("BT /F 12 Tf 50 700 Td {words} ET").as_bytes(), true)
        };
        assert!(text_of(&content(9_000)).contains("aaa"));
        assert_eq!(read(&content(600_000)), Err(Problem::Crowded { page: 1 }));
    }

    #[test]
    fn lines_and_pictures_take_no_memory() {
        let lines = "0 0 m 9 9 l S\n".repeat(600_000);
        let content =
            format!("{lines} BT /F 12 Tf 50 700 Td (The map of the registry.) Tj ET");
        let text = text_of(&page_of(content.as_bytes(), true));
        assert!(text.contains("The map of the registry."));
    }

    #[test]
    fn broken_files_are_damaged() {
        let whole = page_of(b"BT /F 12 Tf (words and words) Tj ET", true);
        for broken in
            [&b"%PDF-1.7"[..], &whole[..whole.len() / 2], b"%PDF-1.4\nstream\nx"]
        {
            let read = read(broken);
            assert!(matches!(read, Err(Problem::Damaged(_))), "{read:?}");
        }
    }
}
