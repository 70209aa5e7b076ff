from __future__ import annotations

from pathlib import Path

import pytest

from tests.formats.course_on_disk import CourseOnDisk


@pytest.fixture
def course(tmp_path: Path) -> CourseOnDisk:
    return CourseOnDisk(tmp_path / "needle-depth")
