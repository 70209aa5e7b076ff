"""Seat time and gates, as pure arithmetic."""

from nok.learning.rules.gates import Gate, GateKind, GateState, Work, all_done, gates, next_gate
from nok.learning.rules.seat_time import (
    COMPLETE_PERCENT,
    LONGEST_GAP_MS,
    Beat,
    Interval,
    accept,
    is_complete,
    length,
    subtract,
    union,
)

__all__ = [
    "COMPLETE_PERCENT",
    "LONGEST_GAP_MS",
    "Beat",
    "Gate",
    "GateKind",
    "GateState",
    "Interval",
    "Work",
    "accept",
    "all_done",
    "gates",
    "is_complete",
    "length",
    "next_gate",
    "subtract",
    "union",
]
