"""What the tests share: the texts of ``corpora/``, and many small documents made of them."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
CORPORA = ("contract", "resolution", "statute", "story")


@pytest.fixture(scope="session")
def corpora() -> dict[str, tuple[Path, Path]]:
    """The pairs of files of our own corpora."""
    folder = ROOT / "corpora"
    return {name: (folder / name / "zh.txt", folder / name / "en.txt") for name in CORPORA}


@pytest.fixture(scope="session")
def align_program() -> Path:
    """The program as cargo builds it."""
    named = os.environ.get("ALIGN_PROGRAM", ROOT / "target" / "release" / "align")
    program = Path(named)
    if not program.exists():
        pytest.skip(f"{program} is not built")
    return program


@pytest.fixture(scope="session")
def folder_of_pairs(
    tmp_path_factory: pytest.TempPathFactory, corpora: dict[str, tuple[Path, Path]]
) -> Path:
    """Twenty small pairs: parts of our corpora, the longest some pages."""
    folder = tmp_path_factory.mktemp("pairs")
    number = 0
    for files in corpora.values():
        texts = [file.read_text(encoding="utf-8") for file in files]
        for part in range(5):
            for text, side in zip(texts, ("zh", "en"), strict=True):
                lines = text.splitlines(keepends=True)
                step = max(len(lines) // 5, 1)
                piece = "".join(lines[part * step : (part + 1) * step])
                (folder / f"d{number:02}.{side}.txt").write_text(piece, encoding="utf-8")
            number += 1
    return folder


def poison(traces: Path) -> tuple[str, ...]:
    """Give the command of a child in which some documents do harm, by their names."""
    return (
        sys.executable,
        str(Path(__file__).with_name("poison_worker.py")),
        str(traces),
    )
