//! Laws of a review: whatever is done keeps the rows tiling both documents, can be undone to
//! the first step, done again, and read back from the log.

use bitext::review::event::{
    Change, FindingChange, FindingState, Piece, Row, RowKey, RowStatus, TermChange,
    TermState,
};
use bitext::review::log::{Base, BaseSegment, FileMark, Head, VERSION};
use bitext::review::operations::{self, Refusal};
use bitext::review::session::{Session, SessionError, Stamp};
use bitext::review::state::{Placed, State};
use bitext::types::{Pair, Side, Status};
use proptest::prelude::*;

const STAMP: Stamp<'_> = Stamp { at: "2026-11-27T00:00:00Z", who: "mei" };

pub(crate) fn head() -> Head {
    Head {
        review: VERSION,
        by: "align".into(),
        at: "2026-11-27T00:00:00Z".into(),
        zh: FileMark::default(),
        en: FileMark::default(),
        level: "paragraph".into(),
    }
}

/// A base with these beads; each segment has nine characters.
fn base(beads: &[(usize, usize)]) -> Base {
    let segments = |n: usize, text: &str| {
        let segment = |k: usize| BaseSegment {
            kind: "paragraph".into(),
            label: String::new(),
            lines: (k + 1, k + 1),
            text: text.into(),
        };
        (0..n).map(segment).collect()
    };
    Base {
        zh: segments(beads.iter().map(|bead| bead.0).sum(), "雨停了，天晴了吗。"),
        en: segments(beads.iter().map(|bead| bead.1).sum(), "It rained"),
        beads: beads.iter().map(|&(zh, en)| (zh, en, 0.5)).collect(),
        links: Vec::new(),
    }
}

fn begun(beads: &[(usize, usize)]) -> (tempfile::TempDir, Session) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.review.jsonl");
    let session = Session::create(&path, head(), base(beads)).unwrap();
    (folder, session)
}

/// What a reviewer tries, by numbers: which operation, on which row, on which side, where.
type Attempt = (u8, usize, bool, usize);

fn change(state: &State, (what, row, is_zh, at): Attempt) -> Result<Change, Refusal> {
    let side = if is_zh { Side::Zh } else { Side::En };
    let placed = state.at(row % state.rows().len());
    let key = state.key(&placed);
    let other = state.key(&state.at(at % state.rows().len()));
    let joint = |side: Side| {
        let range = placed.range.get(side);
        let pieces = &state.pieces(side)[range.clone()];
        let piece = pieces.get(at % pieces.len().max(1))?;
        Some(Piece { segment: piece.segment, from: piece.from + at % 4 })
    };
    match what % 19 {
        0 => operations::set_status(state, key, RowStatus::Confirmed),
        1 => operations::set_status(state, key, RowStatus::Look),
        2 => operations::confirm_up_to(state, key, |p: &Placed| p.row.is_single())
            .map(|(change, _)| change),
        3 => operations::toggle_bookmark(state, key),
        4 => operations::set_note(state, key, ["", "why?", "看"][at % 3]),
        5 => operations::merge(state, key),
        6 => operations::split(state, key, Pair::new(joint(Side::Zh), joint(Side::En))),
        7 => {
            let mut joints = Pair::default();
            *joints.get_mut(side) = joint(side);
            operations::split(state, key, joints)
        }
        8 => operations::move_down(state, key, side),
        9 => operations::move_up(state, key, side),
        10 => operations::shift_down(state, key, side),
        11 => operations::shift_up(state, key, side),
        12 => operations::part(state, key),
        13 => operations::swap(state, key),
        14 => operations::tie(state, key, other),
        15 => operations::untie(state, key),
        // What an aligner finds anew: the same pieces, one after the other.
        16 => {
            let rows = placed.index..(placed.index + 1 + at % 4).min(state.rows().len());
            let n = |side: Side| {
                state.rows()[rows.clone()].iter().map(|r| *r.n.get(side)).sum()
            };
            let (zh, en): (usize, usize) = (n(Side::Zh), n(Side::En));
            let mut found: Vec<Row> = (0..zh.max(en))
                .map(|k| Row {
                    n: Pair::new(usize::from(k < zh), usize::from(k < en)),
                    score: Some(0.5),
                    status: RowStatus::Auto,
                })
                .collect();
            if is_zh {
                found.reverse();
            }
            operations::realign(state, rows, found)
        }
        17 => {
            let rows = placed.index..placed.index + 1;
            let n = placed.row.n;
            let now = [Pair::new(n.zh, 0), Pair::new(0, n.en)];
            let now: Vec<Pair<usize>> =
                now.into_iter().filter(|n| n.zh + n.en > 0).collect();
            operations::read_otherwise(state, rows, &now)
        }
        _ => {
            let originals = vec!["It rained"; placed.range.get(side).len()];
            operations::edit(state, key, side, ["x", "", "晴"][at % 3], &originals)
        }
    }
}

