//! Subtitles: SubRip `.srt` and WebVTT `.vtt`. A cue is a unit, its times stay with it.

use super::flow::{Flow, Piece, needs_blank, tidy};
use crate::types::BlockKind;

/// The cues of a file of subtitles.
pub(super) fn read(text: &str) -> Flow {
    let mut flow = Flow::default();
    let mut lines = text.lines().peekable();
    while let Some(line) = lines.next() {
        let Some((from, to)) = times(line) else { continue };
        let mut cue = String::new();
        while let Some(line) = lines.next_if(|line| !line.trim().is_empty()) {
            // A file without blank lines between its cues: the next one's number and times.
            if times(line).is_some() {
                break;
            }
            let is_number = line.trim().bytes().all(|b| b.is_ascii_digit());
            if is_number && lines.peek().is_some_and(|next| times(next).is_some()) {
                break;
            }
            let line = tidy(&without_tags(line));
            if needs_blank(cue.chars().next_back(), line.chars().next()) {
                cue.push(' ');
            }
            cue.push_str(&line);
        }
        if !cue.is_empty() {
            let kind = BlockKind::Cue { from, to };
            flow.pieces.push(Piece { text: cue, kind, soft: false, cites: Vec::new() });
        }
    }
    flow
}

/// Does the text begin as subtitles do?
pub(super) fn is_subtitles(text: &str) -> bool {
    let mut lines = text.lines().filter(|line| !line.trim().is_empty());
    match lines.next() {
        Some(first) if first.starts_with("WEBVTT") => true,
        Some(first) if first.trim().bytes().all(|b| b.is_ascii_digit()) => {
            lines.next().is_some_and(|second| times(second).is_some())
        }
        _ => false,
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

/// A line without `<i>` and `{\an8}`.
fn without_tags(line: &str) -> String {
    let mut out = String::with_capacity(line.len());
    let mut rest = line;
    while let Some(at) = rest.find(['<', '{']) {
        out.push_str(&rest[..at]);
        let opened = &rest[at..];
        let close = if opened.starts_with('<') { '>' } else { '}' };
        let is_tag = opened[1..]
            .starts_with(|c: char| c.is_ascii_alphabetic() || c == '/' || c == '\\');
        match opened.find(close) {
            Some(end) if is_tag => rest = &opened[end + 1..],
            _ => {
                out.push_str(&opened[..1]);
                rest = &opened[1..];
            }
        }
    }
    out + rest
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
    fn times_that_make_no_sense_are_no_times() {
        for line in ["a --> b", "99999999:99:99 --> 1", "--> ", "1 --> ２"] {
            assert_eq!(times(line), None, "{line}");
        }
    }
}
