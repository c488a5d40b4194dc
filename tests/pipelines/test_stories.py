"""Which texts are one story, by what they are found, and whose it was."""

from __future__ import annotations

import subprocess
import sys
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from places import ROOT
from reports import report, run
from sentences import SENTENCES

from archive.article import Publisher
from pipelines.likeness import are_alike
from pipelines.publishers import spread_of
from pipelines.shingles import is_unspaced, shingled, words_of
from pipelines.stories import BANDS, SHORTEST, roles_of, sketch_of

REPORT = report(1)
PARAGRAPHS = REPORT.split("\n")
NOTICE = "Sign up for our newsletter to get the best of our reporting every morning. All rights reserved."
MARKETS = """Shares in Frankfurt closed {way} on {day} as investors weighed the latest figures on inflation and waited for the bank.
The benchmark ended the day {change} percent {way} at {points} points, in thin trading before the decision on interest rates.
Oil of the North Sea cost {oil} dollars a barrel in the late afternoon, and the euro bought {euro} dollars.
{winner} won most among the large companies, while {loser} lost most after it had lowered what it expects of the year."""
MONDAY = MARKETS.format(
    way="higher",
    day="Monday",
    change="0.4",
    points="15,302",
    oil="84.10",
    euro="1.08",
    winner="Harbour",
    loser="Reservoir",
)
TUESDAY = MARKETS.format(
    way="lower",
    day="Tuesday",
    change="1.1",
    points="15,133",
    oil="85.62",
    euro="1.09",
    winner="Tallow",
    loser="Lantern",
)
READOUT = """The foreign minister received the ambassador of {country} on {day} at the ministry. The two sides discussed relations
between the two friendly countries and ways to develop them in various fields, in addition to regional and international
issues of common interest. The minister affirmed the will to strengthen cooperation with {country} in a manner that serves
the interests of the two peoples. The ambassador expressed appreciation for the role in supporting security and stability.
The meeting was attended by the undersecretary for political affairs."""
BRIEFING = "Good morning and welcome to our briefing, the round-up of what matters in the world, made by our editors in three cities.\n{}\n"
BRIEFING += "The briefing is sent every weekday at six. If it was forwarded to you, sign up to get it yourself, and write to us with tips."
QUAKE = "地震情報をお伝えします。{at}ごろ、{where}を震源とする地震がありました。最大震度は{most}、震源の深さは約{deep}キロと推定されています。この地震による津波の心配はありません。今後の情報に注意してください。"
JAPANESE = "首相は本日、地域の安全保障について協議するため、相手国の首相と会談した。両首脳は海上交通路の安全を確保する必要性で一致し、来春に次の会談を開くことを決めた。同行筋によると、共同声明の文案は前夜までまとまらず、漁業協定の扱いが最後まで残ったという。"
THAI = "นายกรัฐมนตรีได้พบกับผู้นำประเทศเพื่อนบ้านในวันนี้เพื่อหารือเรื่องความมั่นคงในภูมิภาค ทั้งสองฝ่ายเห็นพ้องที่จะจัดประชุมอีกครั้งในปีหน้าและร่วมมือกันดูแลเส้นทางเดินเรือ"
WORDS = REPORT.split(" ")


def misspelt(text: str, each: int) -> str:
    """Two letters of every so many-th long word change places."""
    words = text.split(" ")
    return " ".join(
        f"{word[0]}{word[2]}{word[1]}{word[3:]}" if n % each == 0 and len(word) > 4 else word
        for n, word in enumerate(words)
    )


