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
_EXAMPLES = ("example.com", "example.net", "example.org")
"""RFC 2606, 3"""


def require_contact(outlets: Iterable[Outlet], settings: Mapping[str, Any]) -> None:
    """Raises SettingError when an outlet on the public Internet is to be crawled and nobody can be written to."""
    _require(((outlet.id, url) for outlet in outlets for _, url in outlet.all_sources), settings)


def without_contact(outlets: Iterable[Outlet], settings: Mapping[str, Any]) -> list[Outlet]:
    """The outlets that may be asked as things are, by their addresses as written: no name is looked up for it."""
    if _is_stated(settings):
        return list(outlets)
    return [one for one in outlets if all(is_written_ours(urlsplit(url).hostname or "") for _, url in one.all_sources)]


def _is_stated(settings: Mapping[str, Any]) -> bool:
    return bool(settings.get("CONTACT")) or any(sign in (settings.get("USER_AGENT") or "") for sign in ("@", "://"))


def require_contact_for(name: str, urls: Iterable[str], settings: Mapping[str, Any]) -> None:
    """The same, for these addresses."""
    _require(((name, url) for url in urls), settings)


def _require(asked: Iterable[tuple[str, str]], settings: Mapping[str, Any]) -> None:
    if _is_stated(settings):
        return
    proxied = {scheme for scheme, proxy in getproxies().items() if _is_ours(urlsplit(proxy).hostname or "")}
    for name, url in asked:
        parts = urlsplit(url)
        if parts.scheme not in proxied and _is_public(parts.hostname or ""):
            raise SettingError(
                f"{name} is on the public Internet, and its publisher must be able to write to you: "
                "set DRAGOMAN_CONTACT to your mail address or a web page"
            )


def _is_public(host: str) -> bool:
    """Does this name lead to the public Internet? One that leads nowhere is nobody's, and the crawl will say so."""
    return not is_written_ours(host) and not all(is_private(address, ()) for address in _addresses(host))


def _is_ours(host: str) -> bool:
    """Is this an address of our own network, or a name of no publisher's?"""
    if is_written_ours(host):
        return True
    found = _addresses(host)
    return bool(found) and all(is_private(address, ()) for address in found)


def is_written_ours(host: str) -> bool:
    """Is this an address of our own network, or a name of no publisher's, as it is written: without asking for the name?"""
    is_reserved = host.rpartition(".")[2] in _RESERVED or host.removeprefix("www.") in _EXAMPLES
    return is_reserved or is_private(host, ())


def _addresses(host: str) -> set[str]:
    try:
        return {str(address[4][0]) for address in socket.getaddrinfo(host, None)}
    except OSError:
        return set()
