"""What servers and publishers ask for, and how it is read."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.errors import SettingError
from archive.host_store import Rest
from crawler.breaker import COOLING, ENOUGH, Breaker, is_refusal
from crawler.contact import require_contact
from crawler.manners import checked_hours, is_awake
from crawler.outlet import Outlet
from crawler.reservations import Obeyed, reserved_by_headers, reserved_by_page, reserved_by_site
from crawler.retry_after import LONGEST, retry_after

NOON = datetime(2026, 7, 1, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        ("120", 120),
        (" 0 ", 0),
        ("Wed, 01 Jul 2026 12:02:00 GMT", 120),
        ("Wed, 01 Jul 2026 11:00:00 GMT", 0),
        ("99999999999999999999", LONGEST.total_seconds()),
        ("Fri, 31 Dec 2999 23:59:59 GMT", LONGEST.total_seconds()),
        ("-5", None),
        ("soon", None),
        ("", None),
        (None, None),
    ],
)
def test_a_wait_is_read_as_seconds_or_a_date_and_is_a_day_at_most(header: str | None, seconds: float | None) -> None:
    wait = retry_after(header, NOON)
    assert (wait.total_seconds() if wait is not None else None) == seconds


@given(st.text(max_size=200))
def test_no_header_breaks_the_reader(header: str) -> None:
    wait = retry_after(header, NOON)
    assert wait is None or timedelta(0) <= wait <= LONGEST


@pytest.mark.parametrize(
    ("status", "refused"),
    [(403, True), (429, True), (500, True), (503, True), (404, False), (200, False), (304, False)],
)
def test_a_refusal_is_told_from_an_answer(status: int, refused: bool) -> None:
    assert is_refusal(status) is refused


def refuse(breaker: Breaker, urls: int, now: datetime = NOON) -> Rest | None:
    return [breaker.refused(f"/{n}", "http 403", now) for n in range(urls)][-1]


def test_a_host_that_refuses_five_addresses_in_a_row_rests() -> None:
    breaker = Breaker()
    assert refuse(breaker, ENOUGH - 1) is None
    assert breaker.blocks(NOON) is None
    rest = breaker.refused("/last", "http 403", NOON)
    assert rest == Rest("http 403, 5 in a row", NOON + COOLING, 1)
    assert breaker.blocks(NOON)
    assert breaker.blocks(NOON + COOLING) is None


def test_one_address_that_fails_again_and_again_is_its_own_trouble() -> None:
    breaker = Breaker()
    assert [breaker.refused("/broken", "http 500", NOON) for _ in range(20)] == [None] * 20


def test_a_good_answer_in_between_begins_the_row_anew() -> None:
    breaker = Breaker()
    refuse(breaker, ENOUGH - 1)
    assert not breaker.answered()
    assert refuse(breaker, ENOUGH - 1) is None


def test_after_its_rest_the_first_answer_decides() -> None:
    later = NOON + COOLING
    again = Breaker(Rest("http 403", NOON, 1)).refused("/a", "http 403", later)
    assert again == Rest("http 403, again", later + 2 * COOLING, 2)
    mended = Breaker(Rest("http 403", NOON, 1))
    assert mended.answered()
    assert refuse(mended, ENOUGH - 1, later) is None


@pytest.mark.parametrize(
    ("hours", "hour", "awake"),
    [
        ("22-06", 23, True), ("22-06", 0, True), ("22-06", 5, True), ("22-06", 6, False), ("22-06", 21, False),
        ("8-18", 8, True), ("8-18", 18, False), ("0-24", 23, True), ("18-24", 23, True), ("18-24", 0, False),
        ("22-06 Asia/Tokyo", 13, True), ("22-06 Asia/Tokyo", 21, False), ("22:00-06:00", 23, True), (None, 12, True),
    ],
)  # fmt: skip
def test_hours_are_read_in_their_zone_and_over_midnight(hours: str | None, hour: int, awake: bool) -> None:
    assert is_awake(hours, NOON.replace(hour=hour, minute=30)) is awake


@pytest.mark.parametrize("hours", ["", "night", "6", "25-3", "5-5", "22-06 Mars/Base", "22-06 ../etc", "22-30"])
def test_what_are_no_hours_is_said_with_the_mend(hours: str) -> None:
    with pytest.raises(ValueError, match="write"):
        checked_hours(hours)


@pytest.mark.parametrize(
    ("headers", "reason"),
    [
        ([("X-Robots-Tag", "noarchive")], "noarchive (X-Robots-Tag)"),
        ([("x-robots-tag", "nofollow, NOINDEX")], "noindex (X-Robots-Tag)"),
        ([("X-Robots-Tag", "none")], "none (X-Robots-Tag)"),
        ([("X-Robots-Tag", "dragoman: noarchive")], "noarchive (X-Robots-Tag)"),
        ([("X-Robots-Tag", "googlebot: noarchive")], None),
        ([("X-Robots-Tag", "max-snippet: -1, noarchive")], "noarchive (X-Robots-Tag)"),
        ([("X-Robots-Tag", "all")], None),
        ([("TDM-Reservation", "1")], "tdm-reservation (header)"),
        ([("TDM-Reservation", "0")], None),
    ],
)
def test_a_header_reserves_a_page(headers: list[tuple[str, str]], reason: str | None) -> None:
    assert reserved_by_headers(headers, "Dragoman", Obeyed()) == reason


@pytest.mark.parametrize(
    ("page", "reason"),
    [
        (b'<meta name="robots" content="noarchive">', "noarchive (meta robots)"),
        (b"<META CONTENT='index, NoArchive' NAME=Robots />", "noarchive (meta robots)"),
        (b'<meta name="dragoman" content="noarchive">', "noarchive (meta robots)"),
        (b'<meta name="robots" content="noindex, follow">', "noindex (meta robots)"),
        (b'<meta name="robots" content="none">', "none (meta robots)"),
        (b'<meta name="Dragoman" content="none">', "none (meta robots)"),
        (b'<meta name="robots" content="nofollow, max-image-preview:none">', None),
        (b'<meta name="robots" content="noimageindex">', None),
        (b'<meta name="googlebot" content="noarchive">', None),
        (b'<meta name="robots" content="max-snippet:-1, index">', None),
        (b'<meta name="description" content="noarchive">', None),
        (b'<!-- <meta name="robots" content="noarchive"> -->', None),
        (b'<meta name="tdm-reservation" content="1"/>', "tdm-reservation (meta)"),
        (b'<meta name="tdm-reservation" content="0"/>', None),
    ],
)
def test_a_meta_element_reserves_a_page(page: bytes, reason: str | None) -> None:
    assert reserved_by_page(b"<html><head>" + page + b"</head>", "Dragoman", Obeyed()) == reason


def test_an_operator_with_a_licence_may_pass_over_reservations() -> None:
    page = b'<meta name="robots" content="noarchive"><meta name="tdm-reservation" content="1">'
    assert reserved_by_page(page, "Dragoman", Obeyed(meta=False, tdm=False)) is None
    assert reserved_by_page(page, "Dragoman", Obeyed(meta=False)) == "tdm-reservation (meta)"


@pytest.mark.parametrize(
    ("location", "path", "reserved"),
    [
        ("/", "/a/b", True),
        ("/news/*", "/news/a", True),
        ("/news/*", "/about", False),
        ("/*.html$", "/a/b.html", True),
        ("/*.html$", "/a/b.htm", False),
        ("/a$", "/a", True),
        ("/a$", "/ab", False),
        ("/a*b*c", "/a-b-c-d", True),
        ("/" + "*a" * 200 + "$", "/" + "a" * 199 + "b", False),
    ],
)
def test_a_sites_file_reserves_paths(location: str, path: str, reserved: bool) -> None:
    rules = f'[{{"location": "{location}", "tdm-reservation": 1}}]'.encode()
    assert bool(reserved_by_site(rules, path)) is reserved


def test_the_first_rule_that_matches_holds() -> None:
    rules = b'[{"location": "/free/*", "tdm-reservation": 0}, {"location": "/*", "tdm-reservation": 1}]'
    assert reserved_by_site(rules, "/free/a") is None
    assert reserved_by_site(rules, "/paid/a") == "tdm-reservation (tdmrep.json)"


@given(st.binary(max_size=300))
def test_no_bytes_break_the_readers(content: bytes) -> None:
    reserved_by_site(content, "/a")
    reserved_by_page(content, "Dragoman", Obeyed())


def outlet(homepage: str) -> Outlet:
    return Outlet(
        id="a",
        name="A",
        kind="blog",
        country="GB",
        ownership="private",
        languages=("en",),
        homepage=homepage,
        feeds=(f"{homepage}/feed",),
    )


@pytest.mark.parametrize(
    "homepage",
    [
        "http://127.0.0.1:8000",
        "http://localhost:8000",
        "http://harbour.example",
        "http://10.1.2.3",
        "http://[::1]",
        "https://nobody.invalid",
        "https://www.example.org",
    ],
)
def test_no_contact_is_wanted_where_no_publisher_is(homepage: str) -> None:
    require_contact([outlet(homepage)], {})


@pytest.mark.parametrize("homepage", ["https://8.8.8.8", "https://[2606:4700::1111]"])
def test_the_public_internet_wants_a_contact(homepage: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY"):
        monkeypatch.delenv(name, raising=False)
    with pytest.raises(SettingError, match="DRAGOMAN_CONTACT"):
        require_contact([outlet(homepage)], {"USER_AGENT": "Dragoman/0.1"})
    require_contact([outlet(homepage)], {"CONTACT": "crawler@example.org"})
    require_contact([outlet(homepage)], {"USER_AGENT": "Ours (+https://example.org/bot)"})


def test_a_proxy_on_this_machine_replays_and_needs_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("https_proxy", "http://127.0.0.1:8099")
    require_contact([outlet("https://8.8.8.8")], {})
