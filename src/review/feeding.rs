//! When decisions are handed on: when the reviewer rests, and never long after the first.

use std::sync::Arc;
use std::thread;
use std::time::{Duration, Instant};

use super::app::App;
use super::desk::Desk;
use super::feed::Load;

/// How long nothing may be decided before all is handed on.
const REST: Duration = Duration::from_secs(2);
/// How long the first of it may wait.
const PATIENCE: Duration = Duration::from_secs(3);
/// How often it is looked whether the reviewer rests.
const PAUSE: Duration = Duration::from_millis(100);

/// Hands on what was decided, in a thread of its own, as soon as that is due. One thread is at
/// it for a document at a time.
pub fn hand_on_later(app: &Arc<App>, document: usize, desk: &mut Desk) {
    if Load::of(desk).is_none() || std::mem::replace(&mut desk.is_handing_on, true) {
        return;
    }
    let mut seen = desk.session.revision();
    let app = Arc::clone(app);
    thread::spawn(move || {
        let begun = Instant::now();
        let mut changed = begun;
        while changed.elapsed() < REST && begun.elapsed() < PATIENCE {
            thread::sleep(PAUSE);
            let now = app.desk(document).session.revision();
            if now != seen {
                (seen, changed) = (now, Instant::now());
            }
        }
        app.desk(document).is_handing_on = false;
        // The page is told by its next answer, and the decisions wait.
        drop(hand_on(&app, document));
    });
}

/// Hands on what was decided, now. The review goes on while the files are written.
///
/// # Errors
///
/// Why a file could not be written.
pub fn hand_on(app: &App, document: usize) -> Result<(), String> {
    let _turn = app.feeder();
    let load = Load::of(&app.desk(document));
    let Some(load) = load else { return Ok(()) };
    let written = load.write();
    let mut desk = app.desk(document);
    match written {
        Ok(done) => {
            desk.note_handed_on(&done);
            Ok(())
        }
        Err(error) => {
            desk.note_not_handed_on(error.to_string());
            Err(error.to_string())
        }
    }
}
