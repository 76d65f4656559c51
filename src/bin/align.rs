//! The program `align`.

use std::process::ExitCode;

fn main() -> ExitCode {
    ExitCode::from(bitext::cli::run(std::env::args_os()))
}
