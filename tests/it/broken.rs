//! The built program on broken files of every kind: each is refused with what is wrong with
//! it, and with a way out where there is one.

use crate::cli::{Desk, zipped};

const PARAGRAPH: &str =
    "<w:p><w:r><w:t>缔约双方应当加强执法合作，并交换情报。</w:t></w:r></w:p>";
const OPEN_DOCUMENT: &str = "application/vnd.oasis.opendocument.text";

fn docx(body: &str) -> Vec<u8> {
    let document =
        format!("<w:document xmlns:w='w'><w:body>{body}</w:body></w:document>");
    zipped(&[("word/document.xml", &document)])
}

fn odt(body: &str, manifest: &str) -> Vec<u8> {
    let content =
        format!("<o:document-content xmlns:o='o' xmlns:text='t'><o:body><o:text>{body}");
    zipped(&[
        ("mimetype", OPEN_DOCUMENT),
        ("META-INF/manifest.xml", manifest),
        ("content.xml", &content),
    ])
}

fn epub(encryption: Option<&str>) -> Vec<u8> {
    let container =
        "<container><rootfiles><rootfile full-path='o.opf'/></rootfiles></container>";
    let mut parts = vec![("mimetype", "application/epub+zip"), ("o.opf", "<package/>")];
    if let Some(encryption) = encryption {
        parts.push(("META-INF/container.xml", container));
        parts.push(("META-INF/encryption.xml", encryption));
    }
    zipped(&parts)
}

/// A PDF whose pages, page and content are these, a form, and what its trailer says beside.
fn pdf(pages: &str, page: &str, content: &str, form: &str, trailer: &str) -> Vec<u8> {
    let stream = |dictionary: &str, content: &str| {
        format!("<<{dictionary}/Length {}>>stream\n{content}\nendstream", content.len())
    };
    let objects = [
        "<</Type/Catalog/Pages 2 0 R>>".to_owned(),
        format!("<</Type/Pages/Count 1{pages}>>"),
        format!("<</Type/Page/Contents 4 0 R/MediaBox[0 0 600 800]{page}>>"),
        stream("", content),
        stream("/Type/XObject/Subtype/Form/BBox[0 0 9 9]", form),
        format!(
            "<</Filter/Standard/V 2/R 3/Length 128/P -3904/O<{0}>/U<{0}>>>",
            "41".repeat(32)
        ),
    ];
    numbered(&objects, trailer)
}

/// A PDF of these objects, numbered from 1; the first is its root. `trailer` is what its
/// trailer says beside.
pub(crate) fn numbered(objects: &[String], trailer: &str) -> Vec<u8> {
    let mut out = "%PDF-1.4\n".to_owned();
    let mut table = String::from("0000000000 65535 f \n");
    for (number, object) in objects.iter().enumerate() {
        table += &format!("{:010} 00000 n \n", out.len());
        out += &format!("{} 0 obj\n{object}\nendobj\n", number + 1);
    }
    let (at, size) = (out.len(), objects.len() + 1);
    out += &format!(
        "xref\n0 {size}\n{table}trailer <</Size {size}/Root 1 0 R{trailer}>>\nstartxref\n{at}\n%%EOF"
    );
    out.into_bytes()
}

const SCAN: &str = "is a PDF without text, a page that is a picture";

const PAGES: &str = "/Kids[3 0 R]";
const PAGE: &str = "/Parent 2 0 R/Resources<</XObject<</X 5 0 R>>>>";

