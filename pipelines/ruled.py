"""What do the outlet's own rules say of this page? Nothing, for most; then the general methods answer."""

from __future__ import annotations

import copy
from dataclasses import replace

from lxml import html

from pipelines.dates import When, when_of
from pipelines.deriving import Dropped
from pipelines.documents import Document
from pipelines.habits import habit_of
from pipelines.instants import read_instant
from pipelines.people import people_in, plain_name
from pipelines.rules import PageRules, elements, rules_at
from pipelines.text import even

_SILENT = ("script", "style")
_NEVER_TEXT = ("aside", "footer", "nav", "form", "figcaption")
"""Elements that extraction takes down, whatever they hold."""


def rules_of(document: Document) -> PageRules | None:
    """The rules that hold for this page, if any do."""
    return rules_at(document.page.rules, document.page.fetched_at)


def for_body(document: Document) -> tuple[Document, list[Dropped]]:
    """The document in which the text is sought, and what the rules took out of it. The given one stays as it is."""
    rules = rules_of(document)
    if rules is None or not (rules.keep or rules.remove):
        return document, []
    tree, removed = apply_rules(document.tree, rules)
    about = {name: value for name, value in document.about.items() if name != "articleBody"}  # it has the whole text
    return replace(document, tree=tree, about=about), removed


def apply_rules(tree: html.HtmlElement, rules: PageRules) -> tuple[html.HtmlElement, list[Dropped]]:
    """A copy of the tree without what is to be removed, and with what is to be kept alone where any of it is there."""
    tree = copy.deepcopy(tree)
    removed = []
    for selector in rules.remove:
        for element in elements(tree, selector):
            if element.tag not in ("html", "body") and element.getparent() is not None:
                if text := _text(element):
                    removed.append(Dropped(text, f"outlet/remove: {selector}"))
                element.drop_tree()
    _keep(tree, rules.keep)
    return tree, removed


def title_by_rule(document: Document) -> str | None:
    """The title where the rules say it stands."""
    rules = rules_of(document)
    return next(iter(_values(document, rules.title if rules else None)), None)


def authors_by_rule(document: Document) -> tuple[str, ...]:
    """The people in the byline where the rules say it stands."""
    rules = rules_of(document)
    names = _values(document, rules.authors if rules else None)
    sites = frozenset([plain_name(document.page.publisher.name)])
    return tuple(dict.fromkeys(person for name in names for person in people_in(name, sites)))


def date_by_rule(document: Document) -> When | None:
    """The date where the rules say it stands, if it can be read and is possible."""
    rules = rules_of(document)
    values = _values(document, rules.date if rules else None)
    dates = (when_of(read_instant(value, habit_of(document)), "rule", document) for value in values)
    return next((when for when in dates if when), None)


def _keep(tree: html.HtmlElement, selectors: tuple[str, ...]) -> None:
    wanted = {element for selector in selectors for element in elements(tree, selector)}
    kept = [
        element
        for element in tree.iter()
        if element in wanted and element.tag not in ("html", "body") and wanted.isdisjoint(element.iterancestors())
    ]
    body = tree.find("body")
    if not kept or body is None:
        return
    article = html.Element("article")
    for element in kept:
        element.tail = None
        article.append(element)
        element.attrib.clear()  # what it is called must not have it taken for scaffolding
        if element.tag in _NEVER_TEXT:
            element.tag = "div"
    body.clear()
    body.append(article)


def _values(document: Document, selector: str | None) -> list[str]:
    found = elements(document.tree, selector) if selector else []
    values = [even(element.get("content") or element.get("datetime") or _text(element)) for element in found]
    return [value for value in values if value]


def _text(element: html.HtmlElement) -> str:
    spoken = copy.deepcopy(element)
    for silent in list(spoken.iter(*_SILENT)):
        silent.drop_tree()
    return even(spoken.text_content())
