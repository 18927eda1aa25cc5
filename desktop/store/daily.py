"""The daily backup, beside the work of the program."""

import logging
import threading
from pathlib import Path

from desktop.core.cancel import Cancelled, CancelToken
from desktop.core.errors import AppError
from desktop.store import backup

log = logging.getLogger(__name__)


class DailyBackup:
    """Makes today's backup on a thread of its own; `close` stops it at once."""

    def __init__(self, database: Path) -> None:
        self._database = database
        self._cancel = CancelToken()
        self._thread = threading.Thread(target=self._run, name="daily backup")

    def start(self) -> None:
        """Begin; trouble is noted in the log, and damage is looked into at the next start."""
        self._thread.start()

    def close(self) -> None:
        """Wait for the end, cutting the backup off; it is then made at the next start."""
        self._cancel.cancel()
        if self._thread.is_alive():
            self._thread.join()

    def _run(self) -> None:
        try:
            made = backup.daily(self._database, cancel=self._cancel)
            log.info("daily backup: %s", made or "there already")
        except Cancelled:
            log.info("daily backup: put off")
        except AppError as error:
            log.error("daily backup: %s", error)  # noqa: TRY400 - an AppError is no bug
