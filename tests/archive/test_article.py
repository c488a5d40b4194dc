from __future__ import annotations

import json

import pytest
from articles import an_article
from pydantic import ValidationError

from archive.article import Article


def stored(**fields: object) -> Article:
    """An article as it was stored before there was the field ``access`` or ``kind``."""
    known = json.loads(an_article().model_dump_json())
    del known["access"], known["kind"]
    return Article.model_validate_json(json.dumps({**known, **fields}))


@pytest.mark.parametrize(
    ("fields", "access"),
    [
        ({}, "full"),
        ({"paywalled": True}, "metered"),
        ({"paywalled": True, "truncated": True}, "preview"),
        ({"truncated": True}, "preview"),
    ],
)
def test_an_article_that_was_stored_before_has_its_access(fields: dict[str, bool], access: str) -> None:
    assert stored(**fields).access == access


def test_its_kind_is_unknown() -> None:
    assert stored().kind == "unknown"


@pytest.mark.parametrize("fields", [{"kind": "essay"}, {"access": "half"}])
def test_other_values_are_refused(fields: dict[str, str]) -> None:
    with pytest.raises(ValidationError):
        an_article(**fields)
