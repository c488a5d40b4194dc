"""An outlet: who publishes, where it announces its articles, and what manners it wants."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Annotated, Literal
from urllib.parse import urljoin, urlsplit

from pydantic import AfterValidator, BeforeValidator, Field, model_validator

from archive.article import Publisher, Record
from archive.urls import host_of
from crawler.countries import COUNTRIES
from crawler.discovery.archives import paged_address
from crawler.manners import checked_hours
from pipelines.rules import PageRules
from pipelines.sites import registrable

Kind = Literal["magazine", "think tank", "agency", "broadcaster", "newspaper", "ministry", "organization", "blog"]
Ownership = Literal["state", "public", "party", "company", "foundation", "academic", "intergovernmental"]
Paywall = Literal["none", "metered", "hard", "unknown"]
_FORMER = {"private": "company", "nonprofit": "foundation"}
"""Words for ownership that files written before may have, and today's."""
_PUBLIC_FILE = re.compile(r"[A-Za-z0-9-]{1,39}/[\w.-]{1,100} \S.{0,300}")
"""``owner/name path``: GitHub's own rules for names, https://docs.github.com/rest/repos."""


def web_address(url: str) -> str:
    """The address, if it is one that can be asked. Raises ValueError with the mend."""
    try:
        parts = urlsplit(url)
        good = parts.scheme in ("http", "https") and parts.hostname and not re.search(r"\s", url) and (parts.port or 1)
    except ValueError:
        good = False
    if not good:
        raise ValueError(f"{url!r} is no web address; write https://…")
    return url


def _country(code: str) -> str:
    if code not in COUNTRIES:
        raise ValueError(f"{code!r} is no ISO 3166-1 code of a country; write two capitals, such as GB")
    return code


def _language(code: str) -> str:
    if not re.fullmatch(r"[a-z]{2,3}", code):
        raise ValueError(f"{code!r} is no ISO 639 code of a language; write two small letters, such as en")
    return code


def _ownership(word: object) -> object:
    return _FORMER.get(word, word) if isinstance(word, str) else word


def _public_place(place: str) -> str:
    if place.startswith(("http://", "https://")):
        return web_address(place)
    if not _PUBLIC_FILE.fullmatch(place):
        raise ValueError(
            f"{place!r} is no public place; write https://…, or a repository and its file: owner/name path"
        )
    return place


WebAddress = Annotated[str, AfterValidator(web_address)]
PagedAddress = Annotated[str, AfterValidator(web_address), AfterValidator(paged_address)]
PublicPlace = Annotated[str, AfterValidator(_public_place)]


class SeenIn(Record):
    """Where an entry's facts were seen, so that anyone can look again: web addresses, files of public repositories."""

    sources: tuple[PublicPlace, ...] = Field((), description="Its feeds and sitemaps")
    publisher: tuple[PublicPlace, ...] = Field((), description="Name, kind, country, ownership, languages, homepage")
    paywall: tuple[PublicPlace, ...] = ()


class Expectations(Record):
    """What a healthy outlet gives. A minimum that fails is a failure, a maximum warns."""

    articles_a_week: int | None = Field(None, ge=0, description="At least")
    share_with_author: float | None = Field(None, ge=0, le=1, description="At least")
    share_with_date: float | None = Field(None, ge=0, le=1, description="At least")
    words: int | None = Field(None, ge=0, description="The median of its articles has at least")
    requests_per_article: float | None = Field(None, gt=0, description="Requests in a week for a new article, at most")


