//! A text that is paired already and too large to be held, part by part.

use std::io;
use std::path::Path;

use super::{Observer, Outcome, Request, Stage, run};
use crate::segment;
use crate::types::{Bitext, Input, KeptUnit, Paired, TermPair};

/// Goes the way of a text that is paired already, part by part: each part as [`run`] goes it,
/// the terms at the end, of all parts together as those of many documents are mined. Memory is
/// needed for one part at a time.
///
/// `parts` gives the parts from the first on, and is asked anew when it comes to the terms.
/// `each` takes what came of a part, and is told which part follows. `keep` takes the units of
/// each part as they are mined, if the request asks for terms; `None` comes back where it does
/// not. `scratch` is a folder with room, see [`mine_documents`](crate::mine::mine_documents);
/// `unmined` says what it is called that nothing can be kept there.
///
/// # Errors
///
/// Those of the parts, of `each` and of the folder.
pub fn run_in_parts<P, E>(
    parts: impl Fn() -> Result<P, E>,
    request: &Request<'_>,
    scratch: &Path,
    observer: &dyn Observer,
    mut each: impl FnMut(Outcome, Option<&Paired>) -> Result<(), E>,
    mut keep: impl FnMut(&[KeptUnit]),
    unmined: impl FnOnce(io::Error) -> E,
) -> Result<Option<Vec<TermPair>>, E>
where
    P: Iterator<Item = Result<Paired, E>>,
    E: std::fmt::Display,
{
    let of_part = Request { terms: false, review: None, ..*request };
    let mut rest = parts()?;
    let mut n_parts = 0;
    let mut next = rest.next().transpose()?;
    while let Some(part) = next {
        next = rest.next().transpose()?;
        let outcome = run(Input::Paired(part).into(), &of_part, observer);
        each(outcome, next.as_ref())?;
        n_parts += 1;
    }
    if !request.terms {
        return Ok(None);
    }
    observer.stage(Stage::Mine);
    let mut rest = parts()?;
    let mut n_beads = 0;
    let units = |_| {
        let changed = || io::Error::other("the file was changed while it was read");
        let part = rest.next().ok_or_else(changed)?;
        let part = part.map_err(|error| io::Error::other(error.to_string()))?;
        let units = kept(&part, &mut n_beads);
        keep(&units);
        Ok(units)
    };
    let mut terms =
        request.aligner.mine_documents(n_parts, units, scratch).map_err(unmined)?;
    request.aligner.mark(&mut terms);
    for term in &mut terms {
        term.documents = 1; // the parts are one document
    }
    Ok(Some(terms))
}

/// The units of a part as they are mined; their beads are counted on from those before.
fn kept(part: &Paired, n_beads: &mut usize) -> Vec<KeptUnit> {
    let (documents, ladder) = segment::paired(part);
    let bitext = Bitext { documents, ladder, evidence: Vec::new(), links: Vec::new() };
    let paired = bitext.units().filter(|unit| !unit.bead.is_single());
    let kept = paired.map(|unit| KeptUnit { bead: *n_beads + unit.index, ..unit.kept() });
    let kept = kept.collect();
    *n_beads += bitext.ladder.beads().len();
    kept
}
