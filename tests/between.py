"""A real HTTP server between a client and Elasticsearch: it hands on what it is asked, but for what a test wants to go wrong."""

from __future__ import annotations

import http.client
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.parse import urlsplit

CUT, CUT_AFTER = "cut", "cut after"
"""The connection is lost before the request is handed on, or once it was done and before its answer comes back."""
Answer = tuple[int, bytes, dict[str, str]]
Fault = int | str | Answer | None


@dataclass
class Between:
    """Where it listens, and the requests it saw: method, path, bytes."""

    url: str
    requests: list[tuple[str, str, int]] = field(default_factory=list)

    def bulk_requests(self) -> list[int]:
        """The sizes of the bulk requests."""
        return [size for _, path, size in self.requests if path.split("?")[0].endswith("/_bulk")]


def refusal(status: int, kind: str = "es_rejected_execution_exception") -> Answer:
    """An answer of Elasticsearch's own to a whole request."""
    body = {"error": {"type": kind, "reason": "try later"}, "status": status}
    return status, json.dumps(body).encode(), {"X-elastic-product": "Elasticsearch", "Content-Type": "application/json"}


@contextmanager
def between(url: str, fault: Callable[[str, bytes], Fault]) -> Iterator[Between]:
    """Hand on what ``fault`` (of a path and a body) has nothing against."""
    target = urlsplit(url)

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            seen.requests.append((self.command, self.path, len(body)))
            wrong = fault(self.path, body)
            if wrong == CUT:
                self.close_connection = True
            elif isinstance(wrong, int):
                self.answer((wrong, b"the proxy has had enough", {"Content-Type": "text/plain"}))
            elif isinstance(wrong, tuple):
                self.answer(wrong)
            else:
                answer = self.handed_on(body)
                if wrong == CUT_AFTER:
                    self.close_connection = True
                else:
                    self.answer(answer)

        def handed_on(self, body: bytes) -> Answer:
            connection = http.client.HTTPConnection(str(target.hostname), target.port, timeout=60)
            connection.request(self.command, self.path, body, dict(self.headers))
            answer = connection.getresponse()
            content = answer.read()
            connection.close()
            kept = {
                name: value
                for name, value in answer.getheaders()
                if name.lower() in ("content-type", "x-elastic-product")
            }
            return answer.status, content, kept

        def answer(self, answer: Answer) -> None:
            status, content, headers = answer
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(b"" if self.command == "HEAD" else content)

        def log_message(self, *_: Any) -> None:
            pass

    for method in ("GET", "HEAD", "POST", "PUT", "DELETE"):
        setattr(Handler, f"do_{method}", Handler.do)
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    seen = Between(f"http://127.0.0.1:{server.server_address[1]}")
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield seen
    finally:
        server.shutdown()
        server.server_close()
