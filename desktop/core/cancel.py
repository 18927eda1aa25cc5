"""One way to stop long work, from any thread."""

import threading
from collections.abc import Callable


class Cancelled(Exception):
    """Raised where long work stops because it was asked to; never shown as an error."""


class CancelToken:
    """Set once; work asks `cancelled`, or registers what to do at once."""

    def __init__(self) -> None:
        self._event = threading.Event()
        self._lock = threading.Lock()
        self._callbacks: list[Callable[[], None]] = []

    @property
    def cancelled(self) -> bool:
        """Whether `cancel` was called."""
        return self._event.is_set()

    def cancel(self) -> None:
        """Ask the work to stop; calling it again changes nothing."""
        with self._lock:
            if self._event.is_set():
                return
            self._event.set()
            callbacks, self._callbacks = self._callbacks, []
        for callback in callbacks:
            callback()

    def on_cancel(self, callback: Callable[[], None]) -> None:
        """Call `callback` on cancellation (in the cancelling thread), at once if it happened."""
        with self._lock:
            if not self._event.is_set():
                self._callbacks.append(callback)
                return
        callback()

    def check(self) -> None:
        """Raise Cancelled if the work shall stop."""
        if self._event.is_set():
            raise Cancelled
