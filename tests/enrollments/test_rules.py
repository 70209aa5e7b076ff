"""How long an enrollment opens the lessons."""

from datetime import UTC, datetime, timedelta

import pytest

from nok.enrollments.rules import is_open, may_return, window_end

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
BEFORE, AFTER = NOW - timedelta(seconds=1), NOW + timedelta(seconds=1)


@pytest.mark.parametrize(
    ("ended", "until", "opens"),
    [(None, None, True), (None, AFTER, True), (None, NOW, False), (None, BEFORE, False), (BEFORE, AFTER, False)],
)
def test_an_enrollment_is_open_until_it_or_its_window_ends(
    ended: datetime | None,
    until: datetime | None,
    opens: bool,  # noqa: FBT001  a table's column
) -> None:
    assert is_open(ended, until, NOW) is opens


def test_a_window_is_counted_in_days_and_none_means_no_end() -> None:
    assert window_end(NOW, 30) == NOW + timedelta(days=30)
    assert window_end(NOW, 0) is None


def test_only_who_left_by_themselves_comes_back_and_only_while_the_window_is_open() -> None:
    assert may_return(BEFORE, None, NOW, left=True)
    assert may_return(BEFORE, AFTER, NOW, left=True)
    assert not may_return(BEFORE, BEFORE, NOW, left=True)
    assert not may_return(BEFORE, None, NOW, left=False)
    assert not may_return(None, None, NOW, left=True)
