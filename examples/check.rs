//! Checks a translation against its source and prints what a reviser should look at.
//!
//! ```text
//! cargo run --example check -- corpora/contract/zh.txt corpora/contract/en.txt glossary/starter.csv
//! ```
#![expect(clippy::print_stdout, reason = "an example shows what it finds")]

use std::error::Error;
use std::path::Path;

use bitext::check::FindingKind;
use bitext::config::Config;
use bitext::glossary;
use bitext::pipeline::{Aligner, Request, Review, run};
use bitext::read::read_input;
use bitext::types::{Pair, Side};

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let (zh, en, termbase) = match arguments.as_slice() {
        [zh, en] => (zh, en, None),
        [zh, en, termbase] => (zh, en, Some(termbase)),
        _ => return Err("usage: check ZH EN [GLOSSARY]".into()),
    };
    let known = match termbase {
        Some(path) => glossary::load(Path::new(path), false)?.concepts,
        None => Vec::new(),
    };
    let input = read_input(Path::new(zh), Some(Path::new(en)), Pair::new(None, None))?;
    let aligner = Aligner::new(Config::default()).with_glossary(known);
    let review = Review { kinds: &FindingKind::ALL, source: Side::Zh };
    let request = Request { review: Some(review), ..Request::new(&aligner) };
    let outcome = run(input, &request, &());

    for finding in &outcome.findings {
        println!("{} {}: {}", finding.severity.as_str(), finding.kind, finding.message());
        for side in Side::BOTH {
            if let Some(passage) = finding.passages.get(side) {
                let line = passage.lines.0;
                println!("    {side}:{line}  {}", finding.marked(side).join(" … "));
            }
        }
    }
    println!("{} findings", outcome.findings.len());
    Ok(())
}
