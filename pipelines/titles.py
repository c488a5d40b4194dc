"""What is the article called? Its own headline: what the page prints and what it says of itself, weighed against each other.

No voice is right alone. Open Graph and JSON-LD may hold a search engine's title, an h1 the site's logo, a section or a
breadcrumb, the title element the site's name at either end. So each voice counts for the candidate that it confirms,
spelled as the page prints it, and the heaviest candidate is the headline.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from pipelines.documents import Document
from pipelines.headings import LONGEST, Heading, is_marked
from pipelines.sites import key, names_site, without_site
from pipelines.voices import (
    Voices,
    is_elsewhere,
    links_to_itself,
    may_lead,
    share_in_address,
    voices_of,
    words_in,
)

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
}
"""How much each voice counts. Set by hand on 540 pages whose headlines people noted; a third more or less of any moves little."""
_PART, _REST = 0.7, 0.5
"""What a voice counts for a heading that is a part of what it says, and then for all of what it says: the rest may be a
site's name, a section, or more of the headline."""
_COPY = 0.4
"""What a voice counts that only repeats an h1 out of sight, where another headline is printed."""
_LONG_STEM = 20
"""Characters before an ellipsis by which a headline is known to be the same as a longer one."""
_SHORTEST = 8
"""Letters of a headline. Shorter ones exist, but a heading of few letters is more often a section's name."""


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
    voices = voices_of(document)
    ballot: Ballot = {}
    _vote_by_h1s(ballot, voices)
    _vote_by_said(ballot, voices)
    _vote_by_lower_headings(ballot, voices)
    for name in {key(h1.text) for h1 in voices.h1s} & ballot.keys():
        _doubt(ballot[name], voices)
    for name, candidate in ballot.items():
        candidate.voices["address"] = share_in_address(candidate.text, voices.url)
        candidate.voices["site"] = float(names_site(candidate.text, voices.names))
        candidate.voices["short"] = float(len(name) < _SHORTEST)
    return list(ballot.values())


def _vote(ballot: Ballot, text: str, voice: str, share: float = 1.0) -> None:
    if name := key(text):
        voices = ballot.setdefault(name, Candidate(text[:LONGEST])).voices
        voices[voice] = max(voices.get(voice, 0.0), share)


def _vote_by_h1s(ballot: Ballot, voices: Voices) -> None:
    for h1 in voices.h1s:
        if h1 not in voices.good:
            _vote(ballot, h1.text, "h1 aside")
            continue
        _vote(ballot, h1.text, "h1")
        if is_marked(h1):
            _vote(ballot, h1.text, "marked h1")
    if voices.good:
        _vote(ballot, voices.good[0].text, "first h1")
    if len(voices.good) == 1:
        _vote(ballot, voices.good[0].text, "only h1")


def _vote_by_said(ballot: Ballot, voices: Voices) -> None:
    """A voice counts for the heading that says the same, with the site's name or without, or that is a part of what it says."""
    printed = {key(heading.text): heading.text for heading in reversed(voices.headings)}
    printed |= {key(h1.whole): h1.text for h1 in voices.h1s}
    linked = {
        key(text) for voice, text in voices.said if voice == "json-ld"
    }  # what JSON-LD calls the headline is whole
    cuts = [without_site(text, voices.names) for _, text in voices.said]
    whole = {key(cut): cut for cut in reversed(cuts)} | printed
    for (voice, text), own in zip(voices.said, cuts, strict=True):
        cut = _completed(own, whole)
        found = printed.get(key(text)) or printed.get(key(cut))
        if found is not None or key(text) in linked:
            _vote(ballot, found or cut, voice)
            continue
        parts = [h for h in voices.headings if _is_part(h, text) and may_lead(h, text, voices)]
        for heading in parts:
            _vote(ballot, heading.text, voice, _PART)
        _vote(ballot, cut, voice, _REST if parts else 1.0)


def _completed(text: str, known: dict[str, str]) -> str:
    """What ends in an ellipsis, as another voice has it whole."""
    stem = text.rstrip("… .")
    if not text.endswith(("…", "...")) or len(stem) < _LONG_STEM:
        return text
    begins = key(stem)
    return next((full for name, full in known.items() if name.startswith(begins) and name != begins), text)


def _is_part(heading: Heading, text: str) -> bool:
    """Does the text begin or end with this heading, and end or begin with something of its own?"""
    whole = text.casefold()
    for part in dict.fromkeys((heading.text, heading.whole)):
        if len(part) < _SHORTEST or len(part) * 3 < len(text):
            continue
        own = part.casefold()
        if whole.startswith(own) and not whole[len(own) : len(own) + 1].isalnum():
            return True
        if whole.endswith(own) and not whole[-len(own) - 1 : -len(own)].isalnum():
            return True
    return False


def _vote_by_lower_headings(ballot: Ballot, voices: Voices) -> None:
    """A heading below level 1 counts where it is confirmed; for much where it leads, because no h1 is the headline."""
    leads: str | None = "" if voices.good else None
    for heading in voices.headings:
        name = key(heading.text)
        confirming = ballot[name].voices if name in ballot else {}
        if heading.level == 1 or not (confirming or leads is None) or names_site(heading.text, voices.names):
            continue
        if is_elsewhere(heading, voices.url):
            continue
        if links_to_itself(heading, voices.url):
            if confirming and not voices.good and "h1 aside" not in confirming:
                _vote(ballot, heading.text, "links to itself")
        elif confirming.keys() - {"other"}:
            _vote(ballot, heading.text, "printed" if leads is not None else "headline below")
            leads = name if leads is None else leads
        elif leads is None and is_marked(heading) and (not voices.h1s or not _is_alone(heading.text, voices)):
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


def _doubt(candidate: Candidate, voices: Voices) -> None:
    """A voice against an h1 that is rather a section or a message than the headline."""
    confirming = candidate.voices.keys() & {voice for voice, _ in voices.said}
    if voices.said and not confirming and _is_alone(candidate.text, voices):
        candidate.voices["alone"] = 1.0


def _is_alone(text: str, voices: Voices) -> bool:
    return not words_in(text) & words_in(" ".join(said for _, said in voices.said))
