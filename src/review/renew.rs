//! Aligns a review anew with this version of the program, behind the page.
//!
//! ```text
//! offered ─ a person asks ─▶ running: pipeline::run through the pins ─▶ a new base, decisions carried
//!                               ▲                                └─ changed meanwhile ─┐
//!                               └───────────────────────────────────────────────────────┘
//! ```

use std::sync::Arc;
use std::thread;

use axum::http::StatusCode;
use axum::response::{IntoResponse as _, Redirect, Response};

use super::app::App;
use super::begin;
use super::carry;
use super::change::{self, Wish};
use super::desk::Desk;
use super::log::Head;
use super::renewal::{Renewal, RenewalStage};
use crate::pipeline::Outcome;

/// How often it is begun anew because something was decided meanwhile.
const ATTEMPTS: usize = 5;

/// Answers a person who asks for it; the overview tells how far it is.
pub(super) async fn anew(wish: Wish) -> Response {
    match renew_later(&wish.visit.app, wish.visit.document) {
        true => Redirect::to(&wish.visit.base()).into_response(),
        false => wish.refuse(StatusCode::NOT_FOUND, wish.words().not_found),
    }
}

/// Begins to align anew, in a thread of its own. Is there anything to do?
pub fn renew_later(app: &Arc<App>, document: usize) -> bool {
    let renewal = {
        let mut desk = app.desk(document);
        let is_read_only = desk.session.is_read_only();
        let Some(renewal) = desk.renewal.as_mut().filter(|_| !is_read_only) else {
            return false;
        };
        if renewal.stage == RenewalStage::Running {
            return true;
        }
        renewal.stage = RenewalStage::Running;
        renewal.clone()
    };
    let app = Arc::clone(app);
    thread::spawn(move || {
        let failed = renew(&app, document, &renewal).err();
        let mut desk = app.desk(document);
        match (failed, &mut desk.renewal) {
            (Some(why), Some(renewal)) => renewal.stage = RenewalStage::Failed(why),
            _ => desk.renewal = None,
        }
        change::recheck(&app, document, &desk);
    });
    true
}

fn renew(app: &App, document: usize, renewal: &Renewal) -> Result<(), String> {
    for _ in 0..ATTEMPTS {
        let (pinned, revision) = {
            let desk = app.desk(document);
            (carry::pinned(&desk.session), desk.session.revision())
        };
        let (head, outcome) = renewal.run(&pinned)?;
        let mut desk = app.desk(document);
        if desk.session.revision() == revision {
            return desk.renew(head, outcome);
        }
    }
    Err("too much was changed meanwhile".into())
}

impl Desk {
    /// Goes on with what was aligned anew through the pinned rows.
    ///
    /// # Errors
    ///
    /// Why it could not be saved; then all is as it was.
    pub fn renew(&mut self, head: Head, outcome: Outcome) -> Result<(), String> {
        let beads = outcome.pinned.clone();
        let (base, backing) = begin::begin(outcome);
        let carried = carry::carry(&self.session, &base, &beads);
        self.session.rebase(head, base, carried).map_err(|error| error.to_string())?;
        self.lay_out(backing);
        Ok(())
    }
}
