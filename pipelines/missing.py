"""Is it the page that was asked for, or one that stands where it was and answers 200: a "soft 404"?

Signs, as search engines and link archives weigh them (Bar-Yossef et al., "Sic transit gloria telae", 2004; Meneses et al., "Identifying
soft 404 error pages", 2012): what the page says of itself, a redirect to the home page or up to the section, a canonical link to the home page.
"""

from __future__ import annotations

import re
from functools import cache
from itertools import islice
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

import yaml

from archive.errors import NotAnArticle
from archive.tombstones import SAYS_SO
from pipelines.documents import Document, text_at
from pipelines.folding import folded
from pipelines.phrases import LONGEST, Phrases
from pipelines.scripts import weight
from pipelines.sites import names_site, site_names
from pipelines.text import even

NOT_FOUND = "not found"
"""The kind of NotAnArticle that such pages are counted under."""
GONE_STATUSES = frozenset({404, 410})
"""Answers that say the page is not there (RFC 9110, 15.5.5 and 15.5.11)."""
_SHORT = 1_500
"""Weight of a text up to which one sign is enough; a longer one, of teasers, wants two."""
_LONGEST_TITLE = 200
_OPENING = 3
"""Lines of a text in which a page says that it is not there."""
_MOST_LINES, _MOST_LINKS = 40, 500
_HOME = re.compile(r"/?(?:[a-z]{2}(?:[-_][a-z]{2})?/?)?(?:(?:index|home|default|main)(?:\.\w{2,5})?/?)?", re.IGNORECASE)
"""Paths of a home page: none, a language's, an index file's."""
_PARTS = re.compile(r"\s*[|｜:：;·•»«!！?？.。،,，…/()（）\[\]\"“”]+\s*|\s+[-–—~]+\s+|[–—]{1,2}")
"""What stands between the parts of a headline: "404 | Page not found – The Example"."""
_SENTENCE = re.compile(r"(?<=[.!?؟])\s+|(?<=[。！？।])")


def refuse_what_is_missing(document: Document, title: str, body: str) -> None:
    """Raises NotAnArticle where the page says that it is not the one that was asked for. An article about such pages is none."""
    if _is_dated(document):
        return
    titled = _says_so(title, document) or _says_so(own_title(document), document)
    opened = any(map(_is_sentence, body.split("\n")[:_OPENING] if body else printed_lines(document)))
    if weight(body) < _SHORT:
        missing = titled or opened
    else:
        missing = titled and (opened or canonical_is_home(document) or "noindex" in document.meta.get("robots", ""))
    if missing:
        raise NotAnArticle(SAYS_SO)


def redirected_away(document: Document) -> str | None:
    """Why a page that holds no article is not even the one that was asked for: a redirect led up or home."""
    page = document.page
    if page.landed and (leads_home(page.url, page.landed) or leads_up(page.url, page.landed)):
        return f"{NOT_FOUND}: redirected to {page.landed[:200]}"
    return None


def why_a_list_is_there(document: Document) -> str | None:
    """Why a list of headlines stands where an article was asked for: it is the section, or the home page under another address.

    A canonical link to the home page says so of a list only: some sites have it on every page.
    """
    home = f"{NOT_FOUND}: its canonical link is the home page" if canonical_is_home(document) else None
    return redirected_away(document) or home


def leads_home(asked: str, landed: str) -> bool:
    """Does a redirect lead from an article's address to a home page, of its own site or another?

    >>> leads_home("https://example.org/2026/talks", "https://www.example.org/"), leads_home("https://example.org/", "https://example.org/en/")
    (True, False)
    """
    return is_home(landed) and not is_home(asked)


def leads_up(asked: str, landed: str) -> bool:
    """Does a redirect lead from an article's address to one above it, as of its section?

    >>> leads_up("https://example.org/news/2026/talks", "https://example.org/news/"), leads_up("https://example.org/a", "https://example.org/ab")
    (True, False)
    """
    try:
        one, other = urlsplit(asked), urlsplit(landed)
    except ValueError:
        return False
    above, below = unquote(other.path).rstrip("/"), unquote(one.path).rstrip("/")
    hosts = {(part.hostname or "").removeprefix("www.") for part in (one, other)}
    return len(hosts) == 1 and bool(above) and below.startswith(f"{above}/")


def is_home(url: str) -> bool:
    """Is this the address of a home page? One with a query may be any page of an old system."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return not parts.query and len(parts.path) < _LONGEST_TITLE and _HOME.fullmatch(parts.path) is not None


def joined(url: str, target: str) -> str:
    """Where a link or redirect from ``url`` leads; ``url`` itself where that cannot be read."""
    try:
        return urljoin(url, target)
    except ValueError:
        return url


def canonical_is_home(document: Document) -> bool:
    """Does the page, which has another address, call the home page its own?"""
    if is_home(document.page.url):
        return False
    for link in islice(document.tagged("link"), _MOST_LINKS):
        if "canonical" in (link.get("rel") or "").lower().split() and (href := (link.get("href") or "").strip()):
            return is_home(joined(document.page.url, href))
    return False


def _is_dated(document: Document) -> bool:
    """Does it state when it was published, as articles do?"""
    return bool(text_at(document.about, "datePublished") or document.meta.get("article:published_time"))


def _says_so(title: str, document: Document) -> bool:
    """Is that all that a headline says, beside the site's name?"""
    if not title or len(title) > _LONGEST_TITLE:
        return False
    names = site_names(document)
    parts = [part for part in map(folded, _PARTS.split(title)) if part and not names_site(part, names)]
    said = [bool(_phrases("title").fitting(part)) for part in parts]
    fits = (is_said or bool(_phrases("filler").fitting(part)) for is_said, part in zip(said, parts, strict=True))
    return any(said) and all(fits)


def _is_sentence(line: str) -> bool:
    """Does a line open by saying so, after words of regret?"""
    if len(line) > LONGEST:
        return False
    for sentence in map(folded, _SENTENCE.split(line)):
        plain = sentence.replace(",", "")
        if plain and not _phrases("filler").fitting(plain):
            return bool(_phrases("sentence").fitting(plain) or _phrases("title").fitting(plain))
    return False


def printed_lines(document: Document) -> list[str]:
    """The first lines of a page of which nothing else is left."""
    lines = (even(element.text_content()[: 2 * LONGEST]) for element in document.tagged("h1", "h2", "p")[:_MOST_LINES])
    return [line for line in lines if line]


def own_title(document: Document) -> str:
    """What its title element says."""
    return next((even((element.text or "")[: 2 * _LONGEST_TITLE]) for element in document.tagged("title")), "")


@cache
def _phrases(kind: str) -> Phrases:
    return Phrases(((kind, "anywhere", phrase) for phrase in _written()[kind]), {})


@cache
def _written() -> dict[str, list[str]]:
    known = yaml.load((Path(__file__).parent / "data" / "missing.yaml").read_text("utf-8"), yaml.CSafeLoader)
    return {
        kind: [line.strip() for text in languages.values() for line in text.splitlines() if line.strip()]
        for kind, languages in known.items()
    }
