"""From a path to an open database of the current schema, checked."""

from pathlib import Path

import apsw

from desktop.store import backup
from desktop.store.connection import connect, create_private, prepare_for_writing, suspicion
from desktop.store.migrations import APPLICATION_ID, identify, migrate, refuse_newer

_MAGIC = b"SQLite format 3\0"
_HEADER_BYTES = 100

CHECKED_BYTES = 64 * 2**20
"""Up to this size the tables are checked at each opening (1 GB/s); the daily backup checks all."""


def open_database(path: Path) -> apsw.Connection:
    """Open or create a database; apsw's errors say what is wrong with it.

    apsw.CorruptError and apsw.NotADBError are for `recovery`. AppError STORE_NEWER,
    STORE_FAILED, STORE_FULL, FOLDER_UNWRITABLE. Until it returns no byte of a file that is
    refused has changed.
    """
    finish_rescue(path)
    create_private(path)
    _look(path)
    db = connect(path)
    try:
        version = identify(db, path)
        prepare_for_writing(db)
        _check(db, path)
        migrate(db, path, version)
    except BaseException:
        db.close()
        raise
    return db


def _look(path: Path) -> None:
    """Refuse by its first bytes what SQLite would change by opening it.

    apsw.NotADBError for a file that SQLite would take for a new one and overwrite, AppError
    STORE_NEWER for a schema from the future. The fields are those of
    https://sqlite.org/fileformat.html#the_database_header
    """
    with path.open("rb") as file:
        header = file.read(_HEADER_BYTES)
    if not header:
        if backup.backups(path):
            raise apsw.NotADBError("an empty file where there are backups")
        return
    if len(header) < _HEADER_BYTES or not header.startswith(_MAGIC):
        raise apsw.NotADBError("no SQLite file")
    version, application = (int.from_bytes(header[at : at + 4], "big") for at in (60, 68))
    if application == APPLICATION_ID:
        refuse_newer(path, version)


def rescued(path: Path) -> Path:
    """Return the name under which a rescued database waits, complete, to take its place."""
    return path.with_name(f"{path.name}-rescued")


def finish_rescue(path: Path) -> None:
    """Put a rescued database in place; a rescue that was cut off ends here."""
    if not path.exists() and rescued(path).exists():
        rescued(path).replace(path)


def _check(db: apsw.Connection, path: Path) -> None:
    suspect = suspicion(path)
    if suspect.exists():
        backup.verify(db)
        suspect.unlink(missing_ok=True)
    elif path.stat().st_size <= CHECKED_BYTES:
        _check_tables(db)


def _check_tables(db: apsw.Connection) -> None:
    """Look at every page of the tables, leaving out what only the search index means."""
    tables = "SELECT name FROM sqlite_schema WHERE type = 'table' AND rootpage"
    for (name,) in db.execute(tables).fetchall():
        found = db.execute(f"PRAGMA quick_check('{name}')").get
        if found != "ok":
            raise apsw.CorruptError(str(found))
