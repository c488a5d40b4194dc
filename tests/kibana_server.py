"""A small Kibana: it takes the requests that Kibana's published OpenAPI has, refuses others, and keeps objects as Kibana does.

Transcribed from https://www.elastic.co/docs/api/doc/kibana: post-saved-objects-import, post-saved-objects-export,
setDefaultDatailViewDefault, get-spaces-space-id, get-status; what an import does with conflicts and stamps from elastic/kibana
(import/lib/create_saved_objects.ts, api-server-internal bulk_create.ts).
"""

from __future__ import annotations

import base64
import email.parser
import email.policy
import itertools
import json
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

API_KEY = "aWQ6a2V5"
USER, PASSWORD = "elastic", "secret"
NEWEST = {
    "tag": "8.0.0",
    "index-pattern": "8.0.0",
    "search": "10.3.0",
    "map": "8.4.0",
    "lens": "8.9.0",
    "dashboard": "10.2.0",
}
"""The forms that Kibana 8.14 knows: a newer one is refused."""


@dataclass
class State:
    """What the server is, and what it holds."""

    version: str = "8.14.2"
    spaces: tuple[str, ...] = ("default", "analysts")
    objects: dict[tuple[str, str, str], dict[str, Any]] = field(default_factory=dict)
    default_views: dict[str, str] = field(default_factory=dict)
    requests: list[str] = field(default_factory=list)
    broken: list[str] = field(default_factory=list)
    failing: dict[str, tuple[int, bytes]] = field(default_factory=dict)
    clock: Iterator[int] = field(default_factory=lambda: itertools.count(1))

    def now(self) -> str:
        """An instant, later than the last."""
        return f"2026-11-24T10:00:00.{next(self.clock):03}Z"

    def save(self, kind: str, name: str, space: str = "default", **attributes: Any) -> None:
        """A user changes an object in the browser."""
        one = self.objects[space, kind, name]
        one["attributes"] = {**one["attributes"], **attributes}
        one["updated_at"] = self.now()


class _Refused(Exception):
    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.status, self.message = status, message


