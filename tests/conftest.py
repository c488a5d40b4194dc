"""What several tests need: the shared corpus, a real Elasticsearch, the command line. In CI none of them may be missing."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from commands import run
from places import SHARED, clean_environment, missing

Dragoman = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture(scope="session")
def corpus() -> Path:
    """The WARC file of real pages."""
    path = SHARED / "corpus" / "pages.warc.gz"
    if not path.exists():
        missing(f"the corpus ({path})")
    return path


@pytest.fixture(scope="session")
def shared_feeds() -> Path:
    """The folder of real and awkward feeds."""
    path = SHARED / "feeds"
    if not path.exists():
        missing(f"the feeds ({path})")
    return path


@pytest.fixture(scope="session")
def elasticsearch_url() -> str:
    """A running Elasticsearch."""
    url = os.environ.get("DRAGOMAN_TEST_ELASTICSEARCH_URL", "")
    if not url:
        missing("Elasticsearch (DRAGOMAN_TEST_ELASTICSEARCH_URL; make elasticsearch starts one)")
    return url


@dataclass(frozen=True)
class Secured:
    """An Elasticsearch with security and TLS on, its CA's file, and its superuser."""

    url: str
    ca: Path
    user: str = "elastic"
    password: str = "dragoman-tests"


@pytest.fixture(scope="session")
def secured() -> Secured:
    """A running Elasticsearch that wants to know who we are (tools/elasticsearch start --secure)."""
    url, ca = (os.environ.get(f"DRAGOMAN_TEST_SECURE_ELASTICSEARCH_{name}", "") for name in ("URL", "CA"))
    if not (url and ca):
        missing(
            "a secured Elasticsearch (DRAGOMAN_TEST_SECURE_ELASTICSEARCH_URL and _CA; tools/elasticsearch start --secure)"
        )
    return Secured(url, Path(ca))


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A folder for one archive."""
    return tmp_path / "home"


@pytest.fixture
def dragoman(home: Path) -> Dragoman:
    """The command line on a home of its own: dragoman("search", "japan", DRAGOMAN_X="…")."""

    def command(
        *arguments: str, timeout: float = 300, stdin: bytes | None = None, **environment: str
    ) -> subprocess.CompletedProcess[str]:
        ours = {**clean_environment(), "DRAGOMAN_HOME": str(home), **environment}
        return run(ours, *arguments, timeout=timeout, stdin=stdin.decode() if stdin else None)

    return command
