//! Chinese candidates: runs of words that open and close like a term, and every headword of
//! the lexicon that stands in the text.
//!
//! Comes in: the Chinese side of a unit. Goes out: runs of cells. A run never crosses a mark,
//! so 《…》 and brackets cut by themselves. Which of the runs recur is not asked here.

use super::candidates::RunHash;
use super::corpus::{Corpus, Run, ZhText};
use super::word_list::{ZH_OPERATIVE, ZH_STOP};
use crate::lexicon::Seed;
use crate::text::script::is_han;

/// Longest candidate, in words (docs/terms.md, 3).
const MAX_WORDS: usize = 12;
/// Longest candidate, in characters (docs/terms.md, 3).
const MAX_CHARS: usize = 30;

/// The runs of a unit that may be terms, with the hash of what they say.
pub(super) fn runs(
    corpus: &Corpus,
    text: &ZhText,
    seed: &Seed,
    out: &mut Vec<(Run, u64)>,
) {
    let from = out.len();
    word_runs(corpus, text, out);
    headword_runs(corpus, text, seed, out);
    out[from..].sort_unstable();
    let mut kept = from;
    for i in from..out.len() {
        if i == from || out[i] != out[kept - 1] {
            out[kept] = out[i];
            kept += 1;
        }
    }
    out.truncate(kept);
}

/// The runs of whole words.
pub(super) fn word_runs(corpus: &Corpus, text: &ZhText, out: &mut Vec<(Run, u64)>) {
    for (i, first) in text.words.iter().enumerate() {
        let opening = corpus.zh_form(*first);
        if !opening.may_open {
            continue;
        }
        let mut hash = RunHash::new();
        for (n, word) in text.words[i..].iter().take(MAX_WORDS).enumerate() {
            let form = corpus.zh_form(*word);
            if n == 1 && opening.is_bare_verb && form.n_chars > 1 {
                break;
            }
            let run = Run { start: first.run.start, end: word.run.end };
            if form.is_mark
                || (n > 0 && form.is_barrier && !form.may_close)
                || run.len() > MAX_CHARS
            {
                break;
            }
            hash =
                text.chars[word.run.range()].iter().fold(hash, |h, &c| h.push(c as u32));
            let is_written_in_han = text.chars[run.range()].iter().any(|c| is_han(*c));
            if form.may_close
                && run.len() >= 2
                && is_written_in_han
                && !(n > 0 && opening.is_verb)
            {
                out.push((run, hash.value()));
            }
            if form.is_barrier && n > 0 {
                break;
            }
        }
    }
}

/// Headwords of two characters and more, unless they lie strictly inside one word (民国
/// inside 中华民国).
fn headword_runs(corpus: &Corpus, text: &ZhText, seed: &Seed, out: &mut Vec<(Run, u64)>) {
    let string: String = text.chars.iter().collect();
    let mut byte = 0;
    let mut word = 0;
    for (start, c) in text.chars.iter().enumerate() {
        while word < text.words.len() && (text.words[word].run.end as usize) <= start {
            word += 1;
        }
        let Some(inside) = text.words.get(word) else { break };
        if !corpus.zh_form(*inside).is_mark {
            for (len, head) in seed.prefixes(&string[byte..]) {
                let written = &string[byte..byte + len];
                let run = Run::new(start, start + written.chars().count());
                let is_strictly_inside = inside.run.contains(run) && inside.run != run;
                let class = head.pos.chars().next().unwrap_or('n');
                // 及第 of 及|第十条: the first word only joins.
                let is_joiner = inside.run.start as usize == start
                    && inside.run.len() == 1
                    && !corpus.zh_form(*inside).may_open;
                let is_excluded = "pcudrmqfkyeot".contains(class)
                    || ZH_STOP.contains(written)
                    || ZH_OPERATIVE.contains(written);
                if run.len() >= 2 && !(is_strictly_inside || is_joiner || is_excluded) {
                    out.push((run, hash_of(&text.chars[run.range()])));
                }
            }
        }
        byte += c.len_utf8();
    }
}

/// The hash of what a run says.
pub(super) fn hash_of(chars: &[char]) -> u64 {
    chars.iter().fold(RunHash::new(), |hash, &c| hash.push(c as u32)).value()
}
