//! Termbases that come from others and go to others.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use bitext::export::{
    Columns, CsvFlavour, ExportKind, GlossaryCsv, MultiTerm, OmegatGlossary, OutputFile,
    Preset, Product, Tbx, TbxEdition, Timestamp, Utx, Xlsx,
};
use bitext::glossary::{
    Edit, Harvest, Loaded, Stamp, Termbase, add_mined, decide, edit, load, load_mapped,
};
use bitext::lexicon::Seed;
use bitext::types::{
    Bitext, Concept, Context, Pair, PartOfSpeech, Side, Status, TermPair, TermType,
};
use proptest::prelude::*;
use rust_xlsxwriter::{Color, Format, Workbook};

fn temporary(name: &str) -> (tempfile::TempDir, PathBuf) {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join(name);
    (dir, path)
}

fn loaded(name: &str, bytes: &[u8]) -> Loaded {
    let (_dir, path) = temporary(name);
    fs::write(&path, bytes).unwrap();
    load(&path, false).unwrap()
}

/// The terms, the status and the note of each entry.
fn seen(loaded: &Loaded) -> Vec<(String, String, Status, String)> {
    let of = |concept: &Concept| {
        let forms = |side| concept.pair.forms(side).collect::<Vec<_>>().join("; ");
        (forms(Side::Zh), forms(Side::En), concept.pair.status, concept.note.clone())
    };
    loaded.concepts.iter().map(of).collect()
}

// Files as clients make them. All import without an option.

#[test]
fn a_workbook_with_titles_colours_and_merged_cells_is_read() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet().set_name("术语").unwrap();
    let bold = Format::new().set_bold().set_background_color(Color::Yellow);
    sheet.merge_range(0, 0, 0, 5, "青岚港务局中英术语表（2025 年版）", &bold).unwrap();
    sheet.write_string(1, 0, "编制：翻译科").unwrap();
    for (column, name) in ["序号", "中文术语", "英文术语", "审核状态", "专业领域", "备注"]
        .into_iter()
        .enumerate()
    {
        sheet.write_string_with_format(3, column as u16, name, &bold).unwrap();
    }
    sheet.merge_range(4, 0, 4, 5, "一、船舶", &bold).unwrap();
    let rows = [
        ("1", "引航员（内河）", "pilot; river pilot", "已批准", "航海", ""),
        ("2", "泊位", "berth / mooring place", "推荐", "港口", "见第三章"),
        ("3", "锚地", "anchor ground", "禁用", "港口", "用 anchorage"),
    ];
    for (at, row) in rows.into_iter().enumerate() {
        let cells = [row.0, row.1, row.2, row.3, row.4, row.5];
        for (column, cell) in cells.into_iter().enumerate() {
            sheet.write_string(at as u32 + 5, column as u16, cell).unwrap();
        }
    }
    let loaded = loaded("client.xlsx", &book.save_to_buffer().unwrap());
    let own = String::from;
    assert_eq!(
        seen(&loaded),
        [
            (own("引航员"), own("pilot; river pilot"), Status::Accepted, own("内河")),
            (
                own("泊位"),
                own("berth; mooring place"),
                Status::Preferred,
                own("见第三章")
            ),
            (own("锚地"), own("anchor ground"), Status::Forbidden, own("用 anchorage")),
        ]
    );
    assert_eq!(loaded.concepts[1].subject, "港口");
    // The title of the section is told, and how each column was read.
    assert_eq!(loaded.told.len(), 1);
    assert_eq!(loaded.tables[0].header, Some(4));
    let read: Vec<Option<&str>> =
        loaded.tables[0].columns.iter().map(|column| column.2.as_deref()).collect();
    assert_eq!(read[1..4], [Some("Chinese term"), Some("English term"), Some("status")]);
}

#[test]
fn sheets_of_one_workbook_are_read_together() {
    let mut book = Workbook::new();
    for (name, zh, en) in [("A-M", "拖轮", "tug"), ("N-Z", "码头", "wharf")] {
        let sheet = book.add_worksheet().set_name(name).unwrap();
        for (column, cell) in ["English", "Simplified Chinese"].into_iter().enumerate() {
            sheet.write_string(0, column as u16, cell).unwrap();
        }
        sheet.write_string(1, 0, en).unwrap();
        sheet.write_string(1, 1, zh).unwrap();
    }
    book.add_worksheet().write_string(0, 0, "nothing of terms").unwrap();
    let loaded = loaded("client.xlsx", &book.save_to_buffer().unwrap());
    let terms: Vec<(String, String)> =
        seen(&loaded).into_iter().map(|row| (row.0, row.1)).collect();
    let own = |zh: &str, en: &str| (zh.to_owned(), en.to_owned());
    assert_eq!(terms, [own("拖轮", "tug"), own("码头", "wharf")]);
}

#[test]
fn tables_are_read_whatever_their_header_says() {
    for (name, text) in [
        ("a.csv", "Source,Target,Remarks\npilot,引航员,of ships\n"),
        ("b.csv", "源语,目标语,说明\n引航员,pilot,of ships\n"),
        (
            "c.csv",
            "Glossary; 2025 edition\n\nEN term;ZH term;Comment\npilot;引航员;of ships\n",
        ),
        ("d.csv", "sep=;\n英文;中文;备注\npilot;引航员;of ships\n"),
        ("e.csv", "pilot,引航员,of ships\nberth,泊位,\n"),
        ("f.txt", "English 英文\tChinese 中文\tNote 备注\npilot\t引航员\tof ships\n"),
        ("g.csv", "Source,Target\n源语,译语\npilot,引航员（of ships）\n"),
        ("h.csv", "词条原文,词条译文,批注\n引航员,pilot,of ships\n"),
        ("i.csv", "Term (English),Translation,Notes\npilot,引航员,of ships\n"),
        ("j.csv", "序号,简体,英语,备注\n1,引航员,pilot,of ships\n"),
    ] {
        let loaded = loaded(name, text.as_bytes());
        let first = seen(&loaded).remove(0);
        let own = String::from;
        let expected = (own("引航员"), own("pilot"), Status::Accepted, own("of ships"));
        assert_eq!(first, expected, "{name}");
        let n = if name == "e.csv" { 2 } else { 1 };
        assert_eq!(loaded.concepts.len(), n, "{name}");
    }
}

