"""The window: sidebar and chat side by side, the commands of the keyboard, what outlives it."""

from collections.abc import Callable
from typing import Any, Protocol

from PySide6.QtCore import QByteArray, QEvent, QSize, QTimer, Signal
from PySide6.QtGui import (
    QAction,
    QCloseEvent,
    QDragEnterEvent,
    QDropEvent,
    QGuiApplication,
    QPaintEvent,
)
from PySide6.QtWidgets import QMainWindow

from desktop.ui.chat.page import ChatPage
from desktop.ui.columns import WIDTH, Columns
from desktop.ui.icons import app_icon
from desktop.ui.notices import Notices
from desktop.ui.shortcuts import Command, make_actions, name_actions
from desktop.ui.sidebar.sidebar import Sidebar
from desktop.ui.theme import Theme
from desktop.ui.translation import Retranslated
from desktop.ui.widgets.file_drop import accept_files, take_files
from desktop.ui.widgets.toasts import Toasts

SMALLEST = QSize(480, 360)
FIRST = QSize(1120, 760)


class KeptState(Protocol):
    """Where the geometry is kept (settings.state.State)."""

    def get(self, key: str, default: Any = None) -> Any:
        """Return what was kept."""
        ...

    def set(self, key: str, value: Any) -> None:
        """Keep a JSON value."""
        ...


