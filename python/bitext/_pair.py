"""An aligned pair."""

from __future__ import annotations

import os
import time
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from bitext import _tables
from bitext._records import (
    Bead,
    Evidence,
    Finding,
    LeftOut,
    Notice,
    Sentence,
    Term,
    Usage,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import pandas as pd
    import pyarrow as pa

    from bitext._bitext import Outcome
    from bitext._tables import TableName

Side = Literal["zh", "en"]


class Bitext:
    """An aligned pair of documents. Made by :func:`bitext.align` and its like.

    What takes time beyond the alignment (terms, sentences, findings) is found when it is first
    asked for, and kept. A pair may be shared by threads.

    >>> import bitext
    >>> pair = bitext.align("合同自签字之日起生效。", "The contract enters into force.")
    >>> len(pair), pair.beads[0].en
    (1, 'The contract enters into force.')
    """

    def __init__(self, outcome: Outcome) -> None:
        self._outcome = outcome

    def __len__(self) -> int:
        """Give the number of beads: linked passages once."""
        return len(self.beads)

    def __iter__(self) -> Iterator[Bead]:
        """Walk the beads."""
        return iter(self.beads)

    def __repr__(self) -> str:
        """Tell the name and the sizes."""
        zh, en = self.segments
        return f"<Bitext {self.name!r}: {zh} Chinese, {en} English segments>"

    @property
    def name(self) -> str:
        """The name of the pair."""
        return self._outcome.name

    @property
    def documents(self) -> tuple[str, str]:
        """The names of the Chinese and the English document."""
        return self._outcome.documents

    @property
    def segments(self) -> tuple[int, int]:
        """How many segments the Chinese and the English document have."""
        return self._outcome.segments

    @property
    def is_unrelated(self) -> bool:
        """Whether the two texts were found to be no translations of one another."""
        return self._outcome.is_unrelated

    @cached_property
    def ladder(self) -> list[tuple[list[int], list[int], float]]:
        """The beads as lists of segments, ``([0], [0, 1], 0.98)``, with their scores.

        Segments count from 0 on each side; every one stands in one bead, in order. It is what
        the scorers of vecalign, Bertalign and hunalign take.
        """
        return self._outcome.ladder()

    @cached_property
    def beads(self) -> tuple[Bead, ...]:
        """The beads in order, with their texts."""
        return tuple(Bead(*row) for row in _rows(self._outcome.beads()))

    @cached_property
    def sentences(self) -> tuple[Sentence, ...]:
        """The sentences aligned inside the beads; no bead is crossed."""
        return tuple(Sentence(*row) for row in _rows(self._outcome.sentences()))

    @cached_property
    def evidence(self) -> tuple[Evidence, ...]:
        """What speaks for each bead, by bead and strongest first."""
        return tuple(Evidence(*row) for row in _rows(self._outcome.evidence()))

    @cached_property
    def terms(self) -> tuple[Term, ...]:
        """The terms, best first; those that occur once come last."""
        return tuple(Term(*row) for row in _rows(self._outcome.terms()))

    @cached_property
    def notices(self) -> tuple[Notice, ...]:
        """What the reader should know of the input, in the order of the stages."""
        return tuple(Notice(*row) for row in _rows(self._outcome.notices()))

    @cached_property
    def left_out(self) -> tuple[LeftOut, ...]:
        """What the files hold and no unit does, Chinese first."""
        return tuple(LeftOut(*row) for row in _rows(self._outcome.left_out()))

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What a reviser should look at, where the Chinese is the source; see :meth:`check`."""
        return self._findings

    @cached_property
    def _findings(self) -> tuple[Finding, ...]:
        return self.check()

    def check(
        self, *, kinds: Sequence[str] | None = None, source: Side = "zh"
    ) -> tuple[Finding, ...]:
        """Look for what a reviser should see: findings of these kinds, or all.

        ``source`` is the language that was translated from.

        >>> import bitext
        >>> pair = bitext.align("价款为5万元。", "The price is 60,000 yuan.")
        >>> [finding.kind for finding in pair.check(kinds=["number"])]
        ['number']
        """
        names = None if kinds is None else list(kinds)
        columns = self._outcome.findings(names, source)
        columns["usages"] = [
            [Usage(*usage) for usage in usages] for usages in columns["usages"]
        ]
        return tuple(Finding(*row) for row in _rows(columns))

    def columns(self, table: TableName = "beads") -> dict[str, list[Any]]:
        """Give a table as lists, one a column, all of one length."""
        if table not in _tables.SCHEMAS:
            known = ", ".join(_tables.SCHEMAS)
            raise ValueError(f"table {table!r} is none of {known}")
        if table == "findings":
            return self._outcome.findings(None, "zh")
        columns: dict[str, list[Any]] = getattr(self._outcome, table)()
        return columns

    def to_arrow(self, table: TableName = "beads") -> pa.Table:
        """Give a table as Arrow has it; needs ``bitext[arrow]``.

        Rows and columns are those of the records: ``beads`` those of
        :class:`~bitext.Bead`, ``terms`` those of :class:`~bitext.Term`, and so on.
        """
        return _tables.to_arrow(table, self.columns(table))

    def to_pandas(self, table: TableName = "beads") -> pd.DataFrame:
        """Give a table as a data frame of Arrow types; needs ``bitext[pandas]``.

        So whole numbers stay whole where some are missing.
        """
        import pandas as pd

        frame: pd.DataFrame = self.to_arrow(table).to_pandas(types_mapper=pd.ArrowDtype)
        return frame

    def export(
        self,
        file: str,
        *,
        source: Side = "zh",
        columns: Literal["full", "two", "three"] = "full",
        created: int | None = None,
        zh_lang: str | None = None,
        en_lang: str | None = None,
    ) -> bytes:
        r"""Give the bytes of a file that ends so: ``.tmx``, ``.glossary.csv``, ``.check.html``.

        The endings are those of the program's files (``align --help``); of ``.csv``, ``.xlsx``
        and ``.tbx`` alone, the glossary. ``created`` is the moment in files that name one, in
        seconds since 1970: ``SOURCE_DATE_EPOCH`` where it is set, else now. ``zh_lang`` and
        ``en_lang`` are codes such as ``zh-TW``, found out by the characters otherwise;
        ``columns`` are those of a glossary in CSV.

        >>> import bitext
        >>> pair = bitext.align("你好。", "Hello.")
        >>> pair.export(".tsv").decode()
        'Chinese\tEnglish\n你好。\tHello.\n'
        """
        moment = now() if created is None else created
        return self._outcome.export(file, source, columns, moment, zh_lang, en_lang)

    def write(
        self,
        path: str | os.PathLike[str],
        *,
        source: Side = "zh",
        columns: Literal["full", "two", "three"] = "full",
        created: int | None = None,
        zh_lang: str | None = None,
        en_lang: str | None = None,
    ) -> Path:
        """Write a file of the kind that its name ends as, whole or not at all.

        The options are those of :meth:`export`. A file of that name is replaced.
        """
        path = Path(path)
        content = self.export(
            path.name,
            source=source,
            columns=columns,
            created=created,
            zh_lang=zh_lang,
            en_lang=en_lang,
        )
        write_whole(path, content)
        return path


def _rows(columns: dict[str, list[Any]]) -> Iterator[tuple[Any, ...]]:
    return zip(*columns.values(), strict=True)


def now() -> int:
    """Give the moment that files name, in seconds since 1970.

    Source: reproducible-builds.org, SOURCE_DATE_EPOCH specification 1.1.
    """
    named = os.environ.get("SOURCE_DATE_EPOCH", "")
    return int(named) if named.isdecimal() else int(time.time())


def write_whole(path: Path, content: bytes) -> None:
    """Write a file beside and rename it, so that nobody ever sees a part of it."""
    beside = path.with_name(f".{path.name}.{os.getpid()}.{time.monotonic_ns()}")
    try:
        with open(beside, "xb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.replace(beside, path)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise
