//! The disk fails, or the machine stops, at each call in turn: what was there stays whole.
//!
//! `strace` makes the n-th call of a kind fail, or kills the program at it, for each n that
//! a run gets to. It is the program itself that is tried, at the border where it leaves it, so
//! no way of writing can be forgotten.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::{Command, ExitStatus};

use tempfile::TempDir;

use crate::has;

/// The calls that change what lies on the disk or guard it, each with the error that it
/// fails with.
const CALLS: [(&str, &str); 15] = [
    ("openat", "EIO"),
    ("write", "ENOSPC"),
    ("writev", "ENOSPC"),
    ("pwrite64", "ENOSPC"),
    ("copy_file_range", "EIO"),
    ("ftruncate", "EIO"),
    ("fsync", "EIO"),
    ("fdatasync", "EIO"),
    ("rename", "EIO"),
    ("renameat", "EIO"),
    ("renameat2", "EIO"),
    ("linkat", "EIO"),
    ("unlink", "EIO"),
    ("mkdir", "ENOSPC"),
    ("flock", "ENOLCK"),
];

/// Of a folder some pairs are done and some are not.
const PAIRS_MISSING: i32 = 1;

const ZH: &str = "渔港规则\n\n第一条 渔船进港应当登记。\n\n第二条 港务员应当检查渔船的灯。\n\n\
                  第三条 渔船在港内应当慢行。\n";
const EN: &str = "Rules of the fishing port\n\nArticle 1 A fishing boat that enters the port \
                  shall be registered.\n\nArticle 2 The port officer shall inspect the lights of \
                  the fishing boat.\n\nArticle 3 Fishing boats shall go slowly in the port.\n";
const MORE_ZH: &str = "\n第四条 港务员有权扣留渔船。\n";
const MORE_EN: &str = "\nArticle 4 The port officer may detain a fishing boat.\n";

/// A thing that users do: what lies there before, and the command.
struct Operation {
    name: &'static str,
    before: fn(&Path),
    args: &'static [&'static str],
}

const OPERATIONS: [Operation; 9] = [
    Operation {
        name: "the first outputs",
        before: texts,
        args: &["zh.txt", "en.txt", "--name", "port", "--quiet"],
    },
    Operation {
        name: "outputs of changed texts, and a termbase that grows",
        before: |folder| {
            texts(folder);
            align(
                folder,
                &[
                    "zh.txt",
                    "en.txt",
                    "--name",
                    "port",
                    "--glossary",
                    "terms.csv",
                    "--quiet",
                ],
            );
            append(&folder.join("zh.txt"), MORE_ZH);
            append(&folder.join("en.txt"), MORE_EN);
        },
        args: &[
            "zh.txt",
            "en.txt",
            "--name",
            "port",
            "--glossary",
            "terms.csv",
            "--quiet",
        ],
    },
    Operation {
        name: "a decision",
        before: termbase,
        args: &["glossary", "accept", "terms.csv", "渔船=fishing boat"],
    },
    Operation {
        name: "a decision taken back",
        before: decided,
        args: &["glossary", "undo", "terms.csv"],
    },
    Operation {
        name: "a client's list",
        before: |folder| {
            termbase(folder);
            fs::write(folder.join("client.csv"), "Source,Target\n灯塔,lighthouse\n")
                .unwrap();
        },
        args: &["glossary", "import", "terms.csv", "client.csv"],
    },
    Operation {
        name: "an export",
        before: decided,
        args: &["glossary", "export", "terms.csv", "--write", "tbx,xlsx", "--out", "out"],
    },
    Operation {
        name: "a folder",
        before: |folder| {
            for name in ["a", "b"] {
                fs::write(folder.join(format!("{name}.zh.txt")), ZH).unwrap();
                fs::write(folder.join(format!("{name}.en.txt")), EN).unwrap();
            }
            align(folder, &[".", "--quiet", "--jobs", "1", "--out", "out"]);
            append(&folder.join("b.zh.txt"), MORE_ZH);
            append(&folder.join("b.en.txt"), MORE_EN);
        },
        args: &[".", "--quiet", "--jobs", "1", "--out", "out"],
    },
    Operation {
        name: "a report",
        before: texts,
        args: &[
            "check",
            "zh.txt",
            "en.txt",
            "--name",
            "port",
            "--write",
            "html,csv,exceptions",
            "--out",
            "out",
        ],
    },
    Operation {
        name: "decisions of a reviewer, into the log and the termbase",
        before: |folder| {
            texts(folder);
            let run = ["zh.txt", "en.txt", "--name", "port", "--write", "tmx,html"];
            align(folder, &run);
            fs::write(folder.join("lin.decisions.json"), DECISIONS).unwrap();
        },
        args: &["apply", "lin.decisions.json"],
    },
];

