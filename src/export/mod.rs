//! What leaves the house: one file a format.

use std::io;

use crate::types::{Bitext, TermPair};

/// A format that holds an aligned pair.
pub trait BitextFormat {
    /// Writes the whole bitext.
    ///
    /// # Errors
    ///
    /// Those of the writer.
    fn write(&self, bitext: &Bitext, out: &mut dyn io::Write) -> io::Result<()>;
}

/// A format that holds terms.
pub trait TermFormat {
    /// Writes all terms, in the order given.
    ///
    /// # Errors
    ///
    /// Those of the writer.
    fn write(&self, terms: &[TermPair], out: &mut dyn io::Write) -> io::Result<()>;
}
