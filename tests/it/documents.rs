//! The built program on documents of every kind that it reads, whole and broken.

use crate::cli::{Desk, is_the_sample, texts, zipped};

const ZH: [&str; 3] = [
    "打击非法采砂合作协定",
    "缔约双方应当加强执法合作，并交换有关犯罪所得的情报。",
    "本协定自2019年3月5日起生效，有效期五年。",
];
const EN: [&str; 3] = [
    "Agreement on Cooperation against Illegal Sand Mining",
    "The Parties shall strengthen law enforcement cooperation and exchange information on \
     proceeds of crime.",
    "This Agreement shall enter into force on 5 March 2019 for five years.",
];

/// A Word document whose articles are numbered by Word.
fn docx([title, first, second]: [&str; 3], article: &str) -> Vec<u8> {
    let numbered = |text: &str| {
        format!(
            "<w:p><w:pPr><w:numPr><w:ilvl w:val='0'/><w:numId w:val='1'/></w:numPr></w:pPr>\
             <w:r><w:t>{text}</w:t></w:r></w:p>"
        )
    };
    let document = format!(
        "<w:document xmlns:w='w'><w:body><w:p><w:pPr><w:outlineLvl w:val='0'/></w:pPr>\
         <w:r><w:t>{title}</w:t></w:r></w:p>{}{}</w:body></w:document>",
        numbered(first),
        numbered(second)
    );
    let numbering = format!(
        "<w:numbering xmlns:w='w'><w:abstractNum w:abstractNumId='0'><w:lvl w:ilvl='0'>\
         <w:start w:val='1'/>{article}</w:lvl></w:abstractNum>\
         <w:num w:numId='1'><w:abstractNumId w:val='0'/></w:num></w:numbering>"
    );
    zipped(&[("word/document.xml", &document), ("word/numbering.xml", &numbering)])
}

const CHINESE: &str = "<w:numFmt w:val='chineseCounting'/><w:lvlText w:val='第%1条'/>";
const ENGLISH: &str = "<w:numFmt w:val='decimal'/><w:lvlText w:val='Article %1.'/>";

fn html([title, first, second]: [&str; 3], [one, two]: [&str; 2]) -> String {
    format!(
        "<!doctype html><title>x</title><nav><a href=/>Home 首页</a></nav><h1>{title}</h1>\
         <p>{one} {first}<p>{two} {second}"
    )
}

fn aligned(zh: (&str, Vec<u8>), en: (&str, Vec<u8>)) -> String {
    let desk = Desk::new();
    desk.put(zh.0, zh.1);
    desk.put(en.0, en.1);
    desk.run(&[zh.0, en.0, "--write", "jsonl", "--name", "x"]).done();
    desk.get("aligned/x.jsonl")
}

#[test]
fn word_documents_are_read_with_the_numbers_that_word_counts() {
    let jsonl = aligned(("zh.docx", docx(ZH, CHINESE)), ("en.docx", docx(EN, ENGLISH)));
    is_the_sample(&jsonl);
}

#[test]
fn documents_of_different_kinds_make_a_pair() {
    let zh = html(ZH, ["第一条", "第二条"]).into_bytes();
    is_the_sample(&aligned(("zh.html", zh), ("en.docx", docx(EN, ENGLISH))));
    let md = format!("# {}\n\nArticle 1. {}\n\nArticle 2. {}\n", EN[0], EN[1], EN[2]);
    is_the_sample(&aligned(("zh.docx", docx(ZH, CHINESE)), ("en.md", md.into_bytes())));
}

#[test]
fn a_page_is_read_in_the_encoding_it_declares() {
    let page =
        html(ZH, ["第一条", "第二条"]).replace("<title>", "<meta charset=gbk><title>");
    let bytes = encoding_rs::GBK.encode(&page).0.into_owned();
    let en = html(EN, ["Article 1.", "Article 2."]).into_bytes();
    is_the_sample(&aligned(("zh.html", bytes), ("en.html", en)));
}

#[test]
fn one_file_in_which_the_languages_take_turns_is_a_pair() {
    let desk = Desk::new();
    let both: String =
        ZH.iter().zip(EN).map(|(zh, en)| format!("{zh}\n{en}\n\n")).collect();
    desk.put("both.txt", both);
    desk.run(&["both.txt", "--write", "jsonl"]).done();
    let texts = texts(&desk.get("aligned/both.jsonl"));
    assert_eq!(
        texts,
        ZH.map(str::to_owned).into_iter().zip(EN.map(str::to_owned)).collect::<Vec<_>>()
    );
}

#[test]
fn a_memory_is_taken_as_it_is_and_mined() {
    let desk = Desk::with_sample();
    desk.run(&["un/zh.txt", "un/en.txt"]).done();
    desk.run(&["aligned/un.tmx", "--out", "again", "--name", "again"]).done();
    assert_eq!(
        desk.files("again"),
        [
            "again.glossary.csv",
            "again.glossary.xlsx",
            "again.left-out.tsv",
            "again.tmx",
            "again.unaligned.tsv",
        ]
    );
    let n_units = |name: &str| desk.get(name).matches("<tu ").count();
    assert_eq!(n_units("again/again.tmx"), n_units("aligned/un.tmx"));
}

