"""What befalls the simulated outlets, and what should be told of it.

down, dead       nothing is answered but 503, or nothing at all
refused          403 to everything
hurried          429 with Retry-After to every page
pages            503 to every page; the feed is served
gate             a check for humans, with 200, in place of every page
html, empty      the front page, or a feed without entries, where the feed was
frozen, stopped  the feed lists nothing new though articles appear; none appear
redesign         a new template: all is as well as before
dates, authors   a new template that states no dates, or no authors
words            new articles show a lead and a request to subscribe
away             the outlet has moved, nothing redirects; the operator mends its file after two weeks
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise

from bench.year.houses import DAY, House, Move, Trouble
from bench.year.script import BEGIN, is_quiet
from bench.year.templates import Template

_UNREAD = frozenset({"source", "failures", "silent"})
_SLACK = 2 * DAY
"""How long an alarm may go on after its cause: the next look at a feed is up to a day away, and ``failures`` looks a day back."""
_BETWEEN = 12 * DAY
_RECENT = 20
"""Articles after which a template's faults must have been told (``crawler/health.py``)."""
Times = dict[str, list[datetime]]


@dataclass(frozen=True, slots=True)
class _Kind:
    """A kind of trouble: how often in a year, to outlets of how many articles a week, for how many days (0: as long as is
    needed to be told), which alarms are right, and after how many days one must have been raised, if at all."""

    name: str
    a_year: int
    least: float
    days: tuple[float, float]
    alarms: frozenset[str]
    told_in: float | None = None


_KINDS = (
    _Kind("down", 5, 0, (5, 9), _UNREAD, 3),
    _Kind("dead", 3, 0, (5, 9), _UNREAD, 3),
    _Kind("refused", 3, 0, (5, 9), _UNREAD, 3),
    _Kind("frozen", 5, 1, (0, 0), frozenset({"silent"})),
    _Kind("stopped", 5, 1, (0, 0), frozenset({"silent"})),
    _Kind("html", 4, 1, (0, 0), _UNREAD),
    _Kind("empty", 2, 1, (0, 0), _UNREAD),
    _Kind("gate", 4, 7, (3, 5), frozenset({"failures"}), 3),
    _Kind("dates", 2, 3, (0, 0), frozenset({"dates"})),
    _Kind("authors", 3, 3, (0, 0), frozenset({"authors"})),
    _Kind("words", 3, 3, (0, 0), frozenset({"shorter"})),
    _Kind("redesign", 10, 0, (1, 1), frozenset()),
    _Kind("hurried", 8, 0, (0.5, 2), frozenset({"failures", "source"})),
    _Kind("pages", 6, 0, (0.5, 2.5), frozenset({"failures"})),
    _Kind("down", 24, 0, (0.1, 0.4), frozenset({"failures", "source"})),
)


def befall(
    houses: Sequence[House], times: Times, templates: Sequence[Template], end: datetime, chance: random.Random
) -> None:
    """Let it all happen: troubles, new templates, moves. What a closed outlet would have published is taken out of ``times``."""
    days = (end - BEGIN).days
    _move(houses, end, chance)
    for kind in _KINDS:
        for _ in range(max(1, round(kind.a_year * days / 365)) if days >= 14 else 1):
            _place(kind, houses, times, templates, end, chance)


def _place(
    kind: _Kind,
    houses: Sequence[House],
    times: Times,
    templates: Sequence[Template],
    end: datetime,
    chance: random.Random,
) -> None:
    """Find an outlet and a time for it; a year may be too short for some."""
    for _ in range(60):
        house = chance.choice(houses)
        begins = BEGIN + chance.uniform(8, max(9, (end - BEGIN).days - 2)) * DAY
        if house.a_week < kind.least or is_quiet(begins):
            continue
        trouble = _trouble(kind, times[house.id], begins, chance)
        if trouble is None or trouble.ends > end or not _is_free(house, trouble):
            continue
        if kind.name in ("redesign", "dates", "authors") and not _redesign(house, trouble, templates, chance):
            continue
        if kind.name == "stopped":
            times[house.id] = [at for at in times[house.id] if not trouble.is_on(at)]
        house.troubles.append(trouble)
        return


