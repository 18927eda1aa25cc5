"""A full or failing disk at each write: an error that says so, and no damage."""

from pathlib import Path

import apsw
import pytest

from desktop.core.errors import AppError, ErrorCode
from desktop.store.store import Store
from tests.faults.disks import Disk, watched
from tests.faults.work import Promises, assert_kept, converse

TURNS = 3
CODES: dict[type[apsw.Error], set[ErrorCode]] = {
    apsw.FullError: {ErrorCode.STORE_FULL},
    apsw.IOError: {ErrorCode.STORE_FAILED},
}


def work(path: Path, disk: Disk) -> tuple[Promises, AppError | None]:
    """Converse until it ends or fails; return what was promised until then."""
    promises, error = Promises(), None
    with watched(disk):
        try:
            with Store.open(path) as store:
                store._db.execute("PRAGMA wal_autocheckpoint = 10")
                for told in converse(store, TURNS):
                    promises = told
        except AppError as caught:
            error = caught
    return promises, error


def steps_of_a_whole_run(folder: Path) -> int:
    disk = Disk()
    _, error = work(folder / "chats.db", disk)
    assert error is None
    return len(disk.steps)


@pytest.mark.parametrize("fail", [apsw.FullError, apsw.IOError])
@pytest.mark.parametrize("for_ever", [True, False], ids=["for ever", "once"])
@pytest.mark.parametrize("share", [12, pytest.param(1, marks=pytest.mark.nightly)])
def test_an_error_at_any_write_does_no_damage(
    tmp_path: Path, fail: type[apsw.Error], for_ever: bool, share: int
) -> None:
    count = steps_of_a_whole_run(tmp_path / "whole")
    assert count > 100
    failed = 0
    for at in range(0, count, share):
        path = tmp_path / str(at) / "chats.db"
        promises, error = work(path, Disk(fail_at=at, fail=fail, for_ever=for_ever))
        if error is not None:
            failed += 1
            assert error.code in CODES[fail], error
        assert_kept(path, promises)
    assert failed > count // share // 2, "most errors must be told"


def test_on_a_full_disk_chats_can_still_be_read(tmp_path: Path) -> None:
    disk = Disk()
    with watched(disk), Store.open(tmp_path / "chats.db") as store:
        *_, promises = converse(store, TURNS)
        disk.fail_at = len(disk.steps)
        with pytest.raises(AppError) as caught:
            store.create_chat("one too many")
        assert caught.value.code is ErrorCode.STORE_FULL
        assert caught.value.params == {"path": str(tmp_path / "chats.db")}
        (chat,) = store.chats()
        assert {n.id for n in store.conversation(chat.id).path()} == set(promises.whole)
        disk.fail_at = None
        store.create_chat("room again")
