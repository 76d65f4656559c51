use crate::clean::line::Line;
use crate::clean::punctuation::ends_sentence;

/// How the text was laid out, measured on its lines.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Layout {
    /// Were the lines broken to fit a page, so that a paragraph runs over several?
    pub is_wrapped: bool,
    /// The width of a full line, in columns.
    pub width: usize,
    /// The length of a full line, in characters.
    pub chars: usize,
    /// How many blank lines stand between the lines of one paragraph: 0 or, where the
    /// extraction doubled them, 1.
    pub inner_blanks: usize,
    /// Do indented lines stand out, so that an indent tells a paragraph?
    pub has_indents: bool,
    /// The indent of a line that goes on, in columns.
    pub inner_indent: usize,
    /// Do blank lines part the paragraphs, so that indents tell lists?
    pub is_spaced: bool,
    /// Where a full line ends, its indent and all, in columns.
    pub edge: usize,
}

/// Share of long lines that end in the middle of a sentence above which lines are taken for
/// broken ones. Pages set to a width show 0.7 to 0.95, text with a paragraph a line 0.0 to 0.2
/// (measured on resolutions, statutes, licences and their wrapped copies).
const WRAPPED_SHARE: f64 = 0.4;

/// A line is full if it takes at least this share of the page's width.
const FULL_SHARE: f64 = 0.85;

/// Indents tell paragraphs if this share of them stands behind the end of a clause.
const INDENT_SHARE: f64 = 0.6;

/// Paragraphs are parted by blank lines if so many ends of paragraphs, and this share of
/// them, have one behind them.
const MIN_SPACED: usize = 3;
const SPACED_SHARE: f64 = 0.6;

/// Where extraction doubled the ends of lines, a smaller share of the lines has none above it.
const MOST_TIGHT: f64 = 0.2;

/// No page is set wider, in columns: beyond it a line is a paragraph.
const WIDEST_PAGE: usize = 200;

impl Layout {
    /// Measures the layout of the lines.
    pub(super) fn measure(lines: &[Line]) -> Layout {
        if lines.is_empty() {
            return Layout::default();
        }
        let usual = |pick: fn(&Line) -> usize| {
            let mut sizes: Vec<usize> = lines.iter().map(pick).collect();
            sizes.sort_unstable();
            sizes[sizes.len() * 95 / 100]
        };
        let (width, chars) = (usual(|line| line.width), usual(|line| line.chars));
        let long: Vec<&Line> =
            lines.iter().filter(|line| is_full(line.width, width)).collect();
        let broken = long.iter().filter(|line| ends_inside(line)).count();
        let is_running = lines.iter().any(|line| {
            ends_sentence(line.text.as_str()) || line.text.as_str().ends_with(['，', ','])
        });
        // With a blank line between any two, entries of a list look like lines of a page but
        // for the sentences that run over its lines.
        let is_apart =
            lines.iter().skip(1).all(|line| line.blanks > 0 || line.page_break);
        let runs_on = |pair: &[Line]| {
            is_full(pair[0].width, width)
                && ends_inside(&pair[0])
                && (pair[0].text.as_str().contains(['，', '。', '；'])
                    || pair[1].text.as_str().starts_with(char::is_lowercase))
        };
        let has_margin = !is_apart || lines.windows(2).any(runs_on);
        let is_wrapped = width <= WIDEST_PAGE
            && is_running
            && has_margin
            && long.len() >= 2
            && broken as f64 >= WRAPPED_SHARE * long.len() as f64;
        let inner = |pick: fn(&Line) -> usize| {
            let mut seen: Vec<usize> = lines
                .windows(2)
                .filter(|pair| is_full(pair[0].width, width) && ends_inside(&pair[0]))
                .filter(|pair| !pair[1].page_break)
                .map(|pair| pick(&pair[1]))
                .collect();
            seen.sort_unstable();
            seen.get(seen.len() / 2).copied().unwrap_or(0)
        };
        let tight = lines.iter().skip(1).filter(|line| line.blanks == 0).count();
        let is_doubled = (tight as f64) < MOST_TIGHT * lines.len() as f64;
        let inner_blanks = if is_doubled { inner(|line| line.blanks) } else { 0 };
        let inner_indent = inner(|line| line.indent);
        let indented: Vec<&[Line]> = lines
            .windows(2)
            .filter(|pair| pair[1].indent > inner_indent && !pair[1].page_break)
            .collect();
        let edge = usual(|line| line.indent + line.width);
        let opening = usize::from(lines[0].indent > inner_indent);
        let behind_ends = indented.iter().filter(|pair| !ends_inside(&pair[0])).count();
        Layout {
            is_wrapped,
            width,
            chars,
            inner_blanks,
            inner_indent,
            is_spaced: is_spaced(lines, edge),
            edge,
            has_indents: indented.len() + opening >= 2
                && behind_ends as f64 >= INDENT_SHARE * indented.len() as f64,
        }
    }

