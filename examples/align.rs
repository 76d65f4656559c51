//! Aligns two texts, prints the beads, and says which terms are in them.
//!
//! ```text
//! cargo run --example align -- corpora/resolution/zh.txt corpora/resolution/en.txt
//! ```
#![expect(clippy::print_stdout, reason = "an example shows what it finds")]

use std::error::Error;
use std::path::Path;

use bitext::config::Config;
use bitext::pipeline::{Aligner, Request, run};
use bitext::read::read_input;
use bitext::types::{Pair, Side};

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [zh, en] = arguments.as_slice() else {
        return Err("usage: align ZH EN".into());
    };
    let input = read_input(Path::new(zh), Some(Path::new(en)), Pair::new(None, None))?;
    // Loads the lexicon; one aligner serves any number of pairs, from several threads too.
    let aligner = Aligner::new(Config::default());
    let request = Request { terms: true, ..Request::new(&aligner) };
    let outcome = run(input, &request, &());

    for unit in outcome.bitext.units() {
        let score = unit.bead.score;
        println!("{score:.2}  {}", short(&unit.text(Side::Zh)));
        println!("      {}", short(&unit.text(Side::En)));
    }
    println!();
    for pair in outcome.mined.iter().flat_map(|mined| &mined.terms).take(20) {
        let Pair { zh, en } = &pair.term;
        println!("{:.2}  {zh} = {en}, {} times", pair.confidence, pair.count);
    }
    Ok(())
}

/// The beginning of a text, on one line.
fn short(text: &str) -> String {
    const LENGTH: usize = 60;
    let text = text.replace('\n', " ");
    match text.char_indices().nth(LENGTH) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None if text.is_empty() => "(nothing)".to_owned(),
        None => text,
    }
}
