"""The interface for one pair."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

import bitext

ZH = "第一条　买方应当在三十日内付款。\n\n第二条　违约金不超过合同价款的 5%。\n"
EN = (
    "Article 1. The buyer shall pay within thirty days.\n\n"
    "Article 2. Liquidated damages shall not exceed 6% of the price.\n"
)


def test_two_texts_give_beads_and_a_ladder() -> None:
    pair = bitext.align(ZH, EN, name="law")
    assert [(zh, en) for zh, en, _ in pair.ladder] == [([0], [0]), ([1], [1])]
    assert [bead.unit for bead in pair] == ["article 1", "article 2"]
    assert (pair.name, pair.documents, pair.segments) == (
        "law",
        ("law.zh", "law.en"),
        (2, 2),
    )
    first = pair.beads[0]
    assert (first.zh_start, first.zh_end, first.zh_line, first.en_line) == (0, 1, 1, 1)
    assert 0.5 < first.score <= 1
    assert not pair.is_unrelated


def test_what_speaks_for_a_bead_is_told() -> None:
    kinds = {one.kind for one in bitext.align(ZH, EN).evidence if one.bead == 0}
    assert "label" in kinds


def test_files_are_read_and_named_after_what_they_share(
    corpora: dict[str, tuple[Path, Path]],
) -> None:
    zh, en = corpora["resolution"]
    pair = bitext.align_files(en, zh)
    assert pair.name == "resolution"
    assert next(notice.kind for notice in pair.notices) == "swapped"
    assert len(pair) > 20
    assert len(pair.terms) > 10
    assert all(0 <= term.confidence <= 1 for term in pair.terms)


def test_findings_and_sentences_are_found_when_asked_for() -> None:
    pair = bitext.align(ZH, EN)
    assert [finding.kind for finding in pair.findings] == ["number"]
    finding = pair.findings[0]
    assert (finding.zh_words, finding.en_words) == (["5%"], ["6%"])
    assert pair.check(kinds=["omission"]) == ()
    two = bitext.align("你好。再见。", "Hello. Goodbye.")
    assert [(one.zh, one.within) for one in two.sentences] == [
        ("你好。", 0),
        ("再见。", 0),
    ]


def test_what_is_left_out_stands_in_the_ledger(tmp_path: Path) -> None:
    (tmp_path / "a.zh.html").write_text(
        "<body><script>var x = 1;</script><p>双方应当履行本合同规定的义务。</p></body>"
    )
    (tmp_path / "a.en.html").write_text(
        "<body><p>The parties shall perform their duties under this contract.</p></body>"
    )
    pair = bitext.align_files(tmp_path / "a.zh.html", tmp_path / "a.en.html")
    assert [(one.side, one.kind) for one in pair.left_out] == [("zh", "code")]


def test_errors_are_of_this_package(tmp_path: Path) -> None:
    with pytest.raises(bitext.ReadError, match=r"none\.txt"):
        bitext.align_files(tmp_path / "none.txt", tmp_path / "neither.txt")
    with pytest.raises(bitext.GlossaryError):
        bitext.align(ZH, EN, glossary=tmp_path / "none.csv")
    with pytest.raises(ValueError, match="level"):
        bitext.align(ZH, EN, level="word")  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="levle"):
        bitext.align(ZH, EN, levle="sentence")  # type: ignore[call-arg]
    assert issubclass(bitext.ReadError, bitext.Error)
    assert issubclass(bitext.Fault, RuntimeError)


@pytest.mark.parametrize("ending", [".tmx", ".glossary.csv", ".xlsx", ".check.html"])
def test_a_file_is_of_the_kind_that_its_name_ends_as(tmp_path: Path, ending: str) -> None:
    pair = bitext.align(ZH, EN)
    path = pair.write(tmp_path / f"law{ending}", created=0)
    assert path.read_bytes() == pair.export(ending, created=0)
    assert [one.name for one in tmp_path.iterdir()] == [path.name]


def test_an_unknown_ending_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="ends like no kind of output"):
        bitext.align(ZH, EN).write(tmp_path / "law.pdf")
    assert list(tmp_path.iterdir()) == []


def test_many_pairs_come_in_order_and_are_not_read_ahead() -> None:
    taken = []

    def pairs() -> Iterator[tuple[str, str]]:
        for number in range(40):
            taken.append(number)
            yield ZH.replace("第二条", f"第{number}条"), EN

    done = bitext.align_many(pairs(), jobs=2)
    assert next(done).name == "0"
    assert len(taken) < 10
    assert [pair.name for pair in done] == [str(number) for number in range(1, 40)]


def test_an_error_of_many_can_be_given_in_its_place(tmp_path: Path) -> None:
    missing = (tmp_path / "a.txt", tmp_path / "b.txt")
    given = bitext.Aligner().align_many([missing, ("你好。", "Hello.")], errors="return")
    first, second = given
    assert isinstance(first, bitext.ReadError)
    assert isinstance(second, bitext.Bitext)
    with pytest.raises(bitext.ReadError):
        list(bitext.align_many([missing]))


def test_other_threads_run_while_a_pair_is_aligned(
    corpora: dict[str, tuple[Path, Path]],
) -> None:
    texts = [file.read_text(encoding="utf-8") for file in corpora["statute"]]
    zh, en = (text * 10 for text in texts)
    worker = threading.Thread(target=lambda: bitext.align(zh, en).terms)
    longest, last = 0.0, time.perf_counter()
    worker.start()
    while worker.is_alive():
        time.sleep(0.001)
        longest = max(longest, time.perf_counter() - last)
        last = time.perf_counter()
    assert longest < 0.5


def test_a_glossary_is_gone_by(tmp_path: Path) -> None:
    (tmp_path / "terms.csv").write_text("zh,en\n违约金,liquidated damages\n")
    pair = bitext.align(ZH * 3, EN * 3, glossary=tmp_path / "terms.csv")
    known = {term.zh: term.status for term in pair.terms}
    assert known["违约金"] == "accepted"
