//! The built program on real files: what it says, what it writes, how it ends.

use std::fs;
use std::io::{Cursor, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use encoding_rs::{BIG5, GB18030};
use tempfile::TempDir;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

const ZH: &str = "打击非法采砂合作协定\n\n第一条　缔约双方应当加强执法合作，并交换有关犯罪所得的情报。\n\n\
    第二条　本协定自 2019 年 3 月 5 日起生效，有效期五年。\n";
const ZH_TRADITIONAL: &str = "打擊非法採砂合作協定\n\n第一條　締約雙方應當加強執法合作，並交換有關犯罪所得的情報。\n\n\
    第二條　本協定自 2019 年 3 月 5 日起生效，有效期五年。\n";
const EN: &str = "Agreement on Cooperation against Illegal Sand Mining\n\n\
    Article 1. The Parties shall strengthen law enforcement cooperation and exchange \
    information on proceeds of crime.\n\n\
    Article 2. This Agreement shall enter into force on 5 March 2019 for five years.\n";

/// An archive of these parts, each a name and a text.
pub(crate) fn zipped(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        writer.start_file(*name, SimpleFileOptions::default()).unwrap();
        writer.write_all(text.as_bytes()).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

/// A folder of its own for a test, with the program run inside it.
pub(crate) struct Desk {
    dir: TempDir,
}

impl Desk {
    pub(crate) fn new() -> Self {
        Self { dir: tempfile::tempdir().unwrap() }
    }

    /// With `un/zh.txt` and `un/en.txt` in it.
    pub(crate) fn with_sample() -> Self {
        let desk = Self::new();
        desk.put("un/zh.txt", ZH);
        desk.put("un/en.txt", EN);
        desk
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.dir.path().join(name)
    }

    pub(crate) fn put(&self, name: &str, bytes: impl AsRef<[u8]>) {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }

    pub(crate) fn get(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).unwrap()
    }

    pub(crate) fn run(&self, args: &[&str]) -> Run {
        let output = Command::new(env!("CARGO_BIN_EXE_align"))
            .args(args)
            .current_dir(self.dir.path())
            .env("NO_COLOR", "1")
            .env("SOURCE_DATE_EPOCH", "1767225600")
            .output()
            .unwrap();
        Run(output)
    }

    /// Runs it with this on its standard input.
    pub(crate) fn run_fed(&self, args: &[&str], input: &str) -> Run {
        let mut child = Command::new(env!("CARGO_BIN_EXE_align"))
            .args(args)
            .current_dir(self.dir.path())
            .env("NO_COLOR", "1")
            .env("SOURCE_DATE_EPOCH", "1767225600")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        // A run that is refused reads nothing.
        drop(child.stdin.take().unwrap().write_all(input.as_bytes()));
        Run(child.wait_with_output().unwrap())
    }

    /// The files below a folder, sorted.
    pub(crate) fn files(&self, folder: &str) -> Vec<String> {
        let Ok(entries) = fs::read_dir(self.path(folder)) else { return Vec::new() };
        let names = entries.map(|e| e.unwrap().file_name().into_string().unwrap());
        // The list of what was written is nothing that was asked for.
        let mut names: Vec<String> = names.filter(|name| name != ".align.json").collect();
        names.sort();
        names
    }
}

pub(crate) struct Run(Output);

impl Run {
    pub(crate) fn code(&self) -> i32 {
        self.0.status.code().expect("the program ended by itself")
    }

    pub(crate) fn said(&self) -> String {
        String::from_utf8(self.0.stderr.clone()).unwrap()
    }

    pub(crate) fn out(&self) -> String {
        String::from_utf8(self.0.stdout.clone()).unwrap()
    }

    /// It did its work.
    pub(crate) fn done(self) -> Self {
        assert_eq!(self.code(), 0, "{}", self.said());
        self
    }

    /// It did nothing, and said just this.
    pub(crate) fn refused(self, message: &str) {
        assert_eq!((self.code(), self.said().as_str()), (2, message));
        assert!(self.0.stdout.is_empty());
    }
}

fn bytes_of_utf16(text: &str, bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
    text.encode_utf16().flat_map(bytes).collect()
}

/// What a bitext says on both sides, bead by bead.
pub(crate) fn texts(jsonl: &str) -> Vec<(String, String)> {
    let rows = jsonl
        .lines()
        .map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap());
    rows.map(|row| {
        (row["zh"].as_str().unwrap().to_owned(), row["en"].as_str().unwrap().to_owned())
    })
    .collect()
}

