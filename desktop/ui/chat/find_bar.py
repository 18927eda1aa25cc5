"""Find in chat: a field, the number of hits, and the way from one to the next."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLineEdit, QWidget

from desktop.ui.amounts import number
from desktop.ui.shortcuts import Command, key_text
from desktop.ui.theme import Theme
from desktop.ui.translation import Retranslated
from desktop.ui.widgets.icon_button import IconButton
from desktop.ui.widgets.own_keys import claim


class FindBar(Retranslated, QFrame):
    """Only asks; who holds the messages searches and calls `set_count`."""

    searched = Signal(str)  # at every change; "" ends the search
    next_requested = Signal()
    previous_requested = Signal()
    closed = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._counts = (0, 0)
        self._field = QLineEdit()
        self._field.setClearButtonEnabled(True)
        self._count = QLabel()
        self._count.setProperty("kind", "muted")
        self._previous = IconButton(theme, "chevron-up")
        self._next = IconButton(theme, "chevron-down")
        self._close = IconButton(theme, "close")
        self._row = QHBoxLayout(self)
        self._row.addStretch(1)
        self._row.addWidget(self._field, 100)
        for part in (self._count, self._previous, self._next, self._close):
            self._row.addWidget(part)
        self._field.textChanged.connect(self._on_typed)
        self._previous.clicked.connect(self.previous_requested)
        self._next.clicked.connect(self.next_requested)
        self._close.clicked.connect(self.close_bar)
        theme.changed.connect(self._on_theme_changed)
        self._on_theme_changed()
        self.retranslate()
        self.hide()

    def retranslate(self) -> None:
        """Set all texts."""
        self._field.setPlaceholderText(self.tr("Find in chat"))
        self._field.setAccessibleName(self.tr("Find in chat"))
        self._previous.name(self.tr("Previous hit"), key_text(Command.FIND_PREVIOUS))
        self._next.name(self.tr("Next hit"), key_text(Command.FIND_NEXT))
        self._close.name(self.tr("Close the search"), self.tr("Esc"))
        self._show_count()

    @property
    def text(self) -> str:
        """What is searched for."""
        return self._field.text()

    def open_bar(self) -> None:
        """Show the bar with the keyboard in it; searches again for what is there."""
        self.show()
        self._field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._field.selectAll()
        if self.text:
            self.searched.emit(self.text)

    def close_bar(self) -> None:
        """Hide the bar and end the search."""
        if not self.isHidden():
            self.hide()
            self.closed.emit()

    def set_count(self, current: int, total: int) -> None:
        """Show `current` of `total` hits; both count from 1, 0 is none."""
        self._counts = (current, total)
        self._show_count()

    def event(self, event: QEvent) -> bool:
        """Esc closes the bar and stops nothing."""
        return claim(event, Qt.Key.Key_Escape) or super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes on, Shift+Enter goes back, Esc closes."""
        back = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            (self.previous_requested if back else self.next_requested).emit()
        elif event.key() == Qt.Key.Key_Escape:
            self.close_bar()
        else:
            super().keyPressEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        """Marks in the messages go with the bar."""
        self.searched.emit("")
        super().hideEvent(event)

    def _on_typed(self, text: str) -> None:
        if not self.isHidden():
            self.searched.emit(text)

    def _show_count(self) -> None:
        current, total = self._counts
        found = bool(total)
        text = self.tr("{current} of {total}") if found else self.tr("No hits")
        text = text.format(current=number(current), total=number(total))
        self._count.setText(text if self.text else "")
        self._previous.setEnabled(found)
        self._next.setEnabled(found)

    def _on_theme_changed(self) -> None:
        em = self._theme.em
        self._field.setMaximumWidth(em(26))
        self._row.setContentsMargins(em(1), em(0.3), em(0.8), em(0.4))
        self._row.setSpacing(em(0.4))
