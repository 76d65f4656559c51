//! The termbase: what grows into it stays, whatever becomes of the program.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use bitext::glossary::{DEPTH, Store};
use bitext::types::Status;

use crate::cli::Desk;
use crate::dice::Dice;

/// Merges that are broken off at random moments, in rounds on a fresh file each.
const ROUNDS: usize = 20;
const MERGES: usize = 100;

fn accept(desk: &Desk, pair: &str) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_align"));
    command
        .args([
            "glossary",
            "accept",
            "--add",
            "--quiet",
            "--who",
            "mei",
            "terms.csv",
            pair,
        ])
        .current_dir(desk.path(""))
        .env("SOURCE_DATE_EPOCH", "1767225600")
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    command
}

const ZH: &str = "打击犯罪合作协定\n\n第一条　缔约双方应当交换有关犯罪所得的情报。\n\n\
    第二条　缔约双方应当没收犯罪所得。\n\n第三条　没收的犯罪所得应当返还。\n";
const EN: &str = "Agreement on Cooperation against Crime\n\n\
    Article 1. The Parties shall exchange information on proceeds of crime.\n\n\
    Article 2. The Parties shall confiscate proceeds of crime.\n\n\
    Article 3. Confiscated proceeds of crime shall be returned.\n";

/// With a document in `un` that names proceeds of crime three times.
fn desk_of_crime() -> Desk {
    let desk = Desk::new();
    desk.put("un/zh.txt", ZH);
    desk.put("un/en.txt", EN);
    desk
}

/// The English terms that a person decided on; the file must be whole.
fn decided(path: &Path) -> BTreeSet<String> {
    if !path.exists() {
        return BTreeSet::new();
    }
    let bytes = fs::read(path).unwrap();
    assert!(bytes.ends_with(b"\n"), "half a file");
    let termbase = Store::new(path).load().unwrap();
    let rows = termbase.rows().filter(|(_, row)| row.status == Status::Accepted);
    rows.map(|(_, row)| row.term.en.clone()).collect()
}

#[test]
fn two_thousand_merges_killed_at_random_moments_lose_no_decision() {
    let mut dice = Dice(0x0A11_6E5E_ED01);
    let (mut n_killed, mut n_done, mut n_after) = (0, 0, 0);
    for _ in 0..ROUNDS {
        let desk = Desk::new();
        let path = desk.path("terms.csv");
        let mut sure: BTreeSet<String> = BTreeSet::new();
        let started = Instant::now();
        assert!(accept(&desk, "起=start").status().unwrap().success());
        let usual = started.elapsed();
        sure.insert("start".into());
        for n in 1..MERGES {
            let term = format!("term {n}");
            let mut child = accept(&desk, &format!("词{n}={term}")).spawn().unwrap();
            let most = usize::try_from(usual.as_micros()).unwrap() * 6 / 5;
            let moment = dice.roll(most) as u64;
            std::thread::sleep(Duration::from_micros(moment));
            child.kill().unwrap();
            let is_done = child.wait().unwrap().success();
            let found = decided(&path);
            assert!(found.is_superset(&sure), "lost: {:?}", sure.difference(&found));
            // A run that was killed landed as a whole, or not at all.
            let new: Vec<&String> = found.difference(&sure).collect();
            assert!(new.is_empty() || new == [&term], "{new:?}");
            assert!(!is_done || !new.is_empty(), "{term} was accepted and is not there");
            n_after += usize::from(!is_done && !new.is_empty());
            sure = found;
            if is_done {
                n_done += 1;
            } else {
                n_killed += 1;
            }
        }
        // What was left behind hinders nobody.
        assert!(accept(&desk, "终=end").status().unwrap().success());
        let hidden = fs::read_dir(desk.path(".terms.csv.align")).unwrap().count();
        assert!(hidden <= DEPTH + 2, "{hidden} files are kept");
        assert!(decided(&path).contains("end"));
    }
    println!(
        "{n_killed} killed, {n_after} of them had landed; {n_done} came before the kill"
    );
    assert!(n_killed > 100 && n_done > 100, "the moments are no test");
}

