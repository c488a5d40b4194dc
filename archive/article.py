"""An article: the schema that the index, the command line and the documentation follow."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

Text = Annotated[str, "text"]
"""Words to be searched one by one, where a plain ``str`` is a value to be matched whole."""

Precision = Literal["day", "minute", "second"]
"""How exactly a page states an instant; ``day`` stands for midnight UTC of that day."""

Role = Literal["original", "republished"]
"""An article's part in its story: the text's first publication, or a copy of it."""


DocumentKind = Literal[
    "op-ed",
    "analysis",
    "live blog",
    "communiqué",
    "readout",
    "transcript",
    "statement",
    "briefing",
    "report",
    "unknown",
]
"""What kind of document an article is. communiqué: a joint statement of several; readout: what a government says of a call or
meeting; transcript: speeches, press conferences and interviews in the speakers' words; statement: press releases, too; op-ed:
editorials, columns and letters, too; briefing: a round-up of several news; report: news and features."""

Access = Literal["full", "metered", "preview"]
"""full: for everybody; metered: the page says that it is for subscribers, yet has the text; preview: it has a part of the text only."""


def _access(told: dict[str, Any]) -> Access:
    """What the two flags say together; articles that were stored before there was such a field get theirs so."""
    return "preview" if told.get("truncated") else "metered" if told.get("paywalled") else "full"


class Record(BaseModel):
    """A frozen value that knows no other fields than its own."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Publisher(Record):
    """Who publishes: the part of an outlet that travels with its articles."""

    id: str = Field(description="The outlet's short name, or the host for outlets not in the catalogue")
    name: str = Field(description="The outlet's name as it writes itself")
    kind: str | None = Field(None, description="magazine, think tank, agency, broadcaster, newspaper, ministry …")
    country: str | None = Field(None, description="Where it is based, ISO 3166-1 alpha-2")
    ownership: str | None = Field(None, description="state, public, party, company, foundation …")


class Credits(Record):
    """Who worked on a republished report, from its credit line."""

    reporting: tuple[Text, ...] = ()
    writing: tuple[Text, ...] = ()
    editing: tuple[Text, ...] = ()
    additional: tuple[Text, ...] = Field((), description="Additional reporting, contributions, translation")


class Image(Record):
    """A picture of the article: the page's own address of it, nothing of the picture itself is kept."""

    url: str = Field(description="Absolute, in the size that the page shows")
    caption: Text | None = Field(None, description="Without the credit")
    credit: Text | None = Field(None, description="Whom the page names as its maker or agency")


class CountryWeight(Record):
    """How much of an article's talk of countries is of this one."""

    country: str = Field(description="ISO 3166-1 alpha-2")
    weight: int = Field(description="Per cent of all mentions of countries; those of title and lead count more")


class CaptureSource(Record):
    """The capture an article was derived from: the way back from a search hit to the WARC record."""

    warc: str = Field(description="File name in the archive's warc folder")
    offset: int = Field(description="Where the response record starts, in compressed bytes")
    digest: str = Field(description="The payload's digest as written in the record")


class Extractor(Record):
    """What derived an article, so that it can be told from what a better extractor will derive."""

    name: str
    version: str
    rules: str = Field(
        description="What was applied: the digest of the phrases, +learned@ the version, +outlet@ the day of its rules"
    )


class Article(Record):
    """What one page said at one time. ``body`` has one paragraph a line."""

    id: str = Field(description="From the normalised URL: the same page has the same id in every home")
    url: str = Field(description="As the outlet announced it")
    canonical_url: str | None = Field(None, description="The page's own canonical link, trusted on its own domain only")
    outlet: Publisher
    title: Text
    summary: Text | None = Field(None, description="The standfirst")
    body: Text = Field(description="The clean text, whole, one paragraph a line")
    kind: DocumentKind = Field(
        "unknown",
        description="op-ed, analysis, live blog, communiqué (joint), readout, transcript, statement, briefing, report",
    )
    language: str | None = Field(None, description="Of the body, ISO 639-1")
    authors: tuple[Text, ...] = Field((), description="People, in the order of the byline")
    agency: Text | None = Field(None, description="The wire service whose report this republishes")
    credits: Credits = Credits()
    dateline: Text | None = Field(None, description="Where the report was filed, as printed")
    images: tuple[Image, ...] = Field((), description="The article's pictures, the lead image first")
    paywalled: bool = Field(False, description="The page says that the article is for subscribers")
    truncated: bool = Field(False, description="The body is a preview: more text is behind the paywall or the link")
    access: Access = Field(
        default_factory=_access,
        description="full; metered: for subscribers, and whole here; preview: the body is truncated",
    )
    disclaimer: bool = Field(False, description="The outlet disclaims the views expressed")
    published_at: datetime | None = Field(None, description="UTC")
    published_source: str | None = Field(
        None, description="Where the page says so: json-ld, meta, visible, url, script"
    )
    published_precision: Precision | None = None
    modified_at: datetime | None = Field(None, description="UTC")
    modified_source: str | None = None
    modified_precision: Precision | None = None
    first_seen_at: datetime | None = Field(None, description="When we first captured this page, UTC")
    fetched_at: datetime | None = Field(None, description="When this version was captured, UTC")
    gone_at: datetime | None = Field(None, description="When the page was first missed, of one that is gone, UTC")
    section: Text | None = None
    tags: tuple[Text, ...] = ()
    countries: tuple[str, ...] = Field((), description="ISO 3166-1 alpha-2 of those spoken of, most spoken of first")
    country_weights: tuple[CountryWeight, ...] = Field((), description="The same with how much each is spoken of")
    dyads: tuple[str, ...] = Field((), description='Pairs of those it is really about, as "CN-JP", codes in order')
    organizations: tuple[str, ...] = Field(
        (), description="Bodies of states spoken of, by short English names: UN, NATO"
    )
    story: str | None = Field(
        None, description="What this article shares with its near-duplicates in other outlets: the id of the earliest"
    )
    role: Role | None = Field(None, description="By the agency it credits; then, in a story, by date")
    version: int = Field(1, ge=1, description="Counts the versions of the clean body that we saw")
    content_hash: str = Field(description="SHA-256 of the clean body alone")
    silently_edited: bool = Field(
        False, description="The text was changed and the page's date of change was not; of an article, in any version"
    )
    capture: CaptureSource | None = None
    extractor: Extractor
    word_count: int
