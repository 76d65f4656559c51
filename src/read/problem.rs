use std::fmt;

use super::language::Language;

/// What is wrong with a file that is of a known kind.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Problem {
    /// It breaks off or breaks the rules of its format.
    Damaged(String),
    /// A part of it unpacks to more bytes than are read.
    TooLarge {
        /// The most that is read of a part.
        limit: u64,
    },
    /// It holds more parts, rows or characters than are read.
    TooMany {
        /// What there are too many of.
        what: &'static str,
        /// The most that are read.
        limit: usize,
    },
    /// Its elements stand in one another deeper than is read.
    TooDeep {
        /// The deepest that is read.
        limit: usize,
    },
    /// It declares entities of its own: text that stands for more text.
    Entities,
    /// It opens only with a password, or belongs to one reader.
    Locked,
    /// A PDF of pictures, without text.
    Scan {
        /// How many pages it has.
        pages: usize,
    },
    /// A PDF that does not say which characters most of its letters are.
    NoCharacters {
        /// Of how many letters it does not say it.
        unknown: usize,
        /// How many letters it has.
        letters: usize,
    },
    /// More stands on a page of it than is kept in memory.
    Crowded {
        /// The page, from 1.
        page: u32,
    },
    /// Its text took longer to find than it was given.
    Slow {
        /// The time it was given.
        seconds: u64,
    },
    /// An aligned file without a pair of Chinese and English.
    NoPairs,
    /// One file for both languages, and the Chinese and the English do not take turns in it.
    OneText,
    /// One file for both languages, and it holds next to nothing of the other.
    OneLanguage {
        /// The language that it holds.
        language: Language,
    },
}

impl Problem {
    /// Damage, in words.
    pub(super) fn damaged(what: impl Into<String>) -> Self {
        Problem::Damaged(what.into())
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Problem::Damaged(what) => write!(f, "is damaged: {what}"),
            Problem::TooLarge { limit } => {
                write!(f, "holds a part that unpacks to more than {} MB", limit >> 20)
            }
            Problem::TooMany { what, limit } => {
                write!(f, "holds more than {limit} {what}")
            }
            Problem::TooDeep { limit } => {
                write!(f, "nests its elements more than {limit} deep")
            }
            Problem::Entities => {
                f.write_str("declares XML entities of its own, which are not read")
            }
            Problem::Locked => f.write_str("is locked with a password or a licence"),
            Problem::Scan { pages: 1 } => {
                f.write_str("is a PDF without text, a page that is a picture")
            }
            Problem::Scan { pages } => {
                write!(f, "is a PDF without text, {pages} pages that are pictures")
            }
            Problem::NoCharacters { unknown, letters } => {
                write!(
                    f,
                    "does not say which characters {unknown} of its {letters} letters are"
                )
            }
            Problem::Crowded { page } => {
                write!(
                    f,
                    "has too much text on page {page}: no printed page holds so much"
                )
            }
            Problem::Slow { seconds } => {
                write!(
                    f,
                    "was given {seconds} s, and its text was not found in that time"
                )
            }
            Problem::NoPairs => f.write_str("holds no pair of Chinese and English"),
            Problem::OneText => f.write_str(
                "is one file, and Chinese and English do not take turns in it",
            ),
            Problem::OneLanguage { language } => {
                let missing = match language {
                    Language::Chinese => Language::English,
                    _ => Language::Chinese,
                };
                write!(
                    f,
                    "is one file and holds only {language}; the {missing} is missing"
                )
            }
        }
    }
}
