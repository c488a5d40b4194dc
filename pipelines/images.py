"""Which pictures belong to the article, what do their captions say, and whom do they credit?

The lead image is what JSON-LD and Open Graph name; the others stand in the article's element. Not the article's are
logos, icons, portraits, counting pixels and the pictures of teasers.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice

from lxml import html

from archive.article import Image
from pipelines.captions import LONGEST_CAPTION, plain_credit, split_caption
from pipelines.documents import Document, Json, as_list, text_at
from pipelines.image_addresses import absolute, address_of, picture_key
from pipelines.surroundings import Surroundings
from pipelines.text import even

MOST_IMAGES = 30
_MOST_SEEN = 200
"""Image elements that are looked at; a page of a picture agency has thousands."""
_MOST_NAMES = 5_000
"""Class names that are remembered: an outlet's pages have the same ones."""
_LEVELS = 5
"""How far above a caption or picture its frame is looked for."""
_LEAD = ("og:image", "og:image:url", "og:image:secure_url", "twitter:image", "twitter:image:src", "image")
_NOT_IN = frozenset(("aside", "nav", "footer", "form", "button", "blockquote", "article"))
_ELSEWHERE = re.compile(
    r"(?:^|[\s_-])(?:related|recommend\w*|sidebar|teasers?|promos?|newsletters?|authors?|avatars?|profile|bio|byline|share|sharing|social|comments?|advert\w*|ads?|logo|icon|widget|most-?read|trending|breadcrumbs?|nav|navigation|menu|popular|outbrain|taboola|read-?(?:more|next)|more-?stories)(?=$|[\s_-])"
)
"""Names in small letters."""
_CAPTION_TAGS = frozenset(("figcaption", "div", "p", "span", "small", "em", "cite", "dd"))
_CAPTION = re.compile("caption|credit|legend|copyright|photographer|photo-source|image-source")
"""Parts of class names, lower case."""
_CREDIT = re.compile(r"credit|copyright|source|photographer|author|byline|rights", re.IGNORECASE)
_PICTURE_FILE = re.compile(r"\.(?:jpe?g|png|webp|gif|avif)$|/attachment", re.IGNORECASE)
Frames = dict[html.HtmlElement, list[html.HtmlElement]]


@dataclass(frozen=True, slots=True)
class Pictures:
    """An article's images, and the lines of their captions and credits, which are not its text."""

    images: tuple[Image, ...]
    captions: frozenset[str]


def pictures_of(document: Document, around: Surroundings) -> Pictures:
    """The article's images, the lead image first, each once."""
    frames, captions = _frames(around.elements)
    found: dict[str, Image] = {}
    for image in (*_leads(document), *_shown(document, around, frames)):
        key = picture_key(image.url)
        known = found.get(key)
        if known is None:
            found[key] = image
        elif (image.caption and not known.caption) or (image.credit and not known.credit):
            both = {"caption": known.caption or image.caption, "credit": known.credit or image.credit}
            found[key] = known.model_copy(update=both)
    return Pictures(tuple(found.values())[:MOST_IMAGES], frozenset(captions))


def _leads(document: Document) -> Iterator[Image]:
    """The image that the page names as the article's; of several without captions one, they are the same in other formats."""
    plain = False
    for value in as_list(document.about.get("image"))[:MOST_IMAGES]:
        image = _linked_image(document, value)
        if image and (image.caption or not plain):
            plain = True
            yield image
    for name in _LEAD:
        if not plain and (url := absolute(document.meta.get(name), document.page.url)):
            plain = True
            yield Image(url=url)


def _linked_image(document: Document, value: object) -> Image | None:
    if isinstance(value, str):
        url = absolute(value, document.page.url)
        return Image(url=url) if url else None
    if not isinstance(value, dict):
        return None
    thing: Json = value
    if "url" not in thing and "@id" in thing:
        thing = next((t for t in document.linked if t.get("@id") == thing["@id"] and t is not value), thing)
    url = absolute(text_at(thing, "url") or text_at(thing, "contentUrl"), document.page.url)
    if not url:
        return None
    caption, credit = split_caption(text_at(thing, "caption"))
    named = next(
        (name for n in ("creditText", "author", "creator", "copyrightHolder") if (name := text_at(thing, n))), ""
    )
    return Image(url=url, caption=caption, credit=credit or plain_credit(named))


