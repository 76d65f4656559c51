"""Many documents on one machine."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

pa = pytest.importorskip("pyarrow")

import pyarrow.parquet as pq  # noqa: E402
from conftest import poison  # noqa: E402

from bitext import scale  # noqa: E402
from bitext.scale.__main__ import main  # noqa: E402

HARMLESS = {"zh": "你好。", "en": "Hello."}


def rows(requests: list[dict[str, Any]], job: scale.Job) -> list[dict[str, Any]]:
    batch = pa.RecordBatch.from_pylist(requests, schema=scale.INPUT)
    return [row for done in scale.map_batches([batch], job) for row in done.to_pylist()]


def run(pairs: Path, out: Path, *asked: str) -> dict[str, str]:
    assert main(["run", str(pairs), str(out), "--quiet", *asked]) == 0
    return scale.digest(out)


@pytest.fixture(scope="module")
def once(folder_of_pairs: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("once")
    run(folder_of_pairs, out)
    return out


def test_poison_costs_a_row_each(tmp_path: Path) -> None:
    limits = scale.Limits(cpu_seconds=1, wall_seconds=20, memory=2 << 30)
    job = scale.Job(limits=limits, command=poison(tmp_path))
    names = ["a", "abort", "b", "endless", "c", "asleep", "memory", "talks", "z"]
    requests: list[dict[str, Any]] = [{"doc": name, **HARMLESS} for name in names]
    requests.insert(4, {"doc": "empty"})
    requests.insert(2, {"doc": "gone", "zh_path": "/none/zh.txt", "en_path": "/none/en.txt"})
    done = {row["doc"]: (row["code"], row["message"]) for row in rows(requests, job)}
    assert done["abort"] == ("died", "SIGABRT")
    assert done["endless"][0] == "cpu"
    assert done["asleep"][0] == "timeout"
    assert done["memory"][0] == "memory"
    assert done["gone"][0] == "unreadable"
    assert done["empty"] == ("unreadable", "a row without texts or paths")
    assert "/none/zh.txt" in done["gone"][1]
    assert [name for name, (code, _) in done.items() if code == "ok"] == [
        "a",
        "b",
        "c",
        "talks",
        "z",
    ]


def test_a_child_that_is_killed_from_outside_is_tried_again(tmp_path: Path) -> None:
    request = {"doc": "kill-child", **HARMLESS}
    (row,) = rows([request], scale.Job(command=poison(tmp_path)))
    assert row["code"] == "ok"
    assert (tmp_path / "kill-child").exists()


def test_a_child_of_another_build_ends_the_job() -> None:
    job = scale.Job(command=(sys.executable, "-c", "print('no frame')"))
    with pytest.raises((RuntimeError, json.JSONDecodeError)):
        rows([{"doc": "a", **HARMLESS}], job)


def test_the_loop_gives_what_the_program_gives_of_a_folder(
    align_program: Path, folder_of_pairs: Path, once: Path, tmp_path: Path
) -> None:
    subprocess.run(
        [
            align_program,
            folder_of_pairs,
            "--out",
            tmp_path,
            "--quiet",
            "--write",
            "csv,tmx",
        ],
        check=True,
        env={**os.environ, "SOURCE_DATE_EPOCH": "0"},
    )
    ours = (once / "all.glossary.csv").read_bytes()
    assert ours.count(b"\n") > 20
    assert ours == (tmp_path / "all.glossary.csv").read_bytes()
    documents = scale.Documents(once)
    for row in documents.rows(documents.names, ("doc", "tmx_head", "tmx")):
        memory = (tmp_path / f"{row['doc']}.tmx").read_text(encoding="utf-8")
        assert memory == row["tmx_head"] + row["tmx"] + "</body>\n</tmx>\n"


def test_two_children_and_shards_give_the_bytes_of_one(
    folder_of_pairs: Path, once: Path, tmp_path: Path
) -> None:
    assert run(folder_of_pairs, tmp_path / "two", "--jobs", "2") == scale.digest(once)
    out = str(tmp_path / "shards")
    for shard in ("2/3", "1/3", "3/3"):
        asked = ["run", str(folder_of_pairs), out, "--quiet", "--shard", shard]
        assert main(asked) == 0
    assert main(["merge", out, "--quiet"]) == 0
    assert scale.digest(tmp_path / "shards") == scale.digest(once)


def test_a_broken_run_goes_on_where_it_was(
    folder_of_pairs: Path, once: Path, tmp_path: Path
) -> None:
    run(folder_of_pairs, tmp_path)
    (part,) = (tmp_path / "documents").iterdir()
    table = pq.read_table(part)
    pq.write_table(table.slice(0, 7), part)
    before = part.stat().st_mtime_ns
    assert run(folder_of_pairs, tmp_path) == scale.digest(once)
    parts = sorted((tmp_path / "documents").iterdir())
    assert [pq.read_metadata(one).num_rows for one in parts] == [7, 13]
    assert parts[0].stat().st_mtime_ns == before
    run(folder_of_pairs, tmp_path)
    assert len(list((tmp_path / "documents").iterdir())) == 2


def test_rows_of_other_options_are_not_mixed(
    folder_of_pairs: Path,
    once: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    options = tmp_path / "options.toml"
    options.write_text('[align]\nlevel = "sentence"\n[job]\nshards = 2\n')
    asked = ["run", str(folder_of_pairs), str(once), "-q", "--options", str(options)]
    assert main(asked) == 2
    assert "other options" in capsys.readouterr().err
    options.write_text("[align]\nlevle = 1\n")
    with pytest.raises(ValueError, match="levle"):
        scale.Job.load(options)


def test_tables_of_texts_and_of_paths_are_read(tmp_path: Path) -> None:
    texts = [{"doc": "b", **HARMLESS}, {"doc": "a", "zh": "再见。", "en": "Goodbye."}]
    pq.write_table(pa.Table.from_pylist(texts), tmp_path / "t.parquet")
    lines = "".join(json.dumps(row) + "\n" for row in texts)
    (tmp_path / "t.jsonl").write_text(lines)
    (tmp_path / "t.csv").write_text("doc,zh,en\nb,你好。,Hello.\na,再见。,Goodbye.\n")
    digests = [
        run(tmp_path / f"t.{kind}", tmp_path / kind)["documents"]
        for kind in ("parquet", "jsonl", "csv")
    ]
    assert len(set(digests)) == 1
    (tmp_path / "many").mkdir()
    pq.write_table(pa.Table.from_pylist(texts[:1]), tmp_path / "many" / "1.parquet")
    pq.write_table(pa.Table.from_pylist(texts[1:]), tmp_path / "many" / "2.parquet")
    digests.append(run(tmp_path / "many", tmp_path / "of-many")["documents"])
    assert len(set(digests)) == 1
    (tmp_path / "zh.txt").write_text("双方应当履行本合同规定的义务。\n")
    (tmp_path / "en.txt").write_text("The parties shall perform this contract.\n")
    (tmp_path / "p.csv").write_text("doc,zh_path,en_path\na,zh.txt,en.txt\n")
    run(tmp_path / "p.csv", tmp_path / "paths")
    (row,) = scale.Documents(tmp_path / "paths").rows(["a"], ("beads",))
    assert row["beads"][0]["en"] == "The parties shall perform this contract."


def test_where_files_lie_changes_no_byte(tmp_path: Path) -> None:
    digests = []
    for name in ("here", "there"):
        (tmp_path / name).mkdir()
        for side, text in (
            ("zh", "双方应当履行本合同规定的义务。\x07\n"),
            ("en", "Perform it now.\n"),
        ):
            (tmp_path / name / f"a.{side}.txt").write_text(text)
        # As a path, and as an address from which the file is fetched.
        prefix = "" if name == "here" else f"file://{tmp_path}/there/"
        table = tmp_path / name / "p.csv"
        table.write_text(f"doc,zh_path,en_path\na,{prefix}a.zh.txt,{prefix}a.en.txt\n")
        digests.append(run(table, tmp_path / f"of-{name}"))
    assert digests[0] == digests[1]
    (row,) = scale.Documents(tmp_path / "of-there").rows(["a"], ("message",))
    assert "a.zh.txt" in row["message"]
    assert "/" not in row["message"]


def test_two_documents_of_one_name_are_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "t.csv").write_text("doc,zh,en\na,你好。,Hello.\na,再见。,Goodbye.\n")
    assert main(["run", str(tmp_path / "t.csv"), str(tmp_path / "out"), "-q"]) == 2
    assert "'a'" in capsys.readouterr().err


def test_the_fingerprint_knows_options_and_glossary_not_limits(tmp_path: Path) -> None:
    glossary = tmp_path / "terms.csv"
    glossary.write_text("zh,en\n公约,convention\n")
    job = scale.Job(align={"glossary": str(glossary)})
    before = job.fingerprint()
    assert replace(job, limits=scale.Limits(attempts=9)).fingerprint() == before
    assert replace(job, terms=False).fingerprint() != before
    glossary.write_text("zh,en\n公约,treaty\n")
    assert job.fingerprint() != before


def test_nothing_to_make_something_of_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["merge", str(tmp_path)]) == 2
    assert "no documents" in capsys.readouterr().err


def test_a_document_that_fails_is_told_by_the_status(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text("doc,zh_path,en_path\na,none.txt,neither.txt\n")
    assert main(["run", str(tmp_path / "t.csv"), str(tmp_path / "out"), "-q"]) == 1
    assert scale.Documents(tmp_path / "out").counts() == {"unreadable": 1}
