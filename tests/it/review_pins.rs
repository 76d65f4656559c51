//! What a reviewer decided holds for later runs, and for texts that were changed since.

use std::fs;
use std::path::Path;
use std::sync::Arc;

use bitext::check::FindingKind;
use bitext::config::{Config, Level};
use bitext::export::Timestamp;
use bitext::pipeline::{self, Aligner, Outcome, Pinned, Request, Review};
use bitext::read::read_input;
use bitext::review::begin;
use bitext::review::carry;
use bitext::review::desk::{Desk as ReviewDesk, Setting};
use bitext::review::event::{
    Change, FindingChange, FindingState, Piece, RowKey, RowStatus, SidePiece, TermChange,
    TermState, TextChange, TextPlace,
};
use bitext::review::log::Carried;
use bitext::review::operations;
use bitext::review::realign::Stretch;
use bitext::review::reviewed;
use bitext::review::session::{Session, Stamp};
use bitext::types::{Pair, Side, Status};

use crate::cli::Desk;

const ZH: [&str; 7] = [
    "图书馆借阅规则",
    "第一条 读者凭借书证借阅图书。",
    "第二条 每位读者最多可借阅12册图书，借阅期限为30日。",
    "第三条 逾期归还的，每册每日收取逾期费。",
    "第四条 读者损坏图书的，应当赔偿。图书馆可以暂停其借书证。",
    "第五条 古籍不外借，只可在馆内阅览室阅读。",
    "第六条 本规则由图书馆负责解释。",
];
const EN: [&str; 7] = [
    "Library Lending Rules",
    "Article 1 Readers borrow books with a library card.",
    "Article 2 Each reader may borrow at most 12 books, for a loan period of 30 days.",
    "Article 3 For late return an overdue fee is charged for each book and day.",
    "Article 4 A reader who damages a book shall pay for it. The library may suspend the \
     library card.",
    "Article 5 Old books are not lent and may only be read in the reading room.",
    "Article 6 These rules are interpreted by the library.",
];
const STAMP: Stamp<'_> = Stamp { at: "2026-11-27T00:00:00Z", who: "mei" };

fn aligner() -> Aligner {
    let mut config = Config::default();
    config.align.readings = true;
    Aligner::new(config)
}

fn put(desk: &Desk, zh: &[&str], en: &[&str]) {
    desk.put("law.zh.txt", zh.join("\n\n") + "\n");
    desk.put("law.en.txt", en.join("\n\n") + "\n");
}

fn sentences() -> Aligner {
    Aligner::new(Config { level: Level::Sentence, ..Config::default() })
}

fn aligned(desk: &Desk, aligner: &Aligner, pinned: Option<&Pinned>) -> Outcome {
    let paths = Pair::new(desk.path("law.zh.txt"), desk.path("law.en.txt"));
    let input = read_input(&paths.zh, Some(&paths.en), Pair::new(None, None)).unwrap();
    let review = Review { kinds: &FindingKind::ALL, source: Side::Zh };
    let request =
        Request { terms: true, review: Some(review), pinned, ..Request::new(aligner) };
    pipeline::run(input, &request, &())
}

fn head(desk: &Desk) -> bitext::review::log::Head {
    let paths = Pair::new(desk.path("law.zh.txt"), desk.path("law.en.txt"));
    let tags = Pair::new("zh-CN".to_owned(), "en-US".to_owned());
    begin::head(&paths, &tags, "paragraph", Timestamp(0)).unwrap()
}

/// A review of the two texts, begun in the folder of the outputs.
fn begun(desk: &Desk) -> Session {
    let (base, _) = begin::begin(aligned(desk, &aligner(), None));
    fs::create_dir_all(desk.path("aligned")).unwrap();
    let path = desk.path("aligned/law.review.jsonl");
    Session::create(&path, head(desk), base).unwrap()
}

fn key(name: &str) -> RowKey {
    name.parse().unwrap()
}

fn perform(session: &mut Session, op: &str, change: Change) {
    session.perform(op, change, STAMP).unwrap();
}

fn confirm(session: &mut Session, row: &str) {
    let change =
        operations::set_status(session.state(), key(row), RowStatus::Confirmed).unwrap();
    perform(session, "confirm", change);
}

