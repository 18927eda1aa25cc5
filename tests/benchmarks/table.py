"""The budget table: rows, verdicts, and how they are printed."""

from collections.abc import Sequence
from dataclasses import astuple, dataclass
from enum import StrEnum

from tests.benchmarks.measure import Paired, Sample

NOISY = 0.04
"""A median that is known less well than this, with the budget in its range, decides nothing."""

HEADINGS = ("budget row", "measured", "against", "ratio", "budget", "holds")
NOTHING = "–"


class Verdict(StrEnum):
    """Whether a budget holds."""

    YES = "yes"
    NO = "no"
    UNCLEAR = "unclear"  # the computer was too busy to tell
    NOT_BUILT = "not built yet"


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """A budget: the value that must be reached, or must not be passed."""

    value: float
    at_least: bool = False
    unit: str = "×"

    def __str__(self) -> str:
        return f"{'≥' if self.at_least else '≤'} {self.value:g} {self.unit}"

    def judge(self, found: Sample) -> Verdict:
        """Return whether the median holds; UNCLEAR when the spread says that it may be chance."""
        low, high = found.likely
        if low < self.value < high and high - low > NOISY * found.median:
            return Verdict.UNCLEAR
        return self.judge_one(found.median)

    def judge_one(self, value: float) -> Verdict:
        """Return whether one figure holds."""
        held = value >= self.value if self.at_least else value <= self.value
        return Verdict.YES if held else Verdict.NO


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table; all but the verdict is text as printed."""

    what: str
    measured: str
    against: str
    ratio: str
    budget: str
    holds: Verdict


def compared(what: str, found: Paired, limit: Limit, *, unit: str, against: str) -> Row:
    """Return the row of a budget that is a ratio of two measurements made in turn."""
    return Row(
        what,
        spread(found.ours, unit),
        f"{against}: {spread(found.theirs, unit)}",
        spread(found.ratios),
        str(limit),
        limit.judge(found.ratios),
    )


def not_built(what: str, budget: str) -> Row:
    """Return the row of a budget whose part does not exist yet."""
    return Row(what, NOTHING, NOTHING, NOTHING, budget, Verdict.NOT_BUILT)


def spread(found: Sample, unit: str = "") -> str:
    """Return the median and the middle half of a sample: `12.3 (12.1–12.6) ms`."""
    low, high = found.quartiles
    text = f"{figure(found.median)} ({figure(low)}–{figure(high)})"
    return f"{text} {unit}".rstrip()


def figure(value: float) -> str:
    """Return a number with about three digits that mean something."""
    digits = 0 if abs(value) >= 100 else 1 if abs(value) >= 10 else 2 if abs(value) >= 0.1 else 3
    return f"{value:,.{digits}f}"


def markdown(rows: Sequence[Row]) -> str:
    """Return the table with columns that line up, ready for a README."""
    lines = [HEADINGS, *(tuple(map(str, astuple(row))) for row in rows)]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    lines.insert(1, tuple("-" * width for width in widths))
    padded = (
        [cell.ljust(width) for cell, width in zip(line, widths, strict=True)] for line in lines
    )
    return "\n".join(f"| {' | '.join(cells)} |" for cells in padded)
