//! Time and memory of the mining, by the number of units.
//!
//! ```text
//! cargo bench --bench mine              10,000, 30,000 and 100,000 units
//! cargo bench --bench mine -- 3000      another number
//! ```
//!
//! A unit is two passages of `corpora/` drawn at random and put together: hardly two units are
//! alike, but each run of words stands in thousands of them, which is the worst that a text can
//! do. Each number has a process of its own, so that the peak of memory is its own; what
//! reading takes before the mining is taken off the time. Figures come from `/proc`, so this
//! runs on Linux.
#![expect(clippy::print_stdout, reason = "a bench prints its figures")]
#![expect(clippy::unwrap_used, reason = "a bench may fail as a test does")]

use std::fs;
use std::process::Command;

use bitext::config::Config;
use bitext::pipeline::Aligner;
use bitext::types::{KeptUnit, Pair};

const UNITS: [usize; 3] = [10_000, 30_000, 100_000];

/// Longest passage that is drawn, in bytes of Chinese: about 80 characters.
const LONGEST: usize = 240;

fn main() {
    let args: Vec<String> =
        std::env::args().skip(1).filter(|arg| !arg.starts_with("--")).collect();
    if let [_, number] = &args[..] {
        return measure(number.parse().unwrap());
    }
    let given = args.first().and_then(|number| number.parse().ok());
    println!("{:>9}{:>10}{:>10}{:>10}", "units", "CPU s", "MiB", "terms");
    for n_units in given.map_or(UNITS.to_vec(), |n| vec![n]) {
        let program = std::env::current_exe().unwrap();
        let output =
            Command::new(program).args(["one", &n_units.to_string()]).output().unwrap();
        print!("{}", String::from_utf8(output.stdout).unwrap());
    }
}

fn measure(n_units: usize) {
    let aligner = Aligner::new(Config::default());
    let units = units(n_units);
    let before = cpu_seconds();
    let terms = aligner.mine_units(units);
    let seconds = cpu_seconds() - before;
    println!("{n_units:>9}{seconds:>10.1}{:>10}{:>10}", peak_mib(), terms.len());
}

fn units(n_units: usize) -> Vec<KeptUnit> {
    let passages = passages();
    let mut state = 1_u64;
    let mut draw = || {
        // Constants of Knuth's MMIX generator.
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        &passages[(state >> 33) as usize % passages.len()]
    };
    (0..n_units)
        .map(|bead| {
            let (first, second) = (draw(), draw());
            let zh = format!("{}{}", first.zh, second.zh);
            let en = format!("{} {}", first.en, second.en);
            KeptUnit { text: Pair::new(zh, en), bead, place: bead.to_string().into() }
        })
        .collect()
}

/// The aligned passages of the sample texts.
fn passages() -> Vec<Pair<String>> {
    let mut out = Vec::new();
    for name in ["contract", "resolution", "statute", "story"] {
        let text = fs::read_to_string(format!("corpora/{name}/gold.tsv")).unwrap();
        for row in text.lines().skip(1) {
            let cells: Vec<&str> = row.split('\t').collect();
            if let [_, zh, en] = cells[..]
                && !zh.is_empty()
                && !en.is_empty()
                && zh.len() <= LONGEST
            {
                out.push(Pair::new(zh.to_owned(), en.to_owned()));
            }
        }
    }
    out
}

/// User and system time of this process, in seconds.
fn cpu_seconds() -> f64 {
    const TICKS: f64 = 100.0; // a second, on every Linux
    let stat = fs::read_to_string("/proc/self/stat").unwrap();
    let (_, rest) = stat.rsplit_once(')').unwrap();
    let fields: Vec<&str> = rest.split_whitespace().collect();
    let ticks: f64 = fields[11..13].iter().map(|n| n.parse::<f64>().unwrap()).sum();
    ticks / TICKS
}

/// The most memory that this process held, in MiB.
fn peak_mib() -> u64 {
    let status = fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find(|line| line.starts_with("VmHWM")).unwrap();
    line.split_whitespace().nth(1).unwrap().parse::<u64>().unwrap() / 1024
}
