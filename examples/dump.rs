//! scratch
#![allow(missing_docs, clippy::print_stdout, clippy::unwrap_used)]
use bitext::types::*;
fn main() {
    let a: Vec<String> = std::env::args().collect();
    let side = if a[1] == "zh" { Side::Zh } else { Side::En };
    let source = Source {
        name: "x".into(),
        text: std::fs::read_to_string(&a[2]).unwrap().replace("\r\n", "\n"),
        encoding: "",
        blocks: None,
    };
    let c = bitext::clean::clean(&source, side, &|w| {
        bitext::lexicon::Seed::shipped().lemma(w).is_some()
    });
    for n in &c.notices {
        println!("# {n:?}");
    }
    println!("# {:?}", c.value.layout);
    let d = bitext::segment::segment(&source, &c.value, side);
    for (s, t) in d.segments.iter().zip(d.texts()) {
        println!(
            "{}{:?} {:?} {:?} {}",
            if s.soft { "~" } else { "" },
            s.lines,
            s.kind,
            s.label.as_ref().map(|l| l.to_string()),
            t
        );
    }
}
