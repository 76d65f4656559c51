//! The sample resolution, aligned by the program. Part of the tests that ask no other program,
//! and of those that do.

use std::path::Path;
use std::process::{Command, Output};

use tempfile::TempDir;

/// A folder with the pair of the sample resolution aligned in it.
pub(crate) fn aligned(args: &[&str]) -> (TempDir, Output) {
    let dir = tempfile::tempdir().unwrap();
    let output = run(dir.path(), args);
    (dir, output)
}

/// Aligns it into `out` of a folder.
pub(crate) fn run(dir: &Path, args: &[&str]) -> Output {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpora/resolution");
    Command::new(env!("CARGO_BIN_EXE_align"))
        .args([corpus.join("zh.txt"), corpus.join("en.txt")])
        .args(["--out", "out", "--name", "un"])
        .args(args)
        .current_dir(dir)
        .env("NO_COLOR", "1")
        .output()
        .unwrap()
}

/// What the program told.
pub(crate) fn said(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}
