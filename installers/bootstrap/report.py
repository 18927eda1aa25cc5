"""What the person who waits is told."""

import sys


class SetupError(Exception):
    """Setting up cannot go on; the text says why and what to do."""


def say(text: str) -> None:
    """Print one line at once."""
    print(text, flush=True)


class Progress:
    """A line that counts: redrawn on a terminal, once per tenth in a log."""

    def __init__(self, title: str) -> None:
        self._title = title
        self._tenth = -1

    def show(self, done: int, total: int) -> None:
        """Tell that `done` of `total` steps are finished."""
        if sys.stdout.isatty():
            end = "\n" if done == total else ""
            print(f"\r{self._title} {done}/{total} ", end=end, flush=True)
        elif total and done * 10 // total > self._tenth:
            self._tenth = done * 10 // total
            say(f"{self._title} {done}/{total}")
