"""What one run did at one outlet: the schema of the index of runs, which Kibana's "Crawl health" shows."""

from __future__ import annotations

from datetime import datetime

from pydantic import Field

from archive.article import Publisher, Record


class Answers(Record):
    """Exchanges of a run by the class of their HTTP status."""

    success: int = Field(0, description="2xx")
    redirect: int = Field(0, description="3xx")
    client_error: int = Field(0, description="4xx: not found, forbidden, too many requests")
    server_error: int = Field(0, description="5xx")
    none: int = Field(0, description="Nothing came back: timeout, no such host, connection lost")


class CodeCount(Record):
    """How often one HTTP status came."""

    code: str
    count: int


class CauseCount(Record):
    """How often one cause made a link or an announcement fail."""

    cause: str
    count: int


class Outcomes(Record):
    """What became of the links that were found; they add up to ``found``."""

    new: int = 0
    updated: int = 0
    unchanged: int = 0
    seen: int = 0
    duplicate: int = 0
    not_an_article: int = 0
    blocked: int = 0
    refused: int = 0
    missing: int = 0
    gone: int = 0
    failed: int = 0
    failed_temporarily: int = 0
    waiting: int = 0


class OutletRun(Record):
    """What one run did at one outlet. ``outlet`` is None for what belongs to none, as all of an import does."""

    run: int = Field(description="The run's number in its home")
    home: str = Field(description="Machine and folder of the archive")
    command: str = Field(description="crawl, backfill, fetch, outlets or import")
    started_at: datetime = Field(description="When the run began, UTC")
    finished_at: datetime | None = Field(None, description="When it ended, UTC; empty if it was killed or goes on")
    seconds: int | None = Field(None, description="How long the whole run took")
    fetching_seconds: int = Field(0, description="From the outlet's first exchange to its last")
    outlet: Publisher | None = None
    found: int = Field(0, description="Links found in feeds, sitemaps and the like")
    new: int = Field(0, description="Articles that were new")
    changed: int = Field(0, description="Articles with a new version")
    failed: int = Field(0, description="Links that failed, for good or for now")
    extraction_failures: int = Field(0, description="Pages that came and could not be read")
    outcomes: Outcomes = Outcomes()
    failed_by_cause: tuple[CauseCount, ...] = Field((), description="Failures of links and announcements by cause")
    causes: tuple[str, ...] = Field((), description="The causes alone, to count runs by")
    exchanges: int = Field(0, description="HTTP exchanges, robots.txt, feeds and repetitions included")
    answers: Answers = Answers()
    http_codes: tuple[CodeCount, ...] = Field((), description="Exchanges by HTTP status")
    codes: tuple[str, ...] = Field((), description="The statuses alone, to count runs by")
    bytes: int = Field(0, description="Of the records in the archive, compressed")

    @property
    def id(self) -> str:
        """The same for the same run and outlet, so that it can be written again."""
        return f"{self.started_at:%Y%m%dT%H%M%S%f}-{self.run}-{self.outlet.id if self.outlet else ''}"
