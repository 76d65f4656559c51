//! One text in which Chinese and English take turns.

use std::path::Path;

use super::flow::{Flow, Piece, needs_blank};
use super::language::{Language, language_of};
use super::{Problem, aligned};
use crate::types::{BlockKind, Input, Pair, Paired, Side, Source};

/// The share of the paragraphs of a text that each language must have at least.
const LEAST: f64 = 0.2;

/// The share of the turns in which a paragraph answers a paragraph, at least, if turns are to
/// be taken for pairs.
const EVEN: f64 = 0.9;

/// The share of rows that are pairs, at least, if a text is to be taken for a table.
const ROWS: f64 = 0.8;

/// The two languages of one text.
pub(super) fn input(source: Source, path: &Path) -> Result<Input, Problem> {
    let paired = |units| Input::Paired(Paired { name: source.name.clone(), units });
    let extension = path.extension().unwrap_or_default().to_string_lossy().to_lowercase();
    if source.blocks.is_none() {
        if let Some(units) = separated(&source.text, &extension) {
            return Ok(paired(units));
        }
        if matches!(extension.as_str(), "csv" | "tsv" | "tab") {
            return Err(Problem::NoPairs);
        }
    } else if let Some(units) = rows(&source) {
        return Ok(paired(units));
    }
    let pieces = pieces(&source);
    let sides = sides(&pieces);
    let share = |side: Side| {
        let of = sides.iter().filter(|&&found| found == Some(side)).count();
        of as f64 / sides.iter().flatten().count().max(1) as f64
    };
    if share(Side::Zh) < LEAST || share(Side::En) < LEAST {
        return Err(Problem::OneText);
    }
    Ok(match turns(&pieces, &sides) {
        Some(units) => paired(units),
        None => Input::Texts(
            Pair::new(Side::Zh, Side::En)
                .map(|side| part(&source, &pieces, &sides, side)),
        ),
    })
}

/// A text of cells, by the name of the file or by its tabs.
fn separated(text: &str, extension: &str) -> Option<Vec<Pair<String>>> {
    let with =
        |mark: char| text.lines().take(50).filter(|line| line.contains(mark)).count();
    match extension {
        "csv" => {
            let mark = [',', ';', '\t'].into_iter().max_by_key(|&mark| with(mark))?;
            aligned::separated(text, u8::try_from(mark).ok()?)
        }
        "tsv" | "tab" => aligned::separated(text, b'\t'),
        _ => {
            let filled = text.lines().filter(|line| !line.trim().is_empty()).count();
            let tabbed = text.lines().filter(|line| line.trim().contains('\t')).count();
            let is_table = tabbed as f64 >= ROWS * filled.max(1) as f64;
            is_table.then(|| aligned::separated(text, b'\t')).flatten()
        }
    }
}

/// The rows of a document that is one table, a column of each language.
fn rows(source: &Source) -> Option<Vec<Pair<String>>> {
    let blocks = source.blocks.as_ref()?;
    let rows: Vec<Vec<String>> = blocks
        .iter()
        .filter(|block| block.kind == BlockKind::Row)
        .map(|block| block.span.of(&source.text).split('\t').map(str::to_owned).collect())
        .collect();
    let is_table = rows.len() as f64 >= ROWS * blocks.len().max(1) as f64;
    is_table.then(|| aligned::table(&rows)).flatten()
}

/// The paragraphs of a text, or its lines.
fn pieces(source: &Source) -> Vec<Piece> {
    let piece = |text: &str, kind, soft, cites| Piece {
        text: text.to_owned(),
        kind,
        soft,
        cites,
    };
    match &source.blocks {
        Some(blocks) => blocks
            .iter()
            .map(|block| {
                let text = block.span.of(&source.text);
                piece(text, block.kind, block.soft, block.cites.clone())
            })
            .collect(),
        None => source
            .text
            .split(['\n', '\u{c}'])
            .map(|line| piece(line, BlockKind::Paragraph, false, Vec::new()))
            .filter(|piece| !piece.text.trim().is_empty())
            .collect(),
    }
}

