"""Runs Dragoman's commands one after the other, each in a process of its own and at its own time, without loading them anew.

    python -m bench.year.cron

Each line of its input is JSON: ``now``, ``arguments``, and ``out``, the file that takes what is printed; each is answered by a
line with the exit code and the seconds that it took. A command is forked from this process, which has all modules loaded, and its workers from it
(the real ones come from a fork server, which loads them again in each run: three seconds of two processors, four times
a day). All else is the command as it is; what it takes in memory is measured with real ones.
"""

from __future__ import annotations

import gc
import importlib
import json
import multiprocessing
import os
import sys
import time
import traceback
from pathlib import Path
from typing import Any

import time_machine

_LOADED = (
    "crawler.running",
    "crawler.spiders.outlets",
    "crawler.budget",
    "crawler.middlewares.addresses",
    "crawler.middlewares.capture",
    "crawler.middlewares.conditional",
    "crawler.middlewares.patience",
    "crawler.middlewares.robots",
    "crawler.middlewares.tdm",
    "pipelines.items",
    "pipelines.preloaded",
    "dragoman.app",
    "dragoman.history",
    "dragoman.printing",
    "dragoman.rooms",
    "archive.status",
    "crawler.health",
    "search.embedded",
    "scrapy.core.downloader.contextfactory",
    "scrapy.core.downloader.handlers.http11",
    "scrapy.core.engine",
    "scrapy.pqueues",
    "scrapy.spidermiddlewares.httperror",
    "scrapy.downloadermiddlewares.httpproxy",
    "scrapy.downloadermiddlewares.redirect",
    "scrapy.downloadermiddlewares.retry",
    "sqlalchemy.dialects.sqlite",
    "alembic.command",
)
"""What a crawl imports on its way, without the reactor: that must be each process's own."""


def main() -> None:
    """Answer until the input ends."""
    for name in _LOADED:
        importlib.import_module(name)
    if "twisted.internet.reactor" in sys.modules:
        sys.exit("the reactor is loaded already; it would be shared")
    gc.freeze()
    print("ready", flush=True)
    for line in sys.stdin:
        asked = json.loads(line)
        begun = time.perf_counter()
        child = os.fork()
        if not child:
            _live(asked)
        _, status = os.waitpid(child, 0)
        code = os.waitstatus_to_exitcode(status)
        print(json.dumps({"code": code, "seconds": time.perf_counter() - begun}), flush=True)


def _live(asked: dict[str, Any]) -> None:
    """Be the command, and end with it."""
    out = os.open(asked["out"], os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    os.dup2(out, 1)
    os.dup2(os.open(f"{asked['out']}.errors", os.O_WRONLY | os.O_CREAT | os.O_APPEND), 2)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    code = 70
    try:
        time_machine.travel(asked["now"], tick=True).start()
        _fork_workers()
        from dragoman.__main__ import main as dragoman

        dragoman(asked["arguments"])
    except SystemExit as ended:
        code = ended.code if isinstance(ended.code, int) else 1
    except BaseException:  # noqa: BLE001 - it is this process's last
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)


def _fork_workers() -> None:
    from pipelines import workers

    context = multiprocessing.get_context("fork")
    workers.ensure_running = lambda: None  # type: ignore[attr-defined]
    multiprocessing.get_context = lambda *_: context  # type: ignore[assignment]


if __name__ == "__main__":
    sys.path.insert(0, str(Path.cwd()))
    main()
