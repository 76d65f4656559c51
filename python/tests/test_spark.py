"""The same through Apache Spark."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

pytest.importorskip("pyspark")
if shutil.which("java") is None:
    pytest.skip("there is no Java", allow_module_level=True)

import pyarrow as pa
import pyarrow.parquet as pq
from conftest import poison

from bitext import scale
from bitext.scale import spark

pytestmark = pytest.mark.spark


@pytest.fixture(scope="module")
def table(folder_of_pairs: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Twenty documents as texts, and three that kill something when they are tried first."""
    path = tmp_path_factory.mktemp("table") / "pairs.parquet"
    rows = [
        {
            "doc": zh.name.removesuffix(".zh.txt"),
            "zh": zh.read_text(encoding="utf-8"),
            "en": zh.with_name(zh.name.replace(".zh.", ".en.")).read_text(encoding="utf-8"),
        }
        for zh in sorted(folder_of_pairs.glob("*.zh.txt"))
    ]
    kills = ("kill-child", "kill-worker", "kill-executor")
    rows += [{"doc": name, "zh": "你好。", "en": "Hello."} for name in kills]
    pq.write_table(pa.Table.from_pylist(rows), path)
    return path


@pytest.fixture(scope="module")
def expected(table: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """What the plain loop makes of them, in which nothing is killed."""
    out = tmp_path_factory.mktemp("plain")
    scale.run(table, out, scale.Job(), quiet=True)
    scale.merge(out, scale.Job(), quiet=True)
    return scale.digest(out)


def traces(folder: Path, *spared: str) -> Path:
    """A folder of traces in which some things have happened already."""
    folder.mkdir()
    for name in spared:
        (folder / name).touch()
    return folder


def test_a_worker_and_a_child_killed_in_the_middle_change_no_byte(
    table: Path, expected: dict[str, str], tmp_path: Path
) -> None:
    # In local mode the executor is the driver: it is spared.
    happened = traces(tmp_path / "traces", "kill-executor")
    job = scale.Job(command=poison(happened))
    out = tmp_path / "out"
    counts = spark.run(table, out, job, master="local[2,4]", partitions=4)
    assert counts == {"ok": 23}
    assert scale.digest(out) == expected
    assert {one.name for one in happened.iterdir()} == {
        "kill-child",
        "kill-worker",
        "kill-executor",
    }
    # All was done: a second run does nothing and harms nothing.
    spark.run(table, out, job, master="local[2,4]", partitions=4)
    assert scale.digest(out) == expected


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[str]:
    """A standalone cluster on loopback: one master, two workers of one core each."""
    import pyspark

    home = Path(pyspark.__file__).parent
    port = 17077
    url = f"spark://127.0.0.1:{port}"
    env = {
        **os.environ,
        "SPARK_HOME": str(home),
        "SPARK_LOCAL_IP": "127.0.0.1",
        "SPARK_WORKER_DIR": str(tmp_path / "work"),
        "PYSPARK_PYTHON": sys.executable,
    }
    launch = [str(home / "bin" / "spark-class"), "org.apache.spark.deploy"]
    master = [*launch[:1], f"{launch[1]}.master.Master", "--host", "127.0.0.1"]
    worker = [*launch[:1], f"{launch[1]}.worker.Worker", url, "--cores", "1"]
    commands = [
        [*master, "--port", str(port), "--webui-port", "0"],
        *[[*worker, "--memory", "1g", "--webui-port", "0"]] * 2,
    ]
    processes = []
    with open(tmp_path / "cluster.log", "wb") as log:
        for command in commands:
            processes.append(subprocess.Popen(command, env=env, stdout=log, stderr=log))
            time.sleep(3)
        try:
            yield url
        finally:
            for process in reversed(processes):
                process.terminate()
                process.wait()


@pytest.mark.cluster
@pytest.mark.skipif(
    "BITEXT_TEST_CLUSTER" not in os.environ, reason="BITEXT_TEST_CLUSTER is not set"
)
def test_a_cluster_that_loses_executors_and_spills_changes_no_byte(
    table: Path,
    expected: dict[str, str],
    cluster: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("SPARK_LOCAL_IP", "127.0.0.1")
    happened = traces(tmp_path / "traces")
    job = scale.Job(command=poison(happened))
    out = tmp_path / "out"
    monkeypatch.chdir(tmp_path)  # executors work in other folders
    few = {"spark.shuffle.spill.numElementsForceSpillThreshold": "3"}
    spark.start(cluster, {**few, "spark.executor.memory": "512m"})
    counts = spark.run(os.path.relpath(table), "out", job, partitions=8)
    assert counts == {"ok": 23}
    assert scale.digest(out) == expected
    assert len(list(happened.iterdir())) == 4
