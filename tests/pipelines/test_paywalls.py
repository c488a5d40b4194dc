from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pages_of import article, document

from pipelines.derive import derive
from pipelines.paywalls import Access, access_of

LONG = "The ministers agreed to meet again in the spring. " * 40
SHORT = "The ministers agreed to meet again in the spring."
TEASER = " ".join(f"On day {day} the ministers agreed to meet again in the spring." for day in range(6))


def access(body: str, *notes: str, head: str = "") -> Access:
    return access_of(article(head=head), notes, body, len(body.split()))


def linked(**fields: object) -> str:
    return f'<script type="application/ld+json">{json.dumps({"@type": "NewsArticle", **fields})}</script>'


@pytest.mark.parametrize(
    "head",
    [
        linked(isAccessibleForFree=False),
        linked(isAccessibleForFree="False"),
        linked(isAccessibleForFree="http://schema.org/False"),
        linked(hasPart={"@type": "WebPageElement", "isAccessibleForFree": "False", "cssSelector": ".paywall"}),
        '<meta itemprop="isAccessibleForFree" content="false">',
        '<meta property="article:content_tier" content="locked">',
        '<meta property="article:content_tier" content="metered">',
        '<meta name="cXenseParse:abc-premium" content="true">',
    ],
)
def test_the_page_says_that_it_is_for_subscribers(head: str) -> None:
    assert access(LONG, head=head) == Access(paywalled=True, truncated=False)
    assert access(SHORT, head=head) == Access(paywalled=True, truncated=True)


@pytest.mark.parametrize(
    "head",
    [
        "",
        linked(isAccessibleForFree=True),
        linked(isAccessibleForFree="True", hasPart={"isAccessibleForFree": "False"}),
        linked(isAccessibleForFree=None),
        linked(isAccessibleForFree={"@id": "x"}),
        '<meta property="article:content_tier" content="free">',
        '<meta name="ispremium" content="0">',
        '<meta name="author" content="premium">',
    ],
)
def test_the_page_says_that_it_is_free_or_nothing(head: str) -> None:
    assert access(LONG, head=head) == Access(paywalled=False, truncated=False)
    assert access(SHORT, head=head) == Access(paywalled=False, truncated=False)


@pytest.mark.parametrize(
    "notice",
    [
        "This article is for subscribers only.",
        "Subscribe to continue reading",
        "Jetzt weiterlesen mit Beispiel Plus",
        "Dieser Artikel ist nur für Abonnenten lesbar.",
        "Réservé aux abonnés",
        "Il vous reste 72% de cet article à lire.",
        "Contenido exclusivo para suscriptores",
        "Conteúdo exclusivo para assinantes",
        "Questo contenuto è riservato agli abbonati",
        "Материал доступен только для подписчиков",
        "Bu içerik sadece abonelere açıktır",
        "هذا المحتوى للمشتركين فقط",
        "यह लेख केवल सब्सक्राइबर के लिए है",
        "この記事は有料会員限定です。",
        "残り1234文字（全文2345文字）",
        "余下全文需订阅",
        "이 기사는 유료 회원 전용입니다",
    ],
)
def test_a_notice_below_a_short_text_says_so(notice: str) -> None:
    assert access(SHORT, notice) == Access(paywalled=True, truncated=True)


@pytest.mark.parametrize(
    "note",
    [
        "Subscribe now",
        "Subscribe to continue reading",
        "Jetzt abonnieren",
        "Already a subscriber? Log in",
        "Read more",
        "Lire la suite",
        "続きを読む",
        "Support our journalism",
    ],
)
def test_a_button_below_a_whole_article_says_nothing(note: str) -> None:
    assert access(LONG, note) == Access(paywalled=False, truncated=False)


@pytest.mark.parametrize(
    "sentence",
    [
        "Subscribers to the treaty may share this intelligence.",
        "The premium that insurers charge has doubled.",
        "He asked readers to subscribe to a view of history.",
        "L’accès au port est réservé à la marine.",
        "訂閱人數增加了。",
    ],
)
def test_a_sentence_about_subscribers_says_nothing(sentence: str) -> None:
    assert access(SHORT, sentence) == Access(paywalled=False, truncated=False)


@pytest.mark.parametrize(
    ("body", "notes", "truncated"),
    [
        (f"{LONG} They said that […]", (), True),
        (f"{LONG} They said that [...]", (), True),
        (f"{SHORT} They said that…", ("Read more",), True),
        (f"{SHORT} They said that…", (), False),
        (f"{LONG} And so it goes…", ("Read more",), False),
        (f"{LONG} “We shall see [...] in May.”", (), False),
    ],
)
def test_a_text_that_breaks_off_is_a_preview(body: str, notes: tuple[str, ...], truncated: bool) -> None:
    assert access(body, *notes).truncated is truncated


def test_json_ld_says_how_long_the_article_is() -> None:
    assert access(SHORT, head=linked(articleBody=LONG)).truncated
    assert access(SHORT, head=linked(wordCount=900)).truncated
    assert access(SHORT, head=linked(wordCount="900")).truncated
    assert not access(LONG, head=linked(articleBody=LONG)).truncated
    assert not access(LONG, head=linked(articleBody="The ministers agreed.")).truncated
    assert not access(LONG, head=linked(wordCount="many")).truncated
    short = " ".join(["word"] * 149)
    assert access(short, head=linked(wordCount=150, isAccessibleForFree=False)) == Access(
        paywalled=True, truncated=False
    )


@pytest.mark.parametrize(
    ("body", "head", "access"),
    [
        (LONG, "", "full"),
        (TEASER, "", "full"),
        (LONG, linked(isAccessibleForFree=True), "full"),
        (LONG, linked(isAccessibleForFree=False), "metered"),
        (LONG, '<meta property="article:content_tier" content="metered">', "metered"),
        (TEASER, linked(isAccessibleForFree=False), "preview"),
        (TEASER, '<meta property="article:content_tier" content="locked">', "preview"),
        (TEASER, linked(wordCount=900), "preview"),
        (f"{LONG} They said that […]", "", "preview"),
    ],
)
def test_an_article_says_how_much_of_it_is_there(body: str, head: str, access: str) -> None:
    found = derive(document(f"<article><h1>Ministers agree</h1><p>{body}</p></article>", head).page)
    assert (found.access, found.truncated) == (access, access == "preview")
    assert access != "metered" or found.paywalled


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=100), st.lists(st.text(max_size=300), max_size=5), st.text(max_size=30))
def test_any_text_has_an_answer(body: str, notes: list[str], value: str) -> None:
    assert isinstance(access(body, *notes, head=linked(isAccessibleForFree=value, wordCount=value)), Access)
