"""Has the publisher reserved this page: not to be archived, not to be indexed, not to be mined? Pure.

``X-Robots-Tag`` and the robots meta element as search engines define them (Google Search Central, "Robots meta tag specifications"); the
TDM Reservation Protocol's header, meta element and ``/.well-known/tdmrep.json`` (W3C Community Group, TDMRep, 2024), by which publishers
use the right of Art. 4(3) of the EU's Directive 2019/790.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass

_KEEPS_OUT = ("noarchive", "noindex", "none")
"""``none`` is ``noindex, nofollow`` in one word."""
_HEAD = 100_000
"""Bytes of a page in which meta elements are looked for."""
_META = re.compile(rb"<meta\s[^>]{0,1000}>", re.IGNORECASE)
_ATTRIBUTE = re.compile(rb"""([\w:-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""")
_COMMENT = re.compile(rb"<!--.*?-->", re.DOTALL)
_VALUED = frozenset({"unavailable_after", "max-snippet", "max-image-preview", "max-video-preview"})
"""Directives that have a value after a colon, where else a robot's name stands before one."""
_MOST_RULES = 1_000
_LONGEST_RULE = 500


@dataclass(frozen=True, slots=True)
class Obeyed:
    """Which reservations are obeyed: those of ``X-Robots-Tag``, of the robots meta element, of the TDM protocol."""

    header: bool = True
    meta: bool = True
    tdm: bool = True


def reserved_by_headers(headers: Iterable[tuple[str, str]], robot: str, obeyed: Obeyed) -> str | None:
    """The reservation that a response's headers state, if one: ``noarchive (X-Robots-Tag)``."""
    for name, value in headers:
        match name.lower():
            case "x-robots-tag" if obeyed.header:
                for directive in _directives(value, robot):
                    if directive in _KEEPS_OUT:
                        return f"{directive} (X-Robots-Tag)"
            case "tdm-reservation" if obeyed.tdm and value.strip() == "1":
                return "tdm-reservation (header)"
            case _:
                pass
    return None


def reserved_by_page(content: bytes, robot: str, obeyed: Obeyed) -> str | None:
    """The reservation that a page's meta elements state, if one."""
    for element in _META.findall(_COMMENT.sub(b"", content[:_HEAD])):
        stated = {
            name.lower(): (double or single or bare).decode("latin-1")
            for name, double, single, bare in _ATTRIBUTE.findall(element)
        }
        name, value = stated.get(b"name", "").strip().lower(), stated.get(b"content", "")
        if name in ("robots", robot.lower()) and obeyed.meta:
            for directive in _words(value):
                if directive in _KEEPS_OUT:
                    return f"{directive} (meta robots)"
        if name == "tdm-reservation" and obeyed.tdm and value.strip() == "1":
            return "tdm-reservation (meta)"
    return None


def reserved_by_site(tdmrep: bytes, path: str) -> str | None:
    """The reservation that ``/.well-known/tdmrep.json`` states for a path, if one. The first rule that matches holds.

    >>> reserved_by_site(b'[{"location": "/news/*", "tdm-reservation": 1}]', "/news/a")
    'tdm-reservation (tdmrep.json)'
    """
    try:
        rules = json.loads(tdmrep)
    except (ValueError, RecursionError):
        return None
    for rule in rules[:_MOST_RULES] if isinstance(rules, list) else ():
        location = rule.get("location") if isinstance(rule, dict) else None
        if isinstance(location, str) and len(location) <= _LONGEST_RULE and _matches(location, path):
            return "tdm-reservation (tdmrep.json)" if str(rule.get("tdm-reservation")) == "1" else None
    return None


def _matches(pattern: str, path: str) -> bool:
    """``*`` stands for anything and ``$`` for the end, as in robots.txt. Without backtracking: each part is found once, from the left."""
    whole = pattern.endswith("$")
    first, *rest = pattern.removesuffix("$").split("*")
    if not path.startswith(first):
        return False
    at = len(first)
    for number, part in enumerate(rest, 1):
        last = whole and number == len(rest)
        found = path.rfind(part, at) if last else path.find(part, at)
        if found < 0 or (last and found + len(part) != len(path)):
            return False
        at = found + len(part)
    return not whole or bool(rest) or at == len(path)


def _directives(value: str, robot: str) -> list[str]:
    """The directives of an X-Robots-Tag that are for every robot, or for us: ``googlebot: noarchive`` is not."""
    head, colon, rest = value.partition(":")
    name = head.strip().lower()
    if colon and "," not in head and name not in _VALUED:
        return _words(rest) if name == robot.lower() else []
    return _words(value)


def _words(value: str) -> list[str]:
    return [word.strip().lower() for word in value[:1_000].split(",")]
