//! What the operators of a page draw, as far as it is text (ISO 32000-1, 8.4, 8.10 and 9).
//!
//! Text that cannot be seen (rendering mode 3) is read as all other: scanned pages carry their
//! recognised text so.

use std::collections::BTreeMap;
use std::rc::Rc;

use hayro_syntax::content::{Instruction, UntypedIter};
use hayro_syntax::object::{Dict, Name, Object, ObjectIdentifier, Stream};
use hayro_syntax::page::Resources;

use super::font::{Face, Font, Fonts};
use super::layers::Layers;
use super::matrix::Matrix;
use super::stream;

/// The deepest that forms may stand in one another, and states be saved.
const DEEPEST: usize = 24;
const MOST_STATES: usize = 1 << 12;

/// The most letters of a page, and operators that draw it, those of its forms counted each time
/// they are drawn. A full page has some thousands of letters, a crowded map of vectors a few
/// million operators.
const MOST_LETTERS: usize = 500_000;
const MOST_OPERATORS: usize = 40_000_000;

/// The most bytes of unpacked forms that are kept.
const MOST_KEPT: usize = 64 << 20;

/// A letter where a page has it.
#[derive(Clone, Copy, Debug)]
pub(super) struct DrawnGlyph {
    /// Where its text begins in that of the page, and how long it is, in bytes. Empty where
    /// the file does not say what character it is.
    pub(super) at: usize,
    pub(super) len: u16,
    /// Where it stands, from the left and from below.
    pub(super) x: f64,
    pub(super) y: f64,
    /// Where the next one stands, seen from it.
    pub(super) dx: f64,
    pub(super) dy: f64,
    pub(super) size: f64,
    pub(super) face: Face,
    /// Does a piece of text that is drawn at once begin with it?
    pub(super) opens: bool,
    pub(super) layer: Layer,
}

/// What a letter belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Layer {
    /// The text of the page.
    Text,
    /// What the file itself calls a head or foot (`/Artifact <</Type/Pagination>> BDC`; ISO
    /// 32000-1, 14.8.2.2): word processors and browsers mark them.
    Pagination,
    /// The value of a field, set over the page.
    Field,
    /// What stands on a layer that is not shown.
    Hidden,
}

/// What is drawn on a page.
#[derive(Debug, Default)]
pub(super) struct Drawn {
    pub(super) text: String,
    pub(super) glyphs: Vec<DrawnGlyph>,
    /// How many letters have no character.
    pub(super) unknown: usize,
    /// Is a part of what draws the page damaged?
    pub(super) is_cut: bool,
    /// Does more stand on it than is kept in memory?
    pub(super) is_crowded: bool,
}

/// Draws pages of one file.
pub(super) struct Painter<'a> {
    fonts: Fonts<'a>,
    layers: Rc<Layers>,
    forms: BTreeMap<ObjectIdentifier, Rc<[u8]>>,
    kept: usize,
}

#[derive(Clone)]
struct State {
    ctm: Matrix,
    font: Option<Rc<Font>>,
    size: f64,
    char_spacing: f64,
    word_spacing: f64,
    scale: f64,
    leading: f64,
    rise: f64,
}

/// What marked content is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Mark {
    /// Nothing that matters here.
    Other,
    /// A head or foot.
    Pagination,
    /// On a layer that is not shown.
    Hidden,
}

/// What is drawn by one stream, in the state that it is drawn in.
struct Run<'a, 'p> {
    painter: &'p mut Painter<'a>,
    drawn: &'p mut Drawn,
    operators: &'p mut usize,
    resources: Resources<'a>,
    state: State,
    saved: Vec<State>,
    /// Where the line and the next letter stand.
    line: Matrix,
    text: Matrix,
    /// What each open marked content is.
    marked: Vec<Mark>,
    layer: Layer,
    /// The forms that this one stands in, itself the last.
    within: Vec<ObjectIdentifier>,
}

impl<'a> Painter<'a> {
    /// A painter of a file with these layers.
    pub(super) fn new(layers: Rc<Layers>) -> Self {
        Self { fonts: Fonts::new(), layers, forms: BTreeMap::new(), kept: 0 }
    }

    /// Does a thing stand on a layer that is not shown?
    pub(super) fn is_hidden(&self, thing: &Dict<'_>) -> bool {
        let is_off = |layer: Dict<'_>| self.layers.is_off(&layer);
        !self.layers.are_all_on() && thing.get::<Dict<'_>>("OC").is_some_and(is_off)
    }

