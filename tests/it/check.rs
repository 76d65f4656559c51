//! The check of a translation: what it finds of errors that were put in, how it says so, and
//! that it takes every text.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use bitext::anchor;
use bitext::check::{
    Exceptions, Finding, FindingKind, Material, Report, ReportKind, check,
};
use bitext::config::Config;
use bitext::lexicon::Seed;
use bitext::mine::Mined;
use bitext::pipeline::Aligner;
use bitext::read::read_input;
use bitext::types::{
    Bitext, Concept, Mention, MentionKind, Notice, Pair, Side, Status, TermPair,
};
use insta::assert_snapshot;
use proptest::prelude::*;

use crate::cli::Desk;

/// A pair of texts, aligned and checked.
struct Checked {
    bitext: Bitext,
    mined: Mined,
    findings: Vec<Finding>,
}

fn checked(aligner: &Aligner, zh: &Path, en: &Path, glossary: &[Concept]) -> Checked {
    let input = read_input(zh, Some(en), Pair::new(None, None)).unwrap().value;
    let aligned = aligner.align_input(input, &());
    let mined = aligner.mine_all(&aligned.value, &());
    let findings = found(aligner, &aligned.value, &aligned.notices, &mined, glossary);
    Checked { bitext: aligned.value, mined, findings }
}

fn found(
    aligner: &Aligner,
    bitext: &Bitext,
    notices: &[Notice],
    mined: &Mined,
    glossary: &[Concept],
) -> Vec<Finding> {
    let sentences = aligner.sentences(bitext);
    let material = Material {
        bitext,
        sentences: Some(&sentences),
        notices,
        mined,
        glossary,
        seed: Seed::shipped(),
        source: Side::Zh,
    };
    check(&material, &FindingKind::ALL)
}

/// A row of random numbers that is the same everywhere (xorshift, Marsaglia 2003).
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % sides.max(1) as u64) as usize
    }

    fn shuffle<T>(&mut self, items: &mut [T]) {
        for at in (1..items.len()).rev() {
            items.swap(at, self.roll(at + 1));
        }
    }
}

/// A unit of one segment a side that stands in the English file as it was cut.
#[derive(Clone, Debug)]
struct Target {
    zh_lines: (usize, usize),
    en_lines: (usize, usize),
    zh: String,
    en: String,
    bead: usize,
}

/// An error that was put in.
#[derive(Debug)]
struct Planted {
    what: &'static str,
    zh_lines: Vec<(usize, usize)>,
    /// Lines of the changed English file.
    en_lines: Vec<(usize, usize)>,
    detail: String,
}

fn bare(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn targets(bitext: &Bitext, en: &[String]) -> Vec<Target> {
    let single = |unit: &bitext::types::TranslationUnit<'_>| {
        unit.bead.range.zh.len() == 1
            && unit.bead.range.en.len() == 1
            && unit.bead.score > 0.9
    };
    let units = bitext.units().filter(single);
    let target = units.map(|unit| Target {
        zh_lines: unit.lines(Side::Zh).unwrap(),
        en_lines: unit.lines(Side::En).unwrap(),
        zh: unit.text(Side::Zh),
        en: unit.text(Side::En),
        bead: unit.index,
    });
    // What the cleaning moved about cannot be changed as a whole.
    let stands_so = |target: &Target| {
        let (first, last) = target.en_lines;
        bare(&en[first - 1..last].join(" ")) == bare(&target.en)
    };
    target.filter(stands_so).collect()
}

/// The mention as another number would have it.
fn changed(mention: &str, dice: &mut Dice) -> Option<String> {
    let runs: Vec<(usize, &str)> = mention
        .split(|c: char| !c.is_ascii_digit())
        .filter(|run| !run.is_empty() && run.len() < 9)
        .map(|run| (run.as_ptr() as usize - mention.as_ptr() as usize, run))
        .collect();
    if runs.is_empty() {
        let words = [
            ("thirty", "forty"),
            ("five", "six"),
            ("seven", "nine"),
            ("three", "four"),
            ("ten", "nine"),
            ("two", "four"),
            ("fourth", "fifth"),
            ("third", "fourth"),
            ("second", "fourth"),
            ("six", "seven"),
        ];
        let lower = mention.to_lowercase();
        let (from, to) = words.iter().find(|(from, _)| lower.starts_with(from))?;
        return Some(format!("{to}{}", &mention[from.len()..]));
    }
    let (at, run) = runs[dice.roll(runs.len())];
    let number: u64 = run.parse().unwrap();
    let other = if number > 1 { number - 1 } else { number + 1 };
    Some(format!("{}{other}{}", &mention[..at], &mention[at + run.len()..]))
}

