//! The termbase that a command is about, and who changes it.

use std::path::Path;

use crate::glossary::{GlossaryError, Stamp, Store, Termbase};
use clap::Args;

use crate::cli::clock;
use crate::cli::failure::Failure;
use crate::cli::who::who;

/// Who makes a change.
#[derive(Clone, Debug, Args)]
pub(super) struct Signature {
    /// Who decides [default: ALIGN_WHO, or the name you are logged in by]
    #[arg(long, value_name = "NAME")]
    who: Option<String>,
}

impl Signature {
    pub(super) fn stamp(&self) -> Stamp {
        Stamp { day: clock::today(), who: who(self.who.as_deref()) }
    }
}

/// The termbase of a command that needs one.
pub(super) fn existing(path: &Path) -> Result<Store, Failure> {
    match path.exists() {
        true => Ok(Store::new(path)),
        false => Err(GlossaryError::Missing { path: path.to_owned() }.into()),
    }
}

/// What stands in it.
pub(super) fn load(path: &Path) -> Result<Termbase, Failure> {
    Ok(existing(path)?.load()?)
}
