//! The module `bitext._bitext` of the package `bitext` for Python.
//!
//! Bindings and no more: values are handed over as columns of plain lists, from which the
//! package makes records and tables. What takes time runs without the interpreter's lock, and a
//! panic becomes an exception.

mod columns;
mod engine;
mod fault;
mod options;
mod outcome;
mod scale;
mod termbase;

use std::ffi::OsString;

use pyo3::prelude::*;

/// Runs the program `align` with these arguments, the first of which is its name; gives its
/// exit status.
#[pyfunction]
fn main(py: Python<'_>, argv: Vec<OsString>) -> PyResult<u8> {
    fault::guarded(py, || bitext::cli::run(argv))
}

#[pymodule]
fn _bitext(module: &Bound<'_, PyModule>) -> PyResult<()> {
    fault::silence_pdf_reader();
    module.add("__version__", env!("CARGO_PKG_VERSION"))?;
    module.add_class::<engine::Engine>()?;
    module.add_class::<outcome::Outcome>()?;
    module.add_function(wrap_pyfunction!(main, module)?)?;
    termbase::add_to(module)?;
    scale::add_to(module)
}
