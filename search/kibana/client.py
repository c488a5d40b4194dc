"""Kibana's HTTP interface, as much of it as we need: https://www.elastic.co/docs/api/doc/kibana (saved objects, data views, spaces).

``kibana-py`` would be a client, but it wants elastic-transport 9, which the Elasticsearch client of version 8 cannot have.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote

import urllib3
from urllib3.exceptions import HTTPError, LocationParseError, MaxRetryError, SSLError

from archive.errors import KibanaUnavailable, UserError
from search.kibana.objects import DEFAULT_SPACE

_SECONDS = urllib3.Timeout(connect=10, read=120)
"""An import of our objects takes Kibana a few seconds."""
_LARGEST = 32 * 1024 * 1024
"""Bytes of one answer; ours are under a megabyte."""
_OLDEST = (8, 14)
"""The Kibana whose forms our objects have (``objects.TYPE_VERSIONS``)."""


@dataclass(frozen=True, slots=True)
class Address:
    """Where a Kibana is, which of its spaces is meant, and who we are. ``ca`` is a file."""

    url: str
    space: str = DEFAULT_SPACE
    api_key: str | None = field(default=None, repr=False)
    user: str | None = None
    password: str | None = field(default=None, repr=False)
    ca: str | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back."""

    status: int
    body: bytes

    def json(self) -> dict[str, Any]:
        """The answer's object; empty if it is none."""
        try:
            told = json.loads(self.body)
        except ValueError:
            return {}
        return told if isinstance(told, dict) else {}


@dataclass(frozen=True, slots=True)
class Problem:
    """Why an import did not take an object: ``conflict``, ``missing_references``, ``unsupported_type`` …"""

    type: str
    id: str
    reason: str


