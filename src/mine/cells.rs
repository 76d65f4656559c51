//! Rows of a table to their cells.
//!
//! A term never crosses the border of a cell. A row whose two sides have equally many cells is
//! mined cell by cell; in another the borders are marks, which no term crosses.

use super::unit::Unit;
use crate::text::Span;
use crate::types::{Pair, Side, Token, TokenKind};

/// What parts two cells in the text of a row.
const BORDER: char = '\t';

impl Unit {
    /// The cells of a row, each a unit; of any other unit the unit itself.
    pub fn into_cells(self) -> Vec<Unit> {
        let cells = self.text.as_ref().map(|text| cells_of(text));
        if cells.zh.len() == 1 && cells.en.len() == 1 {
            return vec![self];
        }
        if cells.zh.len() != cells.en.len() {
            return vec![self.with_borders()];
        }
        let cell = |(zh, en): (&Span, &Span)| {
            let at = Pair::new(*zh, *en);
            Unit {
                text: at.map_sides(|side, span| span.of(self.text.get(side)).to_owned()),
                tokens: at.map_sides(|side, span| self.tokens_in(side, span)),
                bead: self.bead,
                place: self.place.clone(),
            }
        };
        let filled = |unit: &Unit| {
            !unit.text.zh.trim().is_empty() && !unit.text.en.trim().is_empty()
        };
        cells.zh.iter().zip(&cells.en).map(cell).filter(filled).collect()
    }

    /// The words of a cell, where they stand in it.
    fn tokens_in(&self, side: Side, cell: Span) -> Vec<Token> {
        let is_inside =
            |token: &&Token| cell.start <= token.span.start && token.span.end <= cell.end;
        let moved = |token: &Token| {
            let span =
                Span::new(token.span.start - cell.start, token.span.end - cell.start);
            Token { span, ..token.clone() }
        };
        self.tokens.get(side).iter().filter(is_inside).map(moved).collect()
    }

    /// The unit with a mark at each border of its cells.
    fn with_borders(self) -> Unit {
        let tokens = Pair::new(Side::Zh, Side::En).map(|side| {
            let borders =
                self.text.get(side).match_indices(BORDER).map(|(at, border)| {
                    let span = Span::new(at, at + border.len());
                    let kind = TokenKind::Mark;
                    Token {
                        span,
                        kind,
                        form: "P;".into(),
                        is_stop: false,
                        is_capital: false,
                    }
                });
            let mut tokens: Vec<Token> =
                self.tokens.get(side).iter().cloned().chain(borders).collect();
            tokens.sort_by_key(|token| token.span.start);
            tokens
        });
        Unit { tokens, ..self }
    }
}

/// Where the cells of a text stand.
fn cells_of(text: &str) -> Vec<Span> {
    let mut at = 0;
    let cell = |cell: &str| {
        let span = Span::new(at, at + cell.len());
        at = span.end + BORDER.len_utf8();
        span
    };
    text.split(BORDER).map(cell).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lexicon::Seed;
    use crate::tokenize::tokenize;
    use crate::types::UnitPlace;

    fn unit(zh: &str, en: &str) -> Unit {
        let text = Pair::new(zh.to_owned(), en.to_owned());
        let tokens =
            text.as_ref().map_sides(|side, text| tokenize(side, text, Seed::shipped()));
        Unit { text, tokens, bead: 3, place: UnitPlace::default() }
    }

    fn texts(units: &[Unit]) -> Vec<(&str, &str)> {
        units.iter().map(|unit| (&unit.text.zh[..], &unit.text.en[..])).collect()
    }

    #[test]
    fn a_row_is_mined_cell_by_cell() {
        let cells = unit("航标\t\t高度", "sea mark\t\theight").into_cells();
        assert_eq!(texts(&cells), [("航标", "sea mark"), ("高度", "height")]);
        let height = &cells[1];
        assert_eq!(height.tokens.en[0].span.of(&height.text.en), "height");
        assert_eq!(height.bead, 3);
    }

    #[test]
    fn what_is_no_row_stays_whole() {
        assert_eq!(unit("航标高度", "height of a sea mark").into_cells().len(), 1);
    }

    #[test]
    fn no_term_crosses_a_border_of_uneven_rows() {
        let cells = unit("航标\t高度", "sea mark\theight\tnote").into_cells();
        let marks = cells[0].tokens.en.iter().filter(|t| t.kind == TokenKind::Mark);
        assert_eq!(marks.count(), 2);
        assert!(cells[0].tokens.zh.is_sorted_by_key(|token| token.span.start));
    }
}
