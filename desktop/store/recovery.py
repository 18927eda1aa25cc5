"""What happens to a damaged database: it is kept, a backup takes its place, the rest is saved."""

import contextlib
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import apsw

from desktop.core.errors import AppError
from desktop.store import backup
from desktop.store.connection import connect, suspicion
from desktop.store.migrations import identify
from desktop.store.opening import finish_rescue, open_database, rescued
from desktop.store.salvage import salvage
from desktop.system.atomic import sync_folder


@dataclass(frozen=True, slots=True)
class Recovery:
    """Where the damaged file is now, which backup took its place, and what is there again.

    `chats` and `messages` count what could be read from the damaged file itself.
    """

    kept: Path
    backup: Path | None
    chats: int
    messages: int


def rescue(path: Path) -> Recovery:
    """Replace a damaged database by its newest good backup with all that the old file still has.

    The new file is complete before the old one is moved aside; nothing is ever deleted. Raises
    apsw's errors and AppError (a full disk); the damaged file is then still in its place.
    """
    working = path.with_name(f".{path.name}.rescue")
    _remove(working)
    try:
        source = _restore_newest(path, working)
        with contextlib.closing(open_database(working)) as db:
            chats, messages = salvage(path, db)
        working.replace(rescued(path))
    finally:
        _remove(working)
    kept = _keep_aside(path)
    finish_rescue(path)
    sync_folder(path.parent)
    suspicion(path).unlink(missing_ok=True)
    return Recovery(kept, source, chats, messages)


def _restore_newest(path: Path, working: Path) -> Path | None:
    for candidate in backup.backups(path):
        with (
            contextlib.suppress(apsw.CorruptError, apsw.NotADBError, AppError),
            contextlib.closing(connect(candidate, read_only=True)) as db,
        ):
            if identify(db, candidate):
                backup.make(db, working)
                return candidate
    return None


def _keep_aside(path: Path) -> Path:
    """Rename the file and its log, the log first: it must never meet another database."""
    stamp = datetime.now().astimezone().strftime("%Y%m%d-%H%M%S")
    kept = path.with_name(f"{path.stem}-damaged-{stamp}{path.suffix}")
    number = 1
    while kept.exists():
        number += 1
        kept = path.with_name(f"{path.stem}-damaged-{stamp}-{number}{path.suffix}")
    log = Path(f"{path}-wal")
    Path(f"{path}-shm").unlink(missing_ok=True)  # an index of the log, made anew when needed
    if log.exists() and log.stat().st_size:
        log.replace(f"{kept}-wal")
    log.unlink(missing_ok=True)
    path.replace(kept)
    return kept


def _remove(working: Path) -> None:
    for ending in ("", "-wal", "-shm"):
        Path(f"{working}{ending}").unlink(missing_ok=True)
