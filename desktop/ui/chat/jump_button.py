"""The round button that leads back to the end of the transcript."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QWidget

from desktop.ui.chat.chat_style import ChatStyle


class JumpButton(QAbstractButton):
    """Floats above the lower edge of its parent."""

    def __init__(self, style: ChatStyle, parent: QWidget) -> None:
        super().__init__(parent)
        self._style = style
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.restyle()
        self.hide()

    def restyle(self) -> None:
        """Take the size and words of now."""
        side = round(self._style.em * 2.3)
        self.setFixedSize(side, side)
        self.setToolTip(self.tr("Jump to the latest message"))
        self.setAccessibleName(self.toolTip())
        self.update()

    def place(self, width: int, height: int) -> None:
        """Take the place in a parent of this size."""
        self.move((width - self.width()) // 2, height - self.height() - self._style.em)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the disc, the ring and the arrow."""
        style, colors = self._style, self._style.colors
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ring = QPen(colors.focus, 2) if self.hasFocus() else QPen(colors.border, 1)
        painter.setPen(ring)
        painter.setBrush(colors.hover if self.underMouse() else colors.raised)
        painter.drawEllipse(self.rect().toRectF().adjusted(1, 1, -1, -1))
        side = round(style.em * 1.2)
        picture = style.icon("arrow-down", colors.text).pixmap(
            QSize(side, side), self.devicePixelRatioF()
        )
        offset = (self.width() - side) // 2
        painter.drawPixmap(offset, offset, picture)
