//! Electronic books: `.epub`, the pages of the spine one after the other (EPUB 3.3).

use std::collections::BTreeMap;

use super::archive::{Archive, joined};
use super::flow::Flow;
use super::xml;
use super::{Problem, encoding, html};
use crate::types::{BlockKind, LeftOutKind};

/// The most pages of a book.
const MOST_PAGES: usize = 5000;

/// The paragraphs of a book.
pub(super) fn read(archive: &mut Archive<'_>) -> Result<Flow, Problem> {
    if is_locked(archive)? {
        return Err(Problem::Locked);
    }
    let container = xml::parse(&archive.needed("META-INF/container.xml")?)?;
    let root = container.at(&["rootfiles", "rootfile"]).and_then(|r| r.get("full-path"));
    let root = root.ok_or_else(|| Problem::damaged("it names no list of its pages"))?;
    let package = xml::parse(&archive.needed(root)?)?;
    let folder = root.rsplit_once('/').map_or("", |(folder, _)| folder);
    let mut flow = Flow::default();
    for element in package.child("metadata").into_iter().flat_map(|m| m.elements()) {
        if matches!(&*element.name, "title" | "creator" | "description" | "subject") {
            flow.leave_out(LeftOutKind::Metadata, None, &element.text());
        }
    }
    flow.name_part(root);
    let mut pages = BTreeMap::new();
    for item in package.child("manifest").into_iter().flat_map(|m| m.elements()) {
        let is_contents =
            item.get("properties").is_some_and(|p| p.split(' ').any(|p| p == "nav"));
        let is_page = item.get("media-type").is_some_and(|kind| kind.contains("html"));
        if let (Some(id), Some(path), true) = (item.get("id"), item.get("href"), is_page)
        {
            pages.insert(id, (linked(folder, path), is_contents));
        }
    }
    let spine = package.child("spine").into_iter().flat_map(|spine| spine.elements());
    let spine: Vec<_> = spine.map(|item| item.get("idref").unwrap_or_default()).collect();
    if !spine.iter().any(|id| pages.contains_key(id)) {
        return Err(Problem::damaged("it names no page to be read"));
    }
    let mut n_notes = 0;
    for (k, id) in spine.into_iter().enumerate() {
        let Some((path, is_contents)) = pages.get(id) else {
            unread(&mut flow, root, &format!("(no page is named {id:?})"));
            continue;
        };
        if k >= MOST_PAGES {
            return Err(Problem::TooMany { what: "pages", limit: MOST_PAGES });
        }
        let Some(bytes) = archive.part(path)? else {
            unread(&mut flow, path, "(the book lacks this page)");
            continue;
        };
        let declared = html::declared_encoding(&bytes);
        let text = encoding::decode(&bytes, declared)
            .map_err(|_| Problem::damaged(format!("{path} is no text")))?;
        let mut page = match html::read(&text.text) {
            Ok(page) => page,
            Err(Problem::Damaged(why)) => {
                unread(&mut flow, path, &format!("({why})"));
                continue;
            }
            Err(problem) => return Err(problem),
        };
        if text.text.contains("<html") && !text.text.contains("</html") {
            page.leave_out(
                LeftOutKind::Unread,
                None,
                "(the end of this page is missing)",
            );
        }
        if *is_contents {
            for piece in std::mem::take(&mut page.pieces) {
                page.leave_out(LeftOutKind::Contents, None, &piece.text);
            }
        }
        n_notes = renumber(&mut page, n_notes);
        flow.append(page.into_part(path));
    }
    Ok(flow)
}

/// Tells that a part of the book was not read, and why.
fn unread(flow: &mut Flow, part: &str, why: &str) {
    let mut told = Flow::default();
    told.leave_out(LeftOutKind::Unread, None, why);
    flow.append(told.into_part(part));
}

/// Counts the notes of a page on from those before; tells how many there are now.
fn renumber(page: &mut Flow, before: u32) -> u32 {
    let mut last = before;
    for piece in &mut page.pieces {
        if let BlockKind::Note(number) = &mut piece.kind {
            *number += before;
            last = last.max(*number);
        }
        for number in &mut piece.cites {
            *number += before;
            last = last.max(*number);
        }
    }
    last
}

/// Is more locked than the fonts?
fn is_locked(archive: &mut Archive<'_>) -> Result<bool, Problem> {
    let Some(bytes) = archive.part("META-INF/encryption.xml")? else { return Ok(false) };
    let mut references = Vec::new();
    let root = xml::parse(&bytes)?;
    root.all("CipherReference", &mut references);
    Ok(references.iter().filter_map(|r| r.get("URI")).any(|uri| uri.contains("htm")))
}

/// A path in the archive, from a link in a file of that folder.
fn linked(folder: &str, link: &str) -> String {
    let link = link.split('#').next().unwrap_or(link);
    unescaped(&joined(folder, link.trim_start_matches('/')))
}

