"""The mouse on text → a selection across messages."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QPoint, Qt, QTimer
from PySide6.QtGui import QMouseEvent, QTextCursor
from PySide6.QtWidgets import QAbstractScrollArea, QApplication

from desktop.ui.chat.gestures import Editor
from desktop.ui.chat.row_window import RowWindow
from desktop.ui.chat.selection import Selection, Spot, editors_of

SCROLL_MS = 30


class Selecting(QObject):
    """Turns presses and moves into spots; scrolls while the pointer is outside."""

    def __init__(
        self, view: QAbstractScrollArea, window: RowWindow, scroll: Callable[[int], None]
    ) -> None:
        super().__init__(view)
        self._view = view
        self._viewport = view.viewport()
        self._window = window
        self._scroll = scroll
        self._dragging = False
        self._moved = False
        self._pointer = QPoint()
        self._timer = QTimer(self, interval=SCROLL_MS)
        self._timer.timeout.connect(self._on_timer)
        self._since_double = QTimer(self, singleShot=True)
        self.selection = Selection()

    def press(self, editor: Editor, event: QMouseEvent) -> None:
        """Begin a selection, or extend the last one with Shift."""
        if event.button() is not Qt.MouseButton.LeftButton:
            return
        self._view.setFocus(Qt.FocusReason.MouseFocusReason)
        point = self._viewport_point(editor, event)
        spot = self.spot_at(point)
        if spot is None:
            return
        if self._since_double.isActive():
            self._since_double.stop()
            self._select(editor, event, QTextCursor.SelectionType.BlockUnderCursor)
            return
        extends = event.modifiers() & Qt.KeyboardModifier.ShiftModifier and self.selection.anchor
        anchor = self.selection.anchor if extends and self.selection.anchor else spot
        self.selection.set(anchor, spot)
        self._dragging, self._moved = True, bool(extends)
        self._pin(spot.row)
        self.show()

    def move(self, editor: Editor, event: QMouseEvent) -> None:
        """Extend the selection to the pointer."""
        if not self._dragging or not event.buttons() & Qt.MouseButton.LeftButton:
            return
        self._pointer = self._viewport_point(editor, event)
        self._moved = True
        self._extend()
        outside = not 0 <= self._pointer.y() < self._viewport.height()
        if outside and not self._timer.isActive():
            self._timer.start()
        elif not outside:
            self._timer.stop()

    def release(self, editor: Editor, event: QMouseEvent) -> bool:
        """End; return whether something is selected now."""
        was, self._dragging = self._dragging, False
        self._timer.stop()
        self._window.pinned.discard(self._pinned)
        return not was or (self._moved and bool(self.selection))

    def double_click(self, editor: Editor, event: QMouseEvent) -> None:
        """Select the word; a third click takes the paragraph."""
        if event.button() is Qt.MouseButton.LeftButton:
            self._select(editor, event, QTextCursor.SelectionType.WordUnderCursor)
            self._since_double.start(QApplication.doubleClickInterval())

    def clear(self) -> None:
        """Select nothing."""
        self.selection.clear()
        self.show()

    def show(self) -> None:
        """Mark the selection in the messages on the screen."""
        for item in self._window.items.values():
            self.selection.show_in(item)

    def spot_at(self, point: QPoint) -> Spot | None:
        """Return the place in the text nearest to a point of the viewport."""
        row = self._window.row_at(point)
        if row is None:
            return None
        best: tuple[Spot, Editor] | None = None
        for spot, editor in editors_of(self._window.items[row]):
            top = editor.mapTo(self._viewport, QPoint(0, 0)).y()
            if best is not None and top > point.y():
                break
            best = (spot, editor)
        if best is None:
            return None
        spot, editor = best
        inside = editor.viewport().mapFrom(self._viewport, point)
        inside.setY(min(max(inside.y(), 0), editor.viewport().height() - 1))
        return spot._replace(offset=editor.cursorForPosition(inside).position())

    _pinned = -1

    def _pin(self, row: int) -> None:
        self._pinned = row
        self._window.pinned.add(row)

    def _extend(self) -> None:
        spot = self.spot_at(self._pointer)
        if spot is not None and self.selection.anchor is not None:
            self.selection.set(self.selection.anchor, spot)
            self.show()

    def _on_timer(self) -> None:
        y, height = self._pointer.y(), self._viewport.height()
        self._scroll(y if y < 0 else y - height)
        self._extend()

    def _select(self, editor: Editor, event: QMouseEvent, unit: QTextCursor.SelectionType) -> None:
        spot = self.spot_at(self._viewport_point(editor, event))
        if spot is None:
            return
        cursor = QTextCursor(editor.document())
        cursor.setPosition(spot.offset)
        cursor.select(unit)
        start, end = cursor.selectionStart(), cursor.selectionEnd()
        self.selection.set(spot._replace(offset=start), spot._replace(offset=end))
        self.show()

    def _viewport_point(self, editor: Editor, event: QMouseEvent) -> QPoint:
        return editor.viewport().mapTo(self._viewport, event.position().toPoint())
