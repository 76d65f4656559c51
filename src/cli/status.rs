//! How a run ended, as the shell sees it.

use crate::types::Notice;

/// How much of what was asked for was done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Status {
    /// All of it.
    Done,
    /// Not all: a pair of a folder failed, or a check found what it was to fail on.
    Part,
    /// All of it, but the two texts are no translations of one another.
    Unrelated,
}

impl Status {
    /// The exit status of the program.
    pub(crate) fn code(self) -> u8 {
        match self {
            Status::Done => 0,
            Status::Part => 1,
            Status::Unrelated => 3,
        }
    }

    /// The status of a run that did all it was asked to, or only a part.
    pub(crate) fn whole_if(is_done: bool) -> Self {
        if is_done { Status::Done } else { Status::Part }
    }

    /// The graver of two.
    pub(crate) fn worse(self, other: Self) -> Self {
        self.max(other)
    }

    /// The graver of this and what the notices say.
    pub(crate) fn with(self, notices: &[Notice]) -> Self {
        if has_unrelated(notices) { Status::Unrelated } else { self }
    }
}

/// Were the texts found to be no translations of one another?
pub(crate) fn has_unrelated(notices: &[Notice]) -> bool {
    notices.iter().any(Notice::is_of_unrelated)
}