/// Do the rows hold each piece once, and do the pieces hold each segment once?
fn is_tiled(session: &Session) -> bool {
    let state = session.state();
    Side::BOTH.into_iter().all(|side| {
        let rows: Vec<usize> =
            state.placed().flat_map(|placed| placed.range.get(side).clone()).collect();
        let text: String = (0..state.pieces(side).len())
            .map(|index| session.original(side, index))
            .collect();
        let segments = match side {
            Side::Zh => &session.base().zh,
            Side::En => &session.base().en,
        };
        let whole: String =
            segments.iter().map(|segment| segment.text.as_str()).collect();
        rows == (0..state.pieces(side).len()).collect::<Vec<_>>() && text == whole
    }) && state.rows().iter().all(|row| row.n.zh + row.n.en > 0)
        && state
            .placed()
            .all(|placed| state.find(state.key(&placed)) == Some(placed.clone()))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn whatever_is_done_tiles_and_can_be_undone_done_again_and_read_back(
        beads in proptest::collection::vec((0..3_usize, 0..3_usize), 1..8),
        attempts in proptest::collection::vec(any::<Attempt>(), 1..40),
    ) {
        let beads: Vec<_> = beads.into_iter().filter(|bead| bead.0 + bead.1 > 0).collect();
        prop_assume!(!beads.is_empty());
        let (folder, mut session) = begun(&beads);
        let begin = session.state().clone();
        for attempt in attempts {
            let change = change(session.state(), attempt);
            if let Ok(change) = change {
                session.perform("op", change, STAMP).unwrap();
                prop_assert!(is_tiled(&session));
            }
        }
        let end = session.state().clone();
        let n_done = session.events().len();
        while session.next_undo().is_some() {
            session.undo(STAMP).unwrap();
            prop_assert!(is_tiled(&session));
        }
        prop_assert_eq!(session.state(), &begin);
        while session.next_redo().is_some() {
            session.redo(STAMP).unwrap();
        }
        prop_assert_eq!(session.state(), &end);
        prop_assert_eq!(session.events().len(), 3 * n_done);
        let path = folder.path().join("a.review.jsonl");
        let read = Session::read(&path, None).unwrap();
        prop_assert_eq!(read.state(), &end);
        prop_assert_eq!(read.events(), session.events());
        let earlier = Session::read(&path, Some(n_done + n_done / 2)).unwrap();
        prop_assert_eq!(earlier.revision(), n_done + n_done / 2);
    }
}

fn shape(session: &Session) -> Vec<(usize, usize)> {
    session.state().rows().iter().map(|row| (row.n.zh, row.n.en)).collect()
}

fn key(name: &str) -> RowKey {
    name.parse().unwrap()
}

#[test]
fn rows_are_merged_split_and_moved_as_they_are_drawn() {
    let (_folder, mut session) = begun(&[(1, 1), (1, 0), (1, 1)]);
    let merged = operations::merge(session.state(), key("0~0")).unwrap();
    session.perform("merge", merged, STAMP).unwrap();
    assert_eq!(shape(&session), [(2, 1), (1, 1)]);
    assert_eq!(session.state().rows()[0].status, RowStatus::Corrected);
    let joints = Pair::new(Some(Piece::whole(1)), Some(Piece { segment: 0, from: 3 }));
    let split = operations::split(session.state(), key("0~0"), joints).unwrap();
    session.perform("split", split, STAMP).unwrap();
    assert_eq!(shape(&session), [(1, 1), (1, 1), (1, 1)]);
    assert_eq!(session.original(Side::En, 0), "It ");
    assert_eq!(session.original(Side::En, 1), "rained");
    let down = operations::move_down(session.state(), key("1~0@3"), Side::Zh).unwrap();
    session.perform("move", down, STAMP).unwrap();
    assert_eq!(shape(&session), [(1, 1), (0, 1), (2, 1)]);
}

#[test]
fn a_side_is_shifted_up_to_an_empty_cell_or_a_pin() {
    let (_folder, mut session) = begun(&[(1, 1), (1, 1), (1, 0), (1, 1)]);
    let down = operations::shift_down(session.state(), key("0~0"), Side::En).unwrap();
    session.perform("shift", down, STAMP).unwrap();
    assert_eq!(shape(&session), [(1, 0), (1, 1), (1, 1), (1, 1)]);
    let pin = operations::set_status(session.state(), key("2~1"), RowStatus::Confirmed);
    session.perform("confirm", pin.unwrap(), STAMP).unwrap();
    let up = operations::shift_up(session.state(), key("0~"), Side::En).unwrap();
    session.perform("shift", up, STAMP).unwrap();
    assert_eq!(shape(&session), [(1, 1), (1, 0), (1, 1), (1, 1)]);
    assert!(matches!(
        operations::shift_up(session.state(), key("3~2"), Side::Zh),
        Err(Refusal::Pinned)
    ));
}

