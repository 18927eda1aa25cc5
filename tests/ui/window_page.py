"""A chat page that only notes what the window asks of it."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.store.store import ChatRow
from desktop.ui.chat.header import Header
from desktop.ui.theme import Theme


class NotingPage(QWidget):
    """Every call is a tuple in `calls`; `chat_id` follows what was opened."""

    chat_opened = Signal(object)
    chat_changed = Signal(object)
    busy_changed = Signal(int, bool)
    sidebar_requested = Signal()
    settings_requested = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.calls: list[tuple[object, ...]] = []
        self.stops = False
        self._chat_id: int | None = None
        self.header = Header(theme)
        QVBoxLayout(self).addWidget(self.header)
        self.header.sidebar_requested.connect(self.sidebar_requested)

    @property
    def chat_id(self) -> int | None:
        return self._chat_id

    def open_chat(self, chat_id: int, node_id: int | None = None) -> None:
        self._chat_id = chat_id
        self.calls.append(("open_chat", chat_id, node_id))
        self.chat_opened.emit(chat_id)

    def new_chat(self) -> None:
        self._chat_id = None
        self.calls.append(("new_chat",))
        self.chat_opened.emit(None)

    def chat_gone(self, chat_id: int) -> None:
        self.calls.append(("chat_gone", chat_id))

    def chat_updated(self, chat: ChatRow) -> None:
        self.calls.append(("chat_updated", chat.title))

    def set_sidebar_visible(self, visible: bool) -> None:
        self.header.set_sidebar_visible(visible)

    def take_files(self, paths: list[str]) -> None:
        self.calls.append(("take_files", *paths))

    def stop(self) -> bool:
        self.calls.append(("stop",))
        return self.stops

    def rename_chat(self) -> None:
        self.calls.append(("rename_chat",))

    def regenerate(self) -> None:
        self.calls.append(("regenerate",))

    def continue_reply(self) -> None:
        self.calls.append(("continue_reply",))

    def previous_version(self) -> None:
        self.calls.append(("previous_version",))

    def next_version(self) -> None:
        self.calls.append(("next_version",))

    def copy_last(self) -> None:
        self.calls.append(("copy_last",))

    def focus_composer(self) -> None:
        self.calls.append(("focus_composer",))

    def find(self) -> None:  # pyright: ignore[reportIncompatibleMethodOverride]
        self.calls.append(("find",))

    def find_next(self) -> None:
        self.calls.append(("find_next",))

    def find_previous(self) -> None:
        self.calls.append(("find_previous",))

    def pick_model(self) -> None:
        self.calls.append(("pick_model",))

    def shutdown(self) -> None:
        self.calls.append(("shutdown",))
