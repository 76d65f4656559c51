//! What goes wrong, as exceptions of the package.

use std::panic::{AssertUnwindSafe, catch_unwind};

use bitext::glossary::GlossaryError;
use bitext::read::ReadError;
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;

/// The exceptions, as `bitext/_errors.py` defines them.
mod raised {
    pyo3::import_exception!(bitext._errors, Fault);
    pyo3::import_exception!(bitext._errors, GlossaryError);
    pyo3::import_exception!(bitext._errors, ReadError);
}

/// Does a work without the interpreter's lock. A panic is a `Fault`.
pub(crate) fn guarded<T: Send>(
    py: Python<'_>,
    work: impl FnOnce() -> T + Send,
) -> PyResult<T> {
    py.detach(|| catch_unwind(AssertUnwindSafe(work))).map_err(|panic| {
        let told = panic.downcast_ref::<String>().map(String::as_str);
        let told = told.or_else(|| panic.downcast_ref::<&str>().copied());
        raised::Fault::new_err(format!(
            "the program broke off: {}",
            told.unwrap_or("a panic")
        ))
    })
}

/// What goes wrong inside a PDF is told as an error of that file, not as a fault of ours.
pub(crate) fn silence_pdf_reader() {
    let usual = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |info| {
        if std::thread::current().name() != Some(bitext::read::PDF_THREAD) {
            usual(info);
        }
    }));
}

/// A file could not be read.
pub(crate) fn unread(error: ReadError) -> PyErr {
    raised::ReadError::new_err(error.to_string())
}

/// A glossary could not be read or written.
pub(crate) fn glossary(error: GlossaryError) -> PyErr {
    raised::GlossaryError::new_err(error.to_string())
}

/// The one of some that is called so.
pub(crate) fn named<T: Copy>(what: &str, name: &str, known: &[(&str, T)]) -> PyResult<T> {
    let found = known.iter().find(|(known, _)| *known == name);
    found.map(|(_, value)| *value).ok_or_else(|| {
        let known: Vec<&str> = known.iter().map(|(name, _)| *name).collect();
        let known = known.join(", ");
        PyValueError::new_err(format!("{what} \"{name}\" is none of {known}"))
    })
}