/// What a page of the texts saves: a row is right, a term is taken.
const DECISIONS: &str = r#"{ "decisions": 1, "name": "port", "who": "lin", "events": [
    { "at": "2026-11-27T10:00:00Z", "op": "confirm",
      "texts": { "1~1": ["第一条 渔船进港应当登记。",
                         "Article 1 A fishing boat that enters the port shall be registered."] },
      "rows": [{ "row": "1~1", "field": "status", "was": "auto", "now": "confirmed" }] },
    { "at": "2026-11-27T10:01:00Z", "op": "accept",
      "terms": [{ "zh": "渔港", "en": "fishing port", "was": { "status": "candidate" },
                  "now": { "status": "accepted" } }] } ] }"#;

fn texts(folder: &Path) {
    fs::write(folder.join("zh.txt"), ZH).unwrap();
    fs::write(folder.join("en.txt"), EN).unwrap();
}

fn termbase(folder: &Path) {
    texts(folder);
    align(
        folder,
        &["zh.txt", "en.txt", "--name", "port", "--glossary", "terms.csv", "--quiet"],
    );
}

fn decided(folder: &Path) {
    termbase(folder);
    align(folder, &["glossary", "accept", "terms.csv", "渔船=fishing boat"]);
}

fn append(path: &Path, text: &str) {
    let old = fs::read_to_string(path).unwrap();
    fs::write(path, old + text).unwrap();
}

fn command(program: &str, folder: &Path) -> Command {
    let mut command = Command::new(program);
    command
        .current_dir(folder)
        .env("SOURCE_DATE_EPOCH", "1767225600")
        .env("ALIGN_WHO", "Lin")
        .env("ALIGN_CACHE", folder.join(".cache"))
        .env("NO_COLOR", "1");
    command
}

fn align(folder: &Path, args: &[&str]) -> ExitStatus {
    command(env!("CARGO_BIN_EXE_align"), folder).args(args).output().unwrap().status
}

/// Runs it under the eyes of `strace`, which writes what it sees into `log`.
fn traced(folder: &Path, args: &[&str], asked: &[&str], log: &Path) -> ExitStatus {
    command("strace", folder)
        .args(["-f", "-qq", "-o"])
        .arg(log)
        .args(asked)
        .arg(env!("CARGO_BIN_EXE_align"))
        .args(args)
        .output()
        .unwrap()
        .status
}

/// How often a run makes each call: of the thread that makes it most often, since that is how
/// `strace` counts.
fn counts(log: &str) -> BTreeMap<&'static str, usize> {
    let mut by_thread: BTreeMap<(&str, &'static str), usize> = BTreeMap::new();
    for line in log.lines() {
        let Some((thread, said)) = line.split_once(' ') else { continue };
        let name = said.trim_start().split('(').next().unwrap_or("");
        if let Some((call, _)) = CALLS.iter().find(|(call, _)| *call == name) {
            *by_thread.entry((thread, call)).or_default() += 1;
        }
    }
    let mut most = BTreeMap::new();
    for ((_, call), n) in by_thread {
        let of_call: &mut usize = most.entry(call).or_default();
        *of_call = n.max(*of_call);
    }
    most
}