@pytest.mark.parametrize(
    ("copy", "source"),
    [
        (REPORT, REPORT),
        (REPORT[: int(len(REPORT) * 0.7)], REPORT),
        (REPORT[: int(len(REPORT) * 0.4)], REPORT),
        ("\n".join(PARAGRAPHS[5:]), REPORT),
        ("\n".join([NOTICE, *PARAGRAPHS[:4], NOTICE, *PARAGRAPHS[4:]]), REPORT),
        ("\n".join(reversed(PARAGRAPHS)), REPORT),
        (misspelt(REPORT, 10), REPORT),
        (REPORT.replace("harbour", "harbor").replace("”", '"').upper(), REPORT),
        ("\n".join([NOTICE, misspelt("\n".join(PARAGRAPHS[:4]), 14)]), REPORT),
        (REPORT.replace("Ministers ", "Several ministers ").replace(" because ", ", given that "), REPORT),
        (JAPANESE[:60], JAPANESE),
        (JAPANESE.replace("会談", "会見"), JAPANESE),
        (THAI[:90], THAI),
    ],
    ids=[
        "the same", "truncated", "cut to 40%", "the last 40%", "notices", "paragraphs in another order", "misspelt",
        "spelt otherwise", "cut, misspelt, with a notice", "lightly edited", "Japanese, cut", "Japanese, edited", "Thai, cut",
    ],
)  # fmt: skip
def test_what_another_outlet_made_of_a_text_is_the_same_story(copy: str, source: str) -> None:
    one, other = run("one", copy), run("other", source)
    assert are_alike(one, other)
    assert are_alike(other, one)
    assert set(sketch_of(copy).bands) & set(sketch_of(source).bands)


@pytest.mark.parametrize("outlets", [("one", "one"), ("one", "other")], ids=["of one outlet", "of two outlets"])
@pytest.mark.parametrize(
    ("one", "other"),
    [
        (REPORT, report(2)),
        (MONDAY, TUESDAY),
        (READOUT.format(country="Brazil", day="Sunday"), READOUT.format(country="Finland", day="Tuesday")),
        (READOUT.format(country="Iran", day="Sunday"), READOUT.format(country="Iraq", day="Tuesday")),
        (BRIEFING.format("\n".join(PARAGRAPHS[:4])), BRIEFING.format("\n".join(PARAGRAPHS[4:]))),
        (
            QUAKE.format(at="3日午前5時12分", where="茨城県南部", most="4", deep="50"),
            QUAKE.format(at="17日午後11時48分", where="宮城県沖", most="3", deep="60"),
        ),
        ("\n".join([*PARAGRAPHS[:2], report(3)]), "\n".join([*PARAGRAPHS[:2], report(4)])),
        (REPORT, "\n".join([REPORT, *(report(seed) for seed in range(5, 10))])),
        (SENTENCES["en"] * 3, SENTENCES["fr"] * 3),
        (SENTENCES["ja"] * 3, SENTENCES["zh"] * 3),
    ],
    ids=[
        "another report", "the next market report", "the next readout", "the next readout of a like name", "the next briefing",
        "the next quake", "one that quotes the same", "a digest", "a translation", "a translation in characters",
    ],
)  # fmt: skip
def test_what_only_looks_like_it_is_another_story(one: str, other: str, outlets: tuple[str, str]) -> None:
    first, second = run(outlets[0], one), run(outlets[1], other, path="b")
    assert not are_alike(first, second)
    assert not are_alike(second, first)


def test_a_preview_may_be_any_part_of_its_text() -> None:
    preview = "\n".join(PARAGRAPHS[:1])
    assert not are_alike(run("one", preview), run("other", REPORT))
    assert are_alike(run("one", preview, truncated=True), run("other", REPORT))


def test_one_outlets_briefings_of_one_opening_are_two_where_copies_of_two_outlets_are_one() -> None:
    shared, one, other = "\n".join(PARAGRAPHS[:6]), "\n".join(PARAGRAPHS[6:7]), "\n".join(PARAGRAPHS[7:])
    pair = f"{shared}\n{one}\n{report(3, 1)}", f"{shared}\n{other}\n{report(4, 1)}"
    assert not are_alike(run("one", pair[0]), run("one", pair[1], path="b"))
    assert are_alike(run("one", pair[0]), run("other", pair[1]))


@given(st.lists(st.sampled_from(WORDS), max_size=120), st.lists(st.sampled_from(WORDS), max_size=120))
def test_it_does_not_matter_which_comes_first(one: list[str], other: list[str]) -> None:
    first, second = run("one", " ".join(one)), run("other", " ".join(other))
    assert are_alike(first, second) == are_alike(second, first)


