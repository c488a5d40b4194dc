"""What follows a crawl: whoever wants to know is told of what is not well, and the metrics are written."""

from __future__ import annotations

import socket
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from archive.store import Store
    from crawler.telling import Way
    from crawler.watch import Standing


def check_ways() -> None:
    """Raises SettingError when nobody could be told as things are set: said before a crawl, not after it."""
    list(_ways())


def after_crawl(folders: Sequence[str] | None, exit_code: int) -> list[str]:
    """Tell of alarms, and write the metrics, where that is set. What could not be done is a line each; nothing is raised."""
    from archive.errors import DragomanError, RunLocked
    from archive.lock import hold
    from crawler import settings
    from crawler.telling import tell
    from dragoman.rooms import the_store

    ways = list(_ways())
    if not (ways or settings.METRICS_FILE):
        return []
    problems = []
    try:
        with the_store() as (home, store):
            standing = standing_now(store, folders)
            if settings.METRICS_FILE:
                problems += _write_metrics(store, standing, exit_code)
            with hold(home, "telling.lock"):
                problems += tell(store, f"{socket.gethostname()}:{home.path}", ways, standing.alarms)
    except RunLocked:
        pass  # the run before is at it still, and this one's news is told after the next
    except DragomanError as reason:
        problems.append(str(reason))
    return [f"alarms: {problem}" for problem in problems]


def standing_now(store: Store, folders: Sequence[str] | None) -> Standing:
    """How all outlets stand that were ever crawled; ``folders`` have their files."""
    from datetime import UTC, datetime

    from crawler import settings
    from crawler.catalogue import load_outlets
    from crawler.watch import standing_of

    return standing_of(store, load_outlets(folders or settings.OUTLETS_FOLDERS), datetime.now(UTC))


def _write_metrics(store: Store, standing: Standing, exit_code: int) -> list[str]:
    from archive.article import Publisher
    from archive.errors import SettingError
    from crawler import settings
    from crawler.metrics import Figures, write_metrics

    if not (settings.METRICS_FILE and standing.runs):
        return []
    last = standing.runs[0]
    of_last = [
        one
        for run in store.runs.since(last.started_at, lambda outlet: Publisher(id=outlet, name=outlet))
        for one in run
        if one.run == last.id
    ]
    figures = Figures(last, exit_code, of_last, standing.habits, standing.alarms, store.backlog_size())
    try:
        write_metrics(settings.METRICS_FILE, figures)
    except SettingError as reason:
        return [str(reason)]
    return []


def _ways() -> Iterator[Way]:
    """The ways to tell that are set. Raises SettingError where one cannot work."""
    from functools import partial

    from crawler import settings

    if url := settings.ALERT_WEBHOOK:
        from crawler.telling import post

        yield "webhook", partial(post, url)
    if settings.ALERT_MAIL:
        from crawler.telling import mail, mailing_from

        yield "mail", partial(mail, mailing_from(vars(settings)))