    /// Draws the content of a page.
    pub(super) fn page(&mut self, content: &[u8], resources: Resources<'a>) -> Drawn {
        let mut drawn = Drawn::default();
        self.run(content, resources, Matrix::IDENTITY, Layer::Text, &mut drawn);
        drawn
    }

    /// Draws a form over a page.
    pub(super) fn form(
        &mut self,
        form: &Stream<'a>,
        place: Matrix,
        layer: Layer,
        drawn: &mut Drawn,
    ) {
        let content = self.content(form, drawn);
        let resources = form.dict().get::<Dict<'a>>("Resources").unwrap_or_default();
        self.run(&content, Resources::new(resources), place, layer, drawn);
    }

    fn run(
        &mut self,
        content: &[u8],
        resources: Resources<'a>,
        ctm: Matrix,
        layer: Layer,
        drawn: &mut Drawn,
    ) {
        let state = State {
            ctm,
            font: None,
            size: 0.0,
            char_spacing: 0.0,
            word_spacing: 0.0,
            scale: 1.0,
            leading: 0.0,
            rise: 0.0,
        };
        let mut operators = 0;
        let mut run = Run {
            painter: self,
            drawn,
            operators: &mut operators,
            resources,
            state,
            saved: Vec::new(),
            line: Matrix::IDENTITY,
            text: Matrix::IDENTITY,
            marked: Vec::new(),
            layer,
            within: Vec::new(),
        };
        run.all(content);
    }

    /// The unpacked bytes of a form, which many pages may draw.
    fn content(&mut self, form: &Stream<'_>, drawn: &mut Drawn) -> Rc<[u8]> {
        let id = form.obj_id();
        if let Some(known) = self.forms.get(&id) {
            return known.clone();
        }
        let unpacked = stream::unpack(form);
        drawn.is_cut |= unpacked.is_cut;
        let bytes: Rc<[u8]> = unpacked.bytes.into();
        if self.kept + bytes.len() <= MOST_KEPT {
            self.kept += bytes.len();
            self.forms.insert(id, bytes.clone());
        }
        bytes
    }
}

