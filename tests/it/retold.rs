//! Two pairs of `corpora/` told again as files of another kind, which give the beads that the
//! text gives. Part of the tests that ask no other program, and of those that do.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use tempfile::TempDir;

pub(crate) const PAIRS: [&str; 2] = ["resolution", "contract"];

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

/// A folder with the pairs as text, as web pages and in Markdown: `text/resolution.zh.txt`,
/// `web/resolution.zh.html`.
pub(crate) struct Shelf {
    dir: TempDir,
}

impl Shelf {
    pub(crate) fn new() -> Self {
        let shelf = Self { dir: tempfile::tempdir().unwrap() };
        let corpora = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpora");
        for folder in ["text", "web"] {
            fs::create_dir(shelf.path(folder)).unwrap();
        }
        for name in PAIRS {
            for side in ["zh", "en"] {
                let text = corpora.join(name).join(format!("{side}.txt"));
                let text = fs::read_to_string(text).unwrap();
                let put = |file: &str, text: &str| {
                    fs::write(shelf.path(file), text).unwrap();
                };
                put(&format!("text/{name}.{side}.txt"), &text);
                put(&format!("web/{name}.{side}.html"), &page(&text));
                put(&format!("web/{name}.{side}.md"), &markdown(&text));
            }
        }
        shelf
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.dir.path().join(name)
    }

    /// Each pair has at most so many beads that the text has and the file has not.
    pub(crate) fn holds(&self, folder: &str, ending: &str, most_missing: [usize; 2]) {
        for (name, most) in PAIRS.into_iter().zip(most_missing) {
            let (missing, all) = self.missing(name, folder, ending);
            let n = missing.len();
            assert!(
                n <= most,
                "{folder}/{name}.{ending}: {n} of {all} are missing: {missing:#?}"
            );
        }
    }

    /// The beads from the text of which none from the other file says the same on both sides,
    /// letter by letter, and how many there are in all.
    fn missing(
        &self,
        name: &str,
        folder: &str,
        ending: &str,
    ) -> (Vec<(String, String)>, usize) {
        let text = self.beads(name, "text", "txt");
        let other = self.beads(name, folder, ending);
        let mut missing = Vec::new();
        for (bead, &n) in &text {
            let lacks = n.saturating_sub(other.get(bead).copied().unwrap_or(0));
            missing.extend(std::iter::repeat_n(bead.clone(), lacks));
        }
        (missing, text.values().sum())
    }

    /// The letters of each bead, and how often it stands there.
    fn beads(
        &self,
        name: &str,
        folder: &str,
        ending: &str,
    ) -> BTreeMap<(String, String), usize> {
        let output = Command::new(env!("CARGO_BIN_EXE_align"))
            .args(["zh", "en"].map(|side| format!("{folder}/{name}.{side}.{ending}")))
            .args(["--out", "out", "--name", "x", "--write", "jsonl", "--force"])
            .current_dir(self.dir.path())
            .output()
            .unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        let rows = fs::read_to_string(self.path("out/x.jsonl")).unwrap();
        let mut beads = BTreeMap::new();
        for row in rows.lines() {
            let row: serde_json::Value = serde_json::from_str(row).unwrap();
            let letters = |side: &str| -> String {
                let text = row[side].as_str().unwrap().chars();
                text.filter(|c| c.is_alphanumeric())
                    .flat_map(char::to_lowercase)
                    .collect()
            };
            *beads.entry((letters("zh"), letters("en"))).or_default() += 1;
        }
        beads
    }
}
