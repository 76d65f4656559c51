//! The socket: loopback alone, few connections, short patience.

use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use axum::http::StatusCode;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use tokio::net::TcpListener;
use tokio::sync::Semaphore;
use tower_http::limit::RequestBodyLimitLayer;
use tower_http::timeout::TimeoutLayer;

use super::router::{App, router};

/// How many ports are tried from the one that is asked for.
const PORTS: u16 = 20;
/// The longest head of a request, in bytes.
const HEAD: usize = 16 * 1024;
/// The longest body, in bytes.
const BODY: usize = 1 << 20;
/// Most connections at once.
const CONNECTIONS: usize = 32;
/// How long a head may take to come.
const HEAD_PATIENCE: Duration = Duration::from_secs(5);
/// How long a body and its answer may take.
const BODY_PATIENCE: Duration = Duration::from_secs(10);

/// A port of this machine that nobody else has: the one that is asked for or one of the next,
/// or any.
///
/// # Errors
///
/// When none can be had.
pub fn bind(port: Option<u16>) -> io::Result<std::net::TcpListener> {
    let bind = |port: u16| {
        std::net::TcpListener::bind(SocketAddr::from((Ipv4Addr::LOCALHOST, port)))
    };
    let Some(first) = port else { return bind(0) };
    let mut last = io::Error::from(io::ErrorKind::AddrInUse);
    for port in first..=first.saturating_add(PORTS) {
        match bind(port) {
            Ok(listener) => return Ok(listener),
            Err(error) => last = error,
        }
    }
    Err(last)
}

/// Answers until the run is interrupted (Ctrl C). `is_up` is called when it answers.
///
/// # Errors
///
/// When the socket or the runtime cannot be had.
pub fn serve(
    app: Arc<App>,
    listener: std::net::TcpListener,
    is_up: impl FnOnce(),
) -> io::Result<()> {
    listener.set_nonblocking(true)?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(async {
        let listener = TcpListener::from_std(listener)?;
        let mut end = pin!(tokio::signal::ctrl_c());
        is_up();
        tokio::select! {
            ended = &mut end => ended,
            never = accept(app, listener) => never,
        }
    })
}

/// Takes connections; each answers in its own task.
async fn accept(app: Arc<App>, listener: TcpListener) -> io::Result<()> {
    let routes = router(app).layer(RequestBodyLimitLayer::new(BODY)).layer(
        TimeoutLayer::with_status_code(StatusCode::REQUEST_TIMEOUT, BODY_PATIENCE),
    );
    let free = Arc::new(Semaphore::new(CONNECTIONS));
    loop {
        let permit = Arc::clone(&free).acquire_owned().await.map_err(io::Error::other)?;
        let stream = match listener.accept().await {
            Ok((stream, _)) => stream,
            // One that went before it came is nobody's fault.
            Err(_) => continue,
        };
        let service = TowerToHyperService::new(routes.clone());
        tokio::spawn(async move {
            let connection = http1::Builder::new()
                .timer(TokioTimer::new())
                .header_read_timeout(HEAD_PATIENCE)
                .max_buf_size(HEAD)
                .serve_connection(TokioIo::new(stream), service);
            // A connection that breaks off takes nothing with it.
            drop(connection.await);
            drop(permit);
        });
    }
}
