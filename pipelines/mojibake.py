"""Text whose bytes were read in a wrong encoding once, before it was published: ``NÃ©gociations``, ``itâ€™s``, ``РџСЂРёРІРµС‚``."""

from __future__ import annotations

import re

_LONGEST = 20_000
"""Characters of one line that are looked at; a longer one is no line."""
_SUSPECT = re.compile(
    # a byte that opens a character in UTF-8, as Latin 1 or Windows-1251 show it …
    "[\u00c2-\u00f4\u0412-\u0421\u0432-\u0434]"
    # … and one that continues it, as Latin 1, Windows-1252 and Windows-1251 show that
    "[\u0080-\u00bf\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2013\u2014\u2018-\u201e\u2020-\u2022\u2026\u2030\u2039\u203a\u20ac\u2116\u2122"
    "\u0401-\u040f\u0451-\u045f\u0490\u0491]"
)


def repaired(text: str) -> str:
    """The text as it was meant, where it is plainly mojibake; any other text as it is.

    ftfy decides: it repairs only what it takes for broken and what is sound afterwards.

    >>> repaired("NÃ©gociations")
    'Négociations'
    """
    if len(text) > _LONGEST or _SUSPECT.search(text) is None:
        return text
    import ftfy

    return ftfy.fix_encoding(text)
