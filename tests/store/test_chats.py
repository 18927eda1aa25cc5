"""Chats as the sidebar shows them."""

import os
import stat
from pathlib import Path

import pytest

from desktop.core.errors import AppError, ErrorCode
from desktop.core.messages import Role
from desktop.store.store import Store
from tests.store.conftest import Clock


def test_a_new_chat_is_what_was_asked_for(store: Store) -> None:
    chat = store.create_chat("Plans", model="/m/a.gguf")
    assert store.chat(chat.id) == chat
    assert (chat.title, chat.model, chat.options, chat.pinned) == (
        "Plans",
        "/m/a.gguf",
        "{}",
        False,
    )
    assert chat.created == chat.updated
    assert chat.trashed is None


def test_pinned_chats_come_first_then_the_last_used(store: Store) -> None:
    first, second, third = (store.create_chat(t) for t in ("first", "second", "third"))
    store.add_message(first.id, parent=None, role=Role.USER, content="again")
    store.pin(second.id, True)
    assert [c.title for c in store.chats()] == ["second", "first", "third"]
    store.pin(second.id, False)
    assert [c.id for c in store.chats()] == [first.id, third.id, second.id]


def test_the_list_comes_in_pages_that_fit_together(store: Store) -> None:
    for number in range(7):
        store.create_chat(str(number))
    pages = [store.chats(limit=3, offset=o) for o in (0, 3, 6, 9)]
    assert [len(p) for p in pages] == [3, 3, 1, 0]
    assert [c.title for p in pages for c in p] == list("6543210")


def test_the_list_is_read_from_its_index_without_sorting(store: Store) -> None:
    plan = store._db.execute(
        "EXPLAIN QUERY PLAN SELECT id FROM chat WHERE trashed IS NULL"
        " ORDER BY pinned DESC, updated DESC, id DESC LIMIT 100"
    ).fetchall()
    told = " ".join(str(row[3]) for row in plan)
    assert "chat_order" in told
    assert "TEMP B-TREE" not in told


def test_the_trash_hides_a_chat_and_gives_it_back_unchanged(store: Store) -> None:
    chat = store.create_chat("Plans")
    other = store.create_chat("Other")
    thrown = store.move_to_trash(chat.id)
    assert thrown.trashed is not None
    assert [c.id for c in store.chats()] == [other.id]
    assert store.trash() == [thrown]
    assert store.restore(chat.id) == chat
    assert store.trash() == []


def test_deleted_for_good_is_not_found_any_more(store: Store) -> None:
    chat = store.create_chat()
    store.delete_for_good(chat.id)
    with pytest.raises(AppError) as caught:
        store.chat(chat.id)
    assert caught.value.code is ErrorCode.NOT_FOUND
    again = store.create_chat()
    assert again.id != chat.id, "an id that was deleted must never mean another chat"


def test_a_long_chain_of_messages_can_be_deleted(store: Store) -> None:
    chat = store.create_chat()
    with store._writing() as db:  # 3,000 single commits would only take time
        db.execute(
            "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 3000)"
            " INSERT INTO node (id, chat, parent, role, state, created, content)"
            " SELECT i, ?, nullif(i - 1, 0), 'user', 'complete', 0, 'w' || i FROM n",
            (chat.id,),
        )
    store.delete_for_good(chat.id)
    assert store._rows("SELECT count(*) FROM node") == [(0,)]
    assert store.search("w3000") == []


@pytest.mark.parametrize(
    ("title", "kept"),
    [
        ("  two\n lines\t", "two lines"),
        ("x" * 1_000, "x" * 300),
        ("炉边 🔥", "炉边 🔥"),
        ("half \ud83d pair", "half ? pair"),
    ],
)
def test_a_title_is_one_bounded_line(store: Store, title: str, kept: str) -> None:
    chat = store.create_chat()
    assert store.rename(chat.id, title).title == kept
    assert store.create_chat(title).title == kept


def test_model_and_options_belong_to_the_chat(store: Store) -> None:
    chat = store.create_chat()
    store.set_model(chat.id, "/m/b.gguf")
    assert store.set_options(chat.id, '{"temperature": 0.1}').options == '{"temperature": 0.1}'
    assert store.chat(chat.id).model == "/m/b.gguf"


@pytest.mark.parametrize("options", ["", "[]", "{", "nope", '{"a": \ud800}'])
def test_options_that_are_no_object_are_refused(store: Store, options: str) -> None:
    chat = store.create_chat()
    with pytest.raises(AppError) as caught:
        store.set_options(chat.id, options)
    assert caught.value.code is ErrorCode.INPUT_INVALID
    assert store.chat(chat.id).options == "{}"


def test_each_chat_has_its_draft_and_so_has_the_next_one(store: Store, path: Path) -> None:
    chat = store.create_chat()
    store.save_draft(None, "a new thought")
    store.save_draft(chat.id, "half an ans")
    store.save_draft(chat.id, "half an answer")
    with Store.open(path) as other:
        assert other.draft(None) == "a new thought"
        assert other.draft(chat.id) == "half an answer"
    store.save_draft(None, "")
    assert store.draft(None) == ""
    assert store.draft(chat.id) == "half an answer"
    store.delete_for_good(chat.id)
    assert store._rows("SELECT * FROM draft") == []


def test_what_is_not_there_cannot_be_changed(store: Store) -> None:
    changes = (
        lambda: store.rename(9, "x"),
        lambda: store.pin(9, True),
        lambda: store.move_to_trash(9),
        lambda: store.restore(9),
        lambda: store.delete_for_good(9),
        lambda: store.set_model(9, ""),
        lambda: store.set_options(9, "{}"),
        lambda: store.save_draft(9, "x"),
        lambda: store.conversation(9),
    )
    for change in changes:
        with pytest.raises(AppError) as caught:
            change()
        assert caught.value.code is ErrorCode.NOT_FOUND


@pytest.mark.skipif(os.name == "nt", reason="modes are a matter of Unix")
def test_files_are_readable_by_their_owner_only(store: Store, path: Path) -> None:
    store.create_chat()
    files = [p for p in path.parent.iterdir() if p.is_file()]
    assert {p.name for p in files} == {"chats.db", "chats.db-wal", "chats.db-shm"}
    assert {stat.S_IMODE(p.stat().st_mode) for p in files} == {0o600}
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_two_stores_see_each_other(store: Store, path: Path, clock: Clock) -> None:
    chat = store.create_chat("one")
    with Store.open(path, clock) as other:
        other.rename(chat.id, "two")
        assert store.chat(chat.id).title == "two"
        store.rename(chat.id, "three")
        assert other.chat(chat.id).title == "three"
