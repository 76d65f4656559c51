"""What is made of all documents: translation memories by shards, one glossary."""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING, Any

import bitext
from bitext import _bitext
from bitext._worker import is_paired
from bitext.scale._pairs import shard_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from bitext._job import Job
    from bitext.scale._documents import Documents

GLOSSARY = "all.glossary.csv"
TAIL = "</body>\n</tmx>\n"

Unit = tuple[str, int, str, str, str]
"""A paired unit: document, bead, what a reader calls it, Chinese, English."""


def head_of(heads: Iterable[str]) -> str:
    """Give the head of all memories: where languages differ, one of any source language."""
    found = sorted(set(heads))
    if len(found) < 2:
        return found[0] if found else ""
    return re.sub(r'srclang="[^"]*"', 'srclang="*all*"', found[0])


def shard_name(shard: int, shards: int) -> str:
    """Call the file of a shard."""
    return f"part-{shard:05}-of-{shards:05}.tmx"


def write_shards(documents: Documents, out: Path, job: Job) -> None:
    """Write the memories: each holds its documents in the order of their names."""
    folder = out / "tmx"
    folder.mkdir(exist_ok=True)
    names = documents.good
    heads = documents.rows(names, ("tmx_head",))
    head = head_of(row["tmx_head"] for row in heads)
    for shard in range(job.shards):
        of_shard = [name for name in names if shard_of(name, job.shards) == shard]
        path = folder / shard_name(shard, job.shards)
        beside = path.with_name(f".{path.name}.{os.getpid()}")
        with open(beside, "w", encoding="utf-8", newline="") as file:
            file.write(head)
            for row in documents.rows(of_shard, ("tmx",)):
                file.write(row["tmx"])
            file.write(TAIL)
        os.replace(beside, path)


def units_of(doc: str, beads: list[dict[str, Any]]) -> Iterator[Unit]:
    """Give the paired units of a document, as the miner takes them."""
    for bead in beads:
        if is_paired(bead["zh_line"], bead["en_line"]):
            yield doc, bead["bead"], bead["unit"], bead["zh"], bead["en"]


def glossary(
    documents: Iterable[dict[str, Any]], count: int, job: Job, scratch: Path | str
) -> bytes:
    """Mine what recurs over documents, in the order of their names: the bytes of a CSV file.

    ``documents`` are rows with ``doc`` and ``beads``, so many as ``count``; one is in memory at
    a time. ``scratch`` is a folder with room for some twenty times their texts.
    """
    options: Any = job.align
    engine = bitext.Aligner(**options)._engine
    units = (list(units_of(row["doc"], row["beads"])) for row in documents)
    return _bitext.mine_documents(
        engine, count, units, scratch, GLOSSARY, job.source, "full", job.created, ("", "")
    )
