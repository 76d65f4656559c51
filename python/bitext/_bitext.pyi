from collections.abc import Iterator, Sequence
from os import PathLike
from typing import Any, final

__version__: str

_Path = str | PathLike[str]
_Columns = dict[str, list[Any]]

def main(argv: Sequence[str]) -> int: ...

@final
class Engine:
    def __new__(
        cls,
        *,
        level: str,
        lines: bool,
        moved: str,
        keep: Sequence[str],
        glossary: _Path | None,
        skip_bad_rows: bool,
        terms: str,
        min_count: int,
        nested: bool,
        sort: str,
        stop: Sequence[str],
        min_score: float,
    ) -> Engine: ...
    def align(self, zh: str, en: str, name: str) -> Outcome: ...
    def align_files(
        self,
        first: _Path,
        second: _Path | None,
        zh_encoding: str | None,
        en_encoding: str | None,
        name: str,
    ) -> Outcome: ...

@final
class Outcome:
    @property
    def name(self) -> str: ...
    @property
    def documents(self) -> tuple[str, str]: ...
    @property
    def segments(self) -> tuple[int, int]: ...
    @property
    def is_unrelated(self) -> bool: ...
    def ladder(self) -> list[tuple[list[int], list[int], float]]: ...
    def beads(self) -> _Columns: ...
    def evidence(self) -> _Columns: ...
    def sentences(self) -> _Columns: ...
    def terms(self) -> _Columns: ...
    def notices(self) -> _Columns: ...
    def left_out(self) -> _Columns: ...
    def findings(self, kinds: Sequence[str] | None, source: str) -> _Columns: ...
    def export(
        self,
        file: str,
        source: str,
        columns: str,
        created: int,
        zh_lang: str | None,
        en_lang: str | None,
    ) -> bytes: ...

def termbase_rows(path: _Path) -> _Columns: ...
def glossary_rows(path: _Path, skip_bad_rows: bool) -> tuple[_Columns, list[str]]: ...
def decide(
    path: _Path,
    terms: Sequence[str],
    status: str,
    note: str | None,
    add: bool,
    day: str,
    who: str,
) -> list[tuple[str, str, str, bool]]: ...
def undo(path: _Path, force: bool) -> str: ...
def gather(path: _Path, outcome: Outcome, document: str, day: str) -> tuple[int, int]: ...
def pair_name(first: _Path, second: _Path | None) -> str: ...
def plan(folder: _Path, out: _Path) -> tuple[list[tuple[str, str, str]], list[str]]: ...
def mine_documents(
    engine: Engine,
    count: int,
    documents: Iterator[Sequence[tuple[str, int, str, str, str]]],
    scratch: _Path,
    file: str,
    source: str,
    columns: str,
    created: int,
    languages: tuple[str, str],
) -> bytes: ...
