//! Texts that are aligned already: memories and tables with a column of each language.

use std::io::Cursor;
use std::path::Path;

use calamine::{Data, Reader as _, Xlsx};

use super::Problem;
use super::archive::Archive;
use super::file;
use super::flow::{Flow, tidy};
use super::language::{Language, language_of};
use super::separated::{self, Row};
use super::workbook::sheet_with_gaps;
use super::xml::{self, Part};
use crate::types::{FilePlace, LeftOut, LeftOutKind, Pair, PairedUnit, Side};

/// The most units that are read.
const MOST_UNITS: usize = 2_000_000;

/// How many rows are looked at to find the two columns.
pub(super) const SAMPLE: usize = 200;

/// Is the file a workbook, by its name?
pub(super) fn is_workbook(path: &Path) -> bool {
    let extension = file::ending(path);
    matches!(extension.as_str(), "xlsx" | "xlsm")
}

/// What is read of a text that is aligned already.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Units {
    pub(super) units: Vec<PairedUnit>,
    pub(super) left_out: Vec<LeftOut>,
    /// The lines of quotation marks that are opened and not closed.
    pub(super) open_quotes: Vec<usize>,
    /// The length of all texts of the units, and of what a table holds beside them, in bytes.
    pub(super) size: usize,
}

impl Units {
    /// Appends a unit, unless it is empty.
    fn push(&mut self, unit: PairedUnit) -> Result<(), Problem> {
        if unit.text.zh.is_empty() && unit.text.en.is_empty() {
            return Ok(());
        }
        if self.units.len() >= MOST_UNITS {
            return Err(Problem::TooMany { what: "units", limit: MOST_UNITS });
        }
        self.size += unit.text.zh.len() + unit.text.en.len();
        self.units.push(unit);
        Ok(())
    }

    pub(super) fn has_pair(&self) -> bool {
        let is_pair =
            |unit: &PairedUnit| !unit.text.zh.is_empty() && !unit.text.en.is_empty();
        self.units.iter().any(is_pair)
    }

    /// Has the last unit two sides?
    pub(super) fn ends_paired(&self) -> bool {
        let last = self.units.last();
        last.is_some_and(|unit| !unit.text.zh.is_empty() && !unit.text.en.is_empty())
    }
}

/// The units of a TMX or XLIFF file; `None` for another kind of file.
pub(super) fn memory(bytes: &[u8]) -> Result<Option<Units>, Problem> {
    if !is_memory(bytes) {
        return Ok(None);
    }
    let mut reader = Memory::default();
    xml::walk(bytes, |part, line| reader.part(part, line))?;
    if !reader.found.has_pair() {
        return Err(Problem::NoPairs);
    }
    Ok(Some(reader.take()))
}

/// How many bytes of a file are looked at to tell its format.
pub(super) const HEAD: usize = 4096;

/// Does a TMX or XLIFF file begin so?
pub(super) fn is_memory(bytes: &[u8]) -> bool {
    let head = &bytes[..bytes.len().min(HEAD)];
    // UTF-16 has a zero byte at each letter of the tag.
    let head: String =
        head.iter().filter(|&&b| b != 0).map(|&b| char::from(b)).collect::<String>();
    head.contains("<tmx") || head.contains("<xliff")
}

/// What is gathered while a memory is walked through.
#[derive(Debug, Default)]
pub(super) struct Memory {
    open: Vec<Box<str>>,
    found: Units,
    /// What is left out between the units.
    flow: Flow,
    /// The languages of the source and the target, by the file.
    languages: (Option<Box<str>>, Option<Box<str>>),
    /// The language of the variant at hand.
    variant: Option<Box<str>>,
    unit: Pair<Option<Variant>>,
    /// Texts whose language is not told.
    untold: Vec<Variant>,
    text: String,
    /// The line that the text at hand begins on.
    first_line: usize,
    /// How many elements are open whose text is the code of a program.
    n_codes: usize,
    n_texts: usize,
}

/// One side of a unit.
#[derive(Debug, Default)]
struct Variant {
    text: String,
    lines: (usize, usize),
    language: Option<Box<str>>,
}

/// Elements that hold a text of a unit.
fn is_text(name: &str) -> bool {
    matches!(name, "seg" | "source" | "target")
}

/// Elements inside a text that hold codes (TMX 1.4b, 4.2; XLIFF 1.2, 2.4).
fn is_code(name: &str) -> bool {
    matches!(name, "bpt" | "ept" | "it" | "ph" | "ut" | "x" | "bx" | "ex")
}

