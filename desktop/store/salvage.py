"""Reading what can still be read from a damaged database."""

import contextlib
import math
import shutil
from collections.abc import Generator, Iterator, Sequence
from pathlib import Path
from typing import Any

import apsw
import msgspec

from desktop.core.conversation import NodeState
from desktop.core.errors import AppError
from desktop.core.events import Usage
from desktop.core.messages import Role
from desktop.store.connection import SqlValue, connect_damaged, transaction
from desktop.store.database import storable

STRIDE = 256
"""Rows read at once; where that fails, halves are tried down to single rows."""
FAILURES = 20_000
"""Reads that may fail before the rest of a table counts as lost."""

# The first 24 bytes of every database of ours: magic, 4,096-byte pages, log version, fractions.
_HEADER = b"SQLite format 3\0\x10\x00\x02\x02\x00\x40\x20\x20"

_CHAT = ("id", "title", "created", "updated", "pinned", "trashed", "model", "options", "leaf")
_NODE = (
    "id",
    "chat",
    "parent",
    "role",
    "state",
    "model",
    "created",
    "usage",
    "error",
    "reasoning",
    "content",
)

Row = dict[str, Any]


def salvage(path: Path, into: apsw.Connection) -> tuple[int, int]:
    """Copy the readable chats, messages and drafts of a damaged file into an open database.

    Returns how many chats and messages were read. Rows that are there already are brought to
    the state of the damaged file, which is the newer one. The damaged file does not change.
    """
    with _readable(path) as source:
        if source is None:
            return 0, 0
        with transaction(into):
            into.execute("PRAGMA defer_foreign_keys = ON")
            chats = [_save_chat(into, row) for row in _rows(source, "chat", "title", _CHAT)]
            nodes = [_save_node(into, row) for row in _rows(source, "node", "content", _NODE)]
            for row in _rows(source, "draft", "text", ("chat", "text")):
                _save_draft(into, row)
            _repair_leaves(into, dict(chats))
    return len(chats), len(nodes)


@contextlib.contextmanager
def _readable(path: Path) -> Generator[apsw.Connection | None]:
    """Open the damaged file; with a broken first line, a copy with a mended one."""
    copy = path.with_name(f".{path.name}.mended")
    try:
        if path.stat().st_size > len(_HEADER) and not _begins_right(path):
            _copy_mended(path, copy)
            path = copy
        db = connect_damaged(path)
    except (apsw.Error, AppError, OSError):
        db = None
    try:
        yield db
    finally:
        if db is not None:
            db.close()
        for ending in ("", "-wal", "-shm"):
            Path(f"{copy}{ending}").unlink(missing_ok=True)


