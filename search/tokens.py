"""What is a word? One rule for both backends and for highlights, so that the same search finds the same articles.

A word is a run of letters, marks and digits. In scripts written without spaces every character is a word of its own,
and a search for several of them in a row is a search for a phrase, so any part of a Japanese sentence can be found.
Case and accents do not matter.
"""

from __future__ import annotations

import re
import unicodedata

UNSPACED = (
    (0x0E00, 0x0EFF),  # Thai, Lao
    (0x0F00, 0x0FFF),  # Tibetan
    (0x1000, 0x109F),  # Myanmar
    (0x1780, 0x17FF),  # Khmer
    (0x3005, 0x3007),  # 々 〇
    (0x3040, 0x30FA),  # Hiragana, Katakana
    (0x30FC, 0x30FF),
    (0x3400, 0x4DBF),  # Han
    (0x4E00, 0x9FFF),
    (0xF900, 0xFAFF),
)
"""Code points of scripts written without spaces."""

_CLASS = "".join(f"{chr(first)}-{chr(last)}" for first, last in UNSPACED)
_WORD = re.compile(rf"[{_CLASS}]|(?:(?![{_CLASS}])[^\W_])(?:(?![{_CLASS}])[\w\u0300-\u036f])*")

JAVA = "([{0}]|[\\p{{L}}\\p{{M}}\\p{{N}}&&[^{0}]]+)".format("".join(f"\\u{a:04x}-\\u{b:04x}" for a, b in UNSPACED))
"""The rule in the dialect of Java's regex, which Elasticsearch's pattern tokenizer uses."""


def folded(text: str) -> str:
    """Text without case, and without accents on Latin letters; in other scripts marks make other letters (и, й).

    >>> folded("Négociations"), folded("ЙОД")
    ('negociations', 'йод')
    """
    kept: list[str] = []
    base = ""
    for char in unicodedata.normalize("NFKD", text.casefold()):
        if not unicodedata.combining(char):
            base = char
        elif base < "\u0250":
            continue
        kept.append(char)
    return unicodedata.normalize("NFC", "".join(kept))


def words(text: str) -> list[tuple[int, int, str]]:
    """The words of a text: where each starts and ends, and the word folded."""
    return [(found.start(), found.end(), folded(found[0])) for found in _WORD.finditer(text)]
