"""Find who has an address, for somebody who is told whether anyone has: slowly, or whole lists could be tried."""

from nok.accounts import queries
from nok.accounts.models import Person
from nok.accounts.service import doors
from nok.core.tokens import fingerprint


def look_up(email: str, asker: Person) -> Person | None:
    """Return the person with this address; None when nobody has it, which is counted.

    Raise TooMany after many addresses that nobody has: a typing error is soon corrected, a list is not worked off. The
    caller commits in either case.
    """
    keys = {"pair": fingerprint(f"look up {asker.id}")}
    doors.refuse_while_shut(keys)
    person = queries.person_by_email(email)
    if person is None:
        doors.count_failure(keys)
    return person
