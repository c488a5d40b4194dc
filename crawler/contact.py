"""Whoever crawls the public Internet says whom to write to.

A contact is not asked for where no publisher can be annoyed: at private and loopback addresses, at names that are reserved for tests
(RFC 6761), and behind a proxy at such an address, which replays an archive or serves the samples.
"""

from __future__ import annotations

import socket
from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import urlsplit
from urllib.request import getproxies

from archive.errors import SettingError
from crawler.middlewares.addresses import is_private
from crawler.outlet import Outlet

_RESERVED = ("test", "example", "invalid", "localhost")


def require_contact(outlets: Iterable[Outlet], settings: Mapping[str, Any]) -> None:
    """Raises SettingError when an outlet on the public Internet is to be crawled and nobody can be written to."""
    for outlet in outlets:
        require_contact_for(outlet.id, (outlet.homepage, *(url for _, url in outlet.all_sources)), settings)


def require_contact_for(name: str, urls: Iterable[str], settings: Mapping[str, Any]) -> None:
    """The same, for these addresses."""
    if settings.get("CONTACT") or any(sign in (settings.get("USER_AGENT") or "") for sign in ("@", "://")):
        return
    proxied = {scheme for scheme, proxy in getproxies().items() if _is_ours(urlsplit(proxy).hostname or "")}
    for url in urls:
        parts = urlsplit(url)
        if parts.scheme not in proxied and not _is_ours(parts.hostname or ""):
            raise SettingError(
                f"{name} is on the public Internet, and its publisher must be able to write to you: "
                "set DRAGOMAN_CONTACT to your mail address or a web page"
            )


def _is_ours(host: str) -> bool:
    """Is this an address of our own network, or a name of no publisher's?"""
    if host.rpartition(".")[2] in _RESERVED:
        return True
    if is_private(host, ()):
        return True
    try:
        found = {str(address[4][0]) for address in socket.getaddrinfo(host, None)}
    except OSError:
        return False  # whoever has a name has a publisher
    return bool(found) and all(is_private(address, ()) for address in found)
