import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.datelines import Dateline, split_dateline, take_dateline


@pytest.mark.parametrize(
    ("opening", "dateline"),
    [
        ("TOKYO, Jan 7 (Reuters) – ", Dateline("TOKYO", "Jan 7", "Reuters")),
        ("KYIV, Ukraine (AP) — ", Dateline("KYIV, Ukraine", None, "AP")),
        ("PARIS, 12 janvier (AFP) - ", Dateline("PARIS", "12 janvier", "AFP")),
        ("ST. PETERSBURG, Oct. 3 (Xinhua) -- ", Dateline("ST. PETERSBURG", "Oct. 3", "Xinhua")),
        ("TOKYO/WASHINGTON, Jan 7 (Reuters) – ", Dateline("TOKYO/WASHINGTON", "Jan 7", "Reuters")),
        ("BEIJING, 7 Jan 2026 (AFP) - ", Dateline("BEIJING", "7 Jan", "AFP")),
        ("Tokyo, Jan 7 (Reuters) - ", Dateline("Tokyo", "Jan 7", "Reuters")),
        ("NEW DELHI, Jan 7 (PTI) ", Dateline("NEW DELHI", "Jan 7", "PTI")),
        ("NEW DELHI: ", Dateline("NEW DELHI", None, None)),
        ("LONDON — ", Dateline("LONDON", None, None)),
        ("SEOUL, South Korea — ", Dateline("SEOUL, South Korea", None, None)),
        ("Kyiv, Ukraine – ", Dateline("Kyiv, Ukraine", None, None)),
        ("LONDRES (AFP) - ", Dateline("LONDRES", None, "AFP")),
        ("Berlin (dpa) - ", Dateline("Berlin", None, "dpa")),
        ("Kiel (dpa/lno) - ", Dateline("Kiel", None, "dpa/lno")),
        ("Madrid, 12 ene (EFE).- ", Dateline("Madrid", "12 ene", "EFE")),
        ("MADRID, 12 (EUROPA PRESS) - ", Dateline("MADRID", "12", "EUROPA PRESS")),
        ("BRASÍLIA, 7 JAN (Reuters) - ", Dateline("BRASÍLIA", "7 JAN", "Reuters")),
        ("TEGUCIGALPA, HONDURAS.- ", Dateline("TEGUCIGALPA, HONDURAS", None, None)),
        ("(ANSA) - ROMA, 12 GEN - ", Dateline("ROMA", "12 GEN", "ANSA")),
        ("Roma, 12 gen. (askanews) - ", Dateline("Roma", "12 gen.", "askanews")),
        ("(Reuters) - ", Dateline(None, None, "Reuters")),
        ("ANKARA (AA) - ", Dateline("ANKARA", None, "AA")),
        ("МОСКВА, 7 янв — РИА Новости. ", Dateline("МОСКВА", "7 янв", "РИА Новости")),
        ("МОСКВА, 7 января. /ТАСС/. ", Dateline("МОСКВА", "7 января.", "ТАСС")),
        ("القاهرة (رويترز) - ", Dateline("القاهرة", None, "رويترز")),
        ("अंकारा, 7 जनवरी (एपी) ", Dateline("अंकारा", "7 जनवरी", "एपी")),
        ("नयी दिल्ली, सात जनवरी (भाषा) ", Dateline("नयी दिल्ली", "सात जनवरी", "भाषा")),
        ("新华社北京11月17日电 ", Dateline("北京", "11月17日", "新华社")),
        ("【北京=共同】", Dateline("北京", None, "共同")),
        ("【ワシントン共同】", Dateline("ワシントン", None, "共同")),
        ("【ロンドン＝山田太郎】", Dateline("ロンドン", None, None)),
        ("［ワシントン １２日 ロイター］ - ", Dateline("ワシントン", "１２日", "ロイター")),
        ("(서울=연합뉴스) ", Dateline("서울", None, "연합뉴스")),
        ("(서울=연합뉴스) 홍길동 기자 = ", Dateline("서울", None, "연합뉴스", ("홍길동",))),
    ],
)
@pytest.mark.parametrize("sentence", ["The minister said.", "“We agree,” she said.", "部长说。"])
def test_a_dateline_is_split_off(opening: str, dateline: Dateline, sentence: str) -> None:
    assert split_dateline(opening + sentence) == (dateline, sentence)


@pytest.mark.parametrize(
    "paragraph",
    [
        "The United States and Japan on Friday voiced concern.",
        "NATO - and not the EU - decides.",
        "NATO – The alliance was founded in 1949.",
        "Tokyo (the capital) - as ever - was quiet.",
        "Tokyo (Reuters) reported on the talks first.",
        "Paris, France – the city of light – was dark.",
        "PARIS - and not London - was chosen.",
        "London: The city grows.",
        "ANALYSIS — The treaty explained.",
        "OPINION: The treaty is a mistake.",
        "DEAR EDITOR: My letter was cut.",
        "EU, China – The two sides met.",
        "BERLIN, Sommer 45 – Die Stadt lag in Trümmern.",
        "WHO (World Health Organization) - The body met.",
        "The Associated Press (AP) - Founded in 1846 - is an agency.",
        "Die Deutsche Presse-Agentur (dpa) - Die größte - wächst.",
        "France (AFP) and Britain (Reuters) disagree.",
        "(AP) Photo of the day",
        "【写真=共同】会談する閣僚ら",
        "【独自】政府が方針を固めた。",
        "新华社是中国的通讯社。",
        "(서울) 정부는 밝혔다.",
        "МОСКВА — город большой.",
        "अंकारा (तुर्की) में बैठक हुई।",
        "COVID-19 — The pandemic goes on.",
        "",
    ],
)
def test_what_only_looks_like_a_dateline_stays(paragraph: str) -> None:
    assert split_dateline(paragraph) == (None, paragraph)


def test_a_standfirst_may_stand_above_it() -> None:
    lines = ["Allies vow to work together.", "TOKYO, Jan 7 (Reuters) – The allies met.", "They left."]
    assert take_dateline(lines) == (
        Dateline("TOKYO", "Jan 7", "Reuters"),
        ["Allies vow to work together.", "The allies met.", "They left."],
    )


def test_a_dateline_on_a_line_of_its_own_leaves_no_empty_line() -> None:
    assert take_dateline(["WASHINGTON —", "The allies met."]) == (
        Dateline("WASHINGTON", None, None),
        ["The allies met."],
    )
    assert take_dateline([]) == (None, [])


@given(st.text(max_size=200))
def test_nothing_but_the_dateline_is_cut(paragraph: str) -> None:
    dateline, rest = split_dateline(paragraph)
    assert paragraph.endswith(rest)
    assert dateline or rest == paragraph
    assert len(paragraph) - len(rest) <= 140


@given(st.from_regex(r"[A-Z(【［][A-Za-z ,.()=/—–-]{0,60}", fullmatch=True))
def test_no_opening_takes_more_than_a_dateline(paragraph: str) -> None:
    dateline, rest = split_dateline(paragraph)
    assert paragraph.endswith(rest)
    assert dateline is None or dateline.place or dateline.agency
