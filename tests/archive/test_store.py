from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.command import downgrade
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from articles import NOON, an_article
from sqlalchemy import text

from archive.article import Article, CaptureSource
from archive.captures import CaptureRef
from archive.database import HEAD, open_database
from archive.errors import ArchiveError, UserError
from archive.held import Rejected
from archive.home import open_home
from archive.links import PAUSES, Announced, Fetch, Outcome, Standing
from archive.status import status_of
from archive.store import Store, open_store
from archive.tables import metadata
from archive.tombstones import APART
from archive.versions import instead_of
from pipelines.stories import sketch_of

NOW = datetime(2026, 11, 23, tzinfo=UTC)
LINK = Announced("example.org/a", "https://example.org/a", "kootneeti", "A title", NOW, "https://example.org/feed")


@pytest.fixture
def store(home: Path) -> Iterator[Store]:
    with open_store(open_home(home)) as opened:
        yield opened


def waiting(store: Store) -> list[Article]:
    """The articles that wait for the index."""
    return [one.article for one in store.backlog(10)]


def test_a_link_is_open_until_it_is_settled(store: Store) -> None:
    assert store.announce([LINK], NOW) == {LINK.key: Standing.NEW}
    assert store.announce([LINK], NOW + timedelta(hours=1)) == {LINK.key: Standing.OPEN}
    store.settle(LINK.key, Outcome.NEW, None, "1", NOW)
    assert store.announce([LINK], NOW) == {LINK.key: Standing.DONE}


def test_a_link_that_was_never_fetched_waits(store: Store) -> None:
    store.announce([LINK], NOW)
    assert store.waiting("kootneeti", 10) == [LINK]
    assert store.waiting("another", 10) == []


def test_a_passing_failure_is_tried_again_ever_later_and_then_given_up(store: Store) -> None:
    store.announce([LINK], NOW)
    at, second = NOW, timedelta(seconds=1)
    for pause in PAUSES:
        store.settle(LINK.key, Outcome.FAILED_TEMPORARILY, "http 503", None, at)
        if pause:
            assert store.announce([LINK], at + pause - second) == {LINK.key: Standing.DONE}, pause
        assert store.announce([LINK], at + pause) == {LINK.key: Standing.OPEN}, pause
        at += pause
    store.settle(LINK.key, Outcome.FAILED_TEMPORARILY, "http 503", None, at)
    assert store.announce([LINK], at + timedelta(days=400)) == {LINK.key: Standing.DONE}
    assert store.waiting("kootneeti", 10) == []


def test_a_host_that_is_away_for_two_days_costs_no_article(store: Store) -> None:
    store.announce([LINK], NOW)
    for quarters in range(4 * 48):  # a run of cron each quarter of an hour
        at = NOW + timedelta(minutes=15 * quarters)
        if store.announce([LINK], at) == {LINK.key: Standing.OPEN}:
            store.settle(LINK.key, Outcome.FAILED_TEMPORARILY, "http 503", None, at)
    assert store.announce([LINK], NOW + timedelta(days=8)) == {LINK.key: Standing.OPEN}


def test_two_links_of_one_title_are_two(store: Store) -> None:
    other = Announced("example.org/b", "https://example.org/b", "kootneeti", LINK.title)
    assert len(store.announce([LINK, other], NOW)) == 2
    assert len(store.waiting("kootneeti", 10)) == 2


def test_a_redirect_to_a_known_article_is_a_duplicate(store: Store) -> None:
    store.announce([LINK], NOW)
    store.settle(LINK.key, Outcome.NEW, None, "1", NOW)
    assert store.land(LINK, "https://short.example/x", NOW)


def test_a_page_reached_by_redirect_is_not_fetched_again_when_it_is_announced(store: Store) -> None:
    assert not store.land(LINK, "https://short.example/x", NOW)
    assert store.announce([LINK], NOW) == {LINK.key: Standing.DONE}


def test_a_first_article_is_new_and_queued_for_the_index(store: Store) -> None:
    outcome, kept = store.keep(an_article())
    assert (outcome, kept.version, kept.first_seen_at) == (Outcome.NEW, 1, kept.fetched_at)
    assert waiting(store) == [kept]


def test_the_same_text_is_unchanged_and_not_queued_again(store: Store) -> None:
    store.keep(an_article())
    store.indexed(store.backlog(10))
    outcome, again = store.keep(an_article(hours=1))
    assert (outcome, again.version, store.backlog_size()) == (Outcome.UNCHANGED, 1, 0)


