"""One extractor in a process of its own, which does as many pages as it is told to, and says how long each took.

    python -m bench.contestant NAME PAGES

It says ``ready`` when it is warm. Then each line of its input is a number of pages, and each of these is answered by a
line of JSON. It runs in our environment or in the peers', so it imports nothing but the standard library and the extractor.
"""

from __future__ import annotations

import json
import os
import signal
import socket
import sys
import time
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import Path
from types import FrameType
from typing import Any

from bench.corpus import Raw, read_pages
from bench.extractors import EXTRACTORS, Extractor

WARM = 100
"""Pages that each extractor does before it is timed: libraries load models and compile expressions with the first ones."""
_MOST_SECONDS = 20
"""Of processor time for a page, as a crawl's default has it."""


class TooLong(BaseException):
    """A page took too long. No Exception, so that an extractor that goes on after any error does not go on after this one."""


def main() -> None:
    """Get warm, then answer until the input ends."""
    name, path = sys.argv[1], Path(sys.argv[2])
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)  # what a library prints is no answer
    warnings.simplefilter("ignore")
    _stay_offline()
    signal.signal(signal.SIGPROF, _give_up)
    extractor = EXTRACTORS[name]()
    for raw in islice(read_pages(path), WARM):
        answer(extractor, raw)
    print("ready", file=answers, flush=True)
    left = read_pages(path)
    for line in sys.stdin:
        for raw in islice(left, int(line)):
            print(json.dumps(answer(extractor, raw)), file=answers, flush=True)


def answer(extractor: Extractor, raw: Raw) -> dict[str, Any]:
    """One page: its article or the reason why there is none, and the seconds of processor time."""
    page = extractor.hand_over(raw)
    found, reason = None, None
    begun = time.process_time()
    try:
        with _at_most(_MOST_SECONDS):
            found = extractor.extract(page)
    except TooLong:
        reason = f"not done within {_MOST_SECONDS} s"
    except Exception as error:  # noqa: BLE001 - a page that breaks an extractor counts as empty
        reason = " ".join(f"{type(error).__name__}: {error}".split())[:100]
    seconds = time.process_time() - begun
    article = {**extractor.tell(found), "url": raw.url} if found else None
    return {"url": raw.url, "seconds": seconds, "article": article, "reason": reason}


@contextmanager
def _at_most(seconds: float) -> Iterator[None]:
    signal.setitimer(signal.ITIMER_PROF, seconds, 1)  # and each second again, should somebody swallow it
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)


def _give_up(_: int, __: FrameType | None) -> None:
    raise TooLong


def _stay_offline() -> None:
    """The corpus is all there is: whoever asks for a name or a connection is refused at once."""

    def refuse(*_: Any, **__: Any) -> Any:
        raise OSError("there is no network in this measurement")

    socket.getaddrinfo = refuse
    socket.socket.connect = refuse  # type: ignore[method-assign]


if __name__ == "__main__":
    main()