#[test]
fn broken_documents_are_refused_with_the_way_out() {
    let desk = Desk::with_sample();
    let refused = |name: &str, bytes: &[u8], message: &str| {
        desk.put(name, bytes);
        desk.run(&[name, "un/en.txt"]).refused(&format!("error: {name}: {message}\n"));
    };
    let whole = docx(ZH, CHINESE);
    refused(
        "zh.docx",
        &whole[..whole.len() / 2],
        "is damaged: the archive has no list of its parts; was it cut off?\n\
         hint: open it in its program and save it anew, or fetch it once more",
    );
    refused(
        "bomb.docx",
        &zipped(&[("word/document.xml", &" ".repeat(50 << 20))]),
        "holds a part that unpacks to more than 48 MB\n\
         hint: no document is like that; if it is a real one, save it as plain text in UTF-8",
    );
    let entities = "<!DOCTYPE a [<!ENTITY a 'ha'><!ENTITY b '&a;&a;'>]><a>&b;</a>";
    refused(
        "entities.docx",
        &zipped(&[("word/document.xml", entities)]),
        "declares XML entities of its own, which are not read\n\
         hint: open it in its program and save it anew",
    );
    refused(
        "old.doc",
        b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1\0\0\0\0",
        "is a Word or Office document of the old kind, which is not read\n\
         hint: install LibreOffice, by which .doc, .ppt and .rtf are read, or save it as .docx \
         or .pptx",
    );
}

#[test]
fn one_file_in_one_language_needs_another() {
    let desk = Desk::with_sample();
    desk.run(&["un/zh.txt"]).refused(
        "error: un/zh.txt: is one file and holds only Chinese; the English is missing\n\
         hint: name two files, one in Chinese and one in English\n",
    );
}

/// A presentation of a title and two slides, the slide in the middle shown last.
fn pptx(texts: [&str; 3], articles: [&str; 2]) -> Vec<u8> {
    let slide = |place: &str, text: &str| {
        format!(
            "<p:sld><p:cSld><p:spTree><p:sp><p:nvSpPr><p:cNvPr/><p:nvPr><p:ph type='{place}'/>\
             </p:nvPr></p:nvSpPr><p:txBody><a:p><a:r><a:t>{text}</a:t></a:r></a:p></p:txBody>\
             </p:sp></p:spTree></p:cSld></p:sld>"
        )
    };
    let relation = |n: usize| {
        format!("<Relationship Id='r{n}' Type='x/slide' Target='slides/slide{n}.xml'/>")
    };
    let relations = format!(
        "<Relationships>{}{}{}</Relationships>",
        relation(1),
        relation(2),
        relation(3)
    );
    zipped(&[
        (
            "ppt/presentation.xml",
            "<p:presentation><p:sldIdLst><p:sldId id='256' r:id='r1'/><p:sldId id='258' \
             r:id='r3'/><p:sldId id='257' r:id='r2'/></p:sldIdLst></p:presentation>",
        ),
        ("ppt/_rels/presentation.xml.rels", &relations),
        ("ppt/slides/slide1.xml", &slide("ctrTitle", texts[0])),
        (
            "ppt/slides/slide2.xml",
            &slide("body", &format!("{}{}", articles[1], texts[2])),
        ),
        (
            "ppt/slides/slide3.xml",
            &slide("body", &format!("{}{}", articles[0], texts[1])),
        ),
    ])
}

#[test]
fn presentations_are_read_as_they_are_shown() {
    let zh = pptx(ZH, ["第一条　", "第二条　"]);
    let en = pptx(EN, ["Article 1. ", "Article 2. "]);
    let jsonl = aligned(("zh.pptx", zh), ("en.pptx", en));
    is_the_sample(&jsonl);
}

#[cfg(unix)]
#[test]
fn older_documents_are_read_by_way_of_libreoffice() {
    use std::os::unix::fs::PermissionsExt as _;
    use std::process::Command;

    let desk = Desk::new();
    desk.put("zh.rtf", "{\\rtf1\\ansi}");
    desk.put("en.docx", docx(EN, ENGLISH));
    desk.put("made.docx", docx(ZH, CHINESE));
    // A program that stands in for it: it saves what lies ready.
    desk.put(
        "bin/soffice",
        "#!/bin/sh\nwhile [ $# -gt 1 ]; do [ \"$1\" = --outdir ] && out=$2; shift; done\n\
         mkdir -p \"$out\" && cp \"$MADE\" \"$out/document.docx\"\n",
    );
    let mode = std::fs::Permissions::from_mode(0o755);
    std::fs::set_permissions(desk.path("bin/soffice"), mode).unwrap();
    let run = |path: &str| {
        Command::new(env!("CARGO_BIN_EXE_align"))
            .args(["zh.rtf", "en.docx", "--write", "jsonl", "--name", "x"])
            .current_dir(desk.path(""))
            .env("PATH", path)
            .env("MADE", desk.path("made.docx"))
            .output()
            .unwrap()
    };
    let bin = desk.path("bin");
    let output = run(&format!("{}:/usr/bin:/bin", bin.display()));
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(0), "{said}");
    assert!(said.contains("notice: zh.rtf: read as LibreOffice saves it"), "{said}");
    is_the_sample(&desk.get("aligned/x.jsonl"));
    // Without it the next step is told.
    std::fs::create_dir(desk.path("none")).unwrap();
    let output = run(&desk.path("none").display().to_string());
    let said = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(2), "{said}");
    assert!(said.contains("hint: install LibreOffice"), "{said}");
}
