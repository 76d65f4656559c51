//! One text in which Chinese and English take turns.
//!
//! The turns may be paragraphs, or stand in one line: `第一条 租赁物 Article 1 Leased
//! Property`. Such a line is parted where the language changes (see [`runs`]). Where nearly
//! every turn is answered by one in the other language, the turns are pairs; else the two texts
//! are told apart and left to the aligner. A text whose turns cannot be told is refused.

mod runs;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use self::runs::{Shape, shape};
use super::aligned::Units;
use super::flow::{Flow, Piece, needs_blank, spanning};
use super::language::Language;
use super::separated::Row;
use super::{Problem, aligned, file};
use crate::text::script::is_han;
use crate::types::{
    BlockKind, FilePlace, Input, LeftOut, LeftOutKind, Noted, Notice, Pair, Paired,
    PairedUnit, Side, Source,
};

/// The share of the paragraphs of a text that each language must have at least.
const LEAST: f64 = 0.2;

/// The share of the turns in which a paragraph answers a paragraph, at least, if turns are to
/// be taken for pairs.
const EVEN: f64 = 0.9;

/// The share of rows that are pairs, at least, if a text is to be taken for a table.
const ROWS: f64 = 0.8;

/// The share of paragraphs that may mix the languages so that no one can part them; with more
/// the text is refused.
const MIXED: f64 = 0.1;

/// The two languages of one text.
pub(super) fn input(source: Source, path: &Path) -> Result<Noted<Input>, Problem> {
    let extension = file::ending(path);
    let table = match source.blocks {
        None => separated(&source.text, &extension)?,
        Some(_) => rows(&source)?,
    };
    if let Some(mut units) = table {
        let left_out = source.left_out.into_iter();
        units.left_out = left_out.chain(units.left_out).collect();
        return Ok(paired(source.name, units));
    }
    if is_table(&extension) {
        return Err(Problem::NoPairs);
    }
    let mut source = source;
    let pieces = pieces(&source);
    let pieces = one_version(pieces, &mut source.left_out);
    let pieces = told_once(pieces, &mut source.left_out);
    let turns = turns(&pieces)?;
    let units = pairs(&turns);
    if let Some(units) = units {
        let left_out = source.left_out;
        return Ok(paired(source.name, Units { units, left_out, ..Units::default() }));
    }
    let turns = without_rules(turns, &mut source.left_out);
    let mut texts = Pair::new(Side::Zh, Side::En).map(|side| part(&source, &turns, side));
    // It is one file: what it left out is told once.
    texts.zh.left_out = source.left_out;
    Ok(Noted { value: Input::Texts(texts), notices: Vec::new() })
}

/// [`noted`] as an input.
pub(super) fn paired(name: String, found: Units) -> Noted<Input> {
    let Noted { value, notices } = noted(name, found);
    Noted { value: Input::Paired(value), notices }
}

/// Units that are paired already, and what there is to say of their file.
pub(super) fn noted(name: String, found: Units) -> Noted<Paired> {
    let Units { units, left_out, open_quotes, .. } = found;
    let open = |line| Notice::QuoteOpen { name: name.clone(), line };
    let notices = open_quotes.into_iter().map(open).collect();
    Noted { value: Paired { name, units, left_out }, notices }
}

/// A text of cells, by the name of the file or by its tabs.
fn separated(text: &str, extension: &str) -> Result<Option<Units>, Problem> {
    let mut tabs = Tabs::default();
    tabs.add(text);
    match delimiter(text, extension, &tabs) {
        Some(mark) => aligned::separated(text, mark),
        None => Ok(None),
    }
}

/// What parts the cells of a text that begins so, by the name of its file or by its tabs; `None`
/// where it is no table.
pub(super) fn delimiter(head: &str, extension: &str, tabs: &Tabs) -> Option<char> {
    let with =
        |mark: char| head.lines().take(50).filter(|line| line.contains(mark)).count();
    match extension {
        "csv" => [',', ';', '\t'].into_iter().max_by_key(|&mark| with(mark)),
        "tsv" | "tab" => Some('\t'),
        _ => {
            let is_table = tabs.n_tabbed as f64 >= ROWS * tabs.n_filled.max(1) as f64;
            is_table.then_some('\t')
        }
    }
}

/// Is a file of that ending a table or nothing?
pub(super) fn is_table(extension: &str) -> bool {
    matches!(extension, "csv" | "tsv" | "tab")
}

