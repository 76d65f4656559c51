//! The program at home in a shell: what it gives other programs, what it takes from its
//! surroundings, and what it says of a slip of the hand.

use std::process::Command;

use crate::cli::Desk;

fn json(text: &str) -> serde_json::Value {
    serde_json::from_str(text).unwrap_or_else(|error| panic!("{error}:\n{text}"))
}

#[test]
fn a_run_is_told_as_one_object() {
    let desk = Desk::with_sample();
    let run = desk.run(&["un/zh.txt", "un/en.txt", "--json", "--quiet"]).done();
    let told = json(&run.out());
    assert_eq!(told["schema"], 1);
    assert_eq!(told["counts"]["pairs"], 3);
    assert_eq!(told["inputs"][0]["side"], "zh");
    assert_eq!(told["inputs"][1]["units"], 3);
    let files = told["files"].as_array().unwrap();
    assert!(
        files.iter().all(|file| desk.path(file.as_str().unwrap()).is_file()),
        "{files:?}"
    );
    let again = desk.run(&["un/zh.txt", "un/en.txt", "--json", "--quiet"]).done();
    assert_eq!(run.out(), again.out(), "the same run gives the same bytes");
}

#[test]
fn a_folder_is_told_with_the_pairs_that_failed() {
    let desk = Desk::with_sample();
    desk.put("texts/a.zh.txt", desk.get("un/zh.txt"));
    desk.put("texts/a.en.txt", desk.get("un/en.txt"));
    desk.put("texts/b.zh.txt", "");
    desk.put("texts/b.en.txt", desk.get("un/en.txt"));
    let run = desk.run(&["texts", "--json", "--quiet"]);
    assert_eq!(run.code(), 1, "{}", run.said());
    let told = json(&run.out());
    assert_eq!(
        (&told["counts"]["done"], &told["counts"]["failed"]),
        (&1.into(), &1.into())
    );
    assert_eq!(told["failed"][0]["pair"], "b");
}

#[test]
fn every_shell_gets_its_completions() {
    for (shell, sign) in [
        ("bash", "complete -F"),
        ("zsh", "#compdef align"),
        ("fish", "complete -c align"),
    ] {
        let script = Desk::new().run(&["completions", shell]).done().out();
        assert!(script.contains(sign), "{shell}: {script}");
        assert!(script.contains("zh-encoding"), "{shell}");
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(file.path(), &script).unwrap();
        match Command::new(shell).arg("-n").arg(file.path()).output() {
            Ok(run) => assert!(run.status.success(), "{shell} cannot read it: {run:?}"),
            Err(error) => println!("skipped: no {shell} to read them: {error}"),
        }
    }
}

#[test]
fn the_manual_names_every_command() {
    let page = Desk::new().run(&["man"]).done().out();
    assert!(page.contains(".TH align 1"), "{page}");
    for command in ["check", "eval", "glossary", "review", "config", "completions"] {
        assert!(page.contains(command), "{command}");
    }
    let page = Desk::new().run(&["man", "glossary", "import"]).done().out();
    assert!(page.contains(".SH SYNOPSIS"), "{page}");
    let run = Desk::new().run(&["man", "glosary"]);
    assert_eq!(run.code(), 2);
}

#[test]
fn help_is_a_command_too() {
    let help = Desk::new().run(&["help", "check"]).done().out();
    assert!(help.contains("--fail-on"), "{help}");
}

/// How wide a line is in a terminal, Chinese characters two columns each.
fn columns(line: &str) -> usize {
    line.chars().map(|c| if ('\u{2E80}'..='\u{FFEF}').contains(&c) { 2 } else { 1 }).sum()
}

#[test]
fn help_fits_eighty_columns_and_ends_with_examples() {
    let commands = [
        &[][..],
        &["check"],
        &["review"],
        &["search"],
        &["update"],
        &["glossary"],
        &["glossary", "import"],
        &["glossary", "export"],
    ];
    for command in commands {
        for option in ["-h", "--help"] {
            let help = Desk::new().run(&[command, &[option]].concat()).done().out();
            let long: Vec<&str> =
                help.lines().filter(|line| columns(line) > 80).collect();
            assert!(long.is_empty(), "{command:?} {option}: {long:#?}");
            let (_, examples) = help.split_once("\nExamples:\n").unwrap_or_else(|| {
                panic!("{command:?} {option} has no examples");
            });
            // A line that was too long was broken, and its rest stands at the left.
            let of_lines = examples.lines().take_while(|line| !line.is_empty());
            for line in of_lines {
                let is_whole = line.starts_with("  align ")
                    || line.starts_with("  pdftotext ")
                    || line.starts_with("                  ");
                assert!(is_whole, "{command:?} {option}: {line:?}");
            }
        }
    }
    let short = Desk::new().run(&["-h"]).done().out();
    assert!(short.ends_with("what the options mean\n"), "{short}");
}

