"""Records of an aligned pair: frozen, one a row of a table.

Positions count from 0, lines of files from 1, as an editor shows them. ``None`` stands where a
side has nothing.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Bead:
    """Segments that translate one another; one side may be empty."""

    bead: int
    """Its place in the ladder; of a passage tied across it, that of the Chinese."""
    zh: str
    """The Chinese text, its segments joined; empty where there is none."""
    en: str
    """The English text, its segments joined with blanks; empty where there is none."""
    score: float
    """How sure it is, 0 to 1: of beads with 0.9, nine in ten should be right."""
    unit: str
    """How a reader would cite it: ``article 3, (2)``, or its lines."""
    kind: str
    """What it is: paragraph, heading, item …, by the Chinese side where there is one."""
    zh_start: int
    """The first segment of the Chinese side, from 0."""
    zh_end: int
    """One past its last segment."""
    zh_line: int | None
    """Its first line in the file, from 1."""
    zh_line_end: int | None
    """Its last line."""
    en_start: int
    """The first segment of the English side, from 0."""
    en_end: int
    """One past its last segment."""
    en_line: int | None
    """Its first line in the file, from 1."""
    en_line_end: int | None
    """Its last line."""


@dataclass(frozen=True, slots=True)
class Sentence(Bead):
    """Sentences that translate one another inside a bead: a bead of a finer ladder."""

    within: int
    """The bead of the pair that it was cut from."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """One thing that agrees between the two sides of a bead."""

    bead: int
    """The bead."""
    kind: str
    """What agrees: label, date, word, name, glossary and so on."""
    zh: str
    """The Chinese words, as written."""
    en: str
    """The English words, as written."""
    weight: float
    """How much it speaks for the bead, in nats; higher is more."""


@dataclass(frozen=True, slots=True)
class Term:
    """Two terms proposed as translations of one another."""

    zh: str
    """The usual written form in Chinese."""
    en: str
    """The usual written form in English."""
    zh_variants: list[str]
    """Its other forms and renderings, most frequent first."""
    en_variants: list[str]
    """Its other forms and renderings, most frequent first."""
    count: int
    """How often the two stand in one unit."""
    zh_count: int
    """How often the Chinese stands in its text."""
    en_count: int
    """How often the English stands in its text."""
    documents: int
    """In how many documents the two stand in one unit."""
    confidence: float
    """How sure the pair is, 0 to 1."""
    evidence: list[str]
    """Why it is proposed, strongest first: repeated, dictionary, title, gloss and so on."""
    status: str
    """What the glossary says of it: candidate, accepted, preferred, rejected, forbidden."""
    part_of_speech: str
    """noun, verb, adjective, other."""
    term_type: str
    """full form, acronym, title, name."""
    zh_context: str
    """The best Chinese passage to judge it by."""
    en_context: str
    """The passage beside it."""
    unit: str
    """Where the passages stand."""


@dataclass(frozen=True, slots=True)
class Notice:
    """What the reader should know of the input."""

    kind: str
    """The kind, for programs: swapped, encoding guessed, cleaned, unrelated and so on."""
    message: str
    """What is the case, in a line of English."""


@dataclass(frozen=True, slots=True)
class LeftOut:
    """What a file holds and no unit does: a line of the ledger."""

    side: str
    """``zh`` or ``en``."""
    kind: str
    """What it is: running head, page number, hidden text and so on."""
    place: str
    """Where it stands in the file: ``line 7``, ``p. 3, line 1``, ``word/header1.xml``."""
    text: str
    """The text, as far as it is known."""
    chars: int
    """Its characters without blanks."""


@dataclass(frozen=True, slots=True)
class Usage:
    """One of several ways to render a term."""

    text: str
    """As written."""
    places: list[str]
    """The units where it stands."""


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that a reviser of the translation should look at."""

    kind: str
    """What it is about: omission, number, term, consistency and so on."""
    severity: str
    """``error``, ``warning`` or ``note``."""
    message: str
    """What is the case, in a few English words."""
    zh: str | None
    """The Chinese passage."""
    zh_words: list[str]
    """The words in it that the finding is about."""
    zh_label: str | None
    """How a reader would cite it; empty where it has no number."""
    zh_line: int | None
    """Its first line in the file, from 1."""
    zh_line_end: int | None
    """Its last line."""
    en: str | None
    """The English passage."""
    en_words: list[str]
    """The words in it that the finding is about."""
    en_label: str | None
    """How a reader would cite it; empty where it has no number."""
    en_line: int | None
    """Its first line in the file, from 1."""
    en_line_end: int | None
    """Its last line."""
    usages: list[Usage]
    """For findings of consistency, the ways and where they stand."""
    fix_side: str | None
    """The side to be changed, where it is known what would mend it."""
    fix: str | None
    """What should stand there."""
    fingerprint: str
    """Names the finding across runs."""


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a termbase."""

    concept: str
    """The id of its concept."""
    zh: str
    """The Chinese term; empty in a row that adds an English one."""
    en: str
    """The English term; empty in a row that adds a Chinese one."""
    status: str
    """What was decided: candidate, accepted, preferred, rejected, forbidden."""
    subject: str
    """The field: law, finance."""
    note: str
    """A remark of the owner."""
    unit: str
    """Where the passage stands that it was found by."""
    changed: str
    """The day of the last change, ``2026-11-24``."""
    who: str
    """Who decided last."""
    zh_variants: list[str]
    """Other forms."""
    en_variants: list[str]
    """Other forms."""
    count: int
    """How often the two stand in one unit, in all documents."""
    documents: list[str]
    """The documents it was found in."""


@dataclass(frozen=True, slots=True)
class Decision:
    """A row that was decided on."""

    concept: str
    """The id of its concept."""
    zh: str
    """The Chinese term."""
    en: str
    """The English term."""
    changed: bool
    """Was it something else before?"""
