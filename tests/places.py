"""Where the tests find what they need, and what happens when it is not there."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
SHARED = ROOT.parent / "shared"


def missing(what: str) -> None:
    """Skip, or fail in CI, where everything must be there."""
    if os.environ.get("CI"):
        pytest.fail(f"{what} is missing, and in CI it must be there")
    pytest.skip(f"{what} is missing")


def clean_environment() -> dict[str, str]:
    """This process's environment without Dragoman's settings."""
    return {name: value for name, value in os.environ.items() if not name.startswith("DRAGOMAN_")}
