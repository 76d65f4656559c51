/// The text of one file, decoded, as it stood.
///
/// Line ends are `\n` whatever they were in the file; form feeds are kept, they say where a
/// page begins.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// The name to speak of the file by: its path as given.
    pub name: String,
    /// The decoded text.
    pub text: String,
    /// The encoding it was read in, by its WHATWG name.
    pub encoding: &'static str,
}
