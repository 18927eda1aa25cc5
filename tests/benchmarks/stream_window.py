"""A process with a window into which text streams; prints how late its event loop was.

`python -m tests.benchmarks.stream_window fireside|plain DATABASE SECONDS`: Fireside's whole
window, driven by its own commands, or one QPlainTextEdit that holds and gets the same text.
"""

import json
import sys
from collections.abc import Callable
from contextlib import ExitStack
from itertools import islice
from pathlib import Path

import psutil
from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QApplication, QPlainTextEdit

from desktop.store.store import Store
from tests.benchmarks.lateness import Lateness
from tests.benchmarks.steady_engine import TOKENS_A_SECOND, SteadyEngine, tokens

FRAME_MS = 33
SETTLE_MS = 1_500  # after opening the chat, and after the first words
CHAT = 1


class Course(QObject):
    """Open, settle, stream, measure, tell."""

    def __init__(self, seconds: float, *, begin: Callable[[], None]) -> None:
        super().__init__()
        self._seconds, self._begin = seconds, begin
        self._lateness = Lateness(self)
        QTimer.singleShot(SETTLE_MS, self._stream)

    def _stream(self) -> None:
        self._begin()
        QTimer.singleShot(SETTLE_MS, self._measure)

    def _measure(self) -> None:
        self._lateness.start()
        QTimer.singleShot(round(1000 * self._seconds), self._tell)

    def _tell(self) -> None:
        late = self._lateness.stop()
        memory = psutil.Process().memory_full_info()
        owned = getattr(memory, "pss", memory.uss)
        print(json.dumps({"late": late, "memory": owned}), flush=True)
        QApplication.quit()


def fireside_window(seconds: float) -> None:
    """Fireside as `desktop.app.main` shows it, but for the engine; FIRESIDE_HOME has the chat."""
    from desktop import app as fireside  # noqa: PLC0415 — plain text must not pay for it
    from desktop.ui.shortcuts import Command  # noqa: PLC0415

    app = fireside.make_application()
    with ExitStack() as ending:
        window = fireside.open_window(app, ending, SteadyEngine)
        window.show()
        window.action(Command.NEXT_CHAT).trigger()

        def send() -> None:
            from PySide6.QtTest import QTest  # noqa: PLC0415

            window.activateWindow()
            window.action(Command.FOCUS_COMPOSER).trigger()
            composer = QApplication.focusWidget()
            assert composer is not None
            QTest.keyClicks(composer, "Which model fits?")
            QTest.keyClick(composer, Qt.Key.Key_Return)

        course = Course(seconds, begin=send)
        app.exec()
        del course


def plain_text(seconds: float, database: Path) -> None:
    """The least that can show the same text."""
    app = QApplication(sys.argv[:1])
    with Store.open(database) as store:
        texts = [node.content for node in store.conversation(CHAT).path()]
    edit = QPlainTextEdit("\n\n".join(texts), readOnly=True)
    edit.resize(1120, 760)
    edit.moveCursor(QTextCursor.MoveOperation.End)
    edit.show()
    source = tokens()
    frame = QTimer(edit, interval=FRAME_MS)

    def add() -> None:
        edit.moveCursor(QTextCursor.MoveOperation.End)
        edit.insertPlainText("".join(islice(source, TOKENS_A_SECOND * FRAME_MS // 1000)))

    frame.timeout.connect(add)
    course = Course(seconds, begin=frame.start)
    app.exec()
    del course


def main() -> None:
    """Run one of the two windows."""
    which, database, seconds = sys.argv[1:]
    if which == "fireside":
        fireside_window(float(seconds))
    else:
        plain_text(float(seconds), Path(database))


if __name__ == "__main__":
    main()
