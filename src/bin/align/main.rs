//! The program `align`: parse, call the library, render.

mod args;
mod board;
mod clock;
mod commands;
mod failure;
mod findings;
mod name;
mod overview;
mod progress;
mod render;
mod summary;

use std::process::ExitCode;

use clap::Parser as _;

use crate::args::{Cli, Command, Task};
use crate::failure::Failure;

fn main() -> ExitCode {
    silence_pdf_reader();
    match run(Cli::parse()) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::from(1),
        Err(failure) => {
            render::failure(&failure);
            ExitCode::from(2)
        }
    }
}

/// Does what was asked for. Was all of it done?
fn run(cli: Cli) -> Result<bool, Failure> {
    match cli.command {
        Some(Command::Check(args)) => commands::check::run(*args),
        Some(Command::Eval(ref args)) => commands::eval::run(args).map(|()| true),
        Some(Command::Glossary(ref args)) => commands::glossary::run(args),
        None => {
            let args = cli.args().expect("clap asks for files where there is no command");
            let (config, task) = args.resolve()?;
            match task {
                Task::Pair(job) => commands::align::run(config, &job),
                Task::Folder(job) => commands::batch::run(config, &job),
            }
        }
    }
}

/// What goes wrong inside a PDF is told as an error of that file, not as a fault of ours.
fn silence_pdf_reader() {
    let usual = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |info| {
        if std::thread::current().name() != Some(bitext::read::PDF_THREAD) {
            usual(info);
        }
    }));
}
