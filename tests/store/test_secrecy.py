"""Deleted for good means gone from every byte; nothing is written elsewhere."""

import logging
from pathlib import Path

import pytest

from desktop.core.conversation import NodeState
from desktop.core.messages import Role
from desktop.store.store import Store

CANARY = "zyxwcanary"
HAN = "鱻麤"


def bytes_of(path: Path) -> bytes:
    files = (p for p in path.parent.glob(f"{path.name}*") if not p.name.endswith("-shm"))
    return b"\n".join(p.read_bytes() for p in files).lower()


def traces(path: Path) -> dict[str, int]:
    """Count what is left of the text in any form in which the index could keep it."""
    found = bytes_of(path)
    pieces = [CANARY, CANARY[3:], HAN, f"{CANARY}draft", "secretthought"]
    return {p: found.count(p.encode()) for p in pieces if p.encode() in found}


def fill(store: Store, number: int) -> None:
    chat = store.create_chat(f"filler {number}")
    above = None
    for turn in range(4):
        above = store.add_message(
            chat.id, parent=above, role=Role.USER, content=f"zyxw filler {number} {turn} 鱼群"
        ).id


def confide(store: Store) -> int:
    chat = store.create_chat(f"About {CANARY} {HAN}")
    asked = store.add_message(
        chat.id, parent=None, role=Role.USER, content=f"The {CANARY} is {HAN}. " * 400
    )
    reply = store.add_message(
        chat.id, parent=asked.id, role=Role.ASSISTANT, state=NodeState.STREAMING
    )
    for length in range(1, 30):
        store.checkpoint(reply.id, f"{CANARY} " * length, reasoning="secretthought")
    store.finish(reply.id, content=f"{CANARY} {HAN}", state=NodeState.COMPLETE)
    store.edit_in_place(asked.id, f"Now {CANARY}")
    store.rename(chat.id, f"{CANARY} renamed")
    store.save_draft(chat.id, f"{CANARY}draft")
    return chat.id


@pytest.mark.parametrize("fillers", [0, 5, 80])
def test_a_chat_deleted_for_good_leaves_no_byte(store: Store, path: Path, fillers: int) -> None:
    for number in range(fillers):
        fill(store, number)
    secret = confide(store)
    for number in range(fillers):
        fill(store, number)
    assert traces(path) != {}, "the test must be able to see the text"
    store.move_to_trash(secret)
    store.delete_for_good(secret)
    assert traces(path) == {}
    assert store._rows("PRAGMA integrity_check") == [("ok",)]
    if fillers:
        assert len(store.search("filler 1")) > 0


def test_an_edit_in_place_leaves_nothing_of_the_old_text(store: Store, path: Path) -> None:
    chat = store.create_chat()
    node = store.add_message(chat.id, parent=None, role=Role.USER, content=f"{CANARY} {HAN}")
    store.edit_in_place(node.id, "harmless")
    store._rows("PRAGMA wal_checkpoint(TRUNCATE)")
    assert traces(path) == {}


def test_no_log_record_holds_what_was_written(
    store: Store, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        confide(store)
        store.search(CANARY)
    assert CANARY not in caplog.text
