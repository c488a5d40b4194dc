"""When a page was published and changed: which of its voices is believed."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.article import Publisher
from pipelines.dates import When, modified, published
from pipelines.documents import Document, document_of
from pipelines.page import Page

TEXT = "The ministers agreed to meet again in the spring and to publish what they had agreed. " * 12
FETCHED = datetime(2026, 6, 1, 12, tzinfo=UTC)


def document(head: str = "", body: str = "", *, url: str = "https://example.org/a", lang: str = "en") -> Document:
    """A page with a headline, what the case puts around it, and an article's text."""
    headline = "" if "<h1" in body else "<h1>Ministers meet in Geneva</h1>"
    content = (
        f"<html lang='{lang}'><head><meta charset=utf-8><title>Ministers meet in Geneva</title>{head}</head>"
        f"<body>{headline}{body}<p>{TEXT}</p></body></html>"
    )
    return document_of(Page(url, content.encode(), Publisher(id="e", name="Example"), "text/html", fetched_at=FETCHED))


def meta(name: str, value: str) -> str:
    return f'<meta property="{name}" content="{value}">'


def linked(json: str) -> str:
    return f'<script type="application/ld+json">{json}</script>'


def said(when: When | None) -> str | None:
    """A date and its source on one line: the clock where one is known."""
    if when is None:
        return None
    return f"{when.at:%Y-%m-%d}{'' if when.precision == 'day' else f' {when.at:%H:%M}'} {when.source}"


ARTICLE = '{"@type": "NewsArticle", "headline": "Ministers meet", "datePublished": "%s", "dateModified": "%s"}'


@pytest.mark.parametrize(
    ("head", "date"),
    [
        (linked(ARTICLE % ("2026-03-05T10:30:00+05:30", "")), "2026-03-05 05:00 json-ld"),
        (meta("article:published_time", "2026-03-05T10:30:00Z"), "2026-03-05 10:30 meta"),
        (meta("parsely-pub-date", "2026-03-05T10:30:00Z"), "2026-03-05 10:30 meta"),
        (meta("DC.date.issued", "2026-03-05"), "2026-03-05 meta"),
        (meta("date", "2026-03-05"), "2026-03-05 meta"),
        (linked('{"@type": "WebPage", "datePublished": "2026-03-05"}'), "2026-03-05 json-ld"),
        (linked('{"@type": "NewsArticle", "headline": "A "quoted" word", "datePublished": "2026-03-05"}'), "2026-03-05 json-ld"),
        ("<script>window.state = {\"id\": 7, \"publishedAt\": \"2026-03-05T10:30:00Z\"}</script>", "2026-03-05 10:30 script"),
    ],
)  # fmt: skip
def test_what_a_page_says_to_machines_is_believed(head: str, date: str) -> None:
    assert said(published(document(head))) == date


@pytest.mark.parametrize(
    "head",
    [
        meta("article:expiration_time", "2026-03-05T10:30:00Z"),
        meta("article:modified_time", "2026-03-05T10:30:00Z"),
        meta("unpublish_date", "2026-03-05"),
        meta("article:publisher", "https://social.example/20260305"),
        linked('{"@type": "Organization", "foundingDate": "1999-03-05"}'),
        linked('{"@type": "Event", "startDate": "2026-03-05", "datePublished": "2026-03-05"}'),
        '<script>{"publishedAt": "2026-03-05"}</script><script>{"publishedAt": "2026-03-09"}</script>',
    ],
)
def test_another_date_is_not_that_of_publication(head: str) -> None:
    assert published(document(head)) is None


