"""Which lines are the outlet's and not the article's? Those that recur across its articles, learned from the archive.

What stands on most pages is the template's, and what a few articles share is not: a quotation in the reports of one event,
a paragraph of background that is used again, the same text under several addresses. So a line is learned only

- from articles with a text of their own: copies count once, and what is made of other articles' lines not at all;
- where five articles have it, and half of those that were captured between its first and its last sight, which are
  taken for twenty at least where the outlet has as many: five reports in a row say nothing of the rest;
- at the edge: nearly always, only lines that recur stand between it and the beginning or the end. A long one, which is
  no salutation and no heading, is believed of a quarter of twenty and more: a section's prompt, a columnist's biography;
- or in between, if it is short, in ten articles and in six of ten, and mostly with the same number of the articles' own
  lines before it or after it: a prompt after the third paragraph does so, "Conclusion" does not.

A line's numbers stand for any number. What is known already stays known while it is not seen, since older captures have
it still, and is forgotten when it has become rare between its first and its last sight.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate

from archive.templates import Template, TemplateLine
from pipelines.deriving import Dropped

FEWEST = 10
"""Different articles below which nothing is learned: of fewer, half may be about one event."""
_SUPPORT = 5
_WINDOW = 20
_SHARE = 0.5
_SHARE_OF_LONG = 0.25
_LONG = 40
"""Characters from which a line that recurs word for word is neither a salutation nor a heading."""
_AT_EDGE = 0.9
_SUPPORT_BETWEEN, _SHARE_BETWEEN, _STEADY, _LONGEST_BETWEEN = 10, 0.6, 0.6, 200
_OWN = 80
"""Characters in lines that no five articles have, by which an article is one of its own."""
_SAME = 0.5
"""Two articles that share this much of their own lines are one."""
_BESIDE = 2
"""Other lines that may stand between a line of the edge and the edge when it is dropped: a teaser that varies, a date."""
_MOST_LINES = 200
_UNSPACED = re.compile("[\u3040-\u30ff\u3400-\u9fff\u0e00-\u0eff]")
_OPEN = (",", "，", "、", "،")
"""A line that ends in a comma begins something: "Mr. President," "Dear readers,"."""


@dataclass(frozen=True, slots=True)
class _Sight:
    """A line in the how manyeth article, and how many lines that do not recur stand before and after it."""

    nth: int
    before: int
    after: int


def learn(texts: Sequence[Sequence[str]], known: Sequence[TemplateLine] = ()) -> tuple[int, tuple[TemplateLine, ...]]:
    """What these articles' lines, in the order of their captures, say of their outlet's template.

    Returns how many of them are different articles, and the lines: those of ``known`` among them that still hold. Of
    fewer than :data:`FEWEST` nothing is learned.
    """
    keyed = [[_key(line) for line in text] for text in texts]
    frequency = Counter(key for keys in keyed for key in set(keys))
    recurring = {key for key, articles in frequency.items() if articles >= _SUPPORT and _may_be_template(key)}
    different = _different(keyed, recurring)
    if len(different) < FEWEST:
        return len(different), tuple(known)
    before = {_key(line.text): line for line in known}
    found = []
    printed = {key: line for text in texts for key, line in zip(map(_key, text), text, strict=True)}
    seen = _sights([keyed[index] for index in different], recurring | set(before))
    for key, sights in seen.items():
        if line := _judge(sights, key, before.get(key), len(different)):
            found.append(line.model_copy(update={"text": before[key].text if key in before else printed[key]}))
    unseen = [line for key, line in before.items() if key not in seen]
    return len(different), _strongest([*found, *unseen])


def added(known: Sequence[TemplateLine], found: Sequence[TemplateLine]) -> tuple[TemplateLine, ...]:
    """What is known, with what was found: where nothing may be forgotten because known lines were dropped before."""
    return _strongest(({_key(line.text): line for line in found} | {_key(line.text): line for line in known}).values())


def without_learned(lines: Sequence[str], template: Template | None) -> tuple[list[str], list[Dropped]]:
    """Split lines into those of the article and those of its outlet's template, in the place that was learned for each."""
    if template is None or not template.lines:
        return list(lines), []
    known = {_key(line.text): line for line in template.lines}
    found = [known.get(_key(line)) for line in lines]
    edges = _edges([line is not None for line in found])
    kept: list[str] = []
    dropped: list[Dropped] = []
    for at, (line, learned) in enumerate(zip(lines, found, strict=True)):
        if learned and (learned.place == "anywhere" or at in edges):
            dropped.append(Dropped(line, f"learned (in {learned.support} of {learned.of} articles)"))
        else:
            kept.append(line)
    return kept, dropped


