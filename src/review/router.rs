//! The routes: a request and the reviews in, an answer out. Knows no sockets.

use std::sync::Arc;

use axum::Router;
use axum::extract::{DefaultBodyLimit, Path, Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};

pub use super::app::App;
use super::app::{CSS, JS, Visit, assets, html, message};
use super::change;
use super::desk::Desk;
use super::event::RowKey;
use super::joints;
use super::renew;
use super::state::Placed;
use super::take_away;
use super::view::{self, Message};
use crate::types::Side;

/// The longest body of a request, in bytes.
const LONGEST_BODY: usize = 1 << 20;

/// What a page may do: nothing but its own style, script, forms and requests.
const CSP: &str = "default-src 'none'; script-src 'self'; style-src 'self'; \
                   img-src 'self' data:; connect-src 'self'; form-action 'self'; \
                   base-uri 'none'; frame-ancestors 'none'";

/// All routes.
pub fn router(app: Arc<App>) -> Router {
    let document = Router::new()
        .route("/rows", get(rows))
        .route("/rows/{key}", get(row))
        .route("/rows/{key}/why", get(why))
        .route("/rows/{key}/joints", get(joints))
        .route("/rows/{key}/{op}", post(change::row))
        .route("/next", get(next))
        .route("/terms", get(terms))
        .route("/terms/all", get(all_terms))
        .route("/terms/{id}", get(card))
        .route("/terms/{id}/{op}", post(change::terms))
        .route("/findings", get(findings))
        .route("/findings/{id}/{op}", post(change::finding))
        .route("/undo", post(change::undo))
        .route("/redo", post(change::redo))
        .route("/checked/{revision}", get(change::checked))
        .route("/since/{revision}", get(change::since))
        .route("/anew", post(renew::anew))
        .route("/export", post(take_away::write_all))
        .route("/export/{kind}", get(take_away::download))
        .route("/log", get(take_away::log));
    Router::new()
        .route("/open", get(open))
        .route("/", get(documents))
        .route("/d/{document}/", get(overview))
        .nest("/d/{document}", document)
        .route("/a/{hash}/{file}", get(asset))
        .fallback(|headers: HeaderMap| async move {
            message(&headers, StatusCode::NOT_FOUND, |words| words.not_found)
        })
        .layer(DefaultBodyLimit::max(LONGEST_BODY))
        .layer(middleware::from_fn_with_state(Arc::clone(&app), watch))
        .with_state(app)
}

/// Lets nobody in who may not ask, and nothing out without the headers that fence it in.
async fn watch(State(app): State<Arc<App>>, request: Request, next: Next) -> Response {
    let checked =
        app.guard().check(request.method(), request.uri().path(), request.headers());
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

/// Takes the key for the cookie. The page goes on by itself: a strict cookie is not sent along
/// a redirect that began elsewhere.
async fn open(visit: Visit) -> Response {
    let Some(cookie) = visit.app.guard().enter(visit.asked("key")) else {
        return message(&visit.headers, StatusCode::FORBIDDEN, |words| words.refused);
    };
    let (words, to) = (visit.words(), visit.app.entrance());
    let page = Message { words, text: words.opened, to, assets: assets() };
    ([(header::SET_COOKIE, cookie)], html(&page)).into_response()
}

/// The documents of a folder; of one alone, its overview.
async fn documents(visit: Visit) -> Response {
    if visit.app.n_documents() == 1 {
        return Redirect::to(visit.app.entrance()).into_response();
    }
    let all = (0..visit.app.n_documents()).map(|at| {
        let desk = visit.app.desk(at);
        (desk.setting.name.clone(), desk.counts())
    });
    let all = all.collect();
    let desk = visit.desk();
    let shell = visit.shell(&desk, "docs");
    visit.answer(&desk, &view::documents::page(shell, all))
}

async fn overview(visit: Visit) -> Response {
    let desk = visit.desk();
    if desk.setting.is_termbase {
        return Redirect::to(&format!("{}terms", visit.base())).into_response();
    }
    let shell = visit.shell(&desk, "over");
    visit.answer(&desk, &view::overview::page(&desk, shell))
}

async fn rows(visit: Visit) -> Response {
    let desk = visit.desk();
    let query = view::rows::Query {
        from: visit.asked("from").parse().unwrap_or_default(),
        filter: visit.asked("filter").to_owned(),
        search: visit.asked("q").to_owned(),
    };
    let key = visit.asked("row").parse::<RowKey>().ok();
    let focus = key.and_then(|key| desk.state().find(key)).map(|placed| placed.index);
    let focus = focus.or_else(|| going(&desk, visit.asked("go")));
    let shell = visit.shell(&desk, "align");
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

async fn row(visit: Visit) -> Response {
    let desk = visit.desk();
    match named(&desk, visit.name("key")) {
        Some(placed) => html(&view::rows::row(&desk, visit.words(), &placed, true)),
        None => visit.not_found(),
    }
}

async fn why(visit: Visit) -> Response {
    let mut desk = visit.desk();
    match named(&desk, visit.name("key")) {
        Some(placed) => {
            let seen = desk.state().key(&placed);
            desk.see(seen);
            html(&view::rows::why(&desk, visit.words(), &placed))
        }
        None => visit.not_found(),
    }
}

/// Where a row can be split.
async fn joints(visit: Visit) -> Response {
    let desk = visit.desk();
    match named(&desk, visit.name("key")) {
        Some(placed) => axum::Json(joints::joints(&desk, &placed)).into_response(),
        None => visit.not_found(),
    }
}

/// The next row to look at, or the one before.
async fn next(visit: Visit) -> Response {
    let desk = visit.desk();
    let at = named(&desk, visit.asked("after")).map(|placed| placed.index);
    let state = desk.state();
    let is_open = |index: &usize| desk.look(&state.at(*index)).look;
    let found = match visit.asked("way") {
        "back" => (0..at.unwrap_or_default()).rev().find(is_open),
        _ => (at.map_or(0, |at| at + 1)..state.rows().len()).find(is_open),
    };
    let key = found.map(|index| state.key(&state.at(index)).to_string());
    axum::Json(serde_json::json!({ "key": key })).into_response()
}

/// Which terms are asked for.
fn terms_query(visit: &Visit) -> view::terms::Query {
    view::terms::Query {
        from: visit.asked("from").parse().unwrap_or_default(),
        filter: visit.asked("filter").to_owned(),
        search: visit.asked("q").to_owned(),
        focus: visit.asked("term").parse().ok(),
    }
}

/// The numbers of all terms that a filter shows, on whatever page.
async fn all_terms(visit: Visit) -> Response {
    let desk = visit.desk();
    axum::Json(view::terms::found(&desk, &terms_query(&visit))).into_response()
}

async fn terms(visit: Visit) -> Response {
    let desk = visit.desk();
    let query = terms_query(&visit);
    let shell = visit.shell(&desk, "terms");
    visit.answer(&desk, &view::terms::page(&desk, shell, query))
}

async fn card(visit: Visit) -> Response {
    let desk = visit.desk();
    let id = visit.name("id").parse().ok();
    match id.and_then(|id| view::terms::card(&desk, visit.words(), id)) {
        Some(card) => html(&card),
        None => visit.not_found(),
    }
}

async fn findings(visit: Visit) -> Response {
    let desk = visit.desk();
    let kind = visit.asked("kind").to_owned();
    let shell = visit.shell(&desk, "check");
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
