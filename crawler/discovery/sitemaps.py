"""What a sitemap announces: an index, a list of pages, a news sitemap, or plain text; gzipped or not (sitemaps.org, 0.9)."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from lxml import etree

from archive.encodings import decoded
from crawler.discovery.links import Findings, Link, More, is_html, possible, sifted

MOST_LINKS = 50_000
"""URLs in one sitemap, by its standard; also the limit of its 50 MB."""
_MOST_BYTES = 50 * 1024 * 1024
RECENT = 2_000
"""Of a long sitemap the newest are taken: the archive of an outlet is not today's news."""
_OF_LISTS = re.compile(
    r"(?:^|[/_-])(?:category|categories|post_tag|tags?|authors?|users|images?)-?sitemap|sitemap-(?:taxonomies|users)-"
)
"""Sitemaps of WordPress's own, Yoast's and RankMath's makes that list lists: category-sitemap.xml, wp-sitemap-users-1.xml."""


@dataclass(slots=True)
class _Entry:
    address: str = ""
    title: str | None = None
    changed: datetime | None = None
    published: datetime | None = None


def read_sitemap(content: bytes, url: str, most: int = RECENT) -> Findings:
    """The ``most`` newest links of a sitemap fetched from ``url``; of an index news sitemaps come first, then the newest.

    Never raises: what is wrong is among the problems.
    """
    problems = []
    if content[:2] == b"\x1f\x8b":
        plain = decoded(content, "gzip", _MOST_BYTES)
        if not plain:
            return Findings(problems=("the gzipped sitemap cannot be read",))
        content = plain
    if not content.strip():
        return Findings(problems=("the sitemap is empty",))
    if is_html(content):
        return Findings(problems=("HTML, not a sitemap",))
    start = content[:200].lstrip(b"\xef\xbb\xbf \t\r\n")
    if not start.startswith(b"<"):
        return _plain_text(content, url)
    pages: list[_Entry] = []
    sitemaps: list[_Entry] = []
    try:
        for kind, entry in _entries(content[:_MOST_BYTES]):
            (sitemaps if kind == "sitemap" else pages).append(entry)
            if len(pages) > MOST_LINKS or len(sitemaps) > MOST_LINKS:
                problems.append(f"has more than {MOST_LINKS} entries; the rest is left out")
                break
    except etree.XMLSyntaxError as reason:
        problems.append(
            f"broken XML: {reason.msg}"[:200] if pages or sitemaps else f"not a sitemap: {reason.msg}"[:200]
        )
    if not pages and not sitemaps and not problems:
        problems.append("the sitemap lists nothing")
    pages.sort(key=_newest, reverse=True)
    sitemaps.sort(key=lambda entry: ("news" in entry.address.lower(), _newest(entry)), reverse=True)
    links = (Link(entry.address, entry.title, entry.published or entry.changed) for entry in pages[:most])
    more = [
        More(entry.address, entry.changed)
        for entry in sitemaps
        if entry.address != url and not _OF_LISTS.search(entry.address)
    ]
    return sifted(links, url, MOST_LINKS, more, problems)


def changed_since_read(more: Sequence[More], read_at: Mapping[str, datetime]) -> tuple[More, ...]:
    """Of the sitemaps that an index names, those to read again: all but those that did not change since they were read.

    A day lies between, because many give the day of a change and not its hour.
    """
    return tuple(
        one
        for one in more
        if one.changed_at is None or one.url not in read_at or one.changed_at + timedelta(days=1) >= read_at[one.url]
    )


def _newest(entry: _Entry) -> datetime:
    return entry.published or entry.changed or datetime.min.replace(tzinfo=UTC)


def _entries(content: bytes) -> Iterator[tuple[str, _Entry]]:
    """Each url or sitemap element; no entity is resolved, nothing is fetched, and no tree is kept."""
    entry = _Entry()
    events = etree.iterparse(
        io.BytesIO(content), events=("end",), resolve_entities=False, no_network=True, huge_tree=False, recover=False
    )
    for _, element in events:
        if not isinstance(element.tag, str):
            continue
        name, text = etree.QName(element).localname, (element.text or "").strip()
        match name:
            case "loc" if not entry.address:
                entry.address = text
            case "lastmod":
                entry.changed = _instant(text)
            case "publication_date":
                entry.published = _instant(text)
            case "title":
                entry.title = text[:500] or None
            case "url" | "sitemap":
                if entry.address:
                    yield name, entry
                entry = _Entry()
                element.clear()
            case _:
                pass


def _instant(text: str) -> datetime | None:
    try:
        return possible(datetime.fromisoformat(text))
    except ValueError:
        return None


def _plain_text(content: bytes, url: str) -> Findings:
    lines = [line.strip() for line in content[:_MOST_BYTES].decode("utf-8", "replace").splitlines()]
    addresses = [Link(line) for line in lines if line.startswith(("http://", "https://", "file:", "ftp:"))]
    problems = [] if addresses else ["not a sitemap: no line is a URL"]
    return sifted(addresses, url, MOST_LINKS, problems=problems)
