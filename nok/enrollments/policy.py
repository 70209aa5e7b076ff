"""Who may bring people into a course and take them out."""

from nok.accounts.models import Person
from nok.accounts.policy import is_operator


def may_manage(person: Person, teacher_id: int) -> bool:
    """Whoever teaches the course, and operators."""
    return is_operator(person) or person.id == teacher_id
