"""What is said of alarms that began and ended: as JSON to a webhook, as a mail. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from email.message import EmailMessage
from email.utils import format_datetime, make_msgid
from typing import Any

from archive.tellings import Telling
from crawler.health import Alarm

_LINES = 50
"""Alarms that a text names; the webhook's lists have more, and dragoman status has all."""
_LISTED = 500


@dataclass(frozen=True, slots=True)
class Notice:
    """What is new since one way of telling was used last: alarms that began, and those that ended; ``on`` are all that are."""

    home: str
    began: tuple[Telling, ...]
    ended: tuple[Telling, ...]
    on: tuple[Telling, ...]

    @property
    def subject(self) -> str:
        """It in a line."""
        parts = [f"{len(self.began)} new"] if self.began else []
        parts += [f"{len(self.ended)} ended"] if self.ended else []
        return f"Dragoman: alarms: {', '.join(parts)}, {len(self.on)} on"


def notice_of(home: str, told: Sequence[Telling], alarms: Sequence[Alarm], now: datetime) -> Notice | None:
    """What is to be said to those who were told so much; None if there is nothing new."""
    before = {one.key: one for one in told}
    on = {
        alarm.key: before.get(alarm.key)
        or Telling(alarm.outlet, alarm.kind, alarm.about, alarm.severity, alarm.seen, alarm.mend, now)
        for alarm in alarms
    }
    began = tuple(one for key, one in on.items() if key not in before)
    ended = tuple(one for key, one in before.items() if key not in on)
    return Notice(home, began, ended, tuple(on.values())) if began or ended else None


def text_of(notice: Notice) -> str:
    """It for a person: a line an alarm, and the mend below it."""
    lines = [f"{notice.subject} ({notice.home})", ""]
    for one in notice.began[:_LINES]:
        lines += [f"new {one.severity}: {_who(one)}: {one.kind}: {one.seen}", f"    {one.mend}"]
    for one in notice.ended[:_LINES]:
        lines.append(f"ended: {_who(one)}: {one.kind} (told {one.told_at:%Y-%m-%d %H:%M} UTC): {one.seen}")
    if max(len(notice.began), len(notice.ended)) > _LINES:
        lines.append("and more: dragoman status lists all")
    return "\n".join(lines)


def payload_of(notice: Notice) -> dict[str, Any]:
    """It for a program. ``text`` is what Slack and what is compatible with it shows; its signs are escaped as Slack wants them:
    https://docs.slack.dev/messaging/formatting-message-text#escaping
    """
    text = text_of(notice).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return {
        "text": text,
        "home": notice.home,
        "began": [_told(one) for one in notice.began[:_LISTED]],
        "ended": [_told(one) for one in notice.ended[:_LISTED]],
        "alarms": len(notice.on),
    }


def mail_of(notice: Notice, sender: str, recipients: Sequence[str], now: datetime) -> EmailMessage:
    """It as a mail that no automatic answer comes to (RFC 3834)."""
    mail = EmailMessage()
    mail["Subject"] = notice.subject
    mail["From"], mail["To"] = sender, ", ".join(recipients)
    mail["Date"] = format_datetime(now)
    mail["Message-ID"] = make_msgid(domain=sender.rpartition("@")[2])
    mail["Auto-Submitted"] = "auto-generated"
    mail.set_content(text_of(notice) + "\n")
    return mail


def _who(one: Telling) -> str:
    return one.outlet or "all"


def _told(one: Telling) -> dict[str, Any]:
    return {**asdict(one), "outlet": one.outlet or None, "told_at": one.told_at.isoformat()}
