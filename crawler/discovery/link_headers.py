"""What a response's ``Link`` header names besides its body: a feed's further page, its WebSub hubs (RFC 8288; WebSub, 4)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from crawler.discovery.feed_pages import older_page
from crawler.discovery.links import Findings, sifted

_LONGEST = 20_000
"""Characters of the header that are read."""
_LINK = re.compile(
    r"""
    < (?P<address> [^<>]{1,2083} ) >
    (?P<parameters> (?: \s*;\s* [^\s=;,"<>]+ (?: \s*=\s* (?: "[^"]*" | [^\s",;<>]+ ) )? )* )
    """,
    re.VERBOSE,
)
_PARAMETER = re.compile(r""";\s*([^\s=;,"<>]+)(?:\s*=\s*(?:"([^"]*)"|([^\s",;<>]+)))?""")


def links_of(header: str) -> Iterator[tuple[str, str]]:
    """Each relation with its address, in the header's order.

    >>> list(links_of('<https://hub.example/>; rel="hub", </feed?page=2>; rel=next'))
    [('hub', 'https://hub.example/'), ('next', '/feed?page=2')]
    """
    for link in _LINK.finditer(header[:_LONGEST]):
        parameters = _PARAMETER.findall(link["parameters"])
        stated = next((quoted or bare for name, quoted, bare in parameters if name.lower() == "rel"), "")
        for relation in stated.lower().split():
            yield relation, link["address"].strip()


def told_by_header(findings: Findings, header: str, url: str) -> Findings:
    """A feed's findings with what the header of its response adds: hubs, and a further page where the feed itself names none."""
    relations = list(links_of(header))
    hubs = [*findings.hubs, *(address for relation, address in relations if relation == "hub")]
    older = older_page(relations, "", url) if findings.links else None
    told = sifted((), url, 0, hubs=hubs, following=findings.following or older)
    return replace(findings, hubs=told.hubs, following=told.following)
