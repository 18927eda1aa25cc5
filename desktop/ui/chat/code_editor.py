"""The code of a code block, read-only, as live text."""

from PySide6.QtCore import Qt
from PySide6.QtGui import (
    QContextMenuEvent,
    QKeyEvent,
    QMouseEvent,
    QTextOption,
    QWheelEvent,
)
from PySide6.QtWidgets import QFrame, QPlainTextEdit, QWidget

from desktop.ui.chat.gestures import Gestures


class CodeEditor(QPlainTextEdit):
    """Scrolls sideways by itself; up and down belongs to the transcript."""

    def __init__(self, gestures: Gestures, parent: QWidget) -> None:
        super().__init__(parent)
        self._gestures = gestures
        self.setReadOnly(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setUndoRedoEnabled(False)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.document().setDocumentMargin(0)
        self.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scroll sideways, and downwards where code is longer than its panel."""
        sideways = abs(event.angleDelta().x()) > abs(event.angleDelta().y())
        shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        if sideways or shift or self.verticalScrollBar().maximum() > 0:
            super().wheelEvent(event)
        else:
            event.ignore()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave the keys to the transcript."""
        event.ignore()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Leave the menu to the message."""
        event.ignore()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin a selection."""
        self._gestures.press(self, event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Extend the selection."""
        self._gestures.move(self, event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """End the selection."""
        self._gestures.release(self, event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Select a word."""
        self._gestures.double_click(self, event)
