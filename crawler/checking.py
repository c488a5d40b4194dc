"""Does each source of each outlet answer, and with what?"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from crawler.contact import require_contact
from crawler.discovery.hubs import no_article
from crawler.discovery.links import Findings
from crawler.outlet import Outlet
from crawler.probing import Answer, Prober, probe
from crawler.running import settings_of

_AT_ONCE = 32
"""Outlets looked at at a time; each host has a queue of its own besides."""


@dataclass(frozen=True, slots=True)
class SourceReport:
    """What a source answered: ``entries`` are the articles or sitemaps that it names, ``hubs`` its WebSub hubs."""

    outlet: str
    kind: str
    url: str
    status: int | None
    entries: int
    newest: datetime | None
    problems: tuple[str, ...]
    hubs: tuple[str, ...]
    ok: bool


def check_sources(outlets: Sequence[Outlet], overrides: Mapping[str, Any]) -> list[SourceReport]:
    """A report of each source, those of back-fills too. Raises SettingError when a contact is wanted, RunLocked, ArchiveError."""
    require_contact(outlets, settings_of(overrides))

    async def work(prober: Prober) -> list[SourceReport]:
        places = asyncio.Semaphore(_AT_ONCE)

        async def of(outlet: Outlet) -> list[SourceReport]:
            async with places:
                return [await _report(prober, outlet.id, kind, url) for kind, url in outlet.all_sources]

        reports = await asyncio.gather(*map(of, outlets))
        return [report for group in reports for report in group]

    found: list[SourceReport] = probe(work, overrides)
    return found


async def _report(prober: Prober, outlet: str, kind: str, url: str) -> SourceReport:
    answer, findings = await prober.look(kind, url, outlet)
    return report_of(outlet, kind, url, answer, findings)


def report_of(outlet: str, kind: str, url: str, answer: Answer, findings: Findings) -> SourceReport:
    """What is to be said of a source. It fails where it names nothing that could be an article, and nothing that could name one."""
    articles = [link for link in findings.links if not no_article(link.url)]
    problems = findings.problems
    if not problems and not articles and not findings.more:
        problems = ("names no article",)
    dates = [*(link.announced_at for link in articles), *(one.changed_at for one in findings.more)]
    return SourceReport(
        outlet=outlet,
        kind=kind,
        url=url,
        status=answer.status,
        entries=len(articles) + len(findings.more),
        newest=max(filter(None, dates), default=None),
        problems=problems,
        hubs=findings.hubs,
        ok=answer.is_there and bool(articles or findings.more),
    )
