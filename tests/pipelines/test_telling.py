from datetime import timedelta
from pathlib import Path

from articles import NOON
from reports import report, run

from archive.home import open_home
from archive.store import open_store
from pipelines.telling import tell_untold
from pipelines.workers import Workers


def test_articles_that_were_kept_before_there_were_stories_are_put_into_theirs_once(home: Path) -> None:
    with open_store(open_home(home)) as store, Workers(1, 20) as workers:
        for n in range(3):
            store.keep(run(f"outlet{n}", report(1), published_at=NOON + timedelta(hours=n)))
        store.indexed(store.backlog(10))
        assert tell_untold(store, workers) == 3
        assert {waiting.article.story for waiting in store.backlog(10)} == {run("outlet0", "").id}
        assert tell_untold(store, workers) == 0