fn side_of(tag: &str) -> Option<Side> {
    let tag = tag.to_lowercase();
    let primary = tag.split(['-', '_']).next().unwrap_or("");
    match primary {
        "zh" | "cmn" | "zho" | "chi" => Some(Side::Zh),
        "en" | "eng" => Some(Side::En),
        _ => None,
    }
}

impl Memory {
    /// What was found since it was last taken; what is left out is not in it yet.
    pub(super) fn found(&self) -> &Units {
        &self.found
    }

    /// Takes what was found since the last time.
    pub(super) fn take(&mut self) -> Units {
        let left_out = std::mem::take(&mut self.flow.left_out);
        Units { left_out, ..std::mem::take(&mut self.found) }
    }

    pub(super) fn part(&mut self, part: Part, line: usize) -> Result<(), Problem> {
        match part {
            Part::Start(element) => {
                let tag = |name: &str| element.get(name).map(Box::<str>::from);
                match &*element.name {
                    "file" | "xliff" => {
                        let source = tag("source-language").or_else(|| tag("srcLang"));
                        let target = tag("target-language").or_else(|| tag("trgLang"));
                        self.languages.0 = source.or(self.languages.0.take());
                        self.languages.1 = target.or(self.languages.1.take());
                    }
                    "tuv" => self.variant = tag("xml:lang").or_else(|| tag("lang")),
                    name if is_text(name) => {
                        self.n_texts += 1;
                        self.text.clear();
                        self.first_line = line;
                    }
                    name if is_code(name) => self.n_codes += 1,
                    _ => {}
                }
                self.open.push(element.name);
            }
            Part::Text(text) if self.n_texts > 0 && self.n_codes == 0 => {
                self.text.push_str(&text);
            }
            Part::Text(text) => {
                let kind = match self.open.last().map(|name| &**name) {
                    _ if self.n_codes > 0 => LeftOutKind::Code,
                    Some("note") => LeftOutKind::Comment,
                    // The source once more, in pieces.
                    Some("seg-source" | "mrk") => LeftOutKind::Other,
                    _ => LeftOutKind::Metadata,
                };
                self.flow.leave_out(kind, Some((line, line)), &text);
            }
            Part::End => {
                let name = self.open.pop().unwrap_or_default();
                self.end(&name, line)?;
            }
        }
        Ok(())
    }

    fn end(&mut self, name: &str, line: usize) -> Result<(), Problem> {
        match name {
            name if is_code(name) => self.n_codes = self.n_codes.saturating_sub(1),
            name if is_text(name) => {
                self.n_texts = self.n_texts.saturating_sub(1);
                self.end_text(name, line);
            }
            // What XLIFF 2 keeps between two segments may be text all the same.
            "tu" | "trans-unit" | "segment" | "ignorable" => self.close()?,
            _ => {}
        }
        Ok(())
    }

    fn end_text(&mut self, name: &str, line: usize) {
        let text = tidy(&std::mem::take(&mut self.text));
        let lines = (self.first_line.min(line), line);
        // What a tool proposes beside the unit is no part of it.
        let is_proposal = self
            .open
            .iter()
            .any(|open| matches!(&**open, "alt-trans" | "matches" | "match"));
        if is_proposal {
            self.flow.leave_out(LeftOutKind::Other, Some(lines), &text);
            return;
        }
        let language = match name {
            "seg" => self.variant.clone(),
            "source" => self.languages.0.clone(),
            _ => self.languages.1.clone(),
        };
        let side = language.as_deref().and_then(side_of);
        let is_told = name == "seg" || language.is_some();
        let variant = Variant { text, lines, language };
        match side {
            Some(side) if self.unit.get(side).is_none() => {
                *self.unit.get_mut(side) = Some(variant);
            }
            None if !is_told => self.untold.push(variant),
            _ => {
                let kind = LeftOutKind::OtherLanguage;
                self.flow.leave_out(kind, Some(lines), &variant.text);
            }
        }
    }

