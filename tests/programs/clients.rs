//! What the tools of the trade make of our files.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use bitext::export::{Columns, CsvFlavour, GlossaryCsv, Timestamp, Xlsx};
use bitext::glossary::load;
use bitext::types::{Bitext, Concept, Document, Ladder, Pair, Side, Status, TermPair};

use crate::has;
use crate::sample::{aligned, said};
use crate::tricky::tricky;

fn pairs(concepts: &[Concept]) -> Vec<TermPair> {
    concepts.iter().map(|concept| concept.pair.clone()).collect()
}

/// The tricky terms as entries.
fn entries() -> Vec<Concept> {
    tricky().into_iter().map(Concept::of_pair).collect()
}

/// Writes the tricky terms as a workbook.
fn put_workbook(path: &Path) {
    let document = || Document {
        name: "law".into(),
        text: Default::default(),
        segments: Vec::new(),
        left_out: Vec::new(),
    };
    let bitext = Bitext {
        documents: Pair::new(document(), document()),
        ladder: Ladder::default(),
        evidence: Vec::new(),
        links: Vec::new(),
    };
    let xlsx =
        Xlsx { document: "law", created: Timestamp(0), reviewed: Default::default() };
    let mut out = Vec::new();
    xlsx.write(&bitext, &entries(), &mut out).unwrap();
    fs::write(path, out).unwrap();
}

/// LibreOffice makes a file of another kind; tells where it is.
fn converted(dir: &Path, file: &Path, options: &[&str], to: &str) -> PathBuf {
    let profile = format!("-env:UserInstallation=file://{}/profile", dir.display());
    let out = dir.join(format!("as-{}", to.split(':').next().unwrap()));
    let output = Command::new("soffice")
        .args([profile.as_str(), "--headless", "--norestore"])
        .args(options)
        .args(["--convert-to", to, "--outdir"])
        .arg(&out)
        .arg(file)
        .output()
        .unwrap();
    let ending = to.split(':').next().unwrap();
    let made = out.join(file.with_extension(ending).file_name().unwrap());
    assert!(made.is_file(), "{}", String::from_utf8_lossy(&output.stderr));
    made
}

/// How LibreOffice is to write comma-separated values: UTF-8, all cells as shown.
const AS_CSV: &str = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false";

#[test]
fn three_cells_changed_in_libreoffice_come_back_and_nothing_else() {
    if !has("soffice") || !has("localc") {
        return;
    }
    let dir = tempfile::tempdir().unwrap();
    let workbook = dir.path().join("law.glossary.xlsx");
    put_workbook(&workbook);
    let flat = converted(dir.path(), &workbook, &[], "fods");
    let mut sheet = fs::read_to_string(&flat).unwrap();
    let mut change = |from: &str, to: &str| {
        let (from, to) =
            (format!("<text:p>{from}</text:p>"), format!("<text:p>{to}</text:p>"));
        assert!(sheet.contains(&from), "{from}");
        sheet = sheet.replacen(&from, &to, 1);
    };
    change("the term 007", "James");
    change("candidate", "preferred");
    change("2026-01-02", "二〇二六");
    fs::write(&flat, sheet).unwrap();
    let mut expected = tricky();
    expected[2].term.en = "James".into();
    expected[0].status = Status::Preferred;
    expected[3].term.zh = "二〇二六".into();
    for to in ["xlsx", AS_CSV] {
        let back = converted(dir.path(), &flat, &[], to);
        assert_eq!(pairs(&load(&back, false).unwrap().concepts), expected, "{to}");
    }
}

#[test]
fn a_glossary_for_spreadsheets_comes_through_libreoffice_as_text() {
    if !has("soffice") || !has("localc") {
        return;
    }
    let dir = tempfile::tempdir().unwrap();
    let csv = GlossaryCsv {
        document: "law",
        flavour: CsvFlavour::Excel,
        columns: Columns::Full,
        source: Side::Zh,
    };
    let path = dir.path().join("law.glossary.excel.csv");
    csv.write(&tricky(), &mut fs::File::create(&path).unwrap()).unwrap();
    let import = ["--infilter=CSV:44,34,76,1"];
    let back = converted(dir.path(), &path, &import, AS_CSV);
    assert_eq!(pairs(&load(&back, false).unwrap().concepts), tricky());
}

