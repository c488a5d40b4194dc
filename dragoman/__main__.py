"""``dragoman`` and ``python -m dragoman``: an error of ours becomes one line and its exit code."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

from typer import Abort, BadParameter

from archive.errors import DragomanError
from dragoman.app import app

_UsageError: type[Exception] = BadParameter.__mro__[1]
"""What typer raises for a wrong option or argument; it has no public name of its own."""


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and leave with its exit code."""
    try:
        code = app(arguments, prog_name="dragoman", standalone_mode=False)
        sys.stdout.flush()
    except DragomanError as error:
        code = _say(str(error), error.exit_code)
    except _UsageError as error:
        code = _say(error.format_message(), 2)  # type: ignore[attr-defined]
    except BrokenPipeError:
        # Whoever read our output has seen enough. Python would complain once more when it closes standard output.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = 0
    except (KeyboardInterrupt, Abort):
        code = _say("interrupted", 130)
    sys.exit(code)


def _say(message: str, code: int) -> int:
    line = " ".join(message.split())
    print(f"dragoman: {line}", file=sys.stderr)
    return code


if __name__ == "__main__":
    main()
