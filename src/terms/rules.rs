//! Whether a unit keeps to a glossary.
//!
//! Comes in: the two texts of a unit. Goes out: each Chinese term of the glossary in it, and
//! how the English renders it. Of terms inside one another the longest asks, and no term is
//! found in half a word.
//!
//! A term that stands several times need not be said as often: *it* may stand for it, and a
//! subject is not repeated for each verb. So one right use speaks for its sentence, but not
//! for the next, unless something there refers back; and where the dictionary knows another
//! rendering of the term, and it is there though nothing else asks for it, that is told.
//!
//! A common word of the language is no term wherever it stands: 同意 is *consent* where
//! somebody gives it, and *agrees* as a verb. If the dictionary has several verbs for such a
//! word beside the family of its rendering, only a rendering that is preferred is asked for.

use std::cell::OnceCell;
use std::collections::BTreeSet;

use rustc_hash::{FxHashMap, FxHashSet};

use super::finder::{Finder, Found, longest};
use super::key::{Keys, en_words, written};
use super::match_rule::MatchRule;
use super::sentence::{has_anaphor, sentences};
use super::word::Root;
use crate::lexicon::Seed;
use crate::text::Span;
use crate::types::{Concept, Pair, Side, Status, Token, TokenKind};

/// One character is a part of too many words to be asked for.
const SHORTEST: usize = 2;

/// A word this frequent in general text is common; see the rank of mined terms, which halves
/// at the same frequency.
const COMMON: u32 = 3000;

/// So many verbs beside the rendering make a common word general.
const SEVERAL: usize = 2;

/// From this share of its glosses after *to* a lemma is a verb.
const VERB: f32 = 0.5;

/// What a glossary asks of a translation.
#[derive(Debug)]
pub struct Rules {
    seed: &'static Seed,
    finder: Finder,
    rules: Vec<Rule>,
}

/// What one concept says.
#[derive(Debug)]
struct Rule {
    /// Its Chinese, the usual form first.
    zh: Vec<String>,
    /// Its English, likewise.
    en: Vec<String>,
    status: Status,
    matching: MatchRule,
}

/// A Chinese term of the glossary in a unit, and how the unit renders it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Judgement {
    /// Which term, the same in all units.
    pub term: u32,
    /// Where it stands.
    pub places: Vec<Span>,
    /// How it is rendered.
    pub verdict: Verdict,
}

/// How a term of the glossary is rendered in a unit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// As the glossary has it.
    Used,
    /// By a rendering that is accepted, though another is preferred: where.
    NotPreferred(Vec<Span>),
    /// As the glossary has it, but not everywhere: where another rendering stands, if that
    /// can be told.
    NotEverywhere(Vec<Span>),
    /// By a rendering that is forbidden: where.
    Forbidden(Vec<Span>),
    /// By the head of a rendering alone, in another phrase.
    HeadOnly,
    /// By nothing that the glossary knows.
    Absent,
}

impl Verdict {
    /// Does the unit depart from the glossary?
    pub fn is_departure(&self) -> bool {
        !matches!(self, Verdict::Used | Verdict::NotPreferred(_))
    }
}

impl Default for Rules {
    /// No rules: nothing is asked.
    fn default() -> Self {
        Self::new(&[], Seed::shipped())
    }
}

impl Rules {
    /// The rules of a glossary. What was rejected says nothing; candidates are found, so that
    /// a longer one is no place of a shorter term, but ask for nothing.
    pub fn new(concepts: &[Concept], seed: &'static Seed) -> Self {
        let counts = |concept: &&Concept| {
            concept.pair.status != Status::Rejected
                && !concept.pair.term.en.trim().is_empty()
        };
        let concepts: Vec<&Concept> = concepts.iter().filter(counts).collect();
        let pairs: Vec<_> = concepts.iter().map(|concept| &concept.pair).collect();
        let terms = (0..).zip(&pairs).flat_map(|(number, pair)| {
            Side::BOTH.into_iter().flat_map(move |side| {
                pair.forms(side).map(move |form| (side, form, number))
            })
        });
        let finder = Finder::new(terms, seed);
        let rule = |concept: &&Concept| Rule {
            zh: concept.pair.forms(Side::Zh).map(str::to_owned).collect(),
            en: concept.pair.forms(Side::En).map(str::to_owned).collect(),
            status: concept.pair.status,
            // One that cannot be read was told of where it was written.
            matching: MatchRule::parse(&concept.matching).unwrap_or_default(),
        };
        Self { seed, finder, rules: concepts.iter().map(rule).collect() }
    }

