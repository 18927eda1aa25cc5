"""Which rows are on the screen and where: layout around an anchor that never jumps.

Rows off the screen have estimated heights. Positions are always computed from the anchor — the
first visible piece of text, or the end of the transcript while the reader is there — so that an
estimate that turns out wrong moves the scroll bar and never the text.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QApplication

from desktop.ui.chat.chat_style import ChatStyle
from desktop.ui.chat.heights import Heights

if TYPE_CHECKING:
    from desktop.ui.chat.message_item import MessageItem

SPARE_ITEMS = 6


@dataclass(slots=True)
class Anchor:
    """`offset` pixels of part `part` of row `row` are above the upper edge."""

    row: int = 0
    part: int = 0
    offset: int = 0


class RowWindow:
    """The rows that exist as widgets.

    `bind` fills a widget with a row; `leave` takes the focus off a row that goes.
    """

    def __init__(
        self,
        look: ChatStyle,
        make: "Callable[[], MessageItem]",
        bind: "Callable[[MessageItem, int], None]",
        leave: Callable[[], None],
    ) -> None:
        self._look = look
        self._make = make
        self._bind = bind
        self._leave = leave
        self._free: list[MessageItem] = []
        self._tops: dict[int, int] = {}
        self._size = (0, 0)
        self._budget = 0
        self._ahead = 0
        self.items: dict[int, MessageItem] = {}
        self.heights = Heights()
        self.anchor = Anchor()
        self.at_end = True
        self.pinned: set[int] = set()

    # scroll position

    @property
    def value(self) -> int:
        """Pixels above the upper edge, as far as heights are known."""
        if not self._tops:
            return 0
        first = min(self._tops)
        return self._pad + self.heights.top(first) - self._tops[first]

    @property
    def maximum(self) -> int:
        """The largest value."""
        return max(0, 2 * self._pad + self.heights.total - self._look.row_gap - self._size[1])

    @property
    def height(self) -> int:
        """The height of what can be seen."""
        return self._size[1]

    @property
    def column(self) -> int:
        """The width of a message."""
        return self._look.column(self._size[0])

    @property
    def _pad(self) -> int:
        return self._look.em * 2

    def scroll_by(self, pixels: int) -> None:
        """Move the transcript; the next `arrange` shows it."""
        self._pick_anchor()
        self.at_end = False
        self.anchor.offset += pixels

    def scroll_to_value(self, value: int) -> None:
        """Move to a place far away."""
        row = self.heights.row_at(value - self._pad)
        self.at_end = False
        self.anchor = Anchor(row, 0, value - self._pad - self.heights.top(row))

    def show_row(self, row: int, part: int = 0, above: int = 0) -> None:
        """Bring a part of a row to `above` pixels below the upper edge."""
        self.at_end = False
        self.anchor = Anchor(row, part, -above)

    def top_of(self, row: int) -> int | None:
        """Return where a row begins in the viewport, None when it is off the screen."""
        return self._tops.get(row)

    # rows

    def reset(self, estimates: Sequence[int]) -> None:
        """Take new rows; the transcript is at its end."""
        self.release_all()
        self.heights = Heights(estimates)
        self.anchor, self.at_end = Anchor(), True
        self.pinned.clear()

    def estimate_again(self, estimates: Sequence[int]) -> None:
        """Take new estimates for all rows, at another width or text size."""
        self.heights = Heights(estimates)

    def release_all(self) -> None:
        """Take all rows off the screen."""
        for row in list(self.items):
            self._release(row)
        self._tops = {}

    def drop_spare(self) -> None:
        """Forget unused widgets, which look like before."""
        for item in self._free:
            item.deleteLater()
        self._free.clear()

    def refresh(self, row: int) -> None:
        """Fill the widget of a row again, if it has one."""
        if row in self.items:
            self._bind(self.items[row], row)

    def item(self, row: int) -> "MessageItem":
        """Return the widget of a row, taking a free one if it has none."""
        if row not in self.items:
            item = self._free.pop() if self._free else self._make()
            self.items[row] = item
            self._bind(item, row)
        return self.items[row]

    # layout

    def arrange(self, width: int, height: int, *, ahead: int = 0, budget: int = 0) -> None:
        """Lay out what can be seen, and up to `budget` new rows within `ahead` pixels of it."""
        if width != self._size[0]:
            self._keep_place(width, height)
        self._size = (width, height)
        self._ahead, self._budget = ahead, budget
        if not len(self.heights):
            self.release_all()
            return
        self._tops = {}
        if self.at_end:
            self._lay_from_end()
        else:
            self._lay_from_anchor()
        self._place()

    def _keep_place(self, width: int, height: int) -> None:
        """Let the same text stay at the upper edge when its lines break anew."""
        if self.at_end or not self._tops or self.anchor.row not in self.items:
            return
        self._pick_anchor()
        anchor = self.anchor
        item = self.items[anchor.row]
        if anchor.part >= len(item.heights) or anchor.offset <= 0:
            return
        share = anchor.offset / max(item.heights[anchor.part], 1)
        top = item.tops[anchor.part]
        item.arrange(self._look.column(width), (top, top + height), (top, top + height))
        anchor.offset = round(share * item.heights[anchor.part])

    def _lay_from_end(self) -> None:
        row, y = len(self.heights) - 1, self._size[1] - self._pad
        above = self._upwards(row, y)
        if above is not None and above > self._pad:
            self._tops = {}
            self._downwards(0, self._pad)

    def _lay_from_anchor(self) -> None:
        anchor = self.anchor
        item = self.item(anchor.row)
        y = -anchor.offset - _top(item, anchor.part)
        for _ in range(3):
            self._arrange_item(item, y)
            again = -anchor.offset - _top(item, anchor.part)
            if again == y:
                break
            y = again
        end = self._downwards(anchor.row, y)
        if end is not None and end <= self._size[1] - self._pad:
            self.at_end, self._tops = True, {}
            self._lay_from_end()
            return
        above = self._upwards(anchor.row - 1, y - self._look.row_gap)
        if above is not None and above > self._pad:
            self._tops = {}
            self.anchor = Anchor(0, 0, -self._pad)
            self._downwards(0, self._pad)

    def _downwards(self, row: int, y: int) -> int | None:
        """Lay out rows from `y` on; return where the last row ends if that was reached."""
        while row < len(self.heights):
            if not self._wanted(row, y < self._size[1], y < self._size[1] + self._keep):
                return None
            height = self._arrange_item(self.item(row), y)
            self._note(row, y, height)
            y += height + self._look.row_gap
            row += 1
        return y - self._look.row_gap

    def _upwards(self, row: int, y: int) -> int | None:
        """Lay out rows that end at `y`; return where the first row begins if that was reached."""
        top = y + self._look.row_gap
        while row >= 0:
            if not self._wanted(row, y > 0, y > -self._keep):
                return None
            item = self.item(row)
            height = self.heights[row] - self._look.row_gap
            for _ in range(3):
                before, height = height, self._arrange_item(item, y - height)
                if before == height:
                    break
            top = y - height
            self._note(row, top, height)
            y = top - self._look.row_gap
            row -= 1
        return top

    def _wanted(self, row: int, visible: bool, near: bool) -> bool:
        if visible or (row in self.pinned and near):
            return True
        if near and row in self.items:
            return True
        if near and self._budget > 0:
            self._budget -= 1
            return True
        return False

    @property
    def _keep(self) -> int:
        """How far from the visible part rows stay."""
        return self._size[1] if self._ahead == 0 else self._ahead

    def _arrange_item(self, item: "MessageItem", y: int) -> int:
        ahead, height = self._ahead, self._size[1]
        seen = (-y - ahead, height - y + ahead)
        kept = (-y - height, height - y + height)
        return item.arrange(self.column, seen, kept)

    def _note(self, row: int, top: int, height: int) -> None:
        self._tops[row] = top
        self.heights.set(row, height + self._look.row_gap)

    def _place(self) -> None:
        width, x = self.column, (self._size[0] - self.column) // 2
        for row in [row for row in self.items if row not in self._tops]:
            if row in self.pinned:
                self._tops_of_pinned(row)
            else:
                self._release(row)
        for row, item in self.items.items():
            y = self._tops.get(row, -10_000)
            height = self.heights[row] - self._look.row_gap
            item.setGeometry(x - item.margin, y, width + 2 * item.margin, height)
            item.show()

    def _tops_of_pinned(self, row: int) -> None:
        """A row in use far off the screen stays alive out of sight."""
        item = self.items[row]
        item.arrange(self.column, (0, -1), (0, 10**9))

    def _release(self, row: int) -> None:
        item = self.items.pop(row)
        focus = QApplication.focusWidget()
        if focus is not None and item.isAncestorOf(focus):
            self._leave()
        item.release()
        if len(self._free) < SPARE_ITEMS:
            self._free.append(item)
        else:
            item.deleteLater()

    def _pick_anchor(self) -> None:
        """Anchor to the first part that can be seen."""
        for row in sorted(self._tops):
            y = self._tops[row]
            item = self.items[row]
            for part, (top, height) in enumerate(zip(item.tops, item.heights, strict=True)):
                if y + top + height > 0:
                    self.anchor = Anchor(row, part, -(y + top))
                    return

    def row_at(self, point: QPoint) -> int | None:
        """Return the row at a point of the viewport, or the nearest one."""
        rows = sorted(self._tops)
        for row in rows:
            if point.y() < self._tops[row] + self.heights[row]:
                return row
        return rows[-1] if rows else None


def _top(item: "MessageItem", part: int) -> int:
    return item.tops[part] if part < len(item.tops) else 0
