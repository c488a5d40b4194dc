"""Text made even: what looks the same becomes the same."""

from __future__ import annotations

import re
import unicodedata

from pipelines.mojibake import repaired

_JOINING = (
    "\u0600-\u08ff\ufb50-\ufdff\ufe70-\ufefc"  # Arabic, Syriac, Thaana, N'Ko
    "\u0900-\u0dff\u0f00-\u109f\u1780-\u18aa"  # the scripts of India, Tibetan, Burmese, Khmer, Mongolian
)
"""Scripts in which a letter's shape depends on its neighbours, so that joiners spell: Persian می‌شود, Hindi क्‍ष."""
_EMOJI = "\u00a9\u00ae\u203c-\u3299\U0001f000-\U0001faff"
_HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af"
_SPECIAL = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\xad\u034f\u061c\u115f\u1160\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u2800\u3164\ud800-\udfff"
    "\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\ufffe\uffff\U000e0000-\U000e0fff]"
)
"""Everything that is not seen; most texts have none of it, and are done with one look."""
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1b\x7f]")
"""The same among ASCII's characters."""
_BLANK = re.compile("[\u115f\u1160\u2800\u3164\uffa0]")
"""Hangul's fillers and Braille's blank: letters and signs that print as a space."""
_INVISIBLE = re.compile(
    # controls, soft hyphens, zero-width spaces, marks of direction, invisible operators, byte order marks, lone surrogates, no characters
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\xad\u034f\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ud800-\udfff\ufeff\ufff0-\ufffb\ufffe\uffff]"
    # the alphabet of tags, which spells a flag's region after the black flag and hides messages elsewhere
    "|(?<![\U0001f3f4\U000e0020-\U000e007f])[\U000e0000-\U000e00ff]+"
    # variants of an emoji, an ideograph or a Mongolian letter; after another character they select nothing
    f"|(?<![{_EMOJI}{_HAN}\u1800-\u18aa])[\ufe00-\ufe0f\u180b-\u180d\u180f\U000e0100-\U000e01ef](?!\u20e3)"
    # joiners that join nothing
    f"|(?<![{_JOINING}\u200c])\u200c+|\u200c+(?![{_JOINING}])"
    f"|(?<![{_JOINING}{_EMOJI}\ufe0f\u200d])\u200d+|\u200d+(?![{_JOINING}{_EMOJI}])"
)


_PASSES = 6
"""What goes may let what stood around it be another thing: a joiner that joins nothing now, two characters that are mojibake together."""


def even(text: str | None) -> str:
    """NFC, one space for any run of white space (no-break spaces and line separators too), nothing invisible, mojibake repaired.

    >>> even("  Sou\\u00adveränität\\u00a0\\r\\n der  EU ")
    'Souveränität der EU'
    """
    if not text:
        return ""
    if text.isascii():
        evened = " ".join(text.split())
        return evened if evened.isprintable() else " ".join(_CONTROLS.sub("", text).split())
    text = unicodedata.normalize("NFC", text)
    for _ in range(_PASSES):
        before, text = text, unicodedata.normalize("NFC", repaired(text))
        if _SPECIAL.search(text):
            text = unicodedata.normalize("NFC", _without_the_unseen(text))
        text = " ".join(text.split())
        if text == before:
            break
    return text


def _without_the_unseen(text: str) -> str:
    """Twice, because what goes may have stood between a joiner and the letter that it seemed to join."""
    text = _BLANK.sub(" ", text)
    return _INVISIBLE.sub("", _INVISIBLE.sub("", text))
