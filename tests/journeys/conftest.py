"""The real window over a real store and the real engine, opened and closed like the program."""

import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import TypeVar

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from desktop.app import open_window
from desktop.ui.chat.page import ChatPage
from desktop.ui.main_window import MainWindow
from desktop.ui.sidebar.sidebar import Sidebar

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

W = TypeVar("W", bound=QWidget)

PATIENCE = 120_000  # ms; only a hanging program takes so long


class Desk:
    """What a person sees and does at the window."""

    def __init__(self, qtbot: QtBot, window: MainWindow) -> None:
        self.qtbot, self.window = qtbot, window
        self.page = self._part(ChatPage)
        self.sidebar = self._part(Sidebar)

    def write(self, text: str) -> None:
        """Put text into the message field; QTest has no keys for Chinese."""
        self.page.composer.set_text(text)

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier | None = None) -> None:
        focus = QApplication.focusWidget() or self.page.composer.field
        self.qtbot.keyClick(focus, key, modifier or Qt.KeyboardModifier.NoModifier)

    def ask(self, text: str) -> str:
        """Type a message, send it, and return the whole answer."""
        self.page.focus_composer()
        self.write(text)
        self.qtbot.keyClick(self.page.composer.field, Qt.Key.Key_Return)
        self.wait(lambda: bool(self.page.view.rows))
        self.wait_for_the_answer()
        return self.answer

    def wait_for_the_answer(self) -> None:
        self.wait(lambda: not self.page._worker.jobs)

    @property
    def answer(self) -> str:
        return self.page.view.rows[-1].node.content

    @property
    def texts(self) -> list[str]:
        return [row.node.content for row in self.page.view.rows]

    def wait(self, condition: Callable[[], bool]) -> None:
        self.qtbot.waitUntil(condition, timeout=PATIENCE)

    def _part(self, kind: type[W]) -> W:
        found: W | None = self.window.findChild(kind)
        assert found is not None
        return found


Open = Callable[[], Desk]


@pytest.fixture
def open_desk(qtbot: QtBot, qapp: QApplication) -> Iterator[Open]:
    """Return a function that opens the window; opening again is a restart."""
    ending = ExitStack()

    def open_it() -> Desk:
        ending.close()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        window = open_window(qapp, ending)
        window.show()
        return Desk(qtbot, window)

    yield open_it
    ending.close()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture
def desk(open_desk: Open) -> Desk:
    """Return the window of a new user."""
    return open_desk()
