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
from pipelines.url_dates import date_in_url

MOST_LINKS = 50_000
"""URLs in one sitemap, by its standard; also the limit of its 50 MB."""
_MOST_BYTES = 50 * 1024 * 1024
_NEVER = datetime.min.replace(tzinfo=UTC)
RECENT = 2_000
"""Of a long sitemap the newest are taken: the archive of an outlet is not today's news."""
_OF_LISTS = re.compile(
    r"(?:^|[/_-])(?:category|categories|post_tag|tags?|authors?|users|images?)-?sitemap|sitemap-(?:taxonomies|users)-"
)
"""Sitemaps of WordPress's own, Yoast's and RankMath's makes that list lists: category-sitemap.xml, wp-sitemap-users-1.xml."""
_OF_MEDIA = re.compile(r"sitemap-(?:image|video)/")
"""Namespaces of Google's for pictures and films on a page, which have titles and addresses of their own."""
_DATE = re.compile(
    r"(?<!\d)(199\d|20\d\d)(?:(?:[^\d/]{0,4}|/)(0?[1-9]|1[0-2])(?:(?:[^\d/]{0,4}|/)(0?[1-9]|[12]\d|3[01]))?)?(?!\d)"
)
"""In a sitemap's address: sitemap-2024.xml, 2024/05.xml, sitemap.xml?yyyy=2024&mm=05&dd=17."""


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
    recent = _recent(pages, most)
    sitemaps.sort(key=lambda entry: ("news" in entry.address.lower(), _newest_of_index(entry)), reverse=True)
    links = (Link(entry.address, entry.title, entry.published or entry.changed) for entry in recent)
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


def worth_naming(more: Sequence[More], most: int) -> tuple[More, ...]:
    """Of the sitemaps that an index names, in their order, as many as are kept in mind: those that are likeliest to have what is new.

    Of those without any date nobody knows which these are: some sites put the newest first, WordPress itself puts it last.
    """
    if len(more) <= most:
        return tuple(more)
    says_a_date = [bool(one.changed_at or _DATE.search(one.url)) for one in more]
    undated = [one for one, says in zip(more, says_a_date, strict=True) if not says]
    dated = [one for one, says in zip(more, says_a_date, strict=True) if says]
    dated = dated[: most - min(len(undated), most // 2)]
    left = most - len(dated)
    return (*dated, *undated[: left - left // 2], *undated[len(undated) - left // 2 :])


def _recent(pages: list[_Entry], most: int) -> list[_Entry]:
    """The newest of a list, from new to old; of those that say no date half from the list's beginning, half from its end."""
    when = [_newest(entry) for entry in pages]
    order = sorted(range(len(pages)), key=when.__getitem__, reverse=True)
    dated = sum(at != _NEVER for at in when)
    if len(pages) > most > dated:
        left = most - dated
        order = [*order[: most - left // 2], *order[len(order) - left // 2 :]]
    return [pages[place] for place in order[:most]]


def _newest(entry: _Entry) -> datetime:
    if stated := entry.published or entry.changed:
        return stated
    named = date_in_url(entry.address)
    return named.at if named else _NEVER


def _newest_of_index(entry: _Entry) -> datetime:
    if entry.changed:
        return entry.changed
    found = _DATE.search(entry.address)
    try:
        return datetime(int(found[1]), int(found[2] or 12), int(found[3] or 1), tzinfo=UTC) if found else _NEVER
    except ValueError:  # the 31st of June
        return _NEVER


def _entries(content: bytes) -> Iterator[tuple[str, _Entry]]:
    """Each url or sitemap element; no entity is resolved, nothing is fetched, and no tree is kept."""
    entry = _Entry()
    events = etree.iterparse(
        io.BytesIO(content), events=("end",), resolve_entities=False, no_network=True, huge_tree=False, recover=False
    )
    for _, element in events:
        if not isinstance(element.tag, str):
            continue
        qualified, text = etree.QName(element), (element.text or "").strip()
        name = qualified.localname
        if _OF_MEDIA.search(qualified.namespace or ""):
            continue
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
