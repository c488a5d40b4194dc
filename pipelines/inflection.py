"""The forms of a word or name, by a table of endings: the longest ending that fits is replaced by each of its forms."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import product

Endings = Mapping[str, Sequence[str]]
"""An ending, and what may stand in its place."""


def word_forms(word: str, endings: Endings) -> list[str]:
    """A word's forms; itself alone where no ending fits.

    >>> word_forms("Россия", {"ия": ["ия", "ии", "ию"]})
    ['Россия', 'России', 'Россию']
    """
    for cut in range(len(word) + 1):
        if (forms := endings.get(word[cut:])) is not None:
            stem = word[:cut]
            return [stem + form for form in forms]
    return [word]


def in_cases(name: str, endings: Endings) -> list[str]:
    """A name's forms; of several words the first forms stand together, then the second ones: they are the same cases.

    >>> in_cases("Южная Корея", {"ая": ["ая", "ой"], "я": ["я", "и"]})
    ['Южная Корея', 'Южная Корея', 'Южной Кореи']
    """
    if not endings:
        return [name]
    if " " not in name:
        return [name, *word_forms(name, endings)]
    words = [word_forms(word, endings) for word in name.split(" ")]
    if len(set(map(len, words))) > 1:
        return [name]
    return [name, *map(" ".join, zip(*words, strict=True))]


def by_its_head(name: str, endings: Endings) -> Iterator[str]:
    """A name whose first two words are inflected, since the rest hangs on them: Совета Безопасности."""
    words = name.split(" ")
    yield name
    for head in product(*(word_forms(word, endings) for word in words[:2])):
        yield " ".join((*head, *words[2:]))
    if len(words) > 1:
        yield from (" ".join((form, *words[1:])) for form in word_forms(words[0], endings))
