"""Is the article for subscribers, and is what we have of it a preview only?

What the page says in its structured data is believed (schema.org/isAccessibleForFree, Google's "Subscription and
paywalled content"; article:content_tier of Facebook's subscription support); only where it says nothing do notices count.
A button to subscribe is none: whole articles have it as well.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from pipelines.documents import Document, as_list
from pipelines.text import even

_LONGEST_NOTICE = 250
_SHORT = 150
"""Words of a paywalled article below which we have its teaser: previews are one to three paragraphs."""
_SUBSTANTIAL = 1_000
"""Characters of JSON-LD's articleBody from which it is the text and not the summary again."""
_BREAKS_OFF = re.compile(r"(?:\[(?:…|\.{3})\]|\((?:…|\.{3})\)|(?P<dots>…|\.{3}))\W{0,3}$")
_TRUE = frozenset(
    ("true", "1", "yes", "y", "premium", "paid", "locked", "metered", "plus", "subscriber", "subscribers")
)
_FALSE = frozenset(("false", "0", "no", "n", "free", "public", "open"))
_TIERS = {"locked": True, "metered": True, "premium": True, "paid": True, "free": False}
_PAID = re.compile(r"(?:^|[:._-])(?:\w{1,20}_)?(?:is[_-]?)?(?:premium|paid(?:[_-]?content)?|paywall(?:ed)?|locked)$")
_FREE = re.compile(r"(?:^|[:._-])is[_-]?free$")


@dataclass(frozen=True, slots=True)
class Access:
    """``paywalled``: the page says that this article is for subscribers. ``truncated``: the body is a preview of it.

    An article's ``access`` follows from both: a preview is truncated, what is paywalled and whole is metered.
    """

    paywalled: bool
    truncated: bool


def access_of(document: Document, notes: Iterable[str], body: str, words: int) -> Access:
    """Weigh what the page says of itself, the notices near the article, and the body of so many words."""
    free = _says_free(document)
    whole = _is_whole(document, body, words)
    stops = _BREAKS_OFF.search(body[-12:])
    short = words < _SHORT
    seen = _seen(notes) if free is None or (stops and short) else frozenset()
    if free is None:
        paywalled = "sure" in seen or ("rest" in seen and (short or stops is not None or whole is False))
    else:
        paywalled = not free
    if whole is not None:
        return Access(paywalled, not whole)
    breaks_off = stops is not None and (not stops["dots"] or paywalled or (short and "maybe" in seen))
    return Access(paywalled, breaks_off or (paywalled and short))


def _says_free(document: Document) -> bool | None:
    """What structured data and meta say; None when they say nothing."""
    for value in (document.about.get("isAccessibleForFree"), document.meta.get("isaccessibleforfree")):
        if (free := _truth(value)) is not None:
            return free
    for part in as_list(document.about.get("hasPart")):
        if isinstance(part, dict) and _truth(part.get("isAccessibleForFree")) is False:
            return False
    for name in ("article:content_tier", "og:article:content_tier"):
        if (paid := _TIERS.get(document.meta.get(name, "").lower())) is not None:
            return not paid
    for name, value in document.meta.items():
        if _PAID.search(name) and (paid := _truth(value)) is not None:
            return not paid
        if _FREE.search(name) and (free := _truth(value)) is not None:
            return free
    return None


def _truth(value: Any) -> bool | None:
    """A truth as pages write it: true, "True", "http://schema.org/True", "yes"."""
    if value is None:
        return None
    said = str(value).rpartition("/")[2].strip().lower()
    return True if said in _TRUE else False if said in _FALSE else None


def _is_whole(document: Document, body: str, words: int) -> bool | None:
    """Does the body have what JSON-LD says the article has? None when it says nothing that can be compared."""
    told = document.about.get("articleBody")
    if isinstance(told, str) and len(told) >= _SUBSTANTIAL:
        return _compared(len(body), len(told))
    counted = str(document.about.get("wordCount") or "")
    if counted.isascii() and counted.isdecimal() and int(counted[:7]) >= _SHORT:
        return _compared(words, int(counted[:7]))
    return None


def _compared(ours: int, told: int) -> bool | None:
    """Between a half and four fifths may be another way to count."""
    return False if ours < told / 2 else True if ours >= 0.8 * told else None


def _seen(notes: Iterable[str]) -> frozenset[str]:
    """The strengths of the notices among the notes."""
    found = (_notices().match(note) for note in notes if len(note) <= _LONGEST_NOTICE)
    return frozenset(str(notice.lastgroup) for notice in found if notice)


@cache
def _notices() -> re.Pattern[str]:
    known = yaml.load((Path(__file__).parent / "data" / "paywalls.yaml").read_text("utf-8"), yaml.CSafeLoader)
    groups = (
        f"(?P<{strength}>{'|'.join(f'(?:{even(phrase)})' for phrases in languages.values() for phrase in phrases)})"
        for strength, languages in known.items()
    )
    return re.compile(rf"[\W_]{{0,4}}(?:{'|'.join(groups)})", re.IGNORECASE)
