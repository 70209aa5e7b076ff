"""Add people, change their profile and role, suspend and restore them."""

from flask_babel import lazy_gettext as _
from sqlalchemy import update

from nok.accounts import queries, rules
from nok.accounts.messages import LicenseNameConfirmed
from nok.accounts.models import Person, Role, TeacherProfile
from nok.accounts.service.signing_in import end_all_sign_ins
from nok.core import audit, outbox
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
    profile = db.session.get(TeacherProfile, person.id)
    profile = profile or TeacherProfile(person_id=person.id, slug="", credentials="", bio="")
    for field, new in (("slug", slug), ("credentials", credentials), ("bio", bio)):
        if (old := getattr(profile, field)) != new:
            audit.record("person.teacher_profile", f"person:{person.id}", field=field, old=old, new=new)
            setattr(profile, field, new)
    db.session.add(profile)
    return profile


def change_profile(
    person: Person, display_name: str, license_name: str, time_zone: str, language: str, *, name_is_right: bool
) -> None:
    """Change how a person is called. Certificates already issued keep the name they were issued with.

    A license name that is changed waits to be confirmed again, unless its owner says at once that it is right.
    """
    if (old := person.display_name) != display_name:
        audit.record("person.display_name", f"person:{person.id}", actor_id=person.id, old=old, new=display_name)
    if (old := person.time_zone) != time_zone:  # certificates are dated by it
        audit.record("person.time_zone", f"person:{person.id}", actor_id=person.id, old=old, new=time_zone)
    person.display_name, person.time_zone, person.language = display_name, time_zone, language
    if name_is_right:
        confirm_license_name(person, license_name)
    elif license_name != person.license_name:
        _rename(person, license_name)


def confirm_license_name(person: Person, name: str) -> None:
    """Take the person's word that certificates shall carry this name, which may be corrected with it."""
    if name != person.license_name:
        _rename(person, name)
    if person.license_name_confirmed_at is None:
        person.license_name_confirmed_at = now()
        audit.record("person.license_name_confirmed", f"person:{person.id}", actor_id=person.id, name=name)
        outbox.publish(LicenseNameConfirmed(person.id))


def suspend(person: Person, actor: Person) -> None:
    """Shut an account: whoever is signed in with it is out with the next request.

    Raise Invalid for one's own, and for the last operator's.
    """
    if person.id == actor.id:
        raise Invalid(_("You cannot suspend your own account. Ask another operator."))
    _keep_an_operator(person)
    if person.suspended_at is None:
        person.suspended_at = now()
        audit.record("person.suspended", f"person:{person.id}", actor_id=actor.id)
        end_all_sign_ins(person, actor=actor)


def restore(person: Person, actor: Person) -> None:
    """Open a suspended account again; its owner signs in anew.

    Raise Invalid for a demo account whose site has shut its demo: everybody knows the password.
    """
    if person.demo and not actor.demo:
        raise Invalid(_("The password of a demo account is public. It stays suspended."))
    if person.suspended_at is not None:
        person.suspended_at = None
        audit.record("person.restored", f"person:{person.id}", actor_id=actor.id)


def set_role(email: str, role: Role, *, actor: Person | None = None) -> Person:
    """Give the account with this address a role; raise NotFound, and Invalid for one's own role.

    Invalid also says that the last operator cannot be taken away. `actor` is the operator; a command has none.
    """
    person = queries.person_by_email(email)
    if person is None:
        raise NotFound(_("No account has this address."))
    if actor is not None and person.id == actor.id:
        raise Invalid(_("You cannot change your own role. Ask another operator."))
    if role is not Role.OPERATOR:
        _keep_an_operator(person)
    if person.role is not role:
        actor_id = actor.id if actor else None
        audit.record("person.role", f"person:{person.id}", actor_id=actor_id, old=person.role.value, new=role.value)
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


def _keep_an_operator(person: Person) -> None:
    """Raise Invalid when this is the last operator, also when two operators turn on each other at once."""
    operators = queries.lock_operators()  # all of them, before the one: two requests would wait for each other for ever
    db.session.refresh(person, ["role", "suspended_at"], with_for_update=True)
    if operators == [person.id]:
        raise Invalid(_("This is the last operator. Make somebody else an operator first."))


def _rename(person: Person, license_name: str) -> None:
    audit.record(
        "person.license_name", f"person:{person.id}", actor_id=person.id, old=person.license_name, new=license_name
    )
    person.license_name, person.license_name_confirmed_at = license_name, None
