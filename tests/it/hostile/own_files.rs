//! Files of the user's own: what a run reads, by whatever option, is never what it writes.

use std::fs;

use crate::cli::Desk;

const GLOSSARY: &str = "zh,en\n公约,convention\n";

/// The name of a file, the words that make it an input, and those that would make it an
/// output too.
const ATTACKS: &[(&str, &str, &str)] = &[
    ("law.glossary.csv", "un/zh.txt un/en.txt --reject law.glossary.csv", "--name law"),
    ("law.glossary.csv", "un/zh.txt un/en.txt --stop law.glossary.csv", "--name law"),
    ("law.glossary.csv", "un/zh.txt un/en.txt --glossary law.glossary.csv", "--name law"),
    ("law.html", "un/zh.txt un/en.txt --write html --stop law.html", "--name law"),
    ("all.glossary.csv", "un --reject all.glossary.csv", ""),
    ("all.glossary.csv", "un --stop all.glossary.csv", ""),
    ("all.glossary.csv", "un --glossary all.glossary.csv", ""),
    ("un.glossary.csv", "un --glossary un.glossary.csv --write csv", "--merge"),
    (
        "law.check.csv",
        "check un/zh.txt un/en.txt --write csv --accept law.check.csv",
        "--name law",
    ),
    (
        "law.check.csv",
        "check un/zh.txt un/en.txt --write csv --glossary law.check.csv",
        "--name law",
    ),
    ("law.update.tsv", "update un/zh.txt un/en.txt law.update.tsv", "--name law"),
    ("law.update.tsv", "update law.update.tsv un/en.txt un/zh.txt", "--name law"),
];

#[test]
fn no_input_of_any_option_is_an_output_of_the_run() {
    for (file, inputs, outputs) in ATTACKS {
        let desk = Desk::with_sample();
        // A text that every option takes, and that the sample pairs with.
        let content = match file.ends_with(".glossary.csv") {
            true => GLOSSARY.to_owned(),
            false => desk.get("un/zh.txt"),
        };
        desk.put(file, &content);
        let mut args: Vec<&str> = inputs.split_whitespace().collect();
        args.extend(outputs.split_whitespace());
        args.extend(["--out", ".", "--force"]);
        let run = desk.run(&args);
        assert_eq!(desk.get(file), content, "{args:?}: {}", run.said());
        assert!(matches!(run.code(), 1 | 2), "{args:?}: {}", run.said());
    }
}

#[test]
fn a_termbase_that_is_not_there_yet_is_no_output_either() {
    let desk = Desk::with_sample();
    let run = desk.run(&[
        "un/zh.txt",
        "un/en.txt",
        "--out",
        ".",
        "--name",
        "law",
        "--glossary",
        "law.glossary.csv",
    ]);
    assert_eq!(run.code(), 2, "{}", run.said());
    assert_eq!(desk.files("."), ["un"]);
}

#[test]
fn an_export_does_not_take_the_place_of_its_termbase() {
    let desk = Desk::with_sample();
    desk.put("terms.csv", GLOSSARY);
    desk.run(&["glossary", "import", "law.glossary.csv", "terms.csv"]).done();
    let before = desk.get("law.glossary.csv");
    let run = desk.run(&[
        "glossary",
        "export",
        "law.glossary.csv",
        "--name",
        "law",
        "--status",
        "candidate,accepted",
        "--force",
    ]);
    assert_eq!((run.code(), desk.get("law.glossary.csv")), (2, before), "{}", run.said());
}

#[test]
fn a_review_is_no_output_of_another_pair() {
    let desk = Desk::with_sample();
    desk.run(&["un/zh.txt", "un/en.txt", "--name", "law", "--write", "html"]).done();
    let before = desk.get("aligned/law.review.jsonl");
    let run = desk.run(&[
        "un/zh.txt",
        "un/en.txt",
        "--name",
        "law.review",
        "--write",
        "jsonl",
        "--force",
    ]);
    assert_eq!((run.code(), desk.get("aligned/law.review.jsonl")), (2, before));
}

/// `chmod`, as far as every system knows it.
fn set_read_only(path: &std::path::Path) {
    let mut permissions = fs::metadata(path).unwrap().permissions();
    permissions.set_readonly(true);
    fs::set_permissions(path, permissions).unwrap();
}

#[test]
fn a_termbase_that_is_set_read_only_stays_as_it_is() {
    let desk = Desk::with_sample();
    desk.put("list.csv", GLOSSARY);
    desk.run(&["glossary", "import", "terms.csv", "list.csv"]).done();
    desk.run(&["glossary", "accept", "terms.csv", "公约=convention"]).done();
    desk.put("more.csv", "zh,en\n缔约方,Party\n");
    let before = desk.get("terms.csv");
    set_read_only(&desk.path("terms.csv"));
    for args in [
        "glossary prefer terms.csv 公约=convention",
        "glossary reject terms.csv 公约=convention",
        "glossary import terms.csv more.csv",
        "glossary undo terms.csv",
    ] {
        let run = desk.run(&args.split(' ').collect::<Vec<_>>());
        assert_eq!(desk.get("terms.csv"), before, "{args}: {}", run.said());
    }
    let run = desk.run(&["un/zh.txt", "un/en.txt", "--glossary", "terms.csv"]).done();
    assert!(run.said().contains("terms.csv is set read-only"), "{}", run.said());
    assert_eq!(desk.get("terms.csv"), before);
}

#[test]
fn apostrophes_do_not_pile_up_where_an_editor_took_the_byte_order_mark() {
    let desk = Desk::with_sample();
    desk.put("list.csv", "zh,en\n30日,30 days\n");
    desk.run(&["glossary", "import", "terms.csv", "list.csv"]).done();
    let once = desk.get("terms.csv");
    assert!(once.contains(",'30日,"), "{once}");
    for n in 0..3 {
        let bare = desk.get("terms.csv").trim_start_matches('\u{FEFF}').to_owned();
        desk.put("terms.csv", bare);
        desk.put("more.csv", format!("zh,en\n缔约方{n},Party\n"));
        desk.run(&["glossary", "import", "terms.csv", "more.csv"]).done();
    }
    let text = desk.get("terms.csv");
    assert!(text.contains(",'30日,") && !text.contains("''"), "{text}");
}

#[test]
fn quotation_marks_typed_by_hand_hide_no_rows() {
    for (text, line) in [
        ("zh,en\n公约,\"convention\n缔约方,Party\n生效,\"entry\n", 2),
        ("zh,en\n公约,\"convention\" of 1982\n缔约方,Party\n", 2),
        ("zh,en\n公约,convention\n\"缔约方\"们,Parties\n", 3),
    ] {
        let desk = Desk::new();
        desk.put("list.csv", text);
        let run = desk.run(&["glossary", "import", "terms.csv", "list.csv"]);
        assert_eq!(run.code(), 2, "{text}");
        assert!(run.said().contains(&format!("list.csv:{line}")), "{}", run.said());
    }
}
