use std::io::{self, BufRead, BufWriter, Write};

use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, Writer};

use super::timestamp::Timestamp;

/// Writes one memory of the units of several, each unit as it stands in its own: what a user
/// changed there is not undone.
///
/// The header is that of the first, but of the date `created`. Where `is_mixed`, the units have
/// not all the same source language, and the header says so.
///
/// # Errors
///
/// Those of reading and writing, and where a memory is no XML.
pub fn merge_memories<R: BufRead>(
    memories: impl IntoIterator<Item = io::Result<R>>,
    is_mixed: bool,
    created: Timestamp,
    out: &mut dyn Write,
) -> io::Result<()> {
    let created = created.to_string();
    let header = |start: &BytesStart<'_>| header_of_all(start, is_mixed, &created);
    let mut out = Writer::new(BufWriter::new(out));
    for (n, memory) in memories.into_iter().enumerate() {
        let mut memory = Reader::from_reader(memory?);
        copy(&mut memory, &mut out, n == 0, &header)?;
    }
    let out = out.get_mut();
    writeln!(out, "</body>\n</tmx>")?;
    out.flush()
}

/// Copies the units of a memory; of the first also what stands before them.
fn copy<R: BufRead>(
    memory: &mut Reader<R>,
    out: &mut Writer<impl Write>,
    is_first: bool,
    header: &dyn Fn(&BytesStart<'_>) -> io::Result<BytesStart<'static>>,
) -> io::Result<()> {
    let mut buffer = Vec::new();
    let mut next = |memory: &mut Reader<R>| {
        buffer.clear();
        let event = memory.read_event_into(&mut buffer).map_err(io::Error::other)?;
        Ok::<_, io::Error>(event.into_owned())
    };
    loop {
        let event = match next(memory)? {
            Event::Eof => return Ok(()),
            Event::Start(start) if is_called(&start, "header") => {
                Event::Start(header(&start)?)
            }
            event => event,
        };
        let is_body = matches!(&event, Event::Start(start) if is_called(start, "body"));
        if is_first {
            out.write_event(event)?;
        }
        if is_body {
            break;
        }
    }
    // The break behind the start of the body is there already.
    let mut is_repeated = !is_first;
    loop {
        match next(memory)? {
            Event::Eof => return Ok(()),
            Event::End(end) if end.name().as_ref() == "body" => return Ok(()),
            Event::Text(text) if is_repeated && text.trim_ascii().is_empty() => {}
            event => out.write_event(event)?,
        }
        is_repeated = false;
    }
}

fn is_called(start: &BytesStart<'_>, name: &str) -> bool {
    start.name().as_ref() == name
}

/// The start of a header for the units of several memories.
///
/// Source: TMX 1.4b, attribute srclang: `*all*` where any language may be the source.
fn header_of_all(
    header: &BytesStart<'_>,
    is_mixed: bool,
    created: &str,
) -> io::Result<BytesStart<'static>> {
    let mut of_all = BytesStart::new("header");
    for attribute in header.attributes() {
        let attribute = attribute.map_err(io::Error::other)?;
        match attribute.key.as_ref() {
            "srclang" if is_mixed => of_all.push_attribute(("srclang", "*all*")),
            "creationdate" => of_all.push_attribute(("creationdate", created)),
            _ => of_all.push_attribute(attribute),
        }
    }
    Ok(of_all)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn memory(language: &str, body: &str) -> String {
        format!(
            "<?xml version=\"1.0\"?>\n<tmx version=\"1.4\">\n<header srclang=\"{language}\" \
             adminlang=\"en\">\n</header>\n{body}\n</tmx>\n"
        )
    }

    fn merged(memories: &[String], is_mixed: bool) -> String {
        let mut out = Vec::new();
        let memories = memories.iter().map(|memory| Ok(memory.as_bytes()));
        merge_memories(memories, is_mixed, Timestamp(0), &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn units_stand_as_they_stood_under_the_header_of_the_first() {
        let one =
            memory("zh-CN", "<body>\n<tu a=\"1\"><seg>甲 &amp; 乙</seg></tu>\n</body>");
        let two = memory("zh-CN", "<body>\n<tu><seg>丙<ph/></seg></tu>\n</body>");
        let both = "<body>\n<tu a=\"1\"><seg>甲 &amp; 乙</seg></tu>\n\
                    <tu><seg>丙<ph/></seg></tu>\n</body>";
        assert_eq!(merged(&[one, two], false), memory("zh-CN", both));
    }

    #[test]
    fn a_body_may_stand_on_a_line_with_its_units() {
        let one = memory("zh-CN", "<body><tu/></body>");
        assert_eq!(
            merged(&[one.clone(), one], false),
            memory("zh-CN", "<body><tu/><tu/></body>")
        );
    }

    #[test]
    fn units_of_several_languages_are_of_any() {
        let one = memory("zh-CN", "<body>\n<tu/>\n</body>");
        let two = memory("zh-TW", "<body>\n<tu/>\n</body>");
        let expected = memory("*all*", "<body>\n<tu/>\n<tu/>\n</body>");
        assert_eq!(merged(&[one, two], true), expected);
    }

    #[test]
    fn what_is_no_xml_is_an_error() {
        let broken = [Ok("<tmx><header></body>".as_bytes())];
        assert!(merge_memories(broken, false, Timestamp(0), &mut Vec::new()).is_err());
    }
}
