"""The door to the chats on disk."""

import threading
import time
from collections import Counter
from pathlib import Path
from types import TracebackType
from typing import ClassVar, Self

import apsw

from desktop.store.chats import ChatRow, Chats
from desktop.store.connection import told
from desktop.store.conversations import Conversations
from desktop.store.database import Clock
from desktop.store.opening import open_database
from desktop.store.recovery import Recovery, rescue
from desktop.store.search import Search, SearchHit
from desktop.system.atomic import write_error
from desktop.system.paths import make_private_folder

__all__ = ["ChatRow", "Recovery", "SearchHit", "Store"]


class Store(Chats, Conversations, Search):
    """All chats of one user. One object per thread; several may be open on one file."""

    recovery: Recovery | None = None
    """What was done about a damaged file when this store was opened."""

    _users: ClassVar[Counter[Path]] = Counter()
    _users_lock: ClassVar[threading.Lock] = threading.Lock()

    def __init__(self, db: apsw.Connection, path: Path, clock: Clock) -> None:
        super().__init__(db, path, clock)
        self._closed = False
        with self._users_lock:
            self._users[path] += 1

    @classmethod
    def open(cls, path: Path, clock: Clock = time.time) -> Self:
        """Open or create a database, bring it up to date, and rescue a damaged one.

        AppError STORE_NEWER, STORE_READ_ONLY, STORE_FULL, STORE_FAILED, FOLDER_UNWRITABLE; the
        file is then as it was. After damage `recovery` tells where the old file is kept;
        STORE_DAMAGED when it cannot be replaced because another part of the program has it open.
        """
        make_private_folder(path.parent)
        try:
            with told(path):
                return cls._open(path, clock)
        except OSError as error:
            raise write_error(error, path) from error

    @classmethod
    def _open(cls, path: Path, clock: Clock) -> Self:
        try:
            return cls(open_database(path), path, clock)
        except (apsw.CorruptError, apsw.NotADBError):
            if cls._users[path]:
                raise
            recovery = rescue(path)
        store = cls(open_database(path), path, clock)
        store.recovery = recovery
        return store

    def close(self) -> None:
        """Close the file; calling it again changes nothing."""
        super().close()
        with self._users_lock:
            self._users[self.path] -= not self._closed
            self._closed = True

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()
