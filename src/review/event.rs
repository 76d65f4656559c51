//! What a reviewer did, as a value that is written down, applied and turned round.
//!
//! An event carries what was and what is, so that no algorithm runs when a log is read again:
//! a later version of the program replays the log of an older one.
//!
//! ```text
//! {"n":2,"op":"merge","beads":{"from":["12","11"],
//!   "was":[[1,1,0.98,"auto"],[1,0,0.41,"auto"]], "now":[[2,1,null,"corrected"]]}}
//! ```

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::types::{Pair, Side, Status};

/// A segment of the base, or a part of one that begins at a cut.
///
/// Written `12`, or `12@57` for what begins 57 characters into segment 12.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize,
)]
#[serde(try_from = "String", into = "String")]
pub struct Piece {
    /// Index of the segment.
    pub segment: usize,
    /// How far into it the piece begins, in characters.
    pub from: usize,
}

impl Piece {
    /// A segment from its beginning.
    pub fn whole(segment: usize) -> Self {
        Self { segment, from: 0 }
    }
}

impl fmt::Display for Piece {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.from {
            0 => write!(f, "{}", self.segment),
            from => write!(f, "{}@{from}", self.segment),
        }
    }
}

impl FromStr for Piece {
    type Err = BadName;

    fn from_str(name: &str) -> Result<Self, BadName> {
        let bad = || BadName(name.chars().take(40).collect());
        let number = |digits: &str| {
            let is_plain = digits.bytes().all(|b| b.is_ascii_digit());
            // One name a piece: no sign, no zero in front.
            let is_shortest = digits == "0" || !digits.starts_with('0');
            digits.parse::<usize>().ok().filter(|_| is_plain && is_shortest)
        };
        let (segment, from) = match name.split_once('@') {
            Some((segment, from)) => (number(segment), number(from).filter(|&n| n > 0)),
            None => (number(name), Some(0)),
        };
        let (segment, from) = segment.zip(from).ok_or_else(bad)?;
        Ok(Self { segment, from })
    }
}

/// A piece and its side: `en:14@57`.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize,
)]
#[serde(try_from = "String", into = "String")]
pub struct SidePiece {
    /// Of which document.
    pub side: Side,
    /// Which piece.
    pub piece: Piece,
}

impl fmt::Display for SidePiece {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.side, self.piece)
    }
}

impl FromStr for SidePiece {
    type Err = BadName;

    fn from_str(name: &str) -> Result<Self, BadName> {
        let bad = || BadName(name.chars().take(40).collect());
        let (side, piece) = name.split_once(':').ok_or_else(bad)?;
        let side =
            Side::BOTH.into_iter().find(|s| s.to_string() == side).ok_or_else(bad)?;
        Ok(Self { side, piece: piece.parse()? })
    }
}

/// The name of a row: the first piece of each side, `12~11`; `12~` or `~11` where a side is
/// empty.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize,
)]
#[serde(try_from = "String", into = "String")]
pub struct RowKey(pub Pair<Option<Piece>>);

impl fmt::Display for RowKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name =
            |piece: Option<Piece>| piece.map_or_else(String::new, |p| p.to_string());
        write!(f, "{}~{}", name(self.0.zh), name(self.0.en))
    }
}

impl FromStr for RowKey {
    type Err = BadName;

    fn from_str(name: &str) -> Result<Self, BadName> {
        let bad = || BadName(name.chars().take(40).collect());
        let (zh, en) = name.split_once('~').ok_or_else(bad)?;
        let piece = |name: &str| match name {
            "" => Ok(None),
            name => name.parse().map(Some),
        };
        let key = Pair::new(piece(zh)?, piece(en)?);
        if key.zh.is_none() && key.en.is_none() { Err(bad()) } else { Ok(Self(key)) }
    }
}

/// A name that no row and no piece can have.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("\"{0}\" names no row")]
pub struct BadName(String);

