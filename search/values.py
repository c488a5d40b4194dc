"""How values that are matched whole are indexed, so that an analyst need not type them as they are written: communique, jp, nato."""

from __future__ import annotations

from search.tokens import folded

CODES = frozenset({"countries", "dyads", "outlet.country", "country_weights.country"})
"""ISO 3166 codes, in capitals: as maps and panels join them."""
NAMES = frozenset(
    {
        "outlet.id",
        "outlet.name",
        "outlet.kind",
        "outlet.ownership",
        "kind",
        "access",
        "language",
        "organizations",
        "role",
    }
)
"""Words and names: without case and accents. As they are written they are counted beside it, in ``.raw``."""


def normalized(path: str, value: str) -> str:
    """A value as the index has it.

    >>> normalized("kind", "Communiqué"), normalized("countries", "jp"), normalized("url", "https://A")
    ('communique', 'JP', 'https://A')
    """
    if path in CODES:
        return value.upper()
    return folded(value) if path in NAMES else value