    fn close(&mut self) -> Result<(), Problem> {
        for variant in std::mem::take(&mut self.untold) {
            let side = match language_of(&variant.text) {
                Some(Language::Chinese) => Side::Zh,
                _ => Side::En,
            };
            match self.unit.get_mut(side) {
                Some(_) => {
                    let kind = LeftOutKind::Other;
                    self.flow.leave_out(kind, Some(variant.lines), &variant.text);
                }
                slot => *slot = Some(variant),
            }
        }
        let Pair { zh, en } = std::mem::take(&mut self.unit);
        let lines = zh.as_ref().or(en.as_ref()).map_or((1, 1), |variant| variant.lines);
        let empty = || Variant { lines, ..Variant::default() };
        let (zh, en) = (zh.unwrap_or_else(empty), en.unwrap_or_else(empty));
        self.found.push(PairedUnit {
            text: Pair::new(zh.text, en.text),
            lines: Pair::new(zh.lines, en.lines),
            languages: Pair::new(zh.language, en.language),
        })
    }
}

/// The rows of all sheets that have a column of each language.
pub(super) fn workbook(bytes: &[u8]) -> Result<Units, Problem> {
    if bytes.starts_with(b"\xD0\xCF\x11\xE0") {
        return Err(Problem::Locked);
    }
    Archive::open(bytes)?.check("xl/", ".xml")?;
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes))
        .map_err(|error| Problem::damaged(error.to_string()))?;
    let mut found = Units::default();
    for name in book.sheet_names() {
        let (sheet, gaps) = sheet_with_gaps(&mut book, &name)?;
        let first = sheet.start().map_or(0, |(row, _)| row as usize);
        let row = |(k, cells): (usize, &[Data])| {
            let number = first + k + 1;
            let cells = cells.iter().map(cell_text).collect();
            Row { cells, lines: (number, number) }
        };
        let rows: Vec<Row> = sheet.rows().enumerate().map(row).collect();
        let place = |row: usize| FilePlace::Part(format!("{name}!{row}"));
        match table(&rows, place)? {
            Some(units) => {
                found.units.extend(units.units);
                found.left_out.extend(units.left_out);
            }
            None => found.left_out.extend(rows.iter().filter_map(|row| {
                left_cells(row.cells.iter(), LeftOutKind::Unread, place(row.lines.0))
            })),
        }
        found.left_out.extend(gaps.into_iter().map(|(cell, formula)| {
            let place = FilePlace::Part(format!("{name}!{cell}"));
            LeftOut::new(LeftOutKind::Unread, place, formula)
        }));
    }
    if found.has_pair() { Ok(found) } else { Err(Problem::NoPairs) }
}

fn cell_text(cell: &Data) -> String {
    match cell {
        Data::Empty => String::new(),
        Data::String(text) => text.clone(),
        other => other.to_string(),
    }
}

/// Cells that are in no unit; `None` where nothing stands in them.
fn left_cells<'a>(
    cells: impl Iterator<Item = &'a String>,
    kind: LeftOutKind,
    place: FilePlace,
) -> Option<LeftOut> {
    let filled = cells.map(|cell| tidy(cell)).filter(|cell| !cell.is_empty());
    let text = filled.collect::<Vec<_>>().join("\t");
    (!text.is_empty()).then(|| LeftOut::new(kind, place, text))
}

/// The rows of a text with commas, semicolons or tabs; `None` where there are no two columns.
pub(super) fn separated(text: &str, delimiter: char) -> Result<Option<Units>, Problem> {
    let found = separated::rows(text, delimiter, is_quoted(text, delimiter));
    let units = table(&found.rows, FilePlace::Line)?;
    Ok(units.map(|units| Units { open_quotes: found.open_quotes, ..units }))
}

/// Do quotation marks quote the cells of a text that begins so?
pub(super) fn is_quoted(head: &str, delimiter: char) -> bool {
    let starts = |line: &&str| line.starts_with('"');
    let n_lines = head.lines().take(SAMPLE).count();
    // Tabs part the cells and nothing is quoted, unless cells say so all through.
    delimiter != '\t' || 2 * head.lines().take(SAMPLE).filter(starts).count() > n_lines
}

/// The two columns of a table, paired row by row; `None` where it has no two such columns.
/// `place` says where a row stands.
pub(super) fn table(
    rows: &[Row],
    place: impl Fn(usize) -> FilePlace,
) -> Result<Option<Units>, Problem> {
    let Some(mut columns) = Columns::find(rows) else { return Ok(None) };
    let mut found = Units::default();
    for row in rows {
        columns.add(row, &place(row.lines.0), &mut found)?;
    }
    Ok(found.has_pair().then_some(found))
}

/// The two columns of a table whose rows are units.
#[derive(Debug)]
pub(super) struct Columns {
    of: Pair<usize>,
    /// How many cells the header has, if there is one.
    width: Option<usize>,
    /// Does the header come next?
    is_header: bool,
}

