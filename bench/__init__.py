"""Figures, each measured by a module of its own. Timings live here and in no test."""

from collections.abc import Callable, Iterable
from pathlib import Path

from bench import (
    anchoring,
    axe,
    certificate,
    completion,
    highlights,
    lighthouse,
    markup,
    memory,
    pages,
    queries,
    scale,
    start,
    weight,
)
from bench.figure import Figure

ALL: dict[str, Callable[[Path], Iterable[Figure]]] = {
    "start": start.measure,
    "memory": memory.measure,
    "completion": completion.measure,
    "certificate": certificate.measure,
    "queries": queries.measure,
    "pages": pages.measure,
    "scale": scale.measure,
    "anchoring": anchoring.measure,
    "highlights": highlights.measure,
    "weight": weight.measure,
    "axe": axe.measure,
    "markup": markup.measure,
    "lighthouse": lighthouse.measure,
}
