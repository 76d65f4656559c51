//! What a page asks to be changed: who may, what it is, and the answer.

use std::sync::Arc;
use std::time::Duration;

use axum::body::Bytes;
use axum::extract::{FromRequest, FromRequestParts as _, Request};
use axum::http::{HeaderName, StatusCode, header};
use axum::response::{Html, IntoResponse, Redirect, Response};

use super::answer::Answer;
use super::app::{App, Visit, message};
use super::desk::{Desk, REALIGN, Touched, Way};
use super::event::RowKey;
use super::feeding::hand_on_later;
use super::operations::Refusal;
use super::realign::Stretch;
use super::recheck::Check;
use super::requests::{self, Deed, Fault, Fields};
use super::session::SessionError;
use super::view;
use super::view::words::Words;
use crate::text::layout::capitalized;

/// A request for a change, from one who may.
#[derive(Debug)]
pub(super) struct Wish {
    pub(super) visit: Visit,
    fields: Fields,
    /// What the page showed.
    revision: usize,
    pub(super) is_json: bool,
}

impl FromRequest<Arc<App>> for Wish {
    type Rejection = Response;

    /// Reads a form or JSON, and checks the token.
    async fn from_request(request: Request, app: &Arc<App>) -> Result<Self, Response> {
        let (mut parts, body) = request.into_parts();
        let visit = Visit::from_request_parts(&mut parts, app).await?;
        let body = Bytes::from_request(Request::from_parts(parts, body), app).await;
        let body = body.map_err(IntoResponse::into_response)?;
        let refuse = |status: StatusCode| message(&visit.headers, status, |w| w.refused);
        let is = |name: HeaderName, value: &str| {
            let told = visit.headers.get(name).and_then(|told| told.to_str().ok());
            told.is_some_and(|told| told.contains(value))
        };
        let fields: Option<Fields> = if is(header::CONTENT_TYPE, "application/json") {
            serde_json::from_slice(&body).ok()
        } else if is(header::CONTENT_TYPE, "application/x-www-form-urlencoded") {
            // Fields of one name: the first counts.
            serde_urlencoded::from_bytes::<Vec<(String, String)>>(&body)
                .ok()
                .map(|list| list.into_iter().rev().collect())
        } else {
            None
        };
        let fields = fields.ok_or_else(|| refuse(StatusCode::BAD_REQUEST))?;
        let token = fields.get("token").map_or("", String::as_str);
        if !app.guard().is_token(token) {
            return Err(refuse(StatusCode::FORBIDDEN));
        }
        let revision = fields.get("rev").and_then(|rev| rev.parse().ok());
        let revision = revision.ok_or_else(|| refuse(StatusCode::BAD_REQUEST))?;
        let is_json = is(header::ACCEPT, "application/json");
        Ok(Self { visit, fields, revision, is_json })
    }
}

