"""Tab through the transcript in reading order, whatever order its widgets were made in."""

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QWidget

from desktop.ui.chat.row_window import RowWindow


class FocusWalk:
    """The stops are each message and what can be pressed or opened in it."""

    def __init__(self, viewport: QWidget, window: RowWindow) -> None:
        self._viewport = viewport
        self._window = window

    def enter(self, *, backwards: bool) -> QWidget | None:
        """Return the first stop that can be seen, or the last."""
        stops = [stop for stop in self._stops() if self._is_visible(stop)]
        if not stops:
            return None
        return stops[-1 if backwards else 0]

    def next(self, *, backwards: bool) -> QWidget | None:
        """Return the stop beside the one that has the focus, None at either end."""
        stops, focus = self._stops(), QApplication.focusWidget()
        if focus not in stops:
            return self.enter(backwards=backwards)
        place = stops.index(focus) + (-1 if backwards else 1)
        return stops[place] if 0 <= place < len(stops) else None

    def row_beside(self, *, backwards: bool) -> int | None:
        """Return the row before or after those that exist, None at either end."""
        rows = self._window.items
        if not rows:
            return None
        row = min(rows) - 1 if backwards else max(rows) + 1
        return row if 0 <= row < len(self._window.heights) else None

    def distance(self, stop: QWidget) -> int:
        """Return by how many pixels to scroll to see a stop, 0 when it can be seen."""
        top = stop.mapTo(self._viewport, QPoint(0, 0)).y()
        bottom, height = top + stop.height(), self._viewport.height()
        if top < 0 or stop.height() > height:
            return top
        return max(0, bottom - height)

    def _stops(self) -> list[QWidget]:
        items = (self._window.items[row] for row in sorted(self._window.items))
        return [stop for item in items for stop in (item, *item.stops())]

    def _is_visible(self, stop: QWidget) -> bool:
        top = stop.mapTo(self._viewport, QPoint(0, 0)).y()
        return top < self._viewport.height() and top + stop.height() > 0


def give_focus(stop: QWidget, *, backwards: bool) -> None:
    """Focus a stop as the Tab key would."""
    reason = Qt.FocusReason
    stop.setFocus(reason.BacktabFocusReason if backwards else reason.TabFocusReason)
