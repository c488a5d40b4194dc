"""Only what is new is fetched, known articles are looked at again, and a quiet day is one conditional request a source."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from quiet_site import Answer, Archive, Site, article, serving


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as served:
        served.announce("lamps", "buoys", "ferries")
        yield served


@pytest.fixture
def archive(tmp_path: Path, site: Site) -> Archive:
    return Archive(tmp_path, site)


def test_a_run_with_nothing_new_is_one_conditional_request_a_source(archive: Archive, site: Site) -> None:
    assert archive.crawl()["outcomes"] == {"new": 3}
    assert archive.crawl()["failures"] == []
    assert [(path, status) for path, status, _ in site.asked] == [("/feed", 304)]
    records = archive.sql("SELECT status, warc FROM fetches WHERE kind = 'announcement' ORDER BY id")
    assert [row.status for row in records] == [200, 304]
    assert records[1].warc is not None


def test_what_is_due_is_asked_and_nothing_else(archive: Archive, site: Site) -> None:
    archive.crawl("--due")
    assert archive.crawl("--due")["discovered"] == 0
    assert site.asked == []
    archive.hours_pass(1)
    assert archive.crawl("--due")["outcomes"] == {"unchanged": 3}
    assert sorted((path, status) for path, status, _ in site.asked) == [
        ("/buoys", 304),
        ("/feed", 304),
        ("/ferries", 304),
        ("/lamps", 304),
    ]
    assert archive.crawl("--due")["discovered"] == 0


def test_a_young_article_that_was_edited_is_a_new_version(archive: Archive, site: Site) -> None:
    archive.crawl()
    site.answers["/lamps"] = Answer(article("lamps", "somebody had asked twice"))
    archive.hours_pass(1)
    assert archive.crawl("--due")["outcomes"] == {"updated": 1, "unchanged": 2}
    archive.hours_pass(5)
    assert archive.crawl("--due")["outcomes"] == {"unchanged": 3}
    assert [row.n for row in archive.sql("SELECT count(*) AS n FROM versions")] == [4]


def test_after_a_week_a_page_is_fetched_whole_whatever_the_server_says(archive: Archive, site: Site) -> None:
    archive.crawl()
    archive.hours_pass(24 * 8)
    assert archive.crawl("--due")["outcomes"] == {"unchanged": 3}
    assert {status for path, status, _ in site.asked if not path.startswith("/.well") and path != "/robots.txt"} == {
        200
    }


def test_what_waited_goes_before_what_is_looked_at_again(archive: Archive, site: Site) -> None:
    archive.crawl("--limit", "2")
    archive.hours_pass(1)
    summary = archive.crawl("--due", "--limit", "1")
    assert summary["outcomes"] == {"new": 1}
    assert archive.crawl("--due")["outcomes"] == {"unchanged": 2}


def test_a_sitemap_that_an_index_names_is_a_source_of_its_own(tmp_path: Path, site: Site) -> None:
    archive = Archive(tmp_path, site, f"sitemaps: [{site.address}/index.xml]\n")
    entry = f"<url><loc>{site.address}/{{}}</loc></url>"
    site.answers["/index.xml"] = Answer(
        f"<sitemapindex><sitemap><loc>{site.address}/one.xml</loc></sitemap></sitemapindex>".encode(), kind="text/xml"
    )
    site.answers["/one.xml"] = Answer(f"<urlset>{entry.format('lamps')}</urlset>".encode(), kind="text/xml")
    assert archive.crawl()["outcomes"] == {"new": 1}
    site.answers["/one.xml"] = Answer(
        f"<urlset>{entry.format('lamps')}{entry.format('buoys')}</urlset>".encode(), kind="text/xml"
    )
    archive.crawl()
    pages = [(path, status) for path, status, _ in site.asked if path.endswith(".xml")]
    assert sorted(pages) == [("/index.xml", 304), ("/one.xml", 200)]