impl Wish {
    pub(super) fn words(&self) -> &'static Words {
        self.visit.words()
    }

    /// What changed since the page was drawn; `None` where it is no page of this review.
    fn stale(&self, desk: &Desk) -> Option<Touched> {
        desk.since(self.revision)
    }

    /// Something cannot be done, and nothing was.
    pub(super) fn refuse(&self, status: StatusCode, text: &str) -> Response {
        if self.is_json {
            let body = serde_json::json!({ "say": text });
            return (status, axum::Json(body)).into_response();
        }
        (status, Html(format!("<p>{}</p>", escaped(text)))).into_response()
    }

    fn fault(&self, fault: &Fault) -> Response {
        let w = self.words();
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
            return self.refuse(StatusCode::CONFLICT, self.words().done_elsewhere);
        }
        let mut answer = Answer::new(desk, self.words(), touched);
        answer.reload |= touched.is_restructured;
        answer.say = self.words().done_elsewhere.to_owned();
        (StatusCode::CONFLICT, axum::Json(answer)).into_response()
    }

    /// The session says no.
    fn broken(&self, error: &SessionError) -> Response {
        match error {
            SessionError::Nothing(_) => self
                .refuse(StatusCode::UNPROCESSABLE_ENTITY, self.words().nothing_changed),
            SessionError::ReadOnly => {
                self.refuse(StatusCode::UNPROCESSABLE_ENTITY, self.words().read_only)
            }
            error => {
                let text = format!("{} {error}", self.words().not_saved);
                self.refuse(StatusCode::INTERNAL_SERVER_ERROR, &text)
            }
        }
    }

    /// Does what is asked for, and answers.
    fn change(&self, target: Option<Target>) -> Response {
        let mut desk = self.visit.desk();
        let Some((target, before)) = target.zip(self.stale(&desk)) else {
            return self.fault(&Fault::NotFound);
        };
        if target.is_stale(&desk, &before) {
            return self.conflict(&desk, &before);
        }
        let deed = match target.deed(&desk, self.visit.name("op"), &self.fields) {
            Ok(deed) => deed,
            Err(fault) => return self.fault(&fault),
        };
        let say = target.said(&desk, self.words(), &deed);
        self.perform(&mut desk, deed, before, say)
    }

    /// Does something, and answers.
    fn perform(
        &self,
        desk: &mut Desk,
        deed: Deed,
        before: Touched,
        say: String,
    ) -> Response {
        match desk.perform(deed.op, deed.change) {
            Ok(touched) => {
                self.go_on_behind(desk);
                self.done(desk, touched, before, say)
            }
            Err(error) => self.broken(&error),
        }
    }

    /// What a change sets going and nobody waits for: the check, and the way of decisions into
    /// their files.
    fn go_on_behind(&self, desk: &mut Desk) {
        recheck(&self.visit.app, self.visit.document, desk);
        hand_on_later(&self.visit.app, self.visit.document, desk);
    }

    /// Goes one step back or forth.
    fn turn(&self, way: Way) -> Response {
        let mut desk = self.visit.desk();
        let Some(before) = self.stale(&desk) else {
            return self.fault(&Fault::NotFound);
        };
        match desk.turn(way) {
            Ok((touched, event)) => {
                let name = match way {
                    Way::Undo => self.words().undone,
                    Way::Redo => self.words().redone,
                };
                self.go_on_behind(&mut desk);
                let say = format!("{name} · {}", self.words().deed(&event.op));
                self.done(&desk, touched, before, say)
            }
            Err(error) => self.broken(&error),
        }
    }

    /// Answers with all that is no longer as the page shows it.
    fn done(
        &self,
        desk: &Desk,
        touched: Touched,
        before: Touched,
        say: String,
    ) -> Response {
        let place = Answer::new(desk, self.words(), &touched);
        if !self.is_json {
            let href = format!("{}{}", self.visit.base(), place.href);
            return Redirect::to(&href).into_response();
        }
        let (is_restructured, is_sole) = (before.is_restructured, before.is_empty());
        let mut answer = match before.is_empty() {
            true => place,
            false => {
                let (view, href, focus) = (place.view, place.href, place.focus);
                let all = Answer::new(desk, self.words(), &touched.with(before));
                Answer { view, href, focus, ..all }
            }
        };
        answer.reload |= is_restructured;
        answer.is_sole = is_sole;
        answer.say = say;
        axum::Json(answer).into_response()
    }
}

/// What a change is about.
enum Target {
    Row(RowKey),
    Terms(Vec<usize>),
    Finding(String),
}

impl Target {
    /// Was it changed in another window since the page was drawn? Of a row its neighbours
    /// count too, and a row that is gone was changed, if anything was.
    fn is_stale(&self, desk: &Desk, before: &Touched) -> bool {
        match self {
            Target::Row(key) => match desk.state().find(*key) {
                Some(placed) => {
                    let mut near = placed.index.saturating_sub(1)..=placed.index + 1;
                    near.any(|index| before.rows.contains(&index))
                }
                None => !before.is_empty(),
            },
            Target::Terms(ids) => {
                let terms = ids.iter().filter_map(|id| desk.backing.terms.get(*id));
                let mut keys = terms.map(|pair| (&pair.term.zh, &pair.term.en));
                keys.any(|(zh, en)| before.terms.contains(&(zh.clone(), en.clone())))
            }
            Target::Finding(id) => before.findings.contains(id),
        }
    }

