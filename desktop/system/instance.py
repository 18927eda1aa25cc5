"""One program per data folder, without a socket: a lock the system drops with its process."""

import os
import time
from pathlib import Path
from types import TracebackType
from typing import Self

from filelock import FileLock, Timeout

from desktop.core.errors import AppError, ErrorCode


class SingleInstance:
    """The right to use a data folder, held from `acquire` to `release` or process end.

    The lock is the operating system's (flock, LockFileEx): after kill -9 it is free at once,
    and a lock file that stays behind means nothing. A second program calls `ask_to_raise`;
    the first watches `raise_file`, which exists while it runs, and asks `raise_requested`.
    """

    def __init__(self, lock: Path, raise_file: Path) -> None:
        self.raise_file = raise_file
        self._lock = FileLock(lock, mode=0o600, thread_local=False, fallback_to_soft=False)
        self._seen = 0

    def acquire(self) -> None:
        """Take the lock; AppError ALREADY_RUNNING, or FOLDER_UNWRITABLE when it cannot be made."""
        try:
            self._lock.acquire(blocking=False)
            self._touch()
        except Timeout as error:
            raise AppError(ErrorCode.ALREADY_RUNNING) from error
        except (OSError, NotImplementedError) as error:
            self.release()
            folder = str(self.raise_file.parent)
            raise AppError(ErrorCode.FOLDER_UNWRITABLE, path=folder, detail=str(error)) from error
        self._seen = self._stamp()

    def release(self) -> None:
        """Give the lock back; calling it again changes nothing."""
        self._lock.release()

    def ask_to_raise(self) -> None:
        """Tell the program that holds the lock to show its window."""
        self._touch()

    def raise_requested(self) -> bool:
        """Whether another program asked since `acquire` or the last call."""
        stamp = self._stamp()
        requested = stamp not in (0, self._seen)
        self._seen = stamp or self._seen
        return requested

    def __enter__(self) -> Self:
        self.acquire()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.release()

    def _touch(self) -> None:
        """Write in place, so that a watch on the file stays alive."""
        handle = os.open(self.raise_file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(f"{os.getpid()} {time.time_ns()}")

    def _stamp(self) -> int:
        try:
            return hash(self.raise_file.read_bytes())
        except OSError:
            return 0
