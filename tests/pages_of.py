"""Documents for tests: real HTML bytes, parsed as any page is."""

from __future__ import annotations

from archive.article import Publisher
from pipelines.documents import Document, document_of
from pipelines.page import Page

TEXT = "The ministers agreed to meet again in the spring and to publish what they had agreed in the capital. "


def document(
    body: str, head: str = "", outlet: str = "The Kootneeti", url: str = "https://example.org/news/a"
) -> Document:
    """A page with this inside its head and body."""
    content = f"<html><head>{head}</head><body>{body}</body></html>".encode()
    return document_of(Page(url, content, Publisher(id="example", name=outlet), "text/html; charset=utf-8"))


def article(*parts: str, head: str = "", outlet: str = "The Kootneeti") -> Document:
    """An article of four paragraphs with these parts between its headline and its second one."""
    paragraphs = [f"<p>{TEXT * 3}{number}</p>" for number in range(4)]
    inner = "".join(["<h1>Ministers agree</h1>", paragraphs[0], *parts, *paragraphs[1:]])
    return document(f"<nav><a href='/'>Home</a></nav><article>{inner}</article>", head, outlet)