#[test]
fn slips_of_the_hand_are_told_with_what_was_meant() {
    let desk = Desk::with_sample();
    desk.run(&["chekc", "un/zh.txt", "un/en.txt"]).refused(
        "error: there is no file and no command chekc\n\
         hint: did you mean `align check un/zh.txt un/en.txt`?\n",
    );
    let run = desk.run(&["glosary", "list", "terms.csv"]);
    assert!(run.said().contains("align glossary list terms.csv"), "{}", run.said());
    let run = desk.run(&["un/zh.txt", "un/en.txt", "un/de.txt"]);
    assert_eq!(run.code(), 2);
    assert!(run.said().starts_with("error: 3 texts are given"), "{}", run.said());
    desk.run(&["--wirte", "all", "un/zh.txt", "un/en.txt"])
        .refused("error: there is no option --wirte\nhint: did you mean --write?\n");
    desk.run(&["check", "un/zh.txt", "un/en.txt", "--fial-on", "any"])
        .refused("error: there is no option --fial-on\nhint: did you mean --fail-on?\n");
    let run = desk.run(&["un/zh.txt", "un/en.txt", "--out", "-"]);
    assert!(run.said().contains("--json"), "{}", run.said());
    assert!(!desk.path("-").exists());
}

#[test]
fn a_folder_keeps_its_options_in_align_toml() {
    let desk = Desk::with_sample();
    desk.put("align.toml", "write = \"tmx,ladder\"\nname = \"law\"\n");
    desk.run(&["un/zh.txt", "un/en.txt", "--quiet"]).done();
    assert_eq!(desk.files("aligned"), ["law.ladder", "law.tmx", "law.unaligned.tsv"]);
    let shown = desk.run(&["config", "un/zh.txt"]).done().out();
    let write = shown.lines().find(|line| line.starts_with("write ")).unwrap();
    assert!(write.contains("tmx,ladder") && write.ends_with("align.toml"), "{write}");
    let out = shown.lines().find(|line| line.starts_with("out ")).unwrap();
    assert!(out.ends_with("default"), "{out}");
    desk.put("align.toml", "wirte = \"tmx\"\n");
    let run = desk.run(&["un/zh.txt", "un/en.txt"]);
    assert!(run.said().contains("did you mean write?"), "{}", run.said());
    assert_eq!(run.code(), 2);
}

#[test]
fn a_text_may_come_from_the_standard_input() {
    let desk = Desk::with_sample();
    desk.run(&["un/zh.txt", "un/en.txt", "--write", "ladder", "--out", "files"]).done();
    let (zh, en) = (desk.get("un/zh.txt"), desk.get("un/en.txt"));
    for (k, (args, input)) in
        [(["-", "un/en.txt"], &zh), (["un/zh.txt", "-"], &en)].into_iter().enumerate()
    {
        let out = format!("made{k}");
        let more = ["--write", "ladder", "--out", &out];
        let run = desk.run_fed(&[&args[..], &more[..]].concat(), input).done();
        assert!(run.said().contains("3 units in stdin"), "{}", run.said());
        assert_eq!(desk.get(&format!("{out}/stdin.ladder")), desk.get("files/un.ladder"));
    }
    let both = format!("{zh}\n{en}");
    desk.run_fed(&["-", "--write", "jsonl", "--out", "one"], &both).done();
    assert_eq!(desk.files("one"), ["stdin.jsonl"]);
    let run = desk.run_fed(&["check", "un/zh.txt", "-"], &en.replace("2019", "2018"));
    assert!(run.done().out().contains("stdin:"), "the place is named");
    let update = ["update", "un/zh.txt", "un/en.txt", "-", "--name", "new"];
    desk.run_fed(&update, &zh.replace("五年", "六年")).done();
    assert!(desk.path("aligned/new.update.tsv").exists());
}

