"""The field that searches titles and messages."""

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from desktop.ui.icons import icon
from desktop.ui.shortcuts import Command, key_text
from desktop.ui.theme import Theme
from desktop.ui.translation import Retranslated


class SearchField(Retranslated, QLineEdit):
    """Down goes to the results, Enter opens the first of them."""

    moved_down = Signal()
    entered = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setClearButtonEnabled(True)
        theme.changed.connect(self._on_theme_changed)
        self._on_theme_changed()
        self.retranslate()

    def retranslate(self) -> None:
        """Set all texts."""
        self.setPlaceholderText(self.tr("Search chats"))
        self.setToolTip(f"{self.tr('Search chats')}  ({key_text(Command.SEARCH_CHATS)})")
        self.setAccessibleName(self.tr("Search titles and messages of all chats"))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave the field downwards or with Enter."""
        if event.key() == Qt.Key.Key_Down:
            self.moved_down.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered.emit()
        elif event.key() == Qt.Key.Key_Escape:
            event.ignore()  # the sidebar ends the search
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the magnifying glass too; an action's icon would not grow with the text."""
        super().paintEvent(event)
        em = self._theme.em
        place = QRect(em(0.55), (self.height() - em(1.2)) // 2, em(1.2), em(1.2))
        painter = QPainter(self)
        icon("search", self._theme.colors.muted, em(1.2)).paint(painter, place)
        painter.end()

    def _on_theme_changed(self) -> None:
        self.setTextMargins(self._theme.em(1.5), 0, 0, 0)
