//! Documents that only another program reads: `.doc`, `.ppt`, `.rtf`, by LibreOffice where it
//! is installed.
//!
//! It works in a folder of its own, which nobody else may look into and which goes with what
//! is in it, on a profile of its own, so that neither a window that is open nor a second run
//! is in its way; and it has so much time. Macros, links and the network are turned off in the
//! profile: nothing in a document is run, and none of its pictures is fetched. What it makes
//! is read as any such file.

use std::env;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use super::Problem;
use super::binary::{self, FileKind};
use super::file;

/// How long LibreOffice may take for a document. A thousand pages take it half a minute, the
/// first start on a slow disk as long.
const PATIENCE: Duration = Duration::from_secs(180);

/// How often it is looked after.
const TURN: Duration = Duration::from_millis(20);

/// What the profile says. A proxy that nobody answers at keeps what links still lead to from
/// being fetched.
///
/// Source: the schemas `Common`, `Writer` and `Inet` of `officecfg` in LibreOffice 7.4 to 24.8.
const SETTINGS: [(&str, &str, &str); 10] = [
    ("Office.Common/Security/Scripting", "MacroSecurityLevel", "3"),
    ("Office.Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("Office.Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("Office.Common/Security/Scripting", "DisableActiveContent", "true"),
    ("Office.Writer/Content/Update", "Link", "0"),
    ("Inet/Settings", "ooInetProxyType", "2"),
    ("Inet/Settings", "ooInetHTTPProxyName", "127.0.0.1"),
    ("Inet/Settings", "ooInetHTTPProxyPort", "9"),
    ("Inet/Settings", "ooInetHTTPSProxyName", "127.0.0.1"),
    ("Inet/Settings", "ooInetHTTPSProxyPort", "9"),
];

/// The file of a profile with these settings.
fn settings() -> String {
    let items = SETTINGS.map(|(path, name, value)| {
        format!(
            "<item oor:path=\"/org.openoffice.{path}\"><prop oor:name=\"{name}\" \
             oor:op=\"fuse\"><value>{value}</value></prop></item>\n"
        )
    });
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <oor:items xmlns:oor=\"http://openoffice.org/2001/registry\">\n{}</oor:items>\n",
        items.concat()
    )
}

/// What LibreOffice is called.
const PROGRAMS: [&str; 2] = ["soffice", "libreoffice"];

/// The bytes of a document in a newer format; `None` where it cannot be had: the kind is no
/// document, or LibreOffice is not there or makes nothing of it.
pub(super) fn convert(kind: FileKind, bytes: &[u8]) -> Result<Option<Vec<u8>>, Problem> {
    let endings = match kind {
        FileKind::Rtf => Some(("rtf", "docx")),
        FileKind::OldOffice => binary::old_document(bytes),
        _ => None,
    };
    let Some((from, to)) = endings else { return Ok(None) };
    let Some(program) = find(PROGRAMS) else { return Ok(None) };
    match run(&program, bytes, from, to, PATIENCE) {
        Ok(made) => made.ok_or(Problem::Slow { seconds: PATIENCE.as_secs() }).map(Some),
        // As if it were not there: the document is not read, and how to save it is told.
        Err(_) => Ok(None),
    }
}

/// The first of the programs that there is.
fn find(names: [&str; 2]) -> Option<PathBuf> {
    let path = env::var_os("PATH")?;
    let folders: Vec<PathBuf> = env::split_paths(&path).collect();
    let ending = env::consts::EXE_SUFFIX;
    let files = names.into_iter().flat_map(|name| {
        folders.iter().map(move |folder| folder.join(format!("{name}{ending}")))
    });
    files.into_iter().find(|file| file.is_absolute() && file.is_file())
}

