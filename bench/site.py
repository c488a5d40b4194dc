"""A site of a thousand pages on loopback, made from the sample outlets' pages."""

from __future__ import annotations

import multiprocessing
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from dragoman.sample.pages import responses

PAGES = 1_000


@cache
def pages() -> dict[str, bytes]:
    """Pages by path: the samples' articles over and over, each with a number of its own, and as long as news is."""
    articles = [response.body.decode() for url, response in responses().items() if url.count("/") > 2]
    made = {}
    for n in range(PAGES):
        page = articles[n % len(articles)]
        paragraph = f"<p>The ministers met for the {n}th time and agreed to publish what they had agreed upon. {n} delegates came.</p>"
        made[f"/article/{n}"] = page.replace("<p>", paragraph * 5 + "<p>", 1).encode()
    return made


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        if self.path == "/feed":
            host = self.headers["Host"]
            items = "".join(f"<item><link>http://{host}{path}</link></item>" for path in pages())
            self.answer(f"<rss version='2.0'><channel>{items}</channel></rss>".encode(), "application/rss+xml")
        elif self.path in pages():
            self.answer(pages()[self.path], "text/html; charset=utf-8")
        else:
            self.answer(b"", "text/plain", 404)

    def answer(self, body: bytes, kind: str, status: int = 200) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        """Say nothing."""


@contextmanager
def serving() -> Iterator[str]:
    """Serve the pages from a process of its own, so that its work is not counted as the crawl's."""
    ports: multiprocessing.Queue[int] = multiprocessing.Queue()
    server = multiprocessing.Process(target=_serve, args=(ports,), daemon=True)
    server.start()
    try:
        yield f"http://127.0.0.1:{ports.get()}"
    finally:
        server.terminate()
        server.join()


def _serve(ports: multiprocessing.Queue[int]) -> None:
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    ports.put(server.server_address[1])
    server.serve_forever()
