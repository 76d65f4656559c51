//! How long a large termbase takes: 100,000 concepts, made up of words of the law.
//!
//! `cargo bench --bench termbase`. `search_loaded` is on a termbase that is loaded and
//! indexed, which `index` does, `search_file`
//! reads the file for it as `align glossary search` does, `merge_file` is all that
//! `align ZH EN --glossary FILE` does to the file: lock, read, merge 2,000 mined pairs, write.
//! `import_table` is what `align glossary import` does with a client's table and a termbase that
//! is not there yet, `export_file` what `align glossary export` does, `parse` what `list` and
//! `show` begin with. Each is to take less than a second of one core.
#![expect(clippy::unwrap_used, reason = "a bench may fail as a test does")]

use std::fs;
use std::path::Path;

use bitext::export::{ExportKind, Product};
use bitext::glossary::{
    Harvest, Index, Row, Stamp, Store, Termbase, add_mined, load, merge, search_text,
};
use bitext::lexicon::Seed;
use bitext::types::{Bitext, Context, Pair, Status, TermPair};
use divan::Bencher;

const CONCEPTS: usize = 100_000;
const MINED: usize = 2_000;

/// Both scripts, a reading, a slip of the pen, and what is not there.
const QUERIES: [&str; 6] =
    ["缔约", "締約方", "contracting party", "dìyuē", "convnetion", "zzzz"];

fn main() {
    divan::main();
}

const ZH: [&str; 16] = [
    "缔约", "公约", "条约", "犯罪", "所得", "没收", "证据", "引渡", "国际", "合作",
    "程序", "决定", "书面", "通知", "权利", "义务",
];
const EN: [&str; 16] = [
    "contracting",
    "convention",
    "treaty",
    "crime",
    "proceeds",
    "confiscation",
    "evidence",
    "extradition",
    "international",
    "cooperation",
    "procedure",
    "decision",
    "written",
    "notice",
    "right",
    "duty",
];

/// Terms of two to four words, numbered so that each is one of its own.
fn term(n: usize) -> Pair<String> {
    let words = (0..2 + n % 3).map(|k| (n >> (4 * k)) % 16);
    let zh: String = words.clone().map(|word| ZH[word]).collect();
    let en: Vec<&str> = words.map(|word| EN[word]).collect();
    Pair::new(format!("{zh}{n}"), format!("{} {n}", en.join(" ")))
}

fn context(term: &Pair<String>) -> Pair<String> {
    Pair::new(
        format!("本公约缔约各方应当按照{}的规定，采取一切必要的措施。", term.zh),
        format!("The Parties shall, as {} requires, take all measures needed.", term.en),
    )
}

fn termbase() -> Termbase {
    let mut termbase = Termbase::default();
    for n in 0..CONCEPTS {
        let term = term(n);
        termbase.add(Row {
            status: Status::ALL[n % 5],
            subject: "law".into(),
            context: context(&term),
            unit: format!("law: article {}", n % 90),
            created: "2026-01-01".into(),
            changed: "2026-01-01".into(),
            term,
            ..Row::default()
        });
    }
    termbase
}

/// Half of them known, half new.
fn mined() -> Vec<TermPair> {
    let pair = |n: usize| {
        let term = term(CONCEPTS - MINED / 2 + n);
        let text = context(&term);
        let context = Context { text, place: "article 1".into(), ..Context::default() };
        let contexts = vec![context];
        TermPair { term, count: 3, confidence: 0.8, contexts, ..TermPair::default() }
    };
    (0..MINED).map(pair).collect()
}

#[divan::bench(args = QUERIES)]
fn search_loaded(bencher: Bencher, query: &str) {
    let termbase = termbase();
    let index = Index::new(&termbase, Seed::shipped());
    bencher.bench_local(|| index.search(query, 20));
}

#[divan::bench(sample_count = 10)]
fn index(bencher: Bencher) {
    let termbase = termbase();
    bencher.bench_local(|| Index::new(&termbase, Seed::shipped()));
}