class Kibana:
    """One space of one Kibana. Every method raises KibanaUnavailable with what to mend."""

    def __init__(self, address: Address) -> None:
        self.address = address
        self.url = address.url.rstrip("/")
        headers = {"kbn-xsrf": "true", "User-Agent": "Dragoman"}
        if address.api_key:
            headers["Authorization"] = f"ApiKey {address.api_key}"
        elif address.user:
            headers |= urllib3.make_headers(basic_auth=f"{address.user}:{address.password or ''}")
        try:
            self._pool = urllib3.PoolManager(headers=headers, timeout=_SECONDS, retries=False, ca_certs=address.ca)
        except (OSError, ValueError) as reason:
            raise KibanaUnavailable(f"DRAGOMAN_KIBANA_CA={address.ca}: {reason}") from reason

    def page(self, path: str) -> str:
        """The address of one of its pages, for a person."""
        return f"{self.url}{self._space()}{path}"

    def check(self) -> str:
        """See that this is a Kibana that takes our objects, and that the space is there. Returns its version."""
        answer = self._ask("GET", "/api/status", space=False, accepted=(200, 400, 404, 405))
        given = answer.json().get("version") if answer.status == 200 else None
        number = str(given.get("number") or "") if isinstance(given, dict) else ""
        parts = number.split("-")[0].split(".")
        if len(parts) < 2 or not all(part.isascii() and part.isdigit() for part in parts):
            raise KibanaUnavailable(f"{self.url} does not say which Kibana it is; is it one, and may we ask it?")
        if (int(parts[0]), int(parts[1])) < _OLDEST:
            raise KibanaUnavailable(f"{self.url} is Kibana {number}; 8.14 or newer is needed")
        self._check_space()
        return number

    def put(self, content: str, *, overwrite: bool) -> list[Problem]:
        """Import objects. Where one cannot be taken, nothing is written, as Kibana does; returns each such problem."""
        answer = self._ask(
            "POST",
            f"/api/saved_objects/_import?overwrite={str(overwrite).lower()}",
            fields={"file": ("dragoman.ndjson", content.encode(), "application/ndjson")},
        )
        told = answer.json()
        problems = [_problem(one) for one in told.get("errors") or []]
        if told.get("success") is not True and not problems:
            raise KibanaUnavailable(f"{self.url} did not take our objects and does not say why")
        return problems

    def take(self, wanted: Sequence[tuple[str, str]]) -> list[dict[str, Any]]:
        """These objects, by type and id, as Kibana has them now; all must be there."""
        body = {"objects": [{"type": kind, "id": name} for kind, name in wanted], "excludeExportDetails": True}
        lines = self._ask("POST", "/api/saved_objects/_export", told=body).body.splitlines()
        try:
            return [told for line in lines if line.strip() and "type" in (told := json.loads(line))]
        except (ValueError, TypeError) as reason:
            raise KibanaUnavailable(f"{self.url} exported what is no JSON") from reason

    def prefer(self, data_view: str) -> None:
        """Make a data view the space's default one, unless it has one already."""
        self._ask("POST", "/api/data_views/default", told={"data_view_id": data_view, "force": False})

    def _check_space(self) -> None:
        space = self.address.space
        answer = self._ask("GET", f"/api/spaces/space/{quote(space, safe='')}", space=False, accepted=(200, 404))
        if answer.status == 404:
            raise UserError(f"{self.url} has no space {space!r}; make it in Kibana, or name another with --space")

    def _space(self) -> str:
        space = self.address.space
        return "" if space == DEFAULT_SPACE else f"/s/{quote(space, safe='')}"

    def _ask(
        self,
        method: str,
        path: str,
        *,
        space: bool = True,
        told: dict[str, Any] | None = None,
        fields: dict[str, Any] | None = None,
        accepted: Sequence[int] = (200,),
    ) -> Answer:
        url = f"{self.url}{self._space() if space else ''}{path}"
        more: dict[str, Any] = {"json": told} if told is not None else {"fields": fields} if fields else {}
        try:
            response = self._pool.request(method, url, preload_content=False, redirect=False, **more)
            body = response.read(_LARGEST + 1, decode_content=True)
            response.release_conn()
        except (SSLError, MaxRetryError) as reason:
            raise self._untrusted(reason) from reason
        except (HTTPError, LocationParseError, OSError) as reason:
            raise KibanaUnavailable(f"no Kibana answers at {self.url}; is it running?") from reason
        if len(body) > _LARGEST:
            raise KibanaUnavailable(f"{self.url} answers with more than {_LARGEST // 1024 // 1024} MB")
        answer = Answer(response.status, body)
        if answer.status not in accepted:
            raise KibanaUnavailable(self._complaint(answer))
        return answer

    def _untrusted(self, reason: Exception) -> KibanaUnavailable:
        cause = getattr(reason, "reason", reason)
        if isinstance(cause, SSLError):
            return KibanaUnavailable(f"{self.url} is not trusted; set DRAGOMAN_KIBANA_CA to its CA's file")
        return KibanaUnavailable(f"no Kibana answers at {self.url}; is it running?")

    def _complaint(self, answer: Answer) -> str:
        if answer.status in (401, 403):
            return (
                f"{self.url} refuses us ({answer.status}); mend DRAGOMAN_KIBANA_API_KEY, or …_USER and …_PASSWORD, "
                "and see that they may manage saved objects and data views"
            )
        if answer.status == 503:
            return f"{self.url} is not ready yet (503); try again in a minute"
        if 300 <= answer.status < 400:
            return (
                f"{self.url} leads elsewhere ({answer.status}); give the address of Kibana itself, with its base path"
            )
        said = str(answer.json().get("message") or "")[:300]
        return f"{self.url} answers {answer.status}{f': {said}' if said else ''}"


def _problem(told: Any) -> Problem:
    told = told if isinstance(told, dict) else {}
    error = told.get("error")
    error = error if isinstance(error, dict) else {}
    reason = str(error.get("type") or error.get("message") or "unknown")
    if lacking := [one for one in error.get("references") or [] if isinstance(one, dict)]:
        reason += ": " + ", ".join(f"{one.get('type')} {one.get('id')}" for one in lacking[:5])
    elif error.get("message"):
        reason += f": {str(error['message'])[:200]}"
    return Problem(str(told.get("type")), str(told.get("id")), reason)
