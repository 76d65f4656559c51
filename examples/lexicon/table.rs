//! The lexicon as text: one headword a line, tab-separated.
//!
//! ```text
//! # header: what, source, licence, date, how to rebuild
//! 缔结 · 331 · v ·  · to conclude; to establish
//! 中 · 243191 · f · zhong Zhong · in; middle; china; to hit          (· is a tab)
//! ```
//!
//! Headword in simplified characters, frequency (counts of the jieba word list, 0 for
//! none), part of speech (tags of the same list), readings of a single character without
//! tones (with a capital: of the surname), glosses. A gloss is the lemmas of its words; one
//! that opens with `to` is of a verb.

use thiserror::Error;

/// A table that is not as described.
#[derive(Debug, Error, PartialEq, Eq)]
#[error("{table}, line {line}: {fault}")]
pub(crate) struct TableError {
    /// Which table: `words` or `characters`.
    pub(crate) table: &'static str,
    /// The line, counted from 1.
    pub(crate) line: usize,
    /// What is wrong with it.
    pub(crate) fault: Fault,
}

/// What is wrong with a line of a table.
#[derive(Clone, Copy, Debug, Error, PartialEq, Eq)]
pub(crate) enum Fault {
    /// Too few or too many fields, or an empty first one.
    #[error("wrong number of fields")]
    Fields,
    /// The frequency is not a number.
    #[error("frequency is not a number")]
    Frequency,
    /// The line does not come after the one before it.
    #[error("not sorted, or twice the same")]
    Order,
    /// A headword has a traditional character or is too long.
    #[error("headword is not simplified or is too long")]
    Headword,
    /// A gloss without words.
    #[error("empty gloss")]
    Gloss,
}

/// One line of the table of words.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Entry<'a> {
    /// In simplified characters.
    pub(crate) headword: &'a str,
    /// Count in the jieba word list, 0 for none.
    pub(crate) frequency: u32,
    /// Tag of the jieba word list, empty for none.
    pub(crate) pos: &'a str,
    /// Readings of a single character.
    pub(crate) readings: Vec<&'a str>,
    /// Its translations.
    pub(crate) glosses: Vec<Gloss<'a>>,
}

/// One translation of a headword.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Gloss<'a> {
    /// Does the dictionary write it with `to` before it?
    pub(crate) is_verb: bool,
    /// The lemmas of its words, in order.
    pub(crate) lemmas: Vec<&'a str>,
}

/// Reads the table of words.
///
/// # Errors
///
/// The first line that is not as the module describes.
pub(crate) fn parse_words(text: &str) -> Result<Vec<Entry<'_>>, TableError> {
    let mut entries: Vec<Entry<'_>> = Vec::new();
    for (number, line) in lines(text) {
        let entry = parse_entry(line);
        let entry = entry.and_then(|entry| match entries.last() {
            Some(last) if last.headword >= entry.headword => Err(Fault::Order),
            _ => Ok(entry),
        });
        let error = |fault| TableError { table: "words", line: number, fault };
        entries.push(entry.map_err(error)?);
    }
    Ok(entries)
}

/// Reads the table of characters: traditional, simplified.
///
/// # Errors
///
/// The first line that is not one character, a tab and another, in order.
pub(crate) fn parse_characters(text: &str) -> Result<Vec<(char, char)>, TableError> {
    let mut pairs: Vec<(char, char)> = Vec::new();
    for (number, line) in lines(text) {
        let error = |fault| TableError { table: "characters", line: number, fault };
        let pair = match line.chars().collect::<Vec<_>>()[..] {
            [from, '\t', to] => (from, to),
            _ => return Err(error(Fault::Fields)),
        };
        if pairs.last().is_some_and(|last| last.0 >= pair.0) {
            return Err(error(Fault::Order));
        }
        pairs.push(pair);
    }
    Ok(pairs)
}

/// The lines that are not header, with their numbers from 1.
fn lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.lines()
        .enumerate()
        .map(|(i, line)| (i + 1, line))
        .filter(|(_, line)| !line.starts_with('#'))
}

fn parse_entry(line: &str) -> Result<Entry<'_>, Fault> {
    let fields: Vec<&str> = line.split('\t').collect();
    let [headword, frequency, pos, readings, glosses] = fields[..] else {
        return Err(Fault::Fields);
    };
    if headword.is_empty() {
        return Err(Fault::Fields);
    }
    let frequency = frequency.parse().map_err(|_| Fault::Frequency)?;
    let readings = readings.split_whitespace().collect();
    let glosses = match glosses {
        "" => Vec::new(),
        _ => glosses.split("; ").map(parse_gloss).collect::<Result<_, _>>()?,
    };
    Ok(Entry { headword, frequency, pos, readings, glosses })
}

fn parse_gloss(text: &str) -> Result<Gloss<'_>, Fault> {
    let mut lemmas: Vec<&str> = text.split_whitespace().collect();
    let is_verb = lemmas.len() > 1 && lemmas[0] == "to";
    if is_verb {
        lemmas.remove(0);
    }
    if lemmas.is_empty() { Err(Fault::Gloss) } else { Ok(Gloss { is_verb, lemmas }) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_gives_its_fields() {
        let text = "# header\n中\t243191\tf\tzhong Zhong\tmiddle; to hit\n";
        let entries = parse_words(text).unwrap();
        assert_eq!(entries[0].readings, ["zhong", "Zhong"]);
        assert_eq!(entries[0].glosses[0].lemmas, ["middle"]);
        let hit = Gloss { is_verb: true, lemmas: vec!["hit"] };
        assert_eq!(entries[0].glosses[1], hit);
    }

    #[test]
    fn a_bad_line_is_named() {
        let error = parse_words("# header\n法\tmany\tn\t\tlaw\n").unwrap_err();
        assert_eq!(error.to_string(), "words, line 2: frequency is not a number");
        let error = parse_words("法\t1\tn\t\tlaw\n法\t1\tn\t\tlaw\n").unwrap_err();
        assert_eq!(error.fault, Fault::Order);
        let error = parse_characters("國\t国家\n").unwrap_err();
        assert_eq!(error.fault, Fault::Fields);
    }
}
