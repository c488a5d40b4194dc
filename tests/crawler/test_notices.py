"""What is said of alarms: each once when it begins, once when it ends."""

from __future__ import annotations

import json
from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from archive.tellings import Telling
from crawler.health import Alarm, Severity
from crawler.notices import mail_of, notice_of, payload_of, text_of

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
SILENT = Alarm("pier", "silent", "nothing new for 4 days", "look at its site")
REQUESTS = Alarm("quay", "requests", "900 requests", "look at its sources", Severity.WARNING)
INDEX = Alarm("", "index", "connection refused", "dragoman index")


def told(*alarms: Alarm) -> list[Telling]:
    notice = notice_of("home", [], alarms, NOW)
    return list(notice.on) if notice else []


def test_an_alarm_is_told_when_it_begins_and_when_it_ends_and_not_in_between() -> None:
    begins = notice_of("home", [], [SILENT], NOW)
    assert begins is not None
    assert [one.kind for one in begins.began] == ["silent"]
    assert notice_of("home", begins.on, [SILENT], NOW) is None
    ends = notice_of("home", begins.on, [], NOW)
    assert ends is not None
    assert ([one.kind for one in ends.ended], ends.began, ends.on) == (["silent"], (), ())


def test_another_figure_is_no_other_alarm_and_another_source_is_one() -> None:
    first = Alarm("pier", "source", "3 times", "…", about="https://pier.example/feed")
    assert notice_of("home", told(first), [Alarm("pier", "source", "4 times", "…", about=first.about)], NOW) is None
    assert notice_of(
        "home", told(first), [Alarm("pier", "source", "3 times", "…", about="https://pier.example/b")], NOW
    )


def test_the_text_names_outlet_kind_and_mend() -> None:
    notice = notice_of("vm:/srv/home", told(REQUESTS), [SILENT, INDEX], NOW)
    assert notice is not None
    assert notice.subject == "Dragoman: alarms: 2 new, 1 ended, 2 on"
    assert text_of(notice).splitlines() == [
        "Dragoman: alarms: 2 new, 1 ended, 2 on (vm:/srv/home)",
        "",
        "new failure: pier: silent: nothing new for 4 days",
        "    look at its site",
        "new failure: all: index: connection refused",
        "    dragoman index",
        "ended: quay: requests (told 2026-11-24 12:00 UTC): 900 requests",
    ]


def test_a_webhook_gets_the_text_and_the_alarms_themselves() -> None:
    notice = notice_of("home", [], [SILENT, INDEX], NOW)
    assert notice is not None
    payload = json.loads(json.dumps(payload_of(notice)))
    assert payload["text"] == text_of(notice)
    assert [(one["outlet"], one["kind"], one["severity"]) for one in payload["began"]] == [
        ("pier", "silent", "failure"),
        (None, "index", "failure"),
    ]
    assert (payload["ended"], payload["alarms"]) == ([], 2)


def test_what_a_server_said_calls_nobody_in_slack() -> None:
    notice = notice_of("home", [], [Alarm("pier", "failures", "5 by <!channel> & co", "…")], NOW)
    assert notice is not None
    assert "&lt;!channel&gt; &amp; co" in payload_of(notice)["text"]


def test_a_thousand_alarms_are_a_message_that_can_be_read() -> None:
    notice = notice_of("home", [], [Alarm(f"pier-{n}", "silent", "…", "…") for n in range(1_000)], NOW)
    assert notice is not None
    assert len(text_of(notice).splitlines()) < 110
    assert "dragoman status lists all" in text_of(notice)
    assert len(notice.on) == 1_000


@given(seen=st.text(max_size=300))
def test_whatever_was_seen_is_in_the_mails_body_alone(seen: str) -> None:
    notice = notice_of("home", [], [Alarm("pier", "failures", seen, "…")], NOW)
    assert notice is not None
    mail = mail_of(notice, "dragoman@example.org", ["a@example.org", "b@example.org"], NOW)
    assert set(mail.keys()) >= {"Subject", "From", "To", "Date", "Message-ID", "Auto-Submitted"}
    assert (mail["Subject"], mail["To"]) == (notice.subject, "a@example.org, b@example.org")
    assert mail.as_bytes()
