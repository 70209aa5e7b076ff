"""When: what runs by the clock."""

from typing import Any

SWEEP_SECONDS = 5.0
ENDINGS_SECONDS = 3600.0

SCHEDULE: dict[str, dict[str, Any]] = {
    "sweep the outbox": {
        "task": "outbox.sweep",
        "schedule": SWEEP_SECONDS,
        # A sweep that nobody took is not worth keeping: the next one does the same.
        "options": {"expires": SWEEP_SECONDS * 2, "queue": "default"},
    },
    "tell of access that ends within a week": {
        "task": "enrollments.tell_endings",
        "schedule": ENDINGS_SECONDS,
        "options": {"expires": ENDINGS_SECONDS, "queue": "default"},
    },
}
