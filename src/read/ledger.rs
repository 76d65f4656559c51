//! The law of the ledger: the characters of a file are those of its blocks and of what was
//! left out. Tested against a plain walk through all text of the file, which knows nothing of
//! what is read.

use std::collections::BTreeMap;

use proptest::prelude::*;
use scraper::{Html, Node};

use super::archive::{Archive, tests::zipped};
use super::flow::Flow;
use super::{docx, epub, html, markdown, odt, pptx, subtitles, xml};
use crate::text::script::is_han;
use crate::types::LeftOutKind;

fn counts(text: &str) -> BTreeMap<char, usize> {
    let mut counts = BTreeMap::new();
    for c in text.chars().filter(|c| !c.is_whitespace()) {
        *counts.entry(c).or_default() += 1;
    }
    counts
}

/// What a plain walk found and neither the blocks nor the ledger hold. Scripts, times and
/// controls are quoted in part only, so of a file that has some the sums are compared.
fn lost(flow: &Flow, plain: &str) -> Option<String> {
    let texts = flow.pieces.iter().map(|piece| piece.text.as_str());
    let told = flow.left_out.iter().map(|left_out| left_out.text.as_str());
    let held = counts(&texts.clone().chain(told).collect::<String>());
    let plain = counts(plain);
    let n_blocks: usize = texts.map(|text| counts(text).values().sum::<usize>()).sum();
    let n_told: usize = flow.left_out.iter().map(|left_out| left_out.n_chars).sum();
    let n_plain: usize = plain.values().sum();
    if n_blocks + n_told < n_plain {
        return Some(format!("{n_plain} characters, {n_blocks} read and {n_told} told"));
    }
    let is_quoted_in_part = |kind| {
        matches!(kind, LeftOutKind::Code | LeftOutKind::Timing | LeftOutKind::Control)
    };
    if flow.left_out.iter().any(|left_out| is_quoted_in_part(left_out.kind)) {
        return None;
    }
    let lost = plain.iter().find(|(c, n)| held.get(c).copied().unwrap_or(0) < **n);
    lost.map(|(c, _)| format!("{c} is in neither"))
}

/// All text of a page.
fn text_of_page(page: &str) -> String {
    let page = Html::parse_document(page);
    let nodes = page.tree.root().descendants();
    let text = |value: &Node| value.as_text().map(|text| text.to_string());
    nodes.filter_map(|node| text(node.value())).collect::<Vec<_>>().join(" ")
}

/// All text of an XML part.
fn text_of_part(part: &str) -> String {
    xml::parse(part.as_bytes()).map(|root| root.text()).unwrap_or_default()
}

const TAGS: [&str; 52] = [
    "div",
    "p",
    "p",
    "ul",
    "ol",
    "li",
    "li",
    "table",
    "tr",
    "td",
    "td",
    "th",
    "tbody",
    "caption",
    "pre",
    "form",
    "nav",
    "aside",
    "footer",
    "header",
    "dialog",
    "button",
    "select",
    "option",
    "h1",
    "main",
    "article",
    "section",
    "a",
    "a href='#n'",
    "ruby",
    "rt",
    "span",
    "font",
    "b",
    "dl",
    "dt",
    "dd",
    "svg",
    "iframe",
    "noscript",
    "textarea",
    "p hidden",
    "div class=toc",
    "div class='menu x'",
    "p style='display:none'",
    "details",
    "summary",
    "blockquote",
    "label",
    "center",
    "li id=n",
];

/// Markup, now and then with a tag that is never closed.
fn markup() -> impl Strategy<Value = String> {
    let leaf = prop_oneof![
        "[一-龥]{1,4}",
        "[a-z]{1,5} ",
        Just("\n".to_owned()),
        Just("<br>".to_owned()),
        Just("\u{ad}".to_owned()),
    ];
    leaf.prop_recursive(6, 60, 5, |inner| {
        let children = prop::collection::vec(inner, 0..5);
        (prop::sample::select(&TAGS[..]), children, 0..9_u8).prop_map(
            |(tag, children, closed)| {
                let name = tag.split(' ').next().unwrap_or(tag);
                let end = if closed > 0 { format!("</{name}>") } else { String::new() };
                format!("<{tag}>{}{end}", children.concat())
            },
        )
    })
}

