"""What is the article called? Its own headline: what the page prints and what it says of itself, weighed against each other."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import unquote, urlsplit

from pipelines.documents import Document, html_text, text_at
from pipelines.headings import LONGEST, Heading, headings_of, is_aside, is_marked, link_of, path_of
from pipelines.sites import key, names_site, parts_of, site_names, without_site
from pipelines.text import even

_WEIGHTS = {
    "h1": 1.0,
    "first h1": 0.4,
    "only h1": 0.8,
    "marked h1": 0.5,
    "h1 aside": 0.3,  # in a breadcrumb, a logo, or out of sight: often a search engine's title
    "headline below": 2.2,  # the first lower heading that another voice confirms, where no h1 is the headline
    "marked below": 1.8,  # the first lower heading that markup calls the headline, where no h1 is
    "printed": 0.6,
    "links to itself": 1.0,  # a weblog's headline
    "json-ld": 1.3,
    "open graph": 1.3,
    "feed": 1.3,
    "title element": 0.6,
    "twitter": 0.2,  # mostly a copy of Open Graph
    "other": 0.3,
    "address": 0.8,
    "site": -4.0,
    "short": -1.0,
    "alone": -2.0,  # a heading that shares no word with anything the page says of itself
    "site's part": -2.0,  # a heading that is the other part of the title element
}
"""How much each voice counts. Fitted by hand on 540 pages whose headlines people noted; half or double moves little."""
_PART = 0.7
"""What a voice counts for a heading that is a part of what it says: the rest may be a site, a section, or headline."""
_REST = 0.5
_COPY = 0.4
"""What a voice counts that only repeats an h1 out of sight, where another headline is printed."""
_SAID = (
    ("open graph", "og:title"),
    ("twitter", "twitter:title"),
    ("other", "title"),
    ("other", "headline"),
    ("other", "dc.title"),
    ("other", "parsely-title"),
)
_SHORTEST = 8
"""Letters of a headline. Shorter ones exist, but a heading of few letters is more often a section's name."""
_UMLAUTS = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue"})
_MARK = re.compile("[\u0300-\u036f]")
_WORD = re.compile(r"[^\W\d_]{3,}")
_UNSPACED = re.compile("[\u2e80-\ud7ff\uf900-\ufaff\u0e00-\u0eff]{2}")


@dataclass(slots=True)
class Candidate:
    """What may be the headline, and the voices for and against it, each with its share."""

    text: str
    voices: dict[str, float] = field(default_factory=dict)

    @property
    def weight(self) -> float:
        """The sum of its voices."""
        return sum(_WEIGHTS[voice] * share for voice, share in self.voices.items())


Ballot = dict[str, Candidate]


def title_of(document: Document) -> str:
    """The headline that the page's voices agree upon, spelled as it is printed; empty where there is none."""
    return max(weighed(document), key=lambda candidate: candidate.weight, default=Candidate("")).text


def weighed(document: Document) -> list[Candidate]:
    """All candidates with the voices for and against them, in the order in which they were met."""
    names, said = site_names(document), list(_said(document))
    headings = [_settled(heading, said) for heading in headings_of(document)]
    h1s = [heading for heading in headings if heading.level == 1]
    good = [heading for heading in h1s if not names_site(heading.text, names) and not _is_elsewhere(heading, document)]
    ballot: Ballot = {}
    _vote_by_h1(ballot, h1s, good)
    printed = {key(heading.text): heading.text for heading in reversed(headings)}
    printed |= {key(heading.whole): heading.text for heading in h1s}
    linked = key(text_at(document.about, "headline"))
    for voice, text in said:
        cut = without_site(text, names)
        found = printed.get(key(text)) or printed.get(key(cut))
        if found is None and voice != "json-ld" and key(text) != linked:  # what JSON-LD calls the headline is whole
            _vote_for_parts(ballot, voice, text, cut, headings, names, document)
        else:
            _vote(ballot, found or cut, voice)
    _vote_by_lower_headings(ballot, headings, bool(good), names, document)
    _doubt(ballot, {key(heading.text) for heading in headings}, {key(heading.text) for heading in h1s}, said)
    address = _address(document.page.url)
    for candidate in ballot.values():
        words = set(_WORD.findall(_folded(candidate.text)))
        candidate.voices["address"] = len(words & address) / len(words) if words else 0.0
        candidate.voices["site"] = float(names_site(candidate.text, names))
        candidate.voices["short"] = float(len(key(candidate.text)) < _SHORTEST)
    return list(ballot.values())


def _said(document: Document) -> Iterator[tuple[str, str]]:
    """What the page says it is called, as it says it, by voice."""
    element = document.tree.find("head/title")
    if element is None:
        element = next(document.tree.iter("title"), None)
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


def _settled(heading: Heading, said: list[tuple[str, str]]) -> Heading:
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


def _vote(ballot: Ballot, text: str, voice: str, share: float = 1.0) -> None:
    if name := key(text):
        voices = ballot.setdefault(name, Candidate(text[:LONGEST])).voices
        voices[voice] = max(voices.get(voice, 0.0), share)


