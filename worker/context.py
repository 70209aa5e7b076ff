"""What a handler gets besides its message."""

from collections.abc import Callable
from dataclasses import dataclass
from email.message import EmailMessage

from nok.core import mail
from nok.core.storage import Storage
from nok.settings import Settings


@dataclass(frozen=True)
class Context:
    """Settings, storage, and `checkpoint`, which commits in the middle of work that takes minutes.

    `event` names the delivery, the same one each time that it is tried. `hold` is a checkpoint after which the delivery
    is not tried by another worker for a while.
    """

    settings: Settings
    storage: Storage
    checkpoint: Callable[[], None]
    hold: Callable[[], None]
    event: str

    def post(self, message: EmailMessage | None) -> None:
        """Send the mail of this delivery, if there is any to send; raise as `Mailer.send` does.

        A mail server may take its time, and nothing is locked meanwhile. When the answer got lost and the mail is sent
        once more, it carries the same Message-ID, by which mailboxes know that they have it.
        """
        if message is None:
            return
        message.replace_header("Message-ID", mail.message_id(self.settings, self.event))
        way = mail.mailer(self.settings)
        if way.far:
            self.hold()
        way.send(message)
