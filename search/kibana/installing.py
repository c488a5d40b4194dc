"""Puts our objects into a space of Kibana, and leaves alone what its users made or changed."""

from __future__ import annotations

from dataclasses import dataclass

from archive.errors import KibanaUnavailable, UserError
from search.kibana.client import Kibana, Problem
from search.kibana.compiled import our_objects
from search.kibana.deciding import VIEW, Found, Standing, merged, standing
from search.kibana.objects import ARTICLES, VERSION, SavedObject, in_space, ndjson

_CONFLICT = "conflict"
_Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Installed:
    """What an installation did: objects that were new, put in again, and left as their users changed them."""

    kibana: str
    new: tuple[SavedObject, ...]
    again: tuple[SavedObject, ...]
    left: tuple[SavedObject, ...]


def install(kibana: Kibana, alias: str, *, overwrite: bool) -> Installed:
    """Put in the objects for the articles of this alias. Run again, it changes nothing but what an update brings.

    ``overwrite`` also replaces what users changed, and what a newer Dragoman put in. Raises KibanaUnavailable, and
    UserError where the space has a newer Dragoman's objects, or those of another alias, and they are not to be overwritten.
    """
    version = kibana.check()
    ours = {(one.type, one.id): one for one in our_objects(alias, kibana.address.space)}
    there = _there(kibana, ours)
    standings = {key: standing(found) for key, found in there.items()}
    if not overwrite:
        _refuse(standings, alias)
    left = {key for key, how in standings.items() if how is Standing.CHANGED and not overwrite}
    wanted = {key: _wanted(one, there.get(key)) for key, one in ours.items() if key not in left}
    if there:
        _see(kibana.put(ndjson(wanted.values()), overwrite=True))
    kibana.prefer(in_space_id(ARTICLES, kibana))
    return Installed(
        version,
        new=tuple(one for key, one in ours.items() if key not in there),
        again=tuple(ours[key] for key in there if key not in left),
        left=tuple(ours[key] for key in there if key in left),
    )


def in_space_id(name: str, kibana: Kibana) -> str:
    """The id that one of our objects has in this space."""
    return in_space(SavedObject(VIEW, name, {}), kibana.address.space).id


def _there(kibana: Kibana, ours: dict[_Key, SavedObject]) -> dict[_Key, Found]:
    """Which of ours are there: an import that must not overwrite says so. It writes all of them if none is, and none else."""
    problems = kibana.put(ndjson(ours.values()), overwrite=False)
    _see([one for one in problems if not one.reason.startswith(_CONFLICT)])
    known = [key for one in problems if (key := (one.type, one.id)) in ours]
    if not known:
        return {}
    found = {(str(one.get("type")), str(one.get("id"))): one for one in kibana.take(known)}
    return {key: Found(found.get(key, {}), ours[key]) for key in known}


def _wanted(ours: SavedObject, found: Found | None) -> SavedObject:
    return merged(found) if found and ours.type == VIEW else ours


def _refuse(standings: dict[_Key, Standing], alias: str) -> None:
    if Standing.NEWER in standings.values():
        raise UserError(
            f"a newer Dragoman put its objects into this space, ours are of version {VERSION}; update Dragoman, "
            "or replace them with --overwrite"
        )
    if Standing.OTHER_ALIAS in standings.values():
        raise UserError(
            f"the data views in this space are of another alias than {alias!r}; install into another --space, "
            "or replace them with --overwrite"
        )


def _see(problems: list[Problem]) -> None:
    if problems:
        shown = "; ".join(f"{one.type} {one.id}: {one.reason}" for one in problems[:3])
        more = f" and {len(problems) - 3} more" if len(problems) > 3 else ""
        raise KibanaUnavailable(f"Kibana does not take our objects: {shown}{more}")
