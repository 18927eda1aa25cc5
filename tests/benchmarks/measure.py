"""Repeated measurements: medians, quartiles, and ratios of runs that were made in turn."""

import statistics
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Sample:
    """What was measured, in one unit, in the order it was measured."""

    values: tuple[float, ...]

    @property
    def median(self) -> float:
        """The middle value."""
        return statistics.median(self.values)

    @property
    def quartiles(self) -> tuple[float, float]:
        """Where the middle half of the values begins and ends."""
        return self.percentile(25), self.percentile(75)

    @property
    def likely(self) -> tuple[float, float]:
        """Where the true median lies in 19 of 20 cases, by the ranks of a sign test."""
        ordered = sorted(self.values)
        rank = max(0, int(len(ordered) / 2 - 0.98 * len(ordered) ** 0.5))
        return ordered[rank], ordered[-1 - rank]

    def percentile(self, percent: float) -> float:
        """Return the value that `percent` of the values do not exceed, interpolated."""
        ordered = sorted(self.values)
        place = (len(ordered) - 1) * percent / 100
        below = int(place)
        above = min(below + 1, len(ordered) - 1)
        return ordered[below] + (ordered[above] - ordered[below]) * (place - below)


@dataclass(frozen=True)
class Paired:
    """Two samples whose values were measured in turn: ours, theirs, ours, theirs, …"""

    ours: Sample
    theirs: Sample

    @property
    def ratios(self) -> Sample:
        """Ours divided by theirs, pair by pair: what slows both down cancels out."""
        pairs = zip(self.ours.values, self.theirs.values, strict=True)
        return Sample(tuple(a / b for a, b in pairs))


def in_turn(ours: Callable[[], float], theirs: Callable[[], float], *, repeats: int) -> Paired:
    """Measure both `repeats` times, one after the other, after one round that does not count."""
    ours()
    theirs()
    pairs = [(ours(), theirs()) for _ in range(repeats)]
    return Paired(Sample(tuple(a for a, _ in pairs)), Sample(tuple(b for _, b in pairs)))
