"""Termbases: read, decide, gather, undo."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

import bitext


@pytest.fixture
def base(tmp_path: Path) -> bitext.Termbase:
    return bitext.Termbase(tmp_path / "terms.csv")


def test_what_was_mined_is_gathered_and_decided_on(base: bitext.Termbase) -> None:
    pair = bitext.align(
        "买方应当支付违约金。\n\n违约金为五元。\n",
        "The buyer shall pay liquidated damages.\n\nLiquidated damages are five yuan.\n",
        name="contract",
    )
    gain = base.gather(pair)
    assert gain.added == len(pair.terms) > 0
    assert base.gather(pair) == (0, 0)
    term = next(row for row in base.rows() if row.zh == "违约金")
    assert (term.status, term.documents, term.count) == ("candidate", ["contract"], 2)
    done = base.decide([term.concept], "rejected", who="mei", note="too general")
    assert [one.changed for one in done] == [True]
    row = next(row for row in base.rows() if row.zh == "违约金")
    assert (row.status, row.who, row.note) == ("rejected", "mei", "too general")
    again = bitext.align("违约金。\n\n违约金。", "Damages.\n\nDamages.", glossary=base)
    assert all((one.zh, one.en) != (row.zh, row.en) for one in again.terms)
    base.undo()
    assert next(r for r in base.rows() if r.zh == "违约金").status == "candidate"


def test_unknown_terms_change_nothing(base: bitext.Termbase) -> None:
    base.decide(["公约=convention"], "accepted", add=True)
    before = Path(os.fspath(base)).read_bytes()
    with pytest.raises(KeyError, match="is no pair"):
        base.decide(["公约=convention", "条约=treaty"], "rejected")
    assert Path(os.fspath(base)).read_bytes() == before


def test_what_cannot_be_read_is_told(base: bitext.Termbase) -> None:
    with pytest.raises(bitext.GlossaryError, match="no such file"):
        base.rows()
    with pytest.raises(bitext.GlossaryError, match="no such file"):
        base.decide(["公约=convention"], "accepted")


def test_glossaries_of_others_are_read(tmp_path: Path) -> None:
    path = tmp_path / "terms.tsv"
    path.write_text("公约\tconvention\n条约\ttreaty\n")
    assert [(row.zh, row.en) for row in bitext.read_glossary(path)] == [
        ("公约", "convention"),
        ("条约", "treaty"),
    ]
