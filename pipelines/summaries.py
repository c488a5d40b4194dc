"""What does the article say of itself in a few sentences? Its standfirst, as the page prints it, or else its description."""

from __future__ import annotations

import re
from collections.abc import Iterable

from pipelines.documents import Document, html_text, text_at
from pipelines.sites import key
from pipelines.standfirsts import ENOUGH, LONG, LONGEST, Block, blocks_after_headline, is_sentence
from pipelines.text import even

_SHORTEST = 20
_LAST_WORD = 12
"""Characters at a description's end that may be of a word that was cut, or of another sentence mark."""
_CUT = re.compile(r"\s?(?:…|\.\.\.|\[…\]|\[\.\.\.\])\s?(?:Read (?:on|more))?$")


def summary_of(document: Document) -> str | None:
    """The standfirst as the page prints it, key points and all; without one, its description, a whole one before a cut one."""
    descriptions = _descriptions(document)
    if printed := _printed(blocks_after_headline(document), descriptions):
        return printed
    return next((text for text in descriptions if not _CUT.search(text)), None) or next(iter(descriptions), None)


def _descriptions(document: Document) -> list[str]:
    """What the page gives as its description, the likeliest first, where it says more than the title."""
    said = (
        document.meta.get("og:description"),
        text_at(document.about, "description"),
        document.meta.get("description"),
        document.meta.get("twitter:description"),
        text_at(document.about, "abstract"),
    )
    texts = dict.fromkeys(even(html_text(text[: 4 * LONGEST]))[:LONGEST] for text in said if text)
    title = key(document.meta.get("og:title", "")[:LONGEST])
    return [text for text in texts if len(text) > _SHORTEST and key(text) != title]


def _printed(blocks: Iterable[Block], descriptions: list[str]) -> str:
    """What stands before the text and is marked as standfirst, or described, or all in bold; and key points."""
    starts = [start for start in map(_start, descriptions) if len(start) >= ENOUGH]
    picked: list[str] = []
    begun = described = False
    for block in blocks:
        is_described = not described and any(start in block.text[: len(start) + ENOUGH].casefold() for start in starts)
        if (
            block.points
            or (block.marked and not begun)
            or (is_described and not (begun and picked))
            or (block.bold and not picked and not begun)
        ):
            picked.append(next((said for said in descriptions if _is_nearly(block.text, said)), block.text))
            described = described or is_described
        elif block.paragraph:
            begun = True
        if sum(map(len, picked)) > LONGEST or (begun and picked and block.paragraph):
            break
    whole = dict.fromkeys(picked)
    return " ".join(text for text in whole if not any(text != other and text in other for other in whole))


def _start(description: str) -> str:
    """A description as far as it surely is the standfirst's."""
    whole = _CUT.sub("", description)
    return whole[: max(ENOUGH, len(whole) - _LAST_WORD)].casefold()


def _is_nearly(printed: str, description: str) -> bool:
    """Is what is printed this description, with no more than a date or a byline beside it?"""
    return len(printed) < len(description) + LONG and f" {description}" in f" {printed}" and is_sentence(description)
