from __future__ import annotations

import pytest
from webpages import document

from pipelines.sites import is_site_name, key, registrable, without_site

SITE = frozenset(
    map(key, ("The Example", "Пример Новости", "المثال", "示例网", "例新聞", "उदाहरण समाचार", "Örnek Haber"))
)


@pytest.mark.parametrize(
    ("title", "headline"),
    [
        ("Talks resume in Geneva | The Example", "Talks resume in Geneva"),
        ("Talks resume in Geneva - World - The Example", "Talks resume in Geneva - World"),
        ("Talks resume in Geneva | The Example | All that matters", "Talks resume in Geneva"),
        ("Talks resume in Geneva -- The Example", "Talks resume in Geneva"),
        ("The Example » Talks resume in Geneva", "Talks resume in Geneva"),
        ("The Example: world — Talks resume in Geneva", "Talks resume in Geneva"),
        ("В Женеве возобновились переговоры — Пример Новости", "В Женеве возобновились переговоры"),
        ("استئناف المحادثات في جنيف | المثال", "استئناف المحادثات في جنيف"),
        ("日内瓦谈判恢复_示例网", "日内瓦谈判恢复"),
        ("ジュネーブで協議再開：例新聞", "ジュネーブで協議再開"),
        ("ジュネーブで協議再開｜例新聞", "ジュネーブで協議再開"),
        ("जिनेवा में वार्ता फिर शुरू - उदाहरण समाचार", "जिनेवा में वार्ता फिर शुरू"),
        ("Görüşmeler Cenevre'de yeniden başladı • ÖRNEK HABER", "Görüşmeler Cenevre'de yeniden başladı"),
    ],
)
def test_the_sites_name_is_cut_in_any_script_and_behind_any_separator(title: str, headline: str) -> None:
    assert without_site(title, SITE) == headline


@pytest.mark.parametrize(
    "title",
    [
        "Talks resume in Geneva",
        "War or peace - what the ministers want",
        "Sanctions | Who pays for them?",
        "Geneva: the ministers meet again",
        "What the neighbours fear - Ukraine",
        "Why nobody trusts The Example",
        "The Example is wrong about the ceasefire",
        "A well-known ally of the prime minister",
        "Переговоры — шанс или ловушка",
        "会谈：希望与恐惧",
        "The Example",
        "-",
        "",
    ],
)
def test_what_only_looks_like_a_site_name_stays(title: str) -> None:
    assert without_site(title, SITE) == title


@pytest.mark.parametrize(
    ("names", "head"),
    [
        ("Ein Beispiel", '<meta property="og:site_name" content="Ein Beispiel">'),
        ("Ein Beispiel Online", '<meta name="application-name" content="Ein Beispiel">'),
        (
            "Örnek",
            '<script type="application/ld+json">{"@type": "NewsArticle", "publisher": {"@type": "Organization", "name": "ÖRNEK"}}</script>',
        ),
        ("Die Seite", '<script type="application/ld+json">[{"@type": "WebSite", "name": "Die Seite"}]</script>'),
        ("The Example", ""),
        ("example.org", ""),
        ("Example News", ""),
    ],
)
def test_a_site_is_known_by_what_it_and_we_call_it(names: str, head: str) -> None:
    assert is_site_name(names, document(f"<html><head>{head}</head><body><p>Text.</p></body></html>"))


@pytest.mark.parametrize(
    "text",
    ["News", "World", "The example of Norway shows what can be done", "An example of courage", "Ukraine", "Exam"],
)
def test_a_section_or_a_sentence_is_no_site_name(text: str) -> None:
    assert not is_site_name(text, document("<html><body><p>Text.</p></body></html>"))


def test_an_article_that_is_called_a_web_site_gives_no_name() -> None:
    page = """<html><head><meta property="og:title" content="Talks resume in Geneva">
        <script type="application/ld+json">{"@type": "WebSite", "name": "Talks resume in Geneva"}</script></head><body></body></html>"""
    assert not is_site_name("Talks resume in Geneva", document(page))


@pytest.mark.parametrize(
    ("host", "domain"),
    [("www.bbc.co.uk", "bbc.co.uk"), ("news.example.org", "example.org"), ("localhost", "localhost"), ("", "")],
)
def test_the_registrable_domain_follows_the_public_suffix_list(host: str, domain: str) -> None:
    assert registrable(host) == domain
