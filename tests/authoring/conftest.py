"""A course on disk that has every kind of lesson."""

from pathlib import Path

import pytest

from tests.factories import courses
from tests.formats.course_on_disk import CourseOnDisk


@pytest.fixture
def course(tmp_path: Path) -> CourseOnDisk:
    found = CourseOnDisk(tmp_path / "needle-depth")
    found.with_every_kind(courses.TEACHER)
    return found
