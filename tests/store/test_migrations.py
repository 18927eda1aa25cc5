"""Every schema ever shipped opens; a schema from the future stays as it is."""

import hashlib
from contextlib import closing
from pathlib import Path

import apsw
import pytest

from desktop.core.conversation import NodeState
from desktop.core.errors import AppError, ErrorCode
from desktop.store import backup
from desktop.store.connection import connect, prepare_for_writing, refuse_old_sqlite
from desktop.store.migrations import MIGRATIONS, Migration, identify, migrate
from desktop.store.store import Store

FIRST_SCHEMA = Path(__file__).with_name("schema_1.sql")


def write_version_1(path: Path) -> None:
    """Make the database that the first shipped program would have left."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch()
    db = connect(path)
    prepare_for_writing(db)
    db.execute(FIRST_SCHEMA.read_text(encoding="utf-8"))
    db.close()


def structure(db: apsw.Connection) -> list[tuple[str, str]]:
    rows = db.execute("SELECT name, sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY name")
    return [(name, " ".join(sql.split())) for name, sql in rows]


def digest(path: Path) -> dict[str, str]:
    return {
        p.name: hashlib.sha256(p.read_bytes()).hexdigest()
        for p in path.parent.glob(f"{path.name}*")
        if not p.name.endswith("-shm")
    }


def test_the_first_shipped_schema_opens_with_all_its_content(path: Path) -> None:
    write_version_1(path)
    with Store.open(path) as store:
        assert store.recovery is None
        (llamas,) = store.chats()
        (thrown,) = store.trash()
        assert (llamas.title, llamas.pinned, llamas.updated) == ("Llamas 羊驼", True, 1010.25)
        assert (thrown.options, thrown.trashed) == ('{"temperature": 0.2}', 1020.0)
        conversation = store.conversation(1)
        assert conversation.leaf == 4
        assert [n.content for n in conversation.siblings(2)] == [
            "Gra",
            "Grass and hay. 草。",
            "Hay, mos",
        ]
        usage = conversation.nodes[3].usage
        assert usage is not None
        assert usage.completion_tokens == 4
        assert store.mark_interrupted() == 1
        assert store.conversation(1).nodes[4].state is NodeState.INTERRUPTED
        assert [h.node_id for h in store.search("羊驼")] == [None, 1]
        assert [h.node_id for h in store.search("hay")] == [4, 3]
        assert store.draft(None) == "the next chat"


def test_a_new_database_and_an_old_one_have_the_same_structure(tmp_path: Path) -> None:
    old, new = tmp_path / "old" / "chats.db", tmp_path / "new" / "chats.db"
    write_version_1(old)
    with Store.open(old) as migrated, Store.open(new) as fresh:
        assert structure(migrated._db) == structure(fresh._db)


def test_the_first_step_is_the_frozen_schema(tmp_path: Path) -> None:
    frozen, made = tmp_path / "frozen.db", tmp_path / "made.db"
    write_version_1(frozen)
    made.touch()
    with closing(connect(made)) as db, closing(connect(frozen)) as other:
        prepare_for_writing(db)
        migrate(db, made, 0, MIGRATIONS[:1])
        assert structure(db) == structure(other)


@pytest.mark.parametrize("version", [len(MIGRATIONS) + 1, 4_000])
@pytest.mark.parametrize("log_left", [False, True], ids=["closed", "killed"])
def test_a_file_from_the_future_is_refused_byte_for_byte(
    path: Path, version: int, log_left: bool
) -> None:
    write_version_1(path)
    db = connect(path)
    if not log_left:
        prepare_for_writing(db)
    db.execute(f"PRAGMA user_version = {version}")
    db.close()
    assert path.with_name("chats.db-wal").exists() == log_left
    before = digest(path)
    for _ in range(2):
        with pytest.raises(AppError) as caught:
            Store.open(path)
        assert caught.value.code is ErrorCode.STORE_NEWER
        assert caught.value.params == {
            "path": str(path),
            "found": version,
            "known": len(MIGRATIONS),
        }
    assert digest(path) == before
    assert backup.backups(path) == []


def add_column(db: apsw.Connection) -> None:
    db.execute("ALTER TABLE chat ADD COLUMN folder TEXT NOT NULL DEFAULT ''")


def fail(db: apsw.Connection) -> None:
    db.execute("DELETE FROM chat")
    raise apsw.FullError


def test_a_migration_keeps_what_was_there_in_the_backups_first(path: Path) -> None:
    write_version_1(path)
    with closing(connect(path)) as db:
        prepare_for_writing(db)
        migrate(db, path, 1, (*MIGRATIONS[:1], add_column))
        assert db.pragma("user_version") == 2
    (kept,) = backup.backups(path)
    with closing(connect(kept, read_only=True)) as db:
        assert identify(db, kept) == 1
        assert db.execute("SELECT count(*) FROM node").get == 5
        assert "folder" not in dict(structure(db))["chat"]


@pytest.mark.parametrize("steps", [(fail,), (add_column, fail)])
def test_a_migration_that_fails_leaves_the_last_whole_version(
    path: Path, steps: tuple[Migration, ...]
) -> None:
    write_version_1(path)
    with closing(connect(path)) as db:
        prepare_for_writing(db)
        with pytest.raises(apsw.FullError):
            migrate(db, path, 1, (*MIGRATIONS[:1], *steps))
    with closing(connect(path)) as db:
        assert db.pragma("user_version") == len(steps)
        assert db.execute("SELECT count(*) FROM chat").get == 2


def test_two_that_migrate_at_once_do_each_step_once(path: Path) -> None:
    write_version_1(path)
    one, two = connect(path), connect(path)
    for db in (one, two):
        prepare_for_writing(db)
    migrate(one, path, 1, (*MIGRATIONS[:1], add_column))
    migrate(two, path, 1, (*MIGRATIONS[:1], add_column))
    assert two.pragma("user_version") == 2
    one.close()
    two.close()


@pytest.mark.parametrize("version", ["3.51.2", "3.7.0", "3.50.4"])
def test_a_sqlite_that_can_lose_its_log_is_refused(version: str) -> None:
    with pytest.raises(AppError) as caught:
        refuse_old_sqlite(Path("chats.db"), version)
    assert caught.value.code is ErrorCode.STORE_FAILED


@pytest.mark.parametrize("version", ["3.51.3", "3.52.0", "4.0.0"])
def test_a_sqlite_without_that_defect_is_accepted(version: str) -> None:
    refuse_old_sqlite(Path("chats.db"), version)
