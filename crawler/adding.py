"""A new outlet from its address: what its front page states, and the sources that are there when they are asked for."""

from __future__ import annotations

import asyncio
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import yaml

from archive.errors import OutletError
from archive.urls import host_of
from crawler.contact import require_contact_for
from crawler.discovery.homepage import Homepage, read_homepage, usual_feeds, usual_sitemaps
from crawler.discovery.links import Findings
from crawler.outlet import Outlet
from crawler.probing import Prober, probe
from crawler.running import settings_of

_MOST_SITEMAPS = 10
"""Sitemaps of a robots.txt that are looked at: more are an index written out."""
_FIELDS = "id name kind country ownership languages homepage paywall feeds sitemaps robots_sitemaps sections wordpress archive hubs seen_in"


@dataclass(frozen=True, slots=True)
class Discovered:
    """What was found at an address, and where it led. ``hubs`` are the WebSub hubs that its feeds name."""

    homepage: str
    page: Homepage
    feeds: tuple[str, ...]
    sitemaps: tuple[str, ...]
    wordpress: str | None
    hubs: tuple[str, ...] = ()


def discover(url: str, overrides: Mapping[str, Any]) -> Discovered:
    """What is at this address. Raises OutletError where no page can be had, SettingError, RunLocked, ArchiveError."""
    require_contact_for(url, [url], settings_of(overrides))

    async def work(prober: Prober) -> Discovered:
        answer = await prober.ask(url)
        page = await prober.run.workers.call(read_homepage, answer.content, answer.url) if answer.is_there else None
        if page is None:
            why = answer.cause or (f"http {answer.status}" if answer.status != 200 else "not a page")
            raise OutletError(f"{url} cannot be read: {why}; give the address of the outlet's front page")
        (feeds, hubs), sitemaps, wordpress = await asyncio.gather(
            _feeds(prober, page, answer.url), _sitemaps(prober, answer.url), _wordpress(prober, page)
        )
        return Discovered(answer.url, page, feeds, sitemaps, wordpress, hubs)

    found: Discovered = probe(work, overrides)
    return found


async def _feeds(prober: Prober, page: Homepage, url: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Those that the page names, and their hubs; where none of them can be read, those in the usual places. Of two that say the same, the first."""
    for candidates in (page.feeds, usual_feeds(url)):
        good: dict[frozenset[str], str] = {}
        hubs: dict[str, None] = {}
        for feed in candidates:
            answer, findings = await prober.look("feed", feed)
            if findings.links:
                good.setdefault(frozenset(link.url for link in findings.links), answer.url)
                hubs |= dict.fromkeys(findings.hubs)
        if good:
            return tuple(dict.fromkeys(good.values())), tuple(hubs)
    return (), ()


async def _sitemaps(prober: Prober, url: str) -> tuple[str, ...]:
    """Those that robots.txt names; where it names none that can be read, the first in a usual place."""
    _, robots = await prober.look("robots", urljoin(url, "/robots.txt"))
    good = [one.url for one in robots.more[:_MOST_SITEMAPS] if _announces(await _sitemap(prober, one.url))]
    for usual in () if good else usual_sitemaps(url):
        if _announces(await _sitemap(prober, usual)):
            return (usual,)
    return tuple(good)


async def _sitemap(prober: Prober, url: str) -> Findings:
    _, findings = await prober.look("sitemap", url)
    return findings


async def _wordpress(prober: Prober, page: Homepage) -> str | None:
    if page.wordpress is None:
        return None
    _, findings = await prober.look("wordpress", page.wordpress)
    return page.wordpress if findings.links else None


def _announces(findings: Findings) -> bool:
    return bool(findings.links or findings.more)


def outlet_id(name: str, homepage: str) -> str:
    """An id from a name, or from the host where the name has no Latin letters.

    >>> outlet_id("Le Monde diplomatique", "https://x.example"), outlet_id("朝日新聞", "https://www.asahi.com/")
    ('le-monde-diplomatique', 'asahi-com')
    """
    for text in (name, host_of(homepage)):
        plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
        slug = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:60].strip("-")
        if len(slug) > 1:
            return slug
    return "outlet"


def write_outlet(outlet: Outlet, folder: Path) -> Path:
    """Write an outlet's file into this folder. Raises OutletError where a file of its name is, or none can be written."""
    path = folder / f"{outlet.id}.yaml"
    given = outlet.model_dump(mode="json", exclude_defaults=True)
    fields = {name: given[name] for name in _FIELDS.split() if name in given}
    languages = yaml.safe_dump(fields["languages"], default_flow_style=True).strip()
    text = yaml.safe_dump({**fields, "languages": "@"}, sort_keys=False, allow_unicode=True, width=1_000)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with path.open("x", encoding="utf-8") as file:
            file.write(text.replace("languages: '@'\n", f"languages: {languages}\n"))
    except FileExistsError as reason:
        raise OutletError(f"{path} is there already; give another --id, or edit it") from reason
    except OSError as reason:
        raise OutletError(
            f"{path} cannot be written: {reason.strerror}; set DRAGOMAN_OUTLETS to a folder of yours"
        ) from reason
    return path
