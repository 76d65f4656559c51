//! Subtitles: SubRip `.srt` and WebVTT `.vtt`. A cue is a unit, its times stay with it.

use super::flow::{Flow, Piece, needs_blank, spanning, tidy};
use crate::types::{BlockKind, FilePlace, LeftOut, LeftOutKind};

/// The cues of a file of subtitles.
pub(super) fn read(text: &str) -> Flow {
    let mut reader = SubtitleReader::default();
    let mut lines = text.lines().zip(1..).peekable();
    while let Some((line, number)) = lines.next() {
        let next = lines.peek().and_then(|&(next, _)| times(next));
        reader.line(line.trim(), number, next.is_some());
    }
    reader.finish()
}

/// Does the text begin as subtitles do? Some files do not number them.
pub(super) fn is_subtitles(text: &str) -> bool {
    let mut lines = text.lines().filter(|line| !line.trim().is_empty());
    match lines.next() {
        Some(first) if first.starts_with("WEBVTT") => true,
        Some(first) if times(first).is_some() => true,
        Some(first) if first.trim().bytes().all(|b| b.is_ascii_digit()) => {
            lines.next().is_some_and(|second| times(second).is_some())
        }
        _ => false,
    }
}

/// What the lines at hand belong to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Block {
    /// What stands before the first cue: the header of WebVTT.
    #[default]
    Header,
    Cue,
    /// A note or a style, up to the next empty line.
    Aside(LeftOutKind),
}

#[derive(Debug, Default)]
struct SubtitleReader {
    flow: Flow,
    block: Block,
    /// Was the line before empty?
    is_parted: bool,
    /// Characters of numbers, times and tags, and the line of the first.
    n_timing: usize,
    first_timing: usize,
}

impl SubtitleReader {
    /// Takes a line; `has_times` if the times of a cue follow, so that it may be their number,
    /// or in WebVTT, behind an empty line, their name.
    fn line(&mut self, line: &str, number: usize, has_times: bool) {
        let was_parted = std::mem::replace(&mut self.is_parted, line.is_empty());
        if let Some((from, to)) = times(line) {
            self.timing(line, number);
            self.block = Block::Cue;
            let cue = Piece::new("", BlockKind::Cue { from, to });
            self.flow.pieces.push(Piece { lines: Some((number, number)), ..cue });
            return;
        }
        if line.is_empty() {
            // What stands behind an empty line and has no times goes on with the cue.
            let has_cue = !self.flow.pieces.is_empty();
            self.block = if has_cue { Block::Cue } else { Block::Header };
            return;
        }
        let is_number = line.bytes().all(|b| b.is_ascii_digit());
        if has_times && (is_number || was_parted && self.is_web()) {
            self.timing(line, number);
            return;
        }
        match line.split_whitespace().next() {
            Some("NOTE") if self.is_web() => {
                self.block = Block::Aside(LeftOutKind::Comment);
            }
            Some("STYLE" | "REGION") if self.is_web() => {
                self.block = Block::Aside(LeftOutKind::Code);
            }
            _ => {}
        }
        let place = Some((number, number));
        match self.block {
            Block::Header => self.flow.leave_out(LeftOutKind::Timing, place, line),
            Block::Aside(kind) => self.flow.leave_out(kind, place, line),
            Block::Cue => self.text(line, number),
        }
    }

    /// Does the file begin as WebVTT does?
    fn is_web(&self) -> bool {
        self.flow.left_out.first().is_some_and(|first| first.text.starts_with("WEBVTT"))
    }

    fn text(&mut self, line: &str, number: usize) {
        let (text, tags) = without_tags(line);
        self.timing(&tags, number);
        let text = tidy(&text);
        let Some(cue) = self.flow.pieces.last_mut() else { return };
        let first = if cue.text.is_empty() { None } else { cue.lines };
        cue.lines = spanning(first, Some((number, number)));
        if needs_blank(cue.text.chars().next_back(), text.chars().next()) {
            cue.text.push(' ');
        }
        cue.text.push_str(&text);
    }

    fn timing(&mut self, text: &str, number: usize) {
        let n_chars = text.chars().filter(|c| !c.is_whitespace()).count();
        if self.n_timing == 0 {
            self.first_timing = number;
        }
        self.n_timing += n_chars;
    }

