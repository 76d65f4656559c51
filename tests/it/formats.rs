//! The formats in the hands of others: what the standards ask beyond their schemas, and what a
//! second run may replace. What clients make of our files is tried by `tests/programs`.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use bitext::export::{Timestamp, Xlsx};
use bitext::glossary::load;
use bitext::types::{Concept, Pair, Status, TermPair};
use regex::Regex;

use crate::exports::{bytes, small, with_product};
use crate::sample::{aligned, run, said};
use crate::tricky::tricky;

fn text(suffix: &str) -> String {
    String::from_utf8(with_product(|product| bytes(&product, suffix))).unwrap()
}

/// All that the first group of an expression finds.
fn found(expression: &str, text: &str) -> Vec<String> {
    let expression = Regex::new(expression).unwrap();
    expression.captures_iter(text).map(|found| found[1].to_owned()).collect()
}

#[test]
fn every_term_that_an_xliff_points_at_is_there_in_its_unit() {
    let xliff = text(".xlf");
    let units: Vec<&str> = xliff.split("<unit ").skip(1).collect();
    let refs = |unit: &str| found("ref=\"#(m[0-9]+)\"", unit);
    assert!(units.iter().any(|unit| !refs(unit).is_empty()));
    for unit in units {
        assert_eq!(refs(unit), found("<mrk id=\"(m[0-9]+)\" type=\"term\"", unit));
    }
}

#[test]
fn the_units_of_a_memory_are_named_once_and_dated_in_one_form() {
    let tmx = text(".tmx");
    let ids = found("tuid=\"([^\"]*)\"", &tmx);
    let different: BTreeSet<_> = ids.iter().collect();
    assert!(!ids.is_empty() && different.len() == ids.len());
    let date = Regex::new("^[0-9]{8}T[0-9]{6}Z$").unwrap();
    let dates = found("(?:creation|change)date=\"([^\"]*)\"", &tmx);
    assert!(!dates.is_empty() && dates.iter().all(|d| date.is_match(d)), "{dates:?}");
}

#[test]
fn a_termbase_holds_no_type_that_the_dialect_does_not_know() {
    // TBX-Basic 3.1 (LTAC), the categories that we use; schemas do not check attributes.
    let known = ["partOfSpeech", "termType", "administrativeStatus", "context", "source"];
    for suffix in [".glossary.tbx", ".glossary.v2.tbx"] {
        let types = found("<(?:termNote|descrip|admin) type=\"([^\"]*)\"", &text(suffix));
        assert!(types.iter().all(|kind| known.contains(&kind.as_str())), "{types:?}");
        assert!(!types.is_empty());
    }
}

#[test]
fn nothing_that_a_machine_proposed_is_called_preferred() {
    assert!(!text(".glossary.tbx").contains("administrativeStatus"));
    assert!(text(".utx").contains("provisional"));
}

fn pairs(concepts: &[Concept]) -> Vec<TermPair> {
    concepts.iter().map(|concept| concept.pair.clone()).collect()
}

/// The tricky terms as entries.
fn entries() -> Vec<Concept> {
    tricky().into_iter().map(Concept::of_pair).collect()
}

/// Writes the tricky terms as a workbook.
fn put_workbook(path: &Path) {
    let xlsx =
        Xlsx { document: "law", created: Timestamp(0), reviewed: Default::default() };
    let mut out = Vec::new();
    xlsx.write(&small(), &entries(), &mut out).unwrap();
    fs::write(path, out).unwrap();
}

#[test]
fn a_workbook_keeps_every_cell_as_text() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("law.glossary.xlsx");
    put_workbook(&path);
    let concepts = load(&path, false).unwrap().concepts;
    assert_eq!(pairs(&concepts), tricky());
    assert!(concepts.iter().all(|c| c.id.starts_with('t') && c.document == "law"));
}

