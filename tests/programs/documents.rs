//! Files that other programs made of two pairs of `corpora/`: LibreOffice, a browser, pandoc.
//! They give the beads that the text gives, apart from a few that are named.

use std::fs;
use std::process::Command;

use crate::retold::{PAIRS, Shelf};
use crate::{has, has_han_font};

/// LibreOffice makes files of another kind from all pages.
fn by_libreoffice(shelf: &Shelf, to: &str, ending: &str) {
    let folder = shelf.path("web");
    let pages = PAIRS
        .iter()
        .flat_map(|name| ["zh", "en"].map(|side| format!("{name}.{side}.html")));
    let output = Command::new("soffice")
        .arg(format!("-env:UserInstallation=file://{}/profile", folder.display()))
        .args(["--headless", "--norestore", "--infilter=HTML (StarWriter)"])
        .args(["--convert-to", to, "--outdir"])
        .arg(shelf.path("office"))
        .args(pages)
        .current_dir(&folder)
        .output()
        .unwrap();
    let made = shelf.path(&format!("office/{}.zh.{ending}", PAIRS[0]));
    assert!(made.is_file(), "{}", String::from_utf8_lossy(&output.stderr));
}

#[test]
fn documents_of_libreoffice_give_the_beads_of_the_text() {
    if !has("soffice") {
        return;
    }
    let shelf = Shelf::new();
    for (to, ending) in [
        ("docx:MS Word 2007 XML", "docx"),
        ("odt", "odt"),
        ("pdf:writer_pdf_Export", "pdf"),
    ] {
        by_libreoffice(&shelf, to, ending);
    }
    shelf.holds("office", "docx", [0, 0]);
    shelf.holds("office", "odt", [0, 0]);
    if !has_han_font() {
        return;
    }
    // At the end of a page (c) and (d) part, which the text has as one paragraph in Chinese; a
    // name over two lines is joined otherwise. In the contract the last row of the table, a
    // note and two lines of the address are joined to what stands beside them.
    shelf.holds("office", "pdf", [3, 4]);
}

#[test]
fn what_a_browser_prints_gives_the_beads_of_the_text() {
    if !has("chromium") {
        return;
    }
    let shelf = Shelf::new();
    fs::create_dir_all(shelf.path("print")).unwrap();
    for name in PAIRS {
        for side in ["zh", "en"] {
            let to = shelf.path(&format!("print/{name}.{side}.pdf"));
            let from = shelf.path(&format!("web/{name}.{side}.html"));
            let output = Command::new("chromium")
                .args([
                    "--headless",
                    "--no-sandbox",
                    "--disable-gpu",
                    "--no-pdf-header-footer",
                ])
                .arg(format!("--user-data-dir={}", shelf.path("profile").display()))
                .arg(format!("--print-to-pdf={}", to.display()))
                .arg(format!("file://{}", from.display()))
                .output()
                .unwrap();
            assert!(to.is_file(), "{}", String::from_utf8_lossy(&output.stderr));
        }
    }
    // Where a page ends depends on the fonts, and at each end an item may part from the next.
    shelf.holds("print", "pdf", [3, 3]);
}

#[test]
fn books_and_documents_of_pandoc_give_the_beads_of_the_text() {
    if !has("pandoc") {
        return;
    }
    let shelf = Shelf::new();
    fs::create_dir_all(shelf.path("made")).unwrap();
    for ending in ["docx", "odt", "epub", "html"] {
        for name in PAIRS {
            for side in ["zh", "en"] {
                let output = Command::new("pandoc")
                    .args([
                        "--from=markdown-smart-citations",
                        "--standalone",
                        "--wrap=none",
                    ])
                    .args(["--metadata=pagetitle=x", "--output"])
                    .arg(shelf.path(&format!("made/{name}.{side}.{ending}")))
                    .arg(shelf.path(&format!("web/{name}.{side}.md")))
                    .output()
                    .unwrap();
                assert!(
                    output.status.success(),
                    "{}",
                    String::from_utf8_lossy(&output.stderr)
                );
            }
        }
        // Pandoc takes (i) behind (b) for the letter and goes on with (c), and counts the slip
        // in paragraph 17 away. One line of the contract opens a list in English only.
        shelf.holds("made", ending, [3, 1]);
    }
}
