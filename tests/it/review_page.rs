//! The review page by its routes, without a socket: who is let in, what is shown, and that
//! whatever is done can be undone to the same page and the same export.

use std::fs;
use std::path::PathBuf;
use std::sync::Arc;

use axum::body::{Body, to_bytes};
use axum::http::{Method, Request, Response, StatusCode};
use bitext::check::FindingKind;
use bitext::config::Config;
use bitext::export::Timestamp;
use bitext::pipeline::{self, Aligner, Review};
use bitext::review::begin;
use bitext::review::change;
use bitext::review::desk::{Desk, Setting};
use bitext::review::guard::Guard;
use bitext::review::later::Later;
use bitext::review::log::{self, FileMark, Head, VERSION};
use bitext::review::renewal::Renewal;
use bitext::review::router::{App, router};
use bitext::review::session::Session;
use bitext::types::{Input, Pair, Side, Source};
use tower::ServiceExt as _;

const PORT: u16 = 4711;

const ZH: &str = "图书馆借阅规则\n\n第一条 读者凭借书证借阅图书。\n\n第二条 每位读者最多可借阅12册图书，\
                  借阅期限为30日。\n\n第三条 逾期归还的，每册每日收取逾期费。\n\n第四条 读者损坏图书的，\
                  应当赔偿。图书馆可以暂停其借书证。\n\n第五条 古籍不外借。\n\n第六条 本规则由图书馆解释。\n";
const EN: &str = "Library Lending Rules\n\nArticle 1 Readers borrow books with a library card.\n\n\
                  Article 2 Each reader may borrow at most 12 books, for a loan period of 20 days.\n\n\
                  Article 3 For late return an overdue fee is charged for each book and day.\n\n\
                  Article 4 A reader who damages a book shall pay for it. The library may suspend the \
                  library card.\n\nArticle 6 These rules are interpreted by the library.\n";

/// A review of two texts in a folder of its own.
struct Page {
    folder: tempfile::TempDir,
    app: Arc<App>,
}

impl Page {
    fn of(zh: &str, en: &str) -> Self {
        Self::opened(zh, en, true)
    }

    /// With terms and findings, or before they are looked for.
    fn opened(zh: &str, en: &str, is_whole: bool) -> Self {
        let source = |name: &str, text: &str| Source::plain(name, text, "UTF-8");
        let input = Input::Texts(Pair::new(source("zh.txt", zh), source("en.txt", en)));
        let mut config = Config::default();
        config.align.readings = true;
        let aligner = Arc::new(Aligner::new(config));
        let review = Review { kinds: &FindingKind::ALL, source: Side::Zh };
        let request = pipeline::Request {
            terms: is_whole,
            review: is_whole.then_some(review),
            ..pipeline::Request::new(&aligner)
        };
        let outcome = pipeline::run(input.into(), &request, &());
        let later = (!is_whole).then(|| Later::new(outcome.clone(), Side::Zh));
        let (base, backing) = begin::begin(outcome);
        let folder = tempfile::tempdir().unwrap();
        let head = Head {
            review: VERSION,
            by: "align".into(),
            at: "2026-11-27T00:00:00Z".into(),
            zh: FileMark { file: "zh.txt".into(), ..FileMark::default() },
            en: FileMark { file: "en.txt".into(), ..FileMark::default() },
            level: "paragraph".into(),
        };
        let path = folder.path().join("rules.review.jsonl");
        let session = Session::create(&path, head, base).unwrap();
        let setting = Setting {
            name: "rules".into(),
            out: folder.path().to_owned(),
            termbase: folder.path().join("rules.terms.csv"),
            who: "mei".into(),
            languages: Pair::new("zh-CN".into(), "en-US".into()),
            source: Side::Zh,
            is_sentences: false,
            is_lines: false,
            is_termbase: false,
            clock: || Timestamp(0),
            created: Timestamp(0),
        };
        let guard = Guard::with_secrets(PORT, "key", "cookie", "token");
        let mut desk = Desk::new(session, backing, setting).with_aligner(aligner);
        desk.later = later;
        let app = Arc::new(App::new(desk, guard));
        Self { folder, app }
    }

