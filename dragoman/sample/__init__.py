"""Three sample outlets, served on this machine, on which the whole job can be seen without a network.

A loopback proxy answers for hosts under ``.example``, so the articles have the same URLs on every machine.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

OUTLETS = Path(__file__).parent / "outlets"
"""The folder of the sample outlets' YAML files."""


@contextmanager
def crawlable() -> Iterator[None]:
    """Serve the sample outlets, and send this process's requests to them, while the ``with`` block runs."""
    from dragoman.sample.server import serving

    with serving() as proxy:
        before = {name: os.environ.get(name) for name in ("http_proxy", "no_proxy")}
        os.environ |= {"http_proxy": proxy, "no_proxy": ""}
        try:
            yield
        finally:
            for name, value in before.items():
                os.environ.pop(name, None)
                if value is not None:
                    os.environ[name] = value
