//! Decisions that were made away from the review, and how they come home.
//!
//! The page as one file keeps what is decided in the browser and saves it as
//! `NAME.decisions.json`: the events of the log without their numbers, each with the texts of
//! the rows that it is about. [`apply`] replays them where the rows still have these texts. What
//! somebody else decided otherwise meanwhile stands, and the later decision becomes a note.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::event::{
    Change, FindingChange, FindingState, RowChange, RowField, RowKey, RowStatus,
    SidePiece, TermChange, TermState,
};
use super::session::{Session, SessionError, Stamp};
use super::state::{Placed, State};
use crate::types::{Pair, Side, Status, parting};

/// The version of the form that this program writes and reads.
pub const VERSION: u32 = 1;

/// A file of decisions.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Decisions {
    /// The [version](VERSION) of the form.
    pub decisions: u32,
    /// What the pair is called.
    #[serde(default)]
    pub name: String,
    /// Who decided.
    #[serde(default)]
    pub who: String,
    /// The decisions, in the order they were made.
    pub events: Vec<Decision>,
}

/// A decision.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Decision {
    /// When, as RFC 3339 in UTC.
    #[serde(default)]
    pub at: String,
    /// What it is called.
    pub op: String,
    /// The texts of the rows that it is about, Chinese and English.
    #[serde(default)]
    pub texts: BTreeMap<String, (String, String)>,
    /// What it changes: rows, terms and findings; nothing that moves words.
    #[serde(flatten)]
    pub change: Change,
}

/// What became of decisions.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Applied {
    /// How many hold now.
    pub n_done: usize,
    /// How many were decided alike before.
    pub n_known: usize,
    /// Those that somebody had decided otherwise: that stands, and this is a note now.
    pub differing: Vec<String>,
    /// Those whose row has other texts by now, or is gone.
    pub lost: Vec<String>,
}

impl Applied {
    /// Did all of it come home?
    pub fn is_whole(&self) -> bool {
        self.differing.is_empty() && self.lost.is_empty()
    }
}

/// Replays decisions. `at` is when, for those that do not say it.
///
/// # Errors
///
/// When the log cannot be written; what was done until then is in it.
pub fn apply(
    session: &mut Session,
    decisions: &Decisions,
    at: &str,
) -> Result<Applied, SessionError> {
    let mut applied = Applied::default();
    for decision in &decisions.events {
        let change = {
            let home = Home { session, who: &decisions.who, decision };
            home.change(&mut applied)
        };
        if change.is_empty() {
            continue;
        }
        let at = if decision.at.is_empty() { at } else { &decision.at };
        let stamp = Stamp { at, who: &decisions.who };
        let op: String = decision.op.chars().take(40).collect();
        session.perform(&op, change, stamp)?;
    }
    Ok(applied)
}

/// A decision beside the state that it comes home to.
struct Home<'a> {
    session: &'a Session,
    who: &'a str,
    decision: &'a Decision,
}

