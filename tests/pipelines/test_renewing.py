"""A better extractor reads a page otherwise; that is no new version of it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from archive.article import Article, Extractor, Publisher
from archive.captures import Capture
from archive.home import open_home
from archive.links import Outcome
from archive.store import Store, open_store
from archive.warc import WarcWriter
from pipelines.derive import derive, derive_explained
from pipelines.page import page_of
from pipelines.renewing import outdated, renew

URL = "https://pier.example/talks"
BODY = "".join(
    f"<p>In {year} the harbour masters met on the pier to speak of the strait.</p>" for year in range(1990, 2002)
)
PAGE = f"<html lang=en><head><title>Talks</title></head><body><article><h1>Talks on the pier</h1>{BODY}</article></body></html>"
FIRST = datetime(2026, 3, 1, tzinfo=UTC)
OLD = {
    "body": "Sign up.\nThe text as an older extractor left it.",
    "content_hash": "0" * 64,
    "extractor": Extractor(name="dragoman", version="0", rules=""),
}


@pytest.fixture
def store(home: Path) -> Iterator[Store]:
    with open_store(open_home(home)) as opened:
        yield opened


def captured(store: Store, days: int, html: str = PAGE) -> Article:
    capture = Capture(URL, FIRST + timedelta(days=days), 200, (("Content-Type", "text/html"),), html.encode())
    with WarcWriter(store.home) as writer:
        (ref,) = writer.append([capture])
    return derive(page_of(capture, ref, Publisher(id="pier", name="The Pier")))


def test_a_text_that_an_older_extractor_read_is_read_again_before_it_is_compared(store: Store) -> None:
    store.keep(captured(store, 0).model_copy(update=OLD))
    new = captured(store, 1)
    page = outdated(store, new)
    assert page is not None
    again = derive_explained(page)
    renew(store, again.article, again.sketch)
    outcome, kept = store.keep(new)
    assert (outcome, kept.version, kept.body, kept.fetched_at) == (Outcome.UNCHANGED, 1, new.body, FIRST)
    assert [version.body for version in store.versions(kept.id)] == [new.body]


def test_what_the_same_extractor_read_is_compared_as_it_is(store: Store) -> None:
    store.keep(captured(store, 0))
    assert outdated(store, captured(store, 1, PAGE.replace("2001", "2002"))) is None


def test_the_same_text_needs_no_second_reading(store: Store) -> None:
    store.keep(captured(store, 0).model_copy(update={"extractor": OLD["extractor"]}))
    assert outdated(store, captured(store, 1)) is None


def test_a_page_that_nobody_knows_is_new(store: Store) -> None:
    assert outdated(store, captured(store, 0)) is None


def test_a_capture_that_cannot_be_read_any_more_leaves_the_known_text(store: Store) -> None:
    store.keep(captured(store, 0).model_copy(update=OLD))
    new = captured(store, 1)
    for path in store.home.warc.glob("*.warc.gz"):
        path.unlink()
    assert outdated(store, new) is None