#[test]
fn what_is_merged_downwards_goes_for_each_row() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    let plain = Format::new();
    for (column, name) in ["中文", "英文", "状态"].into_iter().enumerate() {
        sheet.write_string(0, column as u16, name).unwrap();
    }
    sheet.merge_range(1, 0, 2, 0, "系船柱", &plain).unwrap();
    sheet.write_string(1, 1, "bollard").unwrap();
    sheet.write_string(2, 1, "mooring post").unwrap();
    sheet.write_string(3, 0, "缆绳").unwrap();
    sheet.write_string(3, 1, "hawser").unwrap();
    sheet.merge_range(1, 2, 3, 2, "已批准", &plain).unwrap();
    let loaded = loaded("client.xlsx", &book.save_to_buffer().unwrap());
    let own = String::from;
    assert_eq!(
        seen(&loaded),
        [
            (own("系船柱"), own("bollard"), Status::Accepted, own("")),
            (own("系船柱"), own("mooring post"), Status::Accepted, own("")),
            (own("缆绳"), own("hawser"), Status::Accepted, own("")),
        ]
    );
}

#[test]
fn a_header_of_two_rows_says_what_each_column_of_a_language_is() {
    let text = "源语言,,目标语言,,其他,\n术语,词性,术语,词性,领域,禁用词\n\
        系泊,动词,moor,v.,港口,tie up|fasten\n解缆,动词,cast off,v.,港口,\n";
    let loaded = loaded("client.csv", text.as_bytes());
    let own = String::from;
    let rows = seen(&loaded);
    assert_eq!(rows[0], (own("系泊"), own("moor"), Status::Accepted, own("")));
    assert_eq!(rows[1], (own("系泊"), own("tie up"), Status::Forbidden, own("")));
    assert_eq!(rows[2], (own("系泊"), own("fasten"), Status::Forbidden, own("")));
    assert_eq!(rows[3].1, "cast off");
    let first = &loaded.concepts[0];
    assert_eq!(
        (&*first.subject, first.pair.part_of_speech),
        ("港口", PartOfSpeech::Verb)
    );
    // Of two parts of speech the first counts.
    assert_eq!(loaded.told.len(), 1, "{:?}", loaded.told);
}

#[test]
fn statuses_are_known_by_what_stands_in_a_column_and_approval_by_yes_and_no() {
    let statuses = |text: &str| -> Vec<Status> {
        let loaded = loaded("client.csv", text.as_bytes());
        loaded.concepts.iter().map(|one| one.pair.status).collect()
    };
    assert_eq!(
        statuses(
            "词条,译文,审校意见\n系泊,mooring,通过\n抛锚,anchoring,不通过\n解缆,casting off,待定\n"
        ),
        [Status::Accepted, Status::Rejected, Status::Candidate]
    );
    for name in ["Approved?", "是否批准", "Confirmed"] {
        let text = format!(
            "中文,英文,{name}\n系泊,mooring,Yes\n抛锚,anchoring,No\n解缆,casting off,\n"
        );
        assert_eq!(
            statuses(&text),
            [Status::Accepted, Status::Candidate, Status::Candidate],
            "{name}"
        );
    }
    // What is said in words is a note, whatever else stands there.
    let said = loaded(
        "client.csv",
        "中文,英文,意见\n系泊,mooring,通过\n抛锚,anchoring,见第二章\n".as_bytes(),
    );
    assert_eq!(seen(&said)[1].3, "见第二章");
}

#[test]
fn marks_between_renderings_and_wide_brackets_are_what_people_mean() {
    let text = "中文,英文,勿用\n系船柱,\"bollard，mooring post\",\"pole, stake\"\n\
        缆绳,hawser（勿用 rope）,\n保险,\"marine, aviation and transit insurance\",\n";
    let loaded = loaded("client.csv", text.as_bytes());
    let rows: Vec<(String, Status, String)> =
        seen(&loaded).into_iter().map(|row| (row.1, row.2, row.3)).collect();
    let row = |en: &str, status, note: &str| (en.to_owned(), status, note.to_owned());
    assert_eq!(
        rows,
        [
            row("bollard; mooring post", Status::Accepted, ""),
            row("pole", Status::Forbidden, ""),
            row("stake", Status::Forbidden, ""),
            row("hawser", Status::Accepted, "勿用 rope"),
            row("marine, aviation and transit insurance", Status::Accepted, ""),
        ]
    );
}

#[test]
fn who_did_it_is_no_day_and_a_number_of_letters_is_no_count_of_rows() {
    let text = "编号/No.,中文,英文,Last modified by,修改日期\nP-01,系泊,mooring,mei,2026-02-01\nP-02,抛锚,anchoring,bo,2026-02-02\n";
    let loaded = loaded("client.csv", text.as_bytes());
    let first = &loaded.concepts[0];
    assert_eq!((&*first.id, &*first.who, &*first.changed), ("P-01", "mei", "2026-02-01"));
}

