"""Pages of the simulated outlets: real pages of the corpus with other headlines, texts, authors and dates in their places.

The corpus says what a page's headline, paragraphs, authors and date are (``truth/fundus.jsonl``); where these stand, marks
are put. A page serves as a template if Dragoman reads an article that is printed on it right: how well pages are read is
measured elsewhere (``make bench-extraction``), and here only what a crawl does with them.
"""

from __future__ import annotations

import html
import json
import os
import random
import re
from collections import defaultdict
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from w3lib.encoding import html_to_unicode

from archive.article import Article, Publisher
from archive.reading import read_captures
from bench.corpus import TRUTH, WARC
from pipelines.page import Page, page_of
from pipelines.rederive import rederive
from pipelines.workers import Workers

_FEWEST = 5
"""Paragraphs of the real article that must be found on its page."""
_LONGEST = 250_000
_PARAGRAPH = re.compile(r"<p\b[^>]*>(?:(?!<p\b).)*?</p>", re.DOTALL | re.IGNORECASE)
_TAG = re.compile(r"<[^>]+>")
_INSTANT = re.compile(r"(20\d\d)-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)?)?")
_VISIBLE = re.compile(
    r"""
      <time\b[^>]*>.*?</time>
    | \b\d{1,2}\.?\s?\d{1,2}\.\s?20\d\d\b | \b20\d\d[-/]\d\d[-/]\d\d(?:[T ][\d:.]+(?:Z|[+-][\d:]+)?)?
    | \b\d{1,2}\.?\s(?:Jan|Feb|Mar|Mär|Apr|Ma[iy]|Jun|Jul|Aug|Sep|O[ck]t|Nov|De[cz])[a-zä]*\.?,?\s20\d\d
    | \b(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?\s\d{1,2},?\s20\d\d
    | \b1[5-7]\d{8}(?:\d{3})?\b
    """,
    re.VERBOSE | re.DOTALL,
)
"""Dates as pages print them, German and English, and as scripts do."""
_MARK = re.compile("\x00([TBASD])\x00")
_PROBE = datetime(2025, 3, 4, 9, 30, tzinfo=UTC)
_SIGNED = "Iphigenia Quarterdeck"
_NOBODY = Publisher(id="probe", name="The Probe")


@dataclass(frozen=True, slots=True)
class Printed:
    """What is printed on a page: the article as it stands at one time. Without ``date`` or ``author`` the page has none."""

    title: str
    paragraphs: tuple[str, ...]
    author: str | None
    date: datetime | None


@dataclass(frozen=True, slots=True)
class Template:
    """A page with marks in it, its language, and what it can lose so that Dragoman no longer finds it."""

    name: str
    language: str
    text: str
    loses: frozenset[str] = frozenset()

    def page(self, article: Printed) -> bytes:
        """The article on this page."""
        body = "\n".join(f"<p>{html.escape(one)}</p>" for one in article.paragraphs)
        said = {
            "T": html.escape(article.title),
            "B": body,
            "A": html.escape(article.author or ""),
            "S": html.escape(article.paragraphs[0][:150]),
            "D": article.date.strftime("%Y-%m-%dT%H:%M:%SZ") if article.date else "",
        }
        text = self.text if article.date else _VISIBLE.sub("", self.text)
        return _MARK.sub(lambda mark: said[mark[1]], text).encode()


def texts_and_templates() -> tuple[dict[str, list[str]], list[Template]]:
    """Paragraphs by language, all different, and the templates in these languages."""
    truths = [json.loads(line) for line in (TRUTH / "fundus.jsonl").open(encoding="utf-8")]
    texts: dict[str, dict[str, None]] = defaultdict(dict)
    for truth in truths:
        texts[truth["language"] or ""] |= dict.fromkeys(filter(_is_prose, truth["paragraphs"]))
    english = (TRUTH / "trafilatura.jsonl", TRUTH / "aeb.jsonl", TRUTH / "mozilla.jsonl")
    for path in english:
        for line in path.open(encoding="utf-8"):
            truth = json.loads(line)
            if truth.get("language") in (None, "en") and isinstance(
                text := truth.get("body") or truth.get("text"), str
            ):
                texts["en"] |= dict.fromkeys(one for one in text.split("\n") if _is_prose(one) and one.isascii())
    pools = {language: list(found) for language, found in texts.items() if len(found) >= _ENOUGH}
    by_url = {truth["url"]: truth for truth in truths if (truth["language"] or "") in pools}
    pages = (page_of(one, None, _NOBODY) for one in read_captures(WARC) if one.url in by_url and one.status == 200)
    marked = filter(None, (_marked(page, by_url[page.url]) for page in pages))
    return pools, _proven(list(marked), pools)


