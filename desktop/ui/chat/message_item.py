"""One message on the screen: a live widget that is given from row to row."""

from collections.abc import Iterator, Sequence

from PySide6.QtCore import QEvent, QPoint, QRect, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QEnterEvent,
    QFocusEvent,
    QPainter,
    QPaintEvent,
    QTextCursor,
)
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget

from desktop.core.messages import Role
from desktop.render.blocks import Chunk, CodeBlock
from desktop.ui.amounts import file_size
from desktop.ui.chat.block_views import BlockViews
from desktop.ui.chat.chat_style import BUBBLE_SHARE, ChatStyle
from desktop.ui.chat.gestures import Gestures
from desktop.ui.chat.message_editor import MessageEditor
from desktop.ui.chat.message_extras import NoticeLine, ReasoningHeader, StatusLine
from desktop.ui.chat.message_footer import MessageFooter
from desktop.ui.chat.message_row import MessageRow
from desktop.ui.chat.message_shapes import bubble_pad, draw_bubble, draw_ring
from desktop.ui.chat.parts import ChunkPart, Part, WidgetPart, chunk_gap
from desktop.ui.chat.row_content import ANSWER, REASONING, RowContent
from desktop.ui.widgets.trouble_card import TroubleCard

Span = tuple[int, int]


class MessageItem(QWidget):
    """Shows one row. The transcript tells it its width and which part of it can be seen."""

    action_chosen = Signal(int, str)  # node id, MessageAction or the id of a card's action
    link_chosen = Signal(str)
    edit_submitted = Signal(int, str, bool)
    editing_ended = Signal()
    menu_wanted = Signal(QPoint)  # global
    changed = Signal()  # a height inside changed
    unfolded = Signal(int, bool)  # node id, whether the reasoning is shown
    whole_wanted = Signal(int)  # row: all of a long message

    def __init__(self, style: ChatStyle, gestures: Gestures, parent: QWidget) -> None:
        super().__init__(parent)
        self.look = style
        self._views = BlockViews(
            style,
            gestures,
            self,
            on_link=self.link_chosen.emit,
            on_height=self._on_inner_height,
        )
        self._chunks: dict[int, list[ChunkPart]] = {REASONING: [], ANSWER: []}
        self.card: TroubleCard | None = None
        self._notices: list[WidgetPart] = []
        self._bubble = (0, 0, 0, 0)
        self.tops: list[int] = []  # of the parts, as of the last `arrange`
        self.heights: list[int] = []
        self.row: MessageRow | None = None
        self.index = -1
        self._ring = False
        self.editor: MessageEditor | None = None
        self._name = QLabel(self, textFormat=Qt.TextFormat.PlainText)
        self.thoughts = ReasoningHeader(style, self)
        self.thoughts.toggled.connect(self._on_unfolded)
        self.whole = QPushButton(self)
        self.whole.setProperty("kind", "link")
        self.whole.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.whole.clicked.connect(lambda: self.whole_wanted.emit(self.index))
        self.whole.hide()
        self.status = StatusLine(style, self)
        self.footer = MessageFooter(style, self)
        self.footer.chosen.connect(self._on_action)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.restyle_labels()

    # what it shows

    def bind(self, index: int, row: MessageRow, content: RowContent, *, unfolded: bool) -> None:
        """Show a row; what is equal to what it shows already is kept."""
        fresh = self.row is None or self.row.node.id != row.node.id
        if fresh:
            self.end_editing()
        old, self.row, self.index = self.row, row, index
        if fresh or old is None or old.trouble != row.trouble:
            self._make_card(row)
        if fresh or old is None or old.notices != row.notices:
            self._make_notices(row)
        self._name.setText(row.model_name)
        self.setAccessibleName(self._spoken_name(row))
        self.thoughts.blockSignals(True)
        self.thoughts.setChecked(unfolded)
        self.thoughts.blockSignals(False)
        self.footer.set_row(row)
        self.show_content(content)

    def show_content(self, content: RowContent) -> None:
        """Show the text of now; chunks that did not change are left alone."""
        self.thoughts.setVisible(bool(content.reasoning))
        self.thoughts.set_thinking(content.thinking, content.thought_seconds)
        self.status.setVisible(bool(content.status))
        self.status.set_status(content.status, content.fraction)
        shown = content.reasoning if self.thoughts.isChecked() else []
        self._set_chunks(REASONING, shown)
        self._set_chunks(ANSWER, [] if self.editor else content.answer)
        self.footer.setVisible(not content.live and self.editor is None)
        self.whole.setVisible(bool(content.whole_size) and self.editor is None)
        if content.whole_size:
            self.whole.setText(self.tr("Show all {0}").format(file_size(content.whole_size)))

    def release(self) -> None:
        """Give up the row; the widgets wait for the next one."""
        self.end_editing()
        for parts in self._chunks.values():
            for part in parts:
                part.hide()
            parts.clear()
        self.row, self.index = None, -1
        self.hide()

    def start_editing(self) -> MessageEditor:
        """Put an editor in the place of the text."""
        row = self.row
        assert row is not None
        if self.editor is None:
            can_send = row.node.role is Role.USER
            self.editor = MessageEditor(self.look, row.node.content, self, can_send=can_send)
            self.editor.submitted.connect(self._on_submitted)
            self.editor.cancelled.connect(self.editing_ended)
            self.editor.height_changed.connect(self.changed)
            self._set_chunks(ANSWER, [])
            self.footer.hide()
            self.whole.hide()
        return self.editor

    def end_editing(self) -> None:
        """Take the editor away; the text comes back with the next `show_content`."""
        if self.editor is not None:
            self.editor.hide()
            self.editor.deleteLater()
            self.editor = None

    # layout

    def arrange(self, width: int, seen: Span, kept: Span) -> int:
        """Place what lies in `seen` (own pixels), keep what is in `kept`, return the height."""
        y, bubble_top = self.margin, -1
        self.tops, self.heights = [], []
        x, inner = self._text_area(width)
        for part in self._parts():
            own_x, own_width = (x, inner) if isinstance(part, ChunkPart) else (0, width)
            y += part.gap
            height = part.height(own_width)
            if y <= seen[1] and y + height >= seen[0]:
                height = part.measure(own_width)
                part.show(self.margin + own_x, y, own_width)
            elif part.is_shown and y <= kept[1] and y + height >= kept[0]:
                part.show(self.margin + own_x, y, own_width)
            else:
                part.hide()
            if isinstance(part, ChunkPart) and self._is_bubble:
                bubble_top = y if bubble_top < 0 else bubble_top
                self._bubble = (x, bubble_top, inner, y + height - bubble_top)
            self.tops.append(y)
            self.heights.append(height)
            y += height
        return y + self.margin

    @property
    def margin(self) -> int:
        """Room around the message for the focus ring."""
        return round(self.look.em * 0.6)

    @property
    def _is_bubble(self) -> bool:
        return self.row is not None and self.row.node.role is Role.USER and self.editor is None

    def _text_area(self, width: int) -> tuple[int, int]:
        """Return the left edge and width of the text: a bubble is as wide as what is in it."""
        if not self._is_bubble:
            return 0, width
        pad = bubble_pad(self.look)[0]
        most = round(width * BUBBLE_SHARE) - 2 * pad
        parts = self._chunks[ANSWER]
        wanted = parts[0].ideal_width(most) if len(parts) == 1 else most
        return width - wanted - pad, wanted

    def _parts(self) -> Iterator[Part]:
        """The pieces of the message from top to bottom."""
        style = self.look
        if self.row is None:
            return
        is_user = self.row.node.role is Role.USER
        if not is_user:
            yield WidgetPart(self._name)
        yield from self._notices
        gap, inset = round(style.em * 0.5), round(style.em * 0.5)
        if not self.thoughts.isHidden():
            yield WidgetPart(self.thoughts, gap // 2, left=True, shift=-inset)
        yield from self._spaced(REASONING, gap)
        if self.editor is not None:
            yield WidgetPart(self.editor, gap)
        # The bubble is drawn around the letters, not around their line boxes.
        yield from self._spaced(ANSWER, bubble_pad(style)[1] - style.lead if is_user else gap)
        if not self.whole.isHidden():
            yield WidgetPart(self.whole, gap + bubble_pad(style)[1], right=True)
        if not self.status.isHidden():
            yield WidgetPart(self.status, gap)
        if self.card is not None:
            yield WidgetPart(self.card, style.block_gap)
        if not self.footer.isHidden():
            below = bubble_pad(style)[1] if is_user and self.whole.isHidden() else 0
            shift = inset if is_user else -inset
            above = round(style.em * 0.4) + below
            yield WidgetPart(self.footer, above, right=is_user, shift=shift)

    def _spaced(self, section: int, first: int) -> Iterator[ChunkPart]:
        look = self.look
        for index, part in enumerate(self._chunks[section]):
            if index == 0:
                part.gap = first - (0 if isinstance(part.chunk, CodeBlock) else look.lead)
            else:
                part.gap = 0 if self._is_bubble else chunk_gap(part.chunk, look)
            yield part

    def _set_chunks(self, section: int, chunks: Sequence[Chunk]) -> None:
        parts = self._chunks[section]
        for part, chunk in zip(parts, chunks, strict=False):
            if part.chunk is not chunk:
                part.update(chunk)
        for index in range(len(parts), len(chunks)):
            quiet = section == REASONING
            part = ChunkPart(self._views, (section, index), chunks[index], quiet=quiet)
            parts.append(part)
        for part in parts[len(chunks) :]:
            part.hide()
        del parts[len(chunks) :]

    def chunk_parts(self) -> Iterator[ChunkPart]:
        """The parts with text, in reading order."""
        yield from self._chunks[REASONING]
        yield from self._chunks[ANSWER]

    def restyle(self) -> None:
        """Take the fonts, colours and words of now."""
        self.restyle_labels()
        self._views.drop()
        for part in self.chunk_parts():
            part.restyle()
        if self.row is not None:
            self._make_card(self.row)
            self._make_notices(self.row)
        self.update()

    def restyle_labels(self) -> None:
        """Take the fonts, colours and words of the fixed widgets."""
        self._name.setFont(self.look.label)
        self._name.setStyleSheet(f"color: {self.look.colors.muted.name()}")
        self.thoughts.restyle()
        self.footer.restyle()
        self.status.update()

    # places

    def part_of(self, section: int, chunk: int) -> int:
        """Return the number of the part that shows a chunk, as `tops` counts."""
        for number, part in enumerate(self._parts()):
            if isinstance(part, ChunkPart) and part.key == (section, chunk):
                return number
        return 0

    def cursor_top(self, cursor: QTextCursor) -> int | None:
        """Return where a text cursor of one of the blocks is, in own pixels."""
        for part in self.chunk_parts():
            for view in part.views:
                editor = view.selectable
                if editor.document() is cursor.document():
                    point = editor.cursorRect(cursor).topLeft()
                    return editor.viewport().mapTo(self, point).y()
        return None

    def stops(self) -> list[QWidget]:
        """Return what Tab stops at, in reading order."""
        if self.editor is not None:
            return self.editor.stops()
        stops: list[QWidget] = [] if self.thoughts.isHidden() else [self.thoughts]
        for part in self.chunk_parts():
            stops += [stop for view in part.views for stop in view.stops()]
        if not self.whole.isHidden():
            stops.append(self.whole)
        if self.card is not None:
            stops += self.card.stops()
        return stops + ([] if self.footer.isHidden() else list(self.footer.buttons))

    def _is_wanted(self) -> bool:
        """Whether the pointer or the focus is here."""
        focus = QApplication.focusWidget()
        inside = focus is not None and (focus is self or self.isAncestorOf(focus))
        return inside or self.underMouse()

    # pieces

    def _make_card(self, row: MessageRow) -> None:
        if self.card is not None:
            self.card.hide()
            self.card.deleteLater()
            self.card = None
        if row.trouble:
            self.card = TroubleCard(self.look.theme, row.trouble, self)
            self.card.leave_tab_order()
            self.card.action_requested.connect(self._on_action)
            self.card.height_changed.connect(self.changed)

    def _make_notices(self, row: MessageRow) -> None:
        for part in self._notices:
            part.widget.hide()
            part.widget.deleteLater()
        gap = round(self.look.em * 0.4)
        self._notices = [WidgetPart(NoticeLine(self.look, text, self), gap) for text in row.notices]

    def _spoken_name(self, row: MessageRow) -> str:
        if row.node.role is Role.USER:
            return self.tr("You said")
        return self.tr("{0} answered").format(row.model_name or self.tr("The model"))

    # events

    def _on_action(self, action: str) -> None:
        if self.row is not None:
            self.action_chosen.emit(self.row.node.id, action)

    def _on_submitted(self, text: str, send: bool) -> None:
        if self.row is not None:
            node_id = self.row.node.id
            self.editing_ended.emit()
            self.edit_submitted.emit(node_id, text, send)

    def _on_unfolded(self, shown: bool) -> None:
        if self.row is not None:
            self.unfolded.emit(self.row.node.id, shown)

    def _on_inner_height(self) -> None:
        for part in self.chunk_parts():
            part.remeasure()
        self.changed.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the bubble and the focus ring."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._is_bubble and self._chunks[ANSWER]:
            draw_bubble(painter, QRect(*self._bubble).translated(self.margin, 0), self.look)
        if self.hasFocus() and self._ring:
            draw_ring(painter, self.rect(), self.look)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer the actions."""
        self.menu_wanted.emit(event.globalPos())

    def enterEvent(self, event: QEnterEvent) -> None:
        """Show the actions clearly."""
        self.footer.set_strong(True)

    def leaveEvent(self, event: QEvent) -> None:
        """Let the actions step back."""
        self.footer.set_strong(self._is_wanted())

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Draw the ring, but not for the mouse."""
        keys = (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason)
        self._ring = event.reason() in keys
        self.footer.set_strong(True)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Take the ring away."""
        self.footer.set_strong(self._is_wanted())
        self.update()
