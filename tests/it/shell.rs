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

#[test]
fn help_fits_eighty_columns() {
    let help = Desk::new().run(&["-h"]).done().out();
    let long: Vec<&str> = help.lines().filter(|line| line.chars().count() > 80).collect();
    assert!(long.is_empty(), "{long:#?}");
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