_ENOUGH = 300
"""Paragraphs of a language that let an outlet's articles differ."""


def _is_prose(line: str) -> bool:
    return 120 <= len(line) <= 900 and "<" not in line


def _marked(page: Page, truth: dict[str, Any]) -> Template | None:
    """The page with marks where its article stands; None where that cannot be found."""
    _, text = html_to_unicode(page.content_type, page.content)
    wanted = {_plain(one) for one in truth["paragraphs"]}
    found = [one for one in _PARAGRAPH.findall(text) if _plain(one) in wanted]
    if len(found) < _FEWEST or len(found) < 0.8 * len(wanted) or len(text) > _LONGEST:
        return None
    text = text.replace(found[0], "\x00B\x00", 1)
    for paragraph in found:
        text = text.replace(paragraph, "")
    for mark, lines in (("T", [truth["title"]]), ("A", truth["authors"]), ("S", truth["summary"])):
        for line in filter(None, lines or ()):
            for written in {line, html.escape(line), html.escape(line, quote=False), json.dumps(line)[1:-1]}:
                text = text.replace(written, f"\x00{mark}\x00")
    text = re.sub(r'"articleBody"\s*:\s*"(?:[^"\\]|\\.)*"\s*,?', "", text)
    year = str(truth["date"] or page.fetched_at)[:4]
    text = _INSTANT.sub(lambda date: "\x00D\x00" if date[1] == year else date[0], text)
    return Template(page.url, truth["language"] or "", text) if "\x00T\x00" in text else None


def _plain(fragment: str) -> str:
    return " ".join(html.unescape(_TAG.sub("", fragment)).split())


def _proven(templates: list[Template], pools: dict[str, list[str]]) -> list[Template]:
    """Those on which an article is read as it was printed, with what they can lose."""
    with Workers(os.cpu_count() or 1, 20) as workers:
        asked = [(template, what, _probe(template, pools, what)) for template in templates for what in _PROBES]
        pages = [
            Page(f"http://probe.test/{at}", template.page(said), _NOBODY, "text/html; charset=utf-8", _PROBE)
            for at, (template, _, said) in enumerate(asked)
        ]
        read = {result.page.url: result.article for result in rederive(pages, workers)}
    told: dict[str, set[str]] = defaultdict(set)
    for at, (template, what, said) in enumerate(asked):
        told[template.name] |= {what} if _is_read(read.get(f"http://probe.test/{at}"), said, what) else set()
    return [
        Template(one.name, one.language, one.text, frozenset(told[one.name] - {"whole"}))
        for one in templates
        if "whole" in told[one.name]
    ]


_PROBES = ("whole", "dates", "authors")


def _probe(template: Template, pools: dict[str, list[str]], what: str) -> Printed:
    chance = random.Random(template.name)
    chosen = tuple(chance.sample(pools[template.language], 9))
    author, date = None if what == "authors" else _SIGNED, None if what == "dates" else _PROBE
    return Printed(" ".join(chosen[-1].split()[:9]), chosen[:-1], author, date)


def _is_read(article: Article | None, said: Printed, what: str) -> bool:
    if article is None:
        return False
    lines = article.body.split("\n")
    whole = (
        sum(one in lines for one in said.paragraphs) >= len(said.paragraphs) - 1
        and len(lines) <= len(said.paragraphs) + 2
    )
    dated = article.published_at is not None and article.published_at.date() == _PROBE.date()
    match what:
        case "dates":
            return whole and article.published_at is None
        case "authors":
            return whole and not article.authors
        case _:
            return whole and dated and [*article.authors] == [_SIGNED]