@given(st.text(max_size=300), st.text(max_size=300))
def test_any_text_can_be_sketched_and_compared(one: str, other: str) -> None:
    assert sketch_of(one) == sketch_of(one)
    assert are_alike(run("one", one), run("other", other)) in (True, False)


@given(st.text(alphabet="a 1.\n台\u0e31", max_size=200))
def test_a_sketch_has_few_bands_that_the_database_can_hold(text: str) -> None:
    bands = sketch_of(text).bands
    assert len(bands) <= BANDS
    assert all(0 <= band < 2**63 for band in bands)


def test_a_sketch_is_the_one_that_archives_hold_in_every_process() -> None:
    code = "from reports import report; from pipelines.stories import sketch_of; print(sketch_of(report(1)).bands[:3])"
    printed = {
        subprocess.run(
            [sys.executable, "-c", code],
            env={"PYTHONPATH": f"{ROOT}:{ROOT / 'tests'}", "PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
            text=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert printed == {"(3541948692712, 3950364502498, 4584328855465)\n"}


def test_a_text_too_short_to_be_told_from_a_notice_is_found_by_nothing() -> None:
    assert sketch_of(" ".join(WORDS[: SHORTEST - 1])).bands == ()
    assert len(sketch_of(" ".join(WORDS[:SHORTEST])).bands) > 0
    assert sketch_of(JAPANESE[:SHORTEST]).bands == sketch_of("").bands == ()


def test_scripts_without_spaces_are_read_by_characters() -> None:
    assert words_of("台湾、G7") == ["台", "湾", "G7"]
    assert is_unspaced(words_of(THAI))
    assert not is_unspaced(words_of(REPORT))
    assert shingled(words_of("abc"), unspaced=False).shingles == []


MORNING = datetime(2026, 11, 1, 8, tzinfo=UTC)


def test_the_earliest_without_a_credit_is_the_original() -> None:
    late = run("late", REPORT, published_at=MORNING + timedelta(hours=1))
    early = run("early", REPORT, published_at=MORNING)
    undated = run("undated", REPORT, published_at=None)
    assert roles_of([late, undated, early]) == {
        late.id: "republished",
        early.id: "original",
        undated.id: "republished",
    }


def test_a_day_without_its_hour_is_no_earlier_than_an_hour_of_that_day() -> None:
    hour = run("hour", REPORT, published_at=MORNING, published_precision="second")
    day = run("day", REPORT, published_at=MORNING.replace(hour=0), published_precision="day")
    assert roles_of([day, hour])[hour.id] == "original"


def test_what_credits_an_agency_is_republished_even_when_it_is_alone_or_first() -> None:
    credited = run("credited", REPORT, agency="Reuters", published_at=MORNING)
    other = run("other", REPORT, published_at=MORNING + timedelta(days=1))
    assert roles_of([credited]) == {credited.id: "republished"}
    assert roles_of([credited, other]) == {credited.id: "republished", other.id: "original"}


def test_the_agencys_own_article_is_the_original_whatever_its_date() -> None:
    credited = run("credited", REPORT, agency="Reuters", published_at=MORNING)
    silent = run("silent", REPORT, published_at=MORNING)
    own = run("reuters", REPORT, published_at=MORNING + timedelta(days=1))
    own = own.model_copy(update={"outlet": Publisher(id="reuters", name="Reuters")})
    assert roles_of([credited, silent, own]) == {
        credited.id: "republished",
        silent.id: "republished",
        own.id: "original",
    }
    assert roles_of([own.model_copy(update={"agency": "Reuters"})]) == {own.id: "original"}


@pytest.mark.parametrize(
    ("outlets", "publishers"),
    [
        ([], 0),
        (["kootneeti", "kootneeti"], 1),
        (["kootneeti", "example.org"], 2),
        (["amp.example.co.uk", "www.example.co.uk"], 1),
        (["one.co.uk", "other.co.uk"], 2),
    ],
)
def test_a_publisher_counts_once_however_many_addresses_it_has(outlets: list[str], publishers: int) -> None:
    spread = spread_of(outlets)
    assert (spread.publishers, spread.copies) == (publishers, len(outlets))
