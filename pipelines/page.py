"""A page: all that deriving an article needs, so that it looks nothing up and travels to a worker process."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from archive.article import Publisher
from archive.captures import Capture, CaptureRef
from archive.encodings import decoded
from archive.templates import Template
from pipelines.rules import PageRules


@dataclass(frozen=True, slots=True)
class Page:
    """One captured page on its way to becoming an article.

    ``content`` is the entity with its content-encoding removed, ``content_type`` the header as sent,
    ``fetched_at`` in UTC. ``announced_title`` is what the feed called it, if one did. ``rules`` are all of its
    outlet's, ``template`` what was learned of it. ``landed`` is where a redirect led, if one did.
    """

    url: str
    content: bytes
    publisher: Publisher
    content_type: str | None = None
    fetched_at: datetime | None = None
    capture: CaptureRef | None = None
    announced_title: str | None = None
    rules: tuple[PageRules, ...] = ()
    template: Template | None = None
    landed: str | None = None


def page_of(capture: Capture, ref: CaptureRef | None, publisher: Publisher) -> Page:
    """A capture as a page. Raises ArchiveError for an unknown content-encoding."""
    headers = {name.lower(): value for name, value in capture.headers}
    return Page(
        url=capture.url,
        content=decoded(capture.body, headers.get("content-encoding")),
        publisher=publisher,
        content_type=headers.get("content-type"),
        fetched_at=capture.fetched_at,
        capture=ref,
    )


@dataclass(frozen=True, slots=True)
class Knowledge:
    """What is known of outlets' pages, by the outlet's id: the rules in its file, and what was learned from its articles."""

    rules: Mapping[str, tuple[PageRules, ...]] = field(default_factory=dict)
    templates: Mapping[str, Template] = field(default_factory=dict)

    def told(self, page: Page) -> Page:
        """The page, told what is known of its outlet."""
        outlet = page.publisher.id
        return replace(page, rules=self.rules.get(outlet, ()), template=self.templates.get(outlet))
