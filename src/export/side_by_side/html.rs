use std::io::{self, BufWriter, Write as _};

use super::{paragraphs, title};
use crate::export::format::{ExportFormat, Holds, OutputFile};
use crate::export::xml;
use crate::types::{Bitext, Kind as SegmentKind, Pair, Side};

/// A page for a browser, to read and to print: one file, no script, nothing from elsewhere.
#[derive(Clone, Copy, Debug)]
pub struct Html<'a> {
    /// The language of each side as in BCP 47.
    pub languages: &'a Pair<String>,
    /// The language of the left column.
    pub source: Side,
}

const STYLE: &str = "\
:root { color-scheme: light dark; font: 16px/1.6 serif; }
body { margin: 2rem auto; max-width: 72rem; padding: 0 1rem; }
table { border-collapse: collapse; table-layout: fixed; width: 100%; }
th, td { border-bottom: 1px solid #8884; padding: .3rem .8rem; text-align: start; vertical-align: top; width: 50%; }
p { margin: 0 0 .3rem; overflow-wrap: anywhere; white-space: pre-line; }
.title { font-size: 1.3rem; font-weight: bold; }
.heading { font-weight: bold; }
.item { padding-inline-start: 1rem; }
.footnote { font-size: .85rem; }
.alone td { background: #fb02; }
@media print { body { margin: 0; max-width: none; } tr { break-inside: avoid; } }
";

impl Html<'_> {
    /// Writes the bitext.
    ///
    /// # Errors
    ///
    /// Those of the writer.
    pub fn write(&self, bitext: &Bitext, out: &mut dyn io::Write) -> io::Result<()> {
        let out = &mut BufWriter::new(out);
        let sides = [self.source, self.source.other()];
        let language = |side| xml::attribute(self.languages.get(side));
        let [left, right] = sides.map(|side| xml::content(title(bitext, side)));
        writeln!(
            out,
            "<!DOCTYPE html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n\
             <meta name=\"viewport\" content=\"width=device-width\">\n\
             <title>{left} | {right}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n\
             <table>\n<thead><tr><th>{left}</th><th>{right}</th></tr></thead>\n<tbody>",
            language(self.source)
        )?;
        for unit in bitext.units() {
            let class = if unit.bead.is_single() { " class=\"alone\"" } else { "" };
            write!(out, "<tr{class}>")?;
            for side in sides {
                write!(out, "<td lang=\"{}\">", language(side))?;
                for (kind, text) in paragraphs(&unit, side) {
                    let class = class_of(kind);
                    write!(out, "<p{class}>{}</p>", xml::content(text))?;
                }
                write!(out, "</td>")?;
            }
            writeln!(out, "</tr>")?;
        }
        writeln!(out, "</tbody>\n</table>\n</body>\n</html>")?;
        out.flush()
    }
}

/// How a kind of segment is set.
fn class_of(kind: SegmentKind) -> &'static str {
    match kind {
        SegmentKind::Title => " class=\"title\"",
        SegmentKind::Heading => " class=\"heading\"",
        SegmentKind::Item => " class=\"item\"",
        SegmentKind::Footnote => " class=\"footnote\"",
        SegmentKind::Chapeau
        | SegmentKind::Paragraph
        | SegmentKind::DateLine
        | SegmentKind::Row => "",
    }
}

/// The kind of output.
pub(in crate::export) struct Kind;

impl ExportFormat for Kind {
    fn name(&self) -> &'static str {
        "html-bilingual"
    }

    fn holds(&self) -> Holds {
        Holds::Bitext
    }

    fn files(&self) -> &'static [OutputFile] {
        const {
            &[OutputFile::new(
                ".bilingual.html",
                "the same as a page for a browser, to read and to print",
                |product, out| {
                    let html =
                        Html { languages: product.languages, source: product.source };
                    html.write(product.bitext, out)
                },
            )]
        }
    }
}