#[test]
fn a_termbase_in_an_old_encoding_is_read_all_the_same() {
    let dir = tempfile::tempdir().unwrap();
    let term = |name: &str, bytes: &[u8]| {
        fs::write(dir.path().join(name), bytes).unwrap();
        load(&dir.path().join(name), false).unwrap().concepts[0].pair.term.clone()
    };
    let expected = Pair::new("缔约方应当交换情报".to_owned(), "The Parties".to_owned());
    let csv = format!("zh,en\r\n{},{}\r\n", expected.zh, expected.en);
    let (gbk, ..) = encoding_rs::GB18030.encode(&csv);
    assert_eq!(term("gbk.csv", &gbk), expected);
    let tmx = format!(
        "<?xml version=\"1.0\" encoding=\"utf-16\"?><tmx version=\"1.4\"><body><tu>\
         <tuv xml:lang=\"en\"><seg>{}</seg></tuv><tuv xml:lang=\"zh\"><seg>{}</seg></tuv>\
         </tu></body></tmx>",
        expected.en, expected.zh
    );
    let utf16 = "\u{FEFF}".encode_utf16().chain(tmx.encode_utf16());
    let utf16: Vec<u8> = utf16.flat_map(u16::to_le_bytes).collect();
    assert_eq!(term("utf16.tmx", &utf16), expected);
    assert_eq!(term("mark.tmx", format!("\u{FEFF}{tmx}").as_bytes()), expected);
}

#[test]
fn all_kinds_at_both_levels_are_files_of_fixed_names() {
    let (dir, _) = aligned(&["--write", "all", "--level", "both"]);
    let entries = fs::read_dir(dir.path().join("out")).unwrap();
    let mut names: Vec<String> =
        entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    assert_eq!(
        names,
        [
            ".align.json",
            "un.bilingual.html",
            "un.docx",
            "un.glossary.csv",
            "un.glossary.excel.csv",
            "un.glossary.json",
            "un.glossary.tbx",
            "un.glossary.utf8",
            "un.glossary.v2.tbx",
            "un.glossary.xlsx",
            "un.jsonl",
            "un.ladder",
            "un.left-out.json",
            "un.left-out.tsv",
            "un.multiterm.xml",
            "un.sentence.tmx",
            "un.source.txt",
            "un.tmx",
            "un.tsv",
            "un.unaligned.tsv",
            "un.utx",
            "un.xlf",
            "zh.srx",
        ]
    );
}

#[test]
fn a_file_that_somebody_changed_is_kept_until_it_is_asked_for() {
    let (dir, _) = aligned(&[]);
    assert!(run(dir.path(), &[]).status.success(), "our own files are replaced");
    let csv = dir.path().join("out/un.glossary.csv");
    fs::write(&csv, "zh,en\n公约,convention\n").unwrap();
    let output = run(dir.path(), &[]);
    assert_eq!(output.status.code(), Some(2));
    assert_eq!(
        said(&output),
        format!(
            "error: {}: was changed since it was written\n\
             hint: nothing was written; name the outputs otherwise with --name, or replace \
             it with --force\n",
            Path::new("out/un.glossary.csv").display()
        )
    );
    assert_eq!(fs::read_to_string(&csv).unwrap(), "zh,en\n公约,convention\n");
    assert!(run(dir.path(), &["--force"]).status.success());
    assert!(run(dir.path(), &[]).status.success());
}

#[test]
fn languages_and_direction_are_as_they_are_given() {
    let args = ["--source", "en", "--zh-lang", "zh_hk", "--en-lang", "en-GB"];
    let (dir, _) = aligned(&args);
    let tmx = fs::read_to_string(dir.path().join("out/un.tmx")).unwrap();
    assert!(tmx.contains("srclang=\"en-GB\"") && tmx.contains("xml:lang=\"zh-HK\""));
    let (_dir, output) = aligned(&["--zh-lang", "en-GB"]);
    assert_eq!(output.status.code(), Some(2));
}

