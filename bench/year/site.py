"""What the simulated outlets answer: an instant and a request in, an answer out."""

from __future__ import annotations

import hashlib
import json
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from email.utils import format_datetime
from html import escape

from bench.year.houses import DAY, House, Piece
from bench.year.templates import Printed, Template

_HTML = "text/html; charset=utf-8"
_KINDS = {"rss": "application/rss+xml", "atom": "application/atom+xml", "json": "application/feed+json", "sitemap": "application/xml"}  # fmt: skip
PATHS = {"rss": "/feed", "atom": "/atom.xml", "json": "/feed.json", "sitemap": "/news-sitemap.xml"}
_GATE = b"<html><head><title>Just a moment...</title></head><body><h1>Checking if the site connection is secure</h1><p>Enable JavaScript and cookies to continue</p></body></html>"  # fmt: skip
_NOT_FOUND = "<html><head><title>Page not found - {name}</title></head><body><h1>Page not found</h1><p>The page that you are looking for does not exist.</p></body></html>"


@dataclass(frozen=True, slots=True)
class Answer:
    """A status, none of which is no answer at all; a body with its kind; more headers."""

    status: int | None
    body: bytes = b""
    kind: str = _HTML
    headers: Mapping[str, str] = field(default_factory=dict)
    changed_at: datetime | None = None


class Sites:
    """All outlets, by the hosts that they have or will have."""

    def __init__(
        self, houses: Sequence[House], texts: Mapping[str, Sequence[str]], templates: Sequence[Template]
    ) -> None:
        self.texts, self.templates = texts, templates
        self.houses = {host: house for house in houses for host in (house.host, house.move and house.move.host) if host}
        self.pieces = {house.id: {piece.path: piece for piece in house.pieces} for house in houses}
        self._noise = random.Random(7)

    def answer(self, now: datetime, host: str, path: str, asked: Mapping[str, str]) -> Answer:
        """What this host answers to a request for this path, with these headers (in small letters)."""
        house = self.houses.get(host)
        if house is None:
            return Answer(502)
        if house.host_at(now) != host:
            if house.move and house.move.redirects and house.move.host != host:
                return Answer(301, headers={"Location": f"http://{house.move.host}{path}"})
            return Answer(None)
        found = self._troubled(house, now, path) or self._found(house, now, path)
        return _dated(house, now, _conditional(house, found, asked))

    def _troubled(self, house: House, now: datetime, path: str) -> Answer | None:
        trouble, is_page = house.trouble(now), path in self.pieces[house.id]
        match trouble:
            case "down":
                return Answer(503)
            case "dead":
                return Answer(None)
            case "refused":
                return Answer(403, b"<html><body>Forbidden</body></html>")
            case "hurried" if is_page:
                return Answer(429, headers={"Retry-After": "1800"})
            case "pages" if is_page:
                return Answer(503)
            case "gate" if is_page:
                return Answer(200, _GATE)
            case "html" if path == PATHS[house.feed]:
                return replace(self._front(house, now), changed_at=None)
            case _:
                return None

    def _found(self, house: House, now: datetime, path: str) -> Answer:
        if path == PATHS[house.feed]:
            listed = [] if house.trouble(now) == "empty" else house.listed(now)
            latest = max((piece.at for piece in listed), default=now)
            return Answer(200, _announced(house, now, listed), _KINDS[house.feed], changed_at=latest)
        if path == "/":
            return self._front(house, now)
        if path == "/robots.txt":
            sitemap = f"Sitemap: http://{house.host_at(now)}{PATHS['sitemap']}\n" if house.feed == "sitemap" else ""
            return Answer(200, f"User-agent: *\nDisallow: /admin\n{sitemap}".encode(), "text/plain")
        piece = self.pieces[house.id].get(path)
        if piece is None or piece.at > now:
            return Answer(404, _NOT_FOUND.format(name=house.id).encode())
        if piece.is_deleted(now):
            return _taken_down(house, piece)
        return self._page(house, now, piece)

    def _page(self, house: House, now: datetime, piece: Piece) -> Answer:
        template = self.templates[house.template(now)]
        body = template.page(printed(house, piece, now, self.texts[house.language]))
        if house.validators == "none":
            body += f"<!-- served by {self._noise.random():.12f} -->".encode()
        changed = max(at for at in [piece.at, *(at for at, _ in (*piece.texts, *house.looks))] if at <= now)
        return Answer(200, body, changed_at=changed)

    def _front(self, house: House, now: datetime) -> Answer:
        links = "".join(f'<li><a href="{one.path}">{escape(one.title)}</a></li>' for one in house.listed(now))
        feed = (
            f'<link rel="alternate" type="{_KINDS[house.feed]}" href="http://{house.host_at(now)}{PATHS[house.feed]}">'
        )
        page = f"<html lang='{house.language}'><head><title>{house.id}</title>{feed}</head><body><h1>{house.id}</h1><ul>{links}</ul></body></html>"
        return Answer(200, page.encode())