/// A paragraph of a Word file: words in runs of all kinds.
fn word_paragraph() -> impl Strategy<Value = String> {
    const RUNS: [(&str, &str); 9] = [
        ("<w:r><w:t>", "</w:t></w:r>"),
        ("<w:r><w:t>", "</w:t><w:br/></w:r>"),
        ("<w:del><w:r><w:delText>", "</w:delText></w:r></w:del>"),
        ("<w:ins><w:r><w:t>", "</w:t></w:r></w:ins>"),
        ("<w:r><w:rPr><w:vanish/></w:rPr><w:t>", "</w:t></w:r>"),
        ("<w:hyperlink><w:r><w:t>", "</w:t></w:r></w:hyperlink>"),
        (
            "<w:r><w:ruby><w:rt><w:r><w:t>",
            "</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>字</w:t></w:r></w:rubyBase></w:ruby></w:r>",
        ),
        (
            "<w:r><w:pict><w:txbxContent><w:p><w:r><w:t>",
            "</w:t></w:r></w:p></w:txbxContent></w:pict></w:r>",
        ),
        (
            "<w:r><w:fldChar w:fldCharType='begin'/></w:r><w:r><w:instrText>TOC",
            "</w:instrText><w:fldChar w:fldCharType='separate'/><w:t>目</w:t>\
             <w:fldChar w:fldCharType='end'/></w:r>",
        ),
    ];
    const PROPERTIES: [&str; 4] = [
        "",
        "",
        "<w:pPr><w:rPr><w:del/></w:rPr></w:pPr>",
        "<w:pPr><w:framePr w:dropCap='drop'/></w:pPr>",
    ];
    let run = (prop::sample::select(&RUNS[..]), "[一-龥a-z]{1,5}")
        .prop_map(|((before, behind), text)| format!("{before}{text}{behind}"));
    (prop::sample::select(&PROPERTIES[..]), prop::collection::vec(run, 0..4)).prop_map(
        |(properties, runs)| format!("<w:p>{properties}{}</w:p>", runs.concat()),
    )
}

fn word_block() -> impl Strategy<Value = String> {
    let contents = "<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val='Table of Contents'/>\
                    </w:docPartObj></w:sdtPr><w:sdtContent>";
    word_paragraph().prop_recursive(3, 20, 4, move |inner| {
        let inner = prop::collection::vec(inner, 1..4).prop_map(|blocks| blocks.concat());
        prop_oneof![
            inner.clone().prop_map(|b| format!(
                "<w:tbl><w:tr><w:tc>{b}</w:tc><w:tc>{b}</w:tc></w:tr></w:tbl>"
            )),
            inner.clone().prop_map(|b| format!(
                "<w:tbl><w:tr><w:trPr><w:del/></w:trPr><w:tc>{b}</w:tc></w:tr></w:tbl>"
            )),
            inner
                .clone()
                .prop_map(move |b| format!("{contents}{b}</w:sdtContent></w:sdt>")),
            inner.prop_map(|b| format!("<w:ins>{b}</w:ins>")),
        ]
    })
}

