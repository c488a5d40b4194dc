"""Which language family's index holds an article? Its texts are analysed there as its language wants it.

The families are Elasticsearch's built-in language analyzers (reference, "Language analyzers") and two for which it wants plugins,
Polish and Ukrainian; ``search/analysis`` stems them all with what any cluster has. Chinese, Japanese and Korean share one analysis, but a
plugin for one knows nothing of the others, so that each is a family.
"""

from __future__ import annotations

_BY_LANGUAGE = {
    "ar": "arabic",
    "bg": "bulgarian",
    "bn": "bengali",
    "ca": "catalan",
    "cs": "czech",
    "da": "danish",
    "de": "german",
    "el": "greek",
    "en": "english",
    "es": "spanish",
    "et": "estonian",
    "eu": "basque",
    "fa": "persian",
    "fi": "finnish",
    "fr": "french",
    "ga": "irish",
    "gl": "galician",
    "hi": "hindi",
    "hu": "hungarian",
    "hy": "armenian",
    "id": "indonesian",
    "it": "italian",
    "ja": "japanese",
    "ko": "korean",
    "lt": "lithuanian",
    "lv": "latvian",
    "nb": "norwegian",
    "nl": "dutch",
    "nn": "norwegian",
    "no": "norwegian",
    "pl": "polish",
    "pt": "portuguese",
    "ro": "romanian",
    "ru": "russian",
    "sr": "serbian",
    "sv": "swedish",
    "th": "thai",
    "tr": "turkish",
    "uk": "ukrainian",
    "zh": "chinese",
}
OTHER = "other"
"""Languages without an analyzer of their own, and texts of no known language: words as they stand."""
FAMILIES = (*sorted(set(_BY_LANGUAGE.values())), OTHER)


def family_of(language: str | None) -> str:
    """The family of a language's ISO 639-1 code.

    >>> family_of("fr"), family_of("ja"), family_of("sw"), family_of(None)
    ('french', 'japanese', 'other', 'other')
    """
    return _BY_LANGUAGE.get(language or "", OTHER)