def test_another_text_is_a_new_version(store: Store) -> None:
    store.keep(an_article(body="One."))
    outcome, kept = store.keep(an_article(body="Two.", hours=1))
    assert (outcome, kept.version) == (Outcome.UPDATED, 2)
    assert [version.body for version in store.versions(kept.id)] == ["One.", "Two."]


def test_an_older_capture_never_replaces_a_newer_one(store: Store) -> None:
    store.keep(an_article(body="Today.", hours=5))
    outcome, current = store.keep(an_article(body="Yesterday.", hours=-24))
    assert (outcome, current.body) == (Outcome.UPDATED, "Today.")
    assert {version.body for version in store.versions(current.id)} == {"Today.", "Yesterday."}


def test_another_title_alone_is_no_new_version_but_reaches_the_index(store: Store) -> None:
    store.keep(an_article())
    store.indexed(store.backlog(10))
    outcome, again = store.keep(an_article(hours=1, title="Another title"))
    assert (outcome, again.version, waiting(store)[0].title) == (Outcome.UNCHANGED, 1, "Another title")


def test_a_page_that_is_missed_twice_is_gone_its_article_stays_and_the_index_hears_of_it(store: Store) -> None:
    _, kept = store.keep(an_article())
    store.indexed(store.backlog(10))
    missed = [NOON + timedelta(hours=hours) for hours in (2, 3, 9)]
    outcomes = [store.miss(kept.url, at, "http 404", "sha1:A") for at in missed]
    assert outcomes == [Outcome.MISSING, Outcome.MISSING, Outcome.GONE]
    (told,) = waiting(store)
    assert (told.gone_at, told.body, told.version) == (missed[0], kept.body, 1)
    _, again = store.keep(an_article(hours=12))
    assert (again.gone_at, [version.gone_at for version in store.versions(kept.id)]) == (None, [None])


def test_what_was_missed_before_its_article_came_in_counts_too(store: Store) -> None:
    for hours in (2, 9):
        assert store.miss(an_article().url, NOON + timedelta(hours=hours), "http 410", None) is None
    assert store.keep(an_article())[1].gone_at == NOON + timedelta(hours=2)


def test_a_missed_page_is_open_again_when_hours_have_passed(store: Store) -> None:
    now = datetime.now(UTC)
    store.announce([LINK], now)
    store.settle(LINK.key, Outcome.MISSING, "http 404", None, now)
    assert (store.announce([LINK], now), store.waiting("kootneeti", 5)) == ({LINK.key: Standing.DONE}, [])
    assert store.announce([LINK], now + APART) == {LINK.key: Standing.OPEN}
    store.settle(LINK.key, Outcome.GONE, "http 404", None, now - APART)
    assert store.announce([LINK], now + APART) == {LINK.key: Standing.DONE}


def test_the_bytes_of_another_missed_page_are_no_new_version(store: Store) -> None:
    placeholder = CaptureSource(warc="x.warc.gz", offset=1, digest="sha1:PLACEHOLDER")
    store.miss("https://thekootneeti.in/other", NOON, "http 404", placeholder.digest)
    _, kept = store.keep(an_article())
    outcome, _ = store.keep(an_article(body="We are rebuilding our site.", hours=1, capture=placeholder))
    assert (outcome, len(store.versions(kept.id))) == (Outcome.MISSING, 1)
    assert store.keep(an_article(body="It was rebuilt.", hours=2))[0] is Outcome.UPDATED


def test_a_version_that_is_derived_again_keeps_its_flag_and_the_article_its_tombstone(store: Store) -> None:
    said = {"modified_at": NOON - timedelta(hours=1), "modified_precision": "second"}
    store.keep(an_article(body="One.", **said))
    _, kept = store.keep(an_article(body="Two.", hours=1, **said))
    for hours in (2, 9):
        store.miss(kept.url, NOON + timedelta(hours=hours), "http 404", None)
    gone = store.article(kept.id)
    assert gone is not None
    again = instead_of(gone, an_article(body="Two, read better.", hours=1))
    store.replace(again, sketch_of(again.body))
    article = store.article(kept.id)
    assert article is not None
    assert (article.body, article.silently_edited, article.gone_at is not None) == ("Two, read better.", True, True)
    assert [version.silently_edited for version in store.versions(kept.id)] == [False, True]