#[test]
fn fifty_merges_at_once_are_all_in() {
    let desk = Desk::new();
    let children: Vec<_> = (0..50)
        .map(|n| accept(&desk, &format!("词{n}=term {n}")).spawn().unwrap())
        .collect();
    for mut child in children {
        assert!(child.wait().unwrap().success());
    }
    assert_eq!(decided(&desk.path("terms.csv")).len(), 50);
}

#[test]
fn twenty_changes_are_undone_byte_for_byte() {
    let desk = Desk::new();
    desk.put("more.csv", "zh,en,status\n公约,convention,accepted\n条约,treaty,\n");
    let mut states: Vec<Option<Vec<u8>>> = Vec::new();
    let mut change = |args: &[&str]| {
        states.push(fs::read(desk.path("terms.csv")).ok());
        let args = [&["glossary"], args].concat();
        desk.run(&args).done();
    };
    change(&["import", "terms.csv", "more.csv"]);
    for n in 0..DEPTH - 4 {
        change(&["accept", "terms.csv", "--add", &format!("词{n}=term {n}")]);
    }
    change(&["reject", "terms.csv", "treaty", "--note", "=not here"]);
    change(&["edit", "terms.csv", "term-3", "--en", "third term", "--add-zh", "第三词"]);
    change(&["forbid", "terms.csv", "词5=term 5"]);
    assert_eq!(states.len(), DEPTH);
    for state in states.iter().rev() {
        desk.run(&["glossary", "undo", "terms.csv"]).done();
        assert_eq!(fs::read(desk.path("terms.csv")).ok(), *state);
    }
    desk.run(&["glossary", "undo", "terms.csv"])
        .refused("error: terms.csv: there is no change to undo\n");
}

#[test]
fn what_was_changed_by_hand_is_not_undone_unasked() {
    let desk = Desk::new();
    desk.run(&["glossary", "accept", "terms.csv", "--add", "公约=convention"]).done();
    desk.run(&["glossary", "accept", "terms.csv", "--add", "条约=treaty"]).done();
    let before = desk.get("terms.csv");
    desk.put("terms.csv", before.replace("treaty,条约,treaty", "treaty,条约,Treaty"));
    let run = desk.run(&["glossary", "undo", "terms.csv"]);
    assert_eq!(run.code(), 2);
    assert!(run.said().contains("was changed by hand"), "{}", run.said());
    // A change through the program keeps the work of the hand, and undo leads back to it.
    desk.run(&["glossary", "prefer", "terms.csv", "convention"]).done();
    desk.run(&["glossary", "undo", "terms.csv"]).done();
    assert!(desk.get("terms.csv").contains("Treaty"));
    desk.run(&["glossary", "undo", "terms.csv", "--force"]).done();
    assert!(!desk.get("terms.csv").contains("reaty"));
    assert!(desk.get(".terms.csv.align/undone.csv").contains("Treaty"));
}

#[test]
fn a_document_grows_the_termbase_once() {
    let desk = desk_of_crime();
    let align = ["un/zh.txt", "un/en.txt", "--glossary", "terms.csv"];
    let said = desk.run(&align).done().said();
    assert!(said.contains("Glossary    terms.csv (made): "), "{said}");
    let first = desk.get("terms.csv");
    assert!(first.starts_with("\u{FEFF}concept,zh,en,status,"));
    assert!(first.contains("un=") && first.contains("un: "), "{first}");
    let said = desk.run(&align).done().said();
    assert!(said.contains("Glossary    terms.csv: nothing new\n"), "{said}");
    assert_eq!(desk.get("terms.csv"), first);
    // Another document of the same words counts beside it.
    let again = [&align[..], &["--name", "law"]].concat();
    desk.run(&again).done();
    assert!(desk.get("terms.csv").contains("law="));
    desk.run(&["glossary", "undo", "terms.csv"]).done();
    assert_eq!(desk.get("terms.csv"), first);
}

