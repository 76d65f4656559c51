"""Tables of Arrow and pandas."""

from __future__ import annotations

from dataclasses import fields
from typing import get_args

import pytest

import bitext

pytest.importorskip("pyarrow")


@pytest.fixture(scope="module")
def pair() -> bitext.Bitext:
    zh = (
        "买方应当支付违约金5元。\n\n"
        "这一段没有译文，只有中文在这里，而且很长很长。\n\n卖方应当支付违约金。\n"
    )
    en = (
        "The buyer shall pay liquidated damages of 6 yuan.\n\n"
        "The seller shall pay liquidated damages.\n"
    )
    return bitext.align(zh, en)


@pytest.mark.parametrize("table", get_args(bitext.TableName))
def test_a_table_has_the_fields_of_its_records(
    pair: bitext.Bitext, table: bitext.TableName
) -> None:
    arrow = pair.to_arrow(table)
    records = getattr(pair, table)
    assert arrow.num_rows == len(records)
    for record in records:
        assert [one.name for one in fields(record)] == arrow.column_names
    columns = pair.columns(table)
    assert list(columns) == arrow.column_names


def test_an_unknown_table_is_told(pair: bitext.Bitext) -> None:
    with pytest.raises(ValueError, match="none of beads"):
        pair.columns("words")  # type: ignore[arg-type]


def test_whole_numbers_stay_whole_where_some_are_missing(pair: bitext.Bitext) -> None:
    pytest.importorskip("pandas")
    frame = pair.to_pandas()
    assert str(frame["en_line"].dtype) == "int64[pyarrow]"
    assert frame["en_line"].isna().sum() == 1
    assert frame["en_line"].dropna().tolist() == [1, 3]
