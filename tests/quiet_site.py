"""An outlet on loopback that knows conditional requests, and notes what it was asked."""

from __future__ import annotations

import hashlib
import json
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

from commands import run
from places import ROOT, clean_environment
from sqlalchemy import create_engine, text

TOPICS = ("lamps", "buoys", "ferries", "tides", "pilots", "gulls", "cables", "wrecks")


def article(topic: str, said: str = "nobody had asked before") -> bytes:
    """A page with an article of its own."""
    paragraphs = "".join(
        f"<p>The harbour masters met about {topic} on pier {n}, where {said}, and they published what each had measured of the {topic}.</p>"
        for n in range(3, 8)
    )
    return f"<html lang='en'><head><title>Of {topic}</title></head><body><article><h1>Of the {topic} of the strait</h1>{paragraphs}</article></body></html>".encode()


@dataclass
class Answer:
    """What a path answers: its validators are of its body."""

    body: bytes
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    kind: str = "text/html; charset=utf-8"


@dataclass
class Site:
    """Answers by path; ``asked`` are the requests, with the status of each."""

    address: str = ""
    answers: dict[str, Answer] = field(default_factory=dict)
    asked: list[tuple[str, int, dict[str, str]]] = field(default_factory=list)

    def announce(self, *topics: str) -> None:
        """Put these articles into the feed, each with its page."""
        links = "".join(
            f"<item><title>Of {topic}</title><link>{self.address}/{topic}</link></item>" for topic in topics
        )
        self.answers["/feed"] = Answer(
            f"<rss version='2.0'><channel>{links}</channel></rss>".encode(), kind="application/rss+xml"
        )
        for topic in topics:
            self.answers.setdefault(f"/{topic}", Answer(article(topic)))

    @property
    def paths(self) -> list[str]:
        return [path for path, _, _ in self.asked]

    def answer(self, path: str, headers: dict[str, str]) -> Answer:
        found = self.answers.get(path) or Answer(b"", 404)
        etag = f'"{hashlib.sha256(found.body).hexdigest()[:8]}"'
        if found.status == 200 and found.body:
            found = Answer(found.body, 200, {"ETag": etag, **found.headers}, found.kind)
            if headers.get("If-None-Match") == etag:
                found = Answer(b"", 304, {"ETag": etag}, found.kind)
        self.asked.append((path, found.status, headers))
        return found


@contextmanager
def serving() -> Iterator[Site]:
    site = Site()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            found = site.answer(self.path, dict(self.headers))
            self.send_response(found.status)
            for name, value in found.headers.items():
                self.send_header(name, value)
            if found.status != 304:
                self.send_header("Content-Type", found.kind)
                self.send_header("Content-Length", str(len(found.body)))
            self.end_headers()
            self.wfile.write(found.body)

        def log_message(self, *_: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    Thread(target=server.serve_forever, daemon=True).start()
    site.address = f"http://127.0.0.1:{server.server_address[1]}"
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()


class Archive:
    """A home, one outlet of the site, and the command line on both."""

    def __init__(self, folder: Path, site: Site, extra: str = "") -> None:
        self.site = site
        self.home = folder / "home"
        (folder / "outlets").mkdir()
        (folder / "outlets" / "pier.yaml").write_text(
            f"id: pier\nname: The Pier\nkind: blog\ncountry: GB\nownership: private\nlanguages: [en]\nhomepage: {site.address}\n"
            + (extra or f"feeds: [{site.address}/feed]\n")
        )
        self.environment = {
            **clean_environment(),
            "DRAGOMAN_HOME": str(self.home),
            "DRAGOMAN_OUTLETS": str(folder / "outlets"),
            "DRAGOMAN_ALLOWED_ADDRESSES": "127.0.0.1",
            "DRAGOMAN_AUTOTHROTTLE_START_DELAY": "0.01",
            "DRAGOMAN_WORKERS": "1",
            "PYTHONPATH": str(ROOT),
        }

    def run(self, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
        return run({**self.environment, **environment}, *arguments, timeout=280)

    def crawl(self, *options: str, **environment: str) -> dict[str, Any]:
        self.site.asked.clear()
        done = self.run("crawl", "pier", *options, "--format", "json", **environment)
        assert done.stdout, done.stderr
        summary: dict[str, Any] = json.loads(done.stdout)
        return summary

    def sql(self, statement: str) -> list[Any]:
        """Rows of the home's database; a change is committed."""
        engine = create_engine(f"sqlite:///{self.home}/dragoman.sqlite")
        try:
            with engine.begin() as connection:
                found = connection.execute(text(statement))
                return list(found) if found.returns_rows else []
        finally:
            engine.dispose()

    def hours_pass(self, hours: int) -> None:
        """Make all that the archive remembers older."""
        for table, columns in {
            "links": ("first_seen_at", "settled_at", "due_at"),
            "sources": ("polled_at", "due_at", "read_at"),
            "validators": ("fetched_at",),
            "hosts": ("not_before",),
            "articles": ("seen_at", "published_at"),
            "site_files": ("fetched_at",),
        }.items():
            changes = ", ".join(f"{name} = datetime({name}, '-{hours} hours') || '.000000'" for name in columns)
            self.sql(f"UPDATE {table} SET {changes}")
