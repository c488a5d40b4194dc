"""Putting our objects into Kibana, against a small Kibana that checks each request (``tests/kibana_server.py``)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from conftest import Dragoman
from kibana_server import API_KEY, PASSWORD, USER, State, kibana

from archive.errors import KibanaUnavailable, UserError
from search.kibana import compiled, deciding, installing, objects
from search.kibana.client import Address, Kibana
from search.kibana.compiled import our_objects
from search.kibana.installing import Installed, install

Server = tuple[str, State]
MISSING = b"""{"success":false,"errors":[{"type":"lens","id":"a","error":{"type":"missing_references",
"references":[{"type":"index-pattern","id":"b"}]}}]}"""
WORLD = ("default", "dashboard", "dragoman-world")
VIEW = ("default", "index-pattern", "dragoman-articles")


@pytest.fixture
def server() -> Iterator[Server]:
    with kibana() as (url, state):
        yield url, state
        assert state.broken == [], "each request is as the OpenAPI has it"


def installed(server: Server, *, alias: str = "dragoman", space: str = "default", overwrite: bool = False) -> Installed:
    return install(Kibana(Address(server[0], space, api_key=API_KEY)), alias, overwrite=overwrite)


def raise_version(monkeypatch: pytest.MonkeyPatch, version: int) -> None:
    for module in (objects, deciding, installing):
        monkeypatch.setattr(module, "VERSION", version)


def test_all_objects_are_put_into_an_empty_kibana(server: Server) -> None:
    done = installed(server)
    assert len(done.new) == len(our_objects("dragoman")) == len(server[1].objects)
    assert done.again == done.left == ()
    assert server[1].default_views == {"default": "dragoman-articles"}


def test_a_second_time_nothing_is_changed(server: Server) -> None:
    installed(server)
    before = {key: one["attributes"] for key, one in server[1].objects.items()}
    done = installed(server)
    assert (done.new, done.left) == ((), ())
    assert {key: one["attributes"] for key, one in server[1].objects.items()} == before


def test_what_an_update_brings_is_put_in_beside_and_in_place(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    installed(server)
    del server[1].objects["default", "search", "dragoman-search-gone"]
    raise_version(monkeypatch, 2)
    done = installed(server)
    assert [one.id for one in done.new] == ["dragoman-search-gone"]
    assert server[1].objects[WORLD]["attributes"]["description"].endswith("(Dragoman 2)")


def test_an_object_that_a_user_changed_is_left_and_named(server: Server) -> None:
    installed(server)
    server[1].save("dashboard", "dragoman-world", title="Our world")
    done = installed(server)
    assert [one.id for one in done.left] == ["dragoman-world"]
    assert server[1].objects[WORLD]["attributes"]["title"] == "Our world"
    assert installed(server, overwrite=True).left == ()
    assert server[1].objects[WORLD]["attributes"]["title"] == "World"


def test_an_object_of_a_users_own_with_our_id_is_left(server: Server) -> None:
    now = server[1].now()
    mine = {"type": "dashboard", "id": "dragoman-world", "attributes": {"title": "Mine"}, "references": []}
    server[1].objects[WORLD] = {**mine, "created_at": now, "updated_at": now}
    assert [one.id for one in installed(server).left] == ["dragoman-world"]
    assert server[1].objects[WORLD]["attributes"] == {"title": "Mine"}


def test_users_own_objects_are_not_touched(server: Server) -> None:
    mine = {"type": "dashboard", "id": "mine", "attributes": {"title": "World"}, "references": []}
    server[1].objects["default", "dashboard", "mine"] = mine
    installed(server)
    installed(server, overwrite=True)
    assert server[1].objects["default", "dashboard", "mine"] is mine


def test_what_users_added_to_a_data_view_stays(server: Server) -> None:
    installed(server)
    there = server[1].objects[VIEW]["attributes"]
    labels = {**json.loads(there["fieldAttrs"]), "mine": {"customLabel": "Mine"}}
    labels["title"] = {**labels["title"], "count": 3}
    fields = {**json.loads(there["runtimeFieldMap"]), "mine": {"type": "keyword", "script": {"source": "emit('x')"}}}
    del fields["hours_to_capture"]
    server[1].save(
        *VIEW[1:], fieldAttrs=json.dumps(labels), runtimeFieldMap=json.dumps(fields), sourceFilters='[{"value":"x"}]'
    )
    assert installed(server).left == ()
    now = server[1].objects[VIEW]["attributes"]
    assert json.loads(now["fieldAttrs"])["mine"] == {"customLabel": "Mine"}
    assert json.loads(now["fieldAttrs"])["title"]["count"] == 3
    assert set(json.loads(now["runtimeFieldMap"])) == {"mine", "hours_to_capture", "hours_online"}
    assert now["sourceFilters"] == '[{"value":"x"}]'


def test_a_default_data_view_that_was_chosen_stays(server: Server) -> None:
    server[1].default_views["default"] = "theirs"
    installed(server)
    assert server[1].default_views == {"default": "theirs"}


def test_an_older_dragoman_does_not_overwrite_a_newer_ones(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    raise_version(monkeypatch, 7)
    installed(server)
    monkeypatch.undo()
    before = dict(server[1].objects)
    with pytest.raises(UserError, match="a newer Dragoman put its objects into this space"):
        installed(server)
    assert server[1].objects == before
    installed(server, overwrite=True)
    assert server[1].objects[WORLD]["attributes"]["description"].endswith("(Dragoman 1)")


def test_another_aliass_data_views_are_not_taken_over(server: Server) -> None:
    installed(server, alias="harbour")
    with pytest.raises(UserError, match="of another alias than 'dragoman'"):
        installed(server)
    assert server[1].objects[VIEW]["attributes"]["title"] == "harbour"
    installed(server, overwrite=True)
    assert server[1].objects[VIEW]["attributes"]["title"] == "dragoman"


def test_a_space_has_objects_of_its_own(server: Server) -> None:
    installed(server)
    installed(server, space="analysts")
    assert server[1].default_views["analysts"] == "dragoman-analysts-articles"
    names = [{name for space, _, name in server[1].objects if space == wanted} for wanted in ("default", "analysts")]
    assert len(names[0]) == len(names[1])
    assert not names[0] & names[1], "an id may stand once in all spaces"
    assert installed(server, space="analysts").new == ()


def test_a_space_that_is_missing_is_named(server: Server) -> None:
    with pytest.raises(UserError, match="has no space 'nobody'"):
        installed(server, space="nobody")
    assert server[1].objects == {}


@pytest.mark.parametrize("version", ["8.13.4", "7.17.29", "8.9.0"])
def test_a_kibana_that_is_too_old_is_refused(server: Server, version: str) -> None:
    server[1].version = version
    with pytest.raises(KibanaUnavailable, match=f"is Kibana {version}; 8.14 or newer is needed"):
        installed(server)
    assert server[1].objects == {}


@pytest.mark.parametrize("version", ["8.14.0", "8.19.3", "9.4.3", "10.0.0-SNAPSHOT"])
def test_newer_kibanas_are_taken(server: Server, version: str) -> None:
    server[1].version = version
    assert installed(server).kibana == version


@pytest.mark.parametrize(
    "body", [b"", b"<html>", b"[]", b'{"status":"up"}', b'{"version":"8"}', b'{"version":{"number":"x.y"}}']
)
def test_what_is_no_kibana_is_said_to_be_none(server: Server, body: bytes) -> None:
    server[1].failing["/api/status"] = (200, body)
    with pytest.raises(KibanaUnavailable, match="does not say which Kibana it is"):
        installed(server)


@pytest.mark.parametrize(
    ("path", "status", "body", "line"),
    [
        ("/api/status", 401, b"{}", r"refuses us \(401\); mend DRAGOMAN_KIBANA_API_KEY"),
        ("/api/saved_objects/_import", 403, b"{}", r"refuses us \(403\)"),
        ("/api/status", 503, b"Kibana server is not ready yet", "is not ready yet"),
        ("/api/status", 302, b"", r"leads elsewhere \(302\)"),
        ("/api/saved_objects/_import", 413, b'{"message":"Payload too large"}', "answers 413: Payload too large"),
        ("/api/saved_objects/_import", 409, b'{"message":"busy"}', "answers 409: busy"),
        ("/api/saved_objects/_import", 200, b'{"success":false}', "does not say why"),
        ("/api/saved_objects/_import", 200, b"no json", "does not say why"),
        (
            "/api/saved_objects/_import",
            200,
            MISSING,
            "lens a: missing_references: index-pattern b",
        ),
        (
            "/api/saved_objects/_import",
            200,
            b'{"success":false,"errors":[{"type":"map","id":"a","error":{"type":"unknown","message":"too new"}}]}',
            "map a: unknown: too new",
        ),
        ("/api/data_views/default", 500, b"{}", "answers 500"),
    ],
)
def test_a_refusal_is_one_line(server: Server, path: str, status: int, body: bytes, line: str) -> None:
    server[1].failing[path] = (status, body)
    with pytest.raises(KibanaUnavailable, match=line):
        installed(server)


def test_an_export_that_is_no_json_is_refused(server: Server) -> None:
    installed(server)
    server[1].failing["/api/saved_objects/_export"] = (200, b"<html>\n")
    with pytest.raises(KibanaUnavailable, match="no JSON"):
        installed(server)


def test_an_answer_without_end_is_cut_off(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("search.kibana.client._LARGEST", 1024 * 1024)
    server[1].failing["/api/status"] = (200, b" " * 3 * 1024 * 1024)
    with pytest.raises(KibanaUnavailable, match="more than 1 MB"):
        installed(server)


def test_a_user_and_password_are_as_good_as_a_key(server: Server) -> None:
    assert install(Kibana(Address(server[0], user=USER, password=PASSWORD)), "dragoman", overwrite=False).new


@pytest.mark.parametrize("address", [{"user": USER, "password": "wrong"}, {"api_key": "wrong"}, {}])
def test_wrong_credentials_are_refused_and_not_shown(server: Server, address: dict[str, Any]) -> None:
    kibana = Kibana(Address(server[0], **address))
    with pytest.raises(KibanaUnavailable, match="refuses us") as refused:
        install(kibana, "dragoman", overwrite=False)
    assert "wrong" not in str(refused.value) + repr(kibana.address)


def test_the_command_says_what_it_did(server: Server, dragoman: Dragoman) -> None:
    ask = ("kibana", "install", "--url", server[0])
    done = dragoman(*ask, DRAGOMAN_KIBANA_API_KEY=API_KEY)
    count = len(our_objects("dragoman"))
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == f"Kibana 8.14.2: {count} objects new, 0 put in again\n{server[0]}/app/dashboards\n"
    server[1].save("lens", "dragoman-world-dyads", title="Dyads")
    again = dragoman(*ask, DRAGOMAN_KIBANA_USER=USER, DRAGOMAN_KIBANA_PASSWORD=PASSWORD)
    assert "left as it was changed there: lens 'Pairs of countries over time' (dragoman-world-dyads)" in again.stdout
    told = json.loads(dragoman(*ask, "--space", "analysts", "--format", "json", DRAGOMAN_KIBANA_API_KEY=API_KEY).stdout)
    assert told["dashboards"] == f"{server[0]}/s/analysts/app/dashboards"
    assert len(told["new"]) == count


@pytest.mark.parametrize(
    ("arguments", "code", "line"),
    [
        (("--url", "localhost:5601"), 2, "--url 'localhost:5601': an http:// or https:// address is wanted"),
        (("--url", "http://"), 2, "an http:// or https:// address is wanted"),
        (("--url", "http://kibana:99999999"), 2, "an http:// or https:// address is wanted"),
        (("--url", "http://elastic:secret@kibana"), 2, "--url: leave out who we are; set DRAGOMAN_KIBANA_USER"),
        (("--url", "http://127.0.0.1:9", "--space", "A b"), 2, "--space 'A b'"),
        (("--url", "http://127.0.0.1:9"), 4, "no Kibana answers at http://127.0.0.1:9; is it running?"),
        ((), 2, "--url"),
    ],
)
def test_a_mistake_is_one_line(dragoman: Dragoman, arguments: tuple[str, ...], code: int, line: str) -> None:
    done = dragoman("kibana", "install", *arguments)
    assert done.returncode == code
    assert line in done.stderr
    assert "Traceback" not in done.stderr
    assert "secret" not in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_an_export_holds_what_an_installation_puts_in(server: Server, dragoman: Dragoman, tmp_path: Any) -> None:
    file = tmp_path / "dragoman.ndjson"
    assert dragoman("kibana", "export", str(file), DRAGOMAN_ELASTICSEARCH_INDEX="harbour").returncode == 0
    installed(server, alias="harbour")
    stamped = {key: {**one} for key, one in server[1].objects.items()}
    for one in stamped.values():
        del one["created_at"], one["updated_at"]
    lines = [json.loads(line) for line in file.read_text("utf-8").splitlines()]
    assert {("default", one["type"], one["id"]): one for one in lines} == stamped
    assert dragoman("kibana", "export", DRAGOMAN_ELASTICSEARCH_INDEX="harbour").stdout == file.read_text("utf-8")
    assert dragoman("kibana", "export", str(tmp_path / "no" / "folder")).returncode == 2


def test_the_objects_of_every_space_are_whole() -> None:
    for space in ("default", "analysts"):
        there = {(one.type, one.id) for one in compiled.our_objects("dragoman", space)}
        for one in compiled.our_objects("dragoman", space):
            assert {(reference.type, reference.id) for reference in one.references} <= there
