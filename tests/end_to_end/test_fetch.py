"""Single pages, asked for now."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from quiet_site import Archive, Site, serving


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as served:
        served.announce("lamps", "buoys")
        yield served


@pytest.fixture
def archive(tmp_path: Path, site: Site) -> Archive:
    return Archive(tmp_path, site)


def test_a_page_that_nobody_announced_is_fetched_archived_and_found(archive: Archive, site: Site) -> None:
    url = f"{site.address}/lamps"
    done = archive.run("fetch", url, "--format", "json")
    (entry,) = json.loads(done.stdout)
    assert (done.returncode, entry["state"], entry["outlet"]) == (0, "indexed", "pier")
    assert "/buoys" not in site.paths
    assert json.loads(archive.run("search", "lamps", "--format", "json").stdout)[0]["url"] == url
    assert entry["history"][0]["detail"] == "dragoman fetch"


def test_a_page_of_a_host_that_is_no_outlets_is_fetched_as_well(archive: Archive, site: Site) -> None:
    (archive.home.parent / "outlets" / "pier.yaml").unlink()
    done = archive.run("fetch", f"{site.address}/lamps")
    assert done.returncode == 0, done.stderr
    assert ": indexed · " in done.stdout


def test_a_page_that_is_not_there_says_so_and_ends_with_1(archive: Archive, site: Site) -> None:
    done = archive.run("fetch", f"{site.address}/nowhere")
    assert (done.returncode, done.stdout) == (1, f"{site.address}/nowhere: failed: http 404\n")


@pytest.mark.parametrize("url", ["file:///etc/passwd", "lamps", "http://[x", "http://"])
def test_what_is_no_web_address_is_the_users_mistake(archive: Archive, url: str) -> None:
    done = archive.run("fetch", url)
    assert (done.returncode, done.stderr) == (2, f"dragoman: {url!r} is no web address; write https://…\n")


def test_a_private_address_is_refused(archive: Archive, site: Site) -> None:
    done = archive.run("fetch", f"{site.address}/lamps", DRAGOMAN_ALLOWED_ADDRESSES="")
    assert (done.returncode, site.paths) == (1, [])
    assert "blocked: private address" in done.stdout
