//! Tests that ask other programs: LibreOffice, Chromium, pandoc, OmegaT, xmllint, strace. What is not
//! installed is not asked, which is printed.
//!
//! `cargo test` leaves them out, for what they find depends on the machine: its programs and
//! its fonts. `cargo test --locked --test programs` runs them.
#![expect(clippy::unwrap_used, reason = "a helper of a test may fail as a test does")]

mod clients;
mod documents;
mod faults;
#[path = "../it/retold.rs"]
mod retold;
#[path = "../it/sample.rs"]
mod sample;
#[path = "../it/tricky.rs"]
mod tricky;

/// Is a program there? Prints that the test is skipped where it is not.
#[expect(clippy::print_stdout, reason = "who reads the log of a test should know")]
fn has(program: &str) -> bool {
    let paths = std::env::var_os("PATH").unwrap_or_default();
    let is_there = std::env::split_paths(&paths).any(|path| path.join(program).is_file());
    if !is_there {
        println!("skipped: {program} is not installed");
    }
    is_there
}

/// Has a printer letters for Chinese? Without them it prints boxes, which say nothing.
#[expect(clippy::print_stdout, reason = "who reads the log of a test should know")]
fn has_han_font() -> bool {
    let asked =
        std::process::Command::new("fc-list").args([":lang=zh", "family"]).output();
    // Where nobody can be asked there are fonts.
    let is_there = asked.map_or(true, |found| !found.stdout.is_empty());
    if !is_there {
        println!("skipped: there is no font for Chinese");
    }
    is_there
}
