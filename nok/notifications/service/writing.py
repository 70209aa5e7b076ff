"""Write a mail: a template of `templates/emails` in the words and by the clock of who reads it."""

from email.message import EmailMessage
from typing import Any

from nok.accounts.models import Person
from nok.core import mail
from nok.settings import Settings
from nok.web.i18n import speaking_to
from nok.web.letters import letter


def write(settings: Settings, person: Person, template: str, **values: Any) -> EmailMessage:
    """Return the mail to a person at their own address."""
    return write_to(settings, person.email, template, person, name=person.display_name, **values)


def write_to(
    settings: Settings, address: str, template: str, person: Person | None = None, **values: Any
) -> EmailMessage:
    """Return the mail to an address; `person` is whose language and time zone it is in, where someone is known.

    Without a `name` nobody is greeted by one: an address that is not confirmed must not be sent the words of whoever
    typed it into a form.
    """
    values = {"name": "", "provider": settings.provider_name, "contact": settings.provider_contact, "off": ""} | values
    language, zone = (person.language, person.time_zone) if person else ("", "")
    with speaking_to(language, zone):
        written = letter(template, **values)
    return mail.compose(settings, address, written.subject, written.text, written.html)
