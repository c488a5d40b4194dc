"""Dragoman's own commands, as cron calls them, at the simulated time."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from bench.__main__ import surroundings, watch
from bench.corpus import ROOT
from bench.year.houses import House
from bench.year.site import PATHS

_FIELD = {"rss": "feeds", "atom": "feeds", "json": "feeds", "sitemap": "sitemaps"}
_CLOCK = Path(__file__).parent / "clock"


class Dragoman:
    """A home, fifty outlets' files, and the command line on both."""

    def __init__(self, folder: Path, houses: Sequence[House], proxy: str) -> None:
        self.folder, self.houses = folder / "outlets", houses
        self.home = folder / "home"
        self.folder.mkdir()
        self.out, self.errors = folder / "out", folder / "out.errors"
        self.memory: list[float] = []
        self.environment = {
            **surroundings(),
            "PYTHONPATH": f"{_CLOCK}:{ROOT}",
            "DRAGOMAN_HOME": str(self.home),
            "DRAGOMAN_OUTLETS": str(self.folder),
            "DRAGOMAN_CONTACT": "bench@example.org",
            "DRAGOMAN_AUTOTHROTTLE_ENABLED": "0",
            "DRAGOMAN_CONCURRENT_REQUESTS_PER_DOMAIN": "8",
            "http_proxy": proxy,
            "no_proxy": "",
        }
        self._configured: dict[str, str] = {}
        self.cron = subprocess.Popen(
            [sys.executable, "-m", "bench.year.cron"],
            env=self.environment,
            cwd=self.folder,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self.errors.open("a"),
            text=True,
        )
        if self.cron.stdout is None or self.cron.stdout.readline().strip() != "ready":
            sys.exit(f"no command can be run: {self.errors.read_text()[-2_000:]}")

    def configure(self, now: datetime) -> None:
        """The outlets' files, as the operator has them at this time."""
        for house in self.houses:
            if self._configured.get(house.id) == house.configured(now):
                continue
            self._configured[house.id] = house.configured(now)
            home = f"http://{house.configured(now)}"
            (self.folder / f"{house.id}.yaml").write_text(
                f"id: {house.id}\nname: {house.id}\nkind: magazine\ncountry: GB\nownership: company\nlanguages: [{house.language}]\n"
                f"homepage: {home}/\n{_FIELD[house.feed]}: [{home}{PATHS[house.feed]}]\n"
            )

    def crawl(self, now: datetime, *, watched: bool) -> dict[str, Any]:
        """``dragoman crawl --due``: its summary. With ``watched`` it is started as cron does, and its memory is measured."""
        command = ["crawl", "--due", "--for", "30m", "--format", "json", *(house.id for house in self.houses)]
        return self._started(now, command) if watched else self._forked(now, command)

    def status(self, now: datetime) -> dict[str, Any]:
        """``dragoman status``."""
        return self._forked(now, ["status", "--format", "json"])

    def _started(self, now: datetime, command: list[str]) -> dict[str, Any]:
        environment = {**self.environment, "BENCH_NOW": str(now.timestamp())}
        started = subprocess.Popen(
            [sys.executable, "-m", "dragoman", *command],
            env=environment,
            cwd=self.folder,
            stdout=subprocess.PIPE,
            stderr=self.errors.open("a"),
        )
        watching = threading.Thread(target=watch, args=(started.pid, self.memory))
        watching.start()
        out, _ = started.communicate()
        watching.join()
        return self._told(now, command, started.returncode, out)

    def _forked(self, now: datetime, command: list[str]) -> dict[str, Any]:
        asked = {"now": now.timestamp(), "arguments": command, "out": str(self.out)}
        answer = json.loads(self._ask(json.dumps(asked)))
        return self._told(now, command, answer["code"], self.out.read_bytes())

    def _ask(self, line: str) -> str:
        if self.cron.stdin is None or self.cron.stdout is None:
            raise ValueError("the process has no such pipe")
        print(line, file=self.cron.stdin, flush=True)
        return self.cron.stdout.readline()

    def _told(self, now: datetime, command: list[str], code: int, out: bytes) -> dict[str, Any]:
        if code not in (0, 1):
            sys.exit(f"dragoman {command[0]} ended with {code} at {now}: {self.errors.read_text()[-2_000:]}")
        found: dict[str, Any] = json.loads(out)
        return found
