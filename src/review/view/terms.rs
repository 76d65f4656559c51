//! The terms, surest first, and the card of one.

use askama::Template;
use askama::filters::HtmlSafe;

use super::parts::{Mark, Parts};
use super::words::Words;
use super::{Chip, Shell, zh_lang};
use crate::review::desk::Desk;
use crate::review::event::Piece;
use crate::types::{Pair, Side, Status, TermEvidence, TermPair};

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
}

/// Terms that are about equally sure.
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

/// The page; `focus` is the term whose card is shown.
pub(crate) fn page(
    desk: &Desk,
    shell: Shell,
    filter: String,
    search: String,
    focus: Option<usize>,
) -> TermsPage {
    let terms = &desk.backing.terms;
    let wanted = super::rows::folded(&search);
    let found: Vec<usize> = (0..terms.len())
        .filter(|id| is_of(desk, *id, &filter))
        .filter(|id| {
            let is_in = |side: Side| {
                terms[*id]
                    .forms(side)
                    .any(|form| super::rows::folded(form).contains(&wanted))
            };
            wanted.is_empty() || is_in(Side::Zh) || is_in(Side::En)
        })
        .collect();
    let focus = focus.filter(|id| found.contains(id)).or_else(|| {
        let is_open = |id: &&usize| desk.status_of(&terms[**id]) == Status::Candidate;
        found.iter().find(is_open).or(found.first()).copied()
    });
    let n_of =
        |filter: &str| (0..terms.len()).filter(|id| is_of(desk, *id, filter)).count();
    let w = shell.words;
    let chip = |name, of: &'static str| Chip {
        name,
        filter: of,
        n: n_of(of),
        class: "",
        is_on: filter == of,
    };
    let chips = vec![
        chip(w.all, ""),
        chip(w.to_decide, "auto"),
        chip(w.accepted, "ok"),
        chip(w.rejected, "no"),
        chip(w.forbidden, "ban"),
        chip(w.inconsistent, "vary"),
    ];
    TermsPage {
        chips,
        bands: bands(desk, w, &found),
        card: focus.and_then(|id| card(desk, w, id)),
        focus: focus.map_or_else(String::new, |id| id.to_string()),
        filter,
        search,
        shell,
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
            about: (words.about)(hundredths(sum / ids.len() as f64)),
            n: (words.n_pairs)(ids.len()),
            terms: ids.iter().filter_map(|id| term(desk, words, *id)).collect(),
        });
    }
    bands
}

fn hundredths(share: f64) -> usize {
    (share * 100.0).round().clamp(0.0, 100.0) as usize
}

fn is_of(desk: &Desk, id: usize, filter: &str) -> bool {
    let term = &desk.backing.terms[id];
    match filter {
        "" => true,
        "vary" => !others(desk, id).is_empty(),
        _ => status(&super::words::EN, desk.status_of(term)).0 == filter,
    }
}

fn status(
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

/// The two terms as they are now: as proposed, or as corrected.
pub(crate) fn written(desk: &Desk, pair: &TermPair) -> Pair<String> {
    let state = desk.state().term(&pair.term);
    let now = |edited: String, proposed: &String| {
        if edited.is_empty() { proposed.clone() } else { edited }
    };
    Pair::new(now(state.zh, &pair.term.zh), now(state.en, &pair.term.en))
}

/// A term in the list; `None` of one that is not there.
pub(crate) fn term(desk: &Desk, words: &'static Words, id: usize) -> Option<TermView> {
    let pair = desk.backing.terms.get(id)?;
    let (status, status_name, sign) = status(words, desk.status_of(pair));
    Some(TermView {
        zh_lang: zh_lang(desk),
        id,
        status,
        status_name,
        sign,
        term: written(desk, pair).map(|text| Parts::plain(&text)),
        variants: pair.variants.as_ref().map(|forms| forms.join(" · ")),
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
fn others(desk: &Desk, id: usize) -> Vec<usize> {
    let terms = &desk.backing.terms;
    let this = &terms[id].term;
    let is_other = |(n, other): &(usize, &TermPair)| {
        *n != id && ((other.term.zh == this.zh) != (other.term.en == this.en))
    };
    terms.iter().enumerate().filter(is_other).map(|(n, _)| n).collect()
}

/// The card of a term; `None` of one that is not there.
pub(crate) fn card(desk: &Desk, words: &'static Words, id: usize) -> Option<CardView> {
    let pair = desk.backing.terms.get(id)?;
    let state = desk.state().term(&pair.term);
    let now = written(desk, pair);
    let others = others(desk, id).into_iter().map(|n| {
        let other = &desk.backing.terms[n];
        (other.term.zh.clone(), other.term.en.clone(), other.count)
    });
    Some(CardView {
        words,
        zh_lang: zh_lang(desk),
        id,
        status_name: status(words, desk.status_of(pair)).1,
        zh: now.zh,
        en: now.en,
        subject: state.subject,
        note: state.note,
        count: pair.count,
        counts: pair.counts,
        confidence: hundredths(pair.confidence).to_string(),
        evidence: evidence(words, pair),
        others: others.collect(),
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
