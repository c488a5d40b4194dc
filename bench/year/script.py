"""Writes what happens in the simulated year: one seed, one year."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from itertools import count

from bench.year.houses import DAY, House, Piece
from bench.year.templates import Template

BEGIN = datetime(2025, 1, 1, tzinfo=UTC)
BEFORE = 60 * DAY
"""What had been published before the first crawl; feeds begin with it."""
QUIET_DAYS = frozenset({(1, 6), (12, 25)})
"""Nobody publishes, edits, deletes or is in trouble on these: what is asked then is what a quiet day costs."""
_RATES = ((1, 21.0), (5, 7.0), (12, 2.5), (20, 1.0), (12, 0.6))
"""So many outlets publish so many articles a week."""
_FEEDS = ("rss",) * 6 + ("atom", "json", "sitemap", "sitemap")
_VALIDATORS = ("etag",) * 4 + ("modified",) * 3 + ("none",) * 2 + ("stale",)
_CLOCKS = (
    "feed a year ahead",
    "feed in 1970",
    "feed half a day off",
    "pages tomorrow",
    "Date a year back",
    "Modified ahead",
)
_NAMES = [
    "Adela Brightwater",
    "Bruno Kettlewell",
    "Clara Oxenbridge",
    "Dario Penhallow",
    "Elsa Quillfeather",
    "Felix Ravenscar",
    "Greta Silverthorne",
    "Hugo Tanglewood",
    "Irma Underhill",
    "Jonas Vexley",
    "Karla Winterbourne",
    "Lukas Yarborough",
]


def outlets(templates: Sequence[Template], chance: random.Random) -> list[House]:
    """The fifty, before anything happens."""
    rates = [rate for many, rate in _RATES for _ in range(many)]
    houses = []
    for number, rate in enumerate(rates):
        template, feed = chance.randrange(len(templates)), _FEEDS[number % len(_FEEDS)]
        houses.append(
            House(
                id=f"house-{number}",
                host=f"house-{number}.test",
                language=templates[template].language,
                a_week=rate,
                feed=feed,
                size=60 if feed == "sitemap" else chance.choice((10, 15, 20, 30)),
                validators=chance.choice(_VALIDATORS),
                clock="",
                looks=[(BEGIN - BEFORE, template)],
            )
        )
    for number, clock in enumerate(_CLOCKS):
        houses[4 + 6 * number].clock = clock
    return houses


def times_of(house: House, end: datetime, chance: random.Random) -> list[datetime]:
    """When an outlet publishes: at its own pace, on working days rather than at weekends, with holidays and rushes."""
    return sorted(at for at in {*_paced(house, end, chance), *_rushes(house, end, chance)} if not is_quiet(at))


def is_quiet(at: datetime) -> bool:
    """Is it a day on which nothing happens?"""
    return (at.month, at.day) in QUIET_DAYS


def _paced(house: House, end: datetime, chance: random.Random) -> Iterator[datetime]:
    at, pause = BEGIN - BEFORE, 7 * DAY / house.a_week
    rests_in_august, rests_at_christmas = house.a_week < 2 and chance.random() < 0.3, chance.random() < 0.5
    while (at := at + pause * chance.gammavariate(2, 0.5)) < end:
        day = at.replace(hour=0, minute=0, second=0, microsecond=0)
        if day.weekday() >= 5 and chance.random() < 0.7:
            day += (7 - day.weekday()) * DAY
        if rests_in_august and day.month == 8 and day.day <= 21:
            continue
        if rests_at_christmas and ((day.month, day.day) >= (12, 22) or (day.month, day.day) <= (1, 2)):
            continue
        stamp = day + timedelta(hours=chance.uniform(6, 19))
        if stamp < end:
            yield stamp.replace(microsecond=0)


def _rushes(house: House, end: datetime, chance: random.Random) -> Iterator[datetime]:
    """Days on which more is published than the feed can list."""
    if house.a_week < 7:
        return
    days = (end - BEGIN).days
    for _ in range(max(1, round(4 * days / 365))):
        day = BEGIN + chance.randrange(min(9, days), days + 1) * DAY
        for _ in range(round(1.5 * min(house.size, 20))):
            at = day + timedelta(hours=chance.uniform(7, 17))
            if at < end:
                yield at.replace(microsecond=0)


def pieces_of(
    times: Sequence[datetime],
    pool: Sequence[str],
    end: datetime,
    numbers: count[int],
    chance: random.Random,
) -> Iterator[Piece]:
    """What it publishes at these times, with what is changed and taken down later."""
    order = chance.sample(range(len(pool)), len(pool))
    names, used = chance.sample(_NAMES, 4), 0
    for at in times:
        many = chance.randint(7, 13)
        taken = [order[(used + one) % len(order)] for one in range(many + 1)]
        used += many + 1
        number, title = next(numbers), " ".join(pool[taken[0]].split()[: chance.randint(7, 11)]).rstrip(".,;:–- ")
        slug = "-".join(re.findall(r"[a-z]{3,}", title.lower())[:6])
        piece = Piece(number, f"/world/{slug}-{number}", at, title, chance.choice(names), [(at, tuple(taken[1:]))])
        _edit(piece, order, end, chance)
        _delete(piece, end, chance)
        yield piece


def _edit(piece: Piece, order: Sequence[int], end: datetime, chance: random.Random) -> None:
    """One in five is edited: soon rather than late, once rather than often."""
    if chance.random() > 0.2:
        return
    ages = sorted(
        chance.choices((0.02, 0.2, 2, 10, 35), (3, 4, 3, 2, 1))[0] * chance.uniform(0.6, 1.4)
        for _ in range(chance.choice((1, 1, 1, 2, 3)))
    )
    for age in ages:
        at = piece.at + age * DAY
        text = list(piece.texts[-1][1])
        place, other = chance.randrange(len(text)), chance.choice(order)
        match chance.choice(("add", "replace", "strike")):
            case "add":
                text.append(other)
            case "replace":
                text[place] = other
            case _:
                del text[place]
        if at < end and not is_quiet(at) and len(text) > 4:
            piece.texts.append((at, tuple(text)))


def _delete(piece: Piece, end: datetime, chance: random.Random) -> None:
    at = piece.at + chance.uniform(1.5, 45) * DAY
    if chance.random() < 0.03 and at < end and not is_quiet(at):
        piece.deleted_at, piece.deletion = at, chance.choice(("404", "410", "soft", "home"))
        piece.texts = [one for one in piece.texts if one[0] < at]
