"""Whose site is it? A host, and the same name on the page; and hosts that only look like people."""

from __future__ import annotations

import pytest

from archive.article import Publisher
from pipelines.bylines import authors_of
from pipelines.documents import document_of
from pipelines.page import Page

TEXT = "<p>" + "The ministers of both countries met on Friday and spoke of the harbour for a long time. " * 3 + "</p>"


def authors(host: str, *, title: str = "A quiet harbour", body: str = "", head: str = "", sign: str = "") -> list[str]:
    content = (
        f"<html><head><title>{title}</title>{head}</head><body><h1>A quiet harbour</h1>{sign}{TEXT}{body}</body></html>"
    )
    page = Page(f"https://{host}/harbour", content.encode(), Publisher(id="x", name=host), "text/html; charset=utf-8")
    return list(authors_of(document_of(page)))


@pytest.mark.parametrize(
    ("host", "title", "body", "owner"),
    [
        ("www.richard-roe.net", "A quiet harbour – Dr. Richard Roe", "", "Richard Roe"),
        (
            "richardroe.com",
            "A quiet harbour",
            "<p>Copyright (c) 2012- Richard Roe. All rights reserved.</p>",
            "Richard Roe",
        ),
        ("blog.martinmueller.org", "A quiet harbour", "<p>&copy; 2020 Martin Müller</p>", "Martin Müller"),
        ("paul-peterroe.ch", "A quiet harbour | Paul-Peter Roe", "", "Paul-Peter Roe"),
    ],
)
def test_who_owns_a_personal_site_wrote_what_nobody_signed(host: str, title: str, body: str, owner: str) -> None:
    assert authors(host, title=title, body=body) == [owner]


@pytest.mark.parametrize(
    ("host", "title"),
    [
        ("harbourfriends.org", "A quiet harbour | Harbour Friends"),
        ("timesharbour.com", "A quiet harbour | Timesharbour"),
        ("timberharbour.com", "A quiet harbour | Timber Harbour"),
        ("richardroe.com", "A quiet harbour | The Harbour Blog"),
        ("richardroe.com", "A quiet harbour | John Miles"),
        ("richards.org", "Richards"),
        ("localhost", "Richard Roe"),
    ],
)
def test_what_is_called_as_its_host_is_mostly_an_outlet(host: str, title: str) -> None:
    assert authors(host, title=title) == []


def test_who_signed_is_asked_before_the_owner() -> None:
    assert authors("richardroe.com", title="Richard Roe", head='<meta name="author" content="Jane Doe">') == [
        "Jane Doe"
    ]


PERSON = (
    '<script type="application/ld+json">{"@type": "Article", "author": %s, "publisher": {"name": "Haru Noto"}}</script>'
)


@pytest.mark.parametrize("host", ["harunoto.com", "haru-noto.com", "www.haru-noto.com"])
def test_a_person_whose_site_bears_the_name_is_no_outlet_for_that(host: str) -> None:
    assert authors(host, head=PERSON % '{"@type": "Person", "name": "Haru Noto"}') == ["Haru Noto"]


@pytest.mark.parametrize(
    "author",
    [
        '{"name": "Haru Noto"}',
        '"Haru Noto"',
        '{"@type": ["Person", "Organization"], "name": "Haru Noto"}',  # how some plugins call whom a site is of
        '{"@type": "Person", "name": "Familie Noto"}',
    ],
)
def test_what_only_shares_its_sites_name_may_be_an_outlet(author: str) -> None:
    assert authors("haru-noto.com", head=PERSON % author) == []


@pytest.mark.parametrize(
    ("host", "signed", "body", "author"),
    [
        ("roe.com", "Richard", "<p>More of Richard Roe</p>", "Richard Roe"),
        ("www.richard-roe.com", "Richard", "<p>MORE OF RICHARD ROE</p>", "Richard Roe"),
        ("roe.com", "Richard", "", "Richard"),
        ("harbour.com", "Richard", "<p>Richard harbours a grudge.</p>", "Richard"),
    ],
)
def test_a_given_name_alone_is_completed_where_host_and_page_say_the_family_name(
    host: str, signed: str, body: str, author: str
) -> None:
    assert authors(host, title=host, body=body, sign=f'<p class="author">{signed}</p>') == [author]
