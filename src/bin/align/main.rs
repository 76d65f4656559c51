//! The program `align`: parse, call the library, render.

mod args;
mod board;
mod clock;
mod commands;
mod failure;
mod name;
mod overview;
mod progress;
mod render;
mod summary;

use std::process::ExitCode;

use clap::Parser as _;

use crate::args::Task;

fn main() -> ExitCode {
    silence_pdf_reader();
    let mut typed = std::env::args_os();
    let outcome = if typed.nth(1).is_some_and(|word| word == "eval") {
        let words = std::iter::once(std::ffi::OsString::from("align eval")).chain(typed);
        commands::eval::run(&commands::eval::EvalArgs::parse_from(words)).map(|()| true)
    } else {
        let args = args::Args::parse();
        args.resolve().and_then(|(config, task)| match task {
            Task::Pair(job) => commands::align::run(config, &job).map(|()| true),
            Task::Folder(job) => commands::batch::run(config, &job),
        })
    };
    match outcome {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::from(1),
        Err(failure) => {
            render::failure(&failure);
            ExitCode::from(2)
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
