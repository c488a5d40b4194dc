from __future__ import annotations

import html

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from webpages import document

from pipelines.summaries import summary_of
from pipelines.text import even

HEADLINE = "<h1>Ministers agree to meet again in spring</h1>"
STANDFIRST = "After a week of talks in Geneva both sides say that the door is open, and that little else is."
OTHER = "Ministers from both sides met in Geneva; our overview of what was said and of what was not."
FIRST = "The ministers agreed on Friday to meet again in spring and to publish what they had agreed by then, they said."
TEXT = f"<p>{FIRST}</p><p>{FIRST[:-1]} and would not say more.</p><p>{FIRST[:-1]} and left for home.</p>"


def page(body: str, **described: str) -> str:
    """A page with this after its headline; ``og`` and ``description`` are what its metadata say, ``ld`` its JSON-LD."""
    metas = "".join(
        f'<meta property="{name}" content="{html.escape(described[short])}">'
        for short, name in (("og", "og:description"), ("description", "description"))
        if short in described
    )
    linked = f'{{"@type": "NewsArticle", "description": "{described["ld"]}"}}' if "ld" in described else "{}"
    return f"<html><head>{metas}<script type='application/ld+json'>{linked}</script></head><body><article>{HEADLINE}{body}</article></body></html>"


@pytest.mark.parametrize(
    "printed",
    [
        '<p class="article-subtitle">{}</p>',
        '<h2 class="deck">{}</h2>',
        '<p itemprop="description">{}</p>',
        '<div class="ArticleHead_elementLead__x1">{}</div>',
        '<div class="story__intro has-image"><p>{}</p></div>',
        '<section><div><p class="kick__article__teaser"><span>{}</span></p></div></section>',
        '<h2 class="sub-title">{}</h2>',
        '<x-html class="excerpt"><div>{}</div></x-html>',
        '<div class="copete">{}</div>',
        "<p><strong>{}</strong></p>",
        '<figure class="lead"><img><figcaption class="lead">A minister in Geneva on Friday, before the talks.</figcaption></figure><p class="lead">{}</p>',
        '<div class="byline">By Ann Example, in Geneva, for readers of The Example</div><p class="lead">{}</p>',
    ],
)
def test_the_standfirst_is_what_is_printed_and_marked_below_the_headline(printed: str) -> None:
    assert summary_of(document(page(printed.format(STANDFIRST) + TEXT, og=OTHER))) == STANDFIRST


@pytest.mark.parametrize(
    "text",
    [
        "После недели переговоров в Женеве обе стороны говорят, что дверь открыта.",
        "بعد أسبوع من المحادثات في جنيف يقول الطرفان إن الباب مفتوح.",
        "经过一周的日内瓦会谈，双方都表示大门仍然敞开，但其他问题几乎没有进展。",
        "ジュネーブでの一週間の協議の後、双方は扉は開いていると述べた。",
        "जिनेवा में एक सप्ताह की वार्ता के बाद दोनों पक्षों ने कहा कि दरवाज़ा खुला है।",
        "Cenevre'deki bir haftalık görüşmelerin ardından iki taraf da kapının açık olduğunu söylüyor.",
    ],
)
def test_it_is_found_in_any_script(text: str) -> None:
    assert summary_of(document(page(f'<p class="standfirst">{text}</p>{TEXT}', og=OTHER))) == text


@pytest.mark.parametrize(
    "cut",
    [STANDFIRST[:70] + "…", STANDFIRST[:70] + "...", STANDFIRST[:70] + " […]", STANDFIRST[:61]],
)
def test_a_cut_description_is_given_whole_where_the_page_prints_it(cut: str) -> None:
    assert summary_of(document(page(f"<div><p>{STANDFIRST}</p></div>{TEXT}", og=cut))) == STANDFIRST


def test_a_byline_in_the_standfirsts_block_is_left_out_where_the_description_ends_before_it() -> None:
    printed = f'<div class="intro">{STANDFIRST} <span>By Ann Example</span></div>'
    assert summary_of(document(page(printed + TEXT, og=STANDFIRST))) == STANDFIRST


POINTS = ["The talks will go on in spring.", "Nothing was signed.", "A report is due in May."]
LISTED = "".join(f"<li>{point}</li>" for point in POINTS)


@pytest.mark.parametrize("marked", ['<ul class="summary-list">{}</ul>', '<div class="key-points"><ul>{}</ul></div>'])
def test_key_points_belong_to_it(marked: str) -> None:
    body = f'<p class="lead">{STANDFIRST}</p>{marked.format(LISTED)}{TEXT}'
    assert summary_of(document(page(body))) == " ".join([STANDFIRST, *POINTS])


def test_a_list_of_links_is_no_key_points() -> None:
    links = "".join(f'<li><a href="/{at}">{point}</a></li>' for at, point in enumerate(POINTS))
    body = f'<p class="lead">{STANDFIRST}</p><ul class="summary-list">{links}</ul>{TEXT}'
    assert summary_of(document(page(body))) == STANDFIRST


@pytest.mark.parametrize(
    "body",
    [
        TEXT,
        f'{TEXT}<p class="lead">What else we report on from Geneva today and all this week.</p>',
        f'<div class="related-teaser"><p class="teaser">What else we report on from Geneva today.</p></div>{TEXT}',
        f'<p class="teaser"><a href="/other">What else we report on from Geneva today.</a></p>{TEXT}',
        f'<p class="intro">(Photograph by Ann Example for The Example)</p>{TEXT}',
        f"<p><strong>Geneva</strong> was quiet.</p>{TEXT}",
    ],
)
def test_what_stands_elsewhere_or_is_another_thing_is_no_standfirst(body: str) -> None:
    assert summary_of(document(page(body, og=OTHER))) == OTHER


def test_a_whole_description_goes_before_a_cut_one() -> None:
    assert summary_of(document(page("", og=STANDFIRST[:60] + "…", ld=OTHER))) == OTHER
    assert summary_of(document(page("", og=STANDFIRST[:60] + "…"))) == STANDFIRST[:60] + "…"


@pytest.mark.parametrize("said", ["", "News", "Ministers agree to meet again in spring"])
def test_a_description_that_says_nothing_is_none(said: str) -> None:
    content = page(TEXT, og=said).replace(
        "<head>", '<head><meta property="og:title" content="Ministers agree to meet again in spring">'
    )
    assert summary_of(document(content)) is None


@pytest.mark.parametrize(
    "content",
    [
        '<p class="lead">' + "word " * 200_000,
        '<div class="lead">' * 5_000 + "x",
        '<p class="lead">Both sides say that the door is open.</p>' * 5_000,
        f'<ul class="summary"><li>{"<b>" * 200}x' * 300,
        f'<meta property="og:description" content="{"<a " * 50_000}">',
    ],
)
def test_hostile_pages_are_bounded(content: str) -> None:
    found = summary_of(document(f"<html><body>{HEADLINE}{content}</body></html>"))
    assert found is None or len(found) <= 2_100


@settings(max_examples=60, deadline=None)
@given(
    st.text(st.characters(exclude_categories=["Cc", "Cs"]), max_size=300),
    st.lists(st.text(st.characters(exclude_categories=["Cc", "Cs"]), max_size=200), max_size=6),
)
def test_it_is_always_something_that_the_page_says(og: str, texts: list[str]) -> None:
    body = "".join(f'<p class="lead">{html.escape(text)}</p>' for text in texts)
    made = document(page(body, og=og))
    said = " ".join(map(even, [*made.tree.itertext(), *made.meta.values()])).split()
    found = summary_of(made) or ""
    assert all(any(word in heard for heard in said) for word in found.split())