class Outlet(Record):
    """One file of the catalogue."""

    id: Annotated[str, Field(pattern=r"^[a-z0-9]+(?:-[a-z0-9]+)*$")]
    name: Annotated[str, Field(min_length=1)]
    kind: Kind
    country: Annotated[str, AfterValidator(_country)]
    ownership: Annotated[Ownership, BeforeValidator(_ownership)]
    languages: Annotated[tuple[Annotated[str, AfterValidator(_language)], ...], Field(min_length=1)]
    homepage: WebAddress
    paywall: Paywall = "unknown"
    feeds: tuple[WebAddress, ...] = ()
    sitemaps: tuple[WebAddress, ...] = ()
    robots_sitemaps: bool = Field(
        False, description="Whether the sitemaps that its homepage's robots.txt names are read"
    )
    sections: tuple[WebAddress, ...] = Field((), description="Pages whose links that look like articles are taken")
    wordpress: WebAddress | None = Field(None, description="The root of its WordPress's API: https://…/wp-json")
    archive: PagedAddress | None = Field(
        None, description="Its archive's pages: https://…/page/{page}, …?start={offset:20}, …/{year}/{month}/"
    )
    hubs: tuple[WebAddress, ...] = Field(
        (), description="WebSub hubs that its feeds name; noted, nobody subscribes to them"
    )
    delay: float | None = Field(None, ge=0, le=3600, description="Seconds between two requests to one of its hosts")
    javascript: bool = Field(False, description="Whether its pages are empty until a browser has run their scripts")
    hours: Annotated[str, AfterValidator(checked_hours)] | None = Field(
        None, description="When it may be asked: 22-06, in UTC, or 22-06 Europe/London"
    )
    expects: Expectations = Expectations()
    seen_in: SeenIn = SeenIn()
    rules: tuple[PageRules, ...] = Field(
        (), description="Selectors for where the general methods fail, each from a day on"
    )

    @model_validator(mode="after")
    def _announces(self) -> Outlet:
        if not self.sources:
            raise ValueError(
                "no feeds and no sitemaps, sections, wordpress or archive; name one, or nothing can be found"
            )
        return self

    @model_validator(mode="after")
    def _rules_follow_each_other(self) -> Outlet:
        if len({one.since for one in self.rules}) < len(self.rules):
            raise ValueError("two rules from one day; make them one, or give each its own")
        return self

    @property
    def publisher(self) -> Publisher:
        """The part that travels with its articles."""
        return Publisher(id=self.id, name=self.name, kind=self.kind, country=self.country, ownership=self.ownership)

    @property
    def sources(self) -> tuple[tuple[str, str], ...]:
        """Where a crawl looks for what is new, each by its kind.

        WordPress's API and an archive's pages are for what is old; their first pages serve where there is nothing else.
        """
        named = [
            *(("feed", url) for url in self.feeds),
            *(("sitemap", url) for url in self.sitemaps),
            *([("robots", self.robots)] if self.robots_sitemaps else []),
            *(("section", url) for url in self.sections),
        ]
        return tuple(named or self._paginated)

    @property
    def all_sources(self) -> tuple[tuple[str, str], ...]:
        """All that its file names."""
        return tuple(dict.fromkeys((*self.sources, *self._paginated)))

    @property
    def history(self) -> tuple[tuple[str, str], ...]:
        """Where a back-fill looks for what is old, each by its kind: page by page, then all sitemaps that anything names, then what goes on."""
        return (
            *self._paginated,
            *(("sitemap", url) for url in self.sitemaps),
            ("robots", self.robots),
            *(("feed", url) for url in self.feeds),
            *(("section", url) for url in self.sections),
        )

    @property
    def robots(self) -> str:
        """Its homepage's robots.txt."""
        return urljoin(self.homepage, "/robots.txt")

    @property
    def _paginated(self) -> tuple[tuple[str, str], ...]:
        wordpress, archive = self.wordpress, self.archive
        return (*([("wordpress", wordpress)] if wordpress else []), *([("archive", archive)] if archive else []))

    @property
    def hosts(self) -> frozenset[str]:
        """Hosts of its homepage and announcements."""
        return frozenset(urlsplit(url).hostname or "" for url in (self.homepage, *(url for _, url in self.all_sources)))

    @property
    def sites(self) -> Iterator[tuple[str, str]]:
        """Where its pages are: host and folder of its homepage, and hosts of announcements on the homepage's domain.

        A feed elsewhere, at feeds.feedburner.com, says nothing of who publishes there.
        """
        home = host_of(self.homepage)
        yield home, urlsplit(self.homepage).path.rstrip("/")
        for host in {host_of(url) for _, url in self.all_sources} - {home}:
            if registrable(host) == registrable(home):
                yield host, ""
