"""What does a page say of its headline? The voices in which it speaks: its metadata, its headings, its address."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from pipelines.documents import Document, html_text, text_at
from pipelines.headings import LONGEST, Heading, headings_of, is_aside, is_marked, link_of, path_of
from pipelines.sites import key, names_site, parts_of, site_names
from pipelines.text import even

_SAID = (
    ("open graph", "og:title"),
    ("twitter", "twitter:title"),
    ("other", "title"),
    ("other", "headline"),
    ("other", "dc.title"),
    ("other", "parsely-title"),
)
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue"})
_MARK = re.compile("[\u0300-\u036f]")
_WORD = re.compile(r"[^\W\d_]{3,}")
_UNSPACED = re.compile("[\u2e80-\ud7ff\uf900-\ufaff\u0e00-\u0eff]{2}")
_LONGEST_PATH = 2_000


@dataclass(frozen=True, slots=True)
class Voices:
    """All that a page says of its headline.

    ``said`` are texts by voice, ``names`` the keys of the site's names, ``headings`` all that are printed;
    ``h1s`` those of level 1, ``good`` those of them that are in their place and not the site's name.
    """

    url: str
    said: tuple[tuple[str, str], ...]
    names: frozenset[str]
    headings: tuple[Heading, ...]
    h1s: tuple[Heading, ...]
    good: tuple[Heading, ...]


def voices_of(document: Document) -> Voices:
    """Hear all of a page's voices."""
    url, said, names = document.page.url, tuple(_said(document)), site_names(document)
    headings = tuple(_settled(heading, said) for heading in headings_of(document))
    h1s = tuple(heading for heading in headings if heading.level == 1)
    good = tuple(h1 for h1 in h1s if not names_site(h1.text, names) and not is_elsewhere(h1, url))
    rest = _other_part(said, headings)
    good = tuple(h1 for h1 in good if key(h1.text) != rest)
    return Voices(url, said, names, headings, h1s, good)


def _other_part(said: tuple[tuple[str, str], ...], headings: tuple[Heading, ...]) -> str | None:
    """The key of what the title element has beside the headline, where both are printed: most likely the site's name.

    It stands behind the headline; or before it, when it is shorter and no other voice calls the article so.
    """
    window = next((text for voice, text in said if voice == "title element"), "")
    spans = parts_of(window)
    if len(spans) < 2:
        return None
    printed = {key(heading.text) for heading in headings}
    front, back = key(window[: spans[-2][1]]), key(window[spans[-1][0] :])
    if front in printed and back in printed:
        return back
    front, back = key(window[: spans[0][1]]), key(window[spans[1][0] :])
    confirmed = {key(text) for voice, text in said if voice in ("open graph", "json-ld")}
    if front in printed and back in printed and len(back) > len(front) and front not in confirmed:
        return front
    return None


def is_elsewhere(heading: Heading, url: str) -> bool:
    """Is this no headline by its place: in a breadcrumb or out of sight, or a logo that links to the home page?"""
    path = link_of(heading, url)
    if path and path == path_of(url):
        return False
    return path == "" or is_aside(heading)


def links_to_itself(heading: Heading, url: str) -> bool:
    """Does it link to the page that it is on, as a weblog's headline does?"""
    return bool(own := path_of(url)) and link_of(heading, url) == own


def may_lead(heading: Heading, text: str, voices: Voices) -> bool:
    """May this be the headline in what a voice says? Any h1, what markup calls so, or else most of what is said."""
    is_most = not voices.good and 2 * len(heading.text) >= len(text)
    is_likely = heading.level == 1 or is_most or is_marked(heading) or links_to_itself(heading, voices.url)
    return is_likely and not names_site(heading.text, voices.names) and not is_elsewhere(heading, voices.url)


def words_in(text: str) -> set[str]:
    """The words of three letters and more, without case and accents; pairs of letters in scripts without spaces."""
    return set(_WORD.findall(_folded(text))) | set(_UNSPACED.findall(text)) | set(_UNSPACED.findall(text[1:]))


def share_in_address(text: str, url: str) -> float:
    """How many of its words are in the URL's last part that has several: on most sites those are the headline's."""
    words = set(_WORD.findall(_folded(text)))
    for part in reversed(unquote(urlsplit(url).path[:_LONGEST_PATH]).split("/")):
        if len(address := set(_WORD.findall(_folded(part)))) > 1:
            return len(words & address) / len(words) if words else 0.0
    return 0.0


def _said(document: Document) -> Iterator[tuple[str, str]]:
    """What the page says it is called, as it says it, by voice."""
    element = document.tree.find("head/title")
    if element is None:
        element = next(iter(document.tagged("title")), None)
    found = [(voice, html_text(document.meta.get(name, "")[: 2 * LONGEST])) for voice, name in _SAID]
    found += [
        ("json-ld", text_at(document.about, "headline")),
        ("other", text_at(document.about, "alternativeHeadline")),
        ("other", text_at(document.about, "name")),
        ("title element", (element.text or "") if element is not None else ""),
        ("feed", document.page.announced_title or ""),
    ]
    for voice, text in found:
        if said := even(text.strip()[: 2 * LONGEST]):
            yield voice, said


def _settled(heading: Heading, said: tuple[tuple[str, str], ...]) -> Heading:
    """A heading that opens with an element, spelled as the other voices have it: with that element or without."""
    if not heading.loose:
        return heading
    spelled = {key(text): text for _, text in reversed(said)}
    whole, loose = key(heading.whole), key(heading.loose)
    text = heading.text
    if loose in spelled and not (heading.level == 1 and whole in spelled):
        text = heading.loose
    elif whole in spelled:
        text = spelled[whole]
    return Heading(heading.level, text, heading.whole, "", heading.element)


def _folded(text: str) -> str:
    """Without case and accents, umlauts written out, as addresses have them."""
    text = text.casefold()
    if text.isascii():
        return text
    return _MARK.sub("", unicodedata.normalize("NFKD", text.translate(_UMLAUTS)))
