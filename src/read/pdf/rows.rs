//! Rows of tables: lines whose cells stand below one another in several columns.

use super::printed::{GUTTER, PrintedLine, is_level};

/// A table has so many columns: two may as well be a contents with its page numbers, or the
/// columns of a page.
const FEWEST_CELLS: usize = 3;

/// So many cells of a row begin where those of the row beside it do.
const FEWEST_SHARED: usize = 3;

/// For each line, whether it surely begins a paragraph because it is a row of a table, or
/// stands behind the last one.
pub(super) fn begins(lines: &[PrintedLine<'_>]) -> Vec<bool> {
    let cells: Vec<Vec<f32>> = lines.iter().map(cells).collect();
    let are_rows = |one: usize, other: usize| {
        let is_shared = |&&x: &&f32| {
            let size = lines[one].size;
            cells[other].iter().any(|&other| is_level(x, other, size))
        };
        lines[one].is_level_with(&lines[other])
            && cells[one].iter().filter(is_shared).count() >= FEWEST_SHARED
    };
    let mut begins = vec![false; lines.len()];
    // The last row before, and the place where its first cell begins.
    let mut row: Option<usize> = None;
    for k in 0..lines.len() {
        let is_full = |k: &usize| cells[*k].len() >= FEWEST_CELLS;
        // A cell of a row may go on in lines below it.
        let mut near = (k + 1..lines.len()).take(MOST_LINES).filter(is_full);
        let next = near.next();
        let is_row = is_full(&k)
            && (row.is_some_and(|row| are_rows(k, row))
                || next.is_some_and(|n| are_rows(k, n)));
        let is_behind = row.is_some_and(|row| {
            lines[k].x <= lines[row].x || lines[k].is_level_with(&lines[row])
        });
        begins[k] = is_row || is_behind;
        row = if is_row { Some(k) } else { row.filter(|_| !is_behind) };
    }
    begins
}

/// The most lines that a row takes.
const MOST_LINES: usize = 6;

/// Where the cells of a line begin.
fn cells(line: &PrintedLine<'_>) -> Vec<f32> {
    let first = line.letters.first().map(|letter| letter.x);
    let others = line.letters.iter().filter(|letter| letter.room >= GUTTER);
    first.into_iter().chain(others.map(|letter| letter.x)).collect()
}

#[cfg(test)]
mod tests {
    use super::super::printed::tests::line;
    use super::*;

    #[test]
    fn rows_whose_cells_stand_below_one_another_are_rows() {
        let lines = [
            line(50.0, &[(1, 0.0, "Keys of the town")]),
            line(50.0, &[(1, 0.0, "key"), (1, 6.0, "room"), (1, 5.0, "lent")]),
            line(50.0, &[(1, 0.0, "key"), (1, 6.0, "roof"), (1, 5.0, "no")]),
            line(125.0, &[(1, 0.0, "of the tower")]),
            line(50.0, &[(1, 0.0, "Nobody lends the keys.")]),
        ];
        assert_eq!(begins(&lines), [false, true, true, false, true]);
    }

    #[test]
    fn lines_with_wide_blanks_at_chance_are_none() {
        let lines = [
            line(50.0, &[(1, 0.0, "Date"), (1, 3.0, "Place"), (1, 2.0, "Hand")]),
            line(
                50.0,
                &[(1, 0.0, "Seal of the registrar"), (1, 4.0, "and"), (1, 7.0, "mine")],
            ),
        ];
        assert_eq!(begins(&lines), [false, false]);
    }
}
