"""Backups: made once a day, equal to the original, thinned, never traded for a worse one."""

import os
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path

import apsw
import pytest

from desktop.core.errors import AppError, ErrorCode
from desktop.core.messages import Role
from desktop.store import backup
from desktop.store.connection import connect, suspicion
from desktop.store.store import Store

DAY = date(2026, 11, 22)


def test_a_backup_is_equal_and_a_single_private_file(store: Store, path: Path) -> None:
    chat = store.create_chat("kept")
    node = store.add_message(chat.id, parent=None, role=Role.USER, content="every word")
    made = backup.daily(path, DAY)
    assert made is not None
    assert [p.name for p in made.parent.iterdir()] == ["chats-2026-11-22.db"]
    if os.name != "nt":
        assert made.stat().st_mode & 0o777 == 0o600
    store.close()
    with Store.open(made) as copy:
        assert copy.conversation(chat.id).path() == [node]
        assert [h.node_id for h in copy.search("word")] == [node.id]


def test_there_is_one_backup_a_day(store: Store, path: Path) -> None:
    store.create_chat()
    assert backup.daily_is_due(path, DAY)
    assert backup.daily(path, DAY) is not None
    assert not backup.daily_is_due(path, DAY)
    assert backup.daily(path, DAY) is None
    assert backup.daily_is_due(path, DAY + timedelta(days=1))


def test_the_newest_seven_days_are_kept(store: Store, path: Path) -> None:
    store.create_chat()
    for number in range(10):
        backup.daily(path, DAY + timedelta(days=number))
    names = {p.name for p in backup.backups(path)}
    assert names == {f"chats-2026-{d}.db" for d in ("11-25", "11-26", "11-27", "11-28")} | {
        f"chats-2026-{d}.db" for d in ("11-29", "11-30", "12-01")
    }


def test_other_files_in_the_folder_are_left_alone(store: Store, path: Path) -> None:
    store.create_chat()
    folder = backup.folder_of(path)
    folder.mkdir()
    mine = folder / "chats-my-own.db"
    mine.write_text("mine")
    for number in range(9):
        backup.daily(path, DAY + timedelta(days=number))
    assert mine.read_text() == "mine"
    assert mine not in backup.backups(path)


def test_backups_from_before_migrations_are_thinned_apart(store: Store, path: Path) -> None:
    store.create_chat()
    folder = backup.folder_of(path)
    folder.mkdir()
    for number in range(5):
        (folder / f"chats-v1-20260101-00000{number}.db").touch()
    backup.daily(path, DAY)
    kept = sorted(p.name for p in backup.backups(path))
    assert kept == [
        "chats-2026-11-22.db",
        "chats-v1-20260101-000002.db",
        "chats-v1-20260101-000003.db",
        "chats-v1-20260101-000004.db",
    ]


def test_a_backup_that_fails_leaves_the_good_ones(
    store: Store, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.create_chat()
    good = backup.daily(path, DAY)
    assert good is not None
    before = good.read_bytes()

    def full(db: apsw.Connection) -> None:
        raise apsw.FullError

    monkeypatch.setattr(backup, "verify", full)
    with pytest.raises(AppError) as caught:
        backup.daily(path, DAY + timedelta(days=1))
    assert caught.value.code is ErrorCode.STORE_FULL
    with closing(connect(path)) as db, pytest.raises(apsw.FullError):
        backup.make(db, good)
    assert [p.name for p in good.parent.iterdir()] == [good.name]
    assert good.read_bytes() == before


def test_damage_met_while_copying_is_told_and_looked_into_at_the_next_start(
    store: Store, path: Path
) -> None:
    chat = store.create_chat()
    for number in range(300):
        store.add_message(chat.id, parent=None, role=Role.USER, content=f"message {number} " * 40)
    store.close()
    content = bytearray(path.read_bytes())
    content[30 * 4096 : 34 * 4096] = b"\xaa" * (4 * 4096)
    path.write_bytes(content)
    with pytest.raises(AppError) as caught:
        backup.daily(path, DAY)
    assert caught.value.code is ErrorCode.STORE_DAMAGED
    assert suspicion(path).exists()
    assert backup.backups(path) == []
    with Store.open(path) as again:
        assert again.recovery is not None
    assert not suspicion(path).exists()


def test_a_backup_can_be_made_while_others_write(store: Store, path: Path) -> None:
    chat = store.create_chat()
    with store._writing() as db:
        db.execute("UPDATE chat SET title = 'not yet' WHERE id = ?", (chat.id,))
        made = backup.daily(path, DAY)
    assert made is not None
    with Store.open(made) as copy:
        assert copy.chat(chat.id).title == ""
