"""The language of a body, and how many words it has."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sentences import SENTENCES

from archive.article import Publisher
from pipelines.documents import Document, document_of
from pipelines.languages import count_words, language_of
from pipelines.page import Page


def document(lang: str = "", head: str = "") -> Document:
    content = f"<html lang='{lang}'><head><meta charset=utf-8>{head}</head><body><p>Text</p></body></html>"
    return document_of(Page("https://example.org/a", content.encode(), Publisher(id="e", name="Example"), "text/html"))


@pytest.mark.parametrize("language", SENTENCES)
def test_a_bodys_language_is_told_without_the_pages_help(language: str) -> None:
    assert language_of("\n".join([SENTENCES[language]] * 4), document()) == language


@pytest.mark.parametrize("language", [code for code in SENTENCES if code != "en"])
def test_a_template_that_declares_english_changes_nothing(language: str) -> None:
    assert language_of("\n".join([SENTENCES[language]] * 4), document("en-GB")) == language


@pytest.mark.parametrize(
    ("declared", "text"),
    [
        ("hr", "Predsjednik vlade sastao se danas sa svojim kolegom i razgovarao o sigurnosti. "),
        ("bs", "Predsjednik vlade sastao se danas sa svojim kolegom i razgovarao o sigurnosti. "),
        ("sr", "Predsednik vlade sastao se danas sa svojim kolegom i razgovarao o bezbednosti. "),
        ("id", "Perdana Menteri bertemu dengan rekannya hari ini untuk membahas keamanan regional. "),
        ("ms", "Perdana Menteri bertemu dengan rakannya hari ini untuk membincangkan keselamatan serantau. "),
        ("nb", SENTENCES["no"]),
        ("no", SENTENCES["no"]),
    ],
)
def test_between_languages_that_are_alike_the_page_decides(declared: str, text: str) -> None:
    assert language_of(text * 4, document(declared)) == declared


@pytest.mark.parametrize("lang", ["en-US", "en_GB", "EN", " en "])
def test_a_short_text_is_in_the_language_that_its_page_declares(lang: str) -> None:
    assert language_of("Angela Merkel, Emmanuel Macron", document(lang)) == "en"


def test_a_short_text_is_not_in_a_language_of_another_script() -> None:
    assert language_of("Премьер-министр встретился с коллегой", document("en")) == "ru"


@pytest.mark.parametrize(
    ("head", "language"),
    [
        ('<meta property="og:locale" content="pt_BR">', "pt"),
        ('<meta http-equiv="Content-Language" content="pt">', "pt"),
        ('<script type="application/ld+json">{"@type": "NewsArticle", "inLanguage": "pt"}</script>', "pt"),
        ("", None),
    ],
)
def test_where_there_is_no_text_the_page_is_asked(head: str, language: str | None) -> None:
    assert language_of("2026 – 17:41", document(head=head)) == language


def test_a_language_that_the_model_does_not_know_is_believed_to_its_page() -> None:
    tigrinya = "ቀዳማይ ሚኒስተር ሎሚ ምስ መዘናኡ ተራኺቡ ብዛዕባ ጸጥታ ዞባ ተዘራሪቡ። "
    assert language_of(tigrinya * 4, document("ti")) == "ti"
    assert language_of(SENTENCES["en"] * 4, document("ti")) == "en"


def test_filipino_is_not_finnish() -> None:
    assert language_of("", document("fil-PH")) == "tl"


def test_a_quotation_in_another_language_does_not_decide() -> None:
    assert language_of("\n".join([SENTENCES["en"]] + [SENTENCES["fr"]] * 8 + [SENTENCES["en"]]), document()) == "fr"


@pytest.mark.parametrize(
    ("body", "words"),
    [
        ("", 0),
        ("– … !", 0),
        ("The ministers met in Geneva.", 5),
        ("Don't ask the vice-president of Côte d'Ivoire", 7),
        ("in 2026, $3.5 billion", 4),
        ("word—word – word/word", 4),
        ("التقى رئيس الوزراء نظيره اليوم", 5),
        ("प्रधानमंत्री ने आज अपने समकक्ष से मुलाकात की।", 8),
        ("நாட்டின் பிரதமர் பேசினார்", 3),
        ("총리는 오늘 상대국 총리를 만났다.", 5),
        ("نخست‌وزیر امروز دیدار کرد", 4),
        ("Thủ tướng hôm nay", 4),
        ("首相は会談した", 4),
        ("总理今天会见了", 4),
        ("AIは2026年", 3),
        ("นายกรัฐมนตรี", 3),
    ],
)
def test_words_are_counted_in_any_script(body: str, words: int) -> None:
    assert count_words(body) == words


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=300), st.text(max_size=6))
def test_any_text_has_a_language_of_two_letters_or_none(body: str, lang: str) -> None:
    language = language_of(body, document(lang.replace("'", "").replace("\x00", "")))
    assert language is None or len(language) == 2
    assert count_words(body) >= 0
