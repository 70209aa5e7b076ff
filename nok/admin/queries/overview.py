"""The console's first page."""

from dataclasses import dataclass

from sqlalchemy import func, select

from nok.accounts.models import Person
from nok.admin.queries import work
from nok.assessments.models import Worksheet
from nok.assessments.queries.worksheets import waits
from nok.certificates.models import Certificate
from nok.core.db import db
from nok.courses.models import Course
from nok.enrollments import queries as enrollments
from nok.enrollments.models import Enrollment


@dataclass(frozen=True)
class Overview:
    """How many there are of each: `failed` is work that failed and is not done, `reviews` are worksheets that wait."""

    people: int
    courses: int
    enrollments: int
    certificates: int
    failed: int
    reviews: int


def overview() -> Overview:
    """Return the numbers of the first page; one statement."""
    counts = [
        select(func.count()).select_from(Person),
        select(func.count()).select_from(Course).where(Course.current_number.is_not(None)),
        select(func.count()).select_from(Enrollment).where(enrollments.opens_now()),
        select(func.count()).select_from(Certificate).where(Certificate.revoked_at.is_(None)),
        work.failed_count(),
        select(func.count()).join_from(Worksheet, Enrollment).where(waits()),
    ]
    return Overview(*db.session.execute(select(*(count.scalar_subquery() for count in counts))).one())
