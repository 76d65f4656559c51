//! All who compare terms say the same of them: who marks mined pairs, who merges them into a
//! termbase, who tells where a text departs from it, and who checks a translation.

use std::path::{Path, PathBuf};

use bitext::check::{Finding, FindingKind, Material, check};
use bitext::config::Config;
use bitext::glossary::{Conflict, Harvest, Stamp, Store, Termbase, add_mined, mark};
use bitext::lexicon::Seed;
use bitext::mine::{Departure, Departures, Unit};
use bitext::pipeline::{self, Aligner, Outcome, Request, Review};
use bitext::read::read_input;
use bitext::terms::Rules;
use bitext::tokenize::tokenize;
use bitext::types::{
    Bead, Concept, Input, Ladder, Pair, Paired, PairedUnit, Side, Status, TermPair,
};
use proptest::prelude::*;

fn corpora(file: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(file)
}

fn starter() -> Termbase {
    Store::new(&corpora("glossary/starter.csv")).load().unwrap()
}

/// The contract, aligned by the starter glossary and checked against it.
fn contract() -> Outcome {
    let (zh, en) =
        (corpora("corpora/contract/zh.txt"), corpora("corpora/contract/en.txt"));
    let input = read_input(&zh, Some(&en), Pair::new(None, None)).unwrap();
    let aligner = Aligner::new(Config::default()).with_glossary(starter().decided());
    let review = Review { kinds: &[FindingKind::Term], source: Side::Zh };
    let request = Request { terms: true, review: Some(review), ..Request::new(&aligner) };
    pipeline::run(input, &request, &())
}

fn pair(zh: &str, en: &str, status: Status) -> TermPair {
    let term = Pair::new(zh.to_owned(), en.to_owned());
    TermPair { term, status, count: 1, ..TermPair::default() }
}

fn glossary(rows: &[(&str, &str, Status)]) -> Vec<Concept> {
    let concept = |&(zh, en, status): &(&str, &str, Status)| Concept {
        pair: pair(zh, en, status),
        ..Concept::default()
    };
    rows.iter().map(concept).collect()
}

/// What is told of a unit whose two sides are these.
fn told(concepts: &[Concept], zh: &str, en: &str) -> (Vec<Departure>, Vec<Finding>) {
    let seed = Seed::shipped();
    let text = Pair::new(zh.to_owned(), en.to_owned());
    let rules = Rules::new(concepts, seed);
    let mut departures = Departures::new(&rules);
    departures.look(&Unit {
        tokens: text.as_ref().map_sides(|side, text| tokenize(side, text, seed)),
        text: text.clone(),
        bead: 0,
        place: String::new().into(),
    });
    let aligner = Aligner::new(Config::default());
    let request = Request { analysis: true, ..Request::new(&aligner) };
    let unit = PairedUnit { text, ..PairedUnit::default() };
    let paired = Paired { name: "unit".into(), units: vec![unit], left_out: Vec::new() };
    let input = Input::Paired(paired);
    let mut outcome = pipeline::run(input.into(), &request, &());
    let bead = Bead { range: Pair::new(0..1, 0..1), score: 1.0 };
    outcome.bitext.ladder = Ladder::new(vec![bead], Pair::new(1, 1)).unwrap();
    let material = Material {
        bitext: &outcome.bitext,
        analysis: outcome.analysis.as_ref().unwrap(),
        sentences: None,
        notices: &[],
        inconsistencies: &[],
        rules: &rules,
        seed,
        source: Side::Zh,
    };
    (departures.found(), check(&material, &[FindingKind::Term]))
}

/// What a termbase of these concepts says against a pair that is merged into it.
fn conflicts(concepts: &[Concept], found: &TermPair) -> Vec<Conflict> {
    let stamp = Stamp::default();
    let mut termbase = Termbase::from_concepts(concepts.to_vec(), "", &stamp);
    let harvest = Harvest::from_document("text", std::slice::from_ref(found));
    add_mined(&mut termbase, &harvest, &stamp, Seed::shipped()).conflicts
}