    fn deed(&self, desk: &Desk, op: &str, fields: &Fields) -> Result<Deed, Fault> {
        match self {
            Target::Row(key) => requests::row(desk, *key, op, fields),
            Target::Terms(ids) => requests::terms(desk, ids, op, fields),
            Target::Finding(id) => requests::finding(desk, id, op),
        }
    }

    /// What is done to it, in words.
    fn said(&self, desk: &Desk, words: &'static Words, deed: &Deed) -> String {
        match self {
            Target::Row(key) => {
                let index = desk.state().find(*key).map_or(0, |placed| placed.index);
                said_of_row(words, index, deed)
            }
            Target::Terms(ids) => said_of_terms(desk, words, ids, deed),
            Target::Finding(_) => said_of_finding(words, deed),
        }
    }
}

pub(super) async fn row(wish: Wish) -> Response {
    if wish.visit.name("op") == "realign-all" {
        return realign_all(wish).await;
    }
    let key = wish.visit.name("key").parse().ok();
    wish.change(key.map(Target::Row))
}

/// How often a whole realignment begins anew because a row was changed meanwhile.
const ATTEMPTS: usize = 3;

/// Aligns the whole document anew through its pins. The review goes on meanwhile; if a row is
/// changed, what was found is dropped and it begins anew.
async fn realign_all(wish: Wish) -> Response {
    for _ in 0..ATTEMPTS {
        let begun = {
            let desk = wish.visit.desk();
            desk.realigner.clone().map(|realigner| (Stretch::all(&desk), realigner))
        };
        let Some((stretch, realigner)) = begun else {
            return wish.fault(&Fault::Unknown);
        };
        let search = move || (stretch.search(&realigner), stretch);
        let Ok((found, stretch)) = tokio::task::spawn_blocking(search).await else {
            let text = wish.words().not_possible;
            return wish.refuse(StatusCode::INTERNAL_SERVER_ERROR, text);
        };
        let mut desk = wish.visit.desk();
        if !stretch.is_current(desk.state()) {
            continue;
        }
        let Some(before) = wish.stale(&desk) else {
            return wish.fault(&Fault::NotFound);
        };
        return match stretch.change(desk.state(), found) {
            Ok(change) => {
                let deed = Deed { op: REALIGN, change, n_passed: 0 };
                wish.perform(&mut desk, deed, before, wish.words().realign_all.to_owned())
            }
            Err(refusal) => wish.fault(&refusal.into()),
        };
    }
    wish.refuse(StatusCode::CONFLICT, wish.words().done_elsewhere)
}

/// One term by its number, or those of the field `ids`.
pub(super) async fn terms(wish: Wish) -> Response {
    let name = match wish.visit.name("id") {
        "several" => wish.fields.get("ids").map_or("", String::as_str),
        id => id,
    };
    let ids: Result<Vec<usize>, _> = name.split(',').map(str::parse).collect();
    wish.change(ids.ok().map(Target::Terms))
}

pub(super) async fn finding(wish: Wish) -> Response {
    let id = wish.visit.name("id").to_owned();
    wish.change(Some(Target::Finding(id)))
}

pub(super) async fn undo(wish: Wish) -> Response {
    wish.turn(Way::Undo)
}

pub(super) async fn redo(wish: Wish) -> Response {
    wish.turn(Way::Redo)
}

/// What was done to a row, in words.
fn said_of_row(w: &'static Words, index: usize, deed: &Deed) -> String {
    let what = w.deed(deed.op);
    let mut say = match deed.change.rows.len() {
        n if deed.op == "confirm" && n > 1 => format!("{} · {what}", (w.n_rows)(n)),
        _ => {
            format!("{} · {what}", capitalized(&(w.row_n)(index + 1)))
        }
    };
    if deed.n_passed > 0 {
        say += &format!(" · {} {}", deed.n_passed, w.passed_over);
    }
    say
}

