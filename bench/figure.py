"""A measured figure beside what is promised, and the arithmetic of several runs."""

import math
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Figure:
    """`value` in `unit`; the promise is `most` or `least`, and neither where the figure is only worth knowing."""

    what: str
    value: float
    unit: str
    most: float | None = None
    least: float | None = None

    @property
    def shown(self) -> str:
        """Return the value in words."""
        digits = 0 if self.value >= 100 or self.value == int(self.value) else 2
        return f"{self.value:.{digits}f} {self.unit}".strip()

    @property
    def promise(self) -> str:
        """Return the promise in words, or nothing."""
        if self.least is not None:
            return f"≥ {self.least:g} {self.unit}".strip()
        return "" if self.most is None else f"≤ {self.most:g} {self.unit}".strip()

    @property
    def failed(self) -> bool:
        """Whether the promise is broken."""
        return (self.most is not None and self.value > self.most) or (
            self.least is not None and self.value < self.least
        )


def percentile(values: Sequence[float], percent: float) -> float:
    """The smallest value that at least so many percent of the values do not exceed."""
    ranked = sorted(values)
    return ranked[max(0, math.ceil(len(ranked) * percent / 100) - 1)]
