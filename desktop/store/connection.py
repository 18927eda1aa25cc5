"""The one place that opens a database and that knows apsw's errors."""

import contextlib
import os
from collections.abc import Generator
from pathlib import Path

import apsw

from desktop.core.errors import AppError, ErrorCode
from desktop.store.terms import index_text
from desktop.system.atomic import write_error

SqlValue = None | int | float | bytes | str

OLDEST_SQLITE = (3, 51, 3)
"""Up to 3.51.2 a WAL reset at the wrong moment corrupts the file (sqlite.org/wal.html)."""

BUSY_MILLISECONDS = 10_000
WAL_KEPT_BYTES = 16 * 2**20

_PRAGMAS = """
PRAGMA synchronous = FULL;           -- WAL with NORMAL loses acknowledged rows on power loss
PRAGMA fullfsync = ON;               -- macOS: a plain fsync leaves data in the drive's cache
PRAGMA checkpoint_fullfsync = ON;
PRAGMA foreign_keys = ON;
PRAGMA secure_delete = ON;           -- deleted text is overwritten with zeros
PRAGMA temp_store = MEMORY;          -- no text in temporary files
PRAGMA mmap_size = 0;                -- an I/O error is an error, not a signal
PRAGMA cell_size_check = ON;
PRAGMA trusted_schema = OFF;         -- a file from elsewhere cannot call functions by its views
"""

_DAMAGED = (apsw.CorruptError, apsw.NotADBError)
_READ_ONLY = (apsw.ReadOnlyError, apsw.PermissionsError)
_UNOPENED = (apsw.CantOpenError, apsw.IOError)
_OTHER = (apsw.BusyError, apsw.LockedError, apsw.ProtocolError, apsw.NoMemError, apsw.TooBigError)


def connect(path: Path, *, read_only: bool = False) -> apsw.Connection:
    """Open an existing database without changing a byte of it or of its log.

    Whoever wants to write calls `prepare_for_writing` after a look at what it is. apsw's errors
    come as they are (see `told`); AppError STORE_FAILED when SQLite is too old to be trusted.
    """
    refuse_old_sqlite(path, apsw.sqlite_lib_version())
    flags = apsw.SQLITE_OPEN_READONLY if read_only else apsw.SQLITE_OPEN_READWRITE
    db = apsw.Connection(str(path), flags=flags)
    try:
        db.set_busy_timeout(BUSY_MILLISECONDS)
        db.config(apsw.SQLITE_DBCONFIG_DEFENSIVE, 1)
        db.config(apsw.SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1)
        db.create_scalar_function(
            "index_text", _index_text, 1, deterministic=True, flags=apsw.SQLITE_INNOCUOUS
        )
        db.execute(_PRAGMAS)
    except BaseException:
        db.close()
        raise
    return db


def connect_damaged(path: Path) -> apsw.Connection:
    """Open a damaged database for reading what it still has."""
    db = apsw.Connection(str(path), flags=apsw.SQLITE_OPEN_READONLY)
    db.config(apsw.SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0)
    db.execute("PRAGMA writable_schema = ON")  # or a file shorter than it says is refused whole
    return db


def prepare_for_writing(db: apsw.Connection) -> None:
    """Switch to write-ahead logging; from here on the file may change."""
    if db.readonly("main"):
        raise apsw.ReadOnlyError
    mode = db.execute("PRAGMA journal_mode = WAL").get
    if mode != "wal":
        raise apsw.CantOpenError(f"journal mode {mode} instead of wal")
    db.execute(f"PRAGMA journal_size_limit = {WAL_KEPT_BYTES}")
    db.config(apsw.SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 0)


def create_private(path: Path) -> None:
    """Make an empty file of mode 0600, which SQLite's log then inherits; keep one that exists."""
    try:
        os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    except FileExistsError:
        return
    except OSError as error:
        raise write_error(error, path) from error


def refuse_old_sqlite(path: Path, version: str) -> None:
    """AppError STORE_FAILED for a SQLite library that can corrupt its log."""
    if tuple(map(int, version.split(".")[:3])) < OLDEST_SQLITE:
        raise AppError(ErrorCode.STORE_FAILED, path=str(path), detail=f"SQLite {version}")


@contextlib.contextmanager
def told(path: Path) -> Generator[None]:
    """Turn apsw's errors into AppError; what only a bug of ours causes passes as it is."""
    try:
        yield
    except apsw.FullError as error:
        raise AppError(ErrorCode.STORE_FULL, path=str(path)) from error
    except _DAMAGED as error:
        with contextlib.suppress(OSError):
            suspicion(path).touch(mode=0o600)
        raise AppError(ErrorCode.STORE_DAMAGED, path=str(path), kept="") from error
    except _READ_ONLY as error:
        raise AppError(ErrorCode.STORE_READ_ONLY, path=str(path)) from error
    except _UNOPENED as error:
        if not os.access(path.parent, os.W_OK) or (path.exists() and not os.access(path, os.W_OK)):
            raise AppError(ErrorCode.STORE_READ_ONLY, path=str(path)) from error
        raise AppError(ErrorCode.STORE_FAILED, path=str(path), detail=str(error)) from error
    except _OTHER as error:
        raise AppError(ErrorCode.STORE_FAILED, path=str(path), detail=str(error)) from error


def suspicion(path: Path) -> Path:
    """Return the marker file: it exists when damage was met, so that the next start looks."""
    return path.with_name(f"{path.name}-suspect")


@contextlib.contextmanager
def transaction(db: apsw.Connection) -> Generator[apsw.Connection]:
    """All or nothing, and on disk when the block ends."""
    db.execute("BEGIN IMMEDIATE")
    try:
        yield db
        db.execute("COMMIT")
    except BaseException:
        if db.in_transaction:
            db.execute("ROLLBACK")
        raise


def _index_text(*values: SqlValue) -> str:
    return index_text(str(values[0]))
