"""How much does a text say? Characters of scripts without spaces say more, one by one, than letters do."""

from __future__ import annotations

import re

_UNSPACED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]+")
_NOT_THEIRS = bytes({*range(256)} - {0xE0, 0xE1, *range(0xE3, 0xEA), 0xEF})
"""Bytes that open none of their characters in UTF-8."""


def weight(text: str) -> int:
    """Characters, one of a script without spaces counted three times."""
    if text.isascii() or not text.encode("utf-8", "surrogatepass").translate(None, _NOT_THEIRS):
        return len(text)  # told in a third of the time that a look at each character takes
    return len(text) + 2 * sum(map(len, _UNSPACED.findall(text)))
