"""The map of the world: articles by the countries they speak of.

Shapes are Elastic's (EMS ``world_countries``), which the browser fetches; they are joined with our codes by ``iso2``.
"""

from __future__ import annotations

from typing import Any

from search.kibana.objects import ARTICLES, PREFIX, Reference, SavedObject, compact, signed

COUNTRIES = f"{PREFIX}map-countries"
_JOIN = "countries"
_COUNTED = f"__kbnjoin__count__{_JOIN}"
"""What Maps calls the joined count: ``__kbnjoin__<aggregation>__<join's id>`` (elastic/kibana, maps/common/get_agg_key.ts)."""
_VIEW = "layer_1_join_0_index_pattern"
_OUTLINE = "#FFFFFF"


def map_of_countries() -> SavedObject:
    """The map."""
    attributes = {
        "title": "Articles by country spoken of",
        "description": signed("Each country by how many articles speak of it"),
        "layerListJSON": compact([_GROUND, _countries()]),
        "mapStateJSON": compact(_STATE),
        "uiStateJSON": compact({"isLayerTOCOpen": False, "openTOCDetails": []}),
    }
    return SavedObject("map", COUNTRIES, attributes, (Reference(_VIEW, "index-pattern", ARTICLES),))


_GROUND = {
    "sourceDescriptor": {"type": "EMS_TMS", "isAutoSelect": True, "lightModeDefault": "road_map_desaturated"},
    "id": "ground",
    "label": None,
    "minZoom": 0,
    "maxZoom": 24,
    "alpha": 1,
    "visible": True,
    "style": {"type": "TILE"},
    "includeInFitToBounds": True,
    "type": "EMS_VECTOR_TILE",
}
_STATE = {
    "zoom": 1.4,
    "center": {"lon": 10, "lat": 25},
    "timeFilters": {"from": "now-90d", "to": "now"},
    "refreshConfig": {"isPaused": True, "interval": 0},
    "query": {"query": "", "language": "kuery"},
    "filters": [],
    "settings": {
        "autoFitToDataBounds": False,
        "disableInteractive": False,
        "disableTooltipControl": False,
        "hideToolbarOverlay": False,
        "hideLayerControl": False,
        "hideViewControl": False,
        "initialLocation": "LAST_SAVED_LOCATION",
        "fixedLocation": {"lat": 0, "lon": 0, "zoom": 2},
        "browserLocation": {"zoom": 2},
        "maxZoom": 24,
        "minZoom": 0,
        "showScaleControl": False,
        "showSpatialFilters": True,
        "showTimesliderToggleButton": True,
    },
}


def _countries() -> dict[str, Any]:
    right = {
        "type": "ES_TERM_SOURCE",
        "id": _JOIN,
        "term": "countries",
        "metrics": [{"type": "count", "label": "Articles"}],
        "indexPatternRefName": _VIEW,
        "applyGlobalQuery": True,
        "applyGlobalTime": True,
        "applyForceRefresh": True,
    }
    return {
        "sourceDescriptor": {"type": "EMS_FILE", "id": "world_countries", "tooltipProperties": ["name", "iso2"]},
        "id": "countries",
        "label": "Articles",
        "type": "GEOJSON_VECTOR",
        "minZoom": 0,
        "maxZoom": 24,
        "alpha": 0.75,
        "visible": True,
        "includeInFitToBounds": True,
        "joins": [{"leftField": "iso2", "right": right}],
        "style": {"type": "VECTOR", "isTimeAware": True, "properties": _style()},
    }


def _style() -> dict[str, Any]:
    shade = {
        "color": "Blues",
        "colorCategory": "palette_0",
        "field": {"name": _COUNTED, "origin": "join"},
        "fieldMetaOptions": {"isEnabled": False, "sigma": 3},
        "type": "ORDINAL",
        "useCustomColorRamp": False,
    }
    return {
        "icon": {"type": "STATIC", "options": {"value": "marker"}},
        "fillColor": {"type": "DYNAMIC", "options": shade},
        "lineColor": {"type": "STATIC", "options": {"color": _OUTLINE}},
        "lineWidth": {"type": "STATIC", "options": {"size": 1}},
        "iconSize": {"type": "STATIC", "options": {"size": 6}},
        "iconOrientation": {"type": "STATIC", "options": {"orientation": 0}},
        "labelText": {"type": "STATIC", "options": {"value": ""}},
        "labelColor": {"type": "STATIC", "options": {"color": "#000000"}},
        "labelSize": {"type": "STATIC", "options": {"size": 14}},
        "labelBorderColor": {"type": "STATIC", "options": {"color": "#FFFFFF"}},
        "symbolizeAs": {"options": {"value": "circle"}},
        "labelBorderSize": {"options": {"size": "SMALL"}},
    }
