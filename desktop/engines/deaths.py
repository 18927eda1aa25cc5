"""Why the engine process ended, in a form that a sentence can be made from."""

import contextlib
import signal
import time
from collections import deque
from collections.abc import Callable
from pathlib import Path

from desktop.core.errors import AppError, ErrorCode

CRASHES = 3  # this many …
WITHIN = 60.0  # … in so many seconds, and it is not started again without being asked

_NO_MEMORY = (
    "bad_alloc",
    "MemoryError",
    "failed to allocate",
    "unable to allocate",
    "out of memory",
)
_DETAIL = 400  # characters of last words that an error carries


def out_of_memory_kills() -> int:
    """Return how many processes the kernel has killed for want of memory; 0 where unknown."""
    with contextlib.suppress(OSError, ValueError):
        for line in Path("/proc/vmstat").read_text(encoding="ascii").splitlines():
            name, _, count = line.partition(" ")
            if name == "oom_kill":
                return int(count)
    return 0


def speaks_of_memory(words: str) -> bool:
    """Whether last words say that memory ran out."""
    return any(sign in words for sign in _NO_MEMORY)


def cause_of_death(status: int, last_words: str, *, memory_kills: int) -> AppError:
    """Name the end of an engine process.

    `status` is as in subprocess (-n = signal n), `memory_kills` what the kernel's counter rose by
    while the process lived.
    """
    killed = status == -getattr(signal, "SIGKILL", 9)
    if (killed and memory_kills > 0) or (status != 0 and speaks_of_memory(last_words)):
        return AppError(ErrorCode.ENGINE_OUT_OF_MEMORY)
    return AppError(ErrorCode.ENGINE_CRASHED, cause=_name(status), detail=last_words[-_DETAIL:])


def _name(status: int) -> str:
    if status < 0:
        with contextlib.suppress(ValueError):
            return signal.Signals(-status).name
    return f"exit code {status & 0xFFFFFFFF if status < -255 else status}"


class CrashLog:
    """Counts crashes, to stop a restart that would only crash again."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._times: deque[float] = deque(maxlen=CRASHES)

    @property
    def too_many(self) -> bool:
        """Whether the last CRASHES happened within the last WITHIN seconds."""
        return len(self._times) == CRASHES and self._clock() - self._times[0] < WITHIN

    def add(self, error: AppError) -> AppError:
        """Count a crash; return the error to show for it."""
        self._times.append(self._clock())
        return self.refusal(error) if self.too_many else error

    def refusal(self, last: AppError | None = None) -> AppError:
        """Return the error that says so, with what is known of the last crash."""
        known = last.params if last else {}
        return AppError(
            ErrorCode.ENGINE_KEEPS_CRASHING,
            count=len(self._times),
            cause=known.get("cause", ""),
            detail=known.get("detail", ""),
        )