#[test]
fn known_pairs_are_marked_and_keep_their_status() {
    let (dir, _) = aligned(&["--write", "csv"]);
    let csv = dir.path().join("out/un.glossary.csv");
    let found = load(&csv, false).unwrap().concepts;
    let first = &found[0].pair.term;
    let mine = dir.path().join("mine.csv");
    fs::write(&mine, format!("en,zh,status\n{},{},preferred\n", first.en, first.zh))
        .unwrap();
    let output = run(dir.path(), &["--write", "csv", "--glossary", "mine.csv"]);
    assert!(output.status.success(), "{}", said(&output));
    let found = load(&csv, false).unwrap().concepts;
    let known = found.iter().find(|c| c.pair.term == *first).unwrap();
    assert_eq!(known.pair.status, Status::Preferred);
    assert_eq!(known.pair.evidence[0].as_str(), "glossary");
}

#[test]
fn a_stop_list_keeps_terms_out() {
    let (dir, _) = aligned(&["--write", "csv"]);
    let csv = dir.path().join("out/un.glossary.csv");
    let all = load(&csv, false).unwrap().concepts;
    let (first, second) = (&all[0].pair.term, &all[1].pair.term);
    let list = format!("# not ours\n{}\n\n{} # too general\n", first.zh, second.en);
    fs::write(dir.path().join("stop.txt"), list).unwrap();
    let output = run(dir.path(), &["--write", "csv", "--stop", "stop.txt"]);
    assert!(output.status.success(), "{}", said(&output));
    let left = load(&csv, false).unwrap().concepts;
    assert!(!left.is_empty());
    assert!(left.iter().all(|c| c.pair.term.zh != first.zh));
    assert!(left.iter().all(|c| c.pair.term.en != second.en));
}

#[test]
fn a_stop_list_that_is_a_text_or_is_not_there_is_refused() {
    let dir = tempfile::tempdir().unwrap();
    fs::write(dir.path().join("stop.txt"), format!("会议\n{}\n", "甲".repeat(101)))
        .unwrap();
    let output = run(dir.path(), &["--stop", "stop.txt"]);
    assert_eq!(output.status.code(), Some(2));
    let problem = "error: stop.txt:2: is no term, but 101 characters of text\n";
    assert!(said(&output).starts_with(problem), "{}", said(&output));
    let output = run(dir.path(), &["--stop", "none.txt"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(said(&output).starts_with("error: none.txt: cannot be read"));
    assert!(!dir.path().join("out").exists());
}

#[test]
fn departures_from_the_glossary_are_told_with_their_places() {
    let (dir, _) = aligned(&["--write", "csv"]);
    let csv = dir.path().join("out/un.glossary.csv");
    let zh = load(&csv, false).unwrap().concepts[0].pair.term.zh.clone();
    let row = format!("zh,en,status\n{zh},quincunx,accepted\n");
    fs::write(dir.path().join("mine.csv"), row).unwrap();
    let output = run(dir.path(), &["--write", "csv", "--glossary", "mine.csv"]);
    let told = format!("{zh} = quincunx: not in ");
    assert!(said(&output).contains(&told), "{}", said(&output));
    assert!(said(&output).contains("Departing   1 term of the glossary"));
}

#[test]
fn a_bad_row_of_a_glossary_ends_the_run_unless_it_may_be_skipped() {
    let dir = tempfile::tempdir().unwrap();
    let rows = "zh,en,count\n公约,convention,1\n缔约方,party,x\n";
    fs::write(dir.path().join("mine.csv"), rows).unwrap();
    let output = run(dir.path(), &["--glossary", "mine.csv"]);
    assert_eq!(output.status.code(), Some(2));
    let problem = "mine.csv:3: column count: \"x\" is no number\n";
    assert!(said(&output).starts_with(&format!("error: {problem}")), "{}", said(&output));
    assert!(!dir.path().join("out").exists());
    let output = run(dir.path(), &["--glossary", "mine.csv", "--skip-bad-rows"]);
    assert!(output.status.success());
    assert!(said(&output).contains(&format!("notice: passed over: {problem}")));
}
