"""A secured cluster, secrets and refused articles, from the command line."""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path
from subprocess import CompletedProcess, run

import pytest
from articles import an_article
from between import CUT, between
from conftest import Secured
from elasticsearch import Elasticsearch

from archive.home import open_home
from archive.store import open_store

Dragoman = Callable[..., "CompletedProcess[str]"]
SECRET = "hush-1f0c"
OUTLET = """\
id: nowhere
name: Nowhere
kind: blog
country: GB
ownership: private
languages: [en]
homepage: http://127.0.0.1:9
feeds:
  - http://127.0.0.1:9/feed.xml
"""


@pytest.fixture
def alias(elasticsearch_url: str) -> Iterator[str]:
    name = f"test-{uuid.uuid4().hex[:12]}"
    yield name
    with Elasticsearch(elasticsearch_url) as client:
        if found := list(client.indices.get(index=f"{name}-*").body):
            client.indices.delete(index=found)
        if client.indices.exists_index_template(name=name):
            client.indices.delete_index_template(name=name)


@pytest.fixture
def safe(secured: Secured) -> Iterator[dict[str, str]]:
    """Settings for the secured cluster, without the password."""
    name = f"test-{uuid.uuid4().hex[:12]}"
    yield {
        "DRAGOMAN_ELASTICSEARCH_URL": secured.url,
        "DRAGOMAN_ELASTICSEARCH_USER": secured.user,
        "DRAGOMAN_ELASTICSEARCH_CA": str(secured.ca),
        "DRAGOMAN_ELASTICSEARCH_INDEX": name,
    }
    with Elasticsearch(secured.url, basic_auth=(secured.user, secured.password), ca_certs=str(secured.ca)) as client:
        if found := list(client.indices.get(index=f"{name}-*").body):
            client.indices.delete(index=found)


def keep(home: Path, *titles: str) -> None:
    with open_store(open_home(home)) as store:
        for title in titles:
            store.keep(an_article(title, title=title, body=f"The text of {title}."))


def refused(done: CompletedProcess[str], code: int) -> str:
    """The one line that a refusal is."""
    assert done.returncode == code, done.stderr
    (line,) = done.stderr.splitlines()
    return line


def test_a_password_may_stand_in_a_file(
    dragoman: Dragoman, safe: dict[str, str], secured: Secured, home: Path, tmp_path: Path
) -> None:
    keep(home, "one", "two")
    (tmp_path / "password").write_text(f"{secured.password}\n")
    done = dragoman("index", **safe, DRAGOMAN_ELASTICSEARCH_PASSWORD_FILE=str(tmp_path / "password"))
    assert (done.returncode, done.stdout) == (0, "2 articles indexed, 0 wait\n")


def test_a_password_may_stand_in_the_url(
    dragoman: Dragoman, safe: dict[str, str], secured: Secured, home: Path
) -> None:
    keep(home, "one")
    url = secured.url.replace("://", f"://{secured.user}:{secured.password}@")
    del safe["DRAGOMAN_ELASTICSEARCH_USER"]
    assert dragoman("index", **{**safe, "DRAGOMAN_ELASTICSEARCH_URL": url}).returncode == 0


def test_an_api_key_may_stand_in_a_file(
    dragoman: Dragoman, safe: dict[str, str], secured: Secured, home: Path, tmp_path: Path
) -> None:
    keep(home, "one")
    with Elasticsearch(secured.url, basic_auth=(secured.user, secured.password), ca_certs=str(secured.ca)) as client:
        key = client.security.create_api_key(name="test")
        (tmp_path / "key").write_text(key["encoded"])
        done = dragoman("index", **safe, DRAGOMAN_ELASTICSEARCH_API_KEY_FILE=str(tmp_path / "key"))
        assert done.returncode == 0
        client.security.invalidate_api_key(ids=[key["id"]])


