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
/// What follows a name out of courtesy.
const COURTESIES: [&str; 4] = ["先生", "女士", "小姐", "夫人"];
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
        if !(opening.may_open || opening.is_soft && opening.n_chars > 1) {
            continue;
        }
        if is_torn(&text.chars, first.run.start as usize) {
            continue;
        }
        let mut hash = RunHash::new();
        for (n, word) in text.words[i..].iter().take(MAX_WORDS).enumerate() {
            let form = corpus.zh_form(*word);
            let run = Run { start: first.run.start, end: word.run.end };
            // 先生 is no part of 亚伦·惠特莫尔, and no Mr. of Aaron Whitmore.
            if n == 1 && opening.is_foreign_name && COURTESIES.contains(&&*form.text) {
                break;
            }
            let is_series = n > 0 && &*form.text == "、";
            if (form.is_mark && !is_series)
                || (n > 0 && form.is_barrier && !form.may_close && !form.is_soft)
                || run.len() > MAX_CHARS
            {
                break;
            }
            hash = push(hash, &text.chars[word.run.range()]);
            let is_written_in_han = text.chars[run.range()].iter().any(|c| is_han(*c));
            if !cuts_ordinal(&text.chars, run)
                && (form.may_close || form.is_soft)
                && run.len() >= 2
                && is_written_in_han
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
                // 女双 of 女|双打: a headword that cuts a word in two is none here.
                let cuts = is_cut(text, word, run);
                let class = head.pos.chars().next().unwrap_or('n');
                // 及第 of 及|第十条: the first word only joins.
                let is_joiner = inside.run.start as usize == start
                    && inside.run.len() == 1
                    && !corpus.zh_form(*inside).may_open;
                let is_excluded = cuts_ordinal(&text.chars, run)
                    || "pcudrmqfkyeot".contains(class)
                    || ZH_STOP.contains(written)
                    || ZH_OPERATIVE.contains(written);
                let cuts = cuts || is_torn(&text.chars, start);
                if run.len() >= 2 && !(cuts || is_joiner || is_excluded) {
                    out.push((run, hash_of(&text.chars[run.range()])));
                }
            }
        }
        byte += c.len_utf8();
    }
}

/// Does what stands before belong to the word that begins here: O of I/O, 大 of 最大?
fn is_torn(chars: &[char], at: usize) -> bool {
    let before = |n: usize| at.checked_sub(n).map(|i| chars[i]);
    let is_shout = |c: char| c.is_ascii_uppercase() || c.is_ascii_digit();
    match before(1) {
        Some('/' | '／') => before(2).is_some_and(is_shout) && is_shout(chars[at]),
        Some('最' | '更') => true,
        _ => false,
    }
}

/// Does a run end in the 第 of a number: 及第 of 及第|十条?
fn cuts_ordinal(chars: &[char], run: Run) -> bool {
    let end = run.end as usize;
    chars[end - 1] == '第' && chars.get(end).is_some_and(|c| is_digit(*c))
}

fn is_digit(c: char) -> bool {
    c.is_numeric() || "一二三四五六七八九十百千".contains(c)
}

/// Does a run that opens inside the word at `first` begin or end inside a word?
fn is_cut(text: &ZhText, first: usize, run: Run) -> bool {
    let words = text.words[first..].iter().map(|word| word.run);
    let mut inside = words.take_while(|word| word.start < run.end);
    let cuts =
        text.words[first].run.start != run.start || inside.any(|word| word.end > run.end);
    // A long headword knows better than the cut: 秘书处 of 秘书|处理.
    cuts && (run.len() < 3 || text.words[first].run.contains(run))
}

/// Does a run open or close with what seldom stands at the edge of a term?
pub(super) fn is_soft(corpus: &Corpus, text: &ZhText, run: Run) -> bool {
    let first = text.words.partition_point(|word| word.run.end <= run.start);
    let last = text.words.partition_point(|word| word.run.start < run.end);
    let forms: Vec<_> =
        text.words[first..last].iter().map(|word| corpus.zh_form(*word)).collect();
    let [opening, .., closing] = &forms[..] else {
        return forms.first().is_some_and(|form| !form.may_open || !form.may_close);
    };
    !opening.may_open
        || !closing.may_close
        || opening.is_verb
        || (opening.is_bare_verb && forms[1].n_chars > 1)
}

/// Is a run one that opens and closes like most terms and lists nothing?
pub(super) fn is_firm(corpus: &Corpus, text: &ZhText, run: Run) -> bool {
    !text.chars[run.range()].contains(&'、') && !is_soft(corpus, text, run)
}

/// The hash of what a run says: 失败的节点 says what 失败节点 does, 标准及准则 what 标准与准则.
pub(super) fn hash_of(chars: &[char]) -> u64 {
    push(RunHash::new(), chars).value()
}

fn push(hash: RunHash, chars: &[char]) -> RunHash {
    let folded = chars.iter().filter_map(|c| match c {
        '的' => None,
        '与' | '及' => Some('和'),
        c => Some(*c),
    });
    folded.fold(hash, |hash, c| hash.push(c as u32))
}
