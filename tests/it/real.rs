//! Files that other programs made of two pairs of `corpora/`: LibreOffice, a browser, pandoc.
//! They give the beads that the text gives, apart from a few that are named.
//!
//! Prints what is skipped where one of these programs is not installed.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::process::Command;

use crate::cli::{Desk, texts};
use crate::formats::has;

const PAIRS: [&str; 2] = ["resolution", "contract"];

/// The number of a note, `¹²`, at the beginning of a text, and its length.
fn mark(text: &str) -> Option<(String, usize)> {
    let digits: Vec<char> = "⁰¹²³⁴⁵⁶⁷⁸⁹".chars().collect();
    let marks = text.chars().take_while(|c| digits.contains(c));
    let number: String = marks
        .filter_map(|c| digits.iter().position(|d| *d == c))
        .map(|d| d.to_string())
        .collect();
    let len = text.chars().take_while(|c| digits.contains(c)).map(char::len_utf8).sum();
    (!number.is_empty()).then_some((number, len))
}

/// A text with each mark of a note in it written anew.
fn with_marks(text: &str, write: impl Fn(&str) -> String) -> String {
    let (mut out, mut at) = (String::new(), 0);
    while let Some(c) = text[at..].chars().next() {
        at += match mark(&text[at..]) {
            Some((number, len)) => {
                out += &write(&number);
                len
            }
            None => {
                out.push(c);
                c.len_utf8()
            }
        };
    }
    out
}

/// The paragraphs of a text, and its notes by number.
fn parts(text: &str) -> (Vec<&str>, Vec<(String, &str)>) {
    let (mut body, mut notes) = (Vec::new(), Vec::new());
    for line in text.lines().map(str::trim).filter(|line| !line.is_empty()) {
        match mark(line) {
            Some((number, len)) => notes.push((number, line[len..].trim())),
            None if line.chars().all(|c| c == '_') => {}
            None => body.push(line),
        }
    }
    (body, notes)
}

fn page(text: &str) -> String {
    let (body, notes) = parts(text);
    let mut out =
        String::from("<!doctype html><meta charset=utf-8><title>x</title><main>\n");
    for line in body {
        let cite = |n: &str| format!("<sup><a href=\"#fn{n}\" id=\"r{n}\">{n}</a></sup>");
        writeln!(out, "<p>{}</p>", with_marks(line, cite)).unwrap();
    }
    out += "<ol>\n";
    for (n, note) in notes {
        writeln!(out, "<li id=\"fn{n}\"><p>{note} <a href=\"#r{n}\">↩</a></p></li>")
            .unwrap();
    }
    out + "</ol></main>\n"
}

fn markdown(text: &str) -> String {
    let (body, notes) = parts(text);
    let mut out = String::new();
    for line in body {
        let line = line.replace('[', "\\[").replace(']', "\\]");
        writeln!(out, "{}\n", with_marks(&line, |n| format!("[^{n}]"))).unwrap();
    }
    for (n, note) in notes {
        writeln!(out, "[^{n}]: {note}\n").unwrap();
    }
    out
}

/// The pairs as web pages and in Markdown, and their text beside.
fn desk() -> Desk {
    let desk = Desk::new();
    let corpora = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpora");
    for name in PAIRS {
        for side in ["zh", "en"] {
            let text = fs::read_to_string(corpora.join(name).join(format!("{side}.txt")))
                .unwrap();
            desk.put(&format!("text/{name}.{side}.txt"), &text);
            desk.put(&format!("web/{name}.{side}.html"), page(&text));
            desk.put(&format!("web/{name}.{side}.md"), markdown(&text));
        }
    }
    desk
}

/// The beads from the text of which none from the other file says the same on both sides,
/// letter by letter, and how many there are in all.
fn missing(
    desk: &Desk,
    name: &str,
    folder: &str,
    ending: &str,
) -> (Vec<(String, String)>, usize) {
    let beads = |folder: &str, ending: &str| {
        let file = |side: &str| format!("{folder}/{name}.{side}.{ending}");
        let out = ["--out", "out", "--name", "x", "--write", "jsonl", "--force"];
        let (zh, en) = (file("zh"), file("en"));
        let args: Vec<&str> = [zh.as_str(), en.as_str()].into_iter().chain(out).collect();
        desk.run(&args).done();
        let letters = |text: String| -> String {
            text.chars()
                .filter(|c| c.is_alphanumeric())
                .flat_map(char::to_lowercase)
                .collect()
        };
        let mut beads: BTreeMap<(String, String), usize> = BTreeMap::new();
        for (zh, en) in texts(&desk.get("out/x.jsonl")) {
            *beads.entry((letters(zh), letters(en))).or_default() += 1;
        }
        beads
    };
    let (text, other) = (beads("text", "txt"), beads(folder, ending));
    let mut missing = Vec::new();
    for (bead, &n) in &text {
        let lacks = n.saturating_sub(other.get(bead).copied().unwrap_or(0));
        missing.extend(std::iter::repeat_n(bead.clone(), lacks));
    }
    (missing, text.values().sum())
}

