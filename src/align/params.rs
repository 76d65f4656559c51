/// What can be tuned in the alignment.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Params {}