#[test]
fn lines_with_tabs_of_a_spreadsheet_are_quoted_and_those_of_a_glossary_are_not() {
    let of = |name: &str, text: &str| seen(&loaded(name, text.as_bytes())).remove(0).1;
    let table = "EN\tZH\n\"quay, wharf\"\t码头\n";
    assert_eq!(of("client.txt", table), "quay, wharf");
    assert_eq!(of("omegat.txt", "码头\t\"the\" quay\n"), "\"the\" quay");
}

#[test]
fn a_table_in_the_encoding_of_chinese_windows_is_read() {
    // 中文,英文 / 引航员,pilot / 泊位,berth in GBK
    let gbk = b"\xd6\xd0\xce\xc4,\xd3\xa2\xce\xc4,\xb1\xb8\xd7\xa2\n\xd2\xfd\xba\xbd\xd4\xb1,pilot,\xb4\xac\xb2\xb0\n\xb2\xb4\xce\xbb,berth,\n";
    let loaded = loaded("client.csv", gbk);
    let own = String::from;
    assert_eq!(
        seen(&loaded)[0],
        (own("引航员"), own("pilot"), Status::Accepted, own("船舶"))
    );
}

#[test]
fn statuses_forbidden_terms_and_unknown_columns_of_a_client_are_kept() {
    let text = "中文,英文,Status,Do not use,定义,来源,Projekt\n\
        泊位,berth,Approved,moorage; stall,供船停靠的位置,港口法第二条,Qinglan\n\
        锚地,anchorage,zzz,,,,\n";
    let loaded = loaded("client.csv", text.as_bytes());
    let own = String::from;
    let rows = seen(&loaded);
    assert_eq!(rows[0], (own("泊位"), own("berth"), Status::Accepted, own("")));
    assert_eq!(rows[1], (own("泊位"), own("moorage"), Status::Forbidden, own("")));
    assert_eq!(rows[2], (own("泊位"), own("stall"), Status::Forbidden, own("")));
    assert_eq!(rows[3].2, Status::Candidate);
    let first = &loaded.concepts[0];
    assert_eq!(first.definition.zh, "供船停靠的位置");
    assert_eq!(first.definition_source, "港口法第二条");
    assert_eq!(first.other, [(own("Projekt"), own("Qinglan"))]);
    let told: Vec<String> =
        loaded.told.iter().map(|one| one.problem.to_string()).collect();
    assert_eq!(
        told,
        [
            "is not understood; its cells are kept as they are",
            "\"zzz\" is no status that is known; read as a candidate"
        ]
    );
    let stamp = Stamp::default();
    let termbase = Termbase::from_concepts(loaded.concepts, "", &stamp);
    assert_eq!(termbase.other_columns, ["Projekt"]);
}

#[test]
fn columns_are_what_the_user_says() {
    let (_dir, path) = temporary("client.csv");
    fs::write(&path, "a,b,c,d\nx,引航员,船舶,pilot\ny,泊位,港口,berth\n").unwrap();
    let map = [("zh", "B"), ("en", "4"), ("subject", "c")];
    let map = map.map(|(what, column)| (what.to_owned(), column.to_owned()));
    let loaded = load_mapped(&path, false, &map).unwrap();
    assert_eq!(loaded.concepts.len(), 2);
    assert_eq!(loaded.concepts[0].pair.term, Pair::new("引航员".into(), "pilot".into()));
    assert_eq!(loaded.concepts[1].subject, "港口");
    let wrong = [("zh".to_owned(), "Q".to_owned())];
    let error = load_mapped(&path, false, &wrong).unwrap_err().to_string();
    assert!(error.contains("column Q: there is no such column"), "{error}");
}

const TERMWEB: &str = r#"<?xml version="1.0"?><martif type="TBX" xml:lang="en"><martifHeader><fileDesc><sourceDesc><p>x</p></sourceDesc></fileDesc></martifHeader><text><body>
<termEntry id="e1"><descripGrp><descrip type="definition">A place where a ship lies.</descrip><admin type="source">Harbour Act, s. 2</admin></descripGrp><descrip type="subjectField">ports</descrip><note>agreed with the client</note>
<langSet xml:lang="en-GB"><tig><term>berth</term><termNote type="normativeAuthorization">preferredTerm</termNote><descrip type="context">The berth is free.</descrip></tig>
<tig><term>moorage</term><termNote type="normativeAuthorization">Not recommended</termNote><note>American</note></tig>
<tig><term>stall</term><termNote type="administrativeStatus">obsolete</termNote></tig>
<tig><term>place</term><termNote type="administrativeStatus">whatever</termNote></tig></langSet>
<langSet xml:lang="zh-CN"><tig><term>泊位</term></tig></langSet>
<langSet xml:lang="fr"><tig><term>poste</term><note>rien</note></tig></langSet></termEntry></body></text></martif>"#;

#[test]
fn a_tbx_of_a_term_manager_keeps_what_it_says() {
    let loaded = loaded("client.tbx", TERMWEB.as_bytes());
    let of = |en: &str| {
        let mut all = loaded.concepts.iter();
        all.find(|concept| concept.pair.term.en == en).unwrap()
    };
    assert_eq!(of("berth").pair.status, Status::Preferred);
    assert_eq!(of("berth").definition.en, "A place where a ship lies.");
    assert_eq!(of("berth").definition_source, "Harbour Act, s. 2");
    assert_eq!(
        (&*of("berth").subject, &*of("berth").note),
        ("ports", "agreed with the client")
    );
    assert_eq!(of("berth").pair.contexts[0].text.en, "The berth is free.");
    assert_eq!(
        (of("moorage").pair.status, &*of("moorage").note),
        (Status::Forbidden, "American")
    );
    assert_eq!(of("stall").pair.status, Status::Forbidden);
    assert_eq!(of("place").pair.status, Status::Candidate);
    let told: Vec<String> =
        loaded.told.iter().map(|one| one.problem.to_string()).collect();
    assert_eq!(
        told,
        [
            "\"whatever\" is no status that is known; read as a candidate",
            "terms in fr are passed over: they are neither Chinese nor English",
        ]
    );
    let termbase = Termbase::from_concepts(loaded.concepts, "", &Stamp::default());
    assert_eq!(termbase.concepts.len(), 1);
}

