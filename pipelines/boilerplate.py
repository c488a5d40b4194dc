"""Which of the extracted lines are boilerplate? Phrases by language, as data, each with the place it holds for."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal

import yaml

from pipelines.text import even

_FOLDER = Path(__file__).parent / "data" / "boilerplate"
_TAIL = 0.4
"""A heading that opens the page's end ("Related posts") is believed in the last 40% of the lines only."""
_LONGEST_TEASER = 220
"""Characters of a line that may still be a teaser under such a heading; a paragraph of the article is longer."""

_HEAD = 5
"""Lines at the top that may be title, section and byline."""
_LONGEST_BYLINE = 110

Place = Literal["anywhere", "edge", "end"]


@dataclass(frozen=True, slots=True)
class Rule:
    """A phrase: the whole line must match. ``edge`` is the first or last quarter; ``end`` also cuts what follows."""

    name: str
    place: Place
    pattern: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Dropped:
    """A line that was left out, and the name of the rule that said so."""

    line: str
    rule: str


def without_boilerplate(
    lines: Sequence[str], title: str, section: str | None = None, authors: Sequence[str] = ()
) -> tuple[list[str], list[Dropped]]:
    """Split lines into those of the article and those that are not: its title, section and byline are fields."""
    kept: list[str] = []
    dropped: list[Dropped] = []
    end = _end(lines)
    for at, line in enumerate(lines):
        if at >= end:
            dropped.append(Dropped(line, "end of the article"))
        elif rule := _head_rule(line, at, title, section, authors) or _rule_for(line, at, len(lines)):
            dropped.append(Dropped(line, rule))
        else:
            kept.append(line)
    return kept, dropped


def is_disclaimer(line: str) -> bool:
    """Does the outlet say here that the views are not its own?"""
    return any(rule.pattern.fullmatch(line) for rule in _rules() if rule.name.endswith("/disclaimer"))


@cache
def rules_digest() -> str:
    """A digest of all rules, by which an article says what was applied to it."""
    return hashlib.sha256(b"\0".join(path.read_bytes() for path in sorted(_FOLDER.glob("*.yaml")))).hexdigest()[:12]


def _head_rule(line: str, at: int, title: str, section: str | None, authors: Sequence[str]) -> str | None:
    """Above the first paragraph stand the title, the section and the byline, each a field of the article."""
    if at >= _HEAD:
        return None
    plain = line.casefold()
    if plain == title.casefold():
        return "title"
    if section and plain == section.casefold():
        return "section"
    named = sum(len(author) for author in authors if author.casefold() in plain)
    return "byline" if named and len(line) <= _LONGEST_BYLINE and not line.endswith((".", "。")) else None


def _rule_for(line: str, at: int, total: int) -> str | None:
    at_edge = at < max(total * 0.25, 3) or at >= total * 0.75 or total < 8
    for rule in _rules():
        if (rule.place != "edge" or at_edge) and rule.pattern.fullmatch(line):
            return rule.name
    return None


def _end(lines: Sequence[str]) -> int:
    """Where the article ends: at a heading such as "Related posts" after which only teasers come."""
    for at, line in enumerate(lines):
        if (
            at >= len(lines) * (1 - _TAIL)
            and any(rule.place == "end" and rule.pattern.fullmatch(line) for rule in _rules())
            and all(len(later) <= _LONGEST_TEASER for later in lines[at:])
        ):
            return at
    return len(lines)


@cache
def _rules() -> tuple[Rule, ...]:
    rules = []
    for path in sorted(_FOLDER.glob("*.yaml")):
        for entry in yaml.safe_load(path.read_text("utf-8")):
            pattern = "|".join(f"(?:{even(phrase)})" for phrase in entry["lines"])
            rules.append(Rule(f"{path.stem}/{entry['rule']}", entry["place"], re.compile(pattern, re.IGNORECASE)))
    return tuple(rules)
