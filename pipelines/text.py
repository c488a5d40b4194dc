"""Text made even: what looks the same becomes the same."""

from __future__ import annotations

import re
import unicodedata

_INVISIBLE = re.compile("[\u00ad\u200b\u200c\u200e\u200f\u2060\ufeff]")
"""Soft hyphens, zero-width spaces and marks of direction. The zero-width joiner stays: it makes letters in Persian and Hindi."""


def even(text: str | None) -> str:
    """NFC, one space for any run of white space (no-break spaces too), nothing invisible.

    >>> even("  Sou\\u00adveränität\\u00a0\\r\\n der  EU ")
    'Souveränität der EU'
    """
    if not text:
        return ""
    if not text.isascii():
        text = _INVISIBLE.sub("", unicodedata.normalize("NFC", text))
    return " ".join(text.split())
