"""What learning tells the rest of the house."""

from dataclasses import dataclass


@dataclass(frozen=True)
class CourseCompleted:
    """Every gate of an enrollment is done."""

    enrollment_id: int


@dataclass(frozen=True)
class WorksheetSubmitted:
    """A worksheet waits for a review."""

    worksheet_id: int


@dataclass(frozen=True)
class WorksheetReviewed:
    """A worksheet was returned or accepted; the review's `accepted` says which."""

    review_id: int
