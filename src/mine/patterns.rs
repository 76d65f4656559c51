//! Terms that occur once, by the way they are written.
//!
//! One occurrence says nothing by itself; a bracket, a title mark, an enumeration does. Each
//! pattern proposes places of both sides in one unit; the same features as for recurring
//! pairs choose among them. Patterns: recipe, section 6.

use rustc_hash::FxHashSet;

use super::candidates::Place;
use super::corpus::{Corpus, Run};
use super::features::Scorer;
use super::kind::is_adjective;
use super::{candidates_en, candidates_zh};
use crate::types::TermEvidence;

/// A pair proposed by a pattern.
#[derive(Clone, Copy, Debug)]
pub(super) struct Proposal {
    pub(super) zh: Place,
    pub(super) en: Place,
    pub(super) evidence: TermEvidence,
    pub(super) support: f64,
    /// What orders the proposals; higher is better.
    pub(super) weight: f64,
}

/// All proposals of all patterns and those found already, best first, one for each written
/// Chinese form.
pub(super) fn proposals(
    corpus: &Corpus,
    scorer: &mut Scorer<'_, '_>,
    mut found: Vec<Proposal>,
) -> Vec<Proposal> {
    for unit in 0..corpus.len() {
        let mut page = Page { corpus, scorer, unit, found: &mut found };
        page.glosses();
        page.short_names();
        page.titles();
        page.short_unit();
        page.enumerations();
        page.institutions();
        page.headwords();
    }
    found.sort_by(|a: &Proposal, b| {
        b.weight.total_cmp(&a.weight).then_with(|| (a.zh, a.en).cmp(&(b.zh, b.en)))
    });
    let mut seen = (FxHashSet::default(), FxHashSet::default());
    let mut kept: Vec<Place> = Vec::new();
    found.retain(|proposal| {
        let is_part = kept.iter().any(|place| {
            place.unit == proposal.zh.unit && place.run.contains(proposal.zh.run)
        });
        let (zh, en) = (zh_key(corpus, proposal.zh), en_key(corpus, proposal.en));
        let is_new = !is_part && !seen.0.contains(&zh) && !seen.1.contains(&en);
        if is_new {
            kept.push(proposal.zh);
            seen.0.insert(zh);
            seen.1.insert(en);
        }
        is_new
    });
    found
}

/// The pairs that a bracket glosses, by what they say: 演绎作品（Adapted Material）.
pub(super) fn glossed(
    corpus: &Corpus,
    scorer: &mut Scorer<'_, '_>,
) -> FxHashSet<(u64, u64)> {
    let mut found = Vec::new();
    for unit in 0..corpus.len() {
        Page { corpus, scorer, unit, found: &mut found }.glosses();
    }
    found.iter().map(|p| (zh_key(corpus, p.zh), en_key(corpus, p.en))).collect()
}

/// What a Chinese place says.
pub(super) fn zh_key(corpus: &Corpus, place: Place) -> u64 {
    candidates_zh::hash_of(&corpus.zh[place.unit as usize].chars[place.run.range()])
}

/// What an English place says, number and case folded.
pub(super) fn en_key(corpus: &Corpus, place: Place) -> u64 {
    candidates_en::hash_of(
        corpus,
        &corpus.en[place.unit as usize].words[place.run.range()],
    )
}

/// A unit that is searched for patterns.
struct Page<'a, 'b, 'c, 'd> {
    corpus: &'a Corpus,
    scorer: &'b mut Scorer<'c, 'd>,
    unit: usize,
    found: &'b mut Vec<Proposal>,
}

/// How far a kind of pattern is trusted beside the score of the pair, which is 0 to about 1.
fn trust(evidence: TermEvidence) -> f64 {
    match evidence {
        TermEvidence::Gloss => 3.0,
        TermEvidence::Title => 2.0,
        TermEvidence::Institution => 1.0,
        TermEvidence::Enumeration => 0.6,
        TermEvidence::Dictionary => 0.8,
        _ => 0.4,
    }
}

/// How much each edge of a proposal must be linked to the other side, 0 to 1; less means that
/// the cut is in the wrong place.
const MIN_EDGE: f64 = 0.2;

