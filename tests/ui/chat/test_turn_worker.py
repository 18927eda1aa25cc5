import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtTest import QSignalSpy

from desktop.chat.session import Turn
from desktop.chat.turn import Ended, ReplySetup, Send, Started
from desktop.core.cancel import Cancelled, CancelToken
from desktop.core.conversation import NodeState
from desktop.core.errors import AppError, ErrorCode
from desktop.core.events import Event, Loading, Reading, Reasoning, Text
from desktop.core.options import ModelOptions
from desktop.engines.scripted import Gate, ScriptedEngine, Step
from desktop.store.store import Store
from desktop.ui.chat.turn_worker import TurnWorker, merged

SETUP = ReplySetup(model="/models/a.gguf")


class Loader(ScriptedEngine):
    """An engine whose loading is scripted too."""

    def __init__(self, *loading: Step) -> None:
        super().__init__()
        self.loading: tuple[Step, ...] = loading
        self.prepared: list[str] = []

    def prepare(self, model: str, options: ModelOptions, cancel: CancelToken) -> Iterator[Event]:
        self.prepared.append(model)
        for step in self.loading:
            if isinstance(step, Gate):
                step.pass_through(cancel)
            elif isinstance(step, BaseException):
                raise step
            else:
                yield step


class Told:
    """Everything a worker says, in order."""

    def __init__(self, worker: TurnWorker) -> None:
        self.log: list[tuple[str, Any, Any]] = []
        self.threads: set[int] = set()
        worker.started.connect(lambda job: self._note("started", job, None))
        worker.events.connect(lambda job, events: self._note("events", job, events))
        worker.ended.connect(lambda job, error: self._note("ended", job, error))

    def _note(self, what: str, job: Any, value: Any) -> None:
        self.threads.add(threading.get_ident())
        self.log.append((what, job, value))

    def events(self, job: Any) -> list[Any]:
        return [e for what, of, batch in self.log if what == "events" and of is job for e in batch]

    def error(self, job: Any) -> AppError | None:
        return next(value for what, of, value in self.log if what == "ended" and of is job)

    def order(self) -> list[tuple[str, Any]]:
        return [(what, job) for what, job, _ in self.log if what != "events"]


@pytest.fixture
def worker(qtbot: Any) -> Iterator[TurnWorker]:
    worker = TurnWorker()
    yield worker
    assert worker.close()


@pytest.fixture
def told(worker: TurnWorker) -> Told:
    return Told(worker)


@pytest.fixture
def database(tmp_path: Path) -> Path:
    path = tmp_path / "chats.db"
    Store.open(path).close()
    return path


def turn(
    database: Path, engine: ScriptedEngine, text: str = "Hi", setup: ReplySetup = SETUP
) -> Turn:
    return Turn(None, Send(text), setup, engine, lambda: Store.open(database))


def ended(qtbot: Any, worker: TurnWorker) -> None:
    qtbot.waitUntil(lambda: not worker.jobs)


def test_a_turn_is_told_in_order_and_in_the_thread_of_the_window(
    qtbot: Any, worker: TurnWorker, told: Told, database: Path
) -> None:
    job = turn(database, ScriptedEngine([Text("Hel"), Text("lo"), Text(".")]))
    worker.submit(job)
    ended(qtbot, worker)
    assert told.order() == [("started", job), ("ended", job)]
    events = told.events(job)
    assert isinstance(events[0], Started)
    assert isinstance(events[-1], Ended)
    assert events[-1].reply.content == "Hello."
    assert "".join(e.piece for e in events if isinstance(e, Text)) == "Hello."
    assert told.error(job) is None
    assert told.threads == {threading.get_ident()}


def test_turns_run_one_after_another(
    qtbot: Any, worker: TurnWorker, told: Told, database: Path
) -> None:
    gate = Gate()
    engine = ScriptedEngine([gate, Text("one")], [Text("two")])
    first, second = turn(database, engine, "1"), turn(database, engine, "2")
    worker.submit(first)
    worker.submit(second)
    assert gate.wait_until_reached()
    assert worker.jobs == (first, second)
    assert len(engine.requests) == 1
    gate.open()
    ended(qtbot, worker)
    assert told.order() == [
        ("started", first),
        ("ended", first),
        ("started", second),
        ("ended", second),
    ]


def test_a_flood_of_pieces_arrives_joined_and_complete(
    qtbot: Any, worker: TurnWorker, told: Told, database: Path
) -> None:
    pieces = [f"{i} " for i in range(5000)]
    job = turn(database, ScriptedEngine(list(map(Text, pieces))))
    worker.submit(job)
    ended(qtbot, worker)
    texts = [e.piece for e in told.events(job) if isinstance(e, Text)]
    assert "".join(texts) == "".join(pieces)
    assert len(texts) < len(pieces) / 2


def test_stop_keeps_the_text_so_far(
    qtbot: Any, worker: TurnWorker, told: Told, database: Path
) -> None:
    gate = Gate()
    job = turn(database, ScriptedEngine([Text("So far"), gate, Text("never")]))
    worker.submit(job)
    qtbot.waitUntil(lambda: any(isinstance(e, Text) for e in told.events(job)))
    worker.stop(job)
    ended(qtbot, worker)
    last = told.events(job)[-1]
    assert (last.reply.state, last.reply.content) == (NodeState.STOPPED, "So far")


def test_stop_takes_a_waiting_turn_out_of_the_queue(
    qtbot: Any, worker: TurnWorker, told: Told, database: Path
) -> None:
    gate = Gate()
    engine = ScriptedEngine([gate, Text("one")])
    first, second = turn(database, engine), turn(database, engine)
    worker.submit(first)
    worker.submit(second)
    assert gate.wait_until_reached()
    worker.stop(second)
    qtbot.waitUntil(lambda: second not in worker.jobs)
    assert ("started", second) not in told.order()
    assert told.events(second) == []
    assert told.error(second) is None
    gate.open()
    ended(qtbot, worker)


