"""A webhook and a mail server on this machine are told; what they do wrong is a line, and no secret is in it."""

from __future__ import annotations

import json
import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from email.message import Message
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Message as MessageHandler
from aiosmtpd.smtp import AuthResult, LoginPassword
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from archive.errors import SettingError
from archive.home import open_home
from archive.store import Store, open_store
from crawler import telling
from crawler.health import Alarm
from crawler.telling import Mailing, mail, mailing_from, post, tell

SILENT = Alarm("pier", "silent", "nothing new for 4 days", "look at its site")
SECRET = "T0123-of-ours"


@pytest.fixture
def store(home: Path) -> Iterator[Store]:
    with open_store(open_home(home)) as opened:
        yield opened


class Hook:
    """A webhook: what it was posted, and what it answers."""

    def __init__(self) -> None:
        self.posted: list[dict[str, Any]] = []
        self.headers: list[dict[str, str]] = []
        self.status = 200
        self.address = ""


@pytest.fixture
def hook() -> Iterator[Hook]:
    found = Hook()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            if found.status == 200:
                found.posted.append(json.loads(body))
                found.headers.append({name.lower(): value for name, value in self.headers.items()})
            self.send_response(found.status)
            self.send_header("Location", found.address)
            self.end_headers()

        def log_message(self, *_: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    Thread(target=server.serve_forever, daemon=True).start()
    found.address = f"http://127.0.0.1:{server.server_address[1]}/services/{SECRET}"
    yield found
    server.shutdown()
    server.server_close()


def free_port() -> int:
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        return int(asked.getsockname()[1])


class Letters(MessageHandler):
    """What came in the post."""

    def __init__(self) -> None:
        super().__init__()
        self.got: list[Message] = []

    def handle_message(self, message: Message) -> None:
        self.got.append(message)


@contextmanager
def post_office(**how: Any) -> Iterator[tuple[Letters, int]]:
    """An SMTP server on this machine."""
    letters, port = Letters(), free_port()
    controller = Controller(letters, hostname="127.0.0.1", port=port, **how)
    controller.start()
    try:
        yield letters, port
    finally:
        controller.stop()


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A certificate of our own for this machine, and its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "the harbour's post office")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    folder = tmp_path_factory.mktemp("certificate")
    (folder / "key.pem").write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    (folder / "certificate.pem").write_bytes(made.public_bytes(serialization.Encoding.PEM))
    return folder / "certificate.pem", folder / "key.pem"


def mailing(port: int, tls: str = "none", **more: Any) -> Mailing:
    return Mailing(("harbour@example.org", "night@example.org"), "dragoman@example.org", "127.0.0.1", port, tls, **more)


def test_each_is_told_once_when_it_begins_and_once_when_it_ends(store: Store, hook: Hook) -> None:
    with post_office() as (letters, port):
        ways = [("webhook", partial(post, hook.address)), ("mail", partial(mail, mailing(port)))]
        for alarms in ([], [SILENT], [SILENT], [SILENT], [], []):
            assert tell(store, "vm:/srv/home", ways, alarms) == []
    assert [([one["kind"] for one in told["began"]], len(told["ended"])) for told in hook.posted] == [
        (["silent"], 0),
        ([], 1),
    ]
    assert [one["Subject"] for one in letters.got] == [
        "Dragoman: alarms: 1 new, 1 on",
        "Dragoman: alarms: 1 ended, 0 on",
    ]
    assert letters.got[0]["To"] == "harbour@example.org, night@example.org"
    assert "pier: silent: nothing new for 4 days" in str(letters.got[0].get_payload())


@pytest.mark.parametrize("status", [302, 404, 500])
def test_a_hook_that_does_not_take_it_is_told_after_the_next_run(store: Store, hook: Hook, status: int) -> None:
    ways = [("webhook", partial(post, hook.address))]
    hook.status = status
    assert tell(store, "home", ways, [SILENT]) == [f"webhook: it answered {status}; tried again after the next run"]
    hook.status = 200
    assert tell(store, "home", ways, [SILENT]) == []
    assert len(hook.posted) == 1


def test_one_way_that_is_shut_keeps_the_other_open(store: Store, hook: Hook) -> None:
    ways = [("mail", partial(mail, mailing(free_port()))), ("webhook", partial(post, hook.address))]
    (problem,) = tell(store, "home", ways, [SILENT])
    assert problem == "mail: ConnectionRefusedError (Connection refused); tried again after the next run"
    assert len(hook.posted) == 1


def test_what_began_and_ended_while_the_hook_was_down_is_told_to_nobody(store: Store, hook: Hook) -> None:
    hook.status = 503
    assert tell(store, "home", [("webhook", partial(post, hook.address))], [SILENT])
    hook.status = 200
    assert tell(store, "home", [("webhook", partial(post, hook.address))], []) == []
    assert hook.posted == []


