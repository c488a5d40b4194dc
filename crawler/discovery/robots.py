"""Which sitemaps does a robots.txt name (sitemaps.org, "Specifying the Sitemap location in your robots.txt file")?"""

from __future__ import annotations

from protego import Protego

from crawler.discovery.links import Findings, More, is_html, sifted

_MOST_BYTES = 512 * 1024
"""RFC 9309, 2.5: 500 KiB at least are to be read."""
_MOST_SITEMAPS = 500


def read_robots(content: bytes, url: str) -> Findings:
    """The sitemaps that a robots.txt names, those of news first. Never raises; one that names none has no problem."""
    if is_html(content):
        return Findings(problems=("HTML, not a robots.txt",))
    named = list(Protego.parse(content[:_MOST_BYTES].decode("utf-8-sig", "replace")).sitemaps)[:_MOST_SITEMAPS]
    named.sort(key=lambda address: "news" not in address.lower())
    return sifted((), url, 0, [More(address) for address in named])
