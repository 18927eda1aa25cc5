"""The Trash: take chats back, or delete them for good after a question."""

from collections.abc import Sequence

from PySide6.QtCore import QPoint, Qt, Signal, SignalInstance
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QMenu,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from desktop.store.store import ChatRow
from desktop.ui.amounts import day
from desktop.ui.sidebar.chat_model import title_of
from desktop.ui.theme import Theme
from desktop.ui.translation import Retranslated
from desktop.ui.widgets.icon_button import IconButton


class TrashPage(Retranslated, QFrame):
    """Shows the chats that were thrown away; what to do with them is the sidebar's."""

    closed = Signal()
    restore_requested = Signal(object)  # ChatRow
    deletion_requested = Signal(object)  # ChatRow

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._back = IconButton(theme, "arrow-left")
        self._title = QLabel()
        self._empty = QLabel()
        self._list = QListWidget()
        self._restore = QPushButton()
        self._delete = QPushButton()
        self._menu = QMenu(self)
        self._menu_restore = self._menu.addAction("", self._restore.click)
        self._menu_delete = self._menu.addAction("", self._delete.click)
        self._build()
        self._back.clicked.connect(self.closed)
        self._restore.clicked.connect(lambda: self._ask(self.restore_requested))
        self._delete.clicked.connect(lambda: self._ask(self.deletion_requested))
        self._list.itemActivated.connect(lambda: self._ask(self.restore_requested))
        self._list.currentRowChanged.connect(self._on_row_changed)
        self._list.customContextMenuRequested.connect(self._on_menu)
        theme.changed.connect(self._on_theme_changed)
        self._on_theme_changed()
        self.retranslate()

    def _build(self) -> None:
        self._title.setProperty("kind", "strong")
        self._empty.setProperty("kind", "muted")
        self._empty.setWordWrap(True)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._list.setProperty("kind", "rows")
        self._list.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._delete.setProperty("kind", "danger")
        self._head = QHBoxLayout()
        self._head.addWidget(self._back)
        self._head.addWidget(self._title, 1)
        self._buttons = QVBoxLayout()
        self._buttons.addWidget(self._restore)
        self._buttons.addWidget(self._delete)
        self._column = QVBoxLayout(self)
        self._column.addLayout(self._head)
        self._column.addWidget(self._empty, 1)
        self._column.addWidget(self._list, 1)
        self._column.addLayout(self._buttons)

    def retranslate(self) -> None:
        """Set all texts."""
        self._back.name(self.tr("Back to the chats"))
        self._title.setText(self.tr("Trash"))
        self._empty.setText(self.tr("The Trash is empty."))
        self._list.setAccessibleName(self.tr("Chats in the Trash"))
        self._restore.setText(self.tr("Restore"))
        self._delete.setText(self.tr("Delete for good…"))
        self._menu_restore.setText(self._restore.text())
        self._menu_delete.setText(self._delete.text())

    def show_chats(self, chats: Sequence[ChatRow]) -> None:
        """Show what is in the Trash, the first one chosen."""
        self._list.clear()
        for chat in chats:
            item = QListWidgetItem(" ".join(title_of(chat).split()))
            item.setData(Qt.ItemDataRole.UserRole, chat)
            if chat.trashed is not None:
                text = self.tr("Thrown away: {date}").format(date=day(chat.trashed))
                item.setToolTip(text)
            self._list.addItem(item)
        self._empty.setVisible(not chats)
        for widget in (self._list, self._restore, self._delete):
            widget.setVisible(bool(chats))
        if chats:
            self._list.setCurrentRow(0)
            self._list.setFocus()
        else:
            self._back.setFocus()

    def _current(self) -> ChatRow | None:
        item = self._list.currentItem()
        return item.data(Qt.ItemDataRole.UserRole) if item else None

    def _ask(self, signal: SignalInstance) -> None:
        chat = self._current()
        if chat is not None:
            signal.emit(chat)

    def _on_row_changed(self) -> None:
        for button in (self._restore, self._delete):
            button.setEnabled(self._current() is not None)

    def _on_menu(self, place: QPoint) -> None:
        if self._list.itemAt(place) is not None:
            self._menu.popup(self._list.viewport().mapToGlobal(place))

    def _on_theme_changed(self) -> None:
        em = self._theme.em
        self._column.setContentsMargins(em(0.6), em(0.5), em(0.6), em(0.6))
        self._column.setSpacing(em(0.6))
        self._head.setSpacing(em(0.4))
        self._buttons.setSpacing(em(0.4))