impl Home<'_> {
    fn change(&self, applied: &mut Applied) -> Change {
        let mut change = Change::default();
        for row in &self.decision.change.rows {
            self.row(row, &mut change, applied);
        }
        for term in &self.decision.change.terms {
            self.term(term, &mut change, applied);
        }
        for finding in &self.decision.change.findings {
            self.finding(finding, &mut change, applied);
        }
        change
    }

    fn row(&self, decided: &RowChange, change: &mut Change, applied: &mut Applied) {
        let state = self.session.state();
        let Some(placed) = self.placed(decided.row) else {
            applied.lost.push(self.told(&decided.row.to_string()));
            return;
        };
        let key = state.key(&placed);
        let at = first_piece(state, &placed);
        let mut alone = RowKey(Pair::default());
        *alone.0.get_mut(at.side) = Some(at.piece);
        let was_note = state.note(at.side, at.piece);
        match &decided.field {
            RowField::Status { now, .. } if placed.row.status == *now => {
                applied.n_known += 1;
            }
            // Nobody's decision gives way to one that was made on a row as it was.
            RowField::Status { now, .. } if placed.row.status == RowStatus::Auto => {
                let field = RowField::Status { was: RowStatus::Auto, now: *now };
                change.rows.push(RowChange { row: key, field });
                applied.n_done += 1;
            }
            RowField::Status { now, .. } => {
                let now = with_line(was_note, &self.says(now.as_str()));
                note(change, alone, was_note, now);
                applied.differing.push(self.told(&key.to_string()));
            }
            RowField::Bookmark { now, .. } => {
                let was = state.is_bookmarked(at.side, at.piece);
                if was == *now {
                    applied.n_known += 1;
                } else {
                    let field = RowField::Bookmark { was, now: *now };
                    change.rows.push(RowChange { row: alone, field });
                    applied.n_done += 1;
                }
            }
            RowField::Note { now, .. }
                if now.is_empty() || was_note.contains(now.as_str()) =>
            {
                applied.n_known += 1;
            }
            RowField::Note { now, .. } if was_note.is_empty() => {
                note(change, alone, "", now.clone());
                applied.n_done += 1;
            }
            RowField::Note { now, .. } => {
                note(change, alone, was_note, with_line(was_note, &self.says(now)));
                applied.n_done += 1;
            }
        }
    }

    /// The row that has these texts: the one of that name, or the only other one.
    fn placed(&self, key: RowKey) -> Option<Placed> {
        let state = self.session.state();
        let texts = self.decision.texts.get(&key.to_string())?;
        let has = |placed: &Placed| {
            let cell = |side| folded(&cell(self.session, placed, side));
            cell(Side::Zh) == folded(&texts.0) && cell(Side::En) == folded(&texts.1)
        };
        if let Some(placed) = state.find(key).filter(|placed| has(placed)) {
            return Some(placed);
        }
        let mut others = state.placed().filter(has);
        others.next().filter(|_| others.next().is_none())
    }

    fn term(&self, decided: &TermChange, change: &mut Change, applied: &mut Applied) {
        let pair = Pair::new(decided.zh.clone(), decided.en.clone());
        let was = self.session.state().term(&pair);
        let now = decided.now.status;
        if was.status == now {
            applied.n_known += 1;
            return;
        }
        let now = if was.status == Status::Candidate {
            applied.n_done += 1;
            TermState { status: now, ..was.clone() }
        } else {
            let name = format!("{} = {}", decided.zh, decided.en);
            applied.differing.push(self.told(&name));
            let note = with_line(&was.note, &self.says(now.as_str()));
            TermState { note, ..was.clone() }
        };
        if now != was {
            let (zh, en) = (decided.zh.clone(), decided.en.clone());
            change.terms.push(TermChange { zh, en, was, now });
        }
    }

    fn finding(
        &self,
        decided: &FindingChange,
        change: &mut Change,
        applied: &mut Applied,
    ) {
        let was = self.session.state().finding(&decided.id);
        let id = decided.id.clone();
        if was == decided.now {
            applied.n_known += 1;
        } else if was == FindingState::Open {
            change.findings.push(FindingChange { id, was, now: decided.now });
            applied.n_done += 1;
        } else {
            applied.differing.push(self.told(&id));
        }
    }

    /// A decision as somebody reads it in a note.
    fn says(&self, what: &str) -> String {
        match self.who {
            "" => what.to_owned(),
            who => format!("{who}: {what}"),
        }
    }

    /// A decision as it is listed.
    fn told(&self, of_what: &str) -> String {
        let text = self.decision.texts.get(of_what).map(|(zh, en)| {
            let text = if zh.is_empty() { en } else { zh };
            let short: String = text.chars().take(30).collect();
            format!(" ({short})")
        });
        format!("{} {of_what}{}", self.decision.op, text.unwrap_or_default())
    }
}

fn note(change: &mut Change, row: RowKey, was: &str, now: String) {
    if was != now {
        let field = RowField::Note { was: was.to_owned(), now };
        change.rows.push(RowChange { row, field });
    }
}

/// A note with one more line, unless it has it.
fn with_line(note: &str, line: &str) -> String {
    match note {
        "" => line.to_owned(),
        note if note.lines().any(|other| other == line) => note.to_owned(),
        note => format!("{note}\n{line}"),
    }
}

fn first_piece(state: &State, placed: &Placed) -> SidePiece {
    let RowKey(key) = state.key(placed);
    let of = |side: Side| (*key.get(side)).map(|piece| SidePiece { side, piece });
    of(Side::Zh).or_else(|| of(Side::En)).expect("a row has a piece")
}

/// The text of a side of a row as it is now.
pub(crate) fn cell(session: &Session, placed: &Placed, side: Side) -> String {
    let pieces = placed.range.get(side).clone();
    let text = |index: usize| {
        let piece = session.state().pieces(side)[index];
        let over = super::event::TextPlace::Over(SidePiece { side, piece });
        session.state().text(over).unwrap_or_else(|| session.original(side, index))
    };
    let texts: Vec<&str> = pieces.map(text).filter(|text| !text.is_empty()).collect();
    texts.join(parting(side))
}

