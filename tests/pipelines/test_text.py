"""Text made even, and mojibake repaired."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sentences import SENTENCES

from pipelines.mojibake import repaired
from pipelines.text import even


@pytest.mark.parametrize(
    ("text", "evened"),
    [
        (None, ""),
        ("", ""),
        (" \r\n\t ", ""),
        ("a\r\nb\u00a0c\u2028d\u2029e\u3000f\u202fg", "a b c d e f g"),
        ("Sou\u00adverä\u00adni\u00adtät", "Souveränität"),
        ("zero\u200bwidth\u2060and\ufeffmarks\u200e\u200f", "zerowidthandmarks"),
        ("\ufeffThe first", "The first"),
        ("\u202bالعربية\u202c (\u2066EU\u2069)", "العربية (EU)"),
        ("nul\x00 bell\x07 delete\x7f c1\x85next\x9d", "nul bell delete c1 next"),
        ("half a pair \ud83d of surrogates", "half a pair of surrogates"),
        ("e\u0301te\u0301", "été"),
        ("e\u200b\u0301", "é"),
        ("한글\u3164채움", "한글 채움"),
        ("hidden\U000e0068\U000e0069 message", "hidden message"),
        ("a\ufe0fb\ufe0e", "ab"),
        ("\u200cstray \u200djoiners\u200c in\u200c \u200dLatin", "stray joiners in Latin"),
        ("word \u200c\u200c", "word"),
    ],
)
def test_what_is_not_seen_goes_and_all_space_is_one(text: str | None, evened: str) -> None:
    assert even(text) == evened


@pytest.mark.parametrize(
    "text",
    [
        "Plain text.",
        "می‌شود و خانه‌ها",
        "क्‍ष और क्‌ष",
        "ന്‍റെ",
        "👩‍🚀 🏳️‍🌈 👨‍👩‍👧 ❤️ ☎︎ 1️⃣ ©️",
        "\U0001f3f4\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f",
        "葛\U000e0100城市",
        "ᠠ᠋ ᠮᠣᠩᠭᠣᠯ",
        "«Été à l’œuvre» – 10 €, 50 % … § 3 ½ ©",
        "\ufffd shows a loss",
    ],
)
def test_what_spells_stays(text: str) -> None:
    assert even(text) == text


def test_a_joiner_that_was_typed_twice_is_one() -> None:
    assert even("می\u200c\u200cشود") == "می\u200cشود"


MOJIBAKE = [
    ("NÃ©gociations Ã\xa0 GenÃ¨ve", "Négociations à Genève"),
    ("itâ€™s â€œquotedâ€\x9d â€“ and more", "it’s “quoted” – and more"),
    ("MÃ¼nchen, StraÃŸe", "München, Straße"),
    ("RegiÃ³n de MÃ©xico, aquÃ\xad", "Región de México, aquí"),
    ("РџСЂРёРІРµС‚, РјРёСЂ", "Привет, мир"),
    ("ÐŸÑ€Ð¸Ð²ÐµÑ‚", "Привет"),
    ("æ—¥æœ¬èªž", "日本語"),
    ("ÙˆØ²ÙŠØ±", "وزير"),
    ("KlimatÂ´s, 20Â°C", "Klimat´s, 20°C"),
]


@pytest.mark.parametrize(("broken", "meant"), MOJIBAKE)
def test_mojibake_is_repaired(broken: str, meant: str) -> None:
    assert repaired(broken) == meant
    assert even(broken) == meant


@pytest.mark.parametrize("code", SENTENCES)
def test_sound_text_stays_as_it_is_in_every_language(code: str) -> None:
    for text in (SENTENCES[code], SENTENCES[code].upper(), f"«{SENTENCES[code]}»", f"“{SENTENCES[code]}”…"):
        assert repaired(text) == text


@pytest.mark.parametrize(
    "text",
    [
        "SÃO PAULO – NÃO É ASSIM",
        "L’ÉTÉ ÉTAIT À L’ŒUVRE : « VOILÀ »",
        "Ã is a letter, and so is Â",
        "Ålesund · Øst · Århus · Þingvellir",
        "ĐÀ NẴNG – ĐÔNG NAM Á",
        "Рівне, Сєвєродонецьк і С’єрра-Леоне",
        "Срђан Његовић и Љиљана",
        "“Café”, “olé”… ‘à’ – «ça»",
        "™ ® © ° ± ² ³ µ ¶ · ¹ º »",
    ],
)
def test_what_only_looks_like_mojibake_stays(text: str) -> None:
    assert repaired(text) == text


@given(
    st.sampled_from(sorted(SENTENCES)),
    st.sampled_from(sorted(SENTENCES)),
    st.sampled_from([" ", " – ", "; ", " “", "» «", "\n"]),
)
def test_sound_sentences_side_by_side_stay(one: str, other: str, between: str) -> None:
    text = SENTENCES[one] + between + SENTENCES[other]
    assert repaired(text) == text


@given(st.sampled_from([code for code in sorted(SENTENCES) if not SENTENCES[code].isascii()]))
def test_utf_8_read_as_latin_1_comes_back(code: str) -> None:
    meant = unicodedata.normalize("NFC", SENTENCES[code])
    assert repaired(meant.encode().decode("latin-1")) == meant


@given(st.text())
def test_even_text_is_in_normal_form_has_single_spaces_and_encodes(text: str) -> None:
    found = even(text)
    assert unicodedata.is_normalized("NFC", found)
    assert found == " ".join(found.split())
    assert found.encode().decode() == found


@given(st.text(alphabet=st.sampled_from("aé \u200b\u200c\u200d\ufe0fم्क😀🏴\U000e0067葛\u212b\u00ad\u0301\n")))
def test_even_text_is_even(text: str) -> None:
    assert even(even(text)) == even(text)
