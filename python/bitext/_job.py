"""What a job is asked for: options of the aligner, limits, outputs."""

from __future__ import annotations

import dataclasses
import hashlib
import json
import os
import sys
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

import bitext
from bitext import _bitext

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib


@dataclass(frozen=True)
class Limits:
    """What a document may take before it is given up."""

    cpu_seconds: int = 600
    """Of the processor, in whole seconds: a loaded machine gives the same status."""
    wall_seconds: float = 1800.0
    """By the clock; for what waits and computes nothing."""
    memory: int = 4 << 30
    """Address space of the child, in bytes."""
    attempts: int = 2
    """How often a document is tried whose child died; one over its processor time once."""


@dataclass(frozen=True)
class Job:
    """What is asked of all documents."""

    align: dict[str, Any] = field(default_factory=dict)
    """The options of :class:`bitext.Aligner`."""
    terms: bool = True
    """Are the terms of each document mined?"""
    source: str = "zh"
    """The language that is translated from."""
    created: int = 0
    """The moment that files name, in seconds since 1970: the same in every run."""
    limits: Limits = Limits()
    """What a document may take."""
    shards: int = 4
    """How many translation memories are written."""
    command: tuple[str, ...] = ()
    """The program of a child; ``python -m bitext._worker`` unless given."""

    @classmethod
    def load(cls, path: str | os.PathLike[str]) -> Job:
        """Read a job from a TOML file: the tables ``align``, ``limits`` and ``job``.

        A glossary is looked for from the folder of the file. Raises :class:`ValueError` where
        a name is none of an option.
        """
        with open(path, "rb") as file:
            given = tomllib.load(file)
        unknown = set(given) - {"align", "limits", "job"}
        limits, job = given.get("limits", {}), given.get("job", {})
        unknown |= set(limits) - {one.name for one in dataclasses.fields(Limits)}
        unknown |= set(job) - {"terms", "source", "created", "shards"}
        align = dict(given.get("align", {}))
        unknown |= set(align) - bitext.Options.__optional_keys__
        if unknown:
            names = ", ".join(sorted(unknown))
            raise ValueError(f"{os.fspath(path)}: no such option: {names}")
        if "glossary" in align:
            align["glossary"] = str(Path(path).parent.absolute() / align["glossary"])
        return cls(align=align, limits=Limits(**limits), **job)

    def to_json(self) -> str:
        """Give the job as a child reads it."""
        return json.dumps(dataclasses.asdict(self), sort_keys=True)

    @classmethod
    def from_json(cls, text: str) -> Job:
        """Read what :meth:`to_json` gave."""
        job = json.loads(text)
        limits = Limits(**job.pop("limits"))
        return cls(limits=limits, command=tuple(job.pop("command")), **job)

    def fingerprint(self) -> str:
        """Name all that a document's row depends on beside the document.

        The build of the package, the options, the content of the glossary. Not the limits: a
        row that they made says so.
        """
        align = dict(self.align)
        glossary = align.get("glossary")
        if glossary is not None:
            align["glossary"] = hashlib.sha256(Path(glossary).read_bytes()).hexdigest()
        parts = [build(), align, self.terms, self.source, self.created]
        text = json.dumps(parts, sort_keys=True, default=str)
        return hashlib.sha256(text.encode()).hexdigest()[:16]


@lru_cache(maxsize=1)
def build() -> str:
    """Name the build of the package: two machines that differ in it may differ in a bit."""
    with open(_bitext.__file__, "rb") as file:
        content = hashlib.sha256(file.read()).hexdigest()[:16]
    return f"{bitext.__version__}-{content}"
