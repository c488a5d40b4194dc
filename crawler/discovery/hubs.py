"""Which URLs lead to no article? Front pages, tags, searches, feeds, media files: told by the URL alone, before it is fetched.

Conservative: what it names is not fetched, so it names only what publishing systems reserve a path for (WordPress's bases for tags,
categories and authors and their usual translations, https://wordpress.org/documentation/article/settings-permalinks-screen/). A document
such as a PDF is an article.
"""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, unquote, urlsplit

_FILE = re.compile(
    r"""\.(?:
        jpe?g | png | gif | webp | avif | svg | bmp | tiff? | ico | heic           # pictures
        | mp3 | m4a | aac | ogg | oga | wav | flac | mp4 | m4v | mov | avi | wmv | webm | mkv | m3u8   # sound, moving pictures
        | zip | gz | tgz | rar | 7z | tar | exe | dmg | apk | epub | mobi
        | css | js | mjs | woff2? | ttf | json | xml | rss | atom | rdf | ics | vcf | csv
        | docx? | xlsx? | pptx? | odt | ods
    )""",
    re.VERBOSE | re.IGNORECASE,
)
_LISTS = frozenset(
    [
        "tag",
        "tags",
        "category",
        "categories",
        "author",
        "authors",
        "etiqueta",
        "etiquetas",
        "categoria",
        "categorias",
        "categorie",
        "autor",
        "autores",
        "auteur",
        "auteurs",
        "autore",
        "autori",
        "kategorie",
        "kategorien",
        "schlagwort",
        "schlagworte",
        "etiket",
        "kategori",
        "yazar",
    ]
)
"""Path segments that are followed by the name of a list, and by nothing else."""
_FEEDS = frozenset(("feed", "feeds", "rss", "atom"))
_STATIC = frozenset(
    [
        "search",
        "login",
        "signin",
        "sign-in",
        "register",
        "signup",
        "sign-up",
        "subscribe",
        "newsletter",
        "newsletters",
        "privacy",
        "privacy-policy",
        "cookies",
        "cookie-policy",
        "terms",
        "terms-of-use",
        "terms-of-service",
        "terms-and-conditions",
        "contact",
        "contact-us",
        "about",
        "about-us",
        "imprint",
        "impressum",
        "advertise",
        "careers",
        "sitemap",
        "home",
        "index",
        "index.html",
        "index.php",
        "index.htm",
        "donate",
        "account",
        "cart",
        "checkout",
        "wp-login.php",
        "xmlrpc.php",
    ]
)
"""Pages of the site itself, where they are the whole path."""
_MACHINES = frozenset(("wp-json", "wp-admin", "cdn-cgi", "wp-includes"))
_LANGUAGE = re.compile(r"[a-z]{2}(?:[-_][a-zA-Z]{2})?")
_LISTING_QUERIES = frozenset(("s", "cat", "tag", "author", "paged", "page", "q"))
"""What WordPress and its like ask of ``/`` for a list."""
_TITLE_LIKE = re.compile(r"(?:[^\W_]+[-_]){4}|\d{5}")
"""Five words or a long number: too much for the name of a list."""


def no_article(url: str) -> str | None:
    """Why the page at ``url`` cannot be an article, or None where it may be one.

    >>> no_article("https://example.org/tag/nato/"), no_article("https://example.org/2026/tag-der-einheit")
    ('a list: tag', None)
    """
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    segments = [unquote(part) for part in parts.path.split("/") if part]
    asked = dict(parse_qsl(parts.query))
    if not segments or (len(segments) == 1 and _LANGUAGE.fullmatch(segments[0])):
        return _front(asked)
    if _FILE.fullmatch(_ending(segments[-1])):
        return f"a file: {_ending(segments[-1])}"
    names = [segment.lower() for segment in segments]
    if names[-1] in _FEEDS:
        return "a feed"
    if names[0] in _MACHINES:
        return f"no page: {names[0]}"
    if len(_without_language(names)) == 1 and names[-1] in _STATIC and not asked.keys() - _LISTING_QUERIES:
        return f"a page of the site: {names[-1]}"
    return _list(_without_language(names))


def _front(asked: dict[str, str]) -> str | None:
    if "feed" in asked:
        return "a feed"
    return "a front page" if not asked else "a list" if asked.keys() <= _LISTING_QUERIES else None


def _list(names: list[str]) -> str | None:
    """``tag/nato``, ``author/jane-doe/page/2``, and any list's further pages."""
    paged = len(names) > 2 and names[-2] == "page" and names[-1].isdecimal()
    named = names[:-2] if paged else names
    if len(named) == 2 and named[0] in _LISTS and not _TITLE_LIKE.search(named[1]):
        return f"a list: {named[0]}"
    return "a list's further page" if paged else None


def _without_language(names: list[str]) -> list[str]:
    return names[1:] if len(names) > 1 and _LANGUAGE.fullmatch(names[0]) else names


def _ending(segment: str) -> str:
    stem, point, ending = segment.rpartition(".")
    return point + ending if stem else ""
