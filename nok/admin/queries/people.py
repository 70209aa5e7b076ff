"""People, as the provider sees them: never a password, never what they wrote for themselves."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, select

from nok.accounts import queries as accounts
from nok.accounts.models import License, Person, Role
from nok.admin.queries import audit, lists, records
from nok.admin.queries.audit import Act
from nok.admin.queries.records import CertificateLine, EnrollmentLine
from nok.core.db import db
from nok.core.pagination import Page
from nok.courses.models import Course, CourseRevision

MOST_CHOICES = 500


@dataclass(frozen=True)
class PersonLine:
    """A person in the list."""

    id: int
    display_name: str
    email: str
    role: Role
    created_at: datetime
    suspended_at: datetime | None


@dataclass(frozen=True)
class PersonPage:
    """Everything the console shows of one person."""

    person: Person
    licenses: Sequence[License]
    enrollments: Sequence[EnrollmentLine]
    certificates: Sequence[CertificateLine]
    acts: Page[Act]
    courses: list[tuple[str, str]]


def people(words: str, role: str, number: int) -> Page[PersonLine]:
    """Return a page of the people, the newest first, whose name or address holds the words, of one role when named."""
    statement = select(
        Person.id, Person.display_name, Person.email, Person.role, Person.created_at, Person.suspended_at
    ).order_by(Person.id.desc())
    if words:
        statement = statement.where(lists.holds(words, Person.display_name, Person.license_name, Person.email))
    if role in set(Role):
        statement = statement.where(Person.role == Role(role))
    return lists.page(statement, PersonLine, number)


def person_page(person_id: int, number: int = 1) -> PersonPage:
    """Return what is shown of a person, with a page of what was done to them; raise NotFound."""
    person = accounts.person(person_id)
    return PersonPage(
        person=person,
        licenses=accounts.licenses(person.id),
        enrollments=records.enrollments_of(person.id),
        certificates=records.certificates_of(person.id),
        acts=audit.of_person(person.id, number),
        courses=_courses(),
    )


def _courses() -> list[tuple[str, str]]:
    """Return slug and title of the published courses, by title."""
    current = and_(CourseRevision.course_id == Course.id, CourseRevision.number == Course.current_number)
    rows = db.session.execute(
        select(Course.slug, CourseRevision.title)
        .join(CourseRevision, current)
        .order_by(CourseRevision.title)
        .limit(MOST_CHOICES)
    )
    return [(slug, title) for slug, title in rows]
