"""Which language is it in? The body's own; what the page's template claims decides between languages that are alike."""

from __future__ import annotations

import re
from math import inf

from pipelines.documents import Document, text_at

_SLICE = 120
"""Characters read at each of four places of the body: a quotation or a caption in another language is outvoted."""
_ALIKE, _SHORT = 0.03, 30
"""How near a declared language's score must be to the best: 3% in a long text (Malay and Indonesian, Croatian and Bosnian,
Norwegian and Danish are nearer than that, unrelated languages 10% or more apart), and more the shorter a text is."""
_CODE = re.compile(r"([a-z]{2,3})(?![a-z])", re.IGNORECASE)
_WIDER = {
    "ary": "ar",
    "arz": "ar",
    "yue": "zh",
    "wuu": "zh",
    "cmn": "zh",
    "uzs": "uz",
    "sdh": "ku",
    "ckb": "ku",
    "kmr": "ku",
    "ext": "es",
    "lij": "it",
    "vec": "it",
    "ltg": "lv",
    "grc": "el",
    "hbo": "he",
    "gug": "gn",
    "kik": "ki",
    "fuv": "ff",
    "nb": "no",
    "nno": "nn",
    "fil": "tl",
    "iw": "he",
    "in": "id",
    "ji": "yi",
    "mo": "ro",
    "sh": "sr",
}
"""ISO 639-1 for codes that it has not, or has no longer (ISO 639-3 macrolanguages)."""
_EVERYWHERE = frozenset(("en", "fr", "es", "pt", "ru", "ar", "zh", "de"))
"""Languages that outlets also publish in: read with certainty even where the page declares one that the model does not know."""
_UNSPACED = re.compile(
    "[\u3005\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff66-\uff9f\U00020000-\U000323af]"
)
_SYLLABIC = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\uaa60-\uaa7f]")
_LETTER = re.compile(r"[^\W\d_]")
_SIGNS = re.compile(r"[\W_]+")
_JOINTS = ("—", "–", "/", "|", "…", "--")


def language_of(body: str, document: Document) -> str | None:
    """ISO 639-1, or None where neither the text nor the page tells. Of 140 languages that py3langid knows.

    A short text is in the language that its page declares, if it can be. Norwegian is ``nn`` in Nynorsk, and otherwise
    what its page calls it, ``nb`` or ``no``: a search for ``no`` means the three.
    """
    claims = [code for text in _claims(document) if (code := _code(text))]
    language = _language(body, [_WIDER.get(code, code) for code in claims])
    return next((code for code in claims if code in ("no", "nb")), "no") if language == "no" else language


def _language(body: str, declared: list[str]) -> str | None:
    sample = _sample(body)
    scores = _scores(sample)
    best = next((code for code in scores if len(code) == 2), None)
    if best is None:
        return next((code for code in declared if len(code) == 2), None)
    least = scores[best] * (1 + max(_ALIKE, _SHORT / len(sample)))
    near = [code for code in declared if len(code) == 2 and scores.get(code, -inf) >= least]
    if near:
        return max(near, key=scores.__getitem__)
    unknown = next((code for code in declared if len(code) == 2 and code not in scores), None)
    return unknown if unknown and best not in _EVERYWHERE else best


def _scores(sample: str) -> dict[str, float]:
    """The likelihood (a logarithm, below zero) of each language, best first; nothing for a text without a letter."""
    import py3langid

    scores: dict[str, float] = {}
    for label, score in py3langid.rank(sample) if _LETTER.search(sample) else ():
        scores.setdefault(_WIDER.get(label, label), float(score))
    return scores


def count_words(body: str) -> int:
    """Words: what white space and dashes part, if it has a letter or a digit.

    In scripts without spaces their characters count: two to a word in Chinese and Japanese, four (vowel signs included) in
    Thai, Lao, Khmer and Burmese; a dictionary would be needed to do better (Unicode, UAX #29).
    """
    ideographs = syllables = 0
    if not body.isascii():
        body, ideographs = _UNSPACED.subn(" ", body)
        body, syllables = _SYLLABIC.subn(" ", body)
    for joint in _JOINTS:
        body = body.replace(joint, " ")
    parted = body.split()
    signs = sum(1 for part in parted if not part.isalnum() and _SIGNS.fullmatch(part))
    return len(parted) - signs + (ideographs + 1) // 2 + (syllables + 3) // 4


def _claims(document: Document) -> tuple[str, ...]:
    meta = document.meta
    return (
        document.tree.get("lang") or "",
        text_at(document.about, "inLanguage"),
        meta.get("og:locale", ""),
        meta.get("content-language", ""),
    )


def _code(text: str) -> str:
    found = _CODE.match(text.strip())
    return {"nob": "nb"}.get(found[1].lower(), found[1].lower()) if found else ""


def _sample(body: str) -> str:
    """The text, or slices of it from its beginning to its end."""
    if len(body) <= 4 * _SLICE:
        return body
    step = (len(body) - _SLICE) // 3
    return " ".join(body[at : at + _SLICE] for at in range(0, 3 * step + 1, step))
