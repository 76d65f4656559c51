//! What each segment is: title, heading, chapeau, paragraph, item, date line, row.

use crate::clean::{ends_sentence, is_closing};
use crate::text::number::MONTHS;
use crate::text::script::{columns, is_han};
use crate::types::{Kind, LabelUnit, Segment, Side};

/// A heading or chapeau is no longer than this, in columns: two lines of a page.
const LONGEST_HEADING: usize = 160;

/// The words that open a resolution are no longer than this, in columns.
const LONGEST_CHAPEAU: usize = 48;

/// A line of a date, a place and a meeting is no longer than this, in columns.
const LONGEST_DATE_LINE: usize = 60;

/// Gives each segment its kind.
pub(super) fn assign(segments: &mut [Segment], text: &str, side: Side) {
    for segment in segments.iter_mut() {
        segment.kind = kind_of(segment, segment.span.of(text), side);
    }
    // The first heading is the title, unless it counts something.
    if let Some(first) = segments.iter_mut().find(|s| s.kind != Kind::DateLine)
        && first.kind == Kind::Heading
        && first.label.is_none()
    {
        first.kind = Kind::Title;
    }
}

fn kind_of(segment: &Segment, text: &str, side: Side) -> Kind {
    let width: usize = text.chars().map(columns).sum();
    let unit = segment.label.as_ref().map(|label| label.unit);
    let is_title_like = width <= LONGEST_HEADING && !ends_running(text);
    if text.contains('\t') || text.matches('|').count() >= 2 {
        return Kind::Row;
    }
    match unit {
        Some(LabelUnit::Part | LabelUnit::Chapter | LabelUnit::Section)
            if is_title_like =>
        {
            Kind::Heading
        }
        Some(LabelUnit::Article) if is_title_like => Kind::Heading,
        Some(LabelUnit::Item | LabelUnit::Letter | LabelUnit::Roman) => Kind::Item,
        Some(_) => Kind::Paragraph,
        None if width <= LONGEST_DATE_LINE && is_date_line(text, side) => Kind::DateLine,
        None if width <= LONGEST_CHAPEAU && text.ends_with([',', '，']) => Kind::Chapeau,
        None if is_title_like => Kind::Heading,
        None => Kind::Paragraph,
    }
}

/// Does the text end as running text does?
fn ends_running(text: &str) -> bool {
    let bare = text.trim_end_matches(is_closing);
    ends_sentence(text) || bare.ends_with([',', '，', '、'])
}

/// A short line that holds a year and ends with it or with a day.
fn is_date_line(text: &str, side: Side) -> bool {
    let has_year = text
        .split(|c: char| !c.is_ascii_digit())
        .any(|digits| digits.len() == 4 && digits.starts_with(['1', '2']));
    let bare = text.trim_end_matches(|c: char| !c.is_alphanumeric());
    match side {
        Side::Zh => {
            let is_date = |c: char| {
                is_han(c) && "年月日〇零一二三四五六七八九十民國国中華华".contains(c)
            };
            let mostly =
                text.chars().filter(|&c| is_date(c) || c.is_ascii_digit()).count();
            bare.ends_with('日')
                && 2 * mostly >= text.chars().filter(|c| c.is_alphanumeric()).count()
        }
        Side::En => {
            let ends_in_year = bare.len() >= 4
                && bare.is_char_boundary(bare.len() - 4)
                && bare[bare.len() - 4..].bytes().all(|b| b.is_ascii_digit());
            has_year
                && ends_in_year
                && text.split_whitespace().count() <= 8
                && text.split_whitespace().any(|w| {
                    let w = w.trim_matches(|c: char| !c.is_alphabetic());
                    MONTHS.contains(&w.to_lowercase().as_str())
                })
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::segment::segment;
    use crate::types::{Kind, Side, Source};

    fn kinds(side: Side, text: &str) -> Vec<Kind> {
        let source = Source::plain("test", text, "UTF-8");
        let clean = crate::clean::clean(&source, side, &|_| false).value;
        segment(&source, &clean, side).segments.iter().map(|s| s.kind).collect()
    }

    #[test]
    fn the_parts_of_a_resolution_are_told_apart() {
        let text = "99/1. Keeping of records\nThe Conference,\nRecalling its decisions,\n\
                    1. Requests the members:\n(a) To report;\n18 December 2013\n";
        assert_eq!(
            kinds(Side::En, text),
            [
                Kind::Title,
                Kind::Chapeau,
                Kind::Chapeau,
                Kind::Paragraph,
                Kind::Item,
                Kind::DateLine
            ]
        );
        let text = "关于保存档案的决议\n会议，\n1. 请各成员：\n（a）提出报告；\n2013年12月18日\n";
        assert_eq!(
            kinds(Side::Zh, text),
            [Kind::Title, Kind::Chapeau, Kind::Paragraph, Kind::Item, Kind::DateLine]
        );
    }
}
