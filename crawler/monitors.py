"""What a run as a whole should be, as monitors of Spidermon: https://spidermon.readthedocs.io/ (monitors, suites, actions).

They look when the spider has closed, before the run's record is written: what they find wrong is in it, under ``monitor/<name>``, and from
there in ``dragoman status``, in what is told and in the metrics (``crawler/run_health.py``).
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from scrapy import Spider
from spidermon import MonitorSuite, monitors
from spidermon.contrib.scrapy.extensions import Spidermon
from spidermon.contrib.scrapy.monitors import BaseScrapyMonitor
from spidermon.contrib.scrapy.runners import SpiderMonitorResult, SpiderMonitorRunner

from archive.errors import ArchiveError, IndexUnavailable
from crawler.health import Severity
from crawler.run_health import ENDS, VERDICT, failing_share
from crawler.watch import standing_of
from pipelines.run import the_run

logger = logging.getLogger(__name__)
_NAMED = 5
"""Outlets that a verdict names."""


@monitors.name("run")
class Ending(BaseScrapyMonitor):  # type: ignore[misc]
    """A run ends with its work, or with its time."""

    def test_it_ended_as_it_should(self) -> None:
        if (reason := self.stats.get("finish_reason")) not in ENDS:
            self.fail(f"the run ended by {reason}")


@monitors.name("errors")
class Errors(BaseScrapyMonitor):  # type: ignore[misc]
    """An error in the log is a mistake of ours; but for those of Scrapy's that say that a page was tried often enough."""

    def test_none_is_in_the_log(self) -> None:
        errors = sum(self.stats.get(f"log_count/{level}", 0) for level in ("ERROR", "CRITICAL"))
        errors -= self.stats.get("retry/max_reached", 0)
        if errors > 0:
            self.fail(f"{errors} errors in the log")


@monitors.name("failures")
class Failures(BaseScrapyMonitor):  # type: ignore[misc]
    """Some pages fail every day; when most do, over all outlets, something is wrong with us."""

    def test_most_pages_come(self) -> None:
        if said := failing_share(self.stats):
            self.fail(said)


@monitors.name("index")
class Index(BaseScrapyMonitor):  # type: ignore[misc]
    """Articles wait while the index cannot be reached."""

    def test_it_was_reached(self) -> None:
        if isinstance(error := the_run(self.data.crawler).error, IndexUnavailable):
            self.fail(str(error))


@monitors.name("outlets")
class Outlets(BaseScrapyMonitor):  # type: ignore[misc]
    """Each outlet that was crawled gives what it is used to give, and what its file expects: a maximum only warns."""

    def test_each_is_well(self) -> None:
        run = the_run(self.data.crawler)
        if isinstance(run.error, ArchiveError):
            self.skipTest("the archive cannot be read")
        # In the reactor's thread, as all of Spidermon: the spider has closed, and nothing else is to be done.
        found = standing_of(run.store, self.data.spider.outlets, datetime.now(UTC)).alarms
        alarms = [alarm for alarm in found if alarm.outlet]
        for alarm in alarms:
            logger.info("%s: %s: %s", alarm.outlet, alarm.kind, alarm.seen)
        failures = sorted({alarm.outlet for alarm in alarms if alarm.severity is Severity.FAILURE})
        if failures:
            more = f" and {len(failures) - _NAMED} more" if len(failures) > _NAMED else ""
            self.fail(f"not well: {', '.join(failures[:_NAMED])}{more}")


class RunSuite(MonitorSuite):  # type: ignore[misc]
    """All of them, after each crawl."""

    monitors = (Ending, Errors, Failures, Index, Outlets)

    def on_monitors_finished(self, result: Any) -> None:
        """Put what they found wrong into the run's record."""
        for found in result.monitors_failed_results:
            found.item.data.crawler.stats.set_value(f"{VERDICT}{found.item.monitor_name}", _said(found))


def _said(found: Any) -> str:
    """What a monitor or action says is wrong; of one that broke, the last line of its traceback."""
    return str(getattr(found, "reason", None) or str(found.error).strip().rpartition("\n")[2])[:1_000]


class _Result(SpiderMonitorResult):  # type: ignore[misc]
    """Says what is wrong in a line each; Spidermon's own says it with a traceback, at every run until it is mended.

    And by the spider's logger: ``Spider.log``, which Spidermon 1.27 calls, is deprecated in Scrapy 2.19.
    """

    def write_errors(self) -> None:
        for found in self.step.error_results:
            self.log(f"{found.item.name}: {_said(found)}", level=logging.WARNING)

    def log(self, msg: object, level: int = logging.DEBUG) -> None:
        self.spider.logger.log(level, "[Spidermon] %s", msg)


class _Runner(SpiderMonitorRunner):  # type: ignore[misc]
    def create_result(self) -> _Result:
        return _Result(self.spider)


class Monitors(Spidermon):  # type: ignore[misc]
    """Spidermon's extension, with our way to say what is wrong."""

    def _run_suites(self, spider: Spider, suites: Sequence[MonitorSuite]) -> None:
        facts = self._generate_data_for_spider(spider)
        for suite in suites:
            _Runner(spider).run(suite, **facts)
