"""Which heading is the article's headline? The one that the page's titles repeat, and those that are a site's name."""

from __future__ import annotations

import pytest

from archive.article import Publisher
from pipelines.documents import document_of
from pipelines.headline_place import headline_element
from pipelines.page import Page

TITLE = "<title>Allies vow to work together on the harbour | The Example</title>"
HEADLINE = "Allies vow to work together on the harbour"


def headline(body: str, head: str = TITLE) -> str | None:
    page = Page("https://example.org/a", f"<html><head>{head}</head><body>{body}</body></html>".encode(), PUBLISHER)
    element = headline_element(document_of(page))
    return None if element is None else element.text_content()


PUBLISHER = Publisher(id="example", name="The Example")


@pytest.mark.parametrize(
    "body",
    [
        f"<h1>{HEADLINE}</h1>",
        f"<h1>The Example</h1><h1>{HEADLINE}</h1>",
        f"<h1>The Example</h1><h2>{HEADLINE}</h2>",
        f"<h1></h1><h2>More of it</h2><h3>{HEADLINE}</h3>",
        f"<h3>{HEADLINE}</h3><h1>{HEADLINE}</h1>",
        f'<h1 class="site-title">{HEADLINE} | The Example</h1><h1>{HEADLINE}</h1>',
        f'<h1 class="site-title">{HEADLINE}</h1>',
    ],
)
def test_the_heading_that_the_titles_repeat_is_the_headline(body: str) -> None:
    found = headline(body)
    assert found is not None
    assert HEADLINE in found


def test_an_h1_where_logos_stand_gives_way_to_one_in_its_place() -> None:
    body = '<h1 id="site-title">The Example of a Harbour</h1><h1>A quiet day</h1>'
    assert headline(body, "<title>The Example of a Harbour</title>") == "A quiet day"


def test_without_a_title_the_first_h1_with_words_is_the_headline() -> None:
    assert headline("<h2>Before</h2><h1> </h1><h1>A quiet day</h1><h1>Another</h1>", "") == "A quiet day"


@pytest.mark.parametrize("body", ["", "<h2>More of it</h2>", "<h1> </h1>", "<p>Allies vow to work together</p>"])
def test_a_page_may_have_no_headline(body: str) -> None:
    assert headline(body) is None
