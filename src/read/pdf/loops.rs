//! Files that lead back to themselves, found before the reader follows them without end.

use std::collections::{BTreeMap, BTreeSet};

use pdf_extract::{Dictionary, Document, Object, ObjectId, Stream};

use crate::read::Problem;

/// The deepest that nodes of the page tree, or forms, may stand in one another.
const DEEPEST: usize = 40;

/// Refuses a file whose pages stand in themselves, or whose forms draw themselves.
pub(super) fn check(document: &Document) -> Result<(), Problem> {
    for id in document.get_pages().into_values() {
        if !is_rooted(document, id) {
            return Err(Problem::damaged("a page of it stands in itself"));
        }
    }
    let forms = forms(document);
    let mut depths = BTreeMap::new();
    for &form in forms.keys() {
        if depth(form, &forms, &mut depths, 0).is_none() {
            return Err(Problem::damaged("a form in it draws itself"));
        }
    }
    Ok(())
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

/// How deep forms stand in a form; `None` if without end or too deep.
fn depth(
    form: ObjectId,
    forms: &BTreeMap<ObjectId, BTreeSet<ObjectId>>,
    depths: &mut BTreeMap<ObjectId, usize>,
    from: usize,
) -> Option<usize> {
    if let Some(&known) = depths.get(&form) {
        return Some(known);
    }
    if from > DEEPEST {
        return None;
    }
    let mut deepest = 0;
    for &inner in forms.get(&form).into_iter().flatten() {
        deepest = deepest.max(1 + depth(inner, forms, depths, from + 1)?);
    }
    depths.insert(form, deepest);
    (deepest <= DEEPEST).then_some(deepest)
}
