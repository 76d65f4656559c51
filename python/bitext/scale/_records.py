"""The table of documents: one row each, beads and terms nested, the status in the row."""

from __future__ import annotations

import pyarrow as pa

INPUT = pa.schema(
    [
        ("doc", pa.string()),
        ("zh", pa.string()),
        ("en", pa.string()),
        ("zh_path", pa.string()),
        ("en_path", pa.string()),
    ]
)
"""What comes in: the name of a document, and its two texts or the paths of its files."""

_BEAD = pa.struct(
    [
        ("bead", pa.int32()),
        ("zh", pa.string()),
        ("en", pa.string()),
        ("score", pa.int32()),
        ("unit", pa.string()),
        ("zh_line", pa.int32()),
        ("zh_line_end", pa.int32()),
        ("en_line", pa.int32()),
        ("en_line_end", pa.int32()),
    ]
)

_TERM = pa.struct(
    [
        ("zh", pa.string()),
        ("en", pa.string()),
        ("count", pa.int32()),
        ("zh_count", pa.int32()),
        ("en_count", pa.int32()),
        ("confidence", pa.int32()),
    ]
)

SCHEMA = pa.schema(
    [
        ("doc", pa.string()),
        ("fp", pa.string()),
        ("code", pa.string()),
        ("message", pa.string()),
        ("beads", pa.list_(_BEAD)),
        ("terms", pa.list_(_TERM)),
        ("size", pa.int64()),
        ("tmx_head", pa.string()),
        ("tmx", pa.string()),
    ]
)
"""What comes out.

``code`` is ``ok``, ``unreadable``, ``fault``, ``died``, ``cpu``, ``memory`` or ``timeout``;
``message`` says more. Scores and confidences are in units of 1e-4. ``size`` is that of the
paired texts in bytes, ``tmx`` the units of the memory, ``fp`` the fingerprint of the build and
the options.
"""

CODES = ("ok", "unreadable", "fault", "died", "cpu", "memory", "timeout")