#[test]
fn passages_are_tied_across_the_rows_and_a_restructured_row_is_untied() {
    let (_folder, mut session) = begun(&[(1, 1), (1, 1)]);
    let swap = operations::swap(session.state(), key("0~0")).unwrap();
    session.perform("swap", swap, STAMP).unwrap();
    assert_eq!(shape(&session), [(1, 0), (0, 1), (1, 0), (0, 1)]);
    let ties: Vec<_> =
        session.state().links().map(|p| (p.zh.segment, p.en.segment)).collect();
    assert_eq!(ties, [(0, 1), (1, 0)]);
    let merge = operations::merge(session.state(), key("0~")).unwrap();
    session.perform("merge", merge, STAMP).unwrap();
    assert_eq!(session.state().links().count(), 0);
    session.undo(STAMP).unwrap();
    assert_eq!(session.state().links().count(), 2);
}

#[test]
fn a_note_and_a_bookmark_stay_with_the_words_they_were_put_on() {
    let (_folder, mut session) = begun(&[(1, 1), (1, 1)]);
    let note =
        operations::set_note(session.state(), key("1~1"), "check the date").unwrap();
    session.perform("note", note, STAMP).unwrap();
    let merge = operations::merge(session.state(), key("0~0")).unwrap();
    session.perform("merge", merge, STAMP).unwrap();
    assert_eq!(session.state().note(Side::Zh, Piece::whole(1)), "check the date");
    // Written anew for the whole row, it is one note.
    let note = operations::set_note(session.state(), key("0~0"), "seen").unwrap();
    session.perform("note", note, STAMP).unwrap();
    assert_eq!(session.state().note(Side::Zh, Piece::whole(0)), "seen");
    assert_eq!(session.state().note(Side::Zh, Piece::whole(1)), "");
}

#[test]
fn everything_above_is_confirmed_but_what_is_to_be_looked_at() {
    let (_folder, mut session) = begun(&[(1, 1), (1, 0), (1, 1), (1, 1)]);
    let (change, n_passed) =
        operations::confirm_up_to(session.state(), key("2~1"), |p| p.row.is_single())
            .unwrap();
    session.perform("confirm", change, STAMP).unwrap();
    assert_eq!(n_passed, 1);
    let pinned: Vec<bool> =
        session.state().rows().iter().map(|row| row.status.is_pinned()).collect();
    assert_eq!(pinned, [true, false, true, false]);
}

#[test]
fn one_history_holds_rows_terms_and_findings() {
    let (_folder, mut session) = begun(&[(1, 1)]);
    let term = TermChange {
        zh: "雨".into(),
        en: "rain".into(),
        was: TermState::default(),
        now: TermState { status: Status::Accepted, ..TermState::default() },
    };
    let finding = FindingChange {
        id: "aaa15c8c6a23801f".into(),
        was: FindingState::Open,
        now: FindingState::Fault,
    };
    let terms = Change { terms: vec![term.clone()], ..Change::default() };
    session.perform("accept", terms.clone(), STAMP).unwrap();
    let findings = Change { findings: vec![finding], ..Change::default() };
    session.perform("fault", findings, STAMP).unwrap();
    session.undo(STAMP).unwrap();
    assert_eq!(session.state().finding("aaa15c8c6a23801f"), FindingState::Open);
    let pair = Pair::new("雨".to_owned(), "rain".to_owned());
    assert_eq!(session.state().term(&pair).status, Status::Accepted);
    // The same decision a second time does not fit what is there, and nothing is written.
    let n = session.revision();
    assert!(matches!(
        session.perform("accept", terms, STAMP),
        Err(SessionError::Mismatch(_))
    ));
    assert_eq!(session.revision(), n);
}

#[test]
fn what_cannot_be_written_was_not_done() {
    let (folder, mut session) = begun(&[(1, 1), (1, 1)]);
    let merge = operations::merge(session.state(), key("0~0")).unwrap();
    session.perform("merge", merge, STAMP).unwrap();
    session.undo(STAMP).unwrap();
    let before = session.state().clone();
    std::fs::write(folder.path().join("a.review.jsonl"), "somebody else’s").unwrap();
    let part = operations::part(session.state(), key("0~0")).unwrap();
    assert!(matches!(session.perform("part", part, STAMP), Err(SessionError::Log(_))));
    assert!(matches!(session.redo(STAMP), Err(SessionError::Log(_))));
    assert_eq!(session.state(), &before);
    assert!(session.next_undo().is_none() && session.next_redo().is_some());
}

#[test]
fn an_event_of_another_base_is_refused() {
    let (folder, mut session) = begun(&[(1, 1), (1, 1)]);
    let merge = operations::merge(session.state(), key("0~0")).unwrap();
    session.perform("merge", merge, STAMP).unwrap();
    drop(session);
    let path = folder.path().join("a.review.jsonl");
    let text = std::fs::read_to_string(&path).unwrap();
    std::fs::write(&path, text.replace("[[1,1,0.5],[1,1,0.5]]", "[[2,2,0.5]]")).unwrap();
    assert!(matches!(Session::open(&path), Err(SessionError::Replay { n: 1, .. })));
}