    /// Are there none?
    pub fn is_empty(&self) -> bool {
        self.rules.is_empty()
    }

    /// The accepted terms of a text, the longest at each place, each with the number of its
    /// concept: where the same number stands on both sides, the two translate one another.
    pub fn accepted(&self, side: Side, text: &str) -> Vec<(u32, Span)> {
        let numbers = |found: &Found| {
            let all = self.finder.numbers(side, found.form).iter().copied();
            all.filter(|number| is_accepted(self.rules[*number as usize].status))
        };
        let found: Vec<Found> = self
            .finder
            .find(side, text)
            .into_iter()
            .filter(|found| numbers(found).next().is_some())
            .collect();
        longest(&found)
            .flat_map(|found| {
                numbers(&found).map(|number| (number, found.span)).collect::<Vec<_>>()
            })
            .collect()
    }

    /// The Chinese of a term as the glossary has it.
    pub fn zh(&self, term: u32) -> &str {
        let (key, keys) = (self.finder.zh_key(term), Keys::new(self.seed));
        let mut forms = self.of_form(term).flat_map(|rule| &rule.zh);
        forms.find(|form| keys.of(Side::Zh, form) == key).map_or("", String::as_str)
    }

    /// The renderings of a term that may be used, in the order of the glossary.
    pub fn renderings(&self, term: u32) -> Vec<&str> {
        let mut all: Vec<&str> = Vec::new();
        let forms = self.of_form(term).filter(|rule| is_accepted(rule.status));
        for form in forms.flat_map(|rule| &rule.en) {
            if !all.contains(&form.as_str()) {
                all.push(form);
            }
        }
        all
    }

    /// The rendering of a term that should be used: the preferred one, or else the first that
    /// is accepted.
    pub fn best(&self, term: u32) -> Option<&str> {
        let first = |status: Status| {
            let mut of_status = self.of_form(term).filter(|rule| rule.status == status);
            of_status.next().map(|rule| rule.en[0].as_str())
        };
        first(Status::Preferred).or_else(|| first(Status::Accepted))
    }

    /// The place of a term in the glossary: that of its first concept.
    pub fn place(&self, term: u32) -> u32 {
        self.finder.numbers(Side::Zh, term).first().copied().unwrap_or_default()
    }

    fn of_form(&self, form: u32) -> impl Iterator<Item = &Rule> {
        let numbers = self.finder.numbers(Side::Zh, form).iter();
        numbers.map(|number| &self.rules[*number as usize])
    }

    /// The terms that a unit has in Chinese, in the order in which they first stand there,
    /// and what became of each. `tokens` are the words of the Chinese. Terms that the
    /// glossary says nothing of are left out.
    pub fn judge(&self, text: &Pair<String>, tokens: &[Token]) -> Vec<Judgement> {
        let terms = self.terms(&text.zh, tokens);
        if terms.is_empty() {
            return Vec::new();
        }
        let mut places: FxHashMap<u32, Vec<Span>> = FxHashMap::default();
        for found in self.finder.find(Side::En, &text.en) {
            for number in self.finder.numbers(Side::En, found.form) {
                let rule = &self.rules[*number as usize];
                if rule.matching.admits(&text.en, found.span, &rule.en) {
                    places.entry(*number).or_default().push(found.span);
                }
            }
        }
        self.add_patterns(&terms, &text.en, &mut places);
        let unit = Unit::new(self, text, tokens, places);
        let judge = |(term, places): (u32, Vec<Span>)| {
            let verdict = unit.verdict(term, &places)?;
            Some(Judgement { term, places, verdict })
        };
        terms.into_iter().filter_map(judge).collect()
    }