#[test]
fn decisions_outlast_the_next_run() {
    let desk = desk_of_crime();
    let align = ["un/zh.txt", "un/en.txt", "--glossary", "terms.csv"];
    desk.run(&align).done();
    let term = "\n犯罪所得,proceeds of crime,";
    assert!(desk.get("aligned/un.glossary.csv").contains(term));
    desk.run(&["glossary", "reject", "terms.csv", "犯罪所得=proceeds of crime"]).done();
    let row = |desk: &Desk| {
        let rows = desk.get("terms.csv");
        rows.lines().find(|row| row.starts_with("proceeds-of-crime,")).unwrap().to_owned()
    };
    let decided = row(&desk);
    assert!(decided.contains("犯罪所得,proceeds of crime,rejected"), "{decided}");
    desk.run(&align).done();
    assert!(!desk.get("aligned/un.glossary.csv").contains(term));
    assert_eq!(row(&desk), decided);
}

#[test]
fn another_rendering_of_an_accepted_term_is_listed() {
    let desk = desk_of_crime();
    let align = ["un/zh.txt", "un/en.txt", "--glossary", "terms.csv"];
    let accept =
        ["glossary", "accept", "--add", "terms.csv", "犯罪所得=criminal proceeds"];
    desk.run(&accept).done();
    let said = desk.run(&align).done().said();
    assert!(
        said.contains("Conflicts   1 pair against decisions in terms.csv\n"),
        "{said}"
    );
    assert!(said.contains("accepted is 犯罪所得 = criminal proceeds\n"), "{said}");
}

#[test]
fn another_kind_of_glossary_is_read_and_not_written() {
    let desk = desk_of_crime();
    let text = "zh,en,status\n犯罪所得,proceeds of crime,preferred\n";
    desk.put("client.csv", text);
    let said =
        desk.run(&["un/zh.txt", "un/en.txt", "--glossary", "client.csv"]).done().said();
    assert_eq!(said.matches("nothing is merged into it").count(), 1, "{said}");
    assert_eq!(desk.get("client.csv"), text);
    assert!(desk.get("aligned/un.glossary.csv").contains("preferred"));
    assert!(!desk.path(".client.csv.align").exists());
}

#[test]
fn a_folder_is_merged_once_and_counts_by_document() {
    let desk = desk_of_crime();
    for name in ["a", "b"] {
        desk.put(&format!("texts/{name}.zh.txt"), desk.get("un/zh.txt"));
        desk.put(&format!("texts/{name}.en.txt"), desk.get("un/en.txt"));
    }
    let align = ["texts", "--glossary", "terms.csv"];
    desk.run(&align).done();
    let first = desk.get("terms.csv");
    assert!(first.contains("a=3/3/3|b=3/3/3"), "{first}");
    let said = desk.run(&align).done().said();
    assert!(said.contains("2 unchanged") && said.contains("nothing new"), "{said}");
    assert_eq!(desk.get("terms.csv"), first);
    // One of them alone is the same document.
    desk.run(&["texts/a.zh.txt", "texts/a.en.txt", "--glossary", "terms.csv"]).done();
    let rows = desk.get("terms.csv");
    assert!(rows.contains("a=3/3/3|b=3/3/3"), "{rows}");
}

#[test]
fn a_broken_row_is_told_before_anything_is_done() {
    let desk = desk_of_crime();
    let text = "concept,zh,en,status\na,甲,a,accepted\nb,乙,b,perhaps\n";
    desk.put("terms.csv", text);
    let hint = "hint: known are candidate, accepted, preferred, rejected, forbidden; or pass \
                over such rows with --skip-bad-rows\n";
    let error = "terms.csv:3: column status: \"perhaps\" is no status\n";
    let run = desk.run(&["un/zh.txt", "un/en.txt", "--glossary", "terms.csv"]);
    assert!(run.said().contains(error) && run.said().ends_with(hint), "{}", run.said());
    assert_eq!((run.code(), desk.files("aligned").len()), (2, 0));
    let run = desk.run(&["glossary", "accept", "terms.csv", "a"]);
    assert!(run.code() == 2 && run.said().contains(error), "{}", run.said());
    assert_eq!(desk.get("terms.csv"), text);
}

