"""The simulated outlets behind a proxy on loopback, so that each has a host of its own: what it is asked is counted by day."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Lock, Thread
from typing import Any
from urllib.parse import urlsplit

from bench.year.script import BEGIN
from bench.year.site import PATHS, Sites


class Proxy:
    """What is asked at ``now``, the simulation's clock."""

    def __init__(self, sites: Sites) -> None:
        self.sites = sites
        self.now: datetime = BEGIN
        self.address = ""
        self.asked: Counter[tuple[str, str, int | None]] = Counter()
        """Requests by day, by what was asked for, and by what was answered."""
        self._counting = Lock()

    def answer(self, handler: BaseHTTPRequestHandler) -> None:
        url = urlsplit(handler.path)
        headers = {name.lower(): value for name, value in handler.headers.items()}
        found = self.sites.answer(self.now, url.hostname or "", url.path or "/", headers)
        with self._counting:
            if url.hostname in self.sites.houses:
                self.asked[f"{self.now:%m-%d}", _kind(url.path), found.status] += 1
        if found.status is None:
            handler.close_connection = True
            return
        handler.send_response_only(found.status)
        for name, value in found.headers.items():
            handler.send_header(name, value)
        if found.status != 304:
            handler.send_header("Content-Type", found.kind)
            handler.send_header("Content-Length", str(len(found.body)))
        handler.end_headers()
        handler.wfile.write(found.body)


@contextmanager
def serving(sites: Sites) -> Iterator[Proxy]:
    """Serve them while this lasts."""
    proxy = Proxy(sites)

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            proxy.answer(self)

        def log_message(self, *_: Any) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    Thread(target=server.serve_forever, daemon=True).start()
    proxy.address = f"http://127.0.0.1:{server.server_address[1]}"
    try:
        yield proxy
    finally:
        server.shutdown()
        server.server_close()


def _kind(path: str) -> str:
    if path in PATHS.values():
        return "feeds"
    return "rules" if path in ("/robots.txt", "/.well-known/tdmrep.json") else "pages"
