"""``python -m bench.quiet``: a day on which nothing is new at 150 outlets: requests, memory, and what is due among a million links."""

from __future__ import annotations

import hashlib
import json
import multiprocessing
import os
import subprocess
import sys
import tempfile
import threading
import time
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from sqlalchemy import create_engine, text

from archive.home import open_home
from archive.store import open_store
from bench.__main__ import say, surroundings, watch

_OUTLETS = 150
_LINKS = 1_000_000
_ITEMS = 20


class _Handler(BaseHTTPRequestHandler):
    """A feed an outlet, with ETags; the articles are not there, so that the first run is short."""

    protocol_version = "HTTP/1.1"
    asked: Any = None

    def do_GET(self) -> None:
        status, body, etag = 404, b"", ""
        if self.path.startswith("/feed/"):
            items = "".join(
                f"<item><link>http://{self.headers['Host']}{self.path}/{n}</link></item>" for n in range(_ITEMS)
            )
            body = f"<rss version='2.0'><channel>{items}</channel></rss>".encode() if self.path.count("/") == 2 else b""
            status = 200 if body else 404
            etag = f'"{hashlib.sha256(body).hexdigest()[:8]}"'
            if body and self.headers.get("If-None-Match") == etag:
                status, body = 304, b""
        with self.asked.get_lock():
            self.asked.value += 1
        self.send_response(status)
        self.send_header("ETag", etag)
        if status != 304:
            self.send_header("Content-Type", "application/rss+xml")
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        """Say nothing."""


def main() -> None:
    asked = multiprocessing.Value("i", 0)
    ports: multiprocessing.Queue[int] = multiprocessing.Queue()
    server = multiprocessing.Process(target=_serve, args=(ports, asked), daemon=True)
    server.start()
    address = f"http://127.0.0.1:{ports.get()}"
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "home"
        environment = _environment(Path(folder), home, address)
        _crawl(environment, [])
        asked.value = 0
        samples: list[float] = []
        summary, seconds = _crawl(environment, samples)
        if summary["failures"]:
            sys.exit(f"the quiet run failed: {summary['failures'][:3]}")
        say(
            f"requests of a quiet run, {_OUTLETS} outlets",
            asked.value,
            f"limit {_OUTLETS}, one a source",
            asked.value <= _OUTLETS,
        )
        say("peak memory of it, MB", max(samples), "limit 300", max(samples) < 300)
        say("seconds of it", seconds, "", holds=True)
        _million(home)
    server.terminate()


def _environment(folder: Path, home: Path, address: str) -> dict[str, str]:
    (folder / "outlets").mkdir()
    for n in range(_OUTLETS):
        (folder / "outlets" / f"quiet-{n}.yaml").write_text(
            f"id: quiet-{n}\nname: Quiet {n}\nkind: blog\ncountry: GB\nownership: private\nlanguages: [en]\n"
            f"homepage: {address}\nfeeds: [{address}/feed/{n}]\n"
        )
    return {
        **surroundings(),
        "DRAGOMAN_HOME": str(home),
        "DRAGOMAN_OUTLETS": str(folder / "outlets"),
        "DRAGOMAN_ALLOWED_ADDRESSES": "127.0.0.1",
        "DRAGOMAN_AUTOTHROTTLE_ENABLED": "0",
        "DRAGOMAN_CONCURRENT_REQUESTS_PER_DOMAIN": "16",
    }


def _crawl(environment: dict[str, str], samples: list[float]) -> tuple[dict[str, Any], float]:
    command = [sys.executable, "-m", "dragoman", "crawl", "--format", "json", *(f"quiet-{n}" for n in range(_OUTLETS))]
    begun = time.perf_counter()
    crawl = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE)
    watching = threading.Thread(target=watch, args=(crawl.pid, samples))
    watching.start()
    out, _ = crawl.communicate()
    watching.join()
    return json.loads(out), time.perf_counter() - begun


def _million(home: Path) -> None:
    """What is due and what waits at one outlet, where the archive knows a million links."""
    now = datetime.now(UTC)
    engine = create_engine(f"sqlite:///{home}/dragoman.sqlite")
    rows = (
        {
            "k": f"m/{n}",
            "o": f"quiet-{n % _OUTLETS}",
            "d": (now + timedelta(minutes=n % 500_000)).strftime("%Y-%m-%d %H:%M:%S.%f"),
        }
        for n in range(_LINKS)
    )
    with engine.begin() as connection:
        insert = text(
            "INSERT INTO links (key, url, outlet, first_seen_at, outcome, attempts, due_at) "
            "VALUES (:k, 'http://' || :k, :o, '2026-01-01 00:00:00.000000', 'new', 0, :d)"
        )
        while batch := [row for _, row in zip(range(50_000), rows, strict=False)]:
            connection.execute(insert, batch)
    engine.dispose()
    with open_store(open_home(home)) as store:
        for what, ask in (
            ("due", lambda outlet: store.due(outlet, 500, now + timedelta(minutes=300))),
            ("waiting", lambda outlet: store.waiting(outlet, 500)),
        ):
            begun = time.perf_counter()
            for n in range(_OUTLETS):
                ask(f"quiet-{n}")
            took = (time.perf_counter() - begun) * 1_000
            say(f"what is {what} at {_OUTLETS} outlets, ms", took, f"of {_LINKS:,} links; limit 1,000", took < 1_000)


def _serve(ports: Any, asked: Any) -> None:
    _Handler.asked = asked
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    ports.put(server.server_address[1])
    server.serve_forever()


if __name__ == "__main__":
    os.nice(5)
    main()