/// How many lines of a text have tabs within, of a text that may come in pieces.
#[derive(Debug, Default)]
pub(super) struct Tabs {
    n_filled: usize,
    n_tabbed: usize,
    line: TabbedLine,
}

/// What is known of the line at hand.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum TabbedLine {
    #[default]
    Empty,
    Filled,
    /// Filled, and a tab behind that.
    Open,
    Tabbed,
}

impl Tabs {
    pub(super) fn add(&mut self, piece: &str) {
        for c in piece.chars() {
            self.line = match (self.line, c) {
                (_, '\n') => TabbedLine::Empty,
                (TabbedLine::Filled, '\t') => TabbedLine::Open,
                (line, c) if c.is_whitespace() => line,
                (TabbedLine::Empty, _) => {
                    self.n_filled += 1;
                    TabbedLine::Filled
                }
                (TabbedLine::Open, _) => {
                    self.n_tabbed += 1;
                    TabbedLine::Tabbed
                }
                (line, _) => line,
            };
        }
    }
}

/// The rows of a document that is one table, a column of each language; what stands around the
/// table is told.
fn rows(source: &Source) -> Result<Option<Units>, Problem> {
    let blocks = source.blocks.as_deref().unwrap_or_default();
    let (mut rows, mut others) = (Vec::new(), Vec::new());
    for (block, number) in blocks.iter().zip(1..) {
        let lines = block.lines.unwrap_or((number, number));
        let text = block.span.of(&source.text);
        if block.kind == BlockKind::Row {
            let cells = text.split('\t').map(str::to_owned).collect();
            rows.push(Row { cells, lines });
        } else {
            let place = FilePlace::Line(lines.0);
            others.push(LeftOut::new(LeftOutKind::Unread, place, text));
        }
    }
    if (rows.len() as f64) < ROWS * blocks.len().max(1) as f64 {
        return Ok(None);
    }
    let mut units = aligned::table(&rows, FilePlace::Line)?;
    if let Some(units) = &mut units {
        units.left_out.extend(others);
    }
    Ok(units)
}

/// The paragraphs of a text, or its lines.
fn pieces(source: &Source) -> Vec<Piece> {
    if let Some(blocks) = &source.blocks {
        let piece = |(block, number): (&crate::types::Block, usize)| Piece {
            soft: block.soft,
            cites: block.cites.clone(),
            lines: block.lines.or(Some((number, number))),
            language: block.language.clone(),
            ..Piece::new(block.span.of(&source.text), block.kind)
        };
        return blocks.iter().zip(1..).map(piece).collect();
    }
    let mut pieces = Vec::new();
    for (line, number) in source.text.split('\n').zip(1..) {
        let filled = line.split('\u{c}').filter(|part| !part.trim().is_empty());
        pieces.extend(filled.map(|part| Piece {
            lines: Some((number, number)),
            ..Piece::new(part, BlockKind::Paragraph)
        }));
    }
    pieces
}

/// The pieces in English and in one kind of Chinese, where the file says the language of each:
/// those in a third language, or in the other characters, are told and go.
fn one_version(pieces: Vec<Piece>, left_out: &mut Vec<LeftOut>) -> Vec<Piece> {
    let mut variants: BTreeMap<&str, usize> = BTreeMap::new();
    for piece in &pieces {
        if let Some(variant) = piece.language.as_deref().and_then(variant_of) {
            *variants.entry(variant).or_default() += piece.text.chars().count();
        }
    }
    let most = variants.iter().filter(|(variant, _)| **variant != "en");
    let most = most.max_by_key(|&(_, n_chars)| *n_chars).map(|(variant, _)| *variant);
    let is_bilingual = variants.contains_key("en") && most.is_some();
    let is_kept = |piece: &Piece| {
        let variant = piece.language.as_deref().map(variant_of);
        !is_bilingual
            || variant.is_none_or(|v| v.is_some_and(|v| v == "en" || most == Some(v)))
    };
    let (kept, others): (Vec<_>, Vec<_>) = pieces.into_iter().partition(is_kept);
    left_out.extend(others.into_iter().map(|piece| {
        let place = FilePlace::Line(piece.lines.map_or(1, |(line, _)| line));
        LeftOut::new(LeftOutKind::OtherLanguage, place, piece.text)
    }));
    kept
}

