"""Which words mean the same? Groups in synonyms.txt, and in a file of the operator's own; applied to searches, never to what is indexed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from archive.errors import SettingError
from search.tokens import folded, written

MARK = "="
"""What an acronym opens with in the index, beside itself in small letters; no word can."""
_MOST = 10_000
"""Lines of an operator's file that are read."""

Key = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Synonyms:
    """Groups by the forms that may be typed. ``cased`` are words that in small letters are another word (US and us)."""

    cased: frozenset[str]
    groups: tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]
    """Pairs: the forms that are typed, and the forms that are found."""
    found: dict[Key, tuple[str, ...]] = field(repr=False)
    longest: int

    def forms(self, text: str) -> tuple[str, ...]:
        """The texts that a search for this one finds; itself alone where no group has it."""
        return self.found.get(self.key(text), (text,))

    def key(self, text: str) -> Key:
        """A text's words without case, where case does not matter."""
        return tuple(self.word(word) for *_, word in written(text))

    def word(self, word: str) -> str:
        """A word as it is looked up: one of ``cased`` in capitals is marked, others are folded."""
        return MARK + folded(word) if word in self.cased else folded(word)

    def joined(self, texts: Sequence[str]) -> Iterator[str]:
        """Words one after the other, those put together that are one form: united, states, vow → united states, vow."""
        at = 0
        while at < len(texts):
            most = min(self.longest, len(texts) - at)
            size = next((n for n in range(most, 1, -1) if self.key(" ".join(texts[at : at + n])) in self.found), 1)
            yield " ".join(texts[at : at + size])
            at += size

    def rules(self) -> list[str]:
        """The groups in Solr's format, which Elasticsearch's synonym filters read."""
        return [
            f"{', '.join(map(_escaped, typed))} => {', '.join(map(_escaped, found))}" for typed, found in self.groups
        ]


@cache
def synonyms(own: Path | None = None) -> Synonyms:
    """The groups of the project and of the operator's ``own`` file, if there is one. Raises SettingError for a line that is none."""
    lines = [("synonyms.txt", n, line) for n, line in _lines(Path(__file__).parent / "synonyms.txt")]
    if own is not None and own.is_file():
        lines += [(str(own), n, line) for n, line in _lines(own)]
    cased: set[str] = set()
    groups = []
    for name, number, line in lines:
        if line.startswith("cased:"):
            cased |= set(line.removeprefix("cased:").split())
            continue
        group = _group(line)
        if group is None:
            raise SettingError(f"{name}, line {number}: a group needs two forms at least, set apart by commas")
        groups.append(group)
    return _indexed(frozenset(cased), groups)


def _indexed(cased: frozenset[str], groups: list[tuple[tuple[str, ...], tuple[str, ...]]]) -> Synonyms:
    bare = Synonyms(cased, (), {}, 0)
    found: dict[Key, tuple[str, ...]] = {}
    for typed, wanted in groups:
        for form in typed:
            key = bare.key(form)
            found[key] = tuple(dict.fromkeys((*found.get(key, ()), *wanted)))
    return Synonyms(cased, tuple(groups), found, max(map(len, found), default=0))


def _lines(path: Path) -> list[tuple[int, str]]:
    try:
        lines = path.read_text("utf-8").splitlines()[:_MOST]
    except (OSError, UnicodeDecodeError) as reason:
        raise SettingError(f"{path} cannot be read as text: {reason}") from reason
    return [(n, line.strip()) for n, line in enumerate(lines, 1) if line.strip() and not line.startswith("#")]


def _group(line: str) -> tuple[tuple[str, ...], tuple[str, ...]] | None:
    """``forms > found alone < typed alone``."""
    parts: dict[str, list[str]] = {"=": [], ">": [], "<": []}
    kind = "="
    for piece in re.split(r"([<>])", line):
        if piece in parts:
            kind = piece
        else:
            parts[kind] += [form.strip() for form in piece.split(",") if written(form)]
    typed, found = (*parts["="], *parts["<"]), (*parts["="], *parts[">"])
    return (typed, found) if typed and found and len({*typed, *found}) > 1 else None


def _escaped(form: str) -> str:
    return re.sub(r"[\\,=>#]", " ", form)
