"""Which language is it in? The body's own, not what the page's template claims."""

from __future__ import annotations

import re

from pipelines.documents import Document

_ENOUGH = 200
"""Characters from which the text is believed over the page: below, a name or two misleads any detector."""
_UNSPACED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]")
_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")


def language_of(body: str, document: Document) -> str | None:
    """ISO 639-1. Of 97 languages that py3langid knows; a short text is in the language that its page declares."""
    import py3langid

    declared = (document.tree.get("lang") or document.meta.get("og:locale") or "")[:2].lower()
    if len(body) < _ENOUGH and declared.isalpha() and len(declared) == 2:
        return declared
    language: str = py3langid.classify(body[:5_000])[0]
    if language in _MISTAKEN and declared in _MISTAKEN[language]:
        return declared
    return language


_MISTAKEN = {
    "no": ("nb", "nn", "da"),
    "nb": ("no",),
    "hr": ("sr", "bs"),
    "bs": ("hr", "sr"),
    "sr": ("bs", "hr"),
    "id": ("ms",),
    "ms": ("id",),
    "gl": ("pt", "es"),
}
"""Languages so near to each other that the page's word decides."""


def count_words(body: str) -> int:
    """Words; in scripts without spaces two characters count as one (their usual ratio to words)."""
    unspaced = len(_UNSPACED.findall(body))
    return len(_WORD.findall(_UNSPACED.sub(" ", body))) + (unspaced + 1) // 2
