"""An article as a document of Elasticsearch, and back: what maps need is put in, and taken out again."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from archive.article import Article

_DERIVED = ("country_points",)
"""Fields that a document has beside the article's."""


def document_text(article: Article) -> str:
    """What is sent to be indexed, as JSON; ``country_points`` has a point for each of ``countries``, for maps."""
    known = centres()
    points = [known[code] for code in article.countries if code in known]
    return f'{article.model_dump_json().removesuffix("}")},"country_points":{json.dumps(points)}}}'


def article_in(source: Mapping[str, Any]) -> Article:
    """The article of a document."""
    return Article.model_validate({name: value for name, value in source.items() if name not in _DERIVED})


@cache
def centres() -> dict[str, dict[str, float]]:
    """By country code, where its mark stands on a map."""
    lines = (Path(__file__).parent / "centres.txt").read_text("utf-8").splitlines()
    cells = [cell for line in lines if not line.startswith("#") for cell in line.split()]
    codes, latitudes, longitudes = cells[::3], cells[1::3], cells[2::3]
    return {
        code: {"lat": float(latitude), "lon": float(longitude)}
        for code, latitude, longitude in zip(codes, latitudes, longitudes, strict=True)
    }