def test_who_is_not_known_is_told_so_and_no_secret(dragoman: Dragoman, safe: dict[str, str]) -> None:
    line = refused(dragoman("search", "*", **safe, DRAGOMAN_ELASTICSEARCH_PASSWORD=SECRET), 4)
    assert "does not know us (401); mend DRAGOMAN_ELASTICSEARCH_API_KEY, or …_USER and …_PASSWORD" in line
    assert SECRET not in line


def test_a_wrong_ca_is_named_with_its_mend(
    dragoman: Dragoman, safe: dict[str, str], secured: Secured, tmp_path: Path
) -> None:
    made = "openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=Another -keyout ca.key -out ca.crt"
    run(made.split(), cwd=tmp_path, check=True, capture_output=True)
    for other in ({"DRAGOMAN_ELASTICSEARCH_CA": str(tmp_path / "ca.crt")}, {"DRAGOMAN_ELASTICSEARCH_CA": ""}):
        line = refused(dragoman("status", **{**safe, **other}, DRAGOMAN_ELASTICSEARCH_PASSWORD=secured.password), 4)
        assert f"{secured.url} is not trusted; set DRAGOMAN_ELASTICSEARCH_CA to its CA's file" in line


def test_tls_on_one_side_alone_is_told(dragoman: Dragoman, safe: dict[str, str], elasticsearch_url: str) -> None:
    plain = {**safe, "DRAGOMAN_ELASTICSEARCH_URL": elasticsearch_url.replace("http:", "https:")}
    assert "answers without TLS; write http://" in refused(dragoman("search", "*", **plain), 4)
    spoken = safe["DRAGOMAN_ELASTICSEARCH_URL"].replace("https:", "http:")
    plain = {**safe, "DRAGOMAN_ELASTICSEARCH_URL": spoken, "DRAGOMAN_ELASTICSEARCH_CA": ""}
    assert "https:// may be meant" in refused(dragoman("search", "*", **plain), 4)


@pytest.mark.parametrize(
    ("command", "settings", "mend"),
    [
        ("status", {"URL": f"elastic:{SECRET}@localhost:9200"}, "an http:// or https:// address is wanted"),
        ("status", {"URL": f"http://elastic:{SECRET}@localhost:port"}, "write https://host:9200"),
        ("crawl nowhere", {"URL": "http://localhost:9200", "API_KEY": f"{SECRET}\n{SECRET}"}, "in one line"),
        ("status", {"API_KEY": SECRET, "API_KEY_FILE": "FOLDER/key"}, "keep one"),
        ("crawl nowhere", {"API_KEY_FILE": "FOLDER/nowhere"}, "cannot be read: No such file"),
        ("status", {"API_KEY_FILE": "FOLDER"}, "cannot be read: Is a directory"),
        ("status", {"PASSWORD_FILE": "FOLDER/empty"}, "the secret alone is wanted"),
        ("status", {"PASSWORD_FILE": "FOLDER/long"}, "the secret alone is wanted"),
        ("status", {"PASSWORD_FILE": "FOLDER/binary"}, "a text file is wanted"),
        ("status", {"URL": "https://localhost:9200", "CA": "FOLDER/empty"}, "holds no certificate"),
    ],
)
def test_a_wrong_setting_is_one_line_without_the_secret(
    dragoman: Dragoman, tmp_path: Path, command: str, settings: dict[str, str], mend: str
) -> None:
    (tmp_path / "key").write_text(SECRET)
    (tmp_path / "empty").write_text("\n")
    (tmp_path / "long").write_text(SECRET * 1_000)
    (tmp_path / "binary").write_bytes(b"\xff\xfe\x00")
    (tmp_path / "outlets").mkdir()
    (tmp_path / "outlets" / "nowhere.yaml").write_text(OUTLET)
    given = {
        f"DRAGOMAN_ELASTICSEARCH_{name}": value.replace("FOLDER", str(tmp_path)) for name, value in settings.items()
    }
    line = refused(dragoman(*command.split(), **given, DRAGOMAN_OUTLETS=str(tmp_path / "outlets")), 2)
    assert mend in line
    assert SECRET not in line


