"""From settings to a connection: addresses, secrets, the CA's file."""

from __future__ import annotations

import base64
from pathlib import Path
from typing import Any

import pytest

from archive.errors import SettingError
from search.index import Connection
from search.opening import connection_from

CLOUD_ID = "archive:" + base64.b64encode(b"eu-west-1.aws.found.io$0123abcd$4567cdef").decode()


def connection(**given: Any) -> Connection | None:
    names = ("URL", "CLOUD_ID", "API_KEY", "USER", "PASSWORD", "CA")
    settings = {f"ELASTICSEARCH_{name}": given.pop(name.lower(), None) for name in names}
    assert not given
    shape = {"ELASTICSEARCH_SHARDS": 1, "ELASTICSEARCH_REPLICAS": 0, "ELASTICSEARCH_REFRESH_INTERVAL": None}
    return connection_from({"ELASTICSEARCH_INDEX": "articles", **shape, **settings})


def test_without_an_address_there_is_no_cluster() -> None:
    assert connection(user="elastic", password="hush") is None


@pytest.mark.parametrize(
    ("url", "address"),
    [
        ("http://localhost:9200", "http://localhost:9200"),
        ("https://a1b2.es.eu-west-1.aws.elastic-cloud.com:443", "https://a1b2.es.eu-west-1.aws.elastic-cloud.com:443"),
        ("https://a1b2.es.eu-west-1.aws.elastic-cloud.com", "https://a1b2.es.eu-west-1.aws.elastic-cloud.com:443"),
        ("https://search.example.org/cluster/", "https://search.example.org:443/cluster"),
        ("http://[::1]:9200/", "http://[::1]:9200"),
    ],
)
def test_an_address_has_a_port(url: str, address: str) -> None:
    assert connection(url=url) == Connection(address, "articles")


def test_a_cloud_id_is_an_address() -> None:
    assert connection(cloud_id=CLOUD_ID, api_key="a2V5") == Connection(
        "https://0123abcd.eu-west-1.aws.found.io:443", "articles", api_key="a2V5"
    )


def test_a_name_and_password_are_taken_out_of_the_url() -> None:
    found = connection(url="https://elastic:p%40ss%3A%2F@example.org:9200")
    assert found == Connection("https://example.org:9200", "articles", user="elastic", password="p@ss:/")
    assert "p@ss" not in repr(found)


def test_settings_of_their_own_stand_over_the_url() -> None:
    found = connection(url="https://elastic:one@example.org:9200", user="crawler", password="two")
    assert found == Connection("https://example.org:9200", "articles", user="crawler", password="two")


@pytest.mark.parametrize(
    ("given", "mend"),
    [
        ({"url": "https://elastic:hush@"}, "write https://host:9200"),
        ({"url": "https://elastic:hush@host:port"}, "write https://host:9200"),
        ({"url": "https://elastic:hush@[::1"}, "write https://host:9200"),
        ({"url": "https://elastic:1/hush@host:9200"}, "write https://host:9200"),
        ({"url": "https://elastic:1#hush@host:9200"}, "write https://host:9200"),
        ({"url": "https://elastic:hush/@host:9200"}, "write https://host:9200"),
        ({"url": "https://elastic:hush@ho st:9200"}, "write https://host:9200"),
        ({"url": "http://localhost:9200", "cloud_id": CLOUD_ID}, "keep one"),
        ({"cloud_id": "hush"}, "copy it"),
        ({"cloud_id": "archive:hush"}, "copy it"),
        ({"url": "http://localhost:9200", "api_key": "hush\nhush"}, "in one line"),
        ({"url": "http://localhost:9200", "api_key": "hush hush"}, "in one line"),
        ({"url": "http://localhost:9200", "api_key": "hushé"}, "in one line"),
        ({"url": "http://localhost:9200", "ca": "/ca.pem"}, "not https://"),
        ({"url": "https://localhost:9200", "ca": "/nowhere/ca.pem"}, "No such file"),
        ({"url": "https://localhost:9200", "ca": "/tmp"}, "name the CA's PEM file"),
    ],
)
def test_a_mistake_is_named_with_its_mend_and_no_secret(given: dict[str, str], mend: str) -> None:
    with pytest.raises(SettingError, match=mend) as found:
        connection(**given)
    assert "hush" not in everything_said(found.value)


def test_a_file_without_a_certificate_is_no_ca(tmp_path: Path) -> None:
    (tmp_path / "ca.pem").write_text("not a certificate")
    with pytest.raises(SettingError, match="holds no certificate"):
        connection(url="https://localhost:9200", ca=str(tmp_path / "ca.pem"))


def everything_said(error: BaseException | None) -> str:
    """An error and what a traceback shows below it."""
    said = ""
    while error:
        said += f"{error!r} {error} "
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    return said
