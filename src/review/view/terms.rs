//! The terms, surest first, and the card of one.

use std::collections::BTreeMap;

use askama::Template;
use askama::filters::HtmlSafe;

use super::parts::{Mark, Parts};
use super::words::Words;
use super::{Chip, Shell, zh_lang};
use crate::review::desk::Desk;
use crate::review::event::Piece;
use crate::types::{Pair, Side, Status, TermEvidence, TermPair};

/// How many terms a page has.
const PAGE: usize = 300;

/// The lower ends of the bands of confidence.
const BANDS: [f64; 5] = [0.75, 0.5, 0.35, 0.2, 0.0];

/// The page.
#[derive(Debug, Template)]
#[template(path = "terms.html")]
pub(crate) struct TermsPage {
    pub(crate) shell: Shell,
    pub(crate) chips: Vec<Chip>,
    pub(crate) filter: String,
    pub(crate) search: String,
    pub(crate) bands: Vec<Band>,
    pub(crate) card: Option<CardView>,
    pub(crate) focus: String,
    pub(crate) n_found: usize,
    /// Where the pages beside begin.
    pub(crate) previous: Option<usize>,
    pub(crate) next: Option<usize>,
}

/// Terms that are about equally sure, or share a side.
#[derive(Debug)]
pub(crate) struct Band {
    pub(crate) about: String,
    pub(crate) n: String,
    pub(crate) terms: Vec<TermView>,
}

/// A term in the list.
#[derive(Debug, Template)]
#[template(path = "term.html")]
pub(crate) struct TermView {
    pub(crate) zh_lang: &'static str,
    pub(crate) id: usize,
    pub(crate) status: &'static str,
    pub(crate) status_name: &'static str,
    pub(crate) sign: &'static str,
    pub(crate) term: Pair<Parts>,
    pub(crate) variants: Pair<String>,
    pub(crate) count: usize,
    pub(crate) evidence: String,
}

/// The card of a term.
#[derive(Debug, Template)]
#[template(path = "card.html")]
pub(crate) struct CardView {
    pub(crate) words: &'static Words,
    pub(crate) zh_lang: &'static str,
    pub(crate) id: usize,
    pub(crate) status_name: &'static str,
    pub(crate) zh: String,
    pub(crate) en: String,
    pub(crate) subject: String,
    pub(crate) note: String,
    /// The other written forms: side, form.
    pub(crate) variants: Vec<(String, String)>,
    pub(crate) count: usize,
    pub(crate) counts: Pair<usize>,
    pub(crate) confidence: String,
    pub(crate) evidence: String,
    pub(crate) others: Vec<(String, String, usize)>,
    pub(crate) contexts: Vec<ContextView>,
}

/// A place of a term.
#[derive(Debug)]
pub(crate) struct ContextView {
    pub(crate) row: String,
    pub(crate) key: String,
    pub(crate) place: String,
    pub(crate) text: Pair<Parts>,
}

// Parts of a page: their templates escape what they hold.
impl HtmlSafe for TermView {}
impl HtmlSafe for CardView {}

/// What a terms page is asked for.
#[derive(Clone, Debug, Default)]
pub(crate) struct Query {
    pub(crate) from: usize,
    pub(crate) filter: String,
    pub(crate) search: String,
    /// The term whose card is shown.
    pub(crate) focus: Option<usize>,
}

/// The terms that are asked for, in the order they are shown in.
pub(crate) fn found(desk: &Desk, query: &Query) -> Vec<usize> {
    let renderings = Renderings::of(desk);
    let wanted = super::rows::folded(&query.search);
    let is_found = |id: &usize| {
        let pair = &desk.backing.terms[*id];
        let (written, variants) = (desk.written(pair), desk.variants_of(pair));
        let is_in = |side: Side| {
            let forms = std::iter::once(written.get(side)).chain(variants.get(side));
            forms.map(|form| super::rows::folded(form)).any(|form| form.contains(&wanted))
        };
        wanted.is_empty() || is_in(Side::Zh) || is_in(Side::En)
    };
    let is_wanted =
        |id: &usize| renderings.is_of(desk, *id, &query.filter) && is_found(id);
    let all = desk.live_terms().map(|(id, _)| id);
    let mut found: Vec<usize> = all.filter(is_wanted).collect();
    if query.filter == VARY {
        // Those that share a term stand together.
        found.sort_by_key(|id| renderings.first_of(desk, *id));
    } else {
        found.sort_by(|a, b| {
            let confidence = |id: &usize| desk.backing.terms[*id].confidence;
            confidence(b).total_cmp(&confidence(a))
        });
    }
    found
}