def printed(house: House, piece: Piece, now: datetime, pool: Sequence[str]) -> Printed:
    """What a piece's page shows now."""
    trouble = house.trouble(now)
    paragraphs = tuple(pool[one] for one in piece.text(now))
    if any(one.kind == "words" and one.is_on(piece.at) for one in house.troubles):
        paragraphs = (paragraphs[0], "Subscribe to continue reading.")
    date = piece.at + DAY if house.clock == "pages tomorrow" else piece.at
    return Printed(
        piece.title,
        paragraphs,
        None if trouble == "authors" else piece.author,
        None if trouble == "dates" else date,
    )


def _taken_down(house: House, piece: Piece) -> Answer:
    match piece.deletion:
        case "404" | "410":
            return Answer(int(piece.deletion), b"<html><body>Not found</body></html>")
        case "home":
            return Answer(302, headers={"Location": f"http://{house.host}/"})
        case _:
            return Answer(200, _NOT_FOUND.format(name=house.id).encode())


def _conditional(house: House, found: Answer, asked: Mapping[str, str]) -> Answer:
    """A 200 with its validators, or a 304."""
    if found.status != 200 or (house.validators == "none" and found.kind == _HTML) or not found.changed_at:
        return found
    etag = f'"{hashlib.sha256(found.body).hexdigest()[:12]}"'
    ahead = 400 * DAY if house.clock == "Modified ahead" else timedelta()
    modified = format_datetime(found.changed_at.replace(microsecond=0) + ahead, usegmt=True)
    is_page = found.kind == _HTML
    if house.validators == "modified":
        same, headers = asked.get("if-modified-since") == modified, {"Last-Modified": modified}
    elif house.validators == "stale" and is_page:
        same, headers = "if-none-match" in asked, {"ETag": etag}
    else:
        same, headers = asked.get("if-none-match") == etag, {"ETag": etag}
    return replace(found, status=304, body=b"", headers=headers) if same else replace(found, headers=headers)


def _dated(house: House, now: datetime, found: Answer) -> Answer:
    at = now - 365 * DAY if house.clock == "Date a year back" else now
    return replace(found, headers={"Date": format_datetime(at, usegmt=True), **found.headers})


def _announced(house: House, now: datetime, listed: Sequence[Piece]) -> bytes:
    def address(piece: Piece) -> str:
        return f"http://{house.host_at(now)}{piece.path}"

    def date(piece: Piece) -> datetime:
        match house.clock:
            case "feed a year ahead":
                return piece.at + 365 * DAY
            case "feed in 1970":
                return datetime.fromtimestamp(piece.number, piece.at.tzinfo)
            case "feed half a day off":
                return piece.at - timedelta(hours=12)
            case _:
                return piece.at

    match house.feed:
        case "rss":
            items = "".join(
                f"<item><title>{escape(one.title)}</title><link>{address(one)}</link><guid isPermaLink='false'>{one.number}</guid>"
                f"<pubDate>{format_datetime(date(one), usegmt=True)}</pubDate></item>"
                for one in listed
            )
            return f"<?xml version='1.0' encoding='utf-8'?><rss version='2.0'><channel><title>{house.id}</title><link>http://{house.host_at(now)}/</link><description/>{items}</channel></rss>".encode()
        case "atom":
            items = "".join(
                f"<entry><title>{escape(one.title)}</title><link href='{address(one)}'/><id>tag:{house.host},2025:{one.number}</id>"
                f"<updated>{date(one):%Y-%m-%dT%H:%M:%SZ}</updated></entry>"
                for one in listed
            )
            return f"<feed xmlns='http://www.w3.org/2005/Atom'><title>{house.id}</title><id>tag:{house.host}</id>{items}</feed>".encode()
        case "json":
            entries = [
                {
                    "id": str(one.number),
                    "url": address(one),
                    "title": one.title,
                    "date_published": date(one).isoformat(),
                }
                for one in listed
            ]
            feed = {"version": "https://jsonfeed.org/version/1.1", "title": house.id, "items": entries}
            return json.dumps(feed).encode()
        case _:
            urls = "".join(
                f"<url><loc>{address(one)}</loc><lastmod>{date(one):%Y-%m-%dT%H:%M:%SZ}</lastmod></url>"
                for one in listed
            )
            return f"<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'>{urls}</urlset>".encode()
