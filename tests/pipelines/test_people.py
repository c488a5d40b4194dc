"""A byline's people: names come out, and nothing that stands around them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.documents import html_text
from pipelines.people import pen_name, people_in, turned, written_out
from pipelines.text import even

SITES = frozenset({"the example", "example", "example org"})


@pytest.mark.parametrize(
    ("byline", "people"),
    [
        ("By Jane Doe", ["Jane Doe"]),
        ("Von Anna Schmidt", ["Anna Schmidt"]),
        ("Par Jeanne Martin", ["Jeanne Martin"]),
        ("Por Juana Pérez", ["Juana Pérez"]),
        ("Di Giulia Rossi", ["Giulia Rossi"]),
        ("Door Jan de Vries", ["Jan de Vries"]),
        ("Av Kari Nordmann", ["Kari Nordmann"]),
        ("Autor: Jan Nowak", ["Jan Nowak"]),
        ("Автор: Иван Иванов", ["Иван Иванов"]),
        ("Текст: Иван Иванов", ["Иван Иванов"]),
        ("كتب: محمد علي", ["محمد علي"]),
        ("द्वारा राम कुमार", ["राम कुमार"]),
        ("Haber: Ali Veli", ["Ali Veli"]),
        ("Oleh Siti Rahayu", ["Siti Rahayu"]),
        ("記者　山田太郎", ["山田太郎"]),
        ("山田太郎記者", ["山田太郎"]),
        ("文＝山田太郎 写真＝鈴木花子", ["山田太郎"]),
        ("著者：山田太郎", ["山田太郎"]),
        ("（記者 王小明）", ["王小明"]),
        ("文 | 王小明", ["王小明"]),
        ("新华社记者王小明", ["王小明"]),
        ("홍길동 기자", ["홍길동"]),
    ],
)
def test_what_announces_an_author_is_no_part_of_the_name(byline: str, people: list[str]) -> None:
    assert list(people_in(byline, SITES)) == people


@pytest.mark.parametrize(
    ("byline", "people"),
    [
        ("Jane Doe and John Roe", ["Jane Doe", "John Roe"]),
        ("Jane Doe, John Roe and Richard Miles", ["Jane Doe", "John Roe", "Richard Miles"]),
        ("Anna Schmidt und Max Müller", ["Anna Schmidt", "Max Müller"]),
        ("Jeanne Martin et Paul Durand", ["Jeanne Martin", "Paul Durand"]),
        ("Juana Pérez y Pedro López", ["Juana Pérez", "Pedro López"]),
        ("Giulia Rossi e Marco Bianchi", ["Giulia Rossi", "Marco Bianchi"]),
        ("Иван Иванов и Пётр Петров", ["Иван Иванов", "Пётр Петров"]),
        ("Ali Veli ve Ayşe Fatma", ["Ali Veli", "Ayşe Fatma"]),
        ("Jane Doe / John Roe", ["Jane Doe", "John Roe"]),
        ("Jane Doe; John Roe", ["Jane Doe", "John Roe"]),
        ("山田太郎、鈴木花子", ["山田太郎", "鈴木花子"]),
        ("记者 王小明 李大卫", ["王小明", "李大卫"]),
        ("By|Jane Doe|,|John Roe|and|Richard Miles", ["Jane Doe", "John Roe", "Richard Miles"]),
        ("Jane Doe|John Roe", ["Jane Doe", "John Roe"]),
        ("Anna Schmidt im Gespräch mit Max Müller", ["Anna Schmidt", "Max Müller"]),
        ("Jane Doe, Middle East correspondent, and John Roe", ["Jane Doe", "John Roe"]),
    ],
)
def test_people_are_split_in_their_order(byline: str, people: list[str]) -> None:
    assert list(people_in(byline, SITES)) == people


@pytest.mark.parametrize(
    "name",
    [
        "José Ortega y Gasset",
        "Mohammed bin Salman al-Saud",
        "Jan van der Berg",
        "Maria de la Cruz",
        "Isabella La Rosa",
        "Jean-Pierre d'Ormesson",
        "Sinéad O'Hara",
        "J. K. Doe",
        "Jane A. Doe",
        "John Doe Jr.",
        "Dr. Anna Schmidt",
        "Jane McDoe",
        "ジョン・スミス",
        "山田 太郎",
    ],
)
def test_a_name_stays_whole(name: str) -> None:
    assert people_in(name, SITES) == (name,)


@pytest.mark.parametrize(
    ("byline", "people"),
    [
        ("Jane Doe in Berlin", ["Jane Doe"]),
        ("Jane Doe, Berlin", ["Jane Doe"]),
        ("Jane Doe, New York", ["Jane Doe"]),
        ("Jane Doe, Reuters", ["Jane Doe"]),
        ("Jane Doe and AFP", ["Jane Doe"]),
        ("John Smith | Staff Writer", ["John Smith"]),
        ("By Jane Doe Foreign Correspondent", ["Jane Doe"]),
        ("Von unserem Korrespondenten Max Müller", ["Max Müller"]),
        ("by Jane Doe for The Example", ["Jane Doe"]),
        ("The Example - Jane Doe", ["Jane Doe"]),
        ("Jane Doe | jane@example.org", ["Jane Doe"]),
        ("Jane Doe (@janedoe)", ["Jane Doe"]),
        ("By Jane Doe January 17, 2017", ["Jane Doe"]),
        ("VON ANNA SCHMIDT am 21. April 2020", ["Anna Schmidt"]),
        ("Jane Doe|Staff Writer|Dec. 16, 2016|Copy Link|Middle School", ["Jane Doe"]),
        ("Text & Fotos: Max Müller", ["Max Müller"]),
        ("Text von Max Müller | Illustration von Anna Schmidt", ["Max Müller"]),
        ("Von|: Max Müller |Übersetzt von|: |Anna Schmidt", ["Max Müller"]),
        ("山田太郎／時事編集部", ["山田太郎"]),
        ("本报记者 王小明/北京报道", ["王小明"]),
    ],
)
def test_roles_places_outlets_and_addresses_are_dropped(byline: str, people: list[str]) -> None:
    assert list(people_in(byline, SITES)) == people


@pytest.mark.parametrize(
    "byline",
    [
        "",
        "By",
        "Reuters",
        "The Associated Press",
        "Associated Press in Valencia",
        "The Example",
        "Example staff reporter",
        "Staff Writer",
        "Von Redaktion",
        "Por Redacción",
        "Haber Merkezi",
        "Редакция",
        "Photograph by Jane Doe",
        "Foto: Max Müller",
        "Deutscher Beispielverband",
        "BBC Monitoring",
        "Climate Desk",
        "Super User",
        "Polizei Musterstadt",
        "Postdoctoral Research Associate",
        "World News",
        "New York",
        "朝日新聞デジタル",
        "編集部",
        "See full bio",
        "Wait and see: what the twelve old men of the quiet harbour told us when they spoke about Jane Doe and John Roe",
        "Published at 10:30",
        "https://example.org/jane-doe",
        "@janedoe",
        "10. März 2024",
    ],
)
def test_what_is_nobodys_name_is_not_taken_for_one(byline: str) -> None:
    assert people_in(byline, SITES) == ()


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("Paddy", "Paddy"),
        ("By Konstantin", "Konstantin"),
        ("von|Jessie", "Jessie"),
        ("happy_313", "happy_313"),
        ("6.11.2023 13:30 von Olga", "Olga"),
        ("by oz", "oz"),
    ],
)
def test_one_word_may_sign(said: str, name: str) -> None:
    assert pen_name(said, SITES) == name


@pytest.mark.parametrize(
    "said",
    [
        "Example",
        "examplenews.com",
        "AFP",
        "admin",
        "Redaktion",
        "Von",
        "Berlin",
        "NTV",
        "kesm",
        "oz",
        "منوعات",
        "Jane Doe",
        "Newsroom",
        "",
    ],
)
def test_not_every_word_signs(said: str) -> None:
    assert pen_name(said, SITES) is None


def test_the_outlet_does_not_sign_with_the_first_half_of_its_name() -> None:
    assert pen_name("Wander", frozenset({"wanderlust"})) is None
    assert pen_name("Heidi", frozenset({"heidi muster"})) == "Heidi"


@pytest.mark.parametrize(
    ("catalogued", "said"),
    [
        ("Doe, Jane", "Jane Doe"),
        ("Doe, Jane A.; Roe, Richard", "Jane A. Doe; Richard Roe"),
        ("Jane Doe, John Roe", "Jane Doe, John Roe"),
        ("Doe, Reuters", "Doe, Reuters"),
        ("Jane Doe", "Jane Doe"),
    ],
)
def test_a_catalogue_s_order_is_turned(catalogued: str, said: str) -> None:
    assert turned(catalogued) == said


@given(
    st.text(max_size=200)
    | st.lists(
        st.sampled_from(["By ", "Jane Doe", "|", ", ", " and ", "記者", "山田", "Foto: ", "(", "@x", " in "])
    ).map("".join)
)
def test_nobody_is_invented(text: str) -> None:
    said = even(html_text(text)).casefold()
    for name in people_in(text, SITES):
        assert all(word in said for word in name.casefold().split())


@given(st.text(max_size=200))
def test_a_pen_name_is_in_the_text(text: str) -> None:
    name = pen_name(text, SITES)
    assert name is None or name in even(html_text(text))


def test_a_long_text_is_no_byline_and_costs_no_time() -> None:
    assert people_in("Jane " * 100_000, SITES) == ()
    assert people_in("क" * 45 + "1 " + "a'" * 5_000, SITES) == ()


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("jane.miller", "Jane Miller"),
        ("jane maria miller", "Jane Maria Miller"),
        ("example.info", "example.info"),
        ("Jane de Miller", "Jane de Miller"),
        ("jane", "jane"),
        ("www.example.harbour", "www.example.harbour"),
    ],
)
def test_a_login_is_written_as_a_name(text: str, name: str) -> None:
    assert written_out(text) == name
