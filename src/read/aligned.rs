//! Texts that are aligned already: memories and tables with a column of each language.

use std::io::Cursor;
use std::path::Path;

use calamine::{Data, Reader as _, Xlsx};

use super::Problem;
use super::archive::Archive;
use super::flow::tidy;
use super::language::{Language, language_of};
use super::workbook::sheet;
use super::xml::{self, Part};
use crate::types::{Pair, Side};

/// The most units that are read.
const MOST_UNITS: usize = 2_000_000;

/// How many rows are looked at to find the two columns.
const SAMPLE: usize = 200;

/// Is the file a workbook, by its name?
pub(super) fn is_workbook(path: &Path) -> bool {
    let extension = path.extension().unwrap_or_default().to_string_lossy().to_lowercase();
    matches!(extension.as_str(), "xlsx" | "xlsm")
}

/// The units of a TMX or XLIFF file; `None` for another kind of file.
pub(super) fn memory(bytes: &[u8]) -> Result<Option<Vec<Pair<String>>>, Problem> {
    let head = &bytes[..bytes.len().min(4096)];
    // UTF-16 has a zero byte at each letter of the tag.
    let head: String =
        head.iter().filter(|&&b| b != 0).map(|&b| char::from(b)).collect::<String>();
    if !head.contains("<tmx") && !head.contains("<xliff") {
        return Ok(None);
    }
    let mut reader = Memory::default();
    xml::walk(bytes, |part| reader.part(part))?;
    let is_pair = |unit: &Pair<String>| !unit.zh.is_empty() && !unit.en.is_empty();
    if !reader.units.iter().any(is_pair) {
        return Err(Problem::NoPairs);
    }
    Ok(Some(reader.units))
}

/// What is gathered while a memory is walked through.
#[derive(Debug, Default)]
struct Memory {
    open: Vec<Box<str>>,
    units: Vec<Pair<String>>,
    /// The language of the source and the target, by the file.
    languages: (Option<Side>, Option<Side>),
    /// The language of the variant at hand.
    variant: Option<Side>,
    unit: Pair<Option<String>>,
    /// Texts whose language is not told.
    untold: Vec<String>,
    text: String,
    /// How many elements are open whose text is the code of a program.
    n_codes: usize,
    n_texts: usize,
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
    fn part(&mut self, part: Part) -> Result<(), Problem> {
        match part {
            Part::Start(element) => {
                let tag = |name: &str| element.get(name).and_then(side_of);
                match &*element.name {
                    "file" | "xliff" => {
                        let source = tag("source-language").or_else(|| tag("srcLang"));
                        let target = tag("target-language").or_else(|| tag("trgLang"));
                        self.languages.0 = source.or(self.languages.0);
                        self.languages.1 = target.or(self.languages.1);
                    }
                    "tuv" => self.variant = tag("xml:lang").or_else(|| tag("lang")),
                    name if is_text(name) => {
                        self.n_texts += 1;
                        self.text.clear();
                    }
                    name if is_code(name) => self.n_codes += 1,
                    _ => {}
                }
                self.open.push(element.name);
            }
            Part::Text(text) if self.n_texts > 0 && self.n_codes == 0 => {
                self.text.push_str(&text);
            }
            Part::Text(_) => {}
            Part::End => {
                let name = self.open.pop().unwrap_or_default();
                self.end(&name)?;
            }
        }
        Ok(())
    }

    fn end(&mut self, name: &str) -> Result<(), Problem> {
        match name {
            name if is_code(name) => self.n_codes = self.n_codes.saturating_sub(1),
            name if is_text(name) => {
                self.n_texts = self.n_texts.saturating_sub(1);
                let text = tidy(&std::mem::take(&mut self.text));
                // What a tool proposes beside the unit is no part of it.
                let is_proposal = self
                    .open
                    .iter()
                    .any(|open| matches!(&**open, "alt-trans" | "matches" | "match"));
                if is_proposal {
                    return Ok(());
                }
                let side = match name {
                    "seg" => self.variant,
                    "source" => self.languages.0,
                    _ => self.languages.1,
                };
                match side {
                    Some(side) => {
                        let slot = self.unit.get_mut(side);
                        if slot.is_none() {
                            *slot = Some(text);
                        }
                    }
                    None if name != "seg" => self.untold.push(text),
                    None => {}
                }
            }
            "tu" | "trans-unit" | "segment" => self.close()?,
            _ => {}
        }
        Ok(())
    }

    fn close(&mut self) -> Result<(), Problem> {
        for text in std::mem::take(&mut self.untold) {
            let side = match language_of(&text) {
                Some(Language::Chinese) => Side::Zh,
                _ => Side::En,
            };
            self.unit.get_mut(side).get_or_insert(text);
        }
        let unit = std::mem::take(&mut self.unit).map(Option::unwrap_or_default);
        push(&mut self.units, unit)
    }
}

fn push(units: &mut Vec<Pair<String>>, unit: Pair<String>) -> Result<(), Problem> {
    if unit.zh.is_empty() && unit.en.is_empty() {
        return Ok(());
    }
    if units.len() >= MOST_UNITS {
        return Err(Problem::TooMany { what: "units", limit: MOST_UNITS });
    }
    units.push(unit);
    Ok(())
}

