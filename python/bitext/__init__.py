"""Lay the Chinese and the English version of a document side by side, and mine its terms.

>>> import bitext
>>> pair = bitext.align("第一条　买方应当付款。", "Article 1. The buyer shall pay.")
>>> pair.beads[0].unit
'article 1'

No neural network, no other service: a dictionary, lengths, numbers, labels, and what the
document itself teaches. The same input gives the same bytes. The program ``align`` comes with
it (``python -m bitext``); many documents are the matter of :mod:`bitext.scale`.
"""

from bitext._aligner import Aligner, Options, align, align_files, align_many
from bitext._bitext import __version__
from bitext._errors import Error, Fault, GlossaryError, ReadError
from bitext._pair import Bitext
from bitext._records import (
    Bead,
    Decision,
    Evidence,
    Finding,
    LeftOut,
    Notice,
    Row,
    Sentence,
    Term,
    Usage,
)
from bitext._tables import TableName
from bitext._termbase import Gain, Status, Termbase, read_glossary

__all__ = [
    "Aligner",
    "Bead",
    "Bitext",
    "Decision",
    "Error",
    "Evidence",
    "Fault",
    "Finding",
    "Gain",
    "GlossaryError",
    "LeftOut",
    "Notice",
    "Options",
    "ReadError",
    "Row",
    "Sentence",
    "Status",
    "TableName",
    "Term",
    "Termbase",
    "Usage",
    "__version__",
    "align",
    "align_files",
    "align_many",
    "read_glossary",
]
