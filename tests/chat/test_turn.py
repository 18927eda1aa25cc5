"""One turn: what is on disk at each moment, whatever happens."""

import logging
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop.chat.turn import (
    Action,
    Continue,
    Edit,
    Ended,
    Regenerate,
    ReplySetup,
    Send,
    Started,
    TurnEvent,
    run_turn,
)
from desktop.core.cancel import CancelToken
from desktop.core.conversation import NodeState
from desktop.core.errors import AppError, ErrorCode
from desktop.core.events import Finished, FinishReason, Reasoning, Text, Usage
from desktop.core.messages import Message, Role
from desktop.engines.scripted import Gate, ScriptedEngine
from desktop.store.store import Store

SETUP = ReplySetup(model="/models/some.gguf", system_prompt="Be brief.")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "chats.db") as opened:
        yield opened


def turn(
    store: Store,
    engine: ScriptedEngine,
    action: Action,
    chat_id: int | None = None,
    cancel: CancelToken | None = None,
) -> Iterator[TurnEvent]:
    return run_turn(store, engine, chat_id, action, SETUP, cancel or CancelToken())


def ended(events: Iterator[TurnEvent]) -> Ended:
    *_, last = events
    assert isinstance(last, Ended)
    return last


def test_the_message_is_on_disk_before_the_engine_is_asked(store: Store) -> None:
    engine = ScriptedEngine()
    events = turn(store, engine, Send("Hello"))
    started = next(events)
    assert isinstance(started, Started)
    assert engine.requests == []
    path = store.conversation(started.chat.id).path()
    assert [(n.role, n.content, n.state) for n in path] == [
        (Role.USER, "Hello", NodeState.COMPLETE),
        (Role.ASSISTANT, "", NodeState.STREAMING),
    ]
    assert started.chat.title == "Hello"
    ended(events)


def test_a_finished_reply_is_kept_with_its_thoughts_and_figures(store: Store) -> None:
    usage = Usage(prompt_tokens=3, completion_tokens=2, decode=0.5)
    script = [Reasoning("Hm."), Text("Hi "), Text("there."), Finished(FinishReason.STOP, usage)]
    last = ended(turn(store, ScriptedEngine(script), Send("Hello")))
    (_, reply) = store.conversation(last.chat.id).path()
    assert reply == last.reply
    assert (reply.content, reply.reasoning) == ("Hi there.", "Hm.")
    assert (reply.state, reply.usage, reply.model) == (NodeState.COMPLETE, usage, SETUP.model)


@pytest.mark.parametrize("reason", [FinishReason.LENGTH, FinishReason.CONTEXT])
def test_a_reply_cut_by_a_limit_says_so(store: Store, reason: FinishReason) -> None:
    engine = ScriptedEngine([Text("Half"), Finished(reason, Usage())])
    assert ended(turn(store, engine, Send("Hello"))).reply.state is NodeState.LIMITED


def test_the_request_holds_the_path_and_the_system_prompt(store: Store) -> None:
    engine = ScriptedEngine([Text("One")], [Text("Two")])
    chat = ended(turn(store, engine, Send("First"))).chat
    ended(turn(store, engine, Send("Second"), chat.id))
    assert engine.requests[1].messages == (
        Message(Role.SYSTEM, "Be brief."),
        Message(Role.USER, "First"),
        Message(Role.ASSISTANT, "One"),
        Message(Role.USER, "Second"),
    )


def test_a_stopped_reply_keeps_its_text(store: Store) -> None:
    cancel = CancelToken()
    engine = ScriptedEngine([Text("So far"), Gate()])
    events = turn(store, engine, Send("Hello"), cancel=cancel)
    for event in events:
        if isinstance(event, Text):
            cancel.cancel()
            break
    last = ended(events)
    assert (last.reply.content, last.reply.state) == ("So far", NodeState.STOPPED)
    assert last.error is None


def test_a_crash_keeps_the_text_and_the_reason(store: Store) -> None:
    crash = AppError(ErrorCode.ENGINE_CRASHED, cause="SIGSEGV", detail="")
    last = ended(turn(store, ScriptedEngine([Text("So far"), crash]), Send("Hello")))
    kept = store.conversation(last.chat.id).nodes[last.reply.id]
    assert (kept.content, kept.state) == ("So far", NodeState.FAILED)
    assert AppError.from_json(kept.error).code is ErrorCode.ENGINE_CRASHED
    assert last.error is crash


