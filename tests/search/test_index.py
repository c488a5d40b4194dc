"""What an index must do, on both backends."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from articles import an_article
from backends import BACKENDS, connection_of
from generations import next_generation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from archive.article import Article, CountryWeight, Image, Publisher
from archive.errors import IndexUnavailable, QueryError
from search.facets import NAMES
from search.index import Connection, Count, Index
from search.opening import open_index
from search.query import Exactly, Words, parse
from search.schema import index_fields

NOW = datetime(2026, 11, 23, tzinfo=UTC)
SEED = an_article(
    "seed",
    title="Sounding alarm on China, Japan and U.S. vow to collaborate more on defence",
    body="China’s efforts “to undermine the rules-based order” presented challenges.\nTokyo & <b>Washington</b> agreed.",
    authors=("David Brunnstrom", "Dan Whitcomb"),
    agency="Reuters",
    images=(
        Image(url="https://thekootneeti.in/table.jpg", caption="Ministers at the table", credit="Jane Doe/AFP"),
        Image(url="https://thekootneeti.in/bridge.jpg"),
    ),
    paywalled=True,
    countries=("JP", "US", "CN"),
    country_weights=(CountryWeight(country="JP", weight=60), CountryWeight(country="US", weight=40)),
    dyads=("CN-JP", "CN-US", "JP-US"),
    organizations=("European Commission",),
)
SPORTS = an_article("sports", title="Japan win", body="Sports: defence of the rules-based order of play.")
OLD = an_article(
    "old",
    title="Old",
    body="Japan and defence and the rules-based order.",
    published_at=datetime(2020, 1, 1, tzinfo=UTC),
)
FRENCH = an_article(
    "fr",
    title="Les négociations reprennent",
    body="L’œuvre de paix.",
    language="fr",
    outlet=Publisher(id="relations", name="R"),
    kind="communiqué",
)
JAPANESE = an_article(
    "ja", title="台湾情勢", body="中国と台湾、ウクライナ情勢について協議した。", language="ja", published_at=None
)
RUSSIAN = an_article("ru", title="Переговоры", body="Министр подписал договор.", language="ru")
ARABIC = an_article("ar", title="مفاوضات", body="وزير الخارجية في القاهرة.", language="ar")
EDITED = an_article(
    "edited",
    title="Edited",
    body="Nothing of note.",
    language="de",
    silently_edited=True,
    published_at=NOW.replace(year=2021),
)
GONE = an_article(
    "gone", title="Gone", body="Nothing left.", language="de", gone_at=NOW, published_at=NOW.replace(year=2022)
)
ALL = (EDITED, GONE, SEED, SPORTS, OLD, FRENCH, JAPANESE, RUSSIAN, ARABIC)


connection = pytest.fixture(scope="module", params=BACKENDS)(connection_of)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("index")


@pytest.fixture
def index(folder: Path, connection: Connection | None) -> Iterator[Index]:
    opened = open_index(folder, connection)
    if opened.count() != len(ALL):
        with next_generation(opened) as generation:
            assert generation.write(ALL) == []
    yield opened
    opened.close()


def found(index: Index, query: str) -> list[str]:
    return [hit.article.url.rpartition("/")[2] for hit in index.search(parse(query, NOW), 20).hits]


@pytest.mark.parametrize(
    ("query", "articles"),
    [
        ('japan defence "rules-based order" -sports outlet:kootneeti since:"last month"', {"seed"}),
        ("JAPAN", {"seed", "sports", "old"}),
        ("négociations", {"fr"}),
        ("NEGOCIATIONS", {"fr"}),
        ("negoc*", {"fr"}),
        ("négociation", {"fr"}),
        ('"négociation"', set()),
        ('title:"négociations reprennent"', {"fr"}),
        ("paix OEuvre", {"fr"}),
        ("l'oeuvre", {"fr"}),
        ("d’oeuvres", {"fr"}),
        ("договоры", {"ru"}),
        ("وزير", {"ar"}),
        ("vowed", {"seed"}),
        ("defense", {"seed", "sports", "old"}),
        ("United States", {"seed"}),
        ("title:U.S.", {"seed"}),
        ("US", {"seed"}),
        ("us", {"seed"}),
        ('"united states"', set()),
        ("PRC", {"seed", "ja"}),
        ('"PRC"', set()),
        ("china japan", {"seed"}),
        ("臺灣", {"ja"}),
        ("湾", {"ja"}),
        ("kind:communique", {"fr"}),
        ("outlet:Kootneeti japan", {"seed", "sports", "old"}),
        ('organizations:"european commission"', {"seed"}),
        ("台湾", {"ja"}),
        ("クライナ", {"ja"}),
        ("договор", {"ru"}),
        ("القاهرة", {"ar"}),
        ("author:brunnstrom", {"seed"}),
        ('author:"David Brunnstrom"', {"seed"}),
        ('author:"Brunnstrom David"', set()),
        ("agency:reuters", {"seed"}),
        ("countries:jp -countries:kr", {"seed"}),
        ("dyads:US-JP", {"seed"}),
        ('organizations:"European Commission"', {"seed"}),
        ("organizations:European", set()),
        ("title:win", {"sports"}),
        ("title:sports", set()),
        ("language:fr OR language:ja", {"fr", "ja"}),
        ("kind:communiqué", {"fr"}),
        ("access:metered", {"seed"}),
        ("until:2020-12", {"old"}),
        ("japan -outlet:kootneeti", set()),
        ('"order rules-based"', set()),
        ("rules-based", {"seed", "sports", "old"}),
        ("-japan language:en", set()),
        ("nothing-of-the-kind", set()),
        ("silently_edited:true", {"edited"}),
        ("language:de silently_edited:false", {"gone"}),
        ("gone_at:*", {"gone"}),
        ("language:de -gone_at:*", {"edited"}),
    ],
)
def test_a_search_finds_just_these(index: Index, query: str, articles: set[str]) -> None:
    assert set(found(index, query)) == articles


def test_words_that_mean_the_same_are_marked_however_they_are_inflected(index: Index) -> None:
    (hit,) = index.search(parse("United States vowing order"), 5).hits
    (title,) = hit.highlights["title"]
    assert "<em>U.S</em>. <em>vow</em>" in title
    assert "rules-based <em>order</em>" in hit.highlights["body"][0]


def test_facets_count_what_a_search_finds(index: Index) -> None:
    counted = index.facets(parse("japan"))
    assert counted.total == 3
    assert counted.counts["outlet"] == (Count("kootneeti", 3),)
    assert counted.counts["countries"] == (Count("CN", 1), Count("JP", 1), Count("US", 1))
    assert counted.counts["agency"] == (Count("Reuters", 1),)
    assert counted.counts["organization"] == (Count("European Commission", 1),)
    assert counted.counts["month"] == (Count("2026-11", 2), Count("2020-01", 1))
    assert counted.counts["kind"] == (Count("unknown", 3),)
    assert counted.counts["country"] == ()


def test_facets_of_nothing_are_empty(index: Index) -> None:
    counted = index.facets(parse("nothing-of-the-kind"))
    assert (counted.total, {*counted.counts.values()}) == (0, {()})
    assert list(counted.counts) == list(NAMES)


@pytest.mark.parametrize(
    ("fresh", "order"),
    [(None, ["often", "now", "undated"]), (datetime(2026, 11, 2, tzinfo=UTC), ["now", "often", "undated"])],
)
def test_what_is_fresh_counts_for_more_where_that_is_asked(
    tmp_path: Path, connection: Connection | None, fresh: datetime | None, order: list[str]
) -> None:
    index = open_index(tmp_path, Connection(connection.url, f"{connection.alias}-fresh") if connection else None)
    index.write(
        [
            an_article("often", body="Grain, grain and more grain.", published_at=datetime(2020, 1, 1, tzinfo=UTC)),
            an_article("now", body="The grain deal of Odesa."),
            an_article("undated", body="The grain deal of Odesa is not of this day.", published_at=None),
        ]
    )
    for search in (index.search, index.search_stories):
        hits = search(parse("grain"), 3, fresh).hits
        assert [hit.article.url.rpartition("/")[2] for hit in hits] == order
    index.close()


def test_what_is_alike_is_found_without_copies(tmp_path: Path, connection: Connection | None) -> None:
    index = open_index(tmp_path, Connection(connection.url, f"{connection.alias}-alike") if connection else None)
    treaty = an_article(
        "treaty", title="Lighthouse treaty", body="Envoys sign a lighthouse treaty at Valletta.", story="0a"
    )
    index.write(
        [
            treaty,
            an_article(
                "copy", title="Lighthouse treaty", body="Envoys sign a lighthouse treaty at Valletta.", story="0a"
            ),
            an_article("near", title="Valletta", body="The envoys signed the treaty on lighthouses."),
            an_article("far", title="Grain", body="Prices of wheat fell again."),
        ]
    )
    alike = index.similar(treaty, 5)
    assert alike is not None
    assert [hit.article.url.rpartition("/")[2] for hit in alike.hits] == ["near"]
    assert index.similar(an_article("elsewhere"), 5) is None
    index.close()


def test_everything_comes_newest_first_and_the_undated_last(index: Index) -> None:
    order = found(index, "*")
    assert len(order) == len(ALL)
    assert order[-2:] == ["old", "ja"]


def test_a_word_in_the_title_counts_for_more(index: Index) -> None:
    order = found(index, "japan")
    assert order.index("sports") < order.index("old")


def test_the_total_counts_what_is_not_shown(index: Index) -> None:
    hits = index.search(parse("japan"), 1)
    assert (hits.total, len(hits.hits)) == (3, 1)


def test_matches_are_marked_and_the_text_is_escaped(index: Index) -> None:
    (hit,) = index.search(parse('"rules-based order" tokyo'), 5).hits
    (body,) = hit.highlights["body"]
    assert "<em>rules-based order</em>" in body
    assert "<em>Tokyo</em> &amp; &lt;b&gt;Washington" in body


def test_a_hit_has_the_whole_article(index: Index) -> None:
    assert index.search(parse("brunnstrom OR author:brunnstrom"), 1).hits[0].article == SEED


def test_a_caption_is_a_field_of_its_own_and_no_text(index: Index) -> None:
    assert index.search(Words("ministers at the table", "images.caption"), 5).hits[0].article == SEED
    assert index.search(Exactly("images.url", "https://thekootneeti.in/bridge.jpg"), 5).total == 1
    assert index.search(Words("table"), 5).total == 0


def copies() -> list[Article]:
    """Three copies of one report and two articles of other stories, one of them in none yet."""
    body = "The envoys spoke of the lighthouse treaty in Valletta."
    report = [
        an_article(f"copy-{n}", body=body, story="0a", published_at=datetime(2026, 11, day, tzinfo=UTC))
        for n, day in enumerate((3, 5, 4))
    ]
    return [
        *report,
        an_article("other", body="The lighthouse stands.", story="0b", published_at=datetime(2026, 11, 2, tzinfo=UTC)),
        an_article(
            "alone", body="Another lighthouse of the treaty fell.", published_at=datetime(2026, 10, 1, tzinfo=UTC)
        ),
        an_article("alone-too", body="A third lighthouse.", published_at=datetime(2026, 9, 1, tzinfo=UTC)),
    ]


@pytest.mark.parametrize(
    ("query", "limit", "total", "stories"),
    [
        ("*", 10, 6, ["copy-1", "other", "alone", "alone-too"]),
        ("*", 2, 6, ["copy-1", "other"]),
        ('"lighthouse treaty"', 10, 3, ["copy-1"]),
        ("until:2026-11-04", 10, 5, ["copy-2", "other", "alone", "alone-too"]),
        ("lighthouse", 1, 6, None),
        ("nothing-of-the-kind", 10, 0, []),
    ],
)
def test_each_story_is_found_once_and_every_article_counted(
    tmp_path: Path, connection: Connection | None, query: str, limit: int, total: int, stories: list[str] | None
) -> None:
    fresh = Connection(connection.url, f"{connection.alias}-stories") if connection else None
    index = open_index(tmp_path, fresh)
    index.write(copies())
    hits = index.search_stories(parse(query, NOW), limit)
    assert (hits.total, len(hits.hits)) == (total, min(limit, 4) if stories is None else len(stories))
    if stories is not None:
        assert [hit.article.url.rpartition("/")[2] for hit in hits.hits] == stories
    index.close()


def test_many_copies_hide_no_other_story(tmp_path: Path) -> None:
    index = open_index(tmp_path, None)
    one = [an_article(f"many-{n}", body="The report of the day.", story="0a") for n in range(60)]
    index.write([*one, *(an_article(f"few-{n}", body=f"The report, number {n}.", story=f"0b{n}") for n in range(3))])
    assert {hit.article.story for hit in index.search_stories(parse("report"), 4).hits} == {"0a", "0b0", "0b1", "0b2"}


def test_a_scan_gives_every_match(index: Index) -> None:
    assert {article.id for article in index.scan(parse("*"))} == {article.id for article in ALL}


def test_an_article_written_again_is_replaced(index: Index) -> None:
    index.write([SPORTS.model_copy(update={"title": "Japan lose"})])
    assert (found(index, "title:lose"), index.count()) == (["sports"], len(ALL))
    index.write([SPORTS])


def test_an_older_version_never_replaces_a_newer_one(index: Index) -> None:
    index.write([OLD.model_copy(update={"version": 3, "title": "Third"})])
    assert index.write([OLD.model_copy(update={"version": 2, "title": "Second"})]) == []
    assert index.search(parse("title:third"), 1).hits[0].article.version == 3


def test_a_new_generation_is_seen_only_when_it_is_whole(
    index: Index, folder: Path, connection: Connection | None
) -> None:
    with next_generation(index) as generation:
        generation.write([FRENCH])
        searching = open_index(folder, connection)
        assert searching.count() == len(ALL)
        searching.close()
    assert index.count() == 1


def test_a_generation_that_is_broken_off_leaves_the_live_one(index: Index) -> None:
    with pytest.raises(KeyboardInterrupt), next_generation(index) as generation:
        generation.write([FRENCH])
        raise KeyboardInterrupt
    assert index.count() == len(ALL)


def test_a_long_text_is_searched_to_its_end(index: Index) -> None:
    essay = an_article("essay", body="word " * 60_000 + "theveryend")
    index.write([essay])
    assert found(index, "theveryend") == ["essay"]
    assert len(index.search(parse("theveryend"), 1).hits[0].article.body) == len(essay.body)
    with next_generation(index) as generation:
        generation.write(ALL)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(alphabet=st.one_of(st.characters(), st.sampled_from('()":*-')), max_size=40))
def test_whatever_can_be_parsed_can_be_searched(index: Index, text: str) -> None:
    try:
        query = parse(text, NOW)
    except QueryError:
        return
    assert index.search(query, 3).total >= 0


def test_every_field_of_an_article_is_in_the_index() -> None:
    assert {field.path.partition(".")[0] for field in index_fields()} == set(Article.model_fields)


def test_an_elasticsearch_that_is_not_there_is_one_clear_error(tmp_path: Path) -> None:
    with pytest.raises(IndexUnavailable, match=r"no Elasticsearch answers at http://127\.0\.0\.1:9"):
        open_index(tmp_path, Connection("http://127.0.0.1:9"))


def test_a_broken_embedded_index_names_its_mend(tmp_path: Path) -> None:
    open_index(tmp_path, None).write([SEED])
    (generation,) = (path for path in tmp_path.iterdir() if path.is_dir())
    (generation / "meta.json").write_text("{")
    with pytest.raises(IndexUnavailable, match="dragoman reindex"):
        open_index(tmp_path, None).count()


def test_secrets_are_not_shown() -> None:
    assert "hush" not in repr(Connection("http://x", api_key="hush", password="hush"))
