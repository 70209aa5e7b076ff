"""Who may, by role."""

from nok.accounts.models import Person, Role


def is_teacher(person: Person) -> bool:
    """Teachers, and operators, who stand in for them."""
    return person.role in {Role.TEACHER, Role.OPERATOR}


def is_operator(person: Person) -> bool:
    """The provider's own people."""
    return person.role is Role.OPERATOR
