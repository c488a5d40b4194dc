"""From a page to an article: the chain, read top to bottom."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from functools import cache
from importlib.metadata import version

from archive.article import Article, CaptureSource, Credits, Extractor
from archive.errors import NotAnArticle
from archive.urls import article_id
from pipelines.attributions import attributions_of
from pipelines.boilerplate import is_disclaimer, rules_digest, without_boilerplate
from pipelines.bylines import authors_of
from pipelines.credits import split_credits
from pipelines.datelines import Dateline, take_dateline
from pipelines.dates import modified, published
from pipelines.deriving import Derivation, Dropped
from pipelines.documents import Document, document_of
from pipelines.extraction import Extraction, Fields, extracted_lines, lines_outside
from pipelines.filing import canonical_url, section_of, tags_of
from pipelines.filings import agency_that_opens
from pipelines.gates import refuse_what_is_gated
from pipelines.hubs import refuse_what_is_no_article
from pipelines.images import pictures_of
from pipelines.kinds import Told, kind_of
from pipelines.languages import count_words, language_of
from pipelines.learned import without_learned
from pipelines.missing import redirected_away, refuse_what_is_missing
from pipelines.organizations import organizations_of
from pipelines.page import Page
from pipelines.paywalls import access_of
from pipelines.places import places_of
from pipelines.republication import agency_of
from pipelines.ruled import authors_by_rule, date_by_rule, for_body, rules_of, title_by_rule
from pipelines.stories import sketch_of
from pipelines.summaries import summary_of
from pipelines.surroundings import surroundings_of
from pipelines.titles import title_of

_SHORTEST_DISCLAIMER = 40
"""Characters; "Views are the author's own." with a name is longer."""


def derive(page: Page) -> Article:
    """Read a page as an article. Raises NotAnArticle with its reason when it holds none."""
    return _derived(document_of(page))[0]


def derive_explained(page: Page) -> Derivation:
    """The same, with what was dropped in and around the article and why, and the text's sketch."""
    article, dropped = _derived(document_of(page))
    return Derivation(article, dropped, sketch_of(article.body))


def explained_whole(page: Page) -> Derivation:
    """The same, with every other line of the page: for who asks why a line is missing, not for every page of a crawl."""
    document = document_of(page)
    article, dropped = _derived(document)
    told = {article.title, *article.body.split("\n"), *(one.line for one in dropped)}
    return Derivation(article, (*dropped, *lines_outside(document, told)), sketch_of(article.body))


def _derived(document: Document) -> tuple[Article, tuple[Dropped, ...]]:
    page = document.page
    title = title_by_rule(document) or title_of(document)
    summary = summary_of(document)
    section, authors = section_of(document), authors_by_rule(document) or authors_of(document)
    around = surroundings_of(document)
    pictures = pictures_of(document, around)
    trimmed, ruled_out = for_body(document)
    report = document.report
    extraction = (
        Extraction(list(report.paragraphs), [], [])
        if report
        else extracted_lines(trimmed, Fields(title, summary, pictures.captions))
    )
    attributions = attributions_of(document, around)
    credited = split_credits((*extraction.lines, *extraction.near), attributions.pictured)
    credit_lines = {one.line for one in credited.dropped}
    lines = [line for line in extraction.lines if line not in credit_lines]
    kept, phrases = without_boilerplate(lines, title, section, authors)
    kept, learned = without_learned(kept, page.template)
    left_out = (one for one in extraction.dropped if one.line not in credit_lines)
    dropped = (*ruled_out, *left_out, *credited.dropped, *phrases, *learned)
    if not kept:
        refuse_what_is_missing(document, title, "")
        refuse_what_is_gated(document, title or "", "")
        raise NotAnArticle(redirected_away(document) or "empty: no text is left without boilerplate")
    dateline, kept = take_dateline(kept)
    body = "\n".join(kept)
    refuse_what_is_no_article(document, title, body)
    word_count = count_words(body)
    access = access_of(document, around.notes, body, word_count)
    when = date_by_rule(document) or published(document)
    changed = modified(document, when)
    filed_by = (dateline and dateline.agency) or agency_that_opens(kept)
    short_texts = (*extraction.lines, *extraction.near, *around.notes)
    agency = agency_of(document, filed_by, attributions, credited, authors, short_texts, kept)
    disclaimer = _has_disclaimer((line.line for line in dropped), around.long_notes)
    told = Told(section, filed=bool(agency or dateline), disclaimed=disclaimer)
    language = language_of(body, document)
    places = places_of(title, summary, body, language)
    article = Article(
        id=article_id(page.url),
        url=page.url,
        canonical_url=canonical_url(document),
        outlet=page.publisher,
        title=title or kept[0][:120],
        summary=summary,
        body=body,
        kind=kind_of(document, title or "", kept, told),
        language=language,
        authors=authors,
        agency=agency,
        credits=_with_reporters(credited.credits, dateline),
        dateline=dateline.place if dateline else None,
        images=pictures.images,
        paywalled=access.paywalled,
        truncated=access.truncated or bool(report and not report.is_whole),
        disclaimer=disclaimer,
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
        countries=places.countries,
        country_weights=places.weights,
        dyads=places.dyads,
        organizations=organizations_of(title, summary, body, language),
        role="republished" if agency else "original",  # by itself; its story, once kept, knows better
        content_hash=hashlib.sha256(body.encode()).hexdigest(),
        capture=CaptureSource(warc=page.capture.warc, offset=page.capture.offset, digest=page.capture.digest)
        if page.capture
        else None,
        extractor=Extractor(name="dragoman", version=_version(), rules=_applied(document)),
        word_count=word_count,
    )
    return article, dropped


def _with_reporters(credits_: Credits, dateline: Dateline | None) -> Credits:
    """The credits, and first the reporters whom the dateline names."""
    if dateline is None or not dateline.reporters:
        return credits_
    return credits_.model_copy(update={"reporting": (*dateline.reporters, *credits_.reporting)})


def _has_disclaimer(dropped: Iterable[str], notes: Iterable[str]) -> bool:
    return any(map(is_disclaimer, {line for line in (*dropped, *notes) if len(line) >= _SHORTEST_DISCLAIMER}))


@cache
def _version() -> str:
    return version("dragoman")


def _applied(document: Document) -> str:
    """What was applied: the phrases' digest, then the version of what was learned, and the day of the outlet's rules."""
    template, rules = document.page.template, rules_of(document)
    learned = f"+learned@{template.version}" if template and template.lines else ""
    return rules_digest() + learned + (f"+outlet@{rules.since}" if rules else "")
