//! Keeps a termbase: takes in what was mined of a pair, accepts a term, finds it again.
//!
//! ```text
//! cargo run --example termbase -- corpora/resolution/zh.txt corpora/resolution/en.txt terms.csv
//! ```
#![expect(clippy::print_stdout, reason = "an example shows what it finds")]

use std::error::Error;
use std::path::Path;

use bitext::config::Config;
use bitext::glossary::{self, GlossaryError, Harvest, Index, Stamp, Store};
use bitext::lexicon::Seed;
use bitext::pipeline::{Aligner, Request, run};
use bitext::read::read_input;
use bitext::types::{Pair, Status, TermPair};

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [zh, en, termbase] = arguments.as_slice() else {
        return Err("usage: termbase ZH EN TERMBASE.csv".into());
    };
    let store = Store::new(Path::new(termbase));
    let terms = mined(Path::new(zh), Path::new(en))?;

    // The days are given, so that the same work gives the same file.
    let mut stamp = Stamp { day: "2026-01-01".into(), who: String::new() };
    let (gain, _) = store.change("align", |termbase| {
        let harvest = Harvest::from_document("example", &terms);
        Ok::<_, GlossaryError>(glossary::add_mined(
            termbase,
            &harvest,
            &stamp,
            Seed::shipped(),
        ))
    })?;
    println!("{} concepts are new, {} have new counts", gain.added, gain.updated);

    let Some(best) = terms.first() else { return Ok(()) };
    let given = [format!("{}={}", best.term.zh, best.term.en)];
    stamp.who = "reviser".into();
    store.change("accept", |termbase| {
        let (status, seed) = (Status::Accepted, Seed::shipped());
        let decided =
            glossary::decide(termbase, &given, status, None, false, &stamp, seed);
        let n_rows = decided.map_or(0, |rows| rows.len());
        println!("accepted: {} ({n_rows} row)", given[0]);
        Ok::<_, GlossaryError>(())
    })?;

    let termbase = store.load()?;
    let index = Index::new(&termbase, Seed::shipped());
    for hit in index.search(&best.term.zh, 5) {
        println!("{}  {} = {}", hit.status.as_str(), hit.term.zh, hit.term.en);
    }
    Ok(())
}

/// The terms of a pair, best first.
fn mined(zh: &Path, en: &Path) -> Result<Vec<TermPair>, Box<dyn Error>> {
    let input = read_input(zh, Some(en), Pair::new(None, None))?;
    let aligner = Aligner::new(Config::default());
    let request = Request { terms: true, ..Request::new(&aligner) };
    Ok(run(input, &request, &()).mined.map(|mined| mined.terms).unwrap_or_default())
}
