from pathlib import Path

import pytest

from archive.errors import OutletError
from crawler.catalogue import check_outlets, load_outlets

GOOD = """id: example
name: An Example
kind: magazine
country: GB
ownership: private
languages: [en]
homepage: https://example.org
feeds:
  - https://example.org/feed
"""
RULES = (
    GOOD
    + """rules:
  - from: 2024-01-01
    remove:
      - .promo
      - p.late
"""
)


def mistakes(folder: Path, text: str, name: str = "example.yaml") -> list[str]:
    (folder / name).write_text(text, "utf-8")
    return check_outlets([folder])


def test_a_good_file_is_an_outlet(tmp_path: Path) -> None:
    assert mistakes(tmp_path, GOOD) == []
    outlet = load_outlets([tmp_path]).get("example")
    assert (outlet.publisher.country, outlet.hosts) == ("GB", {"example.org"})


@pytest.mark.parametrize(
    ("text", "mistake"),
    [
        (GOOD.replace("feeds:", "feedz:"), "example.yaml:8: no key 'feedz'; did you mean 'feeds'?"),
        (
            GOOD.replace("https://example.org/feed", "example.org/feed"),
            "example.yaml:9: feeds.0: 'example.org/feed' is no web address",
        ),
        (GOOD.replace("GB", "UK"), "example.yaml:4: country: 'UK' is no ISO 3166-1 code"),
        (GOOD.replace("[en]", "[english]"), "example.yaml:6: languages.0: 'english' is no ISO 639 code"),
        (GOOD.replace("magazine", "magazin"), "example.yaml:3: kind: Input should be 'magazine'"),
        (GOOD.replace("name: An Example\n", ""), "example.yaml:1: 'name' is missing; add it"),
        (
            GOOD.replace("id: example", "id: another"),
            "example.yaml:1: the id is 'another' but the file is example.yaml",
        ),
        (GOOD + "name: Twice\n", "example.yaml:10: the key 'name' stands twice"),
        (GOOD.partition("feeds")[0], "no feeds and no sitemaps, sections, wordpress or archive; name one"),
        (GOOD + "sections: [world]\n", "example.yaml:10: sections.0: 'world' is no web address"),
        (GOOD + "wordpress: wp-json\n", "example.yaml:10: wordpress: 'wp-json' is no web address"),
        (
            GOOD + "archive: https://example.org/page/2\n",
            "example.yaml:10: archive: 'https://example.org/page/2' has no place for a page's",
        ),
        (GOOD + "robots_sitemaps: perhaps\n", "example.yaml:10: robots_sitemaps: Input should be a valid boolean"),
        (
            RULES.replace("p.late", "p >"),
            "example.yaml:14: rules.0.remove.1: 'p >' is no CSS selector: Expected selector",
        ),
        (
            RULES.replace("remove", "removes"),
            "example.yaml:12: no key 'rules.0.removes'; did you mean 'rules.0.remove'?",
        ),
        (RULES.replace("2024-01-01", "soon"), "example.yaml:11: rules.0.from: Input should be a valid date"),
        (RULES.replace("from: 2024-01-01", "title: h1"), "example.yaml:11: 'rules.0.from' is missing; add it"),
        (RULES + "    remove: [b]\n", "example.yaml:15: the key 'rules.0.remove' stands twice"),
        (RULES + "  - from: 2024-01-01\n    title: h1\n", "two rules from one day; make them one"),
        (RULES.partition("    remove")[0], "example.yaml:11: rules.0: these rules say nothing"),
        (GOOD + "expects: &again\n  articles_a_week: *again\n", "example.yaml:11: expects.articles_a_week"),
        (GOOD + "paywall: soft\n", "example.yaml:10: paywall: Input should be 'none', 'metered', 'hard' or 'unknown'"),
        (GOOD.replace("private", "rich"), "example.yaml:5: ownership: Input should be 'state', 'public', 'party'"),
        (
            GOOD + "seen_in:\n  sources:\n    - somewhere\n",
            "example.yaml:12: seen_in.sources.0: 'somewhere' is no public place; write https://…, or a repository",
        ),
        (
            GOOD + "seen_in:\n  source: [https://a.example]\n",
            "example.yaml:11: no key 'seen_in.source'; did you mean 'seen_in.sources'?",
        ),
        ("", "example.yaml:1: no outlet in it"),
        ("- a\n- b\n", "example.yaml:1: no outlet in it"),
        ("id: a: b\n", "example.yaml:1: not YAML"),
        ("id:\n\t- a\n", "example.yaml:2: not YAML"),
        ("id: !!python/object/apply:os.system ['true']\n", "example.yaml:1: not YAML"),
    ],
)
def test_a_mistake_is_one_line_with_file_line_and_mend(tmp_path: Path, text: str, mistake: str) -> None:
    (found, *_) = mistakes(tmp_path, text)
    assert mistake in found
    assert "\n" not in found


