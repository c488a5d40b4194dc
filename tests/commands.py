"""The command line, as a user runs it."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Mapping

from places import ROOT


def run(
    environment: Mapping[str, str], *arguments: str, timeout: float = 300, stdin: str | None = None
) -> subprocess.CompletedProcess[str]:
    """What came of it: the exit code, and all that was printed."""
    return subprocess.run(
        [sys.executable, "-m", "dragoman", *arguments],
        env=dict(environment),
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=timeout,
        input=stdin,
        check=False,
    )
