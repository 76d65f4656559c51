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
use bitext::pipeline::{self, Aligner, Outcome, Request};
use bitext::read::read_input;
use bitext::terms::Rules;
use bitext::types::{
    Bitext, Concept, FilePlace, Input, LeftOut, LeftOutKind, Mention, MentionKind, Pair,
    Side, Source, Status, TermPair,
};
use insta::assert_snapshot;
use proptest::prelude::*;

use crate::cli::Desk;
use crate::dice::Dice;

/// A pair of texts, aligned and checked.
struct Checked {
    bitext: Bitext,
    mined: Mined,
    findings: Vec<Finding>,
}

fn checked(aligner: &Aligner, zh: &Path, en: &Path, glossary: &[Concept]) -> Checked {
    let input = read_input(zh, Some(en), Pair::new(None, None)).unwrap().value;
    let outcome = outcome(aligner, input);
    let findings = found(&outcome, glossary);
    Checked { bitext: outcome.bitext, mined: outcome.mined.unwrap(), findings }
}

fn outcome(aligner: &Aligner, input: Input) -> Outcome {
    let request =
        Request { terms: true, sentences: true, analysis: true, ..Request::new(aligner) };
    pipeline::run(input.into(), &request, &())
}

/// What is found against a glossary that the aligner knows nothing of.
fn found(outcome: &Outcome, glossary: &[Concept]) -> Vec<Finding> {
    let rules = Rules::new(glossary, Seed::shipped());
    let material = Material {
        bitext: &outcome.bitext,
        analysis: outcome.analysis.as_ref().unwrap(),
        sentences: outcome.sentences.as_ref(),
        notices: &outcome.notices,
        inconsistencies: &outcome.mined.as_ref().unwrap().inconsistencies,
        rules: &rules,
        seed: Seed::shipped(),
        source: Side::Zh,
    };
    check(&material, &FindingKind::ALL)
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

/// How often errors are put in anew, and how often the bar may be missed.
const ROUNDS: u64 = 10;
const MISSES: usize = 2;

/// What came of the errors of a round.
#[derive(Default)]
struct Tally {
    planted: usize,
    found: usize,
    strays: usize,
}

impl Tally {
    /// Of sixty errors are 55 found, and are six alarms more at most false?
    fn is_good(&self) -> bool {
        self.found * 60 >= self.planted * 55 && self.strays * 60 <= self.planted * 6
    }
}

/// `SEED=7` puts in others, `DATA=FOLDER` says where the texts are that are not ours.
#[test]
fn errors_that_were_put_in_are_found_and_little_else() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let seed: u64 = std::env::var("SEED").map_or(1, |seed| seed.parse().unwrap());
    let data =
        std::env::var_os("DATA").map_or(root.join("../shared/data"), PathBuf::from);
    let folders = [
        root.join("corpora/contract"),
        root.join("corpora/statute"),
        root.join("corpora/resolution"),
        data.join("un-ares-68-193"),
        data.join("tw-human-trafficking"),
    ];
    let aligner = Aligner::new(Config::default());
    let desk = tempfile::tempdir().unwrap();
    let path = desk.path().join("en.txt");
    let mut tallies: Vec<Tally> = (0..ROUNDS).map(|_| Tally::default()).collect();
    for (folder, place) in folders.iter().zip(0_u64..) {
        if !folder.exists() {
            println!("{} is not there: its errors are not put in", folder.display());
            continue;
        }
        let (zh, en) = (folder.join("zh.txt"), folder.join("en.txt"));
        let (glossary, terms) = glossary_of(&checked(&aligner, &zh, &en, &[]).mined);
        let base = checked(&aligner, &zh, &en, &glossary);
        let before: BTreeSet<&str> =
            base.findings.iter().map(|found| found.fingerprint.as_str()).collect();
        let text = fs::read_to_string(&en).unwrap().replace('\u{C}', " ");
        let lines: Vec<String> = text.lines().map(str::to_owned).collect();
        for (tally, round) in tallies.iter_mut().zip(0_u64..) {
            println!("{}, round {round}", folder.display());
            let mut dice =
                Dice(0x9E37_79B9_7F4A_7C15 ^ (seed << 32) ^ (round << 8) ^ place);
            let (changed, planted) = plant(&base, &lines, &terms, &mut dice);
            fs::write(&path, changed.join("\n") + "\n").unwrap();
            let mut after = checked(&aligner, &zh, &path, &glossary).findings;
            after.retain(|finding| !before.contains(finding.fingerprint.as_str()));
            print!("{}", compared(&after, &planted, tally));
        }
    }
    for Tally { planted, found, strays } in &tallies {
        println!("{found} of {planted} found, {strays} false");
    }
    let n_bad = tallies.iter().filter(|tally| !tally.is_good()).count();
    assert!(n_bad <= MISSES, "{n_bad} of {ROUNDS} rounds miss the bar");
}

