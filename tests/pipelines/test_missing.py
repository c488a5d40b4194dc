"""Pages that answer 200 and are not the ones that were asked for, and articles that only look like them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from webpages import document

from archive.errors import NotAnArticle
from pipelines.derive import derive
from pipelines.documents import Document
from pipelines.missing import leads_home, leads_up, refuse_what_is_missing, why_a_list_is_there
from pipelines.page import Page

ESSAY = "\n".join(
    f"In {year} the ministry took down old pages, and historians asked where the treaties of that year had gone; nobody knew."
    for year in range(1990, 2015)
)
ARTICLE = "".join(f"<p>{paragraph}</p>" for paragraph in ESSAY.split("\n"))
TEASERS = "\n".join(f"A short teaser of another story, number {n}, that stands on the page" for n in range(40))


def is_missing(found: Document, title: str, body: str) -> bool:
    try:
        refuse_what_is_missing(found, title, body)
    except NotAnArticle as reason:
        return reason.kind == "not found"
    return False


@pytest.mark.parametrize(
    "title",
    [
        "404", "404 Not Found", "Error 404: Page not found", "Oops! That page can’t be found.", "This page isn’t available",
        "Seite nicht gefunden", "Diese Seite existiert nicht mehr", "Fehler 404 – Artikel nicht gefunden",
        "Page introuvable", "Erreur 404", "Cette page n’existe plus", "Página no encontrada", "Error 404: esta página no existe",
        "Página não encontrada", "Pagina non trovata", "Pagina niet gevonden", "Nie znaleziono strony", "Strona nie istnieje",
        "Страница не найдена", "Ошибка 404. Страница не найдена", "Сторінку не знайдено", "Sayfa bulunamadı",
        "عذراً، الصفحة غير موجودة", "पेज नहीं मिला", "Halaman tidak ditemukan",
        "お探しのページが見つかりません", "ページが見つかりませんでした", "页面不存在", "抱歉，您访问的页面不存在", "找不到頁面",
        "페이지를 찾을 수 없습니다", "요청하신 페이지를 찾을 수 없습니다",
    ],
)  # fmt: skip
@pytest.mark.parametrize("frame", ["{}", "{} | The Example", "The Example – {}"])
def test_a_headline_that_says_only_this_is_no_article_s(title: str, frame: str) -> None:
    assert is_missing(document("<p>x"), frame.format(title), "Our newest stories are below, and the search is above.")


@pytest.mark.parametrize(
    "title",
    [
        "Page not found: how ministries delete their past",
        "404 dead in the quake",
        "The 404 problem",
        "Not found: the lost ships of the strait",
        "Why is the page not found?",
        "Error",
        "Peace not found",
        "Seite an Seite nicht gefunden",
        "Страница истории не найдена",
        "",
    ],
)
def test_a_headline_that_says_more_is(title: str) -> None:
    assert not is_missing(
        document("<p>x"), title, "The ministers met on Friday and agreed to look for the page of the treaty."
    )


@pytest.mark.parametrize(
    "line",
    [
        "The page you are looking for could not be found.",
        "Sorry, but the page you were looking for doesn't exist. Try a search.",
        "It looks like nothing was found at this location. Maybe try a search?",
        "Die von Ihnen gewünschte Seite konnte leider nicht gefunden werden.",
        "La page que vous recherchez n'existe pas ou a été déplacée.",
        "Lo sentimos, la página que busca no existe.",
        "A página que você procura não foi encontrada.",
        "La pagina che stai cercando non esiste.",
        "De pagina die u zoekt bestaat niet meer.",
        "Strona, której szukasz, nie istnieje.",
        "Запрашиваемая страница не найдена.",
        "Запитувана сторінка не існує.",
        "Aradığınız sayfa bulunamadı.",
        "عذراً، الصفحة التي تبحث عنها غير موجودة.",
        "क्षमा करें, आप जिस पेज को खोज रहे हैं वह उपलब्ध नहीं है।",
        "Maaf, halaman yang Anda cari tidak ditemukan.",
        "お探しのページは見つかりませんでした。",
        "申し訳ございませんが、お探しのページは移動または削除された可能性があります。",
        "抱歉，您访问的页面不存在。",
        "죄송합니다. 요청하신 페이지를 찾을 수 없습니다.",
    ],
)
def test_a_short_text_that_opens_so_is_missing(line: str) -> None:
    assert is_missing(document("<p>x"), "The Example", f"{line}\nGo back to the start.")


@pytest.mark.parametrize(
    "line",
    [
        "The page that the minister signed was not the one that the treaty had.",
        "The article of the treaty does not exist in the French text.",
        "The page you are looking for could not be found: that is what visitors of the archive read since spring.",
        "La página web del ministerio no está disponible desde el lunes, dijo el portavoz.",
        "The content was not available to us before both sides had signed it.",
    ],
)
def test_a_short_text_about_a_page_is_not(line: str) -> None:
    assert not is_missing(document("<p>x"), "A treaty and its pages", line)


def test_an_article_about_such_pages_stays_whatever_it_is_called() -> None:
    opening = "The page you are looking for could not be found.\n"
    dated = '<script type="application/ld+json">{"@type": "NewsArticle", "datePublished": "2026-03-01"}</script>'
    assert not is_missing(document(f"{dated}<p>x"), "Page not found", opening)
    assert not is_missing(document("<p>x"), "Page not found", ESSAY)
    assert not is_missing(document("<p>x"), "What visitors read", opening + ESSAY)
    content = f"<title>Page not found</title><body><article><h1>Page not found</h1>{ARTICLE}</article>"
    assert derive(document(content).page).title == "Page not found"


@pytest.mark.parametrize(
    "sign",
    ['<meta name="robots" content="noindex, follow">', '<link rel="canonical" href="/">', "<p>x"],
)
def test_a_long_page_of_teasers_is_missing_when_a_second_sign_says_so(sign: str) -> None:
    assert is_missing(document(f"<head>{sign}</head><p>x"), "Page not found", TEASERS) == (sign != "<p>x")


@pytest.mark.parametrize(
    ("asked", "landed"),
    [
        ("https://example.org/2026/talks", "https://example.org/"),
        ("https://example.org/2026/talks", "https://www.example.org"),
        ("https://example.org/2026/talks", "https://example.org/en/"),
        ("https://example.org/de/talks", "https://example.org/index.html"),
        ("https://example.org/talks?id=3", "https://another.example/"),
    ],
)
def test_a_redirect_to_a_home_page_leads_home(asked: str, landed: str) -> None:
    assert leads_home(asked, landed)


@pytest.mark.parametrize(
    ("asked", "landed"),
    [
        ("https://example.org/", "https://example.org/en/"),
        ("https://example.org/2026/talks", "https://example.org/2026/talks/"),
        ("https://example.org/2026/talks", "https://example.org/?p=12"),
        ("https://example.org/2026/talks", "https://example.org/home-rule-for-the-isles"),
        ("https://example.org/2026/talks", "http://[broken"),
    ],
)
def test_another_redirect_does_not(asked: str, landed: str) -> None:
    assert not leads_home(asked, landed)


def test_a_redirect_leads_up_to_an_address_that_the_asked_one_begins_with() -> None:
    assert leads_up("https://example.org/news/2026/talks", "https://www.example.org/news/")
    assert not leads_up("https://example.org/news/2026/talks", "https://example.org/new")
    assert not leads_up("https://example.org/news/2026/talks", "https://example.org/news/2026/talks/")
    assert not leads_up("https://example.org/news/talks", "https://another.example/news")
    assert not leads_up("https://example.org/news/talks", "https://example.org/")


LIST = "".join(f"<h3><a href='/{n}'>Older news number {n} of the pier and its people</a></h3>" for n in range(9))


@pytest.mark.parametrize(
    ("content", "landed", "why"),
    [
        (LIST, "https://www.example.org/2026", "not found: redirected to https://www.example.org/2026"),
        (f"<link rel=canonical href='/'>{LIST}", None, "not found: its canonical link is the home page"),
        (LIST, None, "hub: a list of links to articles"),
    ],
)
def test_a_list_where_an_article_was_asked_for_says_why_it_is_there(content: str, landed: str | None, why: str) -> None:
    asked = document(f"<body>{content}").page
    with pytest.raises(NotAnArticle) as raised:
        derive(Page(asked.url, asked.content, asked.publisher, asked.content_type, landed=landed))
    assert str(raised.value) == why


def test_an_article_whose_canonical_link_is_the_home_page_is_an_article() -> None:
    found = document(f"<link rel=canonical href='/'><body><article><h1>The old pages</h1>{ARTICLE}</article>")
    assert why_a_list_is_there(found) is not None
    assert derive(found.page).title == "The old pages"


@given(st.text(max_size=300), st.text(max_size=300))
def test_any_title_and_text_is_looked_at(title: str, body: str) -> None:
    is_missing(document("<p>x"), title, body)