/// The files by name, each with the beginning of what is said of it.
fn broken() -> Vec<(&'static str, Vec<u8>, &'static str)> {
    let whole = docx(&PARAGRAPH.repeat(50));
    let text = |text: &str| text.as_bytes().to_vec();
    let locked_part = "<e><CipherReference URI='a.xhtml'/></e>";
    let scan = pdf(PAGES, PAGE, "q Q", "", "");
    let entities = "<!DOCTYPE a [<!ENTITY a 'ha'><!ENTITY b '&a;&a;'>]>";
    vec![
        (
            "cut.docx",
            whole[..whole.len() / 2].to_vec(),
            "is damaged: the archive has no list",
        ),
        (
            "torn.docx",
            zipped(&[("word/document.xml", "<w:document xmlns:w='w'><w:body><w:p")]),
            "is damaged: line 1 of its XML",
        ),
        (
            "bomb.docx",
            docx(&" ".repeat(50 << 20)),
            "holds a part that unpacks to more than 48 MB",
        ),
        (
            "entities.docx",
            zipped(&[("word/document.xml", &format!("{entities}<a>&b;</a>"))]),
            "declares XML entities",
        ),
        ("deep.docx", docx(&"<w:sdt>".repeat(100_000)), "nests its elements more than"),
        (
            "cells.docx",
            docx(&format!("<w:tbl><w:tr>{}</w:tr></w:tbl>", "<w:tc/>".repeat(600_000))),
            "holds more than 500000 cells",
        ),
        ("empty.docx", docx(""), "is empty"),
        (
            "nothing.docx",
            zipped(&[("readme.txt", "hello")]),
            "is a zip archive, which is not read",
        ),
        (
            "picture.docx",
            b"\x89PNG\r\n\x1a\n\0\0\0".to_vec(),
            "is a picture, which is not read",
        ),
        (
            "old.doc",
            b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1\0\0\0\0".to_vec(),
            "is a Word or Office document of the old kind",
        ),
        (
            "locked.odt",
            odt(
                "",
                "<m><manifest:file-entry full-path='content.xml'><manifest:encryption-data/></manifest:file-entry></m>",
            ),
            "is locked with a password",
        ),
        (
            "deep.odt",
            odt(&"<text:section>".repeat(100_000), "<m/>"),
            "nests its elements more than",
        ),
        (
            "cut.odt",
            odt("<text:p>缔约", "<m/>"),
            "is damaged: its XML ends inside an element",
        ),
        ("lost.epub", epub(None), "is a zip archive, which is not read"),
        ("locked.epub", epub(Some(locked_part)), "is locked with a password"),
        ("scan.pdf", scan.clone(), SCAN),
        ("cut.pdf", scan[..scan.len() / 2].to_vec(), "is damaged"),
        ("pages.pdf", pdf("/Kids[2 0 R]", PAGE, "q Q", "", ""), "is damaged"),
        ("deep.pdf", pdf(PAGES, PAGE, &"[".repeat(1_000_000), "", ""), SCAN),
        (
            "nest.pdf",
            pdf(&format!("{PAGES}/A{}", "[".repeat(1_000_000)), PAGE, "q Q", "", ""),
            "is damaged",
        ),
        (
            "forms.pdf",
            pdf(PAGES, PAGE, &"/X Do ".repeat(500), &"/X Do q Q ".repeat(500), ""),
            SCAN,
        ),
        ("parent.pdf", pdf("/Kids[3 0 R]/Parent 2 0 R", PAGE, "q Q", "", ""), SCAN),
        ("form.pdf", pdf(PAGES, PAGE, "/X Do", "/X Do", ""), SCAN),
        (
            "locked.pdf",
            pdf(PAGES, PAGE, "q Q", "", "/Encrypt 6 0 R/ID[<41><41>]"),
            "is locked with a password",
        ),
        (
            "cut.html",
            text("<html><body><p>缔约<p cla"),
            "is damaged: a tag or comment behind line 1 is never closed",
        ),
        ("deep.html", text(&"<div>".repeat(100_000)), "nests its elements more than"),
        ("cut.xlsx", docx("")[..40].to_vec(), "is damaged: the archive has no list"),
        (
            "cut.tmx",
            text(
                "<?xml version='1.0'?><tmx version='1.4'><body><tu><tuv xml:lang='zh'><seg>公",
            ),
            "is damaged: its XML ends inside an element",
        ),
        (
            "entities.tmx",
            text(&format!("{entities}<tmx version='1.4'><body/></tmx>")),
            "declares XML entities",
        ),
        ("empty.txt", Vec::new(), "is empty"),
        (
            "noise.txt",
            (0..40_000_u32).map(|n| ((n * n) >> 3) as u8).collect(),
            "is binary data, which is not read",
        ),
    ]
}

#[test]
fn each_broken_file_is_refused_with_what_is_wrong() {
    let desk = Desk::with_sample();
    for (name, bytes, message) in broken() {
        desk.put(name, bytes);
        let is_alone = name.ends_with(".xlsx") || name.ends_with(".tmx");
        let run = match is_alone {
            true => desk.run(&[name]),
            false => desk.run(&[name, "un/en.txt"]),
        };
        let said = run.said();
        assert!(said.starts_with(&format!("error: {name}: {message}")), "{said}");
        assert_eq!(
            (run.code(), said.lines().filter(|line| line.starts_with("error:")).count()),
            (2, 1),
            "{said}"
        );
        assert!(!said.contains("panicked"), "{said}");
    }
    assert!(desk.files("aligned").is_empty());
}

#[test]
fn a_broken_file_does_not_stop_the_pairs_beside_it() {
    let desk = Desk::new();
    let files = broken();
    for (name, bytes, _) in &files {
        let (stem, ending) = name.split_once('.').unwrap();
        desk.put(&format!("in/{stem}-{ending}.zh.{ending}"), bytes);
        desk.put(&format!("in/{stem}-{ending}.en.txt"), "The Parties shall cooperate.\n");
    }
    desk.put("in/sound.zh.txt", "缔约双方应当合作。\n");
    desk.put("in/sound.en.txt", "The Parties shall cooperate.\n");
    let run = desk.run(&["in", "--jobs", "2"]);
    let said = run.said();
    assert_eq!(run.code(), 1, "{said}");
    assert!(said.contains("Failed      "), "{said}");
    assert!(desk.path("aligned/sound.tmx").exists());
}
