"""Damaged databases: kept as they are, replaced by a backup, emptied of what can be read."""

import random
from pathlib import Path

import pytest

from desktop.core.errors import AppError, ErrorCode
from desktop.core.messages import Role
from desktop.store import backup, opening, recovery
from desktop.store.connection import suspicion
from desktop.store.store import Store

PAGE = 4096


def fill(path: Path, chats: int = 20, messages: int = 10) -> dict[int, str]:
    """Write chats with messages; return the text of each message by id."""
    told: dict[int, str] = {}
    with Store.open(path) as store:
        for c in range(chats):
            chat = store.create_chat(f"chat {c}")
            above = None
            for m in range(messages):
                text = f"message {c}.{m} 炉边 " + "words " * 60
                node = store.add_message(chat.id, parent=above, role=Role.USER, content=text)
                told[node.id], above = text, node.id
        store.save_draft(None, "the next thought")
    return told


def readable(store: Store) -> dict[int, str]:
    chats = [c.id for c in store.chats(limit=10_000) + store.trash()]
    return {n.id: n.content for c in chats for n in store.conversation(c).nodes.values()}


def damage(path: Path, start: int, end: int, filling: bytes = b"\xaa") -> None:
    content = bytearray(path.read_bytes())
    content[start:end] = (filling * (end - start))[: end - start]
    path.write_bytes(content)


def rescue(path: Path) -> tuple[recovery.Recovery, dict[int, str]]:
    """Open a damaged file; check what is promised of every rescue."""
    before = path.read_bytes()
    with Store.open(path) as store:
        done = store.recovery
        assert done is not None
        assert done.kept.read_bytes() == before, "the user's file is kept as it was"
        assert store._rows("PRAGMA integrity_check") == [("ok",)]
        found = readable(store)
        chat = store.create_chat("after")
        store.add_message(chat.id, parent=None, role=Role.USER, content="life goes on")
        assert len(store.search("life goes")) == 1
    with Store.open(path) as store:
        assert store.recovery is None
    left = {p.name for p in path.parent.iterdir()} - {"backups"}
    assert left == {done.kept.name, path.name}
    return done, found


@pytest.mark.parametrize(
    "content",
    [b"hello, I am a text\n" * 500, b"\0" * 8192, b"SQLite format 3\0" + b"\xff" * 9000, b"x"],
    ids=["text", "zeros", "torn header", "one byte"],
)
def test_a_file_that_is_no_database_is_kept_and_replaced(path: Path, content: bytes) -> None:
    path.parent.mkdir()
    path.write_bytes(content)
    done, found = rescue(path)
    assert done.backup is None
    assert found == {}


def test_a_database_of_another_program_is_kept_and_replaced(path: Path) -> None:
    path.parent.mkdir()
    import sqlite3  # noqa: PLC0415 - the other program

    other = sqlite3.connect(path)
    other.execute("CREATE TABLE chat (id INTEGER PRIMARY KEY, secret TEXT)")
    other.execute("INSERT INTO chat VALUES (1, 'not ours')")
    other.commit()
    other.close()
    done, found = rescue(path)
    assert (done.chats, done.messages, found) == (0, 0, {})


def test_the_newest_backup_comes_back_with_all_that_is_newer(path: Path) -> None:
    fill(path, chats=3)
    assert backup.daily(path) is not None
    told = fill(path, chats=3)
    size = path.stat().st_size
    damage(path, size - PAGE, size)
    done, found = rescue(path)
    assert done.backup is not None
    assert told.items() <= found.items()
    assert len(found) == 60


def test_a_backup_that_is_damaged_too_is_passed_over(path: Path) -> None:
    told = fill(path, chats=2)
    good = backup.daily(path)
    bad = backup.folder_of(path) / "chats-2999-01-01.db"
    bad.write_bytes(b"no database at all" * 400)
    path.write_bytes(b"nor this" * 900)
    done, found = rescue(path)
    assert done.backup == good
    assert found == told


