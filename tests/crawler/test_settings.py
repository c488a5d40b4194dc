"""A setting that cannot be used is one line with the mend, and a secret is not in it."""

from __future__ import annotations

import runpy
from pathlib import Path
from typing import Any

import pytest
from places import ROOT

from archive.errors import SettingError

SECRET = "T0123-of-ours"


def settings_with(monkeypatch: pytest.MonkeyPatch, folder: Path, **given: str) -> dict[str, Any]:
    """What ``crawler/settings.py`` makes of these ``DRAGOMAN_…``."""
    for name in ("HOME", *given):
        monkeypatch.setenv(f"DRAGOMAN_{name}", given.get(name, str(folder / "home")))
    monkeypatch.chdir(folder)
    return runpy.run_path(str(ROOT / "crawler" / "settings.py"))


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("ALERT_WEBHOOK", f"hooks.example.org/{SECRET}", "an http:// or https:// address is wanted"),
        ("ALERT_WEBHOOK", f"https:///{SECRET}", "an http:// or https:// address is wanted"),
        ("ALERT_WEBHOOK", f"https://hooks.example.org/{SECRET} two", "an http:// or https:// address is wanted"),
        ("ALERT_WEBHOOK_FILE", "/nowhere/hook", "cannot be read"),
        ("SMTP_PASSWORD_FILE", "/nowhere/password", "cannot be read"),
        ("ALERT_MAIL", "harbour", "mail addresses, joined by commas, is wanted"),
        ("ALERT_MAIL", "a@example.org,b@example.org\nBcc: c@example.org", "mail addresses"),
        ("ALERT_MAIL_FROM", "a@example.org,b@example.org", "a mail address is wanted"),
        ("SMTP_SERVER", "smtp://mail.example.org", "a host, or host:port, is wanted"),
        ("SMTP_SERVER", "mail.example.org:99999", "a host, or host:port, is wanted"),
        ("SMTP_TLS", "ssl", "none, starttls or tls is wanted"),
        ("METRICS_FILE", "/var/lib/node_exporter/dragoman.txt", "ends in .prom is wanted"),
    ],
)
def test_a_mistake_is_one_line(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, name: str, value: str, said: str
) -> None:
    with pytest.raises(SettingError) as raised:
        settings_with(monkeypatch, tmp_path, **{name: value})
    line = str(raised.value)
    assert line.startswith(f"DRAGOMAN_{name}")
    assert said in line
    assert "\n" not in line
    assert SECRET not in line


def test_secrets_come_from_files_as_others_do(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "hook").write_text(f"https://hooks.example.org/{SECRET}\n")
    (tmp_path / "password").write_text("tide\n")
    found = settings_with(
        monkeypatch,
        tmp_path,
        ALERT_WEBHOOK_FILE=str(tmp_path / "hook"),
        SMTP_PASSWORD_FILE=str(tmp_path / "password"),
    )
    assert (found["ALERT_WEBHOOK"], found["SMTP_PASSWORD"]) == (f"https://hooks.example.org/{SECRET}", "tide")


@pytest.mark.parametrize(
    ("given", "server"),
    [
        ("mail.example.org", ("mail.example.org", None)),
        ("mail.example.org:25", ("mail.example.org", 25)),
        ("[2001:db8::1]:587", ("2001:db8::1", 587)),
        ("127.0.0.1", ("127.0.0.1", None)),
    ],
)
def test_a_server_has_a_port_or_none(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, given: str, server: tuple[str, int | None]
) -> None:
    found = settings_with(monkeypatch, tmp_path, SMTP_SERVER=given)
    assert (found["SMTP_SERVER"], found["SMTP_PORT"]) == server


def test_mails_go_to_each_address(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    found = settings_with(monkeypatch, tmp_path, ALERT_MAIL="harbour@example.org, night@example.org,")
    assert found["ALERT_MAIL"] == ("harbour@example.org", "night@example.org")
