from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.credits import Credited, split_credits

BODY = [
    f"The ministers agreed on point {number} of their list and went home to tell their parliaments."
    for number in range(9)
]


def credited(line: str) -> Credited:
    """What is read of a line that ends a report of nine paragraphs."""
    return split_credits([*BODY, line])


@pytest.mark.parametrize(
    ("line", "people"),
    [
        (
            "(Reporting by Jane Doe, John Roe and Ana Ruiz in Madrid; Editing by Max Muster and Li-na Park)",
            {"reporting": ("Jane Doe", "John Roe", "Ana Ruiz"), "editing": ("Max Muster", "Li-na Park")},
        ),
        (
            "Reporting by Jane Doe, with reporting by John Roe and Ana Ruiz, writing by Max Muster, editing by Li-na Park.",
            {
                "reporting": ("Jane Doe",),
                "additional": ("John Roe", "Ana Ruiz"),
                "writing": ("Max Muster",),
                "editing": ("Li-na Park",),
            },
        ),
        ("Additional reporting by Jane Doe in New York and Washington", {"additional": ("Jane Doe",)}),
        ("Jane Doe and John Roe contributed to this report.", {"additional": ("Jane Doe", "John Roe")}),
        ("The Example Post’s Jane Doe contributed reporting from Hong Kong.", {"additional": ("Jane Doe",)}),
        ("With files from AP and Jane Doe", {"additional": ("Jane Doe",)}),
        ("Translated by Jane Doe from the Arabic", {"additional": ("Jane Doe",)}),
        ("Redaktion: Max Muster, Eva Beispiel", {"editing": ("Max Muster", "Eva Beispiel")}),
        (
            "Übersetzung: Eva Beispiel, Redaktion: Max Muster",
            {"additional": ("Eva Beispiel",), "editing": ("Max Muster",)},
        ),
        ("Avec la collaboration de Jeanne Dupont", {"additional": ("Jeanne Dupont",)}),
        ("Édité par Jeanne Dupont", {"editing": ("Jeanne Dupont",)}),
        ("Traducción de Ana Ruiz", {"additional": ("Ana Ruiz",)}),
        ("Ana Ruiz y Juan Pérez contribuyeron a este reportaje.", {"additional": ("Ana Ruiz", "Juan Pérez")}),
        ("Edição: João Silva e Maria Souza", {"editing": ("João Silva", "Maria Souza")}),
        ("A cura di Anna Bianchi", {"editing": ("Anna Bianchi",)}),
        ("Редактор: Иван Иванов", {"editing": ("Иван Иванов",)}),
        ("Перевод с английского: Анна Петрова", {"additional": ("Анна Петрова",)}),
        ("Çeviri: Ayşe Yılmaz", {"additional": ("Ayşe Yılmaz",)}),
        ("編集：山田太郎、鈴木花子", {"editing": ("山田太郎", "鈴木花子")}),
        ("【责任编辑：张三】", {"editing": ("张三",)}),
        ("翻译：李四", {"additional": ("李四",)}),
        ("记者：王五", {"reporting": ("王五",)}),
        ("翻译：李四 校对：王五", {"additional": ("李四",), "editing": ("王五",)}),
        ("취재: 김철수, 편집: 이영희", {"reporting": ("김철수",), "editing": ("이영희",)}),
        (
            "(Reportage Jeanne Dupont, version française Jean Martin, édité par Paul Durand)",
            {"reporting": ("Jeanne Dupont",), "additional": ("Jean Martin",), "editing": ("Paul Durand",)},
        ),
        (
            "(Reporte de Ana Ruiz; Editado en español por Juan Pérez)",
            {"reporting": ("Ana Ruiz",), "editing": ("Juan Pérez",)},
        ),
        (
            "(Tradotto da Anna Bianchi, editing Mario Rossi)",
            {"additional": ("Anna Bianchi",), "editing": ("Mario Rossi",)},
        ),
        ("Reportagem adicional de João Silva", {"additional": ("João Silva",)}),
        ("Подготовил Иван Иванов", {"writing": ("Иван Иванов",)}),
        (
            "(إعداد أحمد علي للنشرة العربية - تحرير محمد حسن)",
            {"writing": ("أحمد علي",), "editing": ("محمد حسن",)},
        ),
        ("संपादन: राम कुमार", {"editing": ("राम कुमार",)}),
        ("Penulis: Budi Santoso, Editor: Siti Aminah", {"writing": ("Budi Santoso",), "editing": ("Siti Aminah",)}),
        ("Επιμέλεια: Γιώργος Παπάς", {"editing": ("Γιώργος Παπάς",)}),
        ("Översättning: Per Hansson", {"additional": ("Per Hansson",)}),
        ("Překlad: Jan Novák", {"additional": ("Jan Novák",)}),
    ],
)
def test_people_are_read_by_what_they_did(line: str, people: dict[str, tuple[str, ...]]) -> None:
    found = credited(line)
    assert {role: names for role, names in found.credits if names} == people
    assert found.lines == BODY


