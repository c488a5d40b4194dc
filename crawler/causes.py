"""Why an exchange failed: one short cause, the same in the archive, in the counts and in a run's summary."""

from __future__ import annotations

from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadTimeoutError,
    IgnoreRequest,
    ResponseDataLossError,
    UnsupportedURLSchemeError,
)

from archive.links import Outcome
from crawler.middlewares.addresses import PrivateAddress


class HostRests(IgnoreRequest):
    """A request is not made now: its host rests, its outlet sleeps, or the run's time is up. It waits for a later run."""


class HostRefuses(HostRests):
    """A request is not made now because its host refused others, or gave none of them an answer: for its source that is a failure, too."""


class RulesAway(IgnoreRequest):
    """A site's robots.txt answers 5xx, which means "ask me nothing" for now (RFC 9309, 2.3.1.4): no rule of its forbids the page."""


class Reserved(IgnoreRequest):
    """The publisher has reserved what came, or would come: it is not kept. The message names the reservation."""


_CAUSES: tuple[tuple[type[Exception], str], ...] = (
    (CannotResolveHostError, "host not found"),
    (DownloadTimeoutError, "timeout"),
    (DownloadConnectionRefusedError, "connection refused"),
    (DownloadCancelledError, "too large"),
    (ResponseDataLossError, "connection lost"),
    (UnsupportedURLSchemeError, "unsupported scheme"),
)
_PERMANENT = frozenset({400, 401, 402, 404, 405, 406, 410, 414, 451})
"""Answers that asking again will not change. 403 is not among them: it often means "too fast"."""


def cause_of(exception: BaseException | None) -> str:
    """The cause of a failed exchange, in a few words."""
    for kind, cause in _CAUSES:
        if isinstance(exception, kind):
            return cause
    if isinstance(exception, RulesAway):
        return str(exception)
    if isinstance(exception, IgnoreRequest):
        return _cause_of_ignoring(str(exception))
    return type(exception).__name__


def outcome_of(exception: BaseException | None) -> Outcome:
    """The outcome of a link whose fetch ended in this exception."""
    if isinstance(exception, HostRests):
        return Outcome.WAITING
    if isinstance(exception, Reserved):
        return Outcome.BLOCKED
    if isinstance(exception, RulesAway):
        return Outcome.FAILED_TEMPORARILY
    if isinstance(exception, PrivateAddress | UnsupportedURLSchemeError):
        return Outcome.REFUSED
    if isinstance(exception, DownloadCancelledError):
        return Outcome.FAILED
    if isinstance(exception, IgnoreRequest):
        return Outcome.BLOCKED if "robots.txt" in str(exception) else Outcome.FAILED
    return Outcome.FAILED_TEMPORARILY


def outcome_of_status(status: int) -> Outcome:
    """The outcome of a link that was answered with an HTTP status other than 200."""
    return Outcome.FAILED if status in _PERMANENT else Outcome.FAILED_TEMPORARILY


def _cause_of_ignoring(message: str) -> str:
    if "robots.txt" in message:
        return "robots.txt"
    if "max redirections" in message:
        return "redirect loop"
    return message or "ignored"
