"""The server of the sample outlets: a forward proxy on loopback that knows three hosts and nothing else."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any, ClassVar
from urllib.parse import urlsplit

from dragoman.sample.pages import Response, responses


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    known: ClassVar[dict[str, Response]] = {}

    def do_GET(self) -> None:
        asked = urlsplit(self.path)
        response = self.known.get(f"{asked.netloc}{asked.path}") or Response(
            404, "text/plain; charset=utf-8", b"not found"
        )
        body = response.body
        self.send_response(response.status)
        self.send_header("Content-Type", response.content_type)
        if "gzip" in self.headers.get("Accept-Encoding", "") and len(body) > 500:
            body = gzip.compress(body, mtime=0)
            self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the name is http.server's
        """Say nothing: what was asked stands in the archive."""


@contextmanager
def serving() -> Iterator[str]:
    """Serve the sample outlets on a free port of 127.0.0.1; gives the proxy's address."""
    handler = type("Handler", (_Handler,), {"known": responses()})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
