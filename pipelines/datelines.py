"""Where a report was filed: the dateline that opens an agency's story.

A dateline stands before the first sentence, names its place in capitals, and ends in a dash:
``TOKYO, Jan 7 (Reuters) – The United States and Japan …`` (AP Stylebook, "datelines").
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_DATELINE = re.compile(
    r"""
    (?P<place>  [^\W\d_][^()–—\d]{1,40}?)                                # TOKYO · KYIV, Ukraine
    (?:,\s      (?P<date>[^\W\d_]{3,9}\.?\s\d{1,2} | \d{1,2}\s[^\W\d_]{3,9}\.?))?   # , Jan 7 · , 12 janvier
    (?:,\s\d{4})?
    (?:\s\(     (?P<agency>[^)]{2,30})\))?                               # (Reuters)
    \s?(?:–|—|--|-)\s
    """,
    re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class Dateline:
    """What a dateline says, as printed: ``date`` has no year, ``agency`` is the name in brackets."""

    place: str
    date: str | None
    agency: str | None


def split_dateline(paragraph: str) -> tuple[Dateline | None, str]:
    """Split an article's first paragraph into its dateline and the rest.

    The dateline is None, and the paragraph whole, where there is none.

    >>> split_dateline("TOKYO, Jan 7 (Reuters) – The allies vowed to work together.")
    (Dateline(place='TOKYO', date='Jan 7', agency='Reuters'), 'The allies vowed to work together.')
    """
    found = _DATELINE.match(paragraph)
    if found is None or not found["place"].split(",")[0].isupper():
        return None, paragraph
    if not (found["date"] or found["agency"]):
        return None, paragraph  # capitals and a dash are not enough: "NATO - and not the EU - decides"
    return Dateline(found["place"], found["date"], found["agency"]), paragraph[found.end() :]