/// What names of institutions and of laws end in.
const INSTITUTIONS: &str = "部 局 署 厅 法 法院 学院 法庭 研究院 检察院 行政院 国务院 委员会 理事会 \
    协会 学会 大会 议会 基金会 联合会 条例 公约 协定 条约 议定书 宣言 宪章 办公室 办事处 秘书处 检察署 \
    中心 组织 大学 银行 公司";
/// What ends like an institution and is none.
const NOT_INSTITUTIONS: &str =
    "方法 办法 做法 看法 想法 说法 全部 内部 司法 非法 合法 违法 依法 执法 立法 一部";

/// From this many glosses on, an English word is an everyday one.
const EVERYDAY: u32 = 25;

/// Longest capitalised name, in words.
const MAX_NAME: usize = 30;

/// Longest short unit (recipe, section 6), in characters and words.
const SHORT_UNIT: (usize, usize) = (12, 6);

impl Page<'_, '_, '_, '_> {
    /// The best of several English runs for one of several Chinese runs.
    fn propose(&mut self, zhs: &[Run], ens: &[Run], evidence: TermEvidence, least: f64) {
        let unit = self.unit as u32;
        let mut best: Option<Proposal> = None;
        for &zh in zhs {
            for (en, link) in self.scorer.assess(unit, zh, ens) {
                // A longer match explains more: 5 % for each character.
                let weight = link.score * (1.0 + 0.05 * zh.len() as f64);
                let is_cut = link.edge < MIN_EDGE && evidence != TermEvidence::Gloss;
                if link.support >= least
                    && !is_cut
                    && best.is_none_or(|b| weight > b.weight)
                {
                    best = Some(Proposal {
                        zh: Place { unit, run: zh },
                        en: Place { unit, run: en },
                        evidence,
                        support: link.support,
                        weight,
                    });
                }
            }
        }
        self.found.extend(
            best.map(|best| Proposal { weight: best.weight + trust(evidence), ..best }),
        );
    }

    fn zh_chars(&self) -> &[char] {
        &self.corpus.zh[self.unit].chars
    }

    /// The runs of words that may be terms.
    fn zh_runs(&self) -> Vec<Run> {
        let mut runs = Vec::new();
        candidates_zh::word_runs(self.corpus, &self.corpus.zh[self.unit], &mut runs);
        runs.into_iter().map(|(run, _)| run).collect()
    }

    fn en_runs(&self) -> Vec<Run> {
        let mut runs = Vec::new();
        candidates_en::runs(self.corpus, &self.corpus.en[self.unit], &mut runs);
        runs.into_iter().map(|(run, _)| run).collect()
    }

    /// 术语（English）: the English stands in the other text.
    fn glosses(&mut self) {
        let mut pairs = Vec::new();
        let chars = self.zh_chars();
        for (open, close) in brackets(chars, &[('（', '）'), ('(', ')')]) {
            let inside: String = chars[open + 1..close].iter().collect();
            let gloss =
                inside.split(['，', ',', '；', ';', '：', ':']).next().unwrap_or("");
            let before = chars[..open].iter().rposition(|c| !"”’」』》\"".contains(*c));
            if let (Some(before), Some(en)) = (before, self.find_en(gloss)) {
                pairs.push((before + 1, en));
            }
        }
        let runs = self.zh_runs();
        for (end, en) in pairs {
            let zhs: Vec<Run> =
                runs.iter().filter(|run| run.end as usize == end).copied().collect();
            self.propose(&zhs, &[en], TermEvidence::Gloss, 0.25);
        }
    }

    /// The run of English words that reads like `gloss`, blanks and case aside.
    fn find_en(&self, gloss: &str) -> Option<Run> {
        let wanted = letters(gloss);
        if wanted.len() < 2 || !gloss.chars().any(|c| c.is_ascii_alphabetic()) {
            return None;
        }
        let words = &self.corpus.en[self.unit].words;
        (0..words.len()).find_map(|start| {
            let mut rest = wanted.as_str();
            for (end, word) in words.iter().enumerate().skip(start) {
                let piece = letters(&self.corpus.en_form(*word).text);
                if piece.is_empty() && end == start {
                    return None;
                }
                rest = rest.strip_prefix(piece.as_str())?;
                if rest.is_empty() {
                    return Some(Run::new(start, end + 1));
                }
            }
            None
        })
    }

