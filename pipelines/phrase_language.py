"""The small language in which boilerplate is written down, read, and turned into patterns.

A phrase is what a whole line says, in lower case, without the punctuation around it::

    (sign up|subscribe) [now] (to|for) * newsletter *

``(a|b)`` is one of them · ``[a|b]`` one of them or nothing · ``*`` up to 100 characters of the same sentence · ``**`` up to 300 of any · ``<title>`` any
text up to 220 characters · ``<name>`` up to 60 without a sentence's end · ``<person>`` the same, with capitals · ``<han>`` two to four Chinese characters · ``<n>`` a number · ``<date>`` up to 60 with a digit ·
``<email>`` ``<url>`` ``<handle>`` ``<year>`` what they say · ``<networks>`` one or more words of that list of words.yaml, one after
another. Accents, case, quotation marks, dashes, brackets and wide forms are evened out on both sides (``folded``).

Nothing in the language repeats a group that can itself repeat, and every gap is bounded, so no line can make a match slow.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Literal

from pipelines.folding import even_letters

OPENING = 4
"""Characters by which phrases are looked up: enough to leave a handful for a line, few enough to hold a Chinese word."""
_SAME_SENTENCE = r'(?:[^.!?:;"]|[.:](?! ))'
_GAPS: Mapping[str, str] = {
    "*": _SAME_SENTENCE + "{0,100}",
    "after *": r"[ ,;:|/-]" + _SAME_SENTENCE + "{0,100}",
    "**": ".{0,300}",
    "after **": r"[^\w].{0,300}",
    "title": r".{2,220}",
    "name": r"(?:[^.!?:;]|[.:](?! )|(?<=\b\w)\.){2,60}",
    "person": r"(?:[^.!?:;]|[.:](?! )|(?<=\b\w)\.){2,60}",
    "han": "[\u3400-\u9fff]{2,4}",
    "n": r"\d{1,3}(?:[.,]\d{1,3})?",
    "year": r"(?:19|20)\d\d",
    "sep": r" ?[:|>/-]{1,2} ?",
    "email": r"[^\s@]{1,64}@[^\s@]{3,80}",
    "url": r"(?:https?://|www\.)\S{3,200}",
    "handle": r"@\w{2,30}",
}
_STOP = "\0"
"""Ends an opening after which anything may come, and parts literals: no line and no phrase has it."""
_AFTER = {"*": "after *", "**": "after **"}
"""A gap behind a space begins where a word ends."""
_BETWEEN = r"(?: ?[,/|+&] ?| - | (?:and|or|und|et|y|e|o|ou|и|и в|и на|και|en|og|och|va|ve|dan|или|oder|or on|and on|i|a|و) | و| )"


@dataclass(frozen=True, slots=True)
class Gap:
    """A place where any text of a kind may stand."""

    kind: str


@dataclass(frozen=True, slots=True)
class Choice:
    """One of several texts, or, where it is optional, none."""

    options: tuple[tuple[Item, ...], ...]
    optional: bool


Item = str | Gap | Choice


_TOKEN = re.compile(r"[(\[][^()\[\]*<]*[)\]]|[()\[\]|]|\*\*?|<[a-z]+>|[^()\[\]|*<]+")
"""A choice between plain texts, as most are, is one token; brackets around others are tokens of their own."""
_ENDS = ("|", ")", "]")
_OR = "\1"


def parsed(text: str) -> tuple[Item, ...]:
    tokens = _TOKEN.findall(text)
    if "".join(tokens) != text:
        raise ValueError(f"brackets do not match in the phrase {text!r}")
    # Letters are evened out in all texts at once: one by one it takes longer than all the rest of the reading.
    texts = [token[1:-1].replace("|", _OR) if token[0] in "([" else token for token in tokens if _has_text(token)]
    reading = _Reading(tokens[::-1], even_letters(_STOP.join(texts)).split(_STOP)[::-1])
    items = _sequence(reading)
    if reading.tokens or text.count("[") != text.count("]"):
        raise ValueError(f"brackets do not match in the phrase {text!r}")
    return items


@dataclass(frozen=True, slots=True)
class _Reading:
    """What is still to be read of a phrase, last things first: its tokens, and their texts with their letters evened out."""

    tokens: list[str]
    texts: list[str]


def _has_text(token: str) -> bool:
    return token[0] not in "()[]|*<" or (len(token) > 1 and token[0] in "([")


def _sequence(reading: _Reading) -> tuple[Item, ...]:
    items: list[Item] = []
    tokens, texts = reading.tokens, reading.texts
    while tokens and tokens[-1] not in _ENDS:
        piece = tokens.pop()
        if piece in ("(", "["):
            items.append(_choice(reading, optional=piece == "["))
        elif piece[0] == "(":
            items.append(Choice(tuple([(option,) for option in texts.pop().split(_OR)]), optional=False))
        elif piece[0] == "[":
            items.append(Choice(tuple([(option.strip(),) for option in texts.pop().split(_OR)]), optional=True))
        elif piece[0] in "*<":
            items.append(Gap(piece.strip("<>")))
        else:
            items.append(texts.pop())
    return _spaced(items)


def _spaced(items: list[Item]) -> tuple[Item, ...]:
    """Give each space to the optional neighbour it goes with: ``sign up [now] for`` is ``sign up (?:now )?for``."""
    if len(items) == 1:
        return tuple(items) if items[0] else ()  # most options of a choice are a literal alone
    spaced: list[Item] = []
    stands_alone = [at == 0 or str(items[at - 1]).endswith(" ") for at in range(len(items))]
    for at, item in enumerate(items):
        before = spaced[-1] if spaced else None
        parted = isinstance(before, str) and before.endswith(" ")
        if isinstance(item, str):
            spaced.append(item)
        elif isinstance(item, Gap) and item.kind in _AFTER and parted:
            spaced[-1:] = [*_without_last(before), Choice(((Gap(_AFTER[item.kind]),),), optional=True)]
        elif isinstance(item, Choice) and item.optional and parted and all(map(_can_be_empty, items[at + 1 :])):
            options = tuple((" ", *option) for option in item.options)
            spaced[-1:] = [*_without_last(before), Choice(options, optional=True)]
        elif _can_be_empty(item) and stands_alone[at] and _space_follows(items, at):
            items[at + 1] = str(items[at + 1])[1:]
            options = item.options if isinstance(item, Choice) else ((item,),)
            spaced.append(Choice(tuple((*option, " ") for option in options), optional=True))
        else:
            spaced.append(item)
    return tuple(item for item in spaced if item != "")


def _without_last(literal: Item | None) -> list[Item]:
    return [literal[:-1]] if isinstance(literal, str) else []


def _space_follows(items: list[Item], at: int) -> bool:
    after = items[at + 1] if at + 1 < len(items) else None
    return isinstance(after, str) and after.startswith(" ")


def _can_be_empty(item: Item) -> bool:
    if isinstance(item, str):
        return item == " "
    return item.kind in _AFTER if isinstance(item, Gap) else item.optional


def _choice(reading: _Reading, *, optional: bool) -> Choice:
    options = []
    while True:
        items = _sequence(reading)
        options.append(_trimmed(items) if optional else items)
        if not reading.tokens:
            raise ValueError("a bracket of a phrase is not closed")
        if reading.tokens.pop() != "|":
            return Choice(tuple(options), optional)


def _trimmed(items: tuple[Item, ...]) -> tuple[Item, ...]:
    """Without the spaces at both ends: those around the brackets count."""
    ends = (0, len(items) - 1)
    parts = list(items)
    for at in ends:
        part = parts[at]
        if isinstance(part, str):
            parts[at] = part.lstrip() if at == 0 else part
            parts[at] = str(parts[at]).rstrip() if at == ends[1] else parts[at]
    return tuple(parts)


def pattern_of(items: Sequence[Item], words: Mapping[str, Sequence[str]]) -> str:
    return "".join(_part(item, words) for item in items)


def _part(item: Item, words: Mapping[str, Sequence[str]]) -> str:
    if isinstance(item, str):
        return re.escape(item)
    if isinstance(item, Choice):
        options = "|".join(pattern_of(option, words) for option in item.options)
        return f"(?:{options}){'?' if item.optional else ''}"
    if item.kind in _GAPS:
        return f"(?:{_GAPS[item.kind]})"
    if item.kind == "date":
        return _date(_alternatives(words["when"]))
    one = _alternatives(_words(item, words))
    # several: each step is final (an atomic group), for "e mail" can also be read as two words, and fifty of them in 2 ** 50 ways
    return f"(?:{one})" if item.kind in words else f"(?>{one})(?:(?>{_BETWEEN})(?>{one})){{0,11}}+"


def _alternatives(words: Iterable[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))


def _date(when: str) -> str:
    """Digits, what parts them, and the words of dates: each step takes one of them and has no second way to read it."""
    return (
        rf"(?=\D{{0,40}}\d)(?:\d|[ ,.:/|+-]|[年月日时時分秒년월일시분ºª]|(?<![^\W\d_])(?:{when})(?![^\W\d_])){{1,60}}"
    )


def _words(gap: Gap, words: Mapping[str, Sequence[str]]) -> Sequence[str]:
    found = words.get(gap.kind) or words.get(gap.kind.removesuffix("s"))
    if found is None:
        raise ValueError(f"nobody knows what <{gap.kind}> stands for")
    return found


_OPEN: Mapping[str, tuple[str, ...]] = {
    "n": tuple("0123456789"),
    "year": ("19", "20"),
    "url": ("http", "www."),
    "handle": ("@",),
}


def openings_of(items: Sequence[Item], words: Mapping[str, Sequence[str]]) -> set[str]:
    """The first characters that a line of these items can have, an empty text among them where that is anything."""
    openings = {""}
    for item in items:
        going = {opening for opening in openings if len(opening) < OPENING and not opening.endswith(_STOP)}
        if not going:
            break
        openings -= going
        openings |= {(one + more)[:OPENING] for one in going for more in _beginnings(item, words)}
    return openings


def _beginnings(item: Item, words: Mapping[str, Sequence[str]]) -> set[str]:
    if isinstance(item, str):
        return {item}
    if isinstance(item, Choice):
        options = {""} if item.optional else set()
        for option in item.options:
            first = option[0] if option else ""
            if isinstance(first, str) and len(first) >= OPENING:
                options.add(first[:OPENING])  # most options: nothing behind it is looked at
            else:
                options |= openings_of(option, words)
        return options
    if item.kind == "date":
        return {word[:OPENING] for word in words["when"]} | {digit + _STOP for digit in "0123456789"}
    if item.kind in _GAPS:
        return {opening + _STOP for opening in _OPEN.get(item.kind, ("",))}
    return {word + _STOP if len(word) < OPENING else word for word in _words(item, words)}


def needed_words(items: Sequence[Item], words: Mapping[str, Sequence[str]], text: str) -> set[str]:
    """Words of which one must be in the line, for a phrase that opens with a gap."""
    best = _rarest(items, words)
    if not best:
        raise ValueError(f"the phrase opens with a gap and has no word to look it up by: {text!r}")
    return best


def literals_in(items: Sequence[Item]) -> tuple[tuple[str, ...], ...]:
    """For each part of a phrase that no line can lack, the texts of which one must be in the line as it is."""
    found: list[tuple[str, ...]] = []
    for item in items:
        if isinstance(item, str):
            found.append((item,))
        elif isinstance(item, Choice) and not item.optional:
            literals = [[part for part in option if isinstance(part, str)] for option in item.options]
            if all(literals):
                found.append(tuple(max(parts, key=len) for parts in literals))
    return tuple(found)


def ends_of(items: Sequence[Item], words: Mapping[str, Sequence[str]], at: Literal[0, -1]) -> tuple[str, ...] | None:
    """The texts of which a line of these items has one at its beginning (0) or its end (-1); None where that is anything."""
    item = items[at] if items else Gap("*")
    if isinstance(item, str):
        return (item,)
    if isinstance(item, Choice):
        ends = [None] if item.optional else [ends_of(option, words, at) for option in item.options]
        return None if None in ends else tuple(chain.from_iterable(filter(None, ends)))
    return None if item.kind in _GAPS or item.kind == "date" else tuple(_words(item, words))


def _rarest(items: Sequence[Item], words: Mapping[str, Sequence[str]]) -> set[str]:
    candidates: list[set[str]] = []
    for item in items:
        if isinstance(item, str) and item.strip(" :,-"):
            candidates.append({item.strip()})
        elif isinstance(item, Choice) and not item.optional:
            options = [_rarest(option, words) for option in item.options]
            candidates.append(set().union(*options) if all(options) else set())
        elif item == Gap("email"):
            candidates.append({"@"})
        elif isinstance(item, Gap) and item.kind not in (*_GAPS, "date"):
            candidates.append(set(_words(item, words)))
    return max((found for found in candidates if found), key=lambda found: min(map(len, found)), default=set())


def apart(items: tuple[Item, ...]) -> list[tuple[Item, ...]]:
    """A phrase that is nothing but a choice is as many phrases: most are then plain texts, which cost nothing to look up."""
    if len(items) == 1 and isinstance(items[0], Choice) and not items[0].optional:
        return list(items[0].options)
    return [items]


def gaps_in(items: Sequence[Item]) -> Iterator[str]:
    if items and items[-1] in (Gap("name"), Gap("han"), Gap("person")):
        yield "name at the end"
    for item in items:
        if isinstance(item, Gap):
            yield item.kind
        elif isinstance(item, Choice):
            for option in item.options:
                yield from gaps_in(option)
