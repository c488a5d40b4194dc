"""Documents from HTML, as a test writes it."""

from __future__ import annotations

from archive.article import Publisher
from pipelines.documents import Document, document_of
from pipelines.page import Page

OUTLET = Publisher(id="example", name="The Example")


def document(
    content: str, url: str = "https://www.example.org/2026/talks", announced_title: str | None = None
) -> Document:
    """A page of an outlet that is called The Example."""
    page = Page(url, content.encode(), OUTLET, "text/html; charset=utf-8", announced_title=announced_title)
    return document_of(page)
