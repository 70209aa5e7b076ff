"""What enrollments tell the rest of the house."""

from dataclasses import dataclass


@dataclass(frozen=True)
class EnrollmentStarted:
    """A person enrolled in a course."""

    enrollment_id: int


@dataclass(frozen=True)
class EnrollmentEnded:
    """A person left a course or was removed from it."""

    enrollment_id: int


@dataclass(frozen=True)
class AccessEnding:
    """The access window of an enrollment closes within a week."""

    enrollment_id: int


@dataclass(frozen=True)
class AttemptAllowed:
    """A person was allowed one more attempt at the tests; `count` says how many have been allowed by now."""

    enrollment_id: int
    count: int
