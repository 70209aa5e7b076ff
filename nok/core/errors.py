"""What can go wrong in a domain, named; the web turns each into a status and a page that says what to do."""

from typing import Any


class DomainError(Exception):
    """Something a person can act on. `message` is a (lazily) translated sentence, safe to show."""

    status = 400

    def __init__(self, message: Any, **fields: Any) -> None:
        super().__init__(str(message) if isinstance(message, str) else repr(message))
        self.message = message
        self.fields = fields


class Invalid(DomainError):
    """What was sent cannot be accepted as it is."""

    status = 422


class NotFound(DomainError):
    """There is no such thing, or not for this person: the two must look the same."""

    status = 404

    def __init__(self, message: Any = "", **fields: Any) -> None:
        super().__init__(message, **fields)


class Forbidden(DomainError):
    """The thing is there and may be known, but this person may not do this to it."""

    status = 403


class Conflict(DomainError):
    """Something else happened first; the message says what."""

    status = 409


class TooMany(DomainError):
    """Too many tries. `wait` is in seconds."""

    status = 429

    def __init__(self, message: Any, wait: int) -> None:
        super().__init__(message, wait=wait)
        self.wait = wait
