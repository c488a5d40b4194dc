"""An outlet: who publishes, where it announces its articles, and what manners it wants."""

from __future__ import annotations

import re
from typing import Annotated, Literal
from urllib.parse import urlsplit

from pydantic import AfterValidator, Field, model_validator

from archive.article import Publisher, Record
from crawler.countries import COUNTRIES
from crawler.manners import checked_hours
from pipelines.rules import PageRules

Kind = Literal["magazine", "think tank", "agency", "broadcaster", "newspaper", "ministry", "organization", "blog"]
Ownership = Literal["private", "public", "state", "nonprofit", "academic", "intergovernmental"]


def _web_address(url: str) -> str:
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


WebAddress = Annotated[str, AfterValidator(_web_address)]


class Expectations(Record):
    """What a healthy outlet gives: bounds that a run is held against."""

    articles_a_week: int | None = Field(None, ge=0)
    share_with_author: float | None = Field(None, ge=0, le=1)


class Outlet(Record):
    """One file of the catalogue."""

    id: Annotated[str, Field(pattern=r"^[a-z0-9]+(?:-[a-z0-9]+)*$")]
    name: Annotated[str, Field(min_length=1)]
    kind: Kind
    country: Annotated[str, AfterValidator(_country)]
    ownership: Ownership
    languages: Annotated[tuple[Annotated[str, AfterValidator(_language)], ...], Field(min_length=1)]
    homepage: WebAddress
    feeds: tuple[WebAddress, ...] = ()
    sitemaps: tuple[WebAddress, ...] = ()
    delay: float | None = Field(None, ge=0, le=3600, description="Seconds between two requests to one of its hosts")
    hours: Annotated[str, AfterValidator(checked_hours)] | None = Field(
        None, description="When it may be asked: 22-06, in UTC, or 22-06 Europe/London"
    )
    expects: Expectations = Expectations()
    rules: tuple[PageRules, ...] = Field(
        (), description="Selectors for where the general methods fail, each from a day on"
    )

    @model_validator(mode="after")
    def _announces(self) -> Outlet:
        if not self.feeds and not self.sitemaps:
            raise ValueError("no feeds and no sitemaps; name one of either, or nothing can be found")
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
    def hosts(self) -> frozenset[str]:
        """Hosts of its homepage and announcements."""
        return frozenset(urlsplit(url).hostname or "" for url in (self.homepage, *self.feeds, *self.sitemaps))
