use std::fmt;

use serde::{Deserialize, Serialize};

/// One of the two sides of a bitext.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Side {
    /// Chinese, simplified or traditional.
    Zh,
    /// English.
    En,
}

impl Side {
    /// Both sides, Chinese first as everywhere.
    pub const BOTH: [Side; 2] = [Side::Zh, Side::En];

    /// The opposite side.
    pub fn other(self) -> Side {
        match self {
            Side::Zh => Side::En,
            Side::En => Side::Zh,
        }
    }
}

impl fmt::Display for Side {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Side::Zh => "zh",
            Side::En => "en",
        })
    }
}

/// A value for each side.
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
pub struct Pair<T> {
    /// The Chinese value.
    pub zh: T,
    /// The English value.
    pub en: T,
}

impl<T> Pair<T> {
    /// A pair of the two values.
    pub fn new(zh: T, en: T) -> Self {
        Self { zh, en }
    }

    /// The value of one side.
    pub fn get(&self, side: Side) -> &T {
        match side {
            Side::Zh => &self.zh,
            Side::En => &self.en,
        }
    }

    /// The value of one side, to change.
    pub fn get_mut(&mut self, side: Side) -> &mut T {
        match side {
            Side::Zh => &mut self.zh,
            Side::En => &mut self.en,
        }
    }

    /// A pair that borrows both values.
    pub fn as_ref(&self) -> Pair<&T> {
        Pair { zh: &self.zh, en: &self.en }
    }

    /// The function applied to both values.
    pub fn map<U>(self, mut f: impl FnMut(T) -> U) -> Pair<U> {
        Pair { zh: f(self.zh), en: f(self.en) }
    }

    /// The function applied to both values, told which side each is of.
    pub fn map_sides<U>(self, mut f: impl FnMut(Side, T) -> U) -> Pair<U> {
        Pair { zh: f(Side::Zh, self.zh), en: f(Side::En, self.en) }
    }
}
