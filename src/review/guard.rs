//! Who may ask: this machine, this page, once let in.
//!
//! ```text
//! Host ─▶ Origin ─▶ Sec-Fetch-Site ─▶ cookie ─▶ token, of what changes ─▶ the route
//! 421     403       403               403       403
//! ```
//!
//! Any page that a browser shows can send requests to a port of this machine, and by a name
//! of its own that leads here (rebinding) even read the answers. The name that is asked for,
//! and who asks, tell such requests apart; the key keeps other users of the machine out.

use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use axum::http::{HeaderMap, Method, StatusCode, header};

/// How many random bytes a secret has: 128 bits.
const SECRET: usize = 16;

/// The secrets of a run, and the address that it answers to.
#[derive(Debug)]
pub struct Guard {
    port: u16,
    /// The key of the address that is opened; gone when it was used.
    key: Mutex<Option<String>>,
    cookie: String,
    token: String,
    n_refused: AtomicUsize,
}

impl Guard {
    /// A guard with fresh secrets.
    ///
    /// # Errors
    ///
    /// When the system gives no random bytes.
    pub fn new(port: u16) -> std::io::Result<Self> {
        Ok(Self::with_secrets(port, &secret()?, &secret()?, &secret()?))
    }

    /// A guard with given secrets: key, cookie, token.
    pub fn with_secrets(port: u16, key: &str, cookie: &str, token: &str) -> Self {
        Self {
            port,
            key: Mutex::new(Some(key.to_owned())),
            cookie: cookie.to_owned(),
            token: token.to_owned(),
            n_refused: AtomicUsize::new(0),
        }
    }

    /// The address that lets in, once.
    pub fn address(&self) -> String {
        let key = self.key.lock().map_or(None, |key| key.clone()).unwrap_or_default();
        format!("http://127.0.0.1:{}/open?key={key}", self.port)
    }

    /// The token that a page sends with what changes.
    pub fn token(&self) -> &str {
        &self.token
    }

    /// How many requests were refused.
    pub fn n_refused(&self) -> usize {
        self.n_refused.load(Ordering::Relaxed)
    }

    /// Takes the key, which is then used up; gives the cookie to set.
    pub fn enter(&self, key: &str) -> Option<String> {
        let mut right = self.key.lock().ok()?;
        let is_right = right.as_ref().is_some_and(|right| is_same(right, key));
        if !is_right {
            self.n_refused.fetch_add(1, Ordering::Relaxed);
            return None;
        }
        *right = None;
        let (name, value) = (self.cookie_name(), &self.cookie);
        Some(format!("{name}={value}; HttpOnly; SameSite=Strict; Path=/"))
    }

    fn cookie_name(&self) -> String {
        format!("align_{}", self.port)
    }

    /// May the request be looked at? The status of the refusal, if not.
    ///
    /// # Errors
    ///
    /// The status that it is refused with.
    pub fn check(
        &self,
        method: &Method,
        path: &str,
        headers: &HeaderMap,
    ) -> Result<(), StatusCode> {
        let checked = self.allow(method, path, headers);
        if checked.is_err() {
            self.n_refused.fetch_add(1, Ordering::Relaxed);
        }
        checked
    }

    fn allow(
        &self,
        method: &Method,
        path: &str,
        headers: &HeaderMap,
    ) -> Result<(), StatusCode> {
        let ours =
            [format!("127.0.0.1:{}", self.port), format!("localhost:{}", self.port)];
        let mut hosts = headers.get_all(header::HOST).iter();
        let host = hosts.next().and_then(|host| host.to_str().ok());
        if !ours.iter().any(|one| host == Some(one)) || hosts.next().is_some() {
            return Err(StatusCode::MISDIRECTED_REQUEST);
        }
        let is_entrance = method == Method::GET && path == "/open";
        let is_ours = |origin: &str| {
            origin
                .strip_prefix("http://")
                .is_some_and(|host| ours.iter().any(|o| o == host))
        };
        let origins = headers.get_all(header::ORIGIN).iter();
        let strangers = origins.filter(|one| !one.to_str().is_ok_and(is_ours));
        let mut sites = headers.get_all("sec-fetch-site").iter();
        let is_site =
            sites.all(|site| matches!(site.as_bytes(), b"same-origin" | b"none"));
        if strangers.count() > 0 || !is_site && !is_entrance {
            return Err(StatusCode::FORBIDDEN);
        }
        if is_entrance || self.has_cookie(headers) {
            Ok(())
        } else {
            Err(StatusCode::FORBIDDEN)
        }
    }

    fn has_cookie(&self, headers: &HeaderMap) -> bool {
        cookie(headers, &self.cookie_name())
            .is_some_and(|value| is_same(&self.cookie, value))
    }

    /// Is it the token of this page? Counts a refusal, if not.
    pub fn is_token(&self, token: &str) -> bool {
        let is_right = is_same(&self.token, token);
        if !is_right {
            self.n_refused.fetch_add(1, Ordering::Relaxed);
        }
        is_right
    }
}

/// The value of a cookie.
pub(super) fn cookie<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    let lines =
        headers.get_all(header::COOKIE).iter().filter_map(|line| line.to_str().ok());
    let mut cookies = lines.flat_map(|line| line.split(';'));
    cookies.find_map(|one| {
        one.trim().split_once('=').filter(|(n, _)| *n == name).map(|c| c.1)
    })
}

/// Equal? Takes as long whatever differs, so that nobody learns from it how far a guess was
/// right.
fn is_same(right: &str, given: &str) -> bool {
    let (right, given) = (right.as_bytes(), given.as_bytes());
    let differs = right.iter().zip(given).fold(0, |all, (a, b)| all | (a ^ b));
    right.len() == given.len() && std::hint::black_box(differs) == 0
}

fn secret() -> std::io::Result<String> {
    let mut bytes = [0; SECRET];
    getrandom::fill(&mut bytes)
        .map_err(|error| std::io::Error::other(error.to_string()))?;
    Ok(bytes.iter().map(|byte| format!("{byte:02x}")).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_used_once() {
        let guard = Guard::with_secrets(4711, "k", "c", "t");
        assert!(guard.enter("x").is_none());
        assert!(
            guard.enter("k").is_some_and(|cookie| cookie.starts_with("align_4711=c;"))
        );
        assert!(guard.enter("k").is_none());
        assert_eq!(guard.n_refused(), 2);
    }

    #[test]
    fn secrets_are_long_and_differ() {
        let (a, b) = (secret().unwrap(), secret().unwrap());
        assert_eq!(a.len(), 32);
        assert_ne!(a, b);
    }
}