    /// Adds where the patterns of these terms match.
    fn add_patterns(
        &self,
        terms: &[(u32, Vec<Span>)],
        text: &str,
        places: &mut FxHashMap<u32, Vec<Span>>,
    ) {
        let numbers =
            terms.iter().flat_map(|(form, _)| self.finder.numbers(Side::Zh, *form));
        let numbers: BTreeSet<u32> = numbers.copied().collect();
        for number in numbers {
            let MatchRule::Pattern(pattern) = &self.rules[number as usize].matching
            else {
                continue;
            };
            let found = pattern.find_iter(text).filter(|found| !found.is_empty());
            let spans = found.map(|found| Span::new(found.start(), found.end()));
            places.entry(number).or_default().extend(spans);
        }
    }

    /// May what stands in a text be a use of a Chinese form, by the rule of one of its
    /// concepts?
    fn admits(&self, form: u32, text: &str, place: Span) -> bool {
        self.of_form(form).any(|rule| match rule.matching {
            // They are for the English.
            MatchRule::Pattern(_) | MatchRule::Speech(_) => true,
            ref matching => matching.admits(text, place, &rule.zh),
        })
    }

    /// The terms of a Chinese text with their places.
    fn terms(&self, text: &str, tokens: &[Token]) -> Vec<(u32, Vec<Span>)> {
        let mut found = self.finder.find(Side::Zh, text);
        found.retain(|found| {
            found.span.of(text).chars().nth(SHORTEST - 1).is_some()
                && !cuts_word(tokens, found.span)
                && self.admits(found.form, text, found.span)
        });
        let mut terms: Vec<(u32, Vec<Span>)> = Vec::new();
        let mut rows: FxHashMap<u32, usize> = FxHashMap::default();
        for found in longest(&found) {
            let row = *rows.entry(found.form).or_insert(terms.len());
            match terms.get_mut(row) {
                Some((_, places)) => places.push(found.span),
                None => terms.push((found.form, vec![found.span])),
            }
        }
        terms
    }
}

fn is_accepted(status: Status) -> bool {
    matches!(status, Status::Accepted | Status::Preferred)
}

/// The stretches that sorted spans cover.
fn runs(spans: &[Span]) -> Vec<Span> {
    let mut runs: Vec<Span> = Vec::new();
    for span in spans {
        match runs.last_mut().filter(|last| span.start <= last.end) {
            Some(last) => last.end = last.end.max(span.end),
            None => runs.push(*span),
        }
    }
    runs
}

/// Does a span lie inside one of these stretches?
fn is_inside(span: Span, runs: &[Span]) -> bool {
    let after = runs.partition_point(|run| run.start <= span.start);
    runs[..after].last().is_some_and(|run| run.contains(span))
}

/// Does the span begin or end inside a word?
fn cuts_word(tokens: &[Token], span: Span) -> bool {
    let at = tokens.partition_point(|token| token.span.end <= span.start);
    tokens[at..]
        .iter()
        .take_while(|token| token.span.start < span.end)
        .filter(|token| token.kind != TokenKind::Extra)
        .any(|token| !span.contains(token.span))
}

/// A unit that is judged. What only doubtful terms need is found once, when first asked for.
struct Unit<'a> {
    rules: &'a Rules,
    text: &'a Pair<String>,
    tokens: &'a [Token],
    /// By concept, where its English stands.
    places: FxHashMap<u32, Vec<Span>>,
    /// The roots of the English words.
    words: OnceCell<Vec<(Box<str>, Span)>>,
    sentences: OnceCell<Pair<Vec<Span>>>,
    /// The English roots that the dictionary has for the Chinese words, each with those words.
    asked: OnceCell<FxHashMap<String, Vec<&'a str>>>,
}

