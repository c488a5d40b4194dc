"""An article's fields as an index sees them. Both backends' mappings follow from the schema in ``archive/article.py``."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import cache
from types import NoneType, UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

from pydantic import BaseModel

from archive.article import Article


class Kind(StrEnum):
    """How a field's values are indexed."""

    TEXT = "text"
    KEYWORD = "keyword"
    DATE = "date"
    INTEGER = "integer"
    BOOLEAN = "boolean"


@dataclass(frozen=True, slots=True)
class IndexField:
    """One leaf of an article: ``path`` is dotted (``outlet.id``), ``description`` what the schema says of it."""

    path: str
    kind: Kind
    description: str | None = None


@cache
def index_fields() -> tuple[IndexField, ...]:
    """Every leaf of an article, in the schema's order."""
    return fields_of(Article)


def fields_of(model: type[BaseModel]) -> tuple[IndexField, ...]:
    """Every leaf of a model, in the schema's order."""
    return tuple(_leaves(model, ""))


def values(article: BaseModel, path: str) -> list[Any]:
    """The values of one leaf: none, one, or many, as of ``images.caption``."""
    found: list[Any] = [article]
    for name in path.split("."):
        parts = [getattr(value, name, None) for value in found]
        found = [one for part in parts if part is not None for one in (part if isinstance(part, tuple) else (part,))]
    return found


def _leaves(model: type[BaseModel], prefix: str) -> Iterator[IndexField]:
    for name, annotation in get_type_hints(model, include_extras=True).items():
        if name not in model.model_fields:
            continue
        kind = _kind(annotation)
        if isinstance(kind, Kind):
            yield IndexField(prefix + name, kind, model.model_fields[name].description)
        else:
            yield from _leaves(kind, f"{prefix}{name}.")


def _kind(annotation: Any) -> Kind | type[BaseModel]:
    origin = get_origin(annotation)
    if origin is Annotated:
        return Kind.TEXT if "text" in annotation.__metadata__ else _kind(get_args(annotation)[0])
    if origin in (Union, UnionType):
        (inner,) = (part for part in get_args(annotation) if part is not NoneType)
        return _kind(inner)
    if origin is tuple:
        return _kind(get_args(annotation)[0])
    if origin is Literal:
        return Kind.KEYWORD
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return {str: Kind.KEYWORD, datetime: Kind.DATE, bool: Kind.BOOLEAN, int: Kind.INTEGER}[annotation]