class MainWindow(Retranslated, QMainWindow):
    """Joins sidebar and page; settings and zoom are bound from outside with `bind`."""

    files_dropped = Signal(list)  # paths
    settings_requested = Signal()
    painted = Signal()  # for the first time; what may wait until the window is there, begins now
    closed = Signal()

    def __init__(
        self, theme: Theme, notices: Notices, sidebar: Sidebar, page: ChatPage, state: KeptState
    ) -> None:
        super().__init__()
        self._theme, self._sidebar, self._page, self._state = theme, sidebar, page, state
        self._was_painted = False
        self._after_paint = QTimer(self, singleShot=True, interval=0)
        self._after_paint.timeout.connect(self.painted)
        self._columns = Columns(theme, sidebar, page)
        self._actions = make_actions(self)
        self._toasts = Toasts(theme, notices, page)
        self.setCentralWidget(self._columns)
        self.setWindowIcon(app_icon())
        self.setMinimumSize(SMALLEST)
        self.setAcceptDrops(True)
        self._connect_parts()
        self._bind_commands()
        self._restore()
        self.retranslate()
        notices.open()

    def retranslate(self) -> None:
        """Set the title and the names of the commands."""
        self.setWindowTitle(self.tr("Fireside"))
        name_actions(self._actions)

    def bind(self, command: Command, run: Callable[[], object]) -> None:
        """Let a command of the keyboard do something."""

        def on_triggered(_checked: bool) -> None:
            run()

        self._actions[command].triggered.connect(on_triggered)

    def action(self, command: Command) -> QAction:
        """Return the action of a command, for menus and to switch it off."""
        return self._actions[command]

    def toggle_sidebar(self) -> None:
        """Show or hide the sidebar."""
        self._columns.toggle()

    def _connect_parts(self) -> None:
        sidebar, page = self._sidebar, self._page
        sidebar.new_chat_requested.connect(self._on_new_chat)
        sidebar.chat_chosen.connect(self._on_chat_chosen)
        sidebar.hit_chosen.connect(self._on_chat_chosen)
        sidebar.chat_changed.connect(page.chat_updated)
        sidebar.chat_trashed.connect(page.chat_gone)
        sidebar.settings_requested.connect(self._on_settings)
        sidebar.hide_requested.connect(self.toggle_sidebar)
        page.chat_opened.connect(sidebar.set_open_chat)
        page.chat_changed.connect(sidebar.upsert)
        page.busy_changed.connect(sidebar.set_busy)
        page.sidebar_requested.connect(self.toggle_sidebar)
        page.settings_requested.connect(self._on_settings)
        self.files_dropped.connect(page.take_files)
        self._columns.sidebar_shown.connect(page.set_sidebar_visible)

    def _bind_commands(self) -> None:
        page, sidebar = self._page, self._sidebar
        for command, run in {
            Command.NEW_CHAT: self._on_new_chat,
            Command.SEARCH_CHATS: self._on_search,
            Command.NEXT_CHAT: lambda: sidebar.step(1),
            Command.PREVIOUS_CHAT: lambda: sidebar.step(-1),
            Command.RENAME_CHAT: page.rename_chat,
            Command.TRASH_CHAT: self._on_trash,
            Command.FIND: page.find,
            Command.FIND_NEXT: page.find_next,
            Command.FIND_PREVIOUS: page.find_previous,
            Command.STOP: self._on_escape,
            Command.REGENERATE: page.regenerate,
            Command.CONTINUE: page.continue_reply,
            Command.PREVIOUS_VERSION: page.previous_version,
            Command.NEXT_VERSION: page.next_version,
            Command.COPY_LAST: page.copy_last,
            Command.FOCUS_COMPOSER: page.focus_composer,
            Command.SIDEBAR: self.toggle_sidebar,
            Command.MODEL_PICKER: page.pick_model,
            Command.SETTINGS: self._on_settings,
            Command.SHORTCUTS: self._on_shortcuts,
            Command.QUIT: self.close,
        }.items():
            self.bind(command, run)

    # Commands that are the window's own

    def _on_new_chat(self) -> None:
        self._columns.hide_overlay()
        self._page.new_chat()
        self._page.focus_composer()

    def _on_chat_chosen(self, chat_id: int, node_id: int | None = None) -> None:
        self._columns.hide_overlay()
        self._page.open_chat(chat_id, node_id)

    def _on_search(self) -> None:
        self._columns.reveal()
        self._sidebar.start_search()

    def _on_trash(self) -> None:
        if self._page.chat_id is not None:
            self._sidebar.trash_chat(self._page.chat_id)

    def _on_escape(self) -> None:
        if not self._page.stop():
            self._columns.hide_overlay()

    def _on_settings(self) -> None:
        self._columns.hide_overlay()
        self.settings_requested.emit()

    def _on_shortcuts(self) -> None:
        from desktop.ui.shortcuts_dialog import ShortcutsDialog  # noqa: PLC0415 — rarely opened

        ShortcutsDialog(self._theme, self).open()

    # What Qt tells the window

    def paintEvent(self, event: QPaintEvent) -> None:
        """Tell once that the window can be seen, when the event loop is free again."""
        super().paintEvent(event)
        if not self._was_painted:
            self._was_painted = True
            self._after_paint.start()

    def changeEvent(self, event: QEvent) -> None:
        """A new day may have begun since the window was last used."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.ActivationChange and self.isActiveWindow():
            self._sidebar.refresh_dates()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Files may be dropped anywhere."""
        accept_files(event)

    def dropEvent(self, event: QDropEvent) -> None:
        """Hand dropped files on."""
        paths = take_files(event)
        if paths:
            self.files_dropped.emit(paths)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Keep the geometry, end what runs."""
        self._after_paint.stop()
        self._keep()
        self._page.shutdown()
        self.closed.emit()
        event.accept()

    def _restore(self) -> None:
        self.resize(FIRST)
        kept = self._state.get("window_geometry")
        if not isinstance(kept, str) or not self.restoreGeometry(_bytes(kept)):
            self._fit_to_screen()
        wanted = self._state.get("sidebar_shown")
        width = self._state.get("sidebar_width")
        self._columns.restore(
            wanted=wanted if isinstance(wanted, bool) else True,
            width=float(width) if isinstance(width, int | float) else WIDTH,
        )

    def _fit_to_screen(self) -> None:
        room = QGuiApplication.primaryScreen().availableGeometry().size() * 0.9
        self.resize(self.size().boundedTo(room))

    def _keep(self) -> None:
        geometry = self.saveGeometry().toBase64().toStdString()
        self._state.set("window_geometry", geometry)
        self._state.set("sidebar_shown", self._columns.wanted)
        self._state.set("sidebar_width", round(self._columns.sidebar_width, 2))


def _bytes(base64: str) -> QByteArray:
    return QByteArray.fromBase64(QByteArray(base64.encode("ascii", "replace")))
