"""A new generation of the index from the archive alone, beside the live one, which it replaces in one step.

Articles come in the order of their revisions, so what changes meanwhile comes again, later: whoever writes the archive need not
know. Once the generation has all there is, its articles and the archive's are compared; then pushes to the index are
kept waiting for a moment, the generation takes what has come since, and is made the live one.
How far it has come is remembered, so that whatever breaks it off, the next call goes on from there.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from archive.errors import UserError
from archive.revisions import Kept, Revisions, Wanted
from search.checking import Difference, differences
from search.index import Generation, Index, Rejection
from search.query import Either, Exactly

_FILLING, _RETIRED, _REFUSED = "filling", "retired", "refused"
"""What is remembered of generations: "shape goal reached" of one that is filled, the revision up to which one that was live has
all, and why a generation would not take an article."""
_IN_FLIGHT = 2.0
"""Seconds that a generation is left when it is to be removed at once: searches that have just begun read it to their end."""

_ASKED = 100
"""Articles that are asked for at a time."""

Watch = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class Plan:
    """What a re-index would do: the generations that are, the one that it goes on with, and articles to be written."""

    live: str | None
    others: tuple[str, ...]
    resumes: str | None
    articles: int


@dataclass(frozen=True, slots=True)
class Reindexed:
    """What a re-index did. With differences the generation was not made the live one."""

    generation: str | None
    indexed: int = 0
    rejected: tuple[Rejection, ...] = ()
    differences: tuple[Difference, ...] = ()
    removed: tuple[str, ...] = ()
    resumed: bool = False


@dataclass(frozen=True, slots=True)
class _Goal:
    """Up to ``goal`` articles are filled in, each of them once; beyond it they are caught up with. ``reached``: what is in."""

    shape: str
    goal: int
    reached: int = 0

    @classmethod
    def read(cls, text: str) -> _Goal:
        shape, goal, reached = text.split()
        return cls(shape, int(goal), int(reached))

    def __str__(self) -> str:
        return f"{self.shape} {self.goal} {self.reached}"


def planned(archive: Revisions, index: Index) -> Plan:
    """What ``reindex`` would do now. Nothing is written."""
    live, there = index.live(), index.generations()
    begun = _begun(archive, index, live)
    reached = begun[1].reached if begun else 0
    resumes = begun[0] if begun else None
    others = tuple(name for name in there if name not in (live, resumes))
    return Plan(live, others, resumes, archive.count(Wanted()) - archive.until(reached))


def reindex(archive: Revisions, index: Index, keep: int, watch: Watch) -> Reindexed:
    """Build a generation, or go on with the one that was begun, and make it the live one; ``keep`` others stay for ``roll_back``.

    ``watch`` hears how many articles are done, of those that ``planned`` told. Raises IndexUnavailable.
    """
    live = index.live()
    begun = _begun(archive, index, live)
    archive.forget(_FILLING, [name for name in archive.tasks(_FILLING) if not begun or name != begun[0]])
    name, goal = begun or (index.fresh_name(), _Goal(index.shape(), archive.newest()))
    archive.reached(_FILLING, name, str(goal))
    generation = index.generation(name)
    done = 0
    for filled in generation.fill(archive.changed(goal.reached, goal.goal)):
        _remember(archive, name, filled.rejected)
        goal, done = replace(goal, reached=filled.until), filled.articles
        archive.reached(_FILLING, name, str(goal))
        watch(done)
    generation.settle()

    def reached(revision: int, articles: int) -> None:
        nonlocal done
        done += articles
        archive.reached(_FILLING, name, str(replace(goal, reached=revision)))
        watch(done)

    built = _go_live(archive, index, name, max(goal.reached, goal.goal), reached)
    archive.forget(_FILLING, [name])
    if built.differences:
        index.remove(name)
        return replace(built, resumed=bool(begun))
    return replace(built, resumed=bool(begun), removed=_prune(archive, index, keep))


def before(index: Index) -> str:
    """The generation that ``roll_back`` goes back to. Raises UserError when there is none."""
    live = index.live()
    older = [name for name in index.generations() if live and name < live]
    if not older:
        raise UserError("there is no generation before the live one; a re-index keeps the one it replaces (--keep)")
    return older[-1]


def catching_up(archive: Revisions, index: Index) -> int:
    """How many articles ``roll_back`` would write. Raises UserError when there is nothing to go back to."""
    return archive.count(Wanted()) - archive.until(_has(archive, before(index)))


def roll_back(archive: Revisions, index: Index, watch: Watch) -> Reindexed:
    """Give the generation before the live one what has come since, and make it the live one again. The other stays.

    Raises UserError when there is none, IndexUnavailable.
    """
    name, done = before(index), 0

    def reached(_: int, articles: int) -> None:
        nonlocal done
        done += articles
        watch(done)

    since = _has(archive, name)
    _forget_refusals(archive, name)
    gone_back = _go_live(archive, index, name, since, reached)
    if gone_back.differences and since:  # it had not what it was believed to have: everything is written again
        _forget_refusals(archive, name)
        gone_back = _go_live(archive, index, name, 0, reached)
    return gone_back


def write_again(archive: Revisions, index: Index, wanted: Wanted, watch: Watch) -> Reindexed:
    """Write some articles to the live generation again, where they are. Raises IndexUnavailable."""
    done, rejected = 0, []
    for batch in archive.some(wanted):
        with archive.turn():
            refused = _write(index, batch)
            archive.indexed(batch)
            for one in refused:
                archive.refused(one.article_id, one.reason)
        rejected += refused
        done += len(batch)
        watch(done)
    return Reindexed(index.live(), done - len(rejected), tuple(rejected))


def _begun(archive: Revisions, index: Index, live: str | None) -> tuple[str, _Goal] | None:
    """The generation that was begun last and is to be gone on with: it is there, of our shape, and not live."""
    there, shape = set(index.generations()) - {live}, index.shape()
    begun = {name: _Goal.read(text) for name, text in archive.tasks(_FILLING).items()}
    fit = [name for name, goal in begun.items() if name in there and goal.shape == shape]
    return (max(fit), begun[max(fit)]) if fit else None


def _go_live(archive: Revisions, index: Index, name: str, reached: int, watch: Callable[[int, int], None]) -> Reindexed:
    """Bring a generation up to the archive, compare the two, and make it the live one if they are alike."""
    generation = index.generation(name)

    def catch_up(batches: Iterable[list[Kept]]) -> None:
        nonlocal reached
        for batch in batches:
            _remember(archive, name, _write(generation, batch), batch)
            reached = batch[-1].revision
            watch(reached, len(batch))

    catch_up(archive.changed(reached))
    with archive.snapshot() as then:
        catch_up(then.changed(reached))
        generation.settle()
        found = differences(then.entries, generation.entries, _refusals(archive, name))
    found += _losses(archive, index, name)
    if not found:
        catch_up(archive.changed(reached))
        with archive.turn():
            catch_up(archive.changed(reached))
            generation.settle()
            found = _losses(archive, index, name)
            if not found:
                _swap(archive, index, name, reached)
    rejected = tuple(Rejection(article, reason) for article, reason in _refusals(archive, name).items())
    _forget_refusals(archive, name)
    return Reindexed(name, archive.until(reached) - len(rejected), rejected, tuple(found))


def _swap(archive: Revisions, index: Index, name: str, reached: int) -> None:
    live = index.live()
    if live and live != name:
        archive.reached(_RETIRED, live, str(archive.in_index()))
    index.make_live(name)
    archive.indexed_until(reached)
    for article, reason in _refusals(archive, name).items():
        archive.refused(article, reason)


def _has(archive: Revisions, name: str) -> int:
    """The revision up to which a generation that was live had all."""
    return int(archive.tasks(_RETIRED).get(name, "0"))


def _prune(archive: Revisions, index: Index, keep: int) -> tuple[str, ...]:
    """Remove all but the newest generations beside the live one."""
    live = index.live()
    others = [name for name in index.generations() if name != live]
    removed = others[: len(others) - keep] if len(others) > keep else []
    if removed:
        time.sleep(_IN_FLIGHT)
    for name in removed:
        index.remove(name)
    there = set(index.generations())
    archive.forget(_RETIRED, [name for name in archive.tasks(_RETIRED) if name not in there])
    return tuple(removed)


def _losses(archive: Revisions, index: Index, name: str) -> list[Difference]:
    """Articles that can be found now and that the generation would not take: the swap would lose them."""
    refused, lost = sorted(_refusals(archive, name)), list[str]()
    for start in range(0, len(refused), _ASKED):
        some = tuple(Exactly("id", article) for article in refused[start : start + _ASKED])
        lost += [hit.article.id for hit in index.search(Either(some), _ASKED).hits]
    return [Difference("refused", len(lost), 0, tuple(sorted(lost)), ())] if lost else []


def _write(writer: Generation | Index, batch: Sequence[Kept]) -> list[Rejection]:
    return writer.write([one.article for one in batch], [one.revision for one in batch])


def _remember(archive: Revisions, name: str, refused: Sequence[Rejection], batch: Sequence[Kept] = ()) -> None:
    """Note what a generation would not take, and that it took others which it had refused before they changed."""
    archive.forget(f"{_REFUSED} {name}", [one.article.id for one in batch])
    for one in refused:
        archive.reached(f"{_REFUSED} {name}", one.article_id, one.reason)


def _refusals(archive: Revisions, name: str) -> dict[str, str]:
    return archive.tasks(f"{_REFUSED} {name}")


def _forget_refusals(archive: Revisions, name: str) -> None:
    archive.forget(f"{_REFUSED} {name}", list(archive.tasks(f"{_REFUSED} {name}")))
