"""The tree of messages: versions beside each other, nothing erased."""

from pathlib import Path

import pytest

from desktop.core.conversation import NodeState
from desktop.core.errors import AppError, ErrorCode
from desktop.core.events import Usage
from desktop.core.messages import Role
from desktop.store.store import Store


def test_a_message_becomes_the_end_of_the_shown_path(store: Store) -> None:
    chat = store.create_chat("Plans")
    asked = store.add_message(chat.id, parent=None, role=Role.USER, content="Hello")
    reply = store.add_message(
        chat.id, parent=asked.id, role=Role.ASSISTANT, content="Hi", model="/m/a.gguf"
    )
    conversation = store.conversation(chat.id)
    assert conversation.title == "Plans"
    assert conversation.path() == [asked, reply]
    assert reply.model == "/m/a.gguf"
    assert reply.state is NodeState.COMPLETE
    assert store.chat(chat.id).updated == reply.created


def test_an_edit_is_a_version_beside_the_old_one(store: Store) -> None:
    chat = store.create_chat()
    old = store.add_message(chat.id, parent=None, role=Role.USER, content="old")
    answer = store.add_message(chat.id, parent=old.id, role=Role.ASSISTANT, content="to old")
    new = store.add_message(chat.id, parent=None, role=Role.USER, content="new")
    conversation = store.conversation(chat.id)
    assert list(conversation.siblings(old.id)) == [old, new]
    assert conversation.path() == [new]
    assert conversation.path(answer.id) == [old, answer]


def test_the_shown_path_can_be_chosen_and_is_remembered(store: Store, path: Path) -> None:
    chat = store.create_chat()
    asked = store.add_message(chat.id, parent=None, role=Role.USER, content="?")
    first = store.add_message(chat.id, parent=asked.id, role=Role.ASSISTANT, content="1")
    store.add_message(chat.id, parent=asked.id, role=Role.ASSISTANT, content="2")
    updated = store.chat(chat.id).updated
    store.show(chat.id, first.id)
    with Store.open(path) as other:
        assert other.conversation(chat.id).path() == [asked, first]
    assert store.chat(chat.id).updated == updated, "looking at a version is no use of the chat"


def test_a_parent_of_another_chat_is_refused(store: Store) -> None:
    one, two = store.create_chat(), store.create_chat()
    node = store.add_message(one.id, parent=None, role=Role.USER, content="mine")
    for change in (
        lambda: store.add_message(two.id, parent=node.id, role=Role.USER),
        lambda: store.add_message(two.id, parent=99, role=Role.USER),
        lambda: store.add_message(99, parent=None, role=Role.USER),
        lambda: store.show(two.id, node.id),
    ):
        with pytest.raises(AppError) as caught:
            change()
        assert caught.value.code is ErrorCode.NOT_FOUND
    assert store.conversation(two.id).nodes == {}


def test_a_reply_grows_by_checkpoints_and_is_closed_with_its_figures(store: Store) -> None:
    chat = store.create_chat()
    asked = store.add_message(chat.id, parent=None, role=Role.USER, content="?")
    reply = store.add_message(
        chat.id, parent=asked.id, role=Role.ASSISTANT, state=NodeState.STREAMING
    )
    store.checkpoint(reply.id, "So", reasoning="hm")
    assert store.conversation(chat.id).nodes[reply.id].content == "So"
    usage = Usage(prompt_tokens=7, completion_tokens=3, first_token=0.5, decode=0.25)
    closed = store.finish(
        reply.id, content="So be it", reasoning="hm, yes", state=NodeState.STOPPED, usage=usage
    )
    assert store.conversation(chat.id).nodes[reply.id] == closed
    assert (closed.content, closed.reasoning, closed.state) == (
        "So be it",
        "hm, yes",
        NodeState.STOPPED,
    )
    assert closed.usage == usage


def test_a_failed_reply_keeps_its_text_and_its_error_until_it_is_continued(store: Store) -> None:
    chat = store.create_chat()
    reply = store.add_message(chat.id, parent=None, role=Role.ASSISTANT, state=NodeState.STREAMING)
    failed = store.finish(reply.id, content="So f", state=NodeState.FAILED, error="engine_crashed")
    assert (failed.content, failed.error) == ("So f", "engine_crashed")
    again = store.reopen(reply.id)
    assert (again.content, again.error, again.state) == ("So f", "", NodeState.STREAMING)


def test_a_checkpoint_never_overwrites_a_closed_message(store: Store) -> None:
    chat = store.create_chat()
    reply = store.add_message(chat.id, parent=None, role=Role.ASSISTANT, state=NodeState.STREAMING)
    store.finish(reply.id, content="whole", state=NodeState.COMPLETE)
    with pytest.raises(AppError) as caught:
        store.checkpoint(reply.id, "wh")
    assert caught.value.code is ErrorCode.NOT_FOUND
    assert store.conversation(chat.id).nodes[reply.id].content == "whole"


def test_what_an_ended_program_left_open_is_marked_interrupted(store: Store, path: Path) -> None:
    chat = store.create_chat()
    done = store.add_message(chat.id, parent=None, role=Role.USER, content="?")
    for _ in range(2):
        reply = store.add_message(
            chat.id, parent=done.id, role=Role.ASSISTANT, state=NodeState.STREAMING
        )
        store.checkpoint(reply.id, "half a sentence")
    with Store.open(path) as other:
        assert other.mark_interrupted() == 2
        assert other.mark_interrupted() == 0
        nodes = other.conversation(chat.id).nodes
        assert [n.state for n in nodes.values()] == [
            NodeState.COMPLETE,
            NodeState.INTERRUPTED,
            NodeState.INTERRUPTED,
        ]
        assert len(other.search("half a sentence")) == 2


def test_save_only_corrects_the_text_in_place(store: Store) -> None:
    chat = store.create_chat()
    node = store.add_message(chat.id, parent=None, role=Role.USER, content="teh")
    fixed = store.edit_in_place(node.id, "the")
    assert (fixed.id, fixed.content, fixed.parent) == (node.id, "the", None)
    assert store.search("teh") == []
    assert [h.node_id for h in store.search("the")] == [node.id]


def test_messages_that_are_not_there_are_not_found(store: Store) -> None:
    for change in (
        lambda: store.checkpoint(5, ""),
        lambda: store.finish(5, content="", state=NodeState.COMPLETE),
        lambda: store.reopen(5),
        lambda: store.edit_in_place(5, ""),
    ):
        with pytest.raises(AppError) as caught:
            change()
        assert caught.value.code is ErrorCode.NOT_FOUND


@pytest.mark.parametrize(
    "content",
    ["", "\0", "a\0b", "\ufeff", "🦙" * 1_000, "\x1b[31m", "x" * 2_000_000, "' OR 1=1; --"],
    ids=["empty", "nul", "inner nul", "bom", "astral", "escape", "2 MB", "sql"],
)
def test_any_text_comes_back_as_it_was(store: Store, content: str) -> None:
    chat = store.create_chat()
    node = store.add_message(chat.id, parent=None, role=Role.USER, content=content)
    assert store.conversation(chat.id).nodes[node.id].content == content
