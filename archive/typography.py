"""Do two texts say the same, however they are set? Quotes, dashes, spaces and what is not seen differ between two printings."""

from __future__ import annotations

import re
import unicodedata

_EVENED: dict[str | int, str | int | None] = {
    **dict.fromkeys('‘’‚‛`´′＇"“”„‟″«»‹›「」『』', "'"),
    **dict.fromkeys("‐‑‒–—―−─－", "-"),
    **{code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F) if chr(code) not in "＇－"},  # full-width forms of ASCII's
    "…": "...",
    # soft hyphens, zero-width spaces and joiners, marks of direction, the Arabic stretching stroke
    **dict.fromkeys("\u00ad\u034f\u061c\u0640\u200b\u200c\u200d\u200e\u200f\u2060\ufeff", None),
}
_SIGNS = str.maketrans(_EVENED)
_REPEATED = re.compile(r"(['-])(?:\s*\1)+")
"""Dashes and quotation marks that are typed as two."""
_IDEOGRAPHS = "\u2e80-\ua4cf\uf900-\ufaff"
_AROUND = re.compile(rf"(?<=[^\w\s])\s+|\s+(?=[^\w\s])|(?<=[{_IDEOGRAPHS}])\s+|\s+(?=[{_IDEOGRAPHS}])")
"""Spaces about punctuation, which each language's printers set otherwise, and about ideographs, where some set them."""


def unset(text: str) -> str:
    """A text as it can be compared with another printing of it: letters, digits and punctuation, in one kind of each.

    >>> unset("« Oui » – dit-il\\u00a0: non…") == unset('"Oui" - dit-il: non...')
    True
    >>> unset("now here") == unset("nowhere"), unset("No!") == unset("No?")
    (False, False)
    """
    even = unicodedata.normalize("NFC", text).translate(_SIGNS)
    even = _AROUND.sub("", " ".join(even.split()))
    return _REPEATED.sub(r"\1", even)
