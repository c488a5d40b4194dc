from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.discovery.archives import archive_url, has_pages, paged_address, periods

SITE = "https://example.org"
NOW = datetime(2024, 5, 17, tzinfo=UTC)


@pytest.mark.parametrize(
    ("address", "third"),
    [
        ("/page/{page}/", "/page/3/"),
        ("/news?page={page}", "/news?page=3"),
        ("/news?start={offset:20}", "/news?start=40"),
        ("/news?page={offset:1}", "/news?page=2"),
        ("/{year}/{month}/", "/2024/05/"),
        ("/{year}/{month}/{day}?p={page}", "/2024/05/17?p=3"),
    ],
)
def test_places_of_an_address_are_filled_in(address: str, third: str) -> None:
    assert archive_url(paged_address(SITE + address), 3, NOW.date()) == SITE + third


@pytest.mark.parametrize(
    "address",
    ["/page/2", "/{pages}", "/{page}/{page}", "/{page}?s={offset:20}", "/{offset:0}", "/{month}", "/{year}/{day}", "/{page}{", "/{ page }"],
)  # fmt: skip
def test_an_address_without_good_places_is_a_mistake_with_the_mend(address: str) -> None:
    with pytest.raises(ValueError, match="has no place for a page's number; write"):
        paged_address(SITE + address)


@pytest.mark.parametrize(
    ("address", "since", "lists"),
    [
        ("/{page}", "2020-01-01", ["/{page}"]),
        ("/{year}/{month}/", "2024-03-31", ["/2024/05/", "/2024/04/", "/2024/03/"]),
        ("/{year}/{month}/", "2024-04-01", ["/2024/05/", "/2024/04/"]),
        ("/{year}/?p={page}", "2022-12-31", ["/2024/?p={page}", "/2023/?p={page}", "/2022/?p={page}"]),
        ("/{year}{month}{day}.html", "2024-05-16", ["/20240517.html", "/20240516.html"]),
        ("/{year}/{month}", "2030-01-01", []),
    ],
)
def test_an_archive_by_dates_is_a_list_for_each_from_new_to_old(address: str, since: str, lists: list[str]) -> None:
    begin = datetime.fromisoformat(since).replace(tzinfo=UTC)
    assert [one for one, _ in periods(address, begin, NOW)] == lists


def test_when_a_month_is_over_is_known() -> None:
    (_, this), (_, last) = periods("/{year}/{month}", datetime(2024, 4, 30, tzinfo=UTC), NOW)
    assert (this, last) == (datetime(2024, 6, 1, tzinfo=UTC), datetime(2024, 5, 1, tzinfo=UTC))


def test_only_what_has_a_number_s_place_has_pages() -> None:
    assert [has_pages(one) for one in ("/2024/05/page/{page}", "/2024?start={offset:5}", "/2024/05")] == [
        True,
        True,
        False,
    ]


@given(
    st.datetimes(datetime(1950, 1, 1), datetime(9_000, 1, 1)),
    st.integers(-10, 1_500),
    st.sampled_from(["/{year}", "/{year}/{month}", "/{year}/{month}/{day}"]),
)
def test_no_day_since_then_is_left_out(at: datetime, days: int, address: str) -> None:
    now = at.replace(tzinfo=UTC)
    since = (now - timedelta(days=days)).replace(hour=0, minute=0, second=0, microsecond=0)
    lists = [one for one, _ in periods(address, since, now)]
    wanted = [archive_url(address, 1, (now - timedelta(days=back)).date()) for back in range(max(days + 1, 0))]
    assert lists[: len(set(wanted))] == list(dict.fromkeys(wanted))
    assert len(lists) <= len(set(wanted)) + 1