def test_a_message_that_cannot_be_written_is_told_with_its_error(
    qtbot: Any, worker: TurnWorker, told: Told, database: Path
) -> None:
    job = turn(database, ScriptedEngine(), "   ")
    worker.submit(job)
    ended(qtbot, worker)
    error = told.error(job)
    assert error is not None
    assert error.code is ErrorCode.PROMPT_EMPTY


def test_an_unexpected_exception_is_logged_and_told(
    qtbot: Any,
    worker: TurnWorker,
    told: Told,
    database: Path,
    unexpected_warnings: list[Any],
) -> None:
    def refuse() -> Store:
        raise ZeroDivisionError("a bug")

    job = Turn(None, Send("Hi"), SETUP, ScriptedEngine(), refuse)
    worker.submit(job)
    ended(qtbot, worker)
    error = told.error(job)
    assert error is not None
    assert error.code is ErrorCode.INTERNAL
    assert "a bug" in str(error.params["detail"])
    assert len(unexpected_warnings) == 1
    unexpected_warnings.clear()
    after = turn(database, ScriptedEngine())
    worker.submit(after)
    ended(qtbot, worker)
    assert isinstance(told.events(after)[-1], Ended)


def test_a_model_is_prepared_once(qtbot: Any, worker: TurnWorker, told: Told) -> None:
    gate = Gate()
    engine = Loader(Loading(0.5), gate, Loading(1.0))
    worker.prepare(engine, SETUP)
    worker.prepare(engine, SETUP)
    assert gate.wait_until_reached()
    gate.open()
    ended(qtbot, worker)
    assert engine.prepared == [SETUP.model]


def test_preparing_another_model_gives_up_the_first(
    qtbot: Any, worker: TurnWorker, told: Told
) -> None:
    gate = Gate()
    engine = Loader(gate)
    worker.prepare(engine, SETUP)
    assert gate.wait_until_reached()
    engine.loading = (Loading(1.0),)
    worker.prepare(engine, ReplySetup(model="/models/b.gguf"))
    ended(qtbot, worker)
    assert engine.prepared == ["/models/a.gguf", "/models/b.gguf"]
    assert [error for what, _, error in told.log if what == "ended"] == [None, None]


def test_a_turn_waits_for_its_own_model_but_not_for_another(
    qtbot: Any, worker: TurnWorker, told: Told, database: Path
) -> None:
    gate = Gate()
    engine = Loader(gate)
    worker.prepare(engine, SETUP)
    assert gate.wait_until_reached()
    engine.loading = ()
    same = turn(database, engine)
    worker.submit(same)
    (preparation, *_) = worker.jobs
    assert not preparation.cancel.cancelled
    other = turn(database, engine, setup=ReplySetup(model="/models/b.gguf"))
    worker.submit(other)
    assert preparation.cancel.cancelled
    ended(qtbot, worker)
    assert isinstance(told.events(other)[-1], Ended)


def test_a_model_is_not_prepared_while_a_turn_is_under_way(
    qtbot: Any, worker: TurnWorker, database: Path
) -> None:
    gate = Gate()
    engine = ScriptedEngine([gate, Text("one")])
    worker.submit(turn(database, engine))
    worker.prepare(engine, ReplySetup(model="/models/b.gguf"))
    assert len(worker.jobs) == 1
    gate.open()
    ended(qtbot, worker)


def test_closing_in_the_middle_of_an_answer_keeps_its_text(qtbot: Any, database: Path) -> None:
    worker = TurnWorker()
    gate = Gate()
    engine = ScriptedEngine([Text("So far"), gate])
    told = Told(worker)
    worker.submit(turn(database, engine))
    worker.submit(turn(database, engine, "waits"))
    qtbot.waitUntil(lambda: any(what == "events" for what, _, _ in told.log))
    assert gate.wait_until_reached()
    assert worker.close()
    with Store.open(database) as store:
        (chat,) = store.chats()
        reply = store.conversation(chat.id).path()[-1]
    assert (reply.state, reply.content) == (NodeState.STOPPED, "So far")


def test_closing_says_so_when_the_engine_does_not_listen(qtbot: Any) -> None:
    released = threading.Event()

    class Deaf(ScriptedEngine):
        def prepare(
            self, model: str, options: ModelOptions, cancel: CancelToken
        ) -> Iterator[Event]:
            released.wait()
            yield Loading(1.0)

    worker = TurnWorker()
    spy = QSignalSpy(worker.started)
    worker.prepare(Deaf(), SETUP)
    qtbot.waitUntil(lambda: spy.count() == 1)
    assert not worker.close(seconds=0.01)
    released.set()
    assert worker.close()


def test_merging_joins_text_and_keeps_the_last_progress() -> None:
    events = [
        Loading(0.1),
        Loading(0.9),
        Reading(1, 9),
        Reading(9, 9),
        Reasoning("th"),
        Reasoning("ink"),
        Text("a"),
        Text("b"),
        Reasoning("c"),
        Text("d"),
    ]
    assert merged(events) == [
        Loading(0.9),
        Reading(9, 9),
        Reasoning("think"),
        Text("ab"),
        Reasoning("c"),
        Text("d"),
    ]


def test_a_cancelled_preparation_is_no_error(qtbot: Any, worker: TurnWorker, told: Told) -> None:
    engine = Loader(Cancelled())
    worker.prepare(engine, SETUP)
    ended(qtbot, worker)
    assert [value for what, _, value in told.log if what == "ended"] == [None]