/// Each pair has at most so many beads that the text has and the file has not.
fn holds(desk: &Desk, folder: &str, ending: &str, missing: [usize; 2]) {
    for (name, most) in PAIRS.into_iter().zip(missing) {
        let (missing, all) = self::missing(desk, name, folder, ending);
        let n = missing.len();
        assert!(
            n <= most,
            "{folder}/{name}.{ending}: {n} of {all} are missing: {missing:#?}"
        );
    }
}

/// LibreOffice makes files of another kind from all pages.
fn by_libreoffice(desk: &Desk, to: &str, ending: &str) {
    let folder = desk.path("web");
    let pages = PAIRS
        .iter()
        .flat_map(|name| ["zh", "en"].map(|side| format!("{name}.{side}.html")));
    let output = Command::new("soffice")
        .arg(format!("-env:UserInstallation=file://{}/profile", folder.display()))
        .args(["--headless", "--norestore", "--infilter=HTML (StarWriter)"])
        .args(["--convert-to", to, "--outdir"])
        .arg(desk.path("office"))
        .args(pages)
        .current_dir(&folder)
        .output()
        .unwrap();
    let made = desk.path(&format!("office/{}.zh.{ending}", PAIRS[0]));
    assert!(made.is_file(), "{}", String::from_utf8_lossy(&output.stderr));
}

#[test]
fn pages_and_markdown_give_the_beads_of_the_text() {
    let desk = desk();
    holds(&desk, "web", "html", [0, 0]);
    // Markdown counts its lists itself, so the slip that is planted in paragraph 17 is gone.
    holds(&desk, "web", "md", [1, 0]);
}

#[test]
fn documents_of_libreoffice_give_the_beads_of_the_text() {
    if !has("soffice") {
        return;
    }
    let desk = desk();
    for (to, ending) in [
        ("docx:MS Word 2007 XML", "docx"),
        ("odt", "odt"),
        ("pdf:writer_pdf_Export", "pdf"),
    ] {
        by_libreoffice(&desk, to, ending);
    }
    holds(&desk, "office", "docx", [0, 0]);
    holds(&desk, "office", "odt", [0, 0]);
    // At the end of a page (c) and (d) part, which the text has as one paragraph in Chinese; a
    // name over two lines is joined otherwise. In the contract the last row of the table, a
    // note and two lines of the address are joined to what stands beside them.
    holds(&desk, "office", "pdf", [3, 4]);
}

#[test]
fn what_a_browser_prints_gives_the_beads_of_the_text() {
    if !has("chromium") {
        return;
    }
    let desk = desk();
    fs::create_dir_all(desk.path("print")).unwrap();
    for name in PAIRS {
        for side in ["zh", "en"] {
            let to = desk.path(&format!("print/{name}.{side}.pdf"));
            let from = desk.path(&format!("web/{name}.{side}.html"));
            let output = Command::new("chromium")
                .args([
                    "--headless",
                    "--no-sandbox",
                    "--disable-gpu",
                    "--no-pdf-header-footer",
                ])
                .arg(format!("--user-data-dir={}", desk.path("profile").display()))
                .arg(format!("--print-to-pdf={}", to.display()))
                .arg(format!("file://{}", from.display()))
                .output()
                .unwrap();
            assert!(to.is_file(), "{}", String::from_utf8_lossy(&output.stderr));
        }
    }
    holds(&desk, "print", "pdf", [3, 3]);
}

#[test]
fn books_and_documents_of_pandoc_give_the_beads_of_the_text() {
    if !has("pandoc") {
        return;
    }
    let desk = desk();
    fs::create_dir_all(desk.path("made")).unwrap();
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
                    .arg(desk.path(&format!("made/{name}.{side}.{ending}")))
                    .arg(desk.path(&format!("web/{name}.{side}.md")))
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
        holds(&desk, "made", ending, [3, 1]);
    }
}
