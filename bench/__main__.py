"""``make bench``: how fast the whole job is beside extraction alone, how much memory it takes, how soon it answers.

The pages are made here, from the sample outlets' texts, so that anybody gets the same. Each line prints what was
measured, the limit or peer it stands beside, and whether it holds.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

import psutil

from archive.article import Publisher
from bench.site import PAGES, pages, serving
from pipelines.page import Page
from pipelines.rederive import rederive
from pipelines.workers import Workers

_RUNS = 7
_MOST_MEMORY = 500
"""MB that a crawl may take, its workers among them."""


def main() -> None:
    """Measure, and print a line each."""
    alone = extraction_alone()
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "home"
        rate, memory, growth = end_to_end(Path(folder), home)
        say("end to end, pages/s", rate, f"{rate / alone:.2f} of extraction alone ({alone:.1f}/s)", rate / alone >= 0.6)
        say("peak memory of the crawl, MB", memory, f"limit {_MOST_MEMORY}", memory < _MOST_MEMORY)
        say("memory, last quarter over second", growth, "limit 1.15", growth < 1.15)
        start = started("--help")
        say("dragoman --help, ms", start, "limit 200", start < 200)
        search = started("search", "ministers", DRAGOMAN_HOME=str(home))
        say("dragoman search, ms", search, "limit 400", search < 400)


def say(what: str, figure: float, beside: str, holds: bool) -> None:
    print(f"{what:36}{figure:10.2f}   {beside:44}{'holds' if holds else 'MISSED'}")


def extraction_alone() -> float:
    """Pages a second, on all cores, of deriving articles and nothing else."""
    publisher = Publisher(id="bench", name="Bench")
    made = [
        Page(f"http://bench.example{path}", body, publisher, "text/html; charset=utf-8")
        for path, body in pages().items()
    ]
    with Workers(os.cpu_count() or 1, 60) as workers:
        list(rederive(made[:20], workers))  # warm
        begun = time.perf_counter()
        derived = sum(result.article is not None for result in rederive(made, workers))
        seconds = time.perf_counter() - begun
    if derived != PAGES:
        sys.exit(f"only {derived} of {PAGES} pages gave an article")
    return PAGES / seconds


def end_to_end(folder: Path, home: Path) -> tuple[float, float, float]:
    """Crawl the same pages on loopback: pages a second, peak MB, and how memory grew."""
    with serving() as address:
        (folder / "outlets").mkdir()
        (folder / "outlets" / "bench.yaml").write_text(
            "id: bench\nname: Bench\nkind: blog\ncountry: GB\nownership: private\nlanguages: [en]\n"
            f"homepage: {address}\nfeeds: [{address}/feed]\n"
        )
        environment = {
            **surroundings(),
            "DRAGOMAN_HOME": str(home),
            "DRAGOMAN_OUTLETS": str(folder / "outlets"),
            "DRAGOMAN_ALLOWED_ADDRESSES": "127.0.0.1",
            "DRAGOMAN_ARTICLES_PER_OUTLET": "5000",
            "DRAGOMAN_AUTOTHROTTLE_START_DELAY": "0",
            "DRAGOMAN_AUTOTHROTTLE_ENABLED": "0",
            "DRAGOMAN_CONCURRENT_REQUESTS_PER_DOMAIN": "16",
        }
        command = [sys.executable, "-m", "dragoman", "crawl", "bench", "--format", "json"]
        begun = time.perf_counter()
        crawl = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE)
        samples: list[float] = []
        watching = threading.Thread(target=watch, args=(crawl.pid, samples))
        watching.start()
        out, _ = crawl.communicate()
        seconds = time.perf_counter() - begun
        watching.join()
    if crawl.returncode:
        sys.exit(f"the crawl ended with {crawl.returncode}")
    new = json.loads(out)["outcomes"].get("new", 0)
    if new != PAGES:
        sys.exit(f"only {new} of {PAGES} pages became articles")
    quarter = len(samples) // 4
    growth = statistics.median(samples[-quarter:]) / statistics.median(samples[quarter : 2 * quarter])
    return PAGES / seconds, max(samples), growth


def surroundings() -> dict[str, str]:
    """This process's environment without Dragoman's settings: the pages made here must not get into anybody's index.

    An empty setting counts as none, and stands over that of a ``.env`` file. Python keeps what it compiles, as it does
    unless it is told not to: a command's start would else be that of the compiler.
    """
    left = {name: value for name, value in os.environ.items() if not name.startswith("DRAGOMAN_")}
    left.pop("PYTHONDONTWRITEBYTECODE", None)
    return {**left, "DRAGOMAN_ELASTICSEARCH_URL": ""}


def watch(pid: int, samples: list[float]) -> None:
    """Sample the memory of a process and its children, in MB: shared pages counted once (PSS)."""
    while psutil.pid_exists(pid):
        total = 0.0
        try:
            process = psutil.Process(pid)
            for one in (process, *process.children(recursive=True)):
                total += one.memory_full_info().pss / 1e6
        except psutil.NoSuchProcess:
            continue
        samples.append(total)
        if process.status() == psutil.STATUS_ZOMBIE:
            samples.pop()
            return
        time.sleep(0.2)


def started(*arguments: str, **environment: str) -> float:
    """Milliseconds of a whole command that has run before, the median of some runs."""
    took = []
    for _ in range(_RUNS + 1):
        begun = time.perf_counter()
        subprocess.run(
            [sys.executable, "-m", "dragoman", *arguments],
            env={**surroundings(), **environment},
            capture_output=True,
            check=True,
        )
        took.append((time.perf_counter() - begun) * 1_000)
    return statistics.median(took[1:])


if __name__ == "__main__":
    main()
