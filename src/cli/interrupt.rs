//! What is said when work on many pairs is interrupted (Ctrl-C).

use std::process;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use tokio::runtime;
use tokio::signal;

use crate::cli::board::Board;
use crate::cli::render;

/// The exit status of a run that was interrupted.
///
/// Source: POSIX.1-2024, XCU 2.8.2, more than 128; shells add the signal, 2 of SIGINT.
const INTERRUPTED: i32 = 130;

/// How far the work has come.
#[derive(Clone, Debug)]
pub(crate) struct Progress(Arc<AtomicUsize>);

impl Progress {
    /// A pair more is through; `is_done` unless it failed.
    pub(crate) fn advance(&self, is_done: bool) {
        self.0.fetch_add(usize::from(is_done), Ordering::Relaxed);
    }
}

/// Ends the run, once it is interrupted, with word of how far it came. What is done stays;
/// what was begun leaves nothing that the next run does not sweep.
pub(crate) fn watch(n_pairs: usize, board: &Board) -> Progress {
    let progress = Progress(Arc::new(AtomicUsize::new(0)));
    let (done, bars) = (progress.clone(), board.bars());
    // Where no signal can be waited for, the run ends without a word, as any other.
    let waiting = thread::Builder::new().spawn(move || {
        let runtime = runtime::Builder::new_current_thread().enable_all().build()?;
        runtime.block_on(signal::ctrl_c())?;
        // Best effort: a terminal that is gone needs no clearing.
        drop(bars.clear());
        let n = done.0.load(Ordering::Relaxed);
        render::talk(&format!("\n{n} of {n_pairs} done; run again to continue\n"));
        process::exit(INTERRUPTED);
        #[expect(unreachable_code, reason = "it names the error of the thread")]
        Ok::<(), std::io::Error>(())
    });
    drop(waiting);
    progress
}
