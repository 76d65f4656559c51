//! Fits the order and the confidence of mined terms to lists made by hand, and measures both.
//!
//! ```text
//! cargo run --release --example terms -- LISTS TEXTS                    as shipped
//! cargo run --release --example terms -- LISTS TEXTS --leave-one-out    each by the others
//! cargo run --release --example terms -- LISTS TEXTS --fit              src/mine/data/ranker.tsv
//! ```
//!
//! `LISTS/NAME.tsv` is a list of the text `TEXTS/NAME/zh.txt` and `en.txt`: a header, then the
//! Chinese forms, the English forms (parted by bars) and the class, `r2` for a term that recurs,
//! `r1` for one that stands once, `o` for a general word. A list without its text is passed over,
//! and told. Only rows that recur are fitted and measured: what stands once is listed by hand
//! too sparsely.

mod fit;
mod gold;
#[path = "../fit/lbfgs.rs"]
mod lbfgs;

use std::error::Error;
use std::io::Write as _;
use std::path::Path;

use bitext::mine::training::{Ranker, Row};

use crate::fit::{fit, worth};
use crate::gold::{Class, Listed};

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let (lists, texts, option) = match &arguments[..] {
        [lists, texts] => (lists, texts, ""),
        [lists, texts, option] => (lists, texts, option.as_str()),
        _ => {
            return Err("usage: terms LISTS TEXTS [--leave-one-out | --fit]".into());
        }
    };
    let (loaded, skipped) = gold::load(Path::new(lists), Path::new(texts))?;
    for reason in skipped {
        tell(&format!("passed over: {reason}\n"));
    }
    let all: Vec<&Listed> = loaded.iter().collect();
    match option {
        "--fit" => print(&fit(&all).table()),
        "--leave-one-out" => {
            let without = |k: usize| {
                let others: Vec<&Listed> =
                    (0..all.len()).filter(|&i| i != k).map(|i| all[i]).collect();
                fit(&others)
            };
            let rankers: Vec<Ranker> = (0..all.len()).map(without).collect();
            print(&report(&all, &rankers));
        }
        _ => print(&report(&all, &vec![Ranker::shipped().clone(); all.len()])),
    }
    Ok(())
}

fn print(text: &str) {
    // A reader that has seen enough closes the pipe; that is no failure.
    let _ = std::io::stdout().lock().write_all(text.as_bytes());
}

fn tell(text: &str) {
    let _ = std::io::stderr().lock().write_all(text.as_bytes());
}

/// The figures of each text under its ranker, and how far the confidence can be believed.
fn report(texts: &[&Listed], rankers: &[Ranker]) -> String {
    let mut out = String::from(
        "| text | rows | ok@50 | ok@100 | R2 | P@50 | P@100 |\n|---|---|---|---|---|---|---|\n",
    );
    let (mut sums, mut judged) = ([0.0; 5], Vec::new());
    for (text, ranker) in texts.iter().zip(rankers) {
        let mut rows: Vec<(f64, &Row)> =
            text.rows.iter().map(|row| (ranker.confidence(&row.traits), row)).collect();
        rows.sort_by(|a, b| b.0.total_cmp(&a.0));
        judged
            .extend(rows.iter().map(|(confidence, row)| (*confidence, text.class(row))));
        let figures = figures(text, &rows);
        sums.iter_mut().zip(figures).for_each(|(sum, figure)| *sum += figure);
        out += &line(&text.name, rows.len(), figures);
    }
    let mean = sums.map(|sum| sum / texts.len().max(1) as f64);
    out += &line("mean", judged.len() / texts.len().max(1), mean);
    out + "\n" + &reliability(&judged)
}

/// A row's confidence, and what the list says of it.
type Judged = (f64, Option<Class>);

fn line(name: &str, n: usize, figures: [f64; 5]) -> String {
    let cells = figures.map(|figure| format!(" {figure:.3} |")).concat();
    format!("| {name} | {n} |{cells}\n")
}

/// The share of the first 50 and 100 that is on the list, the recall of what recurs, and the
/// share of the first 50 and 100 that is required.
fn figures(text: &Listed, rows: &[(f64, &Row)]) -> [f64; 5] {
    let share = |k: usize, is_counted: &dyn Fn(Class) -> bool| {
        let top = &rows[..k.min(rows.len())];
        let n =
            top.iter().filter(|(_, row)| text.class(row).is_some_and(is_counted)).count();
        n as f64 / top.len().max(1) as f64
    };
    let is_required = |class: Class| class != Class::Optional;
    let found = text.found(rows.iter().map(|(_, row)| *row));
    [
        share(50, &|_| true),
        share(100, &|_| true),
        found,
        share(50, &is_required),
        share(100, &is_required),
    ]
}

/// For each band of confidence how many rows it holds, and how many of them are on the list.
fn reliability(judged: &[Judged]) -> String {
    const BANDS: [f64; 10] = [0.0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9];
    let mut out = String::from(
        "| confidence | rows | mean | worth | right |\n|---|---|---|---|---|\n",
    );
    for lower in BANDS {
        let band: Vec<_> =
            judged.iter().filter(|row| lower <= row.0 && row.0 < lower + 0.1).collect();
        let mean = |of: &dyn Fn(&Judged) -> f64| {
            band.iter().map(|row| of(row)).sum::<f64>() / band.len().max(1) as f64
        };
        out += &format!(
            "| {lower:.1} to {:.1} | {} | {:.2} | {:.2} | {:.2} |\n",
            lower + 0.1,
            band.len(),
            mean(&|row| row.0),
            mean(&|row| worth(row.1)),
            mean(&|row| f64::from(u8::from(row.1.is_some()))),
        );
    }
    out
}