def test_an_article_that_changed_while_it_was_indexed_stays_in_the_backlog(store: Store) -> None:
    store.keep(an_article(body="One."))
    being_indexed = store.backlog(10)
    store.keep(an_article(body="Two.", hours=1))
    store.indexed(being_indexed)
    assert [article.body for article in waiting(store)] == ["Two."]


def test_a_rejected_article_stays_with_its_reason_until_it_may_try_again(store: Store) -> None:
    _, kept = store.keep(an_article())
    store.rejected(kept.id, "mapping")
    assert (store.backlog(10), store.backlog_size()) == ([], 1)
    store.retry_rejected()
    assert waiting(store) == [kept]


def test_a_rejection_counts_how_often_it_was_tried(store: Store) -> None:
    _, kept = store.keep(an_article())
    store.keep(an_article("waits"))
    store.rejected(kept.id, "mapping")
    store.retry_rejected()
    assert store.rejections() == []
    store.rejected(kept.id, "mapping again")
    assert store.rejections() == [Rejected(kept.id, kept.url, "mapping again", 2)]


def test_an_article_is_found_by_id_by_its_start_and_by_url(store: Store) -> None:
    _, kept = store.keep(an_article())
    assert store.article(kept.id) == store.article(kept.id[:6]) == store.article(kept.url) == kept
    assert store.article("ffff") is None


def test_a_start_that_many_ids_have_is_the_users_mistake(store: Store) -> None:
    for n in range(40):
        store.keep(an_article(path=str(n)))
    with pytest.raises(UserError, match="write more of it"):
        store.article("")


def test_all_articles_are_read_in_batches(store: Store) -> None:
    for n in range(30):
        store.keep(an_article(path=str(n)))
    assert len({article.id for article in store.articles()}) == 30


def test_the_newest_captures_of_an_outlet_come_first(store: Store) -> None:
    for n in range(4):
        store.keep(an_article(path=str(n), hours=n))
    assert [article.url[-1] for article in store.newest("kootneeti", 2)] == ["3", "2"]
    assert store.newest("another", 2) == []


def test_a_capture_is_found_by_url_and_instant(store: Store) -> None:
    ref = CaptureRef("x.warc.gz", 10, 20, "sha1:A")
    store.record_fetches([Fetch(store.begin_run("crawl"), LINK.url, "kootneeti", "article", NOW, 200, None, ref)])
    assert store.capture_of(LINK.url, NOW) == ref
    assert store.capture_of(LINK.url, datetime(2020, 1, 1, tzinfo=UTC)) is None


def test_the_status_counts_every_link_once(store: Store, home: Path) -> None:
    store.announce([LINK, Announced("b", "https://b", "kootneeti")], NOW)
    _, kept = store.keep(an_article())
    store.settle(LINK.key, Outcome.NEW, None, kept.id, NOW)
    found = status_of(open_home(home))
    assert (found.links, found.outcomes, found.articles) == (2, {"new": 1, "waiting": 1}, 1)


def test_the_tables_are_what_the_migrations_make(home: Path) -> None:
    engine = open_database(open_home(home))
    with engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []
    engine.dispose()


def test_the_newest_migration_is_the_one_we_look_for() -> None:
    scripts = ScriptDirectory(str(Path(__file__).parents[2] / "archive" / "migrations"))
    assert scripts.get_current_head() == HEAD


def test_a_database_of_an_older_version_is_brought_up_to_date_and_keeps_what_it_has(home: Path) -> None:
    with open_store(open_home(home)) as store:
        store.keep(an_article())
    engine = open_database(open_home(home))
    with engine.begin() as connection:
        config = Config()
        config.set_main_option("script_location", str(Path(__file__).parents[2] / "archive" / "migrations"))
        config.attributes["connection"] = connection
        downgrade(config, "0001")
    engine.dispose()
    with open_store(open_home(home)) as store:
        assert store.templates.newest() == {}
        assert len(list(store.articles())) == 1
        assert [one.article.id for batch in store.revisions.changed(0) for one in batch] == [an_article().id]


def test_a_database_of_a_newer_version_is_refused_and_stays_as_it_is(home: Path) -> None:
    engine = open_database(open_home(home))
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    engine.dispose()
    with (
        pytest.raises(ArchiveError, match=r"a newer Dragoman made it \(tables 9999 .*: update Dragoman"),
        open_store(open_home(home)),
    ):
        pass


def test_a_broken_database_is_one_clear_error(home: Path) -> None:
    open_home(home).database.write_bytes(b"no database" * 1_000)
    with pytest.raises(ArchiveError, match="file is not a database"), open_store(open_home(home)):
        pass