/// Three units a side, each beside its translation.
pub(crate) fn is_the_sample(jsonl: &str) {
    let texts = texts(jsonl);
    assert_eq!(texts.len(), 3, "{texts:?}");
    assert!(
        texts[1].0.starts_with('第') && texts[1].1.starts_with("Article 1"),
        "{texts:?}"
    );
    assert!(texts[2].0.contains("2019") && texts[2].1.contains("2019"), "{texts:?}");
}

#[test]
fn a_translation_memory_and_a_glossary_are_written_by_default() {
    let desk = Desk::with_sample();
    let run = desk.run(&["un/zh.txt", "un/en.txt"]).done();
    assert_eq!(
        desk.files("aligned"),
        ["un.glossary.csv", "un.glossary.xlsx", "un.tmx", "un.unaligned.tsv"]
    );
    assert!(desk.get("aligned/un.glossary.csv").starts_with("zh,en,zh_variants,"));
    assert!(run.0.stdout.is_empty());
}

#[test]
fn the_summary_tells_units_pairs_and_files() {
    let desk = Desk::with_sample();
    let said = desk.run(&["un/zh.txt", "un/en.txt"]).done().said();
    for part in ["3 units in un/zh.txt", "3 units in un/en.txt", "3 pairs: 3 of 1-1"] {
        assert!(said.contains(part), "no \"{part}\" in\n{said}");
    }
    assert!(said.contains("Written") && said.contains("un.tmx"), "{said}");
}

#[test]
fn all_kinds_can_be_written_elsewhere_under_another_name() {
    let desk = Desk::with_sample();
    let args =
        ["un/zh.txt", "un/en.txt", "--out", "a/b", "--name", "x", "--write", "all"];
    desk.run(&args).done();
    let names = desk.files("a/b");
    let is_named = |name: &String| name.starts_with("x.") || name == "zh.srx";
    assert!(names.len() == 19 && names.iter().all(is_named), "{names:?}");
    is_the_sample(&desk.get("a/b/x.jsonl"));
    assert_eq!(desk.get("a/b/x.ladder"), "[0]:[0]\n[1]:[1]\n[2]:[2]\n");
}

#[test]
fn quiet_is_silent() {
    let desk = Desk::with_sample();
    let run = desk.run(&["un/zh.txt", "un/en.txt", "--quiet"]).done();
    assert_eq!(run.said(), "");
}

#[test]
fn the_same_files_give_the_same_bytes() {
    let desk = Desk::with_sample();
    for out in ["one", "two"] {
        desk.run(&["un/zh.txt", "un/en.txt", "--write", "all", "--out", out]).done();
    }
    for file in desk.files("one") {
        assert_eq!(
            fs::read(desk.path("one").join(&file)).unwrap(),
            fs::read(desk.path("two").join(&file)).unwrap(),
            "{file}"
        );
    }
}

#[test]
fn the_script_decides_the_language_code() {
    let desk = Desk::with_sample();
    desk.put("tw/zh.txt", ZH_TRADITIONAL);
    desk.run(&["un/zh.txt", "un/en.txt"]).done();
    desk.run(&["tw/zh.txt", "un/en.txt", "--name", "tw"]).done();
    assert!(desk.get("aligned/un.tmx").contains("srclang=\"zh-CN\""));
    assert!(desk.get("aligned/tw.tmx").contains("srclang=\"zh-TW\""));
}

#[test]
fn lines_are_units_as_they_stand() {
    let desk = Desk::new();
    desk.put("zh.txt", "前言\n\n缔约双方应当加强合作。\n完。\n");
    desk.put("en.txt", "Preamble\nThe Parties shall strengthen cooperation.\n\nEnd.\n");
    desk.run(&["--lines", "zh.txt", "en.txt", "--name", "x", "--write", "ladder"]).done();
    assert_eq!(desk.get("aligned/x.ladder"), "[0]:[0]\n[2]:[1]\n[3]:[3]\n");
}

