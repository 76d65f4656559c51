//! What each target does with an input. `tests/it/hostile/fuzz.rs` takes this file too, and does
//! the same with a few inputs of its own.

use std::cell::OnceCell;
use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;

use bitext::anchor::mentions;
use bitext::check::FindingKind;
use bitext::clean::clean;
use bitext::config::Config;
use bitext::glossary::{Stamp, Termbase, load};
use bitext::lexicon::Seed;
use bitext::numbering::label_at;
use bitext::pipeline::{Aligner, Request, Review, run};
use bitext::read::{read, read_input};
use bitext::segment::{blocks, lines, segment};
use bitext::terms::Rules;
use bitext::text::number::{arabic_at, digits_at};
use bitext::tokenize::tokenize;
use bitext::types::{Concept, Input, Pair, Side, Source, Status, TermPair};

thread_local! {
    static DESK: OnceCell<tempfile::TempDir> = const { OnceCell::new() };
}

/// Endings of the kinds of files that are read as a text.
pub const TEXTS: [&str; 12] = [
    "txt", "md", "html", "xml", "docx", "odt", "epub", "pdf", "srt", "vtt", "csv", "tsv",
];

/// Endings of the kinds of files that hold both texts.
pub const BOTH: [&str; 7] = ["tmx", "xliff", "csv", "tsv", "xlsx", "docx", "html"];

/// Endings of the kinds of files that hold terms.
pub const TERMS: [&str; 8] = ["csv", "tsv", "xlsx", "tbx", "xml", "utx", "tmx", "txt"];

/// The ending that the first byte of an input chooses, and the rest of it.
pub fn chosen<'a>(
    data: &'a [u8],
    endings: &[&'static str],
) -> Option<(&'static str, &'a [u8])> {
    let (&first, rest) = data.split_first()?;
    Some((endings[usize::from(first) % endings.len()], rest))
}

/// A file with these bytes, in a folder of this process that is gone with it.
pub fn file(ending: &str, bytes: &[u8]) -> PathBuf {
    DESK.with(|desk| {
        let desk =
            desk.get_or_init(|| tempfile::tempdir().expect("a folder can be made"));
        let path = desk.path().join("input").with_extension(ending);
        fs::write(&path, bytes).expect("a file can be written");
        path
    })
}

/// Two texts of one input: what stands before and behind the first line of three signs `=`.
pub fn two(text: &str) -> (&str, &str) {
    text.split_once("\n===\n").unwrap_or((text, text))
}

/// A file of any kind is read as one text, cleaned and cut.
pub fn readers(data: &[u8]) {
    let Some((ending, bytes)) = chosen(data, &TEXTS) else { return };
    let Ok(noted) = read(&file(ending, bytes), None) else { return };
    let source = noted.value;
    for side in Side::BOTH {
        let document = match &source.blocks {
            Some(found) => blocks(&source, found, side),
            None => segment(&source, &clean(&source, side, &|_| true).value, side),
        };
        let len = document.text.len();
        assert!(document.segments.iter().all(|one| one.span.end <= len));
    }
}

/// A file of any kind that may hold both texts is read and goes the way of a pair.
pub fn aligned(data: &[u8]) {
    let Some((ending, bytes)) = chosen(data, &BOTH) else { return };
    let path = file(ending, bytes);
    let Ok(input) = read_input(&path, None, Pair::default()) else { return };
    let aligner = Aligner::new(Config::default());
    run(input, &Request::new(&aligner), &());
}

/// Any text is cleaned and cut, and the segments stand in order.
pub fn segments(text: &str) {
    let source = Source::plain("text.txt", text, "UTF-8");
    for side in Side::BOTH {
        let cleaned = clean(&source, side, &|_| true).value;
        for document in [segment(&source, &cleaned, side), lines(&source)] {
            let mut end = 0;
            for one in &document.segments {
                assert!(end <= one.span.start && one.span.start <= one.span.end);
                end = one.span.end;
            }
            assert!(end <= document.text.len());
        }
    }
}

/// Labels, numbers and what else is cited, at every place of any text.
pub fn numbers(text: &str) {
    for side in Side::BOTH {
        for mention in mentions(side, text) {
            assert!(text.get(mention.span.start..mention.span.end).is_some());
        }
        // A place of a long text is like any other.
        for (at, _) in text.char_indices().take(200) {
            let rest = &text[at..];
            if let Some((_, len)) = label_at(side, rest) {
                assert!(rest.is_char_boundary(len));
            }
            arabic_at(rest);
            digits_at(rest);
        }
    }
}

/// Terms are found in any text where they stand: the first lines are the terms.
pub fn finder(text: &str) {
    let (terms, text) = two(text);
    let concepts: Vec<Concept> = terms
        .lines()
        .take(20)
        .filter_map(|line| line.split_once('='))
        .map(|(zh, en)| {
            Concept::of_pair(TermPair {
                term: Pair::new(zh.to_owned(), en.to_owned()),
                status: Status::Accepted,
                ..TermPair::default()
            })
        })
        .collect();
    let seed = Seed::shipped();
    let rules = Rules::new(&concepts, seed);
    for side in Side::BOTH {
        for (_, span) in rules.accepted(side, text) {
            assert!(text.get(span.start..span.end).is_some());
        }
    }
    let both = Pair::new(text.to_owned(), text.to_owned());
    rules.judge(&both, &tokenize(Side::En, text, seed));
}

/// A file of terms of any kind is read; what was read is written as a termbase and read again.
pub fn termbase(data: &[u8]) {
    let Some((ending, bytes)) = chosen(data, &TERMS) else { return };
    let Ok(loaded) = load(&file(ending, bytes), true) else { return };
    let termbase = Termbase::from_concepts(loaded.concepts, "a.txt", &Stamp::default());
    let written = termbase.to_text();
    let path = file("csv", written.as_bytes());
    let again = load(&path, false).expect("what we write we read").concepts;
    let again = Termbase::from_concepts(again, "a.txt", &Stamp::default());
    // What stood twice is read as one, be it as a variant of the other and in other letters.
    let forms = |termbase: &Termbase| -> BTreeSet<String> {
        let rows = termbase.rows().map(|(_, row)| row);
        let forms = rows.flat_map(|row| {
            Side::BOTH.into_iter().flat_map(|side| {
                row.variants.get(side).iter().chain([row.term.get(side)])
            })
        });
        forms.map(|form| form.to_lowercase()).collect()
    };
    assert_eq!(forms(&again), forms(&termbase));
}

/// Two texts go the whole way: aligned, mined, checked.
pub fn pair(text: &str) {
    let (zh, en) = two(text);
    let source = |name: &str, text: &str| Source::plain(name, text, "UTF-8");
    let sources = Pair::new(source("zh.txt", zh), source("en.txt", en));
    let aligner = Aligner::new(Config::default());
    let review = Review { kinds: &FindingKind::ALL, source: Side::Zh };
    let request = Request {
        terms: true,
        sentences: true,
        review: Some(review),
        ..Request::new(&aligner)
    };
    let outcome = run(Input::Texts(sources).into(), &request, &());
    for bead in outcome.bitext.ladder.beads() {
        assert!(bead.score.is_finite());
    }
}