impl<'a> Unit<'a> {
    fn new(
        rules: &'a Rules,
        text: &'a Pair<String>,
        tokens: &'a [Token],
        places: FxHashMap<u32, Vec<Span>>,
    ) -> Self {
        let (words, sentences) = (OnceCell::new(), OnceCell::new());
        Self { rules, text, tokens, places, words, sentences, asked: OnceCell::new() }
    }

    fn verdict(&self, term: u32, uses: &[Span]) -> Option<Verdict> {
        let preferred = self.places_of(term, Status::Preferred);
        let accepted = self.places_of(term, Status::Accepted);
        let mut right: Vec<Span> = preferred.iter().chain(&accepted).copied().collect();
        right.sort_unstable();
        right.dedup();
        let forbidden = self.forbidden(term, &right);
        if !forbidden.is_empty() {
            return Some(Verdict::Forbidden(forbidden));
        }
        self.rules.best(term)?;
        let mut rules = self.rules.of_form(term);
        let has_preferred = rules.any(|rule| rule.status == Status::Preferred);
        let verdict = match right.is_empty() {
            true => self.without(term),
            false => self.not_everywhere(term, uses, &right),
        };
        Some(match verdict {
            verdict if verdict.is_departure() => {
                match !has_preferred && self.is_general(term) {
                    true => Verdict::Used,
                    false => verdict,
                }
            }
            Verdict::Used if preferred.is_empty() && has_preferred => {
                Verdict::NotPreferred(accepted)
            }
            verdict => verdict,
        })
    }

    /// Is a term, some of whose uses are right, rendered otherwise in others?
    fn not_everywhere(&self, term: u32, uses: &[Span], right: &[Span]) -> Verdict {
        let others = match uses.len() > runs(right).len() {
            true => self.other_renderings(term, right),
            false => Vec::new(),
        };
        match !others.is_empty() || self.lacks_sentences(uses, right) {
            true => Verdict::NotEverywhere(others),
            false => Verdict::Used,
        }
    }

    /// Where the renderings of a term with a status stand.
    fn places_of(&self, term: u32, status: Status) -> Vec<Span> {
        let numbers = self.rules.finder.numbers(Side::Zh, term).iter();
        let mut places: Vec<Span> = numbers
            .filter(|number| self.rules.rules[**number as usize].status == status)
            .filter_map(|number| self.places.get(number))
            .flatten()
            .copied()
            .collect();
        places.sort_unstable();
        places.dedup();
        places
    }

    /// Where a forbidden rendering stands. *Money laundering* inside *anti-money laundering*
    /// that is right is none, and of two words of one family each is itself.
    fn forbidden(&self, term: u32, right: &[Span]) -> Vec<Span> {
        let mut places = self.places_of(term, Status::Forbidden);
        if places.is_empty() {
            return places;
        }
        let forms = |is_wanted: fn(Status) -> bool| -> Vec<String> {
            let rules = self.rules.of_form(term).filter(|rule| is_wanted(rule.status));
            rules.flat_map(|rule| &rule.en).map(|form| written(form)).collect()
        };
        let forbidden = forms(|status| status == Status::Forbidden);
        let allowed = forms(is_accepted);
        let right_runs = runs(right);
        places.retain(|span| {
            if right.binary_search(span).is_ok() {
                let here = written(span.of(&self.text.en));
                return forbidden.contains(&here) && !allowed.contains(&here);
            }
            !is_inside(*span, &right_runs)
        });
        places
    }

    /// How a term is rendered that has none of its renderings whole: a breach is a breach of
    /// contract, unless it is of something else.
    fn without(&self, term: u32) -> Verdict {
        let keys = Keys::new(self.rules.seed);
        let mut has_head = false;
        for rendering in self.rules.renderings(term) {
            let key = keys.of(Side::En, rendering);
            let long = key.split_once(" of ").map(|(head, _)| head);
            let head = long.unwrap_or(&key).rsplit(' ').next().unwrap_or_default();
            let words = self.words();
            for at in (0..words.len()).filter(|at| *words[*at].0 == *head) {
                has_head = true;
                let is_alone = words.get(at + 1).is_none_or(|(next, _)| **next != *"of");
                if long == Some(head) && is_alone {
                    return Verdict::Used;
                }
            }
        }
        if has_head { Verdict::HeadOnly } else { Verdict::Absent }
    }

