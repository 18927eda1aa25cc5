"""Larger and smaller text in steps, kept in the settings."""

from collections.abc import Callable

from desktop.ui.theme import TEXT_SIZES

NORMAL = 100  # per cent
STEPS = (80, 90, 100, 110, 125, 150, 175, 200)


class Zoom:
    """`read` and `write` are the setting `text_size`; the theme follows the setting."""

    def __init__(self, read: Callable[[], int], write: Callable[[int], None]) -> None:
        self._read = read
        self._write = write

    def larger(self) -> None:
        """One step up."""
        size = self._read()
        self._write(next((step for step in STEPS if step > size), TEXT_SIZES[1]))

    def smaller(self) -> None:
        """One step down."""
        size = self._read()
        self._write(next((step for step in reversed(STEPS) if step < size), TEXT_SIZES[0]))

    def reset(self) -> None:
        """Back to 100 %."""
        self._write(NORMAL)