/// The rows of the first sheet that has a column of each language.
pub(super) fn workbook(bytes: &[u8]) -> Result<Vec<Pair<String>>, Problem> {
    if bytes.starts_with(b"\xD0\xCF\x11\xE0") {
        return Err(Problem::Locked);
    }
    Archive::open(bytes)?.check("xl/", ".xml")?;
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes))
        .map_err(|error| Problem::damaged(error.to_string()))?;
    for name in book.sheet_names() {
        let sheet = sheet(&mut book, &name)?;
        let rows: Vec<Vec<String>> =
            sheet.rows().map(|row| row.iter().map(cell_text).collect()).collect();
        if let Some(units) = table(&rows) {
            return Ok(units);
        }
    }
    Err(Problem::NoPairs)
}

fn cell_text(cell: &Data) -> String {
    match cell {
        Data::Empty => String::new(),
        Data::String(text) => text.clone(),
        other => other.to_string(),
    }
}

/// The rows of a text with commas, semicolons or tabs; `None` where there are no two columns.
pub(super) fn separated(text: &str, delimiter: u8) -> Option<Vec<Pair<String>>> {
    let mut builder = csv::ReaderBuilder::new();
    builder.has_headers(false).flexible(true).delimiter(delimiter);
    if delimiter == b'\t' {
        // Tabs part the cells and nothing is quoted, unless cells say so all through.
        let quoted =
            text.lines().take(SAMPLE).filter(|line| line.starts_with('"')).count();
        builder.quoting(2 * quoted > text.lines().take(SAMPLE).count());
    }
    let mut reader = builder.from_reader(text.as_bytes());
    let rows: Vec<Vec<String>> = reader
        .records()
        .flatten()
        .map(|record| record.iter().map(str::to_owned).collect())
        .collect();
    table(&rows)
}

/// The two columns of a table, paired row by row; `None` where it has no two such columns.
pub(super) fn table(rows: &[Vec<String>]) -> Option<Vec<Pair<String>>> {
    let named = rows.first().and_then(|header| named_columns(header));
    let columns = named.or_else(|| columns_by_script(rows))?;
    let body = &rows[usize::from(named.is_some())..];
    let mut units = Vec::new();
    for row in body {
        let cell =
            |column: usize| row.get(column).map(|cell| tidy(cell)).unwrap_or_default();
        let unit = Pair::new(cell(columns.zh), cell(columns.en));
        push(&mut units, unit).ok()?;
    }
    let paired = units.iter().filter(|unit| !unit.zh.is_empty() && !unit.en.is_empty());
    (paired.count() > 0).then_some(units)
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
fn columns_by_script(rows: &[Vec<String>]) -> Option<Pair<usize>> {
    let sample = &rows[..rows.len().min(SAMPLE)];
    let width = sample.iter().map(Vec::len).max()?.min(1000);
    let share = |column: usize, language: Language| {
        let cells = sample.iter().filter_map(|row| row.get(column));
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

    #[test]
    fn a_tmx_gives_its_units_without_codes() {
        let tmx = "<tmx version='1.4'><header srclang='en'/><body><tu>\
            <tuv xml:lang='en-US'><seg>Register <bpt i='1'>&lt;b></bpt>now<ept i='1'/>.</seg></tuv>\
            <tuv xml:lang='fr'><seg>X</seg></tuv>\
            <tuv xml:lang='zh-CN'><seg>立即登记。</seg></tuv></tu>\
            <tu><tuv lang='EN'><seg>Alone</seg></tuv></tu></body></tmx>";
        let units = memory(tmx.as_bytes()).unwrap().unwrap();
        assert_eq!(units, [unit("立即登记。", "Register now."), unit("", "Alone")]);
    }

    #[test]
    fn both_versions_of_xliff_are_read() {
        let old = "<xliff version='1.2'><file source-language='zh-CN' target-language='en'>\
            <body><trans-unit id='1'><source>登记<g id='1'>处</g></source><target>registry</target>\
            <alt-trans><source>登记所</source><target>office</target></alt-trans></trans-unit></body></file></xliff>";
        assert_eq!(
            memory(old.as_bytes()).unwrap().unwrap(),
            [unit("登记处", "registry")]
        );
        let new = "<xliff version='2.0' srcLang='en' trgLang='zh'><file><unit><segment>\
            <source>registry</source><target>登记处</target></segment></unit></file></xliff>";
        assert_eq!(
            memory(new.as_bytes()).unwrap().unwrap(),
            [unit("登记处", "registry")]
        );
        let one =
            "<tmx><body><tu><tuv xml:lang='en'><seg>a</seg></tuv></tu></body></tmx>";
        assert_eq!(memory(one.as_bytes()), Err(Problem::NoPairs));
        assert_eq!(memory(b"<p>"), Ok(None));
    }

    #[test]
    fn columns_are_found_by_name_or_by_script() {
        let units = separated("id,en,zh\n1,registry,登记处\n2,\"act, law\",法\n", b',');
        assert_eq!(units.unwrap(), [unit("登记处", "registry"), unit("法", "act, law")]);
        let units =
            separated("登记处\tthe registry\n公告\tpublic notice\n", b'\t').unwrap();
        assert_eq!(units[1], unit("公告", "public notice"));
        assert_eq!(separated("登记处、公告\n其他规定\n", b','), None);
    }
}