    /// Is the term a common word that the dictionary renders by many verbs?
    fn is_general(&self, term: u32) -> bool {
        let seed = self.rules.seed;
        let keys = Keys::new(seed);
        let Some(word) = seed.word(&self.rules.finder.zh_key(term)) else {
            return false;
        };
        if word.frequency < COMMON {
            return false;
        }
        let renderings: Vec<String> = self
            .rules
            .renderings(term)
            .into_iter()
            .map(|rendering| keys.of(Side::En, rendering))
            .collect();
        let verbs = seed.glosses(word.id).filter_map(|gloss| match gloss {
            [lemma] if seed.verbness(*lemma).is_some_and(|share| share >= VERB) => {
                Some(keys.of(Side::En, seed.lemma_text(*lemma)))
            }
            _ => None,
        });
        let mut verbs: Vec<String> =
            verbs.filter(|verb| !renderings.contains(verb)).collect();
        verbs.sort_unstable();
        verbs.dedup();
        verbs.len() >= SEVERAL
    }

    /// Where the English has what the dictionary says of the term, though the glossary does
    /// not and no other word of the Chinese asks for it.
    fn other_renderings(&self, term: u32, right: &[Span]) -> Vec<Span> {
        let seed = self.rules.seed;
        let keys = Keys::new(seed);
        let term_key = self.rules.finder.zh_key(term);
        let Some(word) = seed.word(&term_key) else { return Vec::new() };
        let known: Vec<String> = self
            .rules
            .renderings(term)
            .iter()
            .flat_map(|rendering| keys.en_words(rendering))
            .collect();
        let mut others: FxHashSet<String> = FxHashSet::default();
        for gloss in seed.glosses(word.id) {
            if let [lemma] = gloss {
                let root = keys.of(Side::En, seed.lemma_text(*lemma));
                if !known.contains(&root) {
                    others.insert(root);
                }
            }
        }
        // What another word asks for is its rendering.
        others.retain(|root| {
            let asking = self.asked().get(root).map_or(&[][..], Vec::as_slice);
            asking.iter().all(|form| term_key.contains(form))
        });
        let right = runs(right);
        let words = self.words().iter().filter(|(root, _)| others.contains(&**root));
        words.map(|(_, span)| *span).filter(|span| !is_inside(*span, &right)).collect()
    }

    fn words(&self) -> &[(Box<str>, Span)] {
        self.words.get_or_init(|| {
            let root =
                |word: super::key::Word| Root::find(&word.lower, self.rules.seed).text;
            en_words(&self.text.en)
                .map(|word| {
                    let span = word.span;
                    (root(word), span)
                })
                .collect()
        })
    }

