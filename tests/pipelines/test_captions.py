import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.captions import plain_credit, split_caption
from pipelines.text import even


@pytest.mark.parametrize(
    ("text", "caption", "credit"),
    [
        ("Ministers at the table. (Photo: Jane Doe/AFP)", "Ministers at the table.", "Jane Doe/AFP"),
        ("Ministers at the table. Photo: Jane Doe", "Ministers at the table.", "Jane Doe"),
        ("Ministers at the table in May. REUTERS/Jane Doe", "Ministers at the table in May.", "REUTERS/Jane Doe"),
        ("The table. Jane Doe/Getty Images", "The table.", "Jane Doe/Getty Images"),
        ("The table (AP Photo/Jane Doe)", "The table", "AP Photo/Jane Doe"),
        ("The table. Photograph by Jane Doe", "The table.", "Jane Doe"),
        ("The table. Credit: John Roe via Getty Images", "The table.", "John Roe via Getty Images"),
        ("Der Tisch der Minister © dpa", "Der Tisch der Minister", "dpa"),
        ("Der Tisch im Mai. Foto: Max Muster/dpa", "Der Tisch im Mai.", "Max Muster/dpa"),
        ("La table des ministres. © Jeanne Dupont / AFP", "La table des ministres.", "Jeanne Dupont / AFP"),
        ("La mesa de los ministros. Foto: EFE", "La mesa de los ministros.", "EFE"),
        ("A mesa dos ministros — Foto: João Silva/Lusa", "A mesa dos ministros", "João Silva/Lusa"),
        ("Министры за столом. Фото: Иван Иванов / ТАСС", "Министры за столом.", "Иван Иванов / ТАСС"),
        ("Bakanlar masada. Fotoğraf: AA", "Bakanlar masada.", "AA"),
        ("الوزراء حول الطاولة. تصوير: رويترز", "الوزراء حول الطاولة.", "رويترز"),
        ("मंत्री बैठक में। फोटो: पीटीआई", "मंत्री बैठक में।", "पीटीआई"),
        ("会談する閣僚ら（写真：共同）", "会談する閣僚ら", "共同"),
        ("部长们在会谈。图：新华社", "部长们在会谈。", "新华社"),
        ("장관들이 회담하고 있다. 사진: 연합뉴스", "장관들이 회담하고 있다.", "연합뉴스"),
        ("Der Tisch. Bild © Max Muster (hr)", "Der Tisch.", "Max Muster (hr)"),
        ("A rocket on its way [SpaceX via Nasa]", "A rocket on its way", "SpaceX via Nasa"),
        ("President at the table. Credit... Photo: AFP", "President at the table.", "AFP"),
        ("Image source: Reuters", None, "Reuters"),
        ("Photo by Jane Doe", None, "Jane Doe"),
        ("Image caption, The ministers", "The ministers", None),
    ],
)
def test_a_caption_is_split_from_its_credit(text: str, caption: str | None, credit: str | None) -> None:
    assert split_caption(text) == (caption, credit)


@pytest.mark.parametrize(
    "text",
    [
        "The minister asked the source: who was it?",
        "The ministers of Japan and France, in Geneva (centre)",
        "A photo by a visitor shows the damaged bridge.",
        "Prices in euros (source of the dispute)",
        "Minister Jane Doe, left, and her colleague Mary Major",
        "The building of Reuters in London in 2019.",
        "Die Ministerin sagte: Das Foto zeigt den Tisch.",
    ],
)
def test_a_caption_that_credits_nobody_stays_whole(text: str) -> None:
    assert split_caption(text) == (text, None)


def test_a_credit_has_no_label() -> None:
    assert plain_credit("(Foto: Max Muster/dpa)") == "Max Muster/dpa"
    assert plain_credit("© 2026 Jane Doe") == "2026 Jane Doe"
    assert plain_credit("Photo:") is None


@given(st.text(max_size=300))
def test_caption_and_credit_are_parts_of_the_text(text: str) -> None:
    for part in split_caption(text):
        assert part is None or part in even(text)
