"""The sample outlets' pages, feeds and sitemaps, from their articles and templates."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from email.utils import format_datetime
from functools import cache
from html import escape
from pathlib import Path
from string import Template

import yaml

_FOLDER = Path(__file__).parent / "sites"


@dataclass(frozen=True, slots=True)
class Response:
    """What the server answers for one URL."""

    status: int
    content_type: str
    body: bytes


@dataclass(frozen=True, slots=True)
class Story:
    """One sample article."""

    slug: str
    day: date
    author: str
    section: str
    title: str
    summary: str
    body: tuple[str, ...]
    credit: str = ""


@dataclass(frozen=True, slots=True)
class Site:
    """One sample outlet."""

    host: str
    name: str
    language: str
    path: str


SITES = (
    Site("kootneeti.example", "The Kootneeti", "en", "/2026/"),
    Site("relations.example", "Relations & Puissances", "fr", "/articles/"),
    Site("kokusai.example", "国際展望", "ja", "/news/"),
)


@cache
def responses() -> dict[str, Response]:
    """What is answered, by host and path."""
    known: dict[str, Response] = {}
    for site in SITES:
        stories = _stories(site)
        name = site.host.partition(".")[0]
        article = Template((_FOLDER / f"{name}.html").read_text("utf-8"))
        for story in stories:
            others = [other for other in stories if other is not story][:3]
            known[site.host + _path(site, story)] = _html(article.substitute(_filled(site, story, others)))
        known[f"{site.host}/feed/"] = Response(200, "application/rss+xml; charset=utf-8", _feed(site, stories).encode())
        known[f"{site.host}/sitemap.xml"] = Response(200, "application/xml", _sitemap(site, stories).encode())
        known[f"{site.host}/robots.txt"] = Response(
            200, "text/plain", b"User-agent: *\nDisallow: /private/\nCrawl-delay: 0\n"
        )
        known[f"{site.host}/"] = _html(_hub(site, stories))
    return known


def _html(text: str) -> Response:
    return Response(200, "text/html; charset=utf-8", text.encode())


def _path(site: Site, story: Story) -> str:
    return f"{site.path}{story.slug}/"


def _stories(site: Site) -> list[Story]:
    name = site.host.partition(".")[0]
    written = [
        Story(
            entry["slug"],
            entry["date"],
            entry["author"],
            entry["section"],
            entry["title"],
            entry["summary"],
            tuple(entry["body"]),
            f"Avec {entry['agency']}" if "agency" in entry else "",
        )
        for entry in yaml.safe_load((_FOLDER / f"{name}.yaml").read_text("utf-8"))
    ]
    if name != "relations":
        written.append(_wire_story(name))
    return sorted(written, key=lambda story: story.day, reverse=True)


def _wire_story(name: str) -> Story:
    """The Reuters report that both the English and the Japanese outlet run."""
    title, *body, credits_ = (_FOLDER / "wire.txt").read_text("utf-8").strip().split("\n\n")
    if name == "kokusai":
        body[0] = f"TOKYO/WASHINGTON, Jan 7 (Reuters) – {body[0]}"
    return Story("japan-us-alliance", date(2022, 1, 8), "", "Asia", title, "", tuple(body), credits_)


def _filled(site: Site, story: Story, others: list[Story]) -> dict[str, str]:
    paragraphs = [f"<p>{escape(paragraph)}</p>" for paragraph in story.body]
    middle = len(paragraphs) // 2 + 1
    return {
        "title": escape(story.title),
        "site": escape(site.name),
        "url": f"http://{site.host}{_path(site, story)}",
        "day": story.day.isoformat(),
        "author": escape(story.author),
        "section": escape(story.section),
        "summary": escape(story.summary),
        "first": "\n".join(paragraphs[:middle]),
        "rest": "\n".join(paragraphs[middle:]),
        "credit": escape(story.credit),
        "related": "\n".join(f'<li><a href="{_path(site, other)}">{escape(other.title)}</a></li>' for other in others),
    }


def _feed(site: Site, stories: list[Story]) -> str:
    items = "".join(
        f"<item><title>{escape(story.title)}</title><link>http://{site.host}{_path(site, story)}?utm_source=rss</link>"
        f"<pubDate>{format_datetime(datetime(story.day.year, story.day.month, story.day.day, 6, tzinfo=UTC))}</pubDate></item>"
        for story in stories
    )
    private = (
        f"<item><title>Draft</title><link>http://{site.host}/private/draft/</link></item>"
        if site.language == "en"
        else ""
    )
    return f'<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel><title>{escape(site.name)}</title>{items}{private}</channel></rss>'


def _sitemap(site: Site, stories: list[Story]) -> str:
    urls = [(f"http://{site.host}/", "2026-10-21")]
    urls += [(f"http://{site.host}{_path(site, story)}", story.day.isoformat()) for story in stories]
    entries = "".join(f"<url><loc>{escape(url)}</loc><lastmod>{day}</lastmod></url>" for url, day in urls)
    return f'<?xml version="1.0" encoding="UTF-8"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{entries}</urlset>'


def _hub(site: Site, stories: list[Story]) -> str:
    teasers = "".join(
        f'<div class="teaser"><h2><a href="{_path(site, story)}">{escape(story.title)}</a></h2><p>{escape(story.summary)}</p></div>'
        for story in stories
    )
    return f'<!doctype html><html lang="{site.language}"><head><meta charset="utf-8"><title>{escape(site.name)}</title></head><body><h1>{escape(site.name)}</h1>{teasers}</body></html>'
