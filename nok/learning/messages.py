"""What learning tells the rest of the house."""

from dataclasses import dataclass


@dataclass(frozen=True)
class CourseCompleted:
    """Every gate of an enrollment is done."""

    enrollment_id: int
