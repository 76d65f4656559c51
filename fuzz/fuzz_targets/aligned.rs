//! A file of any kind that may hold both texts is read and goes the way of a pair.
#![no_main]

use bitext::config::Config;
use bitext::pipeline::{Aligner, Request, run};
use bitext::read::read_input;
use bitext::types::Pair;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: &[u8]| {
    let Some((ending, bytes)) = bitext_fuzz::chosen(data, &bitext_fuzz::BOTH) else { return };
    let path = bitext_fuzz::file(ending, bytes);
    let Ok(input) = read_input(&path, None, Pair::default()) else { return };
    let aligner = Aligner::new(Config::default());
    run(input, &Request::new(&aligner), &());
});
