"""What follows when people register, and when their password or address changes."""

from nok.accounts.messages import (
    AddressChanged,
    AddressChangeRequested,
    PasswordChanged,
    PasswordResetRequested,
    PersonRegistered,
    RegistrationRepeated,
    RegistrationRequested,
)
from nok.notifications import service
from worker.context import Context


def mail_confirmation(message: RegistrationRequested, context: Context) -> None:
    """Send the link that opens the account."""
    context.post(service.mail_confirmation(context.settings, message.registration_id))


def mail_known_address(message: RegistrationRepeated, context: Context) -> None:
    """Tell the owner of the account."""
    context.post(service.mail_known_address(context.settings, message.person_id))


def welcome(message: PersonRegistered, _context: Context) -> None:
    """Greet the new person."""
    service.welcome(message.person_id)


def mail_password_reset(message: PasswordResetRequested, context: Context) -> None:
    """Send the link that sets another password."""
    context.post(service.mail_password_reset(context.settings, message.person_id))


def mail_password_changed(message: PasswordChanged, context: Context) -> None:
    """Tell the owner of the account."""
    context.post(service.mail_password_changed(context.settings, message.person_id))


def mail_address_change(message: AddressChangeRequested, context: Context) -> None:
    """Send the link to the new address."""
    context.post(service.mail_address_change(context.settings, message.change_id))


def mail_address_asked(message: AddressChangeRequested, context: Context) -> None:
    """Tell the present address."""
    context.post(service.mail_address_asked(context.settings, message.change_id))


def mail_address_changed(message: AddressChanged, context: Context) -> None:
    """Tell the address of before."""
    context.post(service.mail_address_changed(context.settings, message.change_id))