fn setting(folder: &Path) -> Setting {
    Setting {
        name: "law".into(),
        out: folder.to_owned(),
        termbase: folder.join("law.terms.csv"),
        is_termbase: false,
        who: "mei".into(),
        languages: Pair::new("zh-CN".into(), "en-US".into()),
        source: Side::Zh,
        is_sentences: false,
        is_lines: false,
        clock: || Timestamp(0),
        created: Timestamp(0),
    }
}

/// What the texts of two sides of a memory are, and their status.
fn units(tmx: &str) -> Vec<(String, String)> {
    let between = |text: &str, open: &str, close: &str| {
        let start = text.find(open)? + open.len();
        Some(text[start..start + text[start..].find(close)?].to_owned())
    };
    tmx.split("<tu ")
        .skip(1)
        .map(|unit| {
            let status = between(unit, "x-status\">", "<").unwrap_or_default();
            let en = unit.rsplit("<seg>").next().unwrap();
            (status, en.split("</seg>").next().unwrap().to_owned())
        })
        .collect()
}

#[test]
fn a_run_into_the_folder_of_a_review_takes_what_was_decided_and_says_so() {
    let desk = Desk::new();
    put(&desk, &ZH, &EN);
    let mut session = begun(&desk);
    confirm(&mut session, "0~0");
    // Two articles laid together, and a text written anew.
    let merged = operations::merge(session.state(), key("2~2")).unwrap();
    perform(&mut session, "merge", merged);
    let edited = operations::edit(
        session.state(),
        key("6~6"),
        Side::En,
        "Article 6 The library interprets these rules.",
        &[EN[6]],
    );
    perform(&mut session, "edit", edited.unwrap());
    let term = session_term(&desk);
    let now = TermState { status: Status::Rejected, ..TermState::default() };
    let terms = vec![TermChange {
        zh: term.zh.clone(),
        en: term.en.clone(),
        was: TermState::default(),
        now,
    }];
    perform(&mut session, "reject", Change { terms, ..Change::default() });
    drop(session);
    let log = desk.get("aligned/law.review.jsonl");

    let run = ["law.zh.txt", "law.en.txt", "--write", "tmx,csv,jsonl,xliff"];
    let said = desk.run(&run).done().said();
    let told = "Reviewed    3 rows confirmed in aligned/law.review.jsonl\n";
    assert!(said.contains(told), "{said}");
    let found = units(&desk.get("aligned/law.tmx"));
    let statuses: Vec<&str> = found.iter().map(|unit| unit.0.as_str()).collect();
    assert_eq!(
        statuses,
        ["confirmed", "automatic", "corrected", "automatic", "automatic", "corrected"]
    );
    assert_eq!(found[2].1, format!("{} {}", EN[2], EN[3]));
    assert_eq!(found[5].1, "Article 6 The library interprets these rules.");
    assert!(
        !desk
            .get("aligned/law.glossary.csv")
            .contains(&format!("{},{}", term.zh, term.en))
    );
    let jsonl = desk.get("aligned/law.jsonl");
    let last: serde_json::Value =
        serde_json::from_str(jsonl.lines().last().unwrap()).unwrap();
    assert_eq!(
        (&last["status"], &last["en_original"]),
        (&"corrected".into(), &EN[6].into())
    );
    let xliff = desk.get("aligned/law.xlf");
    let n = |state: &str| xliff.matches(&format!("state=\"{state}\"")).count();
    assert!(n("final") >= 3 && n("translated") >= 3, "{xliff}");

    // Only what was confirmed, where that is asked for.
    desk.run(&[&run[..], &["--only", "confirmed"]].concat()).done();
    assert_eq!(units(&desk.get("aligned/law.tmx")).len(), 3);
    let nowhere =
        desk.run(&[&run[..], &["--only", "confirmed", "--out", "other"]].concat());
    assert_eq!(nowhere.code(), 2);
    assert!(nowhere.said().contains("there is no such review"), "{}", nowhere.said());

    // Not where it is not wanted; and nothing touches the review itself.
    let forced = [&run[..], &["--no-review", "--force"]].concat();
    let said = desk.run(&forced).done().said();
    assert!(!said.contains("eview"), "{said}");
    assert_eq!(units(&desk.get("aligned/law.tmx")).len(), 7);
    assert!(!desk.get("aligned/law.tmx").contains("x-status"));
    assert_eq!(desk.get("aligned/law.review.jsonl"), log);
    // A run at another level has other units.
    let said =
        desk.run(&["law.zh.txt", "law.en.txt", "--level", "sentence"]).done().said();
    assert!(said.contains("is of another level (paragraph)"), "{said}");
}