#[test]
fn the_document_side_by_side_comes_through_libreoffice_row_by_row() {
    if !has("soffice") {
        return;
    }
    let (dir, output) = aligned(&["--write", "docx,jsonl"]);
    assert!(output.status.success(), "{}", said(&output));
    let docx = dir.path().join("out/un.docx");
    let html = fs::read_to_string(converted(dir.path(), &docx, &[], "html")).unwrap();
    let squeezed = |text: &str| text.split_whitespace().collect::<String>();
    let tags = regex::Regex::new("<[^>]*>").unwrap();
    let shown = squeezed(&tags.replace_all(&html, "")).replace("&amp;", "&");
    let jsonl = fs::read_to_string(dir.path().join("out/un.jsonl")).unwrap();
    let mut from = 0;
    for line in jsonl.lines() {
        let row: serde_json::Value = serde_json::from_str(line).unwrap();
        for side in ["zh", "en"] {
            let text = squeezed(row[side].as_str().unwrap_or_default());
            // A row that joins two paragraphs shows them one below the other.
            let at = shown[from..].find(&text);
            from += at.unwrap_or_else(|| panic!("not behind what was before: {text}"))
                + text.len();
        }
    }
}

#[test]
fn omegat_finds_every_unit_again_with_and_without_its_splitting() {
    if !has("omegat") {
        return;
    }
    let (dir, output) = aligned(&["--write", "tmx,source", "--level", "both"]);
    assert!(output.status.success(), "{}", said(&output));
    for splits in ["false", "true"] {
        let project = dir.path().join(format!("project-{splits}"));
        for folder in ["source", "target", "tm/auto", "glossary", "omegat", "dictionary"]
        {
            fs::create_dir_all(project.join(folder)).unwrap();
        }
        let out = dir.path().join("out");
        fs::copy(out.join("un.tmx"), project.join("tm/auto/un.tmx")).unwrap();
        fs::copy(out.join("un.source.txt"), project.join("source/un.txt")).unwrap();
        fs::write(project.join("omegat.project"), project_file(splits)).unwrap();
        let output = Command::new("omegat")
            .arg(&project)
            .args(["--mode=console-translate", "--quiet", "--no-team"])
            .arg(format!("--config-dir={}", dir.path().join("config").display()))
            .output()
            .unwrap();
        let target = fs::read_to_string(project.join("target/un.txt"));
        let target = target.unwrap_or_else(|_| panic!("{}", said(&output)));
        let lines = target.lines().filter(|line| !line.trim().is_empty());
        let is_han = |c: char| ('\u{4E00}'..='\u{9FFF}').contains(&c);
        let (matched, missed): (Vec<_>, Vec<_>) =
            lines.partition(|line| !line.contains(is_han));
        let n_units = matched.len() + missed.len();
        assert!(n_units > 20 && matched.len() * 100 >= n_units * 95, "{missed:#?}");
    }
}

fn project_file(splits: &str) -> String {
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><omegat><project version=\"1.0\">\
         <source_dir>source</source_dir><target_dir>target</target_dir><tm_dir>tm</tm_dir>\
         <glossary_dir>glossary</glossary_dir>\
         <glossary_file>glossary/glossary.txt</glossary_file>\
         <dictionary_dir>dictionary</dictionary_dir><source_lang>zh-CN</source_lang>\
         <target_lang>en-US</target_lang><sentence_seg>{splits}</sentence_seg>\
         <support_default_translations>true</support_default_translations>\
         <remove_tags>false</remove_tags></project></omegat>"
    )
}

#[test]
fn every_xml_file_is_well_formed_to_another_parser() {
    if !has("xmllint") {
        return;
    }
    let (dir, output) = aligned(&["--write", "all", "--level", "both"]);
    assert!(output.status.success(), "{}", said(&output));
    let mut n_files = 0;
    for entry in fs::read_dir(dir.path().join("out")).unwrap() {
        let path = entry.unwrap().path();
        let ending = path.extension().unwrap_or_default().to_string_lossy().into_owned();
        if ["tmx", "tbx", "xlf", "srx"].contains(&ending.as_str()) {
            let output =
                Command::new("xmllint").args(["--noout", "--nonet"]).arg(&path).output();
            assert!(output.unwrap().status.success(), "{}", path.display());
            n_files += 1;
        }
    }
    assert_eq!(n_files, 6);
}
