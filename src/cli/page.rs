//! The page of a review: opened in the browser, and answered until it is interrupted.

use std::io::Write as _;
use std::sync::Arc;

use clap::Args;

use crate::cli::failure::Failure;
use crate::cli::render;
use crate::review::change;
use crate::review::desk::Desk;
use crate::review::feeding;
use crate::review::guard::Guard;
use crate::review::log::LogError;
use crate::review::router::App;
use crate::review::server;
use crate::review::session::SessionError;

/// How the page is opened.
#[derive(Clone, Debug, Args)]
pub(crate) struct PageArgs {
    /// Only tell the address, and open no browser
    #[arg(long, help_heading = "Page")]
    pub(crate) no_open: bool,

    /// The port to answer on; a later one if it is taken [default: any that is free]
    #[arg(long, value_name = "N", help_heading = "Page")]
    port: Option<u16>,
}

/// Answers until it is interrupted. `what` is reviewed.
pub(crate) fn answer(
    args: &PageArgs,
    mut desks: Vec<Desk>,
    what: &str,
    is_quiet: bool,
) -> Result<(), Failure> {
    let listener = server::bind(args.port).map_err(Failure::Serve)?;
    let port = listener.local_addr().map_err(Failure::Serve)?.port();
    for log in desks.iter_mut().filter_map(|desk| desk.session.log()) {
        log.tell_address(&format!("http://127.0.0.1:{port}/"))
            .map_err(SessionError::from)?;
    }
    let guard = Guard::new(port).map_err(Failure::Serve)?;
    let address = guard.address();
    let app = Arc::new(App::of_many(desks, guard));
    for document in 0..app.n_documents() {
        let mut desk = app.desk(document);
        change::recheck(&app, document, &desk);
        // What a run that was killed did not come to.
        feeding::hand_on_later(&app, document, &mut desk);
    }
    let door =
        (!args.no_open).then(|| door(&address)).transpose().map_err(Failure::Serve)?;
    let is_up = || {
        render::talk(&format!(
            "Review of {what}: {address}\nCtrl-C ends it; every decision is saved.\n"
        ));
        if let Some(door) = &door {
            show(&door.path().to_string_lossy());
        }
    };
    let served = server::serve(Arc::clone(&app), listener, is_up);
    for document in 0..app.n_documents() {
        if let Err(error) = feeding::hand_on(&app, document) {
            render::talk(&format!("error: {error}; the review has what was decided\n"));
        }
    }
    served.map_err(Failure::Serve)?;
    if !is_quiet {
        let n: usize =
            (0..app.n_documents()).map(|at| app.desk(at).session.revision()).sum();
        let refused = match app.guard().n_refused() {
            0 => String::new(),
            n => format!("; {n} requests of strangers were refused"),
        };
        render::talk(&format!("\n{n} events in {what}{refused}\n"));
    }
    Ok(())
}

/// A file that leads to the address, which its owner alone can read: the key shows in no list
/// of processes.
fn door(address: &str) -> std::io::Result<tempfile::NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    let mut door = builder.prefix("align-review-").suffix(".html").tempfile()?;
    writeln!(
        door,
        "<!DOCTYPE html><meta http-equiv=refresh content=\"0;url={address}\">"
    )?;
    door.flush()?;
    Ok(door)
}

/// Opens a page in the browser; where there is none, the address was told.
pub(crate) fn show(page: &str) {
    drop(open::that_detached(page));
}

/// A review that is open already, of the same user: its page is shown instead.
pub(crate) fn of_another(error: SessionError, args: &PageArgs) -> Result<(), Failure> {
    match error {
        SessionError::Log(LogError::Busy { address, path })
            if !address.is_empty() && !args.no_open =>
        {
            render::talk(&format!("{}: is open at {address}\n", path.display()));
            show(&address);
            Ok(())
        }
        error => Err(error.into()),
    }
}

/// Is there a browser that could be opened?
pub(crate) fn has_browser() -> bool {
    let names = ["DISPLAY", "WAYLAND_DISPLAY", "BROWSER"];
    let is_set =
        |name: &&str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    !cfg!(target_os = "linux") || names.iter().any(is_set)
}