#[divan::bench(args = QUERIES)]
fn search_file(bencher: Bencher, query: &str) {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("terms.csv");
    fs::write(&path, termbase().to_text()).unwrap();
    bencher.bench_local(|| {
        let text = fs::read_to_string(&path).unwrap();
        search_text(&text, &path, query, 20, Seed::shipped()).unwrap()
    });
}

#[divan::bench(sample_count = 10)]
fn parse(bencher: Bencher) {
    let text = termbase().to_text();
    bencher.bench_local(|| Termbase::parse(&text, Path::new("terms.csv")).unwrap());
}

#[divan::bench(sample_count = 10)]
fn merge_loaded(bencher: Bencher) {
    let (termbase, mined) = (termbase(), mined());
    let stamp = Stamp { day: "2026-01-02".into(), who: String::new() };
    let harvest = Harvest::from_document("un", &mined);
    bencher
        .with_inputs(|| termbase.clone())
        .bench_local_refs(|base| add_mined(base, &harvest, &stamp, Seed::shipped()));
}

#[divan::bench(sample_count = 10)]
fn merge_file(bencher: Bencher) {
    let (text, mined) = (termbase().to_text(), mined());
    let stamp = Stamp { day: "2026-01-02".into(), who: String::new() };
    let harvest = Harvest::from_document("un", &mined);
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("terms.csv");
    let store = Store::new(&path);
    bencher.with_inputs(|| fs::write(&path, &text).unwrap()).bench_local_values(|()| {
        let change = |base: &mut Termbase| {
            Ok::<_, bitext::glossary::GlossaryError>(add_mined(
                base,
                &harvest,
                &stamp,
                Seed::shipped(),
            ))
        };
        store.change("align", change).unwrap()
    });
}

/// A client's table: terms, statuses in words, notes.
fn table() -> String {
    let mut table = String::from("中文,英文,状态,备注\n");
    for n in 0..CONCEPTS {
        let Pair { zh, en } = term(n);
        let status = ["已批准", "草稿", "禁用"][n % 3];
        table += &format!("{zh},{en},{status},第 {n} 条\n");
    }
    table
}

#[divan::bench(sample_count = 10)]
fn import_table(bencher: Bencher) {
    let dir = tempfile::tempdir().unwrap();
    let (client, path) = (dir.path().join("client.csv"), dir.path().join("terms.csv"));
    fs::write(&client, table()).unwrap();
    let stamp = Stamp { day: "2026-01-02".into(), who: "mei".into() };
    let begin = || {
        let _ = fs::remove_file(&path);
    };
    bencher.with_inputs(begin).bench_local_values(|()| {
        let loaded = load(&client, false).unwrap();
        let theirs = Termbase::from_concepts(loaded.concepts, "", &stamp);
        let change = |base: &mut Termbase| {
            merge(None, base, theirs.clone(), Seed::shipped());
            Ok::<_, bitext::glossary::GlossaryError>(())
        };
        Store::new(&path).change("import", change).unwrap()
    });
}

#[divan::bench(sample_count = 10, args = ["csv", "tbx", "xlsx", "multiterm", "utx"])]
fn export_file(bencher: Bencher, kind: &str) {
    let text = termbase().to_text();
    let kind = ExportKind::parse_list(kind).unwrap()[0];
    let bitext = Bitext::empty("terms");
    let languages = Pair::new("zh-CN".to_owned(), "en-US".to_owned());
    bencher.bench_local(|| {
        let termbase = Termbase::parse(&text, Path::new("terms.csv")).unwrap();
        let concepts = termbase.to_rows(Row::is_decided);
        let product =
            Product { concepts: &concepts, ..Product::new(&bitext, "terms", &languages) };
        let mut out = Vec::new();
        kind.files()[0].write(&product, &mut out).unwrap();
        out
    });
}
