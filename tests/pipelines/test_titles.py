from __future__ import annotations

import html

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from webpages import document

from pipelines.headings import LONGEST
from pipelines.text import even
from pipelines.titles import title_of, weighed

HEADLINE = "Ministers agree to meet again in spring"
TEXT = "<p>The ministers agreed on Friday to meet again in spring and to publish what they had agreed.</p>" * 3


def page(body: str = "", title: str = "", **said: str) -> str:
    """A page with this body and title element; ``og``, ``twitter`` and ``ld`` are what its metadata say."""
    metas = "".join(
        f'<meta property="{name}:title" content="{html.escape(said[name])}">'
        for name in ("og", "twitter")
        if name in said
    )
    linked = f'{{"@type": "NewsArticle", "headline": "{said["ld"]}"}}' if "ld" in said else "{}"
    return (
        f"<html><head><title>{html.escape(title)}</title>{metas}<script type='application/ld+json'>{linked}</script></head>"
        f"<body>{body}<article>{TEXT}</article></body></html>"
    )


@pytest.mark.parametrize(
    ("title", "headline"),
    [
        ("Ministers agree to meet again in spring | The Example", HEADLINE),
        ("The Example - Ministers agree to meet again in spring", HEADLINE),
        ("Ministers agree to meet again in spring", HEADLINE),
        ("Министры встретятся снова весной — The Example", "Министры встретятся снова весной"),
        ("الوزراء يتفقون على لقاء جديد في الربيع | The Example", "الوزراء يتفقون على لقاء جديد في الربيع"),
        ("部长们同意春季再次会晤_The Example", "部长们同意春季再次会晤"),
        ("मंत्री वसंत में फिर मिलने पर सहमत - The Example", "मंत्री वसंत में फिर मिलने पर सहमत"),
        ("Bakanlar ilkbaharda yeniden buluşacak » The Example", "Bakanlar ilkbaharda yeniden buluşacak"),
    ],
)
def test_a_page_with_nothing_but_a_title_element_is_called_so_without_the_site(title: str, headline: str) -> None:
    assert title_of(document(page(title=title))) == headline


@pytest.mark.parametrize(
    "headline",
    [
        "Peace - at what price?",
        "Sanctions | Who pays?",
        "Geneva: ministers agree to meet again",
        "What the neighbours fear most - Ukraine",
        "The cost of the war - The Example",
        "Why nobody in Geneva trusts The Example",
        "Переговоры — шанс или ловушка?",
        "会谈：希望与恐惧并存的一周",
        "協議再開｜ジュネーブの一日",
        "شروط السلام - أوكرانيا",
    ],
)
def test_a_headline_that_only_looks_as_if_it_had_a_site_or_kicker_stays_whole(headline: str) -> None:
    printed = f"<h1>{html.escape(headline)}</h1>"
    assert title_of(document(page(printed, f"{headline} | The Example", og=headline))) == headline


@pytest.mark.parametrize(
    "heading",
    [
        f'<h1><span class="article-overline">Talks in Geneva</span>{HEADLINE}</h1>',
        f'<h1><span class="kicker">Talks in Geneva</span><span class="visually-hidden"> - </span><span>{HEADLINE}</span></h1>',
        f'<h1><span class="dachzeile">Talks in Geneva</span> <span class="headline">{HEADLINE}</span></h1>',
        f'<h1><div class="topic">Talks in Geneva</div>{HEADLINE}</h1>',
        f"<h1><time>1 February 2026</time> {HEADLINE}</h1>",
        f"<h1><small>Talks in Geneva</small> {HEADLINE}</h1>",
        f'<h1><span class="a1">Talks in Geneva</span><span>: </span><span class="headline">{HEADLINE}</span></h1>',
        f'<h1>{HEADLINE} <small class="subtitle">What was agreed, and what was not</small></h1>',
        f'<h1>{HEADLINE}<h4 class="author">By Ann Example on 23 February 2026</h4></h1>',
        f"<h1>{HEADLINE}<script>var a = 'Talks';</script></h1>",
        f"<h1><a href='/2026/talks'><span>{HEADLINE}</span></a></h1>",
    ],
)
def test_kickers_subtitles_bylines_and_dates_in_the_heading_are_left_out(heading: str) -> None:
    assert title_of(document(page(heading, f"{HEADLINE} | The Example"))) == HEADLINE


