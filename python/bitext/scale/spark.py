"""The same through Apache Spark: the bytes are those of the plain loop.

:func:`align_table` is what a session of your own calls; :func:`run` is the whole job of
``python -m bitext.scale spark``. Needs ``bitext[spark]`` and Java, and one build of the package
on every node.
"""

from __future__ import annotations

import itertools
import os
import sys
import tempfile
import uuid
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow as pa
from pyarrow import fs
from pyspark.sql import SparkSession
from pyspark.sql import functions as F
from pyspark.sql.pandas.types import from_arrow_schema

from bitext._job import Job
from bitext.scale import _pairs, _together
from bitext.scale._documents import FOLDER
from bitext.scale._map import map_batches
from bitext.scale._pairs import PairsError
from bitext.scale._records import INPUT, SCHEMA

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from pyspark.sql import DataFrame

_ROWS = 32
"""Rows of a batch on their way to Python: whole documents are long."""


def run(
    pairs: str | os.PathLike[str],
    out: str | os.PathLike[str],
    job: Job,
    *,
    master: str | None = None,
    partitions: int | None = None,
    waves: int = 1,
) -> dict[str, int]:
    """Do the whole job; count the documents by status.

    ``out`` must be a folder that all nodes see. Rows that are there are not made again;
    ``waves`` says in how many steps rows are written.
    """
    session = start(master)
    try:
        folder = _whole(out)
        todo = _undone(session, read_pairs(session, _whole(pairs), folder), folder, job)
        todo = todo.repartition(partitions or 4 * session.sparkContext.defaultParallelism)
        for wave in range(waves):
            is_of_wave = F.crc32(F.col("doc").cast("binary")) % waves == wave
            rows = align_table(todo.where(is_of_wave), job)
            rows.write.mode("append").parquet(f"{folder}/{FOLDER}", compression="zstd")
        documents = session.read.parquet(f"{folder}/{FOLDER}")
        write_shards(documents, folder, job)
        if job.terms:
            _write(folder, _together.GLOSSARY, [glossary(documents, job)])
        counts = documents.groupBy("code").count().collect()
        return {row["code"]: row["count"] for row in sorted(counts)}
    finally:
        session.stop()


def _whole(path: str | os.PathLike[str]) -> str:
    """Give a path that means the same in every process."""
    text = os.fspath(path)
    return text if "://" in text else os.fspath(Path(text).absolute())


def start(master: str | None = None, settings: dict[str, str] | None = None) -> SparkSession:
    """Start a session that suits long rows, or give the one that is there."""
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    builder: Any = SparkSession.builder
    if master is not None:
        builder = builder.master(master)
    for name, value in (settings or {}).items():
        builder = builder.config(name, value)
    session: SparkSession = (
        builder.appName("bitext")
        .config("spark.sql.execution.arrow.maxRecordsPerBatch", _ROWS)
        .getOrCreate()
    )
    return session


def read_pairs(session: SparkSession, pairs: str, out: str) -> DataFrame:
    """Read the pairs of a table that Spark reaches, or of a folder of the driver's."""
    schema = from_arrow_schema(INPUT)
    ending = Path(pairs).suffix.lower()
    if _pairs.is_folder_of_files(Path(pairs)):
        rows = _pairs.planned(Path(pairs), Path(out))[0]
        whole = [tuple(row.get(name) for name in INPUT.names) for row in rows]
        return session.createDataFrame(whole, schema)
    if ending == ".csv":
        frame = session.read.csv(pairs, header=True, multiLine=True, escape='"')
    elif ending in (".jsonl", ".ndjson"):
        frame = session.read.schema(schema).json(pairs)
    else:
        frame = session.read.parquet(pairs)
    present = [name for name in INPUT.names if name in frame.columns]
    if "doc" not in present:
        raise PairsError(f"{pairs}: has no column doc")
    folder = pairs.rpartition("/")[0]
    for name in ("zh_path", "en_path"):
        if name in present:
            is_whole = F.col(name).startswith("/") | F.col(name).contains("://")
            joined = F.concat(F.lit(f"{folder}/"), F.col(name))
            frame = frame.withColumn(name, F.when(is_whole, F.col(name)).otherwise(joined))
    return frame.select(*present)


