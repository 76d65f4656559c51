//! A review that is killed loses no decision that was answered.

use std::fs;
use std::io::{BufRead as _, BufReader, Write as _};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use bitext::review::event::{
    Change, Event, Piece, RowChange, RowField, RowKey, RowStatus,
};
use bitext::review::log::{self, Base, BaseSegment};
use bitext::review::operations;
use bitext::review::session::{Session, Stamp};
use bitext::types::Pair;

use crate::dice::Dice;
use crate::review::head;

/// Where the log is that the killed one writes into.
const LOG: &str = "ALIGN_TEST_LOG";
/// How often it is killed; few times in a usual run of the tests.
const KILLS: &str = "ALIGN_TEST_KILLS";
/// Kills on one log, before another is begun.
const ROUND: usize = 50;
const ROWS: usize = 20;

fn base(rows: usize) -> Base {
    let segments = |text: &str| {
        let segment = |k: usize| BaseSegment {
            kind: "paragraph".into(),
            lines: (k + 1, k + 1),
            text: format!("{text}{k}"),
            ..BaseSegment::default()
        };
        (0..rows).map(segment).collect()
    };
    Base {
        zh: segments("雨停了"),
        en: segments("It rained "),
        beads: vec![(1, 1, 0.5); rows],
        links: Vec::new(),
    }
}

/// What a reviewer does as the event of that number: a decision, a note, a merge, an undo.
fn decide(session: &mut Session, n: usize) -> usize {
    let stamp = Stamp { at: "2026-11-27T00:00:00Z", who: "mei" };
    let row = n * 7 % session.state().rows().len();
    let key = session.state().key(&session.state().at(row));
    let state = session.state();
    let change = match n % 6 {
        0 => operations::set_note(
            state,
            key,
            &format!("note {n}: {}", "看".repeat(n % 90)),
        ),
        1 => operations::merge(state, key),
        2 => {
            session.undo(stamp).unwrap();
            return session.revision();
        }
        _ => match session.state().rows()[row].status {
            RowStatus::Confirmed => operations::set_status(state, key, RowStatus::Auto),
            _ => operations::set_status(state, key, RowStatus::Confirmed),
        },
    };
    let change = change.or_else(|_| operations::toggle_bookmark(session.state(), key));
    session.perform("decide", change.unwrap(), stamp).unwrap();
    session.revision()
}

/// No test of its own: what the test below starts and kills. Without a log it does nothing.
#[test]
#[ignore = "is started by another test"]
fn the_one_that_is_killed() {
    let Some(path) = std::env::var_os(LOG) else { return };
    let (mut session, _) = Session::open(Path::new(&path)).unwrap();
    loop {
        let n = session.revision();
        let n = decide(&mut session, n);
        let mut out = std::io::stdout().lock();
        // Answered: from here on nobody may lose it.
        writeln!(out, "\nanswered {n}").and_then(|()| out.flush()).unwrap();
    }
}

#[test]
fn a_review_killed_at_random_moments_loses_no_decision_that_was_answered() {
    let n_kills: usize =
        std::env::var(KILLS).ok().and_then(|n| n.parse().ok()).unwrap_or(30);
    let mut dice = Dice(0x0A11_6E5E_ED02);
    let (mut n_torn, mut n_unanswered, mut n_answered) = (0, 0, 0);
    let mut done = 0;
    while done < n_kills {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.review.jsonl");
        drop(Session::create(&path, head(), base(ROWS)).unwrap());
        let mut sure: Vec<Event> = Vec::new();
        for _ in 0..ROUND.min(n_kills - done) {
            done += 1;
            let name = "review_kill::the_one_that_is_killed";
            let mut child = Command::new(std::env::current_exe().unwrap())
                .args(["--exact", name, "--ignored", "--nocapture"])
                .env(LOG, &path)
                .stdout(Stdio::piped())
                .stderr(Stdio::null())
                .spawn()
                .unwrap();
            let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
            let answered =
                |line: &str| line.strip_prefix("answered ")?.parse::<usize>().ok();
            let mut last =
                lines.by_ref().map_while(Result::ok).find_map(|l| answered(&l));
            std::thread::sleep(Duration::from_micros(dice.roll(4_000) as u64));
            child.kill().unwrap();
            child.wait().unwrap();
            last =
                lines.map_while(Result::ok).filter_map(|l| answered(&l)).last().or(last);
            let last = last.unwrap();
            // No half line is ever read: a torn one is known as such.
            let record = log::read(&path).unwrap();
            n_torn += usize::from(record.torn.is_some());
            assert!(record.events.len() >= last, "{} of {last}", record.events.len());
            assert!(record.events.len() <= last + 1, "{} of {last}", record.events.len());
            assert_eq!(record.events[..sure.len()], sure[..]);
            n_unanswered += record.events.len() - last;
            n_answered += last - sure.len();
            sure = record.events;
            // It goes on where it stopped, and can be undone.
            let (session, torn) = Session::open(&path).unwrap();
            assert_eq!(torn.is_some(), record.torn.is_some());
            assert_eq!(session.events(), sure);
        }
    }
    print_told(&format!(
        "{n_kills} kills: {n_answered} decisions answered, none lost; {n_unanswered} were \
         written and not yet answered, {n_torn} lines torn"
    ));
    assert!(n_answered > n_kills, "the moments are no test");
}

#[expect(clippy::print_stdout, reason = "what came of it is told")]
fn print_told(text: &str) {
    println!("{text}");
}

#[test]
fn twenty_thousand_events_are_replayed_quickly() {
    const EVENTS: usize = 20_000;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.review.jsonl");
    drop(Session::create(&path, head(), base(2_000)).unwrap());
    let mut text = fs::read_to_string(&path).unwrap();
    let mut is_confirmed = vec![false; 2_000];
    for n in 1..=EVENTS {
        let row = n * 7 % 2_000;
        let of = |is: bool| if is { RowStatus::Confirmed } else { RowStatus::Auto };
        let (was, now) = (of(is_confirmed[row]), of(!is_confirmed[row]));
        is_confirmed[row] = !is_confirmed[row];
        let key = RowKey(Pair::new(Some(Piece::whole(row)), Some(Piece::whole(row))));
        let rows = vec![RowChange { row: key, field: RowField::Status { was, now } }];
        let event = Event {
            n,
            at: "2026-11-27T00:00:00Z".into(),
            who: "mei".into(),
            op: "confirm".into(),
            of: None,
            written: None,
            change: Change { rows, ..Change::default() },
        };
        text += &serde_json::to_string(&event).unwrap();
        text.push('\n');
    }
    fs::write(&path, text).unwrap();
    let started = Instant::now();
    let session = Session::read(&path, None).unwrap();
    let taken = started.elapsed();
    assert_eq!(session.revision(), EVENTS);
    print_told(&format!("{EVENTS} events replayed in {} ms", taken.as_millis()));
}
