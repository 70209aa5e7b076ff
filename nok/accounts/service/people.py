"""Add people, change their profile and role."""

from flask_babel import lazy_gettext as _
from sqlalchemy import update

from nok.accounts import queries, rules
from nok.accounts.models import Person, Role, TeacherProfile
from nok.core import audit
from nok.core.clock import now
from nok.core.db import add_once, db
from nok.core.errors import Invalid, NotFound


def add_person(
    email: str,
    display_name: str,
    license_name: str,
    password_hash: str,
    role: Role = Role.STUDENT,
    *,
    demo: bool = False,
) -> Person:
    """Add an account; raise Invalid when the address has one."""
    person = Person(
        email=queries.fold_email(email),
        display_name=display_name,
        license_name=license_name,
        password_hash=password_hash,
        role=role,
        demo=demo,
    )
    if not add_once(person):
        raise Invalid(_("This address has an account already. Sign in with it."))
    audit.record("person.added", f"person:{person.id}", role=role.value)
    return person


def present_teacher(person: Person, slug: str, credentials: str, bio: str) -> TeacherProfile:
    """Give a teacher the profile that course pages show; raise Invalid for a slug that cannot stand in an address."""
    if not rules.is_slug(slug):
        raise Invalid(_("Write the slug in small letters, digits and single hyphens, such as naomi-halloran."))
    profile = db.session.get(TeacherProfile, person.id) or TeacherProfile(person_id=person.id)
    profile.slug, profile.credentials, profile.bio = slug, credentials, bio
    db.session.add(profile)
    return profile


def change_profile(person: Person, display_name: str, license_name: str, time_zone: str) -> None:
    """Change how a person is called. Certificates already issued keep the name they were issued with."""
    if license_name != person.license_name:
        audit.record(
            "person.license_name",
            f"person:{person.id}",
            actor_id=person.id,
            old=person.license_name,
            new=license_name,
        )
    person.display_name, person.license_name, person.time_zone = display_name, license_name, time_zone


def set_role(email: str, role: Role) -> Person:
    """Give the account with this address a role; raise NotFound."""
    person = queries.person_by_email(email)
    if person is None:
        raise NotFound(_("No account has this address."))
    audit.record("person.role", f"person:{person.id}", old=person.role.value, new=role.value)
    person.role = role
    return person


def shut_demo_accounts() -> int:
    """Suspend every open demo account and return how many there were; open sign-ins end with their next request."""
    shut = db.session.scalars(
        update(Person)
        .where(Person.demo.is_(True), Person.suspended_at.is_(None))
        .values(suspended_at=now())
        .returning(Person.id)
        .execution_options(synchronize_session=False)
    ).all()
    for person_id in shut:
        audit.record("person.suspended", f"person:{person_id}", reason="demo")
    return len(shut)