const MULTITERM: &str = r#"<?xml version="1.0" encoding="UTF-8"?><mtf><conceptGrp><concept>12</concept><system type="entryClass">1</system>
<transacGrp><transac type="origination">mei</transac><date>2024-05-06T10:11:12</date></transacGrp>
<descripGrp><descrip type="Subject">ports</descrip></descripGrp><descripGrp><descrip type="Client">Qinglan</descrip></descripGrp>
<languageGrp><language type="English" lang="EN-US"/><termGrp><term>tug</term><descripGrp><descrip type="Status">approved</descrip></descripGrp><descripGrp><descrip type="Definition">A vessel that tows.</descrip><descripGrp><descrip type="Source">Port Rules</descrip></descripGrp></descripGrp></termGrp>
<termGrp><term>tugger</term><descripGrp><descrip type="Usage status">Forbidden</descrip></descripGrp></termGrp></languageGrp>
<languageGrp><language type="Chinese" lang="ZH-CN"/><termGrp><term>拖轮</term></termGrp></languageGrp></conceptGrp>
<conceptGrp><concept>13</concept><languageGrp><language type="English" lang="EN-US"/><termGrp><term>lighter</term></termGrp></languageGrp></conceptGrp></mtf>"#;

#[test]
fn multiterm_is_read() {
    let loaded = loaded("client.xml", MULTITERM.as_bytes());
    assert_eq!(loaded.concepts.len(), 2);
    let tug = &loaded.concepts[0];
    assert_eq!((tug.pair.status, &*tug.subject), (Status::Accepted, "ports"));
    assert_eq!(tug.definition.en, "A vessel that tows.");
    assert_eq!(tug.definition_source, "Port Rules");
    assert_eq!((&*tug.created, &*tug.who), ("2024-05-06", "mei"));
    assert_eq!(tug.other, [("Client".to_owned(), "Qinglan".to_owned())]);
    assert_eq!(loaded.concepts[1].pair.status, Status::Forbidden);
    assert!(loaded.told[0].to_string().contains("1 of 2 entries"), "{}", loaded.told[0]);
}

#[test]
fn a_tbx_in_the_other_style_is_read() {
    let text = r#"<tbx type="TBX-Basic" style="dct" xml:lang="en" xmlns="urn:iso:std:iso:30042:ed-2" xmlns:min="m" xmlns:basic="b"><tbxHeader/><text><body>
<conceptEntry id="c1"><min:subjectField>ports</min:subjectField><langSec xml:lang="en"><basic:definition>A vessel that tows.</basic:definition><termSec><term>tug</term><min:administrativeStatus>preferredTerm-admn-sts</min:administrativeStatus><note>of harbours</note></termSec>
<termSec><term>tugger</term><min:administrativeStatus>supersededTerm-admn-sts</min:administrativeStatus></termSec></langSec>
<langSec xml:lang="zh-Hant"><termSec><term>拖輪</term><basic:geographicalUsage>Hong Kong</basic:geographicalUsage></termSec></langSec></conceptEntry></body></text></tbx>"#;
    let loaded = loaded("client.tbx", text.as_bytes());
    let first = &loaded.concepts[0];
    assert_eq!((first.pair.status, &*first.note), (Status::Preferred, "of harbours"));
    assert_eq!(
        (&*first.definition.en, &*first.usage),
        ("A vessel that tows.", "Hong Kong")
    );
    assert_eq!(loaded.concepts[1].pair.status, Status::Forbidden);
}

/// What a bank of an institution gives out: UTF-16, a type of document, terms in groups, the
/// Chinese first and in both scripts, links between entries.
const BANK: &str = r#"<?xml version="1.0" encoding="UTF-16"?>
<!DOCTYPE martif SYSTEM "TBXBasiccoreStructV02.dtd">
<martif type="TBX-Basic" xml:lang="zh"><martifHeader><fileDesc><titleStmt><title>港口</title></titleStmt><sourceDesc><p>bank</p></sourceDesc></fileDesc></martifHeader><text><body>
<termEntry id="id-77"><descrip type="subjectField">ports; customs</descrip><xref type="externalCrossReference" target="https://bank.example/77">77</xref>
<transacGrp><transac type="transactionType">origination</transac><transacNote type="responsibility">wang</transacNote><date>2023-04-01</date></transacGrp>
<langSet xml:lang="zh-Hans"><descripGrp><descrip type="definition">货物不缴关税即可存放的仓库。</descrip><admin type="source">海关法第三十二条</admin></descripGrp>
<ntig><termGrp><term>保税<hi type="hotkey">仓库</hi></term><termNote type="partOfSpeech">noun</termNote><termNote type="administrativeStatus">preferredTerm-admn-sts</termNote></termGrp></ntig></langSet>
<langSet xml:lang="zh-Hant"><ntig><termGrp><term>保稅倉庫</term></termGrp></ntig></langSet>
<langSet xml:lang="en-us"><ntig><termGrp><term>bonded warehouse</term><termNote type="termType">fullForm</termNote><termNote type="grammaticalNumber">singular</termNote><termNote type="administrativeStatus">admittedTerm-admn-sts</termNote></termGrp><descrip type="context">Goods lie in a bonded warehouse &amp; pay no duty.</descrip></ntig>
<ntig><termGrp><term>BW</term><termNote type="termType">acronym</termNote><termNote type="administrativeStatus">deprecatedTerm-admn-sts</termNote></termGrp></ntig></langSet></termEntry>
<termEntry id="id-78"><langSet xml:lang="en"><ntig><termGrp><term>dunnage</term></termGrp></ntig></langSet></termEntry></body></text></martif>"#;

