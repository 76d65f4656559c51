//! A text that is decoded as it is read, so that it need not be held.

use std::io::{self, Read};

use encoding_rs::{Decoder, DecoderResult, UTF_8};

use super::bilingual::Tabs;
use super::encoding::{self, Choice, Damage, Failure};
use super::line_ends::Normalizer;

/// How many bytes are read and decoded at a time.
const CHUNK: usize = 64 << 10;

/// Why a text could not be read on.
#[derive(Debug)]
pub(super) enum Broken {
    Io(io::Error),
    Text(Failure),
}

impl From<io::Error> for Broken {
    fn from(error: io::Error) -> Self {
        Self::Io(error)
    }
}

/// A text of one kind of line end, as [`normalize`](super::line_ends::normalize) makes it.
pub(super) struct TextStream<'a> {
    file: Box<dyn Read + 'a>,
    decoder: Decoder,
    named: bool,
    raw: Vec<u8>,
    decoded: String,
    normalizer: Normalizer,
    /// How many bytes of the file were read before those in `raw`.
    n_before: usize,
}

impl<'a> TextStream<'a> {
    pub(super) fn new(mut file: Box<dyn Read + 'a>, choice: Choice) -> io::Result<Self> {
        let Choice { encoding, mark, named } = choice;
        io::copy(&mut (&mut file).take(mark as u64), &mut io::sink())?;
        Ok(Self {
            file,
            decoder: encoding.new_decoder_without_bom_handling(),
            named,
            raw: Vec::with_capacity(CHUNK),
            decoded: String::new(),
            normalizer: Normalizer::default(),
            n_before: mark,
        })
    }

    /// Appends what comes next; `false` at the end.
    pub(super) fn read_on(&mut self, out: &mut String) -> Result<bool, Broken> {
        self.raw.clear();
        (&mut self.file).take(CHUNK as u64).read_to_end(&mut self.raw)?;
        let is_end = self.raw.is_empty();
        self.decoded.clear();
        let (decoder, decoded) = (&mut self.decoder, &mut self.decoded);
        let (result, n_read) = encoding::decode_on(decoder, &self.raw, decoded, is_end);
        if let DecoderResult::Malformed(malformed, behind) = result {
            let n_back = usize::from(malformed) + usize::from(behind);
            return Err(Broken::Text(Failure::Undecodable {
                byte: (self.n_before + n_read).saturating_sub(n_back),
                encoding: self.decoder.encoding().name(),
                named: self.named,
            }));
        }
        self.n_before += self.raw.len();
        self.normalizer.push(&self.decoded, out);
        Ok(!is_end)
    }
}

/// What only the whole of a text tells.
#[derive(Debug)]
pub(super) struct Survey {
    pub(super) choice: Choice,
    /// Was the encoding guessed, so that it may be wrong?
    pub(super) is_guessed: bool,
    /// The line of the first control character that is dropped, and the number of all.
    pub(super) controls: Option<(usize, usize)>,
    pub(super) tabs: Tabs,
}

/// Goes through a text to find its encoding, as [`encoding::decode`] does. `open` gives the file
/// from its first byte on.
pub(super) fn survey<'a>(
    open: &dyn Fn() -> io::Result<Box<dyn Read + 'a>>,
    named: Option<&'static encoding_rs::Encoding>,
) -> Result<Survey, Broken> {
    let mut head = Vec::new();
    open()?.take(encoding::SAMPLE as u64 + 1).read_to_end(&mut head)?;
    if let Some(choice) = encoding::sure(&head, named).map_err(Broken::Text)? {
        return surveyed(open()?, choice);
    }
    let unmarked = |encoding| Choice { encoding, mark: 0, named: false };
    match surveyed(open()?, unmarked(UTF_8)) {
        Err(Broken::Text(_)) => {}
        found => return found,
    }
    if let Some(byte) = damage(open()?)? {
        let encoding = UTF_8.name();
        return Err(Broken::Text(Failure::Undecodable { byte, encoding, named: false }));
    }
    let mut failure = None;
    for encoding in encoding::guesses(&head, head.len() <= encoding::SAMPLE) {
        match surveyed(open()?, unmarked(encoding)) {
            Ok(found) => return Ok(Survey { is_guessed: true, ..found }),
            Err(Broken::Text(error)) => failure = failure.or(Some(error)),
            Err(error) => return Err(error),
        }
    }
    Err(Broken::Text(failure.unwrap_or(Failure::NoText)))
}