macro_rules! written_as_text {
    ($($name:ty),*) => {$(
        impl TryFrom<String> for $name {
            type Error = BadName;

            fn try_from(name: String) -> Result<Self, BadName> {
                name.parse()
            }
        }

        impl From<$name> for String {
            fn from(name: $name) -> String {
                name.to_string()
            }
        }
    )*};
}
written_as_text!(Piece, SidePiece, TextPlace, RowKey);

/// Where a row stands in the eyes of the reviewer.
#[derive(
    Clone,
    Copy,
    Debug,
    Default,
    PartialEq,
    Eq,
    Hash,
    PartialOrd,
    Ord,
    Serialize,
    Deserialize,
)]
#[serde(rename_all = "lowercase")]
pub enum RowStatus {
    /// As the aligner left it.
    #[default]
    Auto,
    /// Flagged by hand: needs a look.
    Look,
    /// Seen, and right.
    Confirmed,
    /// Mended by hand.
    Corrected,
}

impl RowStatus {
    /// Does the aligner have to go through the row?
    pub fn is_pinned(self) -> bool {
        matches!(self, RowStatus::Confirmed | RowStatus::Corrected)
    }

    /// The name used in files.
    pub fn as_str(self) -> &'static str {
        match self {
            RowStatus::Auto => "auto",
            RowStatus::Look => "look",
            RowStatus::Confirmed => "confirmed",
            RowStatus::Corrected => "corrected",
        }
    }
}

/// A row as the log has it: pieces of each side, score, status.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(from = "(usize, usize, Option<f64>, RowStatus)")]
#[serde(into = "(usize, usize, Option<f64>, RowStatus)")]
pub struct Row {
    /// How many pieces each side has; not none on both.
    pub n: Pair<usize>,
    /// The calibrated score of the aligner, 0 to 1; `None` of what a person made.
    pub score: Option<f64>,
    /// What the reviewer says of it.
    pub status: RowStatus,
}

impl Row {
    /// Does one side stand alone?
    pub fn is_single(&self) -> bool {
        self.n.zh == 0 || self.n.en == 0
    }
}

impl From<(usize, usize, Option<f64>, RowStatus)> for Row {
    fn from((zh, en, score, status): (usize, usize, Option<f64>, RowStatus)) -> Self {
        Self { n: Pair::new(zh, en), score, status }
    }
}

impl From<Row> for (usize, usize, Option<f64>, RowStatus) {
    fn from(row: Row) -> Self {
        (row.n.zh, row.n.en, row.score, row.status)
    }
}

/// Rows that became others. They begin at a place and tile the same pieces.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct BeadsChange {
    /// The first piece of each side at or behind the place; `None` at the end of a side.
    pub from: (Option<Piece>, Option<Piece>),
    /// The rows that were there, counted before the cuts of the event.
    pub was: Vec<Row>,
    /// The rows that are there now, counted with its cuts.
    pub now: Vec<Row>,
}

/// A mark of a row that changed. A note or bookmark belongs to a piece, and to whatever row
/// has it: then `row` names that piece alone, `12~` or `~11`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RowChange {
    /// Which row or piece.
    pub row: RowKey,
    /// What changed.
    #[serde(flatten)]
    pub field: RowField,
}

/// What of a row changed, from what to what.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "field", rename_all = "lowercase")]
pub enum RowField {
    /// Its status.
    Status {
        /// Before.
        was: RowStatus,
        /// After.
        now: RowStatus,
    },
    /// Whether it is bookmarked.
    Bookmark {
        /// Before.
        was: bool,
        /// After.
        now: bool,
    },
    /// The note for the translator.
    Note {
        /// Before; empty for none.
        was: String,
        /// After.
        now: String,
    },
}

/// Where a text is written: over a piece, `en:20`, or into the empty side opposite of one,
/// `en/20` being the English of the Chinese piece 20.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize,
)]
#[serde(try_from = "String", into = "String")]
pub enum TextPlace {
    /// Over a piece.
    Over(SidePiece),
    /// On this side, opposite of that piece of the other.
    Opposite(SidePiece),
}