/// What the program makes of the bytes; `None` where the time did not suffice.
fn run(
    program: &Path,
    bytes: &[u8],
    from: &str,
    to: &str,
    patience: Duration,
) -> io::Result<Option<Vec<u8>>> {
    let mut builder = tempfile::Builder::new();
    builder.prefix("align-");
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        builder.permissions(fs::Permissions::from_mode(0o700));
    }
    let folder = builder.tempdir()?;
    let at = |name: &str| folder.path().join(name);
    let document = at(&format!("document.{from}"));
    fs::write(&document, bytes)?;
    fs::create_dir_all(at("profile/user"))?;
    fs::write(at("profile/user/registrymodifications.xcu"), settings())?;
    let profile = format!("-env:UserInstallation=file://{}", at("profile").display());
    let mut command = Command::new(program);
    command
        .arg(profile)
        .args(["--headless", "--norestore", "--nologo", "--nolockcheck"])
        .args(["--convert-to", to, "--outdir"])
        .arg(at("made"))
        .arg(&document)
        .current_dir(folder.path())
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null());
    #[cfg(unix)]
    {
        use std::os::unix::process::CommandExt as _;
        // What it starts in its turn ends with it.
        command.process_group(0);
    }
    let mut child = command.spawn()?;
    let started = Instant::now();
    while child.try_wait()?.is_none() {
        if started.elapsed() > patience {
            end(&mut child)?;
            return Ok(None);
        }
        thread::sleep(TURN);
    }
    file::whole(&at(&format!("made/document.{to}"))).map(Some)
}

/// Ends a program and what it started.
fn end(child: &mut Child) -> io::Result<()> {
    #[cfg(unix)]
    {
        let group = format!("-{}", child.id());
        // Best effort: the program itself is ended below.
        drop(Command::new("kill").args(["-KILL", "--", &group]).status());
    }
    child.kill()?;
    child.wait().map(drop)
}

#[cfg(unix)]
#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt as _;

    use super::*;

    /// A program that does this in place of LibreOffice; `$out` and `$in` are what it is given.
    fn program(folder: &Path, does: &str) -> PathBuf {
        let path = folder.join("soffice");
        let script = format!(
            "#!/bin/sh\nwhile [ $# -gt 1 ]; do [ \"$1\" = --outdir ] && out=$2; shift; done\n\
             in=$1\nmkdir -p \"$out\"\n{does}\n"
        );
        fs::write(&path, script).unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o700)).unwrap();
        path
    }

    #[test]
    fn what_the_program_makes_is_read_and_its_folder_goes() {
        let dir = tempfile::tempdir().unwrap();
        let log = dir.path().join("log");
        let does = format!(
            "pwd > {}; ls -ld . >> {0}; cat profile/user/*.xcu >> {0}; cat \"$in\" > \"$out/document.docx\"",
            log.display()
        );
        let program = program(dir.path(), &does);
        let made = run(&program, b"{\\rtf1 a}", "rtf", "docx", PATIENCE).unwrap();
        assert_eq!(made.as_deref(), Some(&b"{\\rtf1 a}"[..]));
        let log = fs::read_to_string(log).unwrap();
        let (folder, listed) = log.split_once('\n').unwrap();
        assert!(listed.starts_with("drwx------"), "{listed}");
        assert!(listed.contains("DisableMacrosExecution"), "{listed}");
        assert!(!Path::new(folder).exists(), "{folder}");
    }

    #[test]
    fn a_program_without_end_is_ended_with_what_it_started() {
        let dir = tempfile::tempdir().unwrap();
        let log = dir.path().join("log");
        let does = format!("sleep 600 & echo $! > {}; wait", log.display());
        let program = program(dir.path(), &does);
        let made =
            run(&program, b"a", "doc", "docx", Duration::from_millis(500)).unwrap();
        assert_eq!(made, None);
        let id = fs::read_to_string(log).unwrap();
        let state = Command::new("ps").args(["-o", "stat=", "-p", id.trim()]).output();
        let state = state.map(|run| String::from_utf8(run.stdout).unwrap());
        // Who is to take note of its end may not have done so yet.
        let is_gone = |state: String| state.trim().is_empty() || state.starts_with('Z');
        assert!(state.map_or(true, is_gone));
    }

    #[test]
    fn a_program_that_makes_nothing_is_as_if_it_were_not_there() {
        let dir = tempfile::tempdir().unwrap();
        let program = program(dir.path(), "exit 1");
        assert!(run(&program, b"a", "doc", "docx", PATIENCE).is_err());
    }
}