proptest! {
    #![proptest_config(ProptestConfig {
        failure_persistence: None,
        cases: 600,
        ..ProptestConfig::default()
    })]

    #[test]
    fn no_page_loses_a_character(parts in prop::collection::vec(markup(), 0..6)) {
        let page = parts.concat();
        let flow = html::read(&page).unwrap();
        prop_assert_eq!(lost(&flow, &text_of_page(&page)), None, "{}", page);
    }

    #[test]
    fn no_word_file_loses_a_character(blocks in prop::collection::vec(word_block(), 0..5)) {
        let body = format!("<w:document><w:body>{}<w:p/></w:body></w:document>", blocks.concat());
        let bytes = zipped(&[("word/document.xml", body.as_bytes())]);
        let flow = docx::read(&mut Archive::open(&bytes).unwrap()).unwrap();
        prop_assert_eq!(lost(&flow, &text_of_part(&body)), None, "{}", body);
    }

    #[test]
    fn no_markdown_loses_a_character(
        lines in prop::collection::vec(
            prop_oneof![
                "[一-龥a-z]{1,9}",
                "[#>*-] [一-龥a-z]{1,9}",
                "\\| [一-龥]{1,3} \\| [a-z]{1,3} \\|",
                Just("|---|---|".to_owned()),
                Just("```".to_owned()),
                Just(String::new()),
                "!\\[[一-龥]{1,4}\\]\\(a\\.png\\)",
                "<div>[一-龥]{1,4}</div>",
                "[一-龥]{1,4}\\[\\^n\\]",
                "\\[\\^n\\]: [一-龥]{1,4}",
            ],
            0..20,
        ),
    ) {
        let text = lines.join("\n");
        let han: String =
            text.chars().filter(|&c| is_han(c)).collect();
        prop_assert_eq!(lost(&markdown::read(&text), &han), None, "{}", text);
    }

    #[test]
    fn no_subtitles_lose_a_character(
        lines in prop::collection::vec(
            prop_oneof![
                "[一-龥]{1,9}",
                "[0-9]{1,2}",
                Just("00:01 --> 00:02".to_owned()),
                Just(String::new()),
                "<i>[a-z]{1,4}</i>",
                "NOTE [a-z]{1,4}",
            ],
            0..20,
        ),
    ) {
        let text = lines.join("\n");
        let flow = subtitles::read(&text);
        prop_assert_eq!(lost(&flow, &text), None, "{}", text);
        let han = |text: &str| text.chars().filter(|&c| is_han(c)).count();
        let told = flow.left_out.iter().map(|left_out| han(&left_out.text));
        let read = flow.pieces.iter().map(|piece| han(&piece.text));
        prop_assert_eq!(read.chain(told).sum::<usize>(), han(&text), "{}", text);
    }
}

#[test]
fn no_open_document_loses_a_character() {
    let body = "<text:tracked-changes><text:changed-region><text:deletion><text:p>旧条</text:p>\
        </text:deletion></text:changed-region></text:tracked-changes>\
        <text:table-of-content><text:index-body><text:p>目录</text:p></text:index-body></text:table-of-content>\
        <text:h>章程</text:h><text:p>船<text:ruby><text:ruby-base>坞</text:ruby-base>\
        <text:ruby-text>wu</text:ruby-text></text:ruby><office:annotation><text:p>批注</text:p>\
        </office:annotation><text:span text:style-name='H'>隐</text:span></text:p>\
        <text:section text:display='none'><text:p>藏</text:p></text:section>\
        <text:p><draw:frame><svg:title>图</svg:title><draw:text-box><text:p>框</text:p></draw:text-box></draw:frame></text:p>";
    let content = format!(
        "<office:document-content><office:automatic-styles><style:style style:name='H'>\
         <style:text-properties text:display='none'/></style:style></office:automatic-styles>\
         <office:body><office:text>{body}</office:text></office:body></office:document-content>"
    );
    let bytes = zipped(&[("content.xml", content.as_bytes())]);
    let flow = odt::read(&mut Archive::open(&bytes).unwrap()).unwrap();
    assert_eq!(lost(&flow, &text_of_part(&content)), None);
    let texts: Vec<_> = flow.pieces.iter().map(|piece| piece.text.as_str()).collect();
    assert_eq!(texts, ["章程", "船坞", "框"]);
}

