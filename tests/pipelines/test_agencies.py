from __future__ import annotations

import json

import pytest
from pages_of import TEXT, article

from pipelines.agencies import agencies_in, agency_named, agency_of
from pipelines.derive import derive
from pipelines.documents import Document


def agency(*parts: str, head: str = "", outlet: str = "The Kootneeti") -> str | None:
    return derive(article(*parts, head=head, outlet=outlet).page).agency


def linked(author: object) -> str:
    return f'<script type="application/ld+json">{json.dumps({"@type": "NewsArticle", "author": author})}</script>'


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Reuters", "Reuters"),
        ("by AFP", "AFP"),
        ("The Associated Press", "AP"),
        ("Reuters Staff", "Reuters"),
        ("ТАСС", "TASS"),
        ("新华社", "Xinhua"),
    ],
)
def test_an_agency_is_known_by_its_names(text: str, name: str) -> None:
    assert agency_named(text) == name


@pytest.mark.parametrize("text", ["", "Reuters said", "App", "Uni", "Jane Doe", "the press", "x" * 500])
def test_other_words_name_none(text: str) -> None:
    assert agency_named(text) is None


def test_a_line_may_name_several_and_an_editor_by_initials() -> None:
    assert agencies_in("AFP/Reuters") == ("AFP", "Reuters")
    assert agencies_in("(dpa/mmu)") == ("dpa",)
    assert agencies_in("Jane Doe/AFP") == ()


@pytest.mark.parametrize(
    ("parts", "head", "name"),
    [
        ([], linked({"@type": "Organization", "name": "Reuters"}), "Reuters"),
        ([], linked([{"@type": "Person", "name": "Jane Doe, Associated Press"}]), "AP"),
        ([], '<meta name="author" content="AFP">', "AFP"),
        ([f"<p>Mit Material von dpa</p><p>{TEXT}</p>"], "", "dpa"),
        ([f"<p>{TEXT}</p>"], linked("Jane Doe"), None),
    ],
)
def test_who_signs_is_whose_report_it_is(parts: list[str], head: str, name: str | None) -> None:
    assert agency(*parts, head=head) == name


@pytest.mark.parametrize(
    "part",
    [
        f"<p>Reuters reported that {TEXT}</p>",
        f"<p>{TEXT} The Associated Press was told so by two officials.</p>",
        '<figure><img src="/img/table.jpg"><figcaption>The table. Photo: Reuters</figcaption></figure>',
        '<p class="image-credit">Image source: Reuters</p>',
        "<p>Photo: AFP</p><p>Photo: AFP</p>",
    ],
)
def test_a_picture_or_a_quotation_is_no_republication(part: str) -> None:
    assert agency(part) is None


def test_two_weak_signs_are_enough() -> None:
    signed = "<p>Reporting by Jane Doe; Editing by John Roe</p>"
    assert agency(signed) is None
    assert agency(signed, "<p>Image source: Reuters</p>") == "Reuters"


@pytest.mark.parametrize("outlet", ["Reuters", "Associated Press", "AP News", "Agence France-Presse"])
def test_an_agency_does_not_republish_itself(outlet: str) -> None:
    head = "".join(f'<meta name="{name}" content="{agency}">' for name, agency in [("author", outlet), ("byl", outlet)])
    assert agency(head=head, outlet=outlet) is None


def test_a_dateline_names_the_agency() -> None:
    found: Document = article()
    assert agency_of(found, "Reuters", {}, ()) == "Reuters"
    assert agency_of(found, None, {}, ()) is None
    assert agency_of(found, None, {"AFP": 1}, ("Photo: AFP",)) == "AFP"
