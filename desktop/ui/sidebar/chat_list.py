"""The list of chats: opens, renames in place, offers a menu; never deletes by a bare key."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QContextMenuEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView, QWidget

from desktop.store.store import ChatRow
from desktop.ui.sidebar.chat_model import ChatModel, ChatRole
from desktop.ui.sidebar.row_delegate import RowDelegate
from desktop.ui.theme import Theme
from desktop.ui.translation import Retranslated
from desktop.ui.widgets.own_keys import claim

AnyIndex = QModelIndex | QPersistentModelIndex
FRAME = 66  # ms between two pictures of the turning ring


class ChatList(Retranslated, QListView):
    """A view on a ChatModel; the open chat is not the same as the row with the keyboard."""

    chat_chosen = Signal(int)
    menu_requested = Signal(object, QPoint)  # ChatRow, place on the screen

    def __init__(self, theme: Theme, model: ChatModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._delegate = RowDelegate(theme, self)
        self._ring = QTimer(self, interval=FRAME)
        self._ring.timeout.connect(self.viewport().update)
        self.setModel(model)
        self.setItemDelegate(self._delegate)
        self._set_up()
        self.clicked.connect(self._on_clicked)
        model.dataChanged.connect(self._on_data_changed)
        theme.changed.connect(self.scheduleDelayedItemsLayout)
        self.retranslate()

    def _set_up(self) -> None:
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setTabKeyNavigation(False)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)

    def retranslate(self) -> None:
        """Name the list, and let headings be drawn again."""
        self.setAccessibleName(self.tr("Chats"))
        self.viewport().update()

    def set_open_chat(self, chat_id: int | None) -> None:
        """Fill the row of the chat that is shown, and bring it into view."""
        self._delegate.open_chat = chat_id
        index = self._model.index_of(chat_id) if chat_id is not None else QModelIndex()
        if index.isValid():
            self.setCurrentIndex(index)
            self.scrollTo(index)
        self.viewport().update()

    def rename(self, chat_id: int) -> None:
        """Open the field that renames a chat."""
        index = self._model.index_of(chat_id)
        if index.isValid():
            self.setCurrentIndex(index)
            self.edit(index)

    def current_chat(self) -> ChatRow | None:
        """Return the chat whose row has the keyboard."""
        return self.currentIndex().data(ChatRole.ROW) if self.currentIndex().isValid() else None

    def dataChanged(self, first: AnyIndex, last: AnyIndex, roles: Sequence[int] = ()) -> None:
        """Paint again; QListView would lay out all rows (36 ms at 10,000), but none grows."""
        QAbstractItemView.dataChanged(self, first, last, list(roles))

    def _on_clicked(self, index: QModelIndex) -> None:
        chat = index.data(ChatRole.ROW)
        if chat is not None:
            self.chat_chosen.emit(chat.id)

    def _on_data_changed(self) -> None:
        if self._model.busy != self._ring.isActive():
            (self._ring.start if self._model.busy else self._ring.stop)()

    def event(self, event: QEvent) -> bool:
        """F2 is for the row with the keyboard, not for the open chat."""
        if event.type() is QEvent.Type.ShortcutOverride and self.current_chat() is not None:
            return claim(event, Qt.Key.Key_F2) or super().event(event)
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter and Space open; Delete and Backspace do nothing on purpose."""
        chat = self.current_chat()
        key = event.key()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            if chat is not None:
                self.chat_chosen.emit(chat.id)
        elif key == Qt.Key.Key_F2:
            if chat is not None:
                self.rename(chat.id)
        elif key not in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            super().keyPressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Show the "…" button of the row under the pointer."""
        self._hover(self.indexAt(event.position().toPoint()))
        super().mouseMoveEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        """Hide the "…" button."""
        self._hover(QModelIndex())
        super().leaveEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """The "…" button opens the menu; elsewhere a row is pressed."""
        place = event.position().toPoint()
        index = self.indexAt(place)
        chat = index.data(ChatRole.ROW) if index.isValid() else None
        more = self._delegate.more_rect(self.visualRect(index))
        if (
            chat is not None
            and event.button() is Qt.MouseButton.LeftButton
            and more.contains(place)
        ):
            self.menu_requested.emit(chat, event.globalPosition().toPoint())
            return
        super().mousePressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """The menu of the row under the pointer, or of the row with the keyboard."""
        if event.reason() is QContextMenuEvent.Reason.Keyboard:
            index = self.currentIndex()
            place = self.viewport().mapToGlobal(self.visualRect(index).center())
        else:
            index = self.indexAt(event.pos())
            place = event.globalPos()
        chat = index.data(ChatRole.ROW) if index.isValid() else None
        if chat is not None:
            self.menu_requested.emit(chat, place)

    def _hover(self, index: QModelIndex) -> None:
        if self._delegate.hovered != index:
            self._delegate.hovered = QPersistentModelIndex(index)
            self.viewport().update()