fn surveyed<'a>(file: Box<dyn Read + 'a>, choice: Choice) -> Result<Survey, Broken> {
    let mut text = TextStream::new(file, choice)?;
    let (mut piece, mut tabs) = (String::new(), Tabs::default());
    while text.read_on(&mut piece)? {
        tabs.add(&piece);
        piece.clear();
    }
    tabs.add(&piece);
    let Normalizer { n_controls, first_control_line, .. } = text.normalizer;
    let controls = first_control_line.map(|line| (line, n_controls));
    Ok(Survey { choice, is_guessed: false, controls, tabs })
}

/// The first byte that breaks a file which is UTF-8 for all the rest.
fn damage(mut file: impl Read) -> io::Result<Option<usize>> {
    let (mut bytes, mut damage) = (Vec::with_capacity(CHUNK), Damage::default());
    loop {
        let n_read = (&mut file).take(CHUNK as u64).read_to_end(&mut bytes)?;
        let n_taken = damage.add(&bytes, n_read == 0);
        bytes.drain(..n_taken);
        if n_read == 0 {
            return Ok(damage.first());
        }
    }
}

#[cfg(test)]
mod tests {
    use encoding_rs::{BIG5, GB18030};

    use super::super::encoding::decode;
    use super::super::line_ends::normalize;
    use super::*;

    /// Longer than a chunk, so that characters and line ends lie across the cuts.
    fn text() -> String {
        "第一條　為促進國際間之合作，特制定本法。\r\n第二條\u{8}\tArticle 2\r"
            .repeat(3000)
    }

    fn streamed(bytes: &[u8]) -> Result<(String, Survey), Broken> {
        let open = || Ok(Box::new(bytes) as Box<dyn Read>);
        let survey = survey(&open, None)?;
        let mut text = TextStream::new(Box::new(bytes), survey.choice)?;
        let mut out = String::new();
        while text.read_on(&mut out)? {}
        Ok((out, survey))
    }

    #[test]
    fn a_stream_gives_the_text_that_is_decoded_at_once() {
        let text = text();
        let utf16 = |text: &str| text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        for bytes in [
            text.clone().into_bytes(),
            format!("\u{feff}{text}").into_bytes(),
            GB18030.encode(&text).0.into_owned(),
            BIG5.encode(&text).0.into_owned(),
            utf16(&text),
            utf16(&format!("\u{feff}{text}")),
        ] {
            let whole = decode(&bytes, None).unwrap();
            let normal = normalize(&whole.text);
            let (found, survey) = streamed(&bytes).unwrap();
            assert_eq!(survey.choice.encoding.name(), whole.encoding);
            assert_eq!(survey.is_guessed, whole.guessed);
            let controls =
                normal.first_control_line.map(|line| (line, normal.n_controls));
            assert_eq!(survey.controls, controls);
            assert!(found == normal.text, "{}", whole.encoding);
        }
    }

    #[test]
    fn what_does_not_fit_is_named_as_at_once() {
        let mut damaged = text().into_bytes();
        damaged[CHUNK + 10] = 0xFF;
        let noise: Vec<u8> =
            (0..200_000_u32).map(|n| ((n * 31 % 253) as u8).max(1)).collect();
        for bytes in [damaged, noise] {
            let Err(Broken::Text(found)) = streamed(&bytes) else { panic!("it is read") };
            let expected = decode(&bytes, None).unwrap_err();
            assert_eq!(format!("{found:?}"), format!("{expected:?}"));
        }
    }
}
