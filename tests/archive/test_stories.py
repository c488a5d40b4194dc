"""Who is in a story with whom, as articles come, change and come again."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import pytest
from articles import NOON
from hypothesis import given, settings
from hypothesis import strategies as st
from reports import report, run
from sqlalchemy import insert, select

from archive.article import Article
from archive.database import open_database
from archive.home import open_home
from archive.links import Outcome
from archive.store import Store, open_store
from archive.tables import story_bands
from pipelines.stories import Sketch, sketch_of

REPORT = report(1)
PARAGRAPHS = REPORT.split("\n")


@pytest.fixture
def store(home: Path) -> Iterator[Store]:
    with open_store(open_home(home)) as opened:
        yield opened


def keep(store: Store, *articles: Article) -> list[Article]:
    return [store.keep(article, sketch_of(article.body))[1] for article in articles]


def stories_of(store: Store) -> dict[str, tuple[str | None, str | None]]:
    return {article.outlet.id: (article.story, article.role) for article in store.articles()}


def push(store: Store) -> None:
    store.indexed(store.backlog(100))


def test_an_article_without_copies_is_a_story_of_its_own(store: Store) -> None:
    (kept,) = keep(store, run("one", REPORT))
    assert (kept.story, kept.role) == (kept.id, "original")
    assert store.article(kept.id) == kept


def test_a_text_that_is_too_short_is_a_story_of_its_own(store: Store) -> None:
    one, other = keep(store, run("one", "Please sign in."), run("other", "Please sign in."))
    assert one.story != other.story


def test_copies_share_the_story_named_after_the_earliest_whichever_comes_first(store: Store) -> None:
    late = run("late", REPORT, published_at=NOON + timedelta(hours=1))
    early = run("early", REPORT)
    keep(store, late, early)
    assert stories_of(store) == {"late": (early.id, "republished"), "early": (early.id, "original")}
    assert [article.outlet.id for article in store.stories.members(early.id)] == ["early", "late"]
    assert {story: sorted(outlets) for story, outlets in store.stories.outlets([early.id, "none"]).items()} == {
        early.id: ["early", "late"]
    }


def test_the_index_hears_of_those_whose_story_or_role_changes_and_of_no_others(store: Store) -> None:
    keep(store, run("late", REPORT, published_at=NOON + timedelta(hours=1)), run("unlike", report(2)))
    push(store)
    keep(store, run("early", REPORT))
    assert {waiting.article.outlet.id for waiting in store.backlog(10)} == {"late", "early"}
    push(store)
    keep(store, run("latest", REPORT, published_at=NOON + timedelta(hours=2)))
    assert {waiting.article.outlet.id for waiting in store.backlog(10)} == {"latest"}


def test_the_same_text_again_is_unchanged_and_stays_in_its_story(store: Store) -> None:
    _, kept = keep(store, run("early", REPORT), run("late", REPORT, published_at=NOON + timedelta(hours=1)))
    push(store)
    again = run("late", REPORT, published_at=NOON + timedelta(hours=1), fetched_at=NOON + timedelta(days=1))
    outcome, now = store.keep(again, sketch_of(again.body))
    assert (outcome, now.story, now.role, store.backlog_size()) == (Outcome.UNCHANGED, kept.story, "republished", 0)


def test_another_title_changes_no_story(store: Store) -> None:
    keep(store, run("early", REPORT), run("late", REPORT, published_at=NOON + timedelta(hours=1)))
    before = stories_of(store)
    (now,) = keep(store, run("late", REPORT, published_at=NOON + timedelta(hours=1), title="Another title"))
    assert (now.title, stories_of(store)) == ("Another title", before)


def test_an_agency_that_is_known_later_changes_the_roles(store: Store) -> None:
    keep(store, run("early", REPORT), run("late", REPORT, published_at=NOON + timedelta(hours=1)))
    keep(store, run("early", REPORT, agency="Reuters"))
    assert {outlet: role for outlet, (_, role) in stories_of(store).items()} == {
        "early": "republished",
        "late": "original",
    }


def test_a_new_version_that_is_another_text_leaves_its_story(store: Store) -> None:
    early, late = keep(store, run("early", REPORT), run("late", REPORT, published_at=NOON + timedelta(hours=1)))
    keep(store, run("early", report(2), fetched_at=NOON + timedelta(days=1)))
    assert stories_of(store) == {"early": (early.id, "original"), "late": (late.id, "original")}
    keep(store, run("third", REPORT, published_at=NOON + timedelta(hours=2)))
    assert stories_of(store)["third"] == (late.id, "republished")


def test_a_new_version_that_is_the_same_text_edited_stays(store: Store) -> None:
    early, _ = keep(store, run("early", REPORT), run("late", REPORT, published_at=NOON + timedelta(hours=1)))
    edited = "\n".join(PARAGRAPHS[:6])
    keep(store, run("late", edited, published_at=NOON + timedelta(hours=1), fetched_at=NOON + timedelta(days=1)))
    assert stories_of(store)["late"] == (early.id, "republished")


def test_a_text_that_joins_two_stories_makes_them_one_and_parts_them_when_it_changes(store: Store) -> None:
    first = run("first", "\n".join(PARAGRAPHS[:4]), published_at=NOON + timedelta(hours=1))
    last = run("last", "\n".join(PARAGRAPHS[4:]), published_at=NOON + timedelta(hours=2))
    keep(store, first, last)
    assert len(set(stories_of(store).values())) == 2
    push(store)
    whole = run("whole", REPORT, published_at=NOON + timedelta(hours=3))
    keep(store, whole)
    assert {story for story, _ in stories_of(store).values()} == {first.id}
    assert {waiting.article.outlet.id for waiting in store.backlog(10)} == {"last", "whole"}
    keep(store, run("whole", report(2), published_at=whole.published_at, fetched_at=NOON + timedelta(days=1)))
    assert stories_of(store) == {name.outlet.id: (name.id, "original") for name in (first, last, whole)}


def test_a_version_that_is_older_than_the_current_changes_no_story(store: Store) -> None:
    keep(store, run("early", REPORT), run("late", REPORT, published_at=NOON + timedelta(hours=1)))
    before = stories_of(store)
    keep(store, run("early", report(2), fetched_at=NOON - timedelta(days=9)))
    assert stories_of(store) == before


def test_a_re_derived_article_is_compared_anew(store: Store) -> None:
    early, late = keep(store, run("early", REPORT), run("late", REPORT, published_at=NOON + timedelta(hours=1)))
    other = late.model_copy(update={"body": report(2), "story": None, "role": None})
    store.replace(other, sketch_of(other.body))
    assert stories_of(store) == {"early": (early.id, "original"), "late": (late.id, "original")}


def test_versions_do_not_say_what_their_article_belongs_to(store: Store) -> None:
    kept, _ = keep(store, run("early", REPORT), run("late", REPORT))
    assert [version.story for version in store.versions(kept.id)] == [None]


def test_articles_of_an_older_version_of_ours_are_in_no_story_until_they_are_kept_again(store: Store) -> None:
    store.keep(run("early", REPORT))
    store.keep(run("late", REPORT, published_at=NOON + timedelta(hours=1)))
    untold = list(store.stories.untold())
    assert {article.story for article in untold} == {None}
    keep(store, *untold)
    assert list(store.stories.untold()) == []
    assert len({story for story, _ in stories_of(store).values()}) == 1


def test_a_band_that_many_stories_share_leads_nowhere_and_one_that_many_copies_share_still_does(home: Path) -> None:
    class Marked(Sketch):
        """A text that is found by one phrase alone."""

    with open_store(open_home(home)) as store:
        for n in range(70):
            one = run(f"outlet{n}", report(100 + n), published_at=NOON + timedelta(minutes=n))
            store.keep(one, Marked((1,)))
        found = run("late", report(100), published_at=NOON + timedelta(days=1))
        assert store.keep(found, Marked((1,)))[1].story == found.id
        for n in range(70):
            store.keep(run(f"copy{n}", REPORT, published_at=NOON + timedelta(minutes=n)), Marked((2,)))
        found = run("latest", REPORT, published_at=NOON + timedelta(days=1))
        assert len(store.stories.members(store.keep(found, Marked((2,)))[1].story or "")) == 71


def test_a_lookup_reads_by_the_key_however_many_rows_there_are(home: Path) -> None:
    engine = open_database(open_home(home))
    with engine.begin() as connection:
        connection.execute(insert(story_bands), [{"band": n % 7, "article": n} for n in range(500)])
        wanted = select(story_bands).where(story_bands.c.band == 3).order_by(story_bands.c.article).limit(65)
        text = str(wanted.compile(engine, compile_kwargs={"literal_binds": True}))
        (plan,) = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {text}").all()
    engine.dispose()
    assert "SEARCH story_bands USING PRIMARY KEY (band=?)" in plan[-1]


def arrivals() -> list[Article]:
    """Two reports with their copies, one that joins two parts, and others; no date twice."""
    texts = {
        "a-whole": REPORT,
        "a-first": "\n".join(PARAGRAPHS[:4]),
        "a-last": "\n".join(PARAGRAPHS[4:]),
        "a-swapped": "\n".join(reversed(PARAGRAPHS)),
        "b-whole": report(2),
        "b-part": report(2)[:900],
        "c": report(3),
        "short": "Please sign in.",
    }
    return [
        run(outlet, body, published_at=NOON + timedelta(hours=n), agency="Reuters" if outlet == "a-first" else None)
        for n, (outlet, body) in enumerate(texts.items())
    ]


@settings(max_examples=25, deadline=None)
@given(st.integers(min_value=0), st.sets(st.integers(min_value=1, max_value=7)))
def test_stories_are_the_same_in_whatever_order_articles_arrive_and_however_often_the_store_is_reopened(
    seed: int, reopened_before: set[int]
) -> None:
    articles = arrivals()
    Random(seed).shuffle(articles)
    with TemporaryDirectory() as folder:
        start = 0
        for end in [*sorted(reopened_before), len(articles)]:
            with open_store(open_home(Path(folder))) as store:
                keep(store, *articles[start:end])
            start = end
        with open_store(open_home(Path(folder))) as store:
            by_story: dict[str | None, set[str]] = {}
            for outlet, (story, _) in stories_of(store).items():
                by_story.setdefault(story, set()).add(outlet)
            originals = {outlet for outlet, (_, role) in stories_of(store).items() if role == "original"}
            ids = {article.outlet.id: article.id for article in store.articles()}
    assert by_story == {
        ids["a-whole"]: {"a-whole", "a-first", "a-last", "a-swapped"},
        ids["b-whole"]: {"b-whole", "b-part"},
        ids["c"]: {"c"},
        ids["short"]: {"short"},
    }
    assert originals == {"a-whole", "b-whole", "c", "short"}