fn session_term(desk: &Desk) -> Pair<String> {
    let outcome = aligned(desk, &aligner(), None);
    outcome.mined.unwrap().terms[0].term.clone()
}

#[test]
fn a_check_passes_over_what_the_reviewer_found_right() {
    let desk = Desk::new();
    let mut en = EN;
    en[2] = "Article 2 Each reader may borrow at most 12 books, for a loan period of 20 days.";
    put(&desk, &ZH, &en);
    let mut session = begun(&desk);
    let run = ["check", "law.zh.txt", "law.en.txt"];
    assert!(desk.run(&run).done().out().contains("30"), "{}", desk.run(&run).out());
    let outcome = aligned(&desk, &aligner(), None);
    let ids = outcome.findings.iter().map(|finding| finding.fingerprint.clone());
    let change =
        |id| FindingChange { id, was: FindingState::Open, now: FindingState::Accepted };
    let findings = ids.map(change).collect();
    perform(&mut session, "accept", Change { findings, ..Change::default() });
    drop(session);
    let checked = desk.run(&run).done();
    assert!(
        checked.said().starts_with("Reviewed 0 rows confirmed in "),
        "{}",
        checked.said()
    );
    assert!(!checked.out().contains("30 "), "{}", checked.out());
    let out = desk.run(&[&run[..], &["--no-review"]].concat()).done().out();
    assert!(out.contains("30"), "{out}");
}

#[test]
fn a_check_reads_what_the_reviewer_wrote() {
    let desk = Desk::new();
    let mut en = EN;
    en[2] = "Article 2 Each reader may borrow at most 12 books, for a loan period of 20 days.";
    put(&desk, &ZH, &en);
    let mut session = begun(&desk);
    let run = ["check", "law.zh.txt", "law.en.txt", "--kinds", "number"];
    assert!(desk.run(&run).done().out().contains("30"), "{}", desk.run(&run).out());
    let mut write = |text: &str| {
        let was = session.state().text(over_en(2)).map(str::to_owned);
        let now = (text != en[2]).then(|| text.to_owned());
        let text = vec![TextChange { piece: over_en(2), was, now }];
        perform(&mut session, "edit", Change { text, ..Change::default() });
    };
    write(&en[2].replace("20 days", "30 days"));
    let checked = desk.run(&run).done();
    assert!(!checked.out().contains("30"), "mended: {}", checked.out());
    // A slip that was written in the review is one too.
    write(&en[2].replace("20 days", "40 days"));
    let checked = desk.run(&run).done();
    assert!(checked.out().contains("40"), "{}", checked.out());
    let out = desk.run(&[&run[..], &["--no-review"]].concat()).done().out();
    assert!(out.contains("20") && !out.contains("40"), "{out}");
}

/// The English text of a segment as it is written over.
fn over_en(segment: usize) -> TextPlace {
    TextPlace::Over(SidePiece { side: Side::En, piece: Piece::whole(segment) })
}

