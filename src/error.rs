//! What can fail at the rim, joined.

use crate::check::ExceptionsError;
use crate::eval::GoldError;
use crate::export::ExportError;
use crate::glossary::GlossaryError;
use crate::read::ReadError;

/// Why there is no outcome.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// An input could not be read.
    #[error(transparent)]
    Read(#[from] ReadError),
    /// A glossary could not be read.
    #[error(transparent)]
    Glossary(#[from] GlossaryError),
    /// A folder with gold could not be read.
    #[error(transparent)]
    Gold(#[from] GoldError),
    /// A file of accepted findings could not be read.
    #[error(transparent)]
    Exceptions(#[from] ExceptionsError),
    /// An output could not be written.
    #[error(transparent)]
    Export(#[from] ExportError),
}
