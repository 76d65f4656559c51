//! All that can be tuned, stage by stage.

/// The parameters of every stage.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Config {
    /// Each non-empty line is a segment already: nothing is cleaned, joined or split.
    pub lines: bool,
    /// Of the alignment.
    pub align: crate::align::Params,
    /// Of the mining.
    pub mine: crate::mine::Params,
}
