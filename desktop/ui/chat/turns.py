"""The turns under way, by chat: joins the worker's batches to what each chat shows of them."""

import logging
import time

from PySide6.QtCore import QObject, Signal

from desktop.chat.session import Session, Turn
from desktop.chat.turn import Action, TurnEvent
from desktop.core.errors import AppError
from desktop.core.events import Loading
from desktop.ui.chat.forecast import ReadingForecast
from desktop.ui.chat.live_turn import LiveTurn, chat_of
from desktop.ui.chat.turn_thread import Job, Preparation
from desktop.ui.chat.turn_worker import TurnWorker

log = logging.getLogger(__name__)


class Turns(QObject):
    """At most one turn a chat; those of other chats go on or wait."""

    began = Signal(object)  # LiveTurn: the person's message is on disk
    advanced = Signal(object, list)  # LiveTurn, list[TurnEvent]
    ended = Signal(object, object)  # LiveTurn, AppError | None
    busy_changed = Signal(int, bool)  # chat id
    chat_changed = Signal(object)  # ChatRow

    def __init__(self, session: Session, worker: TurnWorker, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._worker = worker
        self._live: dict[int, LiveTurn] = {}
        self._speeds: dict[str, float] = {}  # tokens/s of reading, by model
        worker.events.connect(self._on_events)
        worker.ended.connect(self._on_ended)

    def of(self, chat_id: int | None) -> LiveTurn | None:
        """Return the turn of a chat, running or waiting."""
        return None if chat_id is None else self._live.get(chat_id)

    def submit(self, chat_id: int, action: Action) -> LiveTurn:
        """Begin a turn, or let it wait for those of other chats."""
        turn = self._session.turn(chat_id, action)
        live = LiveTurn(turn, chat_id, ReadingForecast(self._speeds.get(turn.setup.model, 0.0)))
        if any(isinstance(job, Turn) for job in self._worker.jobs):
            live.wait()
        self._live[chat_id] = live
        self._worker.submit(turn)
        self.busy_changed.emit(chat_id, True)
        return live

    def stop(self, chat_id: int | None) -> bool:
        """Stop the turn of a chat; False when there is none."""
        live = self.of(chat_id)
        if live is not None:
            self._worker.stop(live.turn)
        return live is not None

    def prepare(self, chat_id: int | None) -> None:
        """Load the model that the next reply of a chat needs, if nothing else is to do."""
        model = self._session.model_for(chat_id)
        if not model.missing:
            self._worker.prepare(self._session.engine, self._session.setup_for(chat_id))

    def _on_events(self, job: Job, events: list[TurnEvent]) -> None:
        if isinstance(job, Preparation):
            self._tell_waiting(job, events)
            return
        live = self._find(job)
        if live is None:
            return
        was_started = live.started
        for event in events:
            live.take(event, time.monotonic())
        if live.started and not was_started:
            self.began.emit(live)
        self.advanced.emit(live, events)
        chat = chat_of(events)
        if chat is not None:
            self.chat_changed.emit(chat)

    def _tell_waiting(self, job: Preparation, events: list[TurnEvent]) -> None:
        """A turn whose model is being loaded ahead of it shows how far that is."""
        loading = [event for event in events if isinstance(event, Loading)]
        waiting = next((live for live in self._live.values() if not live.started), None)
        if waiting is not None and loading and job.loads(waiting.turn.setup):
            waiting.take(loading[-1], time.monotonic())
            self.advanced.emit(waiting, loading)

    def _on_ended(self, job: Job, error: AppError | None) -> None:
        live = self._find(job)
        if live is None:
            if error is not None:  # the next turn will meet it again, and tell it
                log.info("the model was not loaded ahead: %s", error)
            return
        del self._live[live.chat_id]
        self._speeds[live.turn.setup.model] = live.forecast.speed
        self.busy_changed.emit(live.chat_id, False)
        self.ended.emit(live, error)

    def _find(self, job: Job) -> LiveTurn | None:
        return next((live for live in self._live.values() if live.turn is job), None)
