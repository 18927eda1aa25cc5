"""The scripted engine plays back what a test gives it."""

import threading

import pytest

from desktop.core.cancel import Cancelled, CancelToken
from desktop.core.errors import AppError, ErrorCode
from desktop.core.events import Event, Finished, FinishReason, Notice, Text, Usage
from desktop.engines.scripted import Gate, ScriptedEngine
from tests.engines.helpers import ask, request, text_of


def test_scripts_are_played_in_order_and_the_last_again() -> None:
    engine = ScriptedEngine([Text("one")], [Text("two")])
    assert [text_of(ask(engine, request("m", "Hi"))) for _ in range(3)] == ["one", "two", "two"]
    assert [r.messages[0].content for r in engine.requests] == ["Hi"] * 3


def test_an_end_of_one_s_own_is_the_end() -> None:
    end = Finished(FinishReason.LENGTH, Usage(completion_tokens=7))
    events = ask(ScriptedEngine([Notice("x"), end, Text("never")]), request("m", "Hi"))
    assert events[-2:] == [Notice("x"), end]


def test_an_error_comes_after_what_was_said() -> None:
    error = AppError(ErrorCode.ENGINE_CRASHED, cause="SIGSEGV", detail="")
    engine = ScriptedEngine([Text("so far"), error], [Text("again")])
    said: list[Event] = []
    with pytest.raises(AppError) as caught:
        said.extend(engine.generate(request("m", "Hi"), CancelToken()))
    assert caught.value is error
    assert text_of(said) == "so far"
    assert text_of(ask(engine, request("m", "Hi"))) == "again"


@pytest.mark.parametrize("cancelled", [False, True])
def test_a_gate_holds_the_engine_until_it_is_opened_or_cancelled(*, cancelled: bool) -> None:
    gate, cancel = Gate(), CancelToken()
    engine = ScriptedEngine([Text("a"), gate, Text("b")])
    said: list[Event] = []
    ended: list[type[BaseException]] = []

    def work() -> None:
        try:
            said.extend(engine.generate(request("m", "Hi"), cancel))
        except Cancelled:
            ended.append(Cancelled)

    thread = threading.Thread(target=work)
    thread.start()
    assert gate.wait_until_reached()
    assert text_of(said) == "a"
    (cancel.cancel if cancelled else gate.open)()
    thread.join()
    assert text_of(said) == ("a" if cancelled else "ab")
    assert ended == ([Cancelled] if cancelled else [])