/// Holds the findings that are new against the errors that were put in; tells what was missed
/// and what is false.
fn compared(new: &[Finding], planted: &[Planted], tally: &mut Tally) -> String {
    let mut told = String::new();
    for error in planted {
        let is_found =
            new.iter().any(|finding| fits(finding, error) && names(finding, error));
        tally.planted += 1;
        tally.found += usize::from(is_found);
        if !is_found {
            let Planted { what, detail, en_lines, .. } = error;
            told += &format!("  missed {what}: {detail} at {en_lines:?}\n");
        }
    }
    for finding in new {
        if !planted.iter().any(|error| names(finding, error)) {
            tally.strays += 1;
            let en = finding.passages.en.as_ref().map(|p| (&p.lines, &p.text));
            told += &format!(
                "  false {} {:?}\n    {en:?}\n",
                finding.kind,
                finding.message()
            );
        }
    }
    told
}

const ZH: &str = "打击非法采砂合作协定\n\n第一条　缔约双方应当加强执法合作，并交换有关犯罪所得的情报。\n\n\
    第二条　本协定自2019年3月5日起生效，有效期五年。\n\n\
    第三条　缔约双方应当设立联合委员会，每年举行两次会议。\n\n\
    第四条　联合委员会由“双方代表组成。\n";
const EN: &str = "Agreement on Cooperation against Illegal Sand Mining\n\n\
    Article 1. The Parties shall strengthen law enforcement cooperation and exchange \
    information on <criminal gains>.\n\n\
    Article 2. This Agreement shall enter into force on 5 March 2018 for five years.\n\n\
    Article 4. The Joint Commission shall consist of representatives of both Parties.\n";
const GLOSSARY: &str = "zh,en,status\n犯罪所得,proceeds of crime,preferred\n\
    犯罪所得,criminal gains,forbidden\n";

impl crate::cli::Run {
    /// It did nothing, and said so among other things.
    fn fails_with(self, message: &str) {
        assert_eq!(self.code(), 2);
        assert!(self.said().contains(message), "{}", self.said());
    }
}

fn desk() -> Desk {
    let desk = Desk::new();
    desk.put("sand/zh.txt", ZH);
    desk.put("sand/en.txt", EN);
    desk.put("terms.csv", GLOSSARY);
    desk
}

const PAIR: [&str; 3] = ["check", "sand/zh.txt", "sand/en.txt"];

fn run(desk: &Desk, options: &[&str]) -> crate::cli::Run {
    desk.run(&[&PAIR[..], options].concat())
}

#[test]
fn every_output_tells_the_findings() {
    let desk = desk();
    let options = ["--glossary", "terms.csv", "--write", "all"];
    let run = run(&desk, &options).done();
    assert_snapshot!("check.txt", run.out());
    for name in desk.files("aligned") {
        assert_snapshot!(name.clone(), desk.get(&format!("aligned/{name}")));
    }
}

#[test]
fn a_script_can_tell_by_the_exit_status() {
    let desk = desk();
    assert_eq!(run(&desk, &[]).code(), 0);
    assert_eq!(run(&desk, &["--fail-on", "any"]).code(), 1);
    assert_eq!(run(&desk, &["--fail-on", "error"]).code(), 1);
    assert_eq!(run(&desk, &["--fail-on", "spelling,length"]).code(), 0);
    assert_eq!(run(&desk, &["--fail-on", "number", "--kinds", "punctuation"]).code(), 0);
    assert_eq!(run(&desk, &["--fail-on", "numbers"]).code(), 2);
    assert_eq!(desk.run(&["check", "sand/zh.txt", "absent.txt"]).code(), 2);
}

