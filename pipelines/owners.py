"""Whose site is it? A personal site's host is its owner's name, and its title or its copyright line says that name as well.

Where nobody signed a page of such a site, its owner wrote it. Outlets are called as their hosts are, too ("Foreign Affairs"),
so the name has to begin with a common given name: ``data/bylines/given.yaml``, which says where it is from.
"""

from __future__ import annotations

import re

from archive.urls import host_of
from pipelines.bylinewords import as_in_host, given_names
from pipelines.documents import Document, html_text
from pipelines.people import people_in

_COPYRIGHT = re.compile(rb"(?:\xc2\xa9|&copy;|&#169;|\([cC]\))[\s\d,-]{0,20}([^<>]{3,60})")
_SENTENCE_END = re.compile(r"(?<=\w\w\w)\.\s")
_MOST, _LONGEST_TITLE = 40, 400


def owner_of(document: Document) -> tuple[str, ...]:
    """The owner's name, without titles, where the site is a personal one."""
    host = as_in_host(host_of(document.page.url).rpartition(".")[0].rpartition(".")[2])
    if not host.startswith(given_names()):
        return ()
    title = document.tree.findtext(".//title") or ""
    owned = _COPYRIGHT.findall(document.page.content)[:_MOST]
    texts = [document.meta.get("og:site_name", ""), *re.split(r"\s[|–—-]\s", title[:_LONGEST_TITLE])]
    texts += [_SENTENCE_END.split(html_text(text.decode("utf-8", "replace")), maxsplit=1)[0] for text in owned]
    people = (name.split() for text in texts for name in people_in(text, frozenset()))
    named = (words[first:] for words in people for first in range(len(words) - 1))  # "Dr. Jane Doe"
    return next(
        ((" ".join(words),) for words in named if as_in_host("".join(words)) == host and _is_given(words[0])), ()
    )


def full_name(signed: str, document: Document) -> str:
    """What somebody is called who signs with a given name, where the site's host ends in the family name and the page says both."""
    host = re.sub(r"\W", "", host_of(document.page.url).rpartition(".")[0].rpartition(".")[2])
    family = host.removeprefix(signed.casefold())
    name = f"{signed} {family.title()}"
    is_said = any(said.encode() in document.page.content for said in (name, name.upper()))
    return name if len(family) > 2 and family.isalpha() and is_said else signed


def _is_given(word: str) -> bool:
    """Is it a given name, or two with a hyphen?"""
    return as_in_host(word.split("-", maxsplit=1)[0]) in given_names()