def test_no_log_and_no_traceback_has_a_secret(dragoman: Dragoman, elasticsearch_url: str, tmp_path: Path) -> None:
    (tmp_path / "nowhere.yaml").write_text(OUTLET)

    def crawl(url: str) -> str:
        done = dragoman(
            *("crawl", "nowhere"),
            DRAGOMAN_OUTLETS=str(tmp_path),
            DRAGOMAN_LOG_LEVEL="DEBUG",
            DRAGOMAN_ELASTICSEARCH_URL=url.replace("://", f"://elastic:{SECRET}@"),
            DRAGOMAN_ELASTICSEARCH_API_KEY=SECRET,
        )
        return done.stdout + done.stderr

    said = crawl("http://127.0.0.1:9")
    assert "127.0.0.1:9; is it running" in said
    assert SECRET not in said
    with between(elasticsearch_url, lambda *_: (500, b"", {})) as server:
        said = crawl(server.url)
    assert f"{server.url} answers 500" in said
    assert SECRET not in said


def test_a_refused_article_is_listed_with_its_reason_until_the_index_takes_it(
    dragoman: Dragoman, elasticsearch_url: str, alias: str, home: Path
) -> None:
    picky = {
        "type": "keyword",
        "script": {"source": "if (params._source.title == 'Poison') { throw new Exception('is poison') }"},
    }
    with Elasticsearch(elasticsearch_url) as client:
        client.indices.put_index_template(
            name=alias,
            index_patterns=[f"{alias}-*"],
            priority=900,
            template={"mappings": {"properties": {"picky": picky}}},
        )
    there = {"DRAGOMAN_ELASTICSEARCH_URL": elasticsearch_url, "DRAGOMAN_ELASTICSEARCH_INDEX": alias}
    keep(home, "Bread", "Poison", "Wine")

    done = dragoman("index", "--format", "json", **there)
    told = json.loads(done.stdout)
    assert (done.returncode, told["indexed"], told["waiting_for_index"], told["rejected_by_index"]) == (1, 2, 1, 1)
    (rejected,) = told["rejected"]
    assert (rejected["url"], rejected["attempts"]) == ("https://thekootneeti.in/Poison", 1)
    assert "is poison" in rejected["reason"]

    again = dragoman("index", **there)
    assert (again.returncode, again.stdout.splitlines()[1]) == (
        0,
        "1 of them were rejected before: dragoman index --failed tries them again",
    )
    listed = dragoman("index", "--failed", **there, COLUMNS="200")
    assert listed.returncode == 1
    assert "https://thekootneeti.in/Poison" in listed.stdout
    assert "is poison" in listed.stdout

    with Elasticsearch(elasticsearch_url) as client:
        client.indices.delete_index_template(name=alias)
        client.indices.delete(index=list(client.indices.get(index=f"{alias}-*").body))
    taken = json.loads(dragoman("index", "--failed", "--format", "json", **there).stdout)
    assert (taken["indexed"], taken["rejected"], taken["waiting_for_index"]) == (1, [], 0)


def test_a_cluster_that_fails_at_times_gets_every_article(
    dragoman: Dragoman, elasticsearch_url: str, alias: str, home: Path
) -> None:
    keep(home, *(f"number-{n}" for n in range(30)))
    trouble: list[object] = [429, CUT, 503, 502]
    with between(elasticsearch_url, lambda path, _: trouble.pop() if "_bulk" in path and trouble else None) as server:
        there = {"DRAGOMAN_ELASTICSEARCH_URL": server.url, "DRAGOMAN_ELASTICSEARCH_INDEX": alias}
        done = dragoman("index", **there)
        assert (done.returncode, done.stdout, trouble) == (0, "30 articles indexed, 0 wait\n", [])
        assert json.loads(dragoman("status", "--format", "json", **there).stdout)["in_index"] == 30
