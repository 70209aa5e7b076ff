"""What courses tell the rest of the house."""

from dataclasses import dataclass


@dataclass(frozen=True)
class CoursePublished:
    """A new revision of a course can be enrolled in."""

    course_id: int
    revision_id: int