    /// 以下简称“某某” against (hereinafter "X"), in the order they stand.
    fn short_names(&mut self) {
        let (zhs, ens) = (self.zh_short_names(), self.en_short_names());
        if zhs.len() == ens.len() {
            for (zh, en) in zhs.into_iter().zip(ens) {
                let unit = self.unit as u32;
                self.found.push(Proposal {
                    zh: Place { unit, run: zh },
                    en: Place { unit, run: en },
                    evidence: TermEvidence::Gloss,
                    support: 0.8,
                    weight: 0.9 + trust(TermEvidence::Gloss),
                });
            }
        }
    }

    fn zh_short_names(&self) -> Vec<Run> {
        let chars = self.zh_chars();
        let mut out = Vec::new();
        let mut at = 0;
        while at + 2 <= chars.len() {
            let is_call = chars[at..].starts_with(&['简', '称'])
                || chars[at..].starts_with(&['下', '称']);
            at += 1;
            if !is_call {
                continue;
            }
            let skipped = chars[at + 1..]
                .iter()
                .take_while(|c| "为作“”\"「《：:".contains(**c))
                .count();
            let start = at + 1 + skipped;
            let len = chars[start..].iter().take_while(|c| c.is_alphanumeric()).count();
            if (2..=20).contains(&len) {
                out.push(Run::new(start, start + len));
            }
        }
        out
    }

    fn en_short_names(&self) -> Vec<Run> {
        let words = &self.corpus.en[self.unit].words;
        let mut out = Vec::new();
        for at in 0..words.len() {
            if !matches!(
                &*self.corpus.en_form(words[at]).text,
                "hereinafter" | "hereafter"
            ) {
                continue;
            }
            let is_lead = |word| {
                let form = self.corpus.en_form(word);
                form.is_mark
                    || matches!(
                        &*form.text,
                        "referred" | "to" | "as" | "called" | "the" | "simply"
                    )
            };
            let skipped =
                words[at + 1..].iter().take_while(|word| is_lead(**word)).count();
            let start = at + 1 + skipped;
            let len = words[start..]
                .iter()
                .take_while(|word| !self.corpus.en_form(**word).is_mark)
                .count();
            if (1..=8).contains(&len) {
                out.push(Run::new(start, start + len));
            }
        }
        out
    }

    /// 《title》 against a capitalised run.
    fn titles(&mut self) {
        let found = brackets(self.zh_chars(), &[('《', '》'), ('〈', '〉')]);
        if found.is_empty() {
            return;
        }
        let ens = self.capital_runs();
        for (open, close) in found {
            if (open + 3..open + 42).contains(&close) {
                self.propose(
                    &[Run::new(open + 1, close)],
                    &ens,
                    TermEvidence::Title,
                    0.45,
                );
            }
        }
    }

    /// Runs that open and close with a capital and hold only capitals and small function
    /// words.
    fn capital_runs(&self) -> Vec<Run> {
        const INNER: [&str; 20] = [
            "of", "for", "in", "and", "on", "the", "with", "between", "against", "by",
            "to", "from", "at", "'s", "or", "a", "an", "as", "towards", ",",
        ];
        let words = &self.corpus.en[self.unit].words;
        let is_name = |i: usize| {
            words[i].is_capital && !self.corpus.en_form(words[i]).is_edge_stop
                || (words[i].is_tied && i > 0 && words[i - 1].is_capital)
        };
        let is_cut = |i: usize| words.get(i).is_some_and(|word| word.is_tied);
        let mut out = Vec::new();
        for start in (0..words.len()).filter(|&i| is_name(i) && !is_cut(i)) {
            for end in start + 1..=(start + MAX_NAME).min(words.len()) {
                let text = &*self.corpus.en_form(words[end - 1]).text;
                if is_name(end - 1) {
                    if !is_cut(end) {
                        out.push(Run::new(start, end));
                    }
                } else if !INNER.contains(&text) {
                    break;
                }
            }
        }
        out
    }

