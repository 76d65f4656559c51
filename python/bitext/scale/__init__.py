"""Many documents: on one machine in a loop, on many by an engine, with the same bytes.

``python -m bitext.scale run PAIRS OUT --jobs 8`` is the loop, ``… spark PAIRS OUT`` the same
through Apache Spark; :func:`map_batches` is the function that both call, and that any other
engine can. Needs ``bitext[scale]`` or ``bitext[spark]``; see ``docs/scale.md``.

>>> import pyarrow as pa
>>> import bitext.scale
>>> batch = pa.RecordBatch.from_pylist([{"doc": "a", "zh": "你好。", "en": "Hello."}])
>>> for rows in bitext.scale.map_batches([batch]):
...     row = rows.to_pylist()[0]
...     row["doc"], row["code"], row["beads"][0]["en"]
('a', 'ok', 'Hello.')
"""

from bitext._job import Job, Limits
from bitext.scale._documents import Documents, digest
from bitext.scale._map import map_batches
from bitext.scale._pairs import PairsError
from bitext.scale._plain import merge, run
from bitext.scale._records import CODES, INPUT, SCHEMA

__all__ = [
    "CODES",
    "INPUT",
    "SCHEMA",
    "Documents",
    "Job",
    "Limits",
    "PairsError",
    "digest",
    "map_batches",
    "merge",
    "run",
]