fn is_number(mention: &Mention) -> bool {
    use MentionKind::*;
    matches!(
        mention.kind,
        Symbol
            | Resolution
            | Date
            | Year
            | Ordinal
            | Provision
            | Quantity
            | Money
            | Percentage
    )
}

/// Puts twelve errors into the English lines: numbers, terms, paragraphs.
fn plant(
    base: &Checked,
    lines: &[String],
    terms: &[Pair<String>],
    dice: &mut Dice,
) -> (Vec<String>, Vec<Planted>) {
    let mut open = targets(&base.bitext, lines);
    dice.shuffle(&mut open);
    // What each old line is replaced by; the first line of a unit stands for all of it.
    let mut new: Vec<Vec<String>> = lines.iter().map(|line| vec![line.clone()]).collect();
    let mut planted: Vec<(Vec<usize>, Planted)> = Vec::new();
    let mut used: BTreeSet<usize> = BTreeSet::new();
    let mut plan = |what, places: &[&Target], old: Vec<usize>, detail: String| {
        let zh_lines = places.iter().map(|target| target.zh_lines).collect();
        planted.push((old, Planted { what, zh_lines, en_lines: vec![], detail }));
    };

    let mut n_numbers = 0;
    for target in &open {
        let zh: BTreeSet<String> =
            anchor::mentions(Side::Zh, &target.zh).into_iter().map(|m| m.value).collect();
        let shared: Vec<Mention> = anchor::mentions(Side::En, &target.en)
            .into_iter()
            .filter(|m| is_number(m) && zh.contains(&m.value))
            .collect();
        if shared.is_empty() || n_numbers == 6 {
            continue;
        }
        let words = shared[dice.roll(shared.len())].span.of(&target.en).to_owned();
        let (first, last) = target.en_lines;
        let line = (first - 1..last).find(|&n| new[n][0].matches(&words).count() == 1);
        let (Some(n), Some(other)) = (line, changed(&words, dice)) else { continue };
        new[n][0] = new[n][0].replace(&words, &other);
        used.insert(target.bead);
        n_numbers += 1;
        plan("number", &[target], vec![n], format!("{words} is now {other}"));
    }

    let mut n_terms = 0;
    for target in open.iter().filter(|target| target.en.len() > 40) {
        if used.contains(&target.bead) || n_terms == 3 {
            continue;
        }
        let (first, last) = target.en_lines;
        let hit = terms.iter().find_map(|term| {
            if !target.zh.contains(&term.zh) || target.en.matches(&term.en).count() != 1 {
                return None;
            }
            let line = (first - 1..last).find(|&n| new[n][0].contains(&term.en))?;
            Some((line, term))
        });
        let Some((n, term)) = hit else { continue };
        new[n][0] = new[n][0].replace(&term.en, "gadgetry");
        used.insert(target.bead);
        n_terms += 1;
        plan("term", &[target], vec![n], format!("{} is now gadgetry", term.en));
    }

    let is_paragraph = |target: &&Target| target.en.len() > 80;
    let free: Vec<Target> = open
        .iter()
        .filter(|target| !used.contains(&target.bead))
        .filter(is_paragraph)
        .cloned()
        .collect();
    let mut free = free.into_iter();
    if let Some(target) = free.next() {
        let (first, last) = target.en_lines;
        used.insert(target.bead);
        new[first - 1..last].iter_mut().for_each(Vec::clear);
        plan("dropped", &[&target], vec![], target.en.chars().take(40).collect());
    }
    if let Some(target) = free.next() {
        let (first, last) = target.en_lines;
        used.insert(target.bead);
        let mut copy: Vec<String> = new[first - 1..last].concat();
        if lines.get(last).is_some_and(|line| line.trim().is_empty()) {
            copy.insert(0, String::new());
        }
        new[last - 1].extend(copy);
        plan(
            "doubled",
            &[&target],
            (first - 1..last).collect(),
            target.en.chars().take(40).collect(),
        );
    }
    let rest: Vec<Target> = free.collect();
    let near = rest.iter().find_map(|a| {
        let is_near = |b: &&Target| b.bead > a.bead + 1 && b.bead < a.bead + 9;
        Some((a, rest.iter().find(is_near)?))
    });
    if let Some((a, b)) = near {
        let of = |target: &Target| target.en_lines.0 - 1..target.en_lines.1;
        let (text_a, text_b) = (new[of(a)].concat(), new[of(b)].concat());
        for (target, text) in [(a, text_b), (b, text_a)] {
            new[of(target)].iter_mut().for_each(Vec::clear);
            new[target.en_lines.0 - 1] = text;
        }
        let old = of(a).chain(of(b)).collect();
        plan("swapped", &[a, b], old, a.en.chars().take(40).collect());
    }

    // Where the old lines came to stand.
    let mut at = 1;
    let mut now = Vec::new();
    for line in &new {
        now.push((at, at + line.len().max(1) - 1));
        at += line.len();
    }
    let planted = planted
        .into_iter()
        .map(|(old, planted)| Planted {
            en_lines: old.into_iter().map(|n| now[n]).collect(),
            ..planted
        })
        .collect();
    (new.concat(), planted)
}

