"""What text widgets tell about the mouse; the selection of the transcript listens."""

from typing import Protocol

from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QPlainTextEdit, QTextEdit

Editor = QTextEdit | QPlainTextEdit


class Gestures(Protocol):
    """Mouse events over a text widget, in its viewport's coordinates."""

    def press(self, editor: Editor, event: QMouseEvent) -> None:
        """A button went down."""
        ...

    def move(self, editor: Editor, event: QMouseEvent) -> None:
        """The pointer moved."""
        ...

    def release(self, editor: Editor, event: QMouseEvent) -> bool:
        """A button went up; return whether that ended a selection."""
        ...

    def double_click(self, editor: Editor, event: QMouseEvent) -> None:
        """Two clicks."""
        ...