@pytest.mark.parametrize(
    ("language", "body", "date"),
    [
        ("en", "<p class=byline>By Jane Doe | 5 March 2026, 10:30 GMT</p>", "2026-03-05 10:30 visible"),
        ("en", "<div>Published on March 5, 2026</div>", "2026-03-05 visible"),
        ("en", "<time datetime='2026-03-05T10:30:00Z'>Thursday</time>", "2026-03-05 10:30 visible"),
        ("en", "<abbr class=published title='2026-03-05T10:30:00Z'>10:30 AM</abbr>", "2026-03-05 10:30 visible"),
        ("en", "<span itemprop=datePublished content='2026-03-05'>Last week</span>", "2026-03-05 visible"),
        ("de", "<p>Veröffentlicht am 5. März 2026 um 10:30 Uhr</p>", "2026-03-05 10:30 visible"),
        ("fr", "<p>Publié le 5 mars 2026 à 10h30</p>", "2026-03-05 10:30 visible"),
        ("ru", "<div class=date>5 марта 2026, 10:30</div>", "2026-03-05 10:30 visible"),
        ("ja", "<p>2026年3月5日 10時30分</p>", "2026-03-05 10:30 visible"),
        ("zh", "<span>来源：新华社 2026-03-05 10:30</span>", "2026-03-05 10:30 visible"),
        ("ar", "<span>نشر في ٥ مارس ٢٠٢٦</span>", "2026-03-05 visible"),
        ("hi", "<span>प्रकाशित: 5 मार्च 2026</span>", "2026-03-05 visible"),
        ("tr", "<span>Yayınlanma: 05.03.2026 10:30</span>", "2026-03-05 10:30 visible"),
    ],
)
def test_a_date_printed_under_the_headline_is_found(language: str, body: str, date: str) -> None:
    assert said(published(document(body=f"<h1>Ministers meet in Geneva</h1>{body}", lang=language))) == date


@pytest.mark.parametrize(
    "body",
    [
        "<aside><ul><li><a href=/b>Another story</a> 5 March 2026</li></ul></aside>",
        "<nav>5 March 2026</nav>",
        "<footer>© 5 March 2026 Example</footer>",
        "<div class='widget recent-posts'>5 March 2026</div>",
        "<div class=comments><div class=comment-meta>5 March 2026 at 10:30</div></div>",
        f"<p>{TEXT} The treaty was signed on 5 March 2026 in Geneva.</p>",
        "<figure><figcaption>Geneva, 5 March 2026</figcaption></figure>",
        "<p>Deadline: the 31st of the month; call 0800 2026 555</p>",
        "<span class=event-start>5 March 2026</span><p class=end-date>5 March 2026</p>",
        "<p>3 hours ago</p><p>yesterday</p><p>today</p>",
    ],
)
def test_what_stands_aside_or_in_a_sentence_is_no_date_of_the_article(body: str) -> None:
    assert published(document(body=f"<h1>Ministers meet in Geneva</h1><p>{TEXT * 4}</p>{body}")) is None


def test_a_pages_today_is_not_believed_before_the_articles_own_date() -> None:
    top = "<div class=top>Monday, June 1, 2026</div><h1>Ministers meet in Geneva</h1><p>5 March 2026</p>"
    assert said(published(document(body=top))) == "2026-03-05 visible"


def test_a_pages_today_alone_is_none() -> None:
    assert published(document(body="<div>Monday, June 1, 2026</div><h1>Ministers meet in Geneva</h1>")) is None


def test_of_many_time_elements_the_one_under_the_headline_is_the_articles() -> None:
    cards = "".join(
        f"<article><h3><a href=/{n}>Story {n}</a></h3><time datetime=2026-04-0{n}></time></article>" for n in (1, 2, 3)
    )
    own = "<h1>Ministers meet in Geneva</h1><time datetime=2026-03-05></time>"
    assert said(published(document(body=cards + own + f"<p>{TEXT}</p>" + cards))) == "2026-03-05 visible"


def test_publication_is_preferred_to_the_change_printed_beside_it() -> None:
    body = "<h1>Ministers meet in Geneva</h1><p>Updated 7 March 2026</p><p>Published 5 March 2026</p>"
    assert said(published(document(body=body))) == "2026-03-05 visible"


def test_a_bare_meta_date_yields_to_the_date_printed_under_the_headline() -> None:
    assert (
        said(
            published(
                document(meta("date", "2026-05-20"), "<h1>Ministers meet in Geneva</h1><p class=date>5 March 2026</p>")
            )
        )
        == "2026-03-05 visible"
    )


