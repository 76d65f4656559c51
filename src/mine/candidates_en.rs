//! English candidates: runs of words that open and close like a term.
//!
//! Comes in: the English side of a unit. Goes out: runs of words; two runs are one candidate
//! when their folded words are the same. A run never crosses a mark.

use super::candidates::{Candidate, Capitals, RunHash, RunPlace};
use super::corpus::{Corpus, EnForm, EnText, EnWord, Run};

/// Longest candidate, in words (docs/terms.md, 4).
const MAX_WORDS: usize = 14;
/// From here on a lemma is more verb than noun (docs/terms.md, 4).
pub(super) const VERB: f32 = 0.7;
/// From here on a lemma after *to* is taken for a verb (measured: 0.5 leaves `to exercise`).
const PERHAPS_VERB: f32 = 0.2;

/// The runs of a unit that may be terms, with the hash of what they say.
pub(super) fn runs(corpus: &Corpus, text: &EnText, out: &mut Vec<(Run, u64)>) {
    for start in 0..text.words.len() {
        if !may_open(corpus, text, start) {
            continue;
        }
        let mut hash = RunHash::new();
        // A list is whole where its last member is joined: taxes, fees and charges.
        let mut is_open_list = false;
        for end in start + 1..=(start + MAX_WORDS).min(text.words.len()) {
            let form = corpus.en_form(text.words[end - 1]);
            let is_comma = end - 1 > start && &*form.text == ",";
            if is_comma {
                is_open_list |= !is_name_comma(corpus, text, start, end - 1);
                hash = hash.push(form.fold);
                continue;
            }
            if form.is_mark || (end - 1 > start && form.is_stop && !form.is_inner) {
                break;
            }
            is_open_list &= !matches!(&*form.text, "and" | "or");
            if end - 1 > start && is_infinitive(corpus, text, end - 1) {
                break;
            }
            if end - 1 == start || !form.is_determiner {
                hash = hash.push(form.fold);
            }
            let is_cut = text.words.get(end).is_some_and(|next| next.is_tied)
                || (text.words.get(end + 1).is_some_and(|next| next.is_tied)
                    && corpus.en_form(text.words[end]).is_mark);
            if !is_cut && !is_open_list && may_close(corpus, text, start, end) {
                out.push((Run::new(start, end), hash.value()));
            }
        }
    }
}

/// A verb after *to*: `agenda to address` is no term, `right to development` is one.
fn is_infinitive(corpus: &Corpus, text: &EnText, at: usize) -> bool {
    let form = corpus.en_form(text.words[at]);
    &*corpus.en_form(text.words[at - 1]).text == "to"
        && !text.words[at].is_capital
        && (form.is_operative || form.verbness > PERHAPS_VERB)
}

/// A comma inside a name: `Victims of Trafficking in Persons, Especially Women and Children`.
fn is_name_comma(corpus: &Corpus, text: &EnText, start: usize, at: usize) -> bool {
    let Some(next) = text.words.get(at + 1) else { return false };
    at > start
        && &*corpus.en_form(text.words[at]).text == ","
        && next.is_capital
        && is_adverb(corpus.en_form(*next))
        && text.words[at - 1].is_capital
}

fn may_open(corpus: &Corpus, text: &EnText, at: usize) -> bool {
    let word = text.words[at];
    let form = corpus.en_form(word);
    !form.is_mark
        && !word.is_tied
        && (!form.is_stop || is_number_name(form, word))
        && (!form.is_number || is_ordinal(form))
}

fn may_close(corpus: &Corpus, text: &EnText, start: usize, end: usize) -> bool {
    let form = corpus.en_form(text.words[end - 1]);
    if form.is_mark {
        return false;
    }
    let is_opening_up = &*form.text == "up"
        && end - start == 2
        && corpus.en_form(text.words[start]).text.ends_with("ing");
    is_opening_up || (!form.is_stop && !form.is_number)
}

/// A number word that is part of a name: `Four Cardinal Principles`.
fn is_number_name(form: &EnForm, word: EnWord) -> bool {
    matches!(
        &*form.text,
        "two" | "three" | "four" | "five" | "six" | "seven" | "eight" | "ten"
    ) && word.is_capital
        && !word.is_initial
}

/// `18th`, `2nd`.
fn is_ordinal(form: &EnForm) -> bool {
    ["st", "nd", "rd", "th"].iter().any(|end| form.text.ends_with(end))
}

fn is_adverb(form: &EnForm) -> bool {
    form.text.len() > 4
        && form.text.ends_with("ly")
        && !matches!(
            &*form.text,
            "family"
                | "assembly"
                | "supply"
                | "reply"
                | "july"
                | "italy"
                | "anomaly"
                | "monopoly"
        )
}

