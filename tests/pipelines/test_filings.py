from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.filings import agency_that_opens

SENTENCE = "The ministers agreed to meet again in the spring."


@pytest.mark.parametrize(
    ("opening", "name"),
    [
        ("Vatikanstadt (KNA) ", "KNA"),
        ("Frankfurt a.M. (epd). ", "epd"),
        ("New Delhi [India], May 3 (ANI): ", "ANI"),
        ("ABU DHABI, 3rd May, 2024 (WAM) -- ", "WAM"),
        ("Budapest, 2024. május 3., péntek (MTI) - ", "MTI"),
        ("Praha 3. května (ČTK) - ", "CTK"),
        ("नई दिल्ली, 3 मई (आईएएनएस)। ", "IANS"),
        ("Kyiv. May 3. Ukrinform. ", "Ukrinform"),
        ("Москва. 7 января. INTERFAX.RU - ", "Interfax"),
        ("Tehran, IRNA – ", "IRNA"),
        ("（中央社記者王小明台北3日電）", "CNA"),
        ("【5月3日 AFP】", "AFP"),
        ("الرياض 3 مايو 2024 م واس ", "SPA"),
    ],
)
def test_an_agency_opens_the_text(opening: str, name: str) -> None:
    assert agency_that_opens([opening + SENTENCE]) == name
    assert agency_that_opens(["A standfirst.", opening + SENTENCE]) == name


@pytest.mark.parametrize(
    "line",
    [
        SENTENCE,
        f"The Associated Press (AP) said so. {SENTENCE}",
        f"Deutsche Presse-Agentur (dpa) {SENTENCE}",
        f"Palestinian Authority (PA) President Doe came. {SENTENCE}",
        f"He told the agency (AFP) in Paris. {SENTENCE}",
        f"President Doe arrived in the capital and told reporters (Reuters) {SENTENCE}",
        "The harbour at night (AFP)",
        f"Angela Doe (CDU) {SENTENCE}",
        f"Prices rose. Reuters. {SENTENCE}",
        f"【独自】{SENTENCE}",
        f"The year 2024, says Reuters – {SENTENCE}",
        "",
    ],
)
def test_a_sentence_with_an_agency_opens_no_report(line: str) -> None:
    assert agency_that_opens([line]) is None


def test_only_the_opening_is_looked_at() -> None:
    assert agency_that_opens([*[SENTENCE] * 3, f"Vatikanstadt (KNA) {SENTENCE}"]) is None


@given(st.lists(st.text(alphabet="aA1. (/)-【】日AFP", max_size=200), max_size=4))
def test_any_text_has_an_answer(lines: list[str]) -> None:
    assert agency_that_opens(lines) is None or isinstance(agency_that_opens(lines), str)
