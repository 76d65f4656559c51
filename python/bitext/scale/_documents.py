"""The rows of documents on the disk: parts in Parquet, written whole."""

from __future__ import annotations

import hashlib
import json
import os
from collections import OrderedDict
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import pyarrow as pa
import pyarrow.parquet as pq

from bitext.scale._pairs import PairsError
from bitext.scale._records import SCHEMA

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

FOLDER = "documents"
_PARTS_IN_MEMORY = 8


class Entry(NamedTuple):
    """Where a document's row stands, and what is asked of it most often."""

    part: Path
    row: int
    code: str


class Documents:
    """The rows of a job, by the names of the documents.

    Raises :class:`PairsError` where rows were made by other builds or options than ``fp``, or
    two are of one document.
    """

    def __init__(self, out: Path, fp: str | None = None) -> None:
        self._entries: dict[str, Entry] = {}
        self._parts: OrderedDict[tuple[Path, tuple[str, ...]], pa.Table]
        self._parts = OrderedDict()
        self.fp = fp
        for part in sorted((out / FOLDER).glob("*.parquet")):
            self._add(part)

    def __contains__(self, doc: str) -> bool:
        """Tell whether a document was done."""
        return doc in self._entries

    def __len__(self) -> int:
        """Count the documents that were done."""
        return len(self._entries)

    @property
    def names(self) -> list[str]:
        """All documents, in the order of their names."""
        return sorted(self._entries)

    @property
    def good(self) -> list[str]:
        """The documents that were aligned, in the order of their names."""
        return [name for name in self.names if self._entries[name].code == "ok"]

    def counts(self) -> dict[str, int]:
        """Count the documents by their status."""
        counts: dict[str, int] = {}
        for name in self.names:
            code = self._entries[name].code
            counts[code] = counts.get(code, 0) + 1
        return counts

    def rows(self, names: Iterable[str], columns: tuple[str, ...]) -> Iterator[dict[str, Any]]:
        """Read columns of some documents, in the order given."""
        for name in names:
            entry = self._entries[name]
            yield from self._part(entry.part, columns).slice(entry.row, 1).to_pylist()

    def _add(self, part: Path) -> None:
        columns = ["doc", "fp", "code"]
        for at, row in enumerate(pq.read_table(part, columns=columns).to_pylist()):
            self.fp = self.fp or row["fp"]
            if row["fp"] != self.fp:
                raise PairsError(
                    f"{part}: was made by another build of the package or with other "
                    "options; take another folder for the outputs"
                )
            if row["doc"] in self._entries:
                raise PairsError(f"{part}: {row['doc']!r} was done before")
            self._entries[row["doc"]] = Entry(part, at, row["code"])

    def _part(self, part: Path, columns: tuple[str, ...]) -> pa.Table:
        key = (part, columns)
        if key not in self._parts:
            self._parts[key] = pq.read_table(part, columns=list(columns))
            if len(self._parts) > _PARTS_IN_MEMORY:
                self._parts.popitem(last=False)
        self._parts.move_to_end(key)
        return self._parts[key]


def write_part(path: Path, batch: pa.RecordBatch) -> None:
    """Write a part whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    pq.write_table(pa.Table.from_batches([batch], SCHEMA), beside, compression="zstd")
    os.replace(beside, path)


def digest(out: Path) -> dict[str, str]:
    """Name the content of a job's outputs: equal where they are, however they were made.

    That of the documents is over their rows by name, of the other files over their bytes.
    """
    documents = Documents(out)
    total = hashlib.sha256()
    for row in documents.rows(documents.names, tuple(SCHEMA.names)):
        total.update(json.dumps(row, sort_keys=True, ensure_ascii=False).encode())
        total.update(b"\n")
    digests = {"documents": total.hexdigest()[:16]}
    for path in sorted([*out.glob("*.csv"), *out.glob("tmx/*.tmx")]):
        content = hashlib.sha256(path.read_bytes()).hexdigest()[:16]
        digests[path.relative_to(out).as_posix()] = content
    return digests