#[test]
fn what_was_accepted_is_counted_and_not_listed() {
    let desk = desk();
    run(&desk, &["--write", "exceptions"]).done();
    let accept = ["--accept", "aligned/sand.exceptions.csv", "--fail-on", "any"];
    let again = run(&desk, &accept);
    assert_eq!(again.code(), 0);
    assert!(again.out().contains("accepted before"), "{}", again.out());
    // An edit elsewhere leaves what was accepted; a new error is told.
    let (zh, en) =
        ("第五条　本协定一式三十份。", "Article 5. This Agreement has forty copies.");
    desk.put("sand/zh.txt", format!("前言\n\n{}\n{zh}\n", ZH.replace("情报", "信息")));
    desk.put("sand/en.txt", format!("Preface\n\n{EN}\n{en}\n"));
    let edited = run(&desk, &accept);
    assert_eq!(edited.code(), 1);
    let printed = edited.out();
    assert!(printed.contains("30 in the Chinese, 40 in the English"), "{printed}");
    assert!(printed.contains("3 accepted before"), "{printed}");
}

#[test]
fn a_file_of_something_else_is_no_list_of_exceptions() {
    let desk = desk();
    run(&desk, &["--accept", "terms.csv"]).fails_with("is no fingerprint");
}

#[test]
fn no_output_takes_the_place_of_an_input_or_of_a_foreign_file() {
    let desk = desk();
    desk.put("aligned/sand.check.html", "mine");
    run(&desk, &["--write", "html"]).fails_with("was not written by align");
    assert_eq!(desk.get("aligned/sand.check.html"), "mine");
    desk.put("sand.exceptions.csv", "# nothing\n");
    let options = [
        "--accept",
        "sand.exceptions.csv",
        "--write",
        "exceptions",
        "--out",
        ".",
        "--force",
    ];
    run(&desk, &options).fails_with("would be overwritten");
}

#[test]
fn an_aligned_file_is_checked_as_it_is() {
    let desk = desk();
    desk.put(
        "both.csv",
        "zh,en\n第一条　有效期三十天。,Article 1. It is valid for forty days.\n\
         第二条　本协定自签署之日起生效。,Article 2. It enters into force upon signature.\n",
    );
    let checked = desk.run(&["check", "both.csv"]).done();
    let printed = checked.out();
    assert!(printed.contains("30 in the Chinese, 40 in the English"), "{printed}");
}

#[test]
fn a_number_in_brackets_that_is_not_the_one_in_words_is_told() {
    let desk = desk();
    desk.put(
        "both.csv",
        "zh,en\n第一条　处五年以下有期徒刑。,Article 1. Imprisonment of up to five(4) years.\n\
         第二条　並科新臺幣三百萬元罰金。,Article 2. A fine of three (2) million New Taiwan dollars.\n\
         第三条　依第五条第二款办理。,Article 3. It is done as in Article Five (2).\n\
         第四条　有效期三十天。,Article 4. It is valid for thirty (30) days.\n",
    );
    let checked = desk.run(&["check", "both.csv", "--kinds", "number"]).done();
    let printed = checked.out();
    assert!(printed.contains("5 in words and 4 in brackets"), "{printed}");
    assert!(printed.contains("3 in words and 2 in brackets"), "{printed}");
    assert_eq!(printed.matches("in words").count(), 2, "{printed}");
}

/// A reviser reads no report that tells what both languages write in their own ways.
#[test]
fn numbers_written_in_either_way_are_no_findings() {
    let desk = desk();
    desk.put("zh.txt", OWN_WAYS_ZH);
    desk.put("en.txt", OWN_WAYS_EN);
    let printed = desk.run(&["check", "zh.txt", "en.txt"]).done();
    assert!(printed.out().contains("0 errors, 0 warnings"), "{}", printed.out());
}

const OWN_WAYS_ZH: &str = "第一条 总则

一、八成五的职工同意新规则，两成反对。

二、保存的文件包括：

（一）来信：

1．原件；

2.抄件；

（二）账簿。

三、本条第二款第（二）项所列账簿应当每年检查，第（一）项第2目除外。

四、本协定附录 A 第 A.3 节规定抽查办法。

五、依民法第一〇五條及第三四條之規定辦理。

六、全书采用八进制编号，图中标出第二四分位数。

七、商品打八折出售，库存降价两成五。

