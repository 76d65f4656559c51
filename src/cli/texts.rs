//! The texts that a command is given: files, and one of them may be the standard input.

use std::io::{self, IsTerminal as _};
use std::path::Path;
use std::sync::OnceLock;

use crate::read::{self, Origin, PartSize, Parts, drain, read_input_from};
use crate::types::{Input, Noted, Pair};

use crate::cli::failure::Failure;
use crate::cli::{name, render};

/// What stands for the standard input, or for the standard output.
const STANDARD: &str = "-";

/// What the standard input is called in outputs and messages.
const STDIN: &str = "stdin";

/// Is it the standard input or output that is meant?
pub(crate) fn is_standard(path: &Path) -> bool {
    path == Path::new(STANDARD)
}

/// What the outputs of a pair are called where nobody says.
pub(crate) fn name_of(zh: &Path, en: &Path) -> String {
    match is_standard(zh) || is_standard(en) {
        true => STDIN.to_owned(),
        false => name::derive(zh, en),
    }
}

/// Reads two texts, or one that holds both languages.
pub(crate) fn read(
    first: &Path,
    second: Option<&Path>,
    encodings: Pair<Option<&str>>,
) -> Result<Noted<Input>, Failure> {
    if is_standard(first) && second.is_some_and(is_standard) {
        return Err(Failure::StdinTwice);
    }
    let second = second.map(origin).transpose()?;
    Ok(read_input_from(origin(first)?, second, encodings)?)
}

/// A memory or a table in parts, from the first on; `None` of what is read at once.
pub(crate) fn parts<'a>(
    path: &'a Path,
    encodings: Pair<Option<&str>>,
    size: PartSize,
) -> Result<Option<Parts<'a>>, Failure> {
    Ok(read::parts(origin(path)?, encodings, size)?)
}

fn origin(path: &Path) -> Result<Origin<'_>, Failure> {
    match is_standard(path) {
        true => Ok(Origin::Held { name: STDIN, bytes: stdin()? }),
        false => Ok(Origin::File(path)),
    }
}

/// The bytes of the standard input, which are there once for all who ask.
fn stdin() -> Result<&'static [u8], Failure> {
    static BYTES: OnceLock<Vec<u8>> = OnceLock::new();
    if let Some(bytes) = BYTES.get() {
        return Ok(bytes);
    }
    let stdin = io::stdin();
    if stdin.is_terminal() {
        render::talk("A text is read from the terminal; Ctrl-D ends it.\n");
    }
    let bytes = drain(STDIN, stdin.lock())?;
    Ok(BYTES.get_or_init(|| bytes))
}
