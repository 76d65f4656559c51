//! Web pages and Markdown of two pairs of `corpora/` give the beads that the text gives. What
//! other programs make of the pairs is tried by `tests/programs`.

use crate::retold::Shelf;

#[test]
fn pages_and_markdown_give_the_beads_of_the_text() {
    let shelf = Shelf::new();
    shelf.holds("web", "html", [0, 0]);
    // Markdown counts its lists itself, so the slip that is planted in paragraph 17 is gone.
    shelf.holds("web", "md", [1, 0]);
}
