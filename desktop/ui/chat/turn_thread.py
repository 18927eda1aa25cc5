"""The thread below the turn worker: runs jobs in order and leaves what they say in a mailbox."""

import logging
import threading
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field

from PySide6.QtCore import QThread, Signal

from desktop.chat.session import Turn
from desktop.chat.turn import ReplySetup, TurnEvent
from desktop.core.cancel import Cancelled, CancelToken
from desktop.core.errors import AppError, ErrorCode
from desktop.core.events import Event
from desktop.engines.base import Engine

log = logging.getLogger(__name__)


@dataclass(frozen=True, eq=False)
class Preparation:
    """Loads a model ahead of the first turn, so that the wait is spent while the person types."""

    engine: Engine
    setup: ReplySetup
    cancel: CancelToken = field(default_factory=CancelToken)

    def run(self) -> Iterator[Event]:
        """Yield Loading."""
        yield from self.engine.prepare(self.setup.model, self.setup.options, self.cancel)

    def loads(self, setup: ReplySetup) -> bool:
        """Return whether a reply with `setup` needs just what this loads."""
        return (self.setup.model, self.setup.options) == (setup.model, setup.options)


Job = Turn | Preparation


@dataclass(frozen=True, slots=True)
class Began:
    """A job left the queue."""


@dataclass(frozen=True, slots=True)
class Over:
    """A job is done with; `error` when it failed outside of its own events."""

    error: AppError | None = None


Mail = tuple[Job, TurnEvent | Began | Over]


class TurnThread(QThread):
    """`has_mail` comes once for everything that `take_mail` then returns."""

    has_mail = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("inference worker")
        self._changed = threading.Condition()
        self._waiting: deque[Job] = deque()
        self._mail: list[Mail] = []
        self._finishing = False

    def add(self, job: Job) -> None:
        """Run `job` after those that wait."""
        with self._changed:
            self._waiting.append(job)
            self._changed.notify()

    def drop_cancelled(self) -> None:
        """End the jobs that were cancelled before they began."""
        with self._changed:
            dropped = [job for job in self._waiting if job.cancel.cancelled]
            for job in dropped:
                self._waiting.remove(job)
        for job in dropped:
            self._post(job, Over())

    def take_mail(self) -> list[Mail]:
        """Return what was said since the last call, oldest first."""
        with self._changed:
            mail, self._mail = self._mail, []
        return mail

    def finish(self, seconds: float) -> bool:
        """Take no more jobs and wait for the running one; False if it needs longer."""
        with self._changed:
            self._finishing = True
            self._waiting.clear()
            self._changed.notify()
        return self.wait(round(1000 * seconds))

    def run(self) -> None:
        """Run the jobs; called by Qt in the new thread."""
        while (job := self._next()) is not None:
            self._post(job, Began())
            self._post(job, Over(self._run(job)))

    def _run(self, job: Job) -> AppError | None:
        try:
            for event in job.run():
                self._post(job, event)
        except Cancelled:
            return None
        except AppError as error:
            return error
        except Exception as bug:
            log.exception("a job of the inference worker failed")
            return AppError(ErrorCode.INTERNAL, detail=repr(bug))
        return None

    def _next(self) -> Job | None:
        with self._changed:
            self._changed.wait_for(lambda: self._waiting or self._finishing)
            return None if self._finishing else self._waiting.popleft()

    def _post(self, job: Job, what: TurnEvent | Began | Over) -> None:
        with self._changed:
            self._mail.append((job, what))
            first = len(self._mail) == 1
        if first:
            self.has_mail.emit()
