//! The built program on folders: the pairs it finds, what a second run does, what stays after
//! a run that was killed.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant};

use tempfile::TempDir;

/// A folder with pairs made of `corpora/`, and the program run beside it.
struct Desk {
    dir: TempDir,
}

impl Desk {
    /// With `n` pairs below `in`, named in several ways.
    fn with_pairs(n: usize) -> Self {
        let desk = Self { dir: tempfile::tempdir().unwrap() };
        let corpora = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpora");
        let names = ["contract", "story", "statute", "resolution"];
        for k in 0..n {
            let (zh, en) = match k % 3 {
                0 => (format!("in/p{k}.zh.txt"), format!("in/p{k}.en.txt")),
                1 => (format!("in/中文/p{k}.txt"), format!("in/英文/p{k}.txt")),
                _ => (format!("in/sub/p{k}_C.txt"), format!("in/sub/P{k}_E.txt")),
            };
            let from = corpora.join(names[k % names.len()]);
            for (name, to) in [("zh.txt", zh), ("en.txt", en)] {
                desk.put(&to, &fs::read(from.join(name)).unwrap());
            }
        }
        desk
    }

    fn path(&self, name: &str) -> PathBuf {
        self.dir.path().join(name)
    }

    fn put(&self, name: &str, bytes: &[u8]) {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }

    fn get(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).unwrap()
    }

    fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_align"));
        command
            .args(args)
            .current_dir(self.dir.path())
            .env("NO_COLOR", "1")
            .env("SOURCE_DATE_EPOCH", "1767225600");
        command
    }

    fn run(&self, args: &[&str]) -> Output {
        self.command(args).output().unwrap()
    }

    /// What the program said when it did its work.
    fn done(&self, args: &[&str]) -> String {
        let output = self.run(args);
        assert_eq!(output.status.code(), Some(0), "{}", said(&output));
        said(&output)
    }

    /// Every file below a folder with its bytes, hidden ones too.
    fn files(&self, folder: &str) -> BTreeMap<PathBuf, Vec<u8>> {
        let root = self.path(folder);
        let (mut folders, mut files) = (vec![root.clone()], BTreeMap::new());
        while let Some(folder) = folders.pop() {
            for entry in fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    folders.push(path);
                } else {
                    let bytes = fs::read(&path).unwrap();
                    files.insert(path.strip_prefix(&root).unwrap().to_owned(), bytes);
                }
            }
        }
        files
    }

    /// When each output was written last.
    fn written(&self, folder: &str) -> BTreeMap<PathBuf, std::time::SystemTime> {
        let files = self.files(folder).into_keys();
        let of = |path: &PathBuf| fs::metadata(self.path(folder).join(path)).unwrap();
        files
            .filter(|path| !path.to_string_lossy().contains(".align"))
            .map(|path| (path.clone(), of(&path).modified().unwrap()))
            .collect()
    }
}

