//! Names of options, as the program has them.

use bitext::config::{Level, Moved};
use bitext::export::Columns;
use bitext::mine::{Order, Strictness};
use bitext::types::{Keep, Side};
use pyo3::prelude::*;

use crate::fault::named;

pub(crate) fn level(name: &str) -> PyResult<Level> {
    named(
        "level",
        name,
        &[("paragraph", Level::Paragraph), ("sentence", Level::Sentence)],
    )
}

pub(crate) fn moved(name: &str) -> PyResult<Moved> {
    let known = [("report", Moved::Report), ("link", Moved::Link), ("off", Moved::Off)];
    named("moved", name, &known)
}

pub(crate) fn strictness(name: &str) -> PyResult<Strictness> {
    let known = [
        ("strict", Strictness::Strict),
        ("balanced", Strictness::Balanced),
        ("broad", Strictness::Broad),
    ];
    named("terms", name, &known)
}

pub(crate) fn order(name: &str) -> PyResult<Order> {
    let known = [
        ("confidence", Order::Confidence),
        ("count", Order::Count),
        ("documents", Order::Documents),
    ];
    named("sort", name, &known)
}

pub(crate) fn source(name: &str) -> PyResult<Side> {
    named("source", name, &[("zh", Side::Zh), ("en", Side::En)])
}

pub(crate) fn columns(name: &str) -> PyResult<Columns> {
    let known =
        [("full", Columns::Full), ("two", Columns::Two), ("three", Columns::Three)];
    named("columns", name, &known)
}

pub(crate) fn keep(names: &[String]) -> PyResult<Keep> {
    let mut keep = Keep::default();
    for name in names {
        match name.as_str() {
            "furniture" => keep.furniture = true,
            "contents" => keep.contents = true,
            "hidden" => keep.hidden = true,
            "all" => keep = Keep::ALL,
            _ => {
                let known = ["furniture", "contents", "hidden", "all"];
                let known = known.map(|name| (name, ()));
                named("keep", name, &known)?;
            }
        }
    }
    Ok(keep)
}
