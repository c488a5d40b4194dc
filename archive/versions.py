"""Is this a new version of an article, and was it edited in silence? Decided by the clean body alone: a page changes with every
fetch, its text seldom."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from archive.article import Article, Precision
from archive.links import Outcome
from archive.tombstones import gone_since, missed_since
from archive.typography import unset

_WHERE_IT_CAME_FROM = frozenset({"version", "first_seen_at", "fetched_at", "capture", "extractor", "url"})
_OF_THE_TEXT = ("version", "body", "content_hash", "word_count", "capture")
"""What stays as it was captured while the text stays the same; headline, dates and the rest follow the page."""
_OF_THE_HISTORY = ("silently_edited", "gone_at", "story", "role")
"""What a page does not say of itself: what is known of earlier captures and of other outlets."""
_LASTS: dict[Precision, timedelta] = {
    "day": timedelta(days=1),
    "minute": timedelta(minutes=1),
    "second": timedelta(seconds=1),
}


@dataclass(frozen=True, slots=True)
class Held:
    """What the archive holds of one page: the article as it stands, its versions, when the page was last seen with an
    article on it, and when it was found missing, ``sure`` where one look is enough."""

    article: Article | None = None
    versions: tuple[Article, ...] = ()
    seen_at: datetime | None = None
    missed: tuple[datetime, ...] = ()
    sure: frozenset[datetime] = frozenset()


@dataclass(frozen=True, slots=True)
class Decision:
    """What to do with an article: ``current`` is what the store then holds as the article.

    ``written`` are the versions to be put down: the new one, and those that are now known to be silent edits.
    ``changes_current`` when the index must be told.
    """

    outcome: Outcome
    current: Article
    written: tuple[Article, ...]
    changes_current: bool
    seen_at: datetime | None


def decide(held: Held, new: Article) -> Decision:
    """Weigh a newly derived article against what is held.

    A capture that is older than what was seen last (they come with imports) never replaces it.
    """
    seen_at = _latest(held.seen_at, new.fetched_at)
    gone_at = gone_since(held.missed, seen_at, held.sure)
    known = held.article
    if known is None:
        first = new.model_copy(update={"version": 1, "first_seen_at": new.fetched_at})
        current = first.model_copy(update={"gone_at": gone_at})
        return Decision(Outcome.NEW, current, (first,), changes_current=True, seen_at=seen_at)
    older = bool(held.seen_at and new.fetched_at and new.fetched_at < held.seen_at)
    written = [version.model_copy(update={"silently_edited": True}) for version in _shown_silent(held, new)]
    if says_the_same(known, new) or (older and any(says_the_same(version, new) for version in held.versions)):
        outcome, current = Outcome.UNCHANGED, known if older else _followed(known, new)
    else:
        recorded = _recorded(held, new)
        written.append(recorded)
        outcome, current = Outcome.UPDATED, known if older else recorded
    current = current.model_copy(
        update={
            "first_seen_at": _earliest(known.first_seen_at, new.fetched_at),
            "gone_at": gone_at,
            "silently_edited": known.silently_edited or any(version.silently_edited for version in written),
            "story": known.story,
            "role": known.role,
        }
    )
    return Decision(outcome, current, tuple(written), changes_current=current != known, seen_at=seen_at)


def missed(held: Held, at: datetime) -> tuple[Outcome, Article] | None:
    """What becomes of an article whose page was found missing at ``at``, which is among ``held.missed``.

    None when there is no article, or when its page was seen later.
    """
    if held.article is None or at not in missed_since(held.missed, held.seen_at):
        return None
    gone_at = gone_since(held.missed, held.seen_at, held.sure)
    return Outcome.GONE if gone_at else Outcome.MISSING, held.article.model_copy(update={"gone_at": gone_at})


def instead_of(known: Article, again: Article) -> Article:
    """An article derived again from the capture of a known one, in that one's place."""
    kept = ("version", "first_seen_at", "fetched_at", *_OF_THE_HISTORY)
    return again.model_copy(update={name: getattr(known, name) for name in kept})


def in_order(versions: Iterable[Article]) -> list[Article]:
    """Versions in the order in which the page had them, which is not the order of their numbers where captures were imported."""
    return sorted(versions, key=lambda one: (one.fetched_at.timestamp() if one.fetched_at else 0.0, one.version))


def last_two(current: Article, versions: Iterable[Article]) -> tuple[Article, Article]:
    """What the page said before, and the article as it stands; of one that was never changed, as it was first put down.

    The second is called silently edited when that version was.
    """
    ordered = in_order(versions)
    at = next((at for at, one in enumerate(ordered) if one.version == current.version), None)
    if at is None:
        return current, current
    return ordered[max(at - 1, 0)], current.model_copy(update={"silently_edited": ordered[at].silently_edited})


def says_the_same(one: Article, other: Article) -> bool:
    """Have they the same text, however it is set?"""
    return one.content_hash == other.content_hash or unset(one.body) == unset(other.body)


def is_silent(before: Article, seen_at: datetime | None, after: Article) -> bool:
    """Was the text changed after it was seen at ``seen_at``, on a page that says it was last changed before that?

    A page that states no date of change claims nothing, and one that states a day may have been changed until that day was over.
    """
    if before.modified_at is None or after.modified_at is None or seen_at is None:
        return False
    claim_ends = after.modified_at + _LASTS[after.modified_precision or "day"]
    return after.modified_at <= before.modified_at and claim_ends <= seen_at and not says_the_same(before, after)


def _recorded(held: Held, new: Article) -> Article:
    """The new version, as it is put down."""
    number = max((version.version for version in held.versions), default=1) + 1
    sightings = [(version, version.fetched_at) for version in held.versions]
    if held.article:
        sightings.append((held.article, held.seen_at))
    before = [(seen, at) for seen, at in sightings if at and new.fetched_at and at < new.fetched_at]
    return new.model_copy(
        update={
            "version": number,
            "first_seen_at": _earliest(held.article.first_seen_at if held.article else None, new.fetched_at),
            "silently_edited": any(is_silent(seen, at, new) for seen, at in before),
        }
    )


def _shown_silent(held: Held, new: Article) -> list[Article]:
    """Later versions that an older capture shows to be silent edits."""
    at = new.fetched_at
    later = [one for one in held.versions if at and one.fetched_at and one.fetched_at > at]
    return [one for one in later if not one.silently_edited and is_silent(new, at, one)]


def _followed(known: Article, new: Article) -> Article:
    """The known article with what else the page says now."""
    kept = {name: getattr(known, name) for name in (*_OF_THE_TEXT, *_OF_THE_HISTORY, "first_seen_at")}
    followed = new.model_copy(update=kept)
    return known if _substance(known) == _substance(followed) else followed


def _substance(article: Article) -> dict[str, Any]:
    return article.model_dump(exclude=set(_WHERE_IT_CAME_FROM))


def _latest(*instants: datetime | None) -> datetime | None:
    return max((at for at in instants if at), default=None)


def _earliest(*instants: datetime | None) -> datetime | None:
    return min((at for at in instants if at), default=None)