/// The share of the Chinese paragraphs that stand twice, in simplified and in traditional
/// characters, at least, if a text is to be taken for one in three columns.
const TOLD_TWICE: f64 = 0.6;

/// Two texts are one in two kinds of characters if at least this share of their characters is
/// the same: of the characters of running text about a third have two forms, of a short line
/// sometimes most.
const SAME: f64 = 0.25;

/// The fewest characters of a paragraph that tells by them that it stands twice.
const FEWEST_TOLD: usize = 4;

/// The fewest characters that have another form in the second version: lines that are alike
/// but for a word, as those of a form, differ in few.
const FEWEST_FORMS: usize = 5;

/// The pieces without those that repeat the Chinese before them in other characters, where the
/// file says nothing of languages: these are told and go.
fn told_once(pieces: Vec<Piece>, left_out: &mut Vec<LeftOut>) -> Vec<Piece> {
    let repeats = |k: usize| k > 0 && is_retold(&pieces[k - 1].text, &pieces[k].text);
    let mut is_second = vec![false; pieces.len()];
    for k in 1..pieces.len() {
        is_second[k] = !is_second[k - 1] && repeats(k);
    }
    let is_chinese = |piece: &&Piece| piece.text.chars().any(is_han);
    let n_chinese = pieces.iter().filter(is_chinese).count();
    let n_twice = 2 * is_second.iter().filter(|&&is_second| is_second).count();
    let seconds = (1..pieces.len()).filter(|&k| is_second[k]);
    let forms: BTreeSet<(char, char)> = seconds
        .flat_map(|k| {
            pieces[k - 1].text.trim().chars().zip(pieces[k].text.trim().chars())
        })
        .filter(|(one, other)| one != other)
        .collect();
    if forms.len() < FEWEST_FORMS || (n_twice as f64) < TOLD_TWICE * n_chinese as f64 {
        return pieces;
    }
    let mut kept = Vec::with_capacity(pieces.len());
    for (piece, is_second) in pieces.into_iter().zip(is_second) {
        if is_second {
            let place = FilePlace::Line(piece.lines.map_or(1, |(line, _)| line));
            let kind = LeftOutKind::OtherLanguage;
            left_out.push(LeftOut::new(kind, place, piece.text));
        } else {
            kept.push(piece);
        }
    }
    kept
}

/// Is one text the other, character by character, but for Han characters of another form?
fn is_retold(one: &str, other: &str) -> bool {
    let (one, other) = (one.trim(), other.trim());
    let n_chars = one.chars().count();
    if one == other || n_chars < FEWEST_TOLD || n_chars != other.chars().count() {
        return false;
    }
    let mut n_same = 0;
    for (a, b) in one.chars().zip(other.chars()) {
        match a == b {
            true => n_same += 1,
            false if is_han(a) && is_han(b) => {}
            false => return false,
        }
    }
    n_same as f64 >= SAME * n_chars as f64
}

/// The kind of Chinese that a tag of BCP 47 names, or `en`; `None` for a third language.
fn variant_of(tag: &str) -> Option<&'static str> {
    let tag = tag.to_lowercase().replace('_', "-");
    let mut parts = tag.split('-');
    match parts.next()? {
        "en" => Some("en"),
        "zh" | "cmn" | "yue" => {
            let is_traditional =
                parts.any(|part| matches!(part, "hant" | "tw" | "hk" | "mo" | "cht"));
            Some(if is_traditional { "zh-hant" } else { "zh-hans" })
        }
        _ => None,
    }
}

/// What one language says before the other takes its turn.
#[derive(Debug)]
struct Turn {
    /// `None` for numbers and marks alone, which hold for both.
    side: Option<Side>,
    piece: Piece,
    /// Is it the first part of a paragraph that holds both languages, or a later one?
    part: Option<usize>,
}