    fn new() -> Self {
        Self::of(ZH, EN)
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn log(&self) -> Vec<u8> {
        fs::read(self.path("rules.review.jsonl")).unwrap()
    }

    fn ask(&self, request: Request<Body>) -> Response<Body> {
        wait(router(Arc::clone(&self.app)).oneshot(request)).unwrap()
    }

    fn get(&self, path: &str) -> String {
        let response = self.ask(asking(Method::GET, path).body(Body::empty()).unwrap());
        assert_eq!(response.status(), StatusCode::OK, "{path}");
        text(response)
    }

    /// A change as the page sends it; gives status and answer.
    fn post(
        &self,
        path: &str,
        fields: &[(&str, &str)],
    ) -> (StatusCode, serde_json::Value) {
        let rev = self.app.desk(0).session.revision().to_string();
        let mut all = serde_json::json!({ "token": "token", "rev": rev });
        for (name, value) in fields {
            all[*name] = serde_json::Value::from(*value);
        }
        let request = asking(Method::POST, path)
            .header("content-type", "application/json")
            .header("accept", "application/json")
            .body(Body::from(all.to_string()))
            .unwrap();
        let response = self.ask(request);
        let status = response.status();
        (status, serde_json::from_str(&text(response)).unwrap_or_default())
    }

    /// What the reviewer's rest would bring about.
    fn hand_on(&self) {
        bitext::review::feeding::hand_on(&self.app, 0).unwrap();
    }

    fn keys(&self) -> Vec<String> {
        let desk = self.app.desk(0);
        desk.state()
            .placed()
            .map(|placed| desk.state().key(&placed).to_string())
            .collect()
    }

    /// The page of rows without what counts the events.
    fn rows(&self) -> String {
        let page = self.get("/d/0/rows");
        let (from, to) =
            (page.find("<div id=rows>").unwrap(), page.find("<aside").unwrap());
        page[from..to].to_owned()
    }
}

fn wait<F: Future>(future: F) -> F::Output {
    tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(future)
}

fn text(response: Response<Body>) -> String {
    let bytes = wait(to_bytes(response.into_body(), usize::MAX)).unwrap();
    String::from_utf8(bytes.to_vec()).unwrap()
}

/// A request as the browser of the reviewer sends it.
fn asking(method: Method, path: &str) -> axum::http::request::Builder {
    Request::builder()
        .method(method)
        .uri(path)
        .header("host", "127.0.0.1:4711")
        .header("sec-fetch-site", "same-origin")
        .header("cookie", "align_4711=cookie")
}

fn bare(path: &str) -> axum::http::request::Builder {
    Request::builder().uri(path).header("host", "127.0.0.1:4711")
}

#[test]
fn nobody_is_let_in_who_may_not_ask() {
    let page = Page::new();
    let log = page.log();
    let status = |request: axum::http::request::Builder| {
        page.ask(request.body(Body::empty()).unwrap()).status()
    };
    let cookie = "align_4711=cookie";
    let asked = |name: &str, value: &str| {
        bare("/d/0/rows").header("cookie", cookie).header(name, value)
    };
    assert_eq!(status(bare("/d/0/rows").header("cookie", cookie)), StatusCode::OK);
    assert_eq!(status(bare("/d/0/rows")), StatusCode::FORBIDDEN);
    assert_eq!(
        status(bare("/d/0/rows").header("cookie", "align_4711=x")),
        StatusCode::FORBIDDEN
    );
    for origin in
        ["http://evil.example", "null", "https://127.0.0.1:4711", "http://127.0.0.1:1"]
    {
        assert_eq!(status(asked("origin", origin)), StatusCode::FORBIDDEN, "{origin}");
    }
    assert_eq!(status(asked("origin", "http://localhost:4711")), StatusCode::OK);
    assert_eq!(status(asked("sec-fetch-site", "cross-site")), StatusCode::FORBIDDEN);
    assert_eq!(status(asked("sec-fetch-site", "same-site")), StatusCode::FORBIDDEN);
    for host in
        ["evil.example", "127.0.0.1", "127.0.0.1:80", "localhost:4711.evil.example"]
    {
        let request = Request::builder()
            .uri("/d/0/rows")
            .header("host", host)
            .header("cookie", cookie);
        assert_eq!(status(request), StatusCode::MISDIRECTED_REQUEST, "{host}");
    }
    assert_eq!(status(asked("host", "127.0.0.1:4711")), StatusCode::MISDIRECTED_REQUEST);
    assert_eq!(status(bare("/open?key=wrong")), StatusCode::FORBIDDEN);
    assert_eq!(page.log(), log);
}

#[test]
fn the_key_lets_in_once_and_gives_a_strict_cookie() {
    let page = Page::new();
    let open = || {
        page.ask(
            bare("/open?key=key")
                .header("sec-fetch-site", "cross-site")
                .body(Body::empty())
                .unwrap(),
        )
    };
    let first = open();
    assert_eq!(first.status(), StatusCode::OK);
    let cookie = first.headers()["set-cookie"].to_str().unwrap();
    assert_eq!(cookie, "align_4711=cookie; HttpOnly; SameSite=Strict; Path=/");
    assert!(text(first).contains("url=/d/0/"));
    assert_eq!(open().status(), StatusCode::FORBIDDEN);
}

#[test]
fn every_answer_is_fenced_in() {
    let page = Page::new();
    for path in ["/d/0/", "/d/0/rows", "/nothing", "/d/0/rows/9~9"] {
        let response = page.ask(asking(Method::GET, path).body(Body::empty()).unwrap());
        let csp = response.headers()["content-security-policy"].to_str().unwrap();
        assert_eq!(
            csp,
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; \
             connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
        );
        assert_eq!(response.headers()["x-content-type-options"], "nosniff");
        assert_eq!(response.headers()["cross-origin-opener-policy"], "same-origin");
        assert_eq!(response.headers()["cache-control"], "no-store");
        let html = text(response);
        assert!(!html.contains(" style=") && !html.contains(" onclick="), "{path}");
        assert!(!html.contains("<script>"), "{path}");
    }
}

#[test]
fn what_changes_needs_the_token_the_revision_and_a_short_body() {
    let page = Page::new();
    let log = page.log();
    let path = format!("/d/0/rows/{}/confirm", page.keys()[0]);
    let status = |kind: &str, body: String| {
        let request = asking(Method::POST, &path).header("content-type", kind);
        page.ask(request.body(Body::from(body)).unwrap()).status()
    };
    let form = "application/x-www-form-urlencoded";
    assert_eq!(status(form, "token=wrong&rev=0".into()), StatusCode::FORBIDDEN);
    assert_eq!(status(form, "rev=0".into()), StatusCode::FORBIDDEN);
    assert_eq!(status(form, "token=token".into()), StatusCode::BAD_REQUEST);
    assert_eq!(status(form, "token=token&rev=x".into()), StatusCode::BAD_REQUEST);
    assert_eq!(status(form, "token=token&rev=7".into()), StatusCode::NOT_FOUND);
    assert_eq!(status("text/plain", "token=token&rev=0".into()), StatusCode::BAD_REQUEST);
    assert_eq!(
        status("application/json", "{\"token\":\"token\"".into()),
        StatusCode::BAD_REQUEST
    );
    let long = format!("token=token&rev=0&x={}", "x".repeat(2 << 20));
    assert_eq!(status(form, long), StatusCode::PAYLOAD_TOO_LARGE);
    assert_eq!(page.log(), log);
    assert_eq!(status(form, "token=token&rev=0".into()), StatusCode::SEE_OTHER);
    assert_ne!(page.log(), log);
}

#[test]
fn no_path_leads_to_the_disk() {
    let page = Page::new();
    let log = page.log();
    let paths = [
        "/../Cargo.toml",
        "/a/x/page.css",
        "/a/%2e%2e/page.css",
        "/d/0/rows/..",
        "/d/0/rows/%2e%2e%2frules",
        "/d/0/rows/%00",
        "/d/0/export/..%2f..%2fetc",
        "/d/0/export/tmx,csv",
        "/d/0/terms/-1",
        "/d/0/terms/99999",
        "/d/0/since/99",
        "/d/1/",
    ];
    for path in paths {
        let status =
            page.ask(asking(Method::GET, path).body(Body::empty()).unwrap()).status();
        assert!(status.is_client_error(), "{path}: {status}");
    }
    for path in
        ["/d/0/rows/../confirm", "/d/0/rows/0~0/nothing", "/d/0/findings/%2e%2e/accept"]
    {
        let (status, _) = page.post(path, &[]);
        assert!(status.is_client_error(), "{path}: {status}");
    }
    assert_eq!(page.log(), log);
}

#[test]
fn hostile_text_is_shown_and_never_obeyed() {
    let zh = "一、<script>alert(1)</script> 甲\u{202E}乙\n\n二、]]> 与 \"><img src=x onerror=alert(1)>\n";
    let en = "1. <script>alert(1)</script> A\u{202E}B\n\n2. ]]> and \"><img src=x onerror=alert(1)>\n";
    let page = Page::of(zh, en);
    let key = page.keys()[0].clone();
    let (status, answer) = page.post(
        &format!("/d/0/rows/{key}/note"),
        &[("note", "</textarea><script>x</script>")],
    );
    assert_eq!(status, StatusCode::OK);
    assert!(!answer["rows"][0]["html"].as_str().unwrap().contains("<script"));
    let views = [
        "/d/0/",
        "/d/0/rows",
        "/d/0/terms",
        "/d/0/findings",
        "/d/0/rows?q=%22%3E%3Cscript%3E&filter=%22%3E%3Cb%3E",
    ];
    for path in views {
        let html = page.get(path);
        assert_eq!(html.matches("<script").count(), 1, "{path}"); // page.js
        assert!(!html.contains("<img") && !html.contains('\u{202E}'), "{path}");
        assert!(!html.contains("\"><b>"), "{path}");
    }
    assert!(page.get("/d/0/rows").contains("data-say=\"U+202E\""));
    assert!(!page.get(&format!("/d/0/rows/{key}/why")).contains("<script"));
    // Taken away as it is: the sign that was shown by its name is in the file.
    assert!(page.get("/d/0/export/tmx").contains('\u{202E}'));
}

/// Every operation that a page can ask for of a row, with what it needs.
fn operations(other: &str) -> Vec<(&'static str, Vec<(&'static str, String)>)> {
    let zh = || vec![("side", "zh".to_owned())];
    let en = || vec![("side", "en".to_owned())];
    vec![
        ("confirm", vec![]),
        ("toggle", vec![]),
        ("confirm-up-to", vec![]),
        ("look", vec![]),
        ("mark", vec![]),
        ("note", vec![("note", "请看 this".into())]),
        ("merge", vec![]),
        ("merge-above", vec![]),
        ("split", vec![("zh", "4".into()), ("en", "10".into())]),
        ("down", zh()),
        ("up", en()),
        ("shift-down", zh()),
        ("shift-up", en()),
        ("part", vec![]),
        ("swap", vec![]),
        ("tie", vec![("side", "zh".into()), ("to", other.into())]),
        ("edit", vec![("side", "en".into()), ("text", "Written anew.".into())]),
    ]
}