#[test]
fn no_book_loses_a_character() {
    let page = "<html><head><title>书名</title></head><body><nav>目录</nav><p>正文</p>\
                <aside hidden=''>暗处</aside></body></html>";
    let bytes = zipped(&[
        (
            "META-INF/container.xml",
            b"<container><rootfiles><rootfile full-path='b.opf'/></rootfiles></container>",
        ),
        (
            "b.opf",
            b"<package><manifest><item id='a' href='a.xhtml' media-type='application/xhtml+xml'/>\
              </manifest><spine><itemref idref='a'/></spine></package>",
        ),
        ("a.xhtml", page.as_bytes()),
    ]);
    let flow = epub::read(&mut Archive::open(&bytes).unwrap()).unwrap();
    assert_eq!(lost(&flow, &text_of_page(page)), None);
    assert!(flow.left_out.iter().all(|left| left.place.to_string() == "a.xhtml"));
}

#[test]
fn no_presentation_loses_a_character() {
    let p = |text: &str| format!("<a:p><a:r><a:t>{text}</a:t></a:r></a:p>");
    let sp = |ph: &str, text: &str| {
        format!(
            "<p:sp><p:nvSpPr><p:cNvPr/><p:nvPr>{ph}</p:nvPr></p:nvSpPr><p:txBody>{}\
             </p:txBody></p:sp>",
            p(text)
        )
    };
    let shapes = [
        sp("<p:ph type='title'/>", "题"),
        sp("<p:ph type='ftr'/>", "脚"),
        sp("<p:ph type='dt'/>", "日"),
        sp("", "文"),
        format!("<p:grpSp><p:nvGrpSpPr/>{}</p:grpSp>", sp("", "组")),
        "<p:sp><p:nvSpPr><p:cNvPr hidden='1'/></p:nvSpPr><p:txBody><a:p><a:r><a:t>隐</a:t>\
         </a:r></a:p></p:txBody></p:sp>"
            .to_owned(),
        format!("<p:cxnSp><p:txBody>{}</p:txBody></p:cxnSp>", p("线")),
        "<p:sp><p:txBody><a:p><a:fld type='slidenum'><a:t>7</a:t></a:fld><m:oMath>式</m:oMath>\
         </a:p></p:txBody></p:sp>"
            .to_owned(),
        format!(
            "<p:graphicFrame><a:graphic><a:graphicData><a:tbl><a:tr><a:tc><a:txBody>{}\
             </a:txBody></a:tc></a:tr></a:tbl></a:graphicData></a:graphic></p:graphicFrame>",
            p("格")
        ),
        format!(
            "<mc:AlternateContent><mc:Choice>{}</mc:Choice></mc:AlternateContent>",
            sp("", "另")
        ),
    ];
    let slide = |show: &str| {
        let tree = shapes.concat();
        format!(
            "<p:sld show='{show}'><p:cSld><p:spTree>{tree}</p:spTree></p:cSld></p:sld>"
        )
    };
    let (shown, hidden) = (slide("1"), slide("0"));
    let bytes = zipped(&[
        (
            "ppt/presentation.xml",
            b"<p:presentation><p:sldIdLst><p:sldId r:id='a'/></p:sldIdLst></p:presentation>",
        ),
        (
            "ppt/_rels/presentation.xml.rels",
            b"<Relationships><Relationship Id='a' Type='t/slide' Target='slides/slide1.xml'/>\
              </Relationships>",
        ),
        ("ppt/slides/slide1.xml", shown.as_bytes()),
        // No list of slides names it.
        ("ppt/slides/slide2.xml", hidden.as_bytes()),
        ("ppt/comments/comment1.xml", "<p:cmLst><p:cm><p:text>评</p:text></p:cm></p:cmLst>".as_bytes()),
        ("ppt/charts/chart1.xml", "<c:chart><a:t>图</a:t></c:chart>".as_bytes()),
    ]);
    let flow = pptx::read(&mut Archive::open(&bytes).unwrap()).unwrap();
    let plain = format!("{}{}评图", text_of_part(&shown), text_of_part(&hidden));
    assert_eq!(lost(&flow, &plain), None);
    let texts: Vec<_> = flow.pieces.iter().map(|piece| piece.text.as_str()).collect();
    assert_eq!(texts, ["题", "文", "组", "格", "另"]);
}
