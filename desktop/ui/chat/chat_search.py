"""Find in chat: joins the bar in the header to the transcript."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from desktop.ui.chat.header import Header
from desktop.ui.chat.view import ChatView

if TYPE_CHECKING:
    from desktop.ui.chat.find_bar import FindBar


class ChatSearch(QObject):
    """Typing goes to the first hit; the bar shows which one of how many it is."""

    ended = Signal()

    def __init__(self, header: Header, view: ChatView) -> None:
        super().__init__(header)
        self._header, self._view = header, view
        self._hits = 0
        header.find_bar_made.connect(self._on_bar_made)

    def step_forward(self) -> None:
        """Go to the next hit."""
        self._header.find_bar.set_count(self._view.find_next(), self._hits)

    def step_back(self) -> None:
        """Go to the hit before."""
        self._header.find_bar.set_count(self._view.find_previous(), self._hits)

    def _on_bar_made(self, bar: "FindBar") -> None:
        bar.searched.connect(self._on_searched)
        bar.next_requested.connect(self.step_forward)
        bar.previous_requested.connect(self.step_back)
        bar.closed.connect(self.ended)

    def _on_searched(self, text: str) -> None:
        self._hits = self._view.find(text)
        if self._hits:
            self.step_forward()
        else:
            self._header.find_bar.set_count(0, 0)
