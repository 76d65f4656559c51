use std::collections::BTreeSet;

use proptest::prelude::*;

use super::*;
use crate::mine::{self as one_text, Order, Strictness};
use crate::tokenize::tokenize;
use crate::types::{Pair, Side, UnitPlace};

const TERMS: [(&str, &str); 8] = [
    ("灯塔管理员", "lighthouse keeper"),
    ("验潮站", "tide station"),
    ("航标基金", "beacon fund"),
    ("港务局", "Port Authority"),
    ("浮标登记册", "buoy register"),
    ("引航费", "pilotage dues"),
    ("沿岸灯标", "coastal light"),
    ("雾号", "fog signal"),
];

const SENTENCES: [(&str, &str); 4] = [
    ("{a}应当向{b}报告。", "The {a} shall report to the {b}."),
    ("{a}负责维护{b}。", "The {a} maintains the {b}."),
    ("不得损坏{a}和{b}。", "No person shall damage the {a} and the {b}."),
    ("关于{a}的规定适用于{b}。", "The rules on the {a} apply to the {b}."),
];

fn unit(document: usize, bead: usize, zh: &str, en: &str) -> Unit {
    let text = Pair::new(zh.to_owned(), en.to_owned());
    let seed = Seed::shipped();
    let tokens = text.as_ref().map_sides(|side: Side, text| tokenize(side, text, seed));
    let (document, unit) = (format!("d{document}"), format!("§ {bead}"));
    Unit { text, tokens, bead, place: UnitPlace { document, unit } }
}

/// A unit that says one of the sentences of two of the terms.
fn said(document: usize, bead: usize, [sentence, a, b]: [usize; 3]) -> Unit {
    let fill = |text: &str, a: &str, b: &str| text.replace("{a}", a).replace("{b}", b);
    let (zh, en) = SENTENCES[sentence % SENTENCES.len()];
    let (a, b) = (TERMS[a % TERMS.len()], TERMS[b % TERMS.len()]);
    unit(document, bead, &fill(zh, a.0, b.0), &fill(en, a.1, b.1))
}

type Written = Vec<Vec<[usize; 3]>>;

fn documents(written: &Written) -> Vec<Vec<Unit>> {
    let document = |(document, units): (usize, &Vec<[usize; 3]>)| {
        units.iter().enumerate().map(|(bead, unit)| said(document, bead, *unit)).collect()
    };
    written.iter().enumerate().map(document).collect()
}

fn broad() -> Params {
    Params { strictness: Strictness::Broad, ..Params::default() }
}

/// The terms of documents, looked at in this order.
fn mined(documents: &[Vec<Unit>], order: Option<Vec<usize>>) -> Vec<TermPair> {
    let scratch = tempfile::tempdir().unwrap();
    let params = broad();
    let units = |document: usize| Ok(documents[document].clone());
    let n = documents.len();
    let mut sums =
        Sums::shelve(n, units, scratch.path(), Seed::shipped(), &params).unwrap();
    if let Some(order) = order {
        sums.order = order;
    }
    mine(&mut sums).unwrap()
}

fn pairs(terms: &[TermPair]) -> BTreeSet<(&str, &str, usize)> {
    let pair = |term: &'_ TermPair| term.count > 1;
    let recurring = terms.iter().filter(|term| pair(term));
    recurring.map(|term| (&*term.term.zh, &*term.term.en, term.count)).collect()
}

fn many() -> Written {
    (0..12).map(|d| (0..6).map(|u| [d + u, 3 * d + u, d + 2 * u + 1]).collect()).collect()
}

