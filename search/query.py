"""The query language: what a person types → a tree that each backend translates.

::

    japan defences           both words, in title, standfirst or body, however inflected; synonyms too
    "rules-based order"      the exact phrase
    -sports  NOT sports      without
    a OR b   (a b) OR c      either; AND binds tighter and may be left out
    defen*                   any word that starts so
    countries:JP dyads:CN-JP what it is about
    outlet:kootneeti         a field; also -field:x, field:"a b", field:(a OR b)
    silently_edited:true     a field that is true or false
    gone_at:*                a field that has a value
    since:2026-10 until:"last friday"      published; a whole day or month is meant
    *                        everything

Whatever is typed is either understood or a QueryError that names its place.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from archive.errors import QueryError
from search.times import end_of, instant_of
from search.tokens import words

LONGEST = 2_000
"""Characters a query may have."""
DEEPEST = 20
"""How deeply its parentheses may nest."""

TEXT_FIELDS = {
    "title": "title",
    "summary": "summary",
    "body": "body",
    "author": "authors",
    "agency": "agency",
    "dateline": "dateline",
    "section": "section",
    "tag": "tags",
}
BOOSTS = {"title": 3.0, "summary": 2.0, "body": 1.0}
"""What a match in each of these counts for, on both backends."""
STEMMED = tuple(BOOSTS)
"""Those that are searched by stems."""
KEYWORD_FIELDS = {
    "outlet": "outlet.id",
    "language": "language",
    "country": "outlet.country",
    "kind": "kind",
    "access": "access",
    "countries": "countries",
    "dyads": "dyads",
    "organizations": "organizations",
    "id": "id",
    "url": "url",
}
TRUTHS = {"silently_edited": "silently_edited"}
INSTANTS = {"gone_at": "gone_at"}
FIELDS = (*TEXT_FIELDS, *KEYWORD_FIELDS, *TRUTHS, *INSTANTS, "since", "until")


@dataclass(frozen=True, slots=True)
class Everything:
    """Matches every article."""


@dataclass(frozen=True, slots=True)
class Words:
    """These words in a row, in one text field, or in any of title, standfirst and body; ``exact``: as they are written."""

    text: str
    field: str | None = None
    exact: bool = False


@dataclass(frozen=True, slots=True)
class Starts:
    """A word that starts so, folded."""

    prefix: str
    field: str | None = None


@dataclass(frozen=True, slots=True)
class Exactly:
    """A keyword field has this value, or one that is true or false has this truth."""

    field: str
    value: str | bool


@dataclass(frozen=True, slots=True)
class Has:
    """A field has a value, whichever."""

    field: str


@dataclass(frozen=True, slots=True)
class Published:
    """Published at or after ``since``, before ``before``."""

    since: datetime | None = None
    before: datetime | None = None


@dataclass(frozen=True, slots=True)
class Not:
    """Does not match this."""

    query: Query


@dataclass(frozen=True, slots=True)
class All:
    """Matches all of these."""

    queries: tuple[Query, ...]


@dataclass(frozen=True, slots=True)
class Either:
    """Matches one of these at least."""

    queries: tuple[Query, ...]


Query = Everything | Words | Starts | Exactly | Has | Published | Not | All | Either

_QUOTES = '"“”„«»‟'
_TOKEN = re.compile(
    rf"""
    \s+
    | (?P<open>\() | (?P<close>\))
    | (?P<minus>[-−](?=[^\s)]))                                  # -word, not "a - b"
    | (?P<field>[A-Za-z_]+):(?=[^\s/)])                              # field:value, not https://
    | [{_QUOTES}](?P<phrase>[^{_QUOTES}]*)[{_QUOTES}]
    | (?P<torn>[{_QUOTES}])
    | (?P<word>[^\s(){_QUOTES}]+)
    """,
    re.VERBOSE,
)


_DOTTED = re.compile(r"(?<!\w)[^\W\d_](?:\.[^\W\d_](?!\w))+")


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str
    text: str
    column: int


def parse(text: str, now: datetime | None = None) -> Query:
    """Read a query. Dates such as "last month" count from ``now``. Raises QueryError."""
    if len(text) > LONGEST:
        raise QueryError(f"the query has {len(text)} characters; {LONGEST} are the most")
    return _Parser(_tokens(text), now or datetime.now(UTC)).read()


def _tokens(text: str) -> list[_Token]:
    tokens = []
    for found in _TOKEN.finditer(text):
        if kind := found.lastgroup:
            if kind == "torn":
                raise QueryError(f"column {found.start() + 1}: the quotation mark is not closed; add another")
            tokens.append(_Token(kind, found[kind], found.start() + 1))
    return tokens


class _Parser:
    """Recursive descent over the tokens: either → all → one."""

    def __init__(self, tokens: list[_Token], now: datetime) -> None:
        self.tokens, self.now, self.at, self.depth = tokens, now, 0, 0

    def read(self) -> Query:
        query = self.either(None)
        if (token := self.peek()) is not None:
            raise QueryError(f"column {token.column}: this parenthesis closes none; take it out")
        if query is None:
            raise QueryError("the query has no word to search for; * finds everything")
        return query

    def peek(self) -> _Token | None:
        return self.tokens[self.at] if self.at < len(self.tokens) else None

    def either(self, field: _Token | None) -> Query | None:
        parts = [self.all(field)]
        while (token := self.peek()) and token.kind == "word" and token.text == "OR":
            self.at += 1
            parts.append(self.all(field))
        return _joined(Either, parts)

    def all(self, field: _Token | None) -> Query | None:
        parts: list[Query | None] = []
        while (token := self.peek()) and token.kind != "close" and not (token.kind == "word" and token.text == "OR"):
            if token.kind == "word" and token.text == "AND":
                self.at += 1
                continue
            parts.append(self.one(field))
        return _joined(All, parts)

    def one(self, field: _Token | None) -> Query | None:
        token = self.peek()
        if token is None:
            return None
        self.at += 1
        if token.kind == "minus" or (token.kind == "word" and token.text == "NOT"):
            denied = self.deeper(token, lambda: self.one(field))
            return None if denied is None else Not(denied)
        if token.kind == "field":
            if token.text.lower() not in FIELDS:
                raise QueryError(f"column {token.column}: no field {token.text!r}; there are {', '.join(FIELDS)}")
            return self.deeper(token, lambda: self.one(token))
        if token.kind == "open":
            return self.group(token, field)
        if token.kind == "close":
            raise QueryError(f"column {token.column}: a value is missing before this parenthesis")
        return self.leaf(token, field)

    def group(self, opened: _Token, field: _Token | None) -> Query | None:
        inner = self.deeper(opened, lambda: self.either(field))
        token = self.peek()
        if token is None or token.kind != "close":
            raise QueryError(f"column {opened.column}: the parenthesis is not closed; add a )")
        self.at += 1
        return inner

    def deeper(self, token: _Token, read: Callable[[], Query | None]) -> Query | None:
        self.depth += 1
        if self.depth > DEEPEST:
            raise QueryError(f"column {token.column}: nested more than {DEEPEST} deep")
        query = read()
        self.depth -= 1
        return query

    def leaf(self, token: _Token, field: _Token | None) -> Query | None:
        name = field.text.lower() if field else None
        if name in TRUTHS or name in INSTANTS:
            return _stated(name, token)
        if token.text == "*" and token.kind == "word" and name not in ("since", "until"):
            return Everything()
        if name == "since":
            return Published(since=instant_of(token.text, self.now, token.column))
        if name == "until":
            return Published(before=end_of(token.text, self.now, token.column))
        if name in KEYWORD_FIELDS:
            return Exactly(KEYWORD_FIELDS[name], _as_kept(name, token.text))
        path = TEXT_FIELDS[name] if name else None
        found = words(token.text)
        if not found:
            return None  # a lone dash or ampersand
        if token.kind == "word" and token.text.endswith("*") and len(found) == 1:
            return Starts(found[0][2], path)
        return Words(_capital(token.text), path, exact=token.kind == "phrase" and path in (None, *STEMMED))


def _capital(text: str) -> str:
    """Letters with dots are an acronym, however they are typed: u.s. is the U.S."""
    return _DOTTED.sub(lambda found: found[0].upper(), text)


def _as_kept(name: str, value: str) -> str:
    """A value as articles have it: country codes in capitals, those of a pair in order."""
    if name == "countries":
        return value.upper()
    return "-".join(sorted(value.upper().split("-"))) if name == "dyads" else value


def _stated(name: str, token: _Token) -> Query:
    if name in TRUTHS and (said := token.text.lower()) in ("true", "false"):
        return Exactly(TRUTHS[name], said == "true")
    if name in INSTANTS and token.text == "*":
        return Has(INSTANTS[name])
    wanted = f"{name}:true or {name}:false" if name in TRUTHS else f"{name}:* or -{name}:*"
    raise QueryError(f"column {token.column}: {name} cannot be {token.text!r}; write {wanted}")


def _joined(kind: type[All | Either], parts: list[Query | None]) -> Query | None:
    there = tuple(part for part in parts if part is not None)
    if len(there) == 1:
        return there[0]
    return kind(there) if there else None


def has_words(query: Query) -> bool:
    """Does relevance order the hits? Without words all match alike, and the newest come first."""
    match query:
        case Words() | Starts():
            return True
        case All(queries) | Either(queries):
            return any(has_words(part) for part in queries)
        case _:
            return False


def sought(query: Query) -> list[Words | Starts]:
    """The words that hits were found by, to be highlighted."""
    match query:
        case Words() | Starts():
            return [query]
        case All(queries) | Either(queries):
            return [leaf for part in queries for leaf in sought(part)]
        case _:
            return []
