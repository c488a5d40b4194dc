"""Only public addresses are crawled: what a feed announces must not reach into the operator's own network.

Addresses written out in a URL are looked at before the request is sent. Names are looked at when they are resolved,
and the connection goes to the very address that was looked at, so a name cannot point elsewhere in between.
Behind a proxy names are resolved by the proxy, so there only written-out addresses are refused.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Sequence
from typing import Self
from urllib.parse import urlsplit
from urllib.request import getproxies

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import CannotResolveHostError, IgnoreRequest
from scrapy.resolver import CachingThreadedResolver
from twisted.internet.base import ReactorBase
from twisted.internet.defer import Deferred
from twisted.internet.error import DNSLookupError

from archive.errors import SettingError

Network = ipaddress.IPv4Network | ipaddress.IPv6Network

_private_names: set[str] = set()
"""Names that resolved to private addresses. Twisted hands on no reason why a name has no address, so it is kept here."""


class PrivateAddress(IgnoreRequest):
    """A request would go to an address that is not public."""


class PublicAddresses:
    """Refuses requests to private addresses with PrivateAddress."""

    def __init__(self, allowed: Sequence[Network]) -> None:
        self.allowed = allowed

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        return cls(networks(crawler.settings.getlist("ALLOWED_ADDRESSES")))

    def process_request(self, request: Request) -> None:
        host = urlsplit(request.url).hostname or ""
        if is_private(host, self.allowed):
            raise PrivateAddress(f"private address {host}")

    def process_exception(self, request: Request, exception: Exception) -> None:
        host = urlsplit(request.url).hostname or ""
        if isinstance(exception, CannotResolveHostError) and host in _private_names:
            raise PrivateAddress(f"{host} has a private address") from exception


class PublicResolver(CachingThreadedResolver):
    """Scrapy's resolver, blind to private addresses, except for the operator's own proxies."""

    def __init__(self, reactor: ReactorBase, cache_size: int, timeout: float) -> None:
        super().__init__(reactor, cache_size, timeout)
        self.allowed: Sequence[Network] = ()
        self.proxies = {urlsplit(proxy).hostname for proxy in getproxies().values()}

    @classmethod
    def from_crawler(cls, crawler: Crawler, reactor: ReactorBase) -> Self:
        resolver = super().from_crawler(crawler, reactor)
        resolver.allowed = networks(crawler.settings.getlist("ALLOWED_ADDRESSES"))
        return resolver

    def getHostByName(self, name: str, timeout: Sequence[int] = ()) -> Deferred[str]:  # noqa: N802
        found = super().getHostByName(name, timeout)
        return found if name in self.proxies else found.addCallback(self._public, name)

    def _public(self, address: str, name: str) -> str:
        if is_private(address, self.allowed):
            _private_names.add(name)
            raise DNSLookupError(f"{name} has a private address")
        return address


def is_private(host: str, allowed: Sequence[Network]) -> bool:
    """Is this an address, written out, that is not public and not among those allowed? Names are not: they resolve first.

    >>> is_private("127.0.0.1", ()), is_private("8.8.8.8", ()), is_private("example.org", ())
    (True, False, False)
    """
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return False
    mapped = getattr(address, "ipv4_mapped", None) or address
    return not mapped.is_global and not any(mapped in network for network in allowed)


def networks(texts: Sequence[str]) -> tuple[Network, ...]:
    """The networks that these texts name. Raises SettingError for one that names none."""
    try:
        return tuple(ipaddress.ip_network(text) for text in texts)
    except ValueError as reason:
        raise SettingError(f"DRAGOMAN_ALLOWED_ADDRESSES: {reason}; write 127.0.0.1 or 10.1.0.0/16") from reason