#[test]
fn a_lock_that_is_held_is_named() {
    let desk = Desk::new();
    desk.run(&["glossary", "accept", "terms.csv", "--add", "公约=convention"]).done();
    let lock = fs::File::open(desk.path(".terms.csv.align/lock")).unwrap();
    lock.lock().unwrap();
    let store =
        Store::new(&desk.path("terms.csv")).with_patience(Duration::from_millis(50));
    let error = store.undo(false).unwrap_err().to_string();
    assert!(error.contains(".terms.csv.align/lock"), "{error}");
    lock.unlock().unwrap();
    store.undo(false).unwrap();
}

#[test]
fn lists_come_in_on_the_standard_input() {
    let desk = Desk::new();
    desk.put("terms.csv", "concept,zh,en,status\na,甲,a,\nb,乙,b,\nc,丙,c,\n");
    let list =
        desk.run(&["glossary", "list", "terms.csv", "--status", "candidate"]).done();
    desk.put("list.txt", format!("# seen\n{}", list.out()));
    let child = Command::new(env!("CARGO_BIN_EXE_align"))
        .args(["glossary", "accept", "terms.csv"])
        .current_dir(desk.path(""))
        .stdin(fs::File::open(desk.path("list.txt")).unwrap())
        .output()
        .unwrap();
    assert!(child.status.success(), "{}", String::from_utf8_lossy(&child.stderr));
    assert_eq!(decided(&desk.path("terms.csv")).len(), 3);
}

#[test]
fn what_is_exported_is_imported_again() {
    let desk = Desk::new();
    desk.put(
        "terms.csv",
        "concept,zh,en,status\nparty,缔约方,party,preferred\nparty,缔约国,,preferred\n\
         no,不,no,forbidden\n",
    );
    let export = ["glossary", "export", "terms.csv", "--write", "all", "--out", "out"];
    desk.run(&export).done();
    let files = desk.files("out");
    assert_eq!(files.len(), 13, "{files:?}");
    // What cannot say that a term must not be used has none that must not; nobody reads the
    // JSON back.
    let is_whole = |file: &&String| {
        ![".utf8", ".deepl.csv", ".google.csv", ".json"]
            .iter()
            .any(|end| file.ends_with(end))
    };
    for file in files.iter().filter(is_whole) {
        let into = format!("{file}.new.csv");
        desk.run(&["glossary", "import", &into, &format!("out/{file}")]).done();
        let list = desk.run(&["glossary", "list", &into]).done().out();
        assert!(list.contains("party\t缔约方\tparty\t"), "{file}: {list}");
        assert!(list.contains("forbidden"), "{file}: {list}");
    }
}

#[test]
fn two_people_merge_and_are_told_where_they_differ() {
    let desk = Desk::new();
    let head = "concept,zh,en,status,who,changed\n";
    desk.put("base.csv", format!("{head}a,甲,a,,,\nb,乙,b,,,\n"));
    desk.put("mine.csv", format!("{head}a,甲,a,accepted,mei,2026-01-02\nb,乙,b,,,\n"));
    desk.put(
        "theirs.csv",
        format!("{head}a,甲,a,rejected,bo,2026-01-03\nb,乙,b,accepted,bo,\nc,丙,c,,,\n"),
    );
    let run = desk.run(&["glossary", "merge", "base.csv", "mine.csv", "theirs.csv"]);
    assert_eq!(run.code(), 1);
    assert!(
        run.said().starts_with("conflict: a: 甲 = a: status is \"accepted\""),
        "{}",
        run.said()
    );
    let list = desk.run(&["glossary", "list", "mine.csv"]).done().out();
    let want = "a\t甲\ta\taccepted\t0\ttheirs: status rejected (bo, 2026-01-03)\t\t\t\n\
                b\t乙\tb\taccepted\t0\t\t\t\t\nc\t丙\tc\tcandidate\t0\t\t\t\t\n";
    assert_eq!(list, want);
    let diff = desk.run(&["glossary", "diff", "base.csv", "theirs.csv"]).done().out();
    assert!(diff.contains("+ c: 丙 = c, candidate\n"), "{diff}");
    assert!(diff.contains("    status: \"candidate\" became \"rejected\"\n"), "{diff}");
}

