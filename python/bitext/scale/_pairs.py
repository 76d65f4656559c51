"""What comes in: a table of texts or paths, or a folder."""

from __future__ import annotations

import csv
import json
import os
import zlib
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow.parquet as pq

from bitext import _bitext
from bitext.scale._records import INPUT

if TYPE_CHECKING:
    from collections.abc import Iterator

COLUMNS = INPUT.names
KINDS = (".parquet", ".csv", ".jsonl", ".ndjson")


class PairsError(ValueError):
    """The pairs cannot be worked on as they are."""


def planned(folder: Path, out: Path) -> tuple[list[dict[str, Any]], list[str]]:
    """Find the pairs of a folder as ``align FOLDER`` does, and the files that fit none.

    Paths are whole: whoever reads them may work in another folder.
    """
    pairs, left = _bitext.plan(folder.absolute(), out.absolute())
    requests = [
        {"doc": name, "zh_path": os.fspath(zh), "en_path": os.fspath(en)}
        for name, zh, en in pairs
    ]
    return requests, [os.fspath(path) for path in left]


def is_folder_of_files(pairs: Path) -> bool:
    """Tell a folder of documents from a table, which may be a folder of Parquet files."""
    return pairs.is_dir() and not any(pairs.glob("*.parquet"))


def read(pairs: Path, out: Path) -> Iterator[dict[str, Any]]:
    """Read the pairs of a folder or a table, one by one, with whole paths.

    Those of a table count from its folder, unless they are whole.
    """
    if is_folder_of_files(pairs):
        yield from planned(pairs, out)[0]
        return
    for row in _rows(pairs, COLUMNS):
        yield checked(row, pairs.parent.absolute())


def names(pairs: Path, out: Path) -> Iterator[str]:
    """Read the names of the documents alone, where the table lets that be done."""
    if is_folder_of_files(pairs):
        yield from (row["doc"] for row in planned(pairs, out)[0])
        return
    for row in _rows(pairs, ["doc"]):
        if not row.get("doc"):
            raise PairsError(f"{pairs}: a row has no name in the column doc")
        yield row["doc"]


def _rows(table: Path, columns: list[str]) -> Iterator[dict[str, Any]]:
    ending = table.suffix.lower()
    if ending == ".parquet" or table.is_dir():
        parts = sorted(table.glob("*.parquet")) if table.is_dir() else [table]
        for part in parts:
            parquet = pq.ParquetFile(part)
            present = [name for name in columns if name in parquet.schema_arrow.names]
            for batch in parquet.iter_batches(batch_size=64, columns=present):
                yield from batch.to_pylist()
    elif ending == ".csv":
        csv.field_size_limit(1 << 30)
        with open(table, encoding="utf-8-sig", newline="") as file:
            yield from csv.DictReader(file)
    elif ending in (".jsonl", ".ndjson"):
        with open(table, encoding="utf-8") as file:
            yield from (json.loads(line) for line in file if not line.isspace())
    else:
        raise PairsError(f"{table}: is no folder and none of {', '.join(KINDS)}")


def checked(row: dict[str, Any], folder: Path) -> dict[str, Any]:
    """Keep of a row what is asked for; whole paths."""
    kept = {name: row[name] for name in COLUMNS if row.get(name) is not None}
    has_texts = "zh" in kept and "en" in kept
    if not kept.get("doc") or not (has_texts or kept.get("zh_path")):
        raise PairsError(
            f"a row has not the columns doc and zh, en or zh_path, en_path: {list(row)}"
        )
    for name in ("zh_path", "en_path"):
        if kept.get(name) and "://" not in kept[name]:
            kept[name] = os.fspath(folder / kept[name])
    return kept


def refuse_twice(names: Iterator[str]) -> int:
    """Count the documents; raise where two have one name."""
    seen: set[str] = set()
    for name in names:
        if name in seen:
            raise PairsError(f"two documents are called {name!r}")
        seen.add(name)
    return len(seen)


def shard_of(doc: str, shards: int) -> int:
    """Give the shard of a document: by its name alone, so that every engine agrees."""
    return zlib.crc32(doc.encode()) % shards
