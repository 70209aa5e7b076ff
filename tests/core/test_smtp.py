"""SMTP against a real server: encrypted where it can be, and whatever goes wrong is an error, never a silence."""

import asyncio
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from smtplib import SMTPException
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, Session
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from flask import Flask

from nok.accounts.messages import PasswordChanged
from nok.core import mail
from nok.core import outbox as core_outbox
from nok.core.clock import now
from nok.core.db import db
from nok.core.mail import SmtpMailer
from nok.core.outbox import OutboxDelivery
from nok.settings import Settings
from tests import servers
from tests.factories import people
from worker import outbox, task


class Box:
    """Keeps what arrives; `refusal` is answered instead of taking the message, `pause` seconds pass before."""

    def __init__(self) -> None:
        self.taken: list[bytes] = []
        self.encrypted: list[bool] = []
        self.refusal, self.pause = "", 0.0

    async def handle_DATA(self, _server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        await asyncio.sleep(self.pause)
        if self.refusal:
            return self.refusal
        assert isinstance(envelope.content, bytes)
        self.taken.append(envelope.content)
        self.encrypted.append(session.ssl is not None)
        return "250 taken"

    async def handle_QUIT(self, _server: SMTP, _session: Session, _envelope: Envelope) -> str:  # noqa: N802
        return "421 in a hurry"


@pytest.fixture
def box() -> Box:
    return Box()


@contextmanager
def serving(box: Box, **options: Any) -> Iterator[str]:
    """Run a server, and yield its address for the settings."""
    controller = Controller(box, hostname="127.0.0.1", port=servers.free_port(), **options)
    controller.start()
    try:
        yield f"127.0.0.1:{controller.port}"
    finally:
        controller.stop()


@pytest.fixture
def tls(tmp_path: Path) -> ssl.SSLContext:
    """A certificate that nobody vouches for."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "mail.test.example")])
    moment = datetime.now(UTC)
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(moment - timedelta(days=1))
        .not_valid_after(moment + timedelta(days=1))
        .sign(key, hashes.SHA256())
    )
    unlocked = serialization.NoEncryption()
    encoding = serialization.Encoding.PEM
    (tmp_path / "key.pem").write_bytes(key.private_bytes(encoding, serialization.PrivateFormat.PKCS8, unlocked))
    (tmp_path / "cert.pem").write_bytes(made.public_bytes(encoding))
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(tmp_path / "cert.pem", tmp_path / "key.pem")
    return context


@pytest.fixture
def letter(tmp_path: Path) -> EmailMessage:
    settings = Settings.from_env({"NOK_DATA_DIR": str(tmp_path)})
    return mail.compose(settings, "mei@clinic.example", "Für 周美琳", "足三里 ST36\n")


def test_what_is_sent_arrives_as_it_was_written_though_the_server_says_a_bad_farewell(
    box: Box, letter: EmailMessage
) -> None:
    with serving(box) as address:
        SmtpMailer(f"smtp://{address}").send(letter)
    (raw,) = box.taken
    arrived = message_from_bytes(raw, policy=policy.default)
    assert (arrived["To"], arrived["Subject"]) == ("mei@clinic.example", "Für 周美琳")
    body = arrived.get_body(("plain",))
    assert body is not None
    assert body.get_content().strip() == "足三里 ST36"


def test_what_is_offered_is_encrypted(box: Box, letter: EmailMessage, tls: ssl.SSLContext) -> None:
    with serving(box, tls_context=tls) as address:
        SmtpMailer(f"smtp://{address}").send(letter)
    assert box.encrypted == [True]


def test_a_password_is_never_said_in_the_open_nor_to_a_server_that_nobody_vouches_for(
    box: Box, letter: EmailMessage, tls: ssl.SSLContext
) -> None:
    heard: list[bytes] = []

    def check(_server: Any, _session: Any, _envelope: Any, _mechanism: str, data: Any) -> AuthResult:
        heard.append(data.password)
        return AuthResult(success=True)

    with (
        serving(box, authenticator=check, auth_require_tls=False) as address,
        pytest.raises(SMTPException, match="STARTTLS"),
    ):
        SmtpMailer(f"smtp://nok:secret@{address}").send(letter)
    with serving(box, authenticator=check, tls_context=tls) as address, pytest.raises(ssl.SSLCertVerificationError):
        SmtpMailer(f"smtp://nok:secret@{address}").send(letter)
    assert (heard, box.taken) == ([], [])


@pytest.mark.parametrize("refusal", ["451 later", "550 nobody of that name", "452 full"])
def test_a_refusal_is_an_error(box: Box, letter: EmailMessage, refusal: str) -> None:
    box.refusal = refusal
    with serving(box) as address, pytest.raises(SMTPException, match=refusal[4:]):
        SmtpMailer(f"smtp://{address}").send(letter)


def test_nobody_there_is_an_error(letter: EmailMessage) -> None:
    with pytest.raises(OSError, match="refused"):
        SmtpMailer(f"smtp://127.0.0.1:{servers.free_port()}").send(letter)


def test_a_server_that_does_not_answer_is_not_waited_for_forever(
    box: Box, letter: EmailMessage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mail, "SMTP_SECONDS", 0.3)
    box.pause = 2
    started = now()
    with serving(box) as address, pytest.raises((OSError, SMTPException)):
        SmtpMailer(f"smtp://{address}").send(letter)
    assert now() - started < timedelta(seconds=10)


@pytest.mark.parametrize("to", ["a@b.example, c@d.example", "", "all: a@b.example, c@d.example;"])
def test_a_mail_goes_to_one_address(to: str, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="one address"):
        mail.compose(Settings.from_env({"NOK_DATA_DIR": str(tmp_path)}), to, "Subject", "Text")


@pytest.fixture
def delivery_id(app: Flask) -> int:
    """A mail that waits to be sent."""
    sent: list[int] = []
    with app.app_context():
        core_outbox.publish(PasswordChanged(people.person().id))
        db.session.commit()
        outbox.drain(lambda delivery, _queue: sent.append(delivery))
    return sent[0]


def perform(app: Flask, delivery_id: int, mail_url: str, monkeypatch: pytest.MonkeyPatch) -> OutboxDelivery:
    monkeypatch.setattr("worker.task.settings", replace(app.extensions["nok"], mail_url=mail_url))
    with app.app_context():
        task.perform(delivery_id)
    with app.app_context():
        return db.session.get_one(OutboxDelivery, delivery_id)


def test_each_failure_is_tried_again_until_the_mail_is_taken_once(
    app: Flask, delivery_id: int, box: Box, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mail, "SMTP_SECONDS", 0.5)
    nobody = f"smtp://127.0.0.1:{servers.free_port()}"
    assert perform(app, delivery_id, nobody, monkeypatch).attempts == 1
    with serving(box) as address:
        box.refusal = "451 later"
        refused = perform(app, delivery_id, f"smtp://{address}", monkeypatch)
        assert (refused.attempts, "later" in str(refused.last_error)) == (2, True)
        box.pause = 1.5
        assert perform(app, delivery_id, f"smtp://{address}", monkeypatch).attempts == 3
        box.pause, box.refusal = 0.0, ""
        done = perform(app, delivery_id, f"smtp://{address}", monkeypatch)
        assert (done.attempts, done.done_at is not None) == (3, True)
        perform(app, delivery_id, f"smtp://{address}", monkeypatch)
    assert len(box.taken) == 1


def test_while_a_slow_server_thinks_no_other_worker_sends_the_same(
    app: Flask, delivery_id: int, box: Box, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The test's one connection stands for the other worker: it comes in between, and must find nothing to do."""
    seen: list[OutboxDelivery] = []
    send = SmtpMailer.send

    def slow(self: SmtpMailer, message: EmailMessage) -> None:
        monkeypatch.setattr(SmtpMailer, "send", send)
        seen.append(perform(app, delivery_id, self.url, monkeypatch))
        send(self, message)

    monkeypatch.setattr(SmtpMailer, "send", slow)
    with serving(box) as address:
        done = perform(app, delivery_id, f"smtp://{address}", monkeypatch)
    (between,) = seen
    assert between.done_at is None
    assert between.held_until is not None
    assert between.due_at == between.held_until > now() + timedelta(minutes=2), "the sweep leaves it alone as well"
    assert done.done_at is not None
    assert len(box.taken) == 1


def test_a_mail_whose_worker_died_is_sent_by_another_one(
    app: Flask, delivery_id: int, box: Box, monkeypatch: pytest.MonkeyPatch
) -> None:
    with app.app_context():
        db.session.get_one(OutboxDelivery, delivery_id).held_until = now() + timedelta(minutes=1)
        db.session.commit()
    with serving(box) as address:
        assert perform(app, delivery_id, f"smtp://{address}", monkeypatch).done_at is None
        with app.app_context():
            db.session.get_one(OutboxDelivery, delivery_id).held_until = now()
            db.session.commit()
        assert perform(app, delivery_id, f"smtp://{address}", monkeypatch).done_at is not None
    assert len(box.taken) == 1