@pytest.mark.parametrize(
    ("heading", "headline"),
    [
        ("<h1>Ministers agree <span>to meet</span> again</h1>", "Ministers agree to meet again"),
        (
            "<h1><em>The Ministers</em>: a film about a week in Geneva</h1>",
            "The Ministers: a film about a week in Geneva",
        ),
        ('<h1><span class="big">M</span>inisters agree to meet again</h1>', "Ministers agree to meet again"),
        ("<h1>The new i<b>Phone</b> and the talks in Geneva</h1>", "The new iPhone and the talks in Geneva"),
        ("<h1>Geneva:<br>Ministers agree to meet again</h1>", "Geneva: Ministers agree to meet again"),
        (
            '<h1><span class="c1">जिनेवा में वार्ता:</span>मंत्री फिर मिलने पर सहमत</h1>',
            "जिनेवा में वार्ता: मंत्री फिर मिलने पर सहमत",
        ),
        (
            '<h1>協議再開<i class="subtitle">：</i><i class="subtitle">ジュネーブの長い一日</i></h1>',
            "協議再開：ジュネーブの長い一日",
        ),
        ("<h1>World<span>Ministers agree to meet again</span></h1>", "World Ministers agree to meet again"),
    ],
)
def test_what_is_marked_up_in_the_headline_itself_stays(heading: str, headline: str) -> None:
    assert title_of(document(page(heading))) == headline


def test_a_kicker_that_no_class_name_betrays_is_known_by_the_other_voices() -> None:
    heading = f"<h1><span class='x7f'>Talks in Geneva</span>{HEADLINE}</h1>"
    assert title_of(document(page(heading, og=HEADLINE, ld=HEADLINE))) == HEADLINE


@pytest.mark.parametrize(
    "body",
    [
        f'<header><h1><a href="/">The Example</a></h1></header><h2 class="entry-title">{HEADLINE}</h2>',
        f'<h1><a href="https://www.example.org/">Notes from Geneva</a></h1><h2><a href="/2026/talks" rel="bookmark">{HEADLINE}</a></h2>',
        f'<h1 class="site-title">Notes from Geneva</h1><h1 class="entry-title">{HEADLINE}</h1>',
        f"<h1>Notes from Geneva</h1><h2>{HEADLINE}</h2>",
        f'<h1 class="sr-only">Details</h1><h2>{HEADLINE}</h2>',
        f"<h1>{HEADLINE}</h1><h1>Subscribe to our newsletter</h1><h1>Read more</h1>",
        f'<nav><h1>Navigation</h1></nav><h1>{HEADLINE}</h1><aside><h1 class="related">Other talks</h1></aside>',
        f'<h2 itemprop="headline">{HEADLINE}</h2><h2>What was agreed</h2>',
    ],
)
def test_logos_menus_and_messages_in_h1_are_not_the_headline(body: str) -> None:
    assert title_of(document(page(body, f"{HEADLINE} | Notes from Geneva"))) == HEADLINE


@pytest.mark.parametrize(
    "crumb",
    [
        '<nav class="breadcrumb"><a href="/">Home</a> <h1>{}</h1></nav>',
        "<ul><li><a href='/'>Home</a></li><li><h1>{}</h1></li></ul>",
        '<div class="article-crumb"><h1>{}</h1></div>',
        '<h1 class="seotitle">{}</h1>',
    ],
)
def test_the_printed_headline_wins_over_a_search_engines_title_in_the_breadcrumb(crumb: str) -> None:
    found = "Geneva talks: ministers, spring, agreement"
    body = crumb.format(found) + f"<header><h2><span class='kicker'>Geneva</span> <span>{HEADLINE}</span></h2></header>"
    assert title_of(document(page(body, f"{found} | The Example", og=HEADLINE, ld=found))) == HEADLINE


def test_the_printed_headline_wins_over_metadata_that_disagree_with_each_other() -> None:
    other = page(f"<h1>{HEADLINE}</h1>", "Geneva talks explained | The Example", og="What ministers want in Geneva")
    assert title_of(document(other)) == HEADLINE


