"""Texts folded: what is printed differently and says the same becomes the same, so that it can be compared."""

from __future__ import annotations

import re
from functools import lru_cache
from unicodedata import normalize

_MARKS = re.compile("[\u0300-\u036f\u0591-\u05c7\u064b-\u065f\u0670\u093c\u09bc]")
"""Accents, vowel points of Hebrew and Arabic, and nuktas: printed or left out at will."""
_PICTURES = re.compile("[\u2190-\u21ff\u2300-\u23ff\u2500-\u27bf\u2b00-\u2bff\ufe0f\ufffc\ufffd\U0001f000-\U0001faff]+")
_BY_IDEOGRAPHS = re.compile("[ ](?:(?<=[\u2e80-\ua4cf\uf900-\ufaff][ ])|(?=[\u2e80-\ua4cf\uf900-\ufaff]))")
"""Spaces beside Chinese and Japanese characters: some sites set them, some do not."""
_LETTERS = str.maketrans(
    {
        **dict.fromkeys("‘’‚‛`´′＇", "'"),
        **dict.fromkeys("“”„‟″「」『』《》", '"'),
        **dict.fromkeys("‐‑‒–—―−─", "-"),
        **dict.fromkeys("()[]{}<〈〉【〔〕*†‡_=~^", " "),
        **dict.fromkeys("›»→▶►", ">"),
        **dict.fromkeys("•·‧・∙⋅¦", "|"),
        **dict.fromkeys("\u200d\u200c\u0640\u061c", None),  # joiners and the Arabic stretching stroke
        **dict.fromkeys("أإآٱ", "ا"),
        **dict.fromkeys("ىی", "ي"),
        "】": ":",  # 【関連記事】 is a label
        "ک": "ك",
        "ة": "ه",
        "ı": "i",
        "¿": " ",
        "¡": " ",
        "。": ".",
        "、": ",",
        "،": ",",
        "؛": ";",
        "؟": "?",
        "।": ".",
        "۔": ".",
    }
)
_TO_CHANGE = re.compile(f"[{re.escape(''.join(map(chr, _LETTERS)))}]")
_SPACES = re.compile(r"\s+")
_AROUND = " .,:;!?|/-'+&>«"


@lru_cache(1_024)  # a page's lines are looked at as boilerplate, as notes, as disclaimers
def folded(text: str) -> str:
    """A line as phrases are compared with it.

    >>> folded("► À LIRE AUSSI :")
    'a lire aussi'
    """
    if "«" in text and "»" in text:
        text = text.replace("«", '"').replace("»", '"')
    text = text.lower().translate(_LETTERS) if text.isascii() else _changed(_letters(text))
    text = " ".join(text.split()).replace(" :", ":").strip(_AROUND)
    return text if text.isascii() else _BY_IDEOGRAPHS.sub("", text)


def even_letters(text: str) -> str:
    """The same for a part of a phrase: spaces at its ends part it from its neighbours, and stay."""
    if text.isascii():
        return _SPACES.sub(" ", text.lower().translate(_LETTERS))
    return _BY_IDEOGRAPHS.sub("", _SPACES.sub(" ", _changed(_letters(text))))


def _letters(text: str) -> str:
    text = _PICTURES.sub(" ", text.replace("ⓒ", "©").replace("Ⓒ", "©")).casefold()
    return normalize("NFC", _MARKS.sub("", normalize("NFKD", text)))


def _changed(text: str) -> str:
    """``text.translate(_LETTERS)`` in a third of the time: beyond ASCII that looks up each character, and few have another form."""
    return _TO_CHANGE.sub(lambda found: _LETTERS[ord(found[0])] or "", text)