impl<'a> Run<'a, '_> {
    fn all(&mut self, content: &[u8]) {
        let mut operations = UntypedIter::new(content);
        while let Some(operation) = operations.next() {
            *self.operators += 1;
            let is_crowded = *self.operators > MOST_OPERATORS
                || self.drawn.glyphs.len() > MOST_LETTERS;
            self.drawn.is_crowded |= is_crowded;
            if is_crowded {
                return;
            }
            self.operate(&operation);
        }
    }

    fn operate(&mut self, operation: &Instruction<'_, '_>) {
        let last = last_numbers(operation);
        let [.., first, second] = last;
        match &**operation.operator {
            b"q" if self.saved.len() < MOST_STATES => self.saved.push(self.state.clone()),
            b"Q" => self.state = self.saved.pop().unwrap_or_else(|| self.state.clone()),
            b"cm" => self.state.ctm = Matrix(last).then(self.state.ctm),
            b"BT" => (self.line, self.text) = (Matrix::IDENTITY, Matrix::IDENTITY),
            b"Tc" => self.state.char_spacing = second,
            b"Tw" => self.state.word_spacing = second,
            b"Tz" => self.state.scale = second / 100.0,
            b"TL" => self.state.leading = second,
            b"Ts" => self.state.rise = second,
            b"Tf" => self.set_font(operation),
            b"Td" => self.next_line(first, second),
            b"TD" => {
                self.state.leading = -second;
                self.next_line(first, second);
            }
            b"Tm" => {
                self.line = Matrix(last);
                self.text = self.line;
            }
            b"T*" => self.next_line(0.0, -self.state.leading),
            b"Tj" => self.show(operation.operands().last()),
            b"'" => {
                self.next_line(0.0, -self.state.leading);
                self.show(operation.operands().last());
            }
            b"\"" => {
                // The last of its three operands is the string.
                (self.state.word_spacing, self.state.char_spacing) = (last[3], last[4]);
                self.next_line(0.0, -self.state.leading);
                self.show(operation.operands().last());
            }
            b"TJ" => self.show_kerned(operation),
            b"BMC" => self.open_mark(Mark::Other),
            b"BDC" => self.open_mark(self.mark(operation)),
            b"EMC" => drop(self.marked.pop()),
            b"Do" => self.draw(operation),
            b"gs" => self.set_state(operation),
            _ => {}
        }
    }

    fn set_font(&mut self, operation: &Instruction<'_, '_>) {
        let mut operands = operation.operands();
        let (Some(Object::Name(name)), Some(Object::Number(size))) =
            (operands.next(), operands.next())
        else {
            return;
        };
        let dict = self.resources.fonts.get::<Dict<'a>>(name);
        self.state.font = dict.map(|dict| self.painter.fonts.font(&dict));
        self.state.size = size.as_f64();
    }

    /// The graphics state may name a font too (ISO 32000-1, table 58).
    fn set_state(&mut self, operation: &Instruction<'_, '_>) {
        let Some(Object::Name(name)) = operation.operands().next() else { return };
        let state = self.resources.ext_g_states.get::<Dict<'a>>(name);
        let font = state.and_then(|state| {
            let font = state.get::<hayro_syntax::object::Array<'a>>("Font")?;
            let mut items = font.iter::<Object<'a>>();
            Some((items.next()?.into_dict()?, items.next()?.into_number()?.as_f64()))
        });
        if let Some((dict, size)) = font {
            self.state.font = Some(self.painter.fonts.font(&dict));
            self.state.size = size;
        }
    }

    fn next_line(&mut self, x: f64, y: f64) {
        self.line = Matrix::shift(x, y).then(self.line);
        self.text = self.line;
    }

    fn show_kerned(&mut self, operation: &Instruction<'_, '_>) {
        let Some(Object::Array(pieces)) = operation.operands().last() else { return };
        for piece in pieces.iter::<Object<'_>>() {
            match &piece {
                Object::Number(back) => {
                    self.go_on(-back.as_f64() / 1000.0 * self.state.size);
                }
                piece => self.show(Some(piece)),
            }
        }
    }

    /// Moves the place of the next letter.
    fn go_on(&mut self, by: f64) {
        let is_vertical = self.state.font.as_ref().is_some_and(|font| font.is_vertical());
        let shift = match is_vertical {
            true => Matrix::shift(0.0, by),
            false => Matrix::shift(by * self.state.scale, 0.0),
        };
        self.text = shift.then(self.text);
    }

    fn show(&mut self, string: Option<&Object<'_>>) {
        let (Some(Object::String(string)), Some(font)) =
            (string, self.state.font.clone())
        else {
            return;
        };
        let is_vertical = font.is_vertical();
        let mut opens = true;
        font.letters(string, |letter| {
            let State { size, char_spacing, word_spacing, scale, rise, ctm, .. } =
                self.state;
            let spacing =
                char_spacing + if letter.is_word_space { word_spacing } else { 0.0 };
            // Setting from above goes down, and what is put between letters makes it go further.
            let advance = match is_vertical {
                true => letter.advance * size - spacing,
                false => letter.advance * size + spacing,
            };
            let place = Matrix([size * scale, 0.0, 0.0, size, 0.0, rise])
                .then(self.text)
                .then(ctm);
            let (x, y) = place.apply(0.0, 0.0);
            self.go_on(advance);
            let (next_x, next_y) = Matrix([1.0, 0.0, 0.0, 1.0, 0.0, rise])
                .then(self.text)
                .then(ctm)
                .apply(0.0, 0.0);
            self.drawn.put(
                letter.text.as_deref(),
                DrawnGlyph {
                    at: 0,
                    len: 0,
                    x,
                    y,
                    dx: next_x - x,
                    dy: next_y - y,
                    size: place.scale(),
                    face: font.face,
                    opens,
                    layer: self.layer_now(),
                },
            );
            opens = false;
        });
    }

    fn layer_now(&self) -> Layer {
        match self.layer {
            _ if self.marked.contains(&Mark::Hidden) => Layer::Hidden,
            Layer::Text if self.marked.contains(&Mark::Pagination) => Layer::Pagination,
            layer => layer,
        }
    }

    fn open_mark(&mut self, mark: Mark) {
        if self.marked.len() < MOST_STATES {
            self.marked.push(mark);
        }
    }

    /// What the marked content is that an operator opens.
    fn mark(&self, operation: &Instruction<'_, '_>) -> Mark {
        let mut operands = operation.operands();
        let is_layer =
            matches!(operands.next(), Some(Object::Name(tag)) if **tag == *b"OC");
        let is_hidden = is_layer
            && match operands.next() {
                Some(Object::Name(name)) => {
                    let layer = self.resources.properties.get::<Dict<'_>>(name);
                    layer.is_some_and(|layer| self.painter.layers.is_off(&layer))
                }
                _ => false,
            };
        match is_hidden {
            true => Mark::Hidden,
            false if self.is_pagination(operation) => Mark::Pagination,
            false => Mark::Other,
        }
    }

    /// Does marked content belong to the page and not to the text?
    fn is_pagination(&self, operation: &Instruction<'_, '_>) -> bool {
        let mut operands = operation.operands();
        let is_artifact =
            matches!(operands.next(), Some(Object::Name(tag)) if **tag == *b"Artifact");
        let kind = |properties: &Dict<'_>| {
            properties.get::<Name<'_>>("Type").as_deref() == Some(b"Pagination")
        };
        is_artifact
            && match operands.next() {
                Some(Object::Dict(properties)) => kind(properties),
                Some(Object::Name(name)) => self
                    .resources
                    .properties
                    .get::<Dict<'_>>(name)
                    .is_some_and(|p| kind(&p)),
                _ => false,
            }
    }

    /// Draws a form in the state of what draws it.
    fn draw(&mut self, operation: &Instruction<'_, '_>) {
        let Some(Object::Name(name)) = operation.operands().next() else { return };
        let Some(form) = self.resources.x_objects.get::<Stream<'a>>(name) else { return };
        let is_form = form.dict().get::<Name<'_>>("Subtype").as_deref() == Some(b"Form");
        let id = form.obj_id();
        // One that draws itself has no end.
        if !is_form || self.within.len() >= DEEPEST || self.within.contains(&id) {
            return;
        }
        let is_hidden = self.painter.is_hidden(form.dict());
        let marked = match self.layer_now() {
            _ if is_hidden => vec![Mark::Hidden],
            Layer::Hidden => vec![Mark::Hidden],
            Layer::Pagination => vec![Mark::Pagination],
            Layer::Text | Layer::Field => Vec::new(),
        };
        let content = self.painter.content(&form, self.drawn);
        let own = form.dict().get::<Dict<'a>>("Resources").map(Resources::new);
        let place =
            form.dict().get::<[f64; 6]>("Matrix").map_or(Matrix::IDENTITY, Matrix);
        let mut inner = Run {
            painter: self.painter,
            drawn: self.drawn,
            operators: self.operators,
            // One that names no resources has those of what draws it.
            resources: own.unwrap_or_else(|| self.resources.clone()),
            state: State { ctm: place.then(self.state.ctm), ..self.state.clone() },
            saved: Vec::new(),
            line: Matrix::IDENTITY,
            text: Matrix::IDENTITY,
            marked,
            layer: self.layer,
            within: self.within.iter().copied().chain([id]).collect(),
        };
        inner.all(&content);
    }
}

