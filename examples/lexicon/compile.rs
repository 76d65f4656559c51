//! From the text of the lexicon to the bytes that `Seed` reads.

use bitext::lexicon::layout::{MAX_CHARS, PROBABILITY_STEP, SURNAME, size};
use rust_stemmers::{Algorithm, Stemmer};
use rustc_hash::FxHashMap;

use crate::model1::{self, Example};
use crate::strings;
use crate::table::{Entry, Fault, TableError, parse_characters, parse_words};
use crate::trie::Layout;
use crate::writer::Writer;

/// Compiles the tables `words` and `characters`.
///
/// The same text gives the same bytes. Model 1 is trained here, so that it never drifts from
/// the glosses.
///
/// # Errors
///
/// The first line of a table that is not well formed.
///
/// # Panics
///
/// If the tables outgrow the layout: 65,535 lemmas or characters, 256 tags.
pub(crate) fn compile(words: &str, characters: &str) -> Result<Vec<u8>, TableError> {
    let pairs = parse_characters(characters)?;
    let entries = parse_words(words)?;
    check_headwords(words, &entries, &pairs)?;
    let headwords: Vec<&str> = entries.iter().map(|entry| entry.headword).collect();
    let layout = Layout::new(&headwords);
    let mut by_number: Vec<&Entry<'_>> = entries.iter().collect();
    by_number.sort_by_key(|entry| {
        let place = headwords.binary_search(&entry.headword);
        layout.numbers[place.expect("the headwords are sorted")]
    });
    let lemmas = lemmas_of(&entries);
    let mut out = Writer::default();
    layout.write(&mut out);
    write_words(&by_number, &mut out);
    write_lemmas(&lemmas, &entries, &mut out);
    write_glosses(&by_number, &lemmas, &mut out);
    write_model1(&entries, &layout, &lemmas, &mut out);
    write_readings(&entries, &layout, &mut out);
    write_characters(&pairs, &mut out);
    write_stems(&lemmas, &mut out);
    Ok(out.into_bytes())
}

fn check_headwords(
    text: &str,
    entries: &[Entry<'_>],
    pairs: &[(char, char)],
) -> Result<(), TableError> {
    let is_traditional = |c| pairs.binary_search_by_key(&c, |pair| pair.0).is_ok();
    for (i, entry) in entries.iter().enumerate() {
        let is_long = entry.headword.chars().count() > MAX_CHARS;
        if is_long || entry.headword.chars().any(is_traditional) {
            let header = text.lines().take_while(|line| line.starts_with('#')).count();
            let line = header + i + 1;
            return Err(TableError { table: "words", line, fault: Fault::Headword });
        }
    }
    Ok(())
}

fn lemmas_of<'a>(entries: &[Entry<'a>]) -> Vec<&'a str> {
    let glosses = entries.iter().flat_map(|entry| &entry.glosses);
    let mut lemmas: Vec<&str> =
        glosses.flat_map(|gloss| &gloss.lemmas).copied().collect();
    lemmas.sort_unstable();
    lemmas.dedup();
    lemmas
}

fn number(lemmas: &[&str], lemma: &str) -> u16 {
    let id = lemmas.binary_search(&lemma).expect("the lemmas are those of the glosses");
    u16::try_from(id).expect("the glosses have fewer than 65,536 lemmas")
}

fn write_words(entries: &[&Entry<'_>], out: &mut Writer) {
    let mut tags: Vec<&str> = entries.iter().map(|entry| entry.pos).collect();
    tags.sort_unstable();
    tags.dedup();
    let tag = |entry: &&Entry<'_>| {
        let place = tags.binary_search(&entry.pos).expect("the tags are of the entries");
        u8::try_from(place).expect("the word list has some sixty tags")
    };
    out.u32s(entries.iter().map(|entry| entry.frequency));
    out.bytes(&entries.iter().map(tag).collect::<Vec<u8>>());
    out.bytes(tags.join("\n").as_bytes());
}

