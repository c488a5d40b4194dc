"""The analysis of a language family in Elasticsearch's terms. Names are the same in all families, so that one search asks them all.

``words`` is the text as it is written, ``stems`` what is indexed of a family's texts, ``sought`` what is searched there, with
synonyms, ``quoted`` the same without, for phrases typed in Kibana's bars.
"""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from typing import Any

from search.analysis.stems import ACRONYM_IN_JAVA, SNOWBALL, UMLAUTS, dropped_in_java, endings_in_java
from search.analysis.synonyms import MARK, Synonyms, synonyms
from search.tokens import JAVA, JAVA_DOT, JAVA_PAIRS, LETTERS

_FOLDED = ["cjk_width", "lower", "asciifolding"]
PAIRED = frozenset({"chinese", "japanese", "korean"})
"""Families that Lucene's ``cjk`` analysis is for: overlapping pairs of characters."""
_PLUGINS = {
    "japanese": ("analysis-kuromoji", "kuromoji_tokenizer"),
    "korean": ("analysis-nori", "nori_tokenizer"),
    "chinese": ("analysis-smartcn", "smartcn_tokenizer"),
}
"""The plugin that knows a language's words, and its tokenizer (Elasticsearch, "Analysis plugins")."""
_ICU = ("analysis-icu", "icu_tokenizer")
"""Has dictionaries of Chinese, Japanese, Thai, Khmer, Lao and Burmese; used where there is no better."""
_ICU_FAMILIES = frozenset({"chinese", "japanese"})


def analysis(family: str, groups: Synonyms | None = None, plugins: AbstractSet[str] = frozenset()) -> dict[str, Any]:
    """Tokenizers, filters and analyzers of a family's index."""
    known = groups or synonyms()
    stemming = _stemming(family)
    written = ["dots", "letters", "marks"]
    text = [*written, "attached"] if dropped_in_java(family) else written
    index, search = _tokenizers(family, plugins)
    sought = ["cased", *_FOLDED]
    return {
        "char_filter": _char_filters(family),
        "tokenizer": {
            "words": {"type": "pattern", "pattern": JAVA, "group": 1},
            "pairs": {"type": "pattern", "pattern": JAVA_PAIRS, "group": 1},
        },
        "filter": {**_filters(known), **stemming},
        "normalizer": {
            "names": {"type": "custom", "char_filter": ["letters", "marks"], "filter": ["lower", "asciifolding"]},
            "codes": {"type": "custom", "filter": ["uppercase"]},
        },
        "analyzer": {
            "words": _custom(written, "words", _FOLDED),
            "stems": _custom(text, index, _indexed(index, list(stemming))),
            "sought": _custom(text, search, [*sought, "synonyms", "spare_acronyms", *stemming]),
            "quoted": _custom(text, search, [*sought, "spare_acronyms", *stemming]),
        },
    }


def _custom(char_filter: list[str], tokenizer: str, filters: list[str]) -> dict[str, Any]:
    return {"type": "custom", "char_filter": char_filter, "tokenizer": tokenizer, "filter": filters}


def _tokenizers(family: str, plugins: AbstractSet[str]) -> tuple[str, str]:
    """For what is indexed and for what is sought. Lucene's cjk_bigram can't read synonyms, so searches make the same pairs by a pattern."""
    plugin, tokenizer = _PLUGINS.get(family, ("", ""))
    if plugin in plugins:
        return tokenizer, tokenizer
    if _ICU[0] in plugins and family in _ICU_FAMILIES:
        return _ICU[1], _ICU[1]
    if family in PAIRED:
        return "standard", "pairs"
    return ("thai", "thai") if family == "thai" else ("pairs", "pairs")


def _indexed(tokenizer: str, stemming: list[str]) -> list[str]:
    paired = ["cjk_bigram"] if tokenizer == "standard" else []
    return ["cjk_width", "acronyms", "asciifolding", *paired, "spare_acronyms", *stemming]


def _char_filters(family: str) -> dict[str, Any]:
    attached = dropped_in_java(family)
    filters: dict[str, Any] = {
        "dots": {"type": "pattern_replace", "pattern": JAVA_DOT, "replacement": ""},
        "letters": {"type": "mapping", "mappings": [f"{letter} => {plain}" for letter, plain in LETTERS.items()]},
        "marks": {"type": "pattern_replace", "pattern": r"(?<=\p{IsLatin})[\u0300-\u036f]+", "replacement": ""},
    }
    if attached:
        filters["attached"] = {"type": "pattern_replace", "pattern": attached, "replacement": " "}
    return filters


def search_filters(known: Synonyms) -> dict[str, Any]:
    """The filters that only searches use, so that they may be changed in an index that is there."""
    cased = "|".join(sorted(known.cased))
    return {
        "cased": {"type": "pattern_replace", "pattern": f"^({cased})$", "replacement": f"{MARK}$1"},
        "synonyms": {"type": "synonym_graph", "synonyms": known.rules(), "lenient": "false"},
    }


def _filters(known: Synonyms) -> dict[str, Any]:
    return {
        **search_filters(known),
        "lower": {"type": "lowercase", "language": "greek"},  # Java's rule for all, and Greek's final sigma
        "mark": {"type": "pattern_replace", "pattern": ACRONYM_IN_JAVA, "replacement": f"{MARK}$1"},
        "acronyms": {"type": "multiplexer", "filters": ["lower", "mark, lower"], "preserve_original": False},
        "spare_acronyms": {"type": "keyword_marker", "keywords_pattern": f"{MARK}.*"},
    }


def _stemming(family: str) -> dict[str, Any]:
    """The filters that stem, in their order."""
    filters: dict[str, Any] = {}
    for written, letter in UMLAUTS if family == "german" else ():
        filters[f"umlaut_{letter}"] = {"type": "pattern_replace", "pattern": written, "replacement": letter}
    if family in SNOWBALL:
        filters["stem"] = {"type": "snowball", "language": family.capitalize()}
    if pattern := endings_in_java(family):
        filters["endings"] = {"type": "pattern_replace", "pattern": pattern, "replacement": ""}
    return filters