    fn finish(mut self) -> Flow {
        self.flow.pieces.retain(|cue| !cue.text.is_empty());
        if self.n_timing > 0 {
            let place = FilePlace::Line(self.first_timing);
            let timing = LeftOut::new(LeftOutKind::Timing, place, "");
            self.flow.left_out.push(LeftOut { n_chars: self.n_timing, ..timing });
        }
        self.flow
    }
}

/// `00:01:02,500 --> 00:01:04,000`, in milliseconds.
fn times(line: &str) -> Option<(u32, u32)> {
    let (from, to) = line.split_once("-->")?;
    Some((time(from.trim())?, time(to.split_whitespace().next()?)?))
}

fn time(text: &str) -> Option<u32> {
    let (whole, fraction) = text.split_once([',', '.']).unwrap_or((text, "0"));
    let mut seconds: u32 = 0;
    for part in whole.split(':') {
        seconds = seconds.checked_mul(60)?.checked_add(part.trim().parse().ok()?)?;
    }
    let fraction = fraction.get(..fraction.len().min(3))?;
    let scale = [1000, 100, 10, 1][fraction.len()];
    let thousandths = fraction.parse::<u32>().ok()? * scale;
    seconds.checked_mul(1000)?.checked_add(thousandths)
}

/// A line without `<i>` and `{\an8}`, and these.
fn without_tags(line: &str) -> (String, String) {
    let mut out = String::with_capacity(line.len());
    let mut tags = String::new();
    let mut rest = line;
    while let Some(at) = rest.find(['<', '{']) {
        out.push_str(&rest[..at]);
        let opened = &rest[at..];
        let close = if opened.starts_with('<') { '>' } else { '}' };
        let is_tag = opened[1..]
            .starts_with(|c: char| c.is_ascii_alphabetic() || c == '/' || c == '\\');
        match opened.find(close) {
            Some(end) if is_tag => {
                tags.push_str(&opened[..=end]);
                rest = &opened[end + 1..];
            }
            _ => {
                out.push_str(&opened[..1]);
                rest = &opened[1..];
            }
        }
    }
    (out + rest, tags)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cue_is_a_unit_with_its_times() {
        let text = "1\n00:00:01,000 --> 00:00:02,500\n<i>你好，</i>\n世界\n\n\
                    2\n00:01:00,000 --> 00:01:01,000\n{\\an8}再见 <3\n";
        assert!(is_subtitles(text));
        let flow = read(text);
        assert_eq!(flow.pieces[0].text, "你好，世界");
        assert_eq!(flow.pieces[0].kind, BlockKind::Cue { from: 1000, to: 2500 });
        assert_eq!(flow.pieces[1].text, "再见 <3");
    }

    #[test]
    fn web_subtitles_have_notes_and_settings() {
        let text = "WEBVTT\n\nNOTE a note\n\nintro\n01:02.5 --> 01:03.000 align:start\nHello\nthere\n";
        let flow = read(text);
        assert_eq!(flow.pieces.len(), 1);
        assert_eq!(flow.pieces[0].text, "Hello there");
        assert_eq!(flow.pieces[0].kind, BlockKind::Cue { from: 62_500, to: 63_000 });
    }

    #[test]
    fn cues_need_no_numbers_and_no_blank_lines() {
        let text = "00:00:01,000 --> 00:00:02,000\n潮水来了。\n\n快走。\n\
                    00:00:03,000 --> 00:00:04,000\n好的。\n00:00:05,000 --> 00:00:06,000\n走吧。";
        assert!(is_subtitles(text));
        let flow = read(text);
        let cues: Vec<_> =
            flow.pieces.iter().map(|cue| (cue.text.as_str(), cue.lines)).collect();
        let expected = [
            ("潮水来了。快走。", Some((2, 4))),
            ("好的。", Some((6, 6))),
            ("走吧。", Some((8, 8))),
        ];
        assert_eq!(cues, expected);
    }

    #[test]
    fn numbers_and_times_are_told_once() {
        let flow = read("1\n0:01 --> 0:02\n<i>灯</i>\n");
        assert_eq!(flow.left_out.len(), 1);
        // `1`, `0:01-->0:02`, `<i></i>`
        assert_eq!(flow.left_out[0].n_chars, 1 + 11 + 7);
    }

    #[test]
    fn times_that_make_no_sense_are_no_times() {
        for line in ["a --> b", "99999999:99:99 --> 1", "--> ", "1 --> ２"] {
            assert_eq!(times(line), None, "{line}");
        }
    }
}
