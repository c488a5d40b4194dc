"""What a word is, and what stays of it, by language; and that Elasticsearch and the embedded index agree on it."""

from __future__ import annotations

import uuid
from collections.abc import Iterator

import pytest
from elasticsearch import Elasticsearch
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from search.analysis.elastic import analysis
from search.analysis.stems import CODES, kept_words, marked, stem
from search.families import FAMILIES, OTHER
from search.mapping import generation_mapping, generation_settings
from search.tokens import folded, words

SENTENCES = {
    "arabic": "الوزير يصل إلى القاهرة، وزيرة للمفاوضات",
    "english": "China’s ministers, the U.S.-Japan talks and NATO's houses; tell us",
    "french": "L’Europe négociait d'urgence avec l'ONU",
    "german": "Die Häuser, die Haeuser: Müller, Mueller und neue Verträge",
    "greek": "Η Αθήνα και οι συμφωνίες των ΑΘΗΝΩΝ",
    "hindi": "अंतरराष्ट्रीय वार्ताओं में",
    "italian": "l’accordo sulle armi polari, dell'Unione",
    "polish": "Ministrowie konferencji w Łodzi",
    "portuguese": "as urnas eletrônicas e as eleições",
    "russian": "Министры подписали договоры, ёлка",
    "spanish": "las armas y los órdenes del presidente",
    "turkish": "Türkiye’nin bakanları İstanbul'da",
    "ukrainian": "президента українського уряду",
    OTHER: "Mkutano wa Nairobi: foo_bar 3.5% e.g. this",
}


@pytest.fixture(scope="module")
def client(elasticsearch_url: str) -> Iterator[Elasticsearch]:
    with Elasticsearch(elasticsearch_url) as opened:
        yield opened


@pytest.fixture(scope="module")
def indices(client: Elasticsearch) -> Iterator[dict[str, str]]:
    """An empty index for each family."""
    prefix = f"test-{uuid.uuid4().hex[:12]}"
    made = {family: f"{prefix}-{family}" for family in (*SENTENCES, "japanese", "thai")}
    for family, name in made.items():
        client.indices.create(index=name, settings=generation_settings(family), mappings=generation_mapping(family))
    yield made
    for name in made.values():
        client.indices.delete(index=name)


def analyzed(client: Elasticsearch, index: str, analyzer: str, text: str) -> list[str]:
    return [one["token"] for one in client.indices.analyze(index=index, analyzer=analyzer, text=text)["tokens"]]


@pytest.mark.parametrize("family", SENTENCES)
def test_both_backends_stem_alike(client: Elasticsearch, indices: dict[str, str], family: str) -> None:
    stems, acronyms = marked(SENTENCES[family], family)
    assert sorted({*analyzed(client, indices[family], "stems", SENTENCES[family])}) == sorted({*stems, *acronyms})


@pytest.mark.parametrize("family", SENTENCES)
def test_both_backends_have_the_same_words_for_exact_phrases(
    client: Elasticsearch, indices: dict[str, str], family: str
) -> None:
    expected = [word for *_, word in words(SENTENCES[family])]
    assert analyzed(client, indices[family], "words", SENTENCES[family]) == expected


_LETTERS = st.sampled_from("abcéñüßøłđæAUSN .'’-,/1٣ёйЖҐαήΣİıق台湾ウ대क्षि")


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(_LETTERS, min_size=1, max_size=30))
def test_both_backends_take_any_text_apart_alike(client: Elasticsearch, indices: dict[str, str], text: str) -> None:
    assert analyzed(client, indices[OTHER], "words", text) == [word for *_, word in words(text)]


@pytest.mark.parametrize(
    ("family", "one", "other"),
    [
        ("french", "négociations", "negociation"),
        ("french", "l’Europe", "Europe"),
        ("english", "China’s", "China"),
        ("english", "U.S.", "US"),
        ("german", "Häuser", "haeuser"),
        ("german", "Müller", "Mueller"),
        ("spanish", "armas", "arma"),
        ("portuguese", "eleições", "eleição"),
        ("italian", "polari", "polare"),
        ("polish", "konferencji", "konferencja"),
        ("czech", "prezidenta", "prezident"),
        ("ukrainian", "президента", "президент"),
        ("russian", "договоры", "договор"),
        ("greek", "Αθήνα", "ΑΘΗΝΑΣ"),
        ("arabic", "الوزير", "وزير"),
        ("arabic", "القاهرة", "القاهره"),
        ("turkish", "Türkiye’nin", "Turkiye"),
        ("swedish", "ministrarna", "ministrar"),
        ("persian", "کتاب‌ها", "كتاب"),
        (OTHER, "Çelik", "celik"),
    ],
)
def test_inflections_accents_and_quotes_do_not_matter(family: str, one: str, other: str) -> None:
    assert stems_of(one, family)[0] == stems_of(other, family)[0]


@pytest.mark.parametrize(
    ("family", "one", "other"),
    [
        ("english", "communist", "community"),
        ("french", "poison", "poisson"),
        ("russian", "мир", "мэр"),
        ("german", "neue", "nue"),
        (OTHER, "houses", "house"),
    ],
)
def test_other_words_stay_apart(family: str, one: str, other: str) -> None:
    assert stems_of(one, family) != stems_of(other, family)


def stems_of(text: str, family: str) -> list[str]:
    return [stem(folded(word), family) for word in kept_words(text, family)]


def test_capitals_are_told_from_the_same_word_in_small_letters() -> None:
    assert marked("The US told us", "english") == (["the", "us", "told", "us"], ["=us"])


def test_there_are_twenty_languages_and_each_code_is_one_family() -> None:
    assert len(FAMILIES) > 20
    assert len(set(CODES.values())) == len(FAMILIES)


@pytest.mark.parametrize(
    ("family", "plugins", "tokenizer"),
    [
        ("japanese", frozenset(), "standard"),
        ("japanese", {"analysis-kuromoji", "analysis-icu"}, "kuromoji_tokenizer"),
        ("korean", {"analysis-nori"}, "nori_tokenizer"),
        ("chinese", {"analysis-smartcn"}, "smartcn_tokenizer"),
        ("chinese", {"analysis-icu"}, "icu_tokenizer"),
        ("korean", {"analysis-kuromoji"}, "standard"),
        ("french", {"analysis-icu"}, "pairs"),
    ],
)
def test_a_plugin_is_used_where_the_cluster_has_it(family: str, plugins: frozenset[str], tokenizer: str) -> None:
    assert analysis(family, plugins=plugins)["analyzer"]["stems"]["tokenizer"] == tokenizer


def test_synonyms_are_asked_for_in_searches_and_not_in_phrases(client: Elasticsearch, indices: dict[str, str]) -> None:
    for family in ("english", "japanese"):
        assert {"nato", "otan", "北約"} <= {*analyzed(client, indices[family], "sought", "NATO")}
        assert analyzed(client, indices[family], "quoted", "NATO") == ["nato"]
        assert analyzed(client, indices[family], "words", "NATO") == ["nato"]


@pytest.mark.parametrize(("typed", "there"), [("US", True), ("U.S.", True), ("United States", True), ("us", False)])
def test_us_the_pronoun_is_no_country(client: Elasticsearch, indices: dict[str, str], typed: str, there: bool) -> None:
    assert ("сша" in analyzed(client, indices["english"], "sought", typed)) is there
