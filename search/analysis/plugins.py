"""Which analysis plugins has a cluster on all of its nodes?"""

from __future__ import annotations

from elasticsearch import ApiError, Elasticsearch


def plugins_of(client: Elasticsearch) -> frozenset[str]:
    """Their names (``analysis-kuromoji``); none where we may not ask, which takes the cluster privilege ``monitor``."""
    try:
        nodes = client.nodes.info(metric="plugins")["nodes"].values()
    except ApiError as reason:
        if reason.status_code in (401, 403):
            return frozenset()
        raise
    has = [{plugin["name"] for plugin in node.get("plugins", ())} for node in nodes]
    return frozenset(set.intersection(*has)) if has else frozenset()
