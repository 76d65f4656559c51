//! What holds for every value: exports read back equal, whatever the text.

use std::io;

use bitext::export::{
    Columns, CsvFlavour, GlossaryCsv, Jsonl, LadderFile, OmegatGlossary, SegType, Tbx,
    TbxEdition, Timestamp, Tmx, Utx, Xlsx, ladder,
};
use bitext::types::{
    Bead, Bitext, Concept, Context, Kind, Ladder, Pair, PartOfSpeech, Side, Status,
    TermEvidence, TermPair, TermType,
};
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
            links: Vec::new(),
            documents: Pair::new(side("zh.txt", &zh), side("en.txt", &en)),
            ladder: Ladder::new(ladder, len).unwrap(),
        }
    })
}

fn written(write: impl FnOnce(&mut Vec<u8>) -> io::Result<()>) -> String {
    let mut out = Vec::new();
    write(&mut out).unwrap();
    String::from_utf8(out).unwrap()
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
        let ladder = LadderFile { by_lines: false };
        let text = written(|out| ladder.write(&bitext, out));
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
            source: Side::Zh,
            min_score: 0.0,
            sentences: None,
            statuses: &[],
        };
        let text = written(|out| tmx.write(&bitext, out));
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
        let text = written(|out| Jsonl::default().write(&bitext, out));
        prop_assert_eq!(text.lines().count(), bitext.ladder.beads().len());
        for (line, unit) in text.lines().zip(bitext.units()) {
            let row: serde_json::Value = serde_json::from_str(line).unwrap();
            prop_assert_eq!(row["zh"].as_str().unwrap(), unit.text(Side::Zh));
            prop_assert_eq!(row["en"].as_str().unwrap(), unit.text(Side::En));
        }
    }

    #[test]
    fn a_glossary_in_csv_reads_back_equal(terms in glossary(any_text()), is_excel in any::<bool>()) {
        let flavour = if is_excel { CsvFlavour::Excel } else { CsvFlavour::Plain };
        let csv = GlossaryCsv { document: "d", flavour, columns: Columns::Full, source: Side::Zh };
        let name = if is_excel { "x.glossary.excel.csv" } else { "x.glossary.csv" };
        let read = read_back(name, |out| csv.write(&terms, out));
        prop_assert_eq!(read, terms);
    }

    #[test]
    fn a_glossary_in_a_workbook_reads_back_equal(terms in glossary(xml_text())) {
        let bitext = crate::exports::small();
        let xlsx = Xlsx { document: "d", created: Timestamp(0), reviewed: Default::default() };
        let read = read_back("x.glossary.xlsx", |out| xlsx.write(&bitext, &concepts(&terms), out));
        prop_assert_eq!(read, terms);
    }

    #[test]
    fn a_glossary_in_tbx_reads_back_equal(terms in glossary(xml_text()), is_old in any::<bool>(), from_en in any::<bool>()) {
        let languages = Pair::new("zh-TW".to_owned(), "en-GB".to_owned());
        let tbx = Tbx {
            edition: if is_old { TbxEdition::V2 } else { TbxEdition::V3 },
            name: "x",
            files: Pair::new("zh.txt", "en.txt"),
            languages: &languages,
            source: if from_en { Side::En } else { Side::Zh },
        };
        prop_assert_eq!(read_back("x.glossary.tbx", |out| tbx.write(&concepts(&terms), out)), terms);
    }

    #[test]
    fn a_glossary_in_utx_reads_back_its_terms(terms in glossary(line_text()), from_en in any::<bool>()) {
        let languages = Pair::new("zh-CN".to_owned(), "en-US".to_owned());
        let source = if from_en { Side::En } else { Side::Zh };
        let utx = Utx { languages: &languages, source, created: Timestamp(0) };
        let read = read_back("x.utx", |out| utx.write(&concepts(&terms), out));
        let seen = |terms: &[TermPair]| -> Vec<_> {
            terms
                .iter()
                .map(|p| (p.term.clone(), p.variants.clone(), p.status, p.part_of_speech))
                .collect()
        };
        prop_assert_eq!(seen(&read), seen(&terms));
    }

    #[test]
    fn a_glossary_for_omegat_reads_back_its_pairs(terms in glossary(line_text())) {
        let terms: Vec<TermPair> =
            terms
                .into_iter()
                .filter(|pair| !matches!(pair.status, Status::Rejected | Status::Forbidden))
                .collect();
        let omegat = OmegatGlossary { source: Side::Zh };
        let read = read_back("x.glossary.utf8", |out| omegat.write(&concepts(&terms), out));
        let expected: Vec<_> = terms
            .iter()
            .flat_map(|pair| {
                let zh = pair.variants.zh.iter().map(|zh| (zh, &pair.term.en));
                let en = pair.variants.en.iter().map(|en| (&pair.term.zh, en));
                std::iter::once((&pair.term.zh, &pair.term.en))
                    .chain(zh.chain(en))
                    .map(|(zh, en)| (Pair::new(zh.clone(), en.clone()), pair.status))
                    .collect::<Vec<_>>()
            })
            .collect();
        let seen: Vec<_> = read.into_iter().map(|pair| (pair.term, pair.status)).collect();
        prop_assert_eq!(seen, expected);
    }

    #[test]
    fn a_memory_reads_back_as_a_termbase(bitext in bitext()) {
        let languages = Pair::new("zh-CN".to_owned(), "en-US".to_owned());
        let tmx = Tmx {
            name: "x",
            languages: &languages,
            segtype: SegType::Paragraph,
            created: Timestamp(0),
            source: Side::En,
            min_score: 0.0,
            sentences: None,
            statuses: &[],
        };
        let read = read_back("x.tmx", |out| tmx.write(&bitext, out));
        let expected: Vec<Pair<String>> = bitext
            .units()
            .map(|unit| Pair::new(unit.text(Side::Zh), unit.text(Side::En)).map(|t| without_controls(&t)))
            .filter(|pair| !pair.zh.trim().is_empty() && !pair.en.trim().is_empty())
            .collect();
        let seen: Vec<_> = read.into_iter().map(|pair| pair.term).collect();
        prop_assert_eq!(seen, expected);
    }

    #[test]
    fn any_bytes_are_a_termbase_or_none(bytes in prop::collection::vec(any::<u8>(), 0..200), text in any_text()) {
        let dir = tempfile::tempdir().unwrap();
        for name in ["x.csv", "x.excel.csv", "x.xlsx", "x.tbx", "x.tmx", "x.utx", "x.utf8"] {
            for content in [bytes.as_slice(), text.as_bytes()] {
                let path = dir.path().join(name);
                std::fs::write(&path, content).unwrap();
                drop(bitext::glossary::load(&path, true));
            }
        }
    }
}

