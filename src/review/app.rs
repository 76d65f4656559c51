//! The reviews that are open, and what a request says of how it wants its answer.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use askama::Template;
use axum::extract::{FromRequestParts, Path, Query};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, StatusCode, Uri, header};
use axum::response::{Html, IntoResponse, Response};

use super::desk::Desk;
use super::guard::{Guard, cookie};
use super::view::words::{EN, Words};
use super::view::{self, Message, Shell};

pub(super) const CSS: &str = include_str!("assets/page.css");
pub(super) const JS: &str = include_str!("assets/page.js");

/// The reviews that are open, and who may ask of them.
#[derive(Debug)]
pub struct App {
    desks: Vec<Mutex<Desk>>,
    guard: Guard,
    /// Held by the one check that runs.
    checker: Mutex<()>,
    /// Held by the one that hands decisions on.
    feeder: Mutex<()>,
}

impl App {
    /// A review with its guard.
    pub fn new(desk: Desk, guard: Guard) -> Self {
        Self::of_many(vec![desk], guard)
    }

    /// The reviews of a folder with their guard.
    pub fn of_many(desks: Vec<Desk>, guard: Guard) -> Self {
        let desks = desks.into_iter().map(Mutex::new).collect();
        Self { desks, guard, checker: Mutex::new(()), feeder: Mutex::new(()) }
    }

    /// Who may ask.
    pub fn guard(&self) -> &Guard {
        &self.guard
    }

    /// How many reviews there are.
    pub fn n_documents(&self) -> usize {
        self.desks.len()
    }

    /// A review, by its place. An answer that broke off left it whole: the session changes it
    /// last.
    ///
    /// # Panics
    ///
    /// If there are not so many.
    pub fn desk(&self, document: usize) -> MutexGuard<'_, Desk> {
        self.desks[document].lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn checker(&self) -> MutexGuard<'_, ()> {
        self.checker.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn feeder(&self) -> MutexGuard<'_, ()> {
        self.feeder.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The page that one begins at.
    pub(super) fn entrance(&self) -> &'static str {
        match self.desks.len() {
            1 => "/d/0/",
            _ => "/",
        }
    }
}

/// The folder of the assets: their names change with their contents.
pub(super) fn assets() -> String {
    let hash = crate::export::hash(format!("{CSS}{JS}").as_bytes());
    format!("/a/{hash:016x}/")
}

pub(super) fn words(headers: &HeaderMap, asked: Option<&String>) -> &'static Words {
    let chosen = asked.map(String::as_str).or_else(|| cookie(headers, "align_ui"));
    chosen.and_then(Words::named).unwrap_or_else(|| {
        let accepted = headers.get(header::ACCEPT_LANGUAGE);
        accepted.and_then(|one| one.to_str().ok()).map_or(&EN, Words::accepted)
    })
}

