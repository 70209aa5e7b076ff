"""One way for mail to leave: SMTP, or in development a folder that `/dev/mail` shows."""

import smtplib
import ssl
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import formatdate, make_msgid, parseaddr
from pathlib import Path
from typing import Protocol
from urllib.parse import unquote, urlsplit

from nok.core.clock import now
from nok.core.storage import LocalStorage
from nok.settings import Settings

SMTP_SECONDS = 15


class Mailer(Protocol):
    """Sends one message, or raises."""

    def send(self, message: EmailMessage) -> None:
        """Hand the message over; raise OSError or smtplib.SMTPException when that did not work."""


def mailer(settings: Settings) -> Mailer:
    """Return the way out that the settings name."""
    if settings.mail_url.startswith("outbox:"):
        return OutboxMailer(LocalStorage(settings.data_dir / "mail"))
    return SmtpMailer(settings.mail_url)


def compose(settings: Settings, to: str, subject: str, text: str) -> EmailMessage:
    """Return a plain-text message. Line breaks in `to` or `subject` raise ValueError: they would become headers."""
    message = EmailMessage(policy=policy.SMTP)
    message["From"] = settings.mail_from
    message["To"] = to
    message["Subject"] = subject
    message["Date"] = formatdate(now().timestamp())
    message["Message-ID"] = make_msgid(domain=parseaddr(settings.mail_from)[1].partition("@")[2] or "localhost")
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(text)
    return message


@dataclass(frozen=True)
class SmtpMailer:
    """`smtp://user:password@host:port` (STARTTLS where offered, required with a password) or `smtps://…`."""

    url: str

    def send(self, message: EmailMessage) -> None:
        """Send over a connection of its own."""
        parts = urlsplit(self.url)
        context = ssl.create_default_context()
        host, user = parts.hostname or "localhost", unquote(parts.username or "")
        if parts.scheme == "smtps":
            server: smtplib.SMTP = smtplib.SMTP_SSL(host, parts.port or 465, timeout=SMTP_SECONDS, context=context)
        else:
            server = smtplib.SMTP(host, parts.port or 587, timeout=SMTP_SECONDS)
        with server:
            if parts.scheme != "smtps" and (user or server.has_extn("starttls")):
                server.starttls(context=context)
            if user:
                server.login(user, unquote(parts.password or ""))
            server.send_message(message)


@dataclass(frozen=True)
class KeptMail:
    """A message in the development outbox."""

    key: str
    to: str
    subject: str
    sent: datetime
    text: str


@dataclass(frozen=True)
class OutboxMailer:
    """Keeps messages as files instead of sending them."""

    storage: LocalStorage

    def send(self, message: EmailMessage) -> None:
        """Write the message to the folder, named by its time."""
        stamp = now().strftime("%Y%m%d-%H%M%S-%f")
        self.storage.put(f"{stamp}.eml", message.as_bytes())

    def kept(self) -> Iterator[KeptMail]:
        """Yield what was sent, the newest first."""
        for path in sorted(self.storage.root.glob("*.eml"), reverse=True):
            yield self.read(path)

    def find(self, key: str) -> KeptMail | None:
        """Return one message, or None."""
        return next((mail for mail in self.kept() if mail.key == key), None)

    @staticmethod
    def read(path: Path) -> KeptMail:
        """Return the message in the file."""
        message = message_from_bytes(path.read_bytes(), policy=policy.default)
        body = message.get_body(("plain",))
        sent = message["Date"].datetime
        return KeptMail(path.stem, message["To"], message["Subject"], sent, body.get_content() if body else "")
