"""From a page to an article: the chain, read top to bottom."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from importlib.metadata import version

from archive.article import Article, CaptureSource, Extractor
from archive.errors import NotAnArticle
from archive.urls import article_id
from pipelines.agencies import agency_of, split_credits
from pipelines.boilerplate import Dropped, is_disclaimer, rules_digest, without_boilerplate
from pipelines.bylines import authors_of
from pipelines.datelines import split_dateline
from pipelines.dates import modified, published
from pipelines.documents import Document, document_of
from pipelines.extraction import extracted_lines
from pipelines.hubs import refuse_what_is_no_article
from pipelines.languages import count_words, language_of
from pipelines.learned import without_learned
from pipelines.page import Page
from pipelines.ruled import authors_by_rule, date_by_rule, for_body, rules_of, title_by_rule
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
    title = title_by_rule(document) or title_of(document)
    summary = summary_of(document)
    trimmed, removed = for_body(document)
    lines = extracted_lines(trimmed)
    section, authors = section_of(document), authors_by_rule(document) or authors_of(document)
    kept, phrases = without_boilerplate(lines, title, section, authors)
    kept, learned = without_learned(kept, page.template)
    dropped = (*removed, *phrases, *learned)
    kept, credits_ = split_credits(kept)
    if not kept:
        raise NotAnArticle("empty: no text is left without boilerplate")
    dateline, kept[0] = split_dateline(kept[0])
    body = "\n".join(line for line in kept if line)
    refuse_what_is_no_article(document, title, body)
    language = language_of(body, document)
    when, changed = date_by_rule(document) or published(document), modified(document)
    article = Article(
        id=article_id(page.url),
        url=page.url,
        canonical_url=canonical_url(document),
        outlet=page.publisher,
        title=title or kept[0][:120],
        summary=summary,
        body=body,
        language=language,
        authors=authors,
        agency=agency_of(document, dateline, credits_, lines),
        credits=credits_,
        dateline=dateline.place if dateline else None,
        disclaimer=any(is_disclaimer(line.line) for line in dropped) or document.has_disclaimer,
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
        extractor=Extractor(name="trafilatura", version=version("trafilatura"), rules=_applied(document)),
        word_count=count_words(body),
    )
    return Derivation(article, dropped)


def _applied(document: Document) -> str:
    """What was applied: the phrases' digest, then the version of what was learned, and the day of the outlet's rules."""
    template, rules = document.page.template, rules_of(document)
    learned = f"+learned@{template.version}" if template and template.lines else ""
    return rules_digest() + learned + (f"+outlet@{rules.since}" if rules else "")
