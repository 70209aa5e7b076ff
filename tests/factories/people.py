"""People."""

from functools import cache

from nok.accounts import service
from nok.accounts.models import Person, Role
from nok.core.clock import now
from nok.core.db import db

PASSWORD = "needle-safety-demo"


@cache
def _hash() -> str:
    return service.hash_password(PASSWORD)


def person(
    email: str = "learner@test.example",
    role: Role = Role.STUDENT,
    name: str = "Zhōu Měilín 周美琳",
    *,
    confirmed: bool = True,
) -> Person:
    """Add a person, who has confirmed the name on their license, and commit."""
    added = service.add_person(email, name, name, _hash(), role)
    added.license_name_confirmed_at = now() if confirmed else None
    if role is Role.TEACHER:
        service.present_teacher(added, email.partition("@")[0], "L.Ac.", "Teaches with care.")
    db.session.commit()
    return added
