//! Files that lead back to themselves, found before the reader follows them without end.

use std::collections::{BTreeMap, BTreeSet};

use pdf_extract::{Dictionary, Document, Object, ObjectId, Stream};

use crate::read::Problem;

/// The deepest that nodes of the page tree, or forms, may stand in one another.
const DEEPEST: usize = 40;

/// Refuses a file whose pages stand in themselves, or whose forms draw themselves. `parsed`
/// says how many bytes each form takes; out comes the most that a form takes together with
/// those that stand in it, one in the other.
pub(super) fn check(
    document: &Document,
    parsed: &BTreeMap<ObjectId, usize>,
) -> Result<usize, Problem> {
    for id in document.get_pages().into_values() {
        if !is_rooted(document, id) {
            return Err(Problem::damaged("a page of it stands in itself"));
        }
    }
    let forms = forms(document);
    let (mut nests, mut most) = (BTreeMap::new(), 0);
    for &form in forms.keys() {
        let Some(nest) = nest(form, &forms, parsed, &mut nests, 0) else {
            return Err(Problem::damaged("a form in it draws itself"));
        };
        most = most.max(nest.parsed);
    }
    Ok(most)
}

/// Does the way up from a page come to an end?
fn is_rooted(document: &Document, page: ObjectId) -> bool {
    let mut at = page;
    for _ in 0..DEEPEST {
        let node = document.get_dictionary(at);
        match node.and_then(|node| node.get(b"Parent")).and_then(Object::as_reference) {
            Ok(parent) => at = parent,
            Err(_) => return true,
        }
    }
    false
}

/// The forms that a page or form names, by their names.
type Named = BTreeMap<Vec<u8>, ObjectId>;

/// What each form may draw: the forms that it names and, as one that names no resources has
/// those of what draws it, the forms that it draws of those named beside it.
fn forms(document: &Document) -> BTreeMap<ObjectId, BTreeSet<ObjectId>> {
    let mut found: BTreeMap<ObjectId, BTreeSet<ObjectId>> = BTreeMap::new();
    for (&id, object) in &document.objects {
        let named = match object {
            Object::Stream(stream) => named_in(document, &stream.dict),
            Object::Dictionary(page) => named_in(document, page),
            _ => continue,
        };
        for &form in named.values() {
            let stream = document.get_object(form).and_then(Object::as_stream);
            if let Ok(stream) = stream
                && !stream.dict.has(b"Resources")
            {
                found.entry(form).or_default().extend(drawn_by(stream, &named));
            }
        }
        if matches!(object, Object::Stream(_)) {
            found.entry(id).or_default().extend(named.into_values());
        }
    }
    found
}

fn named_in(document: &Document, owner: &Dictionary) -> Named {
    let inner = |owner: &Dictionary, name: &[u8]| -> Option<Dictionary> {
        let (_, value) = document.dereference(owner.get(name).ok()?).ok()?;
        value.as_dict().ok().cloned()
    };
    let forms =
        inner(owner, b"Resources").and_then(|resources| inner(&resources, b"XObject"));
    let is_form = |id: ObjectId| {
        let stream = document.get_object(id).and_then(Object::as_stream);
        let kind = stream.and_then(|stream| stream.dict.get(b"Subtype"));
        kind.and_then(Object::as_name).is_ok_and(|name| name == b"Form")
    };
    let forms = forms.iter().flat_map(Dictionary::iter);
    let named = forms
        .filter_map(|(name, value)| Some((name.clone(), value.as_reference().ok()?)));
    named.filter(|&(_, id)| is_form(id)).collect()
}

/// Those of the named forms that a form draws: what stands before the operator `Do`.
fn drawn_by(stream: &Stream, named: &Named) -> Vec<ObjectId> {
    let content =
        stream.decompressed_content().unwrap_or_else(|_| stream.content.clone());
    let words = content.split(u8::is_ascii_whitespace).filter(|word| !word.is_empty());
    let (mut before, mut drawn): (&[u8], Vec<ObjectId>) = (b"", Vec::new());
    for word in words {
        if word == b"Do" {
            let name = before.rsplit(|&b| b == b'/').next().unwrap_or_default();
            drawn.extend(named.get(name));
        }
        before = word;
    }
    drawn
}

/// Forms that stand in one another.
#[derive(Clone, Copy, Default)]
struct Nest {
    /// How many stand in the outermost.
    depth: usize,
    /// How many bytes they take together.
    parsed: usize,
}

/// The forms that stand in a form: the deepest and the largest; `None` if they have no end or
/// stand too deep.
fn nest(
    form: ObjectId,
    forms: &BTreeMap<ObjectId, BTreeSet<ObjectId>>,
    parsed: &BTreeMap<ObjectId, usize>,
    nests: &mut BTreeMap<ObjectId, Nest>,
    from: usize,
) -> Option<Nest> {
    if let Some(&known) = nests.get(&form) {
        return Some(known);
    }
    if from > DEEPEST {
        return None;
    }
    let mut found = Nest::default();
    for &inner in forms.get(&form).into_iter().flatten() {
        let inner = nest(inner, forms, parsed, nests, from + 1)?;
        found.depth = found.depth.max(1 + inner.depth);
        found.parsed = found.parsed.max(inner.parsed);
    }
    found.parsed += parsed.get(&form).copied().unwrap_or(0);
    nests.insert(form, found);
    (found.depth <= DEEPEST).then_some(found)
}
