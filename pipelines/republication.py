"""Whose report is it? The wire service that a republished piece came from.

A sure sign is a dateline, a byline, a credit or a copyright line of the agency. A picture's credit is a weak one: outlets
buy agencies' pictures for reports of their own. What the text says of an agency ("Reuters reported that …") is none.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from pipelines.agencies import (
    APART,
    SURE,
    WEAK,
    agencies_in,
    agency_at_home,
    agency_named,
    agency_of_site,
    may_name_agencies,
)
from pipelines.attributions import Attributions
from pipelines.credits import Credited
from pipelines.documents import Document, as_list, text_at

_LONGEST_NOTE = 60
_LONGEST_SIGNATURE = 200
_LONGEST_RIGHTS = 300
_ENDINGS = 2
"""Last paragraphs, one of which may end in an agency's sign: below it stands a correction or a link."""
_SAYS_PICTURE = re.compile(
    r"(?:image|photo|picture|video|foto|bild|imagen|imagem|crédit photo|фото|写真|图)s?\s*(?:(?:source|credit|courtesy|quelle)s?)?\s*[:：]?\s*(?:of\s+)?(?P<name>[\w .'’-]{2,40})",
    re.IGNORECASE,
)
_AUTHOR_META = re.compile(
    r"(?:^|[:._-])(?:author|authors|autor|creator|byline|byl|agency|source|articleauthor|credit|provider)(?:[_-]?name)?$"
)
_SOURCE_URLS = ("original-source", "syndication-source")
_SIGNERS = (
    "author",
    "creator",
    "contributor",
    "sourceOrganization",
    "creditText",
    "copyrightHolder",
    "provider",
    "publisher",
)
_EMPLOYERS = ("affiliation", "worksFor", "jobTitle")
_SIGN = re.compile(
    r"""(?: [(（\[【](?P<inner>[^()（）\[\]【】]{2,40})[)）\]】]
          | (?<=[\s.])/(?P<slashed>[^/\s]{2,20})/
          | (?<=[.!?…”\"»。]\ )[–—-]{1,2}\s?(?P<dashed>[^–—.]{2,30})
          | (?:©|\(c\))\s?(?:(?:19|20)\d{2}\s)?(?P<rights>[^.©]{2,40}) )\s?\.?$""",
    re.VERBOSE | re.IGNORECASE,
)
_HANDED_ON = re.compile(
    r"this (?:report|story|article)(?: by| from) (?P<by>[^.,]{2,40}?) (?:was|is|has)\b"
    r"|(?:syndicated|wire|agency|news) feed (?:from|of|by) (?P<feed>[^.,)]{2,40})",
    re.IGNORECASE,
)
"""How the Canadian Press and Indian outlets say that a report is an agency's."""
_SIGNED_OFF = re.compile(r"(?P<agency>PTI|ANI|IANS|UNI|भाषा|वार्ता)(?:\s(?:[A-Z]{2,5}|[\u0900-\u097f]{2,14})){1,5}")
"""The last line of Indian agencies: their name, and who wrote and edited: "PTI ABC DEF", "भाषा राम श्याम"."""
_RIGHTS = re.compile(
    r"(?:copyright|©|\(c\)|ⓒ)\s*(?:©|\(c\)|by\s)?\s*(?:(?:19|20)\d{2}[,.]?\s)?(?P<name>[^.©|(]{2,50}?)(?:\s(?:19|20)\d{2})?[,.]?\s*(?:\(.{2,20}\)\s?)?"
    r"(?:$|all rights|alle rechte|tous droits|todos (?:los|os) d|tutti i diritti|this material|click|\.\s|gmbh)"
    r"|all rights reserved[.,]?\s(?P<after>[^.,©]{2,40})\.?$",
    re.IGNORECASE,
)
_STATES_YEAR = re.compile(r"\b(?:19|20)\d{2}\b|rights|rechte|droits|derechos|direitos|diritti", re.IGNORECASE)


