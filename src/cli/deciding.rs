//! Decides on terms in the terminal: a screen a candidate, a key each.

use std::fmt::Write as _;
use std::io::{self, BufRead, IsTerminal as _};

use console::{Key, Term};

use crate::cli::failure::Failure;
use crate::cli::render;
use crate::review::desk::{Desk, Way};
use crate::review::feed::{self, FeedError};
use crate::review::handed_on::Differing;
use crate::review::requests::{self, Fields};
use crate::text::Span;
use crate::types::{Context, Pair, Side, Status, TermPair};

/// How many contexts are shown.
const CONTEXTS: usize = 2;

/// What can be pressed.
const KEYS: &str = "a accept  r reject  f forbid  e edit  s skip  u undo  q quit";

/// Shows the candidates, best first, until all are decided or `q` is pressed.
pub(crate) fn run(mut desk: Desk) -> Result<(), Failure> {
    let mut keys = Keys::new();
    let open: Vec<usize> = desk
        .live_terms()
        .filter(|(_, pair)| desk.status_of(pair) == Status::Candidate)
        .map(|(id, _)| id)
        .collect();
    let (mut at, mut n_decided) = (0, 0_usize);
    while let Some(&id) = open.get(at) {
        render::talk(&screen(&desk, id, at, open.len()));
        let step = match keys.key() {
            Some('a') => Step::Decide("accept"),
            Some('r') => Step::Decide("reject"),
            Some('f') => Step::Decide("forbid"),
            Some('e') => Step::Edit,
            Some('s') => Step::Skip,
            Some('u') => Step::Undo,
            Some('q') | None => break,
            Some(_) => continue,
        };
        match step {
            Step::Decide(op) => {
                change(&mut desk, id, op, &Fields::new())?;
                n_decided += 1;
                at += 1;
            }
            Step::Skip => at += 1,
            Step::Edit => edit(&mut desk, id, &mut keys)?,
            Step::Undo => match desk.turn(Way::Undo) {
                Ok((touched, _)) => {
                    hand_on(&mut desk)?;
                    let ids = touched.terms.iter().filter_map(|key| desk.term_id(key));
                    let places = ids.filter_map(|id| open.iter().position(|o| *o == id));
                    at = places.min().unwrap_or(at);
                    n_decided = n_decided.saturating_sub(1);
                }
                Err(error) => render::talk(&format!("{error}\n")),
            },
        }
    }
    let left = desk.counts().terms;
    render::talk(&format!("\n{n_decided} decided, {left} left; all is saved\n"));
    Ok(())
}

