"""A site of a thousand pages on loopback, made from the sample outlets' pages."""

from __future__ import annotations

import multiprocessing
import random
import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from dragoman.sample.pages import responses

PAGES = 1_000
_PARAGRAPHS = 14
"""Of an article, four or five lines each: about what the pages of ``../shared/corpus`` have in the median."""
_MENU, _TEASERS, _SCRIPT = 160, 60, 60_000
"""Links above an article, headlines below it, and characters of scripts: with them a page has the corpus' 100 KB."""
_PARAGRAPH = re.compile(r"<p>([^<]{40,})</p>")
_WORD = re.compile(r"[぀-ヿ一-鿿]{1,3}|[^\W\d_぀-ヿ一-鿿]+")


@cache
def pages() -> dict[str, bytes]:
    """Pages by path: the samples' articles over and over, each with a text of its own, as long as news and their pages are.

    The texts are the samples' words in no order, so that no two of them are one story.
    """
    chance = random.Random(1)
    articles = [response.body.decode() for url, response in responses().items() if url.count("/") > 2]
    said = [_WORD.findall(" ".join(_PARAGRAPH.findall(page))) for page in articles]
    return {
        f"/article/{n}": _page(articles[n % len(articles)], said[n % len(articles)], chance).encode()
        for n in range(PAGES)
    }


def _page(sample: str, words: list[str], chance: random.Random) -> str:
    """A sample's page with another text, and what surrounds a text on the pages of today."""
    text = "\n".join(f"<p>{_paragraph(words, chance)}</p>" for _ in range(_PARAGRAPHS))
    first, *rest = _PARAGRAPH.finditer(sample)
    for paragraph in rest:
        sample = sample.replace(paragraph[0], "")
    menu = "".join(
        f'<li class="menu-item"><a class="link" href="/topic/{n}"><span>{chance.choice(words)}</span></a></li>'
        for n in range(_MENU)
    )
    teasers = "".join(
        f'<div class="card"><a href="/article/{n}"><img src="/{n}.jpg" alt=""><h4>{_sentence(words, chance)}</h4></a></div>'
        for n in range(_TEASERS)
    )
    script = "".join(f"push({{slot:{n},seen:false}});" for n in range(_SCRIPT // 28))
    return (
        sample.replace(first[0], text)
        .replace("</head>", f"<script>{script}</script></head>")
        .replace("<header", f'<ul class="menu">{menu}</ul><header', 1)
        .replace("<footer", f'<section class="more-stories">{teasers}</section><footer', 1)
    )


def _paragraph(words: list[str], chance: random.Random) -> str:
    return " ".join(_sentence(words, chance) for _ in range(3))


def _sentence(words: list[str], chance: random.Random) -> str:
    """A sentence of these words; of Chinese and Japanese ones without spaces between them."""
    chosen = chance.choices(words, k=chance.randint(9, 24))
    if ord(chosen[0][0]) > 0x3000:
        return "".join(chosen) + "。"
    return f"{' '.join(chosen).capitalize()}."


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
