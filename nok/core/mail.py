"""One way for mail to leave: SMTP, or in development a folder that `/dev/mail` shows."""

import smtplib
import ssl
from collections.abc import Iterator
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import formatdate, make_msgid, parseaddr
from pathlib import Path
from typing import ClassVar, Protocol
from urllib.parse import unquote, urlsplit

from nok.core.clock import now
from nok.core.storage import LocalStorage
from nok.settings import Settings

SMTP_SECONDS = 15  # for each answer of the server
# The longest line that RFC 5322 allows: within 78 characters a long address in a header would become words of MIME,
# which no mail program follows.
_POLICY = policy.SMTP.clone(max_line_length=998)


class Mailer(Protocol):
    """Sends one message, or raises. `far` says that this goes over a network, and may take long."""

    far: ClassVar[bool]

    def send(self, message: EmailMessage) -> None:
        """Hand the message over; raise OSError or smtplib.SMTPException when that did not work."""


def mailer(settings: Settings) -> Mailer:
    """Return the way out that the settings name."""
    if settings.mail_url.startswith("outbox:"):
        return OutboxMailer(LocalStorage(settings.data_dir / "mail"))
    return SmtpMailer(settings.mail_url)


def compose(settings: Settings, to: str, subject: str, text: str, html: str = "") -> EmailMessage:
    """Return a message to one address: plain text, and the same as an HTML page where there is one.

    Line breaks in `to` or `subject` raise ValueError: they would become headers. So does a second address in `to`.
    """
    message = EmailMessage(policy=_POLICY)
    message["From"] = settings.mail_from
    message["To"] = to
    if len(message["To"].addresses) != 1:
        raise ValueError(f"the header To must name one address, not {to!r}")
    message["Subject"] = subject
    message["Date"] = formatdate(now().timestamp())
    message["Message-ID"] = make_msgid(domain=_domain(settings))
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(text)
    if html:
        message.add_alternative(html, subtype="html")
    return message


def message_id(settings: Settings, event: str) -> str:
    """Return the Message-ID of a mail about an event, a text of letters and digits: the same one each time."""
    return f"<{event}@{_domain(settings)}>"


def _domain(settings: Settings) -> str:
    return parseaddr(settings.mail_from)[1].partition("@")[2] or "localhost"


@dataclass(frozen=True)
class SmtpMailer:
    """`smtp://user:password@host:port` (STARTTLS where offered, required with a password) or `smtps://…`."""

    url: str
    far: ClassVar[bool] = True

    def send(self, message: EmailMessage) -> None:
        """Send over a connection of its own. Once the server has taken the message, nothing raises any more."""
        with closing(self._open()) as server:
            server.send_message(message)
            with suppress(smtplib.SMTPException, OSError):  # a bad farewell is no reason to send it twice
                server.quit()

    def _open(self) -> smtplib.SMTP:
        """Return a connection that may be used: encrypted where it can be, signed in where the settings say so."""
        parts = urlsplit(self.url)
        context = ssl.create_default_context()
        host, user = parts.hostname or "localhost", unquote(parts.username or "")
        if parts.scheme == "smtps":
            server: smtplib.SMTP = smtplib.SMTP_SSL(host, parts.port or 465, timeout=SMTP_SECONDS, context=context)
        else:
            server = smtplib.SMTP(host, parts.port or 587, timeout=SMTP_SECONDS)
        try:
            server.ehlo_or_helo_if_needed()
            if parts.scheme != "smtps" and (user or server.has_extn("starttls")):
                if not user:
                    # Whoever could show us a wrong certificate could as well leave STARTTLS out of the offer.
                    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
                server.starttls(context=context)
            if user:
                server.login(user, unquote(parts.password or ""))
        except BaseException:
            server.close()
            raise
        return server


@dataclass(frozen=True)
class KeptMail:
    """A message in the development outbox."""

    key: str
    to: str
    subject: str
    sent: datetime
    text: str
    html: str


@dataclass(frozen=True)
class OutboxMailer:
    """Keeps messages as files instead of sending them."""

    storage: LocalStorage
    far: ClassVar[bool] = False

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
        sent = message["Date"].datetime
        text, html = (_body(message, kind) for kind in ("plain", "html"))
        return KeptMail(path.stem, message["To"], message["Subject"], sent, text, html)


def _body(message: EmailMessage, kind: str) -> str:
    """Return the body of this kind, or nothing."""
    body = message.get_body((kind,))
    return body.get_content().replace("\r\n", "\n") if body else ""