def _frames(elements: Iterable[html.HtmlElement]) -> tuple[Frames, set[str]]:
    """By the element that holds a picture and its caption, the caption's elements; and their lines."""
    frames: Frames = {}
    lines: set[str] = set()
    for element in elements:
        tag = element.tag
        if tag not in _CAPTION_TAGS:
            continue
        if tag != "figcaption":
            names = element.get("class") or element.get("itemprop")
            if not names or not _is_caption(names):
                continue
        text = even(" ".join(element.itertext()))
        frame = _frame(element, len(text)) if 2 <= len(text) <= LONGEST_CAPTION else None
        if frame is None:
            continue
        lines.update(_lines(element))
        captions = frames.setdefault(frame, [])
        if not captions or not any(above in captions for above in element.iterancestors()):
            captions.append(element)
    return frames, lines


def _frame(caption: html.HtmlElement, size: int) -> html.HtmlElement | None:
    """What holds a caption with its picture and little else; for a figcaption the figure, whatever it shows."""
    above = caption
    for _ in range(_LEVELS):
        above = above.getparent()
        if above is None or above.tag in ("article", "main", "body", "html"):
            return None
        if above.tag == "figure":
            return above
        if next(above.iter("img", "amp-img"), None) is not None:
            return above if len(above.text_content()) <= 3 * size + 200 else None
    return None


def _lines(caption: html.HtmlElement) -> Iterator[str]:
    """The caption as body extraction may have it: whole, or a part a line."""
    texts = list(caption.itertext())
    yield even("".join(texts))
    if len(texts) > 1:
        yield even(" ".join(texts))
        yield from map(even, texts)
        for part in caption.iter("p", "span", "div", "small", "em", "cite"):
            if len(part):
                yield even(part.text_content())


def _shown(document: Document, around: Surroundings, frames: Frames) -> Iterator[Image]:
    told: set[html.HtmlElement] = set()
    seen: dict[html.HtmlElement, bool] = {}
    images = (element for element in around.elements if element.tag in ("img", "amp-img"))
    for element in islice(images, _MOST_SEEN):
        url = address_of(element, document.page.url)
        if url is None or _is_elsewhere(element, around.root, seen):
            continue
        frame = next(
            (above for _, above in zip(range(_LEVELS + 1), element.iterancestors(), strict=False) if above in frames),
            None,
        )
        if frame is None or frame in told:
            yield Image(url=url)
        else:
            told.add(frame)
            caption, credit = _told(frames[frame])
            yield Image(url=url, caption=caption, credit=credit)


def _told(captions: list[html.HtmlElement]) -> tuple[str | None, str | None]:
    """What a frame's caption elements say: a part that is called a credit is one."""
    texts: list[str] = []
    credit: str | None = None
    for element in captions:
        text = even(" ".join(element.itertext()))
        names = element.get("class") or ""
        if element.tag != "figcaption" and _CREDIT.search(names) and "caption" not in names.lower():
            credit = credit or plain_credit(text)
            continue
        for part in element.iter("span", "small", "cite", "em", "p", "div", "a"):
            said = even(" ".join(part.itertext()))
            if (
                part is not element
                and said
                and _CREDIT.search(part.get("class") or part.get("itemprop") or "")
                and text.endswith(said)
            ):
                credit = credit or plain_credit(said)
                text = text[: -len(said)].rstrip(" |–—/,-")
                break
        if text not in texts:
            texts.append(text)
    caption, found = split_caption(" ".join(texts))
    return (caption, credit or found) if caption != credit else (None, credit)


def _is_elsewhere(element: html.HtmlElement, root: html.HtmlElement, seen: dict[html.HtmlElement, bool]) -> bool:
    """In a teaser, a portrait, a share bar. ``seen`` remembers the elements above, which images share."""
    passed: list[html.HtmlElement] = []
    elsewhere = _excludes(element)
    above = element
    while not elsewhere and (above := above.getparent()) is not None and above is not root:
        if (known := seen.get(above)) is not None:
            elsewhere = known
            break
        passed.append(above)
        elsewhere = _excludes(above)
    seen.update(dict.fromkeys(passed, elsewhere))
    return elsewhere


def _excludes(element: html.HtmlElement) -> bool:
    """By tag, by name, or as a link with words of its own."""
    if element.tag in _NOT_IN:
        return True
    if any(names and _is_named_elsewhere(names) for names in (element.get("class"), element.get("id"))):
        return True
    return element.tag == "a" and not _PICTURE_FILE.search(element.get("href") or "") and _has_words(element)


@lru_cache(_MOST_NAMES)
def _is_caption(names: str) -> bool:
    names = names.lower().replace("text-caption", "")  # a size of type in Vuetify and MUI
    return _CAPTION.search(names) is not None


@lru_cache(_MOST_NAMES)
def _is_named_elsewhere(names: str) -> bool:
    return _ELSEWHERE.search(names.lower()) is not None


def _has_words(link: html.HtmlElement) -> bool:
    return any(not text.isspace() for text in link.itertext()) and next(link.iter("figcaption"), None) is None