八、会议于下午3时15分开始，历时一年半。

九、全国共有 12 350 000 名工人和 3 450 家工厂，误差为 0.123456789012。

十、六七成的居民报名，其中有十七八岁的青年。

第一条也适用于分包人，不论其何时签约。

第二条 附则

本协定一式两份。
";

const OWN_WAYS_EN: &str = "Article 1 General

1. Eighty-five per cent of the staff agree to the new rules, 20 per cent object.

2. The documents kept shall be:

(a) Letters:

(i) the original;

(ii) copies;

(b) Account books.

3. The account books listed in paragraph 2 (b) of this article shall be inspected every year, subparagraph (a), item 2, excepted.

4. Annex A, Section A.3, of this Agreement lays down spot checks.

5. The provisions of Articles 105 and 34 of the Civil Code apply.

6. The book is numbered in octal; the second quartile is shown in the figure.

7. Goods are sold at 20 per cent off, stocks are reduced by 25 per cent.

8. The meeting began at 3.15 p.m. and lasted eighteen months.

9. The country has 12,350,000 workers and 3,450 factories; the error is 0.123456789012.

10. Between 60 and 70 per cent of the residents enrolled, young people of seventeen or eighteen among them.

Article 1 also applies to subcontractors, whenever they sign.

Article 2 Final provisions

This Agreement is made in two copies.
";

#[test]
fn numbers_that_differ_are_told_in_any_writing() {
    let desk = desk();
    desk.put(
        "both.csv",
        "zh,en\n约七成住户同意该办法。,About 7 per cent of the households agree to the method.\n\
         依第三四條處理申請。,Applications are handled in accordance with Article 43.\n\
         第一款第（四）项所列车辆不得出租。,The vehicles listed in paragraph 1 (e) shall not be hired out.\n\
         读数的均值为 5.1234567891。,The mean of the readings is 5.1234567981.\n\
         该市共有 1 350 000 名居民。,\"The city has 1,530,000 residents.\"\n",
    );
    let checked = desk.run(&["check", "both.csv", "--kinds", "number"]).done();
    let printed = checked.out();
    for told in [
        "70% in the Chinese, 7% in the English",
        "article 34 in the Chinese, article 43 in the English",
        "paragraph 1.4 in the Chinese, paragraph 1.5 in the English",
        "5.1234567891 in the Chinese, 5.1234567981 in the English",
        "1350000 in the Chinese, 1530000 in the English",
    ] {
        assert!(printed.contains(told), "{told}: {printed}");
    }
}

/// For a delegation nothing matters more than whether it is in the list.
#[test]
fn a_name_that_a_list_lacks_is_told() {
    let desk = desk();
    desk.put(
        "both.csv",
        "zh,en\n出席者：埃及、荷兰、墨西哥、挪威、葡萄牙、泰国和越南。,\
         \"Present: Egypt, Mexico, the Netherlands, Norway, Thailand and Viet Nam.\"\n\
         缺席者：埃及、荷兰、墨西哥、挪威、葡萄牙和泰国。,\
         \"Absent: Egypt, Mexico, the Netherlands, Norway, Portugal and Thailand.\"\n\
         会议记录载于附件。,The minutes of the meeting are annexed.\n",
    );
    let printed = desk.run(&["check", "both.csv", "--kinds", "omission"]).done().out();
    assert!(printed.contains("葡萄牙 in the list in the Chinese only"), "{printed}");
    assert_eq!(printed.matches("in the list").count(), 1, "{printed}");
}

#[test]
fn a_short_list_of_names_is_compared_in_either_direction() {
    let desk = desk();
    desk.put(
        "both.csv",
        "zh,en\n报告由埃及、挪威和泰国提交。,\
         \"The report was submitted by Egypt, Norway, Portugal and Thailand.\"\n\
         与会者来自韩国、埃及、挪威、泰国和越南。,\
         \"Participants came from the Republic of Korea, Egypt, Norway and Thailand.\"\n\
         信件由埃及、韩国、挪威和泰国保存。,\
         \"The letters are kept by Egypt, the Republic of Korea, Norway and Thailand.\"\n",
    );
    let printed = desk.run(&["check", "both.csv"]).done().out();
    assert!(printed.contains("Portugal in the list in the English only"), "{printed}");
    assert!(printed.contains("越南 in the list in the Chinese only"), "{printed}");
    assert_eq!(printed.matches("in the list").count(), 2, "{printed}");
}

