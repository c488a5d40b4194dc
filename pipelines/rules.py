"""What an outlet's file says of its pages: selectors for where the general methods fail, and from when they hold.

Sites change, and old captures are read with the rules of their time: the rules that hold for a page are those of the
latest day that is not after its capture (the idea is Fundus's).
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date as Day  # noqa: N812 - a field is called date
from datetime import datetime
from functools import cache
from typing import Annotated

from lxml import etree, html
from lxml.cssselect import CSSSelector, SelectorError
from pydantic import AfterValidator, ConfigDict, Field, model_validator

from archive.article import Record


@cache
def compiled(selector: str) -> CSSSelector:
    """A CSS selector, ready to be asked. Raises ValueError with the place where it cannot be read."""
    try:
        return CSSSelector(selector, translator="html")
    except (SelectorError, etree.XPathSyntaxError) as reason:
        raise ValueError(f"{selector!r} is no CSS selector: {reason}") from reason


def _selector(selector: str) -> str:
    compiled(selector)
    return selector


Selector = Annotated[str, AfterValidator(_selector)]


class PageRules(Record):
    """How to read an outlet's pages from one day on. What is left out is left to the general methods."""

    model_config = ConfigDict(frozen=True, extra="forbid", serialize_by_alias=True)

    since: Day = Field(alias="from", description="The first day of captures that these rules hold for")
    keep: tuple[Selector, ...] = Field((), description="Where the text stands; nothing outside is the body's")
    remove: tuple[Selector, ...] = Field((), description="What is taken out before the text is sought")
    title: Selector | None = None
    authors: Selector | None = Field(None, description="One element an author, or a byline")
    date: Selector | None = Field(None, description="When it was published")

    @model_validator(mode="after")
    def _says_something(self) -> PageRules:
        if not (self.keep or self.remove or self.title or self.authors or self.date):
            raise ValueError("these rules say nothing; give keep, remove, title, authors or date")
        return self


def rules_at(rules: Iterable[PageRules], fetched_at: datetime | None) -> PageRules | None:
    """The rules that hold for a capture of this instant; the latest for a page without one."""
    held = [one for one in rules if fetched_at is None or one.since <= fetched_at.date()]
    return max(held, key=lambda one: one.since, default=None)


def elements(tree: html.HtmlElement, selector: str) -> list[html.HtmlElement]:
    """The elements of a tree that a selector names, in the tree's order."""
    found = compiled(selector)(tree)
    return [one for one in found if isinstance(one, html.HtmlElement)] if isinstance(found, list) else []
