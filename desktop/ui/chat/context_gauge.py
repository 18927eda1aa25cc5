"""How full the context is, and what will happen when it is full."""

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from desktop.core.events import Usage
from desktop.ui.amounts import number
from desktop.ui.theme import Theme
from desktop.ui.translation import Retranslated

NEARLY_FULL = 0.8


class ContextGauge(Retranslated, QWidget):
    """`1,204 / 4,096` beside a ring; hidden until an answer has told its usage."""

    advice_changed = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._used = 0
        self._limit = 0
        self.advice = ""
        self._ring = _Ring(theme)
        self._label = QLabel()
        self._label.setProperty("kind", "faint")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(theme.em(0.4))
        row.addWidget(self._ring)
        row.addWidget(self._label)
        self.retranslate()

    @property
    def fraction(self) -> float:
        """How much of the context is used, 0…1."""
        return min(self._used / self._limit, 1.0) if self._limit else 0.0

    @property
    def text(self) -> str:
        """What it shows."""
        return self._label.text()

    def set_usage(self, usage: Usage | None) -> None:
        """Show the tokens that the last answer left in the context."""
        self._limit = usage.context_length if usage is not None else 0
        self._used = usage.prompt_tokens + usage.completion_tokens if usage is not None else 0
        self.retranslate()

    def retranslate(self) -> None:
        """Set the figures and what they mean."""
        self.setVisible(self._limit > 0)
        used, limit = number(self._used), number(self._limit)
        self._label.setText(f"{used} / {limit}")
        told = self.tr("Context: {used} of {limit} tokens used by this chat").format(
            used=used, limit=limit
        )
        before, self.advice = self.advice, self._advice()
        self.setToolTip(f"{told}\n{self.advice}".strip())
        self.setAccessibleName(told)
        self.setAccessibleDescription(self.advice)
        self._ring.set_fraction(self.fraction)
        if before != self.advice:
            self.advice_changed.emit()

    def _advice(self) -> str:
        if not self._limit or self.fraction < NEARLY_FULL:
            return ""
        return self.tr(
            "Nearly full: soon the oldest messages are no longer read. The system prompt stays."
        )


class _Ring(QWidget):
    """A circle filled like a clock."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._fraction = 0.0
        theme.changed.connect(self.updateGeometry)

    def set_fraction(self, fraction: float) -> None:
        self._fraction = fraction
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(self._theme.em(1), self._theme.em(1))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        width = max(2.0, self.width() / 7)
        side = min(self.width(), self.height()) - width - 1
        circle = QRectF(0, 0, side, side)
        circle.moveCenter(QRectF(self.rect()).center())
        painter.setPen(QPen(self._theme.colors.border, width))
        painter.drawEllipse(circle)
        pen = QPen(self._color(), width)
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        painter.setPen(pen)
        painter.drawArc(circle, 90 * 16, round(-360 * 16 * self._fraction))

    def _color(self) -> QColor:
        colors = self._theme.colors
        return colors.warning if self._fraction >= NEARLY_FULL else colors.accent
