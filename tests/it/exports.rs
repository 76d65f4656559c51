//! One small bitext with quotes, `<`, `&`, emoji, Han beyond the first plane and an empty
//! side; a snapshot a format.

use bitext::export::{
    BitextFormat as _, ExportKind, GlossaryCsv, Product, SegType, TermFormat as _,
    Timestamp,
};
use bitext::text::{Span, Traced};
use bitext::types::{
    Bead, Bitext, Context, Document, Evidence, EvidenceKind, Kind, Label, LabelUnit,
    Ladder, MentionKind, Pair, Segment, Status, TermEvidence, TermPair,
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
        });
    }
    Document { name: name.into(), text: Traced::verbatim(&text, 0), segments: out }
}

fn bead(zh: std::ops::Range<usize>, en: std::ops::Range<usize>, score: f64) -> Bead {
    Bead { range: Pair::new(zh, en), score }
}

fn evidence(kind: EvidenceKind, zh: &str, en: &str) -> Evidence {
    Evidence { kind, text: Pair::new(zh.into(), en.into()), weight: 3.0 }
}

fn small() -> Bitext {
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
    Bitext { documents: Pair::new(zh, en), ladder, evidence }
}

fn terms() -> Vec<TermPair> {
    let context = Context {
        text: Pair::new("“双方”应签署，".into(), "the \"Parties\", signing,".into()),
        bead: 1,
        unit: "article 1".into(),
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

/// The bytes of one file of the small bitext, by what its name ends in.
fn written(suffix: &str, by_lines: bool) -> String {
    let (bitext, terms) = (small(), terms());
    let product = Product {
        bitext: &bitext,
        terms: &terms,
        name: "law",
        languages: &Pair::new("zh-CN".to_owned(), "en-US".to_owned()),
        segtype: SegType::Paragraph,
        created: CREATED,
        by_lines,
    };
    let mut files = ExportKind::ALL.iter().flat_map(|kind| kind.files());
    let file = files.find(|file| file.suffix == suffix).unwrap();
    let mut out = Vec::new();
    file.write(&product, &mut out).unwrap();
    String::from_utf8(out).unwrap().replace(env!("CARGO_PKG_VERSION"), "VERSION")
}

#[test]
fn tmx() {
    insta::assert_snapshot!(written(".tmx", false));
}

#[test]
fn unaligned() {
    insta::assert_snapshot!(written(".unaligned.tsv", false));
}

#[test]
fn glossary_csv() {
    insta::assert_snapshot!(written(".glossary.csv", false));
}

#[test]
fn jsonl() {
    insta::assert_snapshot!(written(".jsonl", false));
}

#[test]
fn ladder() {
    assert_eq!(written(".ladder", false), "[0]:[0]\n[1]:[1, 2]\n[2]:[]\n");
}

#[test]
fn a_ladder_of_lines_counts_the_empty_ones() {
    assert_eq!(written(".ladder", true), "[0]:[0]\n[2]:[2, 4]\n[4]:[]\n");
}

#[test]
fn the_source_language_of_a_tmx_is_that_of_a_unit_to_the_letter() {
    let tmx = written(".tmx", false);
    assert!(tmx.contains("srclang=\"zh-CN\"") && tmx.contains("xml:lang=\"zh-CN\""));
}

#[test]
fn an_empty_bitext_makes_whole_files() {
    let nothing = Bitext {
        documents: Pair::new(document("zh.txt", &[]), document("en.txt", &[])),
        ladder: Ladder::default(),
        evidence: vec![],
    };
    let languages = Pair::new("zh-TW".to_owned(), "en-US".to_owned());
    let tmx = bitext::export::Tmx {
        name: "none",
        languages: &languages,
        segtype: SegType::Sentence,
        created: CREATED,
    };
    let mut out = Vec::new();
    tmx.write(&nothing, &mut out).unwrap();
    assert!(String::from_utf8(out).unwrap().ends_with("<body>\n</body>\n</tmx>\n"));
    let mut out = Vec::new();
    GlossaryCsv { document: "none" }.write(&[], &mut out).unwrap();
    assert_eq!(out.iter().filter(|&&byte| byte == b'\n').count(), 1);
}
