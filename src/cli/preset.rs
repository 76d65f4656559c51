//! What an option is where the command line does not say: by the environment, or else by the
//! nearest `align.toml`.
//!
//! Nothing here knows the options: they are those of the command that is asked for. What is
//! found is put on the command line and read as if it had been typed, so that there is one
//! reader of values, with one set of messages.

use std::any::TypeId;
use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};

use clap::parser::ValueSource;
use clap::{Arg, ArgAction, ArgMatches, Command};
use strsim::osa_distance;

/// The file of options.
const FILE: &str = "align.toml";

/// Why a file of options cannot be taken.
#[derive(Debug, thiserror::Error)]
pub(crate) enum PresetError {
    /// The file cannot be read.
    #[error("{}: {source}", path.display())]
    Read {
        /// The file.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// It is no TOML.
    #[error("{}: {message}", path.display())]
    Syntax {
        /// The file.
        path: PathBuf,
        /// What is wrong, and in which line.
        message: String,
    },
    /// No command has such an option.
    #[error("{}: there is no option {key}", path.display())]
    Unknown {
        /// The file.
        path: PathBuf,
        /// As it stands there.
        key: String,
        /// The option that is spelled nearly so.
        near: Option<String>,
    },
    /// A value that no option can have.
    #[error("{}: {key} is neither text, number, truth value, nor a list of these", path.display())]
    Value {
        /// The file.
        path: PathBuf,
        /// The option.
        key: String,
    },
}

impl PresetError {
    /// What to do about it.
    pub(crate) fn hint(&self) -> Option<String> {
        match self {
            PresetError::Unknown { near: Some(near), .. } => {
                Some(format!("did you mean {near}?"))
            }
            PresetError::Unknown { .. } => Some(
                "`align --help` names the options; here they stand without --".into(),
            ),
            PresetError::Read { .. } | PresetError::Syntax { .. } => None,
            PresetError::Value { .. } => Some("for example: write = \"tmx,xlsx\"".into()),
        }
    }
}

/// Where the value of an option is from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Origin {
    /// Nobody said.
    Default,
    /// A variable of the environment, by its name.
    Environment(String),
    /// A file of options.
    File(PathBuf),
}

/// An option as it is in force.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Row {
    /// Its name, without dashes.
    pub(crate) name: String,
    /// As it would be typed; empty where it is off.
    pub(crate) value: String,
    pub(crate) origin: Origin,
}

/// A command line of the program with what the environment and `align.toml` add to it.
///
/// One that cannot be read stays as it is, to be refused by whoever reads it.
pub(crate) fn completed(
    mut program: Command,
    argv: Vec<OsString>,
) -> Result<Vec<OsString>, PresetError> {
    program.build();
    let Ok(matches) = program.clone().try_get_matches_from(&argv) else {
        return Ok(argv);
    };
    let (command, given, place) = match matches.subcommand() {
        // Where a command has commands of its own, its options are few and meant as typed.
        Some((name, given)) => match program.find_subcommand(name) {
            Some(command) if !command.has_subcommands() && takes_text(command) => {
                (command, given, 2)
            }
            _ => return Ok(argv),
        },
        None => (&program, &matches, 1),
    };
    let input = given.get_one::<PathBuf>("zh").map(PathBuf::as_path);
    let file = File::nearest(input, &program)?;
    let is_given = |arg: &Arg| is_typed(given, arg);
    let added = options(command)
        .filter(|arg| !is_given(arg) && !excluded(command, arg, given))
        .filter_map(|arg| preset(command, arg, file.as_ref()))
        .flat_map(|(arg, value, _)| words(arg, &value));
    let mut completed = argv.clone();
    let place = place.min(completed.len());
    completed.splice(place..place, added);
    Ok(completed)
}

/// Every option of the aligning itself, as it is in force for an input.
pub(crate) fn in_force(
    mut program: Command,
    input: Option<&Path>,
) -> Result<Vec<Row>, PresetError> {
    program.build();
    let file = File::nearest(input, &program)?;
    let row = |arg: &Arg| {
        let name = arg.get_long().unwrap_or_default().to_owned();
        match preset(&program, arg, file.as_ref()) {
            Some((_, value, origin)) => Row { name, value, origin },
            None => {
                let default = arg.get_default_values().join(OsStr::new(","));
                let value = match is_switch(arg) {
                    true => String::new(),
                    false => default.to_string_lossy().into_owned(),
                };
                Row { name, value, origin: Origin::Default }
            }
        }
    };
    Ok(options(&program).map(row).collect())
}