#[test]
fn a_tbx_of_a_term_bank_keeps_what_it_says() {
    let bytes: Vec<u8> =
        format!("\u{FEFF}{BANK}").encode_utf16().flat_map(u16::to_le_bytes).collect();
    let loaded = loaded("bank.tbx", &bytes);
    let seen: Vec<_> = loaded
        .concepts
        .iter()
        .map(|concept| (&*concept.pair.term.en, concept.pair.status))
        .collect();
    let expected = [("bonded warehouse", Status::Accepted), ("BW", Status::Forbidden)];
    assert_eq!(seen, expected);
    assert!(loaded.concepts.iter().all(|concept| concept.pair.term.zh == "保税仓库"));
    let first = &loaded.concepts[0];
    assert_eq!(first.pair.variants.zh, ["保稅倉庫"]);
    assert_eq!(first.definition.zh, "货物不缴关税即可存放的仓库。");
    assert_eq!(first.definition_source, "海关法第三十二条");
    assert_eq!(first.subject, "ports; customs");
    let contexts = loaded.concepts.iter().flat_map(|concept| &concept.pair.contexts);
    let context = "Goods lie in a bonded warehouse & pay no duty.";
    assert!(contexts.map(|context| &context.text.en).any(|text| text == context));
    let told: Vec<String> =
        loaded.told.iter().map(|one| one.problem.to_string()).collect();
    assert!(told.iter().any(|one| one.contains("dunnage") || one.contains("Chinese")));
    // The three Chinese and English names are one concept.
    let termbase = Termbase::from_concepts(loaded.concepts, "", &Stamp::default());
    assert_eq!(termbase.concepts.len(), 1);
}

// What goes out comes back.

/// Texts with what tables and markup have to escape.
fn said() -> impl Strategy<Value = String> {
    prop_oneof![
        3 => Just(String::new()),
        2 => "[a-c]{1,3}[;,|=&<'\" \\\\/-]{0,2}[a-c条款]{1,3}",
        1 => Just("=1+1".to_owned()),
        1 => Just("note: x; y".to_owned()),
    ]
}

fn row(n: usize) -> impl Strategy<Value = Concept> {
    let texts = prop::collection::vec(said(), 8);
    (texts, 0..4_usize, 0..4_usize, 0..5_usize, 0..3_usize, any::<bool>()).prop_map(
        move |(texts, zh, en, status, k, has_context)| {
            let context = Context {
                text: Pair::new(format!("{}泊", texts[5]), format!("{}x", texts[6])),
                place: "article 1".into(),
                ..Context::default()
            };
            let definition = Pair::new(texts[2].clone(), texts[3].clone());
            let has_definition = definition != Pair::default();
            Concept {
                id: format!("c{n}"),
                subject: texts[0].clone(),
                note: texts[1].clone(),
                definition,
                definition_source: if has_definition {
                    texts[4].clone()
                } else {
                    String::new()
                },
                usage: texts[7].clone(),
                matching: if k == 1 { "exact".into() } else { String::new() },
                created: "2026-01-02".into(),
                changed: "2026-02-03".into(),
                who: if k == 2 { "mei".into() } else { String::new() },
                ..Concept::of_pair(TermPair {
                    term: Pair::new(
                        format!("泊位{zh}号{n}"),
                        format!("berth {en} of {n}"),
                    ),
                    variants: Pair::new(
                        if k == 0 { vec![format!("船位{n}")] } else { vec![] },
                        if k == 1 { vec![format!("moorage {n}")] } else { vec![] },
                    ),
                    count: k,
                    counts: Pair::new(k + 1, k + 2),
                    confidence: k as f64 / 4.0,
                    part_of_speech: PartOfSpeech::Noun,
                    term_type: TermType::FullForm,
                    status: Status::ALL[status],
                    contexts: if has_context { vec![context] } else { vec![] },
                    ..TermPair::default()
                })
            }
        },
    )
}

/// A termbase as its rows: concepts of one to three, a further row perhaps of one language.
fn concepts() -> impl Strategy<Value = Vec<Concept>> {
    let concept = |n: usize| {
        (prop::collection::vec(row(n), 1..4), 0..3_usize).prop_map(|(mut rows, half)| {
            if rows.len() > 1 && half > 0 {
                let last = rows.last_mut().unwrap();
                let side = if half == 1 { Side::Zh } else { Side::En };
                last.pair.term.get_mut(side).clear();
                last.pair.variants.get_mut(side).clear();
                last.pair.contexts.clear();
            }
            let mut seen = BTreeSet::new();
            rows.retain(|row| {
                seen.insert((row.pair.term.zh.clone(), row.pair.term.en.clone()))
            });
            rows
        })
    };
    (concept(1), concept(2)).prop_map(|(a, b)| a.into_iter().chain(b).collect())
}

fn read_back(
    name: &str,
    write: impl FnOnce(&mut dyn std::io::Write) -> std::io::Result<()>,
) -> Vec<Concept> {
    let (_dir, path) = temporary(name);
    write(&mut fs::File::create(&path).unwrap()).unwrap();
    let read = load(&path, false).unwrap().concepts;
    read.into_iter()
        .map(|one| Concept { line: 0, document: String::new(), ..one })
        .collect()
}

/// The rows of each concept, status and note as sets of terms: what formats without pairs
/// keep.
type Kept = BTreeMap<(String, String), (BTreeSet<String>, BTreeSet<String>)>;

