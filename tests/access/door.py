"""A door of the product: where it is, and what each role finds behind it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from tests.factories.world import World

ROLES = ("anonymous", "student", "stranger", "teacher", "operator")
Outcome = int | str
LOGIN = "login"  # a redirect to the sign-in page
Where = Callable[[World], str]


@dataclass(frozen=True)
class Door:
    """An address, what is sent to it, and the outcome for each of ROLES."""

    where: Where
    outcomes: tuple[Outcome, ...]
    fields: Mapping[str, Any] = field(default_factory=dict)
    body: Any = None

    def expected(self, role: str) -> Outcome:
        """Return what someone in this role finds."""
        return self.outcomes[ROLES.index(role)]


def at(path: str) -> Where:
    """Return an address; {course}, {open_course}, {article}, {serial} … are taken from the world."""
    return lambda world: path.format(**vars(world))


def anyone(status: int) -> tuple[Outcome, ...]:
    """Everyone finds the same."""
    return (status,) * len(ROLES)


def members(status: int) -> tuple[Outcome, ...]:
    """Whoever is signed in."""
    return (LOGIN, *(status,) * 4)


def teachers(status: int) -> tuple[Outcome, ...]:
    """The teacher of the course, and operators."""
    return (LOGIN, 403, 403, status, status)


def authors(status: int) -> tuple[Outcome, ...]:
    """Who has a teacher's profile; an operator has none, and is told so."""
    return (LOGIN, 403, 403, status, 422)


def student(status: int, anonymous: Outcome = LOGIN) -> tuple[Outcome, ...]:
    """The student whose thing it is; for others it does not exist."""
    return (anonymous, status, 404, 404, 404)


def operators(status: int) -> tuple[Outcome, ...]:
    """The provider's own people."""
    return (LOGIN, 403, 403, 403, status)
