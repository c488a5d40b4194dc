"""The table that ``make bench-crawl`` prints."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from bench.year.alarms import Verdict
from bench.year.truth import Counts


@dataclass(frozen=True, slots=True)
class Beside:
    """One of two crawlers on the first day: the articles that it got of those in feeds, how many of them of RSS feeds."""

    name: str
    captured: int
    of_rss: int
    requests: int
    seconds: float
    how: str


def print_peer(listed: int, *both: Beside) -> None:
    """The first day, side by side."""
    _line("first day: articles in feeds", listed)
    for one in both:
        _line(f"  {one.name}: captured", one.captured, f"{one.of_rss} of RSS feeds; {one.how}")
        _line("    requests", one.requests, f"in {one.seconds:,.0f} s")


def print_year(
    days: int, counts: Counts, verdict: Verdict, asked: Mapping[str, Counter[str]], memory: float, seconds: float
) -> None:
    """A line a figure."""
    everything, quiet = asked["all"], asked["quiet"]
    _line("days, of 50 outlets", days)
    _line("articles published", counts.published)
    _line("  captured", counts.captured, f"{counts.twice} of them twice")
    _line(
        "  lost",
        counts.lost,
        f"{counts.lost_after_a_day} of them in a feed for a day or longer, {counts.rolled_off} that rolled off sooner",
    )
    _line("versions made", counts.edits)
    _line("  could be seen", counts.edits_visible, "by looks after 1 h, 6 h, 1 d, 7 d, 30 d")
    _line("  found", counts.edits_found, f"and {counts.edits_false} that nobody made")
    _line("deletions made", counts.deletions)
    _line("  could be seen", counts.deletions_visible)
    _line("  found", counts.deletions_found, f"and {counts.deletions_false} of pages that were there")
    _line("requests per new article", everything.total() / max(counts.captured, 1), _kinds(everything))
    _line("requests on a quiet day", quiet.total(), _kinds(quiet))
    _line("alarms that were right", verdict.right)
    _line("  false", verdict.false, f"on {verdict.false_days} days of {days * 50:,} days of an outlet")
    _line("troubles that should be told", verdict.told + verdict.missed)
    _line("  missed", verdict.missed)
    _line("peak memory of a run, MB", memory, "its workers among them")
    _line("seconds", seconds)


def _kinds(asked: Counter[str]) -> str:
    return ", ".join(f"{kind} {times:,}" for kind, times in sorted(asked.items()))


def _line(what: str, figure: float, beside: str = "") -> None:
    print(
        f"{what:32}{figure:>10,.1f}   {beside}".rstrip()
        if isinstance(figure, float)
        else f"{what:32}{figure:>10,}   {beside}".rstrip()
    )
