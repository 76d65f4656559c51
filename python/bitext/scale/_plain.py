"""One machine: a loop with children, no engine."""

from __future__ import annotations

import queue
import re
from collections import deque
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from bitext._pair import write_whole
from bitext.scale import _pairs, _together
from bitext.scale._children import Child
from bitext.scale._documents import FOLDER, Documents, write_part
from bitext.scale._map import row_of, to_batches

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from bitext._job import Job


def run(
    pairs: Path,
    out: Path,
    job: Job,
    *,
    jobs: int = 1,
    shard: tuple[int, int] = (1, 1),
    quiet: bool = False,
) -> None:
    """Align the documents that were not done before, ``jobs`` at a time.

    ``shard`` is which part of how many, from 1: (2, 8) does an eighth of the documents, for a
    cluster without an engine. Documents of parts that were written are not done again.
    """
    fp = job.fingerprint()
    done = Documents(out, fp)
    part, parts = shard
    total = _pairs.refuse_twice(_pairs.names(pairs, out))
    waiting = (
        row
        for row in _pairs.read(pairs, out)
        if row["doc"] not in done and _pairs.shard_of(row["doc"], parts) == part - 1
    )
    with _children(job, jobs) as work:
        rows = work(waiting, lambda child, request: row_of(child, request, fp))
        shown = _progress(rows, total if parts == 1 else None, len(done), quiet)
        for number, batch in enumerate(to_batches(shown), _first_free(out, part)):
            name = f"shard-{part:05}-{number:06}.parquet"
            write_part(out / FOLDER / name, batch)


def merge(out: Path, job: Job, *, quiet: bool = False) -> dict[str, int]:
    """Make of all documents what is made of them together; count them by status."""
    documents = Documents(out, job.fingerprint())
    if not len(documents):
        raise _pairs.PairsError(f"{out}: holds no documents that were done")
    _together.write_shards(documents, out, job)
    if job.terms:
        names = documents.good
        rows = _progress(documents.rows(names, ("doc", "beads")), len(names), 0, quiet)
        write_whole(out / _together.GLOSSARY, _together.glossary(rows, len(names), job, out))
    return documents.counts()


@contextmanager
def _children(job: Job, jobs: int) -> Iterator[Callable[..., Iterator[dict[str, Any]]]]:
    """Give a function that has requests done by children, in order."""
    free: queue.SimpleQueue[Child] = queue.SimpleQueue()
    children = [Child(job) for _ in range(jobs)]
    for child in children:
        free.put(child)

    with ThreadPoolExecutor(jobs) as pool:

        def work(
            requests: Iterable[dict[str, Any]],
            ask: Callable[[Child, dict[str, Any]], dict[str, Any]],
        ) -> Iterator[dict[str, Any]]:
            def one(request: dict[str, Any]) -> dict[str, Any]:
                child = free.get()
                try:
                    return ask(child, request)
                finally:
                    free.put(child)

            waiting: deque[Future[dict[str, Any]]] = deque()
            for request in requests:
                waiting.append(pool.submit(one, request))
                if len(waiting) > 4 * jobs:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()

        try:
            yield work
        finally:
            pool.shutdown(cancel_futures=True)
            for child in children:
                child.close()


def _first_free(out: Path, part: int) -> int:
    pattern = re.compile(rf"shard-{part:05}-(\d+)\.parquet")
    names = (path.name for path in (out / FOLDER).glob("*.parquet"))
    numbers = [int(found[1]) for found in map(pattern.fullmatch, names) if found]
    return max(numbers, default=-1) + 1


def _progress(
    rows: Iterable[dict[str, Any]],
    total: int | None,
    done: int,
    quiet: bool,
    unit: str = "doc",
) -> Iterable[dict[str, Any]]:
    if quiet:
        return rows
    from tqdm import tqdm

    shown: Iterable[dict[str, Any]] = tqdm(rows, total=total, initial=done, unit=unit)
    return shown
