"""Termbases and other glossaries."""

from __future__ import annotations

import os
from datetime import datetime, timezone
from typing import TYPE_CHECKING, Literal, NamedTuple

from bitext import _bitext
from bitext._pair import _rows, now
from bitext._records import Decision, Row

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bitext._pair import Bitext

Status = Literal["candidate", "accepted", "preferred", "rejected", "forbidden"]


class Gain(NamedTuple):
    """What a merge brought."""

    added: int
    """Concepts that are new."""
    updated: int
    """Rows that have other counts or passages now."""


class Termbase:
    """A termbase in a file: ``.csv`` with the columns concept, zh and en.

    Every change is one of the whole file, under a lock, and can be undone, up to 20 back.
    Raises :class:`GlossaryError` where the file cannot be read or written.

    >>> import bitext, tempfile, pathlib
    >>> folder = tempfile.TemporaryDirectory()
    >>> base = bitext.Termbase(pathlib.Path(folder.name) / "terms.csv")
    >>> base.decide(["违约金=liquidated damages"], "accepted", add=True)
    [Decision(concept='liquidated-damages', zh='违约金', en='liquidated damages', changed=True)]
    >>> [(row.zh, row.status) for row in base.rows()]
    [('违约金', 'accepted')]
    >>> folder.cleanup()
    """

    def __init__(self, path: str | os.PathLike[str]) -> None:
        self.path = os.fspath(path)

    def __fspath__(self) -> str:
        """Give the path of the file."""
        return self.path

    def __repr__(self) -> str:
        """Name the file."""
        return f"Termbase({self.path!r})"

    def rows(self) -> list[Row]:
        """Read the rows, by concept."""
        return [Row(*row) for row in _rows(_bitext.termbase_rows(self.path))]

    def decide(
        self,
        terms: Iterable[str],
        status: Status,
        *,
        note: str | None = None,
        add: bool = False,
        who: str | None = None,
    ) -> list[Decision]:
        """Decide on concepts by their ids, or on pairs ``公约=convention``; all or none.

        ``note`` takes the place of the remark that is there; ``add`` takes in pairs that are
        not there, and makes the file; ``who`` is ``ALIGN_WHO`` or the user otherwise. Raises
        :class:`KeyError` where a term is unknown.
        """
        if who is None:
            names = ("ALIGN_WHO", "USER", "USERNAME")
            who = next(filter(None, map(os.environ.get, names)), "")
        done = _bitext.decide(self.path, list(terms), status, note, add, _today(), who)
        return [Decision(*one) for one in done]

    def gather(self, pair: Bitext, *, document: str | None = None) -> Gain:
        """Merge the terms of a pair, as candidates of a document; makes the file.

        Decisions, terms, notes and ids are never touched. A document counts once: what it gave
        before is replaced.
        """
        name = pair.name if document is None else document
        return Gain(*_bitext.gather(self.path, pair._outcome, name, _today()))

    def undo(self, *, force: bool = False) -> str:
        """Bring back the state before the last change, byte for byte; tell what that was.

        ``force`` does so where the file was changed by hand since.
        """
        return _bitext.undo(self.path, force)


def read_glossary(path: str | os.PathLike[str], *, skip_bad_rows: bool = False) -> list[Row]:
    """Read a glossary of any kind: csv, xlsx, tbx, tmx, utx, or tabs.

    Raises :class:`GlossaryError` where it cannot be read, and at a row that cannot, unless
    such rows are to be passed over.
    """
    columns, _ = _bitext.glossary_rows(path, skip_bad_rows)
    return [Row(*row) for row in _rows(columns)]


def _today() -> str:
    return datetime.fromtimestamp(now(), timezone.utc).date().isoformat()