/// A text without blanks: a browser may have taken some.
fn folded(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::review::log::{Base, BaseSegment, FileMark, Head};

    fn session() -> (tempfile::TempDir, Session) {
        let folder = tempfile::tempdir().unwrap();
        let head = Head {
            review: 1,
            by: "align".into(),
            at: String::new(),
            zh: FileMark::default(),
            en: FileMark::default(),
            level: "paragraph".into(),
        };
        let segments = |texts: [&str; 2]| {
            texts
                .map(|text| BaseSegment { text: text.into(), ..BaseSegment::default() })
                .to_vec()
        };
        let base = Base {
            zh: segments(["雨停了。", "天晴了。"]),
            en: segments(["The rain stopped.", "The sky cleared."]),
            beads: vec![(1, 1, 0.5), (1, 1, 0.5)],
            links: Vec::new(),
        };
        let path = folder.path().join("a.review.jsonl");
        (folder, Session::create(&path, head, base).unwrap())
    }

    fn decided(who: &str, events: &str) -> Decisions {
        let text = format!(r#"{{"decisions":1,"who":"{who}","events":{events}}}"#);
        serde_json::from_str(&text).unwrap()
    }

    const CONFIRM: &str = r#"[{"op":"confirm","texts":{"0~0":["雨停了。","The rain stopped."]},
        "rows":[{"row":"0~0","field":"status","was":"auto","now":"confirmed"}]}]"#;

    #[test]
    fn a_decision_holds_where_the_row_has_these_texts() {
        let (_folder, mut session) = session();
        let applied = apply(&mut session, &decided("mei", CONFIRM), "now").unwrap();
        assert_eq!((applied.n_done, applied.is_whole()), (1, true));
        assert_eq!(session.state().rows()[0].status, RowStatus::Confirmed);
        assert_eq!(session.events()[0].who, "mei");
        let again = apply(&mut session, &decided("li", CONFIRM), "now").unwrap();
        assert_eq!((again.n_known, session.revision()), (1, 1));
        let other = CONFIRM.replace("雨停了。", "雪停了。");
        let lost = apply(&mut session, &decided("mei", &other), "now").unwrap();
        assert_eq!((lost.lost.len(), session.revision()), (1, 1));
    }

    #[test]
    fn of_two_decisions_the_first_stands_and_the_second_is_a_note() {
        let (_folder, mut session) = session();
        apply(&mut session, &decided("mei", CONFIRM), "now").unwrap();
        let look = CONFIRM
            .replace("\"confirmed\"", "\"look\"")
            .replace("\"confirm\"", "\"look\"");
        for _ in 0..2 {
            let applied = apply(&mut session, &decided("li", &look), "now").unwrap();
            assert_eq!(applied.differing.len(), 1);
        }
        assert_eq!(session.state().rows()[0].status, RowStatus::Confirmed);
        let piece = super::super::event::Piece::whole(0);
        assert_eq!(session.state().note(Side::Zh, piece), "li: look");
        assert_eq!(session.revision(), 2);
        let term = r#"[{"op":"OP","terms":[{"zh":"雨","en":"rain","was":{"status":"candidate"},
            "now":{"status":"STATUS"}}]}]"#;
        let of = |status: &str| term.replace("OP", "decide").replace("STATUS", status);
        apply(&mut session, &decided("mei", &of("accepted")), "now").unwrap();
        let applied =
            apply(&mut session, &decided("li", &of("rejected")), "now").unwrap();
        assert_eq!(applied.differing, ["decide 雨 = rain"]);
        let state = session.state().term(&Pair::new("雨".into(), "rain".into()));
        assert_eq!(
            (state.status, state.note.as_str()),
            (Status::Accepted, "li: rejected")
        );
    }

    #[test]
    fn nothing_but_decisions_is_taken_from_a_file() {
        let (_folder, mut session) = session();
        let merge = r#"[{"op":"merge","beads":{"from":["0","0"],"was":[[1,1,0.5,"auto"],[1,1,0.5,"auto"]],
            "now":[[2,2,null,"corrected"]]},"text":[{"piece":"en:0","was":null,"now":"x"}]}]"#;
        let applied = apply(&mut session, &decided("mei", merge), "now").unwrap();
        assert_eq!((applied, session.revision()), (Applied::default(), 0));
    }
}
