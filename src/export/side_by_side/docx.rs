use std::io::{self, BufWriter, Cursor, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use super::{paragraphs, title};
use crate::export::format::{ExportFormat, Holds, OutputFile};
use crate::export::xml;
use crate::types::{Bitext, Kind as SegmentKind, Pair, Side, TranslationUnit};

/// A document for Word and LibreOffice.
///
/// Written by hand and not with a crate: `docx-rs` 0.4 numbers its paragraphs through the whole
/// process, so that the bytes depend on what else was written, and compresses nothing.
///
/// Source: ECMA-376, Office Open XML, part 1 (5th edition, 2016), 11 and 17.
#[derive(Clone, Copy, Debug)]
pub struct Docx<'a> {
    /// The language of each side as in BCP 47.
    pub languages: &'a Pair<String>,
    /// The language of the left column.
    pub source: Side,
    /// For each bead, whether its right side is to be looked at, and so shaded; empty where
    /// none is.
    pub doubtful: &'a [bool],
}

const CONTENT_TYPES: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/><Override PartName="/word/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml"/><Override PartName="/word/header1.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.header+xml"/></Types>
"#;

const RELATIONS: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>
"#;

const DOCUMENT_RELATIONS: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/><Relationship Id="rId2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/header" Target="header1.xml"/></Relationships>
"#;

/// Styles named after the kinds of segments that differ from a paragraph. Sizes in half points,
/// distances in twentieths of a point.
const STYLES: &str = r#"<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:pPr><w:spacing w:before="40" w:after="40"/></w:pPr><w:rPr><w:sz w:val="21"/><w:szCs w:val="21"/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="Title"><w:name w:val="Title"/><w:basedOn w:val="Normal"/><w:rPr><w:b/><w:sz w:val="28"/><w:szCs w:val="28"/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="Heading1"><w:name w:val="heading 1"/><w:basedOn w:val="Normal"/><w:pPr><w:keepNext/></w:pPr><w:rPr><w:b/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="Item"><w:name w:val="List Paragraph"/><w:basedOn w:val="Normal"/><w:pPr><w:ind w:left="284"/></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="Note"><w:name w:val="footnote text"/><w:basedOn w:val="Normal"/><w:rPr><w:sz w:val="18"/><w:szCs w:val="18"/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="Header"><w:name w:val="header"/><w:basedOn w:val="Normal"/><w:rPr><w:color w:val="666666"/><w:sz w:val="18"/><w:szCs w:val="18"/></w:rPr></w:style>
"#;

const NAMESPACES: &str = r#"xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships""#;

/// Half of the width of an A4 page between its margins, in twentieths of a point.
const COLUMN: u32 = 4819;

/// The size of an A4 page, its margins of 2 cm, and the header, in twentieths of a point.
const SECTION: &str = r#"<w:sectPr><w:headerReference w:type="default" r:id="rId2"/><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1134" w:right="1134" w:bottom="1134" w:left="1134" w:header="567" w:footer="567" w:gutter="0"/></w:sectPr>"#;

/// Hairlines between the rows, and a line between the columns.
const BORDERS: &str = r#"<w:tblBorders><w:insideH w:val="single" w:sz="2" w:color="DDDDDD"/><w:insideV w:val="single" w:sz="2" w:color="DDDDDD"/></w:tblBorders>"#;

/// The colour of a cell without counterpart.
const ALONE: &str = "FFF4D6";