class _Handler(BaseHTTPRequestHandler):
    state: State

    def log_message(self, *_: Any) -> None:
        pass

    def do_GET(self) -> None:
        self._answer()

    def do_POST(self) -> None:
        self._answer()

    def _answer(self) -> None:
        content = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        parts = urlsplit(self.path)
        space, path = "default", parts.path
        if found := re.fullmatch(r"/s/([^/]+)(/.*)", path):
            space, path = found[1], found[2]
        self.state.requests.append(f"{self.command} {self.path}")
        try:
            if path in self.state.failing:
                status, body = self.state.failing[path]
            else:
                self._authorize()
                status, body = 200, self._routed(path, parse_qs(parts.query), content, space)
        except _Refused as reason:
            if reason.status == 400:
                self.state.broken.append(f"{self.path}: {reason.message}")
            told = {"statusCode": reason.status, "error": "…", "message": reason.message}
            status, body = reason.status, json.dumps(told).encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def _authorize(self) -> None:
        basic = base64.b64encode(f"{USER}:{PASSWORD}".encode()).decode()
        if self.headers.get("Authorization") not in (f"ApiKey {API_KEY}", f"Basic {basic}", f"basic {basic}"):
            raise _Refused(401, "Unauthorized")

    def _routed(self, path: str, query: dict[str, list[str]], content: bytes, space: str) -> bytes:
        match self.command, path:
            case "GET", "/api/status":
                return json.dumps({"name": "kibana", "version": {"number": self.state.version}}).encode()
            case "GET", _ if path.startswith("/api/spaces/space/"):
                name = path.rsplit("/", 1)[1]
                if name not in self.state.spaces:
                    raise _Refused(404, "Not Found")
                return json.dumps({"id": name, "name": name, "disabledFeatures": []}).encode()
        if self.command != "POST":
            raise _Refused(404, "Not Found")
        if not self.headers.get("kbn-xsrf"):
            raise _Refused(400, "Request must contain a kbn-xsrf header.")
        match path:
            case "/api/saved_objects/_import":
                return json.dumps(self._import(query, content, space)).encode()
            case "/api/saved_objects/_export":
                return self._export(_json(self.headers, content), space)
            case "/api/data_views/default":
                return self._default(_json(self.headers, content), space)
        raise _Refused(404, "Not Found")

    def _import(self, query: dict[str, list[str]], content: bytes, space: str) -> dict[str, Any]:
        if unknown := set(query) - {"overwrite", "createNewCopies", "compatibilityMode"}:
            raise _Refused(400, f"[request query]: definition for this key is missing: {unknown}")
        if any(value not in (["true"], ["false"]) for value in query.values()):
            raise _Refused(400, "[request query]: expected value of type [boolean]")
        objects = _uploaded(self.headers, content)
        overwrite = query.get("overwrite") == ["true"]
        there = self.state.objects
        here = {(one["type"], one["id"]) for one in objects}
        errors = [self._error(one, "unsupported_type") for one in objects if one["type"] not in NEWEST]
        for one in objects:
            wanted = {(ref["type"], ref["id"]) for ref in one["references"]}
            lacking = [ref for ref in sorted(wanted - here) if (space, *ref) not in there]
            if lacking:
                references = [{"type": kind, "id": name} for kind, name in lacking]
                errors.append(self._error(one, "missing_references", references=references))
            elif (space, one["type"], one["id"]) in there and not overwrite:
                errors.append(self._error(one, "conflict"))
            elif _newer(one):
                errors.append(self._error(one, "unknown", message="belongs to a more recent version of Kibana"))
        if not any(error["error"]["type"] in ("conflict", "missing_references") for error in errors):
            refused = {(error["type"], error["id"]) for error in errors}
            now = self.state.now()
            for one in objects:
                if (one["type"], one["id"]) not in refused:
                    there[space, one["type"], one["id"]] = {**one, "created_at": now, "updated_at": now}
        told = {"success": not errors, "successCount": len(objects) - len(errors), "warnings": []}
        return {**told, "errors": errors} if errors else told

    @staticmethod
    def _error(one: dict[str, Any], kind: str, **more: Any) -> dict[str, Any]:
        return {"type": one["type"], "id": one["id"], "meta": {}, "error": {"type": kind, **more}}

    def _export(self, told: dict[str, Any], space: str) -> bytes:
        _known(told, {"objects", "type", "hasReference", "search", "includeReferencesDeep", "excludeExportDetails"})
        if not isinstance(told.get("objects"), list) or not told["objects"]:
            raise _Refused(400, "Either `type` or `objects` are required.")
        lines = []
        for wanted in told["objects"]:
            _known(wanted, {"type", "id"})
            key = (space, wanted["type"], wanted["id"])
            if key not in self.state.objects:
                raise _Refused(400, "Error fetching objects to export")
            lines.append(json.dumps(self.state.objects[key]))
        if told.get("excludeExportDetails") is not True:
            lines.append(json.dumps({"exportedCount": len(lines), "missingRefCount": 0, "missingReferences": []}))
        return "\n".join(lines).encode()

    def _default(self, told: dict[str, Any], space: str) -> bytes:
        _known(told, {"data_view_id", "force"})
        if not isinstance(told.get("data_view_id"), str | None) or not isinstance(told.get("force", False), bool):
            raise _Refused(400, "[request body]: types failed validation")
        if told.get("force") or space not in self.state.default_views:
            self.state.default_views[space] = told["data_view_id"]
        return b'{"acknowledged":true}'


def _known(told: dict[str, Any], names: set[str]) -> None:
    if unknown := set(told) - names:
        raise _Refused(400, f"[request body]: definition for this key is missing: {unknown}")


def _json(headers: Any, content: bytes) -> dict[str, Any]:
    if not headers.get("Content-Type", "").startswith("application/json"):
        raise _Refused(400, "the body is no application/json")
    return dict(json.loads(content))


def _uploaded(headers: Any, content: bytes) -> list[dict[str, Any]]:
    """The objects of the one file in a multipart body."""
    if not headers.get("Content-Type", "").startswith("multipart/form-data"):
        raise _Refused(400, "the body is no multipart/form-data")
    whole = b"Content-Type: " + headers["Content-Type"].encode() + b"\r\n\r\n" + content
    (part,) = email.parser.BytesParser(policy=email.policy.HTTP).parsebytes(whole).iter_parts()
    if part.get_param("name", header="Content-Disposition") != "file":
        raise _Refused(400, "[request body.file]: expected value of type [stream]")
    if not (part.get_filename() or "").endswith(".ndjson"):
        raise _Refused(400, "Invalid file extension")
    objects = [json.loads(line) for line in part.get_payload(decode=True).decode().splitlines()]
    if len({(one["type"], one["id"]) for one in objects}) < len(objects):
        raise _Refused(400, "Non-unique import objects detected")
    return objects


def _newer(one: dict[str, Any]) -> bool:
    def number(version: str) -> tuple[int, ...]:
        return tuple(map(int, version.split(".")))

    return number(one["typeMigrationVersion"]) > number(NEWEST[one["type"]])


@contextmanager
def kibana() -> Iterator[tuple[str, State]]:
    """A Kibana at an address of this machine."""
    state = State()
    handler = type("Handler", (_Handler,), {"state": state})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}", state
    finally:
        server.shutdown()
        server.server_close()
