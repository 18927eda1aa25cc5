"""Draws one row of the chat list, and the field that renames it in place."""

from PySide6.QtCore import (
    QAbstractItemModel,
    QElapsedTimer,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import (
    QLineEdit,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from desktop.ui.icons import icon
from desktop.ui.sidebar.chat_model import ChatModel, ChatRole
from desktop.ui.theme import Theme

AnyIndex = QModelIndex | QPersistentModelIndex
ROW_HEIGHT = 2.3  # em
TURN = 1100  # ms for one turn of the ring


class RowDelegate(QStyledItemDelegate):
    """One elided line; the open chat is filled, the row with the keyboard has a ring."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._clock = QElapsedTimer()
        self._clock.start()
        self.open_chat: int | None = None
        self.hovered = QPersistentModelIndex()

    def sizeHint(self, option: QStyleOptionViewItem, index: AnyIndex) -> QSize:
        """All rows are equally high, headings too, so that the view need not ask for each."""
        return QSize(self._theme.em(8), self._theme.em(ROW_HEIGHT))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        """Draw a heading or a chat."""
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if index.data(ChatRole.ROW) is None:
            self._paint_heading(painter, option, index)
        else:
            self._paint_chat(painter, option, index)
        painter.restore()

    def more_rect(self, row: QRect) -> QRect:
        """Return where the "…" button of a row is."""
        side = self._theme.em(1.5)
        area = QRect(0, 0, side, side)
        area.moveCenter(row.center())
        area.moveRight(row.right() - self._theme.em(0.45))
        return area

    def createEditor(
        self, parent: QWidget, option: QStyleOptionViewItem, index: AnyIndex
    ) -> QWidget:
        """Return the field that renames a chat."""
        editor = QLineEdit(parent)
        editor.setProperty("kind", "inplace")
        editor.setAccessibleName(self.tr("New title of the chat"))
        return editor

    def setEditorData(self, editor: QWidget, index: AnyIndex) -> None:
        """Start with the present title, all of it selected."""
        assert isinstance(editor, QLineEdit)
        editor.setText(str(index.data(Qt.ItemDataRole.EditRole) or ""))
        editor.selectAll()

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: AnyIndex) -> None:
        """Hand the new title to the model's owner; an empty one changes nothing."""
        assert isinstance(editor, QLineEdit)
        assert isinstance(model, ChatModel)
        title = " ".join(editor.text().split())
        if title and title != index.data(Qt.ItemDataRole.EditRole):
            model.renamed.emit(index.data(ChatRole.ROW).id, title)

    def updateEditorGeometry(
        self, editor: QWidget, option: QStyleOptionViewItem, index: AnyIndex
    ) -> None:
        """Fill the row."""
        editor.setGeometry(self._body(option.rect))

    def _body(self, row: QRect) -> QRect:
        return row.adjusted(self._theme.em(0.4), 1, -self._theme.em(0.4), -1)

    def _paint_heading(
        self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex
    ) -> None:
        em = self._theme.em
        painter.setFont(self._theme.font(0.86, bold=True))
        painter.setPen(self._theme.colors.faint)
        area = option.rect.adjusted(em(0.95), 0, -em(0.5), -em(0.3))
        bottom = Qt.AlignmentFlag.AlignBottom | Qt.AlignmentFlag.AlignLeft
        painter.drawText(area, bottom, index.data(Qt.ItemDataRole.DisplayRole))

    def _paint_chat(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        em, colors = self._theme.em, self._theme.colors
        hovered = self.hovered == index
        focused = bool(option.state & QStyle.StateFlag.State_HasFocus)
        is_open = index.data(ChatRole.ROW).id == self.open_chat
        body = self._body(option.rect)
        if is_open or hovered:
            self._fill(painter, body, _tint(colors.selection) if is_open else colors.hover)
        if focused:
            painter.setPen(QPen(colors.focus, 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(body).adjusted(1, 1, -1, -1), em(0.5), em(0.5))
        area = body.adjusted(em(0.55), 0, -em(0.5), 0)
        if index.data(ChatRole.BUSY):
            self._paint_ring(painter, self.more_rect(option.rect))
            area.setRight(self.more_rect(option.rect).left() - em(0.2))
        elif hovered or focused:
            self._paint_more(painter, self.more_rect(option.rect))
            area.setRight(self.more_rect(option.rect).left() - em(0.2))
        painter.setFont(self._theme.font())
        painter.setPen(colors.text)
        title = " ".join(str(index.data(Qt.ItemDataRole.DisplayRole)).split())
        shown = painter.fontMetrics().elidedText(title, Qt.TextElideMode.ElideRight, area.width())
        middle = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        painter.drawText(area, middle | Qt.TextFlag.TextSingleLine, shown)

    def _fill(self, painter: QPainter, area: QRect, color: QColor) -> None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(color)
        painter.drawRoundedRect(area, self._theme.em(0.5), self._theme.em(0.5))

    def _paint_more(self, painter: QPainter, area: QRect) -> None:
        inset = self._theme.em(0.2)
        place = area.adjusted(inset, inset, -inset, -inset)
        icon("more", self._theme.colors.muted, place.width()).paint(painter, place)

    def _paint_ring(self, painter: QPainter, area: QRect) -> None:
        """A quarter of a ring that turns while the answer is written."""
        inset = self._theme.em(0.35)
        circle = QRectF(area.adjusted(inset, inset, -inset, -inset))
        width = max(2.0, self._theme.em(0.13))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(self._theme.colors.border, width))
        painter.drawEllipse(circle)
        ring = QPen(self._theme.colors.accent, width)
        ring.setCapStyle(Qt.PenCapStyle.RoundCap)
        painter.setPen(ring)
        angle = -360 * (self._clock.elapsed() % TURN) / TURN
        painter.drawArc(circle, round(angle * 16), -90 * 16)


def _tint(color: QColor) -> QColor:
    """Less loud than the selection of text; between it and what lies below."""
    pale = QColor(color)
    pale.setAlphaF(0.6)
    return pale