#[test]
fn every_operation_is_undone_to_the_same_page_and_the_same_export() {
    let page = Page::new();
    let (rows, export) = (page.rows(), page.get("/d/0/export/tmx"));
    let other = page.keys()[4].clone();
    let mut n_done = 0;
    for (name, fields) in operations(&other) {
        let key = page.keys()[2].clone();
        let fields: Vec<(&str, &str)> =
            fields.iter().map(|(n, v)| (*n, v.as_str())).collect();
        let before = page.rows();
        let (status, answer) = page.post(&format!("/d/0/rows/{key}/{name}"), &fields);
        assert_eq!(status, StatusCode::OK, "{name}: {answer}");
        assert!(answer["rows"].as_array().is_some_and(|rows| !rows.is_empty()), "{name}");
        let after = page.rows();
        assert_ne!(after, before, "{name}");
        // The answer holds what the page now shows, row for row.
        for row in answer["rows"].as_array().unwrap() {
            assert!(after.contains(row["html"].as_str().unwrap().trim()), "{name}");
        }
        let (status, answer) = page.post("/d/0/undo", &[]);
        assert_eq!(status, StatusCode::OK, "undo of {name}: {answer}");
        assert_eq!(page.rows(), before, "undo of {name}");
        let (status, _) = page.post("/d/0/redo", &[]);
        assert_eq!((status, page.rows()), (StatusCode::OK, after), "redo of {name}");
        page.post("/d/0/undo", &[]);
        n_done += 1;
    }
    assert_eq!(n_done, operations(&other).len());
    // One upon the other, then back to the start.
    let mut n_events = 0;
    for (name, fields) in operations(&other) {
        let keys = page.keys();
        let key = &keys[keys.len().min(3) - 1];
        let fields: Vec<(&str, &str)> =
            fields.iter().map(|(n, v)| (*n, v.as_str())).collect();
        let (status, _) = page.post(&format!("/d/0/rows/{key}/{name}"), &fields);
        n_events += usize::from(status == StatusCode::OK);
    }
    assert!(n_events > 8, "{n_events}");
    for _ in 0..n_events {
        assert_eq!(page.post("/d/0/undo", &[]).0, StatusCode::OK);
    }
    assert_eq!(page.post("/d/0/undo", &[]).0, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(page.rows(), rows);
    assert_eq!(page.get("/d/0/export/tmx"), export);
}

#[test]
fn an_answer_drawn_into_the_page_gives_the_page() {
    // What the script does with an answer, done to a list of rows.
    let page = Page::new();
    let mut shown: Vec<String> = page.keys();
    let mut draw = |answer: &serde_json::Value| {
        let names =
            |value: &serde_json::Value| value.as_str().unwrap_or_default().to_owned();
        for gone in answer["drop"].as_array().unwrap() {
            shown.retain(|key| *key != names(gone));
        }
        for row in answer["rows"].as_array().unwrap() {
            let (key, after) = (names(&row["key"]), names(&row["after"]));
            if !shown.contains(&key) {
                let at =
                    shown.iter().position(|one| *one == after).map_or(0, |at| at + 1);
                shown.insert(at, key);
            }
        }
        assert_eq!(shown, page.keys());
    };
    for name in ["merge", "part", "swap", "shift-down", "split", "down", "merge-above"] {
        let key = page.keys()[2].clone();
        let fields = [("side", "zh"), ("zh", "3@4"), ("en", "")];
        let (status, answer) = page.post(&format!("/d/0/rows/{key}/{name}"), &fields);
        if status == StatusCode::OK {
            draw(&answer);
        }
    }
    while let (StatusCode::OK, answer) = page.post("/d/0/undo", &[]) {
        draw(&answer);
    }
}

#[test]
fn a_window_that_is_behind_is_told_and_changes_nothing() {
    let page = Page::new();
    let keys = page.keys();
    assert_eq!(page.post(&format!("/d/0/rows/{}/merge", keys[1]), &[]).0, StatusCode::OK);
    let log = page.log();
    let (status, answer) =
        page.post(&format!("/d/0/rows/{}/confirm", keys[1]), &[("rev", "0")]);
    assert_eq!(status, StatusCode::CONFLICT);
    assert!(answer["rows"].as_array().is_some_and(|rows| !rows.is_empty()), "{answer}");
    // A row that is no longer there.
    let (status, _) =
        page.post(&format!("/d/0/rows/{}/confirm", keys[2]), &[("rev", "0")]);
    assert_eq!(status, StatusCode::CONFLICT);
    assert_eq!(page.log(), log);
    // A row that nobody touched is done, and the answer tells of the rest.
    let last = keys.last().unwrap();
    let (status, answer) =
        page.post(&format!("/d/0/rows/{last}/confirm"), &[("rev", "0")]);
    assert_eq!((status, answer["reload"].as_bool()), (StatusCode::OK, Some(true)));
    let (status, _) = page.post(&format!("/d/0/rows/{last}/look"), &[]);
    assert_eq!(status, StatusCode::OK);
    let gone = page.ask(asking(Method::GET, "/d/0/since/0").body(Body::empty()).unwrap());
    assert_eq!(gone.status(), StatusCode::GONE);
    let since: serde_json::Value =
        serde_json::from_str(&page.get("/d/0/since/2")).unwrap();
    assert_eq!(since["rows"][0]["key"].as_str(), Some(last.as_str()));
}

#[test]
fn without_script_one_reads_filters_and_confirms() {
    let page = Page::new();
    let key = page.keys()[1].clone();
    let html = page.get("/d/0/rows");
    assert!(html.contains(&format!("formaction=\"rows/{key}/toggle\"")));
    let request = asking(Method::POST, &format!("/d/0/rows/{key}/toggle"))
        .header("content-type", "application/x-www-form-urlencoded")
        .header("origin", "http://127.0.0.1:4711")
        .body(Body::from("token=token&rev=0"))
        .unwrap();
    let response = page.ask(request);
    assert_eq!(response.status(), StatusCode::SEE_OTHER);
    assert_eq!(response.headers()["location"], format!("/d/0/rows?row={key}").as_str());
    assert!(page.get(&format!("/d/0/rows?row={key}")).contains("data-st=\"ok\""));
    let found = |path: &str| page.get(path).matches("role=row id=").count();
    assert_eq!(found("/d/0/rows"), page.keys().len());
    assert_eq!(found("/d/0/rows?q=OVERDUE"), 1);
    assert_eq!(found("/d/0/rows?q=%E9%80%BE%E6%9C%9F%E6%AD%B8%E9%82%84"), 1); // 逾期歸還
    assert!(found("/d/0/rows?filter=alone") >= 1);
    assert_eq!(
        page.get("/d/0/rows?go=2").matches(&format!("data-focus=\"r{key}\"")).count(),
        1
    );
}

#[test]
fn both_languages_say_the_same_things() {
    let page = Page::new();
    for path in ["/d/0/", "/d/0/rows", "/d/0/terms", "/d/0/findings"] {
        let (en, zh) =
            (page.get(&format!("{path}?ui=en")), page.get(&format!("{path}?ui=zh")));
        assert_eq!(
            en.matches("<button").count(),
            zh.matches("<button").count(),
            "{path}"
        );
        assert!(
            en.contains("<html lang=\"en\"") && zh.contains("<html lang=\"zh-Hans\"")
        );
        assert!(
            en.contains("Overview") && zh.contains("概览") && !zh.contains("Overview")
        );
    }
    let request =
        asking(Method::GET, "/d/0/").header("accept-language", "zh-CN,zh;q=0.9,en;q=0.8");
    assert!(text(page.ask(request.body(Body::empty()).unwrap())).contains("概览"));
}

#[test]
fn a_decision_on_a_term_comes_into_the_termbase_and_goes_again() {
    let page = Page::new();
    assert!(!page.app.desk(0).backing.terms.is_empty());
    let term = page.app.desk(0).backing.terms[0].term.clone();
    let base = || {
        page.hand_on();
        fs::read_to_string(page.path("rules.terms.csv")).unwrap()
    };
    assert_eq!(page.post("/d/0/terms/0/accept", &[]).0, StatusCode::OK);
    assert!(
        base().lines().any(|l| l.contains(&term.zh) && l.contains("accepted")),
        "{}",
        base()
    );
    assert!(page.get("/d/0/terms").contains("id=\"t0\" data-id=\"0\" data-st=\"ok\""));
    assert_eq!(page.post("/d/0/terms/0/reject", &[]).0, StatusCode::OK);
    assert!(base().lines().any(|l| l.contains(&term.zh) && l.contains("rejected")));
    assert!(!page.get("/d/0/export/csv").contains(&format!("{},{}", term.zh, term.en)));
    page.post("/d/0/undo", &[]);
    assert!(base().lines().any(|l| l.contains(&term.zh) && l.contains("accepted")));
    page.post("/d/0/undo", &[]);
    assert!(!base().contains("accepted") && !base().contains("rejected"));
    let fields =
        [("zh", term.zh.as_str()), ("en", "lending desk"), ("subject", ""), ("note", "")];
    assert_eq!(page.post("/d/0/terms/0/edit", &fields).0, StatusCode::OK);
    assert_eq!(page.post("/d/0/terms/0/accept", &[]).0, StatusCode::OK);
    assert!(base().contains("lending desk"));
}

#[test]
fn decisions_are_handed_on_once_and_the_log_tells_up_to_where() {
    let page = Page::new();
    page.post("/d/0/terms/0/accept", &[]);
    page.post("/d/0/terms/0/reject", &[]);
    page.post("/d/0/terms/1/accept", &[]);
    page.post("/d/0/undo", &[]);
    assert!(!page.path("rules.terms.csv").exists(), "nothing is written at a key");
    page.hand_on();
    page.hand_on();
    let statuses: Vec<String> = termbase(&page).into_iter().map(|row| row.2).collect();
    assert_eq!(statuses, ["rejected"], "what was taken back never came there");
    let record = log::read(&page.path("rules.review.jsonl")).unwrap();
    let written: Vec<_> =
        record.events.iter().filter_map(|event| event.written.as_ref()).collect();
    assert_eq!(written.len(), 1);
    assert_eq!((written[0].file.as_str(), written[0].upto), ("rules.terms.csv", 4));
}

#[test]
fn what_somebody_else_made_of_a_term_meanwhile_stays_and_is_told() {
    let page = Page::new();
    page.post("/d/0/terms/0/accept", &[]);
    assert_eq!(termbase(&page)[0].2, "accepted");
    let path = page.path("rules.terms.csv");
    let theirs = fs::read_to_string(&path).unwrap().replace(",accepted,", ",forbidden,");
    fs::write(&path, theirs).unwrap();
    page.post("/d/0/terms/0/reject", &[]);
    assert_eq!(termbase(&page)[0].2, "forbidden");
    let (_, answer) = page.post("/d/0/terms/1/accept", &[]);
    let warn = answer["warn"].as_str().unwrap().to_lowercase();
    assert!(warn.contains("forbidden") && warn.contains("rejected"), "{warn}");
    // To go back from ours is nothing to them either.
    page.post("/d/0/undo", &[]);
    page.post("/d/0/undo", &[]);
    assert_eq!(termbase(&page)[0].2, "forbidden");
}

#[test]
fn an_undo_takes_back_no_row_that_another_wrote() {
    let page = Page::new();
    page.post("/d/0/terms/0/accept", &[]);
    assert_eq!(termbase(&page).len(), 1);
    let path = page.path("rules.terms.csv");
    let signed = fs::read_to_string(&path).unwrap().replace(",mei", ",li");
    fs::write(&path, signed).unwrap();
    page.post("/d/0/undo", &[]);
    assert_eq!(termbase(&page)[0].2, "accepted", "Li accepted it too");
}

#[test]
fn a_row_is_split_where_its_sentences_are_parted() {
    let page = Page::new();
    let key = page.keys()[1].clone();
    page.post(&format!("/d/0/rows/{key}/merge"), &[]);
    let joints: serde_json::Value =
        serde_json::from_str(&page.get(&format!("/d/0/rows/{key}/joints"))).unwrap();
    let first = |side: &str| {
        let desk = page.app.desk(0);
        let base = desk.session.base();
        let texts = if side == "zh" { &base.zh } else { &base.en };
        texts[1].text.chars().count()
    };
    assert_eq!(joints["on"], serde_json::json!([first("zh"), first("en")]));
}

#[test]
fn all_terms_of_a_filter_are_named_whatever_page_they_are_on() {
    let page = Page::new();
    page.post("/d/0/terms/0/accept", &[]);
    let ids = |query: &str| -> Vec<usize> {
        serde_json::from_str(&page.get(&format!("/d/0/terms/all{query}"))).unwrap()
    };
    let all = page.app.desk(0).backing.terms.len();
    assert_eq!((ids("").len(), ids("?filter=ok")), (all, vec![0]));
    assert_eq!(ids("?filter=auto").len(), all - 1);
}

#[test]
fn an_accepted_finding_comes_into_the_exceptions_and_lines_of_others_stay() {
    let page = Page::new();
    let id = page.app.desk(0).backing.findings[0].finding.fingerprint.clone();
    fs::write(page.path("rules.exceptions.csv"), "# by Li\n00000000000000aa,number\n")
        .unwrap();
    let text = || {
        page.hand_on();
        fs::read_to_string(page.path("rules.exceptions.csv")).unwrap()
    };
    let accept = format!("/d/0/findings/{id}/accept");
    assert_eq!(page.post(&accept, &[]).0, StatusCode::OK);
    assert!(
        text().starts_with("# by Li\n00000000000000aa,number\n") && text().contains(&id)
    );
    let exceptions =
        bitext::check::Exceptions::load(&page.path("rules.exceptions.csv")).unwrap();
    assert_eq!(exceptions.len(), 2);
    assert_eq!(page.post(&accept, &[]).0, StatusCode::UNPROCESSABLE_ENTITY);
    page.post("/d/0/undo", &[]);
    assert_eq!(text(), "# by Li\n00000000000000aa,number\n");
}

#[test]
fn the_memory_says_what_was_reviewed() {
    let page = Page::new();
    let keys = page.keys();
    page.post(&format!("/d/0/rows/{}/confirm", keys[0]), &[]);
    let fields = [("side", "en"), ("text", "Article 1 Written by hand.")];
    page.post(&format!("/d/0/rows/{}/edit", keys[1]), &fields);
    let all = page.get("/d/0/export/tmx");
    let n =
        |text: &str, status: &str| text.matches(&format!("x-status\">{status}<")).count();
    assert_eq!((n(&all, "confirmed"), n(&all, "corrected")), (1, 1));
    assert!(n(&all, "automatic") >= 3 && all.contains("Article 1 Written by hand."));
    let pinned = page.get("/d/0/export/tmx?only=confirmed");
    assert_eq!((pinned.matches("<tu ").count(), n(&pinned, "automatic")), (2, 0));
    let (status, answer) = page.post("/d/0/export", &[]);
    assert_eq!(status, StatusCode::OK, "{answer}");
    assert_eq!(fs::read_to_string(page.path("rules.tmx")).unwrap(), all);
}

#[test]
fn what_was_answered_is_in_the_log() {
    let page = Page::new();
    let key = page.keys()[1].clone();
    page.post(&format!("/d/0/rows/{key}/merge"), &[]);
    page.post("/d/0/undo", &[]);
    let record = log::read(&page.path("rules.review.jsonl")).unwrap();
    let ops: Vec<&str> = record.events.iter().map(|event| event.op.as_str()).collect();
    assert_eq!(ops, ["merge", "undo"]);
    assert!(record.events.iter().all(|event| event.who == "mei"));
}

#[test]
fn evidence_is_marked_where_it_stands_and_a_contradiction_is_red() {
    let page = Page::new();
    let rows = page.rows();
    assert!(rows.contains("<m class=\"num\" data-t="), "{rows}");
    let desk = page.app.desk(0);
    let error =
        desk.state().placed().find(|placed| desk.error_in(placed).is_some()).unwrap();
    let key = desk.state().key(&error).to_string();
    drop(desk);
    let row = page.get(&format!("/d/0/rows/{key}"));
    assert!(row.contains("class=\"clash\"") || row.contains("slot"), "{row}");
}

#[test]
fn a_stretch_is_realigned_and_what_changed_is_marked_until_it_is_seen() {
    let page = Page::new();
    let good = page.keys();
    // Everything of one side is laid a row too low, between two rows that are confirmed.
    page.post(&format!("/d/0/rows/{}/confirm", good[0]), &[]);
    let last = good.last().unwrap();
    page.post(&format!("/d/0/rows/{last}/confirm"), &[]);
    page.post(&format!("/d/0/rows/{}/shift-down", good[1]), &[("side", "en")]);
    assert_ne!(page.keys(), good);
    let here = page.keys()[2].clone();
    let (status, answer) = page.post(&format!("/d/0/rows/{here}/realign"), &[]);
    assert_eq!(status, StatusCode::OK, "{answer}");
    assert_eq!(page.keys(), good);
    let n = answer["counts"]["changed"].as_u64().unwrap();
    assert!(n > 0);
    let changed = |page: &Page| {
        page.get("/d/0/rows?filter=changed").matches("role=row id=").count()
    };
    assert_eq!(changed(&page) as u64, n);
    page.get(&format!("/d/0/rows/{}/why", good[1]));
    assert_eq!(changed(&page) as u64, n - 1);
    // A pinned row has no stretch; where nothing changes nothing is written.
    let revision = page.app.desk(0).session.revision();
    for (row, op) in
        [(&good[0], "realign"), (&good[1], "realign"), (&good[1], "realign-all")]
    {
        let (status, _) = page.post(&format!("/d/0/rows/{row}/{op}"), &[]);
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{op}");
    }
    assert_eq!(page.app.desk(0).session.revision(), revision);
    page.post("/d/0/undo", &[]);
    assert_ne!(page.keys(), good);
    let (status, answer) = page.post(&format!("/d/0/rows/{here}/realign-all"), &[]);
    assert_eq!((status, page.keys()), (StatusCode::OK, good), "{answer}");
}

#[test]
fn the_other_reading_of_a_doubtful_run_is_taken_and_undone() {
    // Two short sentences of which either may belong to the one above or to the one below.
    let zh = "夜里下了雪。\n\n他看了看窗外。\n\n“走吧。”\n\n他说。\n\n门开了，风吹进来，灯灭了。\n";
    let en = "It snowed in the night.\n\nHe looked out of the window and spoke.\n\n\
              \u{201c}Let us go.\u{201d}\n\nThe door opened, the wind came in, and the lamp went out.\n";
    let page = Page::of(zh, en);
    let readings = page.app.desk(0).backing.readings.clone();
    assert!(!readings.is_empty(), "nothing is in doubt");
    let before = page.rows();
    assert!(before.contains("Other reading:") && before.contains(" / 100"), "{before}");
    let key = page.get("/d/0/rows");
    let at = key.find("class=other").unwrap();
    let row = &key[..at];
    let row = &row[row.rfind("data-key=\"").unwrap() + 10..];
    let row = &row[..row.find('"').unwrap()];
    let (status, answer) = page.post(&format!("/d/0/rows/{row}/other"), &[]);
    assert_eq!(status, StatusCode::OK, "{answer}");
    let sizes = |page: &Page| -> Vec<(usize, usize)> {
        page.app.desk(0).state().rows().iter().map(|row| (row.n.zh, row.n.en)).collect()
    };
    let now: Vec<(usize, usize)> = readings[0].now.iter().map(|n| (n.zh, n.en)).collect();
    assert!(
        sizes(&page).windows(now.len()).any(|rows| rows == now),
        "{:?}",
        sizes(&page)
    );
    page.post("/d/0/undo", &[]);
    assert_eq!(page.rows(), before);
    // A row that nothing else is read of.
    let keys = page.keys();
    let sure = keys.iter().find(|key| {
        let desk = page.app.desk(0);
        let placed = desk.state().find(key.parse().unwrap()).unwrap();
        desk.reading(&placed).is_none()
    });
    let (status, _) = page.post(&format!("/d/0/rows/{}/other", sure.unwrap()), &[]);
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
}

#[test]
fn the_translator_gets_faults_notes_and_changed_texts() {
    let page = Page::new();
    let keys = page.keys();
    let id = page.app.desk(0).backing.findings[0].finding.fingerprint.clone();
    page.post(&format!("/d/0/findings/{id}/fault"), &[]);
    page.post(&format!("/d/0/rows/{}/note", keys[1]), &[("note", "borrow or lend? <b>")]);
    let fields =
        [("side", "en"), ("text", "Article 1 Readers lend books with a library card.")];
    page.post(&format!("/d/0/rows/{}/edit", keys[1]), &fields);
    let report = page.get("/d/0/export/report");
    assert!(report.contains("borrow or lend? &#60;b&#62;"), "{report}");
    assert!(report.contains("<m class=\"gone\">borrow</m>"), "{report}");
    assert!(report.contains("<m class=\"new\">lend</m>") && report.contains("Article 1"));
    assert_eq!(report.matches("<article>").count(), 3);
    assert!(!report.contains("<script") && !report.contains(" src="));
}

#[test]
fn the_log_tells_which_files_were_written() {
    let page = Page::new();
    page.post(&format!("/d/0/rows/{}/confirm", page.keys()[0]), &[]);
    assert_eq!(page.post("/d/0/export", &[]).0, StatusCode::OK);
    let record = log::read(&page.path("rules.review.jsonl")).unwrap();
    let written: Vec<_> =
        record.events.iter().filter_map(|event| event.written.as_ref()).collect();
    assert_eq!(written[0].file, "rules.tmx");
    assert!(written.iter().all(|one| one.upto == 1 && !one.mark.is_empty()));
    // It is nothing that could be undone: what is undone is the confirmation.
    assert_eq!(page.post("/d/0/undo", &[]).0, StatusCode::OK);
    assert!(page.app.desk(0).state().rows().iter().all(|row| !row.status.is_pinned()));
}

/// The rows of the termbase that decisions went to: Chinese, English, status, variants.
fn termbase(page: &Page) -> Vec<(String, String, String, String)> {
    page.hand_on();
    let path = page.path("rules.terms.csv");
    let Ok(termbase) = bitext::glossary::Store::new(&path).load() else {
        return Vec::new();
    };
    let row = |row: &bitext::glossary::Row| {
        let status = row.status.as_str().to_owned();
        (row.term.zh.clone(), row.term.en.clone(), status, row.variants.zh.join("|"))
    };
    termbase.rows().map(|(_, one)| row(one)).collect()
}

#[test]
fn a_term_is_written_otherwise_merged_and_parted_and_the_termbase_follows() {
    let page = Page::new();
    let list = || {
        let html = page.get("/d/0/terms");
        let from = html.find("class=tl").unwrap();
        html[from..html.find("<aside").unwrap()].to_owned()
    };
    let start = list();
    let term = |id: usize| page.app.desk(0).backing.terms[id].term.clone();
    assert!(page.app.desk(0).backing.terms.len() >= 2);
    let post = |path: &str, fields: &[(&str, &str)]| {
        let (status, answer) = page.post(path, fields);
        assert_eq!(status, StatusCode::OK, "{path}: {answer}");
        answer
    };
    post("/d/0/terms/0/accept", &[]);
    let edited = format!("{}新", term(0).zh);
    let fields =
        [("zh", edited.as_str()), ("en", &term(0).en), ("subject", ""), ("note", "")];
    post("/d/0/terms/0/edit", &fields);
    // The row that was accepted is written otherwise; there is no second one.
    let row = |zh: &str, variants: &str| {
        (zh.to_owned(), term(0).en, "accepted".to_owned(), variants.to_owned())
    };
    assert_eq!(termbase(&page).len(), 1);
    assert_eq!(termbase(&page)[0].0, edited);
    post("/d/0/terms/1/reject", &[]);
    post("/d/0/terms/0/merge", &[("with", "1")]);
    assert!(list().matches("data-id").count() + 1 == start.matches("data-id").count());
    assert_eq!(
        termbase(&page),
        [row(&edited, &format!("{}|{}", term(0).zh, term(1).zh))]
    );
    let answer = post("/d/0/terms/0/split", &[("side", "zh"), ("form", &term(1).zh)]);
    assert_eq!(answer["items"].as_array().unwrap().len(), 2);
    let (status, _) = page.post("/d/0/terms/0/split", &[("side", "zh"), ("form", "无")]);
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    for _ in 0..5 {
        post("/d/0/undo", &[]);
    }
    assert_eq!(list(), start);
    assert_eq!(termbase(&page), []);
}

#[test]
fn several_terms_are_one_event() {
    let page = Page::new();
    let n = page.app.desk(0).backing.terms.len();
    let ids: Vec<String> = (0..n).map(|id| id.to_string()).collect();
    let (status, _) = page.post("/d/0/terms/several/accept", &[("ids", &ids.join(","))]);
    assert_eq!(status, StatusCode::OK);
    assert_eq!(page.app.desk(0).session.revision(), 1);
    assert_eq!(termbase(&page).len(), n);
    for ids in ["", "0,x", "0,999"] {
        let (status, _) = page.post("/d/0/terms/several/reject", &[("ids", ids)]);
        assert!(status.is_client_error(), "{ids}");
    }
    page.post("/d/0/undo", &[]);
    assert_eq!(termbase(&page), []);
}

impl Page {
    /// Waits for what is looked for behind the page, as the page does.
    fn checked(&self) -> serde_json::Value {
        change::recheck(&self.app, 0, &self.app.desk(0));
        let path = format!("/d/0/checked/{}?since=0", self.app.desk(0).texts_revision());
        for _ in 0..600 {
            let asked = asking(Method::GET, &path).body(Body::empty()).unwrap();
            let answer = self.ask(asked);
            if answer.status() == StatusCode::OK {
                return serde_json::from_str(&text(answer)).unwrap();
            }
            std::thread::sleep(std::time::Duration::from_millis(50));
        }
        panic!("nothing came in a minute");
    }
}

#[test]
fn a_page_that_is_opened_before_terms_and_findings_are_there_gets_the_same() {
    let whole = Page::new();
    let (terms, rows, findings) =
        (whole.get("/d/0/terms"), whole.rows(), whole.get("/d/0/findings"));
    let page = Page::opened(ZH, EN, false);
    assert!(page.get("/d/0/terms").contains("data-later"));
    assert_ne!(page.rows(), rows);
    let answer = page.checked();
    assert!(!answer["rows"].as_array().unwrap().is_empty(), "rows with findings");
    let without = |text: String| {
        let head = text.find("<main").unwrap();
        text[head..].to_owned()
    };
    assert_eq!(without(page.get("/d/0/terms")), without(terms));
    assert_eq!(page.rows(), rows);
    assert_eq!(without(page.get("/d/0/findings")), without(findings));
}

#[test]
fn what_was_laid_together_or_written_anew_is_marked_again() {
    let page = Page::new();
    let key = page.keys()[1].clone();
    let marked = |words: &str| {
        let rows = page.rows();
        let class = ["num", "cite", "term", "name", "word"];
        class.iter().any(|class| {
            rows.match_indices(&format!("<m class=\"{class}\" data-t=")).any(|(at, _)| {
                let text = rows[at..].split_once('>').unwrap().1;
                text.starts_with(words)
            })
        })
    };
    assert!(!marked("8 June 2031"));
    for (side, text) in [
        ("zh", "本规则于2031年6月8日通过。"),
        ("en", "These rules were adopted on 8 June 2031."),
    ] {
        let fields = [("side", side), ("text", text)];
        page.post(&format!("/d/0/rows/{key}/edit"), &fields);
    }
    let answer = page.checked();
    let html = answer["rows"][0]["html"].as_str().unwrap();
    assert!(html.contains("8 June 2031</m>"), "the page is told: {html}");
    assert!(marked("8 June 2031") && marked("2031年6月8日"), "{}", page.rows());
    // In the panel too, with the words as they are now.
    let why = page.get(&format!("/d/0/rows/{key}/why"));
    assert!(why.contains("8 June 2031"), "{why}");
    page.post("/d/0/undo", &[]);
    assert!(!marked("8 June 2031"), "what was taken back has no marks");
}

#[test]
fn a_review_of_an_older_version_is_aligned_anew_when_that_is_asked_for() {
    let page = Page::new();
    let key = page.keys()[3].clone();
    page.post(&format!("/d/0/rows/{key}/confirm"), &[]);
    let (status, _) = page.post("/d/0/anew", &[]);
    assert_eq!(status, StatusCode::NOT_FOUND, "nothing is offered");
    let aligner = Arc::clone(&page.app.desk(0).realigner.as_ref().unwrap().aligner);
    let head =
        Head { by: "align of now".into(), ..page.app.desk(0).session.head().clone() };
    let renewal = Renewal::new(move |pinned| {
        let source = |name: &str, text: &str| Source::plain(name, text, "UTF-8");
        // As if this version read one paragraph more.
        let (zh, en) =
            (format!("{ZH}\n附则\n"), format!("{EN}\nSupplementary provisions\n"));
        let input = Input::Texts(Pair::new(source("zh.txt", &zh), source("en.txt", &en)));
        let review = Review { kinds: &FindingKind::ALL, source: Side::Zh };
        let request = pipeline::Request {
            terms: true,
            review: Some(review),
            pinned: Some(pinned),
            ..pipeline::Request::new(&aligner)
        };
        Ok((head.clone(), pipeline::run(input.into(), &request, &())))
    });
    let n_rows = page.keys().len();
    page.app.desk(0).renewal = Some(renewal);
    assert!(page.get("/d/0/").contains("action=anew"));
    let (status, _) = page.post("/d/0/anew", &[]);
    assert_eq!(status, StatusCode::SEE_OTHER);
    for _ in 0..600 {
        if page.app.desk(0).renewal.is_none() {
            break;
        }
        std::thread::sleep(std::time::Duration::from_millis(50));
    }
    assert_eq!(page.keys().len(), n_rows + 1);
    let desk = page.app.desk(0);
    assert_eq!(desk.session.head().by, "align of now");
    assert_eq!(desk.counts().pinned, 1, "what was confirmed stays");
}
