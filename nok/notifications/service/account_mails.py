"""Mails about an account: each verb returns what is to be sent, or None when nobody should get it any more."""

from email.message import EmailMessage

from nok.accounts import queries as accounts
from nok.accounts import service as accounts_service
from nok.accounts.models import AddressChange, Person
from nok.core import tokens
from nok.core.errors import NotFound
from nok.notifications.service.readers import reader
from nok.notifications.service.writing import write, write_to
from nok.settings import Settings


def mail_confirmation(settings: Settings, registration_id: int) -> EmailMessage | None:
    """Write the link that makes a registration an account; one that is an account already needs none."""
    asked = accounts.registration(registration_id)
    if asked.confirmed_at is not None:
        return None
    link = f"{settings.base_url}/account/confirm/{tokens.sign(settings.secret_key, 'register', asked.id)}"
    return write_to(settings, asked.email, "confirmation", link=link)


def mail_known_address(settings: Settings, person_id: int) -> EmailMessage | None:
    """Tell the owner of an account that someone tried to register with their address."""
    return _to_owner(settings, reader(person_id), "known_address", "/account/login")


def mail_password_reset(settings: Settings, person_id: int) -> EmailMessage | None:
    """Write the link that sets another password, when the address that was asked for has an open account."""
    person = reader(person_id) if person_id else None
    if person is None:
        return None
    return _to_owner(
        settings,
        person,
        "password_reset",
        f"/account/reset/{accounts_service.reset_token(settings.secret_key, person)}",
    )


def mail_password_changed(settings: Settings, person_id: int) -> EmailMessage | None:
    """Tell a person that their password is another now."""
    return _to_owner(settings, reader(person_id), "password_changed", "/account/forgot")


def mail_address_change(settings: Settings, change_id: int) -> EmailMessage | None:
    """Write the link that makes a new address the person's, to that address, unless it was followed already."""
    change, person = _change(change_id)
    if change is None or person is None or change.confirmed_at is not None:
        return None
    token = accounts_service.address_token(settings.secret_key, change, person)
    link = f"{settings.base_url}/account/security/address/{token}"
    return write_to(settings, change.new_email, "address_change", person, link=link)


def mail_address_asked(settings: Settings, change_id: int) -> EmailMessage | None:
    """Tell the present address that another is asked for."""
    change, person = _change(change_id)
    if change is None or person is None:
        return None
    link = f"{settings.base_url}/account/security"
    values = {"name": person.display_name, "email": change.new_email, "link": link}
    return write_to(settings, change.old_email, "address_asked", person, **values)


def mail_address_changed(settings: Settings, change_id: int) -> EmailMessage | None:
    """Tell the address of before that another took its place."""
    change, person = _change(change_id)
    if change is None or person is None:
        return None
    values = {"name": person.display_name, "email": change.new_email}
    return write_to(settings, change.old_email, "address_changed", person, **values)


def _to_owner(settings: Settings, person: Person | None, template: str, path: str) -> EmailMessage | None:
    return write(settings, person, template, link=settings.base_url + path) if person else None


def _change(change_id: int) -> tuple[AddressChange | None, Person | None]:
    """Return a change of address and whose it is; None for what was erased, and for who is suspended."""
    try:
        change = accounts.address_change(change_id)
    except NotFound:
        return None, None
    return change, reader(change.person_id)
