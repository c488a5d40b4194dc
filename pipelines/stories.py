"""Which articles are one story: the same text in several outlets, lightly edited, cut or mixed with other lines?

A text is found by the MinHash of its shingles (rensa's C-MinHash, Li and Li, "C-MinHash: Rigorously reducing K permutations
to two", 2022), and each of the hashes is a band of its own: two fifths of a text share about two fifths of their hashes with the
whole, where bands of several hashes in a row would share next to none. So many bands find much that is not alike, and each
pair found is compared by its texts: see ``pipelines/likeness.py``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rensa import CMinHash

from archive.article import Article, Role
from archive.stories import in_order
from pipelines.agencies import agency_at_home
from pipelines.likeness import are_alike
from pipelines.shingles import is_unspaced, shingled, words_of

BANDS = 32
_SEED = 1
_BITS = 47
"""Of a band: few enough for six bytes in SQLite, and a chance in millions that two of 10 million articles share one unduly."""
SHORTEST = 24
"""Words, or half of the characters in scripts without spaces, below which a text is too short to be told from a notice."""


@dataclass(frozen=True, slots=True)
class Sketch:
    """What a text is found by, and how two that were found are compared. Made where it is derived, in a worker."""

    bands: tuple[int, ...]

    def is_same_story(self, one: Article, other: Article) -> bool:
        """Is one of these texts the other's near-duplicate?"""
        return are_alike(one, other)

    def roles(self, members: Sequence[Article]) -> dict[str, Role]:
        """Each article's role in the story that all of these are."""
        return roles_of(members)


def sketch_of(body: str) -> Sketch:
    """A text's sketch: the same in each process and on each machine."""
    words = words_of(body)
    unspaced = is_unspaced(words)
    if len(words) < (2 * SHORTEST if unspaced else SHORTEST):
        return Sketch(())
    hashes = CMinHash(num_perm=BANDS, seed=_SEED)
    hashes.update(shingled(words, unspaced).shingles)
    return Sketch(tuple(sorted({value & ((1 << _BITS) - 1) for value in hashes.digest_u64()})))


def roles_of(members: Sequence[Article]) -> dict[str, Role]:
    """By article id: the agency's own article is the original, or else the earliest that credits no agency.

    All others are republished; there is no original where all credit an agency whose article is not among them.
    """
    agencies = {article.agency for article in members if article.agency}
    home = {one.id: agency_at_home(one.url, one.outlet.name) & agencies for one in members} if agencies else {}
    own = [article for article in members if not article.agency or article.agency in home[article.id]]
    sources = [article for article in own if home.get(article.id)]
    sources = sources or [article for article in own if article.outlet.kind == "agency"] or own
    original = min(sources, key=in_order).id if sources else None
    return {article.id: "original" if article.id == original else "republished" for article in members}