#[test]
fn decisions_come_over_to_texts_that_were_changed() {
    let desk = Desk::new();
    put(&desk, &ZH, &EN);
    let mut session = begun(&desk);
    for row in ["0~0", "1~1", "3~3", "6~6"] {
        confirm(&mut session, row);
    }
    let merged = operations::merge(session.state(), key("4~4")).unwrap();
    perform(&mut session, "merge", merged);
    let note =
        operations::set_note(session.state(), key("6~6"), "who interprets?").unwrap();
    perform(&mut session, "note", note);
    let note = operations::set_note(session.state(), key("3~3"), "per day?").unwrap();
    perform(&mut session, "note", note);
    let finding = FindingChange {
        id: "0123456789abcdef".into(),
        was: FindingState::Open,
        now: FindingState::Fault,
    };
    perform(
        &mut session,
        "fault",
        Change { findings: vec![finding], ..Change::default() },
    );
    let n_events = session.revision();

    // A new article in front, another wording of article 3, and article 2 joined to 1.
    let (mut zh, mut en) = (ZH.to_vec(), EN.to_vec());
    zh[3] = "第三条 逾期归还的，每册每周收取逾期费。";
    en[3] = "Article 3 For late return an overdue fee is charged for each book and week.";
    zh.insert(1, "第零条 图书馆每日开放。");
    en.insert(1, "Article 0 The library is open every day.");
    put(&desk, &zh, &en);
    let pinned = carry::pinned(&session);
    assert_eq!(pinned.rows.len(), 5);
    let outcome = aligned(&desk, &aligner(), Some(&pinned));
    let placed = outcome.pinned.clone();
    assert_eq!(placed, [Some(0), Some(2), None, Some(5), Some(6)]);
    let (base, _) = begin::begin(outcome);
    let carried = carry::carry(&session, &base, &placed);
    assert_eq!(carried.lost.len(), 1);
    assert_eq!(
        (carried.lost[0].zh.as_str(), carried.lost[0].en.as_str()),
        (ZH[3], EN[3])
    );
    assert_eq!(
        (carried.lost[0].note.as_str(), carried.lost[0].near),
        ("per day?", Some(4))
    );
    session.rebase(head(&desk), base, carried).unwrap();
    let check = |session: &Session| {
        let statuses: Vec<RowStatus> =
            session.state().rows().iter().map(|row| row.status).collect();
        use RowStatus::{Auto, Confirmed, Corrected, Look};
        assert_eq!(
            statuses,
            [Confirmed, Auto, Confirmed, Auto, Look, Corrected, Confirmed]
        );
        let last = session.state().at(6);
        let piece = session.state().pieces(Side::Zh)[last.range.zh.start];
        assert_eq!(session.state().note(Side::Zh, piece), "who interprets?");
        assert_eq!(session.state().finding("0123456789abcdef"), FindingState::Fault);
        assert_eq!(session.lost().len(), 1);
        assert!(session.next_undo().is_none());
    };
    check(&session);
    // It goes on, is read back, and the older state can still be looked at.
    confirm(&mut session, "1~1");
    session.undo(STAMP).unwrap();
    drop(session);
    let path = desk.path("aligned/law.review.jsonl");
    check(&Session::open(&path).unwrap().0);
    let old = Session::read(&path, Some(n_events)).unwrap();
    assert_eq!(old.base().zh.len(), 7);
    assert_eq!(old.state().rows().iter().filter(|row| row.status.is_pinned()).count(), 5);
    // A kill in the middle of the new base leaves the older one with all that was decided.
    let text = desk.get("aligned/law.review.jsonl");
    let base_line = text.match_indices("{\"base\"").nth(1).unwrap().0;
    for cut in [
        base_line + 1,
        base_line + 200,
        text[base_line..].find('\n').unwrap() + base_line,
    ] {
        desk.put("aligned/cut.review.jsonl", &text[..cut]);
        let (session, torn) =
            Session::open(&desk.path("aligned/cut.review.jsonl")).unwrap();
        assert!(torn.is_some());
        assert_eq!((session.revision(), session.base().zh.len()), (n_events, 7));
        assert_eq!(session.state(), old.state());
    }
}

#[test]
fn a_row_that_was_cut_inside_a_segment_is_cut_again() {
    let desk = Desk::new();
    put(&desk, &ZH, &EN);
    let mut session = begun(&desk);
    let cut =
        |text: &str, at: &str| text.find(at).map(|byte| text[..byte].chars().count());
    let joints = Pair::new(
        format!("4@{}", cut(ZH[4], "图书馆可以").unwrap()).parse().ok(),
        format!("4@{}", cut(EN[4], "The library").unwrap()).parse().ok(),
    );
    let split = operations::split(session.state(), key("4~4"), joints).unwrap();
    perform(&mut session, "split", split);
    let edited = operations::edit(
        session.state(),
        key(&format!("{}~{}", joints.zh.unwrap(), joints.en.unwrap())),
        Side::En,
        "It may suspend the card.",
        &["The library may suspend the library card."],
    );
    perform(&mut session, "edit", edited.unwrap());
    drop(session);
    desk.run(&["law.zh.txt", "law.en.txt"]).done();
    let found = units(&desk.get("aligned/law.tmx"));
    assert_eq!(found.len(), 8);
    assert_eq!(found[4].1, "Article 4 A reader who damages a book shall pay for it.");
    assert_eq!(found[5], ("corrected".into(), "It may suspend the card.".into()));
    // Again from what was written: the same.
    let first = desk.get("aligned/law.tmx");
    desk.run(&["law.zh.txt", "law.en.txt"]).done();
    assert_eq!(desk.get("aligned/law.tmx"), first);
}

