//! Cells that a spreadsheet would not keep as they are.
//!
//! Opened in a spreadsheet, a cell `=1+1` of a CSV file is run, `007` becomes 7 and
//! `2026-01-02` a date. An apostrophe before it makes it text; [`restored`] takes it away.

use std::borrow::Cow;

use super::number::MONTHS;

/// How long a cell may be, in characters, to be taken for a number or a date.
const LONGEST_NUMBER: usize = 40;

/// Letters that numbers and dates hold in a spreadsheet: `1e5`, `3 pm`, `2026年1月2日`.
const WORDS: [&str; 24] = [
    "am", "pm", "e", "t", "z", "st", "nd", "rd", "th", "jan", "feb", "mar", "apr", "may",
    "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec", "true", "false",
];

/// A cell that a spreadsheet keeps as text.
pub fn harmless(cell: &str) -> Cow<'_, str> {
    if is_touched(cell.trim_start_matches('\'')) {
        Cow::Owned(format!("'{cell}"))
    } else {
        Cow::Borrowed(cell)
    }
}

/// A cell of a report: a formula becomes text, and a number stays one to reckon with.
pub fn unrun(cell: &str) -> Cow<'_, str> {
    if is_formula(cell) { Cow::Owned(format!("'{cell}")) } else { Cow::Borrowed(cell) }
}

/// The cell that [`harmless`] was given.
pub fn restored(cell: &str) -> &str {
    match cell.strip_prefix('\'') {
        Some(rest) if is_touched(rest.trim_start_matches('\'')) => rest,
        _ => cell,
    }
}

/// Would a spreadsheet make something else of it?
fn is_touched(cell: &str) -> bool {
    is_formula(cell) || is_number_or_date(cell)
}

/// Opens with a mark that starts a formula; the full-width ones do so in Chinese spreadsheets.
///
/// Source: OWASP, CSV Injection.
fn is_formula(cell: &str) -> bool {
    let marks = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];
    cell.trim_start_matches(' ').starts_with(marks)
}

fn is_number_or_date(cell: &str) -> bool {
    let cell = cell.trim();
    if cell.is_empty() || cell.chars().nth(LONGEST_NUMBER).is_some() {
        return false;
    }
    let is_truth =
        || ["true", "false"].iter().any(|word| cell.eq_ignore_ascii_case(word));
    if !cell.chars().any(is_digit) {
        return is_truth();
    }
    let is_mark = |c: char| {
        c.is_ascii_alphabetic()
            || is_digit(c)
            || " .,:;/-+%()'$€£¥￥年月日号時时分秒上下午".contains(c)
    };
    if !cell.chars().all(is_mark) {
        return false;
    }
    let lower = cell.to_lowercase();
    let mut words =
        lower.split(|c: char| !c.is_ascii_alphabetic()).filter(|w| !w.is_empty());
    words.all(|word| WORDS.contains(&word) || MONTHS.contains(&word))
}

fn is_digit(c: char) -> bool {
    c.is_ascii_digit() || matches!(c, '０'..='９')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_spreadsheet_would_run_or_convert_becomes_text_and_comes_back() {
        for cell in [
            "=1+1",
            "+852 1234",
            "007",
            "2026-01-02",
            "@x",
            "-",
            "＝1",
            "\t=1",
            " =1",
            "3.5%",
            "1/2",
            "Mar 5",
            "5 March 2019",
            "1e5",
            "TRUE",
            "2026年1月2日",
            "'=1",
            "''007",
            "10:30",
        ] {
            assert_eq!(harmless(cell), format!("'{cell}"), "{cell}");
            assert_eq!(restored(&harmless(cell)), cell);
        }
    }

    #[test]
    fn words_stay_as_they_are() {
        for cell in [
            "",
            "公约",
            "the Parties",
            "'quoted'",
            "'",
            "2011年联合国大会决议",
            "19 Parties",
            "May",
            "第3条",
            "A/RES/68/193",
            "march",
        ] {
            assert_eq!(harmless(cell), cell);
            assert_eq!(restored(cell), cell);
        }
    }
}
