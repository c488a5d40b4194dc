"""Reports for tests of stories: made up, each unlike the others, as many paragraphs as wanted."""

from __future__ import annotations

import random
from typing import Any

from articles import an_article

from archive.article import Article, Publisher

_WHO = [
    "ministers",
    "envoys",
    "delegates",
    "admirals",
    "bankers",
    "judges",
    "growers",
    "surveyors",
    "pilots",
    "engineers",
    "mayors",
    "donors",
]
_DID = [
    "signed",
    "postponed",
    "drafted",
    "rejected",
    "praised",
    "questioned",
    "measured",
    "repaired",
    "funded",
    "debated",
    "mapped",
    "insured",
]
_WHAT = [
    "treaty",
    "harbour",
    "ferry",
    "vaccine",
    "tariff",
    "border",
    "archive",
    "bridge",
    "cable",
    "budget",
    "lighthouse",
    "reservoir",
]
_WHERE = [
    "valletta",
    "tallinn",
    "windhoek",
    "montevideo",
    "suva",
    "bergen",
    "tbilisi",
    "muscat",
    "quito",
    "dakar",
    "hanoi",
    "riga",
]
_WHY = ["because", "after", "although", "before", "while", "unless", "since", "until", "whereas", "once"]


def report(seed: int, paragraphs: int = 8) -> str:
    """A text of so many paragraphs; the same seed gives the same."""
    chance = random.Random(seed)

    def sentence() -> str:
        one, other = ([chance.choice(words) for words in (_WHO, _DID, _WHAT, _WHERE)] for _ in range(2))
        return (
            f"{one[0].title()} from {one[3].title()} {one[1]} the {other[2]} {chance.choice(_WHY)} {chance.randrange(100)} {other[0]} "
            f"in {other[3].title()} {other[1]} a {one[2]}."
        )

    return "\n".join(" ".join(sentence() for _ in range(3)) for _ in range(paragraphs))


def run(outlet: str, body: str, path: str = "a", **fields: Any) -> Article:
    """This text as an outlet ran it."""
    from archive.urls import article_id

    url = f"https://{outlet}.example/{path}"
    known = {"id": article_id(url), "url": url, "outlet": Publisher(id=outlet, name=outlet.title())}
    return an_article(body=body, **{**known, **fields})
