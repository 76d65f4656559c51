//! What a shell is given: completions of the command line, and a page of the manual.

use clap::{Args, Command};
use clap_complete::Shell;

use crate::cli::failure::Failure;
use crate::cli::render;

/// Print the completions of the command line for a shell
///
/// To be put where the shell looks for them, for example
///
///   align completions bash > ~/.local/share/bash-completion/completions/align
///   align completions zsh  > ~/.zfunc/_align
///   align completions fish > ~/.config/fish/completions/align.fish
#[derive(Clone, Debug, Args)]
#[command(verbatim_doc_comment)]
pub(crate) struct CompletionsArgs {
    /// The shell
    shell: Shell,
}

/// Print the page of the manual, in troff
///
/// To be read with `align man | man -l -`, or installed as align.1; with the name of a command,
/// that of the command.
#[derive(Clone, Debug, Args)]
pub(crate) struct ManArgs {
    /// A command, such as check, or two, such as glossary import
    command: Vec<String>,
}

/// The completions, to standard output.
pub(crate) fn completions(args: &CompletionsArgs, mut program: Command) {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut program, "align", &mut script);
    render::bytes(&script);
}

/// The page of the manual, to standard output.
pub(crate) fn man(args: &ManArgs, mut program: Command) -> Result<(), Failure> {
    program.build();
    let mut page = &program;
    for name in &args.command {
        page = page
            .find_subcommand(name)
            .ok_or_else(|| Failure::NoCommand(args.command.join(" ")))?;
    }
    let mut text = Vec::new();
    clap_mangen::Man::new(page.clone()).render(&mut text).map_err(Failure::Output)?;
    render::bytes(&text);
    Ok(())
}