@pytest.mark.parametrize(
    ("source", "sources"),
    [
        ("sections: [https://example.org/world]", [("section", "https://example.org/world")]),
        ("robots_sitemaps: true", [("robots", "https://example.org/robots.txt")]),
        ("wordpress: https://example.org/wp-json", [("wordpress", "https://example.org/wp-json")]),
        ("archive: https://example.org/page/{page}", [("archive", "https://example.org/page/{page}")]),
    ],
)
def test_each_kind_of_source_is_enough_for_an_outlet(
    tmp_path: Path, source: str, sources: list[tuple[str, str]]
) -> None:
    assert mistakes(tmp_path, GOOD.partition("feeds")[0] + source + "\n") == []
    assert list(load_outlets([tmp_path]).get("example").sources) == sources


def test_what_is_new_is_not_sought_in_an_archive_where_feeds_tell(tmp_path: Path) -> None:
    mistakes(tmp_path, GOOD + "wordpress: https://example.org/wp-json\narchive: https://example.org/page/{page}\n")
    outlet = load_outlets([tmp_path]).get("example")
    assert [kind for kind, _ in outlet.sources] == ["feed"]
    assert [kind for kind, _ in outlet.history] == ["wordpress", "archive", "robots", "feed"]


def test_rules_of_pages_are_an_outlets_own_and_shown_as_they_are_written(tmp_path: Path) -> None:
    assert mistakes(tmp_path, RULES) == []
    catalogue = load_outlets([tmp_path])
    assert set(catalogue.rules) == {"example"}
    (shown,) = catalogue.get("example").model_dump(mode="json")["rules"]
    assert (shown["from"], shown["remove"]) == ("2024-01-01", [".promo", "p.late"])


def test_two_files_of_one_id_are_a_mistake(tmp_path: Path) -> None:
    mistakes(tmp_path, GOOD)
    found = mistakes(tmp_path, GOOD, "other.yaml")
    assert any("make them the same" in line for line in found)


def test_an_operators_file_stands_over_ours(tmp_path: Path) -> None:
    ours, theirs = tmp_path / "ours", tmp_path / "theirs"
    ours.mkdir()
    theirs.mkdir()
    mistakes(ours, GOOD)
    mistakes(theirs, GOOD.replace("An Example", "My Example"))
    assert load_outlets([ours, theirs]).get("example").name == "My Example"


def test_an_unknown_outlet_brings_the_nearest(tmp_path: Path) -> None:
    mistakes(tmp_path, GOOD)
    with pytest.raises(OutletError, match="did you mean 'example'"):
        load_outlets([tmp_path]).get("exampel")


def test_a_host_that_no_outlet_has_is_its_own_publisher(tmp_path: Path) -> None:
    mistakes(tmp_path, GOOD)
    catalogue = load_outlets([tmp_path])
    assert catalogue.publisher_of("https://www.example.org/a").id == "example"
    assert catalogue.publisher_of("https://www.elsewhere.net/a").id == "elsewhere.net"


@pytest.mark.parametrize(
    ("url", "publisher"),
    [
        ("https://example.org/ministry", "example"),
        ("https://www.example.org/ministry/news/1", "example"),
        ("https://example.org/ministry-of-tides/news/1", "example.org"),
        ("https://example.org/other", "example.org"),
        ("https://english.example.org/a", "example"),
        ("https://feeds.feedburner.com/a", "feeds.feedburner.com"),
        ("no address", "unknown"),
    ],
)
def test_a_homepage_with_a_path_claims_what_is_below_it_and_a_feed_elsewhere_claims_nothing(
    tmp_path: Path, url: str, publisher: str
) -> None:
    text = GOOD.replace("https://example.org\n", "https://example.org/ministry/\n")
    text += "  - https://english.example.org/feed\n  - https://feeds.feedburner.com/example\n"
    assert mistakes(tmp_path, text) == []
    assert load_outlets([tmp_path]).publisher_of(url).id == publisher


@pytest.mark.parametrize(("before", "today"), [("private", "company"), ("nonprofit", "foundation"), ("party", "party")])
def test_words_for_ownership_of_older_files_are_read_as_todays(tmp_path: Path, before: str, today: str) -> None:
    assert mistakes(tmp_path, GOOD.replace("private", before)) == []
    assert load_outlets([tmp_path]).get("example").publisher.ownership == today


def test_where_facts_were_seen_is_an_address_or_a_file_of_a_public_repository(tmp_path: Path) -> None:
    seen = "paywall: metered\nseen_in:\n  sources:\n    - https://lists.example/feeds\n    - owner/lists feeds/world.opml\n"
    assert mistakes(tmp_path, GOOD + seen) == []
    outlet = load_outlets([tmp_path]).get("example")
    assert outlet.paywall == "metered"
    assert outlet.seen_in.sources == ("https://lists.example/feeds", "owner/lists feeds/world.opml")
    assert outlet.seen_in.publisher == ()
