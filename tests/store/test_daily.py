"""The daily backup beside the work of the program."""

import logging
from pathlib import Path

import apsw
import pytest

from desktop.core.cancel import Cancelled, CancelToken
from desktop.store import backup
from desktop.store.daily import DailyBackup
from desktop.store.store import Store


def test_it_is_made_in_the_background(store: Store, path: Path) -> None:
    store.create_chat()
    made = DailyBackup(path)
    made.start()
    made._thread.join()
    made.close()
    assert len(backup.backups(path)) == 1
    assert not backup.daily_is_due(path)


def test_closing_before_it_began_is_fine(path: Path) -> None:
    DailyBackup(path).close()


def test_a_cancelled_backup_leaves_nothing(store: Store, path: Path) -> None:
    store.create_chat()
    cancel = CancelToken()
    cancel.cancel()
    with pytest.raises(Cancelled):
        backup.daily(path, cancel=cancel)
    assert list(backup.folder_of(path).iterdir()) == []


def test_its_verification_can_be_cut_off(
    store: Store, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.create_chat()

    def interrupted(_: apsw.Connection) -> None:
        raise apsw.InterruptError

    monkeypatch.setattr(backup, "verify", interrupted)
    with pytest.raises(Cancelled):
        backup.daily(path)
    assert list(backup.folder_of(path).iterdir()) == []


def test_trouble_is_noted_and_stops_nothing(
    path: Path, unexpected_warnings: list[logging.LogRecord]
) -> None:
    path.parent.mkdir()
    path.write_bytes(b"no database" * 1_000)
    made = DailyBackup(path)
    made.start()
    made._thread.join()
    assert "store_damaged" in unexpected_warnings.pop().getMessage()