fn meets(a: (usize, usize), b: (usize, usize)) -> bool {
    a.0 <= b.1 && b.0 <= a.1
}

/// Does the finding name the place of the error?
fn names(finding: &Finding, planted: &Planted) -> bool {
    let on = |side: Side, places: &[(usize, usize)]| {
        let passage = finding.passages.get(side).as_ref();
        passage.is_some_and(|p| places.iter().any(|place| meets(p.lines, *place)))
    };
    on(Side::Zh, &planted.zh_lines) || on(Side::En, &planted.en_lines)
}

/// Is it the kind of finding that the error should give?
fn fits(finding: &Finding, planted: &Planted) -> bool {
    use FindingKind::*;
    match planted.what {
        "number" => matches!(finding.kind, Number | Numbering),
        "term" => finding.kind == Term,
        _ => matches!(
            finding.kind,
            Omission | Addition | Repetition | Order | Numbering | Length
        ),
    }
}

/// The terms of a text as a glossary, and a spelling of each that stands in the English.
fn glossary_of(mined: &Mined) -> (Vec<Concept>, Vec<Pair<String>>) {
    let terms = mined
        .terms
        .iter()
        .filter(|term| term.count > 1 && term.term.zh.chars().count() > 2)
        .filter(|term| term.term.en.contains(' '));
    let pairs: Vec<Pair<String>> = terms.map(|term| term.term.clone()).take(40).collect();
    let concept = |pair: &Pair<String>| Concept {
        pair: TermPair {
            term: pair.clone(),
            status: Status::Accepted,
            ..TermPair::default()
        },
        ..Concept::default()
    };
    (pairs.iter().map(concept).collect(), pairs)
}

#[test]
fn errors_that_were_put_in_are_found_and_little_else() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folders: [(PathBuf, u64); 5] = [
        (root.join("corpora/contract"), 11),
        (root.join("corpora/statute"), 12),
        (root.join("corpora/resolution"), 13),
        (root.join("../shared/data/un-ares-68-193"), 14),
        (root.join("../shared/data/tw-human-trafficking"), 15),
    ];
    let aligner = Aligner::new(Config::default());
    let desk = tempfile::tempdir().unwrap();
    let (mut n_planted, mut n_found, mut n_false) = (0, 0, 0);
    for (folder, seed) in folders {
        if !folder.exists() {
            println!("{} is not there: its errors are not put in", folder.display());
            continue;
        }
        let (zh, en) = (folder.join("zh.txt"), folder.join("en.txt"));
        let (glossary, terms) = glossary_of(&checked(&aligner, &zh, &en, &[]).mined);
        let base = checked(&aligner, &zh, &en, &glossary);
        let text = fs::read_to_string(&en).unwrap().replace('\u{C}', " ");
        let lines: Vec<String> = text.lines().map(str::to_owned).collect();
        let mut dice = Dice(0x9E37_79B9_7F4A_7C15 ^ seed);
        let (changed, planted) = plant(&base, &lines, &terms, &mut dice);
        let path = desk.path().join("en.txt");
        fs::write(&path, changed.join("\n") + "\n").unwrap();
        let after = checked(&aligner, &zh, &path, &glossary);
        let before: BTreeSet<&str> =
            base.findings.iter().map(|found| found.fingerprint.as_str()).collect();
        println!("{}: {} planted", folder.display(), planted.len());
        for error in &planted {
            let is_found = after.findings.iter().any(|finding| {
                !before.contains(finding.fingerprint.as_str())
                    && fits(finding, error)
                    && names(finding, error)
            });
            n_planted += 1;
            n_found += usize::from(is_found);
            if !is_found {
                println!(
                    "  missed {}: {} at {:?}",
                    error.what, error.detail, error.en_lines
                );
            }
        }
        let stray = after.findings.iter().filter(|finding| {
            !before.contains(finding.fingerprint.as_str())
                && !planted.iter().any(|error| names(finding, error))
        });
        for finding in stray {
            n_false += 1;
            println!("  false {} {:?}", finding.kind, finding.message);
            println!(
                "    {:?}",
                finding.passages.en.as_ref().map(|p| (&p.lines, &p.text))
            );
        }
    }
    println!("{n_found} of {n_planted} found, {n_false} false");
    assert!(n_found * 60 >= n_planted * 55, "{n_found} of {n_planted} found");
    assert!(n_false * 60 <= n_planted * 6, "{n_false} false for {n_planted} planted");
}