def test_a_mistake_of_ours_is_told_and_logged(
    store: Store, unexpected_warnings: list[logging.LogRecord]
) -> None:
    last = ended(turn(store, ScriptedEngine([Text("x"), ZeroDivisionError()]), Send("Hello")))
    assert last.error
    assert last.error.code is ErrorCode.INTERNAL
    assert last.reply.content == "x"
    assert [record.name for record in unexpected_warnings] == ["desktop.chat.turn"]
    unexpected_warnings.clear()


def test_regenerate_makes_a_version_beside_the_old_one(store: Store) -> None:
    engine = ScriptedEngine([Text("One")], [Text("Two")])
    first = ended(turn(store, engine, Send("Hello")))
    second = ended(turn(store, engine, Regenerate(first.reply.id), first.chat.id))
    conversation = store.conversation(first.chat.id)
    assert [n.content for n in conversation.siblings(second.reply.id)] == ["One", "Two"]
    assert [n.content for n in conversation.path()] == ["Hello", "Two"]


def test_an_edit_makes_a_branch_and_erases_nothing(store: Store) -> None:
    engine = ScriptedEngine([Text("One")], [Text("Two")])
    first = ended(turn(store, engine, Send("Hello")))
    asked = store.conversation(first.chat.id).path()[0]
    ended(turn(store, engine, Edit(asked.id, "Goodbye"), first.chat.id))
    conversation = store.conversation(first.chat.id)
    assert [n.content for n in conversation.path()] == ["Goodbye", "Two"]
    assert [n.content for n in conversation.path(first.reply.id)] == ["Hello", "One"]
    assert engine.requests[1].messages[-1].content == "Goodbye"


def test_continue_goes_on_where_the_reply_ended(store: Store) -> None:
    engine = ScriptedEngine([Text("One,"), Finished(FinishReason.LENGTH, Usage())], [Text(" two.")])
    first = ended(turn(store, engine, Send("Count")))
    last = ended(turn(store, engine, Continue(first.reply.id), first.chat.id))
    assert last.reply.id == first.reply.id
    assert last.reply.content == "One, two."
    assert last.reply.state is NodeState.COMPLETE
    assert engine.requests[1].messages[-1] == Message(Role.ASSISTANT, "One,")


def test_a_reply_without_text_starts_afresh_in_its_place(store: Store) -> None:
    crash = AppError(ErrorCode.ENGINE_CRASHED, cause="SIGKILL", detail="")
    engine = ScriptedEngine([crash], [Text("Now.")])
    first = ended(turn(store, engine, Send("Hello")))
    last = ended(turn(store, engine, Continue(first.reply.id), first.chat.id))
    assert engine.requests[1].messages[-1] == Message(Role.USER, "Hello")
    assert [n.content for n in store.conversation(last.chat.id).path()] == ["Hello", "Now."]
    assert last.reply.error == ""


@pytest.mark.parametrize("text", ["", "  \n\t"])
def test_nothing_is_written_for_an_empty_message(store: Store, text: str) -> None:
    with pytest.raises(AppError) as caught:
        next(turn(store, ScriptedEngine(), Send(text)))
    assert caught.value.code is ErrorCode.PROMPT_EMPTY
    assert store.chats() == []


def test_a_turn_that_nobody_follows_to_the_end_is_closed(store: Store) -> None:
    events = turn(store, ScriptedEngine([Text("So far"), Gate()]), Send("Hello"))
    started = next(events)
    assert isinstance(started, Started)
    while not isinstance(next(events), Text):
        pass
    events.close()  # pyright: ignore[reportAttributeAccessIssue]
    kept = store.conversation(started.chat.id).nodes[started.reply.id]
    assert (kept.content, kept.state) == ("So far", NodeState.STOPPED)


def test_text_that_cannot_be_written_is_still_shown(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    full = AppError(ErrorCode.STORE_FULL, path="chats.db")

    def refuse(*_: object, **__: object) -> None:
        raise full

    monkeypatch.setattr(store, "finish", refuse)
    last = ended(turn(store, ScriptedEngine([Text("Kept on screen")]), Send("Hello")))
    assert last.error is full
    assert (last.reply.content, last.reply.state) == ("Kept on screen", NodeState.FAILED)