/// What a user finds in a folder: every file by its name but our own bookkeeping, which has
/// names with a dot in front.
fn visible(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    let mut open = vec![folder.to_owned()];
    while let Some(inner) = open.pop() {
        for entry in fs::read_dir(inner).unwrap() {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            if name.starts_with('.') {
                continue;
            }
            if path.is_dir() {
                open.push(path);
            } else {
                let name = path.strip_prefix(folder).unwrap().display().to_string();
                found.insert(name, fs::read(path).unwrap());
            }
        }
    }
    found
}

fn copy(from: &Path, to: &Path) {
    for entry in fs::read_dir(from).unwrap() {
        let path = entry.unwrap().path();
        let target = to.join(path.file_name().unwrap());
        if path.is_dir() {
            fs::create_dir(&target).unwrap();
            copy(&path, &target);
        } else {
            fs::copy(&path, &target).unwrap();
        }
    }
}

fn copied(folder: &Path) -> TempDir {
    let to = tempfile::tempdir().unwrap();
    copy(folder, to.path());
    to
}

/// The files; of a log of decisions without its notes of what was handed on, since what it
/// does not know of is handed on once more.
fn decided_in(files: &BTreeMap<String, Vec<u8>>) -> BTreeMap<&str, Vec<u8>> {
    let kept =
        |(name, bytes): (&'_ String, &Vec<u8>)| match name.ends_with(".review.jsonl") {
            false => bytes.clone(),
            true => String::from_utf8_lossy(bytes)
                .lines()
                .filter(|line| !line.contains("\"op\":\"written\""))
                .collect::<String>()
                .into_bytes(),
        };
    files.iter().map(|file| (file.0.as_str(), kept(file))).collect()
}

/// Is each file the old one or the new one, or a log on its way, and nothing else there?
fn are_old_or_new(
    found: &BTreeMap<String, Vec<u8>>,
    old: &BTreeMap<String, Vec<u8>>,
    new: &BTreeMap<String, Vec<u8>>,
) -> Result<(), String> {
    for (name, bytes) in found {
        // A log of decisions grows by whole ones, each of which was answered for.
        let is_between = name.ends_with(".review.jsonl")
            && bytes.starts_with(&old[name])
            && new[name].starts_with(bytes)
            && bytes.ends_with(b"\n");
        if old.get(name) != Some(bytes) && new.get(name) != Some(bytes) && !is_between {
            return Err(format!("{name} is neither the old file nor the new one"));
        }
    }
    for name in old.keys().filter(|name| new.contains_key(*name)) {
        if !found.contains_key(name) {
            return Err(format!("{name} is gone"));
        }
    }
    Ok(())
}

/// Tries an operation with every call failing, and with the program killed at every call;
/// gives the number of both.
fn try_all(operation: &Operation) -> usize {
    let before = tempfile::tempdir().unwrap();
    (operation.before)(before.path());
    let old = visible(before.path());
    let calls: Vec<&str> = CALLS.iter().map(|(call, _)| *call).collect();
    let trace = format!("trace={}", calls.join(","));

    let good = copied(before.path());
    let outside = tempfile::tempdir().unwrap();
    let log = outside.path().join("calls");
    let status = traced(good.path(), operation.args, &["-e", &trace], &log);
    assert!(status.success(), "{}: {status}", operation.name);
    let new = visible(good.path());
    assert!(old != new, "{}: nothing is written", operation.name);

    let mut n_tried = 0;
    let counts = counts(&fs::read_to_string(&log).unwrap());
    for (call, error) in CALLS {
        for n in 1..=counts.get(call).copied().unwrap_or(0) {
            for fault in [format!("error={error}"), "signal=KILL".to_owned()] {
                let inject = format!("inject={call}:{fault}:when={n}");
                let place = format!("{}: {inject}", operation.name);
                let folder = copied(before.path());
                let asked = ["-e", &trace, "-e", &inject];
                let status = traced(folder.path(), operation.args, &asked, &log);
                let mut found = visible(folder.path());
                if status.code() == Some(PAIRS_MISSING) {
                    // What is made of all pairs is made of those that could be read.
                    let of_all =
                        found.iter_mut().filter(|(name, _)| name.contains("all."));
                    of_all.for_each(|(name, bytes)| bytes.clone_from(&old[name]));
                }
                if let Err(what) = are_old_or_new(&found, &old, &new) {
                    panic!("{place}: {what}");
                }
                if status.success() {
                    let is_done = decided_in(&found) == decided_in(&new);
                    assert!(is_done, "{place}: called done and is not");
                }
                // Whoever runs it again gets what they wanted.
                align(folder.path(), operation.args);
                let again = visible(folder.path());
                let is_mended = decided_in(&again) == decided_in(&new);
                assert!(is_mended || found == new, "{place}: not to be mended");
                n_tried += 1;
            }
        }
    }
    n_tried
}

