"""Archives of all shapes are walked back to a day: by months, by numbers of entries, by links to the next page; and traps end."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from quiet_site import Answer, Archive, Site, article, serving

Listed = Callable[[str], str | None]
"""The body of a list's page, by its path and query; None where there is no such page."""
THIS_YEAR = datetime.now(UTC).year
SINCE = ("--backfill", "--since", str(THIS_YEAR - 1))


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as served:
        yield served


def archive_of(folder: Path, site: Site, source: str, lists: Listed) -> Archive:
    """An outlet whose articles are all there, and whose lists are made when they are asked for."""
    answer = site.answer

    def answered(path: str, headers: dict[str, str]) -> Answer:
        body = lists(path)
        if body is not None:
            site.answers[path] = Answer(f"<html><body><main>{body}</main></body></html>".encode())
        elif path.startswith("/news/"):
            site.answers[path] = Answer(article(path.replace("-", " ")))
        return answer(path, headers)

    site.answer = answered  # type: ignore[method-assign]
    return Archive(folder, site, source.replace("HERE", site.address))


def link(name: str) -> str:
    return f"<a href='/news/{name}'>What was said about {name}</a>"


def listed(site: Site) -> list[str]:
    return [path for path in site.paths if not path.startswith(("/news/", "/robots", "/.well-known"))]


def read(site: Site) -> list[str]:
    return sorted(path.removeprefix("/news/") for path in site.paths if path.startswith("/news/"))


def month_of(path: str) -> str | None:
    """Two pages with two articles each in a month of last year, none in June, which has no list, one in January."""
    _, year, month, _, page = path.split("/") if path.count("/") == 4 else ("", "", "", "", "")
    if year != str(THIS_YEAR - 1) or month == "06" or page not in ("1", "2") or (month, page) == ("01", "2"):
        return None
    return "".join(link(f"talks-of-{month}-number-{page}-{n}") for n in range(1 if month == "01" else 2))


def test_an_archive_by_months_is_walked_through_gaps_and_taken_up_where_it_stopped(tmp_path: Path, site: Site) -> None:
    archive = archive_of(tmp_path, site, "archive: HERE/{year}/{month}/page/{page}\n", month_of)
    fetched: list[str] = []
    for _ in range(2):
        summary = archive.crawl(*SINCE, "--limit", "25")
        assert summary["failures"] == []
        fetched += read(site)
    assert len(fetched) == len(set(fetched)) == 10 * 4 + 1
    assert archive.crawl(*SINCE)["discovered"] == 0
    assert len(listed(site)) == 1, "only this month's list can have become longer"
    archive.crawl("--backfill", "--since", f"{THIS_YEAR - 1}-12")
    assert len(listed(site)) <= 1


def test_a_section_is_followed_back_by_numbers_of_entries_until_it_repeats_itself(tmp_path: Path, site: Site) -> None:
    def entries(path: str) -> str | None:
        place, _, start = path.partition("?start=")
        if place != "/world":
            return None
        first = int(start or 0)
        shown = range(first, first + 5) if first < 20 else range(5)  # after the last page comes the first
        return "".join(link(f"talks-in-the-north-{n}") for n in shown) + f"<a href='/world?start={first + 5}'>More</a>"

    archive = archive_of(tmp_path, site, "sections: [HERE/world]\n", entries)
    summary = archive.crawl(*SINCE)
    assert (summary["outcomes"], summary["failures"]) == ({"new": 20}, [])
    assert len(listed(site)) == 5
    assert archive.crawl(*SINCE)["discovered"] == 0
    assert listed(site) == []


def test_next_links_in_a_circle_or_to_other_hosts_end_a_walk(tmp_path: Path, site: Site) -> None:
    following = {"/world": "/world?c=a", "/world?c=a": "/world?c=b", "/world?c=b": "/world?c=a"}
    following |= {"/asia": "http://127.0.0.1.example/asia?page=2"}

    def circle(path: str) -> str | None:
        if path not in following:
            return None
        name = path.replace("/", "").replace("?c=", "-")
        return link(f"talks-in-the-{name}-end") + f"<a rel=next href='{following[path]}'>Older</a>"

    archive = archive_of(tmp_path, site, "sections: [HERE/world, HERE/asia]\n", circle)
    summary = archive.crawl(*SINCE)
    assert (summary["outcomes"], summary["failures"]) == ({"new": 4}, [])
    assert sorted(listed(site)) == ["/asia", "/world", "/world?c=a", "/world?c=a", "/world?c=b"]


def test_a_calendar_without_end_costs_a_run_no_more_lists_than_allowed(tmp_path: Path, site: Site) -> None:
    def calendar(path: str) -> str | None:
        return link(f"a-meeting-on-day-{path.rpartition('/')[2]}") if path.startswith("/days/") else None

    archive = archive_of(tmp_path, site, "archive: HERE/days/{page}\n", calendar)
    for start in (1, 21):
        archive.crawl(*SINCE, DRAGOMAN_LISTINGS_PER_OUTLET="20")
        assert f"/days/{start}" in site.paths
        assert len(listed(site)) == 20


def test_a_list_of_ten_thousand_is_noted_whole_and_fetched_within_the_limit(tmp_path: Path, site: Site) -> None:
    def long(path: str) -> str | None:
        return "".join(link(f"talks-number-{n}-end") for n in range(9_990)) if path == f"/all/{THIS_YEAR}" else None

    archive = archive_of(tmp_path, site, "archive: HERE/all/{year}\n", long)
    assert archive.crawl(*SINCE, "--limit", "4")["outcomes"] == {"new": 4, "waiting": 9_986}
    assert archive.crawl(*SINCE, "--limit", "4")["outcomes"] == {"new": 4}
    assert len(listed(site)) <= 1


def test_a_first_page_that_cannot_be_read_is_a_failure_and_no_end(tmp_path: Path, site: Site) -> None:
    shown = ["<p>Just a moment</p>"]

    def gated(path: str) -> str | None:
        return shown[-1] if path == "/list/1" else None

    archive = archive_of(tmp_path, site, "archive: HERE/list/{page}\n", gated)
    assert [one["cause"] for one in archive.crawl(*SINCE)["failures"]] == ["no link on it looks like an article"]
    shown.append(link("talks-in-the-north-end"))
    assert archive.crawl(*SINCE)["outcomes"] == {"new": 1}