fn kept(concepts: &[Concept]) -> Kept {
    let mut kept = Kept::new();
    for one in concepts {
        let key = (format!("{} {}", one.id, one.pair.status.as_str()), one.note.clone());
        let terms = kept.entry(key).or_default();
        terms.0.extend(one.pair.forms(Side::Zh).map(str::to_owned));
        terms.1.extend(one.pair.forms(Side::En).map(str::to_owned));
    }
    kept
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn a_termbase_in_a_table_comes_back_whole(rows in concepts(), is_excel in any::<bool>()) {
        let flavour = if is_excel { CsvFlavour::Excel } else { CsvFlavour::Plain };
        let csv = GlossaryCsv { document: "", flavour, columns: Columns::Full, source: Side::Zh };
        let name = if is_excel { "x.excel.csv" } else { "x.csv" };
        prop_assert_eq!(read_back(name, |out| csv.write_concepts(&rows, out)), rows);
    }

    #[test]
    fn a_termbase_in_a_workbook_comes_back_whole(rows in concepts()) {
        let xlsx =
            Xlsx { document: "", created: Timestamp(0), reviewed: Default::default() };
        let bitext = Bitext::empty("x");
        prop_assert_eq!(read_back("x.xlsx", |out| xlsx.write(&bitext, &rows, out)), rows);
    }

    #[test]
    fn a_termbase_in_tbx_comes_back_whole(rows in concepts(), is_old in any::<bool>(), from_en in any::<bool>()) {
        let languages = Pair::new("zh-TW".to_owned(), "en-GB".to_owned());
        let tbx = Tbx {
            edition: if is_old { TbxEdition::V2 } else { TbxEdition::V3 },
            name: "x",
            files: Pair::new("zh.txt", "en.txt"),
            languages: &languages,
            source: if from_en { Side::En } else { Side::Zh },
        };
        prop_assert_eq!(read_back("x.tbx", |out| tbx.write(&rows, out)), rows);
    }

    #[test]
    fn a_termbase_in_utx_keeps_terms_statuses_and_notes(rows in concepts()) {
        let languages = Pair::new("zh-CN".to_owned(), "en-US".to_owned());
        let utx = Utx { languages: &languages, source: Side::Zh, created: Timestamp(0) };
        let whole: Vec<Concept> = rows
            .iter()
            .filter(|one| !one.pair.term.zh.is_empty() && !one.pair.term.en.is_empty())
            .cloned()
            .collect();
        let read = read_back("x.utx", |out| utx.write(&rows, out));
        prop_assert_eq!(kept(&read), kept(&whole));
    }

    #[test]
    fn an_omegat_glossary_keeps_pairs_and_remarks_and_no_forbidden_term(rows in concepts()) {
        let omegat = OmegatGlossary { source: Side::Zh };
        let read = read_back("x.utf8", |out| omegat.write(&rows, out));
        let is_out = |status| matches!(status, Status::Forbidden | Status::Rejected);
        prop_assert!(read.iter().all(|one| !is_out(one.pair.status)));
        let mains: Vec<_> = rows
            .iter()
            .filter(|one| !is_out(one.pair.status))
            .filter(|one| !one.pair.term.zh.is_empty() && !one.pair.term.en.is_empty())
            .collect();
        for row in mains {
            let same = |one: &&Concept| one.pair.term == row.pair.term && one.note == row.note;
            let found = read.iter().find(same);
            prop_assert!(found.is_some(), "{:?} in {:?}", row, read);
            prop_assert_eq!(&found.unwrap().definition, &row.definition);
            prop_assert_eq!(&found.unwrap().subject, &row.subject);
        }
    }

    #[test]
    fn multiterm_keeps_each_term_with_its_status(rows in concepts()) {
        let languages = Pair::new("zh-CN".to_owned(), "en-US".to_owned());
        let multiterm = MultiTerm { languages: &languages, source: Side::Zh };
        let read = read_back("x.xml", |out| multiterm.write(&rows, out));
        // A term has the best status of its rows.
        let of = |rows: &[Concept]| -> BTreeMap<String, u8> {
            let mut best = BTreeMap::new();
            for one in rows.iter().filter(|one| !one.pair.term.en.is_empty()) {
                for form in one.pair.forms(Side::En) {
                    let rank = match one.pair.status {
                        Status::Rejected | Status::Forbidden => 0,
                        Status::Candidate => 1,
                        Status::Accepted => 2,
                        Status::Preferred => 3,
                    };
                    let known = best.entry(form.to_owned()).or_insert(rank);
                    *known = rank.max(*known);
                }
            }
            best
        };
        prop_assert_eq!(of(&read), of(&rows));
    }

    #[test]
    fn tables_for_other_tools_come_back_with_every_term(rows in concepts()) {
        let languages = Pair::new("zh-CN".to_owned(), "en-US".to_owned());
        for (preset, name) in [(Preset::MemoQ, "x.memoq.csv"), (Preset::Trados, "x.trados.csv")] {
            let read = read_back(name, |out| preset.write(&rows, &languages, Side::Zh, out));
            let terms = |rows: &[Concept]| -> BTreeSet<String> {
                let whole = rows.iter().filter(|one| {
                    preset == Preset::Trados
                        || !one.pair.term.zh.is_empty() && !one.pair.term.en.is_empty()
                });
                let forms = whole.flat_map(|one| one.pair.forms(Side::En));
                forms.filter(|form| !form.is_empty()).map(str::to_owned).collect()
            };
            prop_assert_eq!(terms(&read), terms(&rows), "{}", name);
        }
    }
}

