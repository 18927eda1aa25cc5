"""The one place that answers: turns run one after another, the window gets a batch a frame."""

import time
from collections.abc import Sequence
from itertools import groupby
from operator import itemgetter

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from desktop.chat.session import Turn
from desktop.chat.turn import ReplySetup, TurnEvent
from desktop.core.events import Loading, Reading, Reasoning, Text
from desktop.engines.base import Engine
from desktop.ui.chat.turn_thread import Began, Job, Over, Preparation, TurnThread

FRAME_MS = 33  # the window gets at most one batch in this time
CLOSE_SECONDS = 3.0


class TurnWorker(QObject):
    """One engine, one job at a time; signals come in the thread of this object, in order.

    A turn that was stopped while it waited ends without ever having started. Call `close` before
    the engine is closed.
    """

    started = Signal(object)  # Job: it left the queue
    events = Signal(object, list)  # Job, list[TurnEvent]
    ended = Signal(object, object)  # Job, AppError | None: what its own events do not tell

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._jobs: list[Job] = []
        self._delivered = 0.0
        self._frame = QTimer(self, singleShot=True, timerType=Qt.TimerType.PreciseTimer)
        self._frame.timeout.connect(self._deliver)
        self._thread = TurnThread()
        self._thread.has_mail.connect(self._on_mail)
        self._thread.start()

    @property
    def jobs(self) -> Sequence[Job]:
        """What runs (the first) and what waits, preparations included."""
        return tuple(self._jobs)

    def submit(self, turn: Turn) -> None:
        """Run `turn` when those before it are done."""
        for job in self.jobs:
            if isinstance(job, Preparation) and not job.loads(turn.setup):
                self.stop(job)
        self._add(turn)

    def prepare(self, engine: Engine, setup: ReplySetup) -> None:
        """Load a model unless a turn is under way; replaces what was to be prepared before."""
        if any(isinstance(job, Turn) for job in self._jobs):
            return
        for job in self.jobs:
            if isinstance(job, Preparation):
                if job.loads(setup) and not job.cancel.cancelled:
                    return
                self.stop(job)
        self._add(Preparation(engine, setup))

    def stop(self, job: Job) -> None:
        """End a job: at once when it waits, else within one decode step."""
        job.cancel.cancel()
        self._thread.drop_cancelled()

    def close(self, seconds: float = CLOSE_SECONDS) -> bool:
        """Stop everything and wait for the thread; False if it is still busy after `seconds`.

        Then close the engine, which frees the thread, and call this again.
        """
        for job in self._jobs:
            job.cancel.cancel()
        self._frame.stop()
        return self._thread.finish(seconds)

    def _add(self, job: Job) -> None:
        self._jobs.append(job)
        self._thread.add(job)

    def _on_mail(self) -> None:
        passed = 1000 * (time.monotonic() - self._delivered)
        self._frame.start(max(0, round(FRAME_MS - passed)))

    def _deliver(self) -> None:
        self._delivered = time.monotonic()
        for job, told in groupby(self._thread.take_mail(), key=itemgetter(0)):
            batch: list[TurnEvent] = []
            for _, what in told:
                if isinstance(what, Began):
                    self.started.emit(job)
                elif isinstance(what, Over):
                    self._hand_over(job, batch)
                    self._jobs.remove(job)
                    self.ended.emit(job, what.error)
                else:
                    batch.append(what)
            self._hand_over(job, batch)

    def _hand_over(self, job: Job, batch: list[TurnEvent]) -> None:
        if batch:
            self.events.emit(job, merged(batch))
            batch.clear()


def merged(events: Sequence[TurnEvent]) -> list[TurnEvent]:
    """Return the same story in fewer events: text in a row joined, of progress only the last."""
    found: list[TurnEvent] = []
    pieces: list[str] = []
    for index, event in enumerate(events):
        following = events[index + 1] if index + 1 < len(events) else None
        last_of_kind = type(following) is not type(event)
        if isinstance(event, Text | Reasoning):
            pieces.append(event.piece)
            if last_of_kind:
                found.append(type(event)("".join(pieces)))
                pieces.clear()
        elif last_of_kind or not isinstance(event, Loading | Reading):
            found.append(event)
    return found
