"""Several workers at once: one certificate, one word of it, one revocation, on databases that really commit."""

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select

from nok.accounts.models import Person
from nok.certificates import queries, service
from nok.certificates.models import Certificate
from nok.core.clock import now
from nok.core.db import begin_writing, db
from nok.core.errors import Conflict
from nok.core.outbox import OutboxMessage
from nok.enrollments.models import Enrollment
from tests.factories import rows
from tests.factories.certificates import completed, issued

WORKERS = 4


@pytest.fixture
def real(migrated_app: Flask) -> Iterator[Flask]:
    """The application over a database that really commits, emptied afterwards."""
    begin_writing()
    yield migrated_app
    rows.remove_all(migrated_app)


def at_once(app: Flask, *work: Callable[[], object]) -> list[object]:
    """Do each piece of work in a thread and a transaction of its own; return what came of it, or what was raised."""
    barrier = threading.Barrier(len(work))

    def one(piece: Callable[[], object]) -> object:
        with app.app_context():
            begin_writing()
            barrier.wait()
            try:
                made = piece()
                db.session.commit()
            except Conflict as refused:
                db.session.rollback()
                return refused
            return made

    with ThreadPoolExecutor(len(work)) as pool:
        return list(pool.map(one, work))


def counted(app: Flask, kind: str) -> int:
    with app.app_context():
        found = select(func.count()).select_from(OutboxMessage).where(OutboxMessage.kind == kind)
        return db.session.scalar(found) or 0


def test_one_is_issued_however_many_ask(real: Flask, tmp_path: Path) -> None:
    enrollment_id = completed(real, tmp_path)
    settings = real.extensions["nok"]
    made = at_once(real, *[lambda: service.issue(settings, enrollment_id)] * WORKERS)
    assert {item.id for item in made if isinstance(item, Certificate)} == {issued(real, enrollment_id).id}
    assert counted(real, "CertificateIssued") == 1


def test_one_waits_and_is_told_once_and_issued_once(real: Flask, tmp_path: Path) -> None:
    enrollment_id = completed(real, tmp_path, confirmed=False)
    settings = real.extensions["nok"]
    assert at_once(real, *[lambda: service.issue(settings, enrollment_id)] * WORKERS) == [None] * WORKERS
    assert counted(real, "CertificateWaiting") == 1
    with real.app_context():
        person = db.session.get_one(Person, db.session.get_one(Enrollment, enrollment_id).person_id)
        person.license_name_confirmed_at = now()
        db.session.commit()
        person_id = person.id
    confirmed, completed_late = (
        lambda: service.issue_waiting(settings, person_id),
        lambda: service.issue(settings, enrollment_id),
    )
    at_once(real, confirmed, completed_late, confirmed, completed_late)
    assert counted(real, "CertificateIssued") == 1


def test_one_revocation_stands_and_the_others_are_refused(real: Flask, tmp_path: Path) -> None:
    certificate = issued(real, completed(real, tmp_path))
    reasons = [f"reason {number}" for number in range(WORKERS)]

    def revoking(reason: str) -> Callable[[], object]:
        def revoke() -> str:
            row = queries.certificate(certificate.id)
            service.revoke(row, reason, db.session.get_one(Person, row.person_id))
            return reason

        return revoke

    done = [item for item in at_once(real, *map(revoking, reasons)) if isinstance(item, str)]
    with real.app_context():
        assert [db.session.get_one(Certificate, certificate.id).revoked_reason] == done
    assert counted(real, "CertificateRevoked") == 1
