"""How much one rendering may do, counted: steps, characters, and the size of nested values."""

from collections.abc import Iterable, Mapping, Sequence
from contextvars import ContextVar

from desktop.core.errors import AppError, ErrorCode

SECONDS = 2.0  # of processor time; twenty thousand times what a real template takes

# Real templates with long chats stay far below: Kimi K3 with 1,000 messages takes 0.1 million
# steps. A step is one turn of a loop, one call, or one element of a copied list.
MAX_STEPS = 4_000_000
# One text, and the total of all texts made on the way, beyond what the messages bring along.
MAX_TEXT = 4_000_000
MAX_TOTAL = 128_000_000
MAX_BITS = 4_096  # of a whole number
MAX_WIDTH = 10_000  # of padding and indentation

Container = list[object] | tuple[object, ...] | dict[object, object]


class Meter:
    """Counts what a rendering does and ends it with an AppError when that is too much.

    Every value that a template builds passes through here before it exists or right after, so no
    single operation on it takes long.
    """

    def __init__(self, *, size: int = 0, steps: int = MAX_STEPS) -> None:
        """Allow for `size` characters of input."""
        self._steps = self._allowed = steps
        self._most_text = MAX_TEXT + 8 * size
        self._total = MAX_TOTAL + 100 * size
        self._weights: dict[int, tuple[object, int]] = {}  # the value is kept: ids are reused

    def step(self, count: int = 1) -> None:
        """Count work; AppError TEMPLATE_TOO_SLOW."""
        self._steps -= count
        if self._steps < 0:
            raise AppError(ErrorCode.TEMPLATE_TOO_SLOW, seconds=SECONDS)

    def text(self, length: int) -> None:
        """Count a text that is about to be made; AppError TEMPLATE_FAILED."""
        self._total -= length
        if length > self._most_text or self._total < 0:
            raise too_large("a text")

    def made(self, value: object) -> object:
        """Count a value that has been made, and return it."""
        if isinstance(value, str):
            self.text(len(value))
        elif isinstance(value, list | tuple | dict):
            if id(value) not in self._weights:
                self.step(len(value))
            self.weight(value)
        elif isinstance(value, int) and value.bit_length() > MAX_BITS:
            raise too_large("a number")
        return value

    def weight(self, value: object) -> int:
        """Return how large `value` is with all that is inside, counted as often as it occurs.

        `[x, x]` in a loop is small in memory and endless as text, hence the limit.
        """
        if isinstance(value, str):
            return len(value) + 1
        if not isinstance(value, list | tuple | dict):
            return 1
        known = self._weights.get(id(value))
        if known is not None:
            return known[1]
        weight = 1 + sum(map(self.weight, _parts(value)))
        self.weighed(value, weight)
        return weight

    def weighed(self, value: object, weight: int) -> None:
        """Remember the weight of a new container; AppError TEMPLATE_FAILED."""
        if weight > self._most_text:
            raise too_large("a list")
        self._weights[id(value)] = (value, weight)

    def joined(self, pieces: Iterable[str], separator: str = "") -> str:
        """Return the pieces as one text, which is counted before it is made."""
        taken = list(pieces)
        self.step(len(taken))
        self.text(sum(map(len, taken)) + len(taken) * len(separator))
        return separator.join(taken)


def too_large(what: str) -> AppError:
    """Return the error for a template that makes more than it may."""
    return AppError(ErrorCode.TEMPLATE_FAILED, detail=f"the template makes {what} too large")


def _parts(value: Container) -> Iterable[object]:
    if isinstance(value, Mapping):
        return (part for item in value.items() for part in item)
    return value


METER: ContextVar[Meter] = ContextVar("METER")
"""The meter of the rendering that runs in this thread."""


def multiplied(left: object, right: object) -> object:
    """Return `left * right` for what a template may multiply."""
    for one, other in ((left, right), (right, left)):
        if isinstance(one, str | list | tuple) and isinstance(other, int):
            size = len(one) if isinstance(one, str) else METER.get().weight(one)
            METER.get().text(size * max(other, 0))
    return METER.get().made(left * right)  # type: ignore[operator]


def powered(left: object, right: object) -> object:
    """Return `left ** right`, refusing whole numbers of many digits."""
    if (
        isinstance(left, int)
        and isinstance(right, int)
        and left.bit_length() * max(right, 0) > MAX_BITS
    ):
        raise too_large("a number")
    return left**right  # type: ignore[operator]


def added(left: object, right: object) -> object:
    """Return `left + right`, counting the text or list that it makes."""
    meter = METER.get()
    if isinstance(left, str) and isinstance(right, str):
        meter.text(len(left) + len(right))
    elif isinstance(left, Sequence) and isinstance(right, Sequence):
        meter.step(len(left) + len(right))
        weight = meter.weight(left) + meter.weight(right)
        total: object = left + right  # type: ignore[operator]
        meter.weighed(total, weight)
        return total
    return left + right  # type: ignore[operator]