@pytest.mark.parametrize(
    ("line", "agency"),
    [
        ("(dpa/mmu)", "dpa"),
        ("Quelle: ntv.de, mmu/dpa", "dpa"),
        ("Avec AFP", "AFP"),
        ("(avec l’AFP)", "AFP"),
        ("Источник: ТАСС", "TASS"),
        ("Źródło: PAP", "PAP"),
        ("Kaynak: AA", "AA"),
        ("المصدر: رويترز", "Reuters"),
        ("स्रोत: पीटीआई", "PTI"),
        ("来源：新华社", "Xinhua"),
        ("출처: 연합뉴스", "Yonhap"),
        ("By Reuters", "Reuters"),
        ("— AP", "AP"),
    ],
)
def test_a_credited_agency_is_evidence(line: str, agency: str) -> None:
    found = credited(line)
    assert set(found.agencies) == {agency}
    assert found.lines == BODY


@pytest.mark.parametrize(
    ("line", "agency"),
    [
        ("With files from The Associated Press", "AP"),
        ("With inputs from PTI", "PTI"),
        ("Mit Material von dpa", "dpa"),
        ("Avec des informations de l’AFP", "AFP"),
        ("Con información de EFE", "EFE"),
        ("Com informações da Reuters", "Reuters"),
        ("Con fonti ANSA", "ANSA"),
        ("По материалам Reuters", "Reuters"),
    ],
)
def test_an_agency_whose_material_was_used_has_helped(line: str, agency: str) -> None:
    found = credited(line)
    assert (found.helping, found.agencies) == ((agency,), {})
    assert found.lines == BODY


def test_an_agency_that_stands_with_a_picture_is_no_evidence() -> None:
    found = split_credits([*BODY, "Reuters"], pictured={"Reuters"})
    assert (found.lines, found.agencies) == (BODY, {})


@pytest.mark.parametrize(
    "line", ["(mit Agenturen)", "Avec agences", "Con agencias", "SOURCE: News agencies", "(Agencies)"]
)
def test_agencies_in_general_are_a_credit_of_none(line: str) -> None:
    assert credited(line).agencies == {}
    assert [dropped.rule for dropped in credited(line).dropped] == ["credits"]


@pytest.mark.parametrize(
    "line",
    [
        "Edited by experts of both countries, the volume covers Asia.",
        "Reporting by journalists has shown that the treaty was broken twice.",
        "Reporting from Paris and London",
        "Reuters reported that the treaty was broken twice.",
        "Written by hand, the letter reached the king in May.",
        "Avec Jeanne Dupont",
        "Avec Reuters, il négocie un accord de licence.",
        "With the Associated Press, he founded a school.",
        "Mit Reuters hat er nie gesprochen.",
        "Source: World Bank",
        "Sources: interviews with officials of three ministries",
        "Con el tiempo, EFE se convirtió en una gran agencia.",
        "Jane Doe has contributed to this report on climate for eleven years, which is why she was asked.",
        "Text: Die Welt von Gestern",
        "App",
        "Redaktion: hinweise[at]example.org",
        "编辑工作是报纸的核心。",
        "تحرير أسعار الطاقة",
        "تقرير: ارتفاع أسعار النفط",
        "Reportage photo de la semaine",
        "Editing is hard work",
        "Bewerking van hout",
        "編集者は記事の内容に責任を負う。",
        "По данным министерства, договор подписан.",
        "",
    ],
)
def test_a_sentence_or_another_line_stays(line: str) -> None:
    found = credited(line)
    assert found.lines == [*BODY, line]
    assert not any(names for _, names in found.credits)
    assert found.agencies == {}


def test_an_agency_alone_is_a_credit_at_the_end_only() -> None:
    assert split_credits([*BODY[:5], "Bloomberg", *BODY[5:]]).dropped == []


def test_credit_lines_are_dropped_by_name() -> None:
    assert [(dropped.line, dropped.rule) for dropped in credited("Avec AFP").dropped] == [("Avec AFP", "credits")]


@given(st.lists(st.text(max_size=120) | st.just("Reporting by Jane Doe; Editing by John Roe"), max_size=12))
def test_each_line_is_kept_or_dropped(lines: list[str]) -> None:
    found = split_credits(lines)
    assert sorted([*found.lines, *(dropped.line for dropped in found.dropped)]) == sorted(lines)