    /// Does a line fill the page?
    ///
    /// By its columns or, for programs that break lines by counting, by its characters.
    pub fn is_full(&self, line: &Line) -> bool {
        is_full(line.width, self.width)
            || is_full(line.chars, self.chars)
            || self.is_spaced && is_full(line.indent + line.width, self.edge)
    }

    /// The room that a line leaves, in columns.
    pub fn room(&self, line: &Line) -> usize {
        match self.is_spaced {
            true => self.edge.saturating_sub(line.indent + line.width),
            false => self.width.saturating_sub(line.width),
        }
    }
}

/// Do blank lines stand behind the lines that end a sentence and leave room, where no list
/// goes on?
fn is_spaced(lines: &[Line], edge: usize) -> bool {
    let ends = |pair: &&[Line]| {
        let next = pair[1].text.as_str();
        ends_sentence(pair[0].text.as_str())
            && !is_full(pair[0].indent + pair[0].width, edge)
            && !pair[1].page_break
            && next.starts_with(char::is_alphabetic)
    };
    let (mut n, mut parted) = (0, 0);
    for pair in lines.windows(2).filter(ends) {
        n += 1;
        parted += usize::from(pair[1].blanks > 0);
    }
    parted >= MIN_SPACED && parted as f64 >= SPACED_SHARE * n as f64
}

fn is_full(width: usize, page: usize) -> bool {
    width as f64 >= FULL_SHARE * page as f64
}

/// Does the line stop where no sentence and no clause ends?
fn ends_inside(line: &Line) -> bool {
    let text = line.text.as_str();
    !ends_sentence(text) && !text.ends_with(['，', ',', '、'])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clean::line::split_lines;

    #[test]
    fn a_page_of_broken_lines_is_wrapped_and_a_paragraph_a_line_is_not() {
        let page = "The Conference recalls the decisions that it took at its second\n\
                    session, and the programme of work on the keeping of records that\n\
                    was adopted there by consensus after a long debate in which all of\n\
                    the members took part.\n";
        let layout = Layout::measure(&split_lines(page));
        assert!(layout.is_wrapped);
        assert_eq!((layout.width, layout.inner_blanks), (66, 0));
        let flowing = "大会回顾其决定。\n理事会注意到该报告，并请秘书长继续开展工作。\n\
                       缔约国应当采取必要措施，防止此类行为，并且每年提交报告；\n完。\n";
        assert!(!Layout::measure(&split_lines(flowing)).is_wrapped);
    }

    #[test]
    fn entries_with_blank_lines_between_them_are_no_page() {
        let list = "简称表\n\n档案保管委员会 档委会\n\n海洋地图测绘管理局 测绘局\n\n\
                    港口登记处 登记处\n\n远洋船舶检验与登记总局 船检局\n";
        assert!(!Layout::measure(&split_lines(list)).is_wrapped);
        assert!(
            !Layout::measure(&split_lines(&format!("以下各项。\n\n{list}"))).is_wrapped
        );
    }

    #[test]
    fn blank_lines_between_entries_are_none_inside_a_paragraph() {
        let page = "A.1\n\nKeeping of deeds in the vault\n\nA.2\n\nCopying of deeds and maps\n\n\
                    Stop the copier with halt\n-9 and open the lid with lift\n/front/lid.\n";
        assert_eq!(Layout::measure(&split_lines(page)).inner_blanks, 0);
    }

    #[test]
    fn blank_lines_inside_paragraphs_are_seen_as_such() {
        let page = " 会议重申其各项决定中所载的原则以及在上一届会议上通过的工作方案，并\n\n\
                    欢迎各成员为执行该方案所作的努力，还注意到秘书处编写的报告中所载各\n\n\
                    项建议，\n\n 请秘书处继续与各成员密切协商，就方案执行情况向下一届会议提出报告并\n\n\
                    散发。\n";
        let layout = Layout::measure(&split_lines(page));
        assert!(layout.is_wrapped);
        assert_eq!(layout.inner_blanks, 1);
        assert!(layout.has_indents);
    }
}
