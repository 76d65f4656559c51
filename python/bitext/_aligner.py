"""Aligning pairs of documents."""

from __future__ import annotations

import os
from collections import deque
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Literal, TypedDict, overload

from bitext._bitext import Engine, pair_name
from bitext._pair import Bitext

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from typing_extensions import Unpack

    from bitext._termbase import Termbase

_Path = str | os.PathLike[str]
Keep = Literal["furniture", "contents", "hidden", "all"]
Pair = tuple[str, str] | tuple[Path, Path]
"""Two texts, or the paths of two files."""


class Options(TypedDict, total=False):
    """What can be asked for; see :class:`Aligner`."""

    level: Literal["paragraph", "sentence"]
    lines: bool
    moved: Literal["report", "link", "off"]
    keep: Sequence[Keep]
    glossary: _Path | Termbase | None
    skip_bad_rows: bool
    terms: Literal["strict", "balanced", "broad"]
    min_count: int
    nested: bool
    sort: Literal["confidence", "count", "documents"]
    stop: Sequence[str]
    min_score: float


class Aligner:
    """Aligns pairs with one set of options; serves any number of pairs and threads.

    - ``level``: what a unit is, paragraph (headings, items, cells too) or sentence.
    - ``lines``: each line is a unit already: nothing is cleaned, joined or split.
    - ``moved``: passages that stand elsewhere on the other side are told of (``report``),
      made units (``link``), or left alone (``off``).
    - ``keep``: what stays in the text that is left out otherwise.
    - ``glossary``: a file of known terms, or a :class:`Termbase`: accepted pairs speak for the
      passages they stand in, and terms carry their status.
    - ``skip_bad_rows``: pass over the rows of it that cannot be read.
    - ``terms``: how sure a mined pair must be.
    - ``min_count``: how often the two must stand in one unit, at least 2.
    - ``nested``: list terms too that stand only inside longer ones.
    - ``sort``: which terms come first: the surest, those that stand together most often, or
      those that stand in most documents.
    - ``stop``: terms of either language that are never listed.
    - ``min_score``: least score of a unit that goes into a memory, 0 to 1.

    The interpreter is free for other threads while a pair is aligned.

    >>> import bitext
    >>> aligner = bitext.Aligner(level="sentence")
    >>> len(aligner.align("你好。再见。", "Hello. Goodbye."))
    2
    """

    def __init__(self, **options: Unpack[Options]) -> None:
        glossary = options.get("glossary")
        self._engine = Engine(
            level=options.get("level", "paragraph"),
            lines=options.get("lines", False),
            moved=options.get("moved", "report"),
            keep=list(options.get("keep", ())),
            glossary=None if glossary is None else os.fspath(glossary),
            skip_bad_rows=options.get("skip_bad_rows", False),
            terms=options.get("terms", "balanced"),
            min_count=options.get("min_count", 2),
            nested=options.get("nested", False),
            sort=options.get("sort", "confidence"),
            stop=list(options.get("stop", ())),
            min_score=options.get("min_score", 0.0),
        )
        unknown = set(options) - Options.__optional_keys__
        if unknown:
            raise TypeError(f"no such option: {', '.join(sorted(unknown))}")

    def align(self, zh: str, en: str, *, name: str = "pair") -> Bitext:
        """Align two texts. ``name`` is what outputs call the pair by."""
        return Bitext(self._engine.align(zh, en, name))

    def align_files(
        self,
        first: _Path,
        second: _Path | None = None,
        *,
        zh_encoding: str | None = None,
        en_encoding: str | None = None,
        name: str | None = None,
    ) -> Bitext:
        """Read and align two files, or one that holds both languages.

        Text, Word, PDF, HTML and so on; which of the two is Chinese is found out, and so are
        the encodings unless they are named. ``name`` is what their names share otherwise.

        Raises :class:`ReadError` where a file cannot be read.
        """
        if name is None:
            name = pair_name(first, second)
        outcome = self._engine.align_files(first, second, zh_encoding, en_encoding, name)
        return Bitext(outcome)

    @overload
    def align_many(
        self,
        pairs: Iterable[Pair],
        *,
        jobs: int | None = None,
        errors: Literal["raise"] = "raise",
    ) -> Iterator[Bitext]: ...
    @overload
    def align_many(
        self,
        pairs: Iterable[Pair],
        *,
        jobs: int | None = None,
        errors: Literal["return"],
    ) -> Iterator[Bitext | Exception]: ...
    def align_many(
        self,
        pairs: Iterable[Pair],
        *,
        jobs: int | None = None,
        errors: Literal["raise", "return"] = "raise",
    ) -> Iterator[Bitext | Exception]:
        """Align pairs of texts, or of paths, on ``jobs`` threads; one a core unless given.

        Gives them one by one, in order, and reads no more of ``pairs`` than it works on. Texts
        are called by their number. An error of a pair is raised, or given in its place with
        ``errors="return"``. Where a document may be poison, so that it takes the process with
        it, use :func:`bitext.scale.map_batches`.

        >>> import bitext
        >>> pairs = [("你好。", "Hello."), ("再见。", "Goodbye.")]
        >>> [pair.beads[0].en for pair in bitext.Aligner().align_many(pairs, jobs=2)]
        ['Hello.', 'Goodbye.']
        """
        n_jobs = jobs or os.cpu_count() or 1
        waiting: deque[Future[Bitext]] = deque()
        with ThreadPoolExecutor(n_jobs) as pool:
            try:
                for number, pair in enumerate(pairs):
                    waiting.append(pool.submit(self._one, number, pair))
                    if len(waiting) > 2 * n_jobs:
                        yield _done(waiting.popleft(), errors)
                while waiting:
                    yield _done(waiting.popleft(), errors)
            finally:
                pool.shutdown(cancel_futures=True)

    def _one(self, number: int, pair: Pair) -> Bitext:
        first, second = pair
        if isinstance(first, str) and isinstance(second, str):
            return self.align(first, second, name=str(number))
        return self.align_files(first, second)


def _done(future: Future[Bitext], errors: Literal["raise", "return"]) -> Bitext | Exception:
    try:
        return future.result()
    except Exception as error:
        if errors == "raise":
            raise
        return error


def align(zh: str, en: str, *, name: str = "pair", **options: Unpack[Options]) -> Bitext:
    r"""Align a Chinese and an English text; options as of :class:`Aligner`.

    >>> import bitext
    >>> pair = bitext.align("第一条 合同\n\n双方应当履行义务。\n",
    ...                     "Article 1 Contract\n\nThe parties shall perform.\n")
    >>> [(zh, en) for zh, en, score in pair.ladder]
    [([0], [0]), ([1], [1])]
    """
    return Aligner(**options).align(zh, en, name=name)


def align_files(
    first: _Path,
    second: _Path | None = None,
    *,
    zh_encoding: str | None = None,
    en_encoding: str | None = None,
    name: str | None = None,
    **options: Unpack[Options],
) -> Bitext:
    """Read and align two files, or one with both languages; see :meth:`Aligner.align_files`."""
    return Aligner(**options).align_files(
        first, second, zh_encoding=zh_encoding, en_encoding=en_encoding, name=name
    )


def align_many(
    pairs: Iterable[Pair],
    *,
    jobs: int | None = None,
    **options: Unpack[Options],
) -> Iterator[Bitext]:
    """Align pairs of texts or paths, in order; see :meth:`Aligner.align_many`."""
    return Aligner(**options).align_many(pairs, jobs=jobs)
