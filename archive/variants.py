"""Is a URL that of another form of a page: its AMP page, its print version, its mobile site?

Sites write these into the path, the query or the host, and each such page links to the one that it is a form of (``rel=canonical``). The
two signs together are sure; a canonical link alone is not, because many sites write one that is wrong.
"""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, urlencode

from archive.urls import url_key

_HOSTS = re.compile(r"^(?:amp|m|mobile|print|touch|wap)\.")
_PARTS = re.compile(
    r"^(?:amp|amphtml|print|printable|print-version|printversion|druckversion|imprimer|imprimir|drucken|mobile|m)$"
)
_AMP_TAIL = re.compile(r"[.-](?:amp|print)(?=\.(?:html?|php|aspx?)$|$)")
_PARAMETERS = frozenset(
    {"amp", "print", "printable", "outputtype", "output", "view", "layout", "tmpl", "mobile", "mode", "format"}
)
_VALUES = frozenset({"", "1", "true", "yes", "amp", "print", "printable", "component", "mobile", "y"})


def is_variant(url: str, canonical: str) -> bool:
    """Is the page at ``url`` another form of that at ``canonical``, which has no such form's address itself?

    >>> is_variant("https://amp.example.org/news/talks", "https://www.example.org/news/talks")
    True
    >>> is_variant("https://example.org/news/talks", "https://example.org/news/others")
    False
    """
    key, own = url_key(url), url_key(canonical)
    return key != own and _plain(key) == _plain(own) and len(key) >= len(own)


def _plain(key: str) -> str:
    """A page's key without what only names its form."""
    place, _, query = key.partition("?")
    host, _, path = place.partition("/")
    parts = [part for part in _AMP_TAIL.sub("", path).split("/") if part and not _PARTS.match(part.lower())]
    kept = [(name, value) for name, value in parse_qsl(query, keep_blank_values=True) if not _names_form(name, value)]
    return f"{_HOSTS.sub('', host)}/{'/'.join(parts)}?{urlencode(kept)}"


def _names_form(name: str, value: str) -> bool:
    return name.lower() in _PARAMETERS and value.lower() in _VALUES
