"""Who may answer."""

from nok.accounts.models import Person
from nok.accounts.policy import is_operator, is_teacher


def may_answer(person: Person, asked_id: int) -> bool:
    """Whoever was asked, while they teach; and operators, who stand in for them."""
    return is_operator(person) or (is_teacher(person) and person.id == asked_id)