#[test]
fn confirming_all_changes_nothing_but_the_status() {
    let desk = Desk::new();
    put(&desk, &ZH, &EN);
    let kinds = "tmx,csv,jsonl,xliff,tsv,ladder";
    desk.run(&["law.zh.txt", "law.en.txt", "--write", kinds, "--out", "plain"]).done();
    let mut session = begun(&desk);
    for row in 0..session.state().rows().len() {
        let key = session.state().key(&session.state().at(row));
        confirm(&mut session, &key.to_string());
    }
    // What the page exports is the bitext as it was aligned.
    let outcome = aligned(&desk, &aligner(), None);
    let bitext = outcome.bitext.clone();
    let (_, backing) = begin::begin(outcome);
    let page = ReviewDesk::new(session, backing, setting(&desk.path("aligned")));
    let exported = reviewed::bitext(&page, false);
    assert_eq!(exported.bitext, bitext);
    assert!(exported.statuses.iter().all(|status| status.as_str() == "confirmed"));
    drop(page);
    desk.run(&["law.zh.txt", "law.en.txt", "--write", kinds]).done();
    for file in desk.files("plain") {
        let (plain, reviewed) =
            (desk.get(&format!("plain/{file}")), desk.get(&format!("aligned/{file}")));
        assert_eq!(bare(&plain), bare(&reviewed), "{file}");
    }
    assert!(desk.get("aligned/law.tmx").contains("x-status\">confirmed"));
}

/// A file without what says how sure a row is and who saw it.
fn bare(text: &str) -> String {
    let mut text = text.to_owned();
    let patterns = [
        r#"\s*<prop type="x-(status|Score:SingleString)">[^<]*</prop>"#,
        r#"<mda:meta type="score">[^<]*</mda:meta>"#,
        r#""(score|status)":("confirmed"|[0-9.]+),?"#,
        r#"state="(final|translated)""#,
        r"\t[01]\.\d+",
        r":[01]\.\d+",
    ];
    for pattern in patterns {
        text = regex::Regex::new(pattern).unwrap().replace_all(&text, "").into_owned();
    }
    text
}

#[test]
fn a_stretch_between_two_pins_is_found_anew() {
    let desk = Desk::new();
    put(&desk, &ZH, &EN);
    let mut session = begun(&desk);
    let shape = |session: &Session| -> Vec<(usize, usize)> {
        session.state().rows().iter().map(|row| (row.n.zh, row.n.en)).collect()
    };
    let good = shape(&session);
    // The English is laid one row too low between the first row and the last.
    confirm(&mut session, "0~0");
    confirm(&mut session, "6~6");
    let shifted = operations::shift_down(session.state(), key("2~2"), Side::En).unwrap();
    perform(&mut session, "shift", shifted);
    assert_ne!(shape(&session), good);
    let outcome = aligned(&desk, &aligner(), None);
    let (_, backing) = begin::begin(outcome);
    let mut desk = ReviewDesk::new(session, backing, setting(&desk.path("aligned")))
        .with_aligner(Arc::new(aligner()));
    let pinned = Stretch::around(&desk, 0);
    assert!(pinned.is_err());
    let stretch = Stretch::around(&desk, 3).unwrap();
    assert!(stretch.is_current(desk.state()));
    let found = stretch.search(desk.realigner.as_ref().unwrap());
    let change = stretch.change(desk.state(), found).unwrap();
    desk.perform("realign", change).unwrap();
    assert_eq!(shape(&desk.session), good);
    assert!(!stretch.is_current(desk.state()));
    let statuses: Vec<bool> =
        desk.state().rows().iter().map(|row| row.status.is_pinned()).collect();
    assert_eq!(statuses, [true, false, false, false, false, false, true]);
    // What changed is marked until it is looked at.
    let n = desk.counts().changed;
    assert!(n > 0);
    let first = desk.state().placed().find(|placed| desk.look(placed).changed).unwrap();
    let first = desk.state().key(&first);
    desk.see(first);
    assert_eq!(desk.counts().changed, n - 1);
    // A second time there is nothing to change.
    let again = Stretch::all(&desk);
    let found = again.search(desk.realigner.as_ref().unwrap());
    assert!(again.change(desk.state(), found).is_err());
    desk.turn(bitext::review::desk::Way::Undo).unwrap();
    assert_ne!(shape(&desk.session), good);
}

