//! A memory or a table that is taken in parts gives the rows that it gives at once: `--at-once`, which is for
//! these tests, lowers the size from which it is taken so.

use std::fs;

use crate::cli::Desk;

/// Outputs that are made of parts.
const KINDS: &str = "tmx,tsv,jsonl,ladder,source,csv,tbx,srx";

/// A memory of so many units, of all sorts.
fn memory(n: usize) -> String {
    let mut units = String::new();
    for k in 1..=n {
        let zh = format!("第{k}条 港口登记处应当在{k}日内通知承运人，并缴纳{k}00元。");
        let en = format!(
            "Article {} The port registry shall notify the carrier within {k} days, and pay {k}00 yuan.",
            if k % 31 == 0 { k + 1 } else { k } // labels that disagree
        );
        let zh_tag = if k % 5 == 0 { "zh-HK" } else { "zh" };
        let zh = format!("<tuv xml:lang='{zh_tag}'>\n<seg>{zh}</seg></tuv>");
        let en = format!("<tuv xml:lang='en-GB'><seg>{en} &amp; <ph>x</ph></seg></tuv>");
        let other = "<tuv xml:lang='fr'><seg>Le port</seg></tuv>";
        let unit = match k % 11 {
            3 => zh,
            4 | 5 => en,
            6 => format!("{zh}{other}{en}"),
            7 => "<tuv xml:lang='zh'><seg>天气很好。</seg></tuv><tuv xml:lang='en'><seg>\
                  The court of appeal dismissed the claim in 1987, 1988 and 1999.</seg></tuv>"
                .to_owned(),
            _ => format!("{zh}{en}"),
        };
        units += &format!("<tu><note>unit {k}</note>\n{unit}</tu>\n");
    }
    format!(
        "<?xml version='1.0'?>\n<tmx version='1.4'><header srclang='zh'/><body>\n{units}</body></tmx>\n"
    )
}

/// The files of a folder with their contents.
fn files(desk: &Desk, folder: &str) -> Vec<(String, String)> {
    let entries = fs::read_dir(desk.path(folder)).unwrap().map(|entry| entry.unwrap());
    let names = entries.map(|entry| entry.file_name().into_string().unwrap());
    let mut names: Vec<String> = names.filter(|name| !name.starts_with('.')).collect();
    names.sort();
    let content = |name: String| {
        let text = desk.get(&format!("{folder}/{name}"));
        (name, text)
    };
    names.into_iter().map(content).collect()
}

/// What is said of a run, without what names its files and its time.
fn said(text: &str) -> Vec<&str> {
    let is_of_run = |line: &&str| {
        line.contains("taken in parts")
            || line.contains("aligned")
            || line.starts_with("Time")
    };
    text.lines().filter(|line| !is_of_run(line)).collect()
}

/// Compares the files of a run at once with those of runs in parts of several sizes.
fn gives_in_parts_what_it_gives_at_once(file: &str, text: &str, more: &[&str]) {
    let desk = Desk::new();
    desk.put(file, text);
    let with = |out: &str, at_once: &str| {
        let args = [file, "--write", KINDS, "--out", out, "--at-once", at_once];
        desk.run(&[&args[..], more, &["--force"]].concat()).done()
    };
    let whole = with("aligned-whole", "100000000");
    assert!(!whole.said().contains("taken in parts"), "{}", whole.said());
    fs::remove_file(desk.path("aligned-whole/m.left-out.json")).unwrap();
    for size in [3, 2, 1] {
        let at_once = text.len() / 4 * size;
        let parts = with("aligned-parts", &at_once.to_string());
        assert!(parts.said().contains("taken in parts"), "{}", parts.said());
        let (whole_files, part_files) =
            (files(&desk, "aligned-whole"), files(&desk, "aligned-parts"));
        for (whole, part) in whole_files.iter().zip(&part_files) {
            let name = &whole.0;
            let rows = whole.1.lines().zip(part.1.lines());
            for (row, (whole, part)) in rows.enumerate() {
                assert_eq!(part, whole, "{name}:{}, at once {at_once}", row + 1);
            }
            assert!(part == whole, "{} at once {at_once}", whole.0);
        }
        assert_eq!(part_files.len(), whole_files.len());
        // Where terms vary is looked for in one text only; it is told as such.
        let of_whole = whole.said();
        let of_parts = parts.said();
        let whole_said: Vec<&str> = said(&of_whole);
        for line in said(&of_parts) {
            assert!(whole_said.contains(&line), "{line}\nis not in\n{of_whole}");
        }
    }
}

