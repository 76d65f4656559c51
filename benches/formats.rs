//! Time and memory of every format, written and read back, by the number of rows.
//!
//! ```text
//! cargo bench --bench formats            100,000 units and as many terms
//! cargo bench --bench formats -- 10000   another number
//! ```
//!
//! Each format has a process of its own, so that the peak of memory is its own; what the data
//! take before anything is written is taken off. Figures come from `/proc`, so this runs on
//! Linux.
#![expect(clippy::print_stdout, reason = "a bench prints its figures")]
#![expect(clippy::unwrap_used, reason = "a bench may fail as a test does")]

use std::fs;
use std::io::{self, BufWriter, Write as _};
use std::path::Path;
use std::process::Command;

use bitext::export::{ExportKind, OutputFile, Product, Timestamp};
use bitext::glossary::load;
use bitext::text::{Span, Traced};
use bitext::types::{
    Bead, Bitext, Context, Document, Kind, Ladder, Pair, Segment, Sentences,
    TermEvidence, TermPair,
};

const ROWS: usize = 100_000;

/// The formats that are read back as termbases.
const READ: [&str; 8] = [
    ".glossary.csv",
    ".glossary.excel.csv",
    ".glossary.xlsx",
    ".glossary.tbx",
    ".glossary.v2.tbx",
    ".glossary.utf8",
    ".utx",
    ".tmx",
];

fn main() {
    let args: Vec<String> =
        std::env::args().skip(1).filter(|arg| !arg.starts_with("--")).collect();
    let n_rows = args.first().and_then(|n| n.parse().ok()).unwrap_or(ROWS);
    if let Some(suffix) = args.get(1) {
        return measure(suffix, n_rows);
    }
    println!("{n_rows} units, {n_rows} terms\n");
    println!(
        "{:<22}{:>9}{:>10}{:>10}{:>12}{:>12}",
        "file", "MB", "write s", "MiB", "read s", "MiB"
    );
    for file in files() {
        let program = std::env::current_exe().unwrap();
        let output = Command::new(program)
            .args([&n_rows.to_string(), file.suffix])
            .output()
            .unwrap();
        print!("{}", String::from_utf8(output.stdout).unwrap());
        io::stdout().flush().unwrap();
    }
}

fn files() -> impl Iterator<Item = &'static OutputFile> {
    ExportKind::ALL.iter().flat_map(|kind| kind.files())
}

/// Writes one file and reads it back, and prints a row of figures.
fn measure(suffix: &str, n_rows: usize) {
    let file = files().find(|file| file.suffix == suffix).unwrap();
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join(file.name("x"));
    let (cpu, memory) = write(file, &path, n_rows);
    let size = fs::metadata(&path).unwrap().len() as f64 / 1e6;
    print!("{suffix:<22}{size:>9.1}{cpu:>10.2}{memory:>10.0}");
    if READ.contains(&suffix) {
        let before = (cpu_seconds(), peak());
        let n_concepts = load(&path, false).unwrap().concepts.len();
        assert!(n_concepts >= n_rows);
        let more = (peak() - before.1).max(0.0);
        print!("{:>12.2}{more:>12.0}", cpu_seconds() - before.0);
    }
    println!();
}

fn write(file: &OutputFile, path: &Path, n_rows: usize) -> (f64, f64) {
    let (bitext, terms) = (bitext(n_rows), terms(n_rows));
    let starts = (0..=bitext.ladder.beads().len()).collect();
    let sentences = Sentences { bitext: bitext.clone(), starts };
    let languages = Pair::new("zh-CN".to_owned(), "en-US".to_owned());
    let product = Product {
        sentences: Some(&sentences),
        terms: &terms,
        created: Timestamp(1_767_225_600),
        is_both_levels: true,
        ..Product::new(&bitext, "x", &languages)
    };
    let before = (cpu_seconds(), peak());
    let mut out = BufWriter::new(fs::File::create(path).unwrap());
    file.write(&product, &mut out).unwrap();
    out.flush().unwrap();
    (cpu_seconds() - before.0, peak() - before.1)
}

/// Units of some hundred characters, each text its own.
fn bitext(n_units: usize) -> Bitext {
    let zh = |n: usize| {
        format!(
            "第{n}条　缔约方应当根据本国法律采取必要措施，以便查明、追查、冻结或扣押第{n}款所述物品，并最终予以没收。"
        )
    };
    let en = |n: usize| {
        format!(
            "Article {n}. Each Party shall, under its domestic law, take such measures as may be \
             necessary to enable the identification, tracing, freezing or seizure of any item \
             referred to in paragraph {n} for the purpose of eventual confiscation."
        )
    };
    let beads = (0..n_units)
        .map(|n| Bead { range: Pair::new(n..n + 1, n..n + 1), score: 0.9 })
        .collect();
    Bitext {
        documents: Pair::new(
            document("zh.txt", n_units, zh),
            document("en.txt", n_units, en),
        ),
        ladder: Ladder::new(beads, Pair::new(n_units, n_units)).unwrap(),
        evidence: vec![vec![]; n_units],
        links: Vec::new(),
    }
}

fn document(name: &str, n_units: usize, line: impl Fn(usize) -> String) -> Document {
    let (mut text, mut segments) = (String::new(), Vec::new());
    for n in 0..n_units {
        let start = text.len();
        text += &line(n);
        segments.push(Segment {
            span: Span::new(start, text.len()),
            kind: Kind::Paragraph,
            label: None,
            parents: Vec::new(),
            lines: (n + 1, n + 1),
            soft: false,
            cited_in: None,
            cue: None,
            language: None,
        });
        text.push('\n');
    }
    Document {
        name: name.into(),
        text: Traced::verbatim(&text, 0),
        segments,
        left_out: Vec::new(),
    }
}

fn terms(n_terms: usize) -> Vec<TermPair> {
    let term = |n: usize| TermPair {
        term: Pair::new(format!("第{n}号物品"), format!("item No. {n}")),
        variants: Pair::new(vec![format!("{n}号物品")], vec![format!("items No. {n}")]),
        count: 7,
        counts: Pair::new(8, 9),
        confidence: 0.9,
        evidence: vec![TermEvidence::Dictionary, TermEvidence::Repeated],
        contexts: vec![Context {
            text: Pair::new(
                format!("冻结或扣押第{n}号物品，并最终予以没收。"),
                format!("freezing or seizure of item No. {n} for eventual confiscation."),
            ),
            bead: n,
            place: format!("article {n}").into(),
            ..Context::default()
        }],
        ..TermPair::default()
    };
    (0..n_terms).map(term).collect()
}

/// User and system time of this process so far.
fn cpu_seconds() -> f64 {
    // proc(5): fields 14 and 15, in ticks of a hundredth of a second.
    let stat = fs::read_to_string("/proc/self/stat").unwrap();
    let fields: Vec<&str> = stat.rsplit(')').next().unwrap().split_whitespace().collect();
    let ticks = |k: usize| fields[k - 3].parse::<f64>().unwrap();
    (ticks(14) + ticks(15)) / 100.0
}

/// The most memory this process has held, in MiB.
fn peak() -> f64 {
    let status = fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find(|line| line.starts_with("VmHWM")).unwrap();
    line.split_whitespace().nth(1).unwrap().parse::<f64>().unwrap() / 1024.0
}