/// The lemmas, in how many glosses each stands, and how many of those it opens after `to`.
fn write_lemmas(lemmas: &[&str], entries: &[Entry<'_>], out: &mut Writer) {
    let mut counts = vec![(0, 0); lemmas.len()];
    for gloss in entries.iter().flat_map(|entry| &entry.glosses) {
        for (i, lemma) in gloss.lemmas.iter().enumerate() {
            if gloss.lemmas[..i].contains(lemma) {
                continue;
            }
            let count = &mut counts[usize::from(number(lemmas, lemma))];
            count.0 += 1;
            count.1 += u32::from(i == 0 && gloss.is_verb);
        }
    }
    strings::write(lemmas, out);
    out.u32s(counts.iter().map(|count| count.0));
    out.u32s(counts.iter().map(|count| count.1));
}

fn write_glosses(entries: &[&Entry<'_>], lemmas: &[&str], out: &mut Writer) {
    let (mut of_word, mut of_gloss, mut members) = (vec![0], vec![0], Vec::new());
    for entry in entries {
        for gloss in &entry.glosses {
            members.extend(gloss.lemmas.iter().map(|lemma| number(lemmas, lemma)));
            of_gloss.push(size(members.len()));
        }
        of_word.push(size(of_gloss.len() - 1));
    }
    out.u32s(of_word.into_iter());
    out.u32s(of_gloss.into_iter());
    out.u16s(members.into_iter());
}

fn write_model1(
    entries: &[Entry<'_>],
    layout: &Layout,
    lemmas: &[&str],
    out: &mut Writer,
) {
    let mut examples = Vec::new();
    for entry in entries {
        for gloss in &entry.glosses {
            let number = |lemma: &&str| u32::from(number(lemmas, lemma));
            let chars = entry.headword.chars().map(|c| layout.code(c)).collect();
            let lemmas = gloss.lemmas.iter().map(number).collect();
            examples.push(Example { chars, lemmas });
        }
    }
    let table = model1::train(&examples);
    out.u32s(starts(layout.n_codes(), table.iter().map(|entry| usize::from(entry.0))));
    let lemma = |entry: &(u16, u32, f64)| u16::try_from(entry.1).expect("see `number`");
    out.u16s(table.iter().map(lemma));
    out.u16s(table.iter().map(|entry| quantised(entry.2)));
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a probability in steps is between 0 and 10,000"
)]
fn quantised(probability: f64) -> u16 {
    (probability / f64::from(PROBABILITY_STEP)).round() as u16
}

fn write_readings(entries: &[Entry<'_>], layout: &Layout, out: &mut Writer) {
    let mut syllables: Vec<String> = entries
        .iter()
        .flat_map(|entry| &entry.readings)
        .map(|reading| reading.to_lowercase())
        .collect();
    syllables.sort_unstable();
    syllables.dedup();
    let mut readings = Vec::new();
    for entry in entries.iter().filter(|entry| !entry.readings.is_empty()) {
        let Some(c) = entry.headword.chars().next() else { continue };
        for reading in &entry.readings {
            let syllable = syllables.binary_search(&reading.to_lowercase());
            let syllable =
                u16::try_from(syllable.expect("the syllables are of the entries"))
                    .expect("Mandarin has some 420 syllables");
            let is_surname = reading.starts_with(char::is_uppercase);
            readings
                .push((layout.code(c), syllable | if is_surname { SURNAME } else { 0 }));
        }
    }
    readings.sort_unstable();
    let syllables: Vec<&str> = syllables.iter().map(String::as_str).collect();
    strings::write(&syllables, out);
    out.u32s(starts(layout.n_codes(), readings.iter().map(|entry| usize::from(entry.0))));
    out.u16s(readings.iter().map(|entry| entry.1));
}

fn write_characters(pairs: &[(char, char)], out: &mut Writer) {
    out.u32s(pairs.iter().map(|pair| u32::from(pair.0)));
    out.u32s(pairs.iter().map(|pair| u32::from(pair.1)));
}

/// The lemmas grouped by stem.
fn write_stems(lemmas: &[&str], out: &mut Writer) {
    let stemmer = Stemmer::create(Algorithm::English);
    let mut groups: FxHashMap<String, Vec<u16>> = FxHashMap::default();
    for lemma in lemmas {
        groups
            .entry(stemmer.stem(lemma).into_owned())
            .or_default()
            .push(number(lemmas, lemma));
    }
    let mut groups: Vec<(String, Vec<u16>)> = groups.into_iter().collect();
    groups.sort_unstable();
    let stems: Vec<&str> = groups.iter().map(|group| group.0.as_str()).collect();
    strings::write(&stems, out);
    let of_member =
        groups.iter().enumerate().flat_map(|(i, group)| group.1.iter().map(move |_| i));
    out.u32s(starts(groups.len(), of_member));
    let members: Vec<u16> = groups.into_iter().flat_map(|group| group.1).collect();
    out.u16s(members.into_iter());
}

/// Where the members of each of `n` groups begin, given the group of each member in order.
fn starts(
    n: usize,
    groups: impl Iterator<Item = usize>,
) -> impl ExactSizeIterator<Item = u32> {
    let mut starts = vec![0; n + 1];
    groups.for_each(|group| starts[group + 1] += 1);
    for i in 0..n {
        starts[i + 1] += starts[i];
    }
    starts.into_iter()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_traditional_headword_is_refused() {
        let error = compile("# header\n國\t1\tn\t\tcountry\n", "國\t国\n").unwrap_err();
        assert_eq!((error.line, error.fault), (2, Fault::Headword));
    }

    #[test]
    fn starts_leave_room_for_empty_groups() {
        let starts: Vec<u32> = starts(3, [0, 0, 2].into_iter()).collect();
        assert_eq!(starts, [0, 2, 2, 3]);
    }
}
