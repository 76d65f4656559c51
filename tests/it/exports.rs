//! One small bitext with quotes, `<`, `&`, emoji, Han beyond the first plane and an empty
//! side; a snapshot a format.

use std::fs;
use std::path::Path;

use bitext::export::{
    Columns, CsvFlavour, ExportKind, GlossaryCsv, Product, SegType, Timestamp,
};
use bitext::text::{Span, Traced};
use bitext::types::{
    Bead, Bitext, Context, Document, Evidence, EvidenceKind, Kind, Label, LabelUnit,
    Ladder, MentionKind, Notice, Pair, Segment, Sentences, Side, Status, TermEvidence,
    TermPair,
};

/// 2026-01-01 00:00 UTC.
const CREATED: Timestamp = Timestamp(1_767_225_600);

/// A document of segments, a line each, an empty line between two.
pub(crate) fn document(name: &str, segments: &[(Kind, Option<Label>, &str)]) -> Document {
    let (mut text, mut out) = (String::new(), Vec::new());
    for (n, (kind, label, segment)) in segments.iter().enumerate() {
        if n > 0 {
            text.push('\n');
        }
        let start = text.len();
        text.push_str(segment);
        out.push(Segment {
            span: Span::new(start, text.len()),
            kind: *kind,
            label: label.clone(),
            parents: Vec::new(),
            lines: (2 * n + 1, 2 * n + 1),
            soft: false,
            cited_in: None,
            cue: None,
            language: None,
        });
    }
    Document {
        name: name.into(),
        text: Traced::verbatim(&text, 0),
        segments: out,
        left_out: Vec::new(),
    }
}

fn bead(zh: std::ops::Range<usize>, en: std::ops::Range<usize>, score: f64) -> Bead {
    Bead { range: Pair::new(zh, en), score }
}

fn evidence(kind: EvidenceKind, zh: &str, en: &str) -> Evidence {
    let text = Pair::new(zh.into(), en.into());
    Evidence { kind, text, at: Pair::default(), weight: 3.0 }
}

pub(crate) fn small() -> Bitext {
    let article = |n| Some(Label::new(LabelUnit::Article, n));
    let zh = document(
        "texts/law/zh.txt",
        &[
            (Kind::Title, None, "《𠮷野家“合作”协定》😀"),
            (
                Kind::Paragraph,
                article(1),
                "第一条 若 a<b 且 b>c，“双方”应于2011年12月19日签署。",
            ),
            (Kind::Footnote, None, "译者\t注：仅见于中文本。"),
        ],
    );
    let en = document(
        "texts/law/en.txt",
        &[
            (Kind::Title, None, "The \"Yoshinoya\" Agreement & Co. 😀"),
            (Kind::Paragraph, article(1), "Article 1. If a<b and b>c,"),
            (Kind::Paragraph, None, "the 'Parties' sign on 19 December 2011\u{b}."),
        ],
    );
    let beads =
        vec![bead(0..1, 0..1, 0.98765), bead(1..2, 1..3, 0.5), bead(2..3, 3..3, 0.7)];
    let ladder = Ladder::new(beads, Pair::new(3, 3)).unwrap();
    let date = EvidenceKind::Mention(MentionKind::Date);
    let evidence = vec![
        vec![],
        vec![
            evidence(EvidenceKind::Label, "第一条", "Article 1"),
            evidence(date, "2011年12月19日", "19 December 2011"),
        ],
        vec![],
    ];
    Bitext { documents: Pair::new(zh, en), ladder, evidence, links: Vec::new() }
}

pub(crate) fn terms() -> Vec<TermPair> {
    let context = Context {
        text: Pair::new("“双方”应签署，".into(), "the \"Parties\", signing,".into()),
        bead: 1,
        place: "article 1".into(),
        ..Context::default()
    };
    let pair = |zh: &str, en: &str| TermPair {
        term: Pair::new(zh.into(), en.into()),
        count: 2,
        counts: Pair::new(3, 2),
        confidence: 0.9,
        evidence: vec![TermEvidence::Dictionary, TermEvidence::Repeated],
        status: Status::Candidate,
        ..TermPair::default()
    };
    let variants = Pair::new(vec!["雙方".into()], vec!["Party".into(), "a|b".into()]);
    vec![
        TermPair { variants, contexts: vec![context], ..pair("双方", "Parties") },
        pair("𠮷野家", "Yoshinoya, \"the\" 😀"),
    ]
}