@pytest.mark.parametrize(
    "address",
    [
        f"http://127.0.0.1:{{port}}/services/{SECRET}",
        f"https://127.0.0.1:{{port}}/services/{SECRET}",
        f"http://nowhere.invalid/services/{SECRET}",
        f"http://harbour:{SECRET}@127.0.0.1:{{port}}/",
        f"http://127.0.0.1:99999/{SECRET}",
    ],
)
def test_the_address_is_a_secret_in_every_line(store: Store, address: str) -> None:
    (problem,) = tell(store, "home", [("webhook", partial(post, address.format(port=free_port())))], [SILENT])
    assert SECRET not in problem
    assert "\n" not in problem
    assert problem.startswith("webhook: ")


def test_a_name_and_a_password_in_the_address_are_sent_as_such(store: Store, hook: Hook) -> None:
    address = hook.address.replace("http://", "http://harbour:t%69de@")
    assert tell(store, "home", [("webhook", partial(post, address))], [SILENT]) == []
    assert hook.headers[0]["authorization"] == "Basic aGFyYm91cjp0aWRl"


def test_a_hook_that_never_answers_is_left(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(telling, "_IN_ALL", 0.2)
    with socket.create_server(("127.0.0.1", 0)) as deaf:
        address = f"http://127.0.0.1:{deaf.getsockname()[1]}/"
        (problem,) = tell(store, "home", [("webhook", partial(post, address))], [SILENT])
    assert problem == "webhook: no answer within 0.2 s; tried again after the next run"
    assert store.tellings.on("webhook") == []


def test_a_mail_goes_by_starttls_with_a_password(store: Store, certificate: tuple[Path, Path]) -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(*certificate)

    def authenticate(*given: Any) -> AuthResult:
        told = given[-1]
        return AuthResult(success=isinstance(told, LoginPassword) and told.password == b"tide", handled=False)

    how = {"tls_context": context, "require_starttls": True, "authenticator": authenticate, "auth_required": True}
    with post_office(**how) as (letters, port):
        trusted = {"ca": str(certificate[0]), "user": "harbour"}
        for said, given in (
            ("", mailing(port, "starttls", password="tide", **trusted)),
            (
                "the server refuses DRAGOMAN_SMTP_USER and its password",
                mailing(port, "starttls", password=SECRET, **trusted),
            ),
            ("SSLCertVerificationError", mailing(port, "starttls", user="harbour", password=SECRET)),
            ("the server answered 530", mailing(port)),
        ):
            problems = tell(store, "home", [(f"mail {said}", partial(mail, given))], [SILENT])
            assert all(said in problem and SECRET not in problem for problem in problems)
            assert bool(problems) == bool(said)
    assert len(letters.got) == 1


SETTINGS: dict[str, Any] = {
    "ALERT_MAIL": ("harbour@example.org",),
    "ALERT_MAIL_FROM": None,
    "CONTACT": None,
    "SMTP_SERVER": "localhost",
    "SMTP_PORT": None,
    "SMTP_TLS": None,
    "SMTP_USER": None,
    "SMTP_PASSWORD": None,
    "SMTP_CA": None,
}


@pytest.mark.parametrize(
    ("given", "wanted"),
    [
        ({}, ("localhost", 25, "none")),
        ({"SMTP_SERVER": "mail.example.org"}, ("mail.example.org", 587, "starttls")),
        ({"SMTP_SERVER": "mail.example.org", "SMTP_TLS": "tls"}, ("mail.example.org", 465, "tls")),
        ({"SMTP_SERVER": "mail.example.org", "SMTP_TLS": "none"}, ("mail.example.org", 25, "none")),
        ({"SMTP_SERVER": "mail.example.org", "SMTP_PORT": 2525}, ("mail.example.org", 2525, "starttls")),
    ],
)
def test_a_server_on_another_machine_is_spoken_to_encrypted(
    given: dict[str, Any], wanted: tuple[str, int, str]
) -> None:
    found = mailing_from({**SETTINGS, **given})
    assert (found.host, found.port, found.tls) == wanted


def test_mails_come_from_the_contact_if_it_is_an_address_of_mail() -> None:
    assert mailing_from({**SETTINGS, "CONTACT": "you@example.org"}).sender == "you@example.org"
    assert mailing_from({**SETTINGS, "CONTACT": "https://example.org/"}).sender.startswith("dragoman@")


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"SMTP_SERVER": "mail.example.org", "SMTP_USER": "harbour", "SMTP_TLS": "none"}, "unencrypted"),
        ({"SMTP_CA": "/nowhere/ca.pem"}, "DRAGOMAN_SMTP_CA=/nowhere/ca.pem"),
    ],
)
def test_settings_that_do_not_go_together_are_one_line(given: dict[str, Any], said: str) -> None:
    with pytest.raises(SettingError, match=said):
        mailing_from({**SETTINGS, **given})
