"""A response's header as text."""

from __future__ import annotations

from scrapy.http import Response


def header(response: Response, name: str) -> str:
    """Its first value without space around it; nothing where there is none. Headers are Latin-1 (RFC 9110, 5.5)."""
    return (response.headers.get(name) or b"").decode("latin-1").strip()


def headers(response: Response, name: str) -> str:
    """All its values as one (RFC 9110, 5.2)."""
    return ", ".join(value.decode("latin-1").strip() for value in response.headers.getlist(name))
