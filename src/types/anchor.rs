use crate::text::Span;

/// What kind of thing a mention names. One file a kind under `anchor`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum MentionKind {
    /// A document symbol: A/68/457, E/2013/27.
    Symbol,
    /// A resolution or decision by number: 64/293.
    Resolution,
    /// A day: 19 December 2011.
    Date,
    /// A year or span of years.
    Year,
    /// A session, congress or other ordinal: sixty-fourth.
    Ordinal,
    /// An article, paragraph or subparagraph that is cited: article 14, paragraph 2 (b).
    Provision,
    /// A volume or number of a treaty series.
    Treaty,
    /// A quantity.
    Quantity,
    /// An amount of money.
    Money,
    /// A percentage.
    Percentage,
    /// A name in Latin letters inside the Chinese.
    LatinName,
    /// An acronym.
    Acronym,
    /// A mail or web address.
    Address,
    /// A term of the user's glossary; its value is the number of the pair.
    Term,
    /// The time that a subtitle is shown.
    Cue,
}

impl MentionKind {
    /// The name used in outputs.
    pub fn as_str(self) -> &'static str {
        match self {
            MentionKind::Symbol => "symbol",
            MentionKind::Resolution => "resolution",
            MentionKind::Date => "date",
            MentionKind::Year => "year",
            MentionKind::Ordinal => "ordinal",
            MentionKind::Provision => "provision",
            MentionKind::Treaty => "treaty",
            MentionKind::Quantity => "quantity",
            MentionKind::Money => "money",
            MentionKind::Percentage => "percentage",
            MentionKind::LatinName => "latin name",
            MentionKind::Acronym => "acronym",
            MentionKind::Address => "address",
            MentionKind::Term => "term",
            MentionKind::Cue => "cue",
        }
    }
}

/// Something named in a text that the other language names by the same value.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Mention {
    /// What kind of thing.
    pub kind: MentionKind,
    /// Its value in one writing for both languages: `2011-12-19`, `67/186`, `article 14.2.b`.
    pub value: String,
    /// Where it is named, in the text of the segment.
    pub span: Span,
}
