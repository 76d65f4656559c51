//! Inputs without an end, and small ones that unpack to large ones.

use crate::cli::{Desk, zipped};

#[cfg(unix)]
#[test]
fn devices_and_pipes_are_refused_before_they_are_opened() {
    let desk = Desk::with_sample();
    let pipe = desk.path("pipe.csv");
    let made = std::process::Command::new("mkfifo").arg(&pipe).status().unwrap();
    assert!(made.success());
    for args in [
        "/dev/zero un/en.txt",
        "un/zh.txt pipe.csv",
        "pipe.csv",
        "un/zh.txt un/en.txt --glossary pipe.csv",
        "un/zh.txt un/en.txt --reject pipe.csv",
        "un/zh.txt un/en.txt --stop pipe.csv",
        "check un/zh.txt un/en.txt --accept pipe.csv",
        "update pipe.csv un/en.txt un/zh.txt",
        "glossary import terms.csv pipe.csv",
        "glossary list pipe.csv",
        "search pipe.csv 公约",
    ] {
        let run = desk.run(&args.split(' ').collect::<Vec<_>>());
        assert_eq!(run.code(), 2, "{args}: {}", run.said());
        if !args.starts_with("search") {
            assert!(run.said().contains("a device or a pipe"), "{args}: {}", run.said());
        }
    }
}

#[test]
fn a_document_that_unpacks_to_hundreds_of_times_its_size_is_refused() {
    let desk = Desk::with_sample();
    let text = "缔约双方应当合作。".repeat(1_400_000);
    let part = format!(
        "<w:document xmlns:w='w'><w:body><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:body></w:document>"
    );
    let bytes = zipped(&[("word/document.xml", &part)]);
    assert!(bytes.len() * 100 < part.len());
    desk.put("bomb.docx", bytes);
    let run = desk.run(&["bomb.docx", "un/en.txt"]);
    assert_eq!(run.code(), 2, "{}", run.said());
    assert!(run.said().contains("unpacks to more than"), "{}", run.said());
}