pub(super) fn html(template: &impl Template) -> Response {
    match template.render() {
        Ok(text) => Html(text).into_response(),
        Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}

pub(super) fn message(
    headers: &HeaderMap,
    status: StatusCode,
    text: impl Fn(&'static Words) -> &'static str,
) -> Response {
    let words = words(headers, None);
    let page = Message { words, text: text(words), to: "", assets: assets() };
    (status, html(&page)).into_response()
}

/// A request: of which document, what its path names, and how it wants its answer.
#[derive(Debug)]
pub(super) struct Visit {
    pub(super) app: Arc<App>,
    /// The place of the document.
    pub(super) document: usize,
    pub(super) headers: HeaderMap,
    uri: Uri,
    /// The parts of the path that the route names.
    names: BTreeMap<String, String>,
    /// What stands behind the question mark.
    asked: BTreeMap<String, String>,
}

impl FromRequestParts<Arc<App>> for Visit {
    type Rejection = Response;

    async fn from_request_parts(
        parts: &mut Parts,
        app: &Arc<App>,
    ) -> Result<Self, Response> {
        let names = Path::from_request_parts(parts, app).await;
        let asked = Query::from_request_parts(parts, app).await;
        let headers = parts.headers.clone();
        let none = || message(&headers, StatusCode::NOT_FOUND, |words| words.not_found);
        let (Ok(Path(names)), Ok(Query(asked))) = (names, asked) else {
            return Err(none());
        };
        let names: BTreeMap<String, String> = names;
        let document = names.get("document").map_or(Ok(0), |name| name.parse());
        let document = document.ok().filter(|at| *at < app.desks.len());
        let Some(document) = document else { return Err(none()) };
        let (app, uri) = (Arc::clone(app), parts.uri.clone());
        Ok(Self { app, document, headers, uri, names, asked })
    }
}

impl Visit {
    /// The review that is asked for.
    pub(super) fn desk(&self) -> MutexGuard<'_, Desk> {
        self.app.desk(self.document)
    }

    /// The part of the path of that name.
    pub(super) fn name(&self, name: &str) -> &str {
        self.names.get(name).map_or("", String::as_str)
    }

    /// What is asked for under that name; empty for nothing.
    pub(super) fn asked(&self, name: &str) -> &str {
        self.asked.get(name).map_or("", String::as_str)
    }

    pub(super) fn words(&self) -> &'static Words {
        words(&self.headers, self.asked.get("ui"))
    }

    /// The document's pages begin so.
    pub(super) fn base(&self) -> String {
        format!("/d/{}/", self.document)
    }

    pub(super) fn not_found(&self) -> Response {
        message(&self.headers, StatusCode::NOT_FOUND, |words| words.not_found)
    }

    pub(super) fn shell(&self, desk: &Desk, view: &'static str) -> Shell {
        let head = desk.session.head();
        let files =
            [&head.zh.file, &head.en.file].map(|file| view::rows::file_name(file));
        let theme = self.asked.get("theme").map(String::as_str);
        let theme = theme.or_else(|| cookie(&self.headers, "align_theme"));
        let theme = theme.filter(|theme| matches!(*theme, "light" | "dark"));
        Shell {
            words: self.words(),
            view,
            name: desk.setting.name.clone(),
            files: files
                .iter()
                .filter(|f| !f.is_empty())
                .cloned()
                .collect::<Vec<_>>()
                .join(" · "),
            counts: desk.counts(),
            revision: desk.session.revision(),
            checked: desk.n_checks(),
            is_looking: desk.later.is_some(),
            texts: desk.texts_revision(),
            is_checking: desk.is_checking(),
            token: self.app.guard.token().to_owned(),
            assets: assets(),
            theme: theme.unwrap_or_default().to_owned(),
            can_undo: desk.session.next_undo().is_some(),
            can_redo: desk.session.next_redo().is_some(),
            is_read_only: desk.session.is_read_only(),
            is_termbase: desk.setting.is_termbase,
            is_one_of_many: self.app.desks.len() > 1,
            zh_lang: view::zh_lang(desk),
            here: self.here(),
        }
    }

    /// This page, for links that change how it is shown.
    fn here(&self) -> String {
        let query = self.uri.query().unwrap_or_default();
        let is_kept = |one: &&str| {
            !one.is_empty() && !one.starts_with("ui=") && !one.starts_with("theme=")
        };
        let mut here = format!("{}?", self.uri.path());
        for one in query.split('&').filter(is_kept) {
            here += one;
            here.push('&');
        }
        here
    }

    /// A page, and the choices of how it is shown as cookies.
    pub(super) fn answer(&self, desk: &Desk, page: &impl Template) -> Response {
        let mut response = html(page);
        let headers = response.headers_mut();
        for (name, values) in [("ui", ["en", "zh"]), ("theme", ["light", "dark"])] {
            let chosen = self.asked.get(name).map(String::as_str);
            let Some(value) = values.into_iter().find(|value| chosen == Some(value))
            else {
                continue;
            };
            let cookie = format!(
                "align_{name}={value}; SameSite=Strict; Path=/; Max-Age=31536000"
            );
            if let Ok(cookie) = HeaderValue::from_str(&cookie) {
                headers.append(header::SET_COOKIE, cookie);
            }
        }
        let revision = desk.session.revision();
        if let Ok(tag) = HeaderValue::from_str(&format!("\"{revision}\"")) {
            headers.insert(header::ETAG, tag);
        }
        response
    }
}
