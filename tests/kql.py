"""Kibana's KQL as Elasticsearch's query DSL: the part of the language that our objects and docs/kibana.md use.

After kbn-es-query's documented behaviour: a value is a ``match``, a quoted one a ``match_phrase``, several bare words one
value (so one of them is enough), ``*`` an ``exists``, words without a field a ``multi_match`` over all fields.
"""

from __future__ import annotations

import re
from typing import Any

_TOKEN = re.compile(
    r"""\s*(?:
      (?P<quoted>"(?:[^"\\]|\\.)*")
    | (?P<sign><=|>=|[<>():{}])
    | (?P<word>(?:[^\s"()<>:{}\\]|\\.)+)
    )""",
    re.VERBOSE,
)
Query = dict[str, Any]
_RANGES = {"<": "lt", "<=": "lte", ">": "gt", ">=": "gte"}


def translated(kql: str, dates: frozenset[str] = frozenset()) -> Query:
    """The request that Kibana sends; ``dates`` are the fields that hold dates."""
    if not kql.strip():
        return {"match_all": {}}
    reader = _Reader(_tokens(kql), dates)
    query = reader.either("")
    assert reader.at == len(reader.tokens), f"{kql}: not understood from {reader.tokens[reader.at :]}"
    return query


def _tokens(kql: str) -> list[str]:
    tokens, at = [], 0
    kql = kql.strip()
    while at < len(kql):
        found = _TOKEN.match(kql, at)
        assert found, f"{kql}: not understood at {at}"
        tokens.append(found[0].strip())
        at = found.end()
    return tokens


class _Reader:
    def __init__(self, tokens: list[str], dates: frozenset[str]) -> None:
        self.tokens, self.dates, self.at = tokens, dates, 0

    def peek(self, ahead: int = 0) -> str:
        return self.tokens[self.at + ahead] if self.at + ahead < len(self.tokens) else ""

    def take(self) -> str:
        self.at += 1
        return self.tokens[self.at - 1]

    def either(self, path: str) -> Query:
        parts = [self.both(path)]
        while self.peek().lower() == "or":
            self.take()
            parts.append(self.both(path))
        return parts[0] if len(parts) == 1 else {"bool": {"should": parts, "minimum_should_match": 1}}

    def both(self, path: str) -> Query:
        parts = [self.one(path)]
        while self.peek().lower() == "and":
            self.take()
            parts.append(self.one(path))
        return parts[0] if len(parts) == 1 else {"bool": {"filter": parts}}

    def one(self, path: str) -> Query:
        if self.peek().lower() == "not":
            self.take()
            return {"bool": {"must_not": [self.one(path)]}}
        if self.peek() == "(":
            self.take()
            inner = self.either(path)
            assert self.take() == ")"
            return inner
        if self.peek(1) == ":":
            return self.field(path + self.take().strip('"'))
        if self.peek(1) in _RANGES:
            field, sign, value = path + self.take(), self.take(), self.take().strip('"')
            return {"range": {field: {_RANGES[sign]: value}}}
        return _anywhere(self.value())

    def field(self, field: str) -> Query:
        assert self.take() == ":"
        if self.peek() == "{":
            self.take()
            inner = self.either(f"{field}.")
            assert self.take() == "}"
            return {"nested": {"path": field, "query": inner, "score_mode": "none"}}
        return self.values(field) if self.peek() == "(" else self.matches(field, self.value())

    def values(self, field: str) -> Query:
        self.take()
        parts, joint = [self.matches(field, self.value())], "or"
        while self.peek() != ")":
            joint = self.take().lower()
            parts.append(self.matches(field, self.value()))
        self.take()
        return {"bool": {"filter": parts}} if joint == "and" else {"bool": {"should": parts, "minimum_should_match": 1}}

    def value(self) -> str:
        if self.peek().startswith('"'):
            return self.take()
        words = []
        while self.peek() and not re.fullmatch(r'(?i)and|or|not|[(){}<>:]|[<>]=|".*"', self.peek()):
            words.append(self.take())
        assert words, f"a value is missing at {self.tokens[self.at :]}"
        return " ".join(words)

    def matches(self, field: str, value: str) -> Query:
        if value == "*":
            return {"exists": {"field": field}}
        bare = _unescaped(value)
        if field in self.dates:
            return {"range": {field: {"gte": bare, "lte": bare}}}
        if value.startswith('"'):
            return {"match_phrase": {field: bare}}
        if "*" in value:
            return {
                "query_string": {"fields": [field], "query": re.sub(r'([+\-=&|!(){}\[\]^"~?:\\/ ])', r"\\\1", value)}
            }
        return {"match": {field: bare}}


def _anywhere(value: str) -> Query:
    kind = "phrase" if value.startswith('"') else "best_fields"
    return {"multi_match": {"type": kind, "query": _unescaped(value), "lenient": True}}


def _unescaped(value: str) -> str:
    return re.sub(r"\\(.)", r"\1", value.removeprefix('"').removesuffix('"'))
