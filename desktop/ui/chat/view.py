"""The transcript: a scrolling column of live messages, of which only the visible ones exist."""

from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QResizeEvent,
    QTextCursor,
)
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QFrame, QMenu, QWidget

from desktop.core.messages import Role
from desktop.render.links import safe_address
from desktop.ui.chat.chat_style import ChatStyle
from desktop.ui.chat.focus_walk import FocusWalk, give_focus
from desktop.ui.chat.heights import estimated_height
from desktop.ui.chat.jump_button import JumpButton
from desktop.ui.chat.message_row import MessageAction, MessageRow
from desktop.ui.chat.row_window import RowWindow
from desktop.ui.chat.selecting import Selecting
from desktop.ui.chat.shown_rows import ShownRows
from desktop.ui.theme import Theme

if TYPE_CHECKING:
    from desktop.ui.chat.find_in_view import FindInView
    from desktop.ui.chat.message_item import MessageItem

FRAME_MS = 33  # text that streams is shown at most this often
AHEAD_MS = 15  # rest after which one more row off the screen is made ready


class ChatView(QAbstractScrollArea):
    """Shows the messages of one path through a conversation."""

    action_requested = Signal(int, str)  # node id, MessageAction or the id of a card's action
    link_activated = Signal(str)  # confirmed: http, https or mailto
    edit_submitted = Signal(int, str, bool)  # node id, text, send
    at_end_changed = Signal(bool)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = ChatStyle(theme, self)
        self._look.changed.connect(self._on_restyled)
        self._rows = ShownRows()
        self._was_at_end = True
        self._value = 0  # of the scroll bar, as last set
        self._window = RowWindow(self._look, self._make_item, self._bind, self.setFocus)
        self._selecting = Selecting(self, self._window, self._scroll_by)
        self._walk = FocusWalk(self.viewport(), self._window)
        self._frame = QTimer(self, singleShot=True, interval=FRAME_MS)
        self._frame.timeout.connect(self._on_frame)
        self._ahead = QTimer(self, singleShot=True, interval=AHEAD_MS)
        self._ahead.timeout.connect(self._on_ahead)
        self.jump = JumpButton(self._look, self)
        self.jump.clicked.connect(self.scroll_to_end)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(self.tr("Conversation"))
        self.setStyleSheet(self._look.view_sheet)
        self.viewport().setAutoFillBackground(False)

    # rows

    @property
    def rows(self) -> Sequence[MessageRow]:
        """What is shown."""
        return self._rows.all

    @property
    def at_end(self) -> bool:
        """Whether the reader is at the end, so that new text scrolls."""
        return self._window.at_end

    def set_rows(self, rows: Sequence[MessageRow]) -> None:
        """Show another conversation, from its end."""
        self._rows.reset(rows)
        self._frame.stop()
        self._selecting.selection.clear()
        self._window.reset(self._estimates(self._rows.sources()))
        self._layout()

    def append(self, row: MessageRow) -> None:
        """Add a message; one's own message brings the end into view."""
        self._rows.append(row)
        self._window.heights.append(*self._estimates([self._rows.source(len(self._rows) - 1)]))
        if row.node.role is Role.USER:
            self._window.at_end = True
        self._layout()

    def replace(self, index: int, row: MessageRow) -> None:
        """Show something else in a row; where the reader is stays where it is."""
        self._rows[index] = row
        self._window.refresh(index)
        self._layout()

    # streaming

    def stream_started(self, index: int) -> None:
        """The reply in row `index` begins, or goes on."""
        self._rows.start(index)
        self._window.refresh(index)
        self._layout()

    def stream_text(self, piece: str) -> None:
        """A piece of the answer."""
        if self._rows.live:
            self._rows.live.add_text(piece)
            self._request_frame()

    def stream_reasoning(self, piece: str) -> None:
        """A piece of the thinking."""
        if self._rows.live:
            self._rows.live.add_reasoning(piece)
            self._request_frame()

    def stream_status(self, text: str, fraction: float | None = None) -> None:
        """What the reply waits for; `fraction` 0…1 where it is known."""
        if self._rows.live:
            self._rows.live.status, self._rows.live.fraction = text, fraction
            self._request_frame()

    def stream_ended(self, row: MessageRow) -> None:
        """The reply is over; `row` is what became of it."""
        if self._rows.live:
            self._frame.stop()
            self._window.refresh(self._rows.end(row))
            self._layout()
            from desktop.ui.chat.announcement import announce  # noqa: PLC0415 — as below

            announce(self, row)

    # places

    def scroll_to(self, node_id: int) -> None:
        """Bring a message to the top."""
        row = self._rows.row_of(node_id)
        if row is not None:
            self._window.show_row(row, above=self._look.em * 2)
            self._layout()

    def scroll_to_end(self) -> None:
        """Bring the end into view and stay there."""
        self._window.at_end = True
        self._layout()

    # find, select, edit

    def find(self, text: str) -> int:  # pyright: ignore[reportIncompatibleMethodOverride]
        """Mark `text` everywhere; return how often it occurs. "" ends the search."""
        return self._find.find(text)

    def find_next(self) -> int:
        """Go to the next match; return its number from 1, 0 when there is none."""
        return self._find.step(1, self._first_row)

    def find_previous(self) -> int:
        """Go to the previous match; return its number from 1, 0 when there is none."""
        return self._find.step(-1, self._first_row)

    def select_all(self) -> None:
        """Select the whole conversation."""
        self._selecting.selection.select_all(len(self._rows))
        self._selecting.show()

    @property
    def selected_text(self) -> str:
        """What is selected, as it reads."""
        return self._selecting.selection.text(self._rows.read)

    def copy(self) -> None:
        """Put what is selected on the clipboard."""
        if self._selecting.selection:
            QGuiApplication.clipboard().setText(self.selected_text)

    def edit(self, node_id: int) -> None:
        """Open the editor of a message."""
        row = self._rows.row_of(node_id)
        if row is None or row == self._rows.live_row:
            return
        self._window.pinned.add(row)
        if self._window.top_of(row) is None:
            self.scroll_to(node_id)
        editor = self._window.item(row).start_editing()
        self._layout()
        editor.edit.setFocus(Qt.FocusReason.OtherFocusReason)
        editor.edit.moveCursor(QTextCursor.MoveOperation.End)

    def cancel_editing(self) -> bool:
        """Close the editor that has the keyboard; False when none has it."""
        focus = QApplication.focusWidget()
        for item in self._window.items.values():
            if item.editor and focus is not None and item.editor.isAncestorOf(focus):
                item.editor.cancelled.emit()
                return True
        return False

    def item_of(self, node_id: int) -> "MessageItem | None":
        """Return the widget of a message while it is on the screen."""
        row = self._rows.row_of(node_id)
        return self._window.items.get(row) if row is not None else None

    # inside

    @cached_property
    def _find(self) -> "FindInView":
        from desktop.ui.chat.find_in_view import FindInView  # noqa: PLC0415 — nobody searches yet

        return FindInView(self._rows, self._window, self._look, self._layout)

    @property
    def _first_row(self) -> int:
        """The row at the upper edge; at the end of the transcript the last one."""
        return max(len(self._rows) - 1, 0) if self.at_end else self._window.anchor.row

    def _make_item(self) -> "MessageItem":
        from desktop.ui.chat.message_item import MessageItem  # noqa: PLC0415 — no message, no need

        item = MessageItem(self._look, self._selecting, self.viewport())
        item.action_chosen.connect(self._on_action)
        item.link_chosen.connect(self._on_link)
        item.edit_submitted.connect(self.edit_submitted)
        item.editing_ended.connect(lambda: self._on_editing_ended(item))
        item.changed.connect(self._layout)
        item.unfolded.connect(self._on_unfolded)
        item.whole_wanted.connect(self._on_whole_wanted)
        item.menu_wanted.connect(lambda point: self.menu_for(item, point).popup(point))
        return item

    def _bind(self, item: "MessageItem", row: int) -> None:
        item.bind(row, self._rows[row], self._rows.shown(row), unfolded=self._rows.is_unfolded(row))

    def _request_frame(self) -> None:
        if not self._frame.isActive():
            self._frame.start()

    def _on_frame(self) -> None:
        """Take in what streamed since the last frame."""
        item = self._window.items.get(self._rows.live_row)
        if item is not None:
            item.show_content(self._rows.content(self._rows.live_row))
            self._layout()

    def _layout(self) -> None:
        """Lay out what can be seen, and let the rest follow when there is time."""
        self._arrange()
        self._ahead.start()

    def _arrange(self, *, ahead: int = 0, budget: int = 0) -> None:
        size = self.viewport().size()
        self._window.arrange(size.width(), size.height(), ahead=ahead, budget=budget)
        bar = self.verticalScrollBar()
        blocked = bar.blockSignals(True)
        bar.setPageStep(size.height())
        bar.setSingleStep(self._look.line)
        bar.setRange(0, self._window.maximum)
        bar.setValue(self._window.value)
        bar.blockSignals(blocked)
        self._value = bar.value()
        if self._selecting.selection:
            self._selecting.show()
        if "_find" in vars(self):
            self._find.mark_again()
        self._note_end()

    def _on_ahead(self) -> None:
        before = len(self._window.items)
        self._arrange(ahead=self.viewport().height() // 2, budget=1)
        if len(self._window.items) != before:
            self._ahead.start()

    def _note_end(self) -> None:
        below = self._window.maximum - self._window.value
        self.jump.setVisible(not self.at_end and below > 4 * self._look.line)
        if self._window.at_end != self._was_at_end:
            self._was_at_end = self._window.at_end
            self.at_end_changed.emit(self._was_at_end)

    def _scroll_by(self, pixels: int) -> None:
        self._window.scroll_by(pixels)
        self._layout()

    def _estimates(self, sources: Sequence[str]) -> list[int]:
        """Return about how tall rows are, without laying them out."""
        look, width = self._look, self._look.column(self.viewport().width())
        more = 2 * look.line + look.row_gap
        return [estimated_height(source, width, look) + more for source in sources]

    # events

    def _on_action(self, node_id: int, action: str) -> None:
        row = self._rows.row_of(node_id)
        if row is None:
            return
        if action == MessageAction.COPY:
            QGuiApplication.clipboard().setText(self._rows[row].node.content)
            item = self._window.items.get(row)
            if item is not None:
                item.footer.show_copied()
        elif action == MessageAction.EDIT:
            self.edit(node_id)
        self.action_requested.emit(node_id, action)

    def _on_link(self, address: str) -> None:
        safe = safe_address(address)
        if safe is None:
            return
        from desktop.ui.chat.link_dialog import LinkDialog  # noqa: PLC0415 — as above

        dialog = LinkDialog(self._look, safe, self)
        dialog.confirmed.connect(self.link_activated)
        dialog.open()

    def _on_editing_ended(self, item: "MessageItem") -> None:
        self._window.pinned.discard(item.index)
        item.end_editing()
        self._window.refresh(item.index)
        self.setFocus()
        self._layout()

    def _on_unfolded(self, node_id: int, shown: bool) -> None:
        self._rows.unfold(node_id, shown)
        row = self._rows.row_of(node_id)
        if row is not None:
            self._window.refresh(row)
        self._layout()

    def _on_whole_wanted(self, row: int) -> None:
        self._window.scroll_by(0)  # stay at the beginning, though the end goes far away
        self._rows.show_whole(row)
        self._window.refresh(row)
        self._layout()

    def menu_for(self, item: "MessageItem", point: QPoint) -> QMenu:
        """Return the menu of a message at a global position; it deletes itself when closed."""
        from desktop.ui.chat.message_menu import message_menu  # noqa: PLC0415 — as above

        menu = message_menu(item, self, point)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        return menu

    def _on_restyled(self) -> None:
        self.setStyleSheet(self._look.view_sheet)
        for row, item in self._window.items.items():
            item.restyle()
            self._window.refresh(row)
        self._window.drop_spare()
        self.jump.restyle()
        self._window.estimate_again(self._estimates(self._rows.sources()))
        self._layout()

    def changeEvent(self, event: QEvent) -> None:
        """Take the words of another language."""
        if event.type() is QEvent.Type.LanguageChange:
            self._on_restyled()
        super().changeEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Tab goes on to the messages."""
        backwards = event.reason() is Qt.FocusReason.BacktabFocusReason
        if backwards or event.reason() is Qt.FocusReason.TabFocusReason:
            stop = self._walk.enter(backwards=backwards)
            if stop is not None:
                give_focus(stop, backwards=backwards)

    def focusNextPrevChild(self, next: bool) -> bool:  # noqa: A002 — Qt's name
        """Walk through the messages in reading order, then leave."""
        stop = self._walk.next(backwards=not next)
        row = self._walk.row_beside(backwards=not next)
        if stop is None and row is not None and not self.hasFocus():
            self._window.item(row)
            self._window.show_row(row, above=self._look.em * 2)
            self._arrange()
            stop = self._walk.next(backwards=not next)
        if stop is None or (self.hasFocus() and not next):
            self.setFocus(Qt.FocusReason.OtherFocusReason)
            return super().focusNextPrevChild(next)
        give_focus(stop, backwards=not next)
        self._scroll_by(self._walk.distance(stop))
        return True

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Break the lines anew, keeping the text that is being read where it is."""
        if event.oldSize().width() != event.size().width():
            self._window.estimate_again(self._estimates(self._rows.sources()))
        self._layout()
        self.jump.place(self.viewport().width(), self.height())

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        """The reader scrolled. `dy` knows nothing of values that were set without a signal."""
        value = self.verticalScrollBar().value()
        pixels = value - self._value
        if abs(pixels) > 2 * self.viewport().height():
            self._window.scroll_to_value(value)
        else:
            self._window.scroll_by(pixels)
        self._layout()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click beside the text ends the selection."""
        if event.button() is Qt.MouseButton.LeftButton:
            self._selecting.clear()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Copy, select all, and scroll."""
        bar = self.verticalScrollBar()
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif event.matches(QKeySequence.StandardKey.SelectAll):
            self.select_all()
        elif event.key() == Qt.Key.Key_Home:
            bar.setValue(0)
        elif event.key() == Qt.Key.Key_End:
            self.scroll_to_end()
        elif (
            event.key() == Qt.Key.Key_Space and event.modifiers() == Qt.KeyboardModifier.NoModifier
        ):
            bar.setValue(bar.value() + bar.pageStep() - self._look.line * 2)
        else:
            super().keyPressEvent(event)