/// Text of every kind that a cell holds, line ends and control characters among it; never
/// blank.
fn any_text() -> impl Strategy<Value = String> {
    "([一-龥]|[a-z ]|[<>&'\"|,\\\\;=+@#-]|[\u{20BB7}😀“”，。\n\r\t]|[0-9.]|[\u{0}-\u{8}\u{B}\u{C}\u{85}\u{2028}\u{FFFE}\u{FFFF}]){0,9}"
        .prop_map(|text| if text.trim().is_empty() { format!("{text}约") } else { text })
}

/// Text that XML can hold.
fn xml_text() -> impl Strategy<Value = String> {
    any_text().prop_map(|text| {
        let held = |c: &char| {
            !matches!(c, '\0'..='\u{8}' | '\u{B}' | '\u{C}' | '\u{E}'..='\u{1F}' | '\u{FFFE}' | '\u{FFFF}')
        };
        let text: String = text.chars().filter(held).collect();
        if text.trim().is_empty() { format!("{text}约") } else { text }
    })
}

/// Text that a line with tabs can hold. Han and Latin, so that the sides can be told apart.
fn line_text() -> impl Strategy<Value = String> {
    any_text().prop_map(|text| {
        text.replace(['\t', '\n', '\u{B}', '\u{C}', '\r', '\u{85}', '\u{2028}'], " ")
    })
}