/// `%20` and its kin as the bytes they stand for.
fn unescaped(path: &str) -> String {
    let hex =
        |b: u8| char::from(b).to_digit(16).and_then(|digit| u8::try_from(digit).ok());
    let bytes = path.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let escaped = match bytes[at..] {
            [b'%', high, low, ..] => hex(high).zip(hex(low)),
            _ => None,
        };
        match escaped {
            Some((high, low)) => out.push(high << 4 | low),
            None => out.push(bytes[at]),
        }
        at += if escaped.is_some() { 3 } else { 1 };
    }
    String::from_utf8(out).unwrap_or_else(|_| path.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::archive::tests::zipped;

    const CONTAINER: &str = "<container><rootfiles><rootfile full-path='OPS/book.opf'/></rootfiles></container>";
    const PACKAGE: &str = "<package><manifest>\
        <item id='n' href='nav.xhtml' media-type='application/xhtml+xml' properties='nav'/>\
        <item id='b' href='text/b%201.xhtml' media-type='application/xhtml+xml'/>\
        <item id='a' href='text/a.xhtml' media-type='application/xhtml+xml'/></manifest>\
        <spine><itemref idref='n'/><itemref idref='b'/><itemref idref='a'/></spine></package>";

    #[test]
    fn pages_come_in_the_order_of_the_spine() {
        let bytes = zipped(&[
            ("META-INF/container.xml", CONTAINER.as_bytes()),
            ("OPS/book.opf", PACKAGE.as_bytes()),
            ("OPS/nav.xhtml", b"<html><body>contents</body></html>"),
            ("OPS/text/a.xhtml", "<html><body><p>其二</p></body></html>".as_bytes()),
            ("OPS/text/b 1.xhtml", "<html><body><h1>其一</h1></body></html>".as_bytes()),
        ]);
        let flow = read(&mut Archive::open(&bytes).unwrap()).unwrap();
        let texts: Vec<_> = flow.pieces.iter().map(|p| p.text.as_str()).collect();
        assert_eq!(texts, ["其一", "其二"]);
    }

    #[test]
    fn a_page_that_the_book_lacks_is_told() {
        let bytes = zipped(&[
            ("META-INF/container.xml", CONTAINER.as_bytes()),
            ("OPS/book.opf", PACKAGE.as_bytes()),
            ("OPS/nav.xhtml", "<body><p>目录</p></body>".as_bytes()),
            ("OPS/text/a.xhtml", "<html><body><p>其二</p></body></html>".as_bytes()),
        ]);
        let flow = read(&mut Archive::open(&bytes).unwrap()).unwrap();
        let told: Vec<_> = flow
            .left_out
            .iter()
            .map(|left| (left.kind, left.place.to_string()))
            .collect();
        let expected = [
            (LeftOutKind::Contents, "OPS/nav.xhtml".to_owned()),
            (LeftOutKind::Unread, "OPS/text/b 1.xhtml".to_owned()),
        ];
        assert_eq!(told, expected);
    }

    #[test]
    fn a_spine_that_names_no_page_is_told() {
        let bytes = |package: &str| {
            zipped(&[
                ("META-INF/container.xml", CONTAINER.as_bytes()),
                ("OPS/book.opf", package.as_bytes()),
                ("OPS/nav.xhtml", "<html><p>目录</p></html>".as_bytes()),
                ("OPS/text/a.xhtml", "<html><p>其二</p></html>".as_bytes()),
                ("OPS/text/b 1.xhtml", "<html><p>其一</p></html>".as_bytes()),
            ])
        };
        let whole = bytes(PACKAGE);
        let n_told = read(&mut Archive::open(&whole).unwrap()).unwrap().left_out.len();
        let one = bytes(&PACKAGE.replace("idref='b'", "idr='b'"));
        let flow = read(&mut Archive::open(&one).unwrap()).unwrap();
        assert_eq!(flow.left_out.len(), n_told + 1, "{:?}", flow.left_out);
        let none = bytes(&PACKAGE.replace("idref=", "idr="));
        let error = read(&mut Archive::open(&none).unwrap()).unwrap_err();
        assert!(matches!(error, Problem::Damaged(_)), "{error}");
    }

    #[test]
    fn a_page_that_is_cut_short_is_told() {
        for page in ["<html><body><p>其二", "<html><body><p>其二</p><p title='"] {
            let bytes = zipped(&[
                ("META-INF/container.xml", CONTAINER.as_bytes()),
                ("OPS/book.opf", PACKAGE.as_bytes()),
                ("OPS/nav.xhtml", "<body><p>目录</p></body>".as_bytes()),
                ("OPS/text/a.xhtml", page.as_bytes()),
                ("OPS/text/b 1.xhtml", "<html><p>其一</p></html>".as_bytes()),
            ]);
            let flow = read(&mut Archive::open(&bytes).unwrap()).unwrap();
            let mut left_out = flow.left_out.iter();
            let is_told = left_out.any(|left| {
                left.kind == LeftOutKind::Unread
                    && left.place.to_string() == "OPS/text/a.xhtml"
            });
            assert!(is_told, "{page}: {:?}", flow.left_out);
        }
    }

    #[test]
    fn boxes_and_notes_called_by_a_picture_are_read() {
        let page = "<html><body><p>船厂建于河口。<a epub:type='noteref' href='#n1'>\
            <img src='n.png'/></a></p><aside><p>另见：船厂每周开放。</p></aside>\
            <aside epub:type='footnote' id='n1'><p>图纸已佚。</p></aside></body></html>";
        let bytes = zipped(&[
            ("META-INF/container.xml", CONTAINER.as_bytes()),
            ("OPS/book.opf", PACKAGE.as_bytes()),
            ("OPS/text/a.xhtml", page.as_bytes()),
        ]);
        let flow = read(&mut Archive::open(&bytes).unwrap()).unwrap();
        let pieces: Vec<_> = flow.pieces.iter().map(|p| (&p.text[..], p.kind)).collect();
        let expected = [
            ("船厂建于河口。", BlockKind::Paragraph),
            ("另见：船厂每周开放。", BlockKind::Paragraph),
            ("图纸已佚。", BlockKind::Note(1)),
        ];
        assert_eq!(pieces, expected);
        assert_eq!(flow.pieces[0].cites, [1]);
    }
}
