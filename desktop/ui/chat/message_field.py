"""The text field of the composer: grows with its lines and knows when Enter means send."""

from PySide6.QtCore import QMimeData, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QInputMethodEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QPlainTextEdit, QSizePolicy, QWidget

from desktop.ui.theme import Theme

MOST_LINES = 10
LONGEST = 20_000
"""Characters that are pasted as text; Qt lays out an unbroken line in quadratic time (200,000
characters: 0.8 s a key), so what is longer is kept apart."""

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class MessageField(QPlainTextEdit):
    """Plain text only. `sends_with_enter` is the setting `send_key`."""

    send_requested = Signal()
    edit_last_requested = Signal()  # Up, with nothing typed
    long_text_pasted = Signal(str)
    focus_changed = Signal(bool)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._composing = False
        self._most_lines = MOST_LINES
        self.sends_with_enter = True
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setTabChangesFocus(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setProperty("kind", "bare")
        self.document().documentLayout().documentSizeChanged.connect(self._fit)
        theme.changed.connect(self._on_theme_changed)
        self._on_theme_changed()

    @property
    def composing(self) -> bool:
        """Whether an input method has text that is not settled yet."""
        return self._composing

    def minimumSizeHint(self) -> QSize:
        """One line, as narrow as it must be."""
        return QSize(0, self._height_of(1))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter sends or breaks the line; while an input method composes it does neither."""
        if event.key() in _ENTER:
            self._on_enter(event)
        elif event.key() == Qt.Key.Key_Up and not event.modifiers() and not self._has_text():
            self.edit_last_requested.emit()
        else:
            super().keyPressEvent(event)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """Remember whether text is being composed."""
        self._composing = bool(event.preeditString())
        super().inputMethodEvent(event)

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Take the plain text of what is pasted or dropped, long ones apart."""
        text = source.text()
        if len(text) > LONGEST:
            self.long_text_pasted.emit(text)
        elif text:
            self.insertPlainText(text)

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        """Refuse files: they are the window's."""
        return source.hasText() and not source.hasUrls()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Tell the frame around this field."""
        super().focusInEvent(event)
        self.focus_changed.emit(True)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Tell the frame; an input method gives up what it composed."""
        self._composing = False
        super().focusOutEvent(event)
        self.focus_changed.emit(False)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Other line breaks, another height."""
        super().resizeEvent(event)
        self._fit()

    def _on_enter(self, event: QKeyEvent) -> None:
        keys = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        plain = keys == Qt.KeyboardModifier.NoModifier
        sends = plain and self.sends_with_enter
        if self._composing:
            event.accept()
        elif sends or keys == Qt.KeyboardModifier.ControlModifier:
            self.send_requested.emit()
        elif plain or keys == Qt.KeyboardModifier.ShiftModifier:
            self.insertPlainText("\n")
            self.ensureCursorVisible()
        else:
            event.ignore()

    def _has_text(self) -> bool:
        return self._composing or not self.document().isEmpty()

    def set_most_height(self, pixels: int) -> None:
        """Grow no higher than this, ten lines at most."""
        lines = pixels // self.fontMetrics().lineSpacing()
        self._most_lines = min(max(lines, 1), MOST_LINES)
        self._fit()

    def _fit(self) -> None:
        written = max(1, round(self.document().size().height()))
        lines = min(written, self._most_lines)
        overflow = written > lines
        self.setVerticalScrollBarPolicy(
            Qt.ScrollBarPolicy.ScrollBarAsNeeded
            if overflow
            else Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        )
        height = self._height_of(lines)
        if height != self.height() or self.minimumHeight() != height:
            self.setFixedHeight(height)

    def _height_of(self, lines: int) -> int:
        margins = self.contentsMargins().top() + self.contentsMargins().bottom()
        inner = round(2 * self.document().documentMargin())
        return lines * self.fontMetrics().lineSpacing() + inner + margins + 1

    def _on_theme_changed(self) -> None:
        self.setFont(self._theme.font(1.07))
        self.document().setDocumentMargin(self._theme.em(0.2))
        self.setStyleSheet(
            "QPlainTextEdit, QPlainTextEdit:focus"
            "{ background: transparent; border: none; padding: 0;"
            f" font-size: {self._theme.em(1.07)}px; }}"
        )
        self._fit()
