"""Who may write an article."""

from nok.accounts.models import Person
from nok.accounts.policy import is_operator


def may_write(person: Person, author_id: int) -> bool:
    """Its author, and operators, who stand in for them."""
    return is_operator(person) or person.id == author_id