#[test]
fn a_memory_in_parts_gives_the_rows_that_it_gives_at_once() {
    for more in [&[][..], &["--source", "en", "--min-score", "0.5", "--zh-lang", "zh-TW"]]
    {
        gives_in_parts_what_it_gives_at_once("m.tmx", &memory(200), more);
    }
}

/// A table of so many rows, some of them broken.
fn table(n: usize) -> String {
    let mut text = "no,zh,en\r\n".to_owned();
    for k in 1..=n {
        let zh = format!("第{k}条 港口登记处应当在{k}日内通知承运人，并缴纳{k}00元。");
        let en = format!(
            "Article {k} The port registry shall notify the carrier within {k} days; and pay {k}00 yuan."
        );
        text += &match k % 11 {
            3 => format!("{k},{zh},\r\n\r\n"),
            4 => format!("{k},\"{zh}\n\",\"{en}\"\n"),
            5 if k % 2 == 0 => format!("{k},\"{zh},{en}\n"), // a quotation mark that is not closed
            6 => format!("{k},{zh},{en},and, more\n"),
            7 => format!("{k},{zh}\u{8},{en}\r"),
            _ => format!("{k},{zh},{en}\n"),
        };
    }
    text
}

#[test]
fn a_table_in_parts_gives_the_rows_that_it_gives_at_once() {
    gives_in_parts_what_it_gives_at_once("m.csv", &table(200), &[]);
    let tabs = table(200).replace(',', "\t");
    gives_in_parts_what_it_gives_at_once("m.tsv", &tabs, &["--source", "en"]);
}

#[test]
fn a_large_table_without_the_two_columns_is_refused() {
    let desk = Desk::new();
    desk.put("m.csv", "号,港口\n1,登记处\n".repeat(300));
    let run = desk.run(&["m.csv", "--at-once", "2000", "--out", "out"]);
    assert_eq!(run.code(), 2);
    assert!(run.said().contains("holds no pair"), "{}", run.said());
}

#[test]
fn a_memory_of_many_parts_is_mined_by_sums() {
    let desk = Desk::new();
    // More text than is mined as one.
    desk.put("m.tmx", memory(12_000));
    let run = |out: &str, at_once: &str| {
        let args = ["m.tmx", "--write", "csv", "--out", out, "--at-once", at_once];
        let run = desk.run(&[&args[..], &["--columns", "two"]].concat()).done();
        let is_in_parts = run.said().contains("taken in parts");
        assert_eq!(is_in_parts, out == "parts", "{}", run.said());
        desk.get(&format!("{out}/m.glossary.csv"))
    };
    let (whole, parts) = (run("whole", "100000000"), run("parts", "1000000"));
    assert!(whole.contains("登记处,"), "{whole}");
    let missing: Vec<&str> = whole.lines().filter(|row| !parts.contains(row)).collect();
    assert!(missing.len() * 5 <= whole.lines().count(), "{missing:?} of\n{whole}");
}

#[test]
fn what_parts_cannot_give_is_refused_or_told() {
    let desk = Desk::new();
    desk.put("m.tmx", memory(60));
    let run = |more: &[&str]| {
        let args = ["m.tmx", "--at-once", "2000", "--out", "out"];
        desk.run(&[&args[..], more].concat())
    };
    for more in [&["--write", "html"][..], &["--write", "docx"], &["--level", "both"]] {
        let refused = run(more);
        assert_eq!(refused.code(), 2, "{}", refused.said());
        assert!(refused.said().contains("cannot be made"), "{}", refused.said());
    }
    assert!(!desk.path("out").exists());
    let told = run(&[]).done();
    assert!(
        told.said().contains("m.glossary.xlsx cannot be written so"),
        "{}",
        told.said()
    );
    desk.put("out/m.review.jsonl", "{}");
    assert_eq!(run(&[]).code(), 2);
    run(&["--no-review"]).done();
}

#[test]
fn a_memory_that_breaks_off_leaves_nothing() {
    let desk = Desk::new();
    let text = memory(60);
    desk.put("m.tmx", &text[..text.len() - "</body></tmx>\n".len()]);
    let run = desk.run(&["m.tmx", "--at-once", "2000", "--out", "out"]);
    assert_eq!(run.code(), 2);
    assert!(run.said().contains("ends inside an element"), "{}", run.said());
    assert!(!desk.path("out").exists());
}