impl Drawn {
    /// What a letter is.
    pub(super) fn text_of(&self, glyph: &DrawnGlyph) -> &str {
        &self.text[glyph.at..glyph.at + usize::from(glyph.len)]
    }

    fn put(&mut self, text: Option<&str>, glyph: DrawnGlyph) {
        // A letter stands for a few characters; what stands for more is no text.
        let known = text.and_then(|text| Some((text, u16::try_from(text.len()).ok()?)));
        self.unknown += usize::from(known.is_none());
        let (text, len) = known.unwrap_or(("", 0));
        let is_finite = [glyph.x, glyph.y, glyph.dx, glyph.dy, glyph.size]
            .iter()
            .all(|value| value.is_finite());
        let place = match is_finite {
            true => glyph,
            false => DrawnGlyph { x: 0.0, y: 0.0, dx: 0.0, dy: 0.0, size: 0.0, ..glyph },
        };
        self.glyphs.push(DrawnGlyph { at: self.text.len(), len, ..place });
        self.text.push_str(text);
    }
}

/// The last six operands, those before an operator that others stand before being its own; 0
/// for what is no number.
fn last_numbers(operation: &Instruction<'_, '_>) -> [f64; 6] {
    let mut last = [0.0; 6];
    for operand in operation.operands() {
        last.rotate_left(1);
        last[5] = match operand {
            Object::Number(number) => number.as_f64(),
            _ => 0.0,
        };
    }
    last
}
