"""Adding model files off the window's thread: a header can be large, a drive slow."""

import logging
from collections import deque
from collections.abc import Sequence

from PySide6.QtCore import QObject, QThread, Signal

from desktop.core.errors import AppError, ErrorCode
from desktop.library.installed import InstalledModel, Library

log = logging.getLogger(__name__)


class ModelAdder(QObject):
    """Adds one file after another; each ends in `added` or `refused`."""

    added = Signal(object)  # InstalledModel
    refused = Signal(str, object)  # path, AppError

    def __init__(self, library: Library, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._library = library
        self._waiting: deque[str] = deque()
        self._job: _AddJob | None = None

    @property
    def busy(self) -> bool:
        """Whether a file is being read."""
        return self._job is not None

    def add(self, paths: Sequence[str]) -> None:
        """Read the files and put them on the list."""
        self._waiting.extend(paths)
        self._next()

    def shutdown(self) -> None:
        """Forget what waits and let the file that is being read be finished."""
        self._waiting.clear()
        if self._job is not None:
            self._job.wait()

    def _next(self) -> None:
        if self._job is None and self._waiting:
            self._job = _AddJob(self._library, self._waiting.popleft())
            self._job.finished.connect(self._on_finished)
            self._job.start()

    def _on_finished(self) -> None:
        job, self._job = self._job, None
        assert job is not None
        job.wait()
        if job.model is not None:
            self.added.emit(job.model)
        elif job.error is not None:
            self.refused.emit(job.path, job.error)
        job.deleteLater()
        self._next()


class _AddJob(QThread):
    """Adds one file; `model` or `error` tell how it went."""

    def __init__(self, library: Library, path: str) -> None:
        super().__init__()
        self._library = library
        self.path = path
        self.model: InstalledModel | None = None
        self.error: AppError | None = None

    def run(self) -> None:
        try:
            self.model = self._library.add(self.path)
        except AppError as error:
            self.error = error
        except Exception as bug:
            log.exception("adding a model failed")
            self.error = AppError(ErrorCode.INTERNAL, detail=repr(bug))
