//! What holds for every value: exports read back equal, whatever the text.

use bitext::export::{
    BitextFormat, GlossaryCsv, Jsonl, LadderFile, SegType, TermFormat as _, Timestamp,
    Tmx, ladder,
};
use bitext::types::{Bead, Bitext, Kind, Ladder, Pair, Side, TermPair};
use proptest::prelude::*;
use quick_xml::Reader;
use quick_xml::events::Event;

use crate::exports::document;

/// Text of every kind that files hold, line ends left out.
fn text() -> impl Strategy<Value = String> {
    "([一-龥]|[a-z ]|[<>&'\"|,\\\\;=+@-]|[\u{20BB7}😀“”，。]|[\u{0}-\u{8}\u{FFFE}\u{FFFF}]){0,12}"
}

/// A bitext of any shape: up to three segments a side a bead, either side empty.
fn bitext() -> impl Strategy<Value = Bitext> {
    let side = || prop::collection::vec(text(), 0..3);
    let bead = (side(), side()).prop_filter("a bead holds something", |(zh, en)| {
        !zh.is_empty() || !en.is_empty()
    });
    prop::collection::vec(bead, 0..8).prop_map(|beads| {
        let (mut zh, mut en, mut ladder) = (vec![], vec![], vec![]);
        for (zh_texts, en_texts) in beads {
            let from = Pair::new(zh.len(), en.len());
            zh.extend(zh_texts);
            en.extend(en_texts);
            let range = Pair::new(from.zh..zh.len(), from.en..en.len());
            ladder.push(Bead { range, score: 0.5 });
        }
        let len = Pair::new(zh.len(), en.len());
        let side = |name: &str, texts: &[String]| {
            let segments: Vec<_> =
                texts.iter().map(|text| (Kind::Paragraph, None, text.as_str())).collect();
            document(name, &segments)
        };
        Bitext {
            evidence: vec![vec![]; ladder.len()],
            documents: Pair::new(side("zh.txt", &zh), side("en.txt", &en)),
            ladder: Ladder::new(ladder, len).unwrap(),
        }
    })
}

fn bytes(format: &dyn BitextFormat, bitext: &Bitext) -> Vec<u8> {
    let mut out = Vec::new();
    format.write(bitext, &mut out).unwrap();
    out
}

/// The segments of a TMX in order, entities resolved.
fn tmx_segments(tmx: &str) -> Vec<String> {
    let mut reader = Reader::from_str(tmx);
    let (mut segments, mut inside) = (Vec::new(), false);
    loop {
        match reader.read_event().unwrap() {
            Event::Start(tag) if tag.name().as_ref() == "seg" => {
                inside = true;
                segments.push(String::new());
            }
            Event::End(_) => inside = false,
            Event::Text(text) if inside => {
                segments.last_mut().unwrap().push_str(&text);
            }
            Event::GeneralRef(entity) if inside => {
                let name = &*entity;
                let value = quick_xml::escape::unescape(&format!("&{name};"))
                    .unwrap()
                    .into_owned();
                segments.last_mut().unwrap().push_str(&value);
            }
            Event::Eof => return segments,
            _ => {}
        }
    }
}

/// A text without what XML cannot hold.
fn without_controls(text: &str) -> String {
    text.chars().filter(|&c| c >= ' ' && !matches!(c, '\u{FFFE}' | '\u{FFFF}')).collect()
}

proptest! {
    // A failing case is printed; it becomes a test by its own name, not a file of seeds.
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_ladder_reads_back_equal(bitext in bitext()) {
        let text = String::from_utf8(bytes(&LadderFile { by_lines: false }, &bitext)).unwrap();
        let expected: Vec<Pair<Vec<usize>>> = bitext
            .ladder
            .beads()
            .iter()
            .map(|bead| bead.range.clone().map(Iterator::collect))
            .collect();
        prop_assert_eq!(ladder::parse(&text).unwrap(), expected);
    }

    #[test]
    fn a_tmx_reads_back_the_units_with_two_sides(bitext in bitext()) {
        let languages = Pair::new("zh-CN".to_owned(), "en-US".to_owned());
        let tmx = Tmx {
            name: "x",
            languages: &languages,
            segtype: SegType::Paragraph,
            created: Timestamp(0),
        };
        let text = String::from_utf8(bytes(&tmx, &bitext)).unwrap();
        let expected: Vec<String> = bitext
            .units()
            .map(|unit| Side::BOTH.map(|side| without_controls(&unit.text(side))))
            .filter(|texts| texts.iter().all(|text| !text.trim().is_empty()))
            .flatten()
            .collect();
        prop_assert_eq!(tmx_segments(&text), expected);
    }

    #[test]
    fn json_lines_read_back_every_text(bitext in bitext()) {
        let text = String::from_utf8(bytes(&Jsonl, &bitext)).unwrap();
        prop_assert_eq!(text.lines().count(), bitext.ladder.beads().len());
        for (line, unit) in text.lines().zip(bitext.units()) {
            let row: serde_json::Value = serde_json::from_str(line).unwrap();
            prop_assert_eq!(row["zh"].as_str().unwrap(), unit.text(Side::Zh));
            prop_assert_eq!(row["en"].as_str().unwrap(), unit.text(Side::En));
        }
    }

    #[test]
    fn a_glossary_reads_back_every_cell(zh in text(), en in text(), variants in prop::collection::vec(text(), 0..3)) {
        let pair = TermPair {
            term: Pair::new(zh.clone(), en.clone()),
            variants: Pair::new(variants.clone(), vec![]),
            ..TermPair::default()
        };
        let mut out = Vec::new();
        GlossaryCsv { document: "x" }.write(&[pair], &mut out).unwrap();
        let mut csv = csv::Reader::from_reader(out.as_slice());
        let row = csv.records().next().unwrap().unwrap();
        prop_assert_eq!((&row[0], &row[1]), (zh.as_str(), en.as_str()));
        let escaped: Vec<String> = variants
            .iter()
            .map(|v| v.replace('\\', "\\\\").replace('|', "\\|"))
            .collect();
        prop_assert_eq!(&row[2], escaped.join("|"));
    }
}
