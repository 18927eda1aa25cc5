"""The left column: new chat, search, the chats, the Trash and the way to the settings."""

from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from desktop.core.errors import AppError
from desktop.store.store import ChatRow, SearchHit
from desktop.ui.icons import set_button_icon
from desktop.ui.notices import Action, Notices
from desktop.ui.shortcuts import Command, key_text
from desktop.ui.sidebar.chat_book import ChatBook
from desktop.ui.sidebar.chat_list import ChatList
from desktop.ui.sidebar.chat_model import ChatModel, title_of
from desktop.ui.sidebar.footer import Footer
from desktop.ui.sidebar.row_menu import RowMenu
from desktop.ui.sidebar.search_field import SearchField
from desktop.ui.theme import Theme
from desktop.ui.translation import Retranslated
from desktop.ui.widgets.confirm import confirm
from desktop.ui.widgets.icon_button import IconButton
from desktop.ui.widgets.own_keys import claim

if TYPE_CHECKING:
    from desktop.ui.sidebar.search_results import SearchResults
    from desktop.ui.sidebar.trash_page import TrashPage

TYPING_PAUSE = 120  # ms without a key before a search starts


class Sidebar(Retranslated, QFrame):
    """Asks the store itself for lists and small changes, and tells the window what changed."""

    new_chat_requested = Signal()
    chat_chosen = Signal(int)
    hit_chosen = Signal(int, object)  # chat, message (None for a hit in the title)
    chat_changed = Signal(object)  # ChatRow: renamed, pinned or restored
    chat_trashed = Signal(int)
    settings_requested = Signal()
    hide_requested = Signal()

    def __init__(
        self, theme: Theme, book: ChatBook, notices: Notices, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme, self._book, self._notices = theme, book, notices
        self._open_chat: int | None = None
        self._model = ChatModel(book)
        self._list = ChatList(theme, self._model)
        self._menu = RowMenu(theme, self)
        self._new = QPushButton()
        self._hide = IconButton(theme, "sidebar")
        self._search = SearchField(theme)
        self._nothing = QLabel()
        self._footer = Footer(theme)
        self._pause = QTimer(self, interval=TYPING_PAUSE, singleShot=True)
        self._build()
        self._connect()
        self._on_theme_changed()
        self.retranslate()

    def _build(self) -> None:
        self.setProperty("kind", "sidebar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._nothing.setProperty("kind", "muted")
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._nothing.setWordWrap(True)
        self._lists = QStackedWidget()
        for page in (self._list, self._nothing):
            self._lists.addWidget(page)
        self._top = QHBoxLayout()
        self._top.addWidget(self._new, 1)
        self._top.addWidget(self._hide)
        self._head = QVBoxLayout()
        self._head.addLayout(self._top)
        self._head.addWidget(self._search)
        chats = QWidget()
        self._column = QVBoxLayout(chats)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addLayout(self._head)
        self._column.addWidget(self._lists, 1)
        self._column.addWidget(self._footer)
        self._pages = QStackedWidget()
        self._pages.addWidget(chats)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._pages)

    def _connect(self) -> None:
        self._new.clicked.connect(self.new_chat_requested)
        self._hide.clicked.connect(self.hide_requested)
        self._search.textChanged.connect(self._on_search_typed)
        self._search.moved_down.connect(self._on_search_left)
        self._search.entered.connect(self._on_search_entered)
        self._pause.timeout.connect(self._search_now)
        self._list.chat_chosen.connect(self.chat_chosen)
        self._list.menu_requested.connect(self._menu.show_for)
        self._menu.rename_requested.connect(lambda chat: self._list.rename(chat.id))
        self._menu.pin_requested.connect(self._on_pin)
        self._menu.trash_requested.connect(lambda chat: self.trash_chat(chat.id))
        self._model.renamed.connect(self.rename_to)
        for changed in (self._model.rowsInserted, self._model.rowsRemoved):
            changed.connect(self._show_list)
        self._footer.trash_requested.connect(self.show_trash)
        self._footer.settings_requested.connect(self.settings_requested)
        self._footer.badge_pressed.connect(self._notices.toast)
        self._theme.changed.connect(self._on_theme_changed)

    def retranslate(self) -> None:
        """Set all texts."""
        self.setAccessibleName(self.tr("Sidebar"))
        self._new.setText(self.tr("New chat"))
        self._new.setToolTip(f"{self.tr('New chat')}  ({key_text(Command.NEW_CHAT)})")
        self._hide.name(self.tr("Hide the chats"), key_text(Command.SIDEBAR))
        self._show_list()

    # What the window tells

    def upsert(self, chat: ChatRow) -> None:
        """Show a chat as it is now."""
        self._model.upsert(chat)
        if chat.id == self._open_chat:
            self._list.set_open_chat(chat.id)

    def remove(self, chat_id: int) -> None:
        """Take a chat off the list."""
        self._model.remove(chat_id)

    def set_open_chat(self, chat_id: int | None) -> None:
        """Mark the chat that the window shows; None is a new one."""
        self._open_chat = chat_id
        self._list.set_open_chat(chat_id)

    def set_busy(self, chat_id: int, busy: bool) -> None:
        """Mark a chat whose answer is being written."""
        self._model.set_busy(chat_id, busy)

    def refresh_dates(self) -> None:
        """Move the chats under the right headings when a new day has begun."""
        self._model.regroup()

    # What a key or a menu asks for

    def start_search(self) -> None:
        """Put the keyboard into the search field."""
        self.show_chats()
        self._search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._search.selectAll()

    def step(self, by: int) -> None:
        """Choose the next (1) or the previous (−1) chat."""
        chat = self._model.neighbour(self._open_chat, by)
        if chat is not None:
            self.chat_chosen.emit(chat.id)

    def rename_in_place(self, chat_id: int) -> None:
        """Open the field that renames a chat in its row."""
        self.show_chats()
        self._search.clear()
        self._search_now()
        self._list.rename(chat_id)

    def rename_to(self, chat_id: int, title: str) -> None:
        """Give a chat a title."""
        self._change(lambda: self._book.rename(chat_id, title))

    def trash_chat(self, chat_id: int) -> None:
        """Put a chat into the Trash, with a way back."""
        try:
            chat = self._book.move_to_trash(chat_id)
        except AppError as error:
            self._notices.trouble(error)
            return
        self._model.remove(chat_id)
        self.chat_trashed.emit(chat_id)
        text = self.tr("“{title}” is in the Trash.").format(title=_short(title_of(chat)))
        self._notices.toast(text, Action(self.tr("Undo"), lambda: self._on_restore(chat)))

    def show_trash(self) -> None:
        """Show the Trash in place of the chats."""
        try:
            chats = self._book.trash()
        except AppError as error:
            self._notices.trouble(error)
            return
        self._pages.setCurrentWidget(self._trash)
        self._trash.show_chats(chats)

    def show_chats(self) -> None:
        """Show the chats again."""
        if self._shows_trash:
            self._pages.setCurrentIndex(0)
            self._list.setFocus()

    @property
    def _shows_trash(self) -> bool:
        return self._pages.currentIndex() > 0

    @cached_property
    def _trash(self) -> "TrashPage":
        """The page of deleted chats, made when it is first opened."""
        from desktop.ui.sidebar.trash_page import TrashPage  # noqa: PLC0415 — not before the window

        page = TrashPage(self._theme)
        page.closed.connect(self.show_chats)
        page.restore_requested.connect(self._on_restore)
        page.deletion_requested.connect(self._on_delete_for_good)
        self._pages.addWidget(page)
        return page

    @property
    def _shows_results(self) -> bool:
        return self._lists.currentIndex() > 1

    @cached_property
    def _results(self) -> "SearchResults":
        """The list of hits, made at the first search."""
        from desktop.ui.sidebar.search_results import SearchResults  # noqa: PLC0415 — as above

        page = SearchResults(self._theme)
        page.hit_chosen.connect(self._on_hit)
        self._lists.addWidget(page)
        return page

    # What happens inside

    def _on_pin(self, chat: ChatRow, pinned: bool) -> None:
        self._change(lambda: self._book.pin(chat.id, pinned))

    def _change(self, change: Callable[[], ChatRow]) -> None:
        try:
            chat = change()
        except AppError as error:
            self._notices.trouble(error)
            return
        self.upsert(chat)
        self.chat_changed.emit(chat)

    def _on_restore(self, chat: ChatRow) -> None:
        self._change(lambda: self._book.restore(chat.id))
        if self._shows_trash:
            self.show_trash()

    def _on_delete_for_good(self, chat: ChatRow) -> None:
        title = self.tr("Delete this chat for good?")
        text = self.tr("“{title}” and all its messages will be erased. This cannot be undone.")
        text = text.format(title=_short(title_of(chat)))
        if not confirm(self._theme, self.window(), title, text, self.tr("Delete for good")):
            return
        try:
            self._book.delete_for_good(chat.id)
        except AppError as error:
            self._notices.trouble(error)
        self.show_trash()

    def _on_search_typed(self) -> None:
        if self._search.text().strip():
            self._pause.start()
        else:
            self._search_now()

    def _search_now(self) -> None:
        self._pause.stop()
        query = self._search.text().strip()
        try:
            hits = self._book.search(query) if query else []
        except AppError as error:
            hits = []
            self._notices.trouble(error)
        if query or self._shows_results:
            self._results.show_hits(hits)
        self._show_list()

    def _show_list(self) -> None:
        """Show hits while something is searched for, else the chats, else why there are none."""
        searching = bool(self._search.text().strip())
        shown = self._results if searching else self._list
        if shown.model().rowCount() == 0:
            self._nothing.setText(
                self.tr("No chat contains these words.")
                if searching
                else self.tr("Your chats will be listed here.")
            )
            shown = self._nothing
        self._lists.setCurrentWidget(shown)

    def _on_search_left(self) -> None:
        (self._results if self._shows_results else self._list).setFocus()

    def _on_search_entered(self) -> None:
        if self._pause.isActive():
            self._search_now()
        if self._shows_results:
            self._results.choose_current()

    def _on_hit(self, hit: SearchHit) -> None:
        self.hit_chosen.emit(hit.chat.id, hit.node_id)

    def event(self, event: QEvent) -> bool:
        """Esc is the sidebar's while it has something to end."""
        if event.type() is QEvent.Type.ShortcutOverride:
            busy = bool(self._search.text()) or self._shows_trash
            if busy and claim(event, Qt.Key.Key_Escape):
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc ends a search, then leaves the Trash."""
        if event.key() != Qt.Key.Key_Escape:
            super().keyPressEvent(event)
        elif self._search.text():
            self._search.clear()
            self._list.setFocus()
        elif self._shows_trash:
            self.show_chats()
        else:
            super().keyPressEvent(event)

    def _on_theme_changed(self) -> None:
        em, colors = self._theme.em, self._theme.colors
        self._head.setContentsMargins(em(0.6), em(0.6), em(0.6), em(0.3))
        self._head.setSpacing(em(0.5))
        self._top.setSpacing(em(0.3))
        self._column.setSpacing(0)
        self._nothing.setContentsMargins(em(1), em(0.6), em(1), 0)
        set_button_icon(self._new, "new-chat", colors.accent, em(1.25))


def _short(title: str, longest: int = 40) -> str:
    flat = " ".join(title.split())
    return flat if len(flat) <= longest else flat[: longest - 1] + "…"