def test_without_a_backup_all_undamaged_messages_are_saved(path: Path) -> None:
    told = fill(path)
    middle = path.stat().st_size // PAGE // 2 * PAGE
    damage(path, middle, middle + PAGE)
    _, found = rescue(path)
    right = {i: text for i, text in told.items() if found.get(i) == text}
    assert len(right) >= len(told) - 12, "one page holds some ten messages"


def test_a_destroyed_first_line_loses_nothing(path: Path) -> None:
    told = fill(path)
    damage(path, 0, 16)
    done, found = rescue(path)
    assert found == told
    assert (done.chats, done.messages) == (20, 200)


def test_a_truncated_file_gives_what_its_rest_holds(path: Path) -> None:
    told = fill(path)
    with path.open("r+b") as file:
        file.truncate(path.stat().st_size * 2 // 3)
    _, found = rescue(path)
    assert len(found) > len(told) // 4
    cut = [i for i, text in found.items() if told[i] != text]
    assert len(cut) <= 1, "only the message on the last page can be cut"


def test_an_emptied_file_is_replaced_by_the_backup(path: Path) -> None:
    told = fill(path, chats=2)
    backup.daily(path)
    path.write_bytes(b"")
    done, found = rescue(path)
    assert done.backup is not None
    assert found == told


def test_an_empty_file_without_backups_is_just_new(path: Path) -> None:
    path.parent.mkdir()
    path.touch()
    with Store.open(path) as store:
        assert store.recovery is None
        store.create_chat()


def test_drafts_and_the_shown_path_are_saved(path: Path) -> None:
    fill(path, chats=1, messages=3)
    with Store.open(path) as store:
        (chat,) = store.chats()
        first = store.conversation(chat.id).path()[0]
        store.show(chat.id, first.id)
    damage(path, 0, 16)
    with Store.open(path) as store:
        assert store.draft(None) == "the next thought"
        assert store.conversation(chat.id).path() == [first]


@pytest.mark.parametrize("seed", range(12))
def test_bytes_flipped_anywhere_never_stop_the_program(path: Path, seed: int) -> None:
    fill(path, chats=4)
    backup.daily(path)
    dice = random.Random(seed)
    content = bytearray(path.read_bytes())
    for _ in range(dice.choice([1, 20, 400])):
        content[dice.randrange(len(content))] ^= 1 << dice.randrange(8)
    path.write_bytes(content)
    suspicion(path).touch()
    with Store.open(path) as store:
        assert len(readable(store)) >= 35
        assert store._rows("PRAGMA integrity_check") == [("ok",)]
        store.search("message")


def test_damage_met_at_work_is_told_and_mended_at_the_next_start(path: Path) -> None:
    told = fill(path)
    backup.daily(path)
    with Store.open(path) as store:
        store._db.execute("PRAGMA cache_size = 1")
        damage(path, 5 * PAGE, path.stat().st_size)
        with pytest.raises(AppError) as caught:
            readable(store)
        assert caught.value.code is ErrorCode.STORE_DAMAGED
        with pytest.raises(AppError):
            Store.open(path)  # a file in use is never moved away
    _, found = rescue(path)
    assert found == told


def test_a_rescue_that_finds_the_disk_full_leaves_everything(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(path, chats=2)
    damage(path, 0, 16)
    before = path.read_bytes()

    def full(*_: object) -> tuple[int, int]:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(recovery, "salvage", full)
    with pytest.raises(AppError) as caught:
        Store.open(path)
    assert caught.value.code is ErrorCode.STORE_FULL
    assert path.read_bytes() == before
    assert {p.name for p in path.parent.iterdir()} == {"chats.db"}


def test_a_rescue_cut_off_at_its_last_step_is_finished_at_the_next_start(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = fill(path, chats=2)
    damage(path, 0, 16)

    class Killed(BaseException):
        pass

    def die(_: Path) -> None:
        raise Killed

    monkeypatch.setattr(recovery, "finish_rescue", die)
    with pytest.raises(Killed):
        Store.open(path)
    monkeypatch.undo()
    assert not path.exists()
    assert opening.rescued(path).exists()
    with Store.open(path) as store:
        assert readable(store) == told