impl TextPlace {
    /// The side on which the text stands.
    pub fn side(self) -> Side {
        match self {
            TextPlace::Over(at) => at.side,
            TextPlace::Opposite(at) => at.side.other(),
        }
    }
}

impl fmt::Display for TextPlace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            TextPlace::Over(at) => write!(f, "{at}"),
            TextPlace::Opposite(at) => write!(f, "{}/{}", at.side.other(), at.piece),
        }
    }
}

impl FromStr for TextPlace {
    type Err = BadName;

    fn from_str(name: &str) -> Result<Self, BadName> {
        if !name.contains('/') {
            return name.parse().map(TextPlace::Over);
        }
        let at: SidePiece = name.replacen('/', ":", 1).parse()?;
        Ok(TextPlace::Opposite(SidePiece { side: at.side.other(), ..at }))
    }
}

/// A text that was written; the original stays in the base.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TextChange {
    /// Where.
    pub piece: TextPlace,
    /// The text before; `None`, as in the base.
    pub was: Option<String>,
    /// The text now.
    pub now: Option<String>,
}

/// A passage that was tied to one elsewhere, or untied.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct LinkChange {
    /// The first Chinese piece.
    pub zh: Piece,
    /// The first English piece.
    pub en: Piece,
    /// Was it tied?
    pub was: bool,
    /// Is it tied?
    pub now: bool,
}

/// What is decided of a term.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TermState {
    /// Candidate, accepted, preferred, rejected or forbidden.
    #[serde(with = "status_name", default)]
    pub status: Status,
    /// The terms as they were corrected; empty, as they were proposed.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub zh: String,
    /// The English, likewise.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub en: String,
    /// The field it belongs to.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub subject: String,
    /// A note.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
    /// The other written forms of both sides, where they are not as proposed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub variants: Option<(Vec<String>, Vec<String>)>,
    /// The pair, as proposed, that this one was merged with: its forms are variants there.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub merged: Option<(String, String)>,
    /// Is it open again, although the glossary has decided it?
    #[serde(default, skip_serializing_if = "is_false")]
    pub is_reopened: bool,
    /// Was it split off another pair, and not proposed by itself?
    #[serde(default, skip_serializing_if = "is_false")]
    pub split_off: bool,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks for it")]
fn is_false(value: &bool) -> bool {
    !value
}

mod status_name {
    use serde::{Deserialize as _, Deserializer, Serializer};

    use crate::types::Status;

    pub(super) fn serialize<S: Serializer>(
        status: &Status,
        to: S,
    ) -> Result<S::Ok, S::Error> {
        to.serialize_str(status.as_str())
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(
        from: D,
    ) -> Result<Status, D::Error> {
        let name = String::deserialize(from)?;
        Status::from_name(&name)
            .ok_or_else(|| serde::de::Error::custom(format!("\"{name}\" is no status")))
    }
}

/// A decision on a term.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TermChange {
    /// The Chinese as proposed.
    pub zh: String,
    /// The English as proposed.
    pub en: String,
    /// What was decided before.
    pub was: TermState,
    /// What is decided now.
    pub now: TermState,
}

/// What is decided of a finding.
#[derive(
    Clone,
    Copy,
    Debug,
    Default,
    PartialEq,
    Eq,
    Hash,
    PartialOrd,
    Ord,
    Serialize,
    Deserialize,
)]
#[serde(rename_all = "lowercase")]
pub enum FindingState {
    /// Nothing yet.
    #[default]
    Open,
    /// Right as it is.
    Accepted,
    /// A fault that the translator has to mend.
    Fault,
}

/// A decision on a finding.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FindingChange {
    /// Its fingerprint.
    pub id: String,
    /// What was decided before.
    pub was: FindingState,
    /// What is decided now.
    pub now: FindingState,
}

