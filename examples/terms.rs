//! Mines the terms of units that are already aligned, to measure the mining by itself.
//!
//! ```text
//! terms [--level strict|balanced|broad] [--nested] UNITS.tsv          columns id, zh, en
//! terms [--level …] ZH.txt EN.txt BEADS.ladder                        a segment a line
//! ```
//!
//! The glossary goes to standard output as CSV; the CPU seconds of the mining to standard
//! error.

use std::error::Error;
use std::fs;
use std::io::Write as _;
use std::time::Instant;

use bitext::lexicon::Seed;
use bitext::mine::{Level, Params, Unit, mine_all};
use bitext::tokenize::tokenize;
use bitext::types::{Pair, Side};

fn main() -> Result<(), Box<dyn Error>> {
    let mut params = Params::default();
    let mut files = Vec::new();
    let mut times = 1;
    let mut args = std::env::args().skip(1);
    while let Some(arg) = args.next() {
        match arg.as_str() {
            "--level" => {
                params.level = match args.next().as_deref() {
                    Some("strict") => Level::Strict,
                    Some("broad") => Level::Broad,
                    _ => Level::Balanced,
                }
            }
            "--nested" => params.nested = true,
            "--times" => times = args.next().ok_or("--times N")?.parse()?,
            _ => files.push(arg),
        }
    }
    let texts = match &files[..] {
        [units] => from_table(&fs::read_to_string(units)?),
        [zh, en, ladder] => from_ladder(
            &fs::read_to_string(zh)?,
            &fs::read_to_string(en)?,
            &fs::read_to_string(ladder)?,
        ),
        _ => return Err("UNITS.tsv or ZH.txt EN.txt BEADS.ladder".into()),
    };
    let seed = Seed::shipped();
    let units: Vec<Unit> = (0..times)
        .flat_map(|_| &texts)
        .enumerate()
        .map(|(bead, (name, text))| Unit {
            tokens: text.as_ref().map_sides(|side, text| tokenize(side, text, seed)),
            text: text.clone(),
            bead,
            name: name.clone(),
        })
        .collect();
    let start = Instant::now();
    let mined = mine_all(&units, seed, &params);
    let terms = mined.terms;
    writeln!(
        std::io::stderr(),
        "{} units, {} terms, {:.3} s",
        units.len(),
        terms.len(),
        start.elapsed().as_secs_f64()
    )?;
    for found in &mined.inconsistencies {
        let renderings: Vec<String> = found
            .renderings
            .iter()
            .map(|r| {
                let names: Vec<&str> =
                    r.units.iter().take(3).map(|(_, name)| name.as_str()).collect();
                format!("{} ({}: {})", r.text, r.units.len(), names.join(", "))
            })
            .collect();
        writeln!(std::io::stderr(), "{} = {}", found.term, renderings.join(" | "))?;
    }
    let mut out = csv::Writer::from_writer(std::io::stdout());
    out.write_record([
        "zh",
        "en",
        "zh_variants",
        "en_variants",
        "count",
        "zh_count",
        "en_count",
        "confidence",
        "evidence",
        "status",
        "zh_context",
        "en_context",
        "unit",
        "document",
    ])?;
    for term in terms {
        let evidence: Vec<&str> = term.evidence.iter().map(|e| e.as_str()).collect();
        let context = term.contexts.first().cloned().unwrap_or_default();
        out.write_record([
            term.term.zh.as_str(),
            &term.term.en,
            &term.variants.zh.join("|"),
            &term.variants.en.join("|"),
            &term.count.to_string(),
            &term.counts.zh.to_string(),
            &term.counts.en.to_string(),
            &format!("{:.3}", term.confidence),
            &evidence.join("|"),
            term.status.as_str(),
            &context.text.zh,
            &context.text.en,
            &context.unit,
            "",
        ])?;
    }
    out.flush()?;
    Ok(())
}

/// The units of a table with a header, the columns `zh` and `en`, and a name in the first.
fn from_table(table: &str) -> Vec<(String, Pair<String>)> {
    let mut lines = table.lines();
    let header: Vec<&str> = lines.next().unwrap_or_default().split('\t').collect();
    let column =
        |name| header.iter().position(|cell| *cell == name).unwrap_or(usize::MAX);
    let (zh, en) = (column("zh"), column("en"));
    lines
        .filter_map(|line| {
            let cells: Vec<&str> = line.split('\t').collect();
            let text = Pair::new(cells.get(zh)?.to_string(), cells.get(en)?.to_string());
            Some((cells[0].to_owned(), text))
        })
        .collect()
}

/// The units of two files of lines and a ladder `[0, 1]:[0]`.
fn from_ladder(zh: &str, en: &str, ladder: &str) -> Vec<(String, Pair<String>)> {
    let zh: Vec<&str> = zh.lines().collect();
    let en: Vec<&str> = en.lines().collect();
    let side = |lines: &[&str], list: &str, sep: &str| {
        let texts: Vec<&str> = list
            .trim_matches(['[', ']'])
            .split(',')
            .filter_map(|i| lines.get(i.trim().parse::<usize>().ok()?).copied())
            .collect();
        texts.join(sep)
    };
    ladder
        .lines()
        .enumerate()
        .filter_map(|(i, line)| {
            let (a, b) = line.split_once(':')?;
            Some((i.to_string(), Pair::new(side(&zh, a, ""), side(&en, b, " "))))
        })
        .filter(|(_, text)| !text.get(Side::Zh).is_empty() && !text.en.is_empty())
        .collect()
}
