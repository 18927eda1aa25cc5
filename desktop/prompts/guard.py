"""A limit on the time of code that cannot be trusted to end."""

import ctypes
import sys
import threading
import time
from collections.abc import Callable, Generator
from contextlib import contextmanager

from desktop.core.errors import AppError, ErrorCode

JUMPS = 1_000  # an interpreter looks for asynchronous exceptions at each jump back


class _Expired(BaseException):
    """Not an Exception, so that nothing between here and the loop swallows it."""


@contextmanager
def time_limit(seconds: float) -> Generator[None]:
    """Stop the code inside after `seconds` of this thread's processor time.

    Works in any thread of any system. Where the processor time of a thread cannot be asked for
    (Windows, macOS) it is wall-clock time. A single call into C is not interrupted: whoever calls
    keeps those short. AppError TEMPLATE_TOO_SLOW.
    """
    watchdog = _Watchdog(threading.get_ident(), seconds)
    try:
        watchdog.start()
        try:
            yield
        finally:
            if watchdog.stop() and not isinstance(sys.exc_info()[1], _Expired):
                _wait_for_it()
    except _Expired:
        raise AppError(ErrorCode.TEMPLATE_TOO_SLOW, seconds=seconds) from None


class _Watchdog:
    """Raises _Expired in another thread, at most once, and never after `stop`."""

    _expired = False

    def __init__(self, watched: int, seconds: float) -> None:
        self._watched = watched
        self._seconds = seconds
        self._clock = _clock_of(watched)
        self._stopped = threading.Event()
        self._lock = threading.Lock()
        self._thread = threading.Thread(target=self._watch, name="time-limit", daemon=True)

    def start(self) -> None:
        self._deadline = self._clock() + self._seconds
        self._thread.start()

    def stop(self) -> bool:
        """Return whether the exception was raised; it may still be on its way."""
        self._stopped.set()
        with self._lock:  # from here on nothing is raised any more
            pass
        self._thread.join()
        return self._expired

    def _watch(self) -> None:
        while not self._stopped.wait(max(self._deadline - self._clock(), 0.001)):
            with self._lock:
                if self._clock() < self._deadline:
                    continue
                if not self._stopped.is_set():
                    self._expired = True
                    _raise_in(self._watched, _Expired)
                return


def _clock_of(thread: int) -> Callable[[], float]:
    if not hasattr(time, "pthread_getcpuclockid"):
        return time.monotonic
    clock = time.pthread_getcpuclockid(thread)
    return lambda: time.clock_gettime(clock)


def _raise_in(thread: int, exception: type[BaseException]) -> None:
    """Let a thread raise an exception at its next bytecode."""
    ctypes.pythonapi.PyThreadState_SetAsyncExc(ctypes.c_ulong(thread), ctypes.py_object(exception))


def _wait_for_it() -> None:
    """Give the exception the jumps at which it arrives; it comes with the first of them.

    The loop ends, for one that the code inside has caught and kept will never come.
    Taking it back is no way: CPython 3.11 leaves its evaluation loop signalled for ever when the
    exception is cleared, which slows every thread and hangs a traced one.
    """
    for _ in range(JUMPS):
        pass