/// The page.
pub(crate) fn page(desk: &Desk, shell: Shell, query: Query) -> TermsPage {
    let renderings = Renderings::of(desk);
    let found = found(desk, &query);
    let place = query.focus.and_then(|focus| found.iter().position(|id| *id == focus));
    let from = place.map_or(query.from, |at| at / PAGE * PAGE).min(found.len());
    let shown = &found[from..found.len().min(from + PAGE)];
    let focus = query.focus.filter(|id| shown.contains(id)).or_else(|| {
        let is_open =
            |id: &&usize| desk.status_of(&desk.backing.terms[**id]) == Status::Candidate;
        shown.iter().find(is_open).or(shown.first()).copied()
    });
    let w = shell.words;
    let chip = |name, of: &'static str| Chip {
        name,
        filter: of,
        n: desk.live_terms().filter(|(id, _)| renderings.is_of(desk, *id, of)).count(),
        class: "",
        is_on: query.filter == of,
    };
    let chips = vec![
        chip(w.all, ""),
        chip(w.to_decide, "auto"),
        chip(w.accepted, "ok"),
        chip(w.rejected, "no"),
        chip(w.forbidden, "ban"),
        chip(w.inconsistent, VARY),
    ];
    TermsPage {
        chips,
        bands: match query.filter == VARY {
            true => renderings.bands(desk, w, shown),
            false => bands(desk, w, shown),
        },
        card: focus.and_then(|id| card(desk, w, id)),
        focus: focus.map_or_else(String::new, |id| id.to_string()),
        n_found: found.len(),
        previous: (from > 0).then(|| from.saturating_sub(PAGE)),
        next: (from + PAGE < found.len()).then_some(from + PAGE),
        filter: query.filter,
        search: query.search,
        shell,
    }
}

/// The filter of terms with several renderings, and renderings of several.
const VARY: &str = "vary";

/// The side that terms share, and the term that stands there.
type Shared = Option<(Side, String)>;

/// Which terms share a side.
struct Renderings {
    by: Pair<BTreeMap<String, Vec<usize>>>,
}

impl Renderings {
    fn of(desk: &Desk) -> Self {
        let mut by: Pair<BTreeMap<String, Vec<usize>>> = Pair::default();
        for (id, pair) in desk.live_terms() {
            // What was refused renders nothing.
            if matches!(desk.status_of(pair), Status::Rejected | Status::Forbidden) {
                continue;
            }
            let written = desk.written(pair);
            by.zh.entry(written.zh).or_default().push(id);
            by.en.entry(written.en).or_default().push(id);
        }
        Self { by }
    }

    /// The terms that share a side with a term, it among them; the larger group.
    fn group(&self, desk: &Desk, id: usize) -> Shared {
        let written = desk.written(&desk.backing.terms[id]);
        let len = |side: Side| {
            self.by.get(side).get(written.get(side)).map_or(0, |group| group.len())
        };
        let side = if len(Side::En) > len(Side::Zh) { Side::En } else { Side::Zh };
        let is_in = |side: Side| {
            let group = self.by.get(side).get(written.get(side));
            group.is_some_and(|group| group.len() > 1 && group.contains(&id))
        };
        is_in(side).then(|| (side, written.get(side).clone()))
    }

    fn is_of(&self, desk: &Desk, id: usize, filter: &str) -> bool {
        match filter {
            "" => true,
            VARY => self.group(desk, id).is_some(),
            _ => {
                let status_of = desk.status_of(&desk.backing.terms[id]);
                status(&super::words::EN, status_of).0 == filter
            }
        }
    }

    /// What terms are put together by: the surest of those they share a side with.
    fn first_of(&self, desk: &Desk, id: usize) -> (Option<usize>, Shared) {
        let group = self.group(desk, id);
        let ids = group.as_ref().and_then(|(side, form)| self.by.get(*side).get(form));
        (ids.and_then(|ids| ids.first().copied()), group)
    }

    /// A band for each term with several renderings.
    fn bands(&self, desk: &Desk, words: &'static Words, shown: &[usize]) -> Vec<Band> {
        let mut bands: Vec<(Shared, Vec<usize>)> = Vec::new();
        for id in shown {
            let group = self.group(desk, *id);
            match bands.last_mut() {
                Some((last, ids)) if *last == group => ids.push(*id),
                _ => bands.push((group, vec![*id])),
            }
        }
        let band = |(group, ids): (Shared, Vec<usize>)| Band {
            about: group.map_or_else(String::new, |(_, form)| form),
            n: (words.n_renderings)(ids.len()),
            terms: ids.iter().filter_map(|id| term(desk, words, *id)).collect(),
        };
        bands.into_iter().map(band).collect()
    }
}

fn bands(desk: &Desk, words: &'static Words, found: &[usize]) -> Vec<Band> {
    let mut above = f64::INFINITY;
    let mut bands = Vec::new();
    for lower in BANDS {
        let is_in = |id: &&usize| {
            let confidence = desk.backing.terms[**id].confidence;
            lower <= confidence && confidence < above
        };
        let ids: Vec<usize> = found.iter().filter(is_in).copied().collect();
        above = lower;
        if ids.is_empty() {
            continue;
        }
        let sum: f64 = ids.iter().map(|id| desk.backing.terms[*id].confidence).sum();
        bands.push(Band {
            about: match sum > 0.0 {
                true => (words.about)(hundredths(sum / ids.len() as f64)),
                // Written by a person, or split off: nobody has a figure for it.
                false => words.no_figure.to_owned(),
            },
            n: (words.n_pairs)(ids.len()),
            terms: ids.iter().filter_map(|id| term(desk, words, *id)).collect(),
        });
    }
    bands
}

