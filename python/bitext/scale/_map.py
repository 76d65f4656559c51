"""The one function that every engine calls."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pyarrow as pa

from bitext._job import Job
from bitext.scale._children import Child
from bitext.scale._records import SCHEMA

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_ROWS = 64
_BYTES = 4 << 20


def map_batches(
    batches: Iterable[pa.RecordBatch], job: Job | None = None, fp: str | None = None
) -> Iterator[pa.RecordBatch]:
    """Align the documents of record batches: for each a row of :data:`SCHEMA`, in order.

    In come the columns ``doc`` and ``zh``, ``en`` or ``zh_path``, ``en_path``. Each document
    is aligned by a child process under the limits of the job, so that one that crashes, hangs
    or eats the memory costs its row and no more. It knows no engine: call it in a loop, in
    Spark's ``mapInArrow``, in Ray or Dask.
    """
    job = job or Job()
    name = job.fingerprint() if fp is None else fp
    child = Child(job)
    try:
        yield from to_batches(
            row_of(child, request, name) for batch in batches for request in batch.to_pylist()
        )
    finally:
        child.close()


def row_of(child: Child, request: dict[str, Any], fp: str) -> dict[str, Any]:
    """Have a document aligned: its row."""
    return {"doc": request["doc"], "fp": fp, **child.ask(request)}


def to_batches(rows: Iterable[dict[str, Any]]) -> Iterator[pa.RecordBatch]:
    """Make batches of rows: a nested row costs an eighth among many of what it costs alone."""
    waiting: list[dict[str, Any]] = []
    size = 0
    for row in rows:
        waiting.append(row)
        size += 2 * len(row.get("tmx") or "")
        if len(waiting) == _ROWS or size > _BYTES:
            yield pa.RecordBatch.from_pylist(waiting, schema=SCHEMA)
            waiting, size = [], 0
    if waiting:
        yield pa.RecordBatch.from_pylist(waiting, schema=SCHEMA)