#[test]
fn letters_with_a_stop_and_letters_in_brackets_are_counts_of_their_own() {
    let zh = "第一条 仓库\n\n一、北库\n\n1. 管理员：\n\n（1）开门；\n\n（2）登记。\n\n\
              2. 读者登记。\n\n二、南库\n\n1. 管理员签名。\n";
    let en = "Article 1 Stores\n\nA. North store\n\n1. The keeper:\n\n(a) opens;\n\n\
              (b) registers.\n\n2. Readers register.\n\nB. South store\n\n\
              1. The keeper signs.\n";
    assert!(!told(zh, en).contains("stands twice"), "{}", told(zh, en));
}

#[test]
fn a_pasted_translation_is_told_though_nothing_speaks_for_it() {
    let zh = "馆长应当每月提交报告。\n\n读者应当在登记簿上签名。\n\n木匠应当每年修理书架。\n\n\
              书库每日清扫。\n";
    let en = "The director shall submit a report every month.\n\nReaders shall sign the \
              register.\n\nThe director shall submit a report every month.\n\nThe stacks are \
              swept every day.\n";
    assert!(told(zh, en).contains("translates 2 texts"), "{}", told(zh, en));
}

#[test]
fn a_term_is_told_wherever_it_is_rendered_and_how() {
    let desk = desk();
    desk.put(
        "both.csv",
        "zh,en\n各国应当惩治犯罪团伙。,States shall punish criminal groups.\n\
         犯罪团伙的财产应当没收。,The property of criminal groups shall be confiscated.\n\
         参加犯罪团伙的人应当受到处罚。,Persons who join criminal groups shall be liable.\n\
         警察应当监视犯罪团体。,The police shall watch criminal groups.\n\
         犯罪团体不得登记为公司。,No criminal groups may be registered as companies.\n\
         法院可以解散此类组织。,The court may dissolve criminal groups.\n\
         本法自公布之日起施行。,This Act enters into force on the day of its promulgation.\n",
    );
    let checked = desk.run(&["check", "both.csv", "--kinds", "consistency"]).done();
    let printed = checked.out();
    for way in ["3×  犯罪团伙", "2×  犯罪团体", "1×  (otherwise)  (line 7)"] {
        assert!(printed.contains(way), "{way}: {printed}");
    }
}

/// The findings of two texts, as the screen shows them.
fn told(zh: &str, en: &str) -> String {
    let desk = Desk::new();
    desk.put("zh.md", zh);
    desk.put("en.md", en);
    desk.run(&["check", "zh.md", "en.md"]).done().out()
}

#[test]
fn commands_are_neither_untranslated_nor_unbalanced() {
    let zh = "# 水位读数\n\n运行下列命令：\n\n```\nread the level\nstop the pump if it is high\n\
              ```\n\n```\nfetch-level --from here --to there and wait for the result\n```\n\n\
              模式 `gauge[1` 匹配第一个水尺。\n\n- `print(` 打印读数\n";
    let en = "# Readings of the level\n\nRun these commands:\n\n```\nread the level\n\
              stop the pump if it is high\n```\n\n```\nfetch-level --from here --to there and \
              wait for the result\n```\n\nThe pattern `gauge[1` matches the first gauge.\n\n\
              - `print(` prints the readings\n";
    assert!(
        told(zh, en).starts_with("0 errors, 0 warnings, 0 notes"),
        "{}",
        told(zh, en)
    );
    let (zh, en) = ("闸门[由值班员开启。\n", "The gates [are opened by the keeper.\n");
    assert_eq!(told(zh, en).matches("[ is not closed").count(), 2, "{}", told(zh, en));
}

#[test]
fn sentences_are_missed_in_a_letter_of_few_paragraphs_too() {
    let zh = "敬启者：来函收悉，贵方所订的两台水泵已于昨日装船。\n\n\
              货物将于下月初运抵贵港。请贵方在货到之前办妥进口许可证，并将许可证副本寄给我方。\
              逾期未办妥许可证的，由此产生的仓储费用和滞港费用由贵方承担。货款应当在收货后付清。\n\n\
              如有疑问，请随时与我方的代理人联系。\n";
    let en = "Dear Sirs, We have received your letter; the two pumps that you ordered were \
              shipped yesterday.\n\n\
              The goods will arrive at your port early next month.\n\n\
              If you have any questions, please contact our agent at any time.\n";
    let printed = told(zh, en);
    assert!(
        printed.contains("lacks this sentence") || printed.contains("length"),
        "{printed}"
    );
    assert!(printed.contains("zh.md:3"), "{printed}");
}

