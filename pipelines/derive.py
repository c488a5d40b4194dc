"""From a page to an article: the chain, read top to bottom."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from importlib.metadata import version

from archive.article import Article, CaptureSource, Credits, Extractor
from archive.errors import NotAnArticle
from archive.urls import article_id
from pipelines.agencies import agency_of
from pipelines.boilerplate import Dropped, is_disclaimer, rules_digest, without_boilerplate
from pipelines.bylines import authors_of
from pipelines.credits import split_credits
from pipelines.datelines import Dateline, take_dateline
from pipelines.dates import modified, published
from pipelines.documents import document_of
from pipelines.extraction import extracted_lines
from pipelines.hubs import refuse_what_is_no_article
from pipelines.images import pictures_of
from pipelines.languages import count_words, language_of
from pipelines.page import Page
from pipelines.paywalls import access_of
from pipelines.surroundings import surroundings_of
from pipelines.titles import canonical_url, section_of, summary_of, tags_of, title_of


@dataclass(frozen=True, slots=True)
class Derivation:
    """An article, and each line that was left out of it, with the rule that left it out."""

    article: Article
    dropped: tuple[Dropped, ...]


def derive(page: Page) -> Article:
    """Read a page as an article. Raises NotAnArticle with its reason when it holds none."""
    return derive_explained(page).article


def derive_explained(page: Page) -> Derivation:
    """The same, with what was dropped and why."""
    document = document_of(page)
    title = title_of(document)
    summary = summary_of(document)
    lines = extracted_lines(document)
    section, authors = section_of(document), authors_of(document)
    around = surroundings_of(document)
    pictures = pictures_of(document, around)
    credited = split_credits(lines)
    kept, dropped = without_boilerplate(credited.lines, title, section, authors)
    dropped += credited.dropped
    if not kept:
        raise NotAnArticle("empty: no text is left without boilerplate")
    dateline, kept = take_dateline(kept)
    body = "\n".join(kept)
    refuse_what_is_no_article(document, title, body)
    language = language_of(body, document)
    word_count = count_words(body)
    access = access_of(document, around.notes, body, word_count)
    when, changed = published(document), modified(document)
    article = Article(
        id=article_id(page.url),
        url=page.url,
        canonical_url=canonical_url(document),
        outlet=page.publisher,
        title=title or body[:120].partition("\n")[0],
        summary=summary,
        body=body,
        language=language,
        authors=authors,
        agency=agency_of(document, dateline.agency if dateline else None, credited.agencies, (*lines, *around.notes)),
        credits=_with_reporters(credited.credits, dateline),
        dateline=dateline.place if dateline else None,
        images=pictures.images,
        paywalled=access.paywalled,
        truncated=access.truncated,
        disclaimer=any(map(is_disclaimer, {line.line for line in dropped} | around.long_notes)),
        published_at=when.at if when else None,
        published_source=when.source if when else None,
        published_precision=when.precision if when else None,
        modified_at=changed.at if changed else None,
        modified_source=changed.source if changed else None,
        modified_precision=changed.precision if changed else None,
        first_seen_at=page.fetched_at,
        fetched_at=page.fetched_at,
        section=section,
        tags=tags_of(document),
        content_hash=hashlib.sha256(body.encode()).hexdigest(),
        capture=CaptureSource(warc=page.capture.warc, offset=page.capture.offset, digest=page.capture.digest)
        if page.capture
        else None,
        extractor=Extractor(name="trafilatura", version=version("trafilatura"), rules=rules_digest()),
        word_count=word_count,
    )
    return Derivation(article, tuple(dropped))


def _with_reporters(credits_: Credits, dateline: Dateline | None) -> Credits:
    """The credits, and first the reporters whom the dateline names."""
    if dateline is None or not dateline.reporters:
        return credits_
    return credits_.model_copy(update={"reporting": (*dateline.reporters, *credits_.reporting)})
