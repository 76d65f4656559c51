use std::io::{self, BufWriter, Write as _};

use super::format::{ExportFormat, Holds, OutputFile};
use super::xml;
use crate::text::abbreviation::abbreviations;

/// The rules by which this program splits Chinese and English into sentences, as SRX 2.0: a
/// tool that loads them splits as we do, so that a memory of sentences matches.
///
/// They say with regular expressions what [`segment`](crate::segment) says with code. One
/// thing they cannot: whether a straight quote opens or closes; here it closes behind a stop.
///
/// Source: SRX 2.0 Specification (LISA OSCAR, 2008); expressions in the syntax of ICU and Java.
#[derive(Clone, Copy, Debug)]
pub struct Srx;

/// Does a text break here, what stands before, what stands behind.
type Rule = (bool, String, String);

const CLOSING: &str = r#"["”’»)\]）］」』》〉】]"#;
const OPENING: &str = r#"["“‘«(\[（［「『《〈【]"#;

/// The longest title in which no sentence ends, in characters on each side of the stop;
/// look-behind needs a bound.
const TITLE: usize = 80;

impl Srx {
    /// Writes the rules.
    ///
    /// # Errors
    ///
    /// Those of the writer.
    pub fn write(self, out: &mut dyn io::Write) -> io::Result<()> {
        let mut out = BufWriter::new(out);
        writeln!(out, r#"<?xml version="1.0" encoding="UTF-8"?>"#)?;
        writeln!(out, r#"<srx xmlns="http://www.lisa.org/srx20" version="2.0">"#)?;
        writeln!(
            out,
            "<header segmentsubflows=\"yes\" cascade=\"no\">\n\
             <formathandle type=\"start\" include=\"no\"/>\n\
             <formathandle type=\"end\" include=\"yes\"/>\n\
             <formathandle type=\"isolated\" include=\"no\"/>\n\
             </header>\n<body>\n<languagerules>"
        )?;
        for (name, rules) in [("Chinese", chinese()), ("English", english())] {
            writeln!(out, "<languagerule languagerulename=\"{name}\">")?;
            for (is_break, before, behind) in rules {
                let answer = if is_break { "yes" } else { "no" };
                let (before, behind) = (xml::content(&before), xml::content(&behind));
                writeln!(
                    out,
                    "<rule break=\"{answer}\"><beforebreak>{before}</beforebreak>\
                     <afterbreak>{behind}</afterbreak></rule>"
                )?;
            }
            writeln!(out, "</languagerule>")?;
        }
        writeln!(
            out,
            "</languagerules>\n<maprules>\n\
             <languagemap languagepattern=\"[Zz][Hh].*\" languagerulename=\"Chinese\"/>\n\
             <languagemap languagepattern=\"[Ee][Nn].*\" languagerulename=\"English\"/>\n\
             </maprules>\n</body>\n</srx>"
        )?;
        out.flush()
    }
}

fn chinese() -> Vec<Rule> {
    let stops = "[。！？!?｡．…]";
    let inner = "[，、；：,;:—－》]";
    let no = |before: String, behind: String| (false, before, behind);
    let yes = |before: String, behind: String| (true, before, behind);
    vec![
        // Inside a title nothing ends.
        no(
            format!("(?<=《[^《》]{{0,{TITLE}}}){stops}"),
            // Looked ahead to, for some tools take what matches here as used up.
            format!("(?=[^《》]{{0,{TITLE}}}》)"),
        ),
        no(format!("(?<=《[^《》]{{0,{TITLE}}}){stops}》"), ".".into()),
        // Marks that close there, and further stops, stay with their sentence.
        no(format!("{stops}{CLOSING}*"), CLOSING.into()),
        no(stops.into(), stops.into()),
        no(format!("{stops}{CLOSING}*"), format!(r"\s*{inner}")),
        // ３．５
        no("．".into(), r"[\p{L}\p{N}]".into()),
        // A trailing-off ends a sentence where a quote closes or opens behind it.
        yes(format!("…{CLOSING}+"), ".".into()),
        yes("…".into(), format!(r"\s*{OPENING}")),
        yes(format!("[。！？!?｡．]…*{CLOSING}*"), ".".into()),
    ]
}

fn english() -> Vec<Rule> {
    let no = |before: String, behind: &str| (false, before, behind.to_owned());
    let words: Vec<String> = abbreviations()
        .iter()
        .filter(|word| !matches!(**word, "etc" | "no"))
        .map(|word| word.replace('.', r"\."))
        .collect();
    vec![
        no(format!(r"(?i)\b(?:{})\.", words.join("|")), r"\s"),
        no(r"(?i)\betc\.".into(), r"\s+\P{Lu}"),
        no(r"(?i)\bno\.".into(), r"\s+\d"),
        // Initials, U.N., and the number of an item.
        no(r"\b\p{Lu}\.".into(), r"\s"),
        no(r"\b(?:\p{L}\.)+\p{L}\.".into(), r"\s"),
        no(r"^\s*[(\[]?(?:\d+|\p{Ll}{1,3})\.".into(), r"\s"),
        no(format!("[.!?…]{CLOSING}*"), r"\s+\p{Ll}"),
        no(format!(r"(?:…|\.\.\.){CLOSING}*"), r#"\s+[^\s\p{Lu}"“‘«(\[]"#),
        (true, format!("[.!?…]{CLOSING}*"), r"\s".into()),
        (true, format!("。{CLOSING}*"), ".".into()),
    ]
}

/// The kind of output.
pub(super) struct Kind;

impl ExportFormat for Kind {
    fn name(&self) -> &'static str {
        "srx"
    }

    fn holds(&self) -> Holds {
        Holds::Rules
    }

    fn files(&self) -> &'static [OutputFile] {
        const {
            &[OutputFile::new("zh.srx", "our splitting rules", |_product, out| {
                Srx.write(out)
            })]
        }
    }
}
