"""Copies of the database: made by SQLite, verified, thinned, and found again."""

import contextlib
import re
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import apsw

from desktop.core.cancel import Cancelled, CancelToken
from desktop.store.connection import connect, create_private, told
from desktop.system.atomic import sync_folder
from desktop.system.paths import make_private_folder

KEPT_DAILY = 7
KEPT_MIGRATION = 3
PAGES_PER_STEP = 4_096

_DAILY = re.compile(r"chats-\d{4}-\d\d-\d\d\.db")
_MIGRATION = re.compile(r"chats-v\d+-\d{8}-\d{6}\.db")


def folder_of(database: Path) -> Path:
    """Return where the backups of a database are."""
    return database.parent / "backups"


def daily(
    database: Path, today: date | None = None, cancel: CancelToken | None = None
) -> Path | None:
    """Make today's backup unless there is one; return it when it was made.

    Reads through its own connection, so it can run on any thread while the program works.
    AppError STORE_* and Cancelled; the backups that were there are then untouched.
    """
    target = _daily_target(database, today)
    if target.exists():
        return None
    with told(database), contextlib.closing(connect(database)) as db:
        make(db, target, cancel)
    thin(database)
    return target


def daily_is_due(database: Path, today: date | None = None) -> bool:
    """Whether there is no backup of today yet."""
    return not _daily_target(database, today).exists()


def before_migration(db: apsw.Connection, database: Path, version: int) -> Path:
    """Keep a file of an older schema as it is before it changes."""
    stamp = datetime.now().astimezone().strftime("%Y%m%d-%H%M%S")
    target = folder_of(database) / f"chats-v{version}-{stamp}.db"
    make(db, target)
    thin(database)
    return target


def make(db: apsw.Connection, target: Path, cancel: CancelToken | None = None) -> None:
    """Copy an open database to `target`: a temporary file, verified, synced, renamed.

    Raises apsw's errors, AppError and Cancelled; a file that is at `target` stays unless all
    went well.
    """
    cancel = cancel or CancelToken()
    make_private_folder(target.parent)
    working = target.with_name(f".{target.name}.new")
    try:
        working.unlink(missing_ok=True)
        create_private(working)
        with contextlib.closing(connect(working)) as copy:
            with copy.backup("main", db, "main") as transfer:
                while not transfer.done:
                    cancel.check()
                    transfer.step(PAGES_PER_STEP)
            copy.execute("PRAGMA journal_mode = DELETE")  # one file, without a log beside it
            copy.set_progress_handler(lambda: cancel.cancelled, 100_000)
            verify(copy)
        working.replace(target)
        sync_folder(target.parent)
    except apsw.InterruptError as error:
        raise Cancelled from error
    finally:
        working.unlink(missing_ok=True)


def verify(db: apsw.Connection) -> None:
    """apsw.CorruptError unless SQLite finds the whole file consistent."""
    found = db.execute("PRAGMA quick_check(1)").get
    if found != "ok":
        raise apsw.CorruptError(str(found))


def backups(database: Path) -> list[Path]:
    """Return all backups, newest first."""
    found = list(_matching(database, _DAILY)) + list(_matching(database, _MIGRATION))
    return sorted(found, key=lambda path: path.stat().st_mtime_ns, reverse=True)


def thin(database: Path) -> None:
    """Remove all but the newest daily backups and the newest from before migrations."""
    for pattern, kept in ((_DAILY, KEPT_DAILY), (_MIGRATION, KEPT_MIGRATION)):
        for old in sorted(_matching(database, pattern), reverse=True)[kept:]:
            with contextlib.suppress(OSError):
                old.unlink()


def _daily_target(database: Path, today: date | None) -> Path:
    return (
        folder_of(database)
        / f"chats-{(today or datetime.now().astimezone().date()).isoformat()}.db"
    )


def _matching(database: Path, pattern: re.Pattern[str]) -> Iterator[Path]:
    folder = folder_of(database)
    if folder.is_dir():
        yield from (path for path in folder.iterdir() if pattern.fullmatch(path.name))