/// The turns of a text, paragraph by paragraph, those of both languages parted.
fn turns(pieces: &[Piece]) -> Result<Vec<Turn>, Problem> {
    let mut turns = Vec::with_capacity(pieces.len());
    let mut n_mixed = 0;
    for (k, piece) in pieces.iter().enumerate() {
        let told = piece.language.as_deref().and_then(variant_of);
        let before = k.checked_sub(1).map_or("", |k| pieces[k].text.as_str());
        let behind = pieces.get(k + 1).map_or("", |piece| piece.text.as_str());
        let of = |side| Turn { side, piece: piece.clone(), part: None };
        match (shape(&piece.text, [before, behind]), told) {
            (Shape::Neither, _) => turns.push(of(None)),
            (Shape::One(side), None) => turns.push(of(Some(side))),
            (Shape::Mixed(_), Some(tag)) | (Shape::One(_), Some(tag)) => {
                turns.push(of(Some(if tag == "en" { Side::En } else { Side::Zh })));
            }
            (Shape::Mixed(side), None) => {
                n_mixed += 1;
                turns.push(of(Some(side)));
            }
            (Shape::Both(runs), _) => {
                turns.extend(runs.into_iter().enumerate().map(|(k, (side, text))| {
                    Turn {
                        side: Some(side),
                        piece: Piece { text, ..piece.clone() },
                        part: Some(k),
                    }
                }));
            }
        }
    }
    let n_of = |side| turns.iter().filter(|turn| turn.side == Some(side)).count();
    let (n_zh, n_en) = (n_of(Side::Zh), n_of(Side::En));
    let least = LEAST * (n_zh + n_en).max(1) as f64;
    match ((n_zh as f64) < least, (n_en as f64) < least) {
        (true, true) => Err(Problem::OneText),
        (true, false) => Err(Problem::OneLanguage { language: Language::English }),
        (false, true) => Err(Problem::OneLanguage { language: Language::Chinese }),
        _ if n_mixed as f64 > MIXED * pieces.len() as f64 => Err(Problem::OneText),
        _ => Ok(turns),
    }
}

/// The turns as units, if a paragraph nearly always answers a paragraph.
fn pairs(turns: &[Turn]) -> Option<Vec<PairedUnit>> {
    let mut units: Vec<Pair<Vec<&Turn>>> = Vec::new();
    let leader = turns.iter().find(|turn| turn.part.is_none() && turn.side.is_some());
    let leader = leader.or(turns.first())?.side;
    let mut before: Option<&Turn> = None;
    for turn in turns {
        let Some(side) = turn.side else {
            // A number or a date on its own holds for both.
            units.push(Pair::new(vec![turn], vec![turn]));
            before = None;
            continue;
        };
        let begins = match (before, turn.part) {
            (None, _) => true,
            // The parts of one paragraph are pairs among themselves.
            (Some(_), Some(part)) => part % 2 == 0,
            (Some(before), None) => {
                before.part.is_some() || turn.side == leader && before.side != leader
            }
        };
        if begins {
            units.push(Pair::default());
        }
        units.last_mut()?.get_mut(side).push(turn);
        before = Some(turn);
    }
    let is_even = |unit: &&Pair<Vec<&Turn>>| unit.zh.len() == 1 && unit.en.len() == 1;
    let even = units.iter().filter(is_even).count();
    (even as f64 >= EVEN * units.len() as f64).then(|| units.iter().map(joined).collect())
}

/// A unit of the turns on its two sides.
fn joined(turns: &Pair<Vec<&Turn>>) -> PairedUnit {
    let lines = |turns: &[&Turn]| {
        turns.iter().fold(None, |all, turn| spanning(all, turn.piece.lines))
    };
    let all = spanning(lines(&turns.zh), lines(&turns.en)).unwrap_or((1, 1));
    let text = |turns: &[&Turn]| {
        let mut out = String::new();
        for turn in turns {
            let text = turn.piece.text.trim();
            if needs_blank(out.chars().next_back(), text.chars().next()) {
                out.push(' ');
            }
            out.push_str(text);
        }
        out
    };
    PairedUnit {
        text: turns.as_ref().map(|turns| text(turns)),
        lines: turns.as_ref().map(|turns| lines(turns).unwrap_or(all)),
        languages: Pair::default(),
    }
}

/// The turns without the rules, `* * *` or `-----`, that stand where one language ends and the
/// other begins: they part the two versions and belong to none; they are told and go.
fn without_rules(turns: Vec<Turn>, left_out: &mut Vec<LeftOut>) -> Vec<Turn> {
    let mut behind = vec![None; turns.len()];
    let mut next = None;
    for (k, turn) in turns.iter().enumerate().rev() {
        behind[k] = next;
        next = turn.side.or(next);
    }
    let mut before = None;
    let is_rule = |turn: &Turn| {
        turn.side.is_none() && !turn.piece.text.chars().any(char::is_alphanumeric)
    };
    let mut kept = Vec::with_capacity(turns.len());
    for (turn, behind) in turns.into_iter().zip(behind) {
        let parts = before.is_some() && behind.is_some() && before != behind;
        before = turn.side.or(before);
        if is_rule(&turn) && parts {
            let place = FilePlace::Line(turn.piece.lines.map_or(1, |(line, _)| line));
            left_out.push(LeftOut::new(LeftOutKind::Ornament, place, turn.piece.text));
        } else {
            kept.push(turn);
        }
    }
    kept
}