fn said_of_terms(desk: &Desk, w: &'static Words, ids: &[usize], deed: &Deed) -> String {
    let what = match deed.op {
        "accept" => w.accepted,
        "prefer" => w.prefer,
        "reject" => w.rejected,
        "forbid" => w.forbidden,
        "reopen" => w.back_to_candidate,
        "merge" => w.merge_terms,
        "split" => w.split_off,
        _ => w.edit_term,
    };
    match (ids, ids.first().and_then(|id| desk.backing.terms.get(*id))) {
        ([_], Some(pair)) => format!("{} = {} · {what}", pair.term.zh, pair.term.en),
        _ => format!("{} · {what}", (w.n_pairs)(deed.change.terms.len())),
    }
}

fn said_of_finding(w: &'static Words, deed: &Deed) -> String {
    let what = match deed.op {
        "accept" | "accept-alike" => w.right_as_is,
        "fault" => w.fault,
        _ => w.open_again,
    };
    let n = deed.change.findings.len();
    if n > 1 { format!("{what} · {n}") } else { what.to_owned() }
}

/// How long the texts must rest before they are checked.
const REST: Duration = Duration::from_millis(400);

/// Checks the texts in a thread of its own, when they have come to rest. One check runs at a
/// time; one that something overtook is not begun, or dropped.
pub fn recheck(app: &Arc<App>, document: usize, desk: &Desk) {
    if !desk.is_checking() {
        return;
    }
    let revision = desk.texts_revision();
    let app = Arc::clone(app);
    std::thread::spawn(move || {
        look_for_the_rest(&app, document);
        if !app.desk(document).is_checking() {
            return;
        }
        std::thread::sleep(REST);
        let _turn = app.checker();
        let check = Check::of(&app.desk(document));
        let Some(check) = check.filter(|check| check.revision() == revision) else {
            return;
        };
        let checked = check.run();
        app.desk(document).take_checked(checked);
    });
}

/// Looks for the terms and findings that a page was opened without; waits, if that is begun.
pub(super) fn look_for_the_rest(app: &App, document: usize) {
    let _turn = app.checker();
    let (later, aligner) = {
        let desk = app.desk(document);
        let (Some(later), Some(realigner)) = (&desk.later, &desk.realigner) else {
            return;
        };
        (later.clone(), Arc::clone(&realigner.aligner))
    };
    let found = later.find(&aligner);
    app.desk(document).take_found(found);
}

/// What a check found, once it is through.
pub(super) async fn checked(visit: Visit) -> Response {
    let desk = visit.desk();
    let Ok(revision) = visit.name("revision").parse::<usize>() else {
        return visit.not_found();
    };
    let is_older = desk.checked_revision() < revision || desk.later.is_some();
    if is_older && desk.realigner.is_some() || desk.is_handing_on {
        return StatusCode::ACCEPTED.into_response();
    }
    let since = visit.asked("since").parse().unwrap_or_default();
    let findings = desk.backing.findings.iter();
    let live = findings.map(|one| one.finding.fingerprint.clone()).collect();
    let touched = desk.rechecked_since(since);
    let answer = Answer::new(&desk, visit.words(), &touched);
    let (view, href, focus) = ("", String::new(), String::new());
    axum::Json(Answer { live: Some(live), view, href, focus, ..answer }).into_response()
}

/// What changed since a revision, for a window that was away.
pub(super) async fn since(visit: Visit) -> Response {
    let desk = visit.desk();
    let revision = visit.name("revision").parse().ok();
    match revision.and_then(|revision| desk.since(revision)) {
        Some(touched) if !touched.is_restructured => {
            axum::Json(Answer::new(&desk, visit.words(), &touched)).into_response()
        }
        _ => StatusCode::GONE.into_response(),
    }
}

/// A text as HTML shows it.
fn escaped(text: &str) -> String {
    view::parts::Parts::plain(text).to_string()
}