/// The small bitext with all that a run makes of it.
pub(crate) fn with_product<T>(act: impl FnOnce(Product<'_>) -> T) -> T {
    let (bitext, terms) = (small(), terms());
    let starts = (0..=bitext.ladder.beads().len()).collect();
    let languages = Pair::new("zh-CN".to_owned(), "en-US".to_owned());
    act(Product {
        sentences: Some(&Sentences { bitext: bitext.clone(), starts }),
        terms: &terms,
        created: CREATED,
        ..Product::new(&bitext, "law", &languages)
    })
}

/// The bytes of one file of a product, by what its name ends in.
pub(crate) fn bytes(product: &Product<'_>, suffix: &str) -> Vec<u8> {
    let mut files = ExportKind::ALL.iter().flat_map(|kind| kind.files());
    let file = files.find(|file| file.suffix == suffix).unwrap();
    let mut out = Vec::new();
    file.write(product, &mut out).unwrap();
    out
}

/// One file of the small bitext, by what its name ends in.
fn written(suffix: &str) -> String {
    written_as(suffix, |product| product)
}

/// The same, with other choices.
fn written_as(suffix: &str, choose: impl FnOnce(Product<'_>) -> Product<'_>) -> String {
    let out = with_product(|product| bytes(&choose(product), suffix));
    String::from_utf8(out).unwrap().replace(env!("CARGO_PKG_VERSION"), "VERSION")
}

#[test]
fn tmx() {
    insta::assert_snapshot!(written(".tmx"));
}

#[test]
fn unaligned() {
    insta::assert_snapshot!(written(".unaligned.tsv"));
}

#[test]
fn glossary_csv() {
    insta::assert_snapshot!(written(".glossary.csv"));
}

#[test]
fn sentence_tmx() {
    let tmx = written_as(".sentence.tmx", |p| Product { source: Side::En, ..p });
    assert!(tmx.contains("segtype=\"sentence\"") && tmx.contains("srclang=\"en-US\""));
    assert!(
        tmx.contains("tuid=\"law:s1\"") && tmx.contains("-Alignment:SingleString\">2-1<")
    );
    let (en, zh) = (tmx.find("xml:lang=\"en-US\""), tmx.find("xml:lang=\"zh-CN\""));
    assert!(en.unwrap() < zh.unwrap());
}

#[test]
fn glossary_excel_csv() {
    insta::assert_snapshot!(written(".glossary.excel.csv").replace('\r', "␍"));
}

#[test]
fn glossary_tbx() {
    insta::assert_snapshot!(written(".glossary.tbx"));
}

#[test]
fn glossary_v2_tbx() {
    insta::assert_snapshot!(written(".glossary.v2.tbx"));
}

#[test]
fn glossary_utf8() {
    insta::assert_snapshot!(written(".glossary.utf8"));
}

#[test]
fn utx() {
    insta::assert_snapshot!(written(".utx").replace('\r', "␍"));
}

#[test]
fn xlf() {
    insta::assert_snapshot!(written(".xlf"));
}

#[test]
fn tsv() {
    insta::assert_snapshot!(written(".tsv"));
}

#[test]
fn srx() {
    insta::assert_snapshot!(written("zh.srx"));
}

#[test]
fn source_text() {
    insta::assert_snapshot!(written(".source.txt"));
}

#[test]
fn short_glossaries_have_the_source_first() {
    let csv = written_as(".glossary.csv", |p| Product {
        columns: Columns::Two,
        source: Side::En,
        ..p
    });
    assert_eq!(csv.lines().next(), Some("en,zh"));
    assert_eq!(csv.lines().nth(1), Some("Parties,双方"));
    let csv = written_as(".glossary.csv", |p| Product { columns: Columns::Three, ..p });
    assert!(csv.starts_with("zh,en,note\n双方,Parties,\"candidate, 0.90, article 1\"\n"));
}

#[test]
fn doubtful_units_stay_out_of_memories_and_are_told() {
    let sure = |suffix| written_as(suffix, |p| Product { min_score: 0.6, ..p });
    assert_eq!(sure(".tmx").matches("<tu ").count(), 1);
    assert_eq!(sure(".tsv").lines().count(), 2);
    let notices = bitext::export::memory_notices(&small(), 0.6);
    assert_eq!(notices, [Notice::DoubtfulLeftOut { count: 1 }]);
}

#[test]
fn units_that_a_tool_would_refuse_are_named() {
    let long = "约".repeat(2001);
    let paragraph = |text| [(Kind::Paragraph, None, text)];
    let bitext = Bitext {
        documents: Pair::new(
            document("zh.txt", &paragraph(long.as_str())),
            document("en.txt", &paragraph("long")),
        ),
        ladder: Ladder::new(vec![bead(0..1, 0..1, 0.9)], Pair::new(1, 1)).unwrap(),
        evidence: vec![vec![]],
        links: vec![],
    };
    let named = Notice::LongUnits { names: vec!["line 1".into()], limit: 2000 };
    assert_eq!(bitext::export::memory_notices(&bitext, 0.0), [named]);
}

#[test]
fn sentences_are_added_where_a_client_would_not_find_the_paragraph() {
    // One paragraph a side, three sentences in Chinese and two in English.
    let text = |lines: &[&'static str]| -> Vec<_> {
        lines.iter().map(|&line| (Kind::Paragraph, None, line)).collect()
    };
    let bitext = |zh: &[&'static str], en: &[&'static str], beads| Bitext {
        documents: Pair::new(
            document("zh.txt", &text(zh)),
            document("en.txt", &text(en)),
        ),
        evidence: vec![vec![]; 2],
        links: vec![],
        ladder: Ladder::new(beads, Pair::new(zh.len(), en.len())).unwrap(),
    };
    let whole = bitext(&["一。二。三。"], &["One. Two."], vec![bead(0..1, 0..1, 0.9)]);
    let sentences = bitext(
        &["一。", "二。", "三。"],
        &["One.", "Two."],
        vec![bead(0..1, 0..1, 0.9), bead(1..3, 1..2, 0.9)],
    );
    let sentences = Sentences { bitext: sentences, starts: vec![0, 2] };
    let n_units = |is_both_levels| {
        with_product(|product| {
            let (bitext, sentences) = (&whole, Some(&sentences));
            let out =
                bytes(&Product { bitext, sentences, is_both_levels, ..product }, ".tmx");
            String::from_utf8(out).unwrap().matches("<tu ").count()
        })
    };
    assert_eq!((n_units(false), n_units(true)), (1, 3));
}

#[test]
fn jsonl() {
    insta::assert_snapshot!(written(".jsonl"));
}

#[test]
fn ladder() {
    assert_eq!(written(".ladder"), "[0]:[0]\n[1]:[1, 2]\n[2]:[]\n");
}

#[test]
fn a_ladder_of_lines_counts_the_empty_ones() {
    assert_eq!(
        written_as(".ladder", |p| Product { by_lines: true, ..p }),
        "[0]:[0]\n[2]:[2, 4]\n[4]:[]\n"
    );
}

#[test]
fn the_source_language_of_a_tmx_is_that_of_a_unit_to_the_letter() {
    let tmx = written(".tmx");
    assert!(tmx.contains("srclang=\"zh-CN\"") && tmx.contains("xml:lang=\"zh-CN\""));
}

#[test]
fn an_empty_bitext_makes_whole_files() {
    let nothing = Bitext {
        documents: Pair::new(document("zh.txt", &[]), document("en.txt", &[])),
        ladder: Ladder::default(),
        evidence: vec![],
        links: vec![],
    };
    let languages = Pair::new("zh-TW".to_owned(), "en-US".to_owned());
    let tmx = bitext::export::Tmx {
        name: "none",
        languages: &languages,
        segtype: SegType::Sentence,
        created: CREATED,
        source: Side::Zh,
        min_score: 0.0,
        sentences: None,
        statuses: &[],
    };
    let mut out = Vec::new();
    tmx.write(&nothing, &mut out).unwrap();
    assert!(String::from_utf8(out).unwrap().ends_with("<body>\n</body>\n</tmx>\n"));
    let mut out = Vec::new();
    let csv = GlossaryCsv {
        document: "none",
        flavour: CsvFlavour::Plain,
        columns: Columns::Full,
        source: Side::Zh,
    };
    csv.write(&[], &mut out).unwrap();
    assert_eq!(out.iter().filter(|&&byte| byte == b'\n').count(), 1);
}

/// Written anew where `UPDATE=1` is set.
#[test]
fn the_readme_lists_every_file_of_every_kind() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md");
    let readme = fs::read_to_string(&path).unwrap();
    let table = ExportKind::table();
    let head = table.lines().next().unwrap();
    let start = readme.find(head).expect("the README has the table");
    let end = start + readme[start..].find("\n\n").unwrap() + 1;
    if std::env::var_os("UPDATE").is_some() {
        fs::write(&path, format!("{}{table}{}", &readme[..start], &readme[end..]))
            .unwrap();
    } else {
        assert_eq!(readme[start..end], table, "UPDATE=1 writes it anew");
    }
}
