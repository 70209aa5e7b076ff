"""What follows when people register."""

from nok.accounts.messages import PersonRegistered, RegistrationRepeated, RegistrationRequested
from nok.notifications import service
from worker.context import Context


def mail_confirmation(message: RegistrationRequested, context: Context) -> None:
    """Send the link that opens the account."""
    service.mail_confirmation(context.settings, message.registration_id)


def mail_known_address(message: RegistrationRepeated, context: Context) -> None:
    """Tell the owner of the account."""
    service.mail_known_address(context.settings, message.person_id)


def welcome(message: PersonRegistered, _context: Context) -> None:
    """Greet the new person."""
    service.welcome(message.person_id)
