//! How time and memory grow with texts of shapes that nobody writes and files have.
//!
//! `cargo bench --bench shapes`, or with the name of a shape behind `--` for that alone. Each
//! shape is aligned and mined at four sizes, each twice the one before, every run in a process
//! of its own, so that its peak of memory is its own. The exponent is that of the last two
//! sizes: 1 where twice the text takes twice as long. What begins with is some hundredths of a
//! second, so that small sizes seem to grow slower than they do. Linux alone tells the CPU time
//! and the memory of a process.

use std::fmt::Write as _;
use std::process::Command;

use bitext::config::Config;
use bitext::pipeline::{Aligner, Request, run};
use bitext::types::{Input, Pair, Source};

/// Lines of the first size.
const SMALLEST: usize = 5_000;

const SIZES: usize = 4;

/// A shape: its name, and the texts that it has with so many lines.
type Shape = (&'static str, fn(usize) -> Pair<String>);

const SHAPES: [Shape; 9] = [
    ("one unit against many", |n| {
        let zh = lines(n, |k| format!("双方应当在第{k}日之前履行义务，并且交付货物，"));
        Pair::new(zh, many(n).en)
    }),
    ("hyphens at the ends", |n| {
        let broken =
            |k| format!("the obliga-\ntions of party {k} under the con-\ntract.");
        Pair::new(many(n).zh, lines(n, broken))
    }),
    ("a book against three lines", |n| {
        let few =
            "The parties agree.\n\nThe goods are delivered.\n\nThe price is paid.\n";
        Pair::new(many(n).zh, few.to_owned())
    }),
    ("one line again and again", |n| {
        let zh = lines(n, |_| "双方应当履行义务。\n".to_owned());
        Pair::new(
            zh,
            lines(n, |_| "The parties shall perform their duties.\n".to_owned()),
        )
    }),
    ("numbers alone", |n| {
        let numbers = lines(n, |k| format!("{k}.\n"));
        Pair::new(numbers.clone(), numbers)
    }),
    ("open brackets and quotes", |n| {
        let zh = lines(n, |_| "（“《合同".to_owned());
        Pair::new(zh, lines(n, |_| "(\u{201c}[contract".to_owned()))
    }),
    ("lines of one letter", |n| {
        Pair::new(lines(n, |_| "甲".to_owned()), lines(n, |_| "a".to_owned()))
    }),
    ("lists numbered anew", |n| {
        let letter = |k: usize| char::from(b"abcdefghijklmnopqrstuvwxyz"[k % 26]);
        let zh = lines(n, |k| format!("({})货物\n", letter(k)));
        Pair::new(zh, lines(n, |k| format!("({}) goods\n", letter(k))))
    }),
    ("paragraphs in both", many),
];

fn lines(n: usize, line: impl Fn(usize) -> String) -> String {
    (0..n).fold(String::new(), |mut text, k| {
        let _ = writeln!(text, "{}", line(k));
        text
    })
}

/// Paragraphs as they should be.
fn many(n: usize) -> Pair<String> {
    let things =
        [("货物", "goods"), ("价款", "price"), ("义务", "duty"), ("通知", "notice")];
    let thing = |k: usize| things[(k * 7 + k / 11) % things.len()];
    Pair::new(
        lines(n, |k| format!("双方在第{k}日之前就{}达成协议。\n", thing(k).0)),
        lines(n, |k| {
            format!("The parties agree on the {} before day {k}.\n", thing(k).1)
        }),
    )
}

/// What a run took: seconds of CPU and the peak of memory in MiB.
#[derive(Clone, Copy, Debug, Default)]
struct Cost {
    seconds: f64,
    mebibytes: f64,
}

fn main() {
    let args: Vec<String> = std::env::args().skip(1).collect();
    if let [flag, shape, n] = args.as_slice()
        && flag == "--one"
    {
        let found = SHAPES.iter().find(|(name, _)| name == shape);
        if let (Some((_, texts)), Ok(n)) = (found, n.parse()) {
            one(texts(n));
        }
        return;
    }
    let wanted = args.iter().find(|arg| !arg.starts_with("--"));
    let shapes =
        SHAPES.iter().filter(|(name, _)| wanted.is_none_or(|w| name.contains(w)));
    report(&format!("{:28} {:>6} {:>9} {:>6}", "shape", "lines", "CPU s", "MiB"));
    for (name, _) in shapes {
        let mut before = Cost::default();
        for n in (0..SIZES).map(|k| SMALLEST << k) {
            let cost = measured(name, n);
            let exponent = match before.seconds > 0.0 {
                true => format!("{:.2}", (cost.seconds / before.seconds).log2()),
                false => String::new(),
            };
            report(&format!(
                "{name:28} {n:>6} {:>9.2} {:>6.0} {exponent:>6}",
                cost.seconds, cost.mebibytes
            ));
            before = cost;
        }
    }
}

/// Aligns and mines the two texts, and prints what this process took.
fn one(texts: Pair<String>) {
    let sources = Pair::new(
        Source::plain("zh.txt", texts.zh, "UTF-8"),
        Source::plain("en.txt", texts.en, "UTF-8"),
    );
    let aligner = Aligner::new(Config::default());
    let request = Request { terms: true, ..Request::new(&aligner) };
    let outcome = run(Input::Texts(sources).into(), &request, &());
    assert!(!outcome.bitext.ladder.beads().is_empty(), "every text has beads");
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    // The name of the program, in brackets, may hold blanks; behind it the 12th and 13th.
    let fields = stat.rsplit(')').next().unwrap_or_default().split_whitespace();
    let ticks: f64 =
        fields.skip(11).take(2).filter_map(|field| field.parse::<f64>().ok()).sum();
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kibibytes = peak.and_then(|peak| peak.split_whitespace().next());
    report(&format!("{} {}", ticks / 100.0, kibibytes.unwrap_or("0")));
}

fn measured(shape: &str, n: usize) -> Cost {
    let program = std::env::current_exe().expect("the bench runs from a file");
    let run = Command::new(program).args(["--one", shape, &n.to_string()]).output();
    let told = String::from_utf8(run.expect("it runs a second time").stdout);
    let told = told.unwrap_or_default();
    let mut numbers = told.split_whitespace().filter_map(|number| number.parse().ok());
    let mut next = || numbers.next().unwrap_or(f64::NAN);
    Cost { seconds: next(), mebibytes: next() / 1024.0 }
}

#[expect(clippy::print_stdout, reason = "a bench prints what it measured")]
fn report(line: &str) {
    println!("{line}");
}
