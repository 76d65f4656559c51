//! The two texts side by side: every unit once, levels kept, and back again through the
//! program itself.

use std::io::{Cursor, Read as _};

use quick_xml::Reader;
use quick_xml::events::Event;
use zip::ZipArchive;

use crate::cli::Desk;
use crate::exports::{bytes, with_product};

const CORPORA: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/corpora");

fn part(docx: &[u8], name: &str) -> String {
    let mut zip = ZipArchive::new(Cursor::new(docx)).unwrap();
    let mut text = String::new();
    zip.by_name(name).unwrap().read_to_string(&mut text).unwrap();
    text
}

/// The rows of a bitext that hold something on both sides, blanks aside.
fn pairs(jsonl: &str) -> Vec<(String, String)> {
    let rows =
        jsonl.lines().map(|l| serde_json::from_str::<serde_json::Value>(l).unwrap());
    let text = |row: &serde_json::Value, side: &str| {
        let text = row[side].as_str().unwrap_or_default();
        text.split_whitespace().collect::<String>()
    };
    let all = rows.map(|row| (text(&row, "zh"), text(&row, "en")));
    all.filter(|(zh, en)| !zh.is_empty() && !en.is_empty()).collect()
}

#[test]
fn a_document_side_by_side_aligns_as_the_texts_it_was_made_of() {
    for name in ["contract", "resolution", "statute"] {
        let desk = Desk::new();
        let texts = ["zh", "en"].map(|side| format!("{CORPORA}/{name}/{side}.txt"));
        let write = ["--write", "docx,jsonl", "--name", "it", "--quiet"];
        desk.run(&[&[texts[0].as_str(), &texts[1]], &write[..]].concat()).done();
        let again =
            ["aligned/it.docx", "--out", "again", "--write", "jsonl", "--name", "it"];
        desk.run(&again).done();
        let (first, second) =
            (pairs(&desk.get("aligned/it.jsonl")), pairs(&desk.get("again/it.jsonl")));
        assert_eq!(first, second, "{name}");
    }
}

#[test]
fn every_unit_stands_in_both_forms_once() {
    with_product(|product| {
        let html = String::from_utf8(bytes(&product, ".bilingual.html")).unwrap();
        let docx = part(&bytes(&product, ".docx"), "word/document.xml");
        for (text, row) in [(&html, "<tr"), (&docx, "<w:tr>")] {
            let n_head = usize::from(text.contains("<thead>"));
            assert_eq!(
                text.matches(row).count() - n_head,
                product.bitext.units().count()
            );
        }
        assert!(html.contains("class=\"alone\""), "{html}");
        assert!(!html.contains("<script") && !html.contains("http"), "{html}");
        assert!(docx.contains("w:fill="), "{docx}");
    });
}

#[test]
fn the_parts_of_the_document_are_well_formed() {
    with_product(|product| {
        let docx = bytes(&product, ".docx");
        for name in [
            "[Content_Types].xml",
            "word/document.xml",
            "word/styles.xml",
            "word/header1.xml",
        ] {
            let text = part(&docx, name);
            let mut reader = Reader::from_str(&text);
            loop {
                match reader.read_event() {
                    Ok(Event::Eof) => break,
                    Ok(_) => {}
                    Err(error) => panic!("{name}: {error}"),
                }
            }
        }
        assert_eq!(docx, bytes(&product, ".docx"), "the same text gives the same bytes");
    });
}
