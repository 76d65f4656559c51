//! The routes: a request and the review in, an answer out. Knows no sockets.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use askama::Template;
use axum::Router;
use axum::body::Bytes;
use axum::extract::{DefaultBodyLimit, Path, Query, Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, Uri, header};
use axum::middleware::{self, Next};
use axum::response::{Html, IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use serde::Serialize;

use super::desk::{Counts, Desk, Touched, Way};
use super::event::RowKey;
use super::feed;
use super::guard::{Guard, cookie};
use super::requests::{self, Deed, Fault, Fields};
use super::reviewed;
use super::session::SessionError;
use super::state::Placed;
use super::view::words::{EN, Words};
use super::view::{self, Message, Shell};
use crate::export::{Columns, ExportKind, OutputFiles, Product, SegType};
use crate::types::Side;

/// The longest body of a request, in bytes.
const LONGEST_BODY: usize = 1 << 20;

const CSS: &str = include_str!("assets/page.css");
const JS: &str = include_str!("assets/page.js");

/// What a page may do: nothing but its own style, script, forms and requests.
const CSP: &str = "default-src 'none'; script-src 'self'; style-src 'self'; \
                   img-src 'self' data:; connect-src 'self'; form-action 'self'; \
                   base-uri 'none'; frame-ancestors 'none'";

/// The review that is open, and who may ask of it.
#[derive(Debug)]
pub struct App {
    desk: Mutex<Desk>,
    guard: Guard,
}

impl App {
    /// A review with its guard.
    pub fn new(desk: Desk, guard: Guard) -> Self {
        Self { desk: Mutex::new(desk), guard }
    }

    /// Who may ask.
    pub fn guard(&self) -> &Guard {
        &self.guard
    }

    /// The review. An answer that broke off left it whole: the session changes it last.
    pub fn desk(&self) -> MutexGuard<'_, Desk> {
        self.desk.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

type Shared = State<Arc<App>>;
type Asked = Query<BTreeMap<String, String>>;

/// All routes.
pub fn router(app: Arc<App>) -> Router {
    Router::new()
        .route("/open", get(open))
        .route("/", get(|| async { Redirect::to("/d/0/") }))
        .route("/d/0/", get(overview))
        .route("/d/0/rows", get(rows))
        .route("/d/0/rows/{key}", get(row))
        .route("/d/0/rows/{key}/why", get(why))
        .route("/d/0/rows/{key}/{op}", post(change_row))
        .route("/d/0/next", get(next))
        .route("/d/0/terms", get(terms))
        .route("/d/0/terms/{id}", get(card))
        .route("/d/0/terms/{id}/{op}", post(change_term))
        .route("/d/0/findings", get(findings))
        .route("/d/0/findings/{id}/{op}", post(change_finding))
        .route("/d/0/undo", post(undo))
        .route("/d/0/redo", post(redo))
        .route("/d/0/since/{revision}", get(since))
        .route("/d/0/export", post(export_all))
        .route("/d/0/export/{kind}", get(export))
        .route("/a/{hash}/{file}", get(asset))
        .fallback(|headers: HeaderMap| async move {
            message(&headers, StatusCode::NOT_FOUND, |words| words.not_found)
        })
        .layer(DefaultBodyLimit::max(LONGEST_BODY))
        .layer(middleware::from_fn_with_state(Arc::clone(&app), watch))
        .with_state(app)
}

/// Lets nobody in who may not ask, and nothing out without the headers that fence it in.
async fn watch(State(app): Shared, request: Request, next: Next) -> Response {
    let checked =
        app.guard.check(request.method(), request.uri().path(), request.headers());
    let is_asset = request.uri().path().starts_with("/a/");
    let mut response = match checked {
        Ok(()) => next.run(request).await,
        Err(status) => message(request.headers(), status, |words| words.refused),
    };
    let headers = response.headers_mut();
    let cache = match is_asset && checked.is_ok() {
        true => "private, max-age=31536000, immutable",
        false => "no-store",
    };
    // Not `no-referrer`: forms would then be sent with the origin `null`, which is nobody's.
    let fixed: [(HeaderName, &'static str); 7] = [
        (header::CONTENT_SECURITY_POLICY, CSP),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "same-origin"),
        (header::CACHE_CONTROL, cache),
        (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
        (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
        (HeaderName::from_static("x-frame-options"), "DENY"),
    ];
    for (name, value) in fixed {
        headers.insert(name, HeaderValue::from_static(value));
    }
    response
}

// --- pages

/// The folder of the assets: their names change with their contents.
fn assets() -> String {
    let hash = crate::export::hash(format!("{CSS}{JS}").as_bytes());
    format!("/a/{hash:016x}/")
}

fn words(headers: &HeaderMap, asked: Option<&String>) -> &'static Words {
    let chosen = asked.map(String::as_str).or_else(|| cookie(headers, "align_ui"));
    chosen.and_then(Words::named).unwrap_or_else(|| {
        let accepted = headers.get(header::ACCEPT_LANGUAGE);
        accepted.and_then(|one| one.to_str().ok()).map_or(&EN, Words::accepted)
    })
}

fn html(template: &impl Template) -> Response {
    match template.render() {
        Ok(text) => Html(text).into_response(),
        Err(_) => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}

fn message(
    headers: &HeaderMap,
    status: StatusCode,
    text: impl Fn(&'static Words) -> &'static str,
) -> Response {
    let words = words(headers, None);
    let page = Message { words, text: text(words), to: "", assets: assets() };
    (status, html(&page)).into_response()
}

/// What a request says of how it wants its page.
struct Visit<'a> {
    headers: &'a HeaderMap,
    uri: &'a Uri,
    asked: &'a BTreeMap<String, String>,
}

impl Visit<'_> {
    fn words(&self) -> &'static Words {
        words(self.headers, self.asked.get("ui"))
    }

    fn shell(&self, app: &App, desk: &Desk, view: &'static str) -> Shell {
        let head = desk.session.head();
        let files =
            [&head.zh.file, &head.en.file].map(|file| view::rows::file_name(file));
        let theme = self.asked.get("theme").map(String::as_str);
        let theme = theme.or_else(|| cookie(self.headers, "align_theme"));
        let theme = theme.filter(|theme| matches!(*theme, "light" | "dark"));
        let query = self.uri.query().unwrap_or_default();
        let is_kept = |one: &&str| {
            !one.is_empty() && !one.starts_with("ui=") && !one.starts_with("theme=")
        };
        let mut here = format!("{}?", self.uri.path());
        for one in query.split('&').filter(is_kept) {
            here += one;
            here.push('&');
        }
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
            token: app.guard.token().to_owned(),
            assets: assets(),
            theme: theme.unwrap_or_default().to_owned(),
            can_undo: desk.session.next_undo().is_some(),
            can_redo: desk.session.next_redo().is_some(),
            is_read_only: desk.session.is_read_only(),
            zh_lang: view::zh_lang(desk),
            here,
        }
    }

    /// A page, and the choices of how it is shown as cookies.
    fn answer(&self, desk: &Desk, page: &impl Template) -> Response {
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
        if let Ok(tag) =
            HeaderValue::from_str(&format!("\"{}\"", desk.session.revision()))
        {
            headers.insert(header::ETAG, tag);
        }
        response
    }
}

/// Takes the key for the cookie. The page goes on by itself: a strict cookie is not sent along
/// a redirect that began elsewhere.
async fn open(State(app): Shared, headers: HeaderMap, Query(asked): Asked) -> Response {
    let key = asked.get("key").map_or("", String::as_str);
    let Some(cookie) = app.guard.enter(key) else {
        return message(&headers, StatusCode::FORBIDDEN, |words| words.refused);
    };
    let words = words(&headers, None);
    let page = Message { words, text: words.opened, to: "/d/0/", assets: assets() };
    ([(header::SET_COOKIE, cookie)], html(&page)).into_response()
}

async fn overview(
    State(app): Shared,
    headers: HeaderMap,
    uri: Uri,
    Query(asked): Asked,
) -> Response {
    let visit = Visit { headers: &headers, uri: &uri, asked: &asked };
    let desk = app.desk();
    let shell = visit.shell(&app, &desk, "over");
    visit.answer(&desk, &view::overview::page(&desk, shell))
}

async fn rows(
    State(app): Shared,
    headers: HeaderMap,
    uri: Uri,
    Query(asked): Asked,
) -> Response {
    let visit = Visit { headers: &headers, uri: &uri, asked: &asked };
    let desk = app.desk();
    let field = |name: &str| asked.get(name).cloned().unwrap_or_default();
    let query = view::rows::Query {
        from: field("from").parse().unwrap_or_default(),
        filter: field("filter"),
        search: field("q"),
    };
    let key = asked.get("row").and_then(|key| key.parse::<RowKey>().ok());
    let focus = key.and_then(|key| desk.state().find(key)).map(|placed| placed.index);
    let focus = focus.or_else(|| going(&desk, &field("go")));
    let shell = visit.shell(&app, &desk, "align");
    visit.answer(&desk, &view::rows::page(&desk, shell, query, focus))
}

/// The row that a reader names: its number, `L87` for a line of a file, `§17` for a label.
fn going(desk: &Desk, name: &str) -> Option<usize> {
    let name = name.trim();
    let mut rows = desk.state().placed();
    if let Some(line) =
        name.strip_prefix(['L', 'l']).and_then(|n| n.parse::<usize>().ok())
    {
        return rows.find(|placed| is_at_line(desk, placed, line)).map(|p| p.index);
    }
    if let Some(label) = name.strip_prefix('§') {
        let is_it = |placed: &Placed| {
            let of_row = view::rows::label(desk, placed);
            of_row == label || of_row.rsplit([' ', ',']).next() == Some(label)
        };
        return rows.find(is_it).map(|placed| placed.index);
    }
    let n: usize = name.parse().ok()?;
    let index = n.checked_sub(1)?;
    (index < desk.state().rows().len()).then_some(index)
}

fn is_at_line(desk: &Desk, placed: &Placed, line: usize) -> bool {
    Side::BOTH.into_iter().any(|side| {
        let pieces = &desk.state().pieces(side)[placed.range.get(side).clone()];
        pieces.iter().any(|piece| {
            let (first, last) = desk.segment(side, *piece).lines;
            first <= line && line <= last
        })
    })
}

/// The row of a name in a path.
fn named(desk: &Desk, key: &str) -> Option<Placed> {
    desk.state().find(key.parse().ok()?)
}

async fn row(
    State(app): Shared,
    headers: HeaderMap,
    Path(key): Path<String>,
) -> Response {
    let desk = app.desk();
    match named(&desk, &key) {
        Some(placed) => {
            html(&view::rows::row(&desk, words(&headers, None), &placed, true))
        }
        None => message(&headers, StatusCode::NOT_FOUND, |words| words.not_found),
    }
}

async fn why(
    State(app): Shared,
    headers: HeaderMap,
    Path(key): Path<String>,
) -> Response {
    let desk = app.desk();
    match named(&desk, &key) {
        Some(placed) => html(&view::rows::why(&desk, words(&headers, None), &placed)),
        None => message(&headers, StatusCode::NOT_FOUND, |words| words.not_found),
    }
}

/// The next row to look at, or the one before.
async fn next(State(app): Shared, Query(asked): Asked) -> Response {
    let desk = app.desk();
    let at =
        asked.get("after").and_then(|key| named(&desk, key)).map(|placed| placed.index);
    let state = desk.state();
    let is_open = |index: &usize| desk.look(&state.at(*index)).look;
    let found = match asked.get("way").map(String::as_str) {
        Some("back") => (0..at.unwrap_or_default()).rev().find(is_open),
        _ => (at.map_or(0, |at| at + 1)..state.rows().len()).find(is_open),
    };
    let key = found.map(|index| state.key(&state.at(index)).to_string());
    axum::Json(serde_json::json!({ "key": key })).into_response()
}

async fn terms(
    State(app): Shared,
    headers: HeaderMap,
    uri: Uri,
    Query(asked): Asked,
) -> Response {
    let visit = Visit { headers: &headers, uri: &uri, asked: &asked };
    let desk = app.desk();
    let field = |name: &str| asked.get(name).cloned().unwrap_or_default();
    let focus = field("term").parse().ok();
    let shell = visit.shell(&app, &desk, "terms");
    let page = view::terms::page(&desk, shell, field("filter"), field("q"), focus);
    visit.answer(&desk, &page)
}

async fn card(State(app): Shared, headers: HeaderMap, Path(id): Path<usize>) -> Response {
    let desk = app.desk();
    match view::terms::card(&desk, words(&headers, None), id) {
        Some(card) => html(&card),
        None => message(&headers, StatusCode::NOT_FOUND, |words| words.not_found),
    }
}

async fn findings(
    State(app): Shared,
    headers: HeaderMap,
    uri: Uri,
    Query(asked): Asked,
) -> Response {
    let visit = Visit { headers: &headers, uri: &uri, asked: &asked };
    let desk = app.desk();
    let kind = asked.get("kind").cloned().unwrap_or_default();
    let shell = visit.shell(&app, &desk, "check");
    visit.answer(&desk, &view::findings::page(&desk, shell, kind))
}

async fn asset(
    headers: HeaderMap,
    Path((hash, file)): Path<(String, String)>,
) -> Response {
    let (text, kind) = match file.as_str() {
        "page.css" => (CSS, "text/css; charset=utf-8"),
        "page.js" => (JS, "text/javascript; charset=utf-8"),
        _ => return message(&headers, StatusCode::NOT_FOUND, |words| words.not_found),
    };
    if format!("/a/{hash}/") != assets() {
        return message(&headers, StatusCode::NOT_FOUND, |words| words.not_found);
    }
    ([(header::CONTENT_TYPE, kind)], text).into_response()
}

// --- changes

/// What a page is told of a change.
#[derive(Debug, Default, Serialize)]
struct Answer {
    /// The revision that the page then shows.
    rev: usize,
    /// What was done, in words.
    say: String,
    /// What could not be handed on.
    #[serde(skip_serializing_if = "String::is_empty")]
    warn: String,
    /// The view that the change is of.
    view: &'static str,
    /// Where the change is to be seen.
    href: String,
    /// The row, term or finding that has the focus then; its `id`.
    focus: String,
    /// Names of rows that are no longer there.
    drop: Vec<String>,
    /// Rows as they are now.
    rows: Vec<RowAnswer>,
    /// Terms and findings as they are now, by `id`.
    items: Vec<ItemAnswer>,
    /// Rows with a higher number than the first are renumbered by the second.
    #[serde(skip_serializing_if = "Option::is_none")]
    moved: Option<(usize, isize)>,
    /// Too much changed: the page is to be loaded anew.
    reload: bool,
    counts: Counts,
    map: String,
    undo: bool,
    redo: bool,
}

#[derive(Debug, Serialize)]
struct RowAnswer {
    after: String,
    key: String,
    html: String,
}

#[derive(Debug, Serialize)]
struct ItemAnswer {
    id: String,
    html: String,
}

impl Answer {
    fn new(desk: &Desk, words: &'static Words, touched: &Touched) -> Self {
        let state = desk.state();
        let name = |index: usize| state.key(&state.at(index)).to_string();
        let reload = touched.rows.len() > view::rows::PAGE;
        let is_gone = |key: &&RowKey| state.find(**key).is_none();
        let mut answer = Self {
            rev: desk.session.revision(),
            reload,
            drop: touched
                .before
                .iter()
                .filter(is_gone)
                .map(ToString::to_string)
                .collect(),
            moved: touched.moved,
            counts: desk.counts(),
            map: desk.map(),
            undo: desk.session.next_undo().is_some(),
            redo: desk.session.next_redo().is_some(),
            ..Self::default()
        };
        if !reload {
            for index in touched.rows.iter().copied() {
                let view = view::rows::row(desk, words, &state.at(index), false);
                answer.rows.push(RowAnswer {
                    after: index.checked_sub(1).map_or_else(String::new, name),
                    key: name(index),
                    html: view.render().unwrap_or_default(),
                });
            }
        }
        answer.add_items(desk, words, touched);
        answer.set_place(desk, touched);
        answer
    }

    fn add_items(&mut self, desk: &Desk, words: &'static Words, touched: &Touched) {
        for (id, pair) in desk.backing.terms.iter().enumerate() {
            let key = (pair.term.zh.clone(), pair.term.en.clone());
            let view =
                touched.terms.contains(&key).then(|| view::terms::term(desk, words, id));
            if let Some(view) = view.flatten() {
                let html = view.render().unwrap_or_default();
                self.items.push(ItemAnswer { id: format!("t{id}"), html });
            }
        }
        for (n, one) in desk.backing.findings.iter().enumerate() {
            let id = &one.finding.fingerprint;
            let view = touched
                .findings
                .contains(id)
                .then(|| view::findings::finding(desk, words, n));
            if let Some(view) = view.flatten() {
                let html = view.render().unwrap_or_default();
                self.items.push(ItemAnswer { id: format!("f{id}"), html });
            }
        }
    }

    /// Where the change is to be seen.
    fn set_place(&mut self, desk: &Desk, touched: &Touched) {
        let state = desk.state();
        if let Some(first) = touched.rows.first() {
            let key = state.key(&state.at(*first)).to_string();
            self.view = "align";
            self.href = format!("/d/0/rows?row={key}");
            self.focus = format!("r{key}");
        } else if let Some(item) = self.items.first() {
            let (kind, id) = item.id.split_at(1);
            self.focus.clone_from(&item.id);
            (self.view, self.href) = match kind {
                "t" => ("terms", format!("/d/0/terms?term={id}")),
                _ => ("check", format!("/d/0/findings#f{id}")),
            };
        }
    }
}

/// A request for a change.
struct Wish {
    words: &'static Words,
    fields: Fields,
    /// What the page showed.
    revision: usize,
    is_json: bool,
}

impl Wish {
    /// Reads a form or JSON, and checks the token.
    fn read(app: &App, headers: &HeaderMap, body: &Bytes) -> Result<Self, Box<Response>> {
        let words = words(headers, None);
        let is = |name: HeaderName, value: &str| {
            let told = headers.get(name).and_then(|told| told.to_str().ok());
            told.is_some_and(|told| told.contains(value))
        };
        let refuse =
            |status: StatusCode| Box::new(message(headers, status, |w| w.refused));
        let fields: Option<Fields> = if is(header::CONTENT_TYPE, "application/json") {
            serde_json::from_slice(body).ok()
        } else if is(header::CONTENT_TYPE, "application/x-www-form-urlencoded") {
            // Fields of one name: the first counts.
            serde_urlencoded::from_bytes::<Vec<(String, String)>>(body)
                .ok()
                .map(|list| list.into_iter().rev().collect())
        } else {
            None
        };
        let fields = fields.ok_or_else(|| refuse(StatusCode::BAD_REQUEST))?;
        if !app.guard.is_token(fields.get("token").map_or("", String::as_str)) {
            return Err(refuse(StatusCode::FORBIDDEN));
        }
        let revision = fields.get("rev").and_then(|rev| rev.parse().ok());
        let revision = revision.ok_or_else(|| refuse(StatusCode::BAD_REQUEST))?;
        Ok(Self {
            words,
            fields,
            revision,
            is_json: is(header::ACCEPT, "application/json"),
        })
    }

    /// What changed since the page was drawn; `None` where it is no page of this review.
    fn stale(&self, desk: &Desk) -> Option<Touched> {
        desk.since(self.revision)
    }

    /// Something cannot be done, and nothing was.
    fn refuse(&self, status: StatusCode, text: &str) -> Response {
        if self.is_json {
            let body = serde_json::json!({ "say": text });
            return (status, axum::Json(body)).into_response();
        }
        (status, Html(format!("<p>{}</p>", escaped(text)))).into_response()
    }

    fn fault(&self, fault: &Fault) -> Response {
        use super::operations::Refusal;
        let w = self.words;
        match fault {
            Fault::Unknown | Fault::NotFound => {
                self.refuse(StatusCode::NOT_FOUND, w.not_found)
            }
            Fault::Field(_) => {
                self.refuse(StatusCode::UNPROCESSABLE_ENTITY, w.not_possible)
            }
            Fault::Refused(Refusal::Nothing) => {
                self.refuse(StatusCode::UNPROCESSABLE_ENTITY, w.nothing_changed)
            }
            Fault::Refused(Refusal::NoJoint) => {
                self.refuse(StatusCode::UNPROCESSABLE_ENTITY, w.no_joint)
            }
            Fault::Refused(refusal) => {
                let text = match w.ui {
                    "en" => format!("{} {refusal}", w.not_possible),
                    _ => w.not_possible.to_owned(),
                };
                self.refuse(StatusCode::UNPROCESSABLE_ENTITY, &text)
            }
        }
    }

    /// Somebody else changed it meanwhile: as it is now.
    fn conflict(&self, desk: &Desk, touched: &Touched) -> Response {
        if !self.is_json {
            return self.refuse(StatusCode::CONFLICT, self.words.done_elsewhere);
        }
        let mut answer = Answer::new(desk, self.words, touched);
        answer.reload |= touched.is_restructured;
        answer.say = self.words.done_elsewhere.to_owned();
        (StatusCode::CONFLICT, axum::Json(answer)).into_response()
    }

    /// The session says no.
    fn broken(&self, error: &SessionError) -> Response {
        match error {
            SessionError::Nothing(_) => {
                self.refuse(StatusCode::UNPROCESSABLE_ENTITY, self.words.nothing_changed)
            }
            SessionError::ReadOnly => {
                self.refuse(StatusCode::UNPROCESSABLE_ENTITY, self.words.read_only)
            }
            error => {
                let text = format!("{} {error}", self.words.not_saved);
                self.refuse(StatusCode::INTERNAL_SERVER_ERROR, &text)
            }
        }
    }

    /// Does something and answers.
    fn perform(
        &self,
        desk: &mut Desk,
        deed: Deed,
        before: Touched,
        say: String,
    ) -> Response {
        match desk.perform(deed.op, deed.change) {
            Ok(touched) => self.done(desk, touched, before, say),
            Err(error) => self.broken(&error),
        }
    }

    /// Hands on what was decided, and answers with all that is no longer as the page shows it.
    fn done(
        &self,
        desk: &Desk,
        touched: Touched,
        before: Touched,
        say: String,
    ) -> Response {
        let fed = feed::terms(desk, &touched.terms)
            .and_then(|()| feed::findings(desk, &touched.findings));
        let place = Answer::new(desk, self.words, &touched);
        if !self.is_json {
            let href = if place.href.is_empty() { "/d/0/" } else { &place.href };
            return Redirect::to(href).into_response();
        }
        let is_restructured = before.is_restructured;
        let mut answer = match before.is_empty() {
            true => place,
            false => {
                let (view, href, focus) = (place.view, place.href, place.focus);
                let all = Answer::new(desk, self.words, &touched.with(before));
                Answer { view, href, focus, ..all }
            }
        };
        answer.reload |= is_restructured;
        answer.say = say;
        if let Err(error) = fed {
            answer.warn = format!("{} {error}", self.words.termbase_not_written);
        }
        axum::Json(answer).into_response()
    }
}

/// A text as HTML shows it.
fn escaped(text: &str) -> String {
    view::parts::Parts::plain(text).to_string()
}

async fn change_row(
    State(app): Shared,
    Path((key, op)): Path<(String, String)>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let wish = match Wish::read(&app, &headers, &body) {
        Ok(wish) => wish,
        Err(refusal) => return *refusal,
    };
    let mut desk = app.desk();
    let (Ok(key), Some(before)) = (key.parse::<RowKey>(), wish.stale(&desk)) else {
        return wish.fault(&Fault::NotFound);
    };
    let Some(placed) = desk.state().find(key) else {
        return match before.is_empty() {
            true => wish.fault(&Fault::NotFound),
            false => wish.conflict(&desk, &before),
        };
    };
    let near = placed.index.saturating_sub(1)..=placed.index + 1;
    if near.into_iter().any(|index| before.rows.contains(&index)) {
        return wish.conflict(&desk, &before);
    }
    match requests::row(&desk, key, &op, &wish.fields) {
        Ok(deed) => {
            let say = said(wish.words, placed.index, &deed);
            wish.perform(&mut desk, deed, before, say)
        }
        Err(fault) => wish.fault(&fault),
    }
}

/// What was done to a row, in words.
fn said(w: &'static Words, index: usize, deed: &Deed) -> String {
    let what = match deed.op {
        "confirm" => w.st_confirmed,
        "reopen" => w.open_again,
        "look" => w.needs_look,
        "bookmark" => w.bookmark,
        "note" => w.note,
        "merge" => w.merge_below,
        "split" => w.split,
        "move" => w.down,
        "shift" => w.shift_down,
        "part" => w.part,
        "swap" => w.swap,
        "tie" => w.tie,
        "edit" => w.edit,
        other => other,
    };
    let mut say = match deed.change.rows.len() {
        n if deed.op == "confirm" && n > 1 => format!("{} · {what}", (w.n_rows)(n)),
        _ => {
            let row = (w.row_n)(index + 1);
            let mut letters = row.chars();
            let first = letters.next().map(char::to_uppercase);
            let row: String = first.into_iter().flatten().chain(letters).collect();
            format!("{row} · {what}")
        }
    };
    if deed.n_passed > 0 {
        say += &format!(" · {} {}", deed.n_passed, w.passed_over);
    }
    say
}

async fn change_term(
    State(app): Shared,
    Path((id, op)): Path<(usize, String)>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let wish = match Wish::read(&app, &headers, &body) {
        Ok(wish) => wish,
        Err(refusal) => return *refusal,
    };
    let mut desk = app.desk();
    let Some(before) = wish.stale(&desk) else { return wish.fault(&Fault::NotFound) };
    let term = desk.backing.terms.get(id).map(|pair| pair.term.clone());
    let key = term.map(|term| (term.zh, term.en));
    if key.as_ref().is_some_and(|key| before.terms.contains(key)) {
        return wish.conflict(&desk, &before);
    }
    match requests::term(&desk, id, &op, &wish.fields) {
        Ok(deed) => {
            let (zh, en) = key.unwrap_or_default();
            let w = wish.words;
            let what = match deed.op {
                "accept" => w.accepted,
                "prefer" => w.prefer,
                "reject" => w.rejected,
                "forbid" => w.forbidden,
                "reopen" => w.back_to_candidate,
                _ => w.edit_term,
            };
            wish.perform(&mut desk, deed, before, format!("{zh} = {en} · {what}"))
        }
        Err(fault) => wish.fault(&fault),
    }
}

async fn change_finding(
    State(app): Shared,
    Path((id, op)): Path<(String, String)>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let wish = match Wish::read(&app, &headers, &body) {
        Ok(wish) => wish,
        Err(refusal) => return *refusal,
    };
    let mut desk = app.desk();
    let Some(before) = wish.stale(&desk) else { return wish.fault(&Fault::NotFound) };
    if before.findings.contains(&id) {
        return wish.conflict(&desk, &before);
    }
    match requests::finding(&desk, &id, &op) {
        Ok(deed) => {
            let w = wish.words;
            let what = match deed.op {
                "accept" | "accept-alike" => w.right_as_is,
                "fault" => w.fault,
                _ => w.open_again,
            };
            let n = deed.change.findings.len();
            let say = if n > 1 { format!("{what} · {n}") } else { what.to_owned() };
            wish.perform(&mut desk, deed, before, say)
        }
        Err(fault) => wish.fault(&fault),
    }
}

async fn undo(State(app): Shared, headers: HeaderMap, body: Bytes) -> Response {
    turn(&app, &headers, &body, Way::Undo)
}

async fn redo(State(app): Shared, headers: HeaderMap, body: Bytes) -> Response {
    turn(&app, &headers, &body, Way::Redo)
}

fn turn(app: &App, headers: &HeaderMap, body: &Bytes, way: Way) -> Response {
    let wish = match Wish::read(app, headers, body) {
        Ok(wish) => wish,
        Err(refusal) => return *refusal,
    };
    let mut desk = app.desk();
    let Some(before) = wish.stale(&desk) else { return wish.fault(&Fault::NotFound) };
    match desk.turn(way) {
        Ok((touched, event)) => {
            let name = match way {
                Way::Undo => wish.words.undone,
                Way::Redo => wish.words.redone,
            };
            let say = format!("{name} · {}", event.op);
            wish.done(&desk, touched, before, say)
        }
        Err(error) => wish.broken(&error),
    }
}

/// What changed since a revision, for a window that was away.
async fn since(
    State(app): Shared,
    headers: HeaderMap,
    Path(revision): Path<usize>,
) -> Response {
    let desk = app.desk();
    match desk.since(revision) {
        Some(touched) if !touched.is_restructured => {
            axum::Json(Answer::new(&desk, words(&headers, None), &touched))
                .into_response()
        }
        _ => StatusCode::GONE.into_response(),
    }
}

// --- exports

/// Writes one file of a kind.
fn exported(
    desk: &Desk,
    file: &crate::export::OutputFile,
    is_only_pinned: bool,
    out: &mut dyn std::io::Write,
) -> std::io::Result<()> {
    let (bitext, statuses) = reviewed::bitext(desk, is_only_pinned);
    let terms = reviewed::terms(desk);
    let setting = &desk.setting;
    let product = Product {
        bitext: &bitext,
        sentences: None,
        terms: &terms,
        concepts: &[],
        name: &setting.name,
        languages: &setting.languages,
        segtype: if setting.is_sentences {
            SegType::Sentence
        } else {
            SegType::Paragraph
        },
        created: (setting.clock)(),
        by_lines: setting.is_lines,
        source: setting.source,
        min_score: 0.0,
        columns: Columns::Full,
        is_both_levels: false,
        statuses: &statuses,
    };
    file.write(&product, out)
}

async fn export(
    State(app): Shared,
    headers: HeaderMap,
    Path(kind): Path<String>,
    Query(asked): Asked,
) -> Response {
    let desk = app.desk();
    let kinds = ExportKind::parse_list(&kind).unwrap_or_default();
    let kind = kinds.first().filter(|kind| kinds.len() == 1 && !kind.needs_sentences());
    let Some(file) = kind.and_then(|kind| kind.files().first()) else {
        return message(&headers, StatusCode::NOT_FOUND, |words| words.not_found);
    };
    let is_only_pinned = asked.get("only").is_some_and(|only| only == "confirmed");
    // Some formats are packed, and so cannot be written straight to the answer.
    let mut bytes = Vec::new();
    if exported(&desk, file, is_only_pinned, &mut bytes).is_err() {
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    }
    let disposition = format!(
        "attachment; filename=\"{}\"; filename*=UTF-8''{}",
        file.name("review"),
        percent_encoded(&file.name(&desk.setting.name)),
    );
    let headers = [
        (header::CONTENT_TYPE, "application/octet-stream".to_owned()),
        (header::CONTENT_DISPOSITION, disposition),
    ];
    (headers, bytes).into_response()
}

/// A name as RFC 5987 writes it.
fn percent_encoded(name: &str) -> String {
    let is_plain = |b: &u8| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-' | b'_');
    let encode = |b: u8| {
        if is_plain(&b) { char::from(b).to_string() } else { format!("%{b:02X}") }
    };
    name.bytes().map(encode).collect()
}

/// Writes the usual files of a pair into the folder, as reviewed.
async fn export_all(State(app): Shared, headers: HeaderMap, body: Bytes) -> Response {
    let wish = match Wish::read(&app, &headers, &body) {
        Ok(wish) => wish,
        Err(refusal) => return *refusal,
    };
    let desk = app.desk();
    let files: Vec<_> = ExportKind::defaults()
        .filter(|kind| !kind.needs_terms() || !desk.backing.terms.is_empty())
        .flat_map(ExportKind::files)
        .filter(|file| !file.is_for_both_levels)
        .map(|file| (file.name(&desk.setting.name), file))
        .collect();
    let names = files.iter().map(|(name, _)| name.as_str());
    let written = OutputFiles::open(&desk.setting.out, names).and_then(|mut outputs| {
        for (name, file) in &files {
            outputs.write(name, |out| exported(&desk, file, false, out))?;
        }
        outputs.commit()
    });
    match written {
        Ok(paths) if wish.is_json => {
            let names: Vec<String> =
                paths.iter().map(|p| p.display().to_string()).collect();
            let say = format!("{} {}", wish.words.written_files, names.join(", "));
            let mut answer = Answer::new(&desk, wish.words, &Touched::default());
            answer.say = say;
            axum::Json(answer).into_response()
        }
        Ok(_) => Redirect::to("/d/0/").into_response(),
        Err(error) => {
            let text = format!("{} {error}", wish.words.not_saved);
            wish.refuse(StatusCode::INTERNAL_SERVER_ERROR, &text)
        }
    }
}
