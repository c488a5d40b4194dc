import pytest

from pipelines.datelines import Dateline, split_dateline


@pytest.mark.parametrize(
    ("opening", "dateline"),
    [
        ("TOKYO, Jan 7 (Reuters) – ", Dateline("TOKYO", "Jan 7", "Reuters")),
        ("KYIV, Ukraine (AP) — ", Dateline("KYIV, Ukraine", None, "AP")),
        ("PARIS, 12 janvier (AFP) - ", Dateline("PARIS", "12 janvier", "AFP")),
        ("ST. PETERSBURG, Oct. 3 (Xinhua) -- ", Dateline("ST. PETERSBURG", "Oct. 3", "Xinhua")),
        ("TOKYO/WASHINGTON, Jan 7 (Reuters) – ", Dateline("TOKYO/WASHINGTON", "Jan 7", "Reuters")),
    ],
)
def test_a_dateline_is_split_off(opening: str, dateline: Dateline) -> None:
    assert split_dateline(opening + "The minister said.") == (dateline, "The minister said.")


@pytest.mark.parametrize(
    "paragraph",
    [
        "The United States and Japan on Friday voiced concern.",
        "NATO - and not the EU - decides.",
        "Tokyo (the capital) - as ever - was quiet.",
        "",
    ],
)
def test_what_only_looks_like_a_dateline_stays(paragraph: str) -> None:
    assert split_dateline(paragraph) == (None, paragraph)