    fn asked(&self) -> &FxHashMap<String, Vec<&'a str>> {
        self.asked.get_or_init(|| {
            let (seed, keys) = (self.rules.seed, Keys::new(self.rules.seed));
            let forms: BTreeSet<&str> = self.tokens.iter().map(|t| &*t.form).collect();
            let mut asked: FxHashMap<String, Vec<&str>> = FxHashMap::default();
            for form in forms {
                let Some(word) = seed.word(form) else { continue };
                for lemma in seed.glosses(word.id).flatten() {
                    let root = keys.of(Side::En, seed.lemma_text(*lemma));
                    asked.entry(root).or_default().push(form);
                }
            }
            asked
        })
    }

    /// Are there sentences with the term whose English has neither a rendering of it nor a
    /// word that refers back?
    fn lacks_sentences(&self, uses: &[Span], right: &[Span]) -> bool {
        if uses.len() < 2 {
            return false;
        }
        let parts = self.sentences.get_or_init(|| {
            self.text.as_ref().map_sides(|side, text| sentences(side, text))
        });
        let has = |part: &Span, spans: &[Span]| {
            let first = spans.partition_point(|span| span.start < part.start);
            spans.get(first).is_some_and(|span| span.start < part.end)
        };
        let wanted: Vec<bool> = parts.zh.iter().map(|part| has(part, uses)).collect();
        let kept: Vec<bool> = parts.en.iter().map(|part| has(part, right)).collect();
        let n = |marks: &[bool]| marks.iter().filter(|mark| **mark).count();
        if n(&kept) >= n(&wanted) {
            return false;
        }
        let is_said = |at: usize| kept[at] || has_anaphor(parts.en[at].of(&self.text.en));
        if wanted.len() == kept.len() {
            return (0..kept.len()).any(|at| wanted[at] && !is_said(at));
        }
        // Sentences that became one need say it but once.
        let n_joined = wanted.len().saturating_sub(kept.len());
        (0..kept.len()).filter(|at| is_said(*at)).count() + n_joined < n(&wanted)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tokenize::tokenize;
    use crate::types::TermPair;

    fn judged(rows: &[(&str, &str, Status)], zh: &str, en: &str) -> Vec<Verdict> {
        let concept = |&(zh, en, status): &(&str, &str, Status)| {
            let term = Pair::new(zh.to_owned(), en.to_owned());
            let pair = TermPair { term, status, ..TermPair::default() };
            Concept { pair, ..Concept::default() }
        };
        let concepts: Vec<Concept> = rows.iter().map(concept).collect();
        let seed = Seed::shipped();
        let text = Pair::new(zh.to_owned(), en.to_owned());
        let judged =
            Rules::new(&concepts, seed).judge(&text, &tokenize(Side::Zh, zh, seed));
        judged.into_iter().map(|one| one.verdict).collect()
    }

    const ACCEPTED: Status = Status::Accepted;

    #[test]
    fn a_rule_of_its_own_says_which_uses_count() {
        let concept = |zh: &str, en: &str, matching: &str, status| Concept {
            matching: matching.into(),
            ..Concept::of_pair(TermPair {
                term: Pair::new(zh.into(), en.into()),
                status,
                ..TermPair::default()
            })
        };
        let verdict = |concept: &Concept, zh: &str, en: &str| {
            let rules = Rules::new(std::slice::from_ref(concept), Seed::shipped());
            let text = Pair::new(zh.to_owned(), en.to_owned());
            let tokens = tokenize(Side::Zh, zh, Seed::shipped());
            rules.judge(&text, &tokens).pop().map(|one| one.verdict)
        };
        let case = concept("互联网", "Internet", "case", Status::Preferred);
        let zh = "港口使用互联网。";
        assert_eq!(verdict(&case, zh, "Ports use the Internet."), Some(Verdict::Used));
        let small = verdict(&case, zh, "Ports use the internet.");
        assert!(small.is_some_and(|verdict| verdict.is_departure()));
        let pattern = concept(
            "潮位站",
            "tide gauge",
            "pattern: tid(e|al) gau?ges?",
            Status::Preferred,
        );
        let zh = "潮位站记录水位。";
        assert_eq!(verdict(&pattern, zh, "The tidal gage records."), Some(Verdict::Used));
        let exact = concept("潮位站", "tide gauge", "exact", Status::Forbidden);
        assert_eq!(verdict(&exact, zh, "Tide gauges record."), None);
        let used = verdict(&exact, zh, "A tide gauge records.");
        assert!(matches!(used, Some(Verdict::Forbidden(_))));
    }

    #[test]
    fn noun_and_verb_of_one_family_are_one_rendering() {
        let rows = [("解除", "termination", ACCEPTED), ("破产", "bankruptcy", ACCEPTED)];
        assert_eq!(
            judged(
                &rows,
                "船东破产的，可以解除租约。",
                "If the owner is bankrupt, the charter may be terminated."
            ),
            [Verdict::Used, Verdict::Used]
        );
        assert_eq!(
            judged(&rows, "可以解除租约。", "The charter may be cancelled."),
            [Verdict::Absent]
        );
    }

    #[test]
    fn a_longer_term_asks_and_half_a_word_does_not() {
        let rows =
            [("犯罪", "crime", ACCEPTED), ("犯罪所得", "ill-gotten gains", ACCEPTED)];
        assert_eq!(
            judged(&rows, "没收犯罪所得。", "Confiscate ill-gotten gains."),
            [Verdict::Used]
        );
        let rows = [("民大", "assembly", ACCEPTED)];
        assert_eq!(judged(&rows, "在人民大会堂开会。", "in the Great Hall"), []);
    }

    #[test]
    fn a_right_use_speaks_for_its_sentence_alone() {
        let rows = [("管理员", "warden", ACCEPTED)];
        let zh = "管理员每晚点灯。管理员应记录天气。";
        let en =
            "The warden lights the lamp every night. The keeper records the weather.";
        assert_eq!(judged(&rows, zh, en), [Verdict::NotEverywhere(Vec::new())]);
        let en = "The warden lights the lamp every night. He records the weather.";
        assert_eq!(judged(&rows, zh, en), [Verdict::Used]);
        let en = "The warden lights the lamp every night and records the weather.";
        assert_eq!(judged(&rows, zh, en), [Verdict::Used]);
    }

    #[test]
    fn a_rendering_that_the_dictionary_knows_is_seen_beside_a_right_one() {
        let rows = [("承租人", "lessee", ACCEPTED)];
        let en = "If the lessee leaves, the tenant returns the key.";
        assert!(matches!(
            &judged(&rows, "承租人离开时，承租人归还钥匙。", en)[..],
            [Verdict::NotEverywhere(others)] if others[0].of(en) == "tenant"
        ));
        assert_eq!(judged(&rows, "承租人离开时归还钥匙。", en), [Verdict::Used]);
    }

    #[test]
    fn what_is_forbidden_is_told_and_a_word_of_its_family_is_not() {
        let rows = [
            ("清洗", "anti-money laundering", ACCEPTED),
            ("清洗", "money laundering", Status::Forbidden),
        ];
        assert_eq!(
            judged(&rows, "清洗条例", "anti-money laundering rules"),
            [Verdict::Used]
        );
        assert!(matches!(
            judged(&rows, "清洗条例", "money laundering rules")[..],
            [Verdict::Forbidden(_)]
        ));
        let rows = [
            ("登记", "registration", Status::Preferred),
            ("登记", "registering", Status::Forbidden),
        ];
        assert_eq!(judged(&rows, "登记完毕", "registration is done"), [Verdict::Used]);
        assert!(matches!(
            judged(&rows, "登记完毕", "registering is done")[..],
            [Verdict::Forbidden(_)]
        ));
    }

    #[test]
    fn the_head_of_a_rendering_will_do_unless_it_is_of_something_else() {
        let rows = [("违约", "breach of contract", ACCEPTED)];
        assert_eq!(
            judged(&rows, "违约的，应赔偿。", "For a breach it shall pay."),
            [Verdict::Used]
        );
        assert_eq!(
            judged(&rows, "违约的，应赔偿。", "For a breach of duty it shall pay."),
            [Verdict::HeadOnly]
        );
    }

    #[test]
    fn a_common_word_asks_only_for_what_is_preferred() {
        let text = ("卖方同意供应设备。", "The Seller agrees to supply the equipment.");
        let rows = [("同意", "consent", ACCEPTED)];
        assert_eq!(judged(&rows, text.0, text.1), [Verdict::Used]);
        let rows = [("同意", "consent", Status::Preferred)];
        assert_eq!(judged(&rows, text.0, text.1), [Verdict::Absent]);
    }

    #[test]
    fn candidates_ask_for_nothing() {
        let rows = [("解除", "termination", Status::Candidate)];
        assert_eq!(judged(&rows, "解除租约", "cancel the charter"), []);
    }
}