    /// A heading or an item of a list that is one term.
    fn short_unit(&mut self) {
        let (zh, en) = (&self.corpus.zh[self.unit], &self.corpus.en[self.unit]);
        let is_text = |&c: &char| c.is_alphabetic();
        let Some(from) = zh.words.iter().position(|word| {
            let form = self.corpus.zh_form(*word);
            form.may_open || form.is_content
        }) else {
            return;
        };
        let from = zh.words[from].run.start as usize;
        let to = zh.chars.iter().rposition(is_text).map_or(0, |i| i + 1);
        let Some(first) = en.words.iter().position(|word| {
            let form = self.corpus.en_form(*word);
            !form.is_mark && !form.is_number && form.text.len() > 1
        }) else {
            return;
        };
        let last = en
            .words
            .iter()
            .rposition(|word| !self.corpus.en_form(*word).is_mark)
            .map_or(0, |i| i + 1);
        let ends = zh.chars.last().is_some_and(|c| "。；，：！？".contains(*c));
        if ends
            || from + 2 > to
            || to - from > SHORT_UNIT.0
            || first >= last
            || last - first > SHORT_UNIT.1
        {
            return;
        }
        let is_one = zh.chars[from..to].iter().all(|c| c.is_alphanumeric())
            && en.words[first..last].iter().all(|w| {
                let form = self.corpus.en_form(*w);
                !form.is_mark && !form.is_number
            });
        if is_one {
            let (zh, en) = (Run::new(from, to), Run::new(first, last));
            self.propose(&[zh], &[en], TermEvidence::ShortUnit, 0.35);
        }
    }

    /// Enumerations with as many members on both sides, paired in order.
    fn enumerations(&mut self) {
        let (zhs, ens) = (self.zh_lists(), self.en_lists());
        if zhs.is_empty() || ens.is_empty() {
            return;
        }
        let (zh_runs, en_runs) = (self.zh_runs(), self.en_runs());
        for zh in &zhs {
            let same: Vec<&Vec<Run>> =
                ens.iter().filter(|en| en.len() == zh.len()).collect();
            let n_alike = zhs.iter().filter(|other| other.len() == zh.len()).count();
            if same.len() == 1 && n_alike == 1 {
                for (zh, en) in zh.iter().zip(same[0]) {
                    if !zh_runs.contains(zh) || !en_runs.contains(en) {
                        continue;
                    }
                    self.propose(&[*zh], &[*en], TermEvidence::Enumeration, 0.6);
                }
            }
        }
    }

    /// The inner members of each enumeration: what stands between two separators.
    fn zh_lists(&self) -> Vec<Vec<Run>> {
        let text = &self.corpus.zh[self.unit];
        let separators = text.words.iter().filter_map(|word| {
            let form = self.corpus.zh_form(*word);
            match &*form.text {
                "、" => Some((word.run, true)),
                _ if form.is_mark => Some((word.run, false)),
                _ if form.is_conjunction => Some((word.run, true)),
                _ => None,
            }
        });
        lists(separators, 2..=14)
    }

    fn en_lists(&self) -> Vec<Vec<Run>> {
        let words = &self.corpus.en[self.unit].words;
        let separators = words.iter().enumerate().filter_map(|(i, word)| {
            let form = self.corpus.en_form(*word);
            let run = Run::new(i, i + 1);
            match &*form.text {
                "," | "and" | "or" => Some((run, true)),
                _ if form.is_mark => Some((run, false)),
                _ => None,
            }
        });
        lists(separators, 1..=7)
    }

    /// Names of institutions and laws by their endings.
    fn institutions(&mut self) {
        let words = &self.corpus.en[self.unit].words;
        let mut ens = self.capital_runs();
        ens.retain(|run| {
            words[run.range()].iter().all(|word| !self.corpus.en_form(*word).is_mark)
        });
        if ens.is_empty() {
            return;
        }
        let runs: Vec<Run> =
            self.zh_runs().into_iter().filter(|run| run.len() >= 3).collect();
        let chars = self.zh_chars();
        let mut by_end: Vec<(u32, Vec<Run>)> = Vec::new();
        for run in runs {
            let text: String = chars[run.range()].iter().collect();
            let is_institution = |text: &str| {
                INSTITUTIONS.split(' ').any(|end| text.ends_with(end))
                    && !NOT_INSTITUTIONS.split(' ').any(|end| text.ends_with(end))
            };
            // Two institutions joined are no institution.
            let is_one = text
                .char_indices()
                .filter(|(_, c)| "和与及或".contains(*c))
                .all(|(at, _)| !is_institution(&text[..at]));
            let is_name = is_institution(&text) && is_one && self.is_plain(run);
            if is_name {
                match by_end.iter_mut().find(|(end, _)| *end == run.end) {
                    Some((_, group)) => group.push(run),
                    None => by_end.push((run.end, vec![run])),
                }
            }
        }
        for (_, zhs) in by_end {
            self.propose(&zhs, &ens, TermEvidence::Institution, 0.6);
        }
    }