@pytest.mark.parametrize(
    ("url", "date"),
    [
        ("https://example.org/2026/03/05/ministers-meet", "2026-03-05 url"),
        ("https://example.org/2026-03-05/ministers-meet.html", "2026-03-05 url"),
        ("https://example.org/news/20260305-ministers-meet", "2026-03-05 url"),
        ("https://example.org/ministers-meet-20260305", "2026-03-05 url"),
        ("https://example.org/2026/03/ministers-meet", None),
        ("https://example.org/2026/31/05/ministers-meet", None),
        ("https://example.org/20260305123456/ministers-meet", None),
        ("https://example.org/a?from=/2026/03/05/", None),
        ("https://example.org/2097/03/05/ministers-meet", None),
    ],
)
def test_the_url_speaks_last(url: str, date: str | None) -> None:
    assert said(published(document(url=url))) == date


def test_the_urls_day_is_kept_when_a_move_to_another_system_gave_all_articles_a_new_one() -> None:
    page = document(
        meta("article:published_time", "2026-05-20T10:30:00Z"), url="https://example.org/2019/3/5/ministers"
    )
    assert said(published(page)) == "2019-03-05 url"


def test_the_urls_month_tells_the_articles_date_from_another() -> None:
    body = "<h1>Ministers meet in Geneva</h1><p class=date>20 May 2026</p><p class=date>5 March 2026</p>"
    assert said(published(document(body=body, url="https://example.org/2026/03/ministers"))) == "2026-03-05 visible"


@pytest.mark.parametrize(
    "date", ["1970-01-01", "2097-01-01", "9999-12-31", "9999-12-31T23:59:59-12:00", "0000-00-00", "soon"]
)
def test_an_impossible_date_is_none(date: str) -> None:
    assert published(document(meta("article:published_time", date))) is None


def test_no_date_is_later_than_now_but_the_capture_of_another_archive_may_be_wrong() -> None:
    after = FETCHED + timedelta(days=30)
    assert (
        said(published(document(meta("article:published_time", after.isoformat())))) == f"{after:%Y-%m-%d %H:%M} meta"
    )
    tomorrow = datetime.now(UTC) + timedelta(days=3)
    assert published(document(meta("article:published_time", tomorrow.isoformat()))) is None


def test_a_printed_clock_is_in_the_zone_of_the_outlets_other_dates() -> None:
    head = linked('{"@type": "NewsArticle", "dateModified": "2026-03-06T09:00:00+09:00"}')
    body = "<h1>Ministers meet in Geneva</h1><p class=date>2026年3月5日 10時30分</p>"
    assert said(published(document(head, body, lang="ja"))) == "2026-03-05 01:30 visible"


@pytest.mark.parametrize(
    ("head", "date"),
    [
        (linked(ARTICLE % ("2026-03-05T10:30:00Z", "2026-03-06T10:30:00Z")), "2026-03-06 10:30 json-ld"),
        (meta("article:modified_time", "2026-03-06T10:30:00Z"), "2026-03-06 10:30 meta"),
        (meta("og:updated_time", "2026-03-06T10:30:00Z"), "2026-03-06 10:30 meta"),
        (meta("article:published_time", "2026-03-06T10:30:00Z"), None),
    ],
)
def test_a_change_is_what_a_page_says_of_one(head: str, date: str | None) -> None:
    assert said(modified(document(head))) == date


def test_a_change_before_publication_is_the_drafts_and_none() -> None:
    page = document(linked(ARTICLE % ("2026-03-05T10:30:00Z", "2026-03-01T10:30:00Z")))
    assert modified(page, published(page)) is None


def test_a_change_on_the_day_of_a_publication_without_a_clock_is_one() -> None:
    page = document(linked(ARTICLE % ("2026-03-05", "2026-03-05T10:30:00Z")))
    assert said(modified(page, published(page))) == "2026-03-05 10:30 json-ld"


@settings(max_examples=60, deadline=None)
@given(
    st.text(max_size=60),
    st.text(alphabet="0123456789-/.年月日: TZ+", max_size=30),
    st.sampled_from(["en", "zh", "<", "x" * 50]),
)
def test_any_page_has_a_possible_date_or_none(text: str, date: str, language: str) -> None:
    text = text.replace("<", " ").replace("\x00", " ")
    page = document(
        meta("date", date),
        f"<h1>{text}</h1><time datetime='{date}'>{text}</time><p class=date>{date}</p>",
        lang=language,
    )
    for when in (published(page), modified(page)):
        assert when is None or datetime(1990, 1, 1, tzinfo=UTC) <= when.at <= datetime.now(UTC) + timedelta(days=2)
