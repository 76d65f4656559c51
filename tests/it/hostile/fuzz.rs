//! A smoke run of the targets of `fuzz/`, with the same bodies: a few inputs of each, small seeds
//! damaged by dice that fall the same in each run. What a fuzzer finds by chance it finds there.

use std::panic::{AssertUnwindSafe, catch_unwind};

use super::mutated::{damage, seeds};
use crate::cli::Desk;
use crate::dice::Dice;

#[path = "../../../fuzz/lib.rs"]
#[expect(unreachable_pub, reason = "the fuzzer has it as a crate")]
mod targets;

/// Tries a target with as many inputs as are wanted, each a seed that is damaged; the seeds
/// themselves first.
fn smoke(name: &str, seeds: &[Vec<u8>], n_inputs: usize, target: impl Fn(&[u8])) {
    assert!(
        !seeds.is_empty() && n_inputs > seeds.len(),
        "{name} has {} seeds",
        seeds.len()
    );
    let mut dice = Dice(7);
    for n in 0..n_inputs {
        let mut input = seeds[n % seeds.len()].clone();
        if n >= seeds.len() {
            damage(&mut input, &mut dice);
        }
        let tried = catch_unwind(AssertUnwindSafe(|| target(&input)));
        assert!(
            tried.is_ok(),
            "input {n} of {name}: {:?}",
            String::from_utf8_lossy(&input)
        );
    }
}

/// Files of the kinds of a target, each behind the byte that chooses its kind.
fn files(desk: &Desk, endings: &[&str]) -> Vec<Vec<u8>> {
    let mut inputs = Vec::new();
    for path in seeds(desk) {
        let ending = path.extension().unwrap_or_default().to_string_lossy();
        for at in
            endings.iter().zip(0..).filter(|(of, _)| **of == ending).map(|(_, at)| at)
        {
            let bytes = std::fs::read(&path).unwrap();
            // What is large is tried by others.
            if bytes.len() <= 16 << 10 {
                inputs.push([&[at][..], &bytes].concat());
            }
        }
    }
    inputs
}

#[test]
fn the_targets_of_the_fuzzer_hold_for_a_few_inputs() {
    let desk = Desk::with_sample();
    smoke("readers", &files(&desk, &targets::TEXTS), 120, targets::readers);
    smoke("aligned", &files(&desk, &targets::BOTH), 40, targets::aligned);
    smoke("termbase", &files(&desk, &targets::TERMS), 80, targets::termbase);
    let (zh, en) = (desk.get("un/zh.txt"), desk.get("un/en.txt"));
    let both = format!("{zh}\n===\n{en}").into_bytes();
    let terms =
        format!("大会=General Assembly\n决议=resolution\n===\n{en}{zh}").into_bytes();
    let texts = [zh.into_bytes(), en.into_bytes(), both, terms];
    let of_text =
        |target: fn(&str)| move |input: &[u8]| target(&String::from_utf8_lossy(input));
    smoke("segments", &texts, 120, of_text(targets::segments));
    smoke("numbers", &texts, 60, of_text(targets::numbers));
    smoke("finder", &texts, 80, of_text(targets::finder));
    smoke("pair", &texts, 12, of_text(targets::pair));
}
