/// What can be tuned in the mining.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Params {}
