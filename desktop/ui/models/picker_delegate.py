"""Draws one model of the picker in two lines."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from desktop.library.installed import InstalledModel
from desktop.ui.icons import icon
from desktop.ui.models.described import Mark, details, mark_text, marks
from desktop.ui.theme import Theme

MODEL_ROLE = Qt.ItemDataRole.UserRole
ROW_HEIGHT = 3.5  # em


class PickerDelegate(QStyledItemDelegate):
    """Name and marks above, figures below, a tick at the chosen one."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self.chosen = ""
        self.loaded = ""

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        """All rows are equally high."""
        return QSize(self._theme.em(12), self._theme.em(ROW_HEIGHT))

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """Draw the row."""
        model: InstalledModel = index.data(MODEL_ROLE)
        em, colors = self._theme.em, self._theme.colors
        area: QRect = option.rect  # type: ignore[attr-defined]
        state: QStyle.StateFlag = option.state  # type: ignore[attr-defined]
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_ground(painter, area, state)
        inside = area.adjusted(em(0.8), em(0.45), -em(0.8), -em(0.45))
        if model.path == self.chosen:
            side = em(1.2)
            tick = QRect(inside.right() - side, inside.center().y() - side // 2, side, side)
            icon("check", colors.accent).paint(painter, tick)
        inside.setRight(inside.right() - em(1.8))
        upper = QRect(inside.left(), inside.top(), inside.width(), inside.height() // 2)
        lower = upper.translated(0, upper.height())
        self._paint_name(painter, upper, model)
        painter.setFont(self._theme.font(0.88))
        painter.setPen(colors.muted)
        self._text(painter, lower, details(model))
        painter.restore()

    def _paint_ground(self, painter: QPainter, area: QRect, state: QStyle.StateFlag) -> None:
        colors = self._theme.colors
        box = QRectF(area).adjusted(2, 1, -2, -1)
        radius = self._theme.em(0.5)
        selected = bool(state & QStyle.StateFlag.State_Selected)
        if selected or state & QStyle.StateFlag.State_MouseOver:
            painter.setPen(QPen(colors.focus, 2) if selected else Qt.PenStyle.NoPen)
            painter.setBrush(colors.hover)
            painter.drawRoundedRect(box, radius, radius)

    def _paint_name(self, painter: QPainter, area: QRect, model: InstalledModel) -> None:
        colors = self._theme.colors
        small = self._theme.font(0.8)
        told = marks(model, loaded=model.path == self.loaded)
        metrics, around = QFontMetrics(small), self._theme.em(1)
        widths = [metrics.horizontalAdvance(mark_text(mark)) + around for mark in told]
        gap = self._theme.em(0.4)
        bold = self._theme.font(1.0, bold=True)
        painter.setFont(bold)
        painter.setPen(colors.faint if model.missing else colors.text)
        room = max(area.width() - sum(widths) - gap * len(told), self._theme.em(4))
        name = QRect(area.left(), area.top(), room, area.height())
        shown = self._text(painter, name, model.name)
        x = area.left() + QFontMetrics(bold).horizontalAdvance(shown) + gap
        painter.setFont(small)
        for mark, width in zip(told, widths, strict=True):
            pill = QRect(x, area.top(), width, area.height()).adjusted(0, 1, 0, -1)
            self._paint_mark(painter, pill, mark_text(mark), self._mark_color(mark))
            x += width + gap

    def _paint_mark(self, painter: QPainter, pill: QRect, mark: str, color: QColor) -> None:
        painter.setPen(QPen(color, 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        radius = pill.height() / 2
        painter.drawRoundedRect(QRectF(pill).adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)
        painter.drawText(pill, Qt.AlignmentFlag.AlignCenter, mark)

    def _mark_color(self, mark: Mark) -> QColor:
        colors = self._theme.colors
        return {
            Mark.BUILT_IN: colors.faint,
            Mark.LOADED: colors.success,
            Mark.MISSING: colors.danger,
        }[mark]

    def _text(self, painter: QPainter, area: QRect, text: str) -> str:
        shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, area.width())
        painter.drawText(area, Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextSingleLine, shown)
        return shown
