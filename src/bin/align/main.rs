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
    let args = args::Args::parse();
    let outcome = args.resolve().and_then(|(config, task)| match task {
        Task::Pair(job) => commands::align::run(config, &job).map(|()| true),
        Task::Folder(job) => commands::batch::run(config, &job),
    });
    match outcome {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::from(1),
        Err(failure) => {
            render::failure(&failure);
            ExitCode::from(2)
        }
    }
}