#[test]
fn two_hundred_rows_are_found_anew_quickly() {
    let desk = Desk::new();
    let article = |k: usize| {
        let zh = format!("第{k}条 读者借阅第{k}册图书的期限为{}日，逾期收费。", k + 7);
        let en = format!(
            "Article {k} The loan period for book {k} is {} days; late return costs a fee.",
            k + 7
        );
        (zh, en)
    };
    let (zh, en): (Vec<String>, Vec<String>) = (1..=200).map(article).unzip();
    let borrow = |texts: &[String]| -> Vec<String> { texts.to_vec() };
    let (zh, en) = (borrow(&zh), borrow(&en));
    put(
        &desk,
        &zh.iter().map(String::as_str).collect::<Vec<_>>(),
        &en.iter().map(String::as_str).collect::<Vec<_>>(),
    );
    let session = begun(&desk);
    let (_, backing) = begin::begin(aligned(&desk, &aligner(), None));
    let desk = ReviewDesk::new(session, backing, setting(&desk.path("aligned")))
        .with_aligner(Arc::new(aligner()));
    let started = std::time::Instant::now();
    let stretch = Stretch::around(&desk, 100).unwrap();
    let found = stretch.search(desk.realigner.as_ref().unwrap());
    let taken = started.elapsed();
    assert_eq!(found.len(), 200);
    print_timing(&format!("200 rows realigned in {} ms", taken.as_millis()));
}

#[expect(clippy::print_stdout, reason = "a timing is told, not asserted")]
fn print_timing(text: &str) {
    println!("{text}");
}

#[test]
fn what_does_not_fit_the_new_base_is_refused_whole() {
    let desk = Desk::new();
    put(&desk, &ZH, &EN);
    let mut session = begun(&desk);
    confirm(&mut session, "0~0");
    let state = session.state().clone();
    let base = session.base().clone();
    let bad = Change {
        findings: vec![FindingChange {
            id: "x".into(),
            was: FindingState::Fault,
            now: FindingState::Accepted,
        }],
        ..Change::default()
    };
    let carried = Carried { change: bad, lost: Vec::new() };
    assert!(session.rebase(head(&desk), base, carried).is_err());
    assert_eq!(session.state(), &state);
}

