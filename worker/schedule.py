"""When: what runs by the clock."""

from typing import Any

SWEEP_SECONDS = 5.0

SCHEDULE: dict[str, dict[str, Any]] = {
    "sweep the outbox": {
        "task": "outbox.sweep",
        "schedule": SWEEP_SECONDS,
        # A sweep that nobody took is not worth keeping: the next one does the same.
        "options": {"expires": SWEEP_SECONDS * 2, "queue": "default"},
    },
}