/// The language of each paragraph; `None` for numbers and marks alone.
fn sides(pieces: &[Piece]) -> Vec<Option<Side>> {
    let side = |piece: &Piece| match language_of(&piece.text)? {
        Language::Chinese => Some(Side::Zh),
        Language::English => Some(Side::En),
        Language::Other => None,
    };
    pieces.iter().map(side).collect()
}

/// The turns as units, if a paragraph nearly always answers a paragraph.
fn turns(pieces: &[Piece], sides: &[Option<Side>]) -> Option<Vec<Pair<String>>> {
    let mut units: Vec<Pair<Vec<&str>>> = Vec::new();
    let leader = sides.iter().flatten().next()?;
    let mut before = None;
    for (piece, side) in pieces.iter().zip(sides) {
        let text = piece.text.trim();
        let Some(side) = side else {
            // A number or a date on its own holds for both.
            units.push(Pair::new(vec![text], vec![text]));
            before = None;
            continue;
        };
        let begins = before.is_none() || side == leader && before != Some(leader);
        if begins {
            units.push(Pair::default());
        }
        units.last_mut()?.get_mut(*side).push(text);
        before = Some(side);
    }
    let even =
        units.iter().filter(|unit| unit.zh.len() == 1 && unit.en.len() == 1).count();
    let join = |texts: Vec<&str>| {
        let mut out = String::new();
        for text in texts {
            if needs_blank(out.chars().next_back(), text.chars().next()) {
                out.push(' ');
            }
            out.push_str(text);
        }
        out
    };
    (even as f64 >= EVEN * units.len() as f64)
        .then(|| units.into_iter().map(|unit| unit.map(join)).collect())
}

/// The text of one language, what is of neither in both.
fn part(source: &Source, pieces: &[Piece], sides: &[Option<Side>], side: Side) -> Source {
    let is_of = |found: &Option<Side>| found.is_none_or(|found| found == side);
    let own = pieces.iter().zip(sides).filter(|(_, found)| is_of(found));
    let own: Vec<Piece> = own.map(|(piece, _)| piece.clone()).collect();
    let name = source.name.clone();
    if source.blocks.is_some() {
        return Flow { pieces: own }.into_source(name, source.encoding);
    }
    let lines: Vec<String> = own.into_iter().map(|piece| piece.text).collect();
    let text = lines.join("\n") + "\n";
    Source { is_paged: source.is_paged, ..Source::plain(name, text, source.encoding) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Input, Problem> {
        input(Source::plain("both.txt", text, "UTF-8"), Path::new("both.txt"))
    }

    #[test]
    fn paragraphs_that_take_turns_are_pairs() {
        let text = "登记办法\nRules on Registration\n\n第一条 应当登记。\n\
                    Article 1 Registration is required.\n2016\n公告之。\nIt shall be announced.\n";
        let Input::Paired(paired) = read(text).unwrap() else { panic!("not paired") };
        assert_eq!(paired.units.len(), 4);
        assert_eq!(paired.units[0].en, "Rules on Registration");
        assert_eq!(paired.units[2], Pair::new("2016".to_owned(), "2016".to_owned()));
    }

    #[test]
    fn uneven_turns_are_left_to_the_aligner() {
        let text = "登记办法\n应当登记。\n公告之。\nRules on Registration\n\
                    Registration is required. It shall be announced.\n";
        let Input::Texts(texts) = read(text).unwrap() else { panic!("paired") };
        assert_eq!(texts.zh.text, "登记办法\n应当登记。\n公告之。\n");
        assert!(texts.en.text.starts_with("Rules on"));
    }

    #[test]
    fn a_text_in_one_language_is_not_two() {
        assert_eq!(read("登记办法\n应当登记。\n"), Err(Problem::OneText));
        assert_eq!(read(""), Err(Problem::OneText));
    }

    #[test]
    fn a_text_with_tabs_is_a_table() {
        let text =
            "登记办法\tRules on Registration\n应当登记。\tRegistration is required.\n";
        assert!(
            matches!(read(text), Ok(Input::Paired(paired)) if paired.units.len() == 2)
        );
    }
}
