"""Articles made of made-up words, for measures that want many: as long as the corpus' in the mean, their words as unevenly frequent as in
any language (Zipf), in several languages and scripts."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import cache
from itertools import accumulate

from archive.article import Article, CountryWeight, Extractor, Publisher
from archive.urls import article_id

_LANGUAGES = {"en": 50, "fr": 12, "es": 8, "de": 8, "ru": 8, "ar": 6, "zh": 5, "pl": 3}
"""How many of a hundred articles are in each."""
_LETTERS = {
    "ru": "бвгджзклмнпрст аеиоуы",
    "ar": "بتجحدرسصطعفقكلم اويةى",
    "zh": "国中会议部长协定和平安全海峡经济 贸易外交政府",
}
_LATIN = "bcdfghklmnprstvz aeiou"
_WORDS = 30_000
"""Different words in each language."""
_FEWEST, _MOST = 100, 1_300
"""Words of an article."""
_FIRST = datetime(2016, 1, 1, tzinfo=UTC)
_OUTLETS = [Publisher(id=f"outlet-{n}", name=f"Outlet {n}", kind="newspaper", country="GB") for n in range(40)]
_STATES = ("JP", "US", "CN", "FR", "DE", "KR", "UA", "IN")


def made_up(count: int, seed: int = 11) -> Iterator[Article]:
    """This many articles, the same each time."""
    chance = random.Random(seed)
    for number in range(count):
        yield _article(number, chance)


def _article(number: int, chance: random.Random) -> Article:
    (language,) = chance.choices(list(_LANGUAGES), list(_LANGUAGES.values()))
    words = _text(language, chance.randint(_FEWEST, _MOST), chance)
    body = "\n".join(" ".join(words[at : at + 60]) + "." for at in range(0, len(words), 60))
    url = f"https://outlet-{number % 40}.example/{number}"
    published = _FIRST + timedelta(minutes=chance.randrange(5_000_000))
    states = tuple(chance.sample(_STATES, 3))
    return Article(
        id=article_id(url),
        url=url,
        outlet=_OUTLETS[number % 40],
        title=" ".join(_text(language, 9, chance)).capitalize(),
        summary=" ".join(_text(language, 25, chance)).capitalize(),
        body=body,
        kind="report",
        language=language,
        authors=(f"Writer {chance.randrange(2_000)}",),
        published_at=published,
        published_source="json-ld",
        published_precision="minute",
        first_seen_at=published,
        fetched_at=published,
        tags=tuple(_text(language, 4, chance)),
        countries=states,
        country_weights=tuple(CountryWeight(country=state, weight=33) for state in states),
        story=article_id(url),
        role="original",
        content_hash=hashlib.sha256(body.encode()).hexdigest(),
        extractor=Extractor(name="made up", version="1", rules=""),
        word_count=len(words),
    )


def _text(language: str, count: int, chance: random.Random) -> list[str]:
    words, weights = _vocabulary(language)
    return chance.choices(words, cum_weights=weights, k=count)


@cache
def _vocabulary(language: str) -> tuple[list[str], list[float]]:
    chance = random.Random(language)
    consonants, vowels = _LETTERS.get(language, _LATIN).split()
    words = [
        "".join(chance.choice(consonants) + chance.choice(vowels) for _ in range(min(1 + rank // 40, 2 + rank % 3)))
        for rank in range(_WORDS)
    ]
    return words, list(accumulate(1 / (rank + 2.7) for rank in range(_WORDS)))