fn any_documents() -> impl Strategy<Value = (Written, Vec<usize>)> {
    let unit = [0..SENTENCES.len(), 0..TERMS.len(), 0..TERMS.len()];
    let document = proptest::collection::vec(unit, 0..8);
    proptest::collection::vec(document, 1..7).prop_flat_map(|written| {
        let order: Vec<usize> = (0..written.len()).collect();
        (Just(written), Just(order).prop_shuffle())
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn in_which_order_documents_are_looked_at_changes_nothing(
        (written, order) in any_documents()
    ) {
        let documents = documents(&written);
        prop_assert_eq!(mined(&documents, None), mined(&documents, Some(order)));
    }
}

#[test]
fn the_order_of_many_documents_changes_nothing() {
    let documents = documents(&many());
    let backwards = (0..documents.len()).rev().collect();
    let terms = mined(&documents, None);
    assert!(pairs(&terms).len() > 6, "{:?}", pairs(&terms));
    assert_eq!(terms, mined(&documents, Some(backwards)));
}

#[test]
fn documents_give_the_terms_of_one_text() {
    let documents = documents(&many());
    let as_one = one_text::mine(documents.concat(), Seed::shipped(), &broad());
    let by_sums = mined(&documents, None);
    assert_eq!(pairs(&by_sums), pairs(&as_one));
}

#[test]
fn what_stands_once_in_each_document_recurs() {
    let written: Written =
        (0..5).map(|d| vec![[d, 0, 1 + d], [d + 1, 2 + d, 3]]).collect();
    let terms = mined(&documents(&written), None);
    let term = terms.iter().find(|term| term.term.zh == "灯塔管理员").unwrap();
    assert_eq!(term.term.en, "lighthouse keeper");
    assert!(term.count >= 5);
    let [first, ..] = &term.contexts[..] else { panic!("no passage") };
    assert!(first.place.document.starts_with('d'), "{:?}", first.place);
}

#[test]
fn copies_in_many_documents_are_counted_though_not_read() {
    let written: Written = (0..30).map(|_| vec![[0, 0, 1], [1, 0, 2]]).collect();
    let terms = mined(&documents(&written), None);
    let term = terms.iter().find(|term| term.term.zh == "灯塔管理员").unwrap();
    assert_eq!((term.count, term.counts), (60, Pair::new(60, 60)));
    assert_eq!(term.documents, 30);
    let as_one = documents(&written).concat();
    let as_one = one_text::mine(as_one, Seed::shipped(), &broad());
    let term = as_one.iter().find(|term| term.term.zh == "灯塔管理员").unwrap();
    assert_eq!(term.documents, 30);
}

#[test]
fn terms_are_listed_in_the_order_that_is_asked_for() {
    let mut documents = documents(&many());
    // Often in one document, and in no other.
    for bead in 6..40 {
        documents[0].push(said(0, bead, [bead, 7, bead]));
    }
    let order = |order: Order| {
        let params = Params { order, ..broad() };
        one_text::mine(documents.concat(), Seed::shipped(), &params)
    };
    let by_documents = order(Order::Documents);
    assert!(by_documents.is_sorted_by_key(|term| std::cmp::Reverse(term.documents)));
    let by_count = order(Order::Count);
    assert!(by_count.is_sorted_by_key(|term| std::cmp::Reverse(term.count)));
    assert_ne!(by_count, by_documents);
    let known = |terms: Vec<TermPair>| -> BTreeSet<Pair<String>> {
        terms.into_iter().map(|term| term.term).collect()
    };
    assert_eq!(known(by_count), known(order(Order::Confidence)));
}

#[test]
fn nothing_gives_nothing() {
    assert!(mined(&[], None).is_empty());
    assert!(mined(&[Vec::new(), Vec::new()], None).is_empty());
}

#[test]
fn tokens_that_do_not_fit_the_text_do_no_harm() {
    let mut documents = documents(&many());
    documents[0][0].text.zh.clear();
    documents[1][1].text.en = "é".to_owned();
    documents[2][2].tokens.en.reverse();
    documents[3][3].tokens.zh.clear();
    mined(&documents, None);
}

#[test]
fn a_term_that_occurs_once_is_told_by_its_document() {
    let mut documents = documents(&many());
    let zh = "由河流警察（River Police）负责。";
    let en = "The River Police is in charge.";
    documents[4].push(unit(4, 6, zh, en));
    let terms = mined(&documents, None);
    let once: Vec<&TermPair> = terms.iter().filter(|term| term.count == 1).collect();
    let told: Vec<&str> = once.iter().map(|term| term.term.en.as_str()).collect();
    let term = once.iter().find(|term| term.term.en == "River Police");
    let term = term.unwrap_or_else(|| panic!("{told:?}"));
    assert_eq!((term.term.zh.as_str(), term.count), ("河流警察", 1));
    assert_eq!(term.contexts[0].place.document, "d4");
}

#[test]
fn what_one_document_defines_holds_in_all() {
    let mut documents = documents(&many());
    documents[0].push(unit(0, 6, "雾号（fog signal）指…", "Fog signal means a horn."));
    let terms = mined(&documents, None);
    let of_zh = terms.iter().filter(|term| term.term.zh == "雾号");
    assert!(
        of_zh.clone().count() > 0 && of_zh.clone().all(|t| t.term.en == "fog signal")
    );
}