/// The options of a command that may be preset.
fn options(command: &Command) -> impl Iterator<Item = &Arg> {
    command.get_arguments().filter(|arg| {
        arg.get_long().is_some_and(|name| !matches!(name, "help" | "version"))
    })
}

/// Does the command align?
fn takes_text(command: &Command) -> bool {
    command.get_arguments().any(|arg| arg.get_id() == "zh")
}

fn is_typed(given: &ArgMatches, arg: &Arg) -> bool {
    given.value_source(arg.get_id().as_str()) == Some(ValueSource::CommandLine)
}

/// Does something that is typed leave no room for the option?
fn excluded(command: &Command, arg: &Arg, given: &ArgMatches) -> bool {
    let conflicts = command.get_arg_conflicts_with(arg);
    conflicts.into_iter().any(|other| is_typed(given, other))
}

fn is_switch(arg: &Arg) -> bool {
    matches!(arg.get_action(), ArgAction::SetTrue)
}

/// The value of an option and where it was said.
fn preset<'a>(
    command: &Command,
    arg: &'a Arg,
    file: Option<&File>,
) -> Option<(&'a Arg, String, Origin)> {
    let name = arg.get_long()?;
    let variable = format!("ALIGN_{}", name.replace('-', "_").to_uppercase());
    if let Some(value) = std::env::var(&variable).ok().filter(|value| !value.is_empty()) {
        return Some((arg, value, Origin::Environment(variable)));
    }
    let file = file?;
    let mut value = file.value(command.get_name(), name)?;
    let is_path = arg.get_value_parser().type_id() == TypeId::of::<PathBuf>();
    if is_path && let Some(folder) = file.path.parent() {
        value = folder.join(value).to_string_lossy().into_owned();
    }
    Some((arg, value, Origin::File(file.path.clone())))
}

/// An option as it would be typed; nothing for a switch that is off.
fn words(arg: &Arg, value: &str) -> Option<OsString> {
    let name = arg.get_long()?;
    if is_switch(arg) {
        let is_on = !matches!(value, "0" | "false" | "no" | "off");
        return is_on.then(|| format!("--{name}").into());
    }
    Some(format!("--{name}={value}").into())
}

/// Where the file of options lies that is meant for an input.
pub(crate) fn nearest(input: &Path) -> Option<PathBuf> {
    let here = std::path::absolute(input).ok()?;
    here.ancestors().map(|folder| folder.join(FILE)).find(|file| file.is_file())
}

/// A file of options.
#[derive(Debug)]
struct File {
    path: PathBuf,
    table: toml::Table,
}

impl File {
    /// The file in the folder of an input, or in one above it.
    fn nearest(
        input: Option<&Path>,
        program: &Command,
    ) -> Result<Option<File>, PresetError> {
        let found = nearest(input.unwrap_or(Path::new(".")));
        found.map(|path| File::read(path, program)).transpose()
    }

    fn read(path: PathBuf, program: &Command) -> Result<File, PresetError> {
        let text = match std::fs::read_to_string(&path) {
            Ok(text) => text,
            Err(source) => return Err(PresetError::Read { path, source }),
        };
        let table = match text.parse::<toml::Table>() {
            Ok(table) => table,
            Err(error) => {
                let message = error.to_string().trim_end().to_owned();
                return Err(PresetError::Syntax { path, message });
            }
        };
        let file = File { path, table };
        file.check(program)?;
        Ok(file)
    }

    /// Is every key an option, or the name of a command with options of its own?
    fn check(&self, program: &Command) -> Result<(), PresetError> {
        let commands = || program.get_subcommands().filter(|command| takes_text(command));
        for (key, value) in &self.table {
            match (value, commands().find(|command| command.get_name() == key)) {
                (toml::Value::Table(inner), Some(command)) => {
                    for (key, value) in inner {
                        self.check_option(key, value, &[command])?;
                    }
                }
                _ => {
                    let all: Vec<&Command> =
                        [program].into_iter().chain(commands()).collect();
                    self.check_option(key, value, &all)?;
                }
            }
        }
        Ok(())
    }

