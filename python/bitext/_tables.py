"""Tables of an aligned pair, as Arrow has them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    import pyarrow as pa

TableName = Literal[
    "beads", "sentences", "evidence", "terms", "notices", "findings", "left_out"
]
"""The tables of a pair; the rows of each are records of :mod:`bitext`."""

_BEADS = {
    "bead": "int64",
    "zh": "string",
    "en": "string",
    "score": "double",
    "unit": "string",
    "kind": "string",
    "zh_start": "int64",
    "zh_end": "int64",
    "zh_line": "int64",
    "zh_line_end": "int64",
    "en_start": "int64",
    "en_end": "int64",
    "en_line": "int64",
    "en_line_end": "int64",
}

SCHEMAS: dict[TableName, dict[str, str]] = {
    "beads": _BEADS,
    "sentences": {**_BEADS, "within": "int64"},
    "evidence": {
        "bead": "int64",
        "kind": "string",
        "zh": "string",
        "en": "string",
        "weight": "double",
    },
    "terms": {
        "zh": "string",
        "en": "string",
        "zh_variants": "list<string>",
        "en_variants": "list<string>",
        "count": "int64",
        "zh_count": "int64",
        "en_count": "int64",
        "documents": "int64",
        "confidence": "double",
        "evidence": "list<string>",
        "status": "string",
        "part_of_speech": "string",
        "term_type": "string",
        "zh_context": "string",
        "en_context": "string",
        "unit": "string",
    },
    "notices": {"kind": "string", "message": "string"},
    "findings": {
        "kind": "string",
        "severity": "string",
        "message": "string",
        "zh": "string",
        "zh_words": "list<string>",
        "zh_label": "string",
        "zh_line": "int64",
        "zh_line_end": "int64",
        "en": "string",
        "en_words": "list<string>",
        "en_label": "string",
        "en_line": "int64",
        "en_line_end": "int64",
        "usages": "list<usage>",
        "fix_side": "string",
        "fix": "string",
        "fingerprint": "string",
    },
    "left_out": {
        "side": "string",
        "kind": "string",
        "place": "string",
        "text": "string",
        "chars": "int64",
    },
}


def schema(table: TableName) -> pa.Schema:
    """Give the Arrow schema of a table."""
    import pyarrow as pa

    usage = pa.struct([("text", pa.string()), ("places", pa.list_(pa.string()))])
    types: dict[str, pa.DataType] = {
        "int64": pa.int64(),
        "double": pa.float64(),
        "string": pa.string(),
        "list<string>": pa.list_(pa.string()),
        "list<usage>": pa.list_(usage),
    }
    return pa.schema([(name, types[kind]) for name, kind in SCHEMAS[table].items()])


def to_arrow(table: TableName, columns: dict[str, list[Any]]) -> pa.Table:
    """Make an Arrow table of columns."""
    import pyarrow as pa

    if "usages" in columns:
        usages = [
            [{"text": text, "places": places} for text, places in ways]
            for ways in columns["usages"]
        ]
        columns = {**columns, "usages": usages}
    return pa.table(columns, schema=schema(table))