impl Docx<'_> {
    /// Writes the bitext.
    ///
    /// # Errors
    ///
    /// Those of the writer.
    pub fn write(&self, bitext: &Bitext, out: &mut dyn io::Write) -> io::Result<()> {
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        // Without a date: the same text gives the same bytes.
        let options = SimpleFileOptions::default()
            .compression_method(CompressionMethod::Deflated)
            .last_modified_time(zip::DateTime::default());
        let fixed = [
            ("[Content_Types].xml", CONTENT_TYPES),
            ("_rels/.rels", RELATIONS),
            ("word/_rels/document.xml.rels", DOCUMENT_RELATIONS),
        ];
        for (name, text) in fixed {
            zip.start_file(name, options).map_err(io::Error::other)?;
            zip.write_all(text.as_bytes())?;
        }
        zip.start_file("word/styles.xml", options).map_err(io::Error::other)?;
        self.write_styles(&mut zip)?;
        zip.start_file("word/header1.xml", options).map_err(io::Error::other)?;
        self.write_header(bitext, &mut zip)?;
        zip.start_file("word/document.xml", options).map_err(io::Error::other)?;
        let mut document = BufWriter::new(&mut zip);
        self.write_document(bitext, &mut document)?;
        document.flush()?;
        drop(document);
        let archive = zip.finish().map_err(io::Error::other)?;
        out.write_all(&archive.into_inner())
    }

    /// The languages decide which font a character gets, and who checks the spelling.
    fn write_styles(&self, out: &mut dyn Write) -> io::Result<()> {
        let Pair { zh, en } = self.languages.as_ref().map(|tag| xml::attribute(tag));
        writeln!(
            out,
            "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n\
             <w:styles {NAMESPACES}><w:docDefaults><w:rPrDefault><w:rPr>\
             <w:rFonts w:ascii=\"Times New Roman\" w:hAnsi=\"Times New Roman\" \
             w:eastAsia=\"SimSun\"/><w:lang w:val=\"{en}\" w:eastAsia=\"{zh}\"/>\
             </w:rPr></w:rPrDefault></w:docDefaults>\n{STYLES}</w:styles>"
        )
    }

    /// The names of the files, at the head of each page: no part of the text.
    fn write_header(&self, bitext: &Bitext, out: &mut dyn Write) -> io::Result<()> {
        let [left, right] =
            [self.source, self.source.other()].map(|side| title(bitext, side));
        writeln!(
            out,
            "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n\
             <w:hdr {NAMESPACES}><w:p><w:pPr><w:pStyle w:val=\"Header\"/></w:pPr><w:r>\
             <w:t xml:space=\"preserve\">{} | {}</w:t></w:r></w:p></w:hdr>",
            xml::content(left),
            xml::content(right)
        )
    }

    fn write_document(&self, bitext: &Bitext, out: &mut dyn Write) -> io::Result<()> {
        writeln!(
            out,
            "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n\
             <w:document {NAMESPACES}><w:body><w:tbl><w:tblPr>\
             <w:tblW w:w=\"{}\" w:type=\"dxa\"/>{BORDERS}<w:tblLayout w:type=\"fixed\"/>\
             </w:tblPr><w:tblGrid><w:gridCol w:w=\"{COLUMN}\"/>\
             <w:gridCol w:w=\"{COLUMN}\"/></w:tblGrid>",
            2 * COLUMN
        )?;
        for unit in bitext.units() {
            write!(out, "<w:tr>")?;
            for side in [self.source, self.source.other()] {
                self.write_cell(&unit, side, out)?;
            }
            writeln!(out, "</w:tr>")?;
        }
        // A table does not end a document: a paragraph has to.
        writeln!(out, "</w:tbl><w:p/>{SECTION}</w:body></w:document>")
    }

    fn write_cell(
        &self,
        unit: &TranslationUnit<'_>,
        side: Side,
        out: &mut dyn Write,
    ) -> io::Result<()> {
        let is_doubtful =
            self.doubtful.get(unit.index).is_some_and(|&is_doubtful| is_doubtful);
        let is_shaded = unit.bead.is_single() || is_doubtful && side != self.source;
        let shade = match is_shaded {
            true => {
                format!("<w:shd w:val=\"clear\" w:color=\"auto\" w:fill=\"{ALONE}\"/>")
            }
            false => String::new(),
        };
        write!(
            out,
            "<w:tc><w:tcPr><w:tcW w:w=\"{COLUMN}\" w:type=\"dxa\"/>{shade}</w:tcPr>"
        )?;
        let mut is_empty = true;
        for (kind, text) in paragraphs(unit, side) {
            is_empty = false;
            let style = match style(kind) {
                Some(style) => format!("<w:pPr><w:pStyle w:val=\"{style}\"/></w:pPr>"),
                None => String::new(),
            };
            let language = match side {
                Side::Zh => {
                    let zh = xml::attribute(&self.languages.zh);
                    format!(
                        "<w:rPr><w:rFonts w:hint=\"eastAsia\"/><w:lang w:eastAsia=\"{zh}\"/></w:rPr>"
                    )
                }
                Side::En => String::new(),
            };
            write!(out, "<w:p>{style}")?;
            for (n, line) in text.split('\n').enumerate() {
                let line_break = if n > 0 { "<w:br/>" } else { "" };
                let line = xml::content(line);
                write!(
                    out,
                    "<w:r>{language}{line_break}<w:t xml:space=\"preserve\">{line}</w:t></w:r>"
                )?;
            }
            write!(out, "</w:p>")?;
        }
        // A cell holds a paragraph at least.
        write!(out, "{}</w:tc>", if is_empty { "<w:p/>" } else { "" })
    }
}

/// The style of a kind of segment; `None` for that of a paragraph.
fn style(kind: SegmentKind) -> Option<&'static str> {
    match kind {
        SegmentKind::Title => Some("Title"),
        SegmentKind::Heading => Some("Heading1"),
        SegmentKind::Item => Some("Item"),
        SegmentKind::Footnote => Some("Note"),
        SegmentKind::Chapeau
        | SegmentKind::Paragraph
        | SegmentKind::DateLine
        | SegmentKind::Row => None,
    }
}

/// The kind of output.
pub(in crate::export) struct Kind;

impl ExportFormat for Kind {
    fn name(&self) -> &'static str {
        "docx"
    }

    fn holds(&self) -> Holds {
        Holds::Bitext
    }

    fn files(&self) -> &'static [OutputFile] {
        const {
            &[OutputFile::new(
                ".docx",
                "the two texts side by side, for Word and LibreOffice; what has no counterpart is shaded",
                |product, out| {
                    let docx = Docx {
                        languages: product.languages,
                        source: product.source,
                        doubtful: &[],
                    };
                    docx.write(product.bitext, out)
                },
            )]
        }
    }
}
