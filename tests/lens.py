"""A Lens chart as the request that Kibana sends to Elasticsearch, and the same answer worked out in plain Python."""

from __future__ import annotations

import statistics
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

from kql import translated

Document = dict[str, Any]
Row = tuple[Any, ...]
_SIMPLE = {"sum": "sum", "min": "min", "max": "max", "unique_count": "cardinality"}


class Chart:
    """One layer of a chart: its buckets, its metrics, its filter."""

    def __init__(self, lens: dict[str, Any], dates: frozenset[str] = frozenset()) -> None:
        state = lens["attributes"]["state"]
        assert not state["filters"]
        (layer,) = state["datasourceStates"]["formBased"]["layers"].values()
        self.query = translated(state["query"]["query"], dates)
        self.columns: dict[str, dict[str, Any]] = layer["columns"]
        self.buckets = [name for name in layer["columnOrder"] if self.columns[name]["isBucketed"]]
        self.metrics = [name for name in layer["columnOrder"] if not self.columns[name]["isBucketed"]]
        self.dates = dates

    # As Kibana asks

    def request(self) -> dict[str, Any]:
        """The body of the search, for all times."""
        return {"size": 0, "query": {"bool": {"filter": [self.query]}}, "aggs": self._aggregations(list(self.buckets))}

    def _aggregations(self, left: list[str]) -> dict[str, Any]:
        if not left:
            return {name: agg for name in self.metrics if (agg := self._metric(name))}
        inner = self._aggregations(left[1:])
        aggregation = self._bucket(left[0])
        order = self._order(left[0])
        if len(left) > 1 and order and order[0] != "_count":
            inner = {**inner, order[0]: self._metric(order[0])}
        return {left[0]: {**aggregation, "aggs": inner}} if inner else {left[0]: aggregation}

    def _bucket(self, name: str) -> dict[str, Any]:
        column = self.columns[name]
        field, params = column["sourceField"], column["params"]
        if column["operationType"] == "date_histogram":
            return {
                "date_histogram": {"field": field, "calendar_interval": "1d", "time_zone": "UTC", "min_doc_count": 1}
            }
        assert column["operationType"] == "terms"
        terms: dict[str, Any] = {"field": field, "size": params["size"], "shard_size": 1000}
        if params["missingBucket"]:
            terms["missing"] = "__missing__"
        if order := self._order(name):
            terms["order"] = {order[0]: order[1]}
        return {"terms": terms}

    def _order(self, name: str) -> tuple[str, str] | None:
        column = self.columns[name]
        if column["operationType"] != "terms":
            return None
        by = column["params"]["orderBy"]
        if by["type"] == "alphabetical":
            return "_key", column["params"]["orderDirection"]
        assert by["type"] == "column"
        counted = self.columns[by["columnId"]]["operationType"] == "count"
        return "_count" if counted else by["columnId"], column["params"]["orderDirection"]

    def _metric(self, name: str) -> dict[str, Any] | None:
        column = self.columns[name]
        operation, field = column["operationType"], column["sourceField"]
        if operation == "count":
            return None
        if operation == "median":
            return {"percentiles": {"field": field, "percents": [50]}}
        if operation == "last_value":
            assert column["params"]["showArrayValues"]
            sort = [{column["params"]["sortField"]: "desc"}]
            hits = {"top_hits": {"size": 1, "sort": sort, "docvalue_fields": [field], "_source": False}}
            return {"filter": translated(column["filter"]["query"], self.dates), "aggs": {"hit": hits}}
        return {_SIMPLE[operation]: {"field": field}}

    def rows(self, answer: dict[str, Any]) -> dict[Row, Row]:
        """What the answer says: the metrics by the buckets' keys."""
        return dict(self._rows(answer["aggregations"], list(self.buckets), ()))

    def _rows(self, told: dict[str, Any], left: list[str], key: Row) -> Iterator[tuple[Row, Row]]:
        for bucket in told[left[0]]["buckets"]:
            here = (*key, bucket["key"])
            if len(left) > 1:
                yield from self._rows(bucket, left[1:], here)
            else:
                yield here, tuple(self._told(name, bucket) for name in self.metrics)

    def _told(self, name: str, bucket: dict[str, Any]) -> Any:
        operation = self.columns[name]["operationType"]
        if operation == "count":
            return bucket["doc_count"]
        if operation == "median":
            return bucket[name]["values"]["50.0"]
        if operation == "last_value":
            hits = bucket[name]["hit"]["hits"]["hits"]
            return hits[0]["fields"][self.columns[name]["sourceField"]][0] if hits else None
        return bucket[name]["value"]

    # As anyone would work it out

    def expected(self, documents: list[Document]) -> dict[Row, Row]:
        """The same rows from the documents that the filter lets through, without a limit to the number of buckets."""
        groups: dict[Row, list[Document]] = {}
        for document in documents:
            for key in self._keys(document, list(self.buckets)):
                groups.setdefault(key, []).append(document)
        return {key: tuple(self._worked_out(name, group) for name in self.metrics) for key, group in groups.items()}

    def _keys(self, document: Document, left: list[str]) -> Iterator[Row]:
        if not left:
            yield ()
            return
        column = self.columns[left[0]]
        found: list[Any] = sorted(set(values(document, column["sourceField"])))
        if column["operationType"] == "date_histogram":
            found = sorted({millis(value) // 86_400_000 * 86_400_000 for value in found})
        elif not found and column["params"]["missingBucket"]:
            found = ["__missing__"]
        for value in found:
            for rest in self._keys(document, left[1:]):
                yield (value, *rest)

    def _worked_out(self, name: str, group: list[Document]) -> Any:
        column = self.columns[name]
        operation, field = column["operationType"], column["sourceField"]
        if operation == "count":
            return len(group)
        found = [value for document in group for value in values(document, field)]
        if operation == "unique_count":
            return len(set(found))
        if operation == "last_value":
            dated = [one for one in group if values(one, field) and one[column["params"]["sortField"]]]
            newest = max((one[column["params"]["sortField"]] for one in dated), default=None)
            return {values(one, field)[0] for one in dated if one[column["params"]["sortField"]] == newest}
        if column["dataType"] == "date":
            found = [millis(value) for value in found]
        if operation == "median":
            return (statistics.median_low(found), statistics.median_high(found)) if found else None
        return {"sum": sum, "min": min, "max": max}[operation](found) if found else (0 if operation == "sum" else None)


def values(document: Document, path: str) -> list[Any]:
    """The values of a field, sub-fields and runtime fields included."""
    if path == "hours_to_capture":
        return _hours(document["published_at"], document["first_seen_at"], document["published_precision"] != "day")
    found: list[Any] = [document]
    for name in path.removesuffix(".raw").split("."):
        parts = [value.get(name) for value in found]
        found = [one for part in parts if part is not None for one in (part if isinstance(part, list) else [part])]
    return found


def _hours(since: str | None, until: str | None, known: bool) -> list[float]:
    return [(millis(until) - millis(since)) / 3_600_000] if since and until and known else []


def millis(instant: str) -> int:
    """An instant as Elasticsearch keeps it: in milliseconds, the rest cut off."""
    return (datetime.fromisoformat(instant) - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(milliseconds=1)