#[test]
fn the_standard_input_is_one_text_and_no_file() {
    let desk = Desk::with_sample();
    desk.run(&["-", "-"]).refused(
        "error: - stands for the standard input, which is one text\n\
         hint: write one of the two texts to a file first, and name that\n",
    );
    desk.run(&["review", "-", "un/en.txt"]).refused(
        "error: -: a review needs its texts as files, to go on with them later\n\
         hint: write what comes in to a file first, and name that\n",
    );
    desk.run(&["-", "un/en.txt", "--write", "html"]).refused(
        "error: -: a review needs its texts as files, to go on with them later\n\
         hint: write what comes in to a file first, and name that\n",
    );
    let run = desk.run_fed(&["-", "un/en.txt"], "");
    assert!(run.said().starts_with("error: stdin: is empty\n"), "{}", run.said());
    assert!(!desk.path("aligned").exists());
}

#[test]
fn one_output_can_be_printed() {
    let desk = Desk::with_sample();
    desk.put("un/zh.txt", desk.get("un/zh.txt") + "\n本附件为附加说明，另行公布。\n");
    desk.run(&["un/zh.txt", "un/en.txt", "--write", "tmx"]).done();
    let run =
        desk.run(&["un/zh.txt", "un/en.txt", "--write", "tmx", "--out", "-"]).done();
    assert_eq!(run.out(), desk.get("aligned/un.tmx"));
    assert!(run.said().contains("units in un/zh.txt"), "{}", run.said());
    assert!(run.said().contains("notice: un.unaligned.tsv is not printed"));
    let quiet = ["un/zh.txt", "un/en.txt", "--write", "tmx", "--out", "-", "--quiet"];
    assert_eq!(desk.run(&quiet).done().said(), "");
    for kinds in ["tmx,csv", "html", "all"] {
        let args = ["un/zh.txt", "un/en.txt", "--write", kinds, "--out", "-"];
        let run = desk.run(&args);
        assert_eq!(run.code(), 2, "{kinds}");
        assert!(run.said().contains("--write KIND --out -"), "{}", run.said());
    }
    desk.put("texts/a.zh.txt", "合同");
    desk.put("texts/a.en.txt", "Contract");
    assert_eq!(desk.run(&["texts", "--write", "tmx", "--out", "-"]).code(), 2);
    let check = ["check", "un/zh.txt", "un/en.txt", "--out", "-", "--write"];
    let run = desk.run(&[&check[..], &["sarif"]].concat()).done();
    assert!(json(&run.out())["runs"].is_array());
    assert!(run.said().contains("in 3 pairs"), "the listing is talk: {}", run.said());
    assert_eq!(desk.run(&[&check[..], &["sarif,html"]].concat()).code(), 2);
    assert!(!desk.path("-").exists());
}

/// What a line of a shell prints in which `align` is this program.
#[cfg(unix)]
fn piped(desk: &Desk, line: &str) -> std::process::Output {
    let program = env!("CARGO_BIN_EXE_align");
    Command::new("bash")
        .args(["-c", &format!("align() {{ \"{program}\" \"$@\"; }}; {line}")])
        .current_dir(desk.path(""))
        .output()
        .unwrap()
}

#[cfg(unix)]
#[test]
fn a_reader_that_has_seen_enough_is_no_failure() {
    let line = "align un/zh.txt un/en.txt --write tmx --out - --quiet | true; \
                echo ${PIPESTATUS[0]}";
    let run = piped(&Desk::with_sample(), line);
    assert_eq!(String::from_utf8_lossy(&run.stdout), "0\n");
    assert!(run.stderr.is_empty());
}

/// `jq` of the world where it is, so that what scripts do is tried.
#[cfg(unix)]
#[test]
fn a_script_asks_the_summary_for_what_it_wants() {
    if Command::new("jq").arg("--version").output().is_err() {
        println!("skipped: no jq");
        return;
    }
    let line = "align un/zh.txt un/en.txt --json --quiet | \
                jq -r '.files[] | select(endswith(\".tmx\"))'";
    let run = piped(&Desk::with_sample(), line);
    assert_eq!(String::from_utf8_lossy(&run.stdout), "aligned/un.tmx\n");
}
