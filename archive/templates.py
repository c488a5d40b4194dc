"""What is known of an outlet's template: the lines that recur on its pages, and how much speaks for each."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from pydantic import Field

from archive.article import Record


class TemplateLine(Record):
    """A line of an outlet's template, and how much speaks for it."""

    text: str = Field(description="As an article has it; its numbers stand for any number")
    place: Literal["edge", "anywhere"] = Field(description="Where it is dropped: at an article's edges, or anywhere")
    support: int = Field(description="In how many different articles it was seen")
    of: int = Field(description="Of how many that were captured between its first and its last sight")

    @property
    def share(self) -> float:
        """The part of the articles that has the line."""
        return self.support / self.of


class Template(Record):
    """What is known of an outlet's template."""

    outlet: str
    version: int = Field(ge=1, description="Counts the changes of its lines")
    learned_at: datetime = Field(description="When this version was learned, UTC")
    articles: int = Field(description="Different articles that it was learned from last")
    lines: tuple[TemplateLine, ...]
