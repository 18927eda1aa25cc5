"""What tests of the window share: a theme, notices, and a store whose clock the test turns."""

import os
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import shiboken6
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication

from desktop.store.store import Store
from desktop.ui.notices import Notices
from desktop.ui.theme import Theme
from desktop.ui.translation import Translation

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

DAY = 86_400.0


class Clock:
    """A time of day that only the test moves; seconds since the epoch."""

    def __init__(self, now: float) -> None:
        self.now = now

    def __call__(self) -> float:
        return self.now


@pytest.fixture(autouse=True)
def deleted_widgets(qapp: QApplication) -> Iterator[None]:
    """Let closed windows go at the end of each test; Qt itself waits for the next event loop."""
    yield
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture
def theme(qapp: QApplication) -> Iterator[Theme]:
    """Return a light theme."""
    made = Theme(qapp, "light")
    yield made
    shiboken6.delete(made)


@pytest.fixture
def translation(qapp: QApplication) -> Iterator[Translation]:
    """Return the English translation; a test may switch, the next one starts in English."""
    made = Translation(qapp, "en")
    yield made
    made.set_language("en")
    shiboken6.delete(made)


@pytest.fixture
def notices() -> Notices:
    """Return the door to the user, without a window."""
    return Notices()


@pytest.fixture
def clock() -> Clock:
    """Return a clock that stands at this moment."""
    return Clock(time.time())


@pytest.fixture
def store(tmp_path: Path, clock: Clock) -> Iterator[Store]:
    """Return an empty store."""
    with Store.open(tmp_path / "chats.db", clock) as made:
        yield made
