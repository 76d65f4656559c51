//! The terms of many documents together: what the records kept, document by document.

use std::io;
use std::path::Path;

use super::record::Records;
use crate::types::{KeptUnit, TermPair, UnitPlace};

/// The terms of the documents that were done, best first; names are those of the records, in
/// order. `mine` is given how many there are, what gives the units of one, and a folder with
/// room for what does not outlive it. Each passage names its document.
///
/// # Errors
///
/// When a record cannot be read, and those of `mine`.
pub fn terms(
    records: &Records,
    names: &[String],
    mine: impl FnOnce(
        usize,
        &mut dyn FnMut(usize) -> io::Result<Vec<KeptUnit>>,
        &Path,
    ) -> io::Result<Vec<TermPair>>,
) -> io::Result<Vec<TermPair>> {
    let mut units = |document: usize| {
        let name = &names[document];
        let named = |unit: KeptUnit| KeptUnit {
            place: UnitPlace { document: name.clone(), ..unit.place },
            ..unit
        };
        Ok(records.units(name)?.into_iter().map(named).collect())
    };
    mine(names.len(), &mut units, &records.scratch())
}
