"""What the printed roles grant, and what they do not, on a real cluster with security and TLS on."""

from __future__ import annotations

import json
import uuid
from base64 import b64encode
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from articles import an_article
from conftest import Secured
from elasticsearch import ApiError, Elasticsearch
from generations import next_generation

from archive.errors import IndexUnavailable
from archive.home import open_home
from archive.store import open_store
from search.index import Connection, Index
from search.opening import open_index
from search.query import parse
from search.roles import roles

JSON = {"content-type": "application/json", "accept": "application/json"}
PASSWORD = "pâss phrase, not the best"


@pytest.fixture(scope="module")
def operator(secured: Secured) -> Iterator[Elasticsearch]:
    """The client of one who may do everything."""
    with Elasticsearch(secured.url, basic_auth=(secured.user, secured.password), ca_certs=str(secured.ca)) as client:
        client.cluster.health(wait_for_status="yellow")
        yield client


@pytest.fixture(scope="module")
def alias(operator: Elasticsearch) -> Iterator[str]:
    """An alias with the printed roles, and a user of each: ``<alias>_crawler`` and ``<alias>_analyst``. Beside it another's index."""
    name = f"test{uuid.uuid4().hex[:12]}"
    given = roles(name)
    for role, body in given.items():
        operator.perform_request("PUT", f"/_security/role/{role}", body=body, headers=JSON)
        operator.security.put_user(username=role, password=PASSWORD, roles=[role])
    operator.index(index=f"other{name}", document={"secret": True}, refresh=True)
    yield name
    for role in given:
        operator.security.delete_user(username=role)
        operator.security.delete_role(name=role)
    for pattern in (f"{name}-*", f"other{name}"):
        if found := list(operator.indices.get(index=pattern).body):
            operator.indices.delete(index=found)


Opened = Callable[[str], Index]


@pytest.fixture
def opened(secured: Secured, alias: str, tmp_path: Path) -> Iterator[Opened]:
    """The index as a user of this role finds it."""
    made = []

    def open_as(who: str, under: str = alias) -> Index:
        made.append(
            open_index(
                tmp_path,
                Connection(secured.url, under, user=f"{alias}_{who}", password=PASSWORD, ca=str(secured.ca)),
            )
        )
        return made[-1]

    yield open_as
    for one in made:
        one.close()


@contextmanager
def client_of(secured: Secured, alias: str, who: str) -> Iterator[Elasticsearch]:
    with Elasticsearch(secured.url, headers=basic(f"{alias}_{who}", PASSWORD), ca_certs=str(secured.ca)) as client:
        yield client


def basic(user: str, password: str) -> dict[str, str]:
    return {"authorization": "Basic " + b64encode(f"{user}:{password}".encode()).decode()}


def test_a_crawler_can_do_the_whole_job(dragoman: Callable[..., Any], secured: Secured, alias: str, home: Path) -> None:
    with open_store(open_home(home)) as store:
        for n in range(6):
            store.keep(an_article(str(n), body=f"Text number {n}.", language="fr" if n % 2 else "en"))
    crawler = {
        "DRAGOMAN_ELASTICSEARCH_URL": secured.url,
        "DRAGOMAN_ELASTICSEARCH_INDEX": alias,
        "DRAGOMAN_ELASTICSEARCH_USER": f"{alias}_crawler",
        "DRAGOMAN_ELASTICSEARCH_PASSWORD": PASSWORD,
        "DRAGOMAN_ELASTICSEARCH_CA": str(secured.ca),
    }
    (home / "synonyms.txt").write_text("text, writ\n")
    commands = ("index", "reindex", "reindex --rollback", "synonyms --apply", "index --failed", "export writ", "status")
    for command in commands:
        done = dragoman(*command.split(), **crawler)
        assert done.returncode == 0, done.stderr
    assert len(json.loads(dragoman("search", "number", "--format", "json", **crawler).stdout)) == 6


def test_an_analyst_can_search_and_see_the_fields(opened: Opened, secured: Secured, alias: str) -> None:
    opened("crawler").write([an_article("seen", body="A lighthouse.")])
    analyst = opened("analyst")
    assert analyst.search(parse("lighthouse"), 3).total == len(list(analyst.scan(parse("lighthouse")))) == 1
    with client_of(secured, alias, "analyst") as client:
        assert "body" in client.field_caps(index=alias, fields="*")["fields"]
        assert client.indices.get_mapping(index=alias).body


def test_an_analyst_cannot_write(opened: Opened) -> None:
    opened("crawler").write([an_article("there")])
    analyst = opened("analyst")
    with pytest.raises(IndexUnavailable, match="403"):
        analyst.write([an_article("mine")])
    with pytest.raises(IndexUnavailable, match="403"), next_generation(analyst):
        pass


@pytest.mark.parametrize("who", ["crawler", "analyst"])
@pytest.mark.parametrize(
    ("method", "path", "body"),
    [
        ("GET", "/other{}/_search", None),
        ("POST", "/other{}/_doc", {"secret": False}),
        ("DELETE", "/other{}", None),
        ("PUT", "/other{}/_alias/{}", None),
        ("PUT", "/quite-another", None),
        ("GET", "/_security/user", None),
        ("PUT", "/_cluster/settings", {"persistent": {"action.auto_create_index": "false"}}),
    ],
)
def test_what_is_not_granted_is_refused(
    secured: Secured, alias: str, who: str, method: str, path: str, body: object
) -> None:
    with client_of(secured, alias, who) as client, pytest.raises(ApiError) as refused:
        client.perform_request(method, path.format(alias, alias), body=body, headers=JSON)
    assert refused.value.status_code == 403


def test_the_refusal_of_another_alias_says_what_to_do(opened: Callable[[str, str], Index], alias: str) -> None:
    with pytest.raises(IndexUnavailable, match="dragoman elasticsearch roles"):
        opened("crawler", f"other{alias}-x").write([an_article()])


def test_an_api_key_made_of_the_role_does_the_same(
    secured: Secured, operator: Elasticsearch, alias: str, tmp_path: Path
) -> None:
    key = operator.security.create_api_key(name=alias, role_descriptors={"crawler": roles(alias)[f"{alias}_crawler"]})
    for secret in (key["encoded"], f"{key['id']}:{key['api_key']}"):
        index = open_index(tmp_path, Connection(secured.url, alias, api_key=secret, ca=str(secured.ca)))
        assert index.write([an_article("by-key")]) == []
        index.close()
    operator.security.invalidate_api_key(ids=[key["id"]])


def test_the_command_prints_what_elasticsearch_takes(dragoman: Callable[..., Any], operator: Elasticsearch) -> None:
    name = f"test{uuid.uuid4().hex[:12]}"
    done = dragoman("elasticsearch", "roles", "--format", "json", DRAGOMAN_ELASTICSEARCH_INDEX=name)
    printed = json.loads(done.stdout)
    assert set(printed) == {f"{name}_crawler", f"{name}_analyst"}
    text = dragoman("elasticsearch", "roles", DRAGOMAN_ELASTICSEARCH_INDEX=name).stdout
    requests = text.split("\n\n")
    assert [json.loads(one.partition("\n")[2]) for one in requests[:2]] == list(printed.values())
    for role, body in printed.items():
        put = operator.perform_request("PUT", f"/_security/role/{role}", body=body, headers=JSON)
        assert put.body["role"]["created"]
        operator.security.delete_role(name=role)
    key = json.loads(requests[2].partition("POST /_security/api_key\n")[2])
    made = operator.perform_request("POST", "/_security/api_key", body=key, headers=JSON)
    operator.security.invalidate_api_key(ids=[made.body["id"]])
