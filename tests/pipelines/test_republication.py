from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pages_of import TEXT, article, document

from pipelines.attributions import attributions_of
from pipelines.credits import split_credits
from pipelines.derive import derive
from pipelines.republication import agency_of
from pipelines.surroundings import surroundings_of


def agency(*parts: str, head: str = "", outlet: str = "The Kootneeti") -> str | None:
    return derive(article(*parts, head=head, outlet=outlet).page).agency


def ending(last: str) -> str | None:
    """The agency of an article whose last paragraph ends so."""
    body = f"<h1>Ministers agree</h1><p>{TEXT * 3}1</p><p>{TEXT * 3}2</p><p>{TEXT * 3}{last}</p>"
    return derive(document(f"<article>{body}</article>").page).agency


def linked(**fields: object) -> str:
    return f'<script type="application/ld+json">{json.dumps({"@type": "NewsArticle", **fields})}</script>'


@pytest.mark.parametrize(
    ("head", "name"),
    [
        (linked(author={"@type": "Organization", "name": "Reuters"}), "Reuters"),
        (linked(author=[{"@type": "Person", "name": "Jane Doe, Associated Press"}]), "AP"),
        (linked(author={"@type": "Person", "name": "Jane Doe", "affiliation": {"name": "AFP"}}), "AFP"),
        (linked(author="Jane Doe", sourceOrganization={"name": "Kyodo News"}), "Kyodo"),
        (linked(author="Jane Doe", creditText="ANSA"), "ANSA"),
        (linked(copyrightHolder={"name": "Xinhua News Agency"}), "Xinhua"),
        (linked(provider="Yonhap News Agency"), "Yonhap"),
        (linked(copyrightNotice="© 2024 Agence France-Presse"), "AFP"),
        ('<meta name="author" content="AFP">', "AFP"),
        ('<meta name="parsely-author" content="The Associated Press">', "AP"),
        ('<meta name="original-source" content="https://www.reuters.com/world/a">', "Reuters"),
        ('<link rel="canonical" href="https://apnews.com/article/a">', "AP"),
        (linked(author="Jane Doe"), None),
        (linked(author="Jane Doe", image={"copyrightHolder": "dpa"}), None),
        ('<meta name="twitter:image:alt" content="AFP">', None),
        ('<meta name="keywords" content="Reuters">', None),
    ],
)
def test_structured_data_says_whose_report_it_is(head: str, name: str | None) -> None:
    assert agency(head=head) == name


@pytest.mark.parametrize(
    ("last", "name"),
    [
        (" (dpa/mmu)", "dpa"),
        (" (ats/nxp)", "ATS"),
        (" (ANSA).", "ANSA"),
        (" — AFP", "AFP"),
        (" /ritzau/", "Ritzau"),
        (" © 2024 AFP", "AFP"),
        ("(C)時事", "Jiji"),
        ("【共同】", "Kyodo"),
        ("（新华社）", "Xinhua"),
        (" (they said)", None),
        (" – Jane Doe", None),
        (" It was first told to Reuters.", None),
        (" (see Reuters of 3 May)", None),
    ],
)
def test_a_sign_ends_the_text(last: str, name: str | None) -> None:
    assert ending(last) == name


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("© 2024 AFP", "AFP"),
        ("© Thomson Reuters 2020", "Reuters"),
        ("(c) 2023 dpa GmbH", "dpa"),
        ("Copyright 2019 The Associated Press. All rights reserved. This material may not be published.", "AP"),
        ("All rights reserved. Anadolu", "AA"),
        ("© AFP", "AFP"),
        ("This report by The Canadian Press was first published May 3, 2024.", "The Canadian Press"),
        ("(This story is auto-generated from a syndicated feed from PTI.)", "PTI"),
        ("This story by Jane Doe was first published in May.", None),
        ("PTI ABC DEF", "PTI"),
        ("भाषा राम श्याम", "PTI"),
        ("भाषा पर बहस जारी है और यह आगे भी चलती रहेगी", None),
        ("© 2024 The Example Post. All rights reserved.", None),
        ("Copyright law was amended in 2019, AFP said.", None),
    ],
)
def test_a_line_of_its_own_names_whose_text_it_is(line: str, name: str | None) -> None:
    assert agency(f"<p>{line}</p>") == name


@pytest.mark.parametrize(
    "part",
    [
        f"<p>Reuters reported that {TEXT}</p>",
        f"<p>{TEXT} The Associated Press was told so by two officials.</p>",
        f"<p>रॉयटर्स के अनुसार {TEXT}</p>",
        f"<p>{TEXT}，据新华社报道。</p>",
        '<figure><img src="/img/table.jpg"><figcaption>The table. Photo: Reuters</figcaption></figure>',
        '<figure><img src="/img/table.jpg"><figcaption>© 2024 AFP</figcaption></figure>',
        '<p class="image-credit">Image source: Reuters</p>',
        "<p>Photo: AFP</p><p>Photo: AFP</p>",
        '<div class="gallery"><p class="credits">AP</p></div>',
    ],
)
def test_a_picture_or_a_quotation_is_no_republication(part: str) -> None:
    assert agency(part) is None


def test_two_weak_signs_are_enough() -> None:
    signed = "<p>Reporting by Jane Doe; Editing by John Roe</p>"
    assert agency(signed) is None
    assert agency(signed, "<p>Image source: Reuters</p>") == "Reuters"


def test_material_of_an_agency_makes_a_piece_its_own_where_nobody_signs() -> None:
    material = f"<p>{TEXT}</p><p>Mit Material von dpa</p>"
    assert agency(material) == "dpa"
    assert agency(material, head=linked(author={"@type": "Person", "name": "Jane Doe"})) is None


def test_of_several_agencies_the_first_named_is_meant() -> None:
    assert agency(f"<p>{TEXT}</p><p>Quelle: sid/dpa</p>") == "SID"


@pytest.mark.parametrize("outlet", ["Reuters", "Associated Press", "AP News", "Agence France-Presse"])
def test_an_agency_does_not_republish_itself(outlet: str) -> None:
    head = "".join(f'<meta name="{name}" content="{agency}">' for name, agency in [("author", outlet), ("byl", outlet)])
    assert agency(head=head, outlet=outlet) is None


def test_an_agency_may_be_republished_by_an_outlet_with_its_letters_in_the_name() -> None:
    assert agency(head='<meta name="author" content="AP">', outlet="The Japan Times") == "AP"


def test_a_dateline_names_the_agency() -> None:
    found = article()
    beside = attributions_of(found, surroundings_of(found))
    said = split_credits([])
    assert agency_of(found, "Reuters", beside, said, (), (), ()) == "Reuters"
    assert agency_of(found, None, beside, said, (), (), ()) is None


@settings(max_examples=100, deadline=None)
@given(st.lists(st.text(max_size=120), max_size=6), st.text(max_size=40))
def test_any_text_has_an_answer(texts: list[str], value: str) -> None:
    found = article(head=linked(author=value, copyrightNotice=value))
    beside = attributions_of(found, surroundings_of(found))
    name = agency_of(found, value, beside, split_credits(texts), (), texts, texts)
    assert name is None or isinstance(name, str)
