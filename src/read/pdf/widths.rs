//! Widths of letters, written out for a reader that knows only one of their two forms.
//!
//! The font of a composite text gives the widths of its letters as `first [w w w …]` or as
//! `first last w` (ISO 32000-1, 9.7.4.3). `pdf-extract` 0.12 takes the second form for
//! nothing, and each such letter for as wide as the default; the room that is then left over
//! behind it looks like a blank: `1 1 /2 4 /2 6`.

use pdf_extract::{Dictionary, Document, Object};

/// The most letters of a font: they are counted by two bytes.
const MOST_LETTERS: i64 = 1 << 16;

/// Writes out the widths of all fonts.
pub(super) fn write_out(document: &mut Document) {
    let fonts = document.objects.iter().filter_map(|(&id, object)| {
        let font = object.as_dict().ok()?;
        Some((id, written_out(document, font)?))
    });
    let fonts: Vec<_> = fonts.collect();
    for (id, widths) in fonts {
        if let Some(Object::Dictionary(font)) = document.objects.get_mut(&id) {
            font.set("W", widths);
        }
    }
}

/// The widths of a font in the first form only; `None` if there is nothing to change.
fn written_out(document: &Document, font: &Dictionary) -> Option<Vec<Object>> {
    let follow = |object| document.dereference(object).map(|(_, object)| object);
    let widths = follow(font.get(b"W").ok()?).ok()?.as_array().ok()?;
    let default = font.get(b"DW").and_then(follow).and_then(Object::as_float);
    let default = default.unwrap_or(1000.0);
    let mut out = Vec::with_capacity(widths.len());
    let mut letters = 0;
    let mut rest = widths.iter().map(follow);
    while let Some(first) = rest.next() {
        let (first, second) = (first.ok()?.as_i64().ok()?, rest.next()?.ok()?);
        let listed = match second {
            Object::Array(listed) => listed.clone(),
            last => {
                let (last, width) = (last.as_i64().ok()?, rest.next()?.ok()?);
                let n = last.checked_sub(first)?.checked_add(1)?;
                letters += n;
                if n < 0 || letters > MOST_LETTERS {
                    return None;
                }
                // Many fonts list the default for all of their letters.
                if (width.as_float().ok()? - default).abs() < 0.5 {
                    continue;
                }
                vec![width.clone(); n as usize]
            }
        };
        out.extend([Object::Integer(first), Object::Array(listed)]);
    }
    (letters > 0).then_some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The widths of a font that has these, as they stand after it was written out.
    fn after(widths: Vec<Object>) -> Vec<Object> {
        let mut document = Document::new();
        let list = document.add_object(widths);
        let mut font = Dictionary::new();
        font.set("DW", 500);
        font.set("W", list);
        let font = document.add_object(font);
        write_out(&mut document);
        let widths = document.get_dictionary(font).unwrap().get(b"W").unwrap();
        document.dereference(widths).unwrap().1.as_array().unwrap().clone()
    }

    #[test]
    fn ranges_become_lists() {
        let list =
            |widths: &[i64]| Object::Array(widths.iter().map(|&w| w.into()).collect());
        let before: Vec<Object> = vec![
            3.into(),
            list(&[600, 700]),
            19.into(),
            21.into(),
            636.into(),
            // As wide as the default.
            30.into(),
            900.into(),
            500.into(),
        ];
        let expected =
            vec![3.into(), list(&[600, 700]), 19.into(), list(&[636, 636, 636])];
        assert_eq!(after(before), expected);
    }

    #[test]
    fn ranges_without_end_stay() {
        for last in [70_000, i64::MAX] {
            let widths: Vec<Object> = vec![1.into(), last.into(), 600.into()];
            assert_eq!(after(widths.clone()), widths);
        }
    }
}
