"""Hits of a search: the chat's title and a line of text with the words marked."""

from collections.abc import Sequence

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QPointF,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QFont,
    QFontMetrics,
    QKeyEvent,
    QPainter,
    QPen,
    QTextCharFormat,
    QTextLayout,
    QTextOption,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from desktop.store.store import SearchHit
from desktop.ui.amounts import day
from desktop.ui.sidebar.chat_model import title_of
from desktop.ui.theme import Theme
from desktop.ui.translation import Retranslated

AnyIndex = QModelIndex | QPersistentModelIndex
HIT = Qt.ItemDataRole.UserRole
LEAD = 12  # characters of a snippet before its first mark


class HitModel(QAbstractListModel):
    """The hits of one search."""

    def __init__(self) -> None:
        super().__init__()
        self._hits: Sequence[SearchHit] = ()

    def show(self, hits: Sequence[SearchHit]) -> None:
        """Replace all hits."""
        self.beginResetModel()
        self._hits = tuple(hits)
        self.endResetModel()

    def rowCount(self, parent: AnyIndex = QModelIndex()) -> int:  # noqa: B008
        """Return the number of hits."""
        return 0 if parent.isValid() else len(self._hits)

    def data(self, index: AnyIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return the title, the hit itself, or both as text for screen readers."""
        hit = self._hits[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return title_of(hit.chat)
            case Qt.ItemDataRole.AccessibleTextRole:
                return f"{title_of(hit.chat)}: {hit.snippet}" if hit.snippet else title_of(hit.chat)
            case int() if role == HIT:
                return hit
            case _:
                return None


class HitDelegate(QStyledItemDelegate):
    """Two lines; marked words are bold and in the accent colour."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, index: AnyIndex) -> QSize:
        """All hits are equally high."""
        return QSize(self._theme.em(8), self._theme.em(3.6))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: AnyIndex) -> None:
        """Draw the title and the snippet."""
        em, colors = self._theme.em, self._theme.colors
        hit: SearchHit = index.data(HIT)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        body = option.rect.adjusted(em(0.4), 1, -em(0.4), -1)
        self._paint_back(painter, option, body)
        area = body.adjusted(em(0.55), em(0.3), -em(0.5), -em(0.3))
        top = QRect(area.topLeft(), QSize(area.width(), area.height() // 2))
        in_title = hit.node_id is None
        self._draw(painter, top, title_of(hit.chat), hit.marks if in_title else (), 1.0)
        bottom = QRect(area.left(), top.bottom() + 1, area.width(), area.height() - top.height())
        text, marks = around_first_mark(hit.snippet, hit.marks)
        if in_title:
            text, marks = day(hit.chat.updated), ()
        painter.setPen(colors.muted)
        self._draw(painter, bottom, text, marks, 0.9)
        painter.restore()

    def _paint_back(self, painter: QPainter, option: QStyleOptionViewItem, body: QRect) -> None:
        em, colors = self._theme.em, self._theme.colors
        painter.setPen(Qt.PenStyle.NoPen)
        if option.state & QStyle.StateFlag.State_MouseOver:
            painter.setBrush(colors.hover)
            painter.drawRoundedRect(body, em(0.5), em(0.5))
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(colors.focus, 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(body).adjusted(1, 1, -1, -1), em(0.5), em(0.5))
        painter.setPen(colors.text)

    def _draw(
        self,
        painter: QPainter,
        area: QRect,
        text: str,
        marks: Sequence[tuple[int, int]],
        size: float,
    ) -> None:
        """Draw one line, cut at the right; `marks` are code points, Qt counts UTF-16 units."""
        font = self._theme.font(size)
        flat = "".join(" " if c.isspace() else c for c in text)
        metrics = QFontMetrics(self._theme.font(size, bold=bool(marks)))
        shown = metrics.elidedText(flat, Qt.TextElideMode.ElideRight, area.width())
        layout = QTextLayout(shown, font, painter.device())
        layout.setFormats([self._mark(flat, start, end) for start, end in marks])
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.NoWrap)
        layout.setTextOption(option)
        layout.beginLayout()
        line = layout.createLine()
        line.setLineWidth(area.width())
        layout.endLayout()
        top = area.top() + (area.height() - line.height()) / 2
        layout.draw(painter, QPointF(area.left(), top))

    def _mark(self, text: str, start: int, end: int) -> QTextLayout.FormatRange:
        found = QTextLayout.FormatRange()
        found.start = _units(text[:start])
        found.length = _units(text[start:end])
        look = QTextCharFormat()
        look.setFontWeight(QFont.Weight.Bold)
        look.setForeground(self._theme.colors.accent)
        found.format = look
        return found


class SearchResults(Retranslated, QListView):
    """The list that takes the place of the chats while something is searched for."""

    hit_chosen = Signal(object)  # SearchHit

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._hits = HitModel()
        self.setModel(self._hits)
        self.setItemDelegate(HitDelegate(theme, self))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setTabKeyNavigation(False)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.clicked.connect(self.choose_current)
        theme.changed.connect(self.scheduleDelayedItemsLayout)
        self.retranslate()

    def retranslate(self) -> None:
        """Name the list."""
        self.setAccessibleName(self.tr("Search results"))

    def show_hits(self, hits: Sequence[SearchHit]) -> None:
        """Show what a search found; the first hit gets the keyboard's row."""
        self._hits.show(hits)
        if hits:
            self.setCurrentIndex(self._hits.index(0))

    def choose_current(self) -> None:
        """Open the hit of the keyboard's row."""
        if self.currentIndex().isValid():
            self.hit_chosen.emit(self.currentIndex().data(HIT))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens the hit."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.choose_current()
        else:
            super().keyPressEvent(event)


def around_first_mark(
    text: str, marks: Sequence[tuple[int, int]]
) -> tuple[str, Sequence[tuple[int, int]]]:
    """Cut the beginning of a snippet, so that its first mark is seen in a narrow column."""
    if not marks or marks[0][0] <= LEAD:
        return text, marks
    cut = marks[0][0] - LEAD
    space = text.find(" ", cut, marks[0][0])  # rather at a word, where there are words
    cut = space + 1 if space >= 0 else cut
    moved = [(start - cut + 1, end - cut + 1) for start, end in marks]  # 1 for the ellipsis
    return "…" + text[cut:], moved


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2