/// All that one operation changes. Its parts are applied in the order of the fields, and
/// taken back in the opposite order.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Change {
    /// Ties that were undone or made.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub links: Vec<LinkChange>,
    /// Places inside segments where a piece begins from now on.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub cuts: Vec<SidePiece>,
    /// Rows that became others.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub beads: Option<BeadsChange>,
    /// Texts that were written.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub text: Vec<TextChange>,
    /// Statuses, bookmarks, notes.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub rows: Vec<RowChange>,
    /// Decisions on terms.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub terms: Vec<TermChange>,
    /// Decisions on findings.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub findings: Vec<FindingChange>,
}

impl Change {
    /// Does it change nothing?
    pub fn is_empty(&self) -> bool {
        *self == Change::default()
    }
}

/// A file that was written of what was decided.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Written {
    /// Its name.
    pub file: String,
    /// The last event that is in it.
    pub upto: usize,
    /// Length and hash of its bytes.
    pub mark: String,
}

/// An operation as the log has it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Event {
    /// Its number, from 1, without gaps.
    pub n: usize,
    /// When, as RFC 3339 in UTC.
    pub at: String,
    /// Who, as told.
    #[serde(default)]
    pub who: String,
    /// What it is called.
    pub op: String,
    /// For `undo` and `redo`, the event that is taken back or done again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub of: Option<usize>,
    /// For `written`, the file.
    #[serde(flatten, default, skip_serializing_if = "Option::is_none")]
    pub written: Option<Written>,
    /// What it changes; nothing for `undo`, `redo` and `written`.
    #[serde(flatten)]
    pub change: Change,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_read_as_they_are_written() {
        for name in ["12~11", "12@57~", "~0", "0~0@3"] {
            assert_eq!(name.parse::<RowKey>().unwrap().to_string(), name);
        }
        for name in ["", "~", "12", "1~2~3", "+1~", "01~", "1@0~", "a~b", "1~-2", "１~"]
        {
            assert!(name.parse::<RowKey>().is_err(), "{name}");
        }
        assert_eq!("en:14@57".parse::<SidePiece>().unwrap().to_string(), "en:14@57");
        assert!("fr:1".parse::<SidePiece>().is_err());
        for name in ["en:20", "zh:3@4", "en/20", "zh/3@4"] {
            assert_eq!(name.parse::<TextPlace>().unwrap().to_string(), name);
        }
        assert!("en/1:2".parse::<TextPlace>().is_err());
    }

    #[test]
    fn an_event_is_a_line_that_reads_back_equal() {
        let key = |name: &str| name.parse::<RowKey>().unwrap();
        let event = Event {
            n: 2,
            at: "2026-11-27T16:40:02Z".into(),
            who: "mei".into(),
            op: "merge".into(),
            of: None,
            written: None,
            change: Change {
                cuts: vec!["en:14@57".parse().unwrap()],
                beads: Some(BeadsChange {
                    from: (Some(Piece::whole(12)), None),
                    was: vec![(1, 1, Some(0.98), RowStatus::Auto).into()],
                    now: vec![(2, 1, None, RowStatus::Corrected).into()],
                }),
                rows: vec![
                    RowChange {
                        row: key("1~2"),
                        field: RowField::Status {
                            was: RowStatus::Auto,
                            now: RowStatus::Confirmed,
                        },
                    },
                    RowChange {
                        row: key("1~"),
                        field: RowField::Note {
                            was: String::new(),
                            now: "“看”\n".into(),
                        },
                    },
                ],
                terms: vec![TermChange {
                    zh: "信托基金".into(),
                    en: "Trust Fund".into(),
                    was: TermState::default(),
                    now: TermState { status: Status::Accepted, ..TermState::default() },
                }],
                ..Change::default()
            },
        };
        let line = serde_json::to_string(&event).unwrap();
        assert!(!line.contains('\n'));
        assert!(line.contains(r#""was":[[1,1,0.98,"auto"]]"#), "{line}");
        assert!(line.contains(r#"{"row":"1~2","field":"status","was":"auto""#), "{line}");
        assert_eq!(serde_json::from_str::<Event>(&line).unwrap(), event);
    }
}