def _vote_by_h1(ballot: Ballot, h1s: list[Heading], good: list[Heading]) -> None:
    for heading in h1s:
        if heading not in good:
            _vote(ballot, heading.text, "h1 aside")
            continue
        _vote(ballot, heading.text, "h1")
        if is_marked(heading):
            _vote(ballot, heading.text, "marked h1")
    if good:
        _vote(ballot, good[0].text, "first h1")
    if len(good) == 1:
        _vote(ballot, good[0].text, "only h1")


def _vote_for_parts(
    ballot: Ballot, voice: str, text: str, cut: str, headings: list[Heading], names: frozenset[str], document: Document
) -> None:
    """A voice counts for the heading that what it says begins or ends with, less for all of what it says."""
    share = 1.0
    for heading in headings:
        if _is_part(heading, text) and not names_site(heading.text, names) and _may_lead(heading, document):
            _vote(ballot, heading.text, voice, _PART)
            share = _REST
    _vote(ballot, cut, voice, share)


def _is_part(heading: Heading, text: str) -> bool:
    """Does the text begin or end with this heading, and end or begin with something of its own?"""
    for part in (heading.text,) if heading.text == heading.whole else (heading.text, heading.whole):
        if len(part) < _SHORTEST or len(part) * 3 < len(text):
            continue
        whole, own = text.casefold(), part.casefold()
        if whole.startswith(own) and not whole[len(own) : len(own) + 1].isalnum():
            return True
        if whole.endswith(own) and not whole[-len(own) - 1 : -len(own)].isalnum():
            return True
    return False


def _may_lead(heading: Heading, document: Document) -> bool:
    return not _is_elsewhere(heading, document) and (
        heading.level == 1 or is_marked(heading) or _links_to_itself(heading, document)
    )


def _is_elsewhere(heading: Heading, document: Document) -> bool:
    if heading.level > 1 and _links_to_itself(heading, document):
        return False
    return is_aside(heading) or link_of(heading, document.page.url) == ""


def _links_to_itself(heading: Heading, document: Document) -> bool:
    return bool(own := path_of(document.page.url)) and link_of(heading, document.page.url) == own


def _vote_by_lower_headings(
    ballot: Ballot, headings: list[Heading], has_h1: bool, names: frozenset[str], document: Document
) -> None:
    leads = None if not has_h1 else ""
    for heading in headings:
        name = key(heading.text)
        voices = ballot[name].voices if name in ballot else {}
        if heading.level == 1 or not (voices or leads is None) or names_site(heading.text, names):
            continue
        if _is_elsewhere(heading, document):
            continue
        if _links_to_itself(heading, document):
            if voices and not has_h1 and "h1 aside" not in voices:
                _vote(ballot, heading.text, "links to itself")
        elif voices.keys() - {"other"}:
            _vote(ballot, heading.text, "printed" if leads is not None else "headline below")
            leads = leads if leads is not None else name
        elif leads is None and is_marked(heading):
            _vote(ballot, heading.text, "marked below")
            leads = name
    if leads:
        _discount_copies(ballot, leads)


def _discount_copies(ballot: Ballot, leads: str) -> None:
    """Where a headline is printed below, what repeats an h1 in a breadcrumb speaks to search engines."""
    for name, candidate in ballot.items():
        if "h1 aside" in candidate.voices and name != leads:
            for voice in {"open graph", "twitter", "title element"} & candidate.voices.keys():
                candidate.voices[voice] *= _COPY


def _doubt(ballot: Ballot, printed: set[str], h1s: set[str], said: list[tuple[str, str]]) -> None:
    """Voices against h1s that nothing else confirms: a section, a site or a message rather than the headline."""
    window = next((text for voice, text in said if voice == "title element"), "")
    spans = parts_of(window)
    for name in h1s & ballot.keys():
        candidate = ballot[name]
        confirmed = candidate.voices.keys() & {voice for voice, _ in said}
        if said and not confirmed and not _words(candidate.text) & _words(" ".join(text for _, text in said)):
            candidate.voices["alone"] = 1.0
        if len(spans) > 1:
            ends = key(window[spans[-1][0] :]), key(window[: spans[-2][1]])
            begins = key(window[: spans[0][1]]), key(window[spans[1][0] :])
            is_long = len(begins[1]) > len(name) and not confirmed & {"open graph", "json-ld"}
            if (ends[0] == name and ends[1] in printed) or (begins[0] == name and begins[1] in printed and is_long):
                candidate.voices["site's part"] = 1.0


def _words(text: str) -> set[str]:
    return set(_WORD.findall(_folded(text))) | set(_UNSPACED.findall(text)) | set(_UNSPACED.findall(text[1:]))


def _address(url: str) -> set[str]:
    """The words in a URL's last part that has several: those of the headline, on most sites."""
    for part in reversed(unquote(urlsplit(url).path[:2_000]).split("/")):
        if len(words := set(_WORD.findall(_folded(part)))) > 1:
            return words
    return set()


def _folded(text: str) -> str:
    """Without case and accents, umlauts written out, as addresses have them."""
    text = text.casefold()
    if text.isascii():
        return text
    return _MARK.sub("", unicodedata.normalize("NFKD", text.translate(_UMLAUTS)))
