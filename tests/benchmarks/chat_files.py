"""Databases full of made-up chats, written once and kept."""

import contextlib
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import apsw

from desktop.store.connection import connect, prepare_for_writing, transaction
from desktop.store.migrations import MIGRATIONS
from desktop.store.store import Store
from tests.benchmarks.chatter import Chatter
from tests.benchmarks.places import CACHE

MESSAGES_AT_ONCE = 10_000  # in one transaction


def chat_file(*, chats: int, messages: int) -> Path:
    """Return a database of so many chats of so many messages, written when there is none yet."""
    path = CACHE / f"chats-{chats}x{messages}-schema{len(MIGRATIONS)}.db"
    if not path.exists():
        unfinished = path.with_name(f"unfinished-{path.name}")
        for old in CACHE.glob(f"{unfinished.name}*"):
            old.unlink()
        Store.open(unfinished).close()
        _fill(unfinished, chats, messages)
        unfinished.rename(path)
    return path


def _fill(path: Path, chats: int, messages: int) -> None:
    """Insert as the program does, triggers included, but many rows at a time and without fsync."""
    source = Chatter(seed=1).messages()
    at_once = max(1, MESSAGES_AT_ONCE // messages)
    with contextlib.closing(connect(path)) as db:
        prepare_for_writing(db)
        db.execute("PRAGMA synchronous = OFF")
        for first in range(1, chats + 1, at_once):
            with transaction(db):
                for chat in range(first, min(first + at_once, chats + 1)):
                    _insert_chat(db, chat, list(islice(source, messages)))


def _insert_chat(db: apsw.Connection, chat: int, texts: list[str]) -> None:
    first = (chat - 1) * len(texts) + 1
    db.execute(
        "INSERT INTO chat (id, title, created, updated) VALUES (?, ?, ?, ?)",
        (chat, texts[0][:60], chat, chat),
    )
    db.executemany(
        "INSERT INTO node (id, chat, parent, role, state, created, content)"
        " VALUES (?, ?, ?, ?, 'complete', ?, ?)",
        _nodes(chat, first, texts),
    )
    db.execute("UPDATE chat SET leaf = ? WHERE id = ?", (first + len(texts) - 1, chat))


def _nodes(chat: int, first: int, texts: list[str]) -> Iterator[tuple[object, ...]]:
    for number, text in enumerate(texts, start=first):
        parent = None if number == first else number - 1
        role = "user" if (number - first) % 2 == 0 else "assistant"
        yield number, chat, parent, role, number, text
