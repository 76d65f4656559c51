use super::kept::Kept;
use crate::align::Reading;
use crate::lexicon::Learned;
use crate::types::{Bead, Bitext, Ladder, Link, Notice, Pair};

/// A pair that was aligned, with what the later stages ask for.
#[derive(Debug)]
pub(super) struct Aligned {
    pub(super) bitext: Bitext,
    /// Passages that stand elsewhere on the other side, tied in the bitext or not.
    pub(super) moved: Vec<Link>,
    /// What the segments of the bitext hold.
    pub(super) kept: Kept,
    /// What the pair teaches.
    pub(super) learned: Learned,
    /// For each row that a person pinned, its bead; `None` of one that does not stand.
    pub(super) pinned: Vec<Option<usize>>,
    /// What else might be read where the ladder is in doubt.
    pub(super) readings: Vec<Reading>,
    /// What the reader should know of the texts.
    pub(super) notices: Vec<Notice>,
}

/// The links with the segments that their places have in a ladder.
pub(super) fn located(links: Vec<Link>, ladder: &Ladder) -> Vec<Link> {
    let beads = ladder.beads();
    let located = |link: Link| {
        let (zh, en) = (&beads[link.places.zh].range.zh, &beads[link.places.en].range.en);
        let range = Pair::new(zh.clone(), en.clone());
        Link { bead: Bead { range, ..link.bead }, ..link }
    };
    links.into_iter().map(located).collect()
}
