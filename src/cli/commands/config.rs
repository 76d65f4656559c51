//! Says what holds where the command line is silent.

use std::path::PathBuf;

use clap::{Args, Command};

use crate::cli::failure::Failure;
use crate::cli::preset::{self, Origin};
use crate::cli::render;
use crate::text::layout;

/// Show what every option of align is, and where that was said
///
/// An option that the command line does not give is taken from the environment, ALIGN_OUT for
/// --out, or else from the nearest align.toml, looked for from the first input upwards:
///
///   source = "en"
///   write = "tmx,xlsx"
///   min-score = 0.3
///
///   [check]
///   fail-on = "error"
///
/// What stands under the name of a command holds for that command only. Paths are taken from
/// the folder of the file.
#[derive(Clone, Debug, Args)]
#[command(verbatim_doc_comment)]
pub(crate) struct ConfigArgs {
    /// The input that the search begins at [default: this folder]
    input: Option<PathBuf>,
}

/// A line an option: its name, its value, and where it is from.
pub(crate) fn run(args: &ConfigArgs, program: Command) -> Result<(), Failure> {
    let rows = preset::in_force(program, args.input.as_deref())?;
    let wide = |of: fn(&preset::Row) -> &str| {
        rows.iter().map(|row| layout::width(of(row))).max().unwrap_or(0)
    };
    let (names, values) = (wide(|row| &row.name), wide(|row| &row.value));
    let line = |row: &preset::Row| {
        let origin = match &row.origin {
            Origin::Default => "default".to_owned(),
            Origin::Environment(name) => name.clone(),
            Origin::File(path) => path.display().to_string(),
        };
        let name = layout::padded(&row.name, names);
        format!("{name}  {}  {origin}\n", layout::padded(&row.value, values))
    };
    render::result(&rows.iter().map(line).collect::<String>());
    Ok(())
}
