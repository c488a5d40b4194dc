"""A report that is a file of its own and no page: what was read of it, and how the readers of pages are shown it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from html import escape

PDF = b"%PDF-"
"""How a PDF begins (ISO 32000-1, 7.5.2)."""


@dataclass(frozen=True, slots=True)
class Report:
    """A PDF's text. ``created`` is the file's own date in ISO 8601; ``is_whole`` is False where pages were left unread."""

    title: str | None
    author: str | None
    created: str | None
    paragraphs: tuple[str, ...]
    is_whole: bool


def markup_of(report: Report) -> str:
    """The report as a page, which all that reads pages can read."""
    stated = {"@context": "https://schema.org", "@type": "Report", "headline": report.title}
    author = f'<meta name="author" content="{escape(report.author)}">' if report.author else ""
    created = f'<meta name="date" content="{escape(report.created)}">' if report.created else ""
    return (
        f"<html><head><title>{escape(report.title or '')}</title>{author}{created}"
        f'<script type="application/ld+json">{json.dumps(stated).replace("<", chr(92) + "u003c")}</script></head>'
        f"<body><article><h1>{escape(report.title or '')}</h1>"
        + "".join(f"<p>{escape(paragraph)}</p>" for paragraph in report.paragraphs)
        + "</article></body></html>"
    )