def _trouble(kind: _Kind, times: Sequence[datetime], begins: datetime, chance: random.Random) -> Trouble | None:
    """The trouble as it would be there and then; None where it could not be told of."""
    if kind.days[1]:
        ends = begins + chance.uniform(*kind.days) * DAY
        by = begins + kind.told_in * DAY if kind.told_in else None
        return Trouble(kind.name, begins, ends, kind.alarms, by, _next(times, ends) + _SLACK)
    if "silent" in kind.alarms:
        by = silent_by(times, begins)
        return Trouble(kind.name, begins, by + DAY, kind.alarms, by, _next(times, by + DAY) + _SLACK) if by else None
    later = [at for at in times if at >= begins]
    earlier = sum(BEGIN - 20 * DAY < at < begins for at in times)
    if len(later) < 3 * _RECENT or earlier < 2 * _RECENT:
        return None
    by = later[_RECENT + 1] + _SLACK
    ends = max(by + DAY, later[_RECENT + 10])
    after = [at for at in times if at >= ends]
    return Trouble(kind.name, begins, ends, kind.alarms, by, after[_RECENT] + _SLACK) if len(after) > _RECENT else None


def silent_by(times: Sequence[datetime], begins: datetime) -> datetime | None:
    """By when a silence from then on is longer than the outlet's habit, as ``crawler/health.py`` defines it; a day and a
    night more, because each of the articles was seen some hours after its publication."""
    known = [max(at, BEGIN) for at in times if BEGIN - 30 * DAY < at <= begins]
    if len(known) < 12:
        return None
    longest = max(later - earlier for earlier, later in pairwise(known))
    return known[-1] + min(max(1.5 * (longest + DAY), 2 * DAY), 60 * DAY) + 2 * DAY


def _next(times: Sequence[datetime], after: datetime) -> datetime:
    return next((at for at in times if at >= after), after + 30 * DAY)


def _is_free(house: House, trouble: Trouble) -> bool:
    if any(is_quiet(day) for day in _days(trouble)):
        return False
    if house.move and trouble.begins - _BETWEEN < house.move.mended_at and house.move.at < trouble.ends + _BETWEEN:
        return False
    return all(
        trouble.begins > (one.clears or one.ends) + _BETWEEN or (trouble.clears or trouble.ends) + _BETWEEN < one.begins
        for one in house.troubles
    )


def _days(trouble: Trouble) -> Iterator[datetime]:
    day = trouble.begins
    while day < trouble.ends + DAY and trouble.kind not in ("redesign", "dates", "authors", "words"):
        yield day
        day += timedelta(hours=12)


def _redesign(house: House, trouble: Trouble, templates: Sequence[Template], chance: random.Random) -> bool:
    """Give it a new template; False where no other one of its language can lose what is to be lost."""
    wanted = trouble.kind if trouble.kind != "redesign" else None
    fit = [
        n for n, one in enumerate(templates) if one.language == house.language and (not wanted or wanted in one.loses)
    ]
    fit = [n for n in fit if n != house.template(trouble.begins)]
    if not fit:
        return False
    house.looks = sorted([*house.looks, (trouble.begins, chance.choice(fit))])
    return True


def _move(houses: Sequence[House], end: datetime, chance: random.Random) -> None:
    """Four outlets move and redirect, one moves away."""
    days = (end - BEGIN).days
    if days < 20:
        return
    for number, redirects in ((7, True), (19, True), (28, True), (41, True), (12, False)):
        at = BEGIN + chance.uniform(8, max(9, days - 30)) * DAY
        mended_at = end + DAY if redirects else at + 14 * DAY
        house = houses[number]
        house.move = Move(at, f"new-{house.host}", redirects, mended_at)
        if not redirects:
            house.troubles.append(Trouble("away", at, mended_at, _UNREAD, at + 4 * DAY, mended_at + _SLACK))
