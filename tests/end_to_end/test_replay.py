"""Real pages over https, replayed by pywb, which others wrote: we crawl them, and pywb replays what our crawl kept."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from html import escape
from pathlib import Path

import pytest
from places import ROOT, SHARED, clean_environment, missing

from archive.captures import Capture
from archive.home import open_home
from archive.reading import read_captures
from archive.warc import WarcWriter

PYWB = Path(os.environ.get("DRAGOMAN_CACHE", Path.home() / ".cache/dragoman")) / "pywb-2.10.0" / "bin"
PAGES = 110


@pytest.fixture(scope="module")
def announced(corpus: Path) -> list[str]:
    """Pages of the corpus that a feed will announce: the publishers' own."""
    truth = (SHARED / "corpus" / "truth" / "fundus.jsonl").read_text("utf-8").split("\n")
    return [json.loads(line)["url"] for line in truth if line.strip()][:PAGES]


@pytest.fixture(scope="module")
def crawled(
    corpus: Path, announced: list[str], tmp_path_factory: pytest.TempPathFactory
) -> tuple[dict[str, object], Path]:
    """A home into which the announced pages were crawled through pywb's proxy, and the run's summary."""
    if not (PYWB / "wayback").exists():
        missing(f"pywb ({PYWB}; tools/judges installs it)")
    folder = tmp_path_factory.mktemp("pywb")
    items = "".join(f"<item><title>T</title><link>{escape(url)}</link></item>" for url in announced)
    feed = f"<rss version='2.0'><channel>{items}</channel></rss>".encode()
    with WarcWriter(open_home(folder / "feeds")) as writer:
        writer.append(
            [
                Capture(
                    "https://feeds.example/feed.xml",
                    datetime(2026, 1, 1, tzinfo=UTC),
                    200,
                    (("Content-Type", "application/rss+xml"),),
                    feed,
                )
            ]
        )
    (feed_warc,) = (folder / "feeds" / "warc").glob("*.warc.gz")
    (folder / "outlets").mkdir()
    (folder / "outlets" / "corpus.yaml").write_text(
        "id: corpus\nname: The Corpus\nkind: newspaper\ncountry: GB\nownership: private\nlanguages: [en]\n"
        "homepage: https://feeds.example\nfeeds: [https://feeds.example/feed.xml]\n"
    )
    with replaying(folder / "sites", [corpus, feed_warc], "--proxy", "sites") as address:
        done = subprocess.run(
            [sys.executable, "-m", "dragoman", "crawl", "corpus", "--format", "json"],
            env={
                **clean_environment(),
                "DRAGOMAN_HOME": str(folder / "home"),
                "DRAGOMAN_OUTLETS": str(folder / "outlets"),
                "DRAGOMAN_AUTOTHROTTLE_START_DELAY": "0.05",
                "http_proxy": address,
                "https_proxy": address,
            },
            cwd=ROOT,
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )
    assert done.stdout, done.stderr
    return json.loads(done.stdout), folder / "home"


@contextmanager
def replaying(folder: Path, warcs: list[Path], *options: str) -> Iterator[str]:
    """pywb with a collection ``sites`` of these files, at the address it gives."""
    folder.mkdir()
    for command in (["init", "sites"], *(["add", "sites", str(warc)] for warc in warcs)):
        subprocess.run([PYWB / "wb-manager", *command], cwd=folder, check=True, capture_output=True)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = subprocess.Popen(
        [PYWB / "wayback", "-b", "127.0.0.1", "-p", str(port), *options],
        cwd=folder,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        wait_for(lambda: answers(port))
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait()
        shutil.rmtree(folder, ignore_errors=True)


def answers(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def wait_for(done: Callable[[], bool]) -> None:
    for _ in range(300):
        if done():
            return
        time.sleep(0.1)
    pytest.fail("pywb did not start")


def test_a_hundred_real_pages_are_crawled_into_articles(crawled: tuple[dict[str, object], Path]) -> None:
    summary, _ = crawled
    outcomes = summary["outcomes"]
    assert isinstance(outcomes, dict)
    assert summary["discovered"] == PAGES == sum(outcomes.values())
    assert outcomes["new"] >= 100


def test_pywb_replays_our_archive_byte_for_byte(
    crawled: tuple[dict[str, object], Path], announced: list[str], tmp_path: Path
) -> None:
    _, home = crawled
    warcs = list((home / "warc").glob("*.warc.gz"))
    kept = {one.url: one for warc in warcs for one in read_captures(warc) if one.url in announced and one.status == 200}
    assert len(kept) >= 100
    with replaying(tmp_path / "ours", warcs) as address:
        for url, capture in list(kept.items())[:25]:
            instant = capture.fetched_at.strftime("%Y%m%d%H%M%S")
            request = urllib.request.Request(
                f"{address}/sites/{instant}id_/{url}", headers={"Accept-Encoding": "gzip, br, deflate"}
            )
            with urllib.request.urlopen(request, timeout=30) as response:
                assert response.read() == capture.body, url