impl Columns {
    /// The columns by how a table begins: by the names in its first row, or else by the script of
    /// a sample.
    pub(super) fn find(rows: &[Row]) -> Option<Self> {
        let header = rows.first()?;
        let named = named_columns(&header.cells);
        let is_header = named.is_some();
        let width = is_header.then_some(header.cells.len());
        Some(Self { of: named.or_else(|| columns_by_script(rows))?, width, is_header })
    }

    /// Adds the next row, from the first on: its unit, and what stands beside that.
    pub(super) fn add(
        &mut self,
        row: &Row,
        place: &FilePlace,
        found: &mut Units,
    ) -> Result<(), Problem> {
        let mut leave_out = |left: Option<LeftOut>| {
            found.size += left.as_ref().map_or(0, |left| left.text.len());
            found.left_out.extend(left);
        };
        let metadata = LeftOutKind::Metadata;
        if std::mem::take(&mut self.is_header) {
            leave_out(left_cells(row.cells.iter(), metadata, place.clone()));
            return Ok(());
        }
        let others = || {
            let others = row.cells.iter().enumerate();
            others.filter(|&(k, _)| k != self.of.zh && k != self.of.en)
        };
        // A cell beyond the header comes of a mark that was meant as a letter.
        let width = self.width.unwrap_or(usize::MAX);
        let known = others().filter(|&(k, _)| k < width).map(|(_, cell)| cell);
        let beyond = others().filter(|&(k, _)| k >= width).map(|(_, cell)| cell);
        leave_out(left_cells(known, metadata, place.clone()));
        leave_out(left_cells(beyond, LeftOutKind::Unread, place.clone()));
        let cell = |column: usize| row.cells.get(column).map(|cell| tidy(cell));
        found.push(PairedUnit {
            text: self.of.map(|column| cell(column).unwrap_or_default()),
            lines: Pair::new(row.lines, row.lines),
            ..PairedUnit::default()
        })
    }
}

fn named_columns(header: &[String]) -> Option<Pair<usize>> {
    let find = |side: Side| {
        header.iter().position(|cell| {
            let cell = cell.trim().to_lowercase();
            let is_named = match side {
                Side::Zh => matches!(
                    cell.as_str(),
                    "chinese" | "中文" | "中" | "汉语" | "漢語" | "简体中文" | "繁體中文"
                ),
                Side::En => {
                    matches!(cell.as_str(), "english" | "英文" | "英" | "英语" | "英語")
                }
            };
            is_named || cell.len() <= 10 && side_of(&cell) == Some(side)
        })
    };
    let (zh, en) = (find(Side::Zh)?, find(Side::En)?);
    (zh != en).then(|| Pair::new(zh, en))
}