#[test]
fn the_page_as_a_file_asks_for_nothing_and_its_decisions_come_home() {
    let desk = Desk::new();
    put(&desk, &ZH, &EN);
    let run = ["law.zh.txt", "law.en.txt", "--write", "tmx,html"];
    let said = desk.run(&run).done().said();
    assert!(said.contains("law.html"), "{said}");
    let page = desk.get("aligned/law.html");
    let bare = regex::Regex::new("<[^>]*>").unwrap().replace_all(&page, "");
    for text in ZH.iter().chain(&EN) {
        assert!(bare.contains(text), "{text}");
    }
    assert!(!page.contains("src=") && !page.contains("<link") && !page.contains("http:"));
    assert_eq!(page.matches("<script>").count(), 1);
    assert_eq!(page.matches("role=row id=\"r").count(), 7);
    // What the page would save, of two people.
    let file = |who: &str, now: &str, zh: &str| {
        let decision = serde_json::json!({
            "decisions": 1, "name": "law", "who": who, "events": [
                { "at": "2026-11-27T10:00:00Z", "op": "confirm",
                  "texts": { "1~1": [zh, EN[1]] },
                  "rows": [{ "row": "1~1", "field": "status", "was": "auto", "now": now }] },
                { "at": "2026-11-27T10:01:00Z", "op": "accept",
                  "terms": [{ "zh": "图书馆", "en": "library", "was": { "status": "candidate" },
                              "now": { "status": "accepted" } }] },
            ],
        });
        decision.to_string()
    };
    desk.put("mei.decisions.json", file("mei", "confirmed", ZH[1]));
    desk.put("li.decisions.json", file("li", "look", ZH[1]));
    desk.put("old.decisions.json", file("old", "confirmed", "第一条 别的文本。"));
    let out = desk.run(&["apply", "mei.decisions.json"]).done().out();
    assert!(out.starts_with("mei.decisions.json: 2 decisions taken into "), "{out}");
    let second = desk.run(&["apply", "li.decisions.json"]);
    assert_eq!(second.code(), 1);
    assert!(second.out().contains("a note"), "{}", second.out());
    let third = desk.run(&["apply", "old.decisions.json"]);
    assert_eq!(third.code(), 1);
    assert!(third.out().contains("another by now"), "{}", third.out());
    assert!(desk.get("aligned/law.terms.csv").contains("library"));
    let session = Session::read(&desk.path("aligned/law.review.jsonl"), None).unwrap();
    let row = session.state().find(key("1~1")).unwrap();
    assert_eq!(row.row.status, RowStatus::Confirmed);
    let piece = session.state().pieces(Side::Zh)[row.range.zh.start];
    assert_eq!(session.state().note(Side::Zh, piece), "li: look");
    assert!(session.events().iter().any(|event| event.who == "li"));
    desk.put("none.decisions.json", "{}");
    assert_eq!(desk.run(&["apply", "none.decisions.json"]).code(), 2);
    // What is right as it is comes to the exceptions, although only its name is known.
    let finding = serde_json::json!({
        "decisions": 1, "name": "law", "who": "mei", "events": [
            { "op": "accept", "findings": [{ "id": "00000000000000ab", "was": "open",
                                             "now": "accepted" }] },
        ],
    });
    desk.put("finding.decisions.json", finding.to_string());
    desk.run(&["apply", "finding.decisions.json"]).done();
    assert!(desk.get("aligned/law.exceptions.csv").contains("\n00000000000000ab,"));
    // The file is replaced as any of ours, and each pair of a folder has one.
    desk.run(&run).done();
    desk.run(&[".", "--write", "html", "--out", "pages"]).done();
    assert_eq!(desk.get("pages/law.html").matches("role=row id=\"r").count(), 7);
}

/// The texts of the beads of an outcome.
fn pairs(outcome: &Outcome) -> Vec<(String, String)> {
    let texts = |unit: bitext::types::TranslationUnit<'_>| {
        (unit.text(Side::Zh), unit.text(Side::En))
    };
    outcome.bitext.units().map(texts).collect()
}

#[test]
fn rows_of_sentences_are_laid_over_the_sentences() {
    let desk = Desk::new();
    put(&desk, &ZH, &EN);
    let plain = aligned(&desk, &sentences(), None);
    let (base, _) = begin::begin(plain.clone());
    fs::create_dir_all(desk.path("aligned")).unwrap();
    let path = desk.path("aligned/law.review.jsonl");
    let mut session = Session::create(&path, head(&desk), base).unwrap();
    // What the aligner found, confirmed; and two sentences of two articles laid together.
    confirm(&mut session, "0~0");
    let merged = operations::merge(session.state(), key("3~3")).unwrap();
    perform(&mut session, "merge", merged);
    let pinned = carry::pinned(&session);
    let outcome = aligned(&desk, &sentences(), Some(&pinned));
    let places: Vec<usize> = outcome.pinned.iter().map(|at| at.unwrap()).collect();
    let found = pairs(&outcome);
    assert_eq!(found[places[0]], (ZH[0].into(), EN[0].into()));
    assert!(
        found[places[1]].0.starts_with(ZH[3]) && found[places[1]].0.len() > ZH[3].len()
    );
    assert!(
        found[places[1]].1.starts_with(EN[3]) && found[places[1]].1.len() > EN[3].len()
    );
    assert!(places.iter().all(|at| outcome.bitext.ladder.beads()[*at].score >= 1.0));
    // All else is as it was.
    let before = pairs(&plain);
    assert_eq!(found.len(), before.len() - 1);
    assert_eq!(found[..3], before[..3]);
    assert_eq!(found[places[1] + 1..], before[places[1] + 2..]);
    assert_eq!(outcome.bitext.evidence.len(), found.len());
}