#[test]
fn a_merge_into_another_file_spares_what_it_is_made_of() {
    let desk = Desk::new();
    let all = ["base.csv", "mine.csv", "theirs.csv"];
    for (n, name) in all.iter().enumerate() {
        desk.put(name, format!("concept,zh,en,status\nc{n},词{n},word {n},accepted\n"));
    }
    for out in ["base.csv", "mine.csv", "theirs.csv", "./theirs.csv"] {
        let run = desk.run(&[&["glossary", "merge"], &all[..], &["--out", out]].concat());
        assert_eq!(run.code(), 2, "{out}");
        assert!(run.said().contains("is an input and would be overwritten"), "{out}");
    }
    assert!(desk.get("theirs.csv").contains("word 2"), "as it was");
    desk.run(&["glossary", "merge", "mine.csv", "theirs.csv", "--out", "both.csv"])
        .done();
    assert!(!desk.get("mine.csv").contains("word 2"), "as it was");
    let list = desk.run(&["glossary", "list", "both.csv"]).done().out();
    assert!(list.contains("word 1") && list.contains("word 2"), "{list}");
}

#[test]
fn where_nothing_is_imported_that_is_no_success_and_the_reason_is_told() {
    let desk = Desk::new();
    desk.put("mine.csv", "concept,zh,en,status\na,甲,first,accepted\n");
    let before = desk.get("mine.csv");
    desk.put("zh.csv", "源语,备注\n合同,见第三条\n价款,\n");
    desk.put("empty.csv", "");
    desk.put("noise.csv", [0_u8, 159, 146, 150, 0, 1, 2, 3]);
    desk.put("half.tbx", "<?xml version=\"1.0\"?><martif><text><body><termEntry>");
    for source in ["zh.csv", "empty.csv", "noise.csv", "half.tbx"] {
        let run = desk.run(&["glossary", "import", "mine.csv", source]);
        assert_eq!(run.code(), 2, "{source}: {}", run.said());
        assert!(run.said().contains(&format!("error: {source}")), "{}", run.said());
        assert_eq!(desk.get("mine.csv"), before, "{source}");
    }
}

#[test]
fn the_starter_glossary_is_a_termbase() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("glossary/starter.csv");
    let termbase = Store::new(&path).load().unwrap();
    assert_eq!((termbase.concepts.len(), termbase.rows().count()), (222, 307));
    assert_eq!(bitext::glossary::load(&path, false).unwrap().skipped.len(), 0);
}

#[test]
fn candidates_are_decided_in_the_terminal_a_key_each() {
    let desk = Desk::new();
    desk.put(
        "terms.csv",
        "concept,zh,en,status,confidence,zh_context,en_context\n\
         tea,茶叶,tea leaf,candidate,0.9,茶叶放在阁楼。,The tea leaf is in the attic.\n\
         lid,壶盖,lid,candidate,0.7,,\npot,茶壶,pot,candidate,0.5,,\n\
         cup,杯子,cup,candidate,0.3,,\njar,罐子,jar,accepted,0.8,,\n",
    );
    let run = |keys: &str| {
        let mut child = Command::new(env!("CARGO_BIN_EXE_align"))
            .args(["glossary", "review", "terms.csv", "--terminal", "--who", "mei"])
            .current_dir(desk.path(""))
            .env("SOURCE_DATE_EPOCH", "1767225600")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        std::io::Write::write_all(&mut child.stdin.take().unwrap(), keys.as_bytes())
            .unwrap();
        let output = child.wait_with_output().unwrap();
        assert!(output.status.success());
        String::from_utf8(output.stderr).unwrap()
    };
    // Accepts the best, passes over the next, corrects and forbids the third, stops.
    let said = run("a s e\n小茶壶\n\nf q");
    assert!(said.contains("1 of 4 · about 90 in 100 are right"), "{said}");
    assert!(
        said.contains("zh  [茶叶]放在阁楼。\n    en  The [tea leaf] is in"),
        "{said}"
    );
    assert!(said.contains("2 decided, 2 left; all is saved"), "{said}");
    let rows = || -> Vec<(String, String, Status)> {
        let termbase = Store::new(&desk.path("terms.csv")).load().unwrap();
        let rows = termbase.rows().map(|(_, row)| row);
        let row = |row: &bitext::glossary::Row| {
            (row.term.zh.clone(), row.term.en.clone(), row.status)
        };
        rows.map(row).collect()
    };
    let row = |zh: &str, en: &str, status| (zh.to_owned(), en.to_owned(), status);
    assert_eq!(
        rows(),
        [
            row("杯子", "cup", Status::Candidate),
            row("罐子", "jar", Status::Accepted),
            row("壶盖", "lid", Status::Candidate),
            row("小茶壶", "pot", Status::Forbidden),
            row("茶叶", "tea leaf", Status::Accepted),
        ]
    );
    // Goes on where it stopped; an undo reaches back over the end of the first run.
    let said = run("r u u q");
    assert!(said.contains("1 of 2"), "{said}");
    assert_eq!(rows()[2].2, Status::Candidate);
    assert_eq!(rows()[3].2, Status::Candidate);
}

