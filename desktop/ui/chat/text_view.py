"""One rich block as live text: selectable, readable by screen readers, and sealed.

Nothing that a document names is ever loaded: no file, no address.
"""

from typing import Any

from PySide6.QtCore import QPoint, QSize, Qt, QUrl, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QFrame, QTextBrowser, QTextEdit, QWidget

from desktop.render.blocks import Kind, RichBlock
from desktop.ui.chat.chat_style import ChatStyle
from desktop.ui.chat.gestures import Gestures
from desktop.ui.chat.sealed_document import SealedDocument, nothing

_LINK_KEYS = (Qt.Key.Key_Tab, Qt.Key.Key_Backtab, Qt.Key.Key_Return, Qt.Key.Key_Enter)


class TextView(QTextBrowser):
    """Shows one RichBlock at its full height for a given width."""

    link_chosen = Signal(str)

    def __init__(self, style: ChatStyle, gestures: Gestures, parent: QWidget) -> None:
        super().__init__(parent)
        self._style = style
        self._gestures = gestures
        self._block: RichBlock | None = None
        self._quiet = False
        self._sheet = ""  # of the document: reading it again costs as much as the text
        self._width = -1
        self._height = 0
        self.setDocument(SealedDocument(self))
        self.document().setDocumentMargin(0)
        self.document().setUndoRedoEnabled(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setOpenLinks(False)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setLineWrapMode(QTextEdit.LineWrapMode.FixedPixelWidth)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self.viewport().setMouseTracking(True)
        self.anchorClicked.connect(lambda url: self.link_chosen.emit(url.toString()))

    @property
    def block(self) -> RichBlock | None:
        """What is shown."""
        return self._block

    @property
    def selectable(self) -> "TextView":
        """The widget whose text cursor marks what is selected."""
        return self

    def stops(self) -> list[QWidget]:
        """Return what Tab stops at: this, when there are links in it."""
        return [self] if self._block is not None and "<a " in self._block.html else []

    def loadResource(self, type: int, name: QUrl | str) -> Any:  # noqa: A002 — Qt's name
        """Load nothing."""
        return nothing()

    def set_block(self, block: RichBlock, *, quiet: bool = False) -> None:
        """Show another block; `quiet` is for reasoning."""
        if block == self._block and quiet == self._quiet:
            return
        self._block, self._quiet = block, quiet
        self.restyle()

    def restyle(self) -> None:
        """Set the text again, with the fonts and colours of now."""
        style, document = self._style, self.document()
        self._width = -1
        sheet = style.quiet_sheet if self._quiet else style.sheet
        if sheet != self._sheet:
            self._sheet = sheet
            document.setDefaultFont(style.body)
            document.setIndentWidth(style.indent)
            document.setDefaultStyleSheet(sheet)
        document.setHtml(self._html())

    def lay_out(self, width: int) -> int:
        """Take this width and return the height, both pixels."""
        if width != self._width:
            self._width = width
            self.setLineWrapColumnOrWidth(width)
            size = self.document().size()
            self._height = round(size.height())
            if self._block and self._block.kind is Kind.RULE:
                self._height = self._style.em // 2
            if size.width() > width + 1:
                self._height += self.horizontalScrollBar().sizeHint().height()
        return self._height

    def ideal_width(self) -> int:
        """Return the width that the text would take on lines of its own."""
        self.document().setTextWidth(-1)
        self._width = -1
        return int(self.document().idealWidth()) + 2

    def _html(self) -> str:
        """The block with the borders of its tables."""
        html = self._block.html if self._block else ""
        style = self._style
        form = (
            f'<table border="1" cellspacing="0" cellpadding="{round(style.em * 0.5)}"'
            f' style="border-collapse: collapse; border-color: {style.colors.border.name()}">'
        )
        return html.replace("<table>", form)

    def sizeHint(self) -> QSize:
        """As tall as the text."""
        return QSize(self._width, self._height)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the text, the line beside a quotation, or a rule."""
        kind = self._block.kind if self._block else None
        if kind in (Kind.RULE, Kind.QUOTE):
            painter = QPainter(self.viewport())
            area, border = self.viewport().rect(), self._style.colors.border
            if kind is Kind.RULE:
                painter.fillRect(0, area.height() // 2, area.width(), 1, border)
                return
            painter.fillRect(0, 0, max(2, self._style.em // 5), area.height(), border)
            painter.end()
        super().paintEvent(event)

    def link_at(self, point: QPoint) -> str:
        """Return the address under a point of the viewport, "" where there is none."""
        return self.anchorAt(point)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scroll wide tables sideways; everything else is the transcript's."""
        if abs(event.angleDelta().x()) > abs(event.angleDelta().y()):
            super().wheelEvent(event)
        else:
            event.ignore()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Walk and open links; everything else is the transcript's."""
        if event.key() in _LINK_KEYS:
            super().keyPressEvent(event)
        else:
            event.ignore()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Go to the first link, or the last when coming from below."""
        super().focusInEvent(event)
        if event.reason() is Qt.FocusReason.TabFocusReason:
            self.focusNextPrevChild(True)
        elif event.reason() is Qt.FocusReason.BacktabFocusReason:
            self.focusNextPrevChild(False)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Leave the menu to the message."""
        event.ignore()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin a selection."""
        self._gestures.press(self, event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Extend the selection, or show what is a link."""
        over = not event.buttons() and bool(self.link_at(event.position().toPoint()))
        shape = Qt.CursorShape.PointingHandCursor if over else Qt.CursorShape.IBeamCursor
        self.viewport().setCursor(shape)
        self._gestures.move(self, event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """End the selection; a click on a link opens it."""
        if not self._gestures.release(self, event):
            address = self.link_at(event.position().toPoint())
            if address and event.button() is Qt.MouseButton.LeftButton:
                self.link_chosen.emit(address)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Select a word."""
        self._gestures.double_click(self, event)
