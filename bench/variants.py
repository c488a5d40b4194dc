"""What outlets do to a text that they take over: ten variants of it, by fixed chance."""

from __future__ import annotations

import random
import re
from collections.abc import Callable

NOTICES = (
    "Sign up for our newsletter and get the best of our reporting in your inbox every weekday morning.",
    "This article was first published elsewhere and appears here under a licence. Read the original on its own site.",
    "Copyright 2026. All rights reserved. This material may not be published, broadcast, rewritten or redistributed.",
    "Follow our channels for the latest updates, and tell us what you think in the comments below.",
    "Our newsroom is paid for by its readers: for 5 euros a month you keep it open 24 hours a day.",
)
"""Lines of ours, in the manner of those that sites put between an article's paragraphs."""

Change = Callable[[str, random.Random], str]


def truncated(body: str, chance: random.Random) -> str:
    """Its first half or more."""
    return body[: int(len(body) * chance.uniform(0.5, 0.9))]


def cut(body: str, _: random.Random) -> str:
    """Its first 40%."""
    return body[: int(len(body) * 0.4)]


def thinned(body: str, chance: random.Random) -> str:
    """So many of its paragraphs, or the first 40% where it has few."""
    paragraphs = body.split("\n")
    if len(paragraphs) < 6:
        return cut(body, chance)
    kept: set[int] = set()
    for at in chance.sample(range(len(paragraphs)), len(paragraphs)):
        if sum(len(paragraphs[one]) for one in kept) >= 0.4 * len(body):
            break
        kept.add(at)
    return "\n".join(paragraphs[at] for at in sorted(kept))


def with_notices(body: str, chance: random.Random) -> str:
    """With three lines between its paragraphs that are not the article's."""
    paragraphs = body.split("\n")
    for notice in chance.sample(NOTICES, 3):
        paragraphs.insert(chance.randrange(len(paragraphs) + 1), notice)
    return "\n".join(paragraphs)


def respelt(body: str, chance: random.Random) -> str:
    """With one word in 14 spelt otherwise; in scripts without spaces one character in 40."""
    if len(body.split()) < len(body) / 20:
        return "".join("々" if chance.random() < 1 / 40 else character for character in body)
    return re.sub(
        r"[^\W\d_]{4,}", lambda word: _respelt(word[0], chance) if chance.random() < 1 / 14 else word[0], body
    )


def _respelt(word: str, chance: random.Random) -> str:
    at = chance.randrange(1, len(word) - 1)
    return chance.choice(
        (
            word[:at] + word[at + 1 :],
            word[:at] + word[at + 1] + word[at] + word[at + 2 :],
            word[:at] + "e" + word[at + 1 :],
        )
    )


def swapped(body: str, chance: random.Random) -> str:
    """Its paragraphs in another order."""
    paragraphs = body.split("\n")
    return "\n".join(chance.sample(paragraphs, len(paragraphs)))


def same(body: str, _: random.Random) -> str:
    """As it is: another title alone makes no other text."""
    return body


VARIANTS: dict[str, tuple[Change, ...]] = {
    "re-titled": (same,),
    "truncated": (truncated,),
    "with notices": (with_notices,),
    "respelt": (respelt,),
    "paragraphs swapped": (swapped,),
    "cut to 40%": (cut,),
    "40% of its paragraphs": (thinned,),
    "truncated, with notices": (truncated, with_notices),
    "respelt, swapped": (respelt, swapped),
    "cut to 40%, respelt": (cut, respelt),
}


def varied(body: str, kind: str, seed: str) -> str:
    """One variant of a text. The same seed gives the same."""
    chance = random.Random(f"{seed} {kind}")
    for change in VARIANTS[kind]:
        body = change(body, chance)
    return body