    /// Is the English more than one everyday word?
    fn is_special(&self, run: Run) -> bool {
        let words = &self.corpus.en[self.unit].words[run.range()];
        let form = self.corpus.en_form(words[0]);
        words.len() > 1
            || (words[0].is_capital && !words[0].is_initial)
            || (self.scorer.gloss_count(form.lemma) < EVERYDAY
                && !is_adjective(&form.text))
    }

    /// Is there no function word in the run but a conjunction?
    fn is_plain(&self, run: Run) -> bool {
        let words = &self.corpus.zh[self.unit].words;
        let first = words.partition_point(|word| word.run.start < run.start);
        words[first..]
            .iter()
            .take_while(|word| word.run.end <= run.end)
            .map(|word| self.corpus.zh_form(*word))
            .all(|form| form.is_content || matches!(&*form.text, "和" | "与" | "及"))
    }

    /// Headwords of three characters and more whose whole gloss stands in the other text.
    fn headwords(&mut self) {
        let text = &self.corpus.zh[self.unit];
        let heads: Vec<Run> = text
            .words
            .iter()
            .filter(|word| {
                let form = self.corpus.zh_form(**word);
                form.word.is_some()
                    && (3..=8).contains(&form.n_chars)
                    && (form.is_noun || form.frequency == 0)
                    && form.may_open
                    && form.may_close
            })
            .map(|word| word.run)
            .collect();
        if heads.is_empty() {
            return;
        }
        let runs = self.en_runs();
        for zh in heads {
            let mut ens = self.scorer.glossed(self.unit as u32, zh, &runs);
            ens.retain(|run| self.is_special(*run));
            self.propose(&[zh], &ens, TermEvidence::Dictionary, 0.5);
        }
    }
}

/// The letters and digits of a text, in lower case.
fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// The places of matching brackets, innermost ones only.
fn brackets(chars: &[char], kinds: &[(char, char)]) -> Vec<(usize, usize)> {
    let mut open = None;
    let mut out = Vec::new();
    for (i, &c) in chars.iter().enumerate() {
        if kinds.iter().any(|kind| kind.0 == c) {
            open = Some(i);
        } else if kinds.iter().any(|kind| kind.1 == c) {
            out.extend(open.take().map(|open| (open, i)));
        }
    }
    out
}

/// The members between neighbouring separators, in groups without another mark between them;
/// `true` marks what separates, `false` what ends a group.
fn lists(
    separators: impl Iterator<Item = (Run, bool)>,
    length: std::ops::RangeInclusive<usize>,
) -> Vec<Vec<Run>> {
    let mut out = vec![Vec::new()];
    let mut last: Option<Run> = None;
    for (run, separates) in separators {
        let member = last.map(|last| Run { start: last.end, end: run.start });
        last = separates.then_some(run);
        match member {
            Some(member) if separates && length.contains(&member.len()) => {
                out.last_mut().expect("there is always a group").push(member);
            }
            // `, and` is one separator.
            Some(member) if separates && member.len() == 0 => {}
            _ => out.push(Vec::new()),
        }
    }
    out.retain(|group| !group.is_empty());
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_innermost_brackets_are_found() {
        let chars: Vec<char> = "甲《乙》丙《丁《戊》".chars().collect();
        assert_eq!(brackets(&chars, &[('《', '》')]), [(1, 3), (7, 9)]);
    }

    #[test]
    fn members_stand_between_two_separators() {
        let comma = |at: usize| (Run::new(at, at + 1), true);
        let found =
            lists([comma(2), comma(5), (Run::new(6, 7), true)].into_iter(), 1..=7);
        assert_eq!(found, [vec![Run::new(3, 5)]]);
    }

    #[test]
    fn letters_leave_marks_behind() {
        assert_eq!(letters("“Adapted Material”"), "adaptedmaterial");
    }
}
