"""What the lines of the log are about: which subjects are a person's, and whose a subject is."""

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import CompoundSelect, Select, String, cast, literal, select, union_all
from sqlalchemy.sql.elements import ColumnElement

from nok.accounts.models import Person
from nok.admin.queries import lists
from nok.assessments.models import Attempt, Evaluation, Worksheet
from nok.certificates.models import Certificate
from nok.core.db import db
from nok.courses.models import CourseRevision
from nok.enrollments.models import Enrollment

# By the type that begins a subject. All but the first two are of an enrollment.
_TABLES: dict[str, Any] = {
    "person": Person,
    "enrollment": Enrollment,
    "certificate": Certificate,
    "worksheet": Worksheet,
    "attempt": Attempt,
    "evaluation": Evaluation,
}
_LONGEST_ID = 18  # digits that every database can count


def people(words: str) -> Select[*tuple[Any, ...]]:
    """Return the SELECT of the ids of those whose name or address holds the words, to be run once in a statement."""
    found = select(Person.id).where(lists.holds(words, Person.display_name, Person.license_name, Person.email))
    return select(found.cte("concerned").c.id)


def of_people(ids: Sequence[int] | Select[*tuple[Any, ...]]) -> CompoundSelect[*tuple[Any, ...]]:
    """Return the SELECT of the subjects that are these people, or theirs."""
    return union_all(*(_of(kind, _subject(kind)).where(Person.id.in_(ids)) for kind in _TABLES))


def labels(subjects: Iterable[str]) -> dict[str, str]:
    """Return who and, for what belongs to a course, which course the subjects are, by subject; one statement."""
    ids = _ids(subjects)
    if not ids:
        return {}
    parts = [
        _of(kind, _subject(kind), Person.display_name, _title(kind)).where(_TABLES[kind].id.in_(numbers))
        for kind, numbers in ids.items()
    ]
    rows = db.session.execute(union_all(*parts))
    return {subject: " · ".join(filter(None, (name, title))) for subject, name, title in rows}


def _of(kind: str, *columns: Any) -> Select[*tuple[Any, ...]]:
    """Return a SELECT of columns of one table, each row with its person and, but for people, with its revision."""
    table, statement = _TABLES[kind], select(*columns)
    if table is Person:
        return statement.select_from(Person)
    if table is Enrollment:
        statement = statement.select_from(Enrollment)
    else:
        statement = statement.select_from(table).join(Enrollment, Enrollment.id == table.enrollment_id)
    return statement.join(Person, Person.id == Enrollment.person_id).join(Enrollment.revision)


def _subject(kind: str) -> ColumnElement[str]:
    return literal(f"{kind}:", String) + cast(_TABLES[kind].id, String)


def _title(kind: str) -> Any:
    return literal("", String) if kind == "person" else CourseRevision.title


def _ids(subjects: Iterable[str]) -> dict[str, list[int]]:
    """Return the ids by type, of the types that are somebody's."""
    found: dict[str, list[int]] = {}
    for subject in subjects:
        kind, _, number = subject.partition(":")
        if kind in _TABLES and number.isascii() and number.isdigit() and len(number) <= _LONGEST_ID:
            found.setdefault(kind, []).append(int(number))
    return found