def agency_of(
    document: Document,
    filed_by: str | None,
    attributions: Attributions,
    credited: Credited,
    authors: Sequence[str],
    short_texts: Sequence[str],
    body: Sequence[str],
) -> str | None:
    """The wire service whose report this page republishes; None for the agency's own site, and where nothing says so.

    ``filed_by`` is the dateline's agency, ``attributions`` are what stands beside the text, ``credited`` what credit lines say;
    material of an agency makes a piece its own where no author signs; ``short_texts`` are captions and others near the article, ``body`` its paragraphs.
    """
    evidence: Counter[str] = Counter()
    for text in (filed_by or "", *_signed(document)):
        for name in _agencies_of(text):
            evidence[name] += SURE
    short = [text for text in dict.fromkeys(short_texts) if len(text) <= _LONGEST_RIGHTS]
    notes = [short[at] for at in may_name_agencies(short)]
    unpictured = [text for text in notes if text not in attributions.pictured]
    said = (*_at_end(body), *_rights(document, unpictured), *_handed_on(unpictured))
    for name in (*_by_address(document), *attributions.named, *said):
        evidence[name] += SURE
    evidence.update(credited.agencies)
    evidence.update(dict.fromkeys(() if authors else credited.helping, SURE))
    for name in dict.fromkeys(name for text in notes for name in _pictured(text)):
        evidence[name] += WEAK
    own = agency_at_home(document.page.url, document.page.publisher.name)
    ranked = [(name, weight) for name, weight in evidence.items() if weight >= SURE and name not in own]
    return max(ranked, key=lambda one: one[1])[0] if ranked else None


def _agencies_of(text: str) -> Iterator[str]:
    """The agencies among the names of a byline; of several the first is the first named."""
    whole = agency_named(text)
    parts = [text] if whole else [part for part in APART.split(text[:_LONGEST_SIGNATURE]) if part]
    yield from dict.fromkeys(name for name in map(agency_named, parts) if name)


def _signed(document: Document) -> Iterator[str]:
    for role in _SIGNERS:
        for one in as_list(document.about.get(role))[:20]:
            yield one if isinstance(one, str) else text_at({"name": one}, "name")
            if isinstance(one, dict) and role == "author":
                yield from (text_at(one, employer) for employer in _EMPLOYERS)
    for name, value in document.meta.items():
        if _AUTHOR_META.search(name):
            yield value


def _by_address(document: Document) -> Iterator[str]:
    """The agency whose site the page says that it was copied from."""
    links = [link.get("href") or "" for link in document.tagged("link")[:500] if link.get("rel") == "canonical"]
    sources = [document.meta.get(name, "") for name in _SOURCE_URLS]
    based = document.about.get("isBasedOn")
    for url in (*links, *sources, based if isinstance(based, str) else ""):
        if name := agency_of_site(url):
            yield name


def _at_end(body: Sequence[str]) -> Iterator[str]:
    """The agencies of a sign that ends the text: "… the ministry said. (dpa/jd)", "… in spring. — AFP"."""
    for paragraph in body[-_ENDINGS:]:
        if found := _SIGN.search(paragraph[-60:]):
            yield from agencies_in(next(filter(None, found.groups())))


def _rights(document: Document, texts: Iterable[str]) -> Iterator[str]:
    """The agencies that hold the text's copyright, once each: "© 2024 AFP", "All rights reserved. Anadolu"."""
    said = [
        document.meta.get("copyright", ""),
        document.meta.get("dc.rights", ""),
        text_at(document.about, "copyrightNotice"),
    ]
    found: dict[str, None] = {}
    for text in (*said, *texts):
        if len(text) <= _LONGEST_RIGHTS and _STATES_YEAR.search(text) and (rights := _RIGHTS.match(text.strip())):
            found.update(dict.fromkeys(agencies_in(rights["name"] or rights["after"])))
    yield from found


def _handed_on(texts: Iterable[str]) -> Iterator[str]:
    """The agencies that a note below the text names as its source, or that sign it off."""
    found: dict[str, None] = {}
    for text in texts:
        if said := _HANDED_ON.search(text) or _SIGNED_OFF.fullmatch(text):
            found.update(dict.fromkeys(filter(None, map(agency_named, filter(None, said.groups())))))
    yield from found


def _pictured(text: str) -> Iterator[str]:
    if len(text) <= _LONGEST_NOTE and (found := _SAYS_PICTURE.fullmatch(text.strip(" ()."))):
        yield from agencies_in(found["name"])
