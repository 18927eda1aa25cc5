"""What every part of the store shares: a connection, its file, a clock."""

import contextlib
from collections.abc import Callable, Generator
from pathlib import Path
from typing import Any

import apsw

from desktop.core.errors import AppError, ErrorCode
from desktop.store.connection import SqlValue, told, transaction

Clock = Callable[[], float]


class Database:
    """An open database of the current schema; for one thread at a time."""

    def __init__(self, db: apsw.Connection, path: Path, clock: Clock) -> None:
        self.path = path
        self._db = db
        self._clock = clock

    def close(self) -> None:
        """Close the file; calling it again changes nothing."""
        with told(self.path):
            self._db.close()

    @contextlib.contextmanager
    def _writing(self) -> Generator[apsw.Connection]:
        """All or nothing, and on disk when the block ends; AppError STORE_*."""
        with told(self.path), transaction(self._db) as db:
            yield db

    @contextlib.contextmanager
    def _reading(self) -> Generator[apsw.Connection]:
        """Several reads of one state; AppError STORE_*."""
        with told(self.path):
            self._db.execute("BEGIN")
            try:
                yield self._db
            finally:
                self._db.execute("ROLLBACK")

    def _rows(self, sql: str, *values: SqlValue) -> list[tuple[Any, ...]]:
        with told(self.path):
            return self._db.execute(sql, values).fetchall()


def not_found(what: str) -> AppError:
    """Return the error for an id that is not there."""
    return AppError(ErrorCode.NOT_FOUND, what=what)


def storable(text: str) -> str:
    """Return `text` without lone surrogates, which UTF-8 cannot hold."""
    return text.encode("utf-8", "replace").decode("utf-8") if not text.isascii() else text