#[test]
fn exchanged_files_are_put_right_with_a_notice() {
    let desk = Desk::with_sample();
    let run = desk.run(&["un/en.txt", "un/zh.txt", "--write", "jsonl"]).done();
    let notice =
        "notice: the first file is English and the second Chinese; they were exchanged\n";
    assert!(run.said().starts_with(notice), "{}", run.said());
    is_the_sample(&desk.get("aligned/un.jsonl"));
}

#[test]
fn encodings_follow_exchanged_files() {
    let desk = Desk::with_sample();
    desk.put("big5.txt", &BIG5.encode(ZH_TRADITIONAL).0);
    let args = ["un/en.txt", "big5.txt", "--zh-encoding", "big5", "--write", "jsonl"];
    desk.run(&[&args[..], &["--name", "x"]].concat()).done();
    is_the_sample(&desk.get("aligned/x.jsonl"));
}

#[test]
fn one_file_given_twice_is_refused() {
    let desk = Desk::with_sample();
    desk.run(&["un/zh.txt", "un/zh.txt"]).refused(
        "error: un/zh.txt and un/zh.txt hold the same text, in Chinese\n\
         hint: give one file in Chinese and one in English\n",
    );
    assert!(!desk.path("aligned").exists());
}

#[test]
fn two_files_of_one_language_are_refused() {
    let desk = Desk::with_sample();
    desk.put("un/fr.txt", "Article 1. Another English text altogether.");
    desk.run(&["un/fr.txt", "un/en.txt"]).refused(
        "error: un/fr.txt and un/en.txt are both English\n\
         hint: give one file in Chinese and one in English\n",
    );
}

#[test]
fn an_empty_file_is_refused() {
    let desk = Desk::with_sample();
    desk.put("un/zh.txt", "");
    desk.run(&["un/zh.txt", "un/en.txt"]).refused(
        "error: un/zh.txt: is empty\n\
         hint: if it came from scanned pages, they need text recognition (OCR) first\n",
    );
}

#[test]
fn a_million_empty_lines_are_next_to_no_text() {
    let desk = Desk::with_sample();
    desk.put("un/zh.txt", "\n".repeat(1_000_000));
    desk.run(&["un/zh.txt", "un/en.txt"]).refused(
        "error: un/zh.txt: holds next to no text\n\
         hint: if it came from scanned pages, they need text recognition (OCR) first\n",
    );
}

#[test]
fn a_million_empty_lines_before_the_text_do_no_harm() {
    let desk = Desk::with_sample();
    desk.put("un/zh.txt", "\n".repeat(1_000_000) + ZH);
    desk.run(&["un/zh.txt", "un/en.txt", "--write", "jsonl"]).done();
    let jsonl = desk.get("aligned/un.jsonl");
    is_the_sample(&jsonl);
    assert!(jsonl.contains("\"zh_lines\":[1000001,1000001]"), "{jsonl}");
}

#[test]
fn five_megabytes_on_one_line_come_to_an_end() {
    let desk = Desk::new();
    let (zh, en) =
        ("缔约双方应当加强执法合作，", "the Parties shall strengthen cooperation, ");
    desk.put("un/zh.txt", zh.repeat(5_000_000 / zh.len()));
    desk.put("un/en.txt", en.repeat(5_000_000 / en.len()));
    desk.run(&["un/zh.txt", "un/en.txt", "--write", "all"]).done();
    assert!(desk.get("aligned/un.jsonl").contains("缔约双方"));
}

