"""Which agency opens the text? Datelines that are too seldom, or too close to a sentence, to be cut out of the text.

``Vatikanstadt (KNA) Die Minister …``, ``Budapest, 2024. május 3., péntek (MTI) - …``, ``Kyiv. May 3. Ukrinform. …``,
``（中央社記者王小明台北3日電）``: the agency is read, and the text stays as it is.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipelines.agencies import agencies_in, agency_named

_FIRST_LINES = 3
_LONGEST = 140
_FEWEST_AFTER = 20
"""Characters of the text that must follow; a caption ends where its agency is named."""
_MOST_WORDS, _MOST_UNMARKED = 9, 3
_SHORT_WORD, _MOST_SMALL = 4, 2
_BRACKETED = re.compile(
    r"""(?P<before> (?: [^().!?。：:«»"“”] | (?<![^\W\d_]{5})\. ){2,70}? )  # a stop after a long word ends a sentence
    \s?[(（/]\s?(?P<agency>[^()/（）]{2,30}?)\s?[)）/]
    (?P<mark>\s?[.:।،]?\s?[–—-]{0,2})\s*(?P<after>.*)""",
    re.DOTALL | re.VERBOSE,
)
_OTHERS = tuple(
    re.compile(pattern, re.DOTALL)
    for pattern in (
        r"[^\W\d_][^.]{1,25}\.\s[^.]{3,20}\.\s(?P<agency>[^\s.–—-]{2,20}(?:\.RU)?(?:\s[^\s.–—-]{2,12})?)(?:\.\s|\s?[–—-]+\s)",  # Kyiv. May 3. Ukrinform.
        r"[^\W\d_][^,.\d]{1,25},\s(?P<agency>[A-Z]{3,8})\s[–—-]{1,2}\s",  # Tehran, IRNA –
        r"[（(](?P<agency>[\u3400-\u9fff]{2,4}?社)(?:記者|记者)?[^（）()]{0,25}[電电][)）]",  # （中央社記者王小明台北3日電）
        r"【[^】]{0,14}?日?\s?(?P<agency>[A-Z]{2,5}|[^】\s]{2,6})】",  # 【5月3日 AFP】
        r"[\u0600-\u06ff]{2,15}\s(?:[\u0600-\u06ff]{2,12}\s){0,2}\d{1,2}\s.{2,30}?\s(?P<agency>واس|كونا|بترا|سانا|وام)\s",
    )
)


def agency_that_opens(lines: Sequence[str]) -> str | None:
    """The agency that one of the opening paragraphs is filed by.

    >>> agency_that_opens(["Vatikanstadt (KNA) Die Minister kamen im Frühjahr zusammen."])
    'KNA'
    """
    for line in lines[:_FIRST_LINES]:
        opening = line[:_LONGEST]
        for pattern in _OTHERS:
            if (found := pattern.match(opening)) and (named := _named(found["agency"])):
                return named
        if (found := _BRACKETED.match(opening)) and (named := _named(found["agency"])) and _is_dateline(found):
            return named
    return None


def _named(text: str) -> str | None:
    return next(iter(agencies_in(text) or agencies_in(re.split(r"[/,-]", text)[0])), None)


def _is_dateline(found: re.Match[str]) -> bool:
    """A place or a date stands before the bracket, and a sentence begins after it."""
    before, after = found["before"].strip(), found["after"]
    words = [word for word in re.split(r"[\s,./\[\]]+", before) if word]
    if not words or len(words) > _MOST_WORDS or len(after) < _FEWEST_AFTER or after[0].islower():
        return False
    if agency_named(before) or re.search(
        r"agen[cz]|agentur|press\b|presse\b|news\b|агентств|وكالة|社$", before.casefold()
    ):
        return False  # "Deutsche Presse-Agentur (dpa)"
    if "".join(word[0] for word in words).casefold().endswith(found["agency"].casefold()):
        return False  # "Palestinian Authority (PA)"
    has_date = any(letter.isdecimal() for letter in before)
    small = [word for word in words if word[0].islower() and len(word) > _SHORT_WORD]
    if len(small) > (_MOST_SMALL if has_date else 0):
        return False
    return has_date or (len(words) <= _MOST_UNMARKED and (bool(found["mark"].strip()) or words[0][0].isupper()))
