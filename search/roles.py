"""The roles that an operator gives in Elasticsearch: what the crawler needs, what an analyst needs, and no more.

The privileges are those of Elasticsearch's reference ("Security privileges"); that they are enough, and that the rest is
refused, is tested on a cluster with security on.
"""

from __future__ import annotations

from typing import Any

Role = dict[str, Any]

_KIBANA = ("discover", "dashboard", "visualize", "maps")
"""Kibana's features, by the names that 8.x gives them and 9.x still reads."""


def crawler_role(alias: str) -> Role:
    """To make, fill, swap and remove generations ``<alias>-…`` and the index of runs; to search; to ask for the cluster's version.

    ``manage`` is needed because no lesser privilege moves an alias.
    """
    return {
        "cluster": ["monitor"],
        "indices": [{"names": [alias, f"{alias}-*"], "privileges": ["manage", "read", "write"]}],
    }


def analyst_role(alias: str) -> Role:
    """To search and to see which fields there are; in Kibana to open what is installed there, in every space."""
    return {
        "cluster": [],
        "indices": [{"names": [alias, f"{alias}-*"], "privileges": ["read", "view_index_metadata"]}],
        "applications": [
            {
                "application": "kibana-.kibana",
                "privileges": [f"feature_{feature}.read" for feature in _KIBANA],
                "resources": ["*"],
            }
        ],
    }


def roles(alias: str) -> dict[str, Role]:
    """The roles by name, each a body for ``PUT _security/role/<name>``."""
    return {f"{alias}_crawler": crawler_role(alias), f"{alias}_analyst": analyst_role(alias)}