/// A glossary of any shape, the terms of each side in its own script.
fn glossary(text: impl Strategy<Value = String>) -> impl Strategy<Value = Vec<TermPair>> {
    let texts = prop::collection::vec(text, 7);
    let number = 0..1000_usize;
    let pair = (texts, number, 0..4_usize, 0..4_usize, 0..5_usize).prop_map(
        |(texts, n, k, m, status)| {
            let latin = |text: &str| {
                let text: String = text
                    .chars()
                    .filter(|&c| !('一'..='龥').contains(&c) && c != '𠮷')
                    .collect();
                format!("x{text}")
            };
            let han = |text: &str| format!("{text}约{n}");
            TermPair {
                term: Pair::new(han(&texts[0]), latin(&texts[1])),
                variants: Pair::new(
                    texts[2..2 + k / 2].iter().map(|t| format!("甲{t}")).collect(),
                    texts[4..4 + m / 2]
                        .iter()
                        .map(|t| format!("v{}", latin(t)))
                        .collect(),
                ),
                count: n,
                documents: n / 3,
                counts: Pair::new(n + 1, n + 2),
                confidence: n as f64 / 1000.0,
                evidence: TermEvidence::ALL[k..k + m].to_vec(),
                part_of_speech: PartOfSpeech::ALL[k],
                term_type: TermType::ALL[m],
                status: Status::ALL[status],
                contexts: vec![Context {
                    text: Pair::new(texts[5].clone(), texts[6].clone()),
                    place: "article 1".into(),
                    ..Context::default()
                }],
            }
        },
    );
    // A variant is another form; the same one twice means nothing.
    let pair = pair.prop_map(|mut pair| {
        for side in Side::BOTH {
            let main = pair.term.get(side).clone();
            let variants = pair.variants.get_mut(side);
            variants.sort();
            variants.dedup();
            variants.retain(|variant| *variant != main);
        }
        pair
    });
    prop::collection::vec(pair, 0..5).prop_map(|mut terms| {
        // Entries are told apart by their terms.
        let mut seen = std::collections::BTreeSet::new();
        terms.retain(|pair| seen.insert((pair.term.zh.clone(), pair.term.en.clone())));
        terms
    })
}

/// Entries of nothing but their terms.
fn concepts(terms: &[TermPair]) -> Vec<Concept> {
    terms.iter().cloned().map(Concept::of_pair).collect()
}

/// What a termbase of that name holds once it is written.
fn read_back(
    name: &str,
    write: impl FnOnce(&mut dyn std::io::Write) -> std::io::Result<()>,
) -> Vec<TermPair> {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join(name);
    let mut file = std::fs::File::create(&path).unwrap();
    write(&mut file).unwrap();
    let loaded = bitext::glossary::load(&path, false).unwrap();
    loaded.concepts.into_iter().map(|concept| concept.pair).collect()
}

#[test]
fn a_cell_of_a_megabyte_reads_back_equal() {
    let long = "约\"a\n".repeat(200_000);
    let pair = TermPair {
        term: Pair::new(long.clone(), long),
        status: Status::Accepted,
        ..TermPair::default()
    };
    let terms = [pair];
    let csv = GlossaryCsv {
        document: "d",
        flavour: CsvFlavour::Excel,
        columns: Columns::Full,
        source: Side::Zh,
    };
    assert_eq!(read_back("x.csv", |out| csv.write(&terms, out)), terms);
    let languages = Pair::new("zh-CN".to_owned(), "en-US".to_owned());
    let tbx = Tbx {
        edition: TbxEdition::V3,
        name: "x",
        files: Pair::new("zh.txt", "en.txt"),
        languages: &languages,
        source: Side::Zh,
    };
    assert_eq!(read_back("x.tbx", |out| tbx.write(&concepts(&terms), out)), terms);
    // A cell of a workbook ends at 32,767 characters.
    let xlsx =
        Xlsx { document: "d", created: Timestamp(0), reviewed: Default::default() };
    let bitext = crate::exports::small();
    let read = read_back("x.xlsx", |out| xlsx.write(&bitext, &concepts(&terms), out));
    assert!(read[0].term.zh.ends_with('…') && read[0].term.zh.len() > 32_767);
}
