//! What the targets share: a file for those who read files, and how one input is taken apart.

use std::cell::OnceCell;
use std::fs;
use std::path::PathBuf;

thread_local! {
    static DESK: OnceCell<tempfile::TempDir> = const { OnceCell::new() };
}

/// Endings of the kinds of files that are read as a text.
pub const TEXTS: [&str; 12] = [
    "txt", "md", "html", "xml", "docx", "odt", "epub", "pdf", "srt", "vtt", "csv", "tsv",
];

/// Endings of the kinds of files that hold both texts.
pub const BOTH: [&str; 7] = ["tmx", "xliff", "csv", "tsv", "xlsx", "docx", "html"];

/// Endings of the kinds of files that hold terms.
pub const TERMS: [&str; 8] = ["csv", "tsv", "xlsx", "tbx", "xml", "utx", "tmx", "txt"];

/// The ending that the first byte of an input chooses, and the rest of it.
pub fn chosen<'a>(data: &'a [u8], endings: &[&'static str]) -> Option<(&'static str, &'a [u8])> {
    let (&first, rest) = data.split_first()?;
    Some((endings[usize::from(first) % endings.len()], rest))
}

/// A file with these bytes, in a folder of this process that is gone with it.
pub fn file(ending: &str, bytes: &[u8]) -> PathBuf {
    DESK.with(|desk| {
        let desk = desk.get_or_init(|| tempfile::tempdir().expect("a folder can be made"));
        let path = desk.path().join("input").with_extension(ending);
        fs::write(&path, bytes).expect("a file can be written");
        path
    })
}

/// Two texts of one input: what stands before and behind the first line of three signs `=`.
pub fn two(text: &str) -> (&str, &str) {
    text.split_once("\n===\n").unwrap_or((text, text))
}