/// Does a run open or close with what seldom stands at the edge of a term?
pub(super) fn is_soft(corpus: &Corpus, text: &EnText, run: Run) -> bool {
    let (start, end) = (run.start as usize, run.end as usize);
    let closing = corpus.en_form(text.words[end - 1]);
    let opening = corpus.en_form(text.words[start]);
    let is_opening_up = &*closing.text == "up" && end - start == 2;
    (opening.is_edge_stop && !is_number_name(opening, text.words[start]))
        || (closing.is_edge_stop && !is_opening_up)
        || is_adverb(closing)
        || !fits(corpus, text, start, end)
}

/// Is a run one that opens and closes like most terms and lists nothing?
pub(super) fn is_firm(corpus: &Corpus, text: &EnText, run: Run) -> bool {
    let is_list_comma = |at: usize| {
        &*corpus.en_form(text.words[at]).text == ","
            && !is_name_comma(corpus, text, run.start as usize, at)
    };
    !run.range().any(is_list_comma) && !is_soft(corpus, text, run)
}

/// What is asked of the whole run.
fn fits(corpus: &Corpus, text: &EnText, start: usize, end: usize) -> bool {
    let (first, last) = (text.words[start], text.words[end - 1]);
    let (opening, closing) = (corpus.en_form(first), corpus.en_form(last));
    if end - start == 1 {
        return opening.text.chars().count() >= 2;
    }
    if is_adverb(opening) && end - start < 3 {
        return false;
    }
    let next = corpus.en_form(text.words[start + 1]);
    if is_adverb(opening) && next.is_operative {
        return false;
    }
    if opening.is_light && &*next.text == "of" {
        return false;
    }
    let is_nominal = matches!(&*next.text, "of" | "for");
    let is_gerund = opening.text.ends_with("ing");
    let is_name = first.is_capital && !first.is_initial;
    if opening.is_operative && !(is_gerund || is_nominal || is_name) {
        return false;
    }
    let is_participle = opening.text.ends_with("ed")
        || (opening.text.ends_with("ing") && !(first.is_capital && first.is_initial));
    (is_participle || opening.verbness <= VERB || is_nominal) && closing.verbness <= VERB
}

/// The hash of what a run says: *status of its instance* says what *status of the instance*
/// does.
pub(super) fn hash_of(corpus: &Corpus, words: &[EnWord]) -> u64 {
    let forms = words.iter().map(|word| corpus.en_form(*word)).enumerate();
    let folds = forms.filter(|(i, form)| *i == 0 || !form.is_determiner);
    folds.fold(RunHash::new(), |hash, (_, form)| hash.push(form.fold)).value()
}

/// The share of places in which every word of content is capitalised; words where any word
/// would have a capital say nothing. 0 where no place tells.
pub(super) fn capital_share(corpus: &Corpus, candidate: &Candidate) -> f64 {
    let here = capitals(corpus, candidate);
    let elsewhere = candidate.elsewhere.capitals;
    let telling = here.telling + elsewhere.telling;
    let capital = here.capital + elsewhere.capital;
    if telling == 0 { 0.0 } else { f64::from(capital) / f64::from(telling) }
}

/// The places at hand of which capitals tell something.
pub(super) fn capitals(corpus: &Corpus, candidate: &Candidate) -> Capitals {
    capitals_at(corpus, candidate.places.iter())
}

/// Those of some places of which capitals tell something.
pub(super) fn capitals_at<'a>(
    corpus: &Corpus,
    places: impl Iterator<Item = &'a RunPlace>,
) -> Capitals {
    let Capitals { mut telling, mut capital } = Capitals::default();
    for place in places {
        let words = &corpus.en[place.unit as usize].words[place.run.range()];
        let mut content = words
            .iter()
            .filter(|word| !corpus.en_form(**word).is_stop && !word.is_initial)
            .peekable();
        if content.peek().is_some() {
            telling += 1;
            capital += u32::from(content.all(|word| word.is_capital));
        }
    }
    Capitals { telling, capital }
}

/// May a shorter English candidate be a mere fragment of the one at this place, which has so
/// large a share of capitals?
pub(super) fn may_hold_fragments(corpus: &Corpus, place: RunPlace, capital: f64) -> bool {
    let text = &corpus.en[place.unit as usize];
    let words = &text.words[place.run.range()];
    !is_soft(corpus, text, place.run)
        && words.iter().all(|word| match &*corpus.en_form(*word).text {
            "or" | "," => false,
            _ if capital >= 0.9 => true,
            // What goes on with a preposition is no longer term, but a clause.
            "of" => true,
            _ => !corpus.en_form(*word).is_stop,
        })
}
