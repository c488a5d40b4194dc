"""news-please on the same outlets at the same time: its own launcher, with its own settings, once.

It is told the outlets' front pages and nothing else: where these name an RSS feed its ``RssCrawler`` is asked for, elsewhere it
takes its default, sitemaps from robots.txt, and failing these every link of the site. Changed in its configuration are the
folder where it writes and the outlets alone. It has no clock to be told, and needs none: it looks at all of a feed each time.
"""

from __future__ import annotations

import json
import os
import subprocess
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from bench.corpus import ROOT
from bench.year.houses import House

_PYTHON = ROOT / ".venv-peers" / "bin" / "python"
_MOST_SECONDS = 1_800


@dataclass(frozen=True, slots=True)
class Found:
    """What it has: articles with a text, by host and path, how many files it wrote, and how long it took."""

    articles: frozenset[tuple[str, str]]
    files: int
    seconds: float
    ended: str


def is_there() -> bool:
    """Is it installed?"""
    return _PYTHON.exists()


def crawled(houses: Sequence[House], proxy: str, folder: Path) -> Found:
    """Let it crawl the outlets as they are now."""
    folder.mkdir()
    _configure(houses, folder)
    # Its extractor fetches the pictures of each page from wherever they are: the proxy refuses all that is not an outlet's.
    environment = {**os.environ, "http_proxy": proxy, "https_proxy": proxy, "no_proxy": "", "HOME": str(folder)}
    environment.pop("PYTHONPATH", None)
    begun = time.perf_counter()
    with (folder / "log").open("w") as log:
        started = subprocess.Popen(
            [str(_PYTHON), "-m", "newsplease.__main__", "-c", f"{folder / 'config'}{os.sep}"],
            env=environment,
            cwd=folder,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
        try:
            ended = f"exit code {started.wait(_MOST_SECONDS)}"
        except subprocess.TimeoutExpired:
            os.killpg(started.pid, 15)
            ended = f"not done within {_MOST_SECONDS} s"
    seconds = time.perf_counter() - begun
    written = [json.loads(path.read_text()) for path in folder.glob("data/**/*.json")]
    kept = {(urlsplit(one["url"]).hostname or "", urlsplit(one["url"]).path) for one in written if one.get("maintext")}
    return Found(frozenset(kept), len(written), seconds, ended)


def _configure(houses: Sequence[House], folder: Path) -> None:
    """Its configuration as it is installed, with this folder and these outlets."""
    where = subprocess.run(
        [str(_PYTHON), "-c", "import newsplease, os; print(os.path.dirname(newsplease.__file__))"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout.strip()
    settings = (Path(where) / "config" / "config.cfg").read_text()
    (folder / "config").mkdir()
    (folder / "config" / "config.cfg").write_text(settings.replace("~/news-please-repo/", f"{folder}/"))
    sites = [
        {"url": f"http://{house.host}/", **({"crawler": "RssCrawler"} if house.feed == "rss" else {})}
        for house in houses
    ]
    (folder / "config" / "sitelist.hjson").write_text(json.dumps({"base_urls": sites}))