/// The columns in which most of the filled cells of a sample are Chinese, and English.
fn columns_by_script(rows: &[Row]) -> Option<Pair<usize>> {
    let sample = &rows[..rows.len().min(SAMPLE)];
    let width = sample.iter().map(|row| row.cells.len()).max()?.min(1000);
    let share = |column: usize, language: Language| {
        let cells = sample.iter().filter_map(|row| row.cells.get(column));
        let filled: Vec<&String> = cells.filter(|cell| !cell.trim().is_empty()).collect();
        let of = filled.iter().filter(|cell| language_of(cell) == Some(language)).count();
        // At least half of the rows, and of what the column holds.
        (2 * of >= sample.len().max(1) && 2 * of > filled.len()).then_some(of)
    };
    let best = |language: Language| {
        let found = (0..width).filter_map(|k| share(k, language).map(|of| (of, k)));
        found.max_by_key(|&(of, k)| (of, std::cmp::Reverse(k))).map(|(_, k)| k)
    };
    Some(Pair::new(best(Language::Chinese)?, best(Language::English)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn unit(zh: &str, en: &str) -> Pair<String> {
        Pair::new(zh.to_owned(), en.to_owned())
    }

    fn texts(units: &Units) -> Vec<Pair<String>> {
        units.units.iter().map(|unit| unit.text.clone()).collect()
    }

    fn separated_texts(text: &str, delimiter: char) -> Vec<Pair<String>> {
        texts(&separated(text, delimiter).unwrap().unwrap())
    }

    #[test]
    fn a_tmx_gives_its_units_without_codes() {
        let tmx = "<tmx version='1.4'><header srclang='en'/><body><tu>\
            <tuv xml:lang='en-US'><seg>Register <bpt i='1'>&lt;b></bpt>now<ept i='1'/>.</seg></tuv>\
            <tuv xml:lang='fr'><seg>X</seg></tuv>\
            <tuv xml:lang='zh-CN'><seg>立即登记。</seg></tuv></tu>\
            <tu><tuv lang='EN'><seg>Alone</seg></tuv></tu></body></tmx>";
        let units = memory(tmx.as_bytes()).unwrap().unwrap();
        let languages = units.units[0].languages.as_ref().map(|tag| tag.as_deref());
        assert_eq!(languages, Pair::new(Some("zh-CN"), Some("en-US")));
        let mut kinds: Vec<_> = units.left_out.iter().map(|left| left.kind).collect();
        kinds.dedup();
        assert_eq!(kinds, [LeftOutKind::Code, LeftOutKind::OtherLanguage]);
        assert_eq!(
            texts(&units),
            [unit("立即登记。", "Register now."), unit("", "Alone")]
        );
    }

    #[test]
    fn both_versions_of_xliff_are_read() {
        let old = "<xliff version='1.2'><file source-language='zh-CN' target-language='en'>\
            <body><trans-unit id='1'><source>登记<g id='1'>处</g></source><target>registry</target>\
            <alt-trans><source>登记所</source><target>office</target></alt-trans></trans-unit></body></file></xliff>";
        assert_eq!(
            texts(&memory(old.as_bytes()).unwrap().unwrap()),
            [unit("登记处", "registry")]
        );
        let new = "<xliff version='2.0' srcLang='en' trgLang='zh'><file><unit><segment>\
            <source>registry</source><target>登记处</target></segment></unit></file></xliff>";
        assert_eq!(
            texts(&memory(new.as_bytes()).unwrap().unwrap()),
            [unit("登记处", "registry")]
        );
        let one =
            "<tmx><body><tu><tuv xml:lang='en'><seg>a</seg></tuv></tu></body></tmx>";
        assert_eq!(memory(one.as_bytes()), Err(Problem::NoPairs));
        assert_eq!(memory(b"<p>"), Ok(None));
    }

    #[test]
    fn columns_are_found_by_name_or_by_script() {
        let units =
            separated_texts("id,en,zh\n1,registry,登记处\n2,\"act, law\",法\n", ',');
        assert_eq!(units, [unit("登记处", "registry"), unit("法", "act, law")]);
        let units = separated_texts("登记处\tthe registry\n公告\tpublic notice\n", '\t');
        assert_eq!(units[1], unit("公告", "public notice"));
        assert_eq!(separated("登记处、公告\n其他规定\n", ','), Ok(None));
    }

    #[test]
    fn units_know_their_lines_and_other_cells_are_told() {
        let text = "no,en,zh\n\n1,harbour,港口\n2,Stay, or go.,去留,随意\n";
        let found = separated(text, ',').unwrap().unwrap();
        let lines: Vec<_> = found.units.iter().map(|unit| unit.lines.zh).collect();
        assert_eq!(lines, [(3, 3), (4, 4)]);
        let told: Vec<_> =
            found.left_out.iter().map(|left| (left.kind, left.text.as_str())).collect();
        let expected = [
            (LeftOutKind::Metadata, "no\ten\tzh"),
            (LeftOutKind::Metadata, "1"),
            (LeftOutKind::Metadata, "2"),
            (LeftOutKind::Unread, "去留\t随意"),
        ];
        assert_eq!(told, expected);
    }

    #[test]
    fn all_sheets_are_read_and_their_other_cells_told() {
        let mut book = rust_xlsxwriter::Workbook::new();
        for (zh, en) in [("港口", "harbour"), ("灯塔", "lighthouse")] {
            let page = book.add_worksheet();
            page.write(0, 0, "zh").unwrap();
            page.write(0, 1, "en").unwrap();
            page.write(1, 0, zh).unwrap();
            page.write(1, 1, en).unwrap();
        }
        let notes = book.add_worksheet();
        notes.write(4, 1, "只有一栏").unwrap();
        let found = workbook(&book.save_to_buffer().unwrap()).unwrap();
        assert_eq!(texts(&found), [unit("港口", "harbour"), unit("灯塔", "lighthouse")]);
        let places: Vec<String> =
            found.left_out.iter().map(|left| left.place.to_string()).collect();
        assert_eq!(places, ["Sheet1!1", "Sheet2!1", "Sheet3!5"]);
    }
}