/// A Chinese sentence may be a clause of a longer English one.
#[test]
fn a_sentence_that_became_a_clause_is_not_missed() {
    let rule = "第一条 会员可以查阅登记簿，但不得将登记簿带出档案室。\n\n";
    let rule_en =
        "Members may inspect the register, but shall not take it out of the archive.\n\n";
    let zh = format!(
        "{}未经协会事先书面同意，任何人不得使用协会的名称。包括但不限于将协会的名称用于广告、\
         包装、信笺、招牌、车辆和船舶，或者用于任何其他商业目的。\n",
        rule.replace("第一条 ", "").repeat(4)
    );
    let en = format!(
        "{}No person shall use the name of the association without its prior written consent, \
         for advertising, packaging, letters, signs, vehicles and ships or otherwise.\n",
        rule_en.repeat(4)
    );
    assert!(!told(&zh, &en).contains("lacks this sentence"), "{}", told(&zh, &en));
}

/// Names in capitals are no shorter than other words: a list of them counts on both sides.
#[test]
fn a_list_of_names_has_the_length_of_its_names() {
    let rule = "本规则由理事会负责解释，自公布之日起施行。\n\n";
    let rule_en =
        "These rules are interpreted by the Council and take effect on publication.\n\n";
    let names = "下列国家的船舶可以停靠：阿根廷、奥地利、巴西、丹麦、厄瓜多尔、斐济、芬兰、希腊、\
                 匈牙利、冰岛、爱尔兰、意大利、约旦、肯尼亚、黎巴嫩、马耳他、挪威、秘鲁和葡萄牙。\n\n";
    let names_en = "Ships of these countries may call: Argentina, Austria, Brazil, Denmark, \
                    Ecuador, Fiji, Finland, Greece, Hungary, Iceland, Ireland, Italy, Jordan, \
                    Kenya, Lebanon, Malta, Norway, Peru and Portugal.\n\n";
    let zh = format!("{}{names}{}", rule.repeat(5), rule.repeat(5));
    let en = format!("{}{names_en}{}", rule_en.repeat(5), rule_en.repeat(5));
    assert!(!told(&zh, &en).contains("were expected"), "{}", told(&zh, &en));
    // Where most of it is missing, both lengths are told.
    let few = "Ships of these countries may call: Argentina.\n\n";
    let printed = told(&zh, &en.replace(names_en, few));
    let lengths = "37 letters for 61 Chinese characters; about 200 were expected";
    assert!(printed.contains(lengths), "{printed}");
}

#[test]
fn languages_are_listed_by_their_own_names() {
    let zh = "本页另有其他版本：Deutsch、English、日本語。\n\n请勿复制本页。\n";
    let en = "This page is also available in: Deutsch, 日本語, 中文, 粵語.\n\n\
              Please do not copy this page.\n";
    assert!(!told(zh, en).contains("Chinese in the English"), "{}", told(zh, en));
    let en = en.replace("日本語, 中文", "日本語, 版本");
    assert!(told(zh, &en).contains("Chinese in the English"), "{}", told(zh, &en));
}

#[test]
fn names_on_which_both_sides_agree_are_not_misspelled() {
    let mut zh = String::new();
    let mut en = String::new();
    for (a, b) in [
        ("站长 Qarlov 保管钥匙。", "The keys are kept by Qarlov, the head."),
        ("Qarlov 每日签字。", "Qarlov signs every day."),
        ("图纸由 Qarlov 绘制。", "The drawings are by Qarlov."),
        ("副站长为 Qarlow。", "The deputy head is Qarlow."),
        ("值班员报告 Qarlov。", "The keeper reports to Qarlof."),
    ] {
        zh += &format!("{a}\n\n");
        en += &format!("{b}\n\n");
    }
    let printed = told(&zh, &en);
    assert!(!printed.contains("Qarlow is"), "{printed}");
    assert!(
        printed.contains("Qarlov in the Chinese, Qarlof in the English"),
        "{printed}"
    );
}

