"""Changing a message in its place."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from desktop.ui.chat.chat_style import ChatStyle

MOST_LINES = 14


class MessageEditor(QFrame):
    """The text, and Save & send / Save only / Cancel. Ctrl+Enter saves (and sends), Esc cancels."""

    submitted = Signal(str, bool)  # text, send
    cancelled = Signal()
    height_changed = Signal()

    def __init__(self, style: ChatStyle, text: str, parent: QWidget, *, can_send: bool) -> None:
        super().__init__(parent)
        self._style = style
        self._can_send = can_send
        self.setProperty("kind", "card")
        self.edit = _Edit(self)
        self.edit.setPlainText(text)
        self.edit.setFont(style.body)
        self.edit.setAccessibleName(self.tr("Edit the message"))
        self.edit.finished.connect(self._on_finished)
        self.edit.textChanged.connect(self._on_text_changed)
        self.send = self._button(self.tr("Save && send"), primary=True)
        self.save = self._button(self.tr("Save only"), primary=not can_send)
        self.cancel = self._button(self.tr("Cancel"))
        self.send.setToolTip(self.tr("Keep this as a new version and answer it (Ctrl+Enter)"))
        self.save.setToolTip(self.tr("Change the text and answer nothing"))
        self.send.clicked.connect(lambda: self._submit(send=True))
        self.save.clicked.connect(lambda: self._submit(send=False))
        self.cancel.clicked.connect(self.cancelled)
        self.send.setVisible(can_send)
        self._arrange()
        self._on_text_changed()

    @property
    def text(self) -> str:
        """The text as it is now."""
        return self.edit.toPlainText()

    def stops(self) -> list[QWidget]:
        """Return what Tab stops at."""
        stops = (self.edit, self.send, self.save, self.cancel)
        return [stop for stop in stops if not stop.isHidden() and stop.isEnabled()]

    def _button(self, label: str, *, primary: bool = False) -> QPushButton:
        button = QPushButton(label, self)
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        button.setAccessibleName(label.replace("&&", "&"))
        if primary:
            button.setProperty("kind", "primary")
        return button

    def _arrange(self) -> None:
        em = self._style.em
        column = QVBoxLayout(self)
        column.setContentsMargins(*(round(em * 0.7),) * 4)
        column.setSpacing(round(em * 0.6))
        column.addWidget(self.edit)
        row = QHBoxLayout()
        row.setSpacing(round(em * 0.5))
        row.addStretch(1)
        for button in (self.cancel, self.save, self.send):
            row.addWidget(button)
        column.addLayout(row)

    def _on_text_changed(self) -> None:
        layout, block = self.edit.document().documentLayout(), self.edit.document().begin()
        lines = 0
        while block.isValid() and lines < MOST_LINES:
            layout.blockBoundingRect(block)
            lines += max(1, block.layout().lineCount())
            block = block.next()
        line = self.edit.fontMetrics().lineSpacing()
        wanted = line * max(2, min(lines, MOST_LINES)) + round(self._style.em * 1.2)
        empty = not self.text.strip()
        self.send.setDisabled(empty)
        self.save.setDisabled(empty)
        if wanted != self.edit.minimumHeight():
            self.edit.setFixedHeight(wanted)
            self.height_changed.emit()

    def _on_finished(self, accepted: bool) -> None:
        if accepted:
            self._submit(send=self._can_send)
        else:
            self.cancelled.emit()

    def _submit(self, *, send: bool) -> None:
        if self.text.strip():
            self.submitted.emit(self.text, send)


class _Edit(QPlainTextEdit):
    """A text field with Ctrl+Enter and Esc; Tab leaves it."""

    finished = Signal(bool)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setTabChangesFocus(True)
        self.setFrameShape(QFrame.Shape.NoFrame)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """End the editing on the keys for that."""
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.finished.emit(True)
        elif event.matches(QKeySequence.StandardKey.Cancel):
            self.finished.emit(False)
        else:
            super().keyPressEvent(event)

    def minimumSizeHint(self) -> QSize:
        """As narrow as it must be."""
        return QSize(0, self.minimumHeight())