enum Step {
    Decide(&'static str),
    Edit,
    Skip,
    Undo,
}

/// Does something, and hands it on to the termbase.
fn change(desk: &mut Desk, id: usize, op: &str, fields: &Fields) -> Result<(), Failure> {
    // Nothing to change, or nothing that could be: the next key is waited for.
    let Ok(deed) = requests::terms(desk, &[id], op, fields) else { return Ok(()) };
    desk.perform(deed.op, deed.change)?;
    hand_on(desk)
}

fn hand_on(desk: &mut Desk) -> Result<(), Failure> {
    let handed_on = feed::hand_on(desk).map_err(|error| match error {
        FeedError::Glossary(error) => error.into(),
        FeedError::Io { source, .. } => Failure::Input(source.to_string()),
    })?;
    for one in &handed_on.differing {
        render::talk(&format!("{}\n", differing(one)));
    }
    Ok(())
}

/// What somebody else decided otherwise.
pub(crate) fn differing(one: &Differing) -> String {
    let Pair { zh, en } = &one.term;
    let (theirs, ours) = (one.theirs.as_str(), one.ours.as_str());
    format!("{zh} = {en}: {theirs} in the termbase, and that stands; here {ours}")
}

/// Asks for both terms; an empty line leaves one as it is.
fn edit(desk: &mut Desk, id: usize, keys: &mut Keys) -> Result<(), Failure> {
    let Some(pair) = desk.backing.terms.get(id) else { return Ok(()) };
    let (written, state) = (desk.written(pair), desk.state().term(&pair.term));
    let mut fields = Fields::new();
    keys.end_line();
    for (name, side) in [("zh", Side::Zh), ("en", Side::En)] {
        let old = written.get(side);
        let given = keys.line(&format!("{name} [{old}]: ")).unwrap_or_default();
        let given = if given.trim().is_empty() { old.clone() } else { given };
        fields.insert(name.into(), given);
    }
    fields.insert("subject".into(), state.subject);
    fields.insert("note".into(), state.note);
    change(desk, id, "edit", &fields)
}

fn screen(desk: &Desk, id: usize, at: usize, n: usize) -> String {
    let pair = &desk.backing.terms[id];
    let (written, variants) = (desk.written(pair), desk.variants_of(pair));
    let mut text = format!("\n{} of {n} · {}\n", at + 1, facts(pair));
    let _ = writeln!(text, "\n  {} = {}", written.zh, written.en);
    for forms in [&variants.zh, &variants.en] {
        if !forms.is_empty() {
            let _ = writeln!(text, "  also {}", forms.join(", "));
        }
    }
    for context in pair.contexts.iter().take(CONTEXTS) {
        let place = context.place.to_string();
        let _ = writeln!(text, "\n  {place}");
        for (side, line) in passages(context, &written) {
            let _ = writeln!(text, "    {side}  {line}");
        }
    }
    let _ = write!(text, "\n{KEYS} > ");
    if !io::stdin().is_terminal() {
        text.push('\n');
    }
    text
}

fn facts(pair: &TermPair) -> String {
    let mut facts = Vec::new();
    if pair.confidence > 0.0 {
        facts.push(format!("about {:.0} in 100 are right", pair.confidence * 100.0));
    }
    facts.push(format!("{} times together", pair.count));
    let evidence: Vec<&str> = pair.evidence.iter().map(|one| one.as_str()).collect();
    facts.push(evidence.join(", "));
    facts.retain(|fact| !fact.is_empty());
    facts.join(" · ")
}

/// The passages of a context, the term in brackets.
fn passages(context: &Context, term: &Pair<String>) -> Vec<(Side, String)> {
    let line = |side: Side| {
        let text = context.text.get(side);
        let span = *context.mark.get(side);
        // A termbase keeps the passage without the place of the term.
        let found = text.find(term.get(side).as_str());
        let found = found.map(|start| Span::new(start, start + term.get(side).len()));
        let span = if span.is_empty() { found } else { Some(span) };
        let is_sound = |span: &Span| text.get(span.start..span.end).is_some();
        let marked = span.filter(is_sound).map(|span| {
            let (before, term) = (&text[..span.start], span.of(text));
            format!("{before}[{term}]{}", &text[span.end..])
        });
        (side, marked.unwrap_or_else(|| text.clone()))
    };
    Side::BOTH.into_iter().map(line).filter(|(_, text)| !text.is_empty()).collect()
}

/// Where keys come from: the terminal, or what is piped in.
enum Keys {
    Terminal(Term),
    Piped,
}

impl Keys {
    fn new() -> Self {
        match io::stdin().is_terminal() {
            true => Keys::Terminal(Term::stderr()),
            false => Keys::Piped,
        }
    }

    /// The next key, in small letters; `None` at the end.
    fn key(&mut self) -> Option<char> {
        match self {
            Keys::Terminal(term) => match term.read_key().ok()? {
                Key::Char(key) => {
                    render::talk(&format!("{key}\n"));
                    Some(key.to_ascii_lowercase())
                }
                Key::Escape => Some('q'),
                _ => Some(' '),
            },
            Keys::Piped => {
                let mut input = io::stdin().lock();
                loop {
                    let byte = *input.fill_buf().ok()?.first()?;
                    input.consume(1);
                    if !byte.is_ascii_whitespace() {
                        return Some(char::from(byte).to_ascii_lowercase());
                    }
                }
            }
        }
    }

    /// A line of text; `None` at the end.
    fn line(&mut self, prompt: &str) -> Option<String> {
        render::talk(prompt);
        let mut line = String::new();
        let n = io::stdin().lock().read_line(&mut line).ok()?;
        (n > 0).then(|| line.trim().to_owned())
    }

    /// Passes over what stands behind a key in its line.
    fn end_line(&mut self) {
        if matches!(self, Keys::Piped) {
            let mut rest = String::new();
            // At the end nothing is passed over.
            drop(io::stdin().lock().read_line(&mut rest));
        }
    }
}
