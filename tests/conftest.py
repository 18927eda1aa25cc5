"""What every test gets: a home of its own, and no mercy for what it leaves behind."""

import gc
import logging
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest
from hypothesis import settings

settings.register_profile("fireside", deadline=None, derandomize=True)
settings.load_profile("fireside")

END_SECONDS = 10  # how long a thread or process may take to end after its test


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the folder that holds all of Fireside's files in this test."""
    folder = tmp_path / "home"
    monkeypatch.setenv("FIRESIDE_HOME", str(folder))
    return folder


@pytest.fixture
def starter() -> Path:
    """Return the model file that comes with the program."""
    return Path(__file__).parents[1] / "resources/starter/fireside-guide.gguf"


class _Warnings(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.records: list[logging.LogRecord] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.records.append(record)


@pytest.fixture(autouse=True)
def unexpected_warnings() -> Iterator[list[logging.LogRecord]]:
    """Fail a test in which `desktop` logs a warning; a test that expects some clears this list."""
    handler = _Warnings()
    logger = logging.getLogger("desktop")
    logger.addHandler(handler)
    yield handler.records
    logger.removeHandler(handler)
    assert not [record.getMessage() for record in handler.records]


@pytest.fixture(autouse=True)
def nothing_left_behind() -> Iterator[None]:
    """Fail a test that leaves a thread, a child process or a window."""
    before = _alive()
    yield
    gc.collect()
    _wait(lambda: not _alive() - before)
    assert not _alive() - before
    assert not _windows()


def _alive() -> set[object]:
    found: set[object] = {child.pid for child in psutil.Process().children()}
    return found | {thread for thread in threading.enumerate() if not thread.daemon}


def _windows() -> list[str]:
    widgets = sys.modules.get("PySide6.QtWidgets")
    if widgets is None or widgets.QApplication.instance() is None:
        return []
    return [repr(w) for w in widgets.QApplication.topLevelWidgets() if w.isVisible()]


def _wait(done: Callable[[], bool]) -> None:
    end = time.monotonic() + END_SECONDS
    while not done() and time.monotonic() < end:
        time.sleep(0.01)
