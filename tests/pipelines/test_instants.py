"""One written instant: as machines write it and as outlets print it."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.days import Habit
from pipelines.instants import read_instant


def read(text: str, language: str = "en", country: str | None = None, *, month_first: bool = False) -> str | None:
    """The instant and its precision on one line: an offset where the text names a zone."""
    instant = read_instant(text, Habit((language,), month_first, country))
    if instant is None:
        return None
    return (
        f"{instant.at:%Y-%m-%d}" if instant.precision == "day" else f"{instant.at.isoformat(' ')} {instant.precision}"
    )


@pytest.mark.parametrize(
    ("text", "instant"),
    [
        ("2026-03-05T10:30:00+05:30", "2026-03-05 10:30:00+05:30 second"),
        ("2026-03-05T10:30:00.123Z", "2026-03-05 10:30:00+00:00 second"),
        ("2026-03-05T10:30:00+0900", "2026-03-05 10:30:00+09:00 second"),
        ("2026-03-05 10:30", "2026-03-05 10:30:00 minute"),
        ("2026-3-5T9:30:00Z", "2026-03-05 09:30:00+00:00 second"),
        ("2026-03-05T10:30:00+01:00[Europe/Berlin]", "2026-03-05 10:30:00+01:00 second"),
        ("2026/03/05", "2026-03-05"),
        ("20260305", "2026-03-05"),
        ("20260305T103000Z", "2026-03-05 10:30:00+00:00 second"),
        ("20260305103000", "2026-03-05 10:30:00 second"),
        ("1772706600", "2026-03-05 10:30:00+00:00 second"),
        ("1772706600123", "2026-03-05 10:30:00+00:00 second"),
        ("Thu, 05 Mar 2026 10:30:00 GMT", "2026-03-05 10:30:00+00:00 second"),
        ("Thu Mar 05 10:30:00 JST 2026", "2026-03-05 10:30:00+09:00 second"),
        ("Thu Mar 05 2026 10:30:00 GMT+0200 (CEST)", "2026-03-05 10:30:00+02:00 second"),
    ],
)
def test_a_machines_instant_is_read(text: str, instant: str) -> None:
    assert read(text) == instant


@pytest.mark.parametrize("text", ["2026-03-05T00:00:00", "2026-03-05T00:00:00Z", "2026-03-05T00:00:00+09:00"])
def test_midnight_to_the_second_is_a_day_whose_clock_nobody_set(text: str) -> None:
    assert read(text) == "2026-03-05"


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("ar", "5 مارس 2026"),
        ("ar", "٥ مارس ٢٠٢٦"),
        ("ar", "الخميس 5 آذار 2026"),
        ("bn", "৫ মার্চ ২০২৬"),
        ("ca", "5 de març de 2026"),
        ("cs", "5. března 2026"),
        ("da", "5. marts 2026"),
        ("de", "Donnerstag, 5. März 2026"),
        ("de", "05.03.26"),
        ("el", "5 Μαρτίου 2026"),
        ("en", "March 5th, 2026"),
        ("en", "5th of March 2026"),
        ("en", "5-Mar-2026"),
        ("es", "5 de marzo de 2026"),
        ("fa", "۵ مارس ۲۰۲۶"),
        ("fi", "5. maaliskuuta 2026"),
        ("fr", "jeudi 5 mars 2026"),
        ("he", "5 במרץ 2026"),
        ("hi", "5 मार्च 2026"),
        ("hr", "5. ožujka 2026."),
        ("hu", "2026. március 5."),
        ("id", "Kamis, 5 Maret 2026"),
        ("it", "5 marzo 2026"),
        ("ja", "2026年3月5日（木）"),
        ("ja", "令和８年３月５日"),
        ("ko", "2026년 3월 5일"),
        ("ko", "2026. 3. 5."),
        ("lt", "2026 m. kovo 5 d."),
        ("lv", "2026. gada 5. marts"),
        ("nl", "5 maart 2026"),
        ("no", "5. mars 2026"),
        ("pl", "5 marca 2026"),
        ("pt", "5 de março de 2026"),
        ("ro", "5 martie 2026"),
        ("ru", "5 марта 2026 г."),
        ("sr", "5. mart 2026."),
        ("sr", "5. март 2026."),
        ("sv", "5 mars 2026"),
        ("th", "5 มีนาคม 2569"),
        ("th", "5 มี.ค. 2569"),
        ("tr", "5 MART 2026"),
        ("uk", "5 березня 2026"),
        ("ur", "5 مارچ 2026"),
        ("vi", "5 tháng 3, 2026"),
        ("zh", "2026年03月05日"),
        ("zh", "中華民國115年3月5日"),
    ],
)
def test_a_printed_day_is_read_in_its_language(language: str, text: str) -> None:
    assert read(text, language) == "2026-03-05"


@pytest.mark.parametrize(
    ("language", "text", "clock"),
    [
        ("en", "March 5, 2026 at 5:41 p.m.", "17:41:00"),
        ("en", "5PM, 5 March 2026", "17:00:00"),
        ("en", "12:05 am, 5 March 2026", "00:05:00"),
        ("en", "5 March 2026 12:05 PM", "12:05:00"),
        ("de", "05.03.2026, 17.41 Uhr", "17:41:00"),
        ("fr", "5 mars 2026 à 17h41", "17:41:00"),
        ("ja", "2026年3月5日 17時41分", "17:41:00"),
        ("ja", "2026年3月5日(木) 午後5:41", "17:41:00"),
        ("ko", "2026. 3. 5. 오후 5:41", "17:41:00"),
        ("zh", "2026年3月5日 下午5:41", "17:41:00"),
        ("tr", "5 Mart 2026 Perşembe 17:41", "17:41:00"),
    ],
)
def test_the_clock_beside_a_day_is_read(language: str, text: str, clock: str) -> None:
    assert read(text, language) == f"2026-03-05 {clock} minute"


@pytest.mark.parametrize(
    ("text", "country", "offset"),
    [
        ("5 March 2026 17:41 JST", None, "+09:00"),
        ("5 March 2026 17:41 CET", None, "+01:00"),
        ("5 March 2026, 17:41 МСК", None, "+03:00"),
        ("5 March 2026 5:41 PM EDT", None, "-04:00"),
        ("5 March 2026 5:41 PM ET", None, "-05:00"),
        ("5 July 2026 5:41 PM ET", None, "-04:00"),
        ("5 March 2026 17:41 (UTC+3)", None, "+03:00"),
        ("5 March 2026 17:41 IST", None, "+05:30"),
        ("5 March 2026 17:41 IST", "IL", "+02:00"),
        ("5 March 2026 17:41 CST", "US", "-06:00"),
        ("5 March 2026 17:41 CST", "CN", "+08:00"),
    ],
)
def test_a_zone_is_the_one_that_its_outlets_country_means(text: str, country: str | None, offset: str) -> None:
    assert str(read(text, country=country)).endswith(f"{offset} minute")


@pytest.mark.parametrize("text", ["5 March 2026 17:41 by AFP", "5 March 2026 17:41 XYZ", "5 March 2026 17:41 +19:00"])
def test_what_names_no_zone_leaves_the_clock_without_one(text: str) -> None:
    assert read(text) == "2026-03-05 17:41:00 minute"


@pytest.mark.parametrize(
    ("text", "month_first", "day"),
    [
        ("03/05/2026", True, "2026-03-05"),
        ("03/05/2026", False, "2026-05-03"),
        ("25/03/2026", True, "2026-03-25"),
        ("03.05.2026", True, "2026-05-03"),
        ("03-25-2026", False, "2026-03-25"),
    ],
)
def test_numbers_are_read_in_the_order_of_the_outlets_habit(text: str, month_first: bool, day: str) -> None:
    assert read(text, month_first=month_first) == day


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2026",
        "May 2026",
        "31.02.2026",
        "in 12 Jahren 2026",
        "call 0800 2026 555",
        "version v1.2.26",
        "17:41",
        "today",
        "yesterday",
        "3 hours ago",
        "vor 3 Stunden",
        "192.168.10.26",
        "202611",
        "12345678901",
        "-",
        "30 articles 2026",
    ],
)
def test_what_only_looks_like_a_date_is_none(text: str) -> None:
    assert read(text, "de") is None


@given(st.text(max_size=80))
def test_any_text_is_an_instant_or_none(text: str) -> None:
    read_instant(text, Habit(("de", "ar")))


@given(st.datetimes(datetime(1990, 1, 1), datetime(2099, 12, 31), timezones=st.just(UTC)))
def test_what_iso_8601_says_is_what_is_read(at: datetime) -> None:
    at = at.replace(microsecond=0, second=at.second or 1)
    instant = read_instant(at.isoformat())
    assert instant is not None
    assert instant.at == at
