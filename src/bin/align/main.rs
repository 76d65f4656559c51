//! The program `align`: parse, call the library, render.

mod args;
mod clock;
mod commands;
mod failure;
mod name;
mod progress;
mod render;
mod summary;

use std::process::ExitCode;

use clap::Parser as _;

fn main() -> ExitCode {
    let args = args::Args::parse();
    let outcome =
        args.resolve().and_then(|(config, job)| commands::align::run(config, &job));
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            render::failure(&failure);
            ExitCode::from(2)
        }
    }
}