#[test]
fn bytes_that_are_no_text_are_refused() {
    let desk = Desk::with_sample();
    let noise: Vec<u8> =
        (0..5000_u32).map(|n| (n.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
    desk.put("un/zh.txt", noise);
    desk.run(&["un/zh.txt", "un/en.txt"]).refused(
        "error: un/zh.txt: is binary data, which is not read\n\
         hint: give a text, .docx, .pptx, .odt, .html, .md, .epub, .srt, .vtt or .pdf; if it is a text, \
         save it as UTF-8\n",
    );
}

#[test]
fn every_encoding_gives_the_same_units() {
    let desk = Desk::with_sample();
    let marked = format!("\u{feff}{ZH}");
    let versions: Vec<(&str, Vec<u8>)> = vec![
        ("utf-8", ZH.into()),
        ("utf-8 with mark", marked.clone().into()),
        ("utf-16le", bytes_of_utf16(ZH, u16::to_le_bytes)),
        ("utf-16be", bytes_of_utf16(ZH, u16::to_be_bytes)),
        ("utf-16le with mark", bytes_of_utf16(&marked, u16::to_le_bytes)),
        ("utf-16be with mark", bytes_of_utf16(&marked, u16::to_be_bytes)),
        ("gb18030", GB18030.encode(ZH).0.into_owned()),
        ("crlf", ZH.replace('\n', "\r\n").into()),
        ("cr", ZH.replace('\n', "\r").into()),
    ];
    let mut expected: Option<String> = None;
    for (name, bytes) in versions {
        desk.put("un/zh.txt", bytes);
        desk.run(&["un/zh.txt", "un/en.txt", "--write", "jsonl"]).done();
        let jsonl = desk.get("aligned/un.jsonl");
        assert_eq!(jsonl, *expected.get_or_insert_with(|| jsonl.clone()), "{name}");
    }
    let expected = expected.unwrap();
    is_the_sample(&expected);
    // Line separators part the text as line ends do, and count no lines.
    desk.put("un/zh.txt", ZH.replace('\n', "\u{2028}"));
    desk.run(&["un/zh.txt", "un/en.txt", "--write", "jsonl"]).done();
    let texts = |jsonl: &str| -> Vec<String> {
        let text = |line: &str| line.split("\"zh_segments\"").next().map(str::to_owned);
        jsonl.lines().filter_map(text).collect()
    };
    assert_eq!(texts(&desk.get("aligned/un.jsonl")), texts(&expected));
}

#[test]
fn a_guessed_encoding_is_told() {
    let desk = Desk::with_sample();
    desk.put("un/zh.txt", &BIG5.encode(ZH_TRADITIONAL).0);
    let run = desk.run(&["un/zh.txt", "un/en.txt", "--write", "jsonl"]).done();
    assert!(
        run.said().starts_with("notice: un/zh.txt was read as Big5;"),
        "{}",
        run.said()
    );
    is_the_sample(&desk.get("aligned/un.jsonl"));
}

#[test]
fn a_byte_that_does_not_fit_is_named() {
    let desk = Desk::with_sample();
    let mut bytes = ZH.as_bytes().to_vec();
    bytes.insert(30, 0xFF);
    desk.put("un/zh.txt", bytes);
    desk.run(&["un/zh.txt", "un/en.txt"]).refused(
        "error: un/zh.txt: byte 30 does not fit UTF-8\n\
         hint: the rest of the file is UTF-8: mend that place in an editor, or name another \
         encoding with --zh-encoding or --en-encoding\n",
    );
    let args = ["un/zh.txt", "un/en.txt", "--zh-encoding", "utf-8"];
    desk.run(&args).refused(
        "error: un/zh.txt: byte 30 does not fit UTF-8\n\
         hint: leave the option out to have the encoding found out, or name another\n",
    );
}

#[test]
fn an_unknown_encoding_is_refused() {
    let desk = Desk::with_sample();
    desk.run(&["un/zh.txt", "un/en.txt", "--zh-encoding", "big6"]).refused(
        "error: no encoding is called \"big6\"\n\
         hint: known are utf-8, utf-16le, utf-16be, gb18030, gbk, big5, windows-1252 and the \
         other labels of the WHATWG Encoding Standard\n",
    );
}

#[test]
fn a_missing_file_is_refused() {
    let desk = Desk::with_sample();
    let run = desk.run(&["un/no.txt", "un/en.txt"]);
    assert_eq!(run.code(), 2);
    assert!(
        run.said().starts_with("error: un/no.txt: cannot be read: "),
        "{}",
        run.said()
    );
    assert!(run.said().ends_with("hint: check the spelling of the path\n"));
    let run = desk.run(&["un", "un/en.txt"]);
    assert!(
        run.said().starts_with("error: un: is a folder, not a file\n"),
        "{}",
        run.said()
    );
}

#[test]
fn an_unknown_kind_is_refused() {
    let desk = Desk::with_sample();
    desk.run(&["un/zh.txt", "un/en.txt", "--write", "tmx,pdf"]).refused(
        "error: \"pdf\" is no kind of output\n\
         hint: known are tmx, csv, excel-csv, xlsx, tbx, omegat, utx, multiterm, memoq, \
         trados, deepl, google, json, xliff, tsv, docx, \
         html-bilingual, srx, source, jsonl, ladder and all\n",
    );
}

#[test]
fn an_unknown_option_is_refused_with_the_next_step() {
    Desk::with_sample().run(&["un/zh.txt", "un/en.txt", "--fast"]).refused(
        "error: there is no option --fast\n\
         hint: `align --help` lists the options; what begins with - and is none goes behind --\n",
    );
}

#[test]
fn help_shows_examples() {
    let run = Desk::new().run(&["--help"]).done();
    let help = String::from_utf8(run.0.stdout).unwrap();
    for part in
        ["Usage: align [OPTIONS] <ZH> [EN]", "Examples:", "--zh-encoding", "--lines"]
    {
        assert!(help.contains(part), "no \"{part}\" in\n{help}");
    }
}

#[test]
fn the_version_is_told() {
    let run = Desk::new().run(&["--version"]).done();
    let version = concat!("align ", env!("CARGO_PKG_VERSION"), "\n");
    assert_eq!(String::from_utf8(run.0.stdout).unwrap(), version);
}

#[test]
fn a_folder_that_cannot_be_made_is_found_before_the_work() {
    let desk = Desk::with_sample();
    desk.put("taken", "a file");
    let run = desk.run(&["un/missing.txt", "un/en.txt", "--out", "taken/deep"]);
    assert_eq!(run.code(), 2);
    let said = run.said();
    assert!(said.starts_with("error: taken/deep: cannot be written to: "), "{said}");
    assert!(said.ends_with("hint: name another folder with --out\n"), "{said}");
}

#[test]
fn an_input_is_never_overwritten() {
    let desk = Desk::with_sample();
    desk.put("x.jsonl", ZH);
    let args = ["x.jsonl", "un/en.txt", "--out", ".", "--name", "x", "--write", "jsonl"];
    desk.run(&args).refused(
        "error: ./x.jsonl: is an input and would be overwritten\n\
         hint: name the outputs otherwise with --name, or another folder with --out\n",
    );
    assert_eq!(desk.get("x.jsonl"), ZH);
}

#[test]
fn a_run_that_fails_leaves_the_old_files() {
    let desk = Desk::with_sample();
    desk.put("aligned/un.tmx", "old");
    desk.put("un/zh.txt", "");
    assert_eq!(desk.run(&["un/zh.txt", "un/en.txt"]).code(), 2);
    assert_eq!(desk.files("aligned"), ["un.tmx"]);
    assert_eq!(desk.get("aligned/un.tmx"), "old");
}

#[cfg(unix)]
#[test]
fn a_closed_pipe_ends_quietly() {
    use std::process::Stdio;
    let desk = Desk::with_sample();
    let mut child = Command::new(env!("CARGO_BIN_EXE_align"))
        .args(["un/zh.txt", "un/en.txt"])
        .current_dir(desk.dir.path())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stderr.take());
    assert_eq!(child.wait().unwrap().code(), Some(0));
    assert!(Path::new(&desk.path("aligned/un.tmx")).exists());
}

/// Six articles; in the English the second stands last.
fn with_a_moved_article(desk: &Desk) {
    let zh = [
        "渔船应当在每年四月之前向港口登记机关申报吨位和船员名单。",
        "灯塔看守人每晚记录风向、能见度和经过的船只。",
        "进口木材须经植物检疫，未附检疫证书的不得卸货。",
        "图书馆向所有居民免费开放，逾期归还者须缴纳罚款。",
        "校长每学期向家长公布考试成绩和缺课情况。",
        "本规则由市议会解释，自公布之日起施行。",
    ];
    let mut en = vec![
        "Fishing vessels shall declare their tonnage and crew list to the port registry \
         before April each year.",
        "The keeper of the lighthouse records each night the wind, the visibility and the \
         ships that pass.",
        "Imported timber is subject to plant quarantine; without a quarantine certificate it \
         shall not be unloaded.",
        "The library is open to all residents free of charge; those who return books late \
         pay a fine.",
        "Each term the headmaster publishes examination results and absences to the parents.",
        "These rules are interpreted by the city council and take effect on publication.",
    ];
    let moved = en.remove(1);
    en.push(moved);
    desk.put("zh.txt", zh.join("\n"));
    desk.put("en.txt", en.join("\n"));
}

#[test]
fn a_moved_passage_is_told_of_or_tied_to_its_counterpart() {
    let desk = Desk::new();
    with_a_moved_article(&desk);
    let base = ["zh.txt", "en.txt", "--lines", "--name", "x", "--write", "jsonl,tmx"];
    let run = |moved: &str| {
        desk.run(&[&base[..], &["--out", moved, "--moved", moved]].concat()).done().said()
    };
    let tied = |moved: &str| {
        let rows = texts(&desk.get(&format!("{moved}/x.jsonl")));
        rows.iter().any(|(zh, en)| zh.starts_with("灯塔") && en.contains("lighthouse"))
    };
    let said = run("report");
    assert!(said.contains("zh.txt:2 = en.txt:6") && !tied("report"), "{said}");
    let said = run("link");
    assert!(said.contains("zh.txt:2 = en.txt:6") && tied("link"), "{said}");
    assert_eq!(texts(&desk.get("link/x.jsonl")).len(), 6);
    assert!(desk.get("link/x.tmx").contains("<seg>灯塔"));
    assert!(!desk.get("report/x.tmx").contains("<seg>灯塔"));
    assert_eq!(desk.get("link/x.unaligned.tsv").lines().count(), 1);
    let said = run("off");
    assert!(!said.contains("Moved") && !tied("off"), "{said}");
}

#[test]
fn an_accepted_term_of_the_glossary_is_evidence() {
    let desk = Desk::new();
    // Words that no dictionary has; only the glossary tells which line is left out.
    desk.put("zh.txt", "嘎嘣喔来了。\n噜哔咔来了。\n啾呲嗒来了。\n");
    desk.put("en.txt", "Zorblax came.\nQuimmet came.\n");
    desk.put("g.csv", "zh,en,status\n噜哔咔,Zorblax,accepted\n啾呲嗒,Quimmet,accepted\n");
    let args = ["zh.txt", "en.txt", "--lines", "--name", "x", "--write", "jsonl"];
    desk.run(&[&args[..], &["--glossary", "g.csv"]].concat()).done();
    let rows = desk.get("aligned/x.jsonl");
    let zorblax = rows.lines().find(|row| row.contains("Zorblax")).unwrap();
    assert!(
        zorblax.contains("噜哔咔来了。") && zorblax.contains("\"glossary\""),
        "{rows}"
    );
    assert!(!zorblax.contains("嘎嘣喔"), "{rows}");
}

#[test]
fn what_a_file_says_does_not_steer_the_terminal() {
    let desk = Desk::new();
    desk.put("terms.csv", "zh,en,status\n灯塔\x1b[2J,light\x1b]0;x\x07house,accepted\n");
    let import = desk.run(&["glossary", "import", "base.csv", "terms.csv"]);
    assert!(!import.said().contains('\x1b'), "{}", import.said());
    let list = desk.run(&["glossary", "list", "base.csv"]).done();
    let listed = list.out() + &list.said();
    assert!(listed.contains("灯塔") && !listed.contains('\x1b'), "{listed}");
    desk.put("bad.tmx", "<?xml version=\"1.0\"?><tmx><\x1b[31m></tmx>");
    let run = desk.run(&["bad.tmx"]);
    assert_eq!(run.code(), 2);
    assert!(!run.said().contains('\x1b'), "{}", run.said());
}

#[test]
fn no_cell_of_a_report_runs_as_a_formula() {
    let desk = Desk::new();
    desk.put("＝zh.txt", "灯塔守护人领取薪金900元。\n\n=2+3\n");
    desk.put("=en.txt", "The lighthouse keeper receives a salary of 800 yuan.\n\n=2+4\n");
    desk.run(&["check", "＝zh.txt", "=en.txt", "--write", "csv", "--name", "r"]).done();
    let report = desk.get("aligned/r.check.csv");
    assert!(report.contains("900"), "{report}");
    for row in csv::Reader::from_reader(report.as_bytes()).records() {
        for cell in &row.unwrap() {
            assert!(!cell.starts_with(['=', '＝', '+', '@']), "{cell}");
        }
    }
}
