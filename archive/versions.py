"""Is this a new version of an article? Decided by the clean body alone: a page changes with every fetch, its text seldom."""

from __future__ import annotations

from dataclasses import dataclass

from archive.article import Article
from archive.links import Outcome

_WHERE_IT_CAME_FROM = frozenset({"version", "first_seen_at", "fetched_at", "capture", "extractor", "url"})
_WHERE_IT_BELONGS = frozenset({"story", "role"})
"""Told by other articles too: a page that is derived again knows nothing of them."""


@dataclass(frozen=True, slots=True)
class Decision:
    """What to do with an article: ``current`` is what the store then holds as the article.

    ``adds_version`` when ``recorded`` is a text not seen before; ``changes_current`` when the index must be told.
    """

    outcome: Outcome
    current: Article
    recorded: Article
    adds_version: bool
    changes_current: bool


def decide(known: Article | None, hashes: frozenset[str], versions: int, new: Article) -> Decision:
    """Weigh a newly derived article against the one that is known.

    ``hashes`` are the content hashes of all its versions, ``versions`` their number. A capture that is older than the
    current one (they come with imports) never replaces it.
    """
    if known is None:
        first = new.model_copy(update={"version": 1, "first_seen_at": new.fetched_at})
        return Decision(Outcome.NEW, first, first, adds_version=True, changes_current=True)
    seen = [at for at in (known.first_seen_at, new.fetched_at) if at]
    first_seen = min(seen) if seen else None
    older = bool(known.fetched_at and new.fetched_at and new.fetched_at < known.fetched_at)
    fresh = new.content_hash not in hashes
    if new.content_hash == known.content_hash or (older and not fresh):
        return _unchanged(known, new, first_seen, older)
    recorded = new.model_copy(update={"version": versions + 1, "first_seen_at": first_seen})
    if older:
        current = known.model_copy(update={"first_seen_at": first_seen})
        return Decision(Outcome.UPDATED, current, recorded, adds_version=True, changes_current=current != known)
    return Decision(Outcome.UPDATED, recorded, recorded, adds_version=True, changes_current=True)


def _unchanged(known: Article, new: Article, first_seen: object, older: bool) -> Decision:
    keeping = {"version": known.version, "first_seen_at": first_seen, "story": known.story, "role": known.role}
    same = older or _substance(known) == _substance(new)
    current = known.model_copy(update=keeping) if same else new.model_copy(update={**keeping, "capture": known.capture})
    return Decision(Outcome.UNCHANGED, current, current, adds_version=False, changes_current=current != known)


def _substance(article: Article) -> dict[str, object]:
    return article.model_dump(exclude=set(_WHERE_IT_CAME_FROM | _WHERE_IT_BELONGS))