/// A program in a terminal of its own, by `script` of util-linux.
#[cfg(target_os = "linux")]
struct Terminal {
    child: std::process::Child,
    shown: std::sync::Arc<std::sync::Mutex<Vec<u8>>>,
    n_seen: usize,
}

#[cfg(target_os = "linux")]
impl Terminal {
    /// `None` where there is no such program.
    fn open(desk: &Desk, command: &str) -> Option<Self> {
        let mut child = Command::new("script")
            .args(["-qec", command, "/dev/null"])
            .current_dir(desk.path(""))
            .env("SOURCE_DATE_EPOCH", "1767225600")
            .env("TERM", "xterm")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .ok()?;
        let shown = std::sync::Arc::new(std::sync::Mutex::new(Vec::new()));
        let (mut out, shown_here) = (child.stdout.take().unwrap(), shown.clone());
        std::thread::spawn(move || {
            let mut part = [0; 4096];
            while let Ok(n) = std::io::Read::read(&mut out, &mut part)
                && n > 0
            {
                shown_here.lock().unwrap().extend(&part[..n]);
            }
        });
        Some(Self { child, shown, n_seen: 0 })
    }

    /// Waits until this is shown, behind what was waited for before.
    fn see(&mut self, text: &str) {
        let n_seen = self.n_seen;
        let find = || {
            let shown = self.shown.lock().unwrap();
            let rest = String::from_utf8_lossy(&shown[n_seen..]).into_owned();
            rest.find(text).map(|at| n_seen + rest[..at + text.len()].len())
        };
        self.n_seen = wait_for(find, || {
            let shown = self.shown.lock().unwrap();
            format!("{text} in {}", String::from_utf8_lossy(&shown[n_seen..]))
        });
    }

    /// Presses keys, without the end of a line.
    fn press(&mut self, keys: &str) {
        let input = self.child.stdin.as_mut().unwrap();
        std::io::Write::write_all(input, keys.as_bytes()).unwrap();
        std::io::Write::flush(input).unwrap();
    }
}

/// Waits until there is something; half a minute at most.
#[cfg(target_os = "linux")]
fn wait_for<T>(mut find: impl FnMut() -> Option<T>, what: impl Fn() -> String) -> T {
    let begun = Instant::now();
    loop {
        if let Some(found) = find() {
            return found;
        }
        assert!(begun.elapsed() < Duration::from_secs(30), "waited for {}", what());
        std::thread::sleep(Duration::from_millis(10));
    }
}