def test_voices_that_all_agree_outweigh_the_heading() -> None:
    whole = "After the walkout: ministers agree to meet again in spring"
    said = page(f"<h1>{HEADLINE}</h1>", f"{whole} - The Example", og=whole, twitter=whole, ld=whole)
    assert title_of(document(said)) == whole


@pytest.mark.parametrize("cut", ["Ministers agree to meet again in…", "Ministers agree to meet again ..."])
def test_a_cut_headline_is_completed_by_another_voice(cut: str) -> None:
    assert title_of(document(page(title=f"{HEADLINE} | The Example", og=cut))) == HEADLINE
    assert title_of(document(page(f"<h1>{HEADLINE}</h1>", f"{cut} | The Example", og=cut, twitter=cut))) == HEADLINE


def test_an_ellipsis_of_the_headline_itself_stays() -> None:
    assert title_of(document(page("<h1>Everything has its time…</h1>", "Everything has its time… | The Example"))) == (
        "Everything has its time…"
    )


def test_what_the_feed_called_it_counts() -> None:
    assert title_of(document(page(title="The Example"), announced_title=HEADLINE)) == HEADLINE


def test_the_address_tells_the_headline_from_a_message() -> None:
    body = f"<h1>Our spring offer: meet the ministers</h1><h1>{HEADLINE}</h1>"
    url = "https://www.example.org/2026/ministers-agree-to-meet-again-in-spring.html"
    assert title_of(document(page(body), url)) == HEADLINE


def test_it_is_spelled_as_the_page_prints_it() -> None:
    said = page("<h1>Ministers agree: “We meet again”</h1>", og='MINISTERS AGREE: "We meet again"')
    assert title_of(document(said)) == "Ministers agree: “We meet again”"


def test_each_candidate_has_the_voices_for_and_against_it() -> None:
    found = {c.text: c.voices for c in weighed(document(page(f"<h1>{HEADLINE}</h1>", og="Talks", ld=HEADLINE)))}
    assert {"h1", "only h1", "json-ld"} <= found[HEADLINE].keys()
    assert found["Talks"]["short"] == 1.0


def test_a_page_without_any_headline_has_none() -> None:
    assert title_of(document("<html><body><p>Text alone.</p></body></html>")) == ""


@pytest.mark.parametrize(
    "content",
    [
        "<h1>" + "word " * 200_000,
        "<h1>a</h1>" * 20_000,
        "<h1><span>" * 5_000 + "x",
        f"<h1>{'<b>' * 200}{HEADLINE}{'</b>' * 200}</h1>",
        "<title>" + " | ".join("part" for _ in range(50_000)) + "</title>",
        "<title>" + "-" * 200_000 + "</title><h1>" + "|_" * 150 + "</h1>",
        f'<meta property="og:title" content="{"<a " * 50_000}"><h1>{HEADLINE}</h1>',
        '<a href="http://[">' + "<h1><a href='http://[bad'>Ministers agree</a></h1>" * 100,
    ],
)
def test_hostile_pages_are_bounded(content: str) -> None:
    assert len(title_of(document(f"<html><body>{content}</body></html>"))) <= LONGEST


@settings(max_examples=60, deadline=None)
@given(
    st.text(st.characters(exclude_categories=["Cc", "Cs"]), max_size=300),
    st.text(st.characters(exclude_categories=["Cc", "Cs"]), max_size=300),
    st.text(st.characters(exclude_categories=["Cc", "Cs"]), max_size=300),
    st.lists(st.text(st.characters(exclude_categories=["Cc", "Cs"]), max_size=200), max_size=4),
)
def test_a_title_is_always_something_that_the_page_says(title: str, og: str, ld: str, headings: list[str]) -> None:
    body = "".join(f"<h1><span>{html.escape(text)}</span> {html.escape(text)}</h1>" for text in headings)
    made = document(page(body, title, og=og) + f"<!-- {html.escape(ld)} -->")
    pieces = [*made.tree.itertext(), *(h1.text_content() for h1 in made.tree.iter("h1")), *made.meta.values()]
    said = " ".join(map(even, pieces)).casefold().split()
    found = title_of(made)
    assert len(found) <= LONGEST
    assert all(any(word in heard for heard in said) for word in found.casefold().split())
