from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.agencies import agencies_in, agency_at_home, agency_named, agency_of_site, may_name_agencies


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Reuters", "Reuters"),
        ("by AFP", "AFP"),
        ("L’AFP", "AFP"),
        ("The Associated Press", "AP"),
        ("Reuters Staff", "Reuters"),
        ("Por Agencia EFE", "EFE"),
        ("efe-epa", "EFE"),
        ("Tass", "TASS"),
        ("ТАСС", "TASS"),
        ("РИА Новости", "RIA Novosti"),
        ("Интерфакс", "Interfax"),
        ("新华社", "Xinhua"),
        ("共同通信", "Kyodo"),
        ("時事", "Jiji"),
        ("연합뉴스", "Yonhap"),
        ("पीटीआई", "PTI"),
        ("رويترز", "Reuters"),
        ("وام", "WAM"),
        ("ایسنا", "ISNA"),
        ("Anadolu Ajansı", "AA"),
        ("ČTK", "CTK"),
        ("Keystone-SDA", "SDA"),
        ("Keystone-ATS", "ATS"),
        ("sid", "SID"),
        ("Mehr News Agency", "Mehr"),
        ("La Presse canadienne", "The Canadian Press"),
    ],
)
def test_an_agency_is_known_by_its_names(text: str, name: str) -> None:
    assert agency_named(text) == name


@pytest.mark.parametrize(
    "text",
    ["", "Reuters said", "App", "Uni", "ap", "aa", "Mehr", "Petra", "Trend", "Jane Doe", "the press", "x" * 500],
)
def test_other_words_name_none(text: str) -> None:
    assert agency_named(text) is None


def test_at_least_forty_services_are_known() -> None:
    named = "Reuters AP AFP dpa EFE ANSA TASS Interfax Xinhua Kyodo Jiji Yonhap PTI ANI IANS UNI AA WAM SPA IRNA ISNA Lusa Belga UPI"
    more = "Bloomberg APA SDA ATS ANP NTB TT Ritzau STT PAP CTK MTI Ukrinform Antara Bernama VNA APP MENA NAN Notimex KNA epd SID AAP PA"
    assert [name for name in (named + " " + more).split() if agency_named(name) != name] == []


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("AFP/Reuters", ("AFP", "Reuters")),
        ("sid/dpa", ("SID", "dpa")),
        ("(dpa/mmu)", ("dpa",)),
        ("(KNA, DR)", ("KNA",)),
        ("ino/dpa", ("dpa",)),
        ("AFP=時事", ("AFP",)),
        ("Jane Doe/AFP", ()),
        ("AFP said", ()),
    ],
)
def test_a_line_may_name_several_and_an_editor_by_initials(text: str, names: tuple[str, ...]) -> None:
    assert agencies_in(text) == names


def test_an_address_may_be_on_an_agencys_own_site() -> None:
    assert agency_of_site("https://www.reuters.com/world/a") == "Reuters"
    assert agency_of_site("https://en.yna.co.kr/view/1") == "Yonhap"
    assert agency_of_site("https://agenciabrasil.ebc.com.br/a") == "Agência Brasil"
    assert agency_of_site("https://notreuters.com/a") is None
    assert agency_of_site("http://[::1") is None


@pytest.mark.parametrize(
    ("url", "name", "at_home"),
    [
        ("https://example.org/a", "AP News", {"AP"}),
        ("https://www.ukrinform.ru/a", "", {"Ukrinform"}),
        ("https://www.japantimes.co.jp/a", "The Japan Times", set()),
        ("https://example.org/a", "Die Antarktis", set()),
    ],
)
def test_an_agency_is_at_home_by_domain_or_by_name(url: str, name: str, at_home: set[str]) -> None:
    assert agency_at_home(url, name) == at_home


@given(st.text(max_size=80))
def test_what_names_an_agency_has_a_word_of_its_name(text: str) -> None:
    if agency_named(text):
        assert may_name_agencies(["Another text.", text]) == [1]