def has_any(lines: Iterable[str], template: Sequence[TemplateLine]) -> bool:
    """Is any of these lines one of the template's?"""
    known = {_key(line.text) for line in template}
    return any(_key(line) in known for line in lines)


def _key(line: str) -> str:
    return re.sub(r"\d+", "0", line).casefold()


def _may_be_template(key: str) -> bool:
    return sum(map(str.isalpha, key)) >= (2 if _UNSPACED.search(key) else 3) and not key.endswith(_OPEN)


def _different(keyed: Sequence[Sequence[str]], recurring: set[str]) -> list[int]:
    """The articles with a text of their own, copies once: by what they have beside the lines that recur."""
    owners: dict[str, int] = {}
    different = []
    for index, keys in enumerate(keyed):
        own = set(keys) - recurring
        weight = sum(map(_weight, own))
        shared: Counter[int] = Counter()
        for key in own & owners.keys():
            shared[owners[key]] += _weight(key)
        if weight < _OWN or max(shared.values(), default=0) >= _SAME * weight:
            continue
        owners |= {key: index for key in own if key not in owners}
        different.append(index)
    return different


def _sights(keyed: Sequence[Sequence[str]], recurring: set[str]) -> dict[str, list[_Sight]]:
    sights: dict[str, list[_Sight]] = {}
    for nth, keys in enumerate(keyed):
        own = list(accumulate((key not in recurring for key in keys), initial=0))
        first: dict[str, int] = {}
        last: dict[str, int] = {}
        for at, key in enumerate(keys):
            if key in recurring:
                first.setdefault(key, own[at])
                last[key] = own[-1] - own[at]
        for key, before in first.items():
            sights.setdefault(key, []).append(_Sight(nth, before, last[key]))
    return sights


def _judge(sights: Sequence[_Sight], key: str, known: TemplateLine | None, articles: int) -> TemplateLine | None:
    support, window = len(sights), sights[-1].nth - sights[0].nth + 1
    if known and support >= _SHARE_OF_LONG * window:
        return TemplateLine(text=key, place=known.place, support=support, of=window)
    of = max(window, min(articles, _WINDOW))
    share = support / of
    enough = _SHARE_OF_LONG if _weight(key) >= _LONG and window >= _WINDOW else _SHARE
    if support >= _SUPPORT and _is_at_edge(sights) and share >= enough:
        return TemplateLine(text=key, place="edge", support=support, of=of)
    is_short = _weight(key) <= _LONGEST_BETWEEN
    if support >= _SUPPORT_BETWEEN and is_short and _is_steady(sights) and share >= _SHARE_BETWEEN:
        return TemplateLine(text=key, place="anywhere", support=support, of=of)
    return None


def _is_at_edge(sights: Sequence[_Sight]) -> bool:
    return sum(not sight.before or not sight.after for sight in sights) >= _AT_EDGE * len(sights)


def _is_steady(sights: Sequence[_Sight]) -> bool:
    most = max(max(Counter(where).values()) for where in zip(*((s.before, s.after) for s in sights), strict=True))
    return most >= _STEADY * len(sights)


def _edges(learned: Sequence[bool]) -> set[int]:
    """Places with at most :data:`_BESIDE` lines that are not learned between them and the beginning, or the end."""
    others = list(accumulate((not is_learned for is_learned in learned), initial=0))
    return {at for at in range(len(learned)) if others[at] <= _BESIDE or others[-1] - others[at + 1] <= _BESIDE}


def _strongest(lines: Iterable[TemplateLine]) -> tuple[TemplateLine, ...]:
    return tuple(sorted(lines, key=lambda line: (-line.support, line.text))[:_MOST_LINES])


def _weight(text: str) -> int:
    """Length, where a character of an unspaced script says as much as three letters."""
    return len(text) + 2 * len(_UNSPACED.findall(text))
