"""The program inside the package."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import sysconfig
import time
from pathlib import Path

import pytest


def run(*command: object, folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(part) for part in command],
        cwd=folder,
        env={**os.environ, "SOURCE_DATE_EPOCH": "0", "NO_COLOR": "1"},
        capture_output=True,
        text=True,
    )


def test_all_files_equal_those_of_the_program(
    align_program: Path, tmp_path: Path, corpora: dict[str, tuple[Path, Path]]
) -> None:
    outs = {}
    programs = {"own": (align_program,), "package": (sys.executable, "-m", "bitext")}
    for name, program in programs.items():
        zh, en = corpora["statute"]
        asked = ["--write", "all", "--level", "both", "--out", name, "--quiet"]
        done = run(*program, zh, en, *asked, folder=tmp_path)
        assert done.returncode == 0, done.stderr
        files = sorted((tmp_path / name).iterdir())
        outs[name] = {file.name: file.read_bytes() for file in files}
    assert len(outs["own"]) > 10
    assert outs["own"] == outs["package"]


def test_the_script_is_there_and_tells_its_status(tmp_path: Path) -> None:
    script = Path(sysconfig.get_path("scripts")) / "align"
    assert "Usage: align" in run(script, "--help", folder=tmp_path).stdout
    missing = run(script, "a.txt", "b.txt", folder=tmp_path)
    assert missing.returncode == 2
    assert missing.stderr.startswith("error: a.txt")


@pytest.mark.skipif(sys.platform == "win32", reason="signals are another matter there")
def test_an_interrupt_ends_it_at_once(tmp_path: Path) -> None:
    # Texts that take it many seconds, all of them without the interpreter.
    lines = range(200_000)
    zh = "".join(f"第{n}条　合同自签字之日起生效，有效期{n}天。\n" for n in lines)
    en = "".join(f"Article {n} The contract takes effect for {n} days.\n" for n in lines)
    (tmp_path / "zh.txt").write_text(zh, encoding="utf-8")
    (tmp_path / "en.txt").write_text(en, encoding="utf-8")
    child = subprocess.Popen(
        [sys.executable, "-m", "bitext", "zh.txt", "en.txt"],
        cwd=tmp_path,
        # A shell without a terminal starts what runs behind it deaf to interrupts.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )
    time.sleep(1)
    child.send_signal(signal.SIGINT)
    assert child.wait(timeout=60) == -signal.SIGINT
    files = sorted(file.name for file in tmp_path.rglob("*") if file.is_file())
    assert files == ["en.txt", "zh.txt"]