/// What a notice may name as left behind, and what of a row that is.
type Told = (&'static str, fn(&Concept) -> Vec<String>);

const TOLD: [Told; 9] = [
    ("subjects", |one| vec![one.subject.clone()]),
    ("notes", |one| vec![one.note.clone()]),
    ("definitions", |one| vec![one.definition.zh.clone(), one.definition.en.clone()]),
    ("sources of definitions", |one| vec![one.definition_source.clone()]),
    ("where terms are used", |one| vec![one.usage.clone()]),
    ("match rules", |one| vec![one.matching.clone()]),
    ("passages", |one| {
        let texts = one.pair.contexts.iter().map(|context| &context.text);
        texts.flat_map(|text| [text.zh.clone(), text.en.clone()]).collect()
    }),
    ("dates and who decided", |one| {
        vec![one.created.clone(), one.changed.clone(), one.who.clone()]
    }),
    ("parts of speech and sorts of terms", |one| {
        let pair = &one.pair;
        vec![pair.part_of_speech.as_str().into(), pair.term_type.as_str().into()]
    }),
];

/// Writes rows as each file of a kind, and reads them back.
fn through(kind: ExportKind, rows: &[Concept]) -> Vec<(String, Vec<Concept>)> {
    let (bitext, languages) =
        (Bitext::empty("x"), Pair::new("zh-CN".to_owned(), "en-US".to_owned()));
    let product = Product { concepts: rows, ..Product::new(&bitext, "x", &languages) };
    let one = |file: &OutputFile| {
        let name = file.name("x");
        let read = read_back(&name, |out| file.write(&product, out));
        (name, read)
    };
    kind.files().iter().map(one).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(16))]

    /// Of every format that is read back: what the notice does not name as left behind is there.
    #[test]
    fn every_format_brings_back_all_that_its_notice_does_not_name(rows in concepts()) {
        let is_out = |status| matches!(status, Status::Forbidden | Status::Rejected);
        // Nobody reads the JSON back.
        for kind in ExportKind::glossaries().filter(|kind| kind.as_str() != "json") {
            let mut rows = rows.clone();
            rows.retain(|one| kind.says_forbidden() || !is_out(one.pair.status));
            let named = kind.left_behind(&rows);
            // A table with a row of one language only is a client's, and its reader tells of it.
            let is_of_pairs = named.contains(&"terms without one of the other language")
                || ["memoq", "trados"].contains(&kind.as_str());
            if is_of_pairs {
                rows.retain(|one| !one.pair.term.zh.is_empty() && !one.pair.term.en.is_empty());
            }
            if rows.is_empty() {
                continue;
            }
            for (file, read) in through(kind, &rows) {
                for (name, of) in TOLD.iter().filter(|(name, _)| !named.contains(name)) {
                    let found: Vec<String> = read.iter().flat_map(of).collect();
                    for text in rows.iter().flat_map(of).filter(|text| !text.is_empty()) {
                        let is_there = found.iter().any(|one| one.contains(&text));
                        prop_assert!(is_there, "{}: {}: {:?} in {:?}", file, name, text, read);
                    }
                }
                for side in Side::BOTH {
                    let forms = |all: &[Concept]| -> BTreeSet<String> {
                        let forms = all.iter().flat_map(|one| one.pair.forms(side));
                        forms.filter(|form| !form.is_empty()).map(str::to_owned).collect()
                    };
                    if ["deepl", "google"].contains(&kind.as_str()) {
                        // Each source once, with one rendering: a part of them, and no others.
                        prop_assert!(forms(&read).is_subset(&forms(&rows)), "{}", file);
                    } else {
                        prop_assert_eq!(forms(&read), forms(&rows), "{}", file);
                    }
                }
                let is_forbidden = |one: &&Concept| one.pair.status == Status::Forbidden;
                let forbidden = |all: &[Concept]| -> BTreeSet<String> {
                    let out = all.iter().filter(is_forbidden);
                    out.map(|one| one.pair.term.en.clone()).filter(|en| !en.is_empty()).collect()
                };
                let usable = |all: &[Concept]| -> BTreeSet<String> {
                    let usable = all.iter().filter(|one| !is_out(one.pair.status));
                    usable.flat_map(|one| one.pair.forms(Side::En)).map(str::to_owned).collect()
                };
                // What may be used elsewhere under the same name is not forbidden by its name.
                let only: BTreeSet<String> =
                    forbidden(&rows).difference(&usable(&rows)).cloned().collect();
                let wrong: Vec<&String> =
                    only.iter().filter(|term| usable(&read).contains(*term)).collect();
                prop_assert!(wrong.is_empty(), "{}: {:?} may be used now", file, wrong);
            }
        }
    }
}

// A correction holds, and so does a decision.

