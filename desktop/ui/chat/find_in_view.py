"""Find in the chat, on the screen: brings matches into view and marks them."""

from collections.abc import Callable

from PySide6.QtGui import QTextCursor

from desktop.ui.chat.chat_style import ChatStyle
from desktop.ui.chat.finder import Finder
from desktop.ui.chat.row_window import RowWindow
from desktop.ui.chat.shown_rows import ShownRows


class FindInView:
    """`lay_out` shows what the window of rows was told."""

    def __init__(
        self, rows: ShownRows, window: RowWindow, look: ChatStyle, lay_out: Callable[[], None]
    ) -> None:
        self._rows = rows
        self._window = window
        self._look = look
        self._lay_out = lay_out
        self._finder = Finder(lambda row: rows[row].node.content, rows.read)

    def find(self, text: str) -> int:
        """Mark `text` everywhere and return how often it occurs."""
        found = self._finder.find(text, len(self._rows))
        self.mark()
        return found

    def step(self, by: int, from_row: int) -> int:
        """Go to the next or previous match; return its number from 1, 0 when there is none."""
        match = self._finder.step(by, from_row)
        if match is None:
            return 0
        self._bring(match.row, match.ordinal)
        return self._finder.current + 1

    def mark(self) -> QTextCursor | None:
        """Mark the matches on the screen; return the cursor of the current one."""
        current = None
        for item in self._window.items.values():
            colors = self._look.colors
            shown = self._finder.show_in(item, self._look.match, colors.selection)
            current = shown or current
        return current

    def mark_again(self) -> None:
        """Mark what came onto the screen since."""
        if self._finder.matches:
            self.mark()

    def _bring(self, row: int, ordinal: int) -> None:
        """Scroll until the match stands in the upper third, unless it can be seen already."""
        window, height = self._window, self._window.height
        spots = self._finder.spots(row)
        if window.top_of(row) is None or spots:
            part = 0
            if spots:
                spot = spots[min(ordinal, len(spots) - 1)]
                self._unfold(row, spot.chunk)
                part = window.item(row).part_of(spot.section, spot.chunk)
            if not self._is_visible(self.mark(), row):
                window.show_row(row, part, height // 3)
                self._lay_out()
        cursor = self.mark()
        if cursor is not None and not self._is_visible(cursor, row):
            top = window.item(row).cursor_top(cursor) or 0
            window.scroll_by(top + window.item(row).y() - height // 3)
        self._lay_out()

    def _unfold(self, row: int, chunk: int) -> None:
        """Show all of a long message when the match is not at its beginning."""
        if self._rows.is_folded(row) and chunk >= len(self._rows.shown(row).answer):
            self._rows.show_whole(row)
            self._window.refresh(row)

    def _is_visible(self, cursor: QTextCursor | None, row: int) -> bool:
        if cursor is None or self._window.top_of(row) is None:
            return False
        item = self._window.item(row)
        top = item.cursor_top(cursor)
        room = self._look.line * 2
        return top is not None and room <= top + item.y() <= self._window.height - 2 * room
