//! How far the score of a bead can be taken at its word, by kind of text.
//!
//! ```text
//! cargo run --release --example calibration -- statute=DIR,DIR novel=DIR …
//! ```
//!
//! A folder holds lines with gold ladders (`zh/ID.txt`, `en/ID.txt`, `gold/ID.ladder`; or
//! `zh.txt`, `en.txt`, `gold.ladder` of a text set one segment a line), or `zh.txt`, `en.txt`
//! and `gold.tsv`: a header, and a row for each unit with its text in the columns `zh` and
//! `en`, paragraphs parted by `¶`. Printed is for each kind how many beads have a score over
//! .5, .8, .9, .95 and .98, and how many of these are wrong.
//!
//! A bead is right if it stands in the ladder; of texts with a table, if both its sides are of
//! the same units. What the gold does not cover is not counted.

use std::collections::BTreeSet;
use std::error::Error;
use std::path::Path;

use bitext::config::Config;
use bitext::eval::load_folder;
use bitext::pipeline::{Aligner, Request, run};
use bitext::types::{Bitext, Input, Pair, Side, Source};

/// The scores that beads are counted over.
const OVER: [f64; 5] = [0.5, 0.8, 0.9, 0.95, 0.98];

fn main() -> Result<(), Box<dyn Error>> {
    let mut table = String::from("| kind of text | beads |");
    OVER.iter().for_each(|over| table += &format!(" over {over} | wrong |"));
    table += &format!("\n|{}\n", " --- |".repeat(2 + 2 * OVER.len()));
    for argument in std::env::args().skip(1) {
        let (kind, folders) =
            argument.split_once('=').ok_or("kind=FOLDER,… is asked for")?;
        let mut beads = Vec::new();
        for folder in folders.split(',') {
            beads.extend(scored(Path::new(folder))?);
        }
        table += &format!("| {kind} | {} |", beads.len());
        for over in OVER {
            let over: Vec<_> = beads.iter().filter(|bead| bead.0 > over).collect();
            let wrong = over.iter().filter(|bead| !bead.1).count();
            table += &format!(" {} | {wrong} |", over.len());
        }
        table += "\n";
    }
    print(&table);
    Ok(())
}

#[expect(clippy::print_stdout, reason = "the table is what the program is for")]
fn print(table: &str) {
    print!("{table}");
}

/// The beads of a folder that the gold knows of: score, and whether it is right.
fn scored(folder: &Path) -> Result<Vec<(f64, bool)>, Box<dyn Error>> {
    let table = folder.join("gold.tsv");
    let about = std::fs::read_to_string(folder.join("SOURCE.toml")).unwrap_or_default();
    if table.is_file() && !about.contains("segmented = true") {
        return by_table(folder, &std::fs::read_to_string(table)?);
    }
    let mut beads = Vec::new();
    for document in load_folder(folder)? {
        let texts = document.lines.map(|lines| lines.join("\n"));
        let bitext = align(texts, true);
        let gold: BTreeSet<_> = document.gold.beads.iter().cloned().collect();
        for bead in bitext.ladder.beads().iter().filter(|bead| !bead.is_single()) {
            let sides =
                (bead.range.zh.clone().collect(), bead.range.en.clone().collect());
            beads.push((bead.score, gold.contains(&sides)));
        }
    }
    Ok(beads)
}

fn align(texts: Pair<String>, lines: bool) -> Bitext {
    let sources = texts.map_sides(|side, text| {
        Source::plain(if side == Side::Zh { "zh" } else { "en" }, text, "UTF-8")
    });
    let aligner = Aligner::new(Config { lines, ..Config::default() });
    let input = Input::Texts(sources);
    run(input.into(), &Request::new(&aligner), &()).bitext
}

fn by_table(folder: &Path, table: &str) -> Result<Vec<(f64, bool)>, Box<dyn Error>> {
    let mut rows = table.lines().map(|row| row.split('\t').collect::<Vec<_>>());
    let head = rows.next().ok_or("gold.tsv is empty")?;
    let column = |name| head.iter().position(|cell| *cell == name);
    let (zh, en) =
        column("zh").zip(column("en")).ok_or("gold.tsv has no columns zh and en")?;
    // Where both cells hold equally many paragraphs they pair in order, else they are a unit.
    let units: Vec<(String, String)> = rows
        .flat_map(|row| {
            let cell = |at: usize| row.get(at).copied().unwrap_or_default();
            let (zh, en): (Vec<&str>, Vec<&str>) =
                (cell(zh).split('¶').collect(), cell(en).split('¶').collect());
            let owned = |(zh, en): (&str, &str)| (zh.to_owned(), en.to_owned());
            if zh.len() == en.len() {
                zh.into_iter().zip(en).map(owned).collect()
            } else {
                vec![(zh.concat(), en.join(" "))]
            }
        })
        .collect();
    let text = |name: &str| std::fs::read_to_string(folder.join(name));
    let bitext = align(Pair::new(text("zh.txt")?, text("en.txt")?), false);
    let (zh, en): (Vec<String>, Vec<String>) = units.into_iter().unzip();
    let units = Pair::new(zh, en);
    let of = bitext.documents.as_ref().map_sides(|side, document| {
        units_of(&document.texts().map(fold).collect::<Vec<_>>(), units.get(side))
    });
    let beads = bitext.units().filter(|unit| !unit.bead.is_single());
    Ok(beads
        .filter_map(|unit| {
            let touched = unit.bead.range.as_ref().map_sides(|side, range| {
                let segments = &of.get(side)[range.clone()];
                segments.iter().flatten().copied().collect::<BTreeSet<usize>>()
            });
            let is_known = !touched.zh.is_empty() && !touched.en.is_empty();
            is_known.then_some((unit.bead.score, touched.zh == touched.en))
        })
        .collect())
}

/// Letters and digits only, so that blanks and marks do not part gold from text.
fn fold(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// The units that each segment holds, or is held by, for more than half.
fn units_of(segments: &[String], units: &[String]) -> Vec<Vec<usize>> {
    let whole = segments.concat();
    let mut of = vec![Vec::new(); segments.len()];
    let mut at = 0;
    for (n, unit) in units.iter().map(|unit| fold(unit)).enumerate() {
        let Some((start, end)) = find(&whole, at, &unit) else { continue };
        let mut segment_start = 0;
        for (segment, units) in segments.iter().zip(&mut of) {
            let segment_end = segment_start + segment.len();
            let shared = end.min(segment_end).saturating_sub(start.max(segment_start));
            if 2 * shared > unit.len().min(segment.len()) {
                units.push(n);
            }
            segment_start = segment_end;
        }
        at = end;
    }
    of
}

/// Where a unit stands behind `at`: as a whole, or else as far as its first letters say.
fn find(whole: &str, at: usize, unit: &str) -> Option<(usize, usize)> {
    const FIRST: usize = 16;
    let rest = &whole[at..];
    if unit.is_empty() {
        return None;
    }
    if let Some(from) = rest.find(unit) {
        return Some((at + from, at + from + unit.len()));
    }
    let first: String = unit.chars().take(FIRST).collect();
    let start = at + rest.find(&first)?;
    let mut end = (start + unit.len()).min(whole.len());
    while !whole.is_char_boundary(end) {
        end -= 1;
    }
    Some((start, end))
}