fn hundredths(share: f64) -> usize {
    (share * 100.0).round().clamp(0.0, 100.0) as usize
}

pub(crate) fn status(
    words: &'static Words,
    status: Status,
) -> (&'static str, &'static str, &'static str) {
    match status {
        Status::Candidate => ("auto", words.to_decide, ""),
        Status::Accepted => ("ok", words.accepted, "✓"),
        Status::Preferred => ("ok", words.prefer, "★"),
        Status::Rejected => ("no", words.rejected, "–"),
        Status::Forbidden => ("ban", words.forbidden, "!"),
    }
}

/// A term in the list; `None` of one that is not there.
pub(crate) fn term(desk: &Desk, words: &'static Words, id: usize) -> Option<TermView> {
    let pair = desk.backing.terms.get(id)?;
    let (status, status_name, sign) = match desk.is_live(id) {
        true => status(words, desk.status_of(pair)),
        false => ("gone", words.merged, "⊂"),
    };
    Some(TermView {
        zh_lang: zh_lang(desk),
        id,
        status,
        status_name,
        sign,
        term: desk.written(pair).map(|text| Parts::plain(&text)),
        variants: desk.variants_of(pair).map(|forms| forms.join(" · ")),
        count: pair.count,
        evidence: evidence(words, pair),
    })
}

fn evidence(words: &'static Words, pair: &TermPair) -> String {
    let name = |evidence: &TermEvidence| match (words.ui, evidence) {
        ("zh", TermEvidence::Dictionary) => "词典",
        ("zh", TermEvidence::Repeated) => "重复",
        ("zh", TermEvidence::Title) => "书名号",
        ("zh", TermEvidence::Gloss) => "括注",
        ("zh", TermEvidence::ShortUnit) => "短段",
        ("zh", TermEvidence::Enumeration) => "列举",
        ("zh", TermEvidence::Institution) => "机构名",
        ("zh", TermEvidence::Glossary) => "术语库",
        (_, evidence) => evidence.as_str(),
    };
    let names: Vec<&str> = pair.evidence.iter().map(name).collect();
    names.join(" · ")
}

/// What else renders one of the two terms in this document.
fn others(desk: &Desk, id: usize) -> Vec<(String, String, usize)> {
    let this = desk.written(&desk.backing.terms[id]);
    let others = desk.live_terms().filter(|(n, _)| *n != id);
    let others = others.map(|(_, pair)| (desk.written(pair), pair.count));
    let is_other = |(other, _): &(Pair<String>, usize)| {
        (other.zh == this.zh) != (other.en == this.en)
    };
    others.filter(is_other).map(|(other, n)| (other.zh, other.en, n)).collect()
}

/// The card of a term; `None` of one that is not there.
pub(crate) fn card(desk: &Desk, words: &'static Words, id: usize) -> Option<CardView> {
    let pair = desk.backing.terms.get(id)?;
    let state = desk.state().term(&pair.term);
    let now = desk.written(pair);
    let variants = desk.variants_of(pair).map_sides(|side, forms| {
        let name = side.to_string();
        forms.into_iter().map(|form| (name.clone(), form)).collect::<Vec<_>>()
    });
    Some(CardView {
        words,
        zh_lang: zh_lang(desk),
        id,
        status_name: status(words, desk.status_of(pair)).1,
        zh: now.zh,
        en: now.en,
        variants: variants.zh.into_iter().chain(variants.en).collect(),
        subject: state.subject,
        note: state.note,
        count: pair.count,
        counts: pair.counts,
        confidence: hundredths(pair.confidence).to_string(),
        evidence: evidence(words, pair),
        others: others(desk, id),
        contexts: contexts(desk, words, pair),
    })
}

fn contexts(desk: &Desk, words: &'static Words, pair: &TermPair) -> Vec<ContextView> {
    let context = |context: &crate::types::Context| {
        let firsts = desk.backing.beads.get(context.bead);
        let row = firsts.and_then(|firsts| {
            Side::BOTH.into_iter().find_map(|side| {
                desk.state().row_of(side, Piece::whole((*firsts.get(side))?))
            })
        });
        let text = context.text.as_ref().map_sides(|side, text| {
            let span = context.mark.get(side);
            let range = span.start..span.end;
            Parts::new(text, &[Mark { range, class: "", tie: String::new() }])
        });
        ContextView {
            row: row
                .as_ref()
                .map_or_else(String::new, |row| (words.row_n)(row.index + 1)),
            key: row.map_or_else(String::new, |row| desk.state().key(&row).to_string()),
            place: context.place.to_string(),
            text,
        }
    };
    pair.contexts.iter().map(context).collect()
}