#[test]
fn twenty_documents_fifty_decisions_and_thirty_corrections_are_all_kept() {
    let seed = Seed::shipped();
    let stamp =
        |day: usize| Stamp { day: format!("2026-03-{day:02}"), who: "mei".into() };
    // Every document has the same hundred terms; of thirty the miner cuts the last character.
    let mined = |k: usize| {
        let zh = if k < 30 {
            format!("航标{}", han(k))
        } else {
            format!("航标{}号灯", han(k))
        };
        TermPair {
            term: Pair::new(zh, format!("mark {}", word(k))),
            count: 3,
            counts: Pair::new(3, 3),
            confidence: 0.5,
            ..TermPair::default()
        }
    };
    let terms: Vec<TermPair> = (0..100).map(mined).collect();
    let mut termbase = Termbase::default();
    let mut done: BTreeMap<String, Status> = BTreeMap::new();
    let statuses =
        [Status::Accepted, Status::Rejected, Status::Forbidden, Status::Preferred];
    let (mut n_decided, mut n_corrected) = (0, 0);
    for document in 0..20 {
        let harvest = Harvest::from_document(&format!("d{document:02}"), &terms);
        let gain = add_mined(&mut termbase, &harvest, &stamp(document), seed);
        assert_eq!(
            gain.added,
            if document == 0 { 100 } else { 0 },
            "document {document}"
        );
        // The same document again changes not a byte.
        let text = termbase.to_text();
        add_mined(&mut termbase, &harvest, &stamp(document + 1), seed);
        assert_eq!(termbase.to_text(), text);
        for _ in 0..3 {
            if n_corrected < 30 {
                let old = format!("航标{}", han(n_corrected));
                let en = format!("mark {}", word(n_corrected));
                let change = Edit {
                    term: Pair::new(Some(format!("{old}号灯")), None),
                    ..Edit::default()
                };
                let given = format!("{old}={en}");
                edit(&mut termbase, &given, &change, &stamp(document), seed).unwrap();
                n_corrected += 1;
            }
            if n_decided < 50 {
                let k = 99 - n_decided;
                let status = statuses[n_decided % 4];
                let pair = format!("航标{}号灯=mark {}", han(k), word(k));
                decide(
                    &mut termbase,
                    std::slice::from_ref(&pair),
                    status,
                    None,
                    false,
                    &stamp(document),
                    seed,
                )
                .unwrap();
                done.insert(format!("mark {}", word(k)), status);
                n_decided += 1;
            }
        }
    }
    assert_eq!((n_decided, n_corrected), (50, 30));
    assert_eq!(termbase.rows().count(), 100);
    for (_, row) in termbase.rows() {
        let status = done.get(&row.term.en).copied().unwrap_or(Status::Candidate);
        assert_eq!(row.status, status, "{}", row.term.en);
        assert!(row.term.zh.ends_with("号灯"), "{}", row.term.zh);
        // Rejected rows are not counted on; all others are, corrected ones too.
        if status != Status::Rejected {
            assert_eq!(row.total().count, 60, "{}", row.term.en);
        }
    }
}

fn han(k: usize) -> String {
    const DIGITS: [char; 10] =
        ['子', '丑', '寅', '卯', '辰', '巳', '午', '未', '申', '酉'];
    [DIGITS[k / 10], DIGITS[k % 10]].iter().collect()
}

fn word(k: usize) -> String {
    const WORDS: [&str; 10] = [
        "red", "green", "white", "north", "south", "east", "west", "inner", "outer",
        "middle",
    ];
    format!("{} {}", WORDS[k / 10], WORDS[k % 10])
}

#[test]
fn pieces_of_an_accepted_term_are_no_candidates() {
    let seed = Seed::shipped();
    let stamp = Stamp { day: "2026-03-01".into(), who: "mei".into() };
    let pair = |zh: &str, en: &str, count: usize| TermPair {
        term: Pair::new(zh.into(), en.into()),
        count,
        counts: Pair::new(count, count),
        confidence: 0.5,
        ..TermPair::default()
    };
    let terms = [
        pair("沿岸航标", "coastal navigation mark", 4),
        pair("岸航标", "navigation mark", 4),
        pair("航标", "mark", 9),
    ];
    let mut termbase = Termbase::default();
    let harvest = Harvest::from_document("d", &terms);
    add_mined(&mut termbase, &harvest, &stamp, seed);
    let given = ["沿岸航标=coastal navigation mark".to_owned()];
    decide(&mut termbase, &given, Status::Accepted, None, false, &stamp, seed).unwrap();
    let left = |termbase: &Termbase| -> Vec<String> {
        termbase.rows().map(|(_, row)| row.term.zh.clone()).collect()
    };
    // 航标 stands without the whole, too.
    assert_eq!(left(&termbase), ["沿岸航标", "航标"]);
    add_mined(&mut termbase, &harvest, &stamp, seed);
    assert_eq!(left(&termbase), ["沿岸航标", "航标"]);
}

#[test]
fn a_definition_goes_into_the_termbase_and_a_persons_stays() {
    let seed = Seed::shipped();
    let stamp = Stamp { day: "2026-03-01".into(), who: String::new() };
    let unit = bitext::types::KeptUnit {
        text: Pair::new(
            "一、验潮站：指记录潮位的固定设施。".into(),
            "(1) “tide station” means a fixed installation that records tides;".into(),
        ),
        bead: 0,
        place: "article 2, item 1".into(),
    };
    let harvest = || {
        Harvest::from_document("rules", &[])
            .with_definitions(bitext::mine::definitions(std::slice::from_ref(&unit)))
    };
    let mut termbase = Termbase::default();
    add_mined(&mut termbase, &harvest(), &stamp, seed);
    let row = &termbase.concepts["tide-station"].rows[0];
    assert_eq!(row.definition.zh, "记录潮位的固定设施");
    assert_eq!(row.definition.en, "a fixed installation that records tides");
    assert_eq!(row.definition_source, "rules: article 2, item 1");
    assert_eq!(row.status, Status::Candidate);
    let text = termbase.to_text();
    add_mined(&mut termbase, &harvest(), &stamp, seed);
    assert_eq!(termbase.to_text(), text);
    let change = Edit {
        definition: Pair::new(Some("验潮之站".into()), None),
        definition_source: Some("mei".into()),
        ..Edit::default()
    };
    edit(&mut termbase, "tide-station", &change, &stamp, seed).unwrap();
    add_mined(&mut termbase, &harvest(), &stamp, seed);
    assert_eq!(termbase.concepts["tide-station"].rows[0].definition.zh, "验潮之站");
    let again = Termbase::parse(&termbase.to_text(), Path::new("t.csv")).unwrap();
    assert_eq!(again, termbase);
}