#[cfg(target_os = "linux")]
#[test]
fn in_a_terminal_a_key_is_enough_and_each_is_saved_at_once() {
    let desk = Desk::new();
    desk.put(
        "terms.csv",
        "concept,zh,en,status,confidence\ntea,茶叶,tea leaf,candidate,0.9\n\
         lid,壶盖,lid,candidate,0.7\npot,茶壶,pot,candidate,0.5\n\
         cup,杯子,cup,candidate,0.3\ntray,茶盘,tray,candidate,0.2\n",
    );
    let align = env!("CARGO_BIN_EXE_align");
    let command = format!("'{align}' glossary review terms.csv --terminal --who mei");
    let Some(mut terminal) = Terminal::open(&desk, &command) else {
        println!("skipped: there is no program `script` here");
        return;
    };
    let path = desk.path("terms.csv");
    let asks = |terminal: &mut Terminal, n: usize| {
        terminal.see(&format!("{n} of 5"));
        terminal.see("> ");
    };
    // The file is whole at any moment, so it can be read while the program runs.
    let is = |zh: &str, status: Status| {
        let find = || {
            let termbase = Store::new(&path).load().unwrap();
            let mut rows = termbase.rows().map(|(_, row)| row);
            rows.any(|row| row.term.zh == zh && row.status == status).then_some(())
        };
        wait_for(find, || format!("{zh} {}", status.as_str()));
    };
    asks(&mut terminal, 1);
    terminal.press("a");
    is("茶叶", Status::Accepted);
    asks(&mut terminal, 2);
    terminal.press("r");
    is("壶盖", Status::Rejected);
    asks(&mut terminal, 3);
    terminal.press("f");
    is("茶壶", Status::Forbidden);
    asks(&mut terminal, 4);
    terminal.press("u");
    is("茶壶", Status::Candidate);
    asks(&mut terminal, 3);
    terminal.press("s");
    asks(&mut terminal, 4);
    terminal.press("e");
    terminal.see("zh [杯子]: ");
    terminal.press("茶杯\n");
    terminal.see("en [cup]: ");
    terminal.press("\n");
    is("茶杯", Status::Candidate);
    terminal.see("茶杯 = cup");
    terminal.see("> ");
    terminal.press("A");
    is("茶杯", Status::Accepted);
    asks(&mut terminal, 5);
    terminal.press("q");
    terminal.see("all is saved");
    assert!(terminal.child.wait().unwrap().success());
    is("茶盘", Status::Candidate);
}

#[test]
fn the_file_that_is_named_says_the_format_of_an_export() {
    let desk = Desk::new();
    desk.put("terms.csv", "concept,zh,en,status\nparty,缔约方,party,accepted\n");
    let export = |to: &str| desk.run(&["glossary", "export", "terms.csv", to]);
    for (to, kind, sign) in [
        ("client.tbx", "tbx", "<tbx"),
        ("for/client.csv", "csv", "zh,en"),
        ("client.xml", "multiterm", "<mtf"),
        ("client.utx", "utx", "#UTX"),
        ("client.txt", "omegat", "缔约方\t"),
        ("client.JSON", "json", "{"),
        ("client.deepl.csv", "deepl", "缔约方,party"),
    ] {
        let run = export(to).done();
        assert_eq!(run.said(), format!("1 row written as {kind} to\n{to}\n"));
        assert!(desk.get(to).contains(sign), "{to}: {}", desk.get(to));
    }
    export("client.xlsx").done();
    assert!(fs::read(desk.path("client.xlsx")).unwrap().starts_with(b"PK"));
    desk.run(&["glossary", "export", "terms.csv", "list", "--write", "tbx"]).done();
    assert_eq!(desk.get("list"), desk.get("client.tbx"));
    let printed = ["glossary", "export", "terms.csv", "-", "--write", "tbx"];
    assert_eq!(desk.run(&printed).done().out(), desk.get("client.tbx"));
}

#[test]
fn an_export_replaces_nothing_that_somebody_wrote() {
    let desk = Desk::new();
    let terms = "concept,zh,en,status\nparty,缔约方,party,preferred\n";
    desk.put("terms.csv", terms);
    desk.put("client.tbx", "mine");
    let export =
        |args: &[&str]| desk.run(&[&["glossary", "export", "terms.csv"], args].concat());
    let run = export(&["client.tbx"]);
    assert_eq!((run.code(), desk.get("client.tbx").as_str()), (2, "mine"));
    assert!(run.said().contains("--force"), "{}", run.said());
    export(&["client.tbx", "--force"]).done();
    export(&["client.tbx"]).done();
    let run = export(&["./terms.csv", "--force"]);
    assert_eq!(run.code(), 2, "{}", run.said());
    assert_eq!(desk.get("terms.csv"), terms);
    let run = export(&["client.pdf"]);
    assert!(run.said().starts_with("error: client.pdf: no glossary ends so\n"));
    let run = export(&["client.tbx", "--write", "tbx,csv"]);
    assert!(run.said().starts_with("error: client.tbx: is one file"), "{}", run.said());
    assert_eq!(export(&["client.tbx", "--name", "x"]).code(), 2);
}
