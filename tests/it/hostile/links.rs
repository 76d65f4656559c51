//! Links that lead a run's bookkeeping to somebody else's files, and what killed runs left.
#![cfg(unix)]

use std::fs;
use std::os::unix::fs::symlink;

use crate::cli::Desk;

/// Somebody's files, called as ours are.
const TREASURE: [&str; 5] = [
    "theirs/tmp/letters.txt",
    "theirs/new-plans.tmp",
    "theirs/draft.tmp",
    "theirs/pairs/un.units.jsonl",
    "theirs/.align-old.tmp",
];

/// A link of ours that leads there, what is done then, and whether it is refused.
const ATTACKS: [(&str, &str, bool); 7] = [
    ("aligned/.align-batch", "un", true),
    ("aligned/.align-batch/tmp", "un", true),
    ("aligned/.align-batch/pairs", "un", true),
    (".terms.csv.align", "glossary reject terms.csv 公约=convention", true),
    (".terms.csv.align", "glossary undo terms.csv", true),
    (".terms.csv.align", "un/zh.txt un/en.txt --glossary terms.csv", true),
    // The files of the user may be links as he likes.
    ("aligned", "un/zh.txt un/en.txt", false),
];

fn with_treasure() -> Desk {
    let desk = Desk::with_sample();
    TREASURE.iter().for_each(|name| desk.put(name, "precious"));
    desk
}

#[test]
fn nothing_is_done_through_a_link_in_the_place_of_our_own_folders() {
    for (link, args, is_refused) in ATTACKS {
        let desk = with_treasure();
        if args.contains("terms.csv") {
            desk.put("list.csv", "zh,en\n公约,convention\n");
            desk.run(&["glossary", "import", "terms.csv", "list.csv"]).done();
            fs::remove_dir_all(desk.path(".terms.csv.align")).unwrap();
        }
        let link = desk.path(link);
        fs::create_dir_all(link.parent().unwrap()).unwrap();
        symlink(desk.path("theirs"), &link).unwrap();
        let run = desk.run(&args.split(' ').collect::<Vec<_>>());
        assert_eq!(run.code() == 2, is_refused, "{args}: {}", run.said());
        if is_refused {
            assert!(run.said().contains("is a link"), "{args}: {}", run.said());
            assert_eq!(desk.files("theirs").len(), 5, "{args}");
        }
        let kept = if is_refused { &TREASURE[..] } else { &TREASURE[..4] };
        for name in kept {
            assert_eq!(desk.get(name), "precious", "{args}");
        }
    }
}

#[test]
fn the_list_of_what_was_written_is_not_written_through_a_link() {
    let desk = Desk::with_sample();
    desk.put("precious.json", "{}");
    fs::create_dir(desk.path("aligned")).unwrap();
    symlink(desk.path("precious.json"), desk.path("aligned/.align.json")).unwrap();
    let run = desk.run(&["un/zh.txt", "un/en.txt"]);
    assert_eq!((run.code(), desk.get("precious.json").as_str()), (2, "{}"));
    assert!(run.said().contains("is a link"), "{}", run.said());
}

#[test]
fn what_killed_runs_left_is_swept_and_nothing_else() {
    let desk = Desk::with_sample();
    let ours =
        ["aligned/.align-Xy12Zw.tmp", "aligned/.align-batch/tmp/.align-Xy12Zw.tmp"];
    let theirs = ["aligned/draft.tmp", "aligned/.align-batch/tmp/letters.txt"];
    ours.iter().chain(&theirs).for_each(|name| desk.put(name, "half"));
    desk.run(&["un"]).done();
    desk.run(&["un/zh.txt", "un/en.txt", "--name", "law"]).done();
    ours.iter().for_each(|name| assert!(!desk.path(name).exists(), "{name}"));
    theirs.iter().for_each(|name| assert_eq!(desk.get(name), "half"));
}
