"""What enrollments tell the rest of the house."""

from dataclasses import dataclass


@dataclass(frozen=True)
class EnrollmentStarted:
    """A person enrolled in a course."""

    enrollment_id: int