#[test]
fn units_that_come_paired_go_through_the_rows_too() {
    let desk = Desk::new();
    let rows: Vec<String> =
        ZH.iter().zip(&EN).map(|(zh, en)| format!("{zh}\t{en}")).collect();
    desk.put("law.tsv", rows.join("\n") + "\n");
    let input =
        || read_input(&desk.path("law.tsv"), None, Pair::new(None, None)).unwrap();
    let aligner = aligner();
    let plain = pipeline::run(input(), &Request::new(&aligner), &());
    let mut base = begin::base(&plain.bitext);
    assert_eq!(base.beads.len(), 7);
    // Two rows that a reviewer laid together, and one that was parted.
    base.beads.splice(1..3, [(2, 2, 1.0)]);
    base.beads.splice(4..5, [(1, 0, 1.0), (0, 1, 1.0)]);
    let pinned = carry::as_aligned(&base);
    let request = Request { pinned: Some(&pinned), ..Request::new(&aligner) };
    let outcome = pipeline::run(input(), &request, &());
    assert!(outcome.pinned.iter().all(Option::is_some), "{:?}", outcome.pinned);
    let sizes: Vec<(usize, usize)> = outcome
        .bitext
        .ladder
        .beads()
        .iter()
        .map(|bead| (bead.range.zh.len(), bead.range.en.len()))
        .collect();
    let wanted: Vec<(usize, usize)> = base.beads.iter().map(|b| (b.0, b.1)).collect();
    assert_eq!(sizes, wanted);
}

#[test]
fn the_beads_of_a_base_lead_to_the_same_base_again() {
    let desk = Desk::new();
    put(&desk, &ZH, &EN);
    let (base, _) = begin::begin(aligned(&desk, &aligner(), None));
    let again = carry::as_aligned(&base);
    let (base_again, backing) = begin::begin(aligned(&desk, &aligner(), Some(&again)));
    assert_eq!((&base_again.zh, &base_again.en), (&base.zh, &base.en));
    assert!(!backing.ties.is_empty() && !backing.terms.is_empty());
}

#[test]
fn a_folder_run_takes_what_was_decided_since_the_last_one() {
    let desk = Desk::new();
    put(&desk, &ZH, &EN);
    desk.put("texts/law.zh.txt", desk.get("law.zh.txt"));
    desk.put("texts/law.en.txt", desk.get("law.en.txt"));
    desk.run(&["texts"]).done();
    assert!(!desk.get("aligned/law.tmx").contains("x-status"));
    let mut session = begun(&desk);
    let merged = operations::merge(session.state(), key("2~2")).unwrap();
    perform(&mut session, "merge", merged);
    drop(session);
    desk.run(&["texts"]).done();
    let reviewed = desk.get("aligned/law.tmx");
    assert!(units(&reviewed).iter().any(|unit| unit.0 == "corrected"), "{reviewed}");
    // Nothing was decided since: nothing is done again, and the file is the same.
    let said = desk.run(&["texts"]).done().said();
    assert!(said.contains("unchanged"), "{said}");
    assert_eq!(desk.get("aligned/law.tmx"), reviewed);
    desk.run(&["texts", "--no-review"]).done();
    assert!(!desk.get("aligned/law.tmx").contains("x-status"));
}

#[test]
fn a_second_review_of_the_same_pair_is_told_where_the_first_is() {
    use std::io::{BufRead as _, BufReader};
    let desk = Desk::new();
    put(&desk, &ZH, &EN);
    let mut first = std::process::Command::new(env!("CARGO_BIN_EXE_align"))
        .args(["review", "law.zh.txt", "law.en.txt", "--no-open"])
        .current_dir(desk.path(""))
        .stderr(std::process::Stdio::piped())
        .spawn()
        .unwrap();
    let lines = BufReader::new(first.stderr.take().unwrap()).lines();
    let up = lines.map_while(Result::ok).find(|line| line.starts_with("Review of"));
    let address = up.unwrap();
    let address = &address[address.find("http").unwrap()..address.find("open?").unwrap()];
    let second = desk.run(&["review", "aligned/law.review.jsonl", "--no-open"]);
    let applied =
        desk.run(&["apply", "x.decisions.json", "--review", "aligned/law.review.jsonl"]);
    first.kill().unwrap();
    first.wait().unwrap();
    assert_eq!(second.code(), 2);
    assert!(
        second.said().contains(&format!("is open at {address}")),
        "{}",
        second.said()
    );
    assert_eq!(applied.code(), 2);
    // Killed, it hinders nobody.
    let path = desk.path("aligned/law.review.jsonl");
    assert!(Session::open(&path).is_ok());
}