/// The text of one language, what is of neither in both, on the lines that it has in the file.
fn part(source: &Source, turns: &[Turn], side: Side) -> Source {
    let own = turns.iter().filter(|turn| turn.side.is_none_or(|found| found == side));
    // One file: what it holds beside the text is told once.
    let left_out = match side {
        Side::Zh => source.left_out.clone(),
        Side::En => Vec::new(),
    };
    let name = source.name.clone();
    if source.blocks.is_some() {
        let pieces = own.map(|turn| turn.piece.clone()).collect();
        return Flow { pieces, left_out }.into_source(name, source.encoding);
    }
    // The lines of the other language stay empty, so that lines keep their numbers.
    let n_lines = source.text.split('\n').count();
    let mut lines = vec![String::new(); n_lines];
    for turn in own {
        if let Some(line) = turn.piece.lines.and_then(|(k, _)| lines.get_mut(k - 1)) {
            if !line.is_empty() {
                line.push(' ');
            }
            line.push_str(&turn.piece.text);
        }
    }
    for (line, raw) in lines.iter_mut().zip(source.text.split('\n')) {
        if raw.contains('\u{c}') {
            line.insert(0, '\u{c}');
        }
    }
    let text = Source::plain(name, lines.join("\n"), source.encoding);
    Source { is_paged: source.is_paged, left_out, ..text }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Input, Problem> {
        let source = Source::plain("both.txt", text, "UTF-8");
        input(source, Path::new("both.txt")).map(|noted| noted.value)
    }

    fn pairs_of(text: &str) -> Vec<(String, String)> {
        let Ok(Input::Paired(paired)) = read(text) else { panic!("not paired") };
        paired.units.into_iter().map(|unit| (unit.text.zh, unit.text.en)).collect()
    }

    fn pair(zh: &str, en: &str) -> (String, String) {
        (zh.to_owned(), en.to_owned())
    }

    #[test]
    fn paragraphs_that_take_turns_are_pairs() {
        let text = "登记办法\nRules on Registration\n\n第一条 应当登记。\n\
                    Article 1 Registration is required.\n2016\n公告之。\nIt shall be announced.\n";
        let Input::Paired(paired) = read(text).unwrap() else { panic!("not paired") };
        assert_eq!(paired.units.len(), 4);
        assert_eq!(paired.units[0].text.en, "Rules on Registration");
        assert_eq!(paired.units[1].lines, Pair::new((4, 4), (5, 5)));
        assert_eq!(paired.units[2].text, Pair::new("2016".to_owned(), "2016".to_owned()));
    }

    #[test]
    fn chinese_that_stands_twice_in_two_kinds_of_characters_is_read_once() {
        let text = "登记处每天开门。\n登記處每天開門。\nThe registry opens daily.\n\n\
                    读者须在门前登记。\n讀者須在門前登記。\nReaders sign at the door.\n\n\
                    风暴时关门。\n風暴時關門。\nIt closes in a storm.\n";
        let Input::Paired(paired) = read(text).unwrap() else { panic!("not paired") };
        let zh: Vec<&str> =
            paired.units.iter().map(|unit| unit.text.zh.as_str()).collect();
        assert_eq!(zh, ["登记处每天开门。", "读者须在门前登记。", "风暴时关门。"]);
        assert_eq!(paired.left_out.len(), 3);
        assert_eq!(paired.left_out[0].kind, LeftOutKind::OtherLanguage);
        let form = "甲方签字：\n乙方签字：\nParty A signs:\nParty B signs:\n";
        let Input::Texts(texts) = read(&form.repeat(4)).unwrap() else {
            panic!("paired")
        };
        assert!(texts.zh.left_out.is_empty(), "lines that are alike are two");
    }

    #[test]
    fn uneven_turns_are_left_to_the_aligner_on_their_lines() {
        let text = "登记办法\n应当登记。\n公告之。\n\nRules on Registration\n\
                    Registration is required. It shall be announced.\n";
        let Input::Texts(texts) = read(text).unwrap() else { panic!("paired") };
        assert_eq!(texts.zh.text.trim_end(), "登记办法\n应当登记。\n公告之。");
        assert!(texts.en.text.starts_with("\n\n\n\nRules on"));
    }

    #[test]
    fn a_rule_between_the_two_versions_belongs_to_none() {
        let text = "渔业合同\n\n第一条 渔船归甲方。\n\n渔网归乙方。\n\n* * *\n\nFishing Contract\n\n\
            Article 1 The boat belongs to Party A.\n\nThe nets belong to Party B.\n";
        let Input::Texts(texts) = read(text).unwrap() else { panic!("paired") };
        let told = &texts.zh.left_out;
        assert!(told.iter().any(|left_out| left_out.text == "* * *"), "{told:?}");
        assert!(!texts.zh.text.contains('*') && !texts.en.text.contains('*'));
    }

    #[test]
    fn a_text_in_one_language_is_not_two() {
        let chinese = Problem::OneLanguage { language: Language::Chinese };
        assert_eq!(read("登记办法\n应当登记。\n"), Err(chinese));
        let english = Problem::OneLanguage { language: Language::English };
        assert_eq!(read("Rules\nof the harbour\n"), Err(english));
        assert_eq!(read(""), Err(Problem::OneText));
    }

    #[test]
    fn a_text_with_tabs_is_a_table() {
        let text =
            "登记办法\tRules on Registration\n应当登记。\tRegistration is required.\n";
        assert_eq!(pairs_of(text).len(), 2);
    }

    #[test]
    fn headings_hold_both_languages_and_paragraphs_one() {
        let text = "航标管理协议 Agreement on Sea Marks\n\n第一条 航标 Article 1 Sea Marks\n\n\
                    甲方维护灯塔。\n\nParty A maintains the lighthouse.\n\n\
                    第二条 费用 Article 2 Fees\n\n费用由乙方承担。\n\nParty B bears the fees.\n";
        let expected = [
            pair("航标管理协议", "Agreement on Sea Marks"),
            pair("第一条 航标", "Article 1 Sea Marks"),
            pair("甲方维护灯塔。", "Party A maintains the lighthouse."),
            pair("第二条 费用", "Article 2 Fees"),
            pair("费用由乙方承担。", "Party B bears the fees."),
        ];
        assert_eq!(pairs_of(text), expected);
    }

    #[test]
    fn a_chinese_paragraph_full_of_latin_is_chinese() {
        let text = "港口软件\n\n请从 https://example.org/harbour/download/ 下载 Harbour-Desk \
                    2.1（MIT License, Foo Bar Association）并安装 OpenSSL。\n\n\
                    Harbour Software\n\nDownload Harbour-Desk 2.1 (MIT License, Foo Bar \
                    Association) from https://example.org/harbour/download/ and install OpenSSL.\n";
        let Input::Texts(texts) = read(text).unwrap() else { panic!("paired") };
        assert!(texts.zh.text.contains("Harbour-Desk"));
    }

    #[test]
    fn languages_that_the_file_names_are_believed_and_one_chinese_is_kept() {
        let piece = |text: &str, language: &str, line| Piece {
            language: Some(language.into()),
            lines: Some((line, line)),
            ..Piece::new(text, BlockKind::Paragraph)
        };
        let pieces = vec![
            piece("港务局管理港口。", "zh-Hans", 1),
            piece("港務局管理港口。", "zh-Hant", 2),
            piece("The Port Authority runs the port.", "en", 3),
            piece("L'autorité gère le port.", "fr", 4),
            piece("灯塔每天检查，记录存档。", "zh-Hans", 5),
            piece("燈塔每天檢查，記錄存檔", "zh-Hant", 6),
            piece("The lighthouse is inspected daily.", "en", 7),
        ];
        let flow = Flow { pieces, left_out: Vec::new() };
        let source = flow.into_source("both.html".into(), "UTF-8");
        let Input::Paired(paired) = input(source, Path::new("both.html")).unwrap().value
        else {
            panic!("not paired")
        };
        assert_eq!(paired.units.len(), 2);
        assert_eq!(paired.units[1].text.zh, "灯塔每天检查，记录存档。");
        let told: Vec<_> =
            paired.left_out.iter().map(|left| left.place.clone()).collect();
        assert_eq!(told, [2, 4, 6].map(FilePlace::Line));
    }
}