def _begins_right(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(len(_HEADER)) == _HEADER


def _copy_mended(path: Path, copy: Path) -> None:
    shutil.copyfile(path, copy)
    log = Path(f"{path}-wal")
    if log.exists():
        shutil.copyfile(log, Path(f"{copy}-wal"))
    with copy.open("r+b") as file:
        file.write(_HEADER)


def _rows(db: apsw.Connection, table: str, text: str, columns: Sequence[str]) -> list[Row]:
    """Return all rows of a table that can be read and whose `text` is one.

    Texts are read as bytes, which never fail. The first of the columns is the key.
    """
    key = columns[0]
    told = ", ".join(f"iif(typeof({c}) = 'text', CAST({c} AS BLOB), {c})" for c in columns)
    select = f"SELECT {told} FROM {table} WHERE {key} BETWEEN ? AND ?"
    last = _last_key(db, table, key)
    budget = [FAILURES]
    found: list[Row] = []
    for low in range(0, last + 1, STRIDE):
        rows = _between(db, select, low, min(last, low + STRIDE - 1), budget)
        found.extend(dict(zip(columns, map(_plain, row), strict=True)) for row in rows)
    return [row for row in found if isinstance(row[text], str)]


def _last_key(db: apsw.Connection, table: str, key: str) -> int:
    for select in (
        f"SELECT max({key}) FROM {table}",
        f"SELECT seq FROM sqlite_sequence WHERE name = '{table}'",
    ):
        with contextlib.suppress(apsw.Error):
            found = db.execute(select).get
            if isinstance(found, int):
                return found
    return FAILURES if _has_table(db, table) else -1


def _has_table(db: apsw.Connection, table: str) -> bool:
    try:
        return bool(db.execute("SELECT 1 FROM sqlite_schema WHERE name = ?", (table,)).get)
    except apsw.Error:
        return False


def _between(
    db: apsw.Connection, select: str, low: int, high: int, budget: list[int]
) -> Iterator[tuple[SqlValue, ...]]:
    if budget[0] <= 0:
        return
    try:
        rows = db.execute(select, (low, high)).fetchall()
    except apsw.Error:
        budget[0] -= 1
        if low < high:
            middle = (low + high) // 2
            yield from _between(db, select, low, middle, budget)
            yield from _between(db, select, middle + 1, high, budget)
        return
    yield from rows


def _save_chat(db: apsw.Connection, row: Row) -> tuple[int, int | None]:
    """Insert or update a chat; return its id and the message that was shown."""
    trashed = row["trashed"]
    db.execute(
        "INSERT INTO chat (id, title, created, updated, pinned, trashed, model, options)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET title = excluded.title,"
        " updated = excluded.updated, pinned = excluded.pinned, trashed = excluded.trashed,"
        " model = excluded.model, options = excluded.options",
        (
            row["id"],
            _text(row["title"]),
            _time(row["created"]),
            _time(row["updated"]),
            int(row["pinned"] == 1),
            None if trashed is None else _time(trashed),
            _text(row["model"]),
            _object(row["options"]),
        ),
    )
    leaf = row["leaf"]
    return row["id"], leaf if isinstance(leaf, int) else None


def _save_node(db: apsw.Connection, row: Row) -> int:
    """Insert or update a message; without its chat or parent it still gets a place."""
    chat = row["chat"] if isinstance(row["chat"], int) else 0
    created = _time(row["created"])
    db.execute(
        "INSERT INTO chat (id, title, created, updated) VALUES (?, '', ?, ?)"
        " ON CONFLICT (id) DO NOTHING",
        (chat, created, created),
    )
    parent = row["parent"]
    there = "SELECT 1 FROM node WHERE chat = ? AND id = ? AND id < ?"
    if parent is not None and not db.execute(there, (chat, parent, row["id"])).get:
        parent = None
    db.execute(
        "INSERT INTO node (id, chat, parent, role, state, model, created, usage, error, reasoning,"
        " content) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO UPDATE SET"
        " state = excluded.state, usage = excluded.usage, error = excluded.error,"
        " reasoning = excluded.reasoning, content = excluded.content",
        (
            row["id"],
            chat,
            parent,
            _one_of(Role, row["role"], Role.USER),
            _one_of(NodeState, row["state"], NodeState.COMPLETE),
            _text(row["model"]),
            created,
            _usage(row["usage"]),
            _text(row["error"]),
            _text(row["reasoning"]),
            _text(row["content"]),
        ),
    )
    return row["id"]


def _save_draft(db: apsw.Connection, row: Row) -> None:
    db.execute(
        "INSERT INTO draft (chat, text) VALUES (?, ?)"
        " ON CONFLICT (chat) DO UPDATE SET text = excluded.text",
        (row["chat"], _text(row["text"])),
    )


def _repair_leaves(db: apsw.Connection, leaves: dict[int, int | None]) -> None:
    """Show in each chat what was shown, or its newest message when that is lost."""
    for chat, leaf in leaves.items():
        db.execute(
            "UPDATE chat SET leaf = ifnull((SELECT id FROM node WHERE chat = ?1 AND id = ?2),"
            " (SELECT max(id) FROM node WHERE chat = ?1)) WHERE id = ?1",
            (chat, leaf),
        )
    db.execute(
        "UPDATE chat SET leaf = (SELECT max(id) FROM node WHERE chat = chat.id) WHERE leaf IS NULL"
    )


def _plain(value: SqlValue) -> SqlValue:
    return value.decode("utf-8", "replace") if isinstance(value, bytes) else value


def _text(value: object) -> str:
    return storable(value) if isinstance(value, str) else ""


def _time(value: object) -> float:
    if isinstance(value, int | float) and math.isfinite(value):
        return float(value)
    return 0.0


def _one_of(kind: type[Role] | type[NodeState], value: object, default: str) -> str:
    return value if isinstance(value, str) and value in set(kind) else default


def _object(value: object) -> str:
    try:
        msgspec.json.decode(_text(value), type=dict[str, Any])
    except msgspec.DecodeError:
        return "{}"
    return _text(value)


def _usage(value: object) -> str | None:
    try:
        msgspec.json.decode(_text(value), type=Usage)
    except msgspec.DecodeError:
        return None
    return _text(value)