    fn check_option(
        &self,
        key: &str,
        value: &toml::Value,
        commands: &[&Command],
    ) -> Result<(), PresetError> {
        let names = || {
            commands
                .iter()
                .flat_map(|&command| options(command))
                .filter_map(Arg::get_long)
        };
        if !names().any(|name| name == key) {
            let near = names()
                .map(|name| (osa_distance(name, key), name))
                .min()
                .filter(|&(distance, _)| distance <= 2)
                .map(|(_, name)| name.to_owned());
            let path = self.path.clone();
            return Err(PresetError::Unknown { path, key: key.to_owned(), near });
        }
        match typed(value) {
            Some(_) => Ok(()),
            None => {
                Err(PresetError::Value { path: self.path.clone(), key: key.to_owned() })
            }
        }
    }

    /// The value of an option: that of the command, else that of all commands.
    fn value(&self, command: &str, name: &str) -> Option<String> {
        let own = self.table.get(command).and_then(|table| table.get(name));
        own.or_else(|| self.table.get(name)).and_then(typed)
    }
}

/// A value as it would be typed.
fn typed(value: &toml::Value) -> Option<String> {
    match value {
        toml::Value::String(text) => Some(text.clone()),
        toml::Value::Integer(number) => Some(number.to_string()),
        toml::Value::Float(number) => Some(number.to_string()),
        toml::Value::Boolean(is_on) => Some(is_on.to_string()),
        toml::Value::Array(items) => items
            .iter()
            .map(typed)
            .collect::<Option<Vec<_>>>()
            .map(|items| items.join(",")),
        toml::Value::Datetime(_) | toml::Value::Table(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory as _;

    use super::*;
    use crate::cli::commands::Cli;

    fn argv(words: &[&str]) -> Vec<OsString> {
        words.iter().map(OsString::from).collect()
    }

    fn completed_in(toml: &str, words: &[&str]) -> Result<Vec<String>, PresetError> {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join(FILE), toml).unwrap();
        let inner = folder.path().join("un/2026");
        std::fs::create_dir_all(&inner).unwrap();
        let zh = inner.join("zh.txt");
        let words: Vec<&str> = words
            .iter()
            .map(|&w| if w == "ZH" { zh.to_str().unwrap() } else { w })
            .collect();
        let root = folder.path().to_string_lossy().into_owned();
        let shown = |word: OsString| word.to_string_lossy().replace(&root, "ROOT");
        Ok(completed(Cli::command(), argv(&words))?.into_iter().map(shown).collect())
    }

    #[test]
    fn a_file_above_the_input_says_what_is_not_typed() {
        let toml = "source = \"en\"\nmin-score = 0.3\nforce = true\nmerge = false\n\
                    out = \"made\"\nkeep = [\"contents\", \"hidden\"]\n";
        let completed = completed_in(toml, &["align", "ZH", "--source", "zh"]).unwrap();
        assert_eq!(
            completed,
            [
                "align",
                "--out=ROOT/made",
                "--force",
                "--keep=contents,hidden",
                "--min-score=0.3",
                "ROOT/un/2026/zh.txt",
                "--source",
                "zh",
            ]
        );
    }

    #[test]
    fn what_stands_under_a_command_holds_for_that_command() {
        let toml = "write = \"tmx\"\n[check]\nfail-on = \"error\"\nwrite = \"html\"\n";
        let checked = completed_in(toml, &["align", "check", "ZH"]).unwrap();
        assert!(checked.contains(&"--fail-on=error".to_owned()), "{checked:?}");
        assert!(checked.contains(&"--write=html".to_owned()), "{checked:?}");
        let aligned = completed_in(toml, &["align", "ZH"]).unwrap();
        assert_eq!(aligned, ["align", "--write=tmx", "ROOT/un/2026/zh.txt"]);
    }

    #[test]
    fn a_key_that_is_no_option_is_told_with_its_neighbour() {
        let error = completed_in("scource = \"en\"\n", &["align", "ZH"]).unwrap_err();
        assert!(error.to_string().ends_with("there is no option scource"), "{error}");
        assert_eq!(error.hint().as_deref(), Some("did you mean source?"));
        let error = completed_in("source = \n", &["align", "ZH"]).unwrap_err();
        assert!(error.to_string().contains("line 1"), "{error}");
        let error = completed_in("source = 1979-05-27\n", &["align", "ZH"]).unwrap_err();
        assert!(matches!(error, PresetError::Value { .. }), "{error}");
    }

    #[test]
    fn a_line_that_cannot_be_read_stays_as_it_is() {
        let words = ["align", "ZH", "--no-such-option"];
        assert_eq!(completed_in("source = \"en\"\n", &words).unwrap().len(), 3);
        assert_eq!(completed_in("source = \"en\"\n", &["align"]).unwrap(), ["align"]);
    }
}
