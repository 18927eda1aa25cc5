"""The context menu of a chat in the sidebar."""

from PySide6.QtCore import QPoint, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from desktop.store.store import ChatRow
from desktop.ui.icons import icon
from desktop.ui.theme import Theme
from desktop.ui.translation import Retranslated


class RowMenu(Retranslated, QMenu):
    """One menu for all rows; it lives as long as the sidebar."""

    rename_requested = Signal(object)  # ChatRow
    pin_requested = Signal(object, bool)  # ChatRow, whether to keep it at the top
    trash_requested = Signal(object)  # ChatRow

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._chat: ChatRow | None = None
        self._rename = QAction(self)
        self._pin = QAction(self)
        self._trash = QAction(self)
        self.addAction(self._rename)
        self.addAction(self._pin)
        self.addSeparator()
        self.addAction(self._trash)
        self._rename.triggered.connect(self._on_rename)
        self._pin.triggered.connect(self._on_pin)
        self._trash.triggered.connect(self._on_trash)
        self.retranslate()

    def retranslate(self) -> None:
        """Set all texts."""
        pinned = self._chat is not None and self._chat.pinned
        self._rename.setText(self.tr("Rename"))
        self._pin.setText(self.tr("Unpin") if pinned else self.tr("Pin to the top"))
        self._trash.setText(self.tr("Move to the Trash"))

    def show_for(self, chat: ChatRow, place: QPoint) -> None:
        """Open the menu of a chat at a place on the screen."""
        self._chat = chat
        self.retranslate()
        self._draw_icons()
        self.popup(place)

    def _draw_icons(self) -> None:
        muted = self._theme.colors.muted
        pinned = self._chat is not None and self._chat.pinned
        self._rename.setIcon(icon("edit", muted))
        self._pin.setIcon(icon("unpin" if pinned else "pin", muted))
        self._trash.setIcon(icon("trash", muted))

    def _on_rename(self) -> None:
        self.rename_requested.emit(self._chat)

    def _on_pin(self) -> None:
        if self._chat is not None:
            self.pin_requested.emit(self._chat, not self._chat.pinned)

    def _on_trash(self) -> None:
        self.trash_requested.emit(self._chat)