#[test]
fn a_note_that_recurs_in_one_language_is_not_there_once_in_the_other() {
    let note = "This is an unofficial English version made by the harbour office for information.";
    let mut zh = String::new();
    let mut en = String::new();
    for (n, month) in [("一", "March"), ("二", "April"), ("三", "May")] {
        zh += &format!("通知{n}\n\n渡船按时刻表行驶，节假日除外。\n\n");
        en += &format!(
            "Notice of {month}\n\nThe ferry runs to its timetable, except on \
                        holidays.\n\n{note}\n\n"
        );
    }
    let printed = told(&zh, &en);
    assert!(printed.contains("the Chinese lacks this"), "{printed}");
    assert!(!printed.contains("once in the Chinese"), "{printed}");
}

#[test]
fn one_text_in_two_translations_and_two_in_one_are_told() {
    let desk = desk();
    desk.put(
        "both.csv",
        "zh,en\n船舶应当在日落前靠岸。,Ships shall berth before sunset.\n\
         船舶应当在日落前靠岸。,Vessels must land before dark.\n\
         船长保管航海日志。,The captain keeps the log.\n\
         厨师保管储藏室钥匙。,The captain keeps the log.\n\
         旅客不得进入机舱。,Passengers shall not enter the engine room.\n\
         旅客不得进入机舱。,The passengers shall not enter the engine room!\n\
         缆绳应当每年更换。,The ropes shall be replaced every year.\n\
         所有的缆绳应当每年更换。,The ropes shall be replaced every year.\n",
    );
    let printed = desk.run(&["check", "both.csv", "--kinds", "consistency"]).done().out();
    assert!(
        printed.contains("“船舶应当在日落前靠岸。” is translated in 2 ways"),
        "{printed}"
    );
    assert!(
        printed.contains("“The captain keeps the log.” translates 2 texts"),
        "{printed}"
    );
    assert!(!printed.contains("engine room") && !printed.contains("ropes"), "{printed}");
}

fn text() -> impl Strategy<Value = String> {
    "([一-龥]|[ -~]|第|条|[一二三十百千万]|[0-9]{1,4}|年|月|日|[“”《》（）\"]|, |the |of |Article |\n|\n\n|1\\. |\\(a\\) |\\PC){0,80}"
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn any_two_texts_have_findings_that_can_be_written(zh in text(), en in text()) {
        let aligner = Aligner::new(Config::default());
        let source = |name: &str, text: &str| {
            bitext::types::Source::plain(name.to_owned(), text.to_owned(), "UTF-8")
        };
        let sources = Pair::new(source("zh.txt", &zh), source("en.txt", &en));
        let outcome = outcome(&aligner, Input::Texts(sources));
        let glossary = glossary_of(outcome.mined.as_ref().unwrap()).0;
        let findings = found(&outcome, &glossary);
        for finding in &findings {
            for side in Side::BOTH {
                finding.marked(side); // spans lie on boundaries
            }
        }
        let fingerprints: BTreeSet<&str> =
            findings.iter().map(|finding| finding.fingerprint.as_str()).collect();
        prop_assert_eq!(fingerprints.len(), findings.len());
        let report = Report {
            findings: &findings,
            n_accepted: 0,
            names: Pair::new("zh.txt", "en.txt"),
            languages: Pair::new("zh-CN", "en-US"),
            n_units: 0,
        };
        let file = tempfile::NamedTempFile::new().unwrap();
        let mut left = findings.clone();
        for kind in ReportKind::ALL {
            let mut out = Vec::new();
            kind.write(&report, &mut out).unwrap();
            if kind == ReportKind::Exceptions {
                fs::write(file.path(), out).unwrap();
                Exceptions::load(file.path()).unwrap().apply(&mut left);
            }
        }
        prop_assert!(left.is_empty(), "{left:?}");
    }
}

