//! The program `align`: parse, call the library, render.
//!
//! A function and no binary, so that a package of another language can carry the same
//! program.
//!
//! ```text
//! preset ─▶ options ─▶ job ─▶ workshop ─▶ commands     what was typed, what is meant, who does it
//!   summary, overview, findings, tally, wording     an outcome in words
//!                       render, progress     what is printed
//! ```

mod board;
mod clock;
mod commands;
mod counted;
mod deciding;
mod earlier;
mod failure;
mod findings;
mod in_parts;
mod inputs;
mod interrupt;
mod job;
mod mistyped;
mod name;
mod options;
mod overview;
mod page;
mod preset;
mod progress;
mod render;
mod status;
mod summary;
mod tally;
mod terminal;
mod texts;
mod told;
mod who;
mod wording;
mod workshop;

use std::ffi::OsString;

use clap::{CommandFactory as _, Parser as _};

pub use self::name::derive as pair_name;
use crate::cli::commands::Cli;

/// Runs the program with these arguments, the first of which is its name, and gives its exit
/// status: 0 all done, 1 done but for a part, 2 nothing done, 3 done, but the texts are no
/// translations of one another.
///
/// Speaks to the standard output and error streams. Where the arguments ask for help, or
/// cannot be read, the text of `clap` says so, with the status that it gives.
pub fn run(argv: impl IntoIterator<Item = OsString>) -> u8 {
    silence_pdf_reader();
    let argv: Vec<OsString> = argv.into_iter().collect();
    let program = Cli::command();
    if let Some(failure) = mistyped::find(&program, &argv) {
        render::failure(&failure);
        return 2;
    }
    let argv = match preset::completed(program, argv) {
        Ok(argv) => argv,
        Err(error) => {
            render::failure(&error.into());
            return 2;
        }
    };
    let cli = match Cli::try_parse_from(argv) {
        Ok(cli) => cli,
        Err(error) => {
            // A closed pipe leaves nobody to be told.
            let _ = error.print();
            return u8::try_from(error.exit_code()).unwrap_or(2);
        }
    };
    match commands::dispatch(cli) {
        Ok(status) => status.code(),
        Err(failure) => {
            render::failure(&failure);
            2
        }
    }
}

/// What goes wrong inside a PDF is told as an error of that file, not as a fault of ours.
fn silence_pdf_reader() {
    let usual = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |info| {
        if std::thread::current().name() != Some(crate::read::PDF_THREAD) {
            usual(info);
        }
    }));
}
