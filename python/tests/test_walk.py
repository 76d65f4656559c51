"""The walk of ``docs/python.md`` is run, and prints what stands there."""

from __future__ import annotations

import contextlib
import io
import os
import re
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT

pytest.importorskip("pandas")
pytest.importorskip("matplotlib")

WALK = ROOT / "docs" / "python.md"
STEP = re.compile(r"```python\n(.*?)```\n\n```\n(.*?)```", re.DOTALL)


def test_the_walk_prints_what_stands_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "corpora").symlink_to(ROOT / "corpora")
    monkeypatch.chdir(tmp_path)
    text = WALK.read_text(encoding="utf-8")
    assert len(STEP.findall(text)) == text.count("```python")
    scope: dict[str, Any] = {}

    def run(step: re.Match[str]) -> str:
        printed = io.StringIO()
        with contextlib.redirect_stdout(printed):
            exec(step[1], scope)
        return f"```python\n{step[1]}```\n\n```\n{printed.getvalue()}```"

    walked = STEP.sub(run, text)
    if "UPDATE" in os.environ:
        WALK.write_text(walked, encoding="utf-8")
    assert walked == text
    written = {path.name for path in tmp_path.iterdir()}
    assert {"scores.png", "resolution.tmx", "resolution.check.html"} <= written
