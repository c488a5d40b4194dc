"""``python -m bench.year``: the simulated year; ``BENCH_DAYS`` for fewer days, ``BENCH_NOTES`` for a file of what went wrong."""

from __future__ import annotations

import os
import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path

from bench.corpus import missing
from bench.year import alarms, peer, truth
from bench.year.houses import DAY, House
from bench.year.runs import Dragoman
from bench.year.script import BEGIN, is_quiet, outlets, pieces_of, times_of
from bench.year.server import Proxy, serving
from bench.year.site import Sites
from bench.year.table import Beside, print_peer, print_year
from bench.year.templates import Template, texts_and_templates
from bench.year.trouble import befall

HOURS = (6, 13, 20)
"""Of a day's runs, UTC: cron as it would be set for a small archive, and the night is left out."""
_LATER = 7
"""Minutes that a day's runs begin later than the day before's, so that no look falls due in the very second of a run."""
_WATCHED = 60
"""Days from one run that is started as cron does, and measured, to the next."""


def main() -> None:
    """Write the year, live it, and print what came of it."""
    if what := missing():
        sys.exit(what)
    days = int(os.environ.get("BENCH_DAYS", "365"))
    end, begun = BEGIN + days * DAY, time.perf_counter()
    texts, templates = texts_and_templates()
    houses = written(end, texts, templates)
    with tempfile.TemporaryDirectory() as folder, serving(Sites(houses, texts, templates)) as proxy:
        dragoman = Dragoman(Path(folder), houses, proxy.address)
        ledger, raised, lived = truth.Ledger(), alarms.no_alarms(), time.perf_counter()
        for day in range(days):
            _live(BEGIN + day * DAY, dragoman, proxy, ledger, raised, watched=day % _WATCHED == 0)
            if day == 0 and "news-please" in sys.argv[1:]:
                print_peer(*_beside(dragoman, proxy, Path(folder), time.perf_counter() - lived))
        counts = truth.counted(ledger, dragoman, end)
        verdict = alarms.judged(houses, raised, end)
        seconds = time.perf_counter() - begun
        print_year(days, counts, verdict, _asked(proxy), max(dragoman.memory), seconds)
    if notes := os.environ.get("BENCH_NOTES"):
        Path(notes).write_text("\n".join([*counts.notes, *verdict.notes]) + "\n")


def written(end: datetime, texts: dict[str, list[str]], templates: Sequence[Template]) -> list[House]:
    """The outlets with all that they will publish, and all that will befall them."""
    chance = random.Random(1)
    houses = outlets(templates, chance)
    times = {house.id: times_of(house, end, chance) for house in houses}
    befall(houses, times, templates, end, chance)
    numbers = count(1)
    for house in houses:
        house.pieces = list(pieces_of(times[house.id], texts[house.language], end, numbers, chance))
    return houses


def _live(
    day: datetime, dragoman: Dragoman, proxy: Proxy, ledger: truth.Ledger, raised: alarms.Raised, *, watched: bool
) -> None:
    """One day: its runs, and the health report after the last."""
    done: Counter[str] = Counter()
    for hour in HOURS:
        proxy.now = day + timedelta(hours=hour, minutes=_LATER * (day - BEGIN).days % 60)
        dragoman.configure(proxy.now)
        ledger.run(dragoman.houses, proxy.now)
        done += Counter(dragoman.crawl(proxy.now, watched=watched and hour == HOURS[0])["outcomes"])
    status = dragoman.status(proxy.now)
    alarms.raised_in(status, proxy.now, raised)
    if sys.stderr.isatty() or os.environ.get("BENCH_NOTES"):
        told = ", ".join(f"{one['outlet']} {one['kind']}" for one in status["alarms"])
        print(f"{day:%m-%d} {dict(done)} {told}", file=sys.stderr, flush=True)


def _beside(dragoman: Dragoman, proxy: Proxy, folder: Path, seconds: float) -> tuple[int, Beside, Beside]:
    """What is in a feed at the end of the first day, what Dragoman has of it, and what news-please gets."""
    houses, now = dragoman.houses, proxy.now
    listed = {(house.id, piece.path) for house in houses if house.is_readable(now) for piece in house.listed(now)}
    ours = truth.kept_until(dragoman, now + DAY / 4) & listed
    asked, proxy.asked = proxy.asked, Counter()
    found = peer.crawled(houses, proxy.address, folder / "news-please")
    theirs = {
        (proxy.sites.houses[host].id, path) for host, path in found.articles if host in proxy.sites.houses
    } & listed
    requests, proxy.asked = proxy.asked.total(), asked
    rss = {house.id for house in houses if house.feed == "rss"}
    return (
        len(listed),
        Beside("Dragoman", len(ours), _of(rss, ours), asked.total(), seconds, f"{len(HOURS)} runs"),
        Beside("news-please", len(theirs), _of(rss, theirs), requests, found.seconds, f"1 run, {found.ended}"),
    )


def _of(outlets: set[str], articles: set[tuple[str, str]]) -> int:
    return sum(outlet in outlets for outlet, _ in articles)


def _asked(proxy: Proxy) -> dict[str, Counter[str]]:
    """Requests by what was asked for: of all days, and of a quiet one."""
    found: dict[str, Counter[str]] = {"all": Counter(), "quiet": Counter()}
    quiet: set[str] = set()
    for (day, kind, _), times in proxy.asked.items():
        found["all"][kind] += times
        if is_quiet(datetime.strptime(f"2025-{day}", "%Y-%m-%d").replace(tzinfo=BEGIN.tzinfo)):
            quiet.add(day)
            found["quiet"][kind] += times
    found["quiet"] = Counter({kind: round(times / len(quiet)) for kind, times in found["quiet"].items()})
    return found


if __name__ == "__main__":
    main()
