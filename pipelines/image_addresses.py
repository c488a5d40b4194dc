"""Where is the picture of an image element, and are two addresses those of one picture in two sizes?"""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, urlencode, urljoin

from lxml import html

_LONGEST = 2_000
_SMALLEST = 100
"""Pixels of width or height below which a picture is an icon."""
_SOURCES = ("data-src", "data-original", "data-lazy-src", "data-full-src", "src")
"""Attributes of an image, the true one of a page that loads pictures late before its placeholder."""
_ABSOLUTE = re.compile(
    r"https?://[\w.-]+(?::\d{1,5})?(?P<path>/[^?#\s]+)(?:\?(?P<query>[^#\s]*))?(?:#\S*)?", re.IGNORECASE
)
_NO_PICTURE = re.compile(
    r"""
    (?:^|[/_.-]) (?: logos? | icons? | favicon | avatars? | gravatar | sprites? | spacer | blank | placeholder | pixel | 1x1
        | emojis? | loader | badge | default | thumb(?:nail)?s? ) (?=[/_.-]|\d|$)
    | \.svg$
    | [/,_-] [wh] [_=]? \d{1,2} (?=[/,_.-])          # …/w_80/… of image servers
    | -1?\d{2}x1?\d{2} (?=\.\w{2,5}$)                # photo-150x150.jpg of WordPress
    """,
    re.IGNORECASE | re.VERBOSE,
)
_SIZE = re.compile(
    r"""w|h|width|height|wid|hei|resize|fit|crop|quality|q|qlt|auto|format|fm|fmt|dpr|size|s|rect|imwidth|ssl|strip"""
)
"""Query parameters by which image servers choose a size of the same picture."""
_SIZE_IN_NAME = re.compile(r"(?:-\d{2,4}x\d{2,4}|-scaled)(?=\.\w{2,5}$)")
"""WordPress writes each size beside the original: photo-1024x683.jpg."""
_TELLING = 12
"""Characters of a file's name from which it is the picture's own, in whatever folder or host a size of it lies."""


def address_of(element: html.HtmlElement, base: str) -> str | None:
    """The absolute address of an image element's picture; None for icons and what is no picture."""
    for side in ("width", "height"):
        size = (element.get(side) or "").removesuffix("px")
        if size.isdecimal() and size.isascii() and int(size[:6]) < _SMALLEST:
            return None
    for name in _SOURCES:
        if url := absolute(element.get(name), base):
            return url
    sizes = element.get("data-srcset") or element.get("srcset")
    return absolute(sizes.rpartition(",")[2].strip().partition(" ")[0], base) if sizes else None


def absolute(value: str | None, base: str) -> str | None:
    """An absolute http(s) address of a picture; None for anything else."""
    if not value or len(value) > _LONGEST:
        return None
    url = value.strip().replace(" ", "%20")
    if not url or url.startswith(("data:", "blob:", "javascript:", "about:", "{", "#")):
        return None
    if not url.startswith(("http://", "https://")):
        try:
            url = urljoin(base, url)
        except ValueError:
            return None
    found = _ABSOLUTE.fullmatch(url)
    return None if found is None or len(url) > _LONGEST or _NO_PICTURE.search(found["path"]) else url


def picture_key(url: str) -> str:
    """The same for all sizes of a picture."""
    found = _ABSOLUTE.fullmatch(url)
    if found is None:
        return url
    path = _SIZE_IN_NAME.sub("", found["path"])
    name = path.rpartition("/")[2]
    stem = name.rpartition(".")[0]
    place = name if len(stem) >= _TELLING else url[: found.start("path")] + path
    if not found["query"]:
        return place
    kept = [(name, value) for name, value in parse_qsl(found["query"]) if not _SIZE.fullmatch(name.lower())]
    return f"{place}?{urlencode(kept)}" if kept else place
