//! What stands over a page: the values of fields, which are read in their place, and comments
//! (ISO 32000-1, 12.5 and 12.7).

use hayro_syntax::object::{Array, Dict, Name, Object, Rect, Stream};
use hayro_syntax::page::Page;

use super::content::{Drawn, Layer, Painter};
use super::matrix::Matrix;
use crate::types::LeftOutKind;

/// The most annotations of a page, and characters of one.
const MOST: usize = 5_000;
const LONGEST: usize = 1 << 16;

/// The bits of the flags of what is not shown: hidden, not for the screen
/// (ISO 32000-1, table 165).
const NOT_SHOWN: i32 = 1 << 1 | 1 << 5;

/// Fields stand in fields at most so deep.
const DEEPEST: usize = 16;

/// Draws over a page what its annotations show; gives the text of those that show none.
pub(super) fn draw<'a>(
    page: &Page<'a>,
    painter: &mut Painter<'a>,
    drawn: &mut Drawn,
) -> Vec<(LeftOutKind, String)> {
    let annotations = page.raw().get::<Array<'a>>("Annots");
    let annotations = annotations.iter().flat_map(|list| list.iter::<Dict<'a>>());
    let mut left_out = Vec::new();
    for annotation in annotations.take(MOST) {
        if painter.is_hidden(&annotation) {
            let text = string(&annotation, "Contents").or_else(|| value(&annotation));
            left_out.extend(text.map(|text| (LeftOutKind::Hidden, text)));
            continue;
        }
        match annotation.get::<Name<'_>>("Subtype").as_deref() {
            Some(b"Widget") => {
                left_out.extend(draw_field(&annotation, painter, drawn));
            }
            Some(b"FreeText") => {
                if !show(&annotation, painter, drawn) {
                    let text = string(&annotation, "Contents");
                    left_out.extend(text.map(|text| (LeftOutKind::Comment, text)));
                }
            }
            Some(b"Popup" | b"Link") | None => {}
            Some(_) => {
                let text = string(&annotation, "Contents");
                left_out.extend(text.map(|text| (LeftOutKind::Comment, text)));
            }
        }
    }
    left_out
}

/// Draws the value of a field; gives the value if the file has no picture of it.
fn draw_field<'a>(
    field: &Dict<'a>,
    painter: &mut Painter<'a>,
    drawn: &mut Drawn,
) -> Option<(LeftOutKind, String)> {
    // A button has a caption or a cross, and no value that is text.
    let is_button = inherited(field, "FT").and_then(Object::into_name);
    let is_button = is_button.as_deref() == Some(b"Btn");
    let before = drawn.glyphs.len();
    if !is_button && show(field, painter, drawn) && drawn.glyphs.len() > before {
        return None;
    }
    let text = match is_button {
        true => field.get::<Dict<'_>>("MK").and_then(|look| string(&look, "CA")),
        false => value(field),
    };
    text.map(|text| (LeftOutKind::FormField, text))
}

/// The value of a field as text.
fn value(field: &Dict<'_>) -> Option<String> {
    inherited(field, "V").and_then(Object::into_string).and_then(|value| text(&value))
}

/// Draws the picture that the file has of an annotation, if it is shown.
fn show<'a>(annotation: &Dict<'a>, painter: &mut Painter<'a>, drawn: &mut Drawn) -> bool {
    let is_shown = annotation.get::<i32>("F").unwrap_or(0) & NOT_SHOWN == 0;
    let looks = annotation.get::<Dict<'a>>("AP");
    let look = looks.and_then(|looks| looks.get::<Stream<'a>>("N"));
    let (Some(look), Some(place), true) =
        (look, annotation.get::<Rect>("Rect"), is_shown)
    else {
        return false;
    };
    let matrix = look.dict().get::<[f64; 6]>("Matrix").map_or(Matrix::IDENTITY, Matrix);
    let frame = look.dict().get::<Rect>("BBox").unwrap_or(place);
    // ISO 32000-1, 12.5.5: the box, as its matrix turns it, fills the rectangle.
    let corners = [
        (frame.x0, frame.y0),
        (frame.x1, frame.y0),
        (frame.x0, frame.y1),
        (frame.x1, frame.y1),
    ]
    .map(|(x, y)| matrix.apply(x, y));
    let least =
        |of: fn(&(f64, f64)) -> f64| corners.iter().map(of).fold(f64::MAX, f64::min);
    let most =
        |of: fn(&(f64, f64)) -> f64| corners.iter().map(of).fold(f64::MIN, f64::max);
    let turned = [least(|c| c.0), least(|c| c.1), most(|c| c.0), most(|c| c.1)];
    let fit = Matrix::fit(turned, [place.x0, place.y0, place.x1, place.y1]);
    painter.form(&look, matrix.then(fit), Layer::Field, drawn);
    true
}

/// What a field says, or what the field says that it is a part of.
fn inherited<'a>(field: &Dict<'a>, name: &str) -> Option<Object<'a>> {
    let mut at = field.clone();
    for _ in 0..DEEPEST {
        if let Some(value) = at.get::<Object<'a>>(name) {
            return Some(value);
        }
        at = at.get::<Dict<'a>>("Parent")?;
    }
    None
}

fn string(dict: &Dict<'_>, name: &str) -> Option<String> {
    text(&dict.get::<hayro_syntax::object::String<'_>>(name)?)
}

/// The text of a string outside the content of pages (ISO 32000-1, 7.9.2.2).
fn text(bytes: &[u8]) -> Option<String> {
    let bytes = &bytes[..bytes.len().min(LONGEST)];
    let (encoding, bytes) = match bytes {
        [0xFE, 0xFF, rest @ ..] => (encoding_rs::UTF_16BE, rest),
        [0xFF, 0xFE, rest @ ..] => (encoding_rs::UTF_16LE, rest),
        [0xEF, 0xBB, 0xBF, rest @ ..] => (encoding_rs::UTF_8, rest),
        // The table of old PDFs differs from this one in some signs only.
        _ => (encoding_rs::WINDOWS_1252, bytes),
    };
    let text = encoding.decode_without_bom_handling(bytes).0;
    let text = text.replace(['\r', '\n', '\t'], " ");
    let text: String = text.chars().filter(|c| !c.is_control()).collect();
    let text = text.trim();
    (!text.is_empty()).then(|| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strings_are_latin_or_unicode() {
        let read = |bytes: &[u8]| text(bytes).unwrap_or_default();
        assert_eq!(read(b" 5,000 yuan\r"), "5,000 yuan");
        assert_eq!(read(&[0xFE, 0xFF, 0x4E, 0x70, 0x65, 0xB9]), "买方");
        assert_eq!((text(b" "), text(&[0xFE, 0xFF])), (None, None));
    }
}
