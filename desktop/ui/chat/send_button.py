"""The round button that sends, and stops what answers."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from desktop.ui.icons import icon
from desktop.ui.theme import Theme

SIDE = 2.3  # em
SIGN = 1.25
RING = 2  # px


class SendButton(QAbstractButton):
    """A disc in the accent colour; `set_answering` turns it into Stop."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._answering = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        theme.changed.connect(self.updateGeometry)
        theme.changed.connect(self.update)

    @property
    def answering(self) -> bool:
        """Whether it shows Stop."""
        return self._answering

    def set_answering(self, answering: bool) -> None:
        """Show Stop or Send."""
        self._answering = answering
        self.update()

    def sizeHint(self) -> QSize:
        """A square in ems."""
        side = self._theme.em(SIDE)
        return QSize(side, side)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the disc, the sign, and the ring of the keyboard focus."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colors, space = self._theme.colors, RING + 1
        disc = QRectF(self.rect()).adjusted(space, space, -space, -space)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._disc_color())
        painter.drawEllipse(disc)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(colors.text, RING))
            edge = RING / 2
            painter.drawEllipse(QRectF(self.rect()).adjusted(edge, edge, -edge, -edge))
        sign = colors.on_accent if self.isEnabled() else colors.faint
        side = self._theme.em(SIGN)
        square = QRectF(0, 0, side, side)
        square.moveCenter(disc.center())
        name = "stop" if self._answering else "send"
        icon(name, sign).paint(painter, square.toAlignedRect())

    def _disc_color(self) -> QColor:
        colors = self._theme.colors
        if not self.isEnabled():
            return colors.hover
        if self.isDown() or self.underMouse():
            return colors.accent.lighter(112) if self._theme.dark else colors.accent.darker(112)
        return colors.accent
