"""The verbs of the feed: tell, mark read. And the mails that go with some events."""

from flask_babel import gettext as _
from sqlalchemy import update

from nok.accounts import queries as accounts
from nok.certificates import queries as certificates
from nok.core import live, mail, tokens
from nok.core.clock import now
from nok.core.db import add_once, db, insert_once
from nok.core.errors import Conflict
from nok.enrollments import queries as enrollments
from nok.notifications import queries
from nok.notifications.models import Feed, Notification
from nok.settings import Settings


def tell(person_id: int, kind: str, event_key: str, message: str, url: str) -> bool:
    """Add a notification, unless this event was told to this person before; return whether it is new."""
    if queries.by_event(person_id, event_key) is not None:
        return False
    row = Notification(
        person_id=person_id, seq=_next_seq(person_id), kind=kind, event_key=event_key, message=message, url=url
    )
    if not add_once(row):
        raise Conflict(_("Another worker tells this event."))  # and the sequence taken here is given back
    live.signal(person_id)
    return True


def welcome(person_id: int) -> None:
    """Greet a person who has just joined."""
    person = accounts.person(person_id)
    message = _("Welcome, %(name)s. Choose your first course.", name=person.display_name)
    tell(person_id, "welcome", "welcome", message, "/courses")


def enrolled(enrollment_id: int) -> None:
    """Say that the enrollment stands, and where to begin."""
    enrollment = enrollments.enrollment(enrollment_id)
    message = _("You are enrolled in %(course)s. Begin whenever you like.", course=enrollment.revision.title)
    tell(
        enrollment.person_id,
        "enrolled",
        f"enrolled:{enrollment_id}",
        message,
        f"/learn/{enrollment.course.slug}",
    )


def certificate_ready(certificate_id: int) -> None:
    """Say that a certificate can be downloaded."""
    certificate = certificates.certificate(certificate_id)
    message = _("Your certificate for %(course)s is ready.", course=certificate.facts["course_title"])
    tell(certificate.person_id, "certificate_ready", f"certificate:{certificate_id}", message, "/certificates")


def mark_read(person_id: int) -> None:
    """Mark everything read."""
    db.session.execute(
        update(Notification)
        .where(Notification.person_id == person_id, Notification.read_at.is_(None))
        .values(read_at=now())
    )


def mail_confirmation(settings: Settings, registration_id: int) -> None:
    """Send the link that makes a registration an account."""
    asked = accounts.registration(registration_id)
    link = f"{settings.base_url}/account/confirm/{tokens.sign(settings.secret_key, 'register', asked.id)}"
    text = _(
        "Hello %(name)s,\n\nopen this link to confirm your address and finish your account:\n\n%(link)s\n\n"
        "The link works for one day. If you did not ask for an account, do nothing: none is made.\n",
        name=asked.display_name,
        link=link,
    )
    _send(settings, asked.email, _("Confirm your address"), text)


def mail_known_address(settings: Settings, person_id: int) -> None:
    """Tell the owner of an account that someone tried to register with their address."""
    person = accounts.person(person_id)
    text = _(
        "Hello %(name)s,\n\nsomeone asked for a new account with this address, which has one already. If it was you, "
        "sign in here:\n\n%(link)s\n\nIf it was not, you need not do anything.\n",
        name=person.display_name,
        link=f"{settings.base_url}/account/login",
    )
    _send(settings, person.email, _("You have an account already"), text)


def mail_certificate(settings: Settings, certificate_id: int) -> None:
    """Send word, and the address of the check, of a new certificate."""
    certificate = certificates.certificate(certificate_id)
    person = accounts.person(certificate.person_id)
    course = certificate.facts["course_title"]
    text = _(
        "Hello %(name)s,\n\nyour certificate for %(course)s is ready. Download it here:\n\n%(link)s\n\n"
        "Anyone can check it here:\n\n%(check)s\n\nConfirm with your board what it counts for.\n",
        name=person.display_name,
        course=course,
        link=f"{settings.base_url}/certificates",
        check=f"{settings.base_url}/verify/{certificate.serial}",
    )
    _send(settings, person.email, _("Your certificate for %(course)s", course=" ".join(course.split())), text)


def _send(settings: Settings, to: str, subject: str, text: str) -> None:
    mail.mailer(settings).send(mail.compose(settings, to, subject, text))


def _next_seq(person_id: int) -> int:
    """Take the person's next sequence; the row stays locked until the commit."""
    taken = db.session.scalar(
        update(Feed)
        .where(Feed.person_id == person_id)
        .values(last_seq=Feed.last_seq + 1)
        .returning(Feed.last_seq)
        .execution_options(synchronize_session=False)
    )
    if taken is not None:
        return taken
    insert_once(Feed, person_id=person_id, last_seq=0)  # or someone makes it in the same moment
    return _next_seq(person_id)
