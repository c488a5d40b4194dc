"""The table of stories: who shares a text with whom. It is decided by the texts; what is found here is what is worth comparing."""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Iterable, Iterator

from sqlalchemy import Connection, bindparam, insert, select, update

from archive.article import Article
from archive.database import Tables
from archive.stories import Sketch, in_order
from archive.story_bands import batches, candidates, put_bands
from archive.tables import articles, stories

_READ, _TRIED, _TRIED_FAINT, _TRIED_ALIKE = 24, 8, 2, 3
"""Articles that are read for a new one, those whose texts are compared with it, those among them that share one band only, and those of one
story or of its own outlet: the issues of a series are all found, and none of them is the same."""
_REGROUPED = 60
"""Members of a story that are compared with each other when one of them has changed; of a larger one the others stay together."""
_AT_ONCE = 500
"""Articles in memory at a time."""

# Asked for with each article that is kept: made once, because SQLAlchemy takes longer to make a statement than SQLite to answer it.
_ROW = select(stories).where(stories.c.article_id == bindparam("article"))
_READ_OF = select(articles.c.id, articles.c.outlet, articles.c.document).where(
    articles.c.id.in_(bindparam("articles", expanding=True))
)
_MEMBERS = (
    select(articles.c.document)
    .join(stories, stories.c.article_id == articles.c.id)
    .where(stories.c.story.in_(bindparam("stories", expanding=True)))
    .order_by(articles.c.id)
)
_NEW_ROW = insert(stories)
_NEW_BANDS = update(stories).where(stories.c.article_id == bindparam("article")).values(bands=bindparam("packed"))
_NEW_STORY = update(stories).where(stories.c.article_id == bindparam("article")).values(story=bindparam("told"))
_NEW_DOCUMENT = update(articles).where(articles.c.id == bindparam("article")).values(document=bindparam("text"))


class Stories(Tables):
    """The table of stories, for readers. Every method is one transaction."""

    def members(self, story: str) -> list[Article]:
        """The articles of a story, the earliest first."""
        with self._transaction() as connection:
            return sorted(_members(connection, {story}), key=in_order)

    def outlets(self, wanted: Iterable[str]) -> dict[str, list[str]]:
        """By story, the outlet of each of its articles."""
        found: dict[str, list[str]] = {}
        with self._transaction() as connection:
            for some in batches(sorted(set(wanted))):
                rows = (
                    select(stories.c.story, articles.c.outlet)
                    .join(articles, articles.c.id == stories.c.article_id)
                    .where(stories.c.story.in_(some))
                )
                for row in connection.execute(rows):
                    found.setdefault(row.story, []).append(row.outlet)
        return found

    def untold(self) -> Iterator[Article]:
        """Articles that are in no story yet: an older version of Dragoman kept them."""
        last = ""
        while True:
            wanted = (
                select(articles.c.document)
                .outerjoin(stories, stories.c.article_id == articles.c.id)
                .where(stories.c.article_id.is_(None), articles.c.id > last)
                .order_by(articles.c.id)
                .limit(_AT_ONCE)
            )
            with self._transaction() as connection:
                there = [Article.model_validate_json(text) for text in connection.execute(wanted).scalars()]
            if not there:
                return
            yield from there
            last = there[-1].id


def assign(connection: Connection, article: Article, sketch: Sketch) -> list[Article]:
    """Find the story of an article that the store has just taken in, and put it into their tables and documents.

    Returns the articles whose story or role is another now, the article itself among them. What they were told before is
    theirs no more: two stories that a third text joins become one, one that was held together by a text that has changed
    is parted.
    """
    row = connection.execute(_ROW, {"article": article.id}).first()
    before = tuple(array("q", row.bands)) if row else ()
    put_bands(connection, article.id, before, sketch.bands)
    found = _found(connection, article, sketch)
    packed = array("q", sketch.bands).tobytes()
    if row is None:
        connection.execute(_NEW_ROW, {"article_id": article.id, "story": article.id, "bands": packed})
    else:
        connection.execute(_NEW_BANDS, {"article": article.id, "packed": packed})
        found |= {row.story}
    members = _members(connection, found | {article.id}) if row or found else [article]
    has_changed = row is not None and before != sketch.bands
    groups = _regrouped(members, article, sketch) if has_changed else [members]
    return [changed for group in groups for changed in _tell(connection, group, sketch)]


def alone(article: Article, sketch: Sketch) -> Article:
    """An article as the only one of its story, as nearly all that are new are: so it need not be written twice."""
    return article.model_copy(update={"story": article.id, "role": sketch.roles([article])[article.id]})


def is_told(connection: Connection, article: str) -> bool:
    """Has this article been compared with others?"""
    return connection.execute(_ROW, {"article": article}).first() is not None


def _found(connection: Connection, article: Article, sketch: Sketch) -> set[str]:
    """The stories that this article's text belongs to: of those that share bands, the ones whose texts are alike."""
    found: set[str] = set()
    tried: Counter[str] = Counter()
    likely = candidates(connection, article.id, sketch.bands)[:_READ]
    if not likely:
        return found
    read = {row.id: row for row in connection.execute(_READ_OF, {"articles": [one for one, _, _ in likely]})}
    for candidate, story, shared in likely:
        if tried["all"] == _TRIED or (shared == 1 and tried["faint"] == _TRIED_FAINT):
            break
        if story in found or tried[story] == _TRIED_ALIKE:
            continue
        is_own = read[candidate].outlet == article.outlet.id
        if is_own and tried["own"] == _TRIED_ALIKE:
            continue
        tried.update(["all", story])
        tried["faint"] += shared == 1
        tried["own"] += is_own
        if sketch.is_same_story(article, Article.model_validate_json(read[candidate].document)):
            found.add(story)
    return found


def _regrouped(members: list[Article], changed: Article, sketch: Sketch) -> list[list[Article]]:
    """These articles, which were one story, as the stories that they are now."""
    if len(members) > _REGROUPED:
        return _without_parting(members, changed, sketch)
    groups: list[list[Article]] = []
    for member in sorted(members, key=in_order):
        alike = [group for group in groups if any(sketch.is_same_story(member, other) for other in group)]
        groups = [group for group in groups if group not in alike]
        groups.append([member, *(one for group in alike for one in group)])
    return groups


def _without_parting(members: list[Article], changed: Article, sketch: Sketch) -> list[list[Article]]:
    """The same, where all but the changed one stay with those that they were with."""
    parts: dict[str | None, list[Article]] = {}
    for one in sorted(members, key=in_order):
        if one.id != changed.id:
            parts.setdefault(one.story, []).append(one)
    own, groups = [one for one in members if one.id == changed.id], []
    for part in parts.values():
        if any(sketch.is_same_story(changed, other) for other in part[:_REGROUPED]):
            own += part
        else:
            groups.append(part)
    return [own, *groups]


def _tell(connection: Connection, group: list[Article], sketch: Sketch) -> list[Article]:
    """Give these articles their one story, and each its role; returns those for which that is news."""
    story = min(group, key=in_order).id
    roles = sketch.roles(group)
    news = []
    for article in group:
        told = article.model_copy(update={"story": story, "role": roles[article.id]})
        if told != article:
            connection.execute(_NEW_STORY, {"article": article.id, "told": story})
            connection.execute(_NEW_DOCUMENT, {"article": article.id, "text": told.model_dump_json()})
            news.append(told)
    return news


def _members(connection: Connection, wanted: set[str]) -> list[Article]:
    texts = connection.execute(_MEMBERS, {"stories": sorted(wanted)}).scalars()
    return [Article.model_validate_json(text) for text in texts]