/// Can the program be traced here? Containers often forbid it.
#[expect(clippy::print_stdout, reason = "who reads the log of a test should know")]
fn can_trace() -> bool {
    if !has("strace") {
        return false;
    }
    let can = Command::new("strace")
        .args(["-qq", "-o", "/dev/null", "true"])
        .status()
        .is_ok_and(|status| status.success());
    if !can {
        println!("skipped: nothing may be traced here");
    }
    can
}

#[test]
#[expect(
    clippy::print_stdout,
    reason = "the number of points tried is a figure of this test"
)]
fn a_disk_that_fails_at_any_call_costs_no_file() {
    if !can_trace() {
        return;
    }
    std::thread::scope(|scope| {
        for operation in &OPERATIONS {
            scope.spawn(|| {
                println!("{:<55}{:>5} points", operation.name, try_all(operation));
            });
        }
    });
}

/// Every reader: nothing is asked of a network, nothing is started, no file is written
/// outside the folder of the outputs.
#[test]
fn no_reader_asks_a_network_or_writes_elsewhere() {
    if !can_trace() {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    texts(folder.path());
    for (name, text) in [("zh", ZH), ("en", EN)] {
        let paragraphs: String =
            text.split("\n\n").map(|text| format!("<p>{text}</p>")).collect();
        let page = format!(
            "<html><head><link rel=stylesheet href=http://192.0.2.1/a.css></head><body>\
             <img src=http://192.0.2.1/a.png><script src=http://192.0.2.1/a.js></script>\
             {paragraphs}</body></html>"
        );
        fs::write(folder.path().join(format!("{name}.html")), page).unwrap();
        fs::write(folder.path().join(format!("{name}.md")), text).unwrap();
    }
    let made = ["zh.txt", "en.txt", "--write", "all", "--out", "made", "--name", "both"];
    assert!(align(folder.path(), &made).success());
    let inputs: [&[&str]; 8] = [
        &["zh.txt", "en.txt"],
        &["zh.html", "en.html"],
        &["zh.md", "en.md"],
        &["made/both.docx"],
        &["made/both.tmx"],
        &["made/both.xlf"],
        &["made/both.glossary.xlsx"],
        &["made/both.tsv"],
    ];
    let outside = tempfile::tempdir().unwrap();
    let log = outside.path().join("calls");
    for input in inputs {
        let args =
            [input, &["--out", "out", "--name", "out", "--force", "--quiet"]].concat();
        let asked = ["-e", "trace=%network,execve,open,openat,creat"];
        let status = traced(folder.path(), &args, &asked, &log);
        assert!(status.success(), "{input:?}: {status}");
        let calls = fs::read_to_string(&log).unwrap();
        let programs = calls.lines().filter(|line| line.contains("execve(")).count();
        assert_eq!(programs, 1, "{input:?} starts a program");
        for call in calls.lines() {
            let is_network = ["socket(", "connect(", "sendto(", "bind("]
                .iter()
                .any(|name| call.contains(name));
            assert!(!is_network, "{input:?}: {call}");
            let writes = ["O_WRONLY", "O_RDWR", "O_CREAT", "creat("];
            // A workbook is made by way of a file without a name, which nobody can find.
            let is_nameless = call.contains("O_TMPFILE");
            if writes.iter().any(|how| call.contains(how)) && !is_nameless {
                assert!(call.contains("out/"), "{input:?}: {call}");
            }
        }
    }
}