#[test]
fn what_the_glossary_accepts_is_no_conflict_and_no_candidate() {
    let outcome = contract();
    let terms = outcome.mined.unwrap().terms;
    let found = terms.iter().find(|pair| pair.term.zh == "解除").unwrap();
    assert_eq!((found.term.en.as_str(), found.status), ("terminate", Status::Accepted));
    let mut termbase = starter();
    let harvest = Harvest::from_document("contract", &terms);
    let gain = add_mined(&mut termbase, &harvest, &Stamp::default(), Seed::shipped());
    assert!(gain.conflicts.iter().all(|conflict| conflict.term.zh != "解除"));
    let mut rows = termbase.rows().filter(|(_, row)| row.term.zh == "解除");
    let (id, row) = rows.next().unwrap();
    assert_eq!((id, row.total().count), ("termination", 2));
    assert!(rows.next().is_none());
}

#[test]
fn a_contract_that_keeps_to_the_glossary_gets_few_false_alarms() {
    let findings = contract().findings;
    let messages: Vec<String> = findings.iter().map(Finding::message).collect();
    assert_eq!(
        messages,
        [
            "故意 without “intent”",
            "赔偿 without “compensation”",
            "生效 without “entry into force”"
        ]
    );
}

#[test]
fn an_akin_word_of_another_meaning_is_a_departure_for_all() {
    let concepts = glossary(&[("被害人", "victim", Status::Accepted)]);
    let (departures, findings) = told(
        &concepts,
        "被害人有权获得赔偿。",
        "Victimization gives a right to compensation.",
    );
    assert_eq!((departures.len(), findings.len()), (1, 1));
}

/// Chinese terms, each with English words of several families.
const TERMS: [(&str, &[&str]); 4] = [
    ("终止", &["termination", "Terminate", "terminated", "the terminations", "expiry"]),
    ("發達國家", &["developed country", "Developed Countries", "developing countries"]),
    ("被害人", &["victim", "the victims", "victimization", "victimize", "injured party"]),
    ("违约", &["breach of contract", "breaches of a contract", "breach", "default"]),
];

/// A term of [`TERMS`], one of its renderings, and what was decided of it.
fn row() -> impl Strategy<Value = (&'static str, &'static str, Status)> {
    let status = prop::sample::select(vec![
        Status::Candidate,
        Status::Accepted,
        Status::Accepted,
        Status::Rejected,
    ]);
    (0..TERMS.len(), any::<prop::sample::Index>(), status).prop_map(|(at, en, status)| {
        let (zh, all) = TERMS[at];
        (zh, all[en.index(all.len())], status)
    })
}

proptest! {
    #[test]
    fn mark_merge_departures_and_check_agree(
        rows in prop::collection::vec(row(), 1..6), (zh, en, _) in row(), simple in any::<bool>()
    ) {
        let seed = Seed::shipped();
        let concepts = glossary(&rows);
        let zh: String = match simple {
            true => zh.chars().map(|c| seed.simplify(c)).collect(),
            false => zh.to_owned(),
        };
        let mut found = pair(&zh, en, Status::Candidate);
        mark(std::slice::from_mut(&mut found), &concepts, seed);
        let conflicts = conflicts(&concepts, &found);
        let (departures, findings) =
            told(&concepts, &format!("{zh}，如下。"), &format!("Here is {en}, as follows."));
        prop_assert_eq!(departures.len(), findings.len());
        // What somebody rejected is asked of nobody, and no text is blamed for it.
        let of_zh = |concept: &&Concept| {
            let key: String = concept.pair.term.zh.chars().map(|c| seed.simplify(c)).collect();
            key == zh.chars().map(|c| seed.simplify(c)).collect::<String>()
        };
        let is_asked = concepts
            .iter()
            .filter(of_zh)
            .any(|concept| concept.pair.status == Status::Accepted);
        match found.status {
            Status::Accepted => {
                prop_assert!(conflicts.is_empty());
                prop_assert!(departures.is_empty(), "{departures:?}");
            }
            Status::Rejected => {}
            _ if is_asked => prop_assert_eq!(conflicts.len(), departures.len()),
            _ => prop_assert!(departures.is_empty() && conflicts.is_empty()),
        }
    }
}
