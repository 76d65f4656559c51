use crate::text::Span;
use crate::types::named;

named! {
    /// What kind of thing a mention names. One file a kind under `anchor`.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
    pub enum MentionKind {
        /// A document symbol: A/68/457, E/2013/27.
        Symbol = "symbol",
        /// A resolution or decision by number: 64/293.
        Resolution = "resolution",
        /// A day: 19 December 2011.
        Date = "date",
        /// A year or span of years.
        Year = "year",
        /// A session, congress or other ordinal: sixty-fourth.
        Ordinal = "ordinal",
        /// An article, paragraph or subparagraph that is cited: article 14, paragraph 2 (b).
        Provision = "provision",
        /// A volume or number of a treaty series.
        Treaty = "treaty",
        /// A quantity.
        Quantity = "quantity",
        /// An amount of money.
        Money = "money",
        /// A percentage.
        Percentage = "percentage",
        /// A name in Latin letters inside the Chinese.
        LatinName = "latin name",
        /// An acronym.
        Acronym = "acronym",
        /// A mail or web address.
        Address = "address",
        /// A term of the user's glossary; its value is the number of the pair.
        Term = "term",
        /// The time that a subtitle is shown.
        Cue = "cue",
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