#[test]
fn a_line_left_out_whose_counterpart_stands_alone_is_told_by_its_words() {
    let zh = "登记员保管所有契据。\n\n契据存放在塔下的地窖里。\n\n\
              登记员可以拒绝把钥匙借给丢失过钥匙的读者。\n\n\
              地窖在节日以及星期日关闭。\n\n读者查阅契据须经登记员许可。\n\n查阅契据的费用由读者支付。\n";
    let en = "The registrar keeps all deeds.\n\nDeeds are kept in the vault under the tower.\n\n\
              The vault is closed on feasts and on Sundays.\n\n\
              A reader may consult a deed with the permission of the registrar.\n\n\
              The reader pays the fees for consulting deeds.\n";
    let hidden =
        "The registrar may refuse to lend a key to a reader who has lost a key before.";
    let aligner = Aligner::new(Config::default());
    let told = |line: &str| {
        let left_out = LeftOut::new(LeftOutKind::Hidden, FilePlace::Line(3), line);
        let source =
            Source { left_out: vec![left_out], ..Source::plain("en.txt", en, "UTF-8") };
        let texts = Pair::new(Source::plain("zh.txt", zh, "UTF-8"), source);
        let findings = found(&outcome(&aligner, Input::Texts(texts)), &[]);
        let messages = findings.iter().map(Finding::message);
        messages.filter(|message| message.contains("left out as hidden text")).count()
    };
    assert_eq!(told(hidden), 1);
    assert_eq!(
        told("Ships that call at the port of the island pay harbour dues in advance."),
        0
    );
}

/// A folder with a pair without a fault, one with a wrong number, and one that is broken.
fn folder_of_three() -> Desk {
    let desk = Desk::new();
    let zh = "第一条　灯塔守护人领取薪金900元。\n\n第二条　灯塔每年检查三次。\n";
    let en = "Article 1. The lighthouse keeper receives a salary of 900 yuan.\n\n\
              Article 2. The lighthouse is inspected three times a year.\n";
    for name in ["a", "sub/b", "c"] {
        desk.put(&format!("in/{name}.zh.txt"), zh);
        desk.put(&format!("in/{name}.en.txt"), en);
    }
    desk.put("in/sub/b.en.txt", en.replace("900", "800"));
    desk.put("in/c.zh.txt", "");
    desk
}

#[test]
fn a_folder_is_checked_pair_by_pair() {
    let desk = folder_of_three();
    let run = desk.run(&["check", "in"]);
    assert_eq!(run.code(), 1, "a pair failed: {}", run.said());
    assert_eq!(desk.files("aligned"), ["a.check.html", "sub"]);
    assert_eq!(desk.files("aligned/sub"), ["b.check.html"]);
    let out = run.out();
    for row in [
        "Checked     2 pairs\n",
        "By kind     number  1\n",
        "By pair     a      nothing\n            sub/b  1 error\n",
        "Failed      1 pair\n            c  in/c.zh.txt: is empty\n",
        "Written     2 reports in aligned: NAME.check.html\n",
    ] {
        assert!(out.contains(row), "no {row}in\n{out}");
    }
    assert_eq!(desk.run(&["check", "in"]).out(), out, "a second time");
}

#[test]
fn a_folder_is_checked_as_its_pairs_are() {
    let desk = folder_of_three();
    std::fs::remove_file(desk.path("in/c.zh.txt")).unwrap();
    let args = ["--write", "json", "--fail-on", "number"];
    let run = desk.run(&[&["check", "in", "--out", "all"], &args[..]].concat());
    assert_eq!(run.code(), 1, "{}", run.said());
    let texts = ["check", "in/sub/b.zh.txt", "in/sub/b.en.txt", "--out", "one"];
    assert_eq!(desk.run(&[&texts[..], &args[..]].concat()).code(), 1);
    assert_eq!(desk.get("all/sub/b.check.json"), desk.get("one/b.check.json"));
    desk.run(&["check", "in", "--fail-on", "term", "--quiet"]).done();
    desk.run(&["check", "in", "--name", "x"]).refused(
        "error: --name is for one pair\n\
         hint: the pairs of a folder are called by their files\n",
    );
}

#[test]
fn a_report_that_somebody_wrote_stands_in_the_way_of_its_pair_alone() {
    let desk = folder_of_three();
    desk.put("aligned/a.check.html", "mine");
    let run = desk.run(&["check", "in"]);
    assert_eq!(run.code(), 1);
    assert_eq!(desk.get("aligned/a.check.html"), "mine");
    assert!(desk.path("aligned/sub/b.check.html").exists(), "{}", run.out());
}
