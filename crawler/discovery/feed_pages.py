"""Where does a feed go on with what is older? By what it says, or by what its publishing system is known to do. Pure.

A feed says it with links: ``prev-archive`` of an archived feed, ``next`` of a paged one (RFC 5005, 3 and 4). WordPress says nothing, and
gives the page that ``paged`` asks for (WP_Query, "Pagination Parameters").
"""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

_OLDER = ("prev-archive", "next")
"""The surer first: the documents of an archive do not change, pages shift with each entry that comes."""
_REGISTERED = "http://www.iana.org/assignments/relation/"
"""A relation may be written as its registry's address (RFC 4287, 4.2.7.2)."""
_LONGEST_NUMBER = 6


def older_page(relations: Iterable[tuple[str, str]], generator: str, url: str) -> str | None:
    """The address of the page after the one fetched from ``url``, by its links (relation and address) and what generated it."""
    named: dict[str, str] = {}
    for relation, address in relations:
        if address.strip():
            named.setdefault(relation.strip().lower().removeprefix(_REGISTERED), address)
    stated = next((named[relation] for relation in _OLDER if relation in named), None)
    return stated or (_page_of_wordpress(url) if "wordpress" in generator.lower() else None)


def _page_of_wordpress(url: str) -> str | None:
    """The page after it.

    >>> _page_of_wordpress("https://example.org/?feed=rss2&paged=2")
    'https://example.org/?feed=rss2&paged=3'
    """
    parts = urlsplit(url)
    asked = dict(parse_qsl(parts.query, keep_blank_values=True))
    page = asked.get("paged", "1")
    if not (page.isascii() and page.isdecimal()) or len(page) > _LONGEST_NUMBER:
        return None
    return urlunsplit(parts._replace(query=urlencode({**asked, "paged": int(page) + 1}), fragment=""))
