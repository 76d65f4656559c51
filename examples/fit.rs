//! Scores and fits the aligner on folders with gold, and aligns files line by line.
//!
//! ```text
//! fit score FOLDER...          strict scores with the shipped weights
//! fit out FOLDER...            leave-one-document-out
//! fit fit FOLDER...            prints weights fitted to all
//! fit ladder ZH EN LADDER      writes a ladder
//! ```

use std::error::Error;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::time::Instant;

use bitext::align::{Params, Passage, align};
use bitext::eval::{Fit, Fitter, GoldDocument, Reliability, Score, load_folder};
use bitext::lexicon::Seed;
use bitext::types::{Kind, Pair, Side};

fn main() -> Result<(), Box<dyn Error>> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let command = args.first().map_or("", String::as_str);
    if command == "ladder" {
        return ladder(&args[1..]);
    }
    let mut documents: Vec<GoldDocument> = Vec::new();
    for folder in &args[1..] {
        let name = Path::new(folder).file_name().unwrap_or_default().to_string_lossy();
        for mut document in load_folder(Path::new(folder))? {
            document.name = format!("{name}/{}", document.name);
            documents.push(document);
        }
    }
    let fitter = Fitter::new(&documents, Seed::shipped(), strength());
    let params = Params::default();
    match command {
        "score" => {
            print((0..documents.len()).map(|k| fitter.measure(k, &params)), &documents);
            let mut together = Score::default();
            fitter
                .measure_together(&params)
                .into_iter()
                .for_each(|score| together += score);
            say(&format!("learned together: F1 {:.4}", together.f1()));
        }
        "out" => print(fitter.leave_one_out(&prior()).into_iter(), &documents),
        "fit" => {
            let fitted = fitter.fit(&prior(), None);
            say(&format!("{}\n{}", fitted.first.to_table(), fitted.last.to_table()));
        }
        _ => return Err("score, out, fit or ladder".into()),
    }
    Ok(())
}

/// The strength of the prior, `FIT=reals,types,boundaries` in the environment.
fn strength() -> Fit {
    let text = std::env::var("FIT").unwrap_or_default();
    let numbers: Vec<f64> = text.split(',').filter_map(|n| n.parse().ok()).collect();
    match numbers[..] {
        [reals, types, boundaries] => Fit { reals, types, boundaries },
        _ => Fit::default(),
    }
}

fn prior() -> Params {
    let prior = bitext::align::Weights::prior();
    Params { first: prior.clone(), last: prior, ..Params::default() }
}

fn print(held: impl Iterator<Item = bitext::eval::Held>, documents: &[GoldDocument]) {
    let mut sums: std::collections::BTreeMap<String, (Score, f64)> = Default::default();
    let mut reliability = Reliability::default();
    for (held, document) in held.zip(documents) {
        reliability.add(&held.ladder, &document.gold);
        say(&format!(
            "{:14} P {:.3} R {:.3} F1 {:.4}  log-likelihood {:.1}",
            held.name,
            held.score.precision(),
            held.score.recall(),
            held.score.f1(),
            held.likelihood
        ));
        let set = held.name.split('/').next().unwrap_or_default().to_owned();
        let sum = sums.entry(set).or_default();
        sum.0 += held.score;
        sum.1 += held.likelihood;
    }
    for tenth in reliability.tenths().iter().filter(|tenth| tenth.beads > 0) {
        say(&format!(
            "score {:.3}: {:5} beads, {:.3} right",
            tenth.score_sum / tenth.beads as f64,
            tenth.beads,
            tenth.right as f64 / tenth.beads as f64
        ));
    }
    for (set, (score, likelihood)) in sums {
        say(&format!("{set:14} F1 {:.4}  log-likelihood {likelihood:.1}", score.f1()));
    }
}

#[expect(clippy::print_stdout, reason = "an example speaks to its user")]
fn say(text: &str) {
    println!("{text}");
}

fn ladder(args: &[String]) -> Result<(), Box<dyn Error>> {
    let [zh, en, out] = args else { return Err("ladder ZH EN LADDER".into()) };
    let texts = Pair::new(fs::read_to_string(zh)?, fs::read_to_string(en)?);
    let clock = Instant::now();
    let seed = Seed::shipped();
    let lines = texts.as_ref().map(|text| {
        let lines = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
        lines.collect::<Vec<(usize, &str)>>()
    });
    let passages = lines.as_ref().map(|lines| {
        lines
            .iter()
            .map(|&(_, text)| Passage {
                text,
                tokens: Vec::new(),
                mentions: Vec::new(),
                label: None,
                parents: Vec::new(),
                kind: Kind::Paragraph,
                soft: false,
            })
            .collect::<Vec<_>>()
    });
    let read = clock.elapsed();
    let alignment = align(&passages, seed, &Params::default());
    let mut text = String::new();
    for bead in alignment.ladder.beads() {
        let ids = |side: Side| {
            let ids: Vec<String> = lines.get(side)[bead.range.get(side).clone()]
                .iter()
                .map(|(line, _)| line.to_string())
                .collect();
            ids.join(", ")
        };
        writeln!(text, "[{}]:[{}]:{:.4}", ids(Side::Zh), ids(Side::En), bead.score)?;
    }
    fs::write(out, text)?;
    say(&format!("read {read:.2?}, align {:.2?}", clock.elapsed() - read));
    Ok(())
}
