"""Tells who wants to know of alarms: a webhook, by HTTP, and people, by mail. Nothing that goes wrong here is more than a line.

The text of an error is ours alone: a library's names the address, and with Slack's whoever has it can write there.
"""

from __future__ import annotations

import json
import os
import smtplib
import socket
import ssl
import threading
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from urllib.parse import unquote, urlsplit
from urllib.request import getproxies, proxy_bypass

import urllib3

from archive.errors import SettingError
from archive.store import Store
from crawler.health import Alarm
from crawler.notices import Notice, mail_of, notice_of, payload_of

_SECONDS = 10
"""For a connection, and for each answer."""
_IN_ALL = 30
"""A server that keeps us longer, byte by byte, is left."""
_PORTS = {"none": 25, "starttls": 587, "tls": 465}
"""RFC 5321; RFC 8314 for the other two."""
_LOCAL = ("localhost", "127.0.0.1", "::1")


@dataclass(frozen=True, slots=True)
class Mailing:
    """To whom mails go, and by which server. ``tls`` is ``none``, ``starttls`` or ``tls``; ``ca`` is a file."""

    recipients: tuple[str, ...]
    sender: str
    host: str
    port: int
    tls: str
    user: str | None = None
    password: str | None = field(default=None, repr=False)
    ca: str | None = None


def mailing_from(settings: Mapping[str, Any]) -> Mailing:
    """How mails are sent, by these settings. Raises SettingError where they do not go together."""
    host, user = settings["SMTP_SERVER"], settings["SMTP_USER"]
    is_local = host in _LOCAL
    tls = settings["SMTP_TLS"] or ("none" if is_local else "starttls")
    if user and tls == "none" and not is_local:
        raise SettingError(
            "DRAGOMAN_SMTP_TLS=none: the password would go to another machine unencrypted; take starttls or tls"
        )
    ca = settings["SMTP_CA"]
    if ca and not os.access(ca, os.R_OK):
        raise SettingError(f"DRAGOMAN_SMTP_CA={ca}: cannot be read")
    contact = settings["CONTACT"] or ""
    sender = settings["ALERT_MAIL_FROM"] or (
        contact if "@" in contact and "://" not in contact else f"dragoman@{socket.getfqdn()}"
    )
    port = settings["SMTP_PORT"] or _PORTS[tls]
    return Mailing(settings["ALERT_MAIL"], sender, host, port, tls, user, settings["SMTP_PASSWORD"], ca)


Way = tuple[str, Callable[[Notice], None]]


def tell(store: Store, home: str, ways: Sequence[Way], alarms: Sequence[Alarm]) -> list[str]:
    """Say by each way what is new since it was used last; what could not be said, a line each, is said after the next run.

    Raises ArchiveError.
    """
    problems = []
    for name, send in ways:
        notice = notice_of(home, store.tellings.on(name), alarms, datetime.now(UTC))
        if notice is None:
            continue
        if problem := _within(_IN_ALL, lambda send=send, notice=notice: send(notice)):  # type: ignore[misc]
            problems.append(f"{name}: {problem}; tried again after the next run")
        else:
            store.tellings.note(name, notice.on)
    return problems


def post(url: str, notice: Notice) -> None:
    """Post a notice to a webhook. Raises whatever urllib3 does, and OSError when it is not taken."""
    parts = urlsplit(url)
    proxy = None if proxy_bypass(parts.netloc.rpartition("@")[2]) else getproxies().get(parts.scheme)
    kind = {"timeout": urllib3.Timeout(_SECONDS), "retries": False}
    pool = urllib3.ProxyManager(proxy, **kind) if proxy else urllib3.PoolManager(**kind)  # type: ignore[arg-type]
    headers = {"Content-Type": "application/json", "User-Agent": "Dragoman"}
    if parts.username:
        headers |= urllib3.make_headers(basic_auth=f"{unquote(parts.username)}:{unquote(parts.password or '')}")
        url = parts._replace(netloc=parts.netloc.rpartition("@")[2]).geturl()
    answer = pool.request(
        "POST",
        url,
        body=json.dumps(payload_of(notice)).encode(),
        headers=headers,
        redirect=False,
        preload_content=False,
    )
    answer.close()
    if not 200 <= answer.status < 300:
        raise OSError(f"it answered {answer.status}")


def mail(mailing: Mailing, notice: Notice) -> None:
    """Mail a notice. Raises OSError, which smtplib's errors are."""
    context = ssl.create_default_context(cafile=mailing.ca) if mailing.tls != "none" else None
    if mailing.tls == "tls":
        server: smtplib.SMTP = smtplib.SMTP_SSL(mailing.host, mailing.port, timeout=_SECONDS, context=context)
    else:
        server = smtplib.SMTP(mailing.host, mailing.port, timeout=_SECONDS)
    try:
        if mailing.tls == "starttls":
            server.starttls(context=context)
        if mailing.user:
            server.login(mailing.user, mailing.password or "")
        server.send_message(mail_of(notice, mailing.sender, mailing.recipients, datetime.now(UTC)))
    finally:
        with suppress(OSError):
            server.quit()


def _within(seconds: float, send: Callable[[], None]) -> str | None:
    """What went wrong, in our words; in a thread that is left behind when it does not come back."""
    problems: list[str | None] = []

    def sending() -> None:
        try:
            send()
        except Exception as reason:  # noqa: BLE001 - a hook that is down costs a crawl nothing
            problems.append(_said(reason))
        else:
            problems.append(None)

    thread = threading.Thread(target=sending, daemon=True)
    thread.start()
    thread.join(seconds)
    return problems[0] if problems else f"no answer within {seconds} s"


def _said(reason: Exception) -> str:
    if isinstance(reason, smtplib.SMTPAuthenticationError):
        return "the server refuses DRAGOMAN_SMTP_USER and its password"
    if isinstance(reason, smtplib.SMTPResponseException):
        return f"the server answered {reason.smtp_code}"
    if isinstance(reason, smtplib.SMTPRecipientsRefused):
        return "the server refuses the addresses of DRAGOMAN_ALERT_MAIL"
    if isinstance(reason, smtplib.SMTPNotSupportedError):
        return "the server has no STARTTLS, or takes no password: mend DRAGOMAN_SMTP_TLS, DRAGOMAN_SMTP_USER"
    if type(reason) is OSError and reason.errno is None:
        return str(reason)  # ours
    cause = reason.__cause__ or reason.__context__ or reason
    return f"{type(reason).__name__} ({getattr(cause, 'strerror', None) or type(cause).__name__})"