def align_table(pairs: DataFrame, job: Job | None = None) -> DataFrame:
    """Align a frame of ``doc`` and ``zh``, ``en`` or paths: a row of ``SCHEMA`` each."""
    job = job or Job()
    fp = job.fingerprint()

    def align(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        return map_batches(batches, job, fp)

    return pairs.mapInArrow(align, from_arrow_schema(SCHEMA))


def write_shards(documents: DataFrame, out: str, job: Job) -> None:
    """Write the translation memories, each document in the shard of its name."""
    out = _whole(out)
    good = documents.where(F.col("code") == "ok")
    heads = good.select("tmx_head").distinct().collect()
    head = _together.head_of(row["tmx_head"] for row in heads)
    shard = F.crc32(F.col("doc").cast("binary")) % job.shards
    of_shard = good.select("doc", "tmx", shard.cast("int").alias("shard"))
    ordered = of_shard.repartition(job.shards, "shard").sortWithinPartitions("shard", "doc")
    written = ordered.mapInArrow(_shard_writer(out, head, job.shards), "shard int").collect()
    missing = set(range(job.shards)) - {row["shard"] for row in written}
    for number in sorted(missing):
        _write_shard(out, head, number, job.shards, [])


def _shard_writer(
    out: str, head: str, shards: int
) -> Callable[[Iterable[pa.RecordBatch]], Iterator[pa.RecordBatch]]:
    def write(batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        rows = (row for batch in batches for row in batch.to_pylist())
        for number, group in itertools.groupby(rows, key=lambda row: row["shard"]):
            _write_shard(out, head, number, shards, (row["tmx"] for row in group))
            yield pa.RecordBatch.from_pydict({"shard": pa.array([number], pa.int32())})

    return write


def _write_shard(out: str, head: str, number: int, shards: int, bodies: Iterable[str]) -> None:
    name = f"tmx/{_together.shard_name(number, shards)}"
    texts = itertools.chain([head], bodies, [_together.TAIL])
    _write(out, name, (text.encode() for text in texts))


def _write(out: str, name: str, parts: Iterable[bytes]) -> None:
    """Write a file beside and rename it: a task that is tried twice does no harm."""
    uri = out if "://" in out else Path(out).as_uri()
    system, folder = fs.FileSystem.from_uri(uri)
    path = f"{folder}/{name}"
    parent, _, _ = path.rpartition("/")
    system.create_dir(parent)
    beside = f"{parent}/.{uuid.uuid4().hex}"
    with system.open_output_stream(beside, compression=None) as file:
        for part in parts:
            file.write(part)
    system.move(beside, path)


def glossary(documents: DataFrame, job: Job) -> bytes:
    """Mine the documents together, as the plain loop does: one by one on the driver."""
    good = documents.where(F.col("code") == "ok").select("doc", "beads")
    rows = good.orderBy("doc").toLocalIterator()
    with tempfile.TemporaryDirectory() as scratch:
        return _together.glossary(
            (row.asDict(recursive=True) for row in rows), good.count(), job, scratch
        )


def _undone(session: SparkSession, pairs: DataFrame, out: str, job: Job) -> DataFrame:
    """Give the pairs without a row; raise where two have a name or rows are of another job."""
    twice = pairs.groupBy("doc").count().where("count > 1").limit(1).collect()
    if twice:
        raise PairsError(f"two documents are called {twice[0]['doc']!r}")
    try:
        done = session.read.parquet(f"{out}/{FOLDER}")
    except Exception as error:
        if "PATH_NOT_FOUND" in str(error) or "UNABLE_TO_INFER_SCHEMA" in str(error):
            return pairs
        raise
    prints = {row["fp"] for row in done.select("fp").distinct().collect()}
    if prints - {job.fingerprint()}:
        raise PairsError(
            f"{out}: its rows were made by another build of the package or with other "
            "options; take another folder for the outputs"
        )
    return pairs.join(done.select("doc"), "doc", "left_anti")
