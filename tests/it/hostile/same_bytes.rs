//! The same inputs give the same bytes, whatever the hour: what is made of files is dated by
//! the newest of them.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, UNIX_EPOCH};

use crate::cli::Desk;

/// 2024-03-02 01:00:00 UTC.
const MARCH: u64 = 1_709_341_200;
const DAY: u64 = 86_400;

fn set_time(path: &Path, seconds: u64) {
    let file = File::options().append(true).open(path).unwrap();
    file.set_modified(UNIX_EPOCH + Duration::from_secs(seconds)).unwrap();
}

/// Runs the program as a user does, without a word on the time.
fn run(desk: &Desk, args: &[&str], epoch: Option<&str>) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_align"));
    command.args(args).current_dir(desk.path("")).env_remove("SOURCE_DATE_EPOCH");
    if let Some(epoch) = epoch {
        command.env("SOURCE_DATE_EPOCH", epoch);
    }
    let output = command.output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

fn contents(desk: &Desk, folder: &str) -> BTreeMap<PathBuf, Vec<u8>> {
    let paths =
        fs::read_dir(desk.path(folder)).unwrap().map(|entry| entry.unwrap().path());
    let files = paths.filter(|path| path.is_file());
    files
        .map(|path| (path.file_name().unwrap().into(), fs::read(&path).unwrap()))
        .collect()
}

fn dated() -> Desk {
    let desk = Desk::with_sample();
    set_time(&desk.path("un/zh.txt"), MARCH - DAY);
    set_time(&desk.path("un/en.txt"), MARCH);
    desk
}

#[test]
fn a_pair_is_dated_by_the_newer_of_its_texts() {
    let desk = dated();
    let write = "tmx,xlsx,utx,tbx,xliff,csv,docx";
    for out in ["a", "b"] {
        run(&desk, &["un/zh.txt", "un/en.txt", "--write", write, "--out", out], None);
        // The clock of the formats has seconds.
        std::thread::sleep(Duration::from_millis(1100));
    }
    let (a, b) = (contents(&desk, "a"), contents(&desk, "b"));
    a.iter().for_each(|(name, bytes)| assert!(b[name] == *bytes, "{}", name.display()));
    assert!(a.len() > 6 && a.len() == b.len());
    assert!(desk.get("a/un.tmx").contains("20240302T010000Z"));
    run(&desk, &["un/zh.txt", "un/en.txt", "--out", "c"], Some("86400"));
    assert!(desk.get("c/un.tmx").contains("19700102T000000Z"));
}

#[test]
fn in_a_folder_each_pair_has_its_time_and_what_is_made_of_all_the_newest() {
    let desk = dated();
    desk.put("two/zh/a.txt", desk.get("un/zh.txt"));
    desk.put("two/en/a.txt", desk.get("un/en.txt"));
    desk.put("two/zh/b.txt", desk.get("un/zh.txt"));
    desk.put("two/en/b.txt", desk.get("un/en.txt"));
    for (name, at) in [("zh/a", 0), ("en/a", 0), ("zh/b", 5 * DAY), ("en/b", 0)] {
        set_time(&desk.path(&format!("two/{name}.txt")), MARCH + at);
    }
    run(&desk, &["two", "--merge", "--write", "tmx,utx", "--out", "all"], None);
    for (file, date) in [
        ("all/a.tmx", "20240302T010000Z"),
        ("all/b.tmx", "20240307T010000Z"),
        ("all/all.tmx", "creationdate=\"20240307T010000Z\""),
    ] {
        assert!(desk.get(file).contains(date), "{file}");
    }
}

#[test]
fn what_is_exported_of_a_termbase_is_dated_by_the_termbase() {
    let desk = Desk::new();
    desk.put("list.csv", "zh,en,status\n公约,convention,accepted\n");
    run(&desk, &["glossary", "import", "terms.csv", "list.csv"], None);
    set_time(&desk.path("terms.csv"), MARCH);
    run(
        &desk,
        &["glossary", "export", "terms.csv", "--write", "utx", "--out", "a"],
        None,
    );
    assert!(
        desk.get("a/terms.utx").contains("2024-03-02T01:00:00Z"),
        "{}",
        desk.get("a/terms.utx")
    );
}