fn said(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

fn same(a: &BTreeMap<PathBuf, Vec<u8>>, b: &BTreeMap<PathBuf, Vec<u8>>) {
    assert_eq!(a.keys().collect::<Vec<_>>(), b.keys().collect::<Vec<_>>());
    for (path, bytes) in a {
        assert!(bytes == &b[path], "{} differs", path.display());
    }
}

#[test]
fn what_belongs_together_is_shown_before_anything_is_done() {
    let desk = Desk::with_pairs(3);
    desk.put("in/note.txt", b"alone");
    let output = desk.run(&["in", "--dry-run"]);
    assert_eq!(output.status.code(), Some(0));
    assert_eq!(
        String::from_utf8(output.stdout).unwrap(),
        "Paired      3 pairs\n            \
         p0      p0.zh.txt     p0.en.txt\n            \
         sub/p2  sub/p2_C.txt  sub/P2_E.txt\n            \
         p1      中文/p1.txt   英文/p1.txt\n\
         Left over   1 file without a counterpart by name\n            note.txt\n"
    );
    assert!(!desk.path("aligned").exists());
}

#[test]
fn any_number_of_threads_gives_the_same_bytes() {
    let desk = Desk::with_pairs(5);
    for (out, jobs) in [("one", "1"), ("two", "2"), ("five", "5")] {
        desk.done(&["in", "--merge", "--write", "all", "--jobs", jobs, "--out", out]);
    }
    let one = desk.files("one");
    for name in ["all.tmx", "all.glossary.csv", "sub/p2.tmx", "p1.tmx", "zh.srx"] {
        assert!(one.contains_key(Path::new(name)), "{name}: {:?}", one.keys());
    }
    same(&one, &desk.files("two"));
    same(&one, &desk.files("five"));
}

#[test]
fn two_folders_give_what_one_gives() {
    let desk = Desk::with_pairs(1);
    fs::create_dir(desk.path("zh")).unwrap();
    fs::create_dir(desk.path("en")).unwrap();
    fs::copy(desk.path("in/p0.zh.txt"), desk.path("zh/p0.txt")).unwrap();
    fs::copy(desk.path("in/p0.en.txt"), desk.path("en/P0.txt")).unwrap();
    desk.done(&["in", "--out", "a", "--write", "ladder"]);
    desk.done(&["zh", "en", "--out", "b", "--write", "ladder"]);
    assert_eq!(desk.get("a/p0.ladder"), desk.get("b/p0.ladder"));
}

#[test]
fn one_memory_holds_the_units_of_all() {
    let desk = Desk::with_pairs(3);
    desk.done(&["in", "--merge", "--write", "tmx"]);
    let units = |name: &str| desk.get(name).matches("<tu tuid=").count();
    let each = ["p0", "p1", "sub/p2"].map(|name| units(&format!("aligned/{name}.tmx")));
    assert_eq!(units("aligned/all.tmx"), each.iter().sum::<usize>());
    let all = desk.get("aligned/all.tmx");
    assert!(all.ends_with("</body>\n</tmx>\n") && all.contains("tuid=\"sub/p2:0\""));
    assert!(!desk.path("aligned/all.glossary.csv").exists());
}

#[test]
fn a_term_that_recurs_across_documents_is_found() {
    let desk = Desk { dir: tempfile::tempdir().unwrap() };
    let texts = [
        ("仲裁庭听取证人陈述。", "The arbitral tribunal hears witnesses."),
        ("仲裁庭应当保守秘密。", "The arbitral tribunal shall keep secrets."),
        ("仲裁庭可以休庭。", "The arbitral tribunal may adjourn."),
        ("仲裁庭公布裁决。", "The arbitral tribunal publishes the award."),
    ];
    for (k, (zh, en)) in texts.iter().enumerate() {
        desk.put(&format!("in/{k}.zh.txt"), zh.as_bytes());
        desk.put(&format!("in/{k}.en.txt"), en.as_bytes());
    }
    desk.done(&["in"]);
    let row = |name: &str| {
        let csv = desk.get(name);
        csv.lines()
            .find(|line| line.starts_with("仲裁庭,arbitral tribunal"))
            .map(str::to_owned)
    };
    assert_eq!(
        row("aligned/0.glossary.csv").filter(|row| row.contains("repeated")),
        None
    );
    let row = row("aligned/all.glossary.csv").unwrap();
    assert!(row.contains(",4,4,4,") && row.contains("repeated"), "{row}");
    assert!(row.ends_with(",4"), "in four documents: {row}");
}

#[test]
fn the_terms_of_a_folder_are_listed_by_how_many_documents_have_them() {
    let desk = Desk::with_pairs(6);
    desk.done(&["in", "--sort", "documents"]);
    let csv = desk.get("aligned/all.glossary.csv");
    let mut rows = csv::Reader::from_reader(csv.as_bytes());
    let at = rows.headers().unwrap().iter().position(|name| name == "documents").unwrap();
    let counts: Vec<usize> =
        rows.records().map(|row| row.unwrap()[at].parse().unwrap()).collect();
    assert!(counts.len() > 3 && counts.is_sorted_by(|a, b| a >= b), "{counts:?}");
    assert!(counts[0] > 1, "{counts:?}");
    assert_eq!(desk.run(&["in", "--sort", "names"]).status.code(), Some(2));
}

#[test]
fn a_second_run_redoes_only_what_changed() {
    let desk = Desk::with_pairs(3);
    desk.done(&["in"]);
    let first = desk.written("aligned");
    assert!(desk.done(&["in"]).contains("0 pairs, 3 unchanged"), "nothing to do");
    assert_eq!(desk.written("aligned"), first);

    let mut text = desk.get("in/p0.zh.txt");
    text.push_str("\n\n附则：本合同一式两份。\n");
    desk.put("in/p0.zh.txt", text.as_bytes());
    assert!(desk.done(&["in"]).contains("1 pair, 2 unchanged"), "one text changed");
    let second = desk.written("aligned");
    let changed: Vec<&PathBuf> =
        second.keys().filter(|path| first[*path] != second[*path]).collect();
    let expected = ["all.glossary.csv", "p0.glossary.csv", "p0.tmx", "p0.unaligned.tsv"];
    assert_eq!(changed, expected.map(Path::new));

    assert!(!desk.done(&["in", "--source", "en"]).contains("unchanged"), "an option");
    fs::remove_file(desk.path("aligned/p1.tmx")).unwrap();
    let said = desk.done(&["in", "--source", "en"]);
    assert!(said.contains("1 pair, 2 unchanged"), "a lost output: {said}");
}

#[test]
fn an_edited_output_stays_until_it_must_be_made_anew() {
    let desk = Desk::with_pairs(2);
    desk.done(&["in"]);
    desk.put("aligned/p0.tmx", b"edited");
    let said = desk.done(&["in"]);
    assert!(said.contains("p0: its files were edited and stay so"), "{said}");
    let output = desk.run(&["in", "--source", "en"]);
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert_eq!(desk.get("aligned/p0.tmx"), "edited");
    desk.done(&["in", "--source", "en", "--force"]);
    assert!(desk.get("aligned/p0.tmx").starts_with("<?xml"));
}

#[test]
fn one_broken_file_does_not_stop_the_others() {
    let desk = Desk::with_pairs(3);
    desk.put("in/中文/p1.txt", b"%PDF-1.7\n%\xE2\xE3\xCF\xD3\n1 0 obj\n");
    let output = desk.run(&["in"]);
    let said = said(&output);
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert!(
        said.contains("Failed      1 pair\n            p1  in/中文/p1.txt: "),
        "{said}"
    );
    for name in ["p0.tmx", "sub/p2.tmx", "all.glossary.csv"] {
        assert!(desk.path("aligned").join(name).exists(), "{name}");
    }
    assert!(!desk.path("aligned/p1.tmx").exists());
    // The pair that failed is tried again, the others are not.
    assert!(self::said(&desk.run(&["in"])).contains("0 pairs, 2 unchanged"));
}

#[test]
fn a_run_that_is_killed_ends_with_the_same_bytes_when_it_is_started_again() {
    let desk = Desk::with_pairs(9);
    desk.done(&["in", "--merge", "--out", "whole"]);
    let whole = desk.files("whole");
    let mut was_killed = false;
    for (round, wait) in [40_u64, 150, 400, 800].into_iter().enumerate() {
        let out = format!("killed{round}");
        let args = ["in", "--merge", "--jobs", "2", "--out", &out];
        let mut child = desk.command(&args).stderr(Stdio::null()).spawn().unwrap();
        let started = Instant::now();
        let mut n_outputs = 0;
        // Killed when some pairs are done, or at once where none is.
        while started.elapsed() < Duration::from_millis(wait)
            || n_outputs == 0 && round > 0
        {
            // Files come and go under the walk, so only one folder is looked at.
            let entries = fs::read_dir(desk.path(&out)).into_iter().flatten().flatten();
            let is_memory =
                |name: &std::ffi::OsStr| name.to_string_lossy().ends_with(".tmx");
            n_outputs = entries.filter(|entry| is_memory(&entry.file_name())).count();
            if child.try_wait().unwrap().is_some() {
                break;
            }
        }
        child.kill().unwrap();
        was_killed |= child.wait().unwrap().code().is_none();
        desk.done(&args);
        same(&whole, &desk.files(&out));
    }
    assert!(was_killed, "no run was killed in time");
}

#[test]
fn what_makes_no_sense_is_refused() {
    let desk = Desk::with_pairs(1);
    let refused = |args: &[&str], message: &str| {
        let output = desk.run(args);
        assert_eq!(output.status.code(), Some(2));
        assert!(said(&output).contains(message), "{}", said(&output));
    };
    refused(&["in/p0.zh.txt"], "error: in/p0.zh.txt: is one file");
    refused(
        &["in/p0.zh.txt", "in/p0.en.txt", "--merge"],
        "error: --merge is for folders",
    );
    refused(&["in", "--name", "x"], "error: --name is for one pair");
    fs::create_dir(desk.path("empty")).unwrap();
    refused(&["empty"], "error: empty: no two files belong together by their names");
    refused(&["empty", "empty/none"], "error: empty");
}

#[test]
fn what_all_pairs_teach_does_not_depend_on_threads_and_is_not_learned_twice() {
    let desk = Desk { dir: tempfile::tempdir().unwrap() };
    // Words that no dictionary has: the long text teaches what the short one needs.
    let name = |k: usize| ["嘎嘣喔", "噜哔咔", "啾呲嗒"][k % 3];
    let called = |k: usize| ["Zorblax", "Quimmet", "Vuntrel"][k % 3];
    let day = |k: usize| ["昨天", "今天", "明天"][k / 3 % 3];
    let on = |k: usize| ["yesterday", "today", "tomorrow"][k / 3 % 3];
    let long: (String, String) = (0..36)
        .map(|k| {
            (
                format!("{}{}去了{}次。\n", day(k), name(k), k + 20),
                format!("{} {} went {} times.\n", called(k), on(k), k + 20),
            )
        })
        .unzip();
    desk.put("in/long.zh.txt", long.0.as_bytes());
    desk.put("in/long.en.txt", long.1.as_bytes());
    desk.put("in/short.zh.txt", "嘎嘣喔来了。\n噜哔咔来了。\n啾呲嗒来了。\n".as_bytes());
    desk.put("in/short.en.txt", b"Zorblax came.\nVuntrel came.\n");
    let args = ["in", "--lines", "--write", "jsonl", "--learn-together"];
    let run = |out: &str, jobs: &str| {
        desk.done(&[&args[..], &["--out", out, "--jobs", jobs]].concat())
    };
    run("one", "1");
    run("two", "2");
    assert_eq!(desk.get("one/short.jsonl"), desk.get("two/short.jsonl"));
    assert_eq!(desk.get("one/long.jsonl"), desk.get("two/long.jsonl"));
    let rows = crate::cli::texts(&desk.get("one/short.jsonl"));
    assert!(rows.contains(&("啾呲嗒来了。".into(), "Vuntrel came.".into())), "{rows:?}");
    assert!(rows.contains(&("嘎嘣喔来了。".into(), "Zorblax came.".into())), "{rows:?}");
    let again = run("one", "2");
    assert!(again.contains("0 pairs, 2 unchanged"), "{again}");
}

#[test]
fn a_pair_that_does_not_belong_together_is_told_again() {
    let desk = Desk::with_pairs(0);
    let corpora = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpora");
    desk.put("in/odd.zh.txt", &fs::read(corpora.join("statute/zh.txt")).unwrap());
    desk.put("in/odd.en.txt", &fs::read(corpora.join("story/en.txt")).unwrap());
    let runs = [(); 2].map(|()| {
        let output = desk.run(&["in", "--out", "out"]);
        (output.status.code(), said(&output))
    });
    assert_eq!(runs.each_ref().map(|run| run.0), [Some(3); 2], "{runs:#?}");
    assert!(
        runs.iter().all(|run| run.1.contains("translations of one another")),
        "{runs:#?}"
    );
}

#[test]
fn two_names_that_share_nothing_are_paired_by_their_languages() {
    let desk = Desk::with_pairs(0);
    let corpora = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpora/contract");
    desk.put("in/合同.txt", &fs::read(corpora.join("zh.txt")).unwrap());
    let english = fs::read_to_string(corpora.join("en.txt")).unwrap();
    let paragraphs: Vec<String> = english
        .lines()
        .filter(|line| !line.trim().is_empty())
        .map(|line| {
            let line = line.replace('&', "&amp;").replace('<', "&lt;");
            format!("<w:p><w:r><w:t>{line}</w:t></w:r></w:p>")
        })
        .collect();
    let document = format!(
        "<w:document xmlns:w=\"w\"><w:body>{}</w:body></w:document>",
        paragraphs.concat()
    );
    let docx = crate::cli::zipped(&[("word/document.xml", &document)]);
    desk.put("in/Sales agreement.docx", &docx);
    desk.put("in/terms.csv", "合同,contract\n".as_bytes());
    let said = desk.done(&["in"]);
    assert!(
        said.starts_with(
            "Paired      1 pair, by their languages: their names share nothing\n"
        ),
        "{said}"
    );
    assert!(said.contains("Left over   1 file") && said.contains("terms.csv"), "{said}");
    assert!(desk.path("aligned/合同.tmx").exists());
    // Of two in one language nothing is guessed.
    desk.put("in/other.txt", &fs::read(corpora.join("en.txt")).unwrap());
    let output = desk.run(&["in", "--out", "two"]);
    assert_eq!(output.status.code(), Some(2), "{}", self::said(&output));
}

#[test]
fn a_folder_of_outputs_is_no_folder_of_texts() {
    let desk = Desk::with_pairs(1);
    desk.done(&["in"]);
    let expected = "error: aligned: holds only what align wrote\n\
                    hint: name the folder of the texts; outputs are never read as such\n";
    for args in [&["aligned"][..], &["aligned", "--out", "new"], &["check", "aligned"]] {
        let output = desk.run(args);
        let told = said(&output);
        assert_eq!(output.status.code(), Some(2), "{args:?}: {told}");
        assert!(told.ends_with(expected), "{args:?}: {told}");
    }
    // Nor is one that holds nothing else.
    let output = desk.command(&["."]).current_dir(desk.path("aligned")).output().unwrap();
    assert!(said(&output).contains("holds only what align wrote"), "{}", said(&output));
}

#[test]
fn a_run_with_nothing_to_do_says_so_and_no_more() {
    let desk = Desk::with_pairs(3);
    desk.put("in/note.txt", b"alone");
    let args = ["in", "--glossary", "terms.csv"];
    desk.done(&args);
    desk.done(&args);
    let said = desk.done(&args);
    assert_eq!(
        said,
        "Done        0 pairs, 3 unchanged since the last run: nothing to do\n\
         Left over   1 file in no pair; --dry-run shows which\n\
         Glossary    terms.csv: nothing new\n"
    );
}

#[cfg(unix)]
#[test]
fn an_interrupted_run_says_how_far_it_came() {
    let desk = Desk::with_pairs(9);
    let args = ["in", "--jobs", "1"];
    let child = desk.command(&args).stderr(Stdio::piped()).spawn().unwrap();
    let started = Instant::now();
    while !desk.path("aligned/p0.tmx").exists()
        && !desk.path("aligned/p1.tmx").exists()
        && started.elapsed() < Duration::from_secs(60)
    {
        std::thread::sleep(Duration::from_millis(5));
    }
    let id = child.id().to_string();
    assert!(Command::new("kill").args(["-INT", &id]).status().unwrap().success());
    let output = child.wait_with_output().unwrap();
    let told = said(&output);
    assert_eq!(output.status.code(), Some(130), "{told}");
    let last = told.lines().last().unwrap();
    assert!(last.ends_with(" of 9 done; run again to continue"), "{told}");
    assert!(desk.done(&args).contains("unchanged since the last run"), "it goes on");
}
